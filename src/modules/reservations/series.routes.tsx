import type { Hono } from 'hono';
import { notFound, Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { type FormValues, whole } from '../../core/input.ts';
import { explainAll } from '../../core/sentences.ts';
import { type Env, formList, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { keepSeries, planSeries } from '../booking/index.ts';
import { type Refused, refusedBy, resourceView } from '../notices/index.ts';
import { isFormKey, readBookingForm } from './form.input.ts';
import { formMessages } from './form.messages.ts';
import type { WantedView } from './form.parts.tsx';
import { showForm } from './form.show.tsx';
import { book, pathAfter, readItems, toItem } from './form.work.ts';
import { type PlannedView, WeeksPage } from './series.pages.tsx';

const weeksAsked = whole(2, 52).catch(4);

/** Shows each date of a weekly booking, free or not, before anything is kept. */
export async function showWeeks(
  c: Web,
  item: WantedView,
  values: FormValues,
  key: string,
  refused?: Refused,
): Promise<Response> {
  const { ctx } = c.var;
  const { personId } = ctx.actor;
  if (!personId) throw notFound();
  const form = readBookingForm(ctx, values);
  if (!form.ok) return showForm(c, [item], { values, errors: form.errors, status: 422, key });
  const weeks = weeksAsked.parse(values.semaines);
  const planned = await planSeries(ctx, {
    ...toItem(item),
    weeks,
    people: form.data.personnes,
    person: { id: personId },
    channel: 'web',
  });
  const { timeZone } = item.resource.site;
  const dates: PlannedView[] = [];
  for (const date of planned) {
    const alternatives = [];
    for (const other of date.alternatives) {
      const resource = await resourceView(ctx, other.slug, other.start, other.end);
      if (resource) alternatives.push({ start: other.start, end: other.end, resource });
    }
    const reasons = date.ok ? [] : explainAll(ctx, Refusal.all('unprocessable', date.reasons), { timeZone });
    dates.push({ start: date.start, end: date.end, resource: item.resource, ok: date.ok, reasons, alternatives });
  }
  const title = formMessages[ctx.locale].weeklyTitle(say(item.resource.name, ctx.locale, ctx.territory.mainLanguage));
  return page(
    c,
    { title, status: refused?.status ?? 200 },
    <WeeksPage view={{ ctx, item, dates, values, key, refused: refused?.reasons ?? [] }} />,
  );
}

async function keepWeeks(c: Web): Promise<Response> {
  const { ctx } = c.var;
  if (!ctx.actor.personId) throw notFound();
  const values = await readForm(c);
  const [item] = await readItems(ctx, await formList(c, 'chose'));
  if (!item) throw notFound();
  const key = isFormKey(values.envoi) ? values.envoi : newId();
  const chosen = Object.keys(values)
    .filter((name) => /^date-\d{1,2}$/.test(name) && values[name])
    .map((name) => values[name]!);
  const items = await readItems(ctx, chosen);
  const form = readBookingForm(ctx, values);
  if (!form.ok) return showForm(c, [item], { values, errors: form.errors, status: 422, key });
  try {
    if (items.length === 0) throw new Refusal('reservations.no_date', 'unprocessable');
    return seeOther(c, pathAfter(await book(ctx, items.map(toItem), form.data, key, keepSeries)));
  } catch (error) {
    return showWeeks(c, item, values, key, refusedBy(ctx, error, item.resource.site.timeZone));
  }
}

/** Keeping the dates of a weekly booking. */
export function seriesRoutes(app: Hono<Env>): void {
  app.post('/:locale{fr|nl|en}/reservations/chaque-semaine', keepWeeks);
}
