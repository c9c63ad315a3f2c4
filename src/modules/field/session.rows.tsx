import type { FC } from 'hono/jsx';
import { Button, Tag } from '../../ui/components/index.ts';
import { SignaturePad } from '../roll/index.ts';
import { halfDaysOn, markOn } from './field.rules.ts';
import type { Attendee, FieldSession } from './field.types.ts';
import { Gesture, type Pen } from './gesture.tsx';

type Row = { pen: Pen; session: FieldSession; who: Attendee; number: number; halfDay: string; open: boolean };

/** Somebody on a list and one half-day: what was noted, and the gestures. */
const AttendeeRow: FC<Row & { several: boolean }> = ({ pen, session, who, number, halfDay, open, several }) => {
  const { m, f } = pen;
  const one = session.kind === 'appointment';
  const name = who.name ?? m.unnamed(number);
  const mark = markOn(who.marks, halfDay);
  const words = { present: one ? m.held : m.present, absent: one ? m.notHeld : m.absent, excused: m.excused };
  const about = [
    session.reason ? pen.say(session.reason) : '',
    session.leaders.length > 0 ? m.with(session.leaders.join(', ')) : '',
  ]
    .filter(Boolean)
    .join(' · ');
  const id = `a-${who.id}-${halfDay.slice(-2)}`;
  const fields = (state: string) => ({ attendeeId: who.id, halfDay, state, seen: mark?.id });
  return (
    <li class="field-row" id={id} data-row>
      {one ? <p class="field-when">{f.range(session.start, session.end)}</p> : null}
      <p class="field-who">
        <b>{name}</b>
        {several ? ` · ${m.half[halfDay.endsWith('am') ? 'am' : 'pm']}` : ''}
      </p>
      {one && about ? <p class="meta">{about}</p> : null}
      {mark ? (
        <p>
          <Tag kind={mark.state === 'present' ? 'good' : 'warning'}>
            {`${words[mark.state]} · ${f.time(new Date(mark.at))}${mark.mode === 'signature' ? ` · ${m.signed}` : ''}`}
          </Tag>
        </p>
      ) : null}
      <ul class="field-said" data-said hidden />
      {open ? (
        <div class="cluster">
          {(['present', 'absent'] as const)
            .filter((state) => state !== mark?.state)
            .map((state) => (
              <Gesture pen={pen} kind="mark" fields={fields(state)}>
                <Button kind={state === 'present' ? 'primary' : 'secondary'} attrs={{ 'data-says': words[state] }}>
                  {words[state]}
                  <span class="hidden"> {name}</span>
                </Button>
              </Gesture>
            ))}
          {mark?.mode === 'signature' ? null : (
            <button
              class="button button-secondary"
              type="button"
              hidden
              data-sign={who.id}
              data-half={halfDay}
              data-seen-mark={mark?.id}
              data-name={name}
            >
              {m.sign}
              <span class="hidden"> {name}</span>
            </button>
          )}
        </div>
      ) : null}
    </li>
  );
};

/** A session with its list; an appointment is a line of its own. */
export const SessionRows: FC<{ pen: Pen; session: FieldSession; open: boolean }> = ({ pen, session, open }) => {
  const { m, f } = pen;
  const halfDays = halfDaysOn(session, pen.day);
  const heading =
    session.kind === 'appointment' ? null : (
      <h4 class="field-session">{`${f.range(session.start, session.end)}, ${pen.say(session.title)}`}</h4>
    );
  return (
    <>
      {heading}
      {session.attendees.length === 0 ? <p class="soft">{m.nobody}</p> : null}
      {session.kind !== 'appointment' && session.attendees.length > 0 ? (
        <p>
          <a href={`/${pen.ctx.locale}/presence/${session.reference}`}>
            {m.signOnList}
            <span class="hidden"> {pen.say(session.title)}</span>
          </a>
        </p>
      ) : null}
      <ol class="field-list">
        {session.attendees.flatMap((who, index) =>
          halfDays.map((halfDay) => (
            <AttendeeRow {...{ pen, session, who, halfDay, open }} number={index + 1} several={halfDays.length > 1} />
          )),
        )}
      </ol>
    </>
  );
};

/** Where they sign, one after the other: its script opens it for a line of the list. */
export const SignDialog: FC<{ pen: Pen }> = ({ pen }) => {
  const { m } = pen;
  return (
    <dialog class="field-dialog" data-sign-dialog aria-labelledby="pour-qui">
      <h2 id="pour-qui" data-sign-name>
        {m.sign}
      </h2>
      <Gesture pen={pen} kind="mark" fields={{ state: 'present' }}>
        <input type="hidden" name="attendeeId" value="" />
        <input type="hidden" name="halfDay" value="" />
        <input type="hidden" name="seen" value="" />
        <SignaturePad m={m}>
          <Button attrs={{ 'data-says': `${m.present}, ${m.signed}` }}>{m.signDone}</Button>
        </SignaturePad>
      </Gesture>
      <button class="button button-quiet" type="button" data-sign-close>
        {m.signLater}
      </button>
    </dialog>
  );
};
