import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { markAttendance, walkIn, withdrawWalkIn } from '../attendance/index.ts';
import { checkIn, markNoShow } from '../booking/index.ts';
import { addNote } from '../day/index.ts';
import { siteOf, standingMark } from './entries.store.ts';
import type { FieldEntry } from './entry.ts';

/** The site whose team a gesture concerns; null when what it is about is nowhere to be found. */
export async function siteOfEntry(ctx: Ctx, entry: FieldEntry): Promise<string | null> {
  switch (entry.kind) {
    case 'arrived':
    case 'absent':
      return siteOf(ctx, 'booking', entry.payload.booking);
    case 'mark':
      return siteOf(ctx, 'attendee', entry.payload.attendeeId);
    case 'walk_out':
      return siteOf(ctx, 'visit', entry.payload.visitId);
    default:
      return entry.payload.siteId;
  }
}

/**
 * Does what a gesture says, by the command a page would call, at the time it was made. `settled` is a person who looked and
 * decided: then a mark may replace another.
 */
export async function doEntry(ctx: Ctx, entry: FieldEntry, occurredAt: Date, settled = false): Promise<void> {
  switch (entry.kind) {
    case 'arrived':
      await checkIn(ctx, { booking: entry.payload.booking }, occurredAt);
      return;
    case 'absent':
      await markNoShow(ctx, { booking: entry.payload.booking });
      return;
    case 'mark': {
      const { seen, strokes, ...mark } = entry.payload;
      if (!settled) await refuseOther(ctx, entry.payload);
      const mode = strokes ? 'signature' : 'desk';
      await markAttendance(ctx, { ...mark, id: entry.id, mode, strokes, occurredAt });
      return;
    }
    case 'walk_in':
      await walkIn(ctx, { ...entry.payload, id: entry.id, occurredAt });
      return;
    case 'walk_out':
      await withdrawWalkIn(ctx, entry.payload.visitId);
      return;
    case 'note':
      await addNote(ctx, entry.payload, occurredAt);
  }
}

type Mark = Extract<FieldEntry, { kind: 'mark' }>['payload'];

/** Somebody else noted otherwise since the screen was read: two people must agree, no clock decides for them. */
async function refuseOther(ctx: Ctx, { attendeeId, halfDay, state, seen }: Mark): Promise<void> {
  const standing = await standingMark(ctx, attendeeId, halfDay);
  if (!standing || standing.state === state || standing.id === seen || standing.by === ctx.actor.personId) return;
  throw new Refusal(`field.already_${standing.state}`, 'conflict');
}
