import { serve } from '@hono/node-server';
import { afterAll, beforeAll } from 'vitest';
import { Changes } from '../../src/core/changes.ts';
import { connect } from '../../src/core/db.ts';
import { quietLog } from '../../src/core/log.ts';
import { makeApp, type TestApp } from './app.ts';
import { type Clone, cloneDatabase } from './cluster.ts';
import { faceOf } from './house.ts';
import { freePort } from './port.ts';

export type Served = TestApp & { url: string; close: () => Promise<void> };

/** The application on a database of its own, answering real HTTP; what it leaves for later is done when `work()` is called. */
export async function serveApp(options: { now?: Date } = {}): Promise<Served> {
  return serveDatabase(await cloneDatabase(), options);
}

/** The application on this database, which goes away with it. */
export async function serveDatabase(clone: Clone, options: { now?: Date } = {}): Promise<Served> {
  const db = connect(clone.url, { max: 6 });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const changes = new Changes(undefined, quietLog);
  const app = await makeApp(db, { ...options, publicUrl: url, changes, onActed: () => changes.touch() });
  const server = serve({ fetch: app.app.fetch, port, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    ...app,
    url,
    close: async () => {
      await changes.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await db.destroy();
      await clone.drop();
    },
  };
}

/** The application answering real HTTP for the tests of one file, on a database of its own. */
export function useServed(options: { now?: Date } = {}): Readonly<TestApp> & { readonly url: string } {
  let served: Served | undefined;
  beforeAll(async () => {
    served = await serveApp(options);
  });
  afterAll(() => served?.close());
  const face = faceOf(() => served!);
  return Object.defineProperty(face, 'url', { get: () => served!.url }) as typeof face & { readonly url: string };
}
