import { beforeAll, expect, test } from 'vitest';
import { makeSession, type SessionOver } from '../../../test/harness/agenda.ts';
import type { Visitor } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { registrationKey } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import type { Role } from '../../core/schema.ts';

const house = useHouse({ max: 3 });

type Who = 'passer-by' | 'inhabitant' | 'of the group' | 'guest' | 'called off' | 'leader' | 'team' | 'other team';
const visitors = {} as Record<Who, Visitor>;
const sessions = {} as Record<string, { id: string; reference: string; title: string }>;
let pass = '';
let foreignPass = '';
let eventPass = '';

async function member(name: string, role?: { role: Role; siteId: string }) {
  const person = await makePerson(house.db, { name });
  if (role) {
    const row = { id: newId(), person_id: person.id, role: role.role, site_id: role.siteId, created_at: monday9 };
    await house.db.insertInto('role_grant').values(row).execute();
  }
  return { ...person, visitor: await house.signedIn(person.email!) };
}

beforeAll(async () => {
  const site = await makeSite(house.db);
  const elsewhere = await makeSite(house.db);
  const groupId = newId();
  await house.db
    .insertInto('person_group')
    .values({ id: groupId, slug: 'soudure', name: '{"fr":"Soudure"}', created_at: monday9 })
    .execute();
  const make = async (title: string, over: Partial<SessionOver>) => {
    const one = await makeSession(house.db, {
      siteId: site.id,
      title: { fr: title },
      start: at('2026-11-23', '14:00'),
      ...over,
    });
    sessions[title] = { ...one, title };
    return one;
  };
  await make('Pour-tous', {});
  await make('Pour-membres', { audience: 'members' });
  const group = await make('Pour-groupe', { audience: 'group', groupId });
  const invited = await make('Sur-invitation', { audience: 'invited' });
  const event = await make('Evenement-clos', { audience: 'invited', kind: 'event' });
  await make('Partie-ouverte', { parentId: event.id });
  await make('Brouillon', { status: 'draft' });
  await make('Tete-a-tete', { kind: 'appointment' });
  const people = {
    inhabitant: await member('Ines'),
    'of the group': await member('Gaston'),
    guest: await member('Ginette'),
    'called off': await member('Odile'),
    leader: await member('Lise'),
    team: await member('Tom', { role: 'team', siteId: site.id }),
    'other team': await member('Otto', { role: 'team', siteId: elsewhere.id }),
  };
  for (const [who, { visitor }] of Object.entries(people)) visitors[who as Who] = visitor;
  visitors['passer-by'] = house.visitor();
  await house.db
    .insertInto('person_group_member')
    .values({ group_id: groupId, person_id: people['of the group'].id, created_at: monday9 })
    .execute();
  for (const { id } of [invited, event]) {
    const own = await makeRegistration(house.db, id, { person: people.guest, status: 'invited' });
    await makeRegistration(house.db, id, { person: people['called off'], status: 'cancelled' });
    const link = `?inscription=${own.reference}&cle=${registrationKey(house.ctx().secret, own.id)}`;
    if (id === invited.id) pass = link;
    else eventPass = link;
  }
  const other = await makeRegistration(house.db, sessions['Pour-tous']!.id);
  foreignPass = `?inscription=${other.reference}&cle=${registrationKey(house.ctx().secret, other.id)}`;
  await house.db
    .insertInto('session_leader')
    .values([group, invited, event].map(({ id }) => ({ session_id: id, person_id: people.leader.id })))
    .execute();
});

const everybody = [
  'passer-by',
  'inhabitant',
  'of the group',
  'guest',
  'called off',
  'leader',
  'team',
  'other team',
] as const;
/** Who reads of what; nobody else does. */
const reads: Record<string, readonly Who[]> = {
  'Pour-tous': everybody,
  'Pour-membres': everybody,
  'Pour-groupe': ['of the group', 'leader', 'team'],
  'Sur-invitation': ['guest', 'leader', 'team'],
  'Evenement-clos': ['guest', 'leader', 'team'],
  'Partie-ouverte': ['guest', 'leader', 'team'],
  Brouillon: [],
  'Tete-a-tete': [],
};

/** The doors by which one session is read, and whether they know who is signed in. */
const doors: Record<string, (one: { id: string; reference: string }) => string> = {
  'its page': ({ reference }) => `/fr/agenda/${reference}`,
  'its calendar': ({ reference }) => `/fr/agenda/${reference}/agenda.ics`,
  'the form': ({ reference }) => `/fr/agenda/${reference}/inscription`,
  'the code at the door': ({ reference }) => `/fr/presence/${reference}/ici`,
};

for (const [door, address] of Object.entries(doors)) {
  test(`${door} opens for those the session is for, its leader and its team`, async () => {
    for (const [title, allowed] of Object.entries(reads)) {
      for (const who of everybody) {
        const { status, text } = await visitors[who].get(address(sessions[title]!));
        const inside = allowed.includes(who);
        // Those who come are led from the door to their own page.
        expect([200, 302].includes(status), `${who}, ${title}, ${status}`).toBe(inside);
        if (!inside) expect([status, text.includes(title)], `${who}, ${title}`).toEqual([404, false]);
      }
    }
  });
}

test('whoever has the link of their invitation needs no account, and no other link will do', async () => {
  const { reference } = sessions['Sur-invitation']!;
  const visitor = house.visitor();
  for (const path of [`/fr/agenda/${reference}`, `/fr/agenda/${reference}/agenda.ics`]) {
    const { status, text, headers } = await visitor.get(path + pass);
    expect([status, text.includes('Sur-invitation')]).toEqual([200, true]);
    expect(headers.get('cache-control')).toContain('private');
    expect((await visitor.get(path)).status).toBe(404);
    expect((await visitor.get(path + foreignPass)).status).toBe(404);
    expect((await visitor.get(`${path}${pass}x`)).status).toBe(404);
  }
});

test('the link of an invitation to an event opens its parts too, and leads back from them', async () => {
  const guest = house.visitor();
  const event = sessions['Evenement-clos']!;
  const part = sessions['Partie-ouverte']!;
  const page = await guest.get(`/fr/agenda/${event.reference}${eventPass}`);
  const link = page.text.match(new RegExp(`href="(/fr/agenda/${part.reference}[^"]*)"`))?.[1]?.replaceAll('&amp;', '&');
  const opened = await guest.get(link!);
  expect([opened.status, opened.text.includes(part.title)]).toEqual([200, true]);
  expect(opened.text.replaceAll('&amp;', '&')).toContain(`href="/fr/agenda/${event.reference}${eventPass}"`);
});

test('the page of their registration leads whoever is invited to the session, and on to its calendar', async () => {
  const query = new URLSearchParams(pass);
  const own = await house.visitor().get(`/fr/inscriptions/${query.get('inscription')}?cle=${query.get('cle')}`);
  const { reference } = sessions['Sur-invitation']!;
  const href = `/fr/agenda/${reference}${pass}`;
  expect(own.text).toContain(`href="${href.replace('&', '&amp;')}"`);
  const { text } = await house.visitor().get(href);
  const calendar = `/fr/agenda/${reference}/agenda.ics${pass}`;
  expect(text).toContain(`href="${calendar.replace('&', '&amp;')}"`);
  expect((await house.visitor().get(calendar)).status).toBe(200);
});

test('what is kept for some reads like what never was, with the way in', async () => {
  const { reference } = sessions['Sur-invitation']!;
  const unread = await house.visitor().get(`/fr/agenda/${reference}`);
  const nowhere = await house.visitor().get('/fr/agenda/ZZZZZZZZZZ');
  const plain = (text: string) => text.replaceAll('ZZZZZZZZZZ', 'REF').replaceAll(reference, 'REF');
  expect(plain(unread.text)).toBe(plain(nowhere.text));
  expect(unread.text).toContain('/fr/connexion?retour=%2Ffr%2Fagenda%2F');
});

test('whoever reads by the link of a mail is shown no form that would not open to them', async () => {
  const own = await makeRegistration(house.db, sessions['Pour-groupe']!.id);
  const groupPass = `?inscription=${own.reference}&cle=${registrationKey(house.ctx().secret, own.id)}`;
  for (const [title, link] of [
    ['Pour-groupe', groupPass],
    ['Partie-ouverte', eventPass],
    ['Pour-tous', foreignPass],
  ] as const) {
    const { status, text } = await house.visitor().get(doors['its page']!(sessions[title]!) + link);
    expect(status, title).toBe(200);
    const forms = [...text.matchAll(/href="([^"]*\/inscription)"/g)].map((match) => match[1]!);
    expect(forms.length, title).toBe(title === 'Pour-tous' ? 1 : 0);
    for (const form of forms) expect((await house.visitor().get(form)).status, form).toBe(200);
  }
});

test('the API tells anybody of what is for all, and of nothing else', async () => {
  for (const [title, { id, reference }] of Object.entries(sessions)) {
    const open = reads[title]!.includes('passer-by');
    const one = await house.visitor().get(`/api/v1/sessions/${id}`);
    expect([one.status, one.text.includes(title)], title).toEqual(open ? [200, true] : [404, false]);
    const registered = await house.visitor().call('POST', `/api/v1/sessions/${reference}/registrations`, {
      people: [{ name: 'Essai' }],
    });
    expect(registered.text, title).not.toContain(title);
  }
});

/** Lists that know nobody: what they say is kept by others. */
const publicLists = [
  '/agenda.ics',
  '/agenda.atom',
  '/agenda/openagenda.json',
  '/fr/agenda/cadre',
  '/fr/agenda/semaine',
  '/api/v1/sessions?from=2026-11-23&to=2026-11-24',
];

test('what others take or print has only what is for all, whoever asks', async () => {
  for (const path of publicLists) {
    for (const who of ['passer-by', 'guest', 'team'] as const) {
      const { status, text } = await visitors[who].get(path);
      expect(status, path).toBe(200);
      for (const [title, allowed] of Object.entries(reads)) {
        const shown = text.includes(title);
        if (!allowed.includes('passer-by')) expect(shown, `${path}, ${title}, ${who}`).toBe(false);
      }
    }
  }
});

test('the agenda lists for whoever is signed in what is for their group and what they are invited to', async () => {
  const listed = async (who: Who) => {
    const { text } = await visitors[who].get('/fr/agenda?quand=aujourdhui&site=');
    return Object.keys(reads).filter((title) => text.includes(title));
  };
  const all = ['Pour-tous', 'Pour-membres'];
  expect(await listed('passer-by')).toEqual(all);
  expect(await listed('inhabitant')).toEqual(all);
  expect(await listed('called off')).toEqual(all);
  expect(await listed('of the group')).toEqual([...all, 'Pour-groupe']);
  expect(await listed('guest')).toEqual([...all, 'Sur-invitation', 'Evenement-clos']);
});

test('for members, all may read, and whoever is none learns what to do', async () => {
  const { text, status } = await visitors['passer-by'].get(doors['the form']!(sessions['Pour-membres']!));
  expect(status).toBe(200);
  expect(text).toContain('/connexion');
});
