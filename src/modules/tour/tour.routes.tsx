import type { Hono } from 'hono';
import { z } from 'zod';
import { dayOf, timeOf } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { whole } from '../../core/input.ts';
import { type Env, readForm, type Web } from '../../core/web.ts';
import { communeLabel } from '../communes/index.ts';
import {
  blank,
  communeChoices,
  communeNames,
  doneNotice,
  type Form,
  isGuide,
  languagesOf,
  type SiteRow,
  setupPage,
  siteOf,
  siteRoot,
  submit,
  textValues,
  version,
} from '../setup/index.ts';
import { tourMessages } from './tour.messages.ts';
import { CancelStopPage, StopPage, TourPage } from './tour.pages.tsx';
import { bookingsAt, bookingsByStop, readStop, upcomingStops } from './tour.store.ts';
import { addStops, cancelStop, editStop, stopInput } from './tour.ts';

/** Where the bus stops, and when. */
export function tourRoutes(app: Hono<Env>): void {
  const root = `${siteRoot}/tournee`;
  app.get(root, async (c) => {
    const site = await busOf(c);
    const { ctx } = c.var;
    const stops = await upcomingStops(ctx, site.id);
    const content = (
      <TourPage {...languagesOf(c)} site={site} stops={stops} bookings={await bookingsByStop(ctx, site.id)} />
    );
    return setupPage(c, tourMessages[ctx.locale].tour, [doneNotice(c), content]);
  });
  app.get(`${root}/nouvelle`, async (c) => {
    const site = await busOf(c);
    return showStop(c, site, blank({ every: '0' }), undefined);
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
  app.get(`${root}/:stop`, async (c) => {
    const site = await busOf(c);
    const stop = await stopOf(c, site);
    const values = {
      version: String(stop.version),
      commune: communeLabel({ name: stop.commune, code: stop.commune_code, postcodes: stop.postcodes }),
      address: stop.address ?? '',
      lat: String(stop.lat),
      lon: String(stop.lon),
      day: dayOf(stop.starts_at, site.time_zone),
      from: timeOf(stop.starts_at, site.time_zone),
      to: timeOf(stop.ends_at, site.time_zone),
      ...textValues('place', stop.place),
    };
    return showStop(c, site, blank(values), stop.id);
  });
  app.post(`${root}/:stop`, async (c) => {
    const site = await busOf(c);
    const stop = await stopOf(c, site);
    const run = async (data: Parameters<typeof editStop>[3]) => {
      await editStop(c.var.ctx, site, stop.id, data);
      return `/gestion/lieux/${site.slug}/tournee?fait=etape_changee`;
    };
    const form = blank(await readForm(c));
    return submit(c, stopInput(languagesOf(c).main), form, run, (shown) => showStop(c, site, shown, stop.id));
  });
  app.get(`${root}/:stop/annulation`, async (c) => {
    const site = await busOf(c);
    return showCancel(c, site, await stopOf(c, site), blank({}));
  });
  app.post(`${root}/:stop/annulation`, async (c) => {
    const site = await busOf(c);
    const stop = await stopOf(c, site);
    const run = async (data: { version: number; told: number }) => {
      await cancelStop(c.var.ctx, site, stop.id, data);
      return `/gestion/lieux/${site.slug}/tournee?fait=etape_annulee`;
    };
    const form = blank(await readForm(c));
    return submit(c, z.object({ version, told: whole(0, 10_000) }), form, run, (shown) =>
      showCancel(c, site, stop, shown),
    );
  });
}

async function busOf(c: Web): Promise<SiteRow> {
  const site = await siteOf(c);
  if (site.kind !== 'mobile') throw notFound();
  return site;
}

async function stopOf(c: Web, site: SiteRow) {
  const id = c.req.param('stop') ?? '';
  if (!isUuid(id)) throw notFound();
  return readStop(c.var.ctx, site.id, id);
}

async function showStop(c: Web, site: SiteRow, form: Form, id: string | undefined): Promise<Response> {
  const m = tourMessages[c.var.ctx.locale];
  const offers = { names: await communeNames(c.var.ctx), choices: await communeChoices(c, form) };
  const content = (
    <StopPage {...languagesOf(c)} {...offers} site={site} form={form} id={id} guide={!id && isGuide(c)} />
  );
  return setupPage(c, id ? m.stopEdit : m.stopNew, content, { status: form.status });
}

async function showCancel(
  c: Web,
  site: SiteRow,
  stop: Awaited<ReturnType<typeof readStop>>,
  form: Form,
): Promise<Response> {
  const booked = await bookingsAt(c.var.ctx, site.id, stop);
  const content = <CancelStopPage {...languagesOf(c)} site={site} stop={stop} booked={booked} form={form} />;
  return setupPage(c, tourMessages[c.var.ctx.locale].stopCancel, content, { status: form.status });
}
