import type { FC } from 'hono/jsx';
import type { AgeBand } from '../../core/schema.ts';
import { ageBands, type Correction, halfName, type Pen, type Roll, type Sitting } from '../attendance/index.ts';
import { hoursWords } from './hours.pages.tsx';

/** One tap for somebody who gives no name, by age at most. */
export const WalkIns: FC<{ pen: Pen; roll: Roll }> = ({ pen, roll }) => {
  const { m } = pen;
  const counted = (band: AgeBand) => roll.walkIns.filter((one) => one.ageBand === band).length;
  return (
    <section class="stack" aria-labelledby="sans-nom">
      <h2 class="roll-heading" id="sans-nom">
        {m.walkIns} <span class="roll-count">{roll.walkIns.length}</span>
      </h2>
      <p class="meta">{m.walkInsHint}</p>
      <ul class="roll-bands">
        {ageBands.map((band) => (
          <li class="roll-band">
            <span class="roll-band-name" aria-hidden="true">
              {m.bands[band]}
            </span>
            <form method="post" action={pen.href('/passage/retrait')}>
              <input type="hidden" name="age" value={band} />
              <input type="hidden" name="vu" value={String(counted(band))} />
              <button
                class="roll-step"
                type="submit"
                id={`moins-${band}`}
                aria-label={m.removeOne(m.bands[band])}
                disabled={counted(band) === 0}
              >
                −
              </button>
            </form>
            <span class="roll-tally">{counted(band)}</span>
            <form method="post" action={pen.href('/passage')} data-tap="">
              <input type="hidden" name="age" value={band} />
              <input type="hidden" name="vu" value={String(roll.taps)} />
              <button class="roll-step is-plus" type="submit" id={`plus-${band}`} aria-label={m.addOne(m.bands[band])}>
                +
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
};

const hoursOf = (pen: Pen, sitting: Sitting | undefined, one: Correction): string =>
  sitting ? hoursWords(pen, sitting, one) : '';

/** What was put right since, with who did it. */
export const Corrections: FC<{ pen: Pen; roll: Roll; corrections: Correction[] }> = ({ pen, roll, corrections }) => {
  const { m, f } = pen;
  if (corrections.length === 0) return null;
  return (
    <details class="roll-corrections" id="corrections">
      <summary>{m.corrections(corrections.length)}</summary>
      <ul class="stack">
        {corrections.map((one) => {
          const sitting = roll.sittings.find(({ halfDay }) => halfDay === one.halfDay);
          return (
            <li class="meta">
              {m.correction(
                one.name ?? m.noName,
                [m.states[one.state], hoursOf(pen, sitting, one)].filter(Boolean).join(', '),
                sitting ? halfName(pen, sitting) : one.halfDay,
                one.replacedBy ?? m.someone,
                f.dayTime(one.replacedAt),
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
};
