import { createServer } from 'node:net';
import { serve } from '@hono/node-server';
import { Changes } from '../../src/core/changes.ts';
import { connect } from '../../src/core/db.ts';
import { quietLog } from '../../src/core/log.ts';
import { makeApp, type TestApp } from './app.ts';
import { type Clone, cloneDatabase } from './cluster.ts';

export type Served = TestApp & { url: string; close: () => Promise<void> };

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

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
