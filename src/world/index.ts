import { join } from 'node:path';
import { addDays, dayOf, mondayOf } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import { atomically, connect, type Db } from '../core/db.ts';
import type { Module } from '../core/module.ts';
import { projectRoot } from '../core/root.ts';
import { type Hosted, territoryUrl } from '../core/territories.ts';
import { loadBookings } from './bookings.ts';
import { loadHelpers } from './helpers.ts';
import { loadPeople } from './load-people.ts';
import { loadPlaces } from './load-places.ts';
import { writeProgramme } from './programme.ts';
import { lockSheets } from './sheets.ts';
import { writeTour } from './tour.ts';
import { readPeople, readProgramme, readTour, readWorld } from './world.files.ts';

export { loadPeople } from './load-people.ts';
export { type LoadedPlaces, loadPlaces } from './load-places.ts';
export { type CommuneEntry, readCommunes, readWorld, type World, WorldError } from './world.files.ts';

/** Where the demonstration territory's files are. */
export const demonstrationFolder: string = join(projectRoot, 'data');

/** How many weeks of the past the programme shows, with who was there. */
const pastWeeks = 5;

/**
 * Fills an empty territory from its files, all or nothing, as of `now`; does nothing, and returns false, where a territory already is.
 */
export async function seedTerritory(ctx: { db: Db; now: Date }, folder = demonstrationFolder): Promise<boolean> {
  if (await ctx.db.selectFrom('territory').select('id').executeTakeFirst()) return false;
  const world = await readWorld(folder);
  return atomically(ctx, async ({ db, now }) => {
    if (await db.selectFrom('territory').select('id').executeTakeFirst()) return false;
    const places = await loadPlaces(db, now, world);
    const people = await loadPeople(db, now, world, places);
    await loadBookings(db, now, world, places, people);
    if (world.programme) {
      await loadHelpers(db, now, world.programme, places, people);
      const today = dayOf(now, places.timeZone);
      const first = addDays(mondayOf(today), -7 * pastWeeks);
      const last = addDays(today, world.programme.aheadWeeks * 7);
      await writeProgramme(db, now, world.programme, world.people, { first, last, territory: places });
      const nameOf = new Map(world.people.people.map(({ key, name }) => [key, name]));
      const signers = world.programme.helpers.map(({ person, site }) => ({
        id: people.people.get(person)!.id,
        name: nameOf.get(person)!,
        siteId: places.sites.get(site)!,
      }));
      await lockSheets(db, now, signers);
    }
    await db.updateTable('territory').set({ seeded_at: now }).execute();
    return true;
  });
}

/** Loads the demonstration into a territory already migrated. */
export async function seedDemonstration(
  ground: { directUrl: string; secret: string },
  hosted: Hosted,
  now: Date,
): Promise<void> {
  const db = connect(territoryUrl(ground.directUrl, ground.secret, hosted.schema), { max: 1 });
  try {
    await seedTerritory({ db, now });
  } finally {
    await db.destroy();
  }
}

/** Keeps the demonstration's bus on the road: writes the stops up to eight weeks from now; to be run each night. */
export async function extendTour(ctx: Pick<Ctx, 'db' | 'now' | 'territory'>): Promise<void> {
  if (!ctx.territory.demonstration) return;
  const tour = await readTour(demonstrationFolder);
  if (!tour) return;
  const site = await ctx.db
    .selectFrom('site')
    .select(['id', 'time_zone'])
    .where('slug', '=', tour.site)
    .where('kind', '=', 'mobile')
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (!site) return;
  const today = dayOf(ctx.now, site.time_zone);
  const where = { siteId: site.id, timeZone: site.time_zone, country: ctx.territory.country };
  // Only past the last stop written: before it, the team may have moved things.
  const last = await ctx.db
    .selectFrom('stop')
    .select('starts_at')
    .where('site_id', '=', site.id)
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const next = last ? addDays(dayOf(last.starts_at, site.time_zone), 1) : today;
  await writeTour(ctx.db, tour, where, next > today ? next : today, addDays(today, tour.aheadWeeks * 7));
}

/** Keeps the demonstration's programme going: writes the sessions up to eight weeks from now; to be run each night, after the tour. */
export async function extendProgramme(ctx: Pick<Ctx, 'db' | 'now' | 'territory'>): Promise<void> {
  if (!ctx.territory.demonstration) return;
  const file = await readProgramme(demonstrationFolder);
  if (!file) return;
  const { timeZone, country } = ctx.territory;
  const today = dayOf(ctx.now, timeZone);
  // Only past the last session written: before it, the team may have moved things.
  const written = await ctx.db
    .selectFrom('session')
    .select('starts_at')
    .where('channel', '=', 'demonstration')
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!written) return;
  const next = addDays(dayOf(written.starts_at, timeZone), 1);
  const first = next > today ? next : today;
  const people = await readPeople(demonstrationFolder);
  await atomically(ctx, ({ db, now }) =>
    writeProgramme(db, now, file, people, {
      first,
      last: addDays(today, file.aheadWeeks * 7),
      territory: { timeZone, country },
    }),
  );
}

/** What the demonstration needs to stay alive: nothing but its night's work. */
export const world: Module = {
  name: 'world',
  schedules: [
    {
      name: 'world.tour',
      everyMinutes: 24 * 60,
      run: async (ctx) => {
        await extendTour(ctx);
        await extendProgramme(ctx);
      },
    },
  ],
};
