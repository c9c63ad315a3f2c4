import type { Child, FC } from 'hono/jsx';
import { pictureUrl } from '../../core/files.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DataTable,
  DescriptionList,
  Field,
  LineName,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  Tag,
} from '../../ui/components/index.ts';
import { type Pen, Reasons } from '../day/index.ts';
import { programmeMessages } from '../preparing/index.ts';
import type { RegistrationView } from '../registrations/index.ts';
import { blank, Folded } from '../setup/index.ts';
import { isPublic, type SessionView } from '../timetable/index.ts';
import { ScopeField } from './change.pages.tsx';
import type { Matter } from './programme.store.ts';
import { kindText, lineOfSession, seatsText, stateTag, whenText, whereText } from './programme.words.ts';

export type SessionProps = {
  pen: Pen;
  view: SessionView;
  dates: SessionView[];
  parts: SessionView[];
  parent: SessionView | undefined;
  people: RegistrationView[];
  matters: Matter[];
  /** Who registered may be looked at elsewhere: attendance. */
  done: string | undefined;
  reasons: readonly Explained[];
};

const path = (pen: Pen, view: SessionView, more = '') => pen.href(`/programme/${view.reference}${more}`);

/** A session for the team that answers for it. */
export const SessionPage: FC<SessionProps> = (props) => {
  const { pen, view, parent, matters, done, reasons } = props;
  const m = programmeMessages[pen.ctx.locale];
  const tag = stateTag(pen, view);
  return (
    <>
      <PageHead
        title={pen.say(view.title)}
        lead={`${whenText(pen, view)}. ${kindText(pen, view)}.`}
        back={
          parent
            ? { href: path(pen, parent), label: pen.say(parent.title) }
            : { href: pen.href(`/programme?jour=${pen.f.isoDay(view.start)}`), label: m.programme }
        }
      />
      {done ? <Notice kind="good">{done}</Notice> : null}
      {reasons.length > 0 ? <Reasons title={m.refused} reasons={reasons} /> : null}
      {matters.map(({ why, coming }) => (
        <Notice kind="warning">{m.why[why](coming, view.minimum ?? 0)}</Notice>
      ))}
      <p class="programme-state">
        <Tag kind={tag.kind}>{tag.text}</Tag>{' '}
        {['draft', 'cancelled'].includes(view.status) ? null : <strong>{seatsText(pen, view)}</strong>}
      </p>
      <Gestures {...props} />
      <People {...props} />
      <div class="programme-columns">
        <Facts {...props} />
        <Seats {...props} />
      </div>
      <Parts {...props} />
      <Dates {...props} />
    </>
  );
};

const Gestures: FC<SessionProps> = ({ pen, view, dates }) => {
  const m = programmeMessages[pen.ctx.locale];
  const drafts = dates.filter((date) => date.status === 'draft' && date.start > pen.ctx.now).length;
  const over = view.end <= pen.ctx.now;
  const gone = view.status === 'cancelled';
  return (
    <nav class="cluster no-print" aria-label={m.gestures}>
      {view.status === 'draft' && !over ? (
        <PostButton kind="primary" action={path(pen, view, '/publier')} version={view.version} label={m.publishOne} />
      ) : null}
      {view.status === 'draft' && !over && drafts > 1 ? (
        <PostButton
          action={path(pen, view, '/publier')}
          version={view.version}
          label={m.publishAll(drafts)}
          hidden={{ portee: 'all' }}
        />
      ) : null}
      {gone || view.status === 'draft' ? null : (
        <LinkButton kind="primary" href={`/${pen.ctx.locale}/presence/${view.reference}`}>
          {m.attendance}
        </LinkButton>
      )}
      {gone || over ? null : (
        <>
          <LinkButton href={path(pen, view, '/modifier')}>{m.edit}</LinkButton>
          <LinkButton href={path(pen, view, '/deplacer')}>
            {view.status === 'postponed' ? m.newDate : m.move}
          </LinkButton>
          <LinkButton href={path(pen, view, '/photo')}>{m.picture}</LinkButton>
        </>
      )}
      <LinkButton href={pen.href(`/programme/nouvelle?copie=${view.reference}`)}>{m.duplicate}</LinkButton>
      {isPublic(view) ? (
        <LinkButton href={`/${pen.ctx.locale}/agenda/${view.reference}`}>{m.publicPage}</LinkButton>
      ) : null}
      {pen.ctx.actor.deviceId ? null : (
        <LinkButton href={`/${pen.ctx.locale}/gestion/journal/seance/${view.id}`}>{m.journal}</LinkButton>
      )}
      {gone || over ? null : (
        <>
          {view.status === 'published' ? (
            <LinkButton href={path(pen, view, '/reporter')}>{m.postpone}</LinkButton>
          ) : null}
          <LinkButton href={path(pen, view, '/annuler')}>{m.cancel}</LinkButton>
        </>
      )}
    </nav>
  );
};

const Facts: FC<SessionProps> = ({ pen, view }) => {
  const m = programmeMessages[pen.ctx.locale];
  const { f } = pen;
  const line = lineOfSession(pen, view);
  const items: { term: string; value: Child }[] = [
    { term: m.where, value: whereText(pen, view) || pen.say(view.site.name) },
    {
      term: m.around,
      value:
        view.setUpMinutes + view.cleanUpMinutes > 0
          ? m.aroundText(f.duration(view.setUpMinutes), f.duration(view.cleanUpMinutes))
          : '',
    },
    { term: m.link, value: view.onlineUrl ? <a href={view.onlineUrl}>{view.onlineUrl}</a> : '' },
    { term: m.leaders, value: view.leaders.map(({ name }) => name).join(', ') },
    { term: m.organisation, value: view.organisations.map(({ name }) => name).join(', ') },
    { term: m.line, value: line ? <LineName line={line} /> : '' },
    { term: m.audience, value: audienceText(pen, view) },
    { term: m.minimum, value: view.minimum === null ? '' : f.number(view.minimum) },
    { term: m.ouvre, value: view.opensAt ? f.dayTime(view.opensAt) : '' },
    { term: m.ferme, value: view.closesAt ? f.dayTime(view.closesAt) : '' },
    {
      term: m.price,
      value:
        view.priceKind === 'amount'
          ? view.tariffs.map((one) => `${pen.say(one.name)} ${f.money(one.cents)}`).join(', ')
          : m.prices[view.priceKind],
    },
    { term: m.questionsTitle, value: view.questions.map((one) => pen.say(one.label)).join(' ') },
    { term: m.operationNumber, value: [view.operation.emblem, view.operation.number].filter(Boolean).join(' ') },
    { term: m.summary, value: pen.say(view.summary) },
    { term: m.accessibility, value: pen.say(view.accessibility) },
    { term: m.reason, value: pen.say(view.statusReason) },
  ];
  return (
    <section aria-labelledby="fiche">
      <h2 id="fiche">{m.sheet}</h2>
      {view.photo ? (
        <img class="programme-photo" src={pictureUrl(view.photo, 400)} alt={pen.say(view.photoAlt)} />
      ) : null}
      <DescriptionList items={items} />
    </section>
  );
};

function audienceText(pen: Pen, view: SessionView): string {
  const m = programmeMessages[pen.ctx.locale];
  const ages = view.ageMin === null && view.ageMax === null ? '' : m.agesText(view.ageMin, view.ageMax);
  return [view.audience === 'ages' ? '' : m.audiences[view.audience], ages].filter(Boolean).join(', ');
}

const Seats: FC<SessionProps> = ({ pen, view }) => {
  const m = programmeMessages[pen.ctx.locale];
  const fixed = view.enrolment === 'none' || view.status === 'cancelled' || view.end <= pen.ctx.now;
  if (fixed) return null;
  return (
    <section class="no-print" aria-labelledby="places">
      <h2 id="places">{m.seatsTitle}</h2>
      <form class="form" method="post" action={path(pen, view, '/places')}>
        <input type="hidden" name="version" value={String(view.version)} />
        <Field
          name="places"
          label={m.seats}
          hint={view.waiting > 0 ? m.seatsServe(view.waiting) : m.seatsHint}
          value={view.seats ?? ''}
          inputmode="numeric"
          maxlength={4}
          plain
        />
        <ScopeField pen={pen} view={view} form={blank({})} />
        <div class="cluster">
          <Button kind="secondary">{m.changeSeats}</Button>
        </div>
      </form>
    </section>
  );
};

const Parts: FC<SessionProps> = ({ pen, view, parts }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (view.kind !== 'event' || view.parentId) return null;
  return (
    <section class="section" aria-labelledby="parties">
      <h2 id="parties">{m.parts}</h2>
      <DataTable
        caption={m.parts}
        quiet
        columns={[
          { label: m.when },
          { label: m.session, heading: true },
          { label: m.track },
          { label: m.where },
          { label: m.seatsTitle },
        ]}
        rows={parts.map((part) => [
          whenText(pen, part),
          <a href={path(pen, part)}>{pen.say(part.title)}</a>,
          part.track ?? '',
          whereText(pen, part),
          part.status === 'cancelled' ? m.states.cancelled : seatsText(pen, part),
        ])}
        empty={<p>{m.noParts}</p>}
      />
      {view.end > pen.ctx.now && view.status !== 'cancelled' ? (
        <LinkButton href={pen.href(`/programme/nouvelle?evenement=${view.reference}`)}>{m.addPart}</LinkButton>
      ) : null}
    </section>
  );
};

const People: FC<SessionProps> = ({ pen, view, people }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (view.enrolment === 'none' || view.status === 'draft') return null;
  const gone = view.status === 'cancelled';
  const toCall = gone && people.some((one) => !one.person.email);
  return (
    <section class="section" aria-labelledby="inscriptions">
      <h2 id="inscriptions">{gone ? m.wereToCome : m.registrations}</h2>
      {gone ? null : (
        <p class="programme-guests no-print">
          <LinkButton href={`/${pen.ctx.locale}/inscriptions/seance/${view.reference}`}>{m.guests}</LinkButton>
        </p>
      )}
      {toCall ? (
        <p class="programme-guests no-print">
          <LinkButton href={pen.href('/appels')}>{m.toCalls}</LinkButton>
        </p>
      ) : null}
      <DataTable
        caption={gone ? m.wereToCome : m.registrations}
        quiet
        columns={[
          { label: m.who, heading: true },
          { label: m.seatsTitle, number: true },
          { label: m.state },
          { label: m.reach },
        ]}
        rows={people.map((one) => [
          <a href={`/${pen.ctx.locale}/inscriptions/${one.reference}`}>{one.organisation ?? one.person.name}</a>,
          String(one.places),
          gone ? toldText(pen, one) : one.rank ? m.registrationRank(one.rank) : m.registrationStates[one.status],
          one.person.email ?? one.person.telephone ?? m.noReach,
        ])}
        empty={<p>{m.nobodyYet}</p>}
      />
    </section>
  );
};

/** How somebody learns that it does not take place. */
const toldText = (pen: Pen, { person }: RegistrationView): string => {
  const m = programmeMessages[pen.ctx.locale];
  if (person.email) return m.toldByMail;
  return person.telephone ? m.toldByCall : m.noReach;
};

const Dates: FC<SessionProps> = ({ pen, view, dates }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (dates.length < 2) return null;
  const over = dates.filter((date) => date.end <= pen.ctx.now && date.id !== view.id);
  return (
    <section class="section" aria-labelledby="dates">
      <h2 id="dates">{m.dates(dates.length)}</h2>
      {view.course ? <p>{m.courseHint}</p> : null}
      <DateLinks pen={pen} view={view} dates={dates.filter((date) => !over.includes(date))} />
      {over.length > 0 ? (
        <Folded summary={m.past(over.length)} open={false}>
          <DateLinks pen={pen} view={view} dates={over} />
        </Folded>
      ) : null}
    </section>
  );
};

const DateLinks: FC<{ pen: Pen; view: SessionView; dates: SessionView[] }> = ({ pen, view, dates }) => (
  <ul class="programme-list">
    {dates.map((date) => {
      const state = stateTag(pen, date);
      const when = `${pen.f.dayShort(date.start)}, ${pen.f.range(date.start, date.end)}`;
      return (
        <li>
          {date.id === view.id ? <strong aria-current="true">{when}</strong> : <a href={path(pen, date)}>{when}</a>}
          <p class="meta">
            {date.status === 'published' ? seatsText(pen, date) : ''} {/* Most are open: what differs stands out. */}
            {state.kind === 'good' ? null : <Tag kind={state.kind}>{state.text}</Tag>}
          </p>
        </li>
      );
    })}
  </ul>
);
