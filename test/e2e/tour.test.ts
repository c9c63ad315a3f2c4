import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { makeSession } from '../harness/agenda.ts';
import { makeRegistration } from '../harness/attendance.ts';
import { bookUnit } from '../harness/bookings.ts';
import { useBrowser } from '../harness/browser.ts';
import { makeHelper, makeReason } from '../harness/help.ts';
import { read, signIn } from '../harness/journey.ts';
import { at, makeAccount, makePerson, makeResource, makeSite } from '../harness/make.ts';
import { desktop, expectFit, newPerson, oldPhone, phone } from '../harness/person.ts';
import { seen } from '../harness/seen.ts';
import { useServed } from '../harness/served.ts';

const thursday = '2026-11-26';
const later = '2026-12-03';

const app = useServed({ now: at(thursday, '08:00') });
const browser = useBrowser();
let bus: { id: string; slug: string };
const stops: string[] = [];

async function addStop(day: string, draft = false): Promise<string> {
  const id = newId();
  const { code, lat, lon } = await app.db
    .selectFrom('commune')
    .select(['code', 'lat', 'lon'])
    .where('name', '=', 'Lumbres')
    .executeTakeFirstOrThrow();
  await app.db
    .insertInto('stop')
    .values({
      id,
      site_id: bus.id,
      commune_code: code,
      place: JSON.stringify({ fr: 'Place Jean-Jaurès' }),
      address: null,
      lat,
      lon,
      starts_at: at(day, '13:30'),
      ends_at: at(day, '17:00'),
      aboard: JSON.stringify(['Aide avec le numérique', 'Imprimante 3D']),
      draft,
    })
    .execute();
  return id;
}

const person = (name: string, mail: boolean) =>
  makePerson(app.db, { name, email: mail ? `${name.toLowerCase()}@panne.example` : null });

/** Nine people count on Thursday's stop, three of them without an e-mail. */
async function fill(): Promise<void> {
  const thing = await makeResource(app.db, bus.id, { kind: 'mobile_lab', name: 'Poste à bord', units: 3 });
  for (const [index, [name, mail]] of (
    [
      ['Aline', true],
      ['Basile', true],
      ['Clovis', false],
    ] as const
  ).entries()) {
    const reference = await bookUnit(
      app.db,
      thing.id,
      thing.units[index]!,
      at(thursday, '14:00'),
      at(thursday, '15:00'),
    );
    const { id } = await person(name, mail);
    await app.db.updateTable('booking').set({ person_id: id }).where('reference', '=', reference).execute();
  }
  const line = await app.db.selectFrom('line').select('id').executeTakeFirstOrThrow();
  const workshop = (day: string, stopId: string) =>
    makeSession(app.db, {
      siteId: bus.id,
      stopId,
      lineId: line.id,
      title: { fr: 'Photos du téléphone' },
      start: at(day, '15:00'),
      end: at(day, '16:30'),
    });
  const photos = await workshop(thursday, stops[0]!);
  await workshop(later, stops[1]!);
  let seat = 1;
  for (const [name, mail] of [
    ['Denise', true],
    ['Emile', true],
    ['Fanny', true],
    ['Gaston', false],
  ] as const) {
    await makeRegistration(app.db, photos.id, { person: await person(name, mail) }, seat);
    seat += 1;
  }
  const reason = await makeReason(app.db);
  const helper = await makeHelper(app.db, bus.id, [reason.id]);
  await app.db
    .insertInto('presence')
    .values({
      id: newId(),
      helper_id: helper.id,
      site_id: bus.id,
      weekday: 4,
      opens: 480,
      closes: 1200,
      created_at: at('2026-11-01', '09:00'),
    })
    .execute();
  for (const [name, mail, hour] of [
    ['Huguette', true, '13:30'],
    ['Irma', false, '16:15'],
  ] as const) {
    const start = at(thursday, hour);
    const over = { siteId: bus.id, stopId: stops[0]!, kind: 'appointment', start, seats: 1 } as const;
    const session = await makeSession(app.db, { ...over, end: new Date(start.getTime() + 45 * 60_000) });
    await app.db.updateTable('session').set({ reason_id: reason.id }).where('id', '=', session.id).execute();
    await app.db.insertInto('session_leader').values({ session_id: session.id, person_id: helper.person.id }).execute();
    await makeRegistration(app.db, session.id, { person: await person(name, mail) });
  }
}

beforeAll(async () => {
  bus = await makeSite(app.db, { kind: 'mobile', name: 'Le petit bus' });
  stops.push(await addStop(thursday), await addStop(later), await addStop('2026-12-10', true));
  await fill();
  const nadia = await makePerson(app.db, { name: 'Nadia du bus', email: 'nadia@panne.example' });
  await makeAccount(app.db, nadia.id);
  const grant = { id: newId(), person_id: nadia.id, site_id: bus.id, role: 'team' as const, created_at: app.now.at };
  await app.db.insertInto('role_grant').values(grant).execute();
});

describe('the tour', () => {
  test.each([true, false])(
    'is read village by village, and printed for the town hall’s window (script: %s)',
    async (javaScript) => {
      const { page, context, problems } = await newPerson(browser, { javaScript, screen: oldPhone });
      await page.goto(`${app.url}/fr/tournee`);
      const said = await read(page);
      expect(said).toContain('Place Jean-Jaurès');
      expect(said).toContain('jeudi 3 décembre');
      expect(said).toContain('À bord : Aide avec le numérique, Imprimante 3D');
      const ours = await page.locator('li', { hasText: 'Place Jean-Jaurès' }).allInnerTexts();
      expect(ours.map((line) => seen(line).split(',')[0])).toEqual(['jeudi 26 novembre', 'jeudi 3 décembre']);
      if (javaScript) await expectFit(page);
      await page.getByRole('link', { name: 'Affiche à imprimer Lumbres' }).click();
      expect(await read(page)).toContain('Le bus vient à Lumbres');
      expect(await read(page)).toMatch(/03 00 00 00 01|0\d( \d\d){4}/);
      expect(await page.locator('svg.qr').count()).toBe(1);
      if (javaScript) {
        await expectFit(page);
        await page.emulateMedia({ media: 'print' });
        const title = await page.locator('h1').evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));
        expect(title, 'big letters, in CSS pixels').toBeGreaterThan(50);
        expect(await page.locator('.top').isVisible()).toBe(false);
        // One sheet of A4 with as many dates as it ever has, the code to scan included.
        await page
          .locator('.poster-dates li')
          .last()
          .evaluate((date) => {
            while (date.parentElement!.children.length < 6) date.after(date.cloneNode(true));
          });
        const printed = await page.pdf({ format: 'A4', preferCSSPageSize: true });
        expect(printed.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
      }
      expect(problems).toEqual([]);
      await context.close();
    },
  );

  test('Thursday, 8:00, the bus is broken: in one gesture six people get alternatives by mail, three reach the call list', async () => {
    const { page, context, problems } = await newPerson(browser, { screen: phone });
    await signIn(app, page, 'nadia@panne.example');
    await page.goto(`${app.url}/fr/carnet/${bus.slug}`);
    await page.getByRole('link', { name: /Annuler cet arrêt/ }).click();
    const before = await read(page);
    expect(before).toContain('9 personnes comptent sur cet arrêt');
    expect(before).toContain('6 seront prévenues par mail');
    expect(before).toContain('3 rejoindront la liste d’appels');
    expect(before).toContain('jeudi 3 décembre à 15 h');
    await expectFit(page);
    await page.getByLabel('Pourquoi (dit à chacun)', { exact: false }).first().fill('Le bus est en panne.');
    await page.getByRole('button', { name: 'Annuler l’arrêt et prévenir ces 9 personnes' }).click();
    await page.waitForURL(`${app.url}/fr/equipe/${bus.slug}?fait=arret`);
    expect(await read(page)).toContain('L’arrêt est annulé');

    await app.work();
    const letters = app.letters.filter((letter) => letter.to.endsWith('@panne.example'));
    expect(letters.map((letter) => letter.to.split('@')[0]).sort()).toEqual([
      'aline',
      'basile',
      'denise',
      'emile',
      'fanny',
      'huguette',
    ]);
    const ways: Record<string, RegExp> = {
      denise: /\/agenda\/\w{10}\/inscription/,
      huguette: /\/rendez-vous\/prendre\?/,
      aline: /https?:\/\/\S+/,
    };
    for (const [name, way] of Object.entries(ways)) {
      const { text } = letters.find((letter) => letter.to.startsWith(name))!;
      expect(text, name).toContain('Le bus est en panne.');
      expect(text, name).toMatch(way);
    }
    const calls = await app.db
      .selectFrom('call as c')
      .leftJoin('booking as b', 'b.id', 'c.booking_id')
      .leftJoin('registration as g', 'g.id', 'c.registration_id')
      .innerJoin('person as p', (join) =>
        join.on((eb) => eb.or([eb('p.id', '=', eb.ref('b.person_id')), eb('p.id', '=', eb.ref('g.person_id'))])),
      )
      .select('p.name')
      .where('c.due_day', '=', thursday)
      .where('c.done_at', 'is', null)
      .where('p.name', 'in', ['Clovis', 'Gaston', 'Irma'])
      .execute();
    expect(calls.map((call) => call.name).sort()).toEqual(['Clovis', 'Gaston', 'Irma']);
    const statuses = await app.db.selectFrom('session').select('status').where('stop_id', '=', stops[0]!).execute();
    expect(statuses.map((one) => one.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    // The way out is really free: what the mail offers opens.
    const { text } = letters.find((letter) => letter.to.startsWith('huguette'))!;
    const link = /https?:\/\/\S+\/rendez-vous\/prendre\?\S+/.exec(text)![0];
    const other = await newPerson(browser, { javaScript: false, screen: desktop });
    expect((await other.page.goto(link))!.status()).toBe(200);
    expect(await read(other.page)).toContain('3 décembre');
    await other.page.goto(`${app.url}/fr/tournee`);
    const left = await other.page.locator('li', { hasText: 'Place Jean-Jaurès' }).allInnerTexts();
    expect(left.map((line) => seen(line).split(',')[0])).toEqual(['jeudi 3 décembre']);
    expect(problems).toEqual([]);
    await other.context.close();
    await context.close();
  });
});
