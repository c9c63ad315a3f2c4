import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound } from '../../core/errors.ts';
import { isUuid, newId } from '../../core/ids.ts';
import { day, text, uuid } from '../../core/input.ts';
import { record } from '../../core/journal.ts';

export const noteSchema = z.object({ siteId: uuid, day, body: text(500) });
export type NoteInput = z.output<typeof noteSchema>;

/** Leaves a note for the team on a day of a site; returns its id. `writtenAt` where it was written down before it is sent. */
export function addNote(ctx: Ctx, input: NoteInput, writtenAt = ctx.now): Promise<string> {
  mustHave(ctx.actor, 'team', input.siteId);
  return atomically(ctx, async (inside) => {
    const id = newId();
    await inside.db
      .insertInto('day_note')
      .values({
        id,
        site_id: input.siteId,
        day: input.day,
        body: input.body,
        author_id: inside.actor.personId,
        created_at: writtenAt,
      })
      .execute();
    const data = { day: input.day };
    await record(inside, { kind: 'note.added', subjectKind: 'day_note', subjectId: id, occurredAt: writtenAt, data });
    return id;
  });
}

/** Says that a note was seen to, or takes it back; said twice, it is said once. */
export function markNote(ctx: Ctx, input: { noteId: string; done: boolean }): Promise<void> {
  return atomically(ctx, async (inside) => {
    const notes = inside.db.selectFrom('day_note').select(['id', 'site_id', 'done_at']);
    const note = isUuid(input.noteId)
      ? await notes.where('id', '=', input.noteId).forUpdate().executeTakeFirst()
      : undefined;
    if (!note) throw notFound();
    mustHave(inside.actor, 'team', note.site_id);
    if ((note.done_at !== null) === input.done) return;
    await inside.db
      .updateTable('day_note')
      .set({ done_at: input.done ? inside.now : null })
      .where('id', '=', note.id)
      .execute();
    const kind = input.done ? 'note.done' : 'note.reopened';
    await record(inside, { kind, subjectKind: 'day_note', subjectId: note.id });
  });
}
