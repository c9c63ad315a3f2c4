import type { FC } from 'hono/jsx';
import { Button, Field } from '../../ui/components/index.ts';
import { nameOf, type Pen, type RollMark, type RollPerson, type Sitting } from '../attendance/index.ts';

type Stay = Pick<RollMark, 'arrivedAt' | 'leftAt' | 'minutes'>;

/** "10 h 20 – 12 h, soit 1 h 40", where somebody was not there the whole time; else nothing. */
export const hoursWords = ({ m, f }: Pen, sitting: Sitting, { arrivedAt, leftAt, minutes }: Stay): string =>
  arrivedAt || leftAt ? m.stayed(f.range(arrivedAt ?? sitting.start, leftAt ?? sitting.end), f.duration(minutes)) : '';

/** Who came late or left before the end: folded, for most stay. */
export const HoursForm: FC<{ pen: Pen; one: RollPerson; sitting: Sitting; mark: RollMark }> = ({
  pen,
  one,
  sitting,
  mark,
}) => {
  const { m, f } = pen;
  const id = one.attendeeId;
  const clock = (at: Date) => f.clock(at);
  const name = <span class="hidden"> {nameOf(pen, one)}</span>;
  return (
    <details class="roll-hours no-print" id={`h-${id}`}>
      <summary>
        {m.hours}
        {name}
      </summary>
      <form class="group-row" method="post" action={pen.href('/heures')}>
        <input type="hidden" name="personne" value={id} />
        <input type="hidden" name="demi" value={sitting.halfDay} />
        <Field
          label={m.arrived}
          name="arrivee"
          id={`ha-${id}`}
          type="time"
          value={clock(mark.arrivedAt ?? sitting.start)}
          required
        />
        <Field
          label={m.left}
          name="depart"
          id={`hd-${id}`}
          type="time"
          value={clock(mark.leftAt ?? sitting.end)}
          required
        />
        <Button kind="secondary">
          {m.hoursSave}
          {name}
        </Button>
      </form>
    </details>
  );
};
