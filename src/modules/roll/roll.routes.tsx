import type { Hono } from 'hono';
import { z } from 'zod';
import { has, mustHave } from '../../core/access.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import {
  checkbox,
  type FieldErrors,
  type FormValues,
  optionalEmail,
  optionalTelephone,
  parse,
  text,
  whole,
} from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import {
  correctionsOf,
  groupSchema,
  halfParam,
  markAttendance,
  markGroup,
  markSchema,
  mayMark,
  nameOf,
  type Pen,
  penOf,
  type Roll,
  rollOf,
  type Sitting,
  setHours,
  sittingAt,
  sittingNamed,
  tapId,
  walkIn,
  walkInSchema,
  withdrawWalkIn,
} from '../attendance/index.ts';
import { register } from '../registrations/index.ts';
import { aboutSession } from './hooks.ts';
import { hoursForm, readHours } from './hours.input.ts';
import { RollPage, type RollProps } from './roll.pages.tsx';
import { SignPage } from './sign.pages.tsx';

export const root = '/:locale{fr|nl|en}/presence/:ref{[2-9A-Za-z]{10}}';

type Entered = { pen: Pen; roll: Roll; sitting: Sitting };

/**
 * The roll of an address, for the team that answers for the session and, in its time, for who leads it; for anybody else it is not
 * there.
 */
export async function enterList(c: Web, half?: string): Promise<Entered> {
  const { ctx } = c.var;
  if (ctx.actor.personId === null) throw notFound();
  const roll = await rollOf(ctx, c.req.param('ref') ?? '');
  if (!roll || roll.session.status === 'draft') throw notFound();
  if (!mayMark(ctx, ledOf(roll.session))) throw notFound();
  const named = sittingNamed(roll.sittings, half ?? readQuery(c).demi);
  return { pen: penOf(ctx, roll.session), roll, sitting: named ?? sittingAt(roll.sittings, ctx.now)! };
}

/** The roll of an address, for the team alone: its sheet, who stands at the door. */
export async function enterRoll(c: Web, half?: string): Promise<Entered> {
  const entered = await enterList(c, half);
  mustHave(c.var.ctx.actor, 'team', entered.roll.session.site.id);
  return entered;
}

/** A session as its list is opened: its site's team, and those who lead it. */
export const ledOf = ({ site, leaders, start, end }: Roll['session']) => ({
  siteId: site.id,
  leaderIds: leaders.map(({ id }) => id),
  start,
  end,
});

type More = Partial<Pick<RollProps, 'done' | 'door' | 'doorErrors' | 'wanted'>> & {
  reasons?: readonly Explained[];
  status?: number;
};

async function showRoll(c: Web, { pen, roll, sitting }: Entered, more: More = {}): Promise<Response> {
  const { ctx } = c.var;
  const { status, ...props } = more;
  const team = has(ctx.actor, 'team', roll.session.site.id);
  const [corrections, ...others] = await Promise.all([
    correctionsOf(ctx, roll.session.id),
    ...(team ? aboutSession.map((part) => part(ctx, roll.session)) : []),
  ]);
  return page(
    c,
    { title: pen.m.title(pen.title), islands: ['live.js', 'roll.js'], ...(status ? { status } : {}) },
    <RollPage {...{ pen, roll, sitting, corrections, team }} more={others} {...props} />,
  );
}

const backTo = (c: Web, { pen, sitting }: Entered, anchor: string): Response =>
  seeOther(c, `/presence/${pen.session.reference}?demi=${halfParam(sitting.halfDay)}${anchor}`);

/** Does what a form asks, then the list again: as it is now, or with why not. */
async function answer(c: Web, half: string | undefined, anchor: string, work: (e: Entered) => Promise<unknown>) {
  const entered = await enterList(c, half);
  try {
    await work(entered);
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
    const reasons = explainAll(c.var.ctx, error, { timeZone: entered.pen.session.timeZone });
    return showRoll(c, await enterList(c, half), { reasons, status: refusalStatus[error.kind] });
  }
  return backTo(c, entered, anchor);
}

/** What a form carries must be what the page drew, or it comes from elsewhere. */
function drawn<S extends z.ZodType>(c: Web, schema: S, given: unknown): z.output<S> {
  const parsed = parse(schema, given, c.var.ctx.locale);
  if (!parsed.ok) throw new Refusal('request.invalid', 'unprocessable');
  return parsed.data;
}

const doorSchema = z.object({
  nom: text(120),
  email: optionalEmail,
  telephone: optionalTelephone,
  naissance: z.preprocess((value) => (value === '' ? undefined : value), whole(1900, 2100).optional()),
  accord: checkbox,
});

/** The list of a session as the team works with it. */
export function rollRoutes(app: Hono<Env>): void {
  app.get(root, async (c) => {
    const wanted = readQuery(c).nom?.trim().slice(0, 80);
    return showRoll(c, await enterList(c), wanted ? { wanted } : {});
  });

  app.post(`${root}/pointage`, async (c) => {
    const form = await readForm(c);
    const anchor = isUuid(form.personne ?? '') ? `#p-${form.personne}` : '';
    return answer(c, form.demi, anchor, async ({ pen, roll }) => {
      const given = { attendeeId: form.personne, halfDay: form.demi, state: form.etat, mode: 'desk' };
      const mark = drawn(c, markSchema, given);
      if (!roll.people.some((one) => one.attendeeId === mark.attendeeId)) throw notFound();
      await markAttendance(pen.ctx, mark);
    });
  });

  app.post(`${root}/groupe`, async (c) => {
    const form = await readForm(c);
    const anchor = isUuid(form.inscription ?? '') ? `#g-${form.inscription}` : '';
    return answer(c, form.demi, anchor, async ({ pen, roll }) => {
      const given = { sessionId: roll.session.id, registrationId: form.inscription, halfDay: form.demi };
      await markGroup(pen.ctx, drawn(c, groupSchema, { ...given, present: form.presents }));
    });
  });

  app.post(`${root}/heures`, async (c) => {
    const form = await readForm(c);
    const anchor = isUuid(form.personne ?? '') ? `#p-${form.personne}` : '';
    return answer(c, form.demi, anchor, async ({ pen, roll, sitting }) => {
      const asked = drawn(c, hoursForm, form);
      if (!roll.people.some((one) => one.attendeeId === asked.personne)) throw notFound();
      const hours = readHours(sitting, roll.session.timeZone, asked);
      await setHours(pen.ctx, { attendeeId: asked.personne, halfDay: sitting.halfDay, ...hours });
    });
  });

  app.post(`${root}/passage`, async (c) => {
    const form = await readForm(c);
    return answer(c, undefined, '#sans-nom', async ({ pen, roll }) => {
      const { id: sessionId, site, start } = roll.session;
      const seen = drawn(c, whole(0, 1_000_000), form.vu ?? '0');
      const id = form.id || tapId(pen.ctx, `${sessionId}:${form.age}`, start, seen);
      await walkIn(pen.ctx, drawn(c, walkInSchema, { id, siteId: site.id, sessionId, ageBand: form.age }));
    });
  });

  app.post(`${root}/passage/retrait`, async (c) => {
    const form = await readForm(c);
    return answer(c, undefined, '#sans-nom', async ({ pen, roll }) => {
      const ofBand = roll.walkIns.filter((one) => one.ageBand === form.age);
      // Fewer are left than were seen: somebody has just done it.
      const last = ofBand.length < Number(form.vu) ? undefined : ofBand.at(-1);
      if (last) await withdrawWalkIn(pen.ctx, last.id);
    });
  });

  app.post(`${root}/porte`, async (c) => {
    const form = await readForm(c);
    const entered = await enterRoll(c, form.demi);
    const { pen, roll, sitting } = entered;
    const parsed = parse(doorSchema, form, pen.ctx.locale);
    const again = (more: { doorErrors?: FieldErrors; reasons?: Explained[]; status: number }) =>
      showRoll(c, entered, { door: doorValues(form), ...more });
    if (!parsed.ok) return again({ doorErrors: parsed.errors, status: 422 });
    const { nom, email, telephone, naissance, accord } = parsed.data;
    try {
      await atomically(pen.ctx, async (inside) => {
        const { registrations } = await register(inside, {
          sessionIds: [roll.session.id],
          kind: 'self',
          person: { name: nom, email, telephone, language: pen.ctx.locale },
          attendees: [naissance ? { name: nom, birthYear: naissance } : { self: true }],
          consent: accord,
          channel: 'desk',
          arrived: true,
        });
        const one = registrations.find((state) => state.sessionId === roll.session.id);
        if (one?.status !== 'registered') throw new Refusal('registration.full', 'conflict');
        const now = await rollOf(inside, roll.session.id);
        const mark = { halfDay: sitting.halfDay, state: 'present', mode: 'desk' } as const;
        for (const { attendeeId, registrationId } of now!.people)
          if (registrationId === one.id) await markAttendance(inside, { ...mark, attendeeId });
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
      const reasons = explainAll(pen.ctx, error, { timeZone: roll.session.timeZone });
      return again({ reasons, status: refusalStatus[error.kind] });
    }
    return backTo(c, entered, '#liste');
  });

  app.get(`${root}/signature/:attendee`, (c) => showSign(c));

  app.post(`${root}/signature/:attendee`, async (c) => {
    const form = await readForm(c);
    const { pen, one, sitting } = await enterSign(c, form.demi);
    const paper = form.papier === 'on';
    const mark = markSchema.safeParse({
      attendeeId: one.attendeeId,
      halfDay: sitting.halfDay,
      state: 'present',
      mode: 'signature',
      ...(paper ? {} : { strokes: form.traits ?? '' }),
    });
    try {
      if (!mark.success) throw new Refusal('attendance.drawing', 'unprocessable');
      await markAttendance(pen.ctx, mark.data);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
      return showSign(c, explainAll(pen.ctx, error), refusalStatus[error.kind], sitting.halfDay);
    }
    return seeOther(
      c,
      `/presence/${pen.session.reference}/signature/${one.attendeeId}?demi=${halfParam(sitting.halfDay)}&fait=1`,
    );
  });
}

const doorValues = ({ nom, email, telephone, naissance, accord }: FormValues): FormValues =>
  Object.fromEntries(
    Object.entries({ nom, email, telephone, naissance, accord }).filter(([, value]) => value),
  ) as FormValues;

async function enterSign(c: Web, half?: string) {
  const entered = await enterList(c, half);
  const one = entered.roll.people.find(({ attendeeId }) => attendeeId === c.req.param('attendee'));
  if (!one) throw notFound();
  return { ...entered, one };
}

async function showSign(c: Web, reasons: Explained[] = [], status?: number, half?: string): Promise<Response> {
  const { pen, one, sitting } = await enterSign(c, half);
  const done = readQuery(c).fait === '1';
  return page(
    c,
    { title: pen.m.signTitle(nameOf(pen, one)), islands: ['pad.js'], ...(status ? { status } : {}) },
    <SignPage pen={pen} one={one} sitting={sitting} done={done} reasons={reasons} />,
  );
}
