// What every command does first, with nothing installed yet: a recent enough Node.js, then the exact dependencies of
// package-lock.json. Runs on Node.js 18; uses nothing but Node.js itself. Says what it does on stderr, so that the
// output of a command stays its own.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST = [22, 12];
const RUNTIME = '24';
const PUBLISHED = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win-x64']);
const INSTALL_LIMIT_MS = 15 * 60_000;
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS']);
const windows = process.platform === 'win32';

/** Prepares Node.js and the dependencies; returns the program to run Quai with and its environment. */
export async function prepare() {
  process.chdir(root);
  const node = await locked(() => {
    const found = ensureNode();
    ensureDependencies(found);
    return found;
  });
  return { node, env: environment(node) };
}

/**
 * Runs a program with our input and output; gives its exit code. Signals we receive are passed on; on Windows the console
 * gives Ctrl-C to both, and passing it on would end the program before it has put its things away.
 */
export function run(command, args, env) {
  const child = spawn(command, args, { stdio: 'inherit', env, cwd: root });
  const pass = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => [name, () => windows || child.kill(name)]);
  for (const [name, handler] of pass) process.on(name, handler);
  return new Promise((done) => {
    const end = (code) => {
      for (const [name, handler] of pass) process.off(name, handler);
      done(code);
    };
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      end(1);
    });
    child.on('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Becomes the program (same process) where Node.js can, else runs it and ends with its exit code. */
export async function become(command, args, env) {
  if (typeof process.execve === 'function' && !windows) {
    process.removeAllListeners('warning');
    process.execve(command, [command, ...args], env);
  }
  process.exit(await run(command, args, env));
}

/** Ends the command with a sentence instead of a stack. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function recent(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function ensureNode() {
  if (recent(process.version)) return process.execPath;
  const platform = `${windows ? 'win' : process.platform}-${process.arch}`;
  const needed = `Quai needs Node.js ${OLDEST.join('.')} or later, and this is ${process.version}`;
  if (!PUBLISHED.has(platform)) fail(`${needed}. Install a recent one from https://nodejs.org.`);
  const folder = join(root, 'var', 'runtime');
  const node = join(folder, 'node_modules', `node-${platform}`, 'bin', windows ? 'node.exe' : 'node');
  if (works(node)) return node;
  console.error(`${needed}: fetching Node.js ${RUNTIME} into var/runtime (once).`);
  mkdirSync(folder, { recursive: true });
  npm(['install', '--no-save', '--no-package-lock', '--prefix', folder, `node-${platform}@${RUNTIME}`], process.env);
  if (!works(node)) {
    fail(`Node.js ${RUNTIME} was fetched and does not run on this machine. Install one from https://nodejs.org.`);
  }
  return node;
}

function works(node) {
  if (!existsSync(node)) return false;
  const { stdout, status } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 && recent(stdout.trim());
}

/** Installs exactly package-lock.json, unless it is what node_modules already holds. */
function ensureDependencies(node) {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  const mark = join(root, 'node_modules', '.quai-lock');
  // A folder may be seen by two systems (Windows and its Linux), each with programs of its own.
  const system = `${process.platform} ${process.arch}`;
  const wanted = createHash('sha256').update(readFileSync(lock)).update(system).digest('hex');
  if (existsSync(installed)) {
    if (existsSync(mark)) {
      if (readFileSync(mark, 'utf8').trim() === wanted) return;
    } else if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
      // Installed by hand with npm after the lock was written: that is as good.
      writeFileSync(mark, wanted);
      return;
    }
  }
  console.error('Installing the dependencies (a minute or two the first time).');
  npm(['ci', '--include=dev', '--no-audit', '--no-fund'], environment(node));
  writeFileSync(mark, wanted);
}

/** Runs npm, the one that started us if any, and ends the command where it fails; only then is its output shown. */
function npm(args, env) {
  const problem = tryNpm(args, env);
  if (problem) fail(problem);
}

/** Runs npm as above; returns what went wrong, or undefined. */
export function tryNpm(args, env) {
  const cli = process.env.npm_execpath;
  const own = cli !== undefined && /npm-cli\.c?js$/.test(cli) && existsSync(cli);
  const settings = {
    cwd: root,
    env: { ...env, npm_config_ignore_scripts: 'false', npm_config_update_notifier: 'false' },
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
    maxBuffer: 64 * 2 ** 20,
  };
  // On Windows npm is a script of the shell, which takes one line: a folder with a space in its name needs its quotes.
  const line = ['npm', ...args.map((arg) => (/\s/.test(arg) ? `"${arg}"` : arg))].join(' ');
  const result = own
    ? spawnSync(process.execPath, [cli, ...args], settings)
    : windows
      ? spawnSync(line, { ...settings, shell: true })
      : spawnSync('npm', args, settings);
  if (result.status === 0) return undefined;
  const { error, stdout, stderr } = result;
  if (error?.code === 'ETIMEDOUT') return `"${line}" was not done after a quarter of an hour. Try again later.`;
  if (error) return `npm could not be started (${error.message}). Install npm, then try again.`;
  return `${stdout}${stderr}\n"${line}" failed: see above.`;
}

function environment(node) {
  const path = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [path]: `${dirname(node)}${delimiter}${process.env[path] ?? ''}` };
}

/** Lets one command at a time install: two `npm ci` in one folder would undo each other. */
export async function locked(work) {
  const lock = join(root, 'var', '.installing');
  for (let told = false, denied = 0; ; ) {
    try {
      mkdirSync(dirname(lock), { recursive: true });
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      // Windows also forbids what is just being deleted: it may be that, a few times.
      if (windows && error.code === 'EPERM') denied += 1;
      const passing = error.code === 'EEXIST' || (denied > 0 && denied < 20);
      if (!passing && FORBIDDEN.has(error.code)) fail(`Quai cannot write in ${dirname(lock)}.`);
      if (!passing) throw error;
    }
    if (abandoned(lock)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told) console.error('Waiting for another command that is installing.');
    told = true;
    await new Promise((done) => setTimeout(done, 200));
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return work();
  } finally {
    release();
    process.off('exit', release);
  }
}

function abandoned(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (!pid) return Date.now() - statSync(lock).mtimeMs > 2_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
