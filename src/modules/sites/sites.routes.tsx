import type { Hono } from 'hono';
import { z } from 'zod';
import { type Locale, say } from '../../core/i18n.ts';
import { type FormValues, parse } from '../../core/input.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { communeLabel } from '../communes/index.ts';
import { readHours } from '../hours/index.ts';
import {
  allGroups,
  blank,
  communeChoices,
  communeNames,
  doneNotice,
  type Form,
  find,
  languagesOf,
  managedSites,
  mustRunTerritory,
  type OwnerKind,
  ownerRoots,
  refused,
  resourcesOf,
  ruleValues,
  runsTerritory,
  type SiteRow,
  setupPage,
  siteOf,
  siteRoot,
  spacesOf,
  submit,
  textValues,
  version,
} from '../setup/index.ts';
import { upcomingStops } from '../tour/index.ts';
import { archive, restore } from './archive.ts';
import { createSite, newSiteInput } from './create-site.ts';
import { editSite, siteInput } from './edit-site.ts';
import { SitePage } from './site.pages.tsx';
import { sitesMessages } from './sites.messages.ts';
import { EditSitePage, NewSitePage, RefusedPage } from './sites.pages.tsx';

/** Places: a new one, its card, its door, its end. */
export function siteRoutes(app: Hono<Env>): void {
  app.get('/:locale{fr|nl|en}/gestion/lieux/nouveau', async (c) => {
    mustRunTerritory(c.var.ctx);
    const copied = (await managedSites(c.var.ctx)).find((site) => site.slug === c.req.query('copie'));
    const values: FormValues = { kind: copied?.kind ?? 'mini_station', time_zone: c.var.ctx.territory.timeZone };
    return showNew(c, blank(copied ? { ...values, copy_of: copied.id } : values));
  });
  app.post('/:locale{fr|nl|en}/gestion/lieux/nouveau', async (c) => {
    mustRunTerritory(c.var.ctx);
    const { ctx } = c.var;
    const run = async (data: Parameters<typeof createSite>[1]) => {
      const slug = await createSite(ctx, data);
      // A copy already has its hours and rooms.
      if (data.copy_of) return `/gestion/lieux/${slug}?fait=copie`;
      return `/gestion/lieux/${slug}/${data.kind === 'mobile' ? 'tournee/nouvelle' : 'horaires'}?guide=1`;
    };
    const form = blank(await readForm(c));
    return submit(c, newSiteInput(ctx.territory.mainLanguage), form, run, (shown) => showNew(c, shown));
  });

  app.get(siteRoot, async (c) => showSite(c, await siteOf(c)));

  app.get(`${siteRoot}/fiche`, async (c) => {
    const site = await siteOf(c);
    return showEdit(c, site, blank(siteValues(site, languagesOf(c).locale)));
  });
  app.post(`${siteRoot}/fiche`, async (c) => {
    const site = await siteOf(c);
    const { ctx } = c.var;
    const run = async (data: Parameters<typeof editSite>[2]) => {
      await editSite(ctx, site.id, data);
      return `/gestion/lieux/${site.slug}?fait=fiche`;
    };
    const form = blank(await readForm(c));
    return submit(c, siteInput(ctx.territory.mainLanguage), form, run, (shown) => showEdit(c, site, shown));
  });

  for (const kind of Object.keys(ownerRoots) as OwnerKind[]) {
    app.post(`${ownerRoots[kind]}/archivage`, (c) => endOrBegin(c, kind, archive, 'archive'));
    app.post(`${ownerRoots[kind]}/reprise`, (c) => endOrBegin(c, kind, restore, 'reprise'));
  }
}

async function endOrBegin(c: Web, kind: OwnerKind, act: typeof archive, done: string): Promise<Response> {
  const found = await find(c, kind);
  const { locale, main } = languagesOf(c);
  const form = blank(await readForm(c));
  const parsed = parse(z.object({ version }), form.values, locale);
  try {
    await act(c.var.ctx, found.owner, parsed.ok ? parsed.data.version : 0);
    return seeOther(c, `/gestion/lieux/${found.site.slug}?fait=${done}`);
  } catch (error) {
    const shown = refused(c, form, error);
    const title = say(found.name, locale, main);
    const way = { href: `/${locale}${found.path}`, label: title };
    return setupPage(c, title, <RefusedPage locale={locale} form={shown} title={title} back={way} />, {
      status: shown.status,
    });
  }
}

/** What the fields of a place's form offer. `choices` are the communes that bear the name written. */
export async function siteFormData(c: Web, form: Form) {
  const { ctx } = c.var;
  return { names: await communeNames(ctx), groups: await allGroups(ctx), choices: await communeChoices(c, form) };
}

async function showNew(c: Web, form: Form): Promise<Response> {
  const models = (await managedSites(c.var.ctx)).filter((site) => !site.archived_at);
  const content = <NewSitePage {...languagesOf(c)} {...(await siteFormData(c, form))} form={form} models={models} />;
  return setupPage(c, sitesMessages[c.var.ctx.locale].newSite, content, { status: form.status });
}

async function showEdit(c: Web, site: SiteRow, form: Form): Promise<Response> {
  const content = <EditSitePage {...languagesOf(c)} {...(await siteFormData(c, form))} form={form} site={site} />;
  return setupPage(c, sitesMessages[c.var.ctx.locale].siteCard, content, { status: form.status });
}

async function showSite(c: Web, site: SiteRow): Promise<Response> {
  const { ctx } = c.var;
  const { locale, main } = languagesOf(c);
  const hours = await readHours(ctx, { kind: 'site', id: site.id, siteId: site.id });
  const content = (
    <SitePage
      {...{ locale, main, site }}
      spaces={await spacesOf(ctx, site.id)}
      resources={await resourcesOf(ctx, site.id)}
      done={c.req.query('guide') === '1'}
      canCopy={runsTerritory(c)}
      openDays={new Set(hours.map((row) => row.weekday)).size}
      stops={site.kind === 'mobile' ? (await upcomingStops(ctx, site.id)).length : 0}
    />
  );
  return setupPage(c, say(site.name, locale, main), [doneNotice(c), content]);
}

function siteValues(site: SiteRow, locale: Locale): FormValues {
  return {
    version: String(site.version),
    kind: site.kind,
    commune: site.commune
      ? communeLabel({ name: site.commune, code: site.commune_code ?? '', postcodes: site.postcodes ?? [] })
      : '',
    address: site.address ?? '',
    telephone: site.telephone ?? '',
    email: site.email ?? '',
    time_zone: site.time_zone,
    lat: site.lat === null ? '' : String(site.lat),
    lon: site.lon === null ? '' : String(site.lon),
    ...textValues('name', site.name),
    ...textValues('summary', site.summary),
    ...textValues('how_to_come', site.how_to_come),
    ...textValues('accessibility', site.accessibility),
    ...ruleValues(site.rules, locale),
  };
}
