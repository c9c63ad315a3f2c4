import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { uuidOf } from '../../core/idempotency.ts';
import { isUuid } from '../../core/ids.ts';
import { renderLetter } from '../../core/letter.ts';
import { sendLetter } from '../../core/mail.ts';
import type { Handler } from '../../core/module.ts';
import { formatter } from '../../ui/format.ts';
import { programmeMessages } from '../preparing/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';

type Why = 'minimum' | 'option_over';

/** How many come for sure: a seat held, offered or kept is nobody yet. */
async function comingTo(ctx: Ctx, sessionId: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('attendee as a')
    .innerJoin('registration as r', 'r.id', 'a.registration_id')
    .select(({ fn }) => fn.countAll<string>().as('coming'))
    .where('a.session_id', '=', sessionId)
    .where('r.status', '=', 'registered')
    .executeTakeFirstOrThrow();
  return Number(row.coming);
}

/** Whether what is asked still stands when the mail leaves. */
const stands = (ctx: Ctx, view: SessionView, why: Why, coming: number): boolean =>
  view.start > ctx.now &&
  (why === 'minimum'
    ? view.status === 'published' && view.minimum !== null && coming < view.minimum
    : view.status === 'draft' && view.optionUntil === null);

async function tellTeam(ctx: Ctx, payload: Record<string, unknown>, why: Why): Promise<void> {
  const id = String(payload.sessionId);
  const [view] = isUuid(id) ? await sessionsByIds(ctx, [id]) : [];
  const coming = view ? await comingTo(ctx, view.id) : 0;
  if (!view || !stands(ctx, view, why, coming)) return;
  const site = await ctx.db.selectFrom('site').select('email').where('id', '=', view.site.id).executeTakeFirst();
  const to = site?.email ?? ctx.territory.email;
  if (!to) return;
  const { territory } = ctx;
  const locale = territory.mainLanguage;
  const m = programmeMessages[locale];
  const f = formatter(locale, view.timeZone);
  const title = say(view.title, locale, locale);
  const { text, html } = renderLetter({
    locale,
    territory,
    title: m.mail[why](title),
    paragraphs: [m.why[why](coming, view.minimum ?? 0)],
    facts: [
      { label: m.session, value: title },
      { label: m.when, value: `${f.day(view.start)}, ${f.range(view.start, view.end)}` },
    ],
    actions: [
      { label: m.mail.open, href: `${ctx.publicUrl}/${locale}/equipe/${view.site.slug}/programme/${view.reference}` },
    ],
  });
  const letter = { to, subject: m.mail[why](title), text, html, attachments: [], language: locale };
  await sendLetter(ctx, { ...letter, id: uuidOf(`${why} ${view.id} ${view.start.toISOString()}`) });
}

/** What the sessions ask of the team by mail; a line of the programme says it too. */
export const programmeHandlers: Record<string, Handler> = {
  'session.minimum_asked': (ctx, payload) => tellTeam(ctx, payload, 'minimum'),
  'session.option_lapsed': (ctx, payload) => tellTeam(ctx, payload, 'option_over'),
};
