import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { actorByEmail, makeApp, type TestApp, type Visitor } from '../../../test/harness/app.ts';
import { fieldsOf } from '../../../test/harness/fields.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeResource, makeSite, monday9 } from '../../../test/harness/make.ts';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically, type Db } from '../../core/db.ts';
import { newId } from '../../core/ids.ts';
import {
  cancel,
  checkIn,
  closeForOutage,
  endEarly,
  liftClosure,
  markNoShow,
  move,
  reserve,
  undoCheckIn,
} from '../booking/index.ts';
import { erasePerson } from '../privacy/index.ts';

const house = useHouse();
const today = '2026-11-23';
let site: { id: string; slug: string };
let room: { id: string; slug: string };
let other: { id: string; slug: string };
let admin: Visitor;
let ctx: Ctx;

beforeEach(async () => {
  house.now.at = monday9;
  site = await makeSite(house.db);
  room = await makeResource(house.db, site.id, { name: 'Salle Haute' });
  other = await makeResource(house.db, site.id, { name: 'Salle Basse' });
  admin = await house.signedIn('admin@quai.example');
  ctx = house.ctx(await actorByEmail(house.db, 'admin@quai.example'));
});

const path = (rest = '') => `/fr/equipe/${site.slug}/planning${rest}`;
const views = ['', `?jour=${today}&vue=semaine`];
const see = () => Promise.all(views.map(async (view) => (await admin.get(path(view))).text));

/** What a house that keeps nothing shows to the same person. */
async function drawnAnew(now = house.now.at): Promise<string[]> {
  const fresh = await makeApp(house.db, { now });
  const visitor = await fresh.signedIn('admin@quai.example');
  return Promise.all(views.map(async (view) => (await visitor.get(path(view))).text));
}

/** Shows the planning before a write, twice so that it is kept, then after it: it has changed, to what it should be. */
async function expectSeen(write: () => Promise<unknown>, changes: readonly boolean[] = [true, true]): Promise<void> {
  const before = await see();
  expect(await see()).toEqual(before);
  await write();
  const after = await see();
  expect(after.map((text, view) => text !== before[view])).toEqual(changes);
  expect(after).toEqual(await drawnAnew());
}

async function book(from: string, to: string, name = 'Paulette Voisine', resourceId = room.id) {
  const person = await makePerson(house.db, { name });
  const items = [{ resourceId, start: at(today, from), end: at(today, to) }];
  const { bookings } = await reserve(ctx, { items, people: 2, person: { id: person.id }, channel: 'desk' });
  return { ...bookings[0]!, personId: person.id };
}

async function postForm(action: string, change: Record<string, string>): Promise<void> {
  const form = fieldsOf((await admin.get(action)).text, action);
  const answer = await admin.post(action, { ...form, ...change });
  expect(answer.status, answer.text).toBe(303);
}

describe('the planning is never a moment late:', () => {
  test('a booking made, moved and given back', async () => {
    let booking = await book('12:00', '13:00');
    await expectSeen(async () => void (await book('10:00', '11:00')));
    await expectSeen(() => move(ctx, { booking: booking.id, resourceId: other.id, start: at(today, '15:00') }));
    await expectSeen(() => cancel(ctx, { booking: booking.id, reason: 'demandé' }));
    booking = await book('12:00', '13:00');
    await expectSeen(() => erasePerson(ctx, booking.personId, 'asked'));
  });

  test('someone who arrives, leaves early, or does not come', async () => {
    const booking = await book('09:00', '10:00', 'Ursule Attendue', other.id);
    await expectSeen(() => checkIn(ctx, { booking: booking.id }));
    await expectSeen(() => undoCheckIn(ctx, { booking: booking.id }));
    house.now.at = at(today, '09:20');
    const later = { ...ctx, now: house.now.at };
    await expectSeen(() => markNoShow(later, { booking: booking.id }));
    const second = await book('09:00', '12:00', 'Ovide Pressé');
    await checkIn(later, { booking: second.id });
    await expectSeen(() => endEarly(later, { booking: second.id }));
  });

  test('a thing out of order, and mended', async () => {
    const closing = { resourceId: other.id, start: at(today, '18:00'), end: at(today, '19:00') };
    let closureId = '';
    await expectSeen(async () => {
      ({ closureId } = await closeForOutage(ctx, { ...closing, reason: { fr: 'fuite' } }));
    });
    await expectSeen(() => liftClosure(ctx, { closureId }));
  });

  test('a thing renamed or added, a place renamed, its hours changed', async () => {
    await expectSeen(() =>
      postForm(`/fr/gestion/lieux/${site.slug}/ressources/${other.slug}`, { 'name.fr': 'Salle du Canal' }),
    );
    await expectSeen(() => makeResource(house.db, site.id, { name: 'Salle neuve' }));
    await expectSeen(() => postForm(`/fr/gestion/lieux/${site.slug}/fiche`, { 'name.fr': 'Gare renommée' }));
    const hours = { 'h1.0.from': '07:00', 'h1.0.to': '21:00' };
    await expectSeen(() => postForm(`/fr/gestion/lieux/${site.slug}/horaires`, hours), [true, false]);
    const closed = { id: newId(), site_id: site.id, day: today, opens: null, closes: null };
    await expectSeen(() => house.db.insertInto('opening_exception').values(closed).execute(), [true, false]);
  });

  test('a name corrected by a transaction that began long before', async () => {
    const { personId } = await book('13:00', '14:00', 'Hortense Fautive');
    await expectSeen(() =>
      atomically({ db: house.db }, async ({ db }) => {
        await db.updateTable('person').set({ name: 'Hortense Juste' }).where('id', '=', personId).execute();
        // Others ask while it is under way, and somebody else writes: none of it is seen too early, nor kept too long.
        await see();
        await house.db.updateTable('site').set({ version: 9 }).where('id', '=', site.id).execute();
        await see();
      }),
    );
  });

  test('a hold that ends by itself, and midnight, though nothing is written', async () => {
    const items = [{ resourceId: other.id, start: at(today, '16:00'), end: at(today, '17:00') }];
    const optionUntil = addMinutes(house.now.at, 20);
    const person = { name: 'Zoé Hésitante', email: 'zoe@essai.example' };
    await reserve({ ...ctx, now: house.now.at }, { items, people: 2, person, channel: 'desk', optionUntil });
    await expectSeen(async () => {
      house.now.at = addMinutes(optionUntil, -1);
    }, [false, false]);
    await expectSeen(async () => {
      house.now.at = optionUntil;
    });
    // The week says "today" in a link only.
    await expectSeen(async () => {
      house.now.at = at('2026-11-24', '00:00');
    });
  });

  test('rights withdrawn: it is not there any more', async () => {
    const person = await makePerson(house.db, { name: 'Colette Partie', email: 'colette@quai.example' });
    const grant = { id: newId(), person_id: person.id, site_id: site.id, created_at: house.now.at };
    await house.db
      .insertInto('role_grant')
      .values({ ...grant, role: 'team' })
      .execute();
    const colleague = await house.signedIn('colette@quai.example');
    expect((await colleague.get(path())).status).toBe(200);
    expect((await colleague.get(path())).status).toBe(200);
    await house.db
      .updateTable('role_grant')
      .set({ revoked_at: house.now.at })
      .where('person_id', '=', person.id)
      .execute();
    expect((await colleague.get(path())).status).toBe(404);
    expect((await admin.get(path())).status).toBe(200);
  });
});

describe('a planning asked again', () => {
  /** A house that counts its statements. */
  async function counting(): Promise<{ one: TestApp; visitor: Visitor; count: () => number }> {
    let statements = 0;
    const db = house.db.withPlugin({
      transformQuery: ({ node }) => {
        statements += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    }) as Db;
    const one = await makeApp(db, { now: house.now.at });
    return { one, visitor: await one.signedIn('admin@quai.example'), count: () => statements };
  }

  test('costs the one statement that tells who asks while nothing was written, two once something was', async () => {
    const { visitor, count } = await counting();
    const cost = async () => {
      const before = count();
      await visitor.get(path());
      return count() - before;
    };
    expect(await cost()).toBe(2);
    // Other tests write in the same server, which moves the point it stands at.
    await expect.poll(cost, { interval: 5, timeout: 10_000 }).toBe(1);
    await sql`select pg_current_xact_id()`.execute(house.db);
    expect(await cost()).toBe(2);
  });

  test('is drawn with each one’s own name around it', async () => {
    const person = await makePerson(house.db, { name: 'Blaise Collègue', email: 'blaise@quai.example' });
    const grant = { id: newId(), person_id: person.id, site_id: site.id, created_at: house.now.at };
    await house.db
      .insertInto('role_grant')
      .values({ ...grant, role: 'team' })
      .execute();
    const colleague = await house.signedIn('blaise@quai.example');
    expect((await colleague.get(path())).text).toContain('Blaise Collègue');
    expect((await admin.get(path())).text).not.toContain('Blaise Collègue');
  });
});
