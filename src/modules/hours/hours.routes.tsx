import type { Hono } from 'hono';
import { isLocalTime } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import {
  blank,
  doneNotice,
  type Form,
  type Found,
  find,
  isGuide,
  mustRunSite,
  type OwnerKind,
  ownerRoots,
  rangeOf,
  refused,
  setupPage,
  submit,
} from '../setup/index.ts';
import { addException, type ExceptionInput, exceptionInput, readExceptions, removeException } from './exceptions.ts';
import { hoursMessages } from './hours.messages.ts';
import { HoursPage } from './hours.pages.tsx';
import { clockOf } from './hours.rules.ts';
import { LeftOutsidePage } from './left-outside.pages.tsx';
import { knowingly, LeftOutside } from './left-outside.ts';
import { readHours, setHours, type Week } from './set-hours.ts';

/** At most this many openings in one day are read from a form. */
const mostRanges = 6;
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Hours and exceptions of a place, a space or a thing. */
export function hoursRoutes(app: Hono<Env>): void {
  for (const kind of Object.keys(ownerRoots) as OwnerKind[]) {
    const root = ownerRoots[kind];
    const notABus = async (c: Web): Promise<Found> => {
      const found = await find(c, kind);
      // A bus is open where it stops: its tour is its hours.
      if (found.site.kind === 'mobile') throw notFound();
      return found;
    };
    app.get(`${root}/horaires`, async (c) => {
      const found = await notABus(c);
      return show(c, found, blank(await weekValues(c, found)), newException());
    });
    app.post(`${root}/horaires`, async (c) => saveWeek(c, await notABus(c)));
    app.post(`${root}/exceptions`, async (c) => {
      const found = await notABus(c);
      const form = blank(await readForm(c));
      const run = async (data: ExceptionInput) => {
        const add = (inside: Ctx) => addException(inside, found.owner, found.site.time_zone, data);
        return withLeft(`${found.path}/horaires?fait=exception`, await change(c, found, form.values, add));
      };
      const again = async (form: Form) => show(c, found, blank(await weekValues(c, found)), form);
      return orAsk(c, found, form.values, () => submit(c, exceptionInput, form, run, again));
    });
    app.post(`${root}/exceptions/:id/suppression`, async (c) => {
      const found = await notABus(c);
      const id = c.req.param('id') ?? '';
      if (!isUuid(id)) throw notFound();
      const { values } = blank(await readForm(c));
      return orAsk(c, found, values, async () => {
        const left = await change(c, found, values, (inside) => removeException(inside, found.owner, id));
        return seeOther(c, withLeft(`${found.path}/horaires?fait=exception_retiree`, left));
      });
    });
  }
}

/** Changes the hours unless it would leave more bookings outside than the team has seen; returns how many it leaves. */
function change(c: Web, found: Found, values: FormValues, work: (inside: Ctx) => Promise<unknown>): Promise<number> {
  const { ctx } = c.var;
  mustRunSite(ctx, found.owner.siteId);
  return knowingly(ctx, found.owner, found.site.time_zone, Number(values.vu) || 0, work);
}

/** Does it, or shows first which bookings it would leave outside. */
async function orAsk(c: Web, found: Found, values: FormValues, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LeftOutside)) throw error;
    const { pathname, search } = new URL(c.req.url);
    const { ctx } = c.var;
    const page = (
      <LeftOutsidePage
        locale={ctx.locale}
        main={ctx.territory.mainLanguage}
        found={found}
        values={values}
        action={pathname + search}
        bookings={error.bookings}
      />
    );
    return setupPage(c, hoursMessages[ctx.locale].leftTitle, page);
  }
}

const withLeft = (path: string, left: number): string => (left > 0 ? `${path}&hors=${left}` : path);

async function saveWeek(c: Web, found: Found): Promise<Response> {
  const form = blank(await readForm(c));
  const copy = Number(form.values.copier);
  if (copy === 5 || copy === 7) {
    return show(c, found, { ...form, values: copyMonday(form.values, copy) }, newException());
  }
  const { week, errors } = readWeek(c, form.values);
  const version = Number(form.values.version);
  const save = (inside: Ctx) =>
    setHours(inside, found.owner, {
      version: Number.isSafeInteger(version) ? Math.min(Math.max(version, 0), 2_000_000_000) : 0,
      week,
      ...(found.owner.kind === 'site' ? { closedOnHolidays: form.values.closed_on_holidays === 'on' } : {}),
    });
  if (Object.keys(errors).length > 0) return show(c, found, { ...form, errors, status: 422 }, newException());
  return orAsk(c, found, form.values, async () => {
    let left: number;
    try {
      left = await change(c, found, form.values, save);
    } catch (error) {
      if (error instanceof LeftOutside) throw error;
      return show(c, found, refused(c, form, error), newException());
    }
    if (isGuide(c)) return seeOther(c, `${found.path}/ressources/nouvelle?guide=1`);
    return seeOther(
      c,
      left > 0 ? withLeft(`${found.path}/horaires?fait=horaires`, left) : `${found.path}?fait=horaires`,
    );
  });
}

const newException = (): Form => blank({ open: 'closed' });

/** The week a form says; each day's first fault is said beside that day. */
function readWeek(c: Web, values: FormValues): { week: Week; errors: FieldErrors } {
  const m = hoursMessages[c.var.ctx.locale];
  const errors: FieldErrors = {};
  const week = weekdays.map((weekday) => {
    const ranges = Array.from({ length: mostRanges }, (_, i) => {
      const from = values[`h${weekday}.${i}.from`] ?? '';
      const to = values[`h${weekday}.${i}.to`] ?? '';
      if (!from && !to) return undefined;
      if (isLocalTime(from) && isLocalTime(to)) return rangeOf(from, to);
      errors[`h${weekday}`] ??= m.hoursIncomplete(m.weekdays[weekday]);
      return undefined;
    }).filter((range) => range !== undefined);
    return { weekday, ranges };
  });
  return { week, errors };
}

function copyMonday(values: FormValues, last: number): FormValues {
  const copied = { ...values };
  for (const weekday of weekdays.filter((day) => day > 1 && day <= last)) {
    for (let i = 0; i < mostRanges; i += 1) {
      for (const end of ['from', 'to']) copied[`h${weekday}.${i}.${end}`] = values[`h1.${i}.${end}`] ?? '';
    }
  }
  return copied;
}

async function weekValues(c: Web, found: Found): Promise<FormValues> {
  const values: FormValues = { version: String(found.version) };
  if (found.site.closed_on_holidays) values.closed_on_holidays = 'on';
  const seen = new Map<number, number>();
  for (const row of await readHours(c.var.ctx, found.owner)) {
    const i = seen.get(row.weekday) ?? 0;
    seen.set(row.weekday, i + 1);
    values[`h${row.weekday}.${i}.from`] = clockOf(row.opens);
    values[`h${row.weekday}.${i}.to`] = clockOf(row.closes);
  }
  return values;
}

async function show(c: Web, found: Found, week: Form, exception: Form): Promise<Response> {
  const { ctx } = c.var;
  const m = hoursMessages[ctx.locale];
  const used = Object.keys(week.values).map((name) => Number(/^h\d\.(\d)\./.exec(name)?.[1] ?? 0));
  const content = (
    <HoursPage
      locale={ctx.locale}
      main={ctx.territory.mainLanguage}
      found={found}
      week={week}
      exception={exception}
      exceptions={await readExceptions(ctx, found.owner, found.site.time_zone)}
      ranges={Math.min(mostRanges, Math.max(2, ...used.map((i) => i + 1)))}
      guide={isGuide(c)}
      outside={Math.max(0, Math.trunc(Number(c.req.query('hors'))) || 0)}
    />
  );
  const status = Math.max(week.status, exception.status);
  return setupPage(c, m.hours, [doneNotice(c), content], { status });
}
