import { z } from 'zod';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import type { Locale } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { claim, i18nFields, mustRunSite, type Owner, refuseField, textFrom, version } from '../setup/index.ts';

export const pictureInput = (main: Locale) => z.object({ version, ...i18nFields('alt', 300, main) });
export type PictureInput = z.output<ReturnType<typeof pictureInput>>;

/** Gives a place, a space or a thing its photo, in words too; without a new picture, only the words change. */
export async function setPicture(
  ctx: Ctx,
  owner: Owner,
  input: PictureInput,
  bytes: Uint8Array | undefined,
): Promise<void> {
  mustRunSite(ctx, owner.siteId);
  // Outside the transaction: drawing takes time, and a file nobody points at does no harm.
  const kept = bytes && (await ctx.files.keepPicture(bytes));
  await atomically(ctx, async (inside) => {
    await claim(inside, owner.kind, owner.id, input.version);
    const before = await inside.db
      .selectFrom(owner.kind)
      .leftJoin('file as f', 'f.id', 'photo_id')
      .select(['f.sha256', 'f.media_type', 'f.byte_size', 'f.width', 'f.height'])
      .where(`${owner.kind}.id`, '=', owner.id)
      .executeTakeFirstOrThrow();
    const picture = kept
      ? {
          sha256: kept.sha256,
          media_type: kept.mediaType,
          byte_size: kept.byteSize,
          width: kept.width,
          height: kept.height,
        }
      : before;
    if (!picture.sha256 || !picture.media_type) throw refuseField('photo', 'sites.photo_missing');
    const id = newId();
    await inside.db
      .insertInto('file')
      .values({
        id,
        sha256: picture.sha256,
        media_type: picture.media_type,
        byte_size: picture.byte_size ?? 0,
        width: picture.width,
        height: picture.height,
        created_at: ctx.now,
        alt: JSON.stringify(textFrom(input, 'alt')),
      })
      .execute();
    await inside.db.updateTable(owner.kind).set({ photo_id: id }).where('id', '=', owner.id).execute();
    await record(inside, {
      kind: `${owner.kind}.photo_changed`,
      subjectKind: owner.kind,
      subjectId: owner.id,
      data: { fileId: id },
    });
  });
}

/** Takes the photo away; the drawing with the line's letter comes back. */
export async function removePicture(ctx: Ctx, owner: Owner, seen: number): Promise<void> {
  mustRunSite(ctx, owner.siteId);
  await atomically(ctx, async (inside) => {
    await claim(inside, owner.kind, owner.id, seen);
    await inside.db.updateTable(owner.kind).set({ photo_id: null }).where('id', '=', owner.id).execute();
    await record(inside, { kind: `${owner.kind}.photo_removed`, subjectKind: owner.kind, subjectId: owner.id });
  });
}
