import { beforeEach } from 'vitest';
import type { Visitor } from './app.ts';
import { useHouse } from './house.ts';
import { makeResource, monday9 } from './make.ts';

/** La Station on a Monday at nine, where Nadia of the team is signed in; the clock is put back before each test. */
export function useStation() {
  const app = useHouse();
  let nadia: Visitor | undefined;
  beforeEach(async () => {
    app.now.at = monday9;
    nadia = await app.signedIn('equipe@quai.example');
  });
  const siteId = async () =>
    (await app.db.selectFrom('site').select('id').where('slug', '=', 'la-station').executeTakeFirstOrThrow()).id;
  return {
    app,
    get nadia(): Visitor {
      return nadia!;
    },
    /** What was booked of something, in the order it was made. */
    bookingsOf: (resourceId: string) =>
      app.db.selectFrom('booking').selectAll().where('resource_id', '=', resourceId).orderBy('created_at').execute(),
    /** A room of its own, so that tests do not meet. */
    room: async (name: string, over: Parameters<typeof makeResource>[2] = {}) =>
      makeResource(app.db, await siteId(), { name, ...over }),
  };
}
