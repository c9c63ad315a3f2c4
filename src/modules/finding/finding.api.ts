import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import { whole } from '../../core/input.ts';
import { answerTagged, pageOf, pageQuery, problems, readCursor, writeCursor } from '../../core/rest.ts';
import { resourceKinds } from '../../core/schema.ts';
import type { Env } from '../../core/web.ts';
import { nearNamed, readWindow } from './asked.api.ts';
import { type Available, availableFrom } from './availability.ts';

const mostDays = 31;

const question = z.object({
  from: z.string().max(40).openapi({
    type: 'string',
    example: '2026-11-23',
    description: 'A day, or an instant in RFC 3339.',
  }),
  to: z
    .string()
    .max(40)
    .openapi({
      type: 'string',
      example: '2026-11-24',
      description: `A day (then it is included) or an instant; at most ${mostDays} days after from.`,
    }),
  minutes: whole(5, 44_640)
    .default(60)
    .openapi({ type: 'integer', example: 60, description: 'How long it is wanted.' }),
  kind: z.enum(resourceKinds).optional(),
  people: whole(1, 10_000).default(1).openapi({ type: 'integer', example: 1 }),
  near: z.string().min(1).max(20).optional().openapi({
    example: '62765',
    description: 'Code of a commune (INSEE, or NIS in Belgium): the nearest come first, each with its distance.',
  }),
  ...pageQuery,
});

const slot = z.object({
  start: z.string().openapi({ format: 'date-time', example: '2026-11-23T09:00:00+01:00' }),
  end: z.string().openapi({ format: 'date-time', example: '2026-11-23T10:00:00+01:00' }),
  stop: z
    .string()
    .optional()
    .openapi({ description: 'Where it stands then, if it travels.', example: 'Place du bourg' }),
});

const item = z.object({
  resource: z.object({
    slug: z.string().openapi({ example: 'decoupeuse-laser' }),
    name: z.string().openapi({ description: 'In the language of Accept-Language where it is known.' }),
    kind: z.enum(resourceKinds),
    site: z.string().openapi({ example: 'la-station', description: 'Slug of the site.' }),
  }),
  distance_km: z.number().nullable().openapi({
    description: 'As the crow flies, to the nearest stop for what travels; null without `near`.',
    example: 2.7,
  }),
  slots: z.array(slot).openapi({ description: 'Each is one start that can be booked now; they overlap.' }),
});

const route = createRoute({
  method: 'get',
  path: '/availability',
  summary: 'What is free',
  description: 'The resources that are free for so long and so many people, nearest first, with every bookable start.',
  request: { query: question },
  responses: {
    200: {
      description: 'What is free.',
      content: { 'application/json': { schema: pageOf(item).openapi('Availability') } },
    },
    304: { description: 'As you have it (If-None-Match).' },
    422: problems[422],
  },
});

/** The availability call: the search of the pages, for programs. */
export function findingApi(app: OpenAPIHono<Env>): void {
  app.openapi(route, async (c) => {
    const { ctx } = c.var;
    const asked = c.req.valid('query');
    const window = readWindow(ctx, asked, mostDays);
    const near = asked.near === undefined ? undefined : await nearNamed(ctx, asked.near);
    const query = { ...asked, ...window, near };
    const { found, next } = await availableFrom(ctx, query, asked.limit, offsetOf(asked.cursor));
    const items = found.map((one) => itemOf(ctx, one));
    return answerTagged(c, { items, next: next === null ? null : writeCursor(String(next)) }) as never;
  });
}

function itemOf(ctx: Ctx, { slug, name, kind, siteSlug, distanceKm, slots, timeZone }: Available) {
  const words = (text: I18nText) => say(text, ctx.locale, ctx.territory.mainLanguage);
  return {
    resource: { slug, name: words(name), kind, site: siteSlug },
    distance_km: distanceKm === null ? null : Math.round(distanceKm * 10) / 10,
    slots: slots.map(({ start, end, stop }) => ({
      start: toRfc3339(start, timeZone),
      end: toRfc3339(end, timeZone),
      ...(stop ? { stop: words(stop) } : {}),
    })),
  };
}

function offsetOf(cursor: string | undefined): number {
  const text = readCursor(cursor) ?? '0';
  if (!/^\d{1,6}$/.test(text)) throw new Refusal('request.cursor', 'unprocessable');
  return Number(text);
}
