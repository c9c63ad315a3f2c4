// npm run bench: prepares the machine, builds, and runs bench/main.ts.
import { join } from 'node:path';
import { become, fail, prepare, root } from './runtime.mjs';

const { node, env } = await prepare();
const { build, bundle } = await import('./build.mjs');
try {
  await build();
  await bundle('bench/main.ts', 'dist/bench.js');
} catch (error) {
  fail(`The bench could not be built: ${error.message}`);
}
await become(node, ['--enable-source-maps', join(root, 'dist', 'bench.js'), ...process.argv.slice(2)], env);
