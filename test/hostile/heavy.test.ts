import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { registrationKey } from '../../src/core/codes.ts';
import { hashSecret, newId, newToken } from '../../src/core/ids.ts';
import { makeSession } from '../harness/agenda.ts';
import type { Answer, Visitor } from '../harness/app.ts';
import { makeAccount, makePerson, makeSite, monday9 } from '../harness/make.ts';
import { expectSound, forgetAttempts, type Ground, nasty, openGround, script } from './ground.ts';
import { secret } from './planted.ts';

// What is too large, too many, or somebody else's, at the doors of the agenda that take more than a few fields.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground?.close());

const count = async (table: 'registration' | 'attendee' | 'attendance' | 'signature' | 'field_entry' | 'person') =>
  Number(
    (
      await ground.db
        .selectFrom(table)
        .select((one) => one.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  );

async function counts(): Promise<number[]> {
  const tables = ['registration', 'attendee', 'attendance', 'signature', 'field_entry', 'person'] as const;
  return Promise.all(tables.map(count));
}

const megabyte = 'x'.repeat(1_000_000);

describe('A list of guests', () => {
  const path = () => `/fr/inscriptions/seance/${ground.planted.own.session}/liste`;
  const upload = (bytes: BlobPart, over: Record<string, string> = {}) => {
    const form = new FormData();
    form.set('fichier', new Blob([bytes], { type: 'text/csv' }), 'liste.csv');
    for (const [name, value] of Object.entries({ mode: 'inscrire', geste: 'ajouter', ...over })) form.set(name, value);
    return ground.viewers.team.upload(path(), form);
  };

  test('that is too long, no text, no table or full of traps is answered in words, and adds nobody', async () => {
    const before = await counts();
    const head = 'nom;e-mail\n';
    const lists: [string, BlobPart][] = [
      ['10 MB', `${head}${'Camille Essai;camille@essai.example\n'.repeat(280_000)}`],
      ['one line of 5 MB', `${head}${'x'.repeat(5_000_000)};a@essai.example`],
      ['many lines', `${head}${Array.from({ length: 5_000 }, (_, n) => `N ${n};n${n}@essai.example`).join('\n')}`],
      ['many columns', `${'nom;'.repeat(20_000)}\n`],
      ['a quote never closed', `${head}"Camille;camille@essai.example\n`.repeat(3)],
      ['no text', new Uint8Array(100_000).map((_, index) => (index * 7) % 256)],
      ['an archive', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])],
      ['nothing', ''],
      ['no name', 'e-mail\na@essai.example\n'],
      ['bad mails', `${head}${nasty.map((value) => `N;"${value.replaceAll('"', '""')}"`).join('\n')}`.slice(0, 60_000)],
      ['names of nothing', `${head}${' ;\n'.repeat(50)}`],
    ];
    for (const [what, bytes] of lists) {
      const answer = await upload(bytes, { mode: 'inviter' });
      expectSound(answer, what);
      expect([200, 303, 409, 413, 422], what).toContain(answer.status);
      if (answer.status === 303) expect(answer.location, what).toContain('nombre=0');
    }
    expect(await counts()).toEqual(before);
  });

  test('is somebody’s own: nobody else tries one or reads who is on it', async () => {
    const before = await counts();
    for (const reference of [ground.planted.open.reference, ground.planted.draft.reference]) {
      for (const kind of ['nobody', 'inhabitant', 'team'] as const) {
        const who = ground.viewers[kind];
        const at = `/fr/inscriptions/seance/${reference}`;
        const form = { mode: 'inscrire', geste: 'ajouter', liste: 'nom;e-mail\nEva;eva@essai.example' };
        for (const answer of [await who.get(at), await who.get(`${at}/liste`), await who.post(`${at}/liste`, form)]) {
          expectSound(answer, `${kind} ${at}`);
          expect(answer.status, `${kind} ${at}`).toBe(404);
          expect(answer.text).not.toMatch(secret);
        }
      }
    }
    expect(await counts()).toEqual(before);
  });

  test('with names that act is written as words, in its pages and in the list that is handed out', async () => {
    const names = [script, '=cmd|calc!A1', '+33 1', '@SUM(1)', '-2+3', '"quoted"', 'a;b', "l'ami"];
    const list = `nom;e-mail\n${names.map((name, n) => `"${name.replaceAll('"', '""')}";nom${n}@essai.example`).join('\n')}\n`;
    const tried = await upload(list, { geste: 'verifier' });
    expectSound(tried, 'tried');
    expect(tried.status).toBe(200);
    expectSound(await upload(list), 'added');
    const at = path().replace('/liste', '');
    for (const address of [at, `${at}/liste.csv`, `${at}.csv`, `/fr/presence/${ground.planted.own.session}`])
      expectSound(await ground.viewers.team.get(address), address);
    const handed = await ground.viewers.team.get(`${at}/liste.csv`);
    if (handed.status === 200) expect(handed.text).not.toMatch(/(^|[;"\n])[=@][a-z]/im);
  });
});

describe('A signature, and a phone’s notebook', () => {
  test('of a megabyte, or that draws something else, is refused and kept nowhere', async () => {
    const { own } = ground.planted;
    const attendee = await ground.db
      .selectFrom('attendee as a')
      .innerJoin('registration as r', 'r.id', 'a.registration_id')
      .select('a.id')
      .where('r.reference', '=', own.registered)
      .executeTakeFirstOrThrow();
    const address = `/fr/presence/${own.session}/signature/${attendee.id}`;
    const before = await count('signature');
    for (const traits of [megabyte, `M1 1${'L2 2'.repeat(60_000)}`, ...nasty]) {
      const answer = await ground.viewers.team.post(address, { traits });
      expectSound(answer, traits.slice(0, 40));
      expect([404, 409, 413, 422], traits.slice(0, 40)).toContain(answer.status);
    }
    expect(await count('signature')).toBe(before);
  });

  test('takes no batch that is not one, nothing of another site, and writes nothing of it', async () => {
    const { planted } = ground;
    const before = await counts();
    const entry = (over: object) => ({
      ...{ id: newId(), turn: 1, kind: 'check_in', occurredAt: monday9.toISOString(), payload: {} },
      ...over,
    });
    const mark = { attendeeId: planted.registration.attendeeId, state: 'present' };
    const bodies: unknown[] = [
      null,
      [],
      {},
      'text',
      { entries: 'x' },
      { entries: [null] },
      { entries: Array.from({ length: 5_000 }, () => entry({})) },
      ...nasty.map((value) => ({ entries: [entry({ kind: value })] })),
      ...nasty.map((value) => ({ entries: [entry({ id: value })] })),
      ...nasty.map((value) => ({ entries: [entry({ occurredAt: value })] })),
      { entries: [entry({ payload: { text: megabyte } })] },
      { device: 'x', entries: [entry({ kind: 'mark', payload: mark })] },
      { deviceId: newId(), entries: [entry({ kind: 'attendance', payload: mark })] },
    ];
    for (const kind of ['nobody', 'inhabitant', 'team'] as const) {
      for (const body of bodies) {
        const answer = await ground.viewers[kind].call('POST', '/fr/carnet/envoi', body, {
          'sec-fetch-site': 'same-origin',
          origin: 'http://localhost:3000',
        });
        expectSoundJson(answer, `${kind} ${JSON.stringify(body)?.slice(0, 80)}`);
        if (kind !== 'team') expect([401, 404, 413], JSON.stringify(body)?.slice(0, 80)).toContain(answer.status);
      }
      await forgetAttempts(ground.db);
    }
    const after = await counts();
    // A refusal may be kept for the team to settle; who comes, was there or signed is not touched.
    expect(after.filter((_, index) => index !== 4)).toEqual(before.filter((_, index) => index !== 4));
  });

  function expectSoundJson(answer: Answer, what: string): void {
    expect(answer.status, what).toBeLessThan(500);
    expect(answer.text, what).not.toMatch(secret);
    expect(answer.text, what).not.toMatch(/\n\s+at |node_modules|syntax error at|duplicate key/);
  }
});

describe('Forms of a megabyte', () => {
  test('are too large, said in words', async () => {
    const { own, open } = ground.planted;
    for (const path of [
      `/fr/agenda/${open.reference}/inscription`,
      `/fr/inscriptions/${own.registered}/personnes`,
      '/fr/equipe/la-station/programme/nouvelle',
      `/fr/equipe/la-station/programme/${own.session}/modifier`,
      `/fr/presence/${own.session}/porte`,
      `/fr/avis/${own.registered}`,
      '/fr/rendez-vous',
      '/fr/permanences/ouvrir',
      '/fr/gestion/lieux/bus/tournee/nouvelle',
    ]) {
      const answer = await ground.viewers.administrator.post(path, { note: megabyte });
      expectSound(answer, path);
      expect([answer.status, answer.text.includes('trop gros')], path).toEqual([413, true]);
    }
  });
});

describe('An offer made to somebody else', () => {
  test('is taken and refused by nobody else, whatever key they bring', async () => {
    const { offered, waiting, invited, registration } = ground.planted;
    const key = (id: string) => registrationKey('a secret of the tests, thirty-two characters long', id);
    const keys = [undefined, '', 'x', key(waiting.id), key(registration.id), key(invited.id), key(offered.id).slice(1)];
    for (const gesture of ['place', 'invitation', 'annulation', 'personnes']) {
      for (const geste of ['oui', 'non']) {
        for (const cle of keys) {
          for (const kind of ['nobody', 'inhabitant', 'team'] as const) {
            const form = { geste, version: '1', ...(cle === undefined ? {} : { cle }) };
            const address = `/fr/inscriptions/${offered.reference}/${gesture}`;
            const answer = await ground.viewers[kind].post(address, form);
            expectSound(answer, `${kind} ${address}`);
            expect(answer.status, `${kind} ${address} ${cle}`).toBe(404);
          }
        }
      }
    }
    const row = await ground.db
      .selectFrom('registration')
      .select(['status', 'version'])
      .where('id', '=', offered.id)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ status: 'offered', version: 1 });
  });
});

describe('The API of the agenda', () => {
  let caller: Visitor;
  let sessionId: string;

  beforeAll(async () => {
    const person = await makePerson(ground.db);
    const account_id = await makeAccount(ground.db, person.id);
    const token = newToken();
    const scopes = ['bookings:read', 'bookings:write'];
    const row = { id: newId(), account_id, name: 'x', token_hash: hashSecret(token), scopes, created_at: monday9 };
    await ground.db.insertInto('api_token').values(row).execute();
    caller = ground.app.visitor({ authorization: `Bearer ${token}` });
    sessionId = (await makeSession(ground.db, { siteId: (await makeSite(ground.db)).id })).id;
  });

  const strange: unknown[] = [...nasty, null, true, 0, -1, 1e308, [], ['a'], {}, { toString: 1 }, [[[]]]];

  /** A refusal is a problem in words. */
  function expectProblem(answer: Answer, what: string): void {
    expectSound(answer, what);
    if (answer.status < 400) return;
    expect(answer.headers.get('content-type'), what).toContain('application/problem+json');
    expect((answer.json() as { title: string }).title.length, what).toBeGreaterThan(10);
  }

  test('stands any value in any field of a registration', async () => {
    const path = `/api/v1/sessions/${sessionId}/registrations`;
    const valid = { people: [{ name: 'Camille' }], answers: { q: 'x' }, consent: true, note: 'x' };
    for (const value of strange) {
      for (const field of ['people', 'answers', 'consent', 'note'])
        expectProblem(
          await caller.call('POST', path, { ...valid, [field]: value }),
          `${field} ${JSON.stringify(value)}`,
        );
      for (const field of ['name', 'email', 'birth_year', 'tariff']) {
        const people = [{ name: 'Camille', [field]: value }];
        expectProblem(await caller.call('POST', path, { people }), `${field} ${JSON.stringify(value)?.slice(0, 60)}`);
      }
      await forgetAttempts(ground.db);
    }
    expectProblem(
      await caller.call('POST', path, { people: Array.from({ length: 5_000 }, () => ({ name: 'x' })) }),
      '5000',
    );
    const large = await caller.call('POST', path, { people: [{ name: megabyte }] });
    expectProblem(large, '1 MB');
    expect(large.status).toBe(413);
    // Whatever of it was understood sits or waits once.
    const rows = await ground.db.selectFrom('registration').select('id').where('session_id', '=', sessionId).execute();
    expect(rows.length).toBeLessThanOrEqual(1);
  });

  test('registers nobody for what is not public, and shows or cancels nothing of somebody else', async () => {
    const { planted } = ground;
    for (const one of [planted.draft, planted.appointment]) {
      for (const id of [one.id, one.reference]) {
        const answer = await caller.call('POST', `/api/v1/sessions/${id}/registrations`, { people: [{ name: 'C' }] });
        expectProblem(answer, id);
        expect(answer.status, id).toBe(404);
        expect((await caller.get(`/api/v1/sessions/${id}`)).status, id).toBe(404);
      }
    }
    const invited = await caller.call('POST', `/api/v1/sessions/${planted.invited.id}/registrations`, {
      people: [{ name: 'C' }],
    });
    expect([404, 409]).toContain(invited.status);
    for (const one of [planted.registration, planted.waiting, planted.offered, planted.visit]) {
      for (const id of [one.id, one.reference]) {
        const answer = await caller.call('POST', `/api/v1/registrations/${id}/cancellation`, {});
        expectProblem(answer, id);
        expect(answer.status, id).toBe(404);
        expect(answer.text).not.toMatch(secret);
      }
    }
    for (const id of [newId(), '%00', '..', 'x'.repeat(60), 'ZZZZZZZZZZ']) {
      const answers = [
        await caller.get(`/api/v1/sessions/${id}`),
        await caller.call('POST', `/api/v1/registrations/${id}/cancellation`, {}),
      ];
      for (const answer of answers) {
        expectProblem(answer, id);
        expect([404, 422], id).toContain(answer.status);
      }
    }
    const anonymous = await ground.app
      .visitor()
      .call('POST', `/api/v1/sessions/${sessionId}/registrations`, { people: [{ name: 'C' }] });
    expect(anonymous.status).toBe(401);
  });

  test('stands any question', async () => {
    for (const path of ['/api/v1/sessions', '/api/v1/openagenda', '/api/v1/places']) {
      for (const name of ['from', 'to', 'site', 'line', 'near', 'within_km', 'cursor', 'limit']) {
        for (const value of [
          ...nasty,
          ...(name === 'cursor' ? nasty.map((one) => Buffer.from(one).toString('base64url')) : []),
        ])
          expectProblem(
            await caller.get(`${path}?${new URLSearchParams({ [name]: value })}`),
            `${path}?${name}=${value}`,
          );
        await forgetAttempts(ground.db);
      }
    }
  });
});
