import { has } from '../../core/access.ts';
import type { AccountSection } from '../accounts/index.ts';
import { attendanceMessages, leadsNow, penOf } from '../attendance/index.ts';
import { sessionsLed } from './led.store.ts';
import { ledOf } from './roll.routes.tsx';

/** For who leads sessions without being of the team of their site: those, on the account page, with the list once it is open. */
export const ledSection: AccountSection = {
  name: 'led',
  rank: 25,
  render: async (ctx) => {
    const led = (await sessionsLed(ctx)).filter(({ site }) => !has(ctx.actor, 'team', site.id));
    if (led.length === 0) return null;
    const m = attendanceMessages[ctx.locale];
    return (
      <section class="section stack" aria-labelledby="anime">
        <h2 id="anime">{m.ledTitle}</h2>
        <p class="meta">{m.ledText}</p>
        <ul class="stack">
          {led.map((session) => {
            const pen = penOf(ctx, session);
            return (
              <li>
                {pen.title}, {pen.when}
                {leadsNow(ctx, ledOf(session)) ? (
                  <>
                    {' · '}
                    <a href={pen.href('')}>
                      {m.ledOpen}
                      <span class="hidden"> {pen.title}</span>
                    </a>
                  </>
                ) : null}
              </li>
            );
          })}
        </ul>
      </section>
    );
  },
};
