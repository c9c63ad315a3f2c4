import type { Hono } from 'hono';
import { z } from 'zod';
import { addDays, instantOf, timeOf } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import type { I18nText } from '../../core/i18n.ts';
import { isUuid } from '../../core/ids.ts';
import { day, type FieldErrors, type FormValues, localTime, optionalText, parse, text } from '../../core/input.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { closeForOutage, liftClosure, previewOutage, sessionsInOutage } from '../booking/index.ts';
import { closureSite, dayFrom, dayPath, enterSite, type Pen, refusalOf, showDay } from '../day/index.ts';
import { type Bookable, bookablesOf } from '../desk/index.ts';
import { sessionsByIds } from '../timetable/index.ts';
import { outageMessages } from './outage.messages.ts';
import { OutageForm, OutagePreview } from './outage.pages.tsx';

const languages = ['fr', 'nl', 'en'] as const;
const fields = ['ressource', 'de-jour', 'de-heure', 'a-jour', 'a-heure', ...languages.map((one) => `raison-${one}`)];

/** Breakdowns and closures: said, looked at, then sent; and put back into service. */
export function outageRoutes(app: Hono<Env>): void {
  app.get('/:locale/equipe/:site/panne', async (c) => {
    const pen = await enterSite(c);
    return showForm(c, pen, {
      ressource: c.req.query('ressource') ?? '',
      'de-jour': pen.today,
      'de-heure': timeOf(pen.ctx.now, pen.site.time_zone),
      'a-jour': addDays(pen.today, 1),
      'a-heure': '20:00',
    });
  });

  app.post('/:locale/equipe/:site/panne', async (c) => {
    const pen = await enterSite(c);
    const sent = await readForm(c);
    const values = Object.fromEntries(fields.flatMap((name) => (sent[name] ? [[name, sent[name]]] : [])));
    if (sent['modifier']) return showForm(c, pen, values);
    const bookables = await bookablesOf(pen.ctx, pen.site.id);
    const asked = readOutage(pen, values, bookables);
    if (!asked.ok) return showForm(c, pen, values, { errors: asked.errors, status: 422 });
    const { what, span, reason } = asked;
    const outage = { resourceId: what.resource_id, ...span };
    try {
      if (sent['envoyer']) {
        await closeForOutage(pen.ctx, { ...outage, reason });
        return seeOther(c, `${dayPath(pen, pen.f.isoDay(span.start > pen.ctx.now ? span.start : pen.ctx.now))}#pannes`);
      }
      const affected = await previewOutage(pen.ctx, outage);
      const sessions = await sessionsByIds(pen.ctx, await sessionsInOutage(pen.ctx, outage));
      return page(
        c,
        { title: outageMessages[pen.ctx.locale].previewTitle(pen.say(what.resource)), wide: true },
        <OutagePreview
          pen={pen}
          what={what}
          span={span}
          reason={pen.say(reason)}
          values={values}
          affected={affected}
          sessions={sessions}
        />,
      );
    } catch (error) {
      const { reasons, status } = refusalOf(pen, error);
      return showForm(c, pen, values, { reasons, status });
    }
  });

  app.post('/:locale/equipe/:site/panne/:id/levee', async (c) => {
    const pen = await enterSite(c);
    const id = c.req.param('id');
    // Somebody of two sites lifts each at its own address.
    if (!isUuid(id) || (await closureSite(pen.ctx, id)) !== pen.site.id) throw notFound();
    const form = await readForm(c);
    const on = dayFrom(pen, form['jour']);
    try {
      await liftClosure(pen.ctx, { closureId: id });
    } catch (error) {
      return showDay(c, pen, on, refusalOf(pen, error));
    }
    return seeOther(c, dayPath(pen, on));
  });
}

type Asked =
  | { ok: true; what: Bookable; span: { start: Date; end: Date }; reason: I18nText }
  | { ok: false; errors: FieldErrors };

/** Reads what is closed, when and why; the sentence in the territory's main language is required. */
function readOutage(pen: Pen, values: FormValues, bookables: readonly Bookable[]): Asked {
  const { ctx, site } = pen;
  const reasons = Object.fromEntries(
    languages.map((one) => [`raison-${one}`, one === ctx.territory.mainLanguage ? text(300) : optionalText(300)]),
  );
  const schema = z.object({
    ressource: z.enum(bookables.map((one) => one.resource_slug) as [string, ...string[]]),
    'de-jour': day,
    'de-heure': localTime,
    'a-jour': day,
    'a-heure': localTime,
    ...reasons,
  });
  const parsed = parse(schema, values, ctx.locale);
  if (!parsed.ok) return parsed;
  const given = parsed.data as FormValues;
  const start = instantOf(given['de-jour']!, given['de-heure']!, site.time_zone);
  const end = instantOf(given['a-jour']!, given['a-heure']!, site.time_zone);
  if (end <= start || end <= ctx.now) {
    return { ok: false, errors: { 'a-jour': outageMessages[ctx.locale].order } };
  }
  const reason: I18nText = {};
  for (const one of languages) {
    const said = given[`raison-${one}`];
    if (said) reason[one] = said;
  }
  return {
    ok: true,
    what: bookables.find((one) => one.resource_slug === given['ressource'])!,
    span: { start, end },
    reason,
  };
}

type More = { errors?: FieldErrors; reasons?: ReturnType<typeof refusalOf>['reasons']; status?: number };

async function showForm(c: Web, pen: Pen, values: FormValues, more: More = {}): Promise<Response> {
  const bookables = await bookablesOf(pen.ctx, pen.site.id);
  return page(
    c,
    { title: outageMessages[pen.ctx.locale].title, ...(more.status ? { status: more.status } : {}) },
    <OutageForm
      pen={pen}
      bookables={bookables}
      values={values}
      errors={more.errors ?? {}}
      reasons={more.reasons ?? []}
    />,
  );
}
