import type { Hono } from 'hono';
import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { requestHash, withIdempotency } from '../../core/idempotency.ts';
import { isUuid, newId } from '../../core/ids.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { limit } from '../../core/limits.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { findOrCreateOrganisation } from '../accounts/index.ts';
import { type Refused, refusedBy } from '../notices/index.ts';
import { foresee, giveToOrganisation, register } from '../registrations/index.ts';
import { registrationPath, titleOf } from '../tidings/index.ts';
import { partsOf, readable, type SessionView, seatsLeft, sessionFor, sessionsOfSeries } from '../timetable/index.ts';
import { askerOf, keepName } from '../visitors/index.ts';
import { enrolmentMessages } from './enrolment.messages.ts';
import { type EnrolmentForm, readEnrolment } from './form.input.ts';
import { EnrolmentPage } from './form.pages.tsx';

const path = '/:locale{fr|nl|en}/agenda/:ref{[2-9A-Za-z]{10}}/inscription';

/** A visitor fills in a form a few times an hour; a machine that holds everything meets this first. */
const perAddress = { name: 'registration.visitor', hits: 40, minutes: 60 };

type Wanted = { session: SessionView; dates: SessionView[]; parts: SessionView[] };

/** The session of an address, with all that is registered for together with it. */
async function wantedOf(c: Web): Promise<Wanted> {
  const { ctx } = c.var;
  const reference = c.req.param('ref') ?? '';
  const session = await sessionFor(ctx, reference, { back: `/${ctx.locale}/agenda/${reference}/inscription` });
  const all = await readable(ctx, await partsOf(ctx, session.id));
  const parts = all.filter((part) => part.status === 'published');
  const series = session.course && session.seriesId ? await sessionsOfSeries(ctx, session.seriesId) : [];
  const dates = series.filter(
    (date) => date.status === 'published' && (date.start > ctx.now || date.id === session.id),
  );
  return { session, dates, parts: parts.filter((part) => part.enrolment === 'seat') };
}

type Shown = { values: FormValues; errors?: FieldErrors; refused?: Refused; key?: string; status?: number };

function showForm(c: Web, wanted: Wanted, shown: Shown): Response {
  const { ctx } = c.var;
  const title = enrolmentMessages[ctx.locale].title(titleOf(ctx, wanted.session, ctx.locale));
  const view = {
    ctx,
    ...wanted,
    values: shown.values,
    errors: shown.errors ?? {},
    refused: shown.refused?.reasons ?? [],
    key: shown.key ?? newId(),
  };
  return page(c, { title, status: shown.status ?? 200 }, <EnrolmentPage view={view} />);
}

async function openForm(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const wanted = await wantedOf(c);
  const { pour } = readQuery(c);
  const values: FormValues = pour ? { pour, vient: 'on' } : {};
  try {
    // Nobody fills in a form for nothing.
    await foresee(ctx, wanted.session);
  } catch (error) {
    return showForm(c, wanted, { values, refused: refusedBy(ctx, error, wanted.session.timeZone) });
  }
  return showForm(c, wanted, { values });
}

async function postForm(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const wanted = await wantedOf(c);
  const values = await readForm(c);
  const key = isUuid(values.envoi ?? '') ? values.envoi! : newId();
  if (values.geste === 'ajouter') {
    const more = { ...values, lignes: String(Number(values.lignes) + 1), pour: 'famille' };
    return showForm(c, wanted, { values: more, key });
  }
  const form = readEnrolment(ctx, wanted.session, wanted.parts, values);
  if (!form.ok) return showForm(c, wanted, { values, errors: form.errors, status: 422, key });
  const left = fewerThan(wanted, form.data.attendees.length);
  if (left !== undefined && values.ensemble === undefined) {
    // Nobody lands on a waiting list while a seat is free without having been asked.
    const ensemble = enrolmentMessages[ctx.locale].tooFew(left, form.data.attendees.length);
    return showForm(c, wanted, { values, errors: { ensemble }, status: 422, key });
  }
  try {
    if (ctx.actor.kind !== 'person') await limit(ctx, perAddress, c.var.clientAddress);
    const done = await enrol(ctx, wanted, form.data, key);
    if (done.status === 'held') return seeOther(c, registrationPath(done.reference, 'confirmation'));
    const said = done.status === 'waiting' ? 'attente' : 'inscription';
    return seeOther(c, registrationPath(done.reference, '', undefined, { fait: said }));
  } catch (error) {
    const refused = refusedBy(ctx, error, wanted.session.timeZone);
    // What one box mends is said beside that box too.
    const consent = refused.reasons.find((reason) => reason.code === 'registration.consent');
    const errors: FieldErrors = consent ? { accord: consent.text } : {};
    const reasons = refused.reasons.filter((reason) => reason !== consent);
    return showForm(c, wanted, { values, errors, refused: { ...refused, reasons }, status: refused.status, key });
  }
}

/** The seats that are free where they are too few for all who come together; undefined where all sit, or all wait anyway. */
function fewerThan({ session, dates, parts }: Wanted, people: number): number | undefined {
  const left = seatsLeft(session);
  if (dates.length > 1 || parts.length > 0 || !left || session.seats === null) return undefined;
  return people > left && people <= session.seats ? left : undefined;
}

type Enrolled = { reference: string; status: string };

/** Registers what a form asks, once however often it is sent; changed and sent again, it is another request. */
async function enrol(ctx: Ctx, { session, parts }: Wanted, form: EnrolmentForm, key: string): Promise<Enrolled> {
  const hash = requestHash([session.id, form]);
  const answer = await withIdempotency(ctx, `inscription:${key}:${hash.slice(0, 16)}`, hash, async (inside) => {
    const { personId } = ctx.actor;
    await keepName(inside, form.nom);
    const wanted = form.organisation
      ? { name: form.organisation, country: inside.territory.country as 'FR', registration: undefined }
      : undefined;
    const organisationId = wanted && personId ? await findOrCreateOrganisation(inside, wanted) : undefined;
    // The parts chosen of an event, and the event itself where it has seats of its own.
    const whole = session.enrolment === 'seat' || parts.length === 0 || form.parts.length === 0;
    const { registrations, personId: who } = await register(inside, {
      sessionIds: [...(whole ? [session.id] : []), ...form.parts],
      kind: form.kind,
      person: askerOf(ctx, form),
      organisationId,
      attendees: form.attendees,
      answers: form.answers,
      consent: form.consent,
      note: form.note,
      channel: 'web',
    });
    const ids = registrations.map((one) => one.id);
    if (wanted && !personId) await giveToOrganisation(inside, ids, await findOrCreateOrganisation(inside, wanted, who));
    const first = registrations.find((one) => one.sessionId === session.id) ?? registrations[0]!;
    return { status: 201, body: { reference: first.reference, status: first.status } };
  });
  return answer.body as Enrolled;
}

/** Whether somebody is of the team that answers for a session. */
export const isTeamOf = (ctx: Ctx, session: SessionView): boolean => has(ctx.actor, 'team', session.site.id);

/** The form of a registration and its answer. */
export function formRoutes(app: Hono<Env>): void {
  app.get(path, openForm);
  app.post(path, postForm);
}
