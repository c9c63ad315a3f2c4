import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { notFound, type Reason, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { FormValues } from '../../core/input.ts';
import { limit } from '../../core/limits.ts';
import { explainAll } from '../../core/sentences.ts';
import { type Env, formList, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { checkOnly, reserve } from '../booking/index.ts';
import { type Refused, readSpan, refusedBy, resourceView } from '../notices/index.ts';
import { isFormKey, readBookingForm, weekPath } from './form.input.ts';
import { showForm } from './form.show.tsx';
import { book, pathAfter, readItems, toItem, type WantedItems } from './form.work.ts';
import { showWeeks } from './series.routes.tsx';

/** A visitor fills in a form a few times an hour; a machine that holds everything meets this first. */
const perAddress = { name: 'booking.visitor', hits: 40, minutes: 60 };
const together = 10;

/** Who a form is for, as far as it is known before it is filled in: no two visitors, so that none waits for another. */
const somebody = (ctx: Ctx) =>
  ctx.actor.personId ? { id: ctx.actor.personId } : { name: '-', email: `${newId()}@quai.invalid` };

/** What would refuse this now, so that nobody fills in a form for nothing. */
async function foresee(ctx: Ctx, items: WantedItems, people: number): Promise<Refused | undefined> {
  const found = await checkOnly(ctx, { items: items.map(toItem), people, person: somebody(ctx), channel: 'web' });
  const reasons: Reason[] = [];
  for (const reason of found.flat()) if (!reasons.some((one) => one.code === reason.code)) reasons.push(reason);
  if (reasons.length === 0) return undefined;
  const timeZone = items[0].resource.site.timeZone;
  return {
    status: 200,
    reasons: explainAll(ctx, Refusal.all('unprocessable', reasons), { timeZone }),
    codes: reasons.map((reason) => reason.code),
  };
}

async function openForm(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const query = readQuery(c);
  const slug = c.req.param('resource') ?? '';
  const span = readSpan(query.debut, query.fin);
  const at = span ?? { start: ctx.now, end: ctx.now };
  const resource = await resourceView(ctx, slug, at.start, at.end);
  if (!resource) throw notFound();
  // No time was said: the week of the thing is where one is chosen.
  if (!span) return c.redirect(`/${ctx.locale}${weekPath(resource)}`, 302);
  const others = (c.req.queries('avec') ?? []).slice(0, together);
  const added = await readItems(
    ctx,
    others.map((other) => `${other}|${query.debut}|${query.fin}`),
  );
  const items: WantedItems = [{ ...span, resource }, ...added];
  const people = peopleOf(query);
  const refused = await foresee(ctx, items, people);
  return showForm(c, items, { values: { personnes: String(people) }, ...(refused ? { refused } : {}) });
}

const peopleOf = (values: FormValues): number => {
  const people = Number(values.personnes);
  return Number.isInteger(people) && people >= 1 && people <= 10_000 ? people : 1;
};

async function postForm(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const [first, ...rest] = await readItems(ctx, await formList(c, 'chose'));
  if (!first)
    throw new Refusal(
      'reservations.no_time',
      'unprocessable',
      {},
      { code: 'reservations.next.find', href: '/trouver' },
    );
  const items: WantedItems = [first, ...rest];
  const gesture = values.geste ?? 'reserver';
  const key = isFormKey(values.envoi) ? values.envoi : newId();
  if (gesture === 'ajouter') return showForm(c, await withRoom(ctx, items, values.autre), { values, key });
  if (gesture.startsWith('retirer ')) {
    const left = rest.filter((item) => item.resource.slug !== gesture.slice('retirer '.length));
    return showForm(c, [first, ...left], { values, key });
  }
  if (gesture === 'semaines') return showWeeks(c, first, values, key);
  const form = readBookingForm(ctx, values);
  if (!form.ok) return showForm(c, items, { values, errors: form.errors, status: 422, key });
  try {
    if (ctx.actor.kind !== 'person') await limit(ctx, perAddress, c.var.clientAddress);
    return seeOther(c, pathAfter(await book(ctx, items.map(toItem), form.data, key, reserve)));
  } catch (error) {
    const refused = refusedBy(ctx, error, first.resource.site.timeZone);
    return showForm(c, items, { values, refused, status: refused.status, key });
  }
}

async function withRoom(ctx: Ctx, items: WantedItems, slug: string | undefined): Promise<WantedItems> {
  const [first] = items;
  const known = items.some((item) => item.resource.slug === slug);
  const resource = known || !slug ? undefined : await resourceView(ctx, slug, first.start, first.end);
  if (!resource || items.length >= together) return items;
  return [...items, { start: first.start, end: first.end, resource }];
}

/** The booking form and its answer. */
export function formRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/reserver/:resource', openForm);
  app.post('/:locale{fr|nl|en}/reservations', postForm);
}
