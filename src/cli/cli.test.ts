import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase, newSlug, quai, secret } from '../../test/harness/cli.ts';
import type { Clone } from '../../test/harness/cluster.ts';
import { monday9 } from '../../test/harness/make.ts';
import { findToken } from '../core/auth.ts';
import { connect, type Db } from '../core/db.ts';
import { projectRoot } from '../core/root.ts';
import { territoryUrl } from '../core/territories.ts';

const slug = newSlug();
let database: Clone;
let folder: string;
let env: Record<string, string>;
let db: Db;

const inFile = async (name: string, text: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

/** The built command line, as `npm run quai` starts it. */
const built = (...args: string[]): Promise<{ code: number; out: string; notes: string }> =>
  new Promise((done) => {
    const settings = { PATH: process.env.PATH ?? '', SECRET_KEY: secret, ...env };
    execFile(process.execPath, [join(projectRoot, 'dist/cli.js'), ...args], { env: settings }, (error, out, notes) =>
      done({ code: Number(error?.code ?? 0), out, notes }),
    );
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quai-cli-'));
  database = await emptyDatabase(slug);
  env = { DATABASE_URL: database.url, DATA_DIR: folder };
});

afterAll(async () => {
  await db?.destroy();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

test('each command explains itself, and an unknown one is refused with the list', async () => {
  const overview = await quai({}, '--help');
  expect(overview.code).toBe(0);
  const names = [...overview.out.matchAll(/^ {2}(\S+(?: \S+)?) {2}/gm)].map((match) => match[1]!.trim());
  expect(names).toHaveLength(11);
  for (const name of names)
    expect(await quai({}, ...name.split(' '), '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`quai -- ${name}`),
    });
  expect(await quai({}, 'dance')).toMatchObject({ code: 1, notes: expect.stringContaining('no command "dance"') });
  expect(await quai({}, 'admin')).toMatchObject({ code: 1, notes: 'EMAIL is missing. See --help.' });
  expect(await quai({}, 'admin', 'a@b.example', '--loud')).toMatchObject({
    code: 1,
    notes: expect.stringContaining("'--loud'"),
  });
  expect(await quai({ PORT: 'x' }, 'migrate')).toMatchObject({ code: 1, notes: expect.stringContaining('PORT') });
});

test('an empty database says what to do first', async () => {
  expect(await quai(env, 'admin', 'a@b.example')).toMatchObject({
    code: 1,
    notes: expect.stringContaining('territory create'),
  });
  expect(await quai(env, 'migrate')).toMatchObject({ code: 0, out: expect.stringContaining('no territory yet') });
  expect(await quai(env, 'doctor')).toMatchObject({ code: 1, out: expect.stringContaining('ko  territories') });
});

test('a territory is made with its administrator and its communes, once', async () => {
  const communes = await inFile(
    'communes.csv',
    'insee,name,postcodes,population_municipal,lat,lon\n59017,Armentières,59280,25000,50.688,2.881\n',
  );
  const args = [
    'territory',
    'create',
    '--slug',
    slug,
    '--name',
    'Pays d’Armentières',
    '--admin',
    'Chef@Quai.example',
    '--host',
    'Hubs.example',
    '--communes',
    communes,
  ];
  expect(await quai(env, ...args.slice(0, 6))).toMatchObject({ code: 1, notes: '--admin is missing. See --help.' });
  const made = await quai(env, ...args);
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('sign in as chef@quai.example') });
  expect(await quai(env, ...args)).toMatchObject({ code: 1, notes: expect.stringContaining('already a territory') });
  db = connect(territoryUrl(database.url, secret, `territory_${slug}`), { max: 2 });
  const [territory, grants, commune] = await Promise.all([
    db.selectFrom('territory').selectAll().executeTakeFirstOrThrow(),
    db
      .selectFrom('role_grant as g')
      .innerJoin('person as p', 'p.id', 'g.person_id')
      .select(['g.role', 'p.email', 'g.site_id'])
      .execute(),
    db.selectFrom('commune').selectAll().execute(),
  ]);
  expect(territory).toMatchObject({ name: 'Pays d’Armentières', main_language: 'fr', demonstration: false });
  expect(grants).toEqual([{ role: 'administrator', email: 'chef@quai.example', site_id: null }]);
  expect(commune).toMatchObject([{ code: '59017', search_name: 'armentieres', postcodes: ['59280'] }]);
});

test('the demonstration is never loaded over a territory', async () => {
  expect(await quai(env, 'seed')).toMatchObject({ code: 1, notes: expect.stringContaining('not empty') });
});

test('a wrong secret is named, and changes nothing', async () => {
  const wrong = { ...env, SECRET_KEY: 'another secret, of thirty-two characters or more' };
  expect(await quai(wrong, 'migrate')).toMatchObject({ code: 1, notes: expect.stringContaining('SECRET_KEY') });
  expect(await quai(env, 'migrate')).toMatchObject({ code: 0, out: `${slug}: already up to date.` });
});

test('an administrator is made once', async () => {
  expect(await quai(env, 'admin', 'nadia@quai.example', '--name', 'Nadia')).toMatchObject({
    code: 0,
    out: expect.stringContaining('is now'),
  });
  expect(await quai(env, 'admin', 'NADIA@quai.example')).toMatchObject({
    code: 0,
    out: expect.stringContaining('already'),
  });
  expect(await quai(env, 'admin', 'nadia')).toMatchObject({ code: 1, notes: '"nadia" is not an e-mail address.' });
});

test('the built command line prints a token alone on its last line, and the token works', async () => {
  const { code, out } = await built('token', '--email', 'nadia@quai.example', '--scopes', 'bookings:read');
  expect(code).toBe(0);
  const token = out.trimEnd().split('\n').at(-1)!;
  expect(token).toMatch(/^\S{40,}$/);
  const signed = await findToken(db, token, new Date());
  expect(signed?.actor).toMatchObject({ email: 'nadia@quai.example', scopes: ['bookings:read'] });
  expect(await built('token', '--email', 'nobody@quai.example')).toMatchObject({
    code: 1,
    out: '',
    notes: 'Nobody here has the address nobody@quai.example.\n',
  });
});

const people = `Prénom;Nom;Courriel;Téléphone;Rôle;Structure;Lubie
Zoé;Müller;ZOE@quai.example;03 21 00 00 00;membre;Atelier Lys;x
Paul;Durand;;0321000001;;;
"Anne
Marie";Petit;anne@quai.example;;équipe;Atelier Lys;`;

test('people are tried first, then written all or nothing, and once', async () => {
  const latin = await inFile('people.csv', Buffer.from(people, 'latin1'));
  const dry = await quai(env, 'import', 'people', latin);
  expect(dry).toMatchObject({ code: 0, notes: 'Columns not understood, left out: Lubie.' });
  expect(dry.out).toContain('people new: 3');
  expect(dry.out).toContain('dry run');
  expect(await db.selectFrom('person').select('id').where('name', 'like', '%Müller').execute()).toEqual([]);
  expect(await quai(env, 'import', 'people', latin, '--apply')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Written.'),
  });
  const zoe = await db
    .selectFrom('person')
    .selectAll()
    .where('email', '=', 'zoe@quai.example')
    .executeTakeFirstOrThrow();
  expect(zoe).toMatchObject({ name: 'Zoé Müller', telephone: '03 21 00 00 00', language: 'fr', confirmed_at: null });
  const again = await quai(env, 'import', 'people', latin, '--apply');
  expect(again.out).toContain('people already here: 3');
  expect(again.out).not.toContain('new');
  expect(again.out).not.toContain('roles given');
  expect(await db.selectFrom('organisation').select('name').execute()).toEqual([{ name: 'Atelier Lys' }]);
});

test('faults are told by line and column, and nothing is then written', async () => {
  const bom = await inFile(
    'faults.csv',
    `\ufeffname,email,role\nOne,one@quai.example,member\nTwo,two@,chief\n,,\nThree,ONE@quai.example,\n`,
  );
  const faulty = await quai(env, 'import', 'people', bom, '--apply');
  expect(faulty).toMatchObject({ code: 1, notes: '2 lines are at fault: nothing was written.' });
  expect(faulty.out).toContain('line 3, email: "two@" is not an e-mail address');
  expect(faulty.out).toContain('line 3, role: "chief"');
  expect(faulty.out).toContain('line 5, email: the same person is on line 2');
  expect(await db.selectFrom('person').select('id').where('email', '=', 'one@quai.example').execute()).toEqual([]);
  const headless = await inFile('headless.csv', 'Paul;paul@quai.example\n');
  expect(await quai(env, 'import', 'people', headless)).toMatchObject({
    code: 1,
    notes: expect.stringContaining('no column "name"'),
  });
});

const spaces = `site,commune,postcode,lat,lon,space,resource,kind,units,capacity,price,line,opening
La Halle,59017,,,,Salles,Salle Lys,salle de réunion,1,8,5 €/h,R,Mo-Fr 09:00-18:00
La Halle,,,,,Salles,Bureaux,coworking_desk,6,1,gratuit,C,Mo-Fr 09:00-18:00
La Halle,,,,,,Presse,machine,1,1,,,"Tu 14h-17h; Sa 9h-12h,14h-16h30"
Le Relais,Nieppe,59850,50.70,2.84,,Salle,meeting_room,,4,10/half-day,,Mo-Su 08:00-20:00`;

test('sites, spaces and what can be booked come from one file, once', async () => {
  const file = await inFile('spaces.csv', spaces);
  const done = await quai(env, 'import', 'spaces', file, '--apply');
  expect(done).toMatchObject({ code: 0, notes: '' });
  for (const line of ['things new: 4', 'sites new: 2', 'spaces new: 1', 'communes new: 1'])
    expect(done.out).toContain(line);
  const resources = await db
    .selectFrom('resource')
    .select(['slug', 'kind', 'capacity', 'price_kind', 'price_cents', 'price_per', 'space_id'])
    .orderBy('slug')
    .execute();
  expect(resources).toMatchObject([
    { slug: 'bureaux', kind: 'coworking_desk', price_kind: 'free' },
    { slug: 'presse', kind: 'machine', price_kind: 'unknown', space_id: null },
    { slug: 'salle', capacity: 4, price_cents: 1000, price_per: 'half_day' },
    { slug: 'salle-lys', kind: 'meeting_room', capacity: 8, price_cents: 500, price_per: 'hour' },
  ]);
  const rules = await db
    .selectFrom('opening_rule')
    .select(['weekday', 'opens', 'closes'])
    .where('resource_id', 'is not', null)
    .orderBy('weekday')
    .orderBy('opens')
    .execute();
  expect(rules).toEqual([
    { weekday: 2, opens: 840, closes: 1020 },
    { weekday: 6, opens: 540, closes: 720 },
    { weekday: 6, opens: 840, closes: 990 },
  ]);
  expect(await db.selectFrom('opening_rule').select('id').where('site_id', 'is not', null).execute()).toHaveLength(12);
  const again = await quai(env, 'import', 'spaces', file, '--apply');
  expect(again.out).toContain('things already here: 4');
  expect(again.out).not.toContain('new');
  const wrong = await inFile(
    'wrong.csv',
    'site,resource,kind,price,opening,capacity\nAilleurs,A,room,cheap,always,1\nLa Halle,B,hall,,,0\n',
  );
  const faulty = await quai(env, 'import', 'spaces', wrong);
  expect(faulty.code).toBe(1);
  for (const fault of ['line 2, kind', 'line 2, price', 'line 2, opening', 'line 2, commune', 'line 3, capacity'])
    expect(faulty.out).toContain(fault);
});

const bookings = `ressource;début;fin;courriel;nom;personnes;objet;statut;identifiant
Salle Lys;24/11/2026 9h;24/11/2026 10h30;zoe@quai.example;;4;Réunion;confirmé;R-1
salle-lys;2026-11-24 10:30;11:30;new@quai.example;Nouvelle;2;;;R-2
Bureaux;2026-11-24T08:00:00Z;2026-11-24T09:00:00Z;;Sans Courriel;;;;
Bureaux;2026-11-25 09:00;10:00;;Sans Courriel;;;;
Salle Lys;2026-11-20 09:00;10:00;zoe@quai.example;;;;;R-0
Salle Lys;2026-11-26 09:00;10:00;zoe@quai.example;;;;annulé;R-9
`;

test('bookings are taken by the command people use: no overlap, no mail, once', async () => {
  const file = await inFile('bookings.csv', bookings);
  const done = await quai(env, 'import', 'bookings', file, '--apply');
  expect(done).toMatchObject({ code: 0 });
  for (const line of ['bookings new: 4', 'begun or past ones left out: 1', 'cancelled ones left out: 1'])
    expect(done.out).toContain(line);
  const kept = await db
    .selectFrom('booking')
    .select(['starts_at', 'status', 'channel', 'people'])
    .orderBy('starts_at')
    .orderBy('people')
    .execute();
  expect(kept.map((one) => one.starts_at.toISOString())).toEqual([
    '2026-11-24T08:00:00.000Z',
    '2026-11-24T08:00:00.000Z',
    '2026-11-24T09:30:00.000Z',
    '2026-11-25T08:00:00.000Z',
  ]);
  expect(kept[3]).toMatchObject({ status: 'confirmed', channel: 'import' });
  expect(await db.selectFrom('allocation').select('id').execute()).toHaveLength(4);
  expect(await db.selectFrom('person').select('id').where('name', '=', 'Sans Courriel').execute()).toHaveLength(1);
  expect(await db.selectFrom('outbox').select('id').execute()).toEqual([]);
  const again = await quai(env, 'import', 'bookings', file, '--apply');
  expect(again.out).toContain('bookings already here: 4');
  expect(again.out).not.toContain('new');
});

test('what is taken, closed or not understood is told by line, and nothing of the file is kept', async () => {
  const file = await inFile(
    'clash.csv',
    `resource,site,start,end,email,name,people
Salle Lys,,2026-11-24 10:00,11:00,zoe@quai.example,,1
Salle Lys,,2026-11-24 22:00,23:00,zoe@quai.example,,1
Salle,La Halle,2026-11-24 10:00,11:00,zoe@quai.example,,1
Salle Lys,,soon,later,zoe@quai.example,,1
Salle Lys,,2026-11-24 14:00,15:00,nobody@quai.example,,1
Salle Lys,,2026-11-24 16:00,17:00,zoe@quai.example,,1
`,
  );
  const before = await db.selectFrom('booking').select('id').execute();
  const faulty = await quai(env, 'import', 'bookings', file, '--apply');
  expect(faulty).toMatchObject({ code: 1, notes: '5 lines are at fault: nothing was written.' });
  for (const fault of ['line 2, start:', 'line 3, start:', 'line 4, resource:', 'line 5, start:', 'line 6, name:'])
    expect(faulty.out).toContain(fault);
  expect(faulty.out).not.toMatch(/booking\.\w+/);
  expect(await db.selectFrom('booking').select('id').execute()).toHaveLength(before.length);
  const night = await inFile(
    'night.csv',
    'resource,start,end,email\nSalle Lys,2026-11-24 22:00,23:00,zoe@quai.example\n',
  );
  expect(
    await quai(env, 'import', 'bookings', night, '--apply', '--override', 'Agreed with the town hall'),
  ).toMatchObject({ code: 0 });
  const kept = await db
    .selectFrom('booking')
    .select('override_reason')
    .where('override_reason', 'is not', null)
    .execute();
  expect(kept).toEqual([{ override_reason: 'Agreed with the town hall' }]);
});

test('the doctor finds a healthy house healthy, and names what is not', async () => {
  const healthy = await quai(env, 'doctor');
  expect(healthy).toMatchObject({ code: 0, notes: '' });
  expect(healthy.out).toContain('ok  database: PostgreSQL');
  const ill = await quai({ ...env, SMTP_URL: 'smtp://127.0.0.1:1' }, 'doctor');
  expect(ill).toMatchObject({ code: 1, out: expect.stringContaining('ko  mail') });
  const unset = await quai({ QUAI_MODE: 'production' }, 'doctor');
  expect(unset).toMatchObject({ code: 1, out: expect.stringContaining('ko  settings: SMTP_URL') });
  await db
    .insertInto('outbox')
    .values({
      id: '01900000-0000-7000-8000-00000000000a',
      topic: 'x',
      payload: '{}',
      created_at: monday9,
      due_at: new Date(monday9.getTime() - 3_600_000),
    })
    .execute();
  expect(await quai(env, 'doctor')).toMatchObject({
    code: 1,
    out: expect.stringContaining('1 due, the oldest for 60 min'),
  });
});
