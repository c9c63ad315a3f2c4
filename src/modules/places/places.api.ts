import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { answerTagged, cutPage, pageOf, pageQuery, problems, readCursor } from '../../core/rest.ts';
import { resourceKinds } from '../../core/schema.ts';
import type { Env } from '../../core/web.ts';
import { findSite, listResources, listSites, nextStops, type ResourceCard, type SiteCard } from './places.store.ts';

const text = z
  .object({ fr: z.string().optional(), nl: z.string().optional(), en: z.string().optional() })
  .openapi('Text', { description: 'By language; the main language of the territory is always there.' });

const line = z.object({ letter: z.string().openapi({ example: 'F' }), name: text });

const siteSchema = z
  .object({
    slug: z.string().openapi({ example: 'mini-station' }),
    kind: z.enum(['station', 'mini_station', 'mobile']),
    name: text,
    summary: text,
    commune: z.object({ code: z.string(), name: z.string() }).nullable(),
    address: z.string().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    time_zone: z.string().openapi({ example: 'Europe/Paris' }),
    telephone: z.string().nullable(),
    how_to_come: text,
    accessibility: text,
    lines: z.array(line),
    demonstration: z.boolean().openapi({ description: 'Invented to show what Quai does.' }),
  })
  .openapi('Site');

const stopSchema = z.object({
  commune: z.string(),
  place: text,
  aboard: z.array(z.string()).openapi({ description: 'What one finds aboard.', example: ['3D printer'] }),
  lat: z.number(),
  lon: z.number(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
});

const siteDetail = siteSchema
  .extend({ stops: z.array(stopSchema).openapi({ description: 'Where a mobile site will stand; else empty.' }) })
  .openapi('SiteDetail');

const resourceSchema = z
  .object({
    slug: z.string().openapi({ example: 'laser-cutter' }),
    site: z.string().openapi({ description: 'Slug of its site' }),
    kind: z.enum(resourceKinds),
    name: text,
    summary: text,
    line: line.nullable(),
    capacity: z.number().int().openapi({ description: 'People one unit holds' }),
    units: z.number().int().openapi({ description: 'How many of the same: the desks of a pool' }),
    equipment: z.array(text),
    needs: z.array(z.string()).openapi({ example: ['cut_laser'] }),
    requirement: text,
    minimum_age: z.number().int().nullable(),
    step_minutes: z.number().int(),
    price: z
      .object({
        kind: z.enum(['unknown', 'free', 'amount']),
        cents: z.number().int().nullable(),
        per: z.enum(['hour', 'half_day', 'day', 'booking']).nullable(),
      })
      .openapi({ description: 'unknown is not free: ask.' }),
    contains: z.array(z.string()).openapi({ description: 'Slugs of what is taken with it' }),
    demonstration: z.boolean(),
  })
  .openapi('Resource');

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

const sitesRoute = createRoute({
  method: 'get',
  path: '/sites',
  tags: ['Places'],
  summary: 'The sites of the territory',
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageOf(siteSchema), 'A page of sites'), 422: problems[422] },
});

const siteRoute = createRoute({
  method: 'get',
  path: '/sites/{slug}',
  tags: ['Places'],
  summary: 'One site',
  request: { params: z.object({ slug: z.string().max(120) }) },
  responses: { 200: json(siteDetail, 'The site'), 404: problems[404] },
});

const resourcesRoute = createRoute({
  method: 'get',
  path: '/resources',
  tags: ['Places'],
  summary: 'What can be booked',
  request: {
    query: z.object({
      site: z.string().max(120).optional().openapi({ description: 'Slug of a site' }),
      kind: z.enum(resourceKinds).optional(),
      people: z.coerce.number().int().min(1).max(10_000).optional(),
      ...pageQuery,
    }),
  },
  responses: { 200: json(pageOf(resourceSchema), 'A page of resources'), 422: problems[422] },
});

const siteJson = (site: SiteCard) => ({
  slug: site.slug,
  kind: site.kind,
  name: site.name,
  summary: site.summary,
  commune: site.communeCode && site.communeName ? { code: site.communeCode, name: site.communeName } : null,
  address: site.address,
  lat: site.lat,
  lon: site.lon,
  time_zone: site.timeZone,
  telephone: site.telephone,
  how_to_come: site.howToCome,
  accessibility: site.accessibility,
  lines: site.lines.map(({ letter, name }) => ({ letter, name })),
  demonstration: site.demonstration,
});

const resourceJson = (resource: ResourceCard) => ({
  slug: resource.slug,
  site: resource.siteSlug,
  kind: resource.kind,
  name: resource.name,
  summary: resource.summary,
  line: resource.line ? { letter: resource.line.letter, name: resource.line.name } : null,
  capacity: resource.capacity,
  units: resource.units,
  equipment: resource.equipment,
  needs: resource.needs,
  requirement: resource.requirement,
  minimum_age: resource.minimumAge,
  step_minutes: resource.stepMinutes,
  price: { kind: resource.priceKind, cents: resource.priceCents, per: resource.pricePer },
  contains: resource.contents.map((content) => content.slug),
  demonstration: resource.demonstration,
});

async function siteWithStops(ctx: Ctx, slug: string) {
  const site = await findSite(ctx, slug);
  if (!site) throw notFound();
  const stops = site.kind === 'mobile' ? await nextStops(ctx, [site.id], ctx.now) : [];
  return {
    ...siteJson(site),
    stops: stops.map((stop) => ({
      commune: stop.communeName,
      place: stop.place,
      aboard: stop.aboard,
      lat: stop.lat,
      lon: stop.lon,
      start: stop.start.toISOString(),
      end: stop.end.toISOString(),
    })),
  };
}

/** REST: the sites and what can be booked there, for anyone. */
export function placesApi(api: OpenAPIHono<Env>): void {
  api.openapi(sitesRoute, async (c) => {
    const { cursor, limit } = c.req.valid('query');
    const rows = await listSites(c.var.ctx, { after: readCursor(cursor), limit: limit + 1 });
    const { items, next } = cutPage(rows, limit, (site) => site.slug);
    return answerTagged(c, { items: items.map(siteJson), next }) as never;
  });
  api.openapi(siteRoute, async (c) => {
    return answerTagged(c, await siteWithStops(c.var.ctx, c.req.valid('param').slug)) as never;
  });
  api.openapi(resourcesRoute, async (c) => {
    const { cursor, limit, ...query } = c.req.valid('query');
    const rows = await listResources(c.var.ctx, { ...query, after: readCursor(cursor), limit: limit + 1 });
    const { items, next } = cutPage(rows, limit, (resource) => resource.slug);
    return answerTagged(c, { items: items.map(resourceJson), next }) as never;
  });
}
