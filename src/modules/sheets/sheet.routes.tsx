import type { Hono } from 'hono';
import { isDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import type { FormValues } from '../../core/input.ts';
import type { BookingStatus } from '../../core/schema.ts';
import type { Explained } from '../../core/sentences.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import {
  approve,
  type Booked,
  cancel,
  checkIn,
  decline,
  endEarly,
  keepOption,
  markNoShow,
  pardon,
  undoCheckIn,
  undoNoShow,
} from '../booking/index.ts';
import { dayPath, enterSite, findSheet, type Pen, refusalOf, type Sheet, showDay } from '../day/index.ts';
import { viewByReference } from '../notices/index.ts';
import { historyOf, resourceNames } from './history.store.ts';
import { sheetMessages } from './sheet.messages.ts';
import { SheetPage } from './sheet.pages.tsx';
import { SlipPage } from './slip.pages.tsx';

type Asked = { booking: string; version?: number | undefined; reason: string };

type Gesture = {
  act: (ctx: Ctx, asked: Asked) => Promise<Booked>;
  /** Already so: the same tap came twice, and nobody needs to hear of it. */
  already: readonly BookingStatus[];
};

/** What the team does to a booking: the last part of the address says which. */
const gestures: Record<string, Gesture> = {
  arrivee: { act: checkIn, already: ['checked_in'] },
  'sans-arrivee': { act: undoCheckIn, already: ['confirmed'] },
  absence: { act: markNoShow, already: ['no_show'] },
  'sans-absence': { act: undoNoShow, already: ['confirmed'] },
  depart: { act: endEarly, already: [] },
  pardon: { act: pardon, already: [] },
  accord: { act: approve, already: ['confirmed'] },
  refus: { act: declineWithReason, already: ['cancelled'] },
  option: { act: keepOption, already: ['confirmed'] },
  annulation: { act: cancel, already: ['cancelled'] },
};

/** A person who is refused something is owed a reason. */
function declineWithReason(ctx: Ctx, asked: Asked): Promise<Booked> {
  if (!asked.reason) throw new Refusal('booking.reason_needed', 'unprocessable');
  return decline(ctx, asked);
}

/** A booking of this site, or nothing. */
export async function enterSheet(c: Web, pen: Pen): Promise<Sheet> {
  const sheet = await findSheet(pen.ctx, pen.site.id, c.req.param('ref') ?? '');
  if (!sheet) throw notFound();
  return sheet;
}

/** The sheet of a booking and the gestures on it. */
export function sheetRoutes(app: Hono<Env>): void {
  app.get('/:locale/equipe/:site/reservations/:ref', async (c) => {
    const pen = await enterSite(c);
    return showSheet(c, pen, await enterSheet(c, pen), { done: c.req.query('fait') === 'oui' });
  });

  app.get('/:locale/equipe/:site/reservations/:ref/ticket', async (c) => {
    const pen = await enterSite(c);
    const sheet = await enterSheet(c, pen);
    const view = await viewByReference(pen.ctx, sheet.reference);
    if (!view) throw notFound();
    const title = sheetMessages[pen.ctx.locale].slip;
    const fresh = c.req.query('nouveau') === 'oui';
    return page(c, { title, islands: ['print.js'] }, <SlipPage pen={pen} sheet={sheet} view={view} fresh={fresh} />);
  });

  for (const [name, gesture] of Object.entries(gestures)) {
    app.post(`/:locale/equipe/:site/reservations/:ref/${name}`, async (c) => {
      const pen = await enterSite(c);
      const before = await enterSheet(c, pen);
      const form = await readForm(c);
      try {
        await gesture.act(pen.ctx, askedOf(before, form));
      } catch (error) {
        const { reasons, status } = refusalOf(pen, error);
        const now = await enterSheet(c, pen);
        if (!gesture.already.includes(now.status)) return refuse(c, pen, now, form, { reasons, status });
      }
      return seeOther(c, nextPath(pen, before.reference, form['jour'], name));
    });
  }
}

function askedOf(sheet: Sheet, form: FormValues): Asked {
  const version = Number(form['version']);
  return {
    booking: sheet.id,
    reason: (form['raison'] ?? '').trim().slice(0, 500),
    ...(Number.isSafeInteger(version) && version > 0 ? { version } : {}),
  };
}

/** Back to where the gesture was made: the day it was seen on, or the sheet. */
function nextPath(pen: Pen, reference: string, day: string | undefined, gesture: string): string {
  if (!day || !isDay(day)) return `/equipe/${pen.site.slug}/reservations/${reference}?fait=oui`;
  const path = dayPath(pen, day);
  return `${path}${path.includes('?') ? '&' : '?'}fait=${gesture}&ref=${reference}`;
}

type Refused = { reasons: Explained[]; status: number };

function refuse(c: Web, pen: Pen, sheet: Sheet, form: FormValues, refused: Refused): Promise<Response> {
  const day = form['jour'];
  return day && isDay(day) ? showDay(c, pen, day, refused) : showSheet(c, pen, sheet, refused);
}

async function showSheet(
  c: Web,
  pen: Pen,
  sheet: Sheet,
  more: { done?: boolean; reasons?: Explained[]; status?: number },
): Promise<Response> {
  const events = await historyOf(pen.ctx, sheet);
  const ids = events.flatMap(({ data }) =>
    ['from', 'to'].flatMap((key) => {
      const id = (data[key] as { resourceId?: string } | undefined)?.resourceId;
      return id ? [id] : [];
    }),
  );
  const names = await resourceNames(pen.ctx, [...new Set(ids)]);
  return page(
    c,
    { title: sheetMessages[pen.ctx.locale].title(sheet.person), ...(more.status ? { status: more.status } : {}) },
    <SheetPage
      pen={pen}
      sheet={sheet}
      events={events}
      names={names}
      done={more.done ?? false}
      reasons={more.reasons ?? []}
    />,
  );
}
