import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/harness/house.ts';
import { addDays, dayOf } from '../core/clock.ts';
import { demonstrationFolder, extendProgramme, extendTour, readWorld, seedTerritory, WorldError } from './index.ts';
import { planTour } from './tour.ts';

const base = useDatabase({ max: 2 });

const count = async (
  table: 'commune' | 'site' | 'space' | 'resource' | 'booking' | 'person' | 'stop' | 'call' | 'session',
) =>
  Number(
    (
      await base.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

/** Empties the clone and seeds it again as of another instant. */
async function reseed(now: Date): Promise<void> {
  await sql`truncate territory, commune, line, site, space, resource, resource_content, unit, opening_rule, opening_exception,
    stop, person, account, organisation, organisation_member, role_grant, booking, allocation, journal, call, day_note, visit, helper,
    appointment_reason cascade`.execute(base.db);
  await seedTerritory({ db: base.db, now });
}

describe('the files of data/', () => {
  test('are all valid, and every text exists in French, Dutch and English', async () => {
    const world = await readWorld(demonstrationFolder);
    expect(world.communes.filter((commune) => commune.inTerritory)).toHaveLength(147);
    const missing: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) visit(item, `${path}.${index}`);
      } else if (value && typeof value === 'object') {
        if ('fr' in value && !('nl' in value && 'en' in value)) missing.push(path);
        for (const [key, item] of Object.entries(value)) visit(item, `${path}.${key}`);
      }
    };
    visit(world.sites, 'sites');
    visit(world.lines, 'lines');
    visit(world.tour, 'tour');
    visit(
      world.programme!.sessions.map(({ description: _french, ...session }) => session),
      'programme',
    );
    visit(world.programme!.reasons, 'reasons');
    expect(missing).toEqual([]);
  });
});

describe('a mistake in a file', () => {
  test('is refused with the name of the file and of the field', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quai-world-'));
    try {
      await cp(demonstrationFolder, folder, { recursive: true });
      const file = join(folder, 'sites', 'bus.json');
      const site = JSON.parse(await readFile(file, 'utf8'));
      site.spaces[0].resources[0].capacity = 0;
      site.telephon = '03';
      await writeFile(file, JSON.stringify(site));
      const refused = readWorld(folder);
      await expect(refused).rejects.toThrow(WorldError);
      await expect(refused).rejects.toThrow(/sites\/bus\.json: spaces\.0\.resources\.0\.capacity: /);
      await expect(refused).rejects.toThrow(/telephon/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the demonstration territory', () => {
  test('holds the station, five mini-stations and the bus', async () => {
    const sites = await base.db.selectFrom('site').select(['slug', 'kind']).orderBy('rank').execute();
    expect(sites.map((site) => site.kind)).toEqual(['station', ...Array(5).fill('mini_station'), 'mobile']);
    expect(await count('resource')).toBeGreaterThan(50);
    expect(await count('booking')).toBeGreaterThan(120);
  });

  test('is not loaded twice', async () => {
    expect(await seedTerritory({ db: base.db, now: new Date() })).toBe(false);
  });

  test('books only what is open, and never the same unit twice', async () => {
    // The constraint forbids the second; the first is checked against the hours written.
    const { rows } = await sql<{ slug: string; starts_at: Date }>`
      select r.slug, b.starts_at from booking b join resource r on r.id = b.resource_id
      join site s on s.id = r.site_id
      where s.kind <> 'mobile' and not exists (
        select from opening_rule o
        where coalesce(o.resource_id, o.space_id, o.site_id) = case
            when exists (select from opening_rule x where x.resource_id = r.id) then r.id
            when exists (select from opening_rule x where x.space_id = r.space_id) then r.space_id else r.site_id end
          and o.weekday = extract(isodow from b.starts_at at time zone s.time_zone)
          and (extract(hour from b.starts_at at time zone s.time_zone) * 60 + extract(minute from b.starts_at at time zone s.time_zone)) between o.opens and o.closes)`.execute(
      base.db,
    );
    expect(rows).toEqual([]);
  });

  test('has somebody to call today and tomorrow, and requests to answer', async () => {
    const days = await base.db.selectFrom('call').select('due_day').orderBy('due_day').execute();
    expect(days.map((row) => row.due_day)).toEqual(expect.arrayContaining(['2026-11-23', '2026-11-24']));
    const requested = await base.db.selectFrom('booking').select('id').where('status', '=', 'requested').execute();
    expect(requested.length).toBeGreaterThanOrEqual(1);
  });

  test('has its bus near Renty the day after Monday 23 November 2026', async () => {
    const stop = await base.db
      .selectFrom('stop')
      .select(['commune_code', 'starts_at'])
      .where('starts_at', '>', new Date('2026-11-23T20:10:00+01:00'))
      .orderBy('starts_at')
      .executeTakeFirstOrThrow();
    expect(stop.commune_code).toBe('62325');
    expect(dayOf(stop.starts_at, 'Europe/Paris')).toBe('2026-11-24');
  });

  test.each([
    '2026-11-29T08:00:00+01:00',
    '2026-12-24T18:00:00+01:00',
    '2027-05-01T10:00:00+02:00',
    '2027-03-28T02:30:00+01:00',
    '2027-10-31T02:30:00+02:00',
  ])('is alive whatever the day it is opened: %s', async (instant) => {
    const now = new Date(instant);
    // A second and a half on a busy machine of two cores; about 150 ms on a quiet one.
    await reseed(now);
    expect(await count('booking')).toBeGreaterThan(80);
    const ahead = await base.db.selectFrom('booking').select('id').where('starts_at', '>', now).execute();
    expect(ahead.length).toBeGreaterThan(20);
  });
});

describe('the rolling tour', () => {
  test('is kept eight weeks ahead, once', async () => {
    const now = new Date('2026-11-23T09:00:00+01:00');
    await reseed(now);
    const territory = { demonstration: true, country: 'FR' } as Parameters<typeof extendTour>[0]['territory'];
    const before = await count('stop');
    const later = new Date('2026-12-07T03:00:00+01:00');
    await extendTour({ db: base.db, now: later, territory });
    expect(await count('stop')).toBe(before + 8);
    await extendTour({ db: base.db, now: later, territory });
    expect(await count('stop')).toBe(before + 8);
  });

  test('leaves public holidays out and visits eight villages in two weeks', async () => {
    const { tour } = await readWorld(demonstrationFolder);
    const stops = planTour(tour!, '2026-12-21', addDays('2026-12-21', 27), 'Europe/Paris', 'FR');
    expect(stops.map((stop) => stop.day)).not.toContain('2026-12-25');
    expect(stops.map((stop) => stop.day)).not.toContain('2027-01-01');
    expect(new Set(stops.map((stop) => stop.communeCode)).size).toBe(8);
  });
});

describe('the rolling programme', () => {
  const now = new Date('2026-11-23T09:00:00+01:00');

  test('shows five weeks of the past with who was there, and eight to come, some of them full', async () => {
    await reseed(now);
    const { rows } = await sql<{ past: number; toCome: number; full: number; present: number; said: number }>`
      select count(*) filter (where ends_at <= ${now})::int as past, count(*) filter (where starts_at > ${now})::int as "toCome",
        count(*) filter (where starts_at > ${now} and seats = (select count(*) from attendee a where a.session_id = s.id
          and a.seat is not null))::int as full,
        (select count(*)::int from attendance where state = 'present') as present, (select count(*)::int from feedback) as said
      from session s where parent_id is null`.execute(base.db);
    expect(rows[0]!.past).toBeGreaterThan(40);
    expect(rows[0]!.toCome).toBeGreaterThan(70);
    expect(rows[0]!.full).toBeGreaterThan(0);
    // Nobody waits before a seat that is free.
    const { rows: idle } = await sql`select s.id from session s where starts_at > ${now}
      and exists (select from registration r where r.session_id = s.id and r.status = 'waiting')
      and seats > (select count(*) from attendee a where a.session_id = s.id and a.seat is not null)`.execute(base.db);
    expect(idle).toEqual([]);
    expect(rows[0]!.present).toBeGreaterThan(100);
    expect(rows[0]!.said).toBeGreaterThan(50);
  });

  test('has its paid sessions countersigned, one of them corrected, and the month before, so that a total opens down to a locked sheet', async () => {
    await reseed(now);
    const { rows } = await sql<{
      number: string;
      edition: number;
      by: string;
      reason: string | null;
      month: boolean;
      sound: boolean;
    }>`
      select number, edition, countersigned_name as by, reason, period_start is not null as month,
        file_hash is not null and locked_at <= ${now} and locked_at > coalesce(
          (select s.ends_at from session s where s.id = session_id), period_end::timestamptz) as sound
      from attendance_sheet`.execute(base.db);
    expect(rows.filter(({ edition, month }) => edition === 1 && !month).length).toBeGreaterThan(6);
    expect(rows.filter(({ edition, reason }) => edition === 2 && reason)).toHaveLength(1);
    expect(rows.filter(({ month }) => month).map(({ number }) => number)).toEqual(['FE-2026-10-LA-STATION']);
    expect([...new Set(rows.map(({ by }) => by))].sort()).toEqual(['Lucie Ringard', 'Nadia Ferlin']);
    expect(rows.every(({ sound }) => sound)).toBe(true);
  });

  test('is kept eight weeks ahead, once, each date in the series it belongs to', async () => {
    await reseed(now);
    const territory = { demonstration: true, country: 'FR', timeZone: 'Europe/Paris' } as Parameters<
      typeof extendProgramme
    >[0]['territory'];
    const before = await count('session');
    const later = new Date('2026-12-07T03:00:00+01:00');
    await extendTour({ db: base.db, now: later, territory });
    await extendProgramme({ db: base.db, now: later, territory });
    const after = await count('session');
    expect(after).toBeGreaterThan(before + 15);
    await extendProgramme({ db: base.db, now: later, territory });
    expect(await count('session')).toBe(after);
    const { rows } = await sql<{ series: number }>`
      select count(distinct series_id)::int as series from session where starts_at > ${later}`.execute(base.db);
    expect(rows[0]!.series).toBeLessThanOrEqual(16);
  });
});
