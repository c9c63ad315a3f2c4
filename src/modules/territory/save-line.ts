import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { lineColours } from '../../ui/components/line.tsx';
import {
  changedKeys,
  freeSlug,
  i18nFields,
  mustRunTerritory,
  namedOnce,
  refuseField,
  stale,
  textFrom,
} from '../setup/index.ts';

export const lineInput = (main: Locale) =>
  z.object({
    letter: z
      .string()
      .transform((value) => value.trim().toUpperCase())
      .pipe(z.string().min(1).max(2)),
    colour: z.enum(lineColours),
    /** What the line was when its form was opened: lines carry no version. */
    seen: z.string().optional(),
    ...i18nFields('name', 80, main),
  });
export type LineInput = z.output<ReturnType<typeof lineInput>>;

type Line = { id: string; letter: string; colour: string; name: object };

/** A line as one text, to see whether it has changed since a form was opened. */
export const lineMark = (line: Pick<Line, 'letter' | 'colour' | 'name'>): string =>
  JSON.stringify([line.letter, line.colour, Object.entries(line.name).sort()]);

/** Adds a line, or changes the one given. */
export function saveLine(ctx: Ctx, input: LineInput, slug?: string): Promise<void> {
  mustRunTerritory(ctx);
  const name = textFrom(input, 'name');
  if (!/^[A-Z0-9]{1,2}$/.test(input.letter)) throw refuseField('letter', 'territory.line_letter');
  return namedOnce(() =>
    atomically(ctx, async (inside) => {
      const all = await inside.db.selectFrom('line').selectAll().orderBy('id').forUpdate().execute();
      const known = slug === undefined ? undefined : all.find((line) => line.slug === slug);
      if (slug !== undefined && (!known || lineMark(known) !== input.seen)) throw stale();
      if (all.some((line) => line.letter === input.letter && line.id !== known?.id)) {
        throw refuseField('letter', 'territory.line_letter_taken', { letter: input.letter });
      }
      const values = { letter: input.letter, colour: input.colour, name: JSON.stringify(name) };
      const id = known?.id ?? newId();
      if (known) await inside.db.updateTable('line').set(values).where('id', '=', id).execute();
      else {
        const newSlug = freeSlug(say(name, ctx.territory.mainLanguage), new Set(all.map((line) => line.slug)));
        const rank = Math.max(0, ...all.map((line) => line.rank)) + 1;
        await inside.db
          .insertInto('line')
          .values({ id, slug: newSlug, rank, ...values })
          .execute();
      }
      const data = known ? { changed: changedKeys(known, { ...values, name }) } : {};
      await record(inside, {
        kind: known ? 'line.changed' : 'line.added',
        subjectKind: 'line',
        subjectId: id,
        data,
      });
    }),
  );
}
