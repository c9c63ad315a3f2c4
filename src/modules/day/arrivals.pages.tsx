import type { FC } from 'hono/jsx';
import { EmptyState, LineBullet, LinkButton, PostButton, Tag } from '../../ui/components/index.ts';
import { grouped, standpointOf } from './day.rules.ts';
import type { Arrival, DayView } from './day.types.ts';
import { lineOf, type Pen, standingOf, whenOf } from './day.words.ts';

/** Who, with what and for how long: the body of a line, the name leading to the booking's sheet. */
export const Who: FC<{ pen: Pen; one: Arrival; when?: string }> = ({ pen, one, when }) => {
  const line = lineOf(pen, one);
  const facts = [
    pen.say(one.resource),
    one.places ? pen.m.place(one.places) : '',
    one.people > 1 ? pen.m.people(one.people) : '',
    one.organisation ?? '',
  ];
  return (
    <div class="day-who">
      {when ? <p class="day-when">{when}</p> : null}
      <p class="day-name">
        <a href={pen.href(`/reservations/${one.reference}`)}>{one.person}</a>
      </p>
      <p class="day-what">
        {line ? <LineBullet letter={line.letter} colour={line.colour} /> : null}
        <span>{facts.filter(Boolean).join(' · ')}</span>
      </p>
      {one.purpose ? <p class="meta">{one.purpose}</p> : null}
    </div>
  );
};

/** The gestures one may make on a line, each one tap. */
const Gestures: FC<{ pen: Pen; one: Arrival; day: string }> = ({ pen, one, day }) => {
  const { m, ctx } = pen;
  const about = m.about(one.person, pen.say(one.resource), pen.f.range(one.start, one.end));
  const to = (gesture: string) => pen.href(`/reservations/${one.reference}/${gesture}`);
  const hidden = { jour: day };
  switch (standpointOf(one, ctx.now)) {
    case 'expected':
    case 'late':
      return (
        <>
          <PostButton action={to('arrivee')} label={m.arrived} kind="primary" hidden={hidden} about={about} />
          {one.start <= ctx.now ? (
            <PostButton action={to('absence')} label={m.absent} hidden={hidden} about={about} />
          ) : null}
        </>
      );
    case 'here':
      return (
        <>
          {one.start < ctx.now ? (
            <PostButton action={to('depart')} label={m.leaves} hidden={hidden} about={about} />
          ) : null}
          <PostButton action={to('sans-arrivee')} label={m.undoArrived} kind="quiet" hidden={hidden} about={about} />
        </>
      );
    case 'absent':
      return one.end > ctx.now ? (
        <PostButton action={to('sans-absence')} label={m.undoAbsent} kind="quiet" hidden={hidden} about={about} />
      ) : null;
    default:
      return null;
  }
};

const Rows: FC<{ pen: Pen; rows: Arrival[]; view: DayView }> = ({ pen, rows, view }) => (
  <ol class="day-list">
    {rows.map((one) => {
      const standing = standingOf(pen, one);
      const where = standpointOf(one, pen.ctx.now);
      return (
        <li class={`day-row day-arrival is-${where}`} id={`r-${one.reference}`}>
          <p class="day-when">{whenOf(pen, one, view.day)}</p>
          {/* Everybody awaited is awaited: only what differs is said. */}
          {standing.text === pen.m.status.expected ? null : (
            <p class="day-state">
              <Tag kind={standing.kind}>{standing.text}</Tag>
            </p>
          )}
          <Who pen={pen} one={one} />
          <div class="day-gestures">{view.isToday ? <Gestures pen={pen} one={one} day={view.day} /> : null}</div>
        </li>
      );
    })}
  </ol>
);

/** Everybody of the day: those awaited first, those here, those behind us folded away. */
export const Arrivals: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  const groups = grouped(view.arrivals, pen.ctx.now);
  if (view.arrivals.length === 0) {
    if (view.sessions.length > 0) return <p class="soft">{m.noBookings}</p>;
    return (
      <EmptyState
        title={m.noArrivals}
        action={<LinkButton href={pen.href(`/accueil?jour=${view.day}`)}>{m.welcome}</LinkButton>}
      >
        <p>{m.noArrivalsText}</p>
      </EmptyState>
    );
  }
  return (
    <div class="stack">
      <section aria-labelledby="a-accueillir">
        <h2 class="day-heading" id="a-accueillir">
          {m.expected} <span class="day-count">{groups.expected.length}</span>
        </h2>
        {groups.expected.length > 0 ? (
          <Rows pen={pen} rows={groups.expected} view={view} />
        ) : (
          <p class="soft">{view.isToday ? m.noneExpected : m.noneExpectedDay}</p>
        )}
      </section>
      {groups.here.length > 0 ? (
        <section aria-labelledby="sur-place">
          <h2 class="day-heading" id="sur-place">
            {m.here} <span class="day-count">{groups.here.length}</span>
          </h2>
          <Rows pen={pen} rows={groups.here} view={view} />
        </section>
      ) : null}
      {groups.past.length > 0 ? (
        <details class="day-past" id="plus-tot" open={!view.isToday}>
          <summary>
            {m.past} <span class="day-count">{groups.past.length}</span>
          </summary>
          <Rows pen={pen} rows={groups.past} view={view} />
        </details>
      ) : null}
    </div>
  );
};
