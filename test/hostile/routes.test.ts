import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  addressOf,
  expectSound,
  forgetAttempts,
  type Ground,
  nastySegments,
  openGround,
  parametersOf,
  type Route,
  routesOf,
} from './ground.ts';

// Thousands of requests: a machine that does other things besides needs the time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

let ground: Ground;
let routes: Route[];

beforeAll(async () => {
  ground = await openGround();
  routes = routesOf(ground.app);
});

afterAll(() => ground?.close());

const kinds = ['nobody', 'inhabitant', 'team', 'administrator'] as const;
const send = (kind: (typeof kinds)[number], { method }: Route, address: string, headers?: Record<string, string>) =>
  method === 'GET' ? ground.viewers[kind].get(address, headers) : ground.viewers[kind].post(address, {}, headers);

describe('Every route', () => {
  test('is known', () => {
    expect(routes.filter((route) => route.method === 'GET').length).toBeGreaterThan(60);
    expect(routes.filter((route) => route.method === 'POST').length).toBeGreaterThan(60);
  });

  test('stands forged and broken parameters', async () => {
    const faults: string[] = [];
    for (const route of routes) {
      for (const name of parametersOf(route.path)) {
        for (const [index, value] of nastySegments.entries()) {
          const address = addressOf(route.path, ground.fill, { [name]: value });
          // Those who may do the most reach the furthest; each of the others takes its turn.
          for (const kind of index < 3
            ? new Set([kinds[index]!, 'administrator'] as const)
            : (['administrator'] as const)) {
            const answer = await send(kind, route, address);
            try {
              expectSound(answer, `${kind} ${route.method} ${address.slice(0, 200)}`);
            } catch (error) {
              faults.push((error as Error).message.slice(0, 400));
            }
          }
        }
      }
      await forgetAttempts(ground.db);
    }
    expect(faults).toEqual([]);
  });
});
