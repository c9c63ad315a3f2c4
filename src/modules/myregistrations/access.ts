import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { readQuery, type Web } from '../../core/web.ts';
import { opens, type RegistrationView, registrationByReference } from '../registrations/index.ts';
import { registrationPath } from '../tidings/index.ts';
import { type SessionView, sessionsByIds } from '../timetable/index.ts';

/** How somebody comes to a registration: it is theirs, they have the link of its mails, or they are of the site's team. */
export type Seen = {
  view: RegistrationView;
  session: SessionView;
  owner: boolean;
  team: boolean;
  /** The secret of the mail's link, passed on from page to page. */
  key: string | undefined;
};

/** The registration of an address, for those who may see it; for the others it is not there. */
export async function seen(c: Web, formKey?: string | undefined): Promise<Seen> {
  const { ctx } = c.var;
  const view = await registrationByReference(ctx, c.req.param('ref') ?? '');
  const [session] = view ? await sessionsByIds(ctx, [view.sessionId]) : [];
  if (!view || !session) throw notFound();
  const given = formKey ?? readQuery(c).cle;
  const key = opens(ctx, view.id, given) ? given : undefined;
  const mine = ctx.actor.personId !== null && ctx.actor.personId === view.person.id;
  const team = has(ctx.actor, 'team', session.site.id);
  if (!mine && !key && !team) throw notFound();
  return { view, session, owner: mine || key !== undefined, team, key };
}

/** The address of a registration or of one of its gestures, for this reader. */
export const hrefOf = (
  ctx: Pick<Ctx, 'locale'>,
  { view, key }: Pick<Seen, 'view' | 'key'>,
  gesture = '',
  query: Record<string, string> = {},
): string => `/${ctx.locale}${registrationPath(view.reference, gesture, key, query)}`;
