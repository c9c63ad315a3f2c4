import type { FC } from 'hono/jsx';
import {
  Button,
  Field,
  LineBullet,
  type LineColour,
  PostButton,
  Select,
  Tag,
  TextArea,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { ageBands, attendanceMessages } from '../attendance/index.ts';
import { Who } from './arrivals.pages.tsx';
import type { Call, DayView } from './day.types.ts';
import { lineOf, noonOf, type Pen, whenOf } from './day.words.ts';

/** A number as people read it, on one line: pairs of figures, for those of ten that were kept without. */
export const readable = (telephone: string): string =>
  (/^0\d{9}$/.test(telephone) ? telephone.replace(/(\d\d)(?=\d)/g, '$1 ') : telephone).replaceAll(' ', '\u00a0');

/** Requests that wait for the team's yes or no. */
export const Requests: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  if (view.requests.length === 0) return null;
  return (
    <section class="day-panel" aria-labelledby="demandes">
      <h2 class="day-heading" id="demandes">
        {m.requests} <span class="day-count">{view.requests.length}</span>
      </h2>
      <ol class="day-list">
        {view.requests.map((one) => {
          const about = m.about(one.person, pen.say(one.resource), whenOf(pen, one));
          const action = pen.href(`/reservations/${one.reference}`);
          return (
            <li class="day-row">
              <Who pen={pen} one={one} when={whenOf(pen, one)} />
              <div class="day-gestures">
                <PostButton
                  action={`${action}/accord`}
                  label={m.accept}
                  kind="primary"
                  hidden={{ jour: view.day }}
                  version={one.version}
                  about={about}
                />
                <details class="day-fold" id={`refus-${one.reference}`}>
                  <summary>
                    {m.decline}
                    <span class="hidden"> {about}</span>
                  </summary>
                  <form class="stack" method="post" action={`${action}/refus`}>
                    <input type="hidden" name="jour" value={view.day} />
                    <input type="hidden" name="version" value={String(one.version)} />
                    <TextArea
                      id={`raison-${one.reference}`}
                      name="raison"
                      label={m.declineReason}
                      hint={m.declineHint}
                      rows={2}
                      maxlength={500}
                      required
                    />
                    <Button kind="danger">{m.declineSend}</Button>
                  </form>
                </details>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
};

/** Why to call, in a sentence that can be said. */
export const whyCall = (pen: Pen, call: Call): string =>
  pen.m.callKind[call.kind](pen.say(call.resource), whenOf(pen, call));

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
          return (
            <li>
              <a href={`/${locale}/inscriptions/seance/${one.reference}#ajouter`}>
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

/** What is out of order. */
export const Outages: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  if (view.outages.length === 0) return null;
  return (
    <section class="day-panel" aria-labelledby="pannes">
      <h2 class="day-heading" id="pannes">
        {m.outages} <span class="day-count">{view.outages.length}</span>
      </h2>
      <ol class="day-list">
        {view.outages.map((one) => {
          const line = lineOf(pen, one);
          return (
            <li class="day-row">
              <div class="day-who">
                <p class="day-name day-what">
                  {line ? <LineBullet letter={line.letter} colour={line.colour} /> : null}
                  <span>{pen.say(one.resource)}</span>
                </p>
                <p class="meta">
                  {m.closed(whenOf(pen, one, view.day))}
                  {pen.say(one.reason) ? ` · ${pen.say(one.reason)}` : ''}
                </p>
              </div>
              <div class="day-gestures">
                <PostButton
                  action={pen.href(`/panne/${one.id}/levee`)}
                  label={m.lift}
                  hidden={{ jour: view.day }}
                  version={one.version}
                  about={pen.say(one.resource)}
                />
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
};

/** What the team tells itself. */
export const Notes: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  return (
    <section class="day-panel" aria-labelledby="notes">
      <h2 class="day-heading" id="notes">
        {m.notes}
      </h2>
      {view.notes.length === 0 ? <p class="soft">{m.noNotes}</p> : null}
      <ul class="day-list">
        {view.notes.map((note) => (
          <li class={`day-row${note.done_at ? ' is-over' : ''}`}>
            <div class="day-who">
              <p class="day-body">{note.body}</p>
              <p class="meta">
                {m.noteFrom(note.author ?? '', note.day === view.day ? '' : pen.f.day(noonOf(note.day, pen.site)))}
                {note.done_at ? ` · ${m.noteSeen}` : ''}
              </p>
            </div>
            <div class="day-gestures">
              <PostButton
                action={pen.href(`/notes/${note.id}/${note.done_at ? 'reprise' : 'fait'}`)}
                label={note.done_at ? m.noteUndo : m.noteDone}
                kind={note.done_at ? 'quiet' : 'secondary'}
                hidden={{ jour: view.day }}
                about={note.body}
              />
            </div>
          </li>
        ))}
      </ul>
      <form class="day-note-form" method="post" action={pen.href('/notes')}>
        <input type="hidden" name="jour" value={view.day} />
        <Field name="note" label={m.noteLabel} maxlength={500} autocomplete="off" required />
        <Button kind="secondary">{m.noteAdd}</Button>
      </form>
    </section>
  );
};

/** For whoever wants to say the age too: a service and an age, in one form. */
const AgedVisit: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  const { bands } = attendanceMessages[pen.ctx.locale];
  return (
    <details class="day-fold" id="visite-age">
      <summary>{m.visitAge}</summary>
      <form class="stack" method="post" action={pen.href('/visites')}>
        <input type="hidden" name="vu" value={String(view.visits.reduce((sum, line) => sum + line.taps, 0))} />
        <Select
          label={m.visitLine}
          name="ligne"
          id="visite-ligne"
          options={view.visits.map((line) => ({ value: line.line_id, label: pen.say(line.name) }))}
          plain
        />
        <Select
          label={m.visitBand}
          name="age"
          id="visite-tranche"
          options={ageBands.map((band) => ({ value: band, label: bands[band] }))}
          plain
        />
        <Button kind="secondary">{m.visitSave}</Button>
      </form>
    </details>
  );
};

/** One tap for somebody who comes in: a button a service. */
export const Visits: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  if (!view.isToday || view.visits.length === 0) return null;
  return (
    <section class="day-panel no-print" aria-labelledby="visites">
      <h2 class="day-heading" id="visites">
        {m.visits}
      </h2>
      <p class="meta">{m.visitsHint}</p>
      <ul class="day-visits">
        {view.visits.map((line) => (
          <li class="day-visit">
            <form method="post" action={pen.href('/visites')}>
              <input type="hidden" name="ligne" value={line.line_id} />
              <input type="hidden" name="vu" value={String(line.taps)} />
              <button class="button button-secondary day-tap" type="submit" id={`visite-${line.letter}`}>
                <LineBullet letter={line.letter} colour={line.colour as LineColour} />
                <span class="day-tap-text">{m.visitAdd(pen.say(line.name))}</span>
                <span class="day-tally">
                  <span aria-hidden="true">{line.count}</span>
                  <span class="hidden"> {m.visitCount(line.count)}</span>
                </span>
              </button>
            </form>
            {line.undoable ? (
              <PostButton
                action={pen.href('/visites/annulation')}
                label={m.visitUndo}
                kind="quiet"
                hidden={{ ligne: line.line_id, vu: String(line.count) }}
                about={pen.say(line.name)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <AgedVisit pen={pen} view={view} />
    </section>
  );
};
