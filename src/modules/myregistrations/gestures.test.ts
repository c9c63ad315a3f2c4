import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { registrationKey } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import { inviteGuests, register, registrationsByIds } from '../registrations/index.ts';

const app = useHouse();

test('whoever says that they come where nothing is left reads that they wait, not that they are registered', async () => {
  const site = await makeSite(app.db);
  const team = app.ctx(actorOf(await makePerson(app.db), ['team'], site.id));
  const session = await makeSession(app.db, { siteId: site.id, seats: 1 });
  const guests = [{ name: 'Lou', email: `${newId()}@essai.example`, organisation: undefined }];
  const { ids } = await inviteGuests(team, { sessionId: session.id, guests });
  const first = await makePerson(app.db);
  const asks = { sessionIds: [session.id], kind: 'self' as const, person: { id: first.id }, attendees: [] };
  await register(app.ctx(actorOf(first)), { ...asks, channel: 'web' });
  const [invited] = await registrationsByIds(team, ids);
  const cle = registrationKey(team.secret, invited!.id);
  const answer = await app.visitor().post(`/fr/inscriptions/${invited!.reference}/invitation`, { cle, geste: 'oui' });
  expect(answer.headers.get('location')).toContain('fait=attente');
});

test('a refusal keeps that all the dates of the course were meant', async () => {
  const site = await makeSite(app.db);
  const seriesId = newId();
  const series = { id: seriesId, site_id: site.id, enrolment: 'course' as const, created_at: app.now.at };
  await app.db.insertInto('session_series').values(series).execute();
  const one = await makeSession(app.db, { siteId: site.id, seriesId });
  await makeSession(app.db, { siteId: site.id, seriesId, start: new Date(one.start.getTime() + 7 * 86_400_000) });
  const person = await makePerson(app.db);
  const asks = { sessionIds: [one.id], kind: 'self' as const, person: { id: person.id }, attendees: [] };
  const { registrations } = await register(app.ctx(actorOf(person)), { ...asks, channel: 'web' });
  const { id, reference } = registrations[0]!;
  const cle = registrationKey(app.ctx().secret, id);
  const path = `/fr/inscriptions/${reference}/annulation`;
  const page = (await app.visitor().post(path, { cle, cours: 'on', version: '9' })).text;
  expect(seen(page)).toContain('a changé');
  expect(page).toMatch(/name="cours"[^>]* checked/);
});
