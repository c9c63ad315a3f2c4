import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { LinkButton } from '../../ui/components/index.ts';
import type { Searched } from '../finding/index.ts';
import { reasonsOffered } from '../presence/index.ts';
import { appointmentsMessages } from './appointments.messages.ts';

/** On the home page, once somebody receives: the door to a person who helps. */
export async function homeSection(ctx: Ctx): Promise<Child> {
  if ((await reasonsOffered(ctx)).length === 0) return null;
  const m = appointmentsMessages[ctx.locale];
  return (
    <section class="section stack" aria-labelledby="aide">
      <h2 id="aide">{m.homeTitle}</h2>
      <p>{m.homeText}</p>
      <p>
        <LinkButton kind="primary" href={`/${ctx.locale}/rendez-vous`}>
          {m.title}
        </LinkButton>
      </p>
    </section>
  );
}

/** Beside the answers to who looks for help with computers: a person, and not only a place. */
export function helpOffer(ctx: Ctx, { values }: Searched): Child {
  if (values.besoin !== 'digital_help') return null;
  const m = appointmentsMessages[ctx.locale];
  const query = new URLSearchParams(['pres', 'jour'].flatMap((name) => (values[name] ? [[name, values[name]]] : [])));
  return (
    <p class="meta">
      {m.finderLine} <a href={`/${ctx.locale}/rendez-vous?${query}`}>{m.finderLink}</a>
    </p>
  );
}
