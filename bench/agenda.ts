import type { Ground } from './ground.ts';
import { startServer } from './ground.ts';
import { cpuPerPage, line } from './pages.ts';

/** The agenda as people open it, with the demonstration's programme in it, beside an answer without database. */
export async function benchAgenda(ground: Ground): Promise<string[]> {
  const server = await startServer(ground.env);
  // One who brings a cookie is not shown what is kept for those nobody knows: the page is made each time.
  const known = { headers: { cookie: 'other=1' } };
  try {
    const session = await ground.db
      .selectFrom('session')
      .select('reference')
      .where('starts_at', '>', new Date())
      .where('kind', '=', 'workshop')
      .where('parent_id', 'is', null)
      .orderBy('starts_at')
      .executeTakeFirstOrThrow();
    const pages = [
      ['the limit: an answer without database', '/healthz', {}],
      ['agenda, for visitors without a session', '/fr/agenda', {}],
      ['agenda, made each time', '/fr/agenda', known],
      ['agenda around a commune with free seats, made each time', '/fr/agenda?pres=62765&km=20&places=1', known],
      ['a session, made each time', `/fr/agenda/${session.reference}`, known],
      ['the printed week, made each time', '/fr/agenda/semaine', known],
    ] as const;
    const lines: string[] = [];
    for (const [name, path, asking] of pages) lines.push(line(name, await cpuPerPage(ground, server, path, asking)));
    return lines;
  } finally {
    await server.stop();
  }
}
