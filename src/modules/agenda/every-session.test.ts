import { expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { makeRegistration } from '../../../test/harness/attendance.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { at, makePerson, makeSite } from '../../../test/harness/make.ts';
import { registrationKey } from '../../core/codes.ts';
import { newId } from '../../core/ids.ts';
import type { Audience, SessionKind, SessionStatus } from '../../core/schema.ts';

const house = useHouse({ now: at('2026-11-28', '15:00') });

const kinds: SessionKind[] = [
  ...(['workshop', 'training', 'talk', 'event', 'appointment', 'open_door', 'visit', 'meeting'] as const),
];
const audiences: Audience[] = ['all', 'ages', 'members', 'group', 'invited'];
const statuses: SessionStatus[] = ['draft', 'published', 'postponed', 'cancelled'];
/** How it stands beside the clock, and its seats. */
const standings = [
  { start: at('2026-12-05', '14:00') },
  { start: at('2026-12-05', '14:00'), opensAt: at('2026-12-01', '09:00') },
  { start: at('2026-12-05', '14:00'), closesAt: at('2026-11-27', '09:00') },
  { start: at('2026-12-05', '14:00'), seats: null },
  { start: at('2026-12-05', '14:00'), seats: 1, full: true },
  { start: at('2026-11-28', '14:30') },
  { start: at('2026-11-21', '14:00') },
];

test('a session of any kind, audience, status and moment has its pages for each reader, or is not there', async () => {
  const site = await makeSite(house.db);
  const groupId = newId();
  const group = { id: groupId, slug: 'tous-genres', name: '{"fr":"Tous genres"}', created_at: house.now.at };
  await house.db.insertInto('person_group').values(group).execute();
  const [guest, leader, member] = [await makePerson(house.db), await makePerson(house.db), await makePerson(house.db)];
  const grant = { id: newId(), person_id: member.id, role: 'team' as const, site_id: site.id };
  await house.db
    .insertInto('role_grant')
    .values({ ...grant, created_at: house.now.at })
    .execute();
  const readers = [house.visitor()];
  for (const person of [guest, leader, member]) readers.push(await house.signedIn(person.email!));
  const read: number[] = [];
  let turn = 0;
  for (const kind of kinds)
    for (const audience of audiences)
      for (const status of statuses) {
        // Each meets every moment somewhere: all of them together would be a thousand pages more.
        const { full, ...standing } = standings[turn % standings.length]!;
        turn += 1;
        const session = await makeSession(house.db, {
          ...{ siteId: site.id, kind, audience, status, ...standing },
          ...(audience === 'group' ? { groupId } : {}),
          ...(audience === 'ages' ? { ageMin: 12 } : {}),
        });
        await makeSession(house.db, { siteId: site.id, parentId: session.id, track: 'a', start: standing.start });
        await house.db.insertInto('session_leader').values({ session_id: session.id, person_id: leader.id }).execute();
        const come = { person: guest, status: full ? ('registered' as const) : ('invited' as const) };
        const own = await makeRegistration(house.db, session.id, come);
        const pass = `?inscription=${own.reference}&cle=${registrationKey(house.ctx().secret, own.id)}`;
        // Nobody known each time, and the others in their turn.
        for (const index of [0, 1 + (turn % 3)]) {
          const reader = readers[index]!;
          // Calendars are read so often an hour from one address, no more.
          const calendar = index === 0 && turn % 4 === 0 ? [`/agenda.ics${pass}`] : [];
          for (const path of ['', pass, '/inscription', ...calendar]) {
            const answer = await reader.get(`/fr/agenda/${session.reference}${path}`);
            const which = `${kind} ${audience} ${status} ${turn} reader ${index} ${path}`;
            expect([200, 302, 303, 404], which).toContain(answer.status);
            read.push(answer.status);
          }
        }
      }
  expect(read.filter((status) => status === 200).length).toBeGreaterThan(read.length / 4);
}, 120_000);
