import { sql } from 'kysely';
import { addDays, type Day, dayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { atomically } from '../../core/db.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { record } from '../../core/journal.ts';
import { lockHelpers } from '../booking/index.ts';
import { runHelper } from './access.ts';
import { offer } from './offers.ts';
import { type OpenDay, openDays } from './open.rules.ts';
import type { Presence } from './presence.rules.ts';
import { readCalendars, readSites } from './presence.store.ts';
import type { PresenceSite } from './presence.types.ts';
import { reasonsById } from './reasons.store.ts';

/** Where, on which day of the week or on which day alone, from when to when (minutes after local midnight). */
export type Line = { siteId: string; weekday: number; day?: Day; opens: number; closes: number };
export type OpenInput = { helperId: string; reasonIds: readonly string[]; from: Day; to: Day; lines: readonly Line[] };
export type LinePreview = Line & { site: PresenceSite; days: OpenDay[] };

const longestDays = 400;
const shortest = 30;

const presenceOf = ({ day, weekday, ...line }: Line, { from, to }: OpenInput, id: string): Presence => ({
  ...line,
  id,
  weekday: day ? null : weekday,
  day: day ?? null,
  validFrom: from,
  validTo: to,
});

/** What opening would give, line by line and day by day; nothing is kept. */
export async function previewOpening(ctx: Ctx, input: OpenInput): Promise<LinePreview[]> {
  await runHelper(ctx, input.helperId);
  if (input.to < input.from) throw new Refusal('presence.order', 'unprocessable', { field: 'to' });
  if (input.to > addDays(input.from, longestDays)) throw new Refusal('presence.long', 'unprocessable', { field: 'to' });
  if (input.to < dayOf(ctx.now, ctx.territory.timeZone)) {
    throw new Refusal('presence.past', 'unprocessable', { field: 'to' });
  }
  const zone = ctx.territory.timeZone;
  const window = { start: wholeDay(input.from, zone).start, end: wholeDay(input.to, zone).end };
  const { calendars, sites: known } = await readCalendars(ctx, { helperIds: [input.helperId] }, window);
  const calendar = calendars[0];
  const sites = new Map([...known, ...(await readSites(ctx, [...new Set(input.lines.map((l) => l.siteId))], window))]);
  const lengths = [...(await reasonsById(ctx, input.reasonIds)).values()].map((reason) => reason.minutes);
  const wanted = input.lines.map((line, index) => presenceOf(line, input, String(index)));
  // The window ends at midnight, which is the first instant of a day nobody asked for.
  const until = { start: window.start, end: new Date(window.end.getTime() - 1) };
  return wanted.map((presence, index) => {
    const site = sites.get(presence.siteId);
    if (!site || !calendar) throw notFound();
    const days = openDays(presence, until, {
      sites,
      commitments: calendar.commitments,
      absences: calendar.absences,
      others: [...calendar.presences, ...wanted.filter((other) => other !== presence)],
      minutes: lengths.length > 0 ? Math.min(...lengths) : shortest,
      now: ctx.now,
    });
    return { ...input.lines[index]!, site, days };
  });
}

/** Opens all of it at once: refused where the person is said to be elsewhere at the same hour, or where there is no day at all. */
export function openPresence(ctx: Ctx, input: OpenInput): Promise<void> {
  return atomically(ctx, async (inside) => {
    await lockHelpers(inside, [input.helperId]);
    const previews = await previewOpening(inside, input);
    const nowhere = previews.findIndex((one) => one.days.every((day) => day.present === null));
    if (nowhere >= 0) throw new Refusal('presence.no_day', 'unprocessable', { line: nowhere + 1 });
    const clash = previews.flatMap((one) => one.days.flatMap((day) => day.clashes)).find((c) => c.kind === 'elsewhere');
    if (clash?.kind === 'elsewhere') throw new Refusal('presence.elsewhere', 'conflict', { start: clash.start });
    for (const line of input.lines) await keepLine(inside, input, line);
    await offer(inside, input.helperId, input.reasonIds);
    await record(inside, {
      kind: 'presence.opened',
      subjectKind: 'helper',
      subjectId: input.helperId,
      data: { from: input.from, to: input.to, lines: input.lines.length },
    });
  });
}

/** Sent twice, a form opens once. */
async function keepLine(ctx: Ctx, { helperId, ...input }: OpenInput, line: Line): Promise<void> {
  const day = line.day ?? null;
  const [from, to] = day ? [day, day] : [input.from, input.to];
  await sql`
    insert into presence (id, helper_id, site_id, weekday, day, opens, closes, valid_from, valid_to, created_at)
    select ${newId()}::uuid, ${helperId}::uuid, ${line.siteId}::uuid, ${day ? null : line.weekday}::integer, ${day}::date,
      ${line.opens}::integer, ${line.closes}::integer, ${from}::date, ${to}::date, ${ctx.now}::timestamptz
    where not exists (
      select from presence e where e.helper_id = ${helperId}::uuid and e.site_id = ${line.siteId}::uuid
        and (e.weekday = ${line.weekday}::integer or e.day = ${day}::date) and e.opens <= ${line.opens}::integer
        and e.closes >= ${line.closes}::integer and (e.valid_from is null or e.valid_from <= ${from}::date)
        and (e.valid_to is null or e.valid_to >= ${to}::date)
    )`.execute(ctx.db);
}

/** Nobody receives then any more, from today on; appointments already taken stand. */
export async function closePresence(ctx: Ctx, presenceId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('presence')
    .select(['helper_id', 'valid_from', 'day'])
    .where('id', '=', presenceId)
    .executeTakeFirst();
  if (!row) throw notFound();
  await runHelper(ctx, row.helper_id);
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  await atomically(ctx, async (inside) => {
    if (row.day !== null || (row.valid_from ?? '') >= today) {
      await inside.db.deleteFrom('presence').where('id', '=', presenceId).execute();
    } else {
      const set = { valid_to: addDays(today, -1) };
      await inside.db.updateTable('presence').set(set).where('id', '=', presenceId).execute();
    }
    await record(inside, { kind: 'presence.closed', subjectKind: 'helper', subjectId: row.helper_id });
  });
  return row.helper_id;
}
