import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCommune, makeCtx, makePerson, makeSite } from '../../../test/harness/make.ts';
import { rolledBack } from '../../../test/harness/rollback.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import type { Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { moveSession, type PlanInput, planSessions, publishSession } from './index.ts';

const base = useDatabase();

type Scene = { db: Db; ctx: Ctx; bus: { id: string }; hub: { id: string }; plan: PlanInput; stop: StopMaker };
type StopMaker = (over?: { siteId?: string; draft?: boolean; cancelled?: boolean; day?: string }) => Promise<string>;

/** A bus and a hub of one team, and a plan aboard on Tuesday from ten to twelve. */
const scene = (test: (scene: Scene) => Promise<void>) => () =>
  rolledBack(base.db, async (db) => {
    const [bus, hub] = [await makeSite(db, { kind: 'mobile' }), await makeSite(db)];
    const person = await makePerson(db);
    const actor = actorOf(person, ['team'], bus.id);
    const ctx = makeCtx(db, {
      actor: { ...actor, grants: [...actor.grants, ...actorOf(person, ['team'], hub.id).grants] },
    });
    const stop: StopMaker = async ({ siteId = bus.id, draft = false, cancelled = false, day = '2026-11-24' } = {}) => {
      const id = newId();
      const row = {
        id,
        site_id: siteId,
        commune_code: await makeCommune(db),
        place: JSON.stringify({ fr: 'La mairie' }),
        lat: 50.7,
        lon: 2.2,
        starts_at: at(day, '10:00'),
        ends_at: at(day, '12:00'),
        draft,
        cancelled_at: cancelled ? at('2026-11-20', '10:00') : null,
      };
      await db.insertInto('stop').values(row).execute();
      return id;
    };
    const plan: PlanInput = {
      kind: 'workshop',
      title: { fr: 'À bord' },
      siteId: bus.id,
      placeKind: 'stop',
      dates: [{ start: at('2026-11-24', '10:00'), end: at('2026-11-24', '11:00') }],
      publish: true,
    };
    await test({ db, ctx, bus, hub, plan, stop });
  });

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Refusal) => error.code,
  );

describe('a session at a stop', () => {
  it(
    'is where the bus stands, then: not at a stop cancelled, kept as a draft, of another bus, or over by then',
    scene(async ({ db, ctx, plan, stop, hub }) => {
      const other = await makeSite(db, { kind: 'mobile' });
      const at10 = (stopId: string, over: Partial<PlanInput> = {}) =>
        codeOf(planSessions(ctx, { ...plan, stopId, ...over }));
      expect(await at10(await stop({ cancelled: true }))).toBe('session.stop_cancelled');
      expect(await at10(await stop({ draft: true }))).toBe('session.stop_draft');
      expect(await at10(await stop({ day: '2026-11-25' }))).toBe('session.stop_hours');
      expect(await at10(await stop({ siteId: other.id }))).toBe('session.foreign_thing');
      const both = makeCtx(db, { actor: actorOf(await makePerson(db), ['administrator']) });
      const elsewhere = planSessions(both, { ...plan, stopId: await stop({ siteId: other.id }) });
      expect(await codeOf(elsewhere)).toBe('session.stop_other_bus');
      expect(await at10(await stop())).toBe('done');
      // A hub goes aboard with its own workshop.
      expect(await at10(await stop(), { siteId: hub.id })).toBe('done');
    }),
  );

  it(
    'is looked at again when it is published, and when it goes elsewhere',
    scene(async ({ db, ctx, plan, stop }) => {
      const stopId = await stop();
      const { sessions } = await planSessions(ctx, { ...plan, stopId, publish: false });
      const session = sessions[0]!.id;
      await db
        .updateTable('stop')
        .set({ cancelled_at: at('2026-11-22', '10:00') })
        .where('id', '=', stopId)
        .execute();
      expect(await codeOf(publishSession(ctx, { session }))).toBe('session.stop_cancelled');
      await db.updateTable('stop').set({ cancelled_at: null }).where('id', '=', stopId).execute();
      expect(await codeOf(moveSession(ctx, { session, start: at('2026-11-24', '11:30') }))).toBe('session.stop_hours');
      expect(await codeOf(moveSession(ctx, { session, start: at('2026-11-24', '11:00') }))).toBe('done');
      expect(await codeOf(publishSession(ctx, { session }))).toBe('done');
    }),
  );
});
