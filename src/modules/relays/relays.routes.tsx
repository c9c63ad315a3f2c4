import type { Hono } from 'hono';
import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import {
  type FieldErrors,
  type FormValues,
  optionalEmail,
  optionalTelephone,
  optionalText,
  parse,
  text,
} from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import {
  answersFor,
  asTeamOf,
  type Counter,
  cancelAppointment,
  FindPage,
  openTake,
  postTake,
  readAsked,
} from '../appointments/index.ts';
import { communeLabel } from '../communes/index.ts';
import { type Refused, refusedBy } from '../notices/index.ts';
import { cancelRegistration, register } from '../registrations/index.ts';
import { findSessions, type SessionView, sessionFor, stateOf } from '../timetable/index.ts';
import { AskCancelPage } from './cancel.pages.tsx';
import { posterOf } from './poster.ts';
import { relaysMessages } from './relays.messages.ts';
import { CommunesPage, PosterPage, RegisterPage, RelayPage, relayRoot, SessionsPage } from './relays.pages.tsx';
import { communesOf, type Registered, type RelayCommune, registeredFor } from './relays.store.ts';

const root = '/:locale{(?:fr|nl|en)}/relais';
const here = `${root}/:code{[0-9A-Za-z-]{2,13}}`;
const reference = ':ref{[2-9A-Za-z]{10}}';
/** How far ahead and how far away a resident may be registered. */
const weeks = 8;
const withinKm = 15;

/** The commune of an address, for its relay; for the others there is none. */
async function communeOf(c: Web): Promise<RelayCommune> {
  const mine = await communesOf(c.var.ctx, c.var.ctx.actor.personId);
  const found = mine.find((commune) => commune.code === c.req.param('code'));
  if (!found) throw notFound();
  return found;
}

const counterOf = (commune: RelayCommune): Counter => ({
  path: `/relais/${commune.code}/rendez-vous`,
  teller: { kind: 'relay', communeCode: commune.code },
  done: () => `/relais/${commune.code}?fait=pris`,
});

async function showRelay(c: Web, commune: RelayCommune, refused?: Refused): Promise<Response> {
  const { ctx } = c.var;
  const m = relaysMessages[ctx.locale];
  const said = c.req.query('fait');
  const done = said === 'pris' ? m.taken : said === 'annule' ? m.cancelled : undefined;
  const taken = await registeredFor(ctx, commune.code);
  return page(
    c,
    { title: m.title(commune.name), status: refused?.status ?? 200 },
    <RelayPage {...{ ctx, commune, taken, done }} refused={refused?.reasons ?? []} />,
  );
}

/** What a resident may be registered for: open, near, and for all. */
async function sessionsFor(ctx: Ctx, { lat, lon }: RelayCommune): Promise<SessionView[]> {
  const found = await findSessions(ctx, {
    from: ctx.now,
    to: new Date(ctx.now.getTime() + weeks * 7 * 86_400_000),
    near: { lat, lon },
    withinKm,
    limit: 60,
  });
  return found.filter(
    (session) =>
      session.enrolment === 'seat' && session.parentId === null && ['open', 'full'].includes(stateOf(session, ctx.now)),
  );
}

const sessionOf = (c: Web): Promise<SessionView> => sessionFor(c.var.ctx, c.req.param('ref') ?? '');

const personInput = z.object({
  nom: text(120),
  telephone: optionalTelephone,
  email: optionalEmail,
  mandat: optionalText(120),
});

type Shown = { values: FormValues; errors?: FieldErrors; refused?: Refused };

async function showRegister(c: Web, commune: RelayCommune, session: SessionView, shown: Shown): Promise<Response> {
  const { ctx } = c.var;
  const { values, errors = {}, refused } = shown;
  const status = Object.keys(errors).length > 0 ? 422 : (refused?.status ?? 200);
  return page(
    c,
    { title: relaysMessages[ctx.locale].choose, status },
    <RegisterPage {...{ ctx, commune, session, values, errors }} refused={refused?.reasons ?? []} />,
  );
}

async function postRegister(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const [commune, session] = [await communeOf(c), await sessionOf(c)];
  const values = await readForm(c);
  const asked = parse(personInput, values, ctx.locale);
  if (!asked.ok) return showRegister(c, commune, session, { values, errors: asked.errors });
  const { nom, telephone, email, mandat } = asked.data;
  try {
    await register(ctx, {
      sessionIds: [session.id],
      kind: 'self',
      person: { name: nom, telephone, email, language: ctx.locale },
      attendees: [{ self: true }],
      mandate: mandat,
      communeCode: commune.code,
      channel: 'relay',
    });
    return seeOther(c, `/relais/${commune.code}?fait=pris`);
  } catch (error) {
    return showRegister(c, commune, session, { values, refused: refusedBy(ctx, error, session.timeZone) });
  }
}

/** What this town hall took, of its own; there is nothing of any other. */
async function takenHere(c: Web): Promise<{ commune: RelayCommune; one: Registered }> {
  const commune = await communeOf(c);
  const one = (await registeredFor(c.var.ctx, commune.code)).find((row) => row.reference === c.req.param('ref'));
  if (!one) throw notFound();
  return { commune, one };
}

async function askCancel(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const content = <AskCancelPage ctx={ctx} {...(await takenHere(c))} />;
  return page(c, { title: relaysMessages[ctx.locale].cancelTitle }, content);
}

async function postCancel(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { commune, one } = await takenHere(c);
  // What a relay took for their residents is theirs to give back, as the place's team could.
  const acting = asTeamOf(ctx, one.siteId);
  try {
    if (one.appointment) await cancelAppointment(acting, { reference: one.reference });
    else await cancelRegistration(acting, { registration: one.reference, cause: 'team' });
    return seeOther(c, `/relais/${commune.code}?fait=annule`);
  } catch (error) {
    return showRelay(c, commune, refusedBy(ctx, error));
  }
}

/** The counter of a town hall: one commune, and nothing of any other. */
export function relayRoutes(app: Hono<Env>): void {
  app.get(root, async (c) => {
    const { ctx } = c.var;
    const communes = await communesOf(ctx, ctx.actor.personId);
    if (communes.length === 0) throw notFound();
    if (communes.length === 1) return c.redirect(`/${ctx.locale}/relais/${communes[0]!.code}`, 302);
    return page(c, { title: relaysMessages[ctx.locale].communes }, <CommunesPage ctx={ctx} communes={communes} />);
  });
  app.get(here, async (c) => showRelay(c, await communeOf(c)));
  app.get(`${here}/${reference}/annulation`, askCancel);
  app.post(`${here}/${reference}/annuler`, postCancel);
  app.get(`${here}/rendez-vous`, async (c) => {
    const { ctx } = c.var;
    const commune = await communeOf(c);
    const values = { pres: communeLabel(commune), ...readQuery(c) };
    const asked = await readAsked(ctx, values, counterOf(commune).path);
    const status = Object.keys(asked.errors).length > 0 ? 422 : 200;
    const m = relaysMessages[ctx.locale];
    const head = {
      title: m.take,
      lead: m.takeLead(commune.name),
      back: { href: relayRoot(ctx, commune), label: m.back },
    };
    const content = <FindPage ctx={ctx} asked={asked} answers={await answersFor(ctx, asked)} head={head} />;
    return page(c, { title: m.take, status }, content);
  });
  app.get(`${here}/rendez-vous/prendre`, async (c) => openTake(c, counterOf(await communeOf(c))));
  app.post(`${here}/rendez-vous`, async (c) => postTake(c, counterOf(await communeOf(c))));
  app.get(`${here}/seances`, async (c) => {
    const { ctx } = c.var;
    const commune = await communeOf(c);
    const content = <SessionsPage ctx={ctx} commune={commune} sessions={await sessionsFor(ctx, commune)} />;
    return page(c, { title: relaysMessages[ctx.locale].sessions }, content);
  });
  app.get(`${here}/seances/${reference}`, async (c) =>
    showRegister(c, await communeOf(c), await sessionOf(c), { values: {} }),
  );
  app.post(`${here}/seances/${reference}`, postRegister);
  app.get(`${here}/affiche`, async (c) => {
    const { ctx } = c.var;
    const view = await posterOf(ctx, await communeOf(c));
    return page(c, { title: relaysMessages[ctx.locale].poster }, <PosterPage view={view} />);
  });
}
