import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { decide, seeRegistration, standingsOf } from '../seating/index.ts';
import type { SessionView } from '../timetable/index.ts';

/** Nobody's id: what a visitor is compared with. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Refuses at once what would be refused to whoever looks, ages and answers aside: nobody fills in a form for nothing. */
export async function foresee(ctx: Ctx, session: SessionView): Promise<void> {
  const { actor } = ctx;
  const who = { personId: actor.personId ?? nobody, organisationId: null, places: 1 };
  const standing = (await standingsOf(ctx, [session.id], who)).get(session.id);
  const own = standing?.own;
  const reasons = decide({
    now: ctx.now,
    session: { ...session, questions: [], ageMin: null, ageMax: null },
    attendees: [],
    consent: true,
    answers: {},
    group: true,
    team: false,
    arrived: false,
    signedIn: actor.personId !== null,
    member: actor.grants.some((grant) => grant.siteId === null || grant.siteId === session.site.id),
    inGroup: standing?.inGroup ?? false,
    invited: own?.status === 'invited',
    telephone: session.site.telephone ?? ctx.territory.telephone,
    say: (words) => say(words, ctx.locale, ctx.territory.mainLanguage),
  });
  if (own && own.status !== 'invited') {
    reasons.unshift({ code: 'registration.already', params: {}, next: seeRegistration(own.reference) });
  }
  if (reasons.length > 0) throw Refusal.all('conflict', reasons);
}

/** Notes for which organisation somebody new has registered: it is known only once they are. */
export async function giveToOrganisation(ctx: Ctx, ids: readonly string[], organisationId: string): Promise<void> {
  await ctx.db
    .updateTable('registration')
    .set({ organisation_id: organisationId })
    .where('id', 'in', [...ids])
    .execute();
}
