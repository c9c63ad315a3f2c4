// npm start: prepares the machine, builds, and becomes the server. `--watch` builds and restarts at each change.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { become, fail, prepare, root } from './runtime.mjs';

const MAIN = join(root, 'dist', 'main.js');
const SETTLE_MS = 150;

const args = process.argv.slice(2);
const { node, env } = await prepare();
const { build } = await import('./build.mjs');

if (args.includes('--watch')) {
  // Following a tree of folders asks for a recent Node.js in this very process.
  if (node !== process.execPath) await become(node, process.argv.slice(1), env);
  await follow(args.filter((arg) => arg !== '--watch'));
} else {
  await build().catch((error) => fail(`Quai could not be built: ${error.message}`));
  await become(node, ['--enable-source-maps', MAIN, ...args], env);
}

/** Restarts the server each time the sources change; a build that fails leaves the last one running. */
async function follow(rest) {
  let server;
  let timer;
  let busy = Promise.resolve();
  const restart = async () => {
    try {
      const started = Date.now();
      const changed = await build();
      if (!changed && server) return;
      console.error(`Built in ${Date.now() - started} ms.`);
    } catch (error) {
      console.error(error.message);
      return;
    }
    await stop();
    server = spawn(node, ['--enable-source-maps', MAIN, ...rest], { stdio: 'inherit', env, cwd: root });
  };
  const stop = () =>
    new Promise((done) => {
      if (!server || server.exitCode !== null || server.signalCode !== null) return done();
      server.once('exit', done);
      server.kill('SIGTERM');
    });
  for (const folder of ['src', 'migrations', 'data']) {
    if (!existsSync(join(root, folder))) continue;
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        busy = busy.then(restart);
      }, SETTLE_MS);
    });
  }
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.once(name, async () => {
      await stop();
      process.exit(0);
    });
  }
  await restart();
}
