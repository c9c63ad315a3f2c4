import { beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeHelper, makePresence, makeReason } from '../../../test/harness/help.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { registrationKey } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import type { Role } from '../../core/schema.ts';
import { makeAppointment } from './index.ts';

const house = useHouse({ max: 3 });
const tuesday = '2026-11-24';
const secret = 'Surendettement de Marcel';

type Who =
  | 'person'
  | 'helper'
  | 'team there'
  | 'administrator'
  | 'helper’s team'
  | 'other team'
  | 'other administrator'
  | 'inhabitant';
const visitors = {} as Record<Who, Visitor>;
let made: { reference: string; registrationId: string; sessionReference: string };
let names: { lumbres: string; helperId: string };

async function comer(name: string, role?: Role, siteId: string | null = null) {
  const person = await makePerson(house.db, { name });
  if (role) {
    const row = { id: newId(), person_id: person.id, role, site_id: siteId, created_at: monday9 };
    await house.db.insertInto('role_grant').values(row).execute();
  }
  return { ...person, visitor: await house.signedIn(person.email!) };
}

/** Nadia is of La Gare's team and receives at Lumbres too: the appointment is there. */
beforeAll(async () => {
  const lumbres = await makeSite(house.db, { name: 'Lumbres' });
  const gare = await makeSite(house.db, { name: 'La Gare' });
  const far = await makeSite(house.db, { name: 'Ailleurs' });
  const reason = await makeReason(house.db);
  const helper = await makeHelper(house.db, gare.id, [reason.id]);
  await makePresence(house.db, helper.id, lumbres.id, 2);
  const grant = {
    id: newId(),
    person_id: helper.person.id,
    role: 'team',
    site_id: gare.id,
    created_at: monday9,
  } as const;
  await house.db.insertInto('role_grant').values(grant).execute();
  const marcel = await comer('Marcel');
  visitors.person = marcel.visitor;
  visitors.helper = await house.signedIn(helper.person.email!);
  visitors['team there'] = (await comer('Tom', 'team', lumbres.id)).visitor;
  visitors.administrator = (await comer('Ada', 'administrator')).visitor;
  visitors['helper’s team'] = (await comer('Gil', 'team', gare.id)).visitor;
  visitors['other team'] = (await comer('Otto', 'team', far.id)).visitor;
  visitors['other administrator'] = (await comer('Odile', 'administrator', far.id)).visitor;
  visitors.inhabitant = (await comer('Ines')).visitor;
  const state = await makeAppointment(house.ctx(), {
    reasonSlug: reason.slug,
    helperId: helper.id,
    siteId: lumbres.id,
    stopId: null,
    start: at(tuesday, '09:00'),
    person: { id: marcel.id },
    note: secret,
    channel: 'desk',
  });
  const session = await house.db
    .selectFrom('session')
    .select('reference')
    .where('id', '=', state.sessionId)
    .executeTakeFirstOrThrow();
  made = { reference: state.reference, registrationId: state.id, sessionReference: session.reference };
  names = { lumbres: lumbres.slug, helperId: helper.id };
});

const allowed: readonly Who[] = ['person', 'helper', 'team there', 'administrator'];
const everybody = (): Who[] => Object.keys(visitors) as Who[];

test('an appointment is read by who comes, who receives, the team of its place and administrators; for the others there is none', async () => {
  for (const who of everybody()) {
    for (const path of ['', '/deplacer', '/annulation']) {
      const { status, text } = await visitors[who].get(`/fr/rendez-vous/${made.reference}${path}`);
      expect(status, `${who} ${path}`).toBe(allowed.includes(who) ? 200 : 404);
      if (!path && allowed.includes(who)) expect(text, who).toContain(secret);
    }
  }
});

test('nobody else moves it or gives it back', async () => {
  const time = [names.helperId, newId(), '', at(tuesday, '10:30').toISOString()].join('|');
  for (const who of everybody().filter((one) => !allowed.includes(one))) {
    for (const path of [
      `/fr/rendez-vous/${made.reference}/annuler`,
      `/fr/rendez-vous/${made.reference}/deplacer`,
      `/fr/permanences/absence/${made.reference}`,
    ]) {
      const form = { heure: time, geste: 'annuler', qui: names.helperId };
      expect((await visitors[who].post(path, form)).status, `${who} ${path}`).toBe(404);
    }
  }
  const { status } = await house.db
    .selectFrom('registration')
    .select('status')
    .where('id', '=', made.registrationId)
    .executeTakeFirstOrThrow();
  expect(status).toBe('registered');
});

test('no other door tells why or who', async () => {
  const paths = [
    `/fr/permanences?qui=${names.helperId}&jour=${tuesday}`,
    `/fr/permanences/absence?qui=${names.helperId}&from=${tuesday}&to=${tuesday}&fromTime=08:00&toTime=12:00&fait=note`,
    `/fr/carnet/${names.lumbres}?jour=${tuesday}`,
    `/fr/equipe/${names.lumbres}/jour/${tuesday}`,
    `/fr/equipe/${names.lumbres}/programme`,
    `/fr/equipe/${names.lumbres}?jour=${tuesday}`,
    `/fr/presence/${made.sessionReference}`,
    `/fr/inscriptions/${made.reference}`,
    `/fr/agenda/${made.sessionReference}`,
    `/api/v1/registrations/${made.registrationId}`,
  ];
  for (const who of everybody().filter((one) => !allowed.includes(one))) {
    for (const path of paths) {
      const { text } = await visitors[who].get(path);
      for (const word of [secret, 'Marcel', 'Dossier de surendettement']) {
        expect(text.includes(word), `${who} ${path} ${word}`).toBe(false);
      }
    }
  }
  const week = await visitors['helper’s team'].get(`/fr/permanences?qui=${names.helperId}&jour=${tuesday}`);
  expect(week.text).toContain('Lumbres');
  expect(week.text).toContain('Un rendez-vous est pris');
});

test('the link of its mail opens it, and the key of another does not', async () => {
  const path = `/fr/rendez-vous/${made.reference}`;
  const key = registrationKey(house.ctx().secret, made.registrationId);
  expect((await house.visitor().get(`${path}?cle=${key}`)).status).toBe(200);
  expect((await house.visitor().get(`${path}?cle=${registrationKey(house.ctx().secret, newId())}`)).status).toBe(404);
  expect((await house.visitor().get(path)).status).toBe(404);
});

test('whoever of another team took it by telephone reads it while the caller is on the line', async () => {
  const otto = visitors['other team'];
  const list = await otto.get('/fr/rendez-vous');
  expect(list.status).toBe(200);
  await house.db
    .updateTable('registration')
    .set((set) => ({
      created_by: set.selectFrom('person').select('id').where('name', '=', 'Otto').limit(1),
      created_at: monday9,
    }))
    .where('id', '=', made.registrationId)
    .execute();
  expect((await otto.get(`/fr/rendez-vous/${made.reference}`)).status).toBe(200);
  house.now.at = new Date(monday9.getTime() + 61 * 60_000);
  expect((await otto.get(`/fr/rendez-vous/${made.reference}`)).status).toBe(404);
  house.now.at = monday9;
});
