import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/core/db.ts';
import { newId } from '../../src/core/ids.ts';
import { reserve } from '../../src/modules/booking/index.ts';
import { addToGroup } from '../../src/modules/team/groups.ts';
import { actorByEmail } from '../harness/app.ts';
import { useHouse } from '../harness/house.ts';
import { until, waiting } from '../harness/locks.ts';
import { at, makeCtx, makeResource, makeSite, monday9 } from '../harness/make.ts';

// What must be waiting for what is made to wait, by a transaction kept open: nothing here is left to luck.
const app = useHouse({ eachTest: true, max: 6 });
const afternoon = { start: at('2026-11-24', '14:00'), end: at('2026-11-24', '15:00') };
const asked = `debut=${afternoon.start.toISOString()}&fin=${afternoon.end.toISOString()}`;

/** Runs `work` with a transaction that stays open until it is done. */
const withOpen = (work: (held: Db) => Promise<void>): Promise<void> =>
  app.db.transaction().execute((held) => work(held as unknown as Db));

describe('visitors', () => {
  test('who open a form wait for no other visitor', async () => {
    const site = await makeSite(app.db);
    const [slow, free] = [await makeResource(app.db, site.id), await makeResource(app.db, site.id)];
    const hold = await reserve(makeCtx(app.db), {
      items: [{ resourceId: slow.id, ...afternoon }],
      people: 1,
      person: { name: 'Nina', email: 'nina@essai.example' },
      channel: 'web',
    });
    app.now.at = at('2026-11-23', '09:31');
    await withOpen(async (held) => {
      // A hold that ran out is removed by whoever looks: here they stop at it, once they have taken all their locks.
      await held
        .selectFrom('booking')
        .select('id')
        .where('id', '=', hold.bookings[0]!.id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const stopped = app.visitor().get(`/fr/reserver/${slow.slug}?${asked}`);
      stopped.catch(() => undefined);
      await until(async () => (await waiting(app.db)) === 1);
      let answer: number | undefined;
      app
        .visitor()
        .get(`/fr/reserver/${free.slug}?${asked}`)
        .then(({ status }) => {
          answer = status;
        });
      await until(async () => answer !== undefined || (await waiting(app.db)) > 1);
      expect(answer).toBe(200);
    });
  });
});

describe('one new e-mail, written down in two places at once, is one person', () => {
  const team = async (db: Db) => makeCtx(db, { actor: await actorByEmail(app.db, 'equipe@quai.example') });
  const station = async () =>
    (await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow()).id;
  const holdersOf = (email: string) => app.db.selectFrom('person').select('id').where('email', '=', email).execute();
  const bookerOf = async (resourceId: string) =>
    (await app.db.selectFrom('booking').select('person_id').where('resource_id', '=', resourceId).execute()).map(
      (row) => row.person_id,
    );

  test.each(['the desk’s form', 'the command'])('by two desks (%s)', async (how) => {
    const email = `${newId()}@essai.example`;
    const [first, second] = [await makeResource(app.db, await station()), await makeResource(app.db, await station())];
    const nadia = await app.signedIn('equipe@quai.example');
    const take = async (db: Db, resourceId: string) =>
      reserve(await team(db), {
        items: [{ resourceId, ...afternoon }],
        people: 1,
        person: { name: 'Odette', email },
        channel: 'desk',
      });
    const fill = () =>
      nadia.post('/fr/equipe/la-station/accueil', {
        geste: 'reserver',
        ressource: second.slug,
        debut: afternoon.start.toISOString(),
        fin: afternoon.end.toISOString(),
        nom: 'Odette',
        courriel: email,
        envoi: newId(),
      });
    let late: Promise<unknown> | undefined;
    await withOpen(async (held) => {
      await take(held, first.id);
      late = how === 'the command' ? take(app.db, second.id) : fill();
      late.catch(() => undefined);
      await until(async () => (await waiting(app.db)) === 1);
    });
    if (how === 'the command') await late;
    else expect(await late).toMatchObject({ status: 303 });
    const [person, ...more] = await holdersOf(email);
    expect(more).toEqual([]);
    expect([...(await bookerOf(first.id)), ...(await bookerOf(second.id))]).toEqual([person!.id, person!.id]);
  });

  test('by a desk, while its holder confirms a booking from the mail', async () => {
    const email = `${newId()}@essai.example`;
    const [first, second] = [await makeResource(app.db, await station()), await makeResource(app.db, await station())];
    const visitor = app.visitor();
    const sent = await visitor.post('/fr/reservations', {
      envoi: newId(),
      chose: `${second.slug}|${afternoon.start.toISOString()}|${afternoon.end.toISOString()}`,
      personnes: '1',
      nom: 'Odette',
      email,
    });
    await app.work();
    const code = /^\d{6}$/m.exec(app.letters.at(-1)!.text)![0];
    let late: Promise<{ status: number }> | undefined;
    await withOpen(async (held) => {
      await reserve(await team(held), {
        items: [{ resourceId: first.id, ...afternoon }],
        people: 1,
        person: { name: 'Odette', email },
        channel: 'desk',
      });
      late = visitor.post(sent.location!, { code });
      late.catch(() => undefined);
      await until(async () => (await waiting(app.db)) === 1);
    });
    expect((await late!).status).toBe(303);
    const [person, ...more] = await holdersOf(email);
    expect(more).toEqual([]);
    expect([...(await bookerOf(first.id)), ...(await bookerOf(second.id))]).toEqual([person!.id, person!.id]);
  });

  test('by two administrators, in two groups', async () => {
    const email = `${newId()}@essai.example`;
    const groups = [newId(), newId()];
    await app.db
      .insertInto('person_group')
      .values(groups.map((id) => ({ id, slug: id, name: JSON.stringify({ fr: 'Essai' }), created_at: monday9 })))
      .execute();
    const admin = await actorByEmail(app.db, 'admin@quai.example');
    let late: Promise<void> | undefined;
    await withOpen(async (held) => {
      await addToGroup(makeCtx(held, { actor: admin }), groups[0]!, { email });
      late = addToGroup(makeCtx(app.db, { actor: admin }), groups[1]!, { email });
      late.catch(() => undefined);
      await until(async () => (await waiting(app.db)) === 1);
    });
    await late;
    const [person, ...more] = await holdersOf(email);
    expect(more).toEqual([]);
    const member = await app.db
      .selectFrom('person_group_member')
      .select('group_id')
      .where('person_id', '=', person!.id)
      .execute();
    expect(member.map((row) => row.group_id).sort()).toEqual(groups.sort());
  });
});
