import { expect, test } from 'vitest';
import { useHouse } from '../../../test/harness/house.ts';

const house = useHouse({ max: 2 });

test('the board of the hall says what is taken and never by whom', async () => {
  const { status, text } = await house.visitor().get('/fr/tableau/la-station');
  expect(status).toBe(200);
  expect(text).toContain('Salle Aa');
  expect(text).toContain('<h1');
  const people = await house.db.selectFrom('person').select('name').execute();
  const organisations = await house.db.selectFrom('organisation').select('name').execute();
  const purposes = await house.db.selectFrom('booking').select('purpose').where('purpose', 'is not', null).execute();
  const secrets = [...people, ...organisations].map((one) => one.name).concat(purposes.map((one) => one.purpose!));
  expect(secrets.length).toBeGreaterThan(10);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

test('works without JavaScript: it reloads by itself', async () => {
  const { text } = await house.visitor().get('/fr/tableau/la-station');
  expect(text).toMatch(/<noscript><meta http-equiv="refresh" content="60"/);
});

test('what is over leaves the board, and the empty board says so', async () => {
  house.now.at = new Date('2026-11-23T23:50:00+01:00');
  const { text } = await house.visitor().get('/en/tableau/la-station');
  expect(text).toContain('Nothing is booked for the rest of the day');
});

test('a site that does not exist has no board', async () => {
  expect((await house.visitor().get('/fr/tableau/ailleurs')).status).toBe(404);
});
