import { describe, expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { at, makePerson } from '../../../test/harness/make.ts';
import { come, type Ground, onGround, somebody, statesIn } from '../../../test/harness/registering.ts';
import { linkTokenFor } from '../../core/codes.ts';
import {
  acceptInvitation,
  confirmRegistration,
  importGuests,
  inviteGuests,
  offerAgain,
  register,
  registrationsOf,
} from './index.ts';

const base = useDatabase();
const on = (work: (ground: Ground) => Promise<void>) => onGround(base, work);

/** Two seats are free, which a group of three has let pass: nobody else is in line, and nothing more is planned. */
async function passedBy(ground: Ground) {
  const { db, siteId } = ground;
  const session = await makeSession(db, { siteId, seats: 4, start: at('2026-12-05', '14:00') });
  const three = [{ self: true }, { name: 'Ali' }, { name: 'Zoé' }];
  await come(await somebody(db), session.id, three.slice(0, 2));
  await come(await somebody(db), session.id, three);
  return session;
}

/** Does what was left for later, when it falls due. */
async function whatIsLeft(ground: Ground): Promise<void> {
  for (;;) {
    const row = await ground.db
      .deleteFrom('outbox')
      .where('topic', '=', 'registration.offer')
      .returning(['payload', 'due_at'])
      .executeTakeFirst();
    if (!row) return;
    const { sessionId, passed } = row.payload as { sessionId: string; passed: string[] };
    await offerAgain({ ...ground.team, now: row.due_at }, sessionId, passed);
  }
}

describe('seats that a group too large has let pass are offered to whoever comes to wait next', () => {
  it('by answering an invitation', () =>
    on(async (ground) => {
      const session = await passedBy(ground);
      const guest = await somebody(ground.db);
      const guests = [{ name: 'Lou', email: guest.person.email!, organisation: undefined }];
      const { ids } = await inviteGuests(ground.team, { sessionId: session.id, guests });
      await whatIsLeft(ground);
      expect((await acceptInvitation(guest.ctx, { registration: ids[0]! })).status).toBe('waiting');
      await whatIsLeft(ground);
      expect(await statesIn(ground.team, [session.id], guest.person.id)).toEqual(['offered']);
    }));

  it('by a list of guests', () =>
    on(async (ground) => {
      const session = await passedBy(ground);
      await whatIsLeft(ground);
      const { email, id } = await makePerson(ground.db);
      const guests = [{ name: 'Lou', email: email!, organisation: undefined }];
      expect(await importGuests(ground.team, { sessionId: session.id, guests })).toMatchObject({ waiting: 1 });
      await whatIsLeft(ground);
      expect(await statesIn(ground.team, [session.id], id)).toEqual(['offered']);
    }));

  it('by confirming an e-mail once that delay is over', () =>
    on(async (ground) => {
      const session = await passedBy(ground);
      await register(ground.visitor, {
        sessionIds: [session.id],
        kind: 'self',
        person: { name: 'Nina', email: 'nina@essai.example' },
        attendees: [{ self: true }],
        channel: 'web',
      });
      await whatIsLeft(ground);
      const code = await ground.db
        .selectFrom('email_code')
        .select('id')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
      const later = { ...ground.visitor, now: at('2026-11-27', '10:00') };
      const { registrations } = await confirmRegistration(later, { token: linkTokenFor(later.secret, code.id) });
      expect(registrations[0]!.status).toBe('waiting');
      await whatIsLeft(ground);
      const mine = (await registrationsOf(ground.team, session.id)).find((one) => one.id === registrations[0]!.id);
      expect(mine!.status).toBe('offered');
    }));
});
