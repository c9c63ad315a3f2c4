import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, anonymous, type Ctx, type Territory } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import { type FileStore, makeFileStore } from '../../src/core/files.ts';
import type { Locale } from '../../src/core/i18n.ts';
import { newId } from '../../src/core/ids.ts';
import { quietLog } from '../../src/core/log.ts';
import { keepingPostman } from '../../src/core/mail.ts';
import type { ResourceKind, Role, RuleSet, SiteKind } from '../../src/core/schema.ts';
import { gatherSentences } from '../../src/core/sentences.ts';

/** Monday 23 November 2026, 9:00 in Paris: the day most tests happen on. */
export const monday9 = new Date('2026-11-23T09:00:00+01:00');
export const paris = 'Europe/Paris';
/** An instant from the wall clock of Paris in winter: at('2026-11-23', '14:00'). */
export const at = (day: string, time: string, offset = '+01:00') => new Date(`${day}T${time}:00${offset}`);

export const territory: Territory = {
  id: '01900000-0000-7000-8000-000000000001',
  slug: 'essai',
  name: 'Pays d’essai',
  mainLanguage: 'fr',
  country: 'FR',
  timeZone: paris,
  telephone: '03 00 00 00 00',
  email: 'contact@essai.example',
  publisher: {},
  demonstration: false,
};

/** The pictures of one test process; the folder is only made by the first one kept. */
export const testFiles = (): FileStore => makeFileStore(join(tmpdir(), `quai-test-files-${process.pid}`));

/** A context for commands, as the application would make it. */
export function makeCtx(db: Db, over: Partial<Ctx> = {}): Ctx {
  return {
    db,
    now: monday9,
    actor: anonymous,
    locale: 'fr' as Locale,
    territory,
    publicUrl: 'http://localhost:3000',
    secret: 'a secret of the tests, thirty-two characters long',
    sentences: gatherSentences([]),
    postman: keepingPostman(),
    files: testFiles(),
    log: quietLog,
    ...over,
  };
}

/** A person signed in, with roles everywhere or at one site. */
export function actorOf(
  person: { id: string; name: string; email: string | null },
  roles: Role[] = [],
  siteId: string | null = null,
): Actor {
  return {
    ...anonymous,
    kind: 'person',
    personId: person.id,
    name: person.name,
    email: person.email,
    grants: roles.map((role) => ({ role, siteId })),
  };
}

export async function makePerson(db: Db, over: { name?: string; email?: string | null; language?: Locale } = {}) {
  const id = newId();
  const person = {
    id,
    name: over.name ?? 'Camille Essai',
    email: over.email === undefined ? `${id}@essai.example` : over.email,
  };
  await db
    .insertInto('person')
    .values({
      ...person,
      language: over.language ?? 'fr',
      created_at: monday9,
      confirmed_at: person.email ? monday9 : null,
    })
    .execute();
  return person;
}

/** Gives a person an account; returns its id. */
export async function makeAccount(db: Db, personId: string): Promise<string> {
  const id = newId();
  await db.insertInto('account').values({ id, person_id: personId, created_at: monday9 }).execute();
  return id;
}

export async function makeCommune(db: Db, over: { code?: string; name?: string; lat?: number; lon?: number } = {}) {
  // The end of an id: its beginning is the instant, and two communes of one millisecond would be one.
  const code = over.code ?? newId().slice(-12);
  const name = over.name ?? 'Bourg-l’Essai';
  await db
    .insertInto('commune')
    .values({ code, name, search_name: name.toLowerCase(), lat: over.lat ?? 50.75, lon: over.lon ?? 2.25 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return code;
}

type SiteOptions = {
  kind?: SiteKind;
  name?: string;
  lat?: number;
  lon?: number;
  rules?: RuleSet;
  /** Weekly opening as [weekday, opens, closes] in minutes; by default every day 8:00-20:00. */
  opening?: [number, number, number][];
  closedOnHolidays?: boolean;
  timeZone?: string;
};

/** A site open every day from 8:00 to 20:00 unless told otherwise. */
export async function makeSite(db: Db, over: SiteOptions = {}) {
  const id = newId();
  const slug = `site-${id.slice(-8)}`;
  await db
    .insertInto('site')
    .values({
      id,
      slug,
      kind: over.kind ?? 'station',
      name: JSON.stringify({ fr: over.name ?? 'Gare d’essai' }),
      summary: '{}',
      how_to_come: '{}',
      accessibility: '{}',
      commune_code: await makeCommune(db, { lat: over.lat ?? 50.75, lon: over.lon ?? 2.25 }),
      lat: over.lat ?? 50.75,
      lon: over.lon ?? 2.25,
      time_zone: over.timeZone ?? paris,
      telephone: '03 00 00 00 01',
      closed_on_holidays: over.closedOnHolidays ?? false,
      rules: JSON.stringify(over.rules ?? {}),
    })
    .execute();
  const opening =
    over.opening ?? [1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, 480, 1200] as [number, number, number]);
  if (over.kind !== 'mobile' && opening.length > 0) {
    await db
      .insertInto('opening_rule')
      .values(opening.map(([weekday, opens, closes]) => ({ id: newId(), site_id: id, weekday, opens, closes })))
      .execute();
  }
  return { id, slug };
}

type ResourceOptions = {
  kind?: ResourceKind;
  name?: string;
  units?: number;
  capacity?: number;
  step?: number;
  before?: number;
  after?: number;
  rules?: RuleSet;
  contains?: string[];
};

/** A bookable resource with its units; a meeting room for 8 unless told otherwise. */
export async function makeResource(db: Db, siteId: string, over: ResourceOptions = {}) {
  const id = newId();
  const slug = `r-${id.slice(-10)}`;
  await db
    .insertInto('resource')
    .values({
      id,
      slug,
      site_id: siteId,
      kind: over.kind ?? 'meeting_room',
      name: JSON.stringify({ fr: over.name ?? 'Salle d’essai' }),
      summary: '{}',
      equipment: '[]',
      requirement: '{}',
      capacity: over.capacity ?? 8,
      step_minutes: over.step ?? 30,
      buffer_before: over.before ?? 0,
      buffer_after: over.after ?? 0,
      price_kind: 'free',
      rules: JSON.stringify(over.rules ?? {}),
    })
    .execute();
  const units = Array.from({ length: over.units ?? 1 }, (_, rank) => ({
    id: newId(),
    resource_id: id,
    label: String(rank + 1),
    rank,
  }));
  await db.insertInto('unit').values(units).execute();
  if (over.contains?.length) {
    await db
      .insertInto('resource_content')
      .values(over.contains.map((content_id) => ({ container_id: id, content_id })))
      .execute();
  }
  return { id, slug, units: units.map((unit) => unit.id) };
}
