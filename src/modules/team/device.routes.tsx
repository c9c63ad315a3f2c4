import type { Hono } from 'hono';
import { clearCookie, deviceCookieSeconds, readCookie, writeCookie } from '../../core/cookies.ts';
import { Refusal, refusalStatus } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { type FieldErrors, parse } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { Notice, PageHead } from '../../ui/components/index.ts';
import { page } from '../../ui/page.tsx';
import { agentLabel, closeSession, isHttps, welcome } from '../accounts/index.ts';
import { EnrolPage, InvitationPage, TabletPage } from './device.pages.tsx';
import { enrolDevice, findDevice, unlock, unlockInput } from './devices.ts';
import { acceptInvitation, invitationOfLink } from './invite.ts';
import { teamMessages } from './team.messages.ts';
import { peopleOfTablet } from './team.store.ts';

const locale = '/:locale{(?:fr|nl|en)}';
const agentOf = (c: Web) => agentLabel(c.req.header('user-agent'));
/** A session on a tablet ends on the server after two minutes unused; its cookie dies with the working day. */
const tabletSessionSeconds = 12 * 3600;

/** The refusals shown on the page where they were met; anything else is not for it. */
function refusedBy(c: Web, error: unknown): { refused: Explained[]; status: number } {
  if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
  return { refused: explainAll(c.var.ctx, error), status: refusalStatus[error.kind] };
}

const deviceOf = (c: Web) => findDevice(c.var.ctx, readCookie(c, 'device', isHttps(c)));

type Shown = { chosen?: string; code?: string; refused?: Explained[]; errors?: FieldErrors; status?: number };

async function showTablet(c: Web, shown: Shown = {}): Promise<Response> {
  const { ctx } = c.var;
  const m = teamMessages[ctx.locale];
  const device = await deviceOf(c);
  const { refused = [], status = 200 } = shown;
  if (!device) {
    const content = <EnrolPage locale={ctx.locale} code={shown.code ?? ''} refused={refused} />;
    return page(c, { title: m.tabletEnrol, status }, content);
  }
  const held = ctx.actor.deviceId === device.id;
  return page(
    c,
    { title: m.tablet, status },
    <TabletPage
      locale={ctx.locale}
      site={say(device.siteName, ctx.locale, ctx.territory.mainLanguage)}
      people={held ? [] : await peopleOfTablet(ctx, device.siteId)}
      holder={held ? ctx.actor.name : undefined}
      chosen={shown.chosen}
      errors={shown.errors ?? (refused[0] ? { pin: refused[0].text } : {})}
    />,
  );
}

/** Shared tablets: enrolled once, then taken in hand with a name and a PIN. */
export function deviceRoutes(app: Hono<Env>): void {
  app.get(`${locale}/appareil`, (c) => showTablet(c, { code: readQuery(c).code ?? '' }));

  app.post(`${locale}/appareil`, async (c) => {
    const code = (await readForm(c)).code ?? '';
    try {
      const token = await enrolDevice(c.var.ctx, code, c.var.clientAddress);
      // Whoever prepared the tablet does not stay signed in on it.
      await closeSession(c.var.ctx);
      clearCookie(c, 'session', isHttps(c));
      writeCookie(c, 'device', isHttps(c), token, deviceCookieSeconds);
      return seeOther(c, '/appareil');
    } catch (error) {
      return showTablet(c, { code, ...refusedBy(c, error) });
    }
  });

  app.post(`${locale}/appareil/entree`, async (c) => {
    const form = await readForm(c);
    const device = await deviceOf(c);
    const input = parse(unlockInput, form, c.var.ctx.locale);
    const m = teamMessages[c.var.ctx.locale];
    if (!device || !input.ok) return showTablet(c, { status: 422, errors: { person: m.tabletNoName } });
    // Nothing typed is no try.
    if (input.data.pin === '')
      return showTablet(c, { status: 422, chosen: input.data.person, errors: { pin: m.tabletNoPin } });
    try {
      const token = await unlock(c.var.ctx, device, input.data, agentOf(c));
      writeCookie(c, 'session', isHttps(c), token, tabletSessionSeconds);
      return seeOther(c, '/appareil');
    } catch (error) {
      return showTablet(c, { chosen: input.data.person, ...refusedBy(c, error) });
    }
  });

  app.post(`${locale}/appareil/verrou`, async (c) => {
    await closeSession(c.var.ctx);
    clearCookie(c, 'session', isHttps(c));
    return seeOther(c, '/appareil');
  });
}

function showGone(c: Web, refused: Explained[], status: number): Response {
  const m = teamMessages[c.var.ctx.locale];
  return page(c, { title: m.invitationGone, status }, [
    <PageHead title={m.invitationGone} />,
    <Notice kind="warning">
      {refused.map((one) => one.text).join(' ')} {m.askAgain}
    </Notice>,
  ]);
}

/** Invitations: the link shows what is offered, its button accepts. */
export function invitationRoutes(app: Hono<Env>): void {
  app.get(`${locale}/invitation`, async (c) => {
    const { ctx } = c.var;
    const linkToken = readQuery(c).jeton ?? '';
    const found = await invitationOfLink(ctx, linkToken);
    if (!found) return showGone(c, explainAll(ctx, new Refusal('team.invitation_gone', 'unprocessable')), 422);
    const m = teamMessages[ctx.locale];
    const site = found.siteName ? say(found.siteName, ctx.locale, ctx.territory.mainLanguage) : m.allSites;
    return page(
      c,
      { title: m.invitation },
      <InvitationPage
        locale={ctx.locale}
        text={m.invitationText(m.roles[found.role], site, ctx.territory.name)}
        hint={m.roleHints[found.role]}
        email={found.email}
        linkToken={linkToken}
      />,
    );
  });

  app.post(`${locale}/invitation`, async (c) => {
    const linkToken = (await readForm(c)).jeton ?? '';
    try {
      return welcome(c, await acceptInvitation(c.var.ctx, linkToken, agentOf(c)), undefined);
    } catch (error) {
      const { refused, status } = refusedBy(c, error);
      return showGone(c, refused, status);
    }
  });
}
