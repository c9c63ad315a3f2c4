// npm run quai -- <command>: prepares the machine, builds, and becomes the command line.
import { join } from 'node:path';
import { become, fail, prepare, root } from './runtime.mjs';

const { node, env } = await prepare();
const { build } = await import('./build.mjs');
await build().catch((error) => fail(`Quai could not be built: ${error.message}`));
await become(node, ['--enable-source-maps', join(root, 'dist', 'cli.js'), ...process.argv.slice(2)], env);
