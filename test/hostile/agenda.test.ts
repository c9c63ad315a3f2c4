import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bookingKey, registrationKey, wishKey } from '../../src/core/codes.ts';
import type { Answer, Visitor } from '../harness/app.ts';
import { monday9 } from '../harness/make.ts';
import { formsOf } from './forms.ts';
import { addressOf, expectSound, forgetAttempts, type Ground, nasty, openGround, routesOf } from './ground.ts';
import { secret } from './planted.ts';

// Thousands of requests: a machine that does other things besides needs the time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground?.close());

const keySecret = 'a secret of the tests, thirty-two characters long';

/** Where a secret was read, and its words around it. */
function leak(answer: Answer, what: string): string[] {
  const found = secret.exec(answer.text);
  const where = found ? answer.text.slice(Math.max(0, found.index - 60), found.index + 40) : '';
  const headers = [...answer.headers].filter(([, value]) => secret.test(value)).map(([name]) => name);
  return found || headers.length > 0 ? [`${what} → ${answer.status} ${headers} …${where}…`] : [];
}

/** Every address of the house that can be asked for, with each thing that was planted in its turn. */
function everyAddress(): string[] {
  const { planted } = ground;
  const references = [planted.open, planted.draft, planted.invited, planted.appointment].map((one) => one.reference);
  const registrations = [planted.registration, planted.waiting, planted.offered, planted.visit];
  const turns: Record<string, string>[] = [
    {},
    ...references.map((reference) => ({ reference, ref: reference, code: reference })),
    ...registrations.map(({ reference }) => ({ reference, ref: reference, code: reference })),
    ...[planted.open, planted.draft, planted.invited, planted.appointment, ...registrations].map(({ id }) => ({
      id,
      session: id,
    })),
    ...[planted.sheet, planted.feedback, planted.fieldEntry, planted.helper, planted.reason.id].map((id) => ({ id })),
    { site: 'mini-station-eperlecques', slug: 'mini-station-eperlecques', file: 'mini-station-eperlecques.ics' },
  ];
  const paths = routesOf(ground.app).filter(({ method }) => method === 'GET');
  return [
    ...new Set(paths.flatMap(({ path }) => turns.map((turn) => addressOf(path, ground.fill, turn)))),
    ...questions(),
  ];
}

/** Lists, feeds and calls, asked for the days and the place where the secrets lie. */
function questions(): string[] {
  const days = 'from=2026-11-20&to=2026-12-20';
  return [
    `/api/v1/sessions?${days}&site=mini-station-eperlecques&limit=100`,
    `/api/v1/sessions?${days}&limit=100`,
    '/fr/agenda?jour=2026-11-25',
    '/fr/agenda?lieu=mini-station-eperlecques',
    '/fr/agenda/semaine?semaine=2026-11-23',
    '/fr/agenda/cadre?lieu=mini-station-eperlecques',
    '/fr/tableau/mini-station-eperlecques',
  ];
}

describe('What is somebody’s own', () => {
  test('is read by nobody else, whatever address is tried', async () => {
    const leaks: string[] = [];
    for (const address of everyAddress()) {
      for (const kind of ['nobody', 'inhabitant'] as const) {
        const answer = await ground.viewers[kind].get(address);
        expectSound(answer, `${kind} ${address}`);
        leaks.push(...leak(answer, `${kind} ${address}`));
      }
    }
    expect(leaks).toEqual([]);
    await forgetAttempts(ground.db);
  });

  test('is changed by nobody else', async () => {
    const before = await state();
    const { planted } = ground;
    const things = [planted.open, planted.draft, planted.invited, planted.appointment];
    const turns: Record<string, string>[] = [
      {},
      ...[...things, planted.registration, planted.waiting, planted.offered].map(({ id, reference }) => ({
        id,
        session: id,
        reference,
        ref: reference,
        code: reference,
      })),
    ];
    for (const { path } of routesOf(ground.app).filter(({ method, path: at }) => method === 'POST' && theirs(at))) {
      for (const turn of turns) {
        for (const kind of ['nobody', 'inhabitant', 'team'] as const) {
          // Whoever is of a team gives back appointments for all the network, as those who telephone ask them to.
          if (kind === 'team' && /rendez-vous|permanences|relais/.test(path)) continue;
          const answer = await ground.viewers[kind].post(addressOf(path, ground.fill, turn), {});
          expectSound(answer, `${kind} ${path}`);
        }
      }
      await forgetAttempts(ground.db);
    }
    expect(await state()).toEqual(before);
  });

  const theirs = (path: string) =>
    /inscription|presence|avis|rendez-vous|permanence|relais|preuves|programme|tournee|carnet/.test(path) &&
    !path.startsWith('/api/');

  /** All that was planted, as it stands. */
  async function state(): Promise<unknown> {
    const { planted, db } = ground;
    const sessions = [planted.open.id, planted.draft.id, planted.invited.id, planted.appointment.id];
    return Promise.all([
      db.selectFrom('session').selectAll().where('id', 'in', sessions).orderBy('id').execute(),
      // Anybody may register for what is open, themselves alone.
      db
        .selectFrom('registration')
        .selectAll()
        .where('session_id', 'in', sessions)
        .where((where) => where.or([where('session_id', '<>', planted.open.id), where('created_at', '<', monday9)]))
        .orderBy('id')
        .execute(),
      db
        .selectFrom('attendee as a')
        .innerJoin('registration as r', 'r.id', 'a.registration_id')
        .selectAll('a')
        .where('a.session_id', 'in', sessions)
        .where((where) => where.or([where('a.session_id', '<>', planted.open.id), where('r.created_at', '<', monday9)]))
        .orderBy('a.id')
        .execute(),
      db.selectFrom('attendance').selectAll().where('session_id', 'in', sessions).orderBy('id').execute(),
      db.selectFrom('attendance_sheet').selectAll().where('id', '=', planted.sheet).execute(),
      db.selectFrom('feedback').selectAll().where('session_id', 'in', sessions).execute(),
      db.selectFrom('field_entry').selectAll().where('id', '=', planted.fieldEntry).execute(),
    ]);
  }
});

describe('The public agenda', () => {
  const pages = () => [
    '/fr/agenda',
    '/fr/agenda?jour=2026-11-26',
    '/fr/agenda/semaine?semaine=2026-11-23',
    '/fr/agenda/cadre',
    `/fr/agenda/${ground.planted.open.reference}`,
    `/nl/agenda/${ground.planted.open.reference}`,
    '/fr/lieux/mini-station-eperlecques',
    '/fr/tableau/mini-station-eperlecques',
    '/fr',
  ];

  test('shows a hostile description as words: no script, no frame, no picture from elsewhere, no address that acts', async () => {
    const shown = (await ground.viewers.nobody.get(`/fr/agenda/${ground.planted.open.reference}`)).text;
    expect(shown).toContain('<strong>gras</strong>');
    for (const path of pages()) {
      const answer = await ground.viewers.nobody.get(path);
      expectSound(answer, path);
      expect(answer.status, path).toBe(200);
      expect(answer.text, path).not.toMatch(/<iframe(?! src="\/)|<img[^>]+evil|<style>\*|href="(?:data|javascript):/i);
      expect(answer.text, path).not.toMatch(/src="[^"]*(?:evil|traceur)\.example/);
      // What is said to machines ends where it should.
      for (const [, json = ''] of answer.text.matchAll(
        /<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/g,
      ))
        expect(() => JSON.parse(json), path).not.toThrow();
    }
  });

  test('has no page for a draft or an appointment', async () => {
    const { draft, appointment } = ground.planted;
    for (const { reference } of [draft, appointment]) {
      for (const rest of ['', '/inscription', '.ics', '/agenda.ics']) {
        for (const kind of ['nobody', 'inhabitant', 'team'] as const) {
          const answer = await ground.viewers[kind].get(`/fr/agenda/${reference}${rest}`);
          expectSound(answer, reference);
          expect(answer.status, `${kind} ${reference}${rest}`).toBe(404);
        }
      }
    }
  });

  test('stands any question', async () => {
    const forms = formsOf((await ground.viewers.nobody.get('/fr/agenda')).text, '/fr/agenda');
    const known = new Set(forms.filter(({ method }) => method === 'get').flatMap(({ fields }) => Object.keys(fields)));
    expect(known.size).toBeGreaterThan(3);
    const faults: string[] = [];
    const paths = ['/fr/agenda', '/fr/agenda/semaine', '/fr/agenda/cadre', ...feeds()];
    let turn = 0;
    for (const name of [...known, 'apres', 'semaine', 'jour', 'q', 'from', 'to']) {
      for (const value of nasty) {
        // Each field meets each value, on one page or feed after the other.
        const path = paths[turn++ % paths.length]!;
        const address = `${path}?${new URLSearchParams({ [name]: value })}`;
        try {
          expectSound(await ground.viewers.nobody.get(address), address.slice(0, 200));
        } catch (error) {
          faults.push((error as Error).message.slice(0, 300));
        }
      }
    }
    expect(faults.slice(0, 10)).toEqual([]);
  });

  test('is framed elsewhere as anybody reads it, whoever asks', async () => {
    const frames = await Promise.all(Object.values(ground.viewers).map((one) => one.get('/fr/agenda/cadre')));
    for (const { text, headers } of frames) {
      expect(text).toBe(frames[0]!.text);
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  /** Addresses of the house that hand out something for machines to read again and again. */
  const feeds = () =>
    routesOf(ground.app)
      .filter(({ method, path }) => method === 'GET' && /\.(ics|atom|xml)|\/ics\/|\/atom/.test(path))
      .map(({ path }) => addressOf(path, ground.fill));

  test('gives feeds that any reader takes, whatever was written in them', async () => {
    for (const address of feeds()) {
      const answer = await ground.viewers.nobody.get(address);
      expectSound(answer, address);
      if (answer.status !== 200) continue;
      expect(leak(answer, address)).toEqual([]);
      if (answer.headers.get('content-type')?.includes('calendar')) {
        const calendar = new ICAL.Component(ICAL.parse(answer.text));
        expect(answer.text.match(/^BEGIN:VEVENT\r?$/gm)?.length ?? 0).toBe(
          calendar.getAllSubcomponents('vevent').length,
        );
      } else expect(answer.text).not.toContain('<script');
    }
  });
});

describe('A registration of somebody else', () => {
  const gestures = () =>
    routesOf(ground.app).filter(
      ({ path }) => /\/(inscriptions|rendez-vous)\/:ref|:code.*\/:ref/.test(path) && !path.startsWith('/api/'),
    );

  const ask = (who: Visitor, method: 'GET' | 'POST', address: string, cle?: string) =>
    method === 'GET'
      ? who.get(cle === undefined ? address : `${address}?${new URLSearchParams({ cle })}`)
      : who.post(address, cle === undefined ? {} : { cle });

  const ownPage = ({ location }: Answer) => (/^\/(fr\/)?connexion/.test(location ?? '') ? undefined : location);

  test('is not there: not by its reference, not with a key that was forged, copied from another or cut short', async () => {
    const { registration, waiting, offered, visit } = ground.planted;
    expect(gestures().length).toBeGreaterThan(0);
    const forged = [
      undefined,
      ...nasty,
      registrationKey(keySecret, waiting.id),
      bookingKey(keySecret, registration.id),
      wishKey(keySecret, registration.id),
      registrationKey('another secret, thirty-two characters long at least', registration.id),
      registrationKey(keySecret, registration.id).slice(0, -1),
      registrationKey(keySecret, registration.id).toUpperCase(),
      `${registrationKey(keySecret, registration.id)} `,
    ];
    for (const { method, path } of gestures()) {
      for (const one of path.includes('/inscriptions/') ? [registration, offered] : [visit]) {
        const address = addressOf(path, ground.fill, { ref: one.reference });
        for (const cle of forged) {
          const who = ground.viewers[cle === undefined ? 'inhabitant' : 'nobody'];
          const answer = await ask(who, method, address, cle);
          const what = `${method} ${address} cle=${cle?.slice(0, 40)}`;
          expectSound(answer, what);
          // So many wrong codes are slowed down.
          expect([303, 404, 403, 422, 429], what).toContain(answer.status);
          // A redirect leads to signing in, or to its own page, where nothing is.
          if (answer.status === 303)
            expect([`/fr/inscriptions/${one.reference}`, undefined], what).toContain(ownPage(answer));
          expect(leak(answer, what)).toEqual([]);
        }
      }
      await forgetAttempts(ground.db);
    }
  });

  test('opens to the key of its own mails', async () => {
    const { registration } = ground.planted;
    const cle = registrationKey(keySecret, registration.id);
    const answer = await ground.app.visitor().get(`/fr/inscriptions/${registration.reference}?cle=${cle}`);
    expect(answer.status).toBeLessThan(400);
  });
});

test('The log tells of all this and of nobody', () => {
  expect(ground.lines.length).toBeGreaterThan(500);
  for (const line of ground.lines) {
    expect(line).not.toMatch(/zqx|7QUA7(?!PUBLC|7WN)|secret\.example|cle=/i);
    expect([50, 'error', 'fatal'], line).not.toContain(JSON.parse(line).level);
  }
});
