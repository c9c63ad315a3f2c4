import type { Hono } from 'hono';
import { isTerritoryAdministrator } from '../../core/access.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { type FieldErrors, type FormValues, parse } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { EnrolmentPage } from './device.pages.tsx';
import { announceDevice, deviceInput, enrolmentOf, revokeDevice } from './devices.ts';
import { addToGroup, createGroup, groupInput, memberInput, removeFromGroup } from './groups.ts';
import { invite, inviteInput, revokeInvitation } from './invite.ts';
import { revokeRole } from './roles.ts';
import { teamMessages } from './team.messages.ts';
import { TeamPage } from './team.pages.tsx';
import {
  administeredSites,
  groupsWithMembers,
  liveDevices,
  liveGrants,
  liveInvitations,
  siteOptions,
} from './team.store.ts';

const root = '/:locale{(?:fr|nl|en)}/gestion/equipe';

/** An id from the address; a forged one is a page that does not exist. */
function idOf(c: Web, name = 'id'): string {
  const id = c.req.param(name) ?? '';
  if (!isUuid(id)) throw notFound();
  return id;
}

type Shown = { values?: FormValues; errors?: FieldErrors; refused?: Explained[]; status?: number };

async function showTeam(c: Web, shown: Shown = {}): Promise<Response> {
  const { ctx } = c.var;
  const whole = isTerritoryAdministrator(ctx.actor);
  const view = {
    locale: ctx.locale,
    timeZone: ctx.territory.timeZone,
    sites: await siteOptions(ctx),
    whole,
    grants: await liveGrants(ctx),
    invitations: await liveInvitations(ctx),
    devices: await liveDevices(ctx),
    groups: whole ? await groupsWithMembers(ctx) : [],
    values: shown.values ?? {},
    errors: shown.errors ?? {},
    refused: shown.refused ?? [],
  };
  const title = teamMessages[ctx.locale].title;
  return page(c, { title, wide: true, status: shown.status ?? 200 }, <TeamPage view={view} />);
}

/** Acts, then shows the page again; a refusal is explained on the page where it was met. */
async function act(c: Web, work: () => Promise<unknown>, next = '/gestion/equipe'): Promise<Response> {
  try {
    await work();
    return seeOther(c, next);
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not_found') throw error;
    return showTeam(c, { refused: explainAll(c.var.ctx, error), status: refusalStatus[error.kind] });
  }
}

/** The pages of who administers a site or the territory. */
export function teamRoutes(app: Hono<Env>): void {
  // What one may not do is not there: checked before a form is even read.
  app.use(`${root}/*`, async (c, next) => {
    administeredSites(c.var.ctx);
    await next();
  });
  app.get(root, (c) => showTeam(c));

  app.post(`${root}/invitations`, async (c) => {
    const form = await readForm(c);
    const input = parse(inviteInput, form, c.var.ctx.locale);
    if (!input.ok) return showTeam(c, { values: form, errors: input.errors, status: 422 });
    return act(c, () => invite(c.var.ctx, input.data));
  });
  app.post(`${root}/invitations/:id/retrait`, (c) => act(c, () => revokeInvitation(c.var.ctx, idOf(c))));
  app.post(`${root}/roles/:id/retrait`, (c) => act(c, () => revokeRole(c.var.ctx, idOf(c))));

  app.post(`${root}/groupes`, async (c) => {
    const input = parse(groupInput, await readForm(c), c.var.ctx.locale);
    if (!input.ok) return showTeam(c, { errors: { groupName: input.errors.name ?? '' }, status: 422 });
    return act(c, () => createGroup(c.var.ctx, input.data));
  });
  app.post(`${root}/groupes/:id/membres`, async (c) => {
    const input = parse(memberInput, await readForm(c), c.var.ctx.locale);
    if (!input.ok) return showTeam(c, { errors: { groupEmail: input.errors.email ?? '' }, status: 422 });
    return act(c, () => addToGroup(c.var.ctx, idOf(c), input.data));
  });
  app.post(`${root}/groupes/:id/membres/:person/retrait`, (c) =>
    act(c, () => removeFromGroup(c.var.ctx, idOf(c), idOf(c, 'person'))),
  );

  app.post(`${root}/appareils`, async (c) => {
    const input = parse(deviceInput, await readForm(c), c.var.ctx.locale);
    if (!input.ok) {
      return showTeam(c, { errors: { deviceName: Object.values(input.errors)[0] ?? '' }, status: 422 });
    }
    return seeOther(c, `/gestion/equipe/appareils/${await announceDevice(c.var.ctx, input.data)}`);
  });
  app.get(`${root}/appareils/:id`, async (c) => {
    const { ctx } = c.var;
    const { name, code } = await enrolmentOf(ctx, idOf(c));
    const title = teamMessages[ctx.locale].enrolTitle(name);
    const response = page(
      c,
      { title },
      <EnrolmentPage locale={ctx.locale} name={name} code={code} publicUrl={ctx.publicUrl} />,
    );
    response.headers.set('Cache-Control', 'no-store');
    return response;
  });
  app.post(`${root}/appareils/:id/retrait`, (c) => act(c, () => revokeDevice(c.var.ctx, idOf(c))));
}
