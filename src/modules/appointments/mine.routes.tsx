import type { Hono } from 'hono';
import { addDays, dayOf, isDay, wholeDay } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import { freeTimes } from '../presence/index.ts';
import { isTheirs, seenAppointment } from './access.ts';
import { appointmentsMessages } from './appointments.messages.ts';
import { appointmentByReference } from './appointments.store.ts';
import type { AppointmentTime, AppointmentView } from './appointments.types.ts';
import { cancelAppointment, moveAppointment } from './change.ts';
import { byDay } from './find.input.ts';
import { isTeam } from './make.ts';
import { MinePage, MovePage } from './mine.pages.tsx';

const path = '/:locale{(?:fr|nl|en)}/rendez-vous/:ref{[2-9A-Za-z]{10}}';
/** Days looked at in one go when one wants another time. */
const ahead = 13;

const targetOf = (c: Web, key: string | undefined) => ({ reference: c.req.param('ref') ?? '', key });

const keyIfTheirs = (c: Web, view: AppointmentView, key: string | undefined): string | undefined =>
  key && isTheirs(c.var.ctx, view, key) ? key : undefined;

async function showMine(c: Web, key: string | undefined, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const { view, team } = await seenAppointment(ctx, targetOf(c, key));
  const m = appointmentsMessages[ctx.locale];
  const said = c.req.query('fait') ?? '';
  const done = Object.hasOwn(m.done, said) ? m.done[said as keyof typeof m.done] : undefined;
  c.header('X-Robots-Tag', 'noindex');
  return page(
    c,
    { title: m.mine, status: refused?.status ?? 200 },
    <MinePage
      ctx={ctx}
      view={view}
      team={team}
      linkKey={keyIfTheirs(c, view, key)}
      refused={refused?.reasons ?? []}
      done={refused ? undefined : done}
    />,
  );
}

async function showMove(c: Web, key: string | undefined, asked: string | undefined, refused?: Refused) {
  const { ctx } = c.var;
  const { view, team } = await seenAppointment(ctx, targetOf(c, key));
  const zone = ctx.territory.timeZone;
  const today = dayOf(ctx.now, zone);
  const day = asked && isDay(asked) && asked > today ? asked : today;
  const found = view.reasonSlug
    ? await freeTimes(ctx, {
        reasonSlug: view.reasonSlug,
        from: wholeDay(day, zone).start,
        to: wholeDay(addDays(day, ahead), zone).end,
        people: view.places,
        team: isTeam(ctx),
        except: view.sessionId,
      })
    : [];
  // Whoever they know already comes first within a day.
  const known = (helperId: string): number => (helperId === view.helper.id ? 0 : 1);
  const days = byDay(found).sort((a, b) =>
    a.day === b.day ? known(a.helper.id) - known(b.helper.id) : a.day < b.day ? -1 : 1,
  );
  const title = appointmentsMessages[ctx.locale].moveTitle;
  return page(
    c,
    { title, status: refused?.status ?? 200 },
    <MovePage
      ctx={ctx}
      view={view}
      team={team}
      linkKey={keyIfTheirs(c, view, key)}
      refused={refused?.reasons ?? []}
      days={days}
      day={day}
      later={addDays(day, ahead + 1)}
    />,
  );
}

/** A time as a form names it; a forged one is a page that does not exist. */
export function readTime(text: string | undefined): AppointmentTime {
  const [helperId = '', siteId = '', stopId = '', instant = ''] = (text ?? '').slice(0, 200).split('|');
  const start = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(instant) ? instant : Number.NaN);
  if (!isUuid(helperId) || !isUuid(siteId) || (stopId && !isUuid(stopId)) || Number.isNaN(start.getTime())) {
    throw notFound();
  }
  return { helperId, siteId, stopId: stopId || null, start };
}

const versionOf = (text: string | undefined): number | undefined => {
  const version = Number(text);
  return Number.isInteger(version) && version > 0 ? version : undefined;
};

const back = (c: Web, key: string | undefined, done: string): Response =>
  seeOther(
    c,
    `/rendez-vous/${c.req.param('ref')}?${new URLSearchParams({ ...(key ? { cle: key } : {}), fait: done })}`,
  );

const isStillSeen = (c: Web, key: string | undefined): Promise<boolean> =>
  seenAppointment(c.var.ctx, targetOf(c, key)).then(
    () => true,
    () => false,
  );

const registration = '/:locale{(?:fr|nl|en)}/inscriptions/:ref{[2-9A-Za-z]{10}}';

/** The links of mails lead to a registration; that of an appointment has a page of its own, with what to bring. */
async function toAppointment(c: Web, next: () => Promise<void>): Promise<Response | undefined> {
  const view = await appointmentByReference(c.var.ctx, c.req.param('ref') ?? '');
  if (!view) {
    await next();
    return undefined;
  }
  const { search } = new URL(c.req.url);
  return c.redirect(`/${c.var.ctx.locale}/rendez-vous/${view.reference}${search}`, 302);
}

/** One's own appointment: seen, moved, given back. */
export function mineRoutes(app: Hono<Env>): void {
  for (const address of [registration, `${registration}/annulation`]) app.get(address, toAppointment);
  app.get(path, (c) => showMine(c, readQuery(c).cle));
  app.get(`${path}/deplacer`, (c) => showMove(c, readQuery(c).cle, readQuery(c).jour));
  app.post(`${path}/deplacer`, async (c) => {
    const form = await readForm(c);
    try {
      const time = readTime(form.heure);
      await moveAppointment(c.var.ctx, { ...targetOf(c, form.cle), ...time, version: versionOf(form.version) });
      // Given to the team of another place, it is theirs to read.
      return (await isStillSeen(c, form.cle)) ? back(c, form.cle, 'deplace') : seeOther(c, '/permanences?fait=deplace');
    } catch (error) {
      return showMove(c, form.cle, undefined, refusedBy(c.var.ctx, error));
    }
  });
  app.post(`${path}/annuler`, async (c) => {
    const form = await readForm(c);
    try {
      await cancelAppointment(c.var.ctx, { ...targetOf(c, form.cle), version: versionOf(form.version) });
      return back(c, form.cle, 'annule');
    } catch (error) {
      return showMine(c, form.cle, refusedBy(c.var.ctx, error));
    }
  });
}
