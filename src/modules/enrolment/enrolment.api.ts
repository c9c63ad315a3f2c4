import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { optionalEmail, optionalText, text } from '../../core/input.ts';
import { problems } from '../../core/rest.ts';
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
import {
  type AttendeeInput,
  cancelRegistration,
  type RegistrationState,
  type RegistrationView,
  register,
  registrationByReference,
  registrationsByIds,
} from '../registrations/index.ts';
import { type SessionView, sessionFor, sessionsByIds } from '../timetable/index.ts';

const registrationSchema = z
  .object({
    id: z.string(),
    reference: z.string().openapi({ example: 'K7MQ2XW9PA' }),
    session: z.string().openapi({ description: 'Reference of the session' }),
    status: z.string().openapi({
      example: 'registered',
      description: 'registered, waiting, offered, held, invited or cancelled',
    }),
    rank: z.number().int().optional().openapi({ description: 'Which one waits: 1 is next' }),
    version: z.number().int(),
  })
  .openapi('Registration');

const createSchema = z
  .object({
    people: z
      .array(
        z.object({
          name: text(120),
          email: optionalEmail.openapi({
            type: 'string',
            description: 'Of the person who answers for them: one’s own, or anybody’s for the team',
          }),
          birth_year: z.number().int().min(1900).max(2200).optional(),
          tariff: optionalText(60).openapi({ type: 'string' }),
        }),
      )
      .min(1)
      .max(200)
      .openapi({ description: 'All of them sit, or all of them wait' }),
    answers: z.record(z.string().max(60), text(300)).optional(),
    consent: z.boolean().optional().openapi({ description: 'A parent or guardian agrees that the minors come' }),
    note: optionalText(300).openapi({ type: 'string' }),
  })
  .openapi('NewRegistration');

type Create = z.output<typeof createSchema>;

const answers = answersWith(registrationSchema);

const createRegistration = createRoute({
  method: 'post',
  path: '/sessions/{id}/registrations',
  summary: 'Register people for a session; where it is full they wait, and `rank` says where',
  security,
  request: {
    params: idParam,
    headers: keyHeader,
    body: jsonBody(createSchema),
  },
  responses: { 201: answers('Registered, or waiting'), ...problems },
});

const cancelRoute = createRoute({
  method: 'post',
  path: '/registrations/{id}/cancellation',
  summary: 'Give the seats back; they are offered to whoever is next',
  security,
  request: { params: idParam, headers: ifMatch },
  responses: { 200: answers('The registration as it is now'), ...problems },
});

const toJson = (state: RegistrationState, session: SessionView): z.output<typeof registrationSchema> => ({
  id: state.id,
  reference: state.reference,
  session: session.reference,
  status: state.status,
  ...(state.rank === null ? {} : { rank: state.rank }),
  version: state.version,
});

/** Who answers for the registration: the holder of the token, or for the team whoever comes first in the list. */
function asked(ctx: Ctx, session: SessionView, input: Create) {
  const { actor } = ctx;
  const [first] = input.people;
  if (has(actor, 'team', session.site.id)) {
    const mine = first!.email !== undefined && first!.email === actor.email;
    const person = mine ? { id: actor.personId! } : { name: first!.name, email: first!.email };
    return { person, self: 0 };
  }
  const own = input.people.findIndex((one) => one.email !== undefined && one.email === actor.email);
  const named = input.people.findIndex((one) => one.name.toLowerCase() === actor.name.toLowerCase());
  return { person: { id: actor.personId! }, self: own >= 0 ? own : named };
}

async function create(c: Web, input: Create): Promise<Response> {
  const { ctx } = c.var;
  const session = await sessionFor(ctx, c.req.param('id') ?? '');
  const { person, self } = asked(ctx, session, input);
  const attendees = input.people.map(
    (one, index): AttendeeInput => ({
      ...(index === self ? { self: true } : { name: one.name }),
      birthYear: one.birth_year,
      tariff: one.tariff,
    }),
  );
  const work = async (inside: Ctx) => {
    const { registrations } = await register(inside, {
      sessionIds: [session.id],
      kind: attendees.length === 1 && self === 0 ? 'self' : 'household',
      person,
      attendees,
      answers: input.answers,
      consent: input.consent,
      note: input.note,
      channel: 'api',
    });
    const state = registrations.find((one) => one.sessionId === session.id)!;
    return { status: 201, body: toJson(state, session) };
  };
  const done = await onceForKey(c, [session.id, input], work);
  const said = done.body as z.output<typeof registrationSchema>;
  c.header('ETag', `"${said.version}"`);
  return c.json(said, 201);
}

/** One's own registration, or one of a session of the team; another's is not there. */
async function ownOne(ctx: Ctx, idOrReference: string): Promise<{ view: RegistrationView; session: SessionView }> {
  const view = isUuid(idOrReference)
    ? (await registrationsByIds(ctx, [idOrReference]))[0]
    : await registrationByReference(ctx, idOrReference);
  const [session] = view ? await sessionsByIds(ctx, [view.sessionId]) : [];
  if (!view || !session) throw notFound();
  if (view.person.id !== ctx.actor.personId && !has(ctx.actor, 'team', session.site.id)) throw notFound();
  return { view, session };
}

/** Registrations by REST: the same commands as the pages, for the holder of the token. */
export function enrolmentApi(app: OpenAPIHono<Env>): void {
  app.use('/sessions/:id/registrations', scoped);
  app.use('/registrations/*', scoped);
  app.openapi(createRegistration, async (c) => (await create(c, c.req.valid('json'))) as never);
  app.openapi(cancelRoute, async (c) => {
    const { ctx } = c.var;
    const { view, session } = await ownOne(ctx, c.req.valid('param').id);
    const state = await cancelRegistration(ctx, { registration: view.id, ...versionOf(c) });
    c.header('ETag', `"${state.version}"`);
    return c.json(toJson(state, session), 200) as never;
  });
}
