import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal } from '../../core/errors.ts';
import { requestHash } from '../../core/idempotency.ts';
import { isUuid } from '../../core/ids.ts';
import { day, text, uuid, whole } from '../../core/input.ts';
import { explain } from '../../core/sentences.ts';
import { ageBands, markSchema } from '../attendance/index.ts';
import { doEntry, siteOfEntry } from './apply.ts';
import { entryOutcome, insertEntry, readEntry } from './entries.store.ts';

const booking = z.object({ booking: uuid });

/** What each gesture says, by its kind. */
const payloads = {
  arrived: booking,
  absent: booking,
  /** `seen` is the mark that stood on the screen when another was made. */
  mark: markSchema
    .pick({ attendeeId: true, halfDay: true, state: true, strokes: true })
    .extend({ seen: uuid.optional() }),
  walk_in: z.object({
    siteId: uuid,
    stopId: uuid.optional(),
    lineId: uuid.optional(),
    ageBand: z.enum(ageBands),
  }),
  walk_out: z.object({ visitId: uuid }),
  note: z.object({ siteId: uuid, day, body: text(500) }),
};

export type Kind = keyof typeof payloads;

/** What a phone's clock shows, which may be years wrong: one whose battery ran out begins again in 1970. */
const shown = z.iso.datetime({ offset: true }).transform((value) => new Date(value));

const head = { id: uuid, turn: whole(0, 1_000_000_000), occurredAt: shown };
const entryOf = <K extends Kind>(kind: K) =>
  z.object({ ...head, kind: z.literal(kind), payload: payloads[kind] as (typeof payloads)[K] });

/** One gesture, as the phone that made it sends it: `id` and `turn` were made there. */
export const entrySchema = z.discriminatedUnion('kind', [
  entryOf('arrived'),
  entryOf('absent'),
  entryOf('mark'),
  entryOf('walk_in'),
  entryOf('walk_out'),
  entryOf('note'),
]);

export type FieldEntry = z.output<typeof entrySchema>;

/** What a phone sends at once: whose gestures they are, and what its clock shows. */
export const batchSchema = z.object({
  who: uuid,
  sentAt: shown,
  entries: z.array(z.unknown()).max(20),
});

export type Outcome = 'done' | 'conflict' | 'refused';
/** `reasons` are kept as codes, to be said in the language of whoever reads them. */
type Kept = { siteId: string | null; reasons: { code: string; params: object }[]; payload?: object };
export type Answered = { id: string; outcome: Outcome; sentence?: string };

/** A clock this far off is corrected by what the server's showed when the phone sent. */
const skewMs = 120_000;
/** Nobody carries gestures for longer: an older one was noted before the clock was put right. */
const oldestMs = 62 * 86_400_000;

/**
 * When a gesture was made, as far as can be believed: never ahead of the server, and where its clock was plainly wrong the moment it
 * came in.
 */
function believed(ctx: Ctx, noted: Date, shiftMs: number): Date {
  const now = ctx.now.getTime();
  const at = noted.getTime() + shiftMs;
  return new Date(at > now || at < now - oldestMs ? now : at);
}

/**
 * Takes what a phone wrote down, in its order, each gesture in a transaction of its own. A gesture sent twice gets its first answer
 * again. What meets something else that was noted meanwhile is kept and told, never settled by itself.
 */
export async function receive(ctx: Ctx, batch: z.output<typeof batchSchema>): Promise<Answered[]> {
  if (batch.who !== ctx.actor.personId) throw new Refusal('field.somebody_else', 'forbidden');
  const skew = ctx.now.getTime() - batch.sentAt.getTime();
  const answers: Answered[] = [];
  for (const given of batch.entries) {
    const parsed = entrySchema.safeParse(given);
    const id = (given as { id?: unknown } | null)?.id;
    if (parsed.success) answers.push(await receiveEntry(ctx, parsed.data, Math.abs(skew) > skewMs ? skew : 0));
    else if (typeof id === 'string' && isUuid(id)) answers.push({ id, outcome: 'refused', sentence: malformed(ctx) });
  }
  return answers;
}

const malformed = (ctx: Ctx): string => explain(ctx, { code: 'field.malformed', params: {} }).text;

/** Takes one gesture; `shiftMs` puts right the clock it was noted by. */
export async function receiveEntry(ctx: Ctx, entry: FieldEntry, shiftMs = 0): Promise<Answered> {
  // Not the time: a form sent twice is one gesture.
  const hash = requestHash({ kind: entry.kind, turn: entry.turn, payload: entry.payload });
  const occurredAt = believed(ctx, entry.occurredAt, shiftMs);
  return atomically(ctx, async (inside) => {
    const mine = await insertEntry(inside, { ...entry, occurredAt }, hash);
    if (!mine) return firstAnswer(inside, entry.id, hash);
    const siteId = await siteOfEntry(inside, entry);
    const refusal = await refusalOf(() => atomically(inside, (work) => doEntry(work, entry, occurredAt)));
    const outcome = !refusal ? 'done' : ['conflict', 'stale'].includes(refusal.kind) ? 'conflict' : 'refused';
    const kept: Kept = { siteId, reasons: (refusal?.reasons ?? []).map(({ code, params }) => ({ code, params })) };
    // What a person will have to settle must not be lost with the phone; what is done needs no second copy.
    if (outcome !== 'done') kept.payload = entry.payload;
    await entryOutcome(inside, entry.id, outcome, kept);
    return said(inside, entry.id, outcome, kept);
  });
}

async function refusalOf(work: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The same gesture again gets what it got; another under its name, or somebody else's, is refused. */
async function firstAnswer(ctx: Ctx, id: string, hash: string): Promise<Answered> {
  const known = await readEntry(ctx, id);
  if (!known || known.person_id !== ctx.actor.personId || known.request_hash !== hash) {
    return { id, outcome: 'refused', sentence: explain(ctx, { code: 'field.other_entry', params: {} }).text };
  }
  return said(ctx, id, known.outcome, known.answer as Kept);
}

function said(ctx: Ctx, id: string, outcome: Outcome, kept: Kept): Answered {
  if (outcome === 'done') return { id, outcome };
  return { id, outcome, sentence: kept.reasons.map((reason) => reasonText(ctx, reason)).join(' ') };
}

/** One kept reason in the reader's words; instants come back from JSON as text. */
export function reasonText(ctx: Ctx, { code, params }: Kept['reasons'][number]): string {
  const back = Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? new Date(value) : value,
    ]),
  );
  return explain(ctx, { code, params: back }).text;
}
