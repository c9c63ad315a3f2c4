import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { accepts } from './compress.ts';
import { projectRoot } from './root.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};
const HASHED = /\.[0-9a-f]{10}\.[a-z0-9]+$/;

/** A file of /static, ready to be sent. */
export type StaticFile = {
  body: Buffer;
  type: string;
  /** Absent when the body is sent as it is. */
  encoding?: 'br' | 'gzip';
  /** True when the name carries the content's hash: it can be cached for ever. */
  immutable: boolean;
};

type Variants = { plain: Buffer; br?: Buffer; gzip?: Buffer };

let manifest: Record<string, string> | undefined;
let published: Set<string> | undefined;
const cache = new Map<string, Variants>();

/** The address of a static file by its logical name: `asset('quai.css')` is `/static/quai.<hash>.css`. */
export function asset(name: string): string {
  const address = loadManifest()[name];
  if (!address) throw new Error(`No static file is called "${name}": see scripts/build.mjs for the names.`);
  return address;
}

/**
 * The file at a path such as `/static/quai.<hash>.css` in the best encoding the browser accepts, or undefined.
 * Only files the manifest names are served, so no path can leave dist/public.
 */
export function staticFile(path: string, acceptEncoding = ''): StaticFile | undefined {
  const addresses = loadManifest();
  published ??= new Set(Object.values(addresses));
  if (!published.has(path)) return undefined;
  const variants = cache.get(path) ?? readVariants(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const immutable = HASHED.test(path);
  if (variants.br && accepts(acceptEncoding, 'br')) return { body: variants.br, type, encoding: 'br', immutable };
  if (variants.gzip && accepts(acceptEncoding, 'gzip')) {
    return { body: variants.gzip, type, encoding: 'gzip', immutable };
  }
  return { body: variants.plain, type, immutable };
}

function loadManifest(): Record<string, string> {
  if (manifest) return manifest;
  const file = join(projectRoot, 'dist', 'manifest.json');
  if (!existsSync(file)) throw new Error(`${file} is missing: run "node scripts/build.mjs" first.`);
  manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return manifest;
}

function readVariants(path: string): Variants {
  const file = join(projectRoot, 'dist', 'public', path.slice('/static/'.length));
  const variants: Variants = { plain: readFileSync(file) };
  if (existsSync(`${file}.br`)) variants.br = readFileSync(`${file}.br`);
  if (existsSync(`${file}.gz`)) variants.gzip = readFileSync(`${file}.gz`);
  cache.set(path, variants);
  return variants;
}
