import type { Hono } from 'hono';
import { type Locale, locales } from '../../core/i18n.ts';
import type { FormValues } from '../../core/input.ts';
import { type Env, formList, readForm, type Web } from '../../core/web.ts';
import {
  allGroups,
  allLines,
  blank,
  doneNotice,
  durationText,
  type Form,
  isGuide,
  languagesOf,
  type ResourceRow,
  resourceOf,
  resourcesOf,
  ruleValues,
  type SiteRow,
  type SpaceRow,
  setupPage,
  siteOf,
  siteRoot,
  spaceOf,
  spacesOf,
  submit,
  textValues,
} from '../setup/index.ts';
import { furnishingMessages } from './furnishing.messages.ts';
import { resourceInput } from './resource.input.ts';
import { type ResourceFormData, ResourcePage, SpacePage } from './resources.pages.tsx';
import { createResource, editResource } from './save-resource.ts';
import { createSpace, editSpace, spaceInput } from './save-space.ts';

/** Spaces of a place, and what can be booked there. */
export function resourceRoutes(app: Hono<Env>): void {
  app.get(`${siteRoot}/ressources/nouvelle`, async (c) => {
    const site = await siteOf(c);
    return showResource(c, site, blank(newResource(c)), undefined);
  });
  app.post(`${siteRoot}/ressources/nouvelle`, async (c) => {
    const site = await siteOf(c);
    const run = async (data: Parameters<typeof createResource>[2]) => {
      await createResource(c.var.ctx, site.id, data);
      return `/gestion/lieux/${site.slug}?${isGuide(c) ? 'guide=1' : 'fait=ressource'}`;
    };
    const schema = resourceInput(languagesOf(c).main);
    return submit(c, schema, await resourceForm(c), run, (form) => showResource(c, site, form, undefined));
  });
  app.get(`${siteRoot}/ressources/:resource`, async (c) => {
    const site = await siteOf(c);
    const resource = await resourceOf(c, site);
    const ticked = { needs: resource.needs, contents: resource.contents };
    return showResource(c, site, blank(resourceValues(resource, languagesOf(c).locale), ticked), resource);
  });
  app.post(`${siteRoot}/ressources/:resource`, async (c) => {
    const site = await siteOf(c);
    const resource = await resourceOf(c, site);
    const run = async (data: Parameters<typeof editResource>[2]) => {
      await editResource(c.var.ctx, resource, data);
      return `/gestion/lieux/${site.slug}/ressources/${resource.slug}?fait=fiche`;
    };
    const schema = resourceInput(languagesOf(c).main);
    return submit(c, schema, await resourceForm(c), run, (form) => showResource(c, site, form, resource));
  });

  app.get(`${siteRoot}/espaces/nouveau`, async (c) => showSpace(c, await siteOf(c), blank({}), undefined));
  app.post(`${siteRoot}/espaces/nouveau`, async (c) => {
    const site = await siteOf(c);
    const run = async (data: Parameters<typeof createSpace>[2]) => {
      await createSpace(c.var.ctx, site.id, data);
      return `/gestion/lieux/${site.slug}?fait=espace`;
    };
    const form = blank(await readForm(c));
    return submit(c, spaceInput(languagesOf(c).main), form, run, (shown) => showSpace(c, site, shown, undefined));
  });
  app.get(`${siteRoot}/espaces/:space`, async (c) => {
    const site = await siteOf(c);
    const space = await spaceOf(c, site);
    return showSpace(c, site, blank(spaceValues(space, languagesOf(c).locale)), space);
  });
  app.post(`${siteRoot}/espaces/:space`, async (c) => {
    const site = await siteOf(c);
    const space = await spaceOf(c, site);
    const run = async (data: Parameters<typeof editSpace>[2]) => {
      await editSpace(c.var.ctx, space, data);
      return `/gestion/lieux/${site.slug}/espaces/${space.slug}?fait=fiche`;
    };
    const form = blank(await readForm(c));
    return submit(c, spaceInput(languagesOf(c).main), form, run, (shown) => showSpace(c, site, shown, space));
  });
}

async function resourceForm(c: Web): Promise<Form> {
  const ticked = { needs: await formList(c, 'needs'), contents: await formList(c, 'contents') };
  return blank(await readForm(c), ticked);
}

async function formData(c: Web, site: SiteRow, selfId?: string): Promise<ResourceFormData> {
  const { ctx } = c.var;
  return {
    site,
    spaces: (await spacesOf(ctx, site.id)).filter((one) => !one.archived_at),
    lines: await allLines(ctx),
    groups: await allGroups(ctx),
    others: (await resourcesOf(ctx, site.id)).filter((one) => !one.archived_at && one.id !== selfId),
  };
}

async function showResource(c: Web, site: SiteRow, form: Form, own: ResourceRow | undefined): Promise<Response> {
  const m = furnishingMessages[c.var.ctx.locale];
  const data = await formData(c, site, own?.id);
  const state = own && { slug: own.slug, version: own.version, archived: own.archived_at !== null };
  const content = <ResourcePage {...languagesOf(c)} {...data} form={form} own={state} guide={!own && isGuide(c)} />;
  return setupPage(c, own ? m.resourceEdit : m.resourceNew, [doneNotice(c), content], { status: form.status });
}

async function showSpace(c: Web, site: SiteRow, form: Form, own: SpaceRow | undefined): Promise<Response> {
  const m = furnishingMessages[c.var.ctx.locale];
  const data = await formData(c, site);
  const state = own && { slug: own.slug, version: own.version, archived: own.archived_at !== null };
  const content = <SpacePage {...languagesOf(c)} {...data} form={form} own={state} />;
  return setupPage(c, own ? m.spaceEdit : m.spaceNew, [doneNotice(c), content], { status: form.status });
}

function newResource(c: Web): FormValues {
  const { locale } = languagesOf(c);
  return {
    kind: 'meeting_room',
    units: '1',
    preset: 'open',
    price_kind: 'unknown',
    step_minutes: durationText(30, locale),
  };
}

function resourceValues(resource: ResourceRow, locale: Locale): FormValues {
  const equipment = Object.fromEntries(
    locales.map((one) => [
      `equipment.${one}`,
      resource.equipment
        .map((item) => item[one] ?? '')
        .join('\n')
        .trimEnd(),
    ]),
  );
  return {
    version: String(resource.version),
    kind: resource.kind,
    space_id: resource.space_id ?? '',
    line_id: resource.line_id ?? '',
    units: String(resource.units),
    capacity: String(resource.capacity),
    minimum_age: resource.minimum_age === null ? '' : String(resource.minimum_age),
    buffer_before: durationText(resource.buffer_before || null, locale),
    buffer_after: durationText(resource.buffer_after || null, locale),
    step_minutes: durationText(resource.step_minutes, locale),
    price_kind: resource.price_kind,
    price: resource.price_cents === null ? '' : amount(resource.price_cents, locale),
    price_per: resource.price_per ?? 'hour',
    price_tax: resource.price_tax_bp === null ? '' : String(resource.price_tax_bp / 100),
    preset: resource.preset,
    ...equipment,
    ...textValues('name', resource.name),
    ...textValues('summary', resource.summary),
    ...textValues('requirement', resource.requirement),
    ...ruleValues(resource.rules, locale),
  };
}

function amount(cents: number, locale: Locale): string {
  const text = cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
  return locale === 'en' ? text : text.replace('.', ',');
}

const spaceValues = (space: SpaceRow, locale: Locale): FormValues => ({
  version: String(space.version),
  line_id: space.line_id ?? '',
  area_m2: space.area_m2 === null ? '' : String(space.area_m2),
  ...textValues('name', space.name),
  ...textValues('summary', space.summary),
  ...textValues('floor', space.floor),
  ...ruleValues(space.rules, locale),
});
