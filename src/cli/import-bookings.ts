import { dayOf } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import { email as emailSchema } from '../core/input.ts';
import { record } from '../core/journal.ts';
import { normaliseName } from '../core/names.ts';
import { gatherSentences } from '../core/sentences.ts';
import { type Booker, bookingSentences, reserve } from '../modules/booking/index.ts';
import type { Row } from './csv.ts';
import { importCommand, type Report, refused } from './import.ts';
import { readDay, readInstant } from './local-time.ts';
import { findPerson } from './people.ts';
import { findNamed, findSite, type ResourceRef, readResources, readSites, type SiteRef } from './places.ts';

const columns = [
  {
    name: 'resource',
    headers: ['ressource', 'salle', 'room', 'machine', 'équipement'],
    required: true,
    help: 'short name or name of what is booked',
  },
  { name: 'site', headers: ['lieu', 'place'], help: 'needed when several sites have one of that name' },
  {
    name: 'start',
    headers: ['début', 'starts', 'from', 'heure de début', 'date de début'],
    required: true,
    help: '"2026-11-23 14:00", "23/11/2026 14h", on the clock of the site; or RFC 3339 with its offset',
  },
  {
    name: 'end',
    headers: ['fin', 'ends', 'to', 'heure de fin', 'date de fin'],
    required: true,
    help: 'the same; a time alone is of the day it starts',
  },
  { name: 'date', headers: ['jour', 'day'], help: 'the day, where start and end are times alone' },
  { name: 'email', headers: ['e-mail', 'mail', 'courriel'], help: 'who it is for; e-mail or name' },
  {
    name: 'name',
    headers: ['nom', 'full name', 'nom complet', 'réservé par'],
    help: 'wanted for someone not known yet',
  },
  { name: 'people', headers: ['personnes', 'nombre', 'participants', 'effectif'], help: 'how many; 1 when empty' },
  { name: 'purpose', headers: ['objet', 'title', 'titre', 'motif'], help: 'what for' },
  { name: 'status', headers: ['statut', 'état', 'state'], help: 'confirmed when empty; cancelled ones are left out' },
  {
    name: 'id',
    headers: ['identifiant', 'external id', 'référence', 'reference'],
    help: 'its number in the former tool: the same is never brought in twice',
  },
] as const;

type Line = Row<(typeof columns)[number]['name']>;

/** Brings in bookings through the very command people use, so that nothing ever overlaps. */
export const importBookings = importCommand({
  what: 'bookings',
  about: `Brings in bookings still to come, each through the same command and rules as on the site: what is taken or closed is told.
With --override "reason", rules other than being free are passed over, and the reason is kept with each booking.
Those already begun or cancelled are left out. No mail is sent. A booking already here is known by its id, else by the
same thing, start and person.`,
  columns,
  most: 5_000,
  overrides: true,
  work: async (ctx, rows, report, { step, override }) => {
    const sites = await readSites(ctx);
    const resources = await readResources(ctx);
    const reading = { sites, resources, report, now: ctx.now };
    const told: Ctx = { ...ctx, sentences: gatherSentences([ctx.sentences, bookingSentences]) };
    const done = await importedBefore(ctx, rows.map((row) => row.get('id')).filter(Boolean));
    const nameless = new Map<string, string>();
    for (const [index, row] of rows.entries()) {
      step(index + 1);
      const entry = readEntry(row, reading);
      if (!entry) continue;
      const earlier = entry.externalId ? done.get(entry.externalId) : undefined;
      if (earlier === 'this file') report.fault(row, 'id', 'another line has the same');
      if (earlier || (await isThere(ctx, entry))) {
        if (earlier !== 'this file') report.did('bookings already here');
        continue;
      }
      const key = `${entry.name}`;
      const person = await bookerOf(ctx, row, entry, nameless.get(key), report);
      if (!person) continue;
      const wrong = await refused(told, report, row, 'start', async () => {
        const { bookings } = await reserve(told, {
          items: [{ resourceId: entry.resourceId, start: entry.start, end: entry.end }],
          people: entry.people,
          person,
          purpose: entry.purpose,
          channel: 'import',
          ...(override ? { override: { reason: override } } : {}),
        });
        const [made] = bookings;
        if (!entry.email) nameless.set(key, made!.personId);
        const data = entry.externalId ? { externalId: entry.externalId } : {};
        await record(told, { kind: 'booking.imported', subjectKind: 'booking', subjectId: made!.id, data });
      });
      if (wrong) continue;
      report.did('bookings new');
      if (entry.externalId) done.set(entry.externalId, 'this file');
    }
  },
});

type Entry = {
  resourceId: string;
  start: Date;
  end: Date;
  email: string | undefined;
  name: string;
  people: number;
  purpose: string | undefined;
  externalId: string | undefined;
};

type Reading = { sites: SiteRef[]; resources: ResourceRef[]; report: Report; now: Date };

function readEntry(row: Line, reading: Reading): Entry | undefined {
  const { report } = reading;
  const before = report.faults.length;
  const status = normaliseName(row.get('status'));
  if (/^(cancel|annul|geannuleerd|refus|declin|reject)/.test(status)) {
    report.did('cancelled ones left out');
    return undefined;
  }
  if (status && !/^(confirm|valid|accept|approuv|approv|bevestigd|ok|booked|reserve)/.test(status))
    report.fault(row, 'status', `"${row.get('status')}": write confirmed or cancelled`);
  const resource = readResource(row, reading);
  const zone = reading.sites.find((site) => site.id === resource?.siteId)?.timeZone;
  const times = zone ? readTimes(row, zone, report) : undefined;
  const email = row.get('email') ? emailSchema.safeParse(row.get('email')) : undefined;
  if (email && !email.success) report.fault(row, 'email', `"${row.get('email')}" is not an e-mail address`);
  if (!email && !row.get('name')) report.fault(row, 'email', 'neither an e-mail nor a name');
  const people = Number(row.get('people') || '1');
  if (!Number.isInteger(people) || people < 1 || people > 10_000)
    report.fault(row, 'people', `"${row.get('people')}" is not a number of people`);
  if (report.faults.length > before || !resource || !times) return undefined;
  if (times.start <= reading.now) {
    report.did('begun or past ones left out');
    return undefined;
  }
  return {
    resourceId: resource.id,
    ...times,
    email: email?.success ? email.data : undefined,
    name: row.get('name').slice(0, 120),
    people,
    purpose: row.get('purpose').slice(0, 500) || undefined,
    externalId: row.get('id') || undefined,
  };
}

function readResource(row: Line, { sites, resources, report }: Reading): ResourceRef | undefined {
  const site = row.get('site') ? findSite(sites, row.get('site')) : undefined;
  if (row.get('site') && !site) {
    report.fault(row, 'site', `there is no site "${row.get('site')}"`);
    return undefined;
  }
  const found = findNamed(
    resources.filter((one) => !site || one.siteId === site.id),
    row.get('resource'),
  );
  if (found.length === 1) return found[0];
  const text = row.get('resource');
  if (!text) report.fault(row, 'resource', 'it is empty');
  else if (found.length === 0)
    report.fault(row, 'resource', `nothing called "${text}" can be booked${site ? ' there' : ''}`);
  else
    report.fault(
      row,
      'resource',
      `several are called "${text}" (${found.map((one) => one.slug).join(', ')}): give the site or the short name`,
    );
  return undefined;
}

function readTimes(row: Line, zone: string, report: Report): { start: Date; end: Date } | undefined {
  const day = row.get('date') ? readDay(row.get('date')) : undefined;
  if (row.get('date') && !day)
    report.fault(row, 'date', `"${row.get('date')}" is not a day such as 2026-11-23 or 23/11/2026`);
  const start = readInstant(row.get('start'), zone, day);
  if (!start)
    report.fault(row, 'start', `"${row.get('start')}" is not a time such as 2026-11-23 14:00 or 23/11/2026 14h`);
  const end = readInstant(row.get('end'), zone, day ?? (start && dayOf(start, zone)));
  if (!end) report.fault(row, 'end', `"${row.get('end')}" is not a time such as 2026-11-23 16:00 or 16h`);
  else if (start && end <= start) report.fault(row, 'end', 'it is not after the start');
  return start && end && end > start ? { start, end } : undefined;
}

/** The ids of the former tool already brought in; the journal keeps them. */
async function importedBefore(ctx: Ctx, ids: string[]): Promise<Map<string, 'earlier' | 'this file'>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('journal')
    .select('data')
    .where('kind', '=', 'booking.imported')
    .where((eb) => eb(eb.ref('data', '->>').key('externalId' as never), '=', eb.fn.any(eb.val(ids))))
    .execute();
  return new Map(rows.map(({ data }) => [String(data.externalId), 'earlier']));
}

/** Whether the same person already has the same thing from the same instant, whatever became of it. */
async function isThere(ctx: Ctx, entry: Entry): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('booking as b')
    .innerJoin('person as p', 'p.id', 'b.person_id')
    .select('b.id')
    .where('b.resource_id', '=', entry.resourceId)
    .where('b.starts_at', '=', entry.start)
    .where((eb) =>
      entry.email
        ? eb('p.email', '=', entry.email)
        : eb.and([eb('p.email', 'is', null), eb('p.name', '=', entry.name)]),
    )
    .executeTakeFirst();
  return found !== undefined;
}

async function bookerOf(
  ctx: Ctx,
  row: Line,
  { email, name }: Entry,
  sameName: string | undefined,
  report: Report,
): Promise<Booker | undefined> {
  const language = ctx.territory.mainLanguage;
  if (!email) return sameName ? { id: sameName } : { name, language };
  const known = await findPerson(ctx, email);
  if (known) return { id: known.id };
  if (name) return { name, email, language };
  report.fault(row, 'name', `it is wanted: nobody here has the address ${email}`);
  return undefined;
}
