import type { FC } from 'hono/jsx';
import { isTerritoryAdministrator } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { DataTable, LinkButton, PageHead } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { detailsOf, type Names } from './details.ts';
import { journalMessages } from './journal.messages.ts';
import type { Line, OwnLine, Subject, SubjectKind } from './journal.store.ts';
import { wordsOf } from './journal.words.ts';

type Props = {
  ctx: Ctx;
  kind: SubjectKind;
  subject: Subject;
  path: string;
  lines: readonly Line[];
  names: Names;
  at: number;
  more: boolean;
};

/** Who did what, when and why: one line each, the latest first. */
export const JournalPage: FC<Props> = ({ ctx, kind, subject, path, lines, names, at, more }) => {
  const { locale, territory } = ctx;
  const m = journalMessages[locale];
  const format = formatter(locale, subject.timeZone ?? territory.timeZone);
  const person = kind === 'person' || kind === 'booking' || kind === 'registration' ? subject.person || m.noName : '';
  const about = [say(subject.name, locale, territory.mainLanguage), person].filter(Boolean).join(', ');
  const of = (part: string, id: string) => `/${locale}/gestion/journal/${part}/${id}`;
  return (
    <>
      <PageHead title={m.title} lead={about} back={{ href: backOf(ctx, kind, subject, path), label: m.back }} />
      <DataTable
        caption={m.caption}
        quiet
        columns={[
          { label: m.what, heading: true },
          { label: m.changed },
          { label: m.when },
          { label: m.who },
          { label: m.why },
        ]}
        rows={lines.map((line) => [
          wordsOf(locale, line.kind),
          <Details ctx={ctx} line={line} names={names} timeZone={subject.timeZone ?? territory.timeZone} />,
          `${format.dayLong(line.at)}, ${format.time(line.at)}`,
          whoOf(line, locale),
          line.reason ?? '',
        ])}
        empty={<p>{m.nothing}</p>}
      />
      <div class="cluster">
        {subject.resourceId ? <LinkButton href={of('ressource', subject.resourceId)}>{m.ofThing}</LinkButton> : null}
        {subject.personId && isTerritoryAdministrator(ctx.actor) ? (
          <LinkButton href={of('personne', subject.personId)}>{m.ofPerson}</LinkButton>
        ) : null}
        {at > 0 ? <LinkButton href={`${path}?page=${at - 1}`}>{m.newer}</LinkButton> : null}
        {more ? <LinkButton href={`${path}?page=${at + 1}`}>{m.older}</LinkButton> : null}
      </div>
    </>
  );
};

/** What changed, from what to what, a line each. */
const Details: FC<{ ctx: Ctx; line: Line; names: Names; timeZone: string }> = ({ ctx, line, names, timeZone }) => {
  const said = detailsOf(ctx, line, names, timeZone);
  if (said.length < 2) return <>{said.join('')}</>;
  return (
    <ul class="plain">
      {said.map((one) => (
        <li>{one}</li>
      ))}
    </ul>
  );
};

type OwnProps = { ctx: Ctx; lines: readonly OwnLine[]; names: Names; at: number; more: boolean };

/** What happened to oneself and to what one booked or registered for. Whoever did it is "you", or the team: no name of others. */
export const OwnPage: FC<OwnProps> = ({ ctx, lines, names, at, more }) => {
  const { locale, territory, actor } = ctx;
  const m = journalMessages[locale];
  const path = `/${locale}/compte/journal`;
  const who = ({ actorId }: Line) => (actorId === null ? m.system : actorId === actor.personId ? m.you : m.team);
  return (
    <>
      <PageHead title={m.own} lead={m.ownLead} back={{ href: `/${locale}/compte`, label: m.account }} />
      <DataTable
        caption={m.caption}
        quiet
        columns={[
          { label: m.what, heading: true },
          { label: m.about },
          { label: m.changed },
          { label: m.when },
          { label: m.who },
          { label: m.why },
        ]}
        rows={lines.map((line) => {
          const timeZone = line.timeZone ?? territory.timeZone;
          const format = formatter(locale, timeZone);
          return [
            wordsOf(locale, line.kind),
            line.about ? say(line.about, locale, territory.mainLanguage) : '',
            <Details ctx={ctx} line={line} names={names} timeZone={timeZone} />,
            `${format.dayLong(line.at)}, ${format.time(line.at)}`,
            who(line),
            line.reason ?? '',
          ];
        })}
        empty={<p>{m.nothing}</p>}
      />
      <div class="cluster">
        {at > 0 ? <LinkButton href={`${path}?page=${at - 1}`}>{m.newer}</LinkButton> : null}
        {more ? <LinkButton href={`${path}?page=${at + 1}`}>{m.older}</LinkButton> : null}
      </div>
    </>
  );
};

function whoOf(line: Line, locale: Ctx['locale']): string {
  const m = journalMessages[locale];
  const who = line.actor ?? (line.gone ? m.erased : m.system);
  return [who, line.behalf ? m.behalf(line.behalf) : '', line.device ? m.device(line.device) : '']
    .filter(Boolean)
    .join(', ');
}

function backOf({ locale }: Ctx, kind: SubjectKind, subject: Subject, path: string): string {
  if (kind === 'person') return `/${locale}/gestion/personnes/${path.slice(path.lastIndexOf('/') + 1)}`;
  if (kind === 'booking') return `/${locale}/equipe/${subject.siteSlug}/reservations/${subject.reference}`;
  if (kind === 'session') return `/${locale}/equipe/${subject.siteSlug}/programme/${subject.reference}`;
  if (kind === 'registration') return `/${locale}/equipe/${subject.siteSlug}`;
  return `/${locale}/gestion/lieux/${subject.siteSlug}`;
}
