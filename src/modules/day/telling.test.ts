import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { actorByEmail } from '../../../test/harness/app.ts';
import { at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { register } from '../registrations/index.ts';
import { cancelSession } from '../sessions/index.ts';

const here = useStation();
const { app } = here;
const station = '/fr/equipe/la-station';
const plain = (text: string) => seen(text).replaceAll('&nbsp;', ' ');

async function registered(over: Partial<Parameters<typeof makeSession>[1]>, name: string) {
  const { id: siteId } = await app.db
    .selectFrom('site')
    .select('id')
    .where('slug', '=', 'la-station')
    .executeTakeFirstOrThrow();
  const session = await makeSession(app.db, { siteId, ...over });
  const person = await makePerson(app.db, { name, email: null });
  await app.db.updateTable('person').set({ telephone: '+33321000042' }).where('id', '=', person.id).execute();
  const team = app.ctx(await actorByEmail(app.db, 'equipe@quai.example'));
  const kind = 'self' as const;
  await register(team, { sessionIds: [session.id], kind, person, attendees: [{ self: true }], channel: 'desk' });
  return { session, team, siteId };
}

test('who is called about a session called off is told why, and what is proposed instead', async () => {
  const { session, team, siteId } = await registered({ title: { fr: 'Soudure' } }, 'Denise Sansmail');
  const other = await makeSession(app.db, {
    siteId,
    title: { fr: 'Soudure, encore' },
    start: at('2026-12-05', '14:00'),
  });
  await cancelSession(team, { session: session.id, reason: { fr: 'Hugo est malade.' }, insteadIds: [other.id] });
  for (const path of [station, `${station}/appels`]) {
    const { text } = await here.nadia.get(path);
    expect(plain(text)).toContain('Soudure, samedi 28 novembre, 14 h – 16 h, est annulé. La cause : Hugo est malade.');
    expect(text).toContain(`/fr/inscriptions/seance/${other.reference}#ajouter`);
  }
});

test('what is proposed at a place of another team is read where everybody reads it: its list is not theirs to open', async () => {
  const { session, team } = await registered({ title: { fr: 'Poterie' } }, 'Berthe Sansmail');
  const elsewhere = await makeSite(app.db);
  const other = await makeSession(app.db, { siteId: elsewhere.id, start: at('2026-12-06', '14:00') });
  await cancelSession(team, { session: session.id, insteadIds: [other.id] });
  for (const path of [station, `${station}/appels`]) {
    const { text } = await here.nadia.get(path);
    const [href] = new RegExp(`/fr/[^"]*${other.reference}[^"]*`).exec(text) ?? [];
    expect(href).toBe(`/fr/agenda/${other.reference}`);
    expect((await here.nadia.get(href!)).status).toBe(200);
  }
});

test('an appointment of the day says who comes, on the screen and on paper', async () => {
  const start = at('2026-11-23', '15:00');
  const title = { fr: 'Rendez-vous avec Nadia' };
  await registered({ kind: 'appointment', seats: 1, start, end: at('2026-11-23', '15:45'), title }, 'Yvette Attendue');
  expect(plain((await here.nadia.get(station)).text)).toContain('Rendez-vous : Yvette Attendue');
  const paper = plain((await here.nadia.get(`${station}/imprimer`)).text);
  expect(paper).toContain('Séances et rendez-vous');
  expect(paper).toContain('Rendez-vous : Yvette Attendue');
});
