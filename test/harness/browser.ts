import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { projectRoot } from '../../src/core/root.ts';

const run = promisify(execFile);
const PACKAGE = join(projectRoot, 'node_modules', '@sparticuz', 'chromium');
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  // Edge is a Chromium, and every Windows has it.
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];
// Not the package's own arguments: those switch off the same-origin policy, which is part of what is tested.
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'];

type Program = { path: string; libraries?: string; fonts?: string };

/**
 * Starts the Chromium that comes with the npm packages, or the one of CHROME_PATH. When none starts, the error says
 * what to install.
 */
export async function launch(): Promise<Browser> {
  const program = await find();
  try {
    return await start(program, false);
  } catch (error) {
    if (!program.libraries || !missingLibrary(error)) throw explained(program, error);
    // A bare machine: the package brings the libraries too.
    return await start(program, true).catch((second: unknown) => {
      throw explained(program, second);
    });
  }
}

/** What opens a window for somebody. */
export type Windows = Pick<Browser, 'newContext'>;

/** A browser for the tests of one file. */
export function useBrowser(): Windows {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  return { newContext: (options) => browser!.newContext(options) };
}

function start(program: Program, ownLibraries: boolean): Promise<Browser> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  if (ownLibraries && program.libraries) env.LD_LIBRARY_PATH = program.libraries;
  if (program.fonts && !existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = program.fonts;
  return playwright.launch({ executablePath: program.path, args: ARGS, headless: true, env });
}

async function find(): Promise<Program> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) return { path: CHROME_PATH };
  // The package holds a program for Linux x64 only.
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await extracted();
    return {
      path: join(folder, 'chromium'),
      libraries: join(folder, 'al2023', 'lib'),
      fonts: join(folder, 'fonts'),
    };
  }
  const path = INSTALLED.find((candidate) => existsSync(candidate));
  if (!path)
    throw new Error('No browser for the journeys: install Chrome or Chromium and set CHROME_PATH to its program.');
  return { path };
}

/**
 * The package unpacks itself into the folder for temporary files, without care for a second test doing the same; so
 * it is made to do it in a folder of its own, moved to its place in one step.
 */
async function extracted(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const folder = join(projectRoot, 'var', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  // Told that it runs on Amazon Linux, it unpacks the shared libraries as well.
  await run(process.execPath, ['-e', "import('@sparticuz/chromium').then((it) => it.default.executablePath())"], {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  // Its list of fonts names folders of that system: ours names the fonts beside it.
  const fonts = `<fontconfig><dir>${join(folder, 'fonts', 'fonts')}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`;
  await writeFile(join(draft, 'fonts', 'fonts.conf'), fonts);
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return folder;
}

function missingLibrary(error: unknown): string | undefined {
  return /error while loading shared libraries: (\S+?):/.exec(String(error))?.[1];
}

function explained(program: Program, error: unknown): Error {
  const library = missingLibrary(error);
  const reason = library
    ? `it lacks the shared library ${library}. On Debian or Ubuntu: apt-get install libnss3 libnspr4`
    : `${String(error).split('\n')[0]} Install Chromium`;
  const message = `Chromium (${program.path}) does not start: ${reason}, or set CHROME_PATH to another Chromium.`;
  return new Error(message, { cause: error });
}
