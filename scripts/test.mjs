// npm test: prepares the machine, then checks types and lint and runs every test, browser journeys included.
// Nothing is skipped silently: a skipped test counts as failed. The last line is "N passed, N failed".
// `npm test -- --project quai [path]` gives its arguments to vitest; `--only-tests` leaves out types, lint and build.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installOldestPostgres } from './oldest-postgres.mjs';
import { prepare, root, run } from './runtime.mjs';

const { node, env } = await prepare();
// Tests mean the same whatever the machine's settings.
delete env.NODE_ENV;
const bin = (name, script) => join(root, 'node_modules', name, script);
const tally = { passed: 0, failed: 0 };
const asked = process.argv.slice(2);
const forVitest = asked.filter((arg) => arg !== '--only-tests');
// Where it could not be, the tests that need it say so and fail.
const absent = await installOldestPostgres();
if (absent) console.error(absent);

if (asked.length === forVitest.length) {
  await step('types', () => command([bin('typescript', 'bin/tsc'), '--noEmit']));
  await step('lint', () => command([bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings']));
  await step('build', () => command([join(root, 'scripts', 'build.mjs')]));
}
await step('tests', tests);

console.log(`${tally.passed} passed, ${tally.failed} failed`);
// Not process.exit: on Windows it would not wait for that line to be written.
process.exitCode = tally.failed > 0 ? 1 : 0;

async function step(name, work) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  const { passed, failed } = await work();
  tally.passed += passed;
  tally.failed += failed;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`== ${name}: ${passed} passed, ${failed} failed, ${seconds} s`);
}

async function command(args) {
  const code = await run(node, args, env);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function tests() {
  const report = join(root, 'var', `test-report-${process.pid}.json`);
  mkdirSync(join(root, 'var'), { recursive: true });
  const args = [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await run(node, [...args, ...forVitest], env);
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')), code);
  } catch (error) {
    console.log(`vitest left no report (${error.message}).`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(report, { force: true });
  }
}

function count(report, code) {
  const passed = report.numPassedTests;
  let failed = report.numFailedTests;
  for (const file of report.testResults) {
    const name = relative(root, file.name);
    for (const test of file.assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') continue;
      console.log(`Not run (${test.status}), so failed: ${name} > ${test.fullName}`);
      failed += 1;
    }
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      console.log(`The file itself failed: ${name}`);
      failed += 1;
    }
  }
  if (passed + failed === 0) {
    console.log('No test ran.');
    failed = 1;
  }
  // An error outside of any test (a rejection nobody caught, a server that does not start).
  if (code !== 0 && failed === 0) failed = 1;
  return { passed, failed };
}
