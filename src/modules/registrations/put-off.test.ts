import { expect, it } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useDatabase } from '../../../test/harness/house.ts';
import { actorOf, at, makeCtx, makePerson } from '../../../test/harness/make.ts';
import { come, onGround } from '../../../test/harness/registering.ts';
import { cancelSession, movedWithTheirPlace, postponeSession } from '../sessions/index.ts';
import { inviteGuests } from './index.ts';

const base = useDatabase();

it('what was put off has no eve: nobody without an e-mail is called the day before, though its place changes meanwhile', () =>
  onGround(base, async (ground) => {
    const { db, siteId, team } = ground;
    const session = await makeSession(db, { siteId, start: at('2026-12-05', '14:00') });
    const person = await makePerson(db, { email: null });
    await come({ person, ctx: makeCtx(db, { actor: actorOf(person) }) }, session.id);
    const kinds = async () =>
      (
        await db.selectFrom('call').select('kind').where('registration_id', 'is not', null).orderBy('kind').execute()
      ).map((row) => row.kind);
    expect(await kinds()).toEqual(['reminder']);
    await postponeSession(team, { session: session.id });
    expect(await kinds()).toEqual(['moved']);
    await movedWithTheirPlace(team, [session.id]);
    expect(await kinds()).toEqual(['moved']);
  }));

it('a seat kept for somebody invited is nobody’s once the session is cancelled', () =>
  onGround(base, async (ground) => {
    const { db, siteId, team } = ground;
    const session = await makeSession(db, { siteId, start: at('2026-12-05', '14:00') });
    await inviteGuests(team, {
      sessionId: session.id,
      hold: true,
      guests: [{ name: 'Lou', email: 'lou@essai.example', organisation: undefined }],
    });
    await cancelSession(team, { session: session.id });
    const seats = await db.selectFrom('attendee').select('seat').where('session_id', '=', session.id).execute();
    expect(seats).toEqual([{ seat: null }]);
  }));
