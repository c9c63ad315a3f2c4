import type { FC } from 'hono/jsx';
import { Button, Field, LineBullet, type LineColour, PostButton, Select, TextArea } from '../../ui/components/index.ts';
import { ageBands, attendanceMessages } from '../attendance/index.ts';
import { Who } from './arrivals.pages.tsx';
import type { DayView } from './day.types.ts';
import { lineOf, noonOf, type Pen, whenOf } from './day.words.ts';

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
                    <Button kind="danger">
                      {m.declineSend}
                      <span class="hidden"> {about}</span>
                    </Button>
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
