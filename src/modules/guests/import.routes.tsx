import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { type Env, formFile, readForm, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import { type GuestsDone, importGuests, inviteGuests } from '../registrations/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { faultOf, type ReadGuests, readGuests } from './guest-file.ts';
import { guestsMessages } from './guests.messages.ts';
import { CheckPage, ImportPage, type Mode, modes } from './import.pages.tsx';
import { enterSession, own } from './list.routes.tsx';

const modeOf = (text: string | undefined): Mode => modes.find((mode) => mode === text) ?? 'inscrire';

function showImport(c: Web, session: SessionView, values: Record<string, string>, fault?: string, refused?: Refused) {
  const { ctx } = c.var;
  return page(
    c,
    { title: guestsMessages[ctx.locale].importTitle, status: refused?.status ?? (fault ? 422 : 200) },
    <ImportPage ctx={ctx} session={session} values={values} fault={fault} refused={refused?.reasons ?? []} />,
  );
}

/** Does it, or says what would be done: the same commands, undone. */
async function run(ctx: Ctx, session: SessionView, read: ReadGuests, mode: Mode, dry: boolean): Promise<GuestsDone> {
  const input = { sessionId: session.id, guests: read.guests };
  return mode === 'inscrire'
    ? importGuests(ctx, { ...input, dry })
    : inviteGuests(ctx, { ...input, hold: mode === 'garder', dry });
}

async function postImport(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const session = await enterSession(c);
  const values = await readForm(c);
  const mode = modeOf(values.mode);
  const file = await formFile(c, 'fichier');
  const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(values.liste ?? '');
  let read: ReadGuests;
  try {
    read = readGuests(bytes, ctx.locale, mode !== 'inscrire');
  } catch (error) {
    return showImport(c, session, values, faultOf(error, ctx.locale));
  }
  const m = guestsMessages[ctx.locale].faultFile;
  if (read.long) return showImport(c, session, values, m.long);
  if (read.guests.length === 0 && read.faults.length === 0) return showImport(c, session, values, m.empty);
  const dry = values.geste !== 'ajouter';
  try {
    const done = await run(ctx, session, read, mode, dry);
    if (!dry) return seeOther(c, `/inscriptions/seance/${session.reference}?fait=liste&nombre=${done.added}`);
    const title = guestsMessages[ctx.locale].result;
    return page(c, { title }, <CheckPage ctx={ctx} session={session} mode={mode} read={read} done={done} />);
  } catch (error) {
    return showImport(c, session, values, undefined, refusedBy(ctx, error, session.timeZone));
  }
}

/** Adding a whole list: tried first, then done. */
export function importRoutes(app: Hono<Env>): void {
  app.get(`${own}/liste`, async (c) => showImport(c, await enterSession(c), {}));
  app.post(`${own}/liste`, postImport);
}
