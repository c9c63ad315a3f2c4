import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

const BUSY = '55006';
const ATTEMPTS = 200;

export type Clone = {
  /** The address of a database of one's own, migrated and filled as the template is. */
  url: string;
  /** Removes it, ending the connections left on it. */
  drop(): Promise<void>;
};

/** Clones the migrated template (tens of milliseconds): one a test file, or one a test that must commit. */
export async function cloneDatabase(): Promise<Clone> {
  const name = `quai_test_${process.pid}_${randomBytes(5).toString('hex')}`;
  await onServer(`create database ${name} template ${inject('templateName')}`);
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

/** The server refuses to copy the template while another test copies it: then it is asked again. */
async function onServer(statement: string): Promise<void> {
  const url = new URL(inject('serverUrl'));
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== BUSY || attempt >= ATTEMPTS) throw error;
        await new Promise((done) => setTimeout(done, 10 + Math.random() * 40));
      }
    }
  } finally {
    await client.end();
  }
}
