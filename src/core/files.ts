import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { Refusal } from './errors.ts';
import { newId } from './ids.ts';

/** The widths a picture is kept in; a smaller picture is never enlarged. */
export const pictureSizes = [1200, 400] as const;
export type PictureSize = (typeof pictureSizes)[number];

export const maxPictureBytes = 10 * 1024 * 1024;
const maxPixels = 40_000_000;

/** A picture as it is kept; `sha256` names it for ever. */
export type Stored = { sha256: string; mediaType: 'image/webp'; byteSize: number; width: number; height: number };

/** Where the files of an installation are. Several machines that share a database must share this folder. */
export type FileStore = {
  /** Checks, cleans and keeps a picture; refuses what is none, whatever its name says. */
  keepPicture: (bytes: Uint8Array) => Promise<Stored>;
  /** The kept picture in one of its sizes, or undefined. */
  read: (sha256: string, size: PictureSize) => Promise<Buffer | undefined>;
};

/** The address of a kept picture. */
export const pictureUrl = (sha256: string, size: PictureSize): string => `/files/${sha256}/${size}.webp`;

/** Files kept in a folder, each under the hash of its content. */
export function makeFileStore(folder: string): FileStore {
  return {
    keepPicture: async (bytes) => {
      const { large, small } = await clean(bytes);
      const sha256 = createHash('sha256').update(large.data).digest('hex');
      const place = join(folder, sha256);
      await mkdir(place, { recursive: true });
      await write(join(place, '400.webp'), small.data);
      await write(join(place, '1200.webp'), large.data);
      const { width, height, size } = large.info;
      return { sha256, mediaType: 'image/webp', byteSize: size, width, height };
    },
    read: async (sha256, size) => {
      if (!/^[0-9a-f]{64}$/.test(sha256) || !pictureSizes.includes(size)) return undefined;
      try {
        return await readFile(join(folder, sha256, `${size}.webp`));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

/** Drawn again from its pixels, a picture loses what the camera wrote in it: the place, the device, the date. */
async function clean(bytes: Uint8Array) {
  if (bytes.length > maxPictureBytes) throw new Refusal('file.too_big', 'unprocessable', { most: 10 });
  // Before any decoder sees it: the decoders know more formats (SVG, PDF) than a photo needs.
  if (!isPicture(bytes)) throw new Refusal('file.kind', 'unprocessable');
  const open = () => sharp(bytes, { limitInputPixels: false, failOn: 'error', animated: false });
  const { width, height } = await open()
    .metadata()
    .catch(() => {
      throw new Refusal('file.unreadable', 'unprocessable');
    });
  if (width * height > maxPixels) throw new Refusal('file.too_many_pixels', 'unprocessable', { most: 40 });
  const draw = (size: PictureSize) =>
    sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
  try {
    return { large: await draw(1200), small: await draw(400) };
  } catch {
    throw new Refusal('file.unreadable', 'unprocessable');
  }
}

/** JPEG, PNG, WebP or AVIF, told by the first bytes. */
function isPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') ||
    (head.slice(4, 8) === 'ftyp' && /^avi[fs]$/.test(head.slice(8, 12)))
  );
}

/** In one step: a reader, or a second sending of the same picture, never meets half a file. */
async function write(file: string, data: Buffer): Promise<void> {
  const draft = `${file}.${newId()}.tmp`;
  await writeFile(draft, data);
  await rename(draft, file);
}
