import { beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { makeHelper, makePresence, makeReason } from '../../../test/harness/help.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { newId } from '../../core/ids.ts';

const house = useHouse();
let query: Record<string, string>;
let siteId: string;
beforeAll(async () => {
  const site = await makeSite(house.db, { name: 'Lumbres' });
  siteId = site.id;
  const reason = await makeReason(house.db);
  const helper = await makeHelper(house.db, site.id, [reason.id]);
  await makePresence(house.db, helper.id, site.id, 2);
  query = { raison: reason.slug, qui: helper.id, lieu: site.slug };
});

const take = (who: Visitor, clock: string, fields: Record<string, string>) =>
  who.post('/fr/rendez-vous', { ...query, debut: `2026-11-24T${clock}:00+01:00`, envoi: newId(), ...fields });
const standing = (reference: string) =>
  house.db
    .selectFrom('registration as r')
    .innerJoin('session as s', 's.id', 'r.session_id')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .select(['r.status', 's.starts_at', 'p.name'])
    .where('r.reference', '=', reference)
    .executeTakeFirstOrThrow();

test('nothing is moved nor given back at one tap: what it is and what it would be are shown first', async () => {
  const who = await house.signedIn((await makePerson(house.db, { name: 'Rose' })).email!);
  const path = (await take(who, '09:00', {})).location!.split('?')[0]!;
  const reference = path.split('/').at(-1)!;
  const choice = (await who.get(`${path}/deplacer`)).text;
  expect(choice).not.toContain(`method="post" action="${path}`);
  const time = [...choice.matchAll(/name="heure" value="([^"]+)"/g)].map((one) => one[1]!).at(-1)!;
  const asked = await who.get(`${path}/deplacer?${new URLSearchParams({ heure: time })}`);
  expect(seen(asked.text)).toContain('mardi 24 novembre, 9 h – 9 h 45');
  expect((await standing(reference)).starts_at.toISOString()).toBe('2026-11-24T08:00:00.000Z');
  const form = fieldsOf(asked.text, `${path}/deplacer`);
  expect((await who.post(`${path}/deplacer`, form)).location).toBe(`${path}?fait=deplace`);
  expect((await standing(reference)).starts_at.toISOString()).toBe(time.split('|').at(-1));
  const gone = await who.get(`${path}/deplacer?${new URLSearchParams({ heure: time.replace(/T\d\d:/, 'T17:') })}`);
  expect([gone.status, seen(gone.text).includes('Changer d’heure ou de lieu')]).toEqual([409, true]);
  const mine = (await who.get(path)).text;
  expect(mine).toContain(`href="${path}/annulation"`);
  expect(mine).not.toContain(`${path}/annuler"`);
  const mailed = await who.get(path.replace('rendez-vous', 'inscriptions').concat('/annulation'));
  expect(mailed.location).toBe(`${path}/annulation`);
  const sure = await who.get(`${path}/annulation`);
  expect((await standing(reference)).status).toBe('registered');
  const fields = fieldsOf(sure.text, `${path}/annuler`);
  expect((await who.post(`${path}/annuler`, fields)).status).toBe(303);
  expect((await standing(reference)).status).toBe('cancelled');
  expect((await who.get(`${path}/annulation`)).location).toBe(path);
});

test('whoever has an account without a name gives one, and is received by it', async () => {
  const who = await house.signedIn((await makePerson(house.db, { name: '' })).email!);
  expect((await take(who, '10:00', {})).status).toBe(422);
  const done = await take(who, '10:00', { nom: 'Rita Essai' });
  expect(done.status).toBe(303);
  expect((await standing(done.location!.split(/[/?]/).at(-2)!)).name).toBe('Rita Essai');
});

test('the team takes one after the other: another is one gesture away', async () => {
  const person = await makePerson(house.db);
  const grant = { id: newId(), person_id: person.id, site_id: siteId, role: 'team' as const, created_at: house.now.at };
  await house.db.insertInto('role_grant').values(grant).execute();
  const team = await house.signedIn(person.email!);
  const done = await take(team, '11:00', { nom: 'Yvette Leroy', telephone: '03 21 00 00 09' });
  const page = (await team.get(done.location!)).text;
  expect(page).toMatch(/<a [^>]*href="\/fr\/rendez-vous"[^>]*>\s*Prendre un autre rendez-vous/);
});
