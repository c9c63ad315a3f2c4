import type { FC } from 'hono/jsx';
import { LineBullet, type LineColour, LinkButton, Notice, Tag } from '../../ui/components/index.ts';
import { attendanceMessages } from '../attendance/index.ts';
import { feedbackMessages } from '../feedback/index.ts';
import type { SessionView } from '../timetable/index.ts';
import type { DayView } from './day.types.ts';
import { type Pen, whenOf } from './day.words.ts';

/** What it is, in the words of the desk: who comes, for an appointment, whose reason is nobody else's. */
export function sessionTitle(pen: Pen, view: Pick<DayView, 'comers'>, one: SessionView): string {
  if (one.kind !== 'appointment') return pen.say(one.title);
  const { appointment } = attendanceMessages[pen.ctx.locale];
  const comers = view.comers.get(one.id);
  return comers ? pen.m.appointmentOf(comers) : appointment;
}

/** How many come, where several may. */
export function sessionCount(pen: Pen, one: SessionView): string {
  if (one.kind === 'appointment') return '';
  return one.seats === null ? pen.m.sessionTaken(one.taken) : pen.m.sessionSeats(one.taken, one.seats);
}

/** What people gather for that day, each with its list; and, today, what was said that somebody must see to. */
export const Sessions: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  const said = feedbackMessages[pen.ctx.locale];
  const low = view.lowAnswers > 0;
  const evidence = (
    <p class="no-print">
      <a class="day-evidence" href={`/${pen.ctx.locale}/preuves?mois=${view.day.slice(0, 7)}`}>
        {m.evidence}
      </a>
    </p>
  );
  if (view.sessions.length === 0 && !low) return evidence;
  return (
    <section class="day-panel" aria-labelledby="seances">
      <h2 class="day-heading" id="seances">
        {m.sessions} <span class="day-count">{view.sessions.length}</span>
      </h2>
      {low ? (
        <Notice kind="warning">
          {said.todayLine(view.lowAnswers)} <a href={pen.href('/avis')}>{said.todayLink}</a>
        </Notice>
      ) : null}
      <ol class="day-list">
        {view.sessions.map((one) => {
          const title = sessionTitle(pen, view, one);
          const facts = [one.leaders.map(({ name }) => name).join(', '), sessionCount(pen, one)];
          return (
            <li class="day-row">
              <div class="day-who">
                <p class="day-when">{whenOf(pen, one, view.day)}</p>
                <p class="day-name day-what">
                  {one.line ? <LineBullet letter={one.line.letter} colour={one.line.colour as LineColour} /> : null}
                  <span>{title}</span>
                </p>
                <p class="meta">{facts.filter(Boolean).join(' · ')}</p>
              </div>
              <div class="day-gestures">
                {one.status === 'published' ? (
                  <LinkButton href={`/${pen.ctx.locale}/presence/${one.reference}`}>
                    {m.openList}
                    <span class="hidden">
                      {m.colon}
                      {title}
                    </span>
                  </LinkButton>
                ) : (
                  <Tag kind="warning">{m.sessionOff}</Tag>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {evidence}
    </section>
  );
};
