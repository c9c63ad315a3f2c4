import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { instant, optionalText, slug } from '../../core/input.ts';
import { cutPage, hasAlready, pageOf, pageQuery, problems, readCursor } from '../../core/rest.ts';
import {
  answersWith,
  idParam,
  ifMatch,
  jsonBody,
  keyHeader,
  onceForKey,
  scoped,
  security,
  versionOf,
} from '../../core/rest-own.ts';
import type { Env, Web } from '../../core/web.ts';
import { cancel, checkIn, move, reserve } from '../booking/index.ts';
import { type BookingView, listOf, resourceView, stateOf, viewByReference, viewsByIds } from '../notices/index.ts';

const bookingSchema = z
  .object({
    id: z.string(),
    reference: z.string().openapi({ example: 'K7MQ2XW9PA' }),
    status: z.string().openapi({
      example: 'confirmed',
      description: 'requested, held, option, expired, confirmed, checked_in, done, cancelled, displaced or no_show',
    }),
    resource: z.string().openapi({ description: 'Slug of what is booked' }),
    site: z.string(),
    start: z.string().openapi({ example: '2026-11-24T09:00:00+01:00' }),
    end: z.string(),
    people: z.number().int(),
    purpose: z.string().nullable(),
    organisation: z.string().nullable(),
    version: z.number().int().openapi({ description: 'Give it back in If-Match to be told of a change in between' }),
    created_at: z.string(),
  })
  .openapi('Booking');

const createSchema = z
  .object({
    resource: slug,
    start: instant.openapi({ type: 'string', format: 'date-time' }),
    end: instant.openapi({ type: 'string', format: 'date-time' }),
    people: z.number().int().min(1).max(10_000).default(1),
    purpose: optionalText(500).openapi({ type: 'string' }),
  })
  .openapi('NewBooking');

const moveBody = z
  .object({
    resource: slug.optional(),
    start: instant.optional().openapi({ type: 'string', format: 'date-time' }),
    end: instant.optional().openapi({ type: 'string', format: 'date-time' }),
    people: z.number().int().min(1).max(10_000).optional(),
  })
  .openapi('Move');

const cancelBody = z.object({ reason: optionalText(500).openapi({ type: 'string' }) }).openapi('Cancellation');

/** A booking as the API says it: times with the offset of the place. */
function toJson(ctx: Ctx, view: BookingView): z.output<typeof bookingSchema> {
  const { timeZone, slug: site } = view.resource.site;
  return {
    id: view.id,
    reference: view.reference,
    status: stateOf(view, ctx.now),
    resource: view.resource.slug,
    site,
    start: toRfc3339(view.start, timeZone),
    end: toRfc3339(view.end, timeZone),
    people: view.people,
    purpose: view.purpose,
    organisation: view.organisation,
    version: view.version,
    created_at: toRfc3339(view.createdAt, timeZone),
  };
}

const answers = answersWith(bookingSchema);

const createBooking = createRoute({
  method: 'post',
  path: '/bookings',
  summary: 'Book',
  security,
  request: { headers: keyHeader, body: jsonBody(createSchema) },
  responses: { 201: answers('Booked, or requested where the team must approve'), ...problems },
});
const listBookings = createRoute({
  method: 'get',
  path: '/bookings',
  summary: 'One’s own bookings, the newest first',
  security,
  request: { query: z.object(pageQuery) },
  responses: {
    200: { description: 'A page', content: { 'application/json': { schema: pageOf(bookingSchema) } } },
    ...problems,
  },
});
const readBooking = createRoute({
  method: 'get',
  path: '/bookings/{id}',
  summary: 'One booking of one’s own',
  security,
  request: { params: idParam },
  responses: { 200: answers('The booking; its ETag is its version'), ...problems },
});
const change = (path: 'cancellation' | 'move' | 'check-in', summary: string, schema?: z.ZodType) =>
  createRoute({
    method: 'post',
    path: `/bookings/{id}/${path}`,
    summary,
    security,
    request: { params: idParam, headers: ifMatch, ...(schema ? { body: jsonBody(schema, false) } : {}) },
    responses: { 200: answers('The booking as it is now'), ...problems },
  });

/** One's own booking; another's is not there. */
async function own(ctx: Ctx, idOrReference: string): Promise<BookingView> {
  const view = isUuid(idOrReference)
    ? (await viewsByIds(ctx, [idOrReference]))[0]
    : await viewByReference(ctx, idOrReference);
  if (!view || view.person.id !== ctx.actor.personId) throw notFound();
  return view;
}

const tagOf = (view: BookingView): string => `"${view.version}"`;

function answer(c: Web, view: BookingView, status: 200 | 201 = 200): Response {
  const { ctx } = c.var;
  c.header('ETag', tagOf(view));
  c.header('Cache-Control', 'private, no-cache');
  return c.json(toJson(ctx, view), status);
}

async function reread(c: Web, id: string): Promise<Response> {
  const [view] = await viewsByIds(c.var.ctx, [id]);
  if (!view) throw notFound();
  return answer(c, view);
}

async function create(c: Web, input: z.output<typeof createSchema>): Promise<Response> {
  const { ctx } = c.var;
  const resource = await resourceView(ctx, input.resource, input.start, input.end);
  if (!resource || resource.archived) throw notFound();
  const work = async (inside: Ctx) => {
    const { bookings } = await reserve(inside, {
      items: [{ resourceId: resource.id, start: input.start, end: input.end }],
      people: input.people,
      person: { id: ctx.actor.personId! },
      purpose: input.purpose,
      channel: 'api',
    });
    const [view] = await viewsByIds(inside, [bookings[0]!.id]);
    return { status: 201, body: toJson(ctx, view!) };
  };
  const done = await onceForKey(c, input, work);
  const said = done.body as z.output<typeof bookingSchema>;
  c.header('Location', `${ctx.publicUrl}/api/v1/bookings/${said.id}`);
  c.header('ETag', `"${said.version}"`);
  return c.json(said, 201);
}

/** Bookings by REST: the same commands as the pages, for the holder of the token. */
export function reservationsApi(app: OpenAPIHono<Env>): void {
  app.use('/bookings/*', scoped);
  // Many clients announce JSON and send nothing: nothing is what they mean.
  app.use('/bookings/:id/:gesture', async (c, next) => {
    if (c.req.method === 'POST' && (await c.req.text()) === '') {
      const headers = new Headers(c.req.raw.headers);
      headers.delete('content-type');
      c.req.raw = new Request(c.req.url, { method: 'POST', headers });
    }
    await next();
  });
  app.openapi(createBooking, async (c) => create(c, c.req.valid('json')) as never);
  app.openapi(listBookings, async (c) => {
    const { ctx } = c.var;
    const { cursor, limit } = c.req.valid('query');
    const before = readCursor(cursor);
    if (before !== undefined && !isUuid(before)) throw new Refusal('request.cursor', 'unprocessable');
    const { items, next } = cutPage(
      await listOf(ctx, ctx.actor.personId!, before, limit + 1),
      limit,
      (view) => view.id,
    );
    return c.json({ items: items.map((view) => toJson(ctx, view)), next }, 200);
  });
  app.openapi(readBooking, async (c) => {
    const view = await own(c.var.ctx, c.req.valid('param').id);
    if (hasAlready(c, tagOf(view))) return c.body(null, 304) as never;
    return answer(c, view) as never;
  });
  app.openapi(change('cancellation', 'Cancel', cancelBody), async (c) => {
    const view = await own(c.var.ctx, c.req.valid('param').id);
    const { reason } = (c.req.valid('json' as never) ?? {}) as z.output<typeof cancelBody>;
    await cancel(c.var.ctx, { booking: view.id, ...versionOf(c), reason });
    return (await reread(c, view.id)) as never;
  });
  app.openapi(change('move', 'Move, shorten or lengthen', moveBody), async (c) => {
    const { ctx } = c.var;
    const view = await own(ctx, c.req.valid('param').id);
    const to = (c.req.valid('json' as never) ?? {}) as z.output<typeof moveBody>;
    const resource = to.resource ? await resourceView(ctx, to.resource, view.start, view.end) : undefined;
    if (to.resource && !resource) throw notFound();
    const { start, end, people } = to;
    await move(ctx, { booking: view.id, ...versionOf(c), resourceId: resource?.id, start, end, people });
    return (await reread(c, view.id)) as never;
  });
  app.openapi(change('check-in', 'Say that one has arrived'), async (c) => {
    const view = await own(c.var.ctx, c.req.valid('param').id);
    await checkIn(c.var.ctx, { booking: view.id, ...versionOf(c) });
    return (await reread(c, view.id)) as never;
  });
}
