import { run } from './run.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away (a pager closed, a pipe cut): there is nobody left to speak to.
  if (error.code === 'EPIPE') process.exit(1);
  throw error;
});

const code = await run(process.argv.slice(2), {
  env: process.env,
  say: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  now: () => new Date(),
});
// Not process.exit(): what is still to be written to a pipe would be lost.
process.exitCode = code;
