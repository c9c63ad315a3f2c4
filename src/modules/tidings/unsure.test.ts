import { beforeEach, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { actorOf, makePerson, makeSite, monday9 } from '../../../test/harness/make.ts';
import { cancelRegistration, register } from '../registrations/index.ts';
import { cancelSession, postponeSession } from '../sessions/index.ts';

const app = useHouse();
beforeEach(async () => {
  app.now.at = monday9;
  await app.work();
});

/** A session of one seat, with who sits there and, in each language, who waits. */
async function waitedFor() {
  const { id: siteId } = await makeSite(app.db);
  const session = await makeSession(app.db, { siteId, seats: 1 });
  const team = app.ctx(actorOf(await makePerson(app.db), ['team'], siteId));
  const all = [];
  for (const language of ['fr', 'fr', 'nl', 'en'] as const) {
    const person = await makePerson(app.db, { language });
    const ctx = { ...app.ctx(actorOf(person)), locale: language };
    const asked = { sessionIds: [session.id], kind: 'self' as const, person: { id: person.id }, attendees: [] };
    const { registrations } = await register(ctx, { ...asked, channel: 'web' });
    all.push({ ctx, email: person.email, id: registrations[0]!.id });
  }
  await app.work();
  app.letters.length = 0;
  return { session, team, waiting: all.slice(1) };
}

test.each(['given back', 'put off', 'cancelled'])(
  'whoever only waits is told nothing of a file that is not there, nor of a seat they never had (%s)',
  async (what) => {
    const { session, team, waiting } = await waitedFor();
    if (what === 'put off') await postponeSession(team, { session: session.id });
    else if (what === 'cancelled') await cancelSession(team, { session: session.id });
    else for (const { ctx, id } of waiting) await cancelRegistration(ctx, { registration: id });
    await app.work();
    const letters = app.letters.filter((letter) => waiting.some((one) => one.email === letter.to));
    expect(letters).toHaveLength(3);
    for (const { text, attachments } of letters) {
      expect(attachments).toEqual([]);
      expect(text).not.toMatch(/joint|bijgevoegd|attached|votre place|uw plaats|your seat/i);
    }
  },
);
