import type { Hono } from 'hono';
import { z } from 'zod';
import { has, mustHave } from '../../core/access.ts';
import { dayOf, timeOf } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { whole } from '../../core/input.ts';
import { type Env, formList, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { communeLabel } from '../communes/index.ts';
import {
  blank,
  communeChoices,
  communeNames,
  doneNotice,
  type Form,
  i18nFields,
  isGuide,
  languagesOf,
  type SiteRow,
  setupPage,
  siteOf,
  siteRoot,
  submit,
  textFrom,
  textValues,
  version,
} from '../setup/index.ts';
import { CancelStopPage } from './cancel.pages.tsx';
import { cancelStops, touchedBy } from './cancel.ts';
import { type StopScope, stopScopes, stopsFor } from './stops.ts';
import { tourMessages } from './tour.messages.ts';
import { StopPage, TourPage } from './tour.pages.tsx';
import { type BusRow, countsByStop, readBus, readStop, type StopRow, upcomingStops } from './tour.store.ts';
import { addStops, editStop, publishStops, stopInput } from './tour.ts';

/** Where the bus stops, and when. */
export function tourRoutes(app: Hono<Env>): void {
  const root = `${siteRoot}/tournee`;
  app.get(root, async (c) => {
    const site = await busOf(c);
    const { ctx } = c.var;
    const stops = await upcomingStops(ctx, site.id);
    const content = (
      <TourPage {...languagesOf(c)} site={site} stops={stops} bookings={await countsByStop(ctx, site.id)} />
    );
    return setupPage(c, tourMessages[ctx.locale].tour, [doneNotice(c), content]);
  });
  app.get(`${root}/nouvelle`, async (c) => {
    const site = await busOf(c);
    return showStop(c, site, blank({ every: '0', holidays: 'on' }), undefined);
  });
  app.post(`${root}/nouvelle`, async (c) => {
    const site = await busOf(c);
    const run = async (data: Parameters<typeof addStops>[2]) => {
      await addStops(c.var.ctx, site, data);
      const own = `/gestion/lieux/${site.slug}`;
      return isGuide(c) ? `${own}/ressources/nouvelle?guide=1` : `${own}/tournee?fait=etape`;
    };
    const form = blank(await readForm(c));
    return submit(c, stopInput(languagesOf(c).main), form, run, (shown) => showStop(c, site, shown, undefined));
  });
  app.post(`${root}/publication`, async (c) => {
    const site = await busOf(c);
    await publishStops(c.var.ctx, site);
    return seeOther(c, `/gestion/lieux/${site.slug}/tournee?fait=etape_publiee`);
  });
  app.get(`${root}/:stop`, async (c) => {
    const site = await busOf(c);
    const stop = await stopOf(c, site.id);
    const values = {
      version: String(stop.version),
      commune: communeLabel({ name: stop.commune, code: stop.commune_code, postcodes: stop.postcodes }),
      address: stop.address ?? '',
      aboard: stop.aboard.join('\n'),
      lat: String(stop.lat),
      lon: String(stop.lon),
      day: dayOf(stop.starts_at, site.time_zone),
      from: timeOf(stop.starts_at, site.time_zone),
      to: timeOf(stop.ends_at, site.time_zone),
      ...textValues('place', stop.place),
    };
    return showStop(c, site, blank(values), stop);
  });
  app.post(`${root}/:stop`, async (c) => {
    const site = await busOf(c);
    const stop = await stopOf(c, site.id);
    const run = async (data: Parameters<typeof editStop>[3]) => {
      await editStop(c.var.ctx, site, stop.id, data);
      return `/gestion/lieux/${site.slug}/tournee?fait=etape_changee`;
    };
    const form = blank(await readForm(c));
    return submit(c, stopInput(languagesOf(c).main), form, run, (shown) => showStop(c, site, shown, stop));
  });
  app.post(`${root}/:stop/publication`, async (c) => {
    const site = await busOf(c);
    const stop = await stopOf(c, site.id);
    await publishStops(c.var.ctx, site, stop.id);
    return seeOther(c, `/gestion/lieux/${site.slug}/tournee?fait=etape_publiee`);
  });
  // The team that stands beside a broken bus cancels, not only whoever administers it.
  app.get(`${root}/:stop/annulation`, async (c) => {
    const bus = await busOfTeam(c);
    return showCancel(c, bus, await stopOf(c, bus.id), scopeOf(readQuery(c).portee), blank({}));
  });
  app.post(`${root}/:stop/annulation`, async (c) => {
    const bus = await busOfTeam(c);
    const stop = await stopOf(c, bus.id);
    const { ctx } = c.var;
    const instead = insteadOf(await formList(c, 'autre'));
    const form = blank(await readForm(c));
    const scope = scopeOf(form.values.portee);
    const schema = z.object({ version, told: whole(0, 100_000), ...i18nFields('reason', 200) });
    const run = async (data: z.output<typeof schema>) => {
      await cancelStops(ctx, bus, stop.id, { ...data, scope, reason: textFrom(data, 'reason'), instead });
      return runsBus(c, bus)
        ? `/gestion/lieux/${bus.slug}/tournee?fait=etape_annulee`
        : `/equipe/${bus.slug}?fait=arret`;
    };
    return submit(c, schema, form, run, (shown) => showCancel(c, bus, stop, scope, shown));
  });
}

/** Which sessions are offered to those of which: "session other", a pair a ticked box. */
function insteadOf(ticked: readonly string[]): Map<string, string[]> {
  const instead = new Map<string, string[]>();
  for (const pair of ticked.slice(0, 2000)) {
    const [session = '', other = ''] = pair.split(' ');
    if (isUuid(session) && isUuid(other)) instead.set(session, [...(instead.get(session) ?? []), other]);
  }
  return instead;
}

const runsBus = (c: Web, bus: BusRow): boolean => has(c.var.ctx.actor, 'administrator', bus.id);

async function busOfTeam(c: Web): Promise<BusRow> {
  const { actor } = c.var.ctx;
  mustHave(actor, 'team');
  const bus = await readBus(c.var.ctx, c.req.param('site') ?? '');
  mustHave(actor, 'team', bus.id);
  return bus;
}

async function busOf(c: Web): Promise<SiteRow> {
  const site = await siteOf(c);
  if (site.kind !== 'mobile') throw notFound();
  return site;
}

async function stopOf(c: Web, siteId: string): Promise<StopRow> {
  const id = c.req.param('stop') ?? '';
  if (!isUuid(id)) throw notFound();
  return readStop(c.var.ctx, siteId, id);
}

async function showStop(c: Web, site: SiteRow, form: Form, stop: StopRow | undefined): Promise<Response> {
  const m = tourMessages[c.var.ctx.locale];
  const offers = { names: await communeNames(c.var.ctx), choices: await communeChoices(c, form) };
  const content = (
    <StopPage
      {...languagesOf(c)}
      {...offers}
      site={site}
      form={form}
      id={stop?.id}
      guide={!stop && isGuide(c)}
      series={Boolean(stop?.series_id)}
      draft={stop?.draft ?? false}
    />
  );
  return setupPage(c, stop ? m.stopEdit : m.stopNew, content, { status: form.status });
}

const scopeOf = (value: string | undefined): StopScope => stopScopes.find((scope) => scope === value) ?? 'one';

async function showCancel(c: Web, bus: BusRow, stop: StopRow, scope: StopScope, form: Form): Promise<Response> {
  const { ctx } = c.var;
  const counts = await countsByStop(ctx, bus.id);
  const choices = [];
  for (const one of stop.series_id ? stopScopes : (['one'] as const)) {
    const stops = await stopsFor(ctx, stop, one);
    const people = stops.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
    choices.push({ scope: one, stops: stops.length, people });
  }
  const chosen = await stopsFor(ctx, stop, scope);
  const back = runsBus(c, bus) ? `/gestion/lieux/${bus.slug}/tournee` : `/equipe/${bus.slug}`;
  const content = (
    <CancelStopPage
      {...{ ctx, bus, stop, form, scope, choices }}
      touched={await touchedBy(ctx, bus, chosen)}
      back={`/${ctx.locale}${back}`}
    />
  );
  return setupPage(c, tourMessages[ctx.locale].stopCancel, content, { status: form.status });
}
