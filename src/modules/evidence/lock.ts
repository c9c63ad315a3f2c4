import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { Refusal, sqlState } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { optionalText, text } from '../../core/input.ts';
import { record } from '../../core/journal.ts';
import { strokesSchema } from '../attendance/index.ts';
import { keepNames, keepUntil } from './evidence.rules.ts';
import type { Subject } from './evidence.types.ts';
import { figuresOf, hashOf, monthSpan, paperOf, sheetPdf } from './paper.ts';
import { standingOf } from './read.ts';
import { dayBefore, editionsOf, insertSheet, sheetById, writeHash } from './sheet.store.ts';

export const lockSchema = z.object({
  /** Who countersigns, as it is to be read. */
  name: text(120),
  strokes: strokesSchema.optional(),
  /** Why there is a new edition: needed from the second one on. */
  reason: optionalText(300),
});

export type LockInput = z.output<typeof lockSchema> & {
  subject: Subject;
  /** The edition that stood on the page of whoever locks; 0 where there was none. */
  after: number;
};

/**
 * Countersigns a sheet and locks it: its rows, its words and the fingerprint of its document never change again. A correction is a
 * new edition, with its reason; the former is kept. Returns the sheet's id.
 */
export async function lockSheet(ctx: Ctx, input: LockInput): Promise<string> {
  try {
    return await atomically(ctx, (inside) => lock(inside, input));
  } catch (error) {
    // Somebody locked it in the same instant: what they signed is to be read first.
    if (sqlState(error) === '23505') throw new Refusal('evidence.already', 'stale');
    throw error;
  }
}

async function lock(ctx: Ctx, input: LockInput): Promise<string> {
  const { subject, name, reason = null } = input;
  const { about, siteId, rows, over } = await standingOf(ctx, subject);
  mustHave(ctx.actor, 'team', siteId);
  if (ctx.now < over) throw new Refusal('evidence.not_over', 'conflict', { end: over });
  const [last] = await editionsOf(ctx, subject);
  if ((last?.edition ?? 0) !== input.after) throw new Refusal('evidence.already', 'stale');
  if (last && !reason) throw new Refusal('evidence.reason', 'unprocessable');
  const former = last && (await sheetById(ctx, last.id));
  const kept = keepNames(rows, former);
  const id = newId();
  const edition = (last?.edition ?? 0) + 1;
  // A correction keeps nobody's name longer.
  const keep = last?.keepUntil ?? keepUntil(dayOf(ctx.now, about.timeZone));
  const replaces = last ? { edition: last.edition, reason: reason! } : null;
  const month = 'month' in subject ? monthSpan(subject.month) : null;
  const sheet = {
    id,
    siteId,
    sessionId: 'sessionId' in subject ? subject.sessionId : null,
    periodStart: month?.first ?? null,
    number: about.number,
    edition,
    operation: about.operation,
    rows: kept,
    totals: {
      figures: figuresOf(kept),
      paper: paperOf(ctx, about, kept, { edition, at: ctx.now, by: name, replaces, keepUntil: keep }),
    },
    countersignedName: name,
    countersignature: input.strokes ?? null,
    lockedAt: ctx.now,
    keepUntil: keep,
    reason: last ? reason : null,
  };
  await insertSheet(ctx, sheet, month && dayBefore(month.next));
  // From what is kept, as it will be read each time it is opened.
  const fileHash = hashOf(await sheetPdf((await sheetById(ctx, id))!));
  await writeHash(ctx, id, fileHash);
  await record(ctx, {
    kind: last ? 'sheet.corrected' : 'sheet.locked',
    subjectKind: 'attendance_sheet',
    subjectId: id,
    reason: last ? reason : null,
    data: { sessionId: sheet.sessionId, number: about.number, edition, fileHash },
  });
  return id;
}
