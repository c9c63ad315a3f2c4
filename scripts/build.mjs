// Builds Quai into dist/: the server and the command line (esbuild), two style sheets (lightningcss), the islands,
// the fonts. Everything under dist/public is named by its content, so it can be cached for ever.
//
// Logical names, found in dist/manifest.json and given by asset() of src/core/assets.ts:
//   quai.css                        src/ui/css/*.css and those of src/modules/*/*.css that light pages need
//   work.css                        the rest: for every page that is not light (src/ui/page.tsx)
//   <name>.js                       src/**/<name>.island.ts
//   <name>.worker.js                src/**/<name>.worker.ts, a service worker: its module serves it at an address of its own
//   fonts/atkinson-400.woff2        fonts/atkinson-700.woff2
//   fonts/atkinson-variable.woff2   fonts/b612-mono-700.woff2
//   <path>                          any file of src/ui/static/
// In the CSS, url("/static/<logical name>") is rewritten to the hashed address; an unknown name stops the build.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const publicFolder = join(dist, 'public');

const FONTS = {
  'atkinson-400': '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff2',
  'atkinson-700': '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-700-normal.woff2',
  'atkinson-variable':
    '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  'b612-mono-700': '@fontsource/b612-mono/files/b612-mono-latin-700-normal.woff2',
};
const CSS_ORDER = ['layers', 'reset', 'tokens', 'base', 'layout', 'components', 'utilities', 'print'];
/** What the pages that anybody may open first are made of; a test looks for a class of theirs that is not there. */
const LIGHT = ['agenda', 'appointments', 'notices', 'places', 'publishing', 'village'];
const HEAVY_UI = ['planning', 'steps'];
const BROWSERS = ['chrome100', 'safari15.4'];
const ALREADY_COMPRESSED = new Set(['.woff2', '.png', '.jpg', '.webp', '.avif']);
/** Files of an earlier build stay this long, for the pages that still name them. */
const KEEP_MS = 60 * 60 * 1000;

/** Builds what the sources ask for; nothing when they have not changed. Returns whether it built. */
export async function build() {
  const inputs = fingerprint();
  const stamp = join(dist, '.inputs');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return false;
  mkdirSync(publicFolder, { recursive: true });
  const esbuild = await import('esbuild');
  const manifest = {};
  addFonts(manifest);
  addStatic(manifest);
  await addStyles(manifest);
  await addIslands(esbuild, manifest);
  write(join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await bundleServer(esbuild);
  forgetOld(new Set(Object.values(manifest)));
  write(stamp, inputs);
  await esbuild.stop();
  return true;
}

/** Bundles one TypeScript entry of the project for Node: `bundle('bench/main.ts', 'dist/bench.js')`. */
export async function bundle(entry, outfile) {
  const esbuild = await import('esbuild');
  await esbuild.build({ ...serverOptions, entryPoints: [join(root, entry)], outfile: join(root, outfile) });
  await esbuild.stop();
}

const serverOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  target: 'node22',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: 'linked',
  logLevel: 'warning',
};

async function bundleServer(esbuild) {
  const entries = { main: 'src/main.ts', cli: 'src/cli/main.ts' };
  const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, file)));
  if (present.length === 0) return;
  await esbuild.build({ ...serverOptions, entryPoints: Object.fromEntries(present), outdir: dist });
}

function addFonts(manifest) {
  for (const [name, file] of Object.entries(FONTS)) {
    publish(manifest, `fonts/${name}.woff2`, readFileSync(join(root, 'node_modules', file)));
  }
}

function addStatic(manifest) {
  const folder = join(root, 'src/ui/static');
  for (const file of walk(folder)) publish(manifest, logical(relative(folder, file)), readFileSync(file));
}

async function addStyles(manifest) {
  const { transform, browserslistToTargets } = await import('lightningcss');
  const files = styleSheets();
  const sheets = { 'quai.css': files.filter(isLight), 'work.css': files.filter((file) => !isLight(file)) };
  for (const [name, some] of Object.entries(sheets)) {
    publish(manifest, name, styleSheet(manifest, name, some, transform, browserslistToTargets));
  }
}

const isLight = (file) =>
  file.includes(`${sep}modules${sep}`)
    ? LIGHT.includes(basename(file, '.css'))
    : !HEAVY_UI.includes(basename(file, '.css'));

function styleSheet(manifest, name, files, transform, browserslistToTargets) {
  const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const addressed = source.replace(/url\(\s*["']?\/static\/([^"')]+)["']?\s*\)/g, (_, name) => {
    if (!manifest[name]) throw new Error(`The CSS names /static/${name}, which the build does not know.`);
    return `url("${manifest[name]}")`;
  });
  const { code, warnings } = transform({
    filename: name,
    code: Buffer.from(addressed),
    minify: true,
    targets: browserslistToTargets(['chrome 100', 'ios_saf 15.4']),
  });
  for (const warning of warnings) console.warn(`CSS: ${warning.message} (line ${warning.loc?.line})`);
  return Buffer.from(code);
}

/** The style sheets in the order in which they are joined. */
function styleSheets() {
  const rank = (file) => {
    const place = CSS_ORDER.indexOf(basename(file, '.css'));
    return place < 0 ? CSS_ORDER.indexOf('components') + 0.5 : place;
  };
  const ui = walk(join(root, 'src/ui/css')).filter((file) => file.endsWith('.css'));
  ui.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return [...ui, ...walk(join(root, 'src/modules')).filter((file) => file.endsWith('.css'))];
}

async function addIslands(esbuild, manifest) {
  for (const file of walk(join(root, 'src')).filter((name) => /\.(island|worker)\.ts$/.test(name))) {
    const name = basename(file).replace('.island.ts', '.js').replace('.worker.ts', '.worker.js');
    if (manifest[name]) throw new Error(`Two islands are called ${name}.`);
    const { outputFiles } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: [file],
      bundle: true,
      write: false,
      format: 'iife',
      minify: true,
      target: BROWSERS,
      logLevel: 'warning',
    });
    publish(manifest, name, Buffer.from(outputFiles[0].contents));
  }
}

/** Writes a static file under its hashed name, with .br and .gz beside it, and notes it in the manifest. */
function publish(manifest, name, body) {
  const extension = extname(name);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const hashed = `${name.slice(0, -extension.length || undefined)}.${hash}${extension}`;
  const file = join(publicFolder, hashed);
  manifest[name] = `/static/${hashed}`;
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  if (!ALREADY_COMPRESSED.has(extension)) {
    write(`${file}.br`, brotliCompressSync(body, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } }));
    write(`${file}.gz`, gzipSync(body, { level: 9 }));
  }
  write(file, body);
}

/** Replaces a file in one step: two builds at once, or a reader, never meet half of it. */
function write(file, body) {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, body);
  renameSync(draft, file);
}

function forgetOld(current) {
  for (const file of walk(publicFolder)) {
    const address = `/static/${logical(relative(publicFolder, file)).replace(/\.(br|gz)$/, '')}`;
    if (!current.has(address) && Date.now() - statSync(file).mtimeMs > KEEP_MS) rmSync(file, { force: true });
  }
}

/** A digest of the sizes and dates of everything the build reads. */
function fingerprint() {
  const files = [...walk(join(root, 'src')), join(root, 'package-lock.json'), fileURLToPath(import.meta.url)];
  const hash = createHash('sha256').update(root);
  for (const file of files) {
    if (/\.test\.tsx?$/.test(file)) continue;
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}:${size}:${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function walk(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.name.endsWith('.tmp') ? [] : [path];
    });
}

const logical = (path) => path.split(sep).join('/');

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const started = Date.now();
  console.log((await build()) ? `Built in ${Date.now() - started} ms.` : 'Nothing has changed since the last build.');
}
