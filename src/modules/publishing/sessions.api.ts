import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { whole } from '../../core/input.ts';
import { answerTagged, cutPage, pageOf, pageQuery, problems, readCursor, readInstant } from '../../core/rest.ts';
import type { Env } from '../../core/web.ts';
import { tell } from '../../ui/told.ts';
import { placeWords, pointOf, readAfter, urlOf, writeAfter } from '../agenda/index.ts';
import { nearNamed, readWindow } from '../finding/index.ts';
import {
  findSessions,
  partsOf,
  readable,
  type SessionView,
  seatsLeft,
  sessionFor,
  stateOf,
} from '../timetable/index.ts';

const mostDays = 366;
const usualDays = 31;

const kinds = ['workshop', 'training', 'talk', 'event', 'open_door', 'visit', 'meeting'] as const;

const text = z
  .object({ fr: z.string().optional(), nl: z.string().optional(), en: z.string().optional() })
  .openapi('Text', { description: 'By language; the main language of the territory is always there.' });

const slugText = z
  .string()
  .max(120)
  .regex(/^[a-z0-9_-]*$/);

const instant = (example: string) => z.string().openapi({ format: 'date-time', example });

const sessionSchema = z
  .object({
    id: z.uuid(),
    reference: z.string().openapi({ example: 'K6A4SE5EYY' }),
    title: text,
    summary: text,
    kind: z.enum(kinds),
    line: z.object({ letter: z.string().openapi({ example: 'M' }), slug: z.string(), name: text }).nullable(),
    status: z.enum(['published', 'postponed', 'cancelled']),
    registration: z
      .enum(['open', 'full', 'not_yet', 'closed', 'none'])
      .openapi({ description: 'Whether one may register now; none: no need to, or no longer.' }),
    start: instant('2026-11-28T14:00:00+01:00'),
    end: instant('2026-11-28T16:00:00+01:00'),
    time_zone: z.string().openapi({ example: 'Europe/Paris' }),
    place: z.object({
      kind: z.enum(['site', 'stop', 'address', 'online']),
      name: z.string(),
      commune: z.string().nullable(),
      lat: z.number().nullable(),
      lon: z.number().nullable(),
      aboard: z.array(z.string()).optional().openapi({ description: 'At a stop of the bus: what one finds aboard.' }),
    }),
    site: z.string().openapi({ description: 'Slug of the site whose team answers for it.' }),
    seats: z.number().int().nullable().openapi({ description: 'null: as many as come.' }),
    seats_left: z.number().int().nullable(),
    waiting: z.number().int().openapi({ description: 'Places asked for by those who wait.' }),
    price: z
      .object({
        kind: z.enum(['unknown', 'free', 'amount']),
        tariffs: z.array(z.object({ key: z.string(), name: text, cents: z.number().int() })),
      })
      .openapi({ description: 'unknown is not free: ask.' }),
    audience: z.object({
      kind: z.enum(['all', 'ages', 'members', 'group', 'invited']),
      age_min: z.number().int().nullable(),
      age_max: z.number().int().nullable(),
    }),
    language: z.enum(['fr', 'nl', 'en']),
    series: z.uuid().nullable(),
    event: z.uuid().nullable().openapi({ description: 'The event it is a part of.' }),
    url: z.url(),
    version: z.number().int(),
    distance_km: z.number().optional().openapi({ description: 'As the crow flies; only with `near`.', example: 2.7 }),
  })
  .openapi('Session');

const detailSchema = sessionSchema
  .extend({
    description: text.openapi({ description: 'Markdown, by language.' }),
    accessibility: text,
    parts: z.array(sessionSchema).openapi({ description: 'The parallel sessions of an event; else empty.' }),
  })
  .openapi('SessionDetail');

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

const as304 = { description: 'As you have it (If-None-Match).' };

const listRoute = createRoute({
  method: 'get',
  path: '/sessions',
  tags: ['Agenda'],
  summary: 'What is on',
  description:
    'The sessions open to the public that last into a span, first things first. Never an appointment nor a draft.',
  request: {
    query: z.object({
      from: z
        .string()
        .max(40)
        .optional()
        .openapi({ example: '2026-11-23', description: 'A day, or an instant in RFC 3339; now unless said.' }),
      to: z
        .string()
        .max(40)
        .optional()
        .openapi({
          example: '2026-11-30',
          description: `A day (then it is included) or an instant, at most ${mostDays} days after from; ${usualDays} days unless said.`,
        }),
      site: slugText.optional().openapi({ description: 'Slug of a site.' }),
      line: slugText.optional().openapi({ description: 'Slug of a line.' }),
      near: z.string().min(1).max(20).optional().openapi({
        example: '62765',
        description: 'Code of a commune (INSEE, or NIS in Belgium): each has its distance.',
      }),
      audience: z.enum(['everyone', 'children', 'teenagers', 'adults', 'members']).optional().openapi({
        description:
          'For whom: with no condition; under 12; from 12 to 17; of age; members. Children and teenagers find what says an age.',
      }),
      within_km: whole(1, 200)
        .optional()
        .openapi({ type: 'integer', example: 20, description: 'At most this far from `near`.' }),
      ...pageQuery,
    }),
  },
  responses: { 200: json(pageOf(sessionSchema), 'A page of sessions'), 304: as304, 422: problems[422] },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/sessions/{id}',
  tags: ['Agenda'],
  summary: 'One session',
  request: { params: z.object({ id: z.string().max(64) }) },
  responses: { 200: json(detailSchema, 'The session'), 304: as304, 404: problems[404] },
});

function registrationOf(ctx: Ctx, session: SessionView): z.infer<typeof sessionSchema>['registration'] {
  if (session.enrolment === 'none') return 'none';
  const state = stateOf(session, ctx.now);
  return state === 'open' || state === 'full' || state === 'not_yet' || state === 'closed' ? state : 'none';
}

function communeOf({ placeKind, site, stop, address }: SessionView): string | null {
  if (placeKind === 'stop') return stop?.commune ?? null;
  if (placeKind === 'address') return address?.town ?? null;
  return placeKind === 'site' ? site.commune : null;
}

function sessionJson(ctx: Ctx, session: SessionView) {
  const at = pointOf(session);
  return {
    id: session.id,
    reference: session.reference,
    title: session.title,
    summary: session.summary,
    kind: session.kind,
    line: session.line && { letter: session.line.letter, slug: session.line.slug, name: session.line.name },
    status: session.status,
    registration: registrationOf(ctx, session),
    start: toRfc3339(session.start, session.timeZone),
    end: toRfc3339(session.end, session.timeZone),
    time_zone: session.timeZone,
    place: {
      kind: session.placeKind,
      name: placeWords(ctx, session)[0] ?? tell(ctx, session.site.name),
      commune: communeOf(session),
      lat: at?.lat ?? null,
      lon: at?.lon ?? null,
      ...(session.placeKind === 'stop' && session.stop ? { aboard: session.stop.aboard } : {}),
    },
    site: session.site.slug,
    seats: session.seats,
    seats_left: session.enrolment === 'none' ? null : seatsLeft(session),
    waiting: session.waiting,
    price: { kind: session.priceKind, tariffs: session.tariffs },
    audience: { kind: session.audience, age_min: session.ageMin, age_max: session.ageMax },
    language: session.language,
    series: session.seriesId,
    event: session.parentId,
    url: urlOf(ctx, session),
    version: session.version,
    ...(session.distanceKm === null ? {} : { distance_km: Math.round(session.distanceKm * 10) / 10 }),
  };
}

/** From when to when; left out, from now on and for the usual time. */
function spanOf(ctx: Ctx, asked: { from?: string | undefined; to?: string | undefined }) {
  const from = asked.from ?? ctx.now.toISOString();
  const begin = readInstant(from, ctx.territory.timeZone);
  const to = asked.to ?? new Date(begin.getTime() + usualDays * 86_400_000).toISOString();
  return readWindow(ctx, { from, to }, mostDays);
}

function afterOf(cursor: string | undefined) {
  const after = readAfter(readCursor(cursor));
  if (cursor !== undefined && !after) throw new Refusal('request.cursor', 'unprocessable');
  return after;
}

/** REST: what is on, for anyone. */
export function sessionsApi(api: OpenAPIHono<Env>): void {
  api.openapi(listRoute, async (c) => {
    const { ctx } = c.var;
    const { from, to, site, line, near, audience, within_km, cursor, limit } = c.req.valid('query');
    const rows = await findSessions(ctx, {
      ...spanOf(ctx, { from, to }),
      siteSlug: site,
      lineSlug: line,
      welcome: audience,
      near: near ? await nearNamed(ctx, near) : undefined,
      withinKm: within_km,
      after: afterOf(cursor),
      limit: limit + 1,
    });
    const { items, next } = cutPage(rows, limit, writeAfter);
    return answerTagged(c, { items: items.map((session) => sessionJson(ctx, session)), next }) as never;
  });
  api.openapi(oneRoute, async (c) => {
    const { ctx } = c.var;
    const { id } = c.req.valid('param');
    const session = await sessionFor(ctx, isUuid(id) ? id : '');
    const parts = await readable(ctx, await partsOf(ctx, session.id));
    return answerTagged(c, {
      ...sessionJson(ctx, session),
      description: session.description,
      accessibility: session.accessibility,
      parts: parts.map((part) => sessionJson(ctx, part)),
    }) as never;
  });
}
