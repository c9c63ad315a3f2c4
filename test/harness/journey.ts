import type { Page } from 'playwright-core';
import { openSession } from '../../src/core/auth.ts';
import type { Served } from './served.ts';

/** Signs a person of the world in, without the mail and the code (people.test.ts plays those). */
export async function signIn(app: Served, page: Page, email: string): Promise<void> {
  const account = await app.db
    .selectFrom('account as a')
    .innerJoin('person as p', 'p.id', 'a.person_id')
    .select('a.id')
    .where('p.email', '=', email)
    .executeTakeFirstOrThrow();
  const value = await openSession(app.db, app.now.at, account.id, 'test');
  await page.context().addCookies([{ name: 'quai_session', value, url: app.url, httpOnly: true, sameSite: 'Lax' }]);
}
