import { describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { actorByEmail } from '../../../test/harness/app.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { useStation } from '../../../test/harness/station.ts';
import { newId } from '../../core/ids.ts';
import { markAttendance, rollOf, totalsOf, walkIn } from '../attendance/index.ts';
import { erasePerson } from '../privacy/index.ts';
import type { Paper } from './evidence.types.ts';
import { forgetOldSheets } from './forget.ts';
import { lockSheet } from './lock.ts';
import { hashOf, sheetPdf } from './paper.ts';
import { sheetById } from './sheet.store.ts';

const here = useStation();
const { app } = here;
const day = '2026-11-23';
const drawn = 'M10 10L200 90L310 40';

/** A session of La Station that ended this Monday at noon: two named people, a class, a walk-in. */
async function held(over: Partial<Parameters<typeof makeSession>[1]> = {}) {
  app.now.at = at(day, '12:30');
  const site = await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow();
  const session = await makeSession(app.db, { siteId: site.id, start: at(day, '10:00'), ...over });
  const jeanne = await makePerson(app.db, { name: 'Jeanne Martel' });
  const own = await makeRegistration(app.db, session.id, {
    person: jeanne,
    kind: 'household',
    seats: [{ self: true }, { name: '=Tom;"', birthYear: 2016, minor: true }],
  });
  const group = await makeRegistration(app.db, session.id, { kind: 'group', seats: [{}, {}, {}] }, 3);
  const ctx = app.ctx(await actorByEmail(app.db, 'equipe@quai.example', app.now.at));
  const mark = (attendeeId: string, state: 'present' | 'absent', strokes?: string) =>
    markAttendance(ctx, { attendeeId, state, mode: strokes ? 'signature' : 'desk', strokes });
  await mark(own.attendees[0]!, 'present', drawn);
  await mark(own.attendees[1]!, 'present');
  for (const attendee of group.attendees) await mark(attendee, 'present');
  await walkIn(ctx, { siteId: site.id, sessionId: session.id, ageBand: '70_over' });
  const url = `/fr/presence/${session.reference}/feuille`;
  const sheets = () =>
    app.db.selectFrom('attendance_sheet').selectAll().where('session_id', '=', session.id).orderBy('edition').execute();
  const lock = (apres: number, more = {}) =>
    here.nadia.post(url, { nom: 'Nadia Équipe', apres: String(apres), ...more });
  return { session, jeanne, own, group, ctx, url, sheets, lock, mark, siteId: site.id };
}
const pdfOf = async (id: string) => {
  const answer = await here.nadia.get(`/fr/preuves/feuilles/${id}.pdf`);
  return { status: answer.status, type: answer.headers.get('content-type'), text: answer.text };
};
const bytesOf = async (id: string) => {
  const row = await app.db.selectFrom('attendance_sheet').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return { hash: hashOf(await sheetPdf((await sheetById(app.ctx(), id))!)), kept: row.file_hash };
};

describe('a sheet', () => {
  test('is a tagged document, drawn from the rows, before it is locked and after', async () => {
    const { url, lock, sheets } = await held();
    const draft = await here.nadia.get(`${url}.pdf`);
    expect([draft.status, draft.headers.get('content-type'), draft.headers.get('cache-control')]).toEqual([
      200,
      'application/pdf',
      'private, no-store',
    ]);
    expect(draft.text).toContain('pdfuaid:part');
    expect(draft.text).toContain('/StructTreeRoot');
    const text = seen((await here.nadia.get(url)).text);
    expect(text).toMatch(/Jeanne Martel[\s\S]*signature[\s\S]*3 personnes sans nom[\s\S]*70 ans et plus : 1/);
    expect((await lock(0, { traits: drawn })).location).toBe(`${url}#editions`);
    const [sheet] = await sheets();
    expect(sheet).toMatchObject({ edition: 1, countersignature: drawn, keep_until: '2036-11-23', reason: null });
    expect(await bytesOf(sheet!.id)).toEqual({ hash: sheet!.file_hash, kept: sheet!.file_hash });
    expect(await pdfOf(sheet!.id)).toMatchObject({ status: 200, type: 'application/pdf' });
  });

  test('once locked never changes: a correction is a new edition with its reason, the former stays', async () => {
    const { url, lock, sheets, mark, own } = await held();
    await lock(0);
    await mark(own.attendees[1]!, 'absent');
    expect(seen((await here.nadia.get(url)).text)).toContain('Les présences ont changé depuis le verrouillage');
    expect((await lock(1)).status).toBe(422);
    expect((await lock(0, { motif: 'Déjà vu ?' })).status).toBe(412);
    await lock(1, { motif: 'Tom était absent' });
    const [first, second] = await sheets();
    expect(second).toMatchObject({ edition: 2, reason: 'Tom était absent', keep_until: first!.keep_until });
    expect(first!.file_hash).not.toBe(second!.file_hash);
    for (const one of [first!, second!]) expect((await pdfOf(one.id)).status).toBe(200);
    const text = seen((await here.nadia.get(url)).text);
    expect(text).toContain('Remplacée par l’édition 2');
    expect(text).toContain('Motif : Tom était absent');
    expect(text).not.toContain('Les présences ont changé');
  });

  test('is locked by one of two who do it at once, and not before the end', async () => {
    const one = await held();
    const subject = { sessionId: one.session.id };
    const tries = await Promise.allSettled(
      [1, 2].map(() => lockSheet(one.ctx, { subject, name: 'Nadia', after: 0, reason: undefined })),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const later = await held({ end: at(day, '18:00') });
    expect((await later.lock(0)).status).toBe(409);
  });

  test('is not handed over when it can no longer be what was signed', async () => {
    const { lock, sheets } = await held();
    await lock(0);
    const [sheet] = await sheets();
    const forged = JSON.stringify(sheet!.rows).replaceAll('Jeanne Martel', 'Jeanne Forgée');
    await app.db.updateTable('attendance_sheet').set({ rows: forged }).where('id', '=', sheet!.id).execute();
    expect((await pdfOf(sheet!.id)).status).toBe(409);
  });

  test('gives its rows to a spreadsheet, and no formula', async () => {
    const { url, session } = await held();
    const { text, headers } = await here.nadia.get(`${url}.csv`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    // The mark of the beginning is eaten by whoever decodes the answer.
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 5 + 1);
    expect(lines.some((line) => line.includes(`${session.reference};Atelier d’essai`))).toBe(true);
    expect(text).toContain(`"'=Tom;""";;1;;present;desk;120;;`);
    expect(text).toContain('sans_nom;;;;70_over;present;compte;;;');
  });

  test('is for the team of its site', async () => {
    const { url, lock, sheets } = await held();
    await lock(0);
    const [sheet] = await sheets();
    const habitant = await app.signedIn('habitant@quai.example');
    const urls = [
      url,
      `${url}.pdf`,
      `${url}.csv`,
      ...['pdf', 'csv'].map((end) => `/fr/preuves/feuilles/${sheet!.id}.${end}`),
    ];
    for (const who of [app.visitor(), habitant]) {
      for (const one of [...urls, '/fr/preuves', '/fr/preuves/la-station', '/fr/preuves/la-station/feuille'])
        expect((await who.get(one)).status, one).toBe(404);
      expect((await who.post(url, { nom: 'Moi', apres: '1', motif: 'x' })).status).toBe(404);
    }
    const elsewhere = await makeSite(app.db);
    const { actor } = app.ctx(await actorByEmail(app.db, 'equipe@quai.example', app.now.at));
    const stranger = app.ctx({ ...actor, grants: [{ role: 'team', siteId: elsewhere.id }] });
    const again = { subject: { sessionId: sheet!.session_id! }, name: 'Moi', after: 1, reason: 'x' };
    await expect(lockSheet(stranger, again)).rejects.toThrow('not_found');
    for (const file of ['x', `${newId()}.pdf`, `${sheet!.id}.exe`, `../${sheet!.id}.pdf`])
      expect((await here.nadia.get(`/fr/preuves/feuilles/${file}`)).status).toBe(404);
    for (const traits of ['M1.5 2', `M1 1${'L2 2'.repeat(9_000)}L3 3Z`])
      expect((await lock(1, { motif: 'x', traits })).status).toBe(422);
    expect((await lock(1, { motif: 'x', traits: 'x'.repeat(300_000) })).status).toBe(413);
  });
});

describe('a person who asks to be erased', () => {
  test('stays on the locked sheet, is told why and until when, is named nowhere else, and no total moves', async () => {
    const { url, lock, sheets, ctx, session, jeanne, own, group } = await held();
    await lock(0);
    const totals = async () => totalsOf((await rollOf(ctx, session.id))!);
    const before = await totals();
    const visitor = await app.signedIn(jeanne.email!);
    const page = seen((await visitor.get('/fr/compte/effacement')).text);
    expect(page).toMatch(
      /Votre nom et votre signature sur une feuille d’émargement verrouillée : [^<]+, lundi 23 novembre 2026</,
    );
    expect(page).toContain('Jusqu’au dimanche 23 novembre 2036');
    await erasePerson(ctx, jeanne.id, 'asked');
    await erasePerson(ctx, group.personId, 'asked');
    expect(await totals()).toEqual(before);
    const [sheet] = await sheets();
    expect(JSON.stringify(sheet!.rows)).toContain('Jeanne Martel');
    expect((await pdfOf(sheet!.id)).status).toBe(200);
    const list = seen((await here.nadia.get(url.replace('/feuille', ''))).text);
    expect(list).not.toContain('Jeanne Martel');
    expect(list).not.toContain('Tom');
    const strokes = await app.db
      .selectFrom('signature')
      .select('strokes')
      .where('attendee_id', '=', own.attendees[0]!)
      .execute();
    expect(strokes).toEqual([{ strokes: '' }]);
    const shown = seen((await here.nadia.get(url)).text);
    expect(shown).toContain('2 personnes de cette feuille ont demandé l’effacement');
    expect(shown).not.toContain('signé sur papier');
    expect(shown).not.toContain('Les présences ont changé');
    // The next edition keeps what the former may keep.
    await lock(1, { motif: 'Une virgule' });
    const again = (await sheets())[1]!;
    expect(JSON.stringify(again.rows)).toContain('Jeanne Martel');
    expect(JSON.stringify(again.rows)).toContain(drawn);
    expect(again.keep_until).toBe(sheet!.keep_until);
  });

  test('is named no more once the time of keeping is over; the totals stay', async () => {
    const { lock, sheets } = await held();
    await lock(0);
    const [before] = await sheets();
    app.now.at = at('2036-11-24', '03:00');
    expect(await forgetOldSheets(app.ctx())).toBeGreaterThan(0);
    expect(await forgetOldSheets(app.ctx())).toBe(0);
    const [after] = await sheets();
    expect(JSON.stringify(after!.rows)).not.toMatch(/Jeanne|Tom|M10 10/);
    expect([after!.totals, after!.file_hash]).toEqual([before!.totals, null]);
    app.now.at = at(day, '12:30');
    expect((await pdfOf(after!.id)).status).toBe(200);
  });
});

test('a session moved after somebody was noted counts nothing that no row shows', async () => {
  const { session, url, ctx, own, lock } = await held();
  await app.db
    .updateTable('session')
    .set({ starts_at: at(day, '15:00'), ends_at: at(day, '17:00') })
    .where('id', '=', session.id)
    .execute();
  app.now.at = at(day, '17:30');
  const after = { ...ctx, now: app.now.at };
  await markAttendance(after, { attendeeId: own.attendees[0]!, state: 'present', mode: 'desk' });
  const nadia = await app.signedIn('equipe@quai.example');
  const there = (await nadia.get(`${url}.csv`)).text.split('\r\n').filter((line) => line.includes(';present;'));
  // The one marked of the afternoon, and who was counted without a name.
  expect(there).toHaveLength(2);
  expect(seen((await nadia.get(url)).text)).toMatch(/Présences \(personnes × demi-journées\)<\/dt><dd>2</);
  expect((await lock(0)).status).toBe(303);
});

test('hours put right are printed, told in the file, and change the sheet', async () => {
  const { url, own, sheets, lock, group } = await held();
  await lock(0);
  const change = { arrived_at: at(day, '10:15'), minutes: 105 };
  await app.db.updateTable('attendance').set(change).where('attendee_id', '=', own.attendees[0]!).execute();
  const text = seen((await here.nadia.get(url)).text);
  expect(text).toContain('Les présences ont changé depuis le verrouillage');
  expect(text).toMatch(/Jeanne Martel[\s\S]*signature, 10 h 15 – 12 h[\s\S]*1 h 45/);
  expect((await here.nadia.get(`${url}.csv`)).text).toContain('present;signature;105;2026-11-23T09:15:00.000Z;');
  await lock(1, { motif: 'Arrivée à 10 h 15' });
  const [, second] = await sheets();
  expect(await bytesOf(second!.id)).toEqual({ hash: second!.file_hash, kept: second!.file_hash });
  expect(group.attendees).toHaveLength(3);
});

test('a name in any writing, or with drawings, leaves nobody without their sheet', async () => {
  const { jeanne, lock, sheets } = await held();
  await app.db.updateTable('person').set({ name: 'فاطمة 李小龍 🙂' }).where('id', '=', jeanne.id).execute();
  expect((await lock(0)).status).toBe(303);
  const [sheet] = await sheets();
  expect((await pdfOf(sheet!.id)).status).toBe(200);
  expect(await bytesOf(sheet!.id)).toEqual({ hash: sheet!.file_hash, kept: sheet!.file_hash });
  const { paper } = sheet!.totals as unknown as { paper: Paper };
  expect(seen(paper.legal)).toMatch(/gardés jusqu’au dimanche 23 novembre 2036, puis effacés.*bonjour@quai\.example/);
  expect(seen(paper.running)).toContain('lundi 23 novembre 2026, 10 h');
  expect(paper.facts.at(-1)).toEqual(['Structure porteuse', 'Quai, démonstration (Pays de Saint-Omer)']);
});

test('the month opens from its total down to the sheet, and is locked as one', async () => {
  const { session, siteId, lock } = await held();
  const admin = await app.signedIn('admin@quai.example');
  const read = async (path: string) => seen((await admin.get(path)).text);
  await lock(0);
  expect(await read('/fr/preuves?mois=2026-11')).toMatch(/href="\/fr\/preuves\/la-station\?mois=2026-11"/);
  expect(await read('/fr/preuves/la-station?mois=2026-11')).toContain(`/fr/presence/${session.reference}/feuille`);
  const sum = async () =>
    /Présences \(personnes × demi-journées\)<\/dt><dd>([\d ]+)/.exec(await read('/fr/preuves?mois=2026-11'))?.[1];
  const total = Number((await sum())?.replace(/\s/g, ''));
  const marks = await app.db
    .selectFrom('attendance as m')
    .innerJoin('session as s', 's.id', 'm.session_id')
    .select('m.id')
    .where('m.replaced_at', 'is', null)
    .where('m.state', '=', 'present')
    .where('s.starts_at', '>=', at('2026-11-01', '00:00'))
    .where('s.starts_at', '<', at('2026-12-01', '00:00'))
    .where('s.starts_at', '<=', app.now.at)
    .where('s.status', '=', 'published')
    .execute();
  const visits = await app.db
    .selectFrom('visit as v')
    .innerJoin('session as s', 's.id', 'v.session_id')
    .select('v.id')
    .where('v.withdrawn_at', 'is', null)
    .where('s.starts_at', '>=', at('2026-11-01', '00:00'))
    .where('s.starts_at', '<=', app.now.at)
    .where('s.status', '=', 'published')
    .execute();
  expect(total).toBe(marks.length + visits.length);
  const month = '/fr/preuves/la-station/feuille';
  const form = { nom: 'Nadia', apres: '0', mois: '2026-11' };
  expect((await here.nadia.post(month, form)).status).toBe(409);
  app.now.at = at('2026-12-02', '09:00');
  const nadia = await app.signedIn('equipe@quai.example');
  expect((await nadia.post(month, form)).location).toBe(`${month}?mois=2026-11#editions`);
  expect((await nadia.get(`${month}.csv?mois=2026-11`)).text).toContain(session.reference);
  const sheet = await app.db
    .selectFrom('attendance_sheet')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('period_start', '=', '2026-11-01')
    .executeTakeFirstOrThrow();
  expect([sheet.period_end, sheet.session_id]).toEqual(['2026-11-30', null]);
  expect(await bytesOf(sheet.id)).toEqual({ hash: sheet.file_hash, kept: sheet.file_hash });
  expect((await nadia.get('/fr/preuves?mois=2026-13')).status).toBe(200);
});
