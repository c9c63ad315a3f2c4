import type { Child, FC } from 'hono/jsx';
import { registrationKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, DescriptionList, Lines, LinkButton, Notice, PageHead, PostButton } from '../../ui/components/index.ts';
import { telHref } from '../../ui/layout.tsx';
import { enrolmentMessages, LineMark, StateTag } from '../enrolment/index.ts';
import { QrCard, Reasons } from '../notices/index.ts';
import { offerUntil } from '../registrations/index.ts';
import { type Both, formatOf, namesOf, priceOf, titleOf, whenOf, whereOf, words } from '../tidings/index.ts';
import { passQuery } from '../timetable/index.ts';
import { hrefOf, type Seen } from './access.ts';
import { There } from './there.pages.tsx';

export type Saved = keyof (typeof enrolmentMessages)['fr']['saved'];

/** Whether this reader may still change something. */
const isAhead = ({ session }: Seen, now: Date): boolean =>
  session.status === 'postponed' || (session.end > now && session.status !== 'cancelled');

/** Which one waits, or until when a seat is kept: the first thing one wants to know. */
const Turn: FC<{ ctx: Ctx; seen: Seen; begun: boolean }> = ({ ctx, seen, begun }) => {
  const m = enrolmentMessages[ctx.locale];
  const { view, session } = seen;
  if (view.status === 'offered' && view.offerExpiresAt && isAhead(seen, ctx.now)) {
    const until = formatOf(session, ctx.locale).dayTime(view.offerExpiresAt);
    return (
      <Notice kind="warning" title={m.offered(until, view.places)} level={2}>
        {begun ? <p>{m.begunOffered}</p> : null}
        <Answer ctx={ctx} seen={seen} />
      </Notice>
    );
  }
  if (view.status !== 'waiting' || !view.rank || !isAhead(seen, ctx.now)) return null;
  const firstCome = session.status === 'published' && offerUntil(ctx.now, session.start) === null;
  return (
    <Notice kind="info" title={m.rank(words[ctx.locale].rank(view.rank))} level={2}>
      <p>{firstCome ? m.firstCome : begun ? m.begunWaiting : m.rankText(view.places)}</p>
      {firstCome ? (
        <PostButton
          kind="primary"
          action={hrefOf(ctx, { view, key: undefined }, 'place')}
          label={m.takeNow}
          hidden={{ geste: 'prendre', ...(seen.key ? { cle: seen.key } : {}) }}
          version={view.version}
        />
      ) : null}
    </Notice>
  );
};

/** What is on, with what it is about; the secret of the mail's link opens what is not for everybody. */
const aboutHref = (ctx: Ctx, { view, session, key }: Seen): string =>
  `/${ctx.locale}/agenda/${session.reference}${passQuery({ registration: view.reference, key })}`;

/** Taking the seat offered, or leaving it to the next. */
const Answer: FC<{ ctx: Ctx; seen: Seen }> = ({ ctx, seen: { view, key } }) => {
  const m = enrolmentMessages[ctx.locale];
  const action = hrefOf(ctx, { view, key: undefined }, 'place');
  const hidden = (geste: string) => ({ geste, ...(key ? { cle: key } : {}) });
  return (
    <div class="cluster">
      <PostButton kind="primary" action={action} label={m.take} hidden={hidden('prendre')} version={view.version} />
      <PostButton action={action} label={m.leave} hidden={hidden('laisser')} version={view.version} />
    </div>
  );
};

const Gestures: FC<{ ctx: Ctx; seen: Seen }> = ({ ctx, seen }) => {
  const m = enrolmentMessages[ctx.locale];
  const { view, session } = seen;
  const live = view.status === 'registered' || view.status === 'waiting' || view.status === 'offered';
  // What is over for good leads on to what one may come to instead.
  if (view.status === 'cancelled' || session.status === 'cancelled') {
    const to = session.kind === 'appointment' ? 'rendez-vous' : 'agenda';
    return (
      <LinkButton href={`/${ctx.locale}/${to}`}>{session.kind === 'appointment' ? m.another : m.startAgain}</LinkButton>
    );
  }
  if (!isAhead(seen, ctx.now)) return null;
  return (
    <div class="cluster no-print">
      {view.status === 'held' ? (
        <LinkButton kind="primary" href={`/${ctx.locale}/inscriptions/${view.reference}/confirmation`}>
          {m.confirmNow}
        </LinkButton>
      ) : null}
      {view.status === 'invited' ? (
        <LinkButton kind="primary" href={hrefOf(ctx, seen, 'invitation')}>
          {m.answer}
        </LinkButton>
      ) : null}
      {view.status === 'registered' && session.status === 'published' ? (
        <LinkButton href={hrefOf(ctx, seen, 'agenda.ics')}>{m.calendar}</LinkButton>
      ) : null}
      {session.kind === 'appointment' ? null : <LinkButton href={aboutHref(ctx, seen)}>{m.seeSession}</LinkButton>}
      {live && session.kind !== 'appointment' ? (
        <LinkButton href={hrefOf(ctx, seen, 'personnes')}>{m.change}</LinkButton>
      ) : null}
      {live ? (
        <LinkButton kind="danger" href={hrefOf(ctx, seen, 'annulation')}>
          {m.cancel}
        </LinkButton>
      ) : null}
    </div>
  );
};

/** Everything about one registration, and every gesture on it. */
export const RegistrationPage: FC<{ ctx: Ctx; seen: Seen; together: readonly Both[]; saved: Saved | undefined }> = ({
  ctx,
  seen,
  together,
  saved,
}) => {
  const { locale } = ctx;
  const m = enrolmentMessages[locale];
  const main = ctx.territory.mainLanguage;
  const { view, session, owner } = seen;
  const telephone = session.site.telephone ?? ctx.territory.telephone;
  const coming = view.status === 'registered' && isAhead(seen, ctx.now);
  const answers = session.questions.filter((question) => view.answers[question.key]);
  return (
    <>
      <PageHead
        title={
          <>
            <LineMark session={session} /> {titleOf(ctx, session, locale)}
          </>
        }
        lead={whenOf(session, locale)}
        back={ctx.actor.kind === 'person' && owner ? { href: `/${locale}/mes-reservations`, label: m.mine } : undefined}
      />
      {saved ? <Notice kind="good">{m.saved[saved]}</Notice> : null}
      <p>
        <StateTag ctx={ctx} view={view} session={session} />
      </p>
      <Turn ctx={ctx} seen={seen} begun={session.course && together.some((one) => one.session.start <= ctx.now)} />
      <There ctx={ctx} seen={seen} />
      <Gestures ctx={ctx} seen={seen} />
      <div class="columns">
        <DescriptionList
          items={[
            { term: m.where, value: <Lines lines={whereOf(ctx, session, locale)} /> },
            {
              term: m.online,
              value: coming && session.onlineUrl ? <a href={session.onlineUrl}>{session.onlineUrl}</a> : '',
            },
            { term: m.telephone, value: telephone ? <a href={telHref(telephone)}>{telephone}</a> : '' },
            { term: m.toCome, value: <Lines lines={namesOf(view, locale)} /> },
            { term: m.inName, value: view.person.name },
            { term: m.organisationTerm, value: view.organisation },
            { term: m.price, value: view.status === 'cancelled' ? '' : priceOf(ctx, session, locale, view.attendees) },
            {
              term: m.answers,
              value:
                answers.length > 0 ? (
                  <Lines lines={answers.map((one) => `${say(one.label, locale, main)} ${view.answers[one.key]}`)} />
                ) : (
                  ''
                ),
            },
            { term: m.note, value: view.note },
            { term: m.number, value: <span class="reference">{view.reference}</span> },
            { term: m.know, value: coming ? say(session.address?.instructions ?? {}, locale, main) : '' },
            {
              term: m.come,
              value: coming && session.placeKind === 'site' ? say(session.site.howToCome, locale, main) : '',
            },
          ]}
        />
        {coming ? (
          <QrCard
            publicUrl={ctx.publicUrl}
            reference={view.reference}
            label={m.qrLabel(view.reference)}
            text={m.qrText}
          />
        ) : null}
      </div>
      <Together ctx={ctx} seen={seen} all={together} />
    </>
  );
};

/** The other dates of a course, the other parts of an event. */
const Together: FC<{ ctx: Ctx; seen: Seen; all: readonly Both[] }> = ({ ctx, seen, all }) => {
  const m = enrolmentMessages[ctx.locale];
  if (all.length < 2) return null;
  return (
    <section class="section" aria-labelledby="with">
      <h2 id="with">{m.mine}</h2>
      <ul class="together-list">
        {all.map(({ view, session }) => {
          const text = `${titleOf(ctx, session, ctx.locale)}, ${whenOf(session, ctx.locale)}`;
          // Who may see one by its link may see those asked for with it.
          const key = seen.key ? registrationKey(ctx.secret, view.id) : undefined;
          return (
            <li>
              {view.id === seen.view.id ? (
                <span aria-current="true">{text}</span>
              ) : (
                <a href={hrefOf(ctx, { view, key })}>{text}</a>
              )}{' '}
              <StateTag ctx={ctx} view={view} session={session} />
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** The seat offered, and the two answers it can have. */
export const OfferPage: FC<{ ctx: Ctx; seen: Seen; refused: readonly Explained[] }> = ({ ctx, seen, refused }) => {
  const m = enrolmentMessages[ctx.locale];
  const { view, session } = seen;
  return (
    <>
      <PageHead
        title={m.offerTitle}
        lead={`${titleOf(ctx, session, ctx.locale)}, ${whenOf(session, ctx.locale)}`}
        back={{ href: hrefOf(ctx, seen), label: m.see }}
      />
      <Reasons ctx={ctx} site={session.site} title={m.refused} reasons={refused} />
      {view.status === 'offered' && view.offerExpiresAt && view.offerExpiresAt > ctx.now ? (
        <>
          <p>{m.offered(formatOf(session, ctx.locale).dayTime(view.offerExpiresAt), view.places)}</p>
          <Answer ctx={ctx} seen={seen} />
        </>
      ) : null}
    </>
  );
};

/** A gesture that asks before it acts. */
export const AskPage: FC<{
  ctx: Ctx;
  seen: Seen;
  gesture: string;
  title: string;
  text: Child;
  yes: string;
  no: string;
  refused: readonly Explained[];
  danger?: boolean;
  children?: Child;
}> = ({ ctx, seen, gesture, title, text, yes, no, refused, danger, children }) => {
  const { view, session, key } = seen;
  const m = enrolmentMessages[ctx.locale];
  return (
    <>
      <PageHead
        title={title}
        lead={`${titleOf(ctx, session, ctx.locale)}, ${whenOf(session, ctx.locale)}`}
        back={{ href: hrefOf(ctx, seen), label: m.see }}
      />
      <Reasons ctx={ctx} site={session.site} title={m.refused} reasons={refused} />
      <p>{text}</p>
      <form method="post" action={hrefOf(ctx, { view, key: undefined }, gesture)} class="stack guest-form" novalidate>
        {key ? <input type="hidden" name="cle" value={key} /> : null}
        <input type="hidden" name="version" value={String(view.version)} />
        {children}
        <div class="cluster">
          <Button kind={danger ? 'danger' : 'primary'} name="geste" value="oui">
            {yes}
          </Button>
          <LinkButton href={hrefOf(ctx, seen)}>{no}</LinkButton>
        </div>
      </form>
    </>
  );
};
