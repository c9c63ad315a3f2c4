import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../harness/port.ts';
import { makeFolder, start } from './ground.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
});

afterAll(() => folder?.remove());

/** Starts with these settings, which must stop the start; what it said. */
async function refused(env: Record<string, string>): Promise<string> {
  const program = start({ DATA_DIR: folder.path, ...env });
  const { code } = await program.ended;
  const said = program.said();
  expect(code, said).toBe(1);
  expect(said, said).not.toMatch(/\n\s+at |password-7171/);
  return said;
}

test('A wrong setting stops the start with a sentence that names it', async () => {
  expect(await refused({ PORT: 'x', TRUSTED_PROXIES: 'x' })).toMatch(/PORT: must.+\nTRUSTED_PROXIES: must/);
  expect(await refused({ QUAI_MODE: 'production' })).toMatch(/SMTP_URL.+\nPUBLIC_URL.+\nSECRET_KEY.+\nTRUSTED_PROXIES/);
  const port = await freePort();
  const nowhere = `postgres://quai:password-7171@127.0.0.1:${port}/quai`;
  expect(await refused({ PORT: String(await freePort()), DATABASE_URL: nowhere })).toContain(
    'DATABASE_URL: the database does not answer',
  );
}, 30_000);

test('A port that another program has is named', async () => {
  const other = createServer((_, answer) => answer.end('something else'));
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as { port: number };
  try {
    expect(await refused({ PORT: String(port) })).toContain(
      `PORT, HOST: cannot listen at 127.0.0.1, port ${port} (EADDRINUSE)`,
    );
  } finally {
    other.close();
  }
}, 30_000);

test('Several processes that cannot listen end too, instead of trying for ever', async () => {
  const other = createServer((_, answer) => answer.end('something else'));
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as { port: number };
  try {
    expect(await refused({ PORT: String(port), WEB_CONCURRENCY: '2' })).toContain(`port ${port} (EADDRINUSE)`);
  } finally {
    other.close();
  }
}, 30_000);
