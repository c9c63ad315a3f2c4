import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import * as input from '../../core/input.ts';
import { type Helper, helpers, type Reason, reasonBySlug } from '../presence/index.ts';
import type { AttendeeInput } from '../registrations/index.ts';
import { askerOf, ownShape, visitorShape } from '../visitors/index.ts';
import { type Spot, spotOf } from './appointments.store.ts';
import type { MakeInput } from './appointments.types.ts';

const time = z.object({
  raison: input.slug,
  qui: input.uuid,
  lieu: input.slug,
  arret: input.uuid.optional(),
  debut: input.instant,
});

/** One time of one helper at one place, for one reason. */
export type Chosen = { reason: Reason; helper: Helper; spot: Spot; start: Date; end: Date };

/** Reads the time an address or a form names; one that does not exist is a page that does not either. */
export async function readChosen(ctx: Ctx, values: input.FormValues): Promise<Chosen> {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const parsed = input.parse(time, given, ctx.locale);
  if (!parsed.ok) throw notFound();
  const { raison, qui, lieu, arret, debut } = parsed.data;
  const [reason, all, spot] = await Promise.all([
    reasonBySlug(ctx, raison),
    helpers(ctx),
    spotOf(ctx, lieu, arret ?? null),
  ]);
  const helper = all.find((one) => one.id === qui);
  if (!reason || reason.archived || !helper?.reasonIds.includes(reason.id) || !spot) throw notFound();
  return { reason, helper, spot, start: debut, end: new Date(debut.getTime() + reason.minutes * 60_000) };
}

const common = { personnes: input.whole(1, 20).default(1), precision: input.optionalText(300) };
const visitor = z.object({ ...common, ...visitorShape, telephone: input.optionalTelephone });
const signedIn = (ctx: Ctx) => z.object({ ...common, ...ownShape(ctx) });
const team = z.object({
  ...common,
  nom: input.text(120),
  telephone: input.optionalTelephone,
  email: input.optionalEmail,
  mandat: input.optionalText(120),
});
const forOther = z.object({ autre_nom: input.text(120), mandat: input.text(120) });

export type Whose = Pick<MakeInput, 'person' | 'attendees' | 'mandate' | 'note' | 'channel' | 'communeCode'> & {
  /** What whoever asks for themselves is called, as they wrote it. */
  ownName?: string | undefined;
};
/** Who fills in the form: the team for a caller, a relay for a resident, or one for oneself. */
export type Teller = { kind: 'team' } | { kind: 'relay'; communeCode: string } | { kind: 'self' };

/** Reads who comes and who takes it. */
export function readWhose(
  ctx: Ctx,
  values: input.FormValues,
  teller: Teller,
): { ok: true; data: Whose } | { ok: false; errors: input.FieldErrors } {
  if (teller.kind !== 'self') {
    const parsed = input.parse(team, values, ctx.locale);
    if (!parsed.ok) return parsed;
    const { nom, telephone, email, mandat, personnes, precision } = parsed.data;
    return {
      ok: true,
      data: {
        person: { name: nom, telephone, email, language: ctx.locale },
        attendees: people({ self: true }, personnes),
        mandate: mandat,
        note: precision,
        channel: teller.kind === 'relay' ? 'relay' : 'desk',
        ...(teller.kind === 'relay' ? { communeCode: teller.communeCode } : {}),
      },
    };
  }
  const own = ctx.actor.personId;
  const parsed = input.parse(own ? signedIn(ctx) : visitor, values, ctx.locale);
  const other = values.autre ? input.parse(forOther, values, ctx.locale) : undefined;
  const errors = { ...(parsed.ok ? {} : parsed.errors), ...(other && !other.ok ? other.errors : {}) };
  if (!parsed.ok || (other && !other.ok)) return { ok: false, errors };
  const form: z.output<ReturnType<typeof signedIn>> & Partial<Omit<z.output<typeof visitor>, 'nom'>> = parsed.data;
  const first: AttendeeInput = other?.ok ? { name: other.data.autre_nom } : { self: true };
  return {
    ok: true,
    data: {
      person: askerOf(ctx, form),
      attendees: people(first, form.personnes),
      mandate: other?.ok ? other.data.mandat : undefined,
      note: form.precision,
      channel: 'web',
      ownName: form.nom,
    },
  };
}

const people = (first: AttendeeInput, count: number): AttendeeInput[] => [
  first,
  ...Array.from({ length: count - 1 }, () => ({})),
];
