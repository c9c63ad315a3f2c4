import { addMinutes } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import type { Locale } from '../core/i18n.ts';
import { newId } from '../core/ids.ts';
import type { LoadedPlaces } from './load-places.ts';
import { type World, WorldError } from './world.files.ts';

export type LoadedPerson = { id: string; hasEmail: boolean; language: Locale };
export type LoadedPeople = { people: Map<string, LoadedPerson>; organisations: Map<string, string> };

const monthMinutes = 30 * 24 * 60;

/** Writes the persons, their accounts, roles and organisations. */
export async function loadPeople(db: Db, now: Date, world: World, places: LoadedPlaces): Promise<LoadedPeople> {
  const loaded: LoadedPeople = { people: new Map(), organisations: new Map() };
  const since = addMinutes(now, -monthMinutes);
  const { people, organisations } = world.people;
  for (const organisation of organisations) loaded.organisations.set(organisation.key, newId());
  for (const person of people) {
    loaded.people.set(person.key, { id: newId(), hasEmail: person.email !== undefined, language: person.language });
  }
  const idOf = (key: string) => loaded.people.get(key)!.id;
  if (organisations.length > 0) {
    const rows = organisations.map(({ key, name, country }) => ({
      id: loaded.organisations.get(key)!,
      name,
      country,
      created_at: since,
    }));
    await db.insertInto('organisation').values(rows).execute();
  }
  if (people.length === 0) return loaded;
  await db
    .insertInto('person')
    .values(
      people.map((person) => ({
        id: idOf(person.key),
        name: person.name,
        email: person.email ?? null,
        telephone: person.telephone ?? null,
        language: person.language,
        confirmed_at: person.email ? since : null,
        created_at: since,
      })),
    )
    .execute();
  const accounts = people
    .filter((person) => person.account)
    .map((person) => ({ id: newId(), person_id: idOf(person.key), created_at: since }));
  if (accounts.length > 0) await db.insertInto('account').values(accounts).execute();
  const roles = people.flatMap((person) =>
    person.roles.map(({ role, site }) => ({
      id: newId(),
      person_id: idOf(person.key),
      site_id: site === undefined ? null : siteId(places, site),
      role,
      created_at: since,
    })),
  );
  if (roles.length > 0) await db.insertInto('role_grant').values(roles).execute();
  const memberships = people.flatMap((person) =>
    person.organisations.map((key) => ({
      organisation_id: organisationId(loaded, key),
      person_id: idOf(person.key),
      created_at: since,
    })),
  );
  if (memberships.length > 0) await db.insertInto('organisation_member').values(memberships).execute();
  return loaded;
}

function siteId(places: LoadedPlaces, slug: string): string {
  const id = places.sites.get(slug);
  if (!id) throw new WorldError(`people.json: there is no site "${slug}"`);
  return id;
}

function organisationId(loaded: LoadedPeople, key: string): string {
  const id = loaded.organisations.get(key);
  if (!id) throw new WorldError(`people.json: there is no organisation "${key}"`);
  return id;
}
