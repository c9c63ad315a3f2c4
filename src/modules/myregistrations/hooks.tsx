import type { FC } from 'hono/jsx';
import { has } from '../../core/access.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { earlyMinutes, mayMark } from '../attendance/index.ts';
import { enrolmentMessages, LineMark, StateTag } from '../enrolment/index.ts';
import type { MineSection } from '../mybookings/index.ts';
import type { EraseHook, PersonalDataPart } from '../privacy/index.ts';
import {
  blankRegistrations,
  comingOf,
  giveAllBack,
  pastRegistrations,
  type RegistrationView,
  registrationByReference,
  registrationsOfPerson,
  upcomingRegistrations,
} from '../registrations/index.ts';
import { registrationPath, titleOf, whenOf, whereOf, words } from '../tidings/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';

type Both = { view: RegistrationView; session: SessionView };

async function withSessions(ctx: Ctx, views: readonly RegistrationView[]): Promise<Both[]> {
  const sessions = await sessionsByIds(
    ctx,
    views.map((view) => view.sessionId),
  );
  return views.map((view) => ({ view, session: sessions.find((one) => one.id === view.sessionId)! }));
}

/** One registration of a list: when and where first. */
const Card: FC<{ ctx: Ctx; one: Both }> = ({ ctx, one: { view, session } }) => {
  const { locale } = ctx;
  return (
    <article class="result">
      {session.line ? <LineMark session={session} /> : <span />}
      <div class="result-body">
        <h3 class="result-title">
          <a href={`/${locale}${registrationPath(view.reference)}`}>{titleOf(ctx, session, locale)}</a>
        </h3>
        <p>{whenOf(session, locale)}</p>
        <p class="meta">
          {[...whereOf(ctx, session, locale).slice(0, 2), words[locale].people(view.places)].join(' · ')}
        </p>
        {view.status === 'registered' ? null : (
          <p>
            <StateTag ctx={ctx} view={view} session={session} />{' '}
            {view.rank ? enrolmentMessages[locale].rank(words[locale].rank(view.rank)) : null}
          </p>
        )}
      </div>
    </article>
  );
};

/** One's registrations, below one's bookings. */
export const mineSection: MineSection = {
  rank: 10,
  render: async (ctx, past) => {
    const { personId } = ctx.actor;
    if (!personId) return null;
    const views = past ? await pastRegistrations(ctx, personId) : await upcomingRegistrations(ctx, personId);
    if (views.length === 0) return null;
    const m = enrolmentMessages[ctx.locale];
    const all = await withSessions(ctx, views);
    return (
      <section class="section stack" aria-labelledby="registrations">
        <h2 id="registrations">{past ? m.minePast : m.mine}</h2>
        <div class="results">
          {all.map((one) => (
            <Card ctx={ctx} one={one} />
          ))}
        </div>
      </section>
    );
  },
};

/** A QR code of a registration: to it, for its person and for the team. */
export async function scanned(ctx: Ctx, code: string): Promise<string | undefined> {
  const view = await registrationByReference(ctx, code);
  if (!view) return undefined;
  const [session] = await sessionsByIds(ctx, [view.sessionId]);
  if (!session) return undefined;
  const mine = ctx.actor.personId !== null && ctx.actor.personId === view.person.id;
  if (mine) return registrationPath(view.reference);
  // At the door, a code is read to say who has come: by the team, and by who leads the session.
  const { site, leaders, start, end } = session;
  const led = { siteId: site.id, leaderIds: leaders.map(({ id }) => id), start, end };
  const atTheDoor = ctx.now >= addMinutes(start, -earlyMinutes) && ctx.now <= end;
  if (atTheDoor && mayMark(ctx, led)) return `/presence/qr/${view.reference}`;
  return has(ctx.actor, 'team', site.id) ? registrationPath(view.reference) : undefined;
}

/** All one's registrations with those one registered, for the copy of one's data. */
export const personalDataPart: PersonalDataPart = {
  name: 'registrations',
  collect: async (ctx, personId) => {
    const all = await withSessions(ctx, await registrationsOfPerson(ctx, personId));
    return all.map(({ view, session }) => ({
      id: view.id,
      reference: view.reference,
      session: session.reference,
      title: session.title,
      start: session.start,
      end: session.end,
      status: view.status,
      people: view.attendees.map(({ name, birthYear, minor, tariff }) => ({ name, birthYear, minor, tariff })),
      answers: view.answers,
      organisation: view.organisation,
      note: view.note,
      mandate: view.mandate,
      consentAt: view.consentAt,
      createdAt: view.createdAt,
    }));
  },
};

/** Erasing a person gives back what they have to come and blanks every name they gave; what is past is counted without them. */
export const eraseHook: EraseHook = {
  name: 'registrations',
  erase: async (ctx, personId) => {
    const asTeam = { ...ctx, actor: { ...ctx.actor, grants: [{ role: 'team' as const, siteId: null }] } };
    const { reason } = enrolmentMessages[ctx.territory.mainLanguage].erased;
    await giveAllBack(asTeam, personId, reason);
    await blankRegistrations(ctx, personId);
  },
  erased: async (ctx, personId) => {
    const m = enrolmentMessages[ctx.locale].erased;
    const all = await registrationsOfPerson(ctx, personId);
    const coming = (await comingOf(ctx, personId)).length;
    return [...(coming > 0 ? [m.coming(coming)] : []), ...(all.length > 0 ? [m.names] : [])];
  },
  kept: async (ctx, personId) => {
    const m = enrolmentMessages[ctx.locale].erased;
    const past = (await pastRegistrations(ctx, personId, 10_000)).length;
    return past > 0 ? [{ what: m.past(past), why: m.why, until: m.until }] : [];
  },
};
