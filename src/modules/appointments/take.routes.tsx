import type { Hono } from 'hono';
import { requestHash, withIdempotency } from '../../core/idempotency.ts';
import { isUuid, newId } from '../../core/ids.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { limit } from '../../core/limits.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import { isFree } from '../presence/index.ts';
import { keepName } from '../visitors/index.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import { isTeam, makeAppointment, refuseTime, taken } from './make.ts';
import { type Chosen, readChosen, readWhose, type Teller } from './take.input.ts';
import { TakePage } from './take.pages.tsx';

/** As for bookings: a visitor fills in a form a few times an hour, a machine that holds everything meets this first. */
const perAddress = { name: 'appointment.visitor', hits: 40, minutes: 60 };

/** Where a form of one time stands: for all, and for a relay below their own address. */
export type Counter = { path: string; teller: Teller; done: (reference: string) => string };

const publicCounter = (c: Web): Counter => ({
  path: '/rendez-vous',
  teller: isTeam(c.var.ctx) ? { kind: 'team' } : { kind: 'self' },
  done: (reference) => `/rendez-vous/${reference}?fait=pris`,
});

type Shown = { values: FormValues; errors?: FieldErrors; refused?: Refused; status?: number; key?: string };

function show(c: Web, counter: Counter, chosen: Chosen, shown: Shown): Response {
  const { ctx } = c.var;
  const { values, errors = {}, refused, status } = shown;
  const back = new URLSearchParams({
    raison: chosen.reason.slug,
    ...(values.pres ? { pres: values.pres } : {}),
    ...(values.jour ? { jour: values.jour } : {}),
  });
  return page(
    c,
    { title: appointmentsMessages[ctx.locale].takeTitle, status: status ?? refused?.status ?? 200 },
    <TakePage
      view={{
        ctx,
        chosen,
        teller: counter.teller,
        values,
        errors,
        refused: refused?.reasons ?? [],
        key: shown.key ?? newId(),
        action: `/${ctx.locale}${counter.path}`,
        backHref: `/${ctx.locale}${counter.path}?${back}`,
      }}
    />,
  );
}

const wantedOf = ({ helper, spot, start, end }: Chosen) => ({
  helperId: helper.id,
  siteId: spot.site.id,
  stopId: spot.stop?.id ?? null,
  start,
  end,
});

/** The form of one time; what would refuse it is said before anything is filled in. */
export async function openTake(c: Web, counter: Counter): Promise<Response> {
  const { ctx } = c.var;
  const values = readQuery(c);
  const chosen = await readChosen(ctx, values);
  try {
    await refuseTime(ctx, chosen.start, chosen.reason);
    if (!(await isFree(ctx, wantedOf(chosen)))) throw taken(chosen.reason.slug);
    return show(c, counter, chosen, { values });
  } catch (error) {
    return show(c, counter, chosen, { values, refused: refusedBy(ctx, error, chosen.spot.site.timeZone) });
  }
}

/** Takes what the form asks, once however often it is sent. */
export async function postTake(c: Web, counter: Counter): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const chosen = await readChosen(ctx, values);
  const key = values.envoi && isUuid(values.envoi) ? values.envoi : newId();
  const whose = readWhose(ctx, values, counter.teller);
  if (!whose.ok) return show(c, counter, chosen, { values, errors: whose.errors, status: 422, key });
  try {
    if (ctx.actor.kind !== 'person') await limit(ctx, perAddress, c.var.clientAddress);
    const { ownName, ...asked } = whose.data;
    const input = { ...wantedOf(chosen), reasonSlug: chosen.reason.slug, ...asked };
    const hash = requestHash(input);
    const answer = await withIdempotency(ctx, `appointment:${key}:${hash.slice(0, 16)}`, hash, async (inside) => {
      await keepName(inside, ownName);
      const { reference, status } = await makeAppointment(inside, input);
      return { status: 201, body: { reference, held: status === 'held' } };
    });
    const { reference, held } = answer.body as { reference: string; held: boolean };
    return seeOther(c, held ? `/inscriptions/${reference}/confirmation` : counter.done(reference));
  } catch (error) {
    const refused = refusedBy(ctx, error, chosen.spot.site.timeZone);
    return show(c, counter, chosen, { values, refused, key });
  }
}

/** Taking one time. */
export function takeRoutes(app: Hono<Env>): void {
  app.get('/:locale{(?:fr|nl|en)}/rendez-vous/prendre', (c) => openTake(c, publicCounter(c)));
  app.post('/:locale{(?:fr|nl|en)}/rendez-vous', (c) => postTake(c, publicCounter(c)));
}
