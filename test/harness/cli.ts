import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { Clone } from './cluster.ts';
import { monday9 } from './make.ts';

/** The secret of the roles that tests make; roles belong to the whole server, so it is the same for all. */
export const secret = 'a secret of the command line’s tests, long enough';

/** A short name no other test has: a territory's role is shared by all databases of the server. */
export const newSlug = (): string => `t${randomBytes(6).toString('hex')}`;

/** A new database with nothing at all in it, and the roles of these territories taken away with it. */
export async function emptyDatabase(...slugs: string[]): Promise<Clone> {
  const name = `quai_cli_${process.pid}_${randomBytes(5).toString('hex')}`;
  const onServer = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: addressOf('postgres') });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await onServer(`create database ${name} template template0`);
  const dropRoles = slugs.map((slug) => `drop role if exists territory_${slug}`);
  return {
    url: addressOf(name),
    drop: () => onServer(`drop database if exists ${name} with (force)`, ...dropRoles),
  };
}

function addressOf(database: string): string {
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${database}`;
  return url.href;
}

export type Outcome = { code: number; out: string; notes: string };

/** Runs a command in this process, as on a machine with these settings. */
export async function quai(env: Record<string, string>, ...args: string[]): Promise<Outcome> {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await run(args, {
    env: { SECRET_KEY: secret, ...env },
    say: (line) => out.push(line),
    note: (line) => notes.push(line),
    now: () => monday9,
  });
  return { code, out: out.join('\n'), notes: notes.join('\n') };
}
