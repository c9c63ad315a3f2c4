import { expect, test } from 'vitest';
import { useHouse } from './harness/house.ts';
import { makeLog } from '../src/core/log.ts';
const app = useHouse({ log: makeLog('info') });
test('x', async () => { expect((await app.visitor().get('/fr/tableau/%00')).status).toBe(404); });
