import type { Hono } from 'hono';
import { addMinutes } from '../../core/clock.ts';
import { registrationKey, sameSecret } from '../../core/codes.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import {
  earlyMinutes,
  markAttendance,
  mayMark,
  ownRoll,
  penOf,
  registrationIn,
  sittingAt,
  sittingNamed,
} from '../attendance/index.ts';
import { passOf, sessionFor } from '../timetable/index.ts';
import { enterList, ledOf, root } from './roll.routes.tsx';
import { ArrivalPage, HerePage, PosterPage } from './sign.pages.tsx';

const byCode = '/:locale{fr|nl|en}/presence/qr/:registration{[2-9A-Za-z]{10}}';
const byKey = '/:locale{fr|nl|en}/presence/moi/:registration{[2-9A-Za-z]{10}}';

/** The registration of an address: for the team that reads its code, or for its owner, by key or signed in. */
async function enterOwn(c: Web, team: boolean, given?: string, half?: string) {
  const { ctx } = c.var;
  const own = await ownRoll(ctx, c.req.param('registration') ?? '');
  if (!own) throw notFound();
  const key =
    given !== undefined && given.length < 100 && sameSecret(given, registrationKey(ctx.secret, own.id))
      ? given
      : undefined;
  const mine = ctx.actor.personId !== null && ctx.actor.personId === own.bookerId;
  if (team ? !mayMark(ctx, ledOf(own.roll.session)) : !key && !mine) throw notFound();
  const { sittings } = own.roll;
  const sitting = sittingNamed(sittings, half) ?? sittingAt(sittings, ctx.now)!;
  return { own, key, sitting, pen: penOf(ctx, own.roll.session) };
}

async function showOwn(c: Web, team: boolean, given?: string, reasons: Explained[] = [], status?: number) {
  const { own, key, sitting, pen } = await enterOwn(c, team, given);
  const { start, end } = own.roll.session;
  const { now } = c.var.ctx;
  const soon = now >= addMinutes(start, -earlyMinutes);
  const open = own.roll.session.status === 'published' && soon && (team || now <= end);
  const people = own.roll.people.filter((one) => one.comes);
  const way = team ? 'qr' : 'moi';
  return page(
    c,
    { title: team ? pen.m.qrTitle(people[0]?.bookedBy ?? '') : pen.m.selfTitle, ...(status ? { status } : {}) },
    <ArrivalPage
      pen={pen}
      people={people}
      sitting={sitting}
      team={team}
      action={`/${c.var.ctx.locale}/presence/${way}/${own.reference}`}
      secret={key}
      open={open}
      reasons={reasons}
    />,
  );
}

async function arrive(c: Web, team: boolean): Promise<Response> {
  const form = await readForm(c);
  const { own, key, sitting, pen } = await enterOwn(c, team, form.cle, form.demi);
  const chosen = own.roll.people.filter((one) => one.comes && (!form.personne || one.attendeeId === form.personne));
  if (chosen.length === 0) throw notFound();
  const mark = { halfDay: sitting.halfDay, state: 'present', mode: team ? 'qr' : 'self' } as const;
  try {
    await atomically(pen.ctx, async (inside) => {
      for (const { attendeeId } of chosen) await markAttendance(inside, { ...mark, attendeeId, key });
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
    const reasons = explainAll(pen.ctx, error, { timeZone: pen.session.timeZone });
    return showOwn(c, team, form.cle, reasons, refusalStatus[error.kind]);
  }
  return seeOther(
    c,
    `/presence/${team ? 'qr' : 'moi'}/${own.reference}${key ? `?cle=${encodeURIComponent(key)}` : ''}`,
  );
}

/** Arrivals without the list: a code read by the team, the poster on the door, "I am here" from one's own mail. */
export function ownRoutes(app: Hono<Env>): void {
  app.get(byCode, (c) => showOwn(c, true));
  app.post(byCode, (c) => arrive(c, true));
  app.get(byKey, (c) => showOwn(c, false, readQuery(c).cle));
  app.post(byKey, (c) => arrive(c, false));

  app.get(`${root}/affiche`, async (c) => {
    const { pen } = await enterList(c);
    return page(c, { title: pen.m.poster, islands: ['print.js'] }, <PosterPage pen={pen} />);
  });

  app.get(`${root}/ici`, async (c) => {
    const { ctx } = c.var;
    const reference = c.req.param('ref') ?? '';
    // The code hangs in public: what one may not read of is not there, an appointment least of all.
    const back = `/${ctx.locale}/presence/${reference}/ici`;
    const session = await sessionFor(ctx, reference, { ...passOf(readQuery(c)), back });
    if (session.status !== 'published') throw notFound();
    const { personId } = ctx.actor;
    const mine = personId ? await registrationIn(ctx, session.id, personId) : undefined;
    if (mine) return c.redirect(`/${ctx.locale}/presence/moi/${mine}`, 302);
    const pen = penOf(ctx, session);
    return page(c, { title: pen.m.posterHow }, <HerePage pen={pen} known={personId !== null} />);
  });
}
