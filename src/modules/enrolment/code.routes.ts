import type { Hono } from 'hono';
import { registrationKey } from '../../core/codes.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Env } from '../../core/web.ts';
import {
  confirmRegistration,
  type RegistrationView,
  registrationByReference,
  registrationsByIds,
  requestOf,
} from '../registrations/index.ts';
import { formatOf, isVisit, registrationPath, titleOf, whenOf } from '../tidings/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';
import { type Confirming, confirmingRoutes, leftOf, type ToConfirm } from '../visitors/index.ts';
import { enrolmentMessages } from './enrolment.messages.ts';

/** All that was asked for in one go, as it is confirmed. */
async function toConfirm(ctx: Ctx, view: RegistrationView): Promise<ToConfirm> {
  const { locale } = ctx;
  const m = enrolmentMessages[locale];
  const together = (await requestOf(ctx, view)).filter((other) => other.id !== view.id);
  const left = leftOf([view, ...together]);
  const sessions = await sessionsByIds(
    ctx,
    left.map((one) => one.sessionId),
  );
  const dates = left.map((one) => sessions.find((session) => session.id === one.sessionId)!);
  const [first] = left;
  const session = dates[0]!;
  return {
    reference: first.reference,
    ids: [view, ...together].map((one) => one.id),
    lines: dates.map((date) => `${titleOf(ctx, date, locale)}, ${whenOf(date, locale)}`),
    site: session.site,
    until: untilOf(ctx, first, session),
    words: isVisit(session) ? m.visit : undefined,
    waits: view.status === 'held' || (view.status === 'cancelled' && view.holdExpiresAt !== null),
    path: registrationPath(view.reference),
    keyedPath: registrationPath(view.reference, '', registrationKey(ctx.secret, view.id)),
  };
}

/** What is kept and until when, or what the code does now. */
function untilOf({ locale }: Ctx, view: RegistrationView, session: SessionView): string {
  const m = enrolmentMessages[locale];
  const time = formatOf(session, locale).time(view.holdExpiresAt ?? session.start);
  if (isVisit(session)) return m.visitUntil(time);
  if (!view.waitingSince) return m.codeUntil(time);
  const free = session.seats === null ? 0 : session.seats - session.taken;
  return free > 0 && free < view.places ? m.codeShort(free, view.places) : m.codeWait;
}

const enrolments: Confirming = {
  purpose: 'registration',
  root: 'inscriptions',
  words: enrolmentMessages,
  startPath: '/agenda',
  find: async (ctx, by) => {
    const [view] =
      'id' in by ? await registrationsByIds(ctx, [by.id]) : [await registrationByReference(ctx, by.reference)];
    return view && toConfirm(ctx, view);
  },
  // To the registration, with the key that the code has just earned.
  confirm: async (ctx, by) => {
    const { registrations, personId } = await confirmRegistration(ctx, by);
    const [first] = registrations;
    if (!first) throw notFound();
    const key = ctx.actor.personId === personId ? undefined : registrationKey(ctx.secret, first.id);
    const fait = first.status === 'waiting' ? 'attente' : 'inscription';
    return registrationPath(first.reference, '', key, { fait });
  },
};

/** Confirming by code or by link. */
export const codeRoutes = (app: Hono<Env>): void => confirmingRoutes(app, enrolments);
