import type { Hono } from 'hono';
import { addDays, dayOf, isDay, wholeDay } from '../../core/clock.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import {
  type AppointmentView,
  appointmentByReference,
  appointmentsMessages,
  byDay,
  cancelAppointment,
  isTeam,
  isTheirs,
  moveAppointment,
  readTime,
  seenAppointment,
  taken,
} from '../appointments/index.ts';
import { type Refused, refusedBy } from '../notices/index.ts';
import { freeTimes } from '../presence/index.ts';
import { AskCancelPage, AskMovePage } from './ask.pages.tsx';
import { MinePage, MovePage, mineHref } from './mine.pages.tsx';

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
      taken={!refused && said === 'pris'}
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

/** One time chosen beside the one that stands; gone meanwhile, the others are shown. */
async function askMove(c: Web, key: string | undefined, heure: string): Promise<Response> {
  const { ctx } = c.var;
  const { view } = await seenAppointment(ctx, targetOf(c, key));
  const time = readTime(heure);
  const zone = ctx.territory.timeZone;
  const day = dayOf(time.start, zone);
  const found = view.reasonSlug
    ? await freeTimes(ctx, {
        reasonSlug: view.reasonSlug,
        from: wholeDay(day, zone).start,
        to: wholeDay(day, zone).end,
        helperId: time.helperId,
        siteId: time.siteId,
        people: view.places,
        team: isTeam(ctx),
        except: view.sessionId,
      })
    : [];
  const isIt = (start: Date) => start.getTime() === time.start.getTime();
  const to = byDay(found).find((one) => (one.stop?.id ?? null) === time.stopId && one.starts.some(isIt));
  if (!to) return showMove(c, key, day, refusedBy(ctx, taken(view.reasonSlug ?? '')));
  const linkKey = keyIfTheirs(c, view, key);
  const content = <AskMovePage ctx={ctx} view={view} linkKey={linkKey} to={to} start={time.start} />;
  return page(c, { title: appointmentsMessages[ctx.locale].moveAsk }, content);
}

/** Before it is given back; what is given back or over has its page, which says so. */
async function askCancel(c: Web, key: string | undefined): Promise<Response> {
  const { ctx } = c.var;
  const { view } = await seenAppointment(ctx, targetOf(c, key));
  const linkKey = keyIfTheirs(c, view, key);
  if (view.status === 'cancelled' || view.end <= ctx.now) return c.redirect(mineHref(ctx, { view, linkKey }), 302);
  const title = appointmentsMessages[ctx.locale].cancelTitle;
  return page(c, { title }, <AskCancelPage ctx={ctx} view={view} linkKey={linkKey} />);
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
  const asked = c.req.path.endsWith('/annulation') ? '/annulation' : '';
  return c.redirect(`/${c.var.ctx.locale}/rendez-vous/${view.reference}${asked}${search}`, 302);
}

/** One's own appointment: seen, moved, given back. */
export function mineRoutes(app: Hono<Env>): void {
  for (const address of [registration, `${registration}/annulation`]) app.get(address, toAppointment);
  app.get(path, (c) => showMine(c, readQuery(c).cle));
  app.get(`${path}/annulation`, (c) => askCancel(c, readQuery(c).cle));
  app.get(`${path}/deplacer`, (c) => {
    const { cle, jour, heure } = readQuery(c);
    return heure ? askMove(c, cle, heure) : showMove(c, cle, jour);
  });
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
