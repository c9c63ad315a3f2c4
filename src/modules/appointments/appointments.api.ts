import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { toRfc3339 } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import { answerTagged, problems } from '../../core/rest.ts';
import type { Env } from '../../core/web.ts';
import { nearNamed, readWindow } from '../finding/index.ts';
import { freeTimes, mayTake, reasonBySlug } from '../presence/index.ts';
import { isTeam } from './make.ts';

const mostDays = 31;
const mostItems = 500;

const question = z.object({
  reason: z.string().max(120).openapi({ example: 'demarche', description: 'Short name of the reason to come.' }),
  near: z.string().min(1).max(20).optional().openapi({
    example: '62765',
    description: 'Code of a commune (INSEE, or NIS in Belgium): the nearest come first, each with its distance.',
  }),
  from: z.string().max(40).openapi({ example: '2026-11-23', description: 'A day, or an instant in RFC 3339.' }),
  to: z
    .string()
    .max(40)
    .openapi({
      example: '2026-11-29',
      description: `A day (then it is included) or an instant; at most ${mostDays} days after from.`,
    }),
});

const item = z.object({
  helper: z.object({ id: z.uuid(), name: z.string() }),
  site: z.string().openapi({ example: 'la-station', description: 'Slug of the site.' }),
  stop: z.string().nullable().openapi({ description: 'Where the bus stands then.', example: 'Renty, Grand-Place' }),
  commune: z.string().nullable(),
  distance_km: z.number().nullable(),
  starts: z.array(z.string()).openapi({
    description: 'Each begins an appointment of `minutes`.',
    example: ['2026-11-24T09:00:00+01:00'],
  }),
});

const route = createRoute({
  method: 'get',
  path: '/appointments/availability',
  summary: 'When somebody who helps can be had',
  description: 'The free times of those who receive for a reason, the road between places counted; nearest first.',
  request: { query: question },
  responses: {
    200: {
      description: 'The free times.',
      content: {
        'application/json': {
          schema: z.object({ minutes: z.number(), items: z.array(item) }).openapi('AppointmentAvailability'),
        },
      },
    },
    304: { description: 'As you have it (If-None-Match).' },
    422: problems[422],
  },
});

/** The finder of appointments, for programs. */
export function appointmentsApi(app: OpenAPIHono<Env>): void {
  app.openapi(route, async (c) => {
    const { ctx } = c.var;
    const asked = c.req.valid('query');
    const reason = await reasonBySlug(ctx, asked.reason);
    if (!reason || reason.archived || !mayTake(ctx, reason.who)) {
      throw new Refusal('appointment.reason', 'unprocessable', { field: 'reason' });
    }
    const near = asked.near === undefined ? undefined : await nearNamed(ctx, asked.near);
    const window = readWindow(ctx, asked, mostDays);
    const found = await freeTimes(ctx, { reasonSlug: reason.slug, near, ...window, team: isTeam(ctx) });
    const words = (text: I18nText) => say(text, ctx.locale, ctx.territory.mainLanguage);
    const items = found.slice(0, mostItems).map((one) => ({
      helper: { id: one.helper.id, name: one.helper.name },
      site: one.site.slug,
      stop: one.stop ? `${one.stop.commune}, ${words(one.stop.place)}` : null,
      commune: one.site.commune,
      distance_km: one.distanceKm === null ? null : Math.round(one.distanceKm * 10) / 10,
      starts: one.starts.map((start) => toRfc3339(start, one.timeZone)),
    }));
    return answerTagged(c, { minutes: reason.minutes, items }) as never;
  });
}
