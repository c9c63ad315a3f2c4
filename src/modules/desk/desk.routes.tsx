import type { Hono } from 'hono';
import { z } from 'zod';
import { addDays, addMinutes, instantOf, isDay, isLocalTime, wholeDay } from '../../core/clock.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { locales } from '../../core/i18n.ts';
import { requestHash, withIdempotency } from '../../core/idempotency.ts';
import { isUuid, newId } from '../../core/ids.ts';
import {
  checkbox,
  type FormValues,
  instant,
  optionalEmail,
  optionalTelephone,
  optionalText,
  parse,
  text,
  whole,
} from '../../core/input.ts';
import { explain } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Booker, canOverride, checkOnly, reserve, resolveRules } from '../booking/index.ts';
import { dayFrom, enterSite, type Pen, refusalOf } from '../day/index.ts';
import { freedom } from '../finding/index.ts';
import { deskMessages } from './desk.messages.ts';
import { BookPage, OffersPage } from './desk.pages.tsx';
import { endsOf, type Lengths, stretchesOf } from './desk.rules.ts';
import { bookablesOf, findKnown, knownById } from './desk.store.ts';
import type { Bookable, DeskForm, Known, Offer } from './desk.types.ts';
import { organisationAtDesk, readOrganisation } from './organisation.ts';

/** Somebody is at the desk, or on the telephone: this long before the start one may be there already. */
const earlyMinutes = 60;

const whoSchema = z.object({
  nom: text(120),
  telephone: optionalTelephone,
  courriel: optionalEmail,
});

const restSchema = z.object({
  personnes: whole(1, 10_000).default(1),
  objet: optionalText(500),
  langue: z.enum(locales).optional(),
  deja: checkbox,
  option: z.string().optional(),
  malgre: optionalText(500),
});

/** The desk: what is free, for whom, done. */
export function deskRoutes(app: Hono<Env>): void {
  app.get('/:locale/equipe/:site/accueil', async (c) => {
    const pen = await enterSite(c);
    const query = readQuery(c);
    const chosen = query['ressource'] && query['debut'] ? await chosenFrom(pen, query) : undefined;
    if (!chosen) return showOffers(c, pen, query);
    const values: FormValues = { personnes: query['personnes'] ?? '1' };
    if (chosen.start <= pen.ctx.now) values['deja'] = 'on';
    return showForm(c, pen, chosen, { values, reasons: await foreseen(pen, chosen, Number(values['personnes']) || 1) });
  });

  app.post('/:locale/equipe/:site/accueil', async (c) => {
    const pen = await enterSite(c);
    const form = await readForm(c);
    const chosen = await chosenFrom(pen, form);
    if (!chosen) throw notFound();
    if (form['geste'] === 'chercher') {
      const wanted = [form['courriel'], form['nom'], form['telephone']].find((value) => value?.trim()) ?? '';
      const { personne: _, ...values } = form;
      return showForm(c, pen, chosen, { values, known: await findKnown(pen.ctx, pen.site.id, wanted) });
    }
    return book(c, pen, chosen, form);
  });
}

type Chosen = { bookable: Bookable; lengths: Lengths; start: Date; end: Date; ends: Date[] };

async function offersOf(pen: Pen, day: string, people: number, time = '00:00'): Promise<Offer[]> {
  const rows = await bookablesOf(pen.ctx, pen.site.id);
  const bookables = rows.filter((row) => row.capacity * row.units >= people);
  const span = wholeDay(day, pen.site.time_zone);
  const found = await freedom(pen.ctx, {
    resourceIds: bookables.map((one) => one.resource_id),
    from: span.start,
    to: addMinutes(span.end, 60),
    people,
  });
  const wanted = instantOf(day, time, pen.site.time_zone);
  const from = wanted < pen.ctx.now ? pen.ctx.now : wanted;
  return bookables.map((bookable) => {
    const rules = resolveRules({
      preset: bookable.preset,
      site: bookable.site_rules,
      space: bookable.space_rules,
      resource: bookable.rules,
    });
    const lengths: Lengths = {
      stepMinutes: bookable.step_minutes,
      minMinutes: rules.minMinutes,
      maxMinutes: rules.maxMinutes,
      gapMinutes: bookable.gap,
    };
    const stretches = stretchesOf(found.get(bookable.resource_id)!, from, lengths);
    return { bookable, lengths, stretches: stretches.filter((stretch) => stretch.start < span.end) };
  });
}

async function showOffers(c: Web, pen: Pen, query: FormValues): Promise<Response> {
  const asked = dayFrom(pen, query['jour']);
  const day = asked < pen.today ? pen.today : asked;
  const people = Math.min(10_000, Math.max(1, Math.trunc(Number(query['personnes'] ?? 1)) || 1));
  const from = isLocalTime(query['de'] ?? '') ? query['de'] : undefined;
  const offers = await offersOf(pen, day, people, from);
  const only = offers.filter((offer) => offer.bookable.resource_slug === query['ressource']);
  return page(
    c,
    { title: deskMessages[pen.ctx.locale].title, wide: true },
    <OffersPage
      pen={pen}
      day={day}
      people={people}
      offers={only.length > 0 ? only : offers}
      letter={query['ligne'] ?? ''}
      from={from ?? ''}
    />,
  );
}

/** What an address or a form names: a thing of this site, from when to when; the end may be left to us. */
async function chosenFrom(pen: Pen, values: FormValues): Promise<Chosen | undefined> {
  const from = instant.safeParse(values['debut']);
  if (!from.success) return undefined;
  const start = from.data;
  const people = Math.max(1, Math.trunc(Number(values['personnes'] ?? 1)) || 1);
  const day = pen.f.isoDay(start);
  const offer = (await offersOf(pen, day, 1)).find((one) => one.bookable.resource_slug === values['ressource']);
  if (!offer) return undefined;
  const { bookable, lengths, stretches } = offer;
  const stretch = stretches.find((one) => one.start <= start && start < one.end);
  const ends = stretch && people >= 1 ? endsOf({ start, end: stretch.end }, lengths, 6) : [];
  const to = instant.safeParse(values['fin']);
  const hour = ends.find((end) => end.getTime() - start.getTime() >= 3_600_000);
  const end = to.success ? to.data : (hour ?? ends.at(-1) ?? addMinutes(start, Math.max(60, lengths.minMinutes)));
  return { bookable, lengths, start, end, ends };
}

/** Why it would be refused to anybody, seen before a name is given: who may book is only known then. */
async function foreseen(pen: Pen, chosen: Chosen, people: number): Promise<DeskForm['reasons']> {
  const { ctx } = pen;
  try {
    const reasons = await checkOnly(ctx, {
      items: [{ resourceId: chosen.bookable.resource_id, start: chosen.start, end: chosen.end }],
      people,
      person: { name: '–' },
      channel: 'desk',
    });
    return reasons
      .flat()
      .filter((reason) => !reason.code.startsWith('booking.who_'))
      .map((reason) => explain(ctx, reason, { timeZone: pen.site.time_zone }));
  } catch (error) {
    return refusalOf(pen, error).reasons;
  }
}

type Shown = {
  values: FormValues;
  errors?: DeskForm['errors'];
  reasons?: DeskForm['reasons'];
  known?: Known[];
  status?: number;
};

function showForm(c: Web, pen: Pen, chosen: Chosen, shown: Shown): Response {
  const { values, errors = {}, reasons = [], known, status } = shown;
  const { now } = pen.ctx;
  const given = values['cle'] ?? '';
  const form: DeskForm = {
    ...chosen,
    values,
    errors,
    reasons,
    passable: reasons.every(({ code }) => canOverride({ code, params: {} })),
    known,
    key: isUuid(given) ? given : newId(),
    canBeHere: chosen.start <= addMinutes(now, earlyMinutes) && chosen.end > now,
  };
  const title = `${pen.say(chosen.bookable.resource)}, ${pen.f.range(chosen.start, chosen.end)}`;
  return page(c, { title, ...(status ? { status } : {}) }, <BookPage pen={pen} form={form} />);
}

async function book(c: Web, pen: Pen, chosen: Chosen, form: FormValues): Promise<Response> {
  const { ctx, site } = pen;
  const words = deskMessages[ctx.locale];
  const known =
    form['personne'] && isUuid(form['personne']) ? await knownById(ctx, site.id, form['personne']) : undefined;
  const who = known ? undefined : parse(whoSchema, form, ctx.locale);
  const rest = parse(restSchema, form, ctx.locale);
  const { named, errors: unnamed } = readOrganisation(form, ctx.locale);
  const errors = { ...(who && !who.ok ? who.errors : {}), ...unnamed, ...(rest.ok ? {} : rest.errors) };
  const optionUntil = optionEnd(pen, chosen, form['option']);
  if (form['option'] && !optionUntil) errors['option'] = words.optionPast;
  if (optionUntil && form['deja']) errors['deja'] = words.optionAndHere;
  const shown: Shown = { values: form, errors, status: 422, ...(known ? { known: [known] } : {}) };
  if (Object.keys(errors).length > 0 || !rest.ok) return showForm(c, pen, chosen, shown);
  const { personnes, objet, langue, deja, malgre } = rest.data;
  const person: Booker = known
    ? { id: known.id }
    : {
        name: who?.ok ? who.data.nom : '',
        email: who?.ok ? who.data.courriel : undefined,
        telephone: who?.ok ? who.data.telephone : undefined,
        language: langue,
      };
  try {
    const key = `desk:${isUuid(form['cle'] ?? '') ? form['cle'] : newId()}`;
    const hash = requestHash(form);
    const answer = await withIdempotency(ctx, `${key}:${hash.slice(0, 16)}`, hash, async (inside) => {
      const reserved = await reserve(inside, {
        items: [{ resourceId: chosen.bookable.resource_id, start: chosen.start, end: chosen.end }],
        people: personnes,
        person,
        organisationId: named && (await organisationAtDesk(inside, named)),
        purpose: objet,
        channel: 'desk',
        optionUntil,
        arrived: deja && chosen.start <= addMinutes(ctx.now, earlyMinutes) && chosen.end > ctx.now,
        override: malgre ? { reason: malgre } : undefined,
      });
      return { status: 303, body: { reference: reserved.bookings[0]!.reference } };
    });
    const { reference } = answer.body as { reference: string };
    return seeOther(c, `/equipe/${site.slug}/reservations/${reference}/ticket?nouveau=oui`);
  } catch (error) {
    const { reasons, status, refusal } = refusalOf(pen, error);
    // What was only taken meanwhile is not a fault of the form.
    if (refusal instanceof Refusal) return showForm(c, pen, chosen, { ...shown, reasons, status });
    throw error;
  }
}

/** The end of the last day an option holds, never past the booking's own start. */
function optionEnd(pen: Pen, { start }: Chosen, day: string | undefined): Date | undefined {
  if (!day || !isDay(day) || day < pen.today || day > pen.f.isoDay(start)) return undefined;
  const end = instantOf(addDays(day, 1), '00:00', pen.site.time_zone);
  const until = end < start ? end : start;
  return until > pen.ctx.now ? until : undefined;
}
