import type { FC } from 'hono/jsx';
import { has } from '../../core/access.ts';
import { PostButton, Tag } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import type { Call, DayView } from './day.types.ts';
import { noonOf, type Pen, whenOf } from './day.words.ts';

/** A number as people read it, on one line: pairs of figures, for those of ten that were kept without. */
export const readable = (telephone: string): string =>
  (/^0\d{9}$/.test(telephone) ? telephone.replace(/(\d\d)(?=\d)/g, '$1 ') : telephone).replaceAll(' ', '\u00a0');

/** Why to call, in a sentence that can be said. */
export const whyCall = (pen: Pen, call: Call): string =>
  [pen.m.callKind[call.kind](pen.say(call.resource), whenOf(pen, call)), pen.m.callOthers(call.others)]
    .filter(Boolean)
    .join(' ');

/** What to say on the telephone: why one calls, why it is so, and what to propose instead. */
export const CallWords: FC<{ pen: Pen; call: Call; day: string }> = ({ pen, call, day }) => {
  const { m } = pen;
  const why = pen.say(call.why);
  return (
    <>
      {whyCall(pen, call)}
      {call.due_day < day ? ` ${m.late(pen.f.day(noonOf(call.due_day, pen.site)))}` : ''}
      {why ? ` ${m.callWhy(why)}` : ''}
      {call.done_at ? null : <Proposals pen={pen} call={call} />}
    </>
  );
};

const Proposals: FC<{ pen: Pen; call: Call }> = ({ pen, call }) => {
  const { m } = pen;
  const { locale } = pen.ctx;
  if (call.appointment && call.kind === 'cancelled') {
    return (
      <>
        <br />
        <a href={`/${locale}/rendez-vous/${call.reference}`}>{m.callAgain}</a>
      </>
    );
  }
  if (call.instead.length === 0) return null;
  return (
    <>
      {` ${m.callInstead}`}
      <ul class="notice-list">
        {call.instead.map((one) => {
          const write = formatter(locale, one.timeZone);
          const start = new Date(one.start);
          // The list of another team's session is not theirs to open: they read what everybody reads.
          const own = has(pen.ctx.actor, 'team', one.siteId);
          return (
            <li>
              <a
                href={`/${locale}/${own ? `inscriptions/seance/${one.reference}#ajouter` : `agenda/${one.reference}`}`}
              >
                {pen.say(one.title)}, {write.day(start)}, {write.range(start, new Date(one.end))}
              </a>
            </li>
          );
        })}
      </ul>
    </>
  );
};

/** What a call is about, opened. */
export const aboutHref = (pen: Pen, call: Call): string =>
  call.about === 'booking'
    ? pen.href(`/reservations/${call.reference}`)
    : `/${pen.ctx.locale}/inscriptions/${call.reference}`;

const outcomes = ['reached', 'message', 'unreachable'] as const;

/** What came of a call, or the three answers it can have. */
export const CallGestures: FC<{ pen: Pen; call: Call; back: string }> = ({ pen, call, back }) => {
  const { m } = pen;
  const action = pen.href(`/appels/${call.id}`);
  if (call.done_at && call.outcome) {
    return (
      <>
        <Tag kind="good">{m.outcomeDone[call.outcome]}</Tag>
        <PostButton
          action={`${action}/annulation`}
          label={m.undo}
          kind="quiet"
          hidden={{ retour: back }}
          about={call.person}
        />
      </>
    );
  }
  return (
    <>
      {call.outcome === 'unreachable' ? <Tag kind="warning">{m.outcomeDone.unreachable}</Tag> : null}
      {outcomes.map((outcome) => (
        <PostButton
          action={action}
          label={m.outcome[outcome]}
          kind={outcome === 'reached' ? 'primary' : 'secondary'}
          hidden={{ suite: outcome, retour: back }}
          about={call.person}
        />
      ))}
    </>
  );
};

/** The number as a link that telephones. */
export const Telephone: FC<{ pen: Pen; telephone: string | null; name: string }> = ({ pen, telephone, name }) =>
  telephone ? (
    <a class="day-phone" href={telHref(telephone)}>
      {readable(telephone)}
      <span class="hidden"> {name}</span>
    </a>
  ) : (
    <span class="soft">{pen.m.noTelephone}</span>
  );

/** Whom to telephone today. */
export const Calls: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  if (view.calls.length === 0) return null;
  const left = view.calls.filter((call) => !call.done_at).length;
  return (
    <section class="day-panel" aria-labelledby="appels">
      <h2 class="day-heading" id="appels">
        {m.calls} <span class="day-count">{left}</span>
      </h2>
      <ol class="day-list">
        {view.calls.map((call) => (
          <li class="day-row">
            <div class="day-who">
              <p class="day-name">
                <a href={aboutHref(pen, call)}>{call.person}</a>
                {call.language === pen.ctx.locale ? '' : ` (${m.speaks[call.language]})`}
              </p>
              <p>
                <Telephone pen={pen} telephone={call.telephone} name={call.person} />
              </p>
              <div class="meta">
                <CallWords pen={pen} call={call} day={view.day} />
              </div>
            </div>
            <div class="day-gestures">
              <CallGestures pen={pen} call={call} back="journee" />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
};
