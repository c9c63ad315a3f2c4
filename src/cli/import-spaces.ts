import type { Ctx } from '../core/context.ts';
import { parse } from '../core/input.ts';
import { normaliseName } from '../core/names.ts';
import { createResource, createSpace, resourceInput, spaceInput } from '../modules/furnishing/index.ts';
import { setHours } from '../modules/hours/index.ts';
import type { Row } from './csv.ts';
import { importCommand, refused } from './import.ts';
import { type PlacesWork, siteOf } from './import-sites.ts';
import { readOpening, type Week } from './opening.ts';
import { findNamed, readResources, type SiteRef } from './places.ts';
import { defaultNeeds, readKind, readPrice } from './space-words.ts';

const columns = [
  {
    name: 'site',
    headers: ['lieu', 'nom du site', 'place', 'plaats'],
    required: true,
    help: 'short name or name; made when new, it then wants a commune',
  },
  {
    name: 'site_kind',
    headers: ['type de site', 'type de lieu'],
    help: 'station (when empty), mini_station or mobile',
  },
  {
    name: 'commune',
    headers: ['ville', 'town', 'city', 'gemeente'],
    help: 'name, postcode or code; one not known yet is added when lat, lon and postcode are there',
  },
  { name: 'postcode', headers: ['code postal', 'cp'], help: 'of a commune not known yet' },
  { name: 'commune_code', headers: ['insee', 'code insee', 'nis'], help: 'its official code, when known' },
  { name: 'lat', headers: ['latitude'], help: 'of the site; the centre of its commune when empty' },
  { name: 'lon', headers: ['lng', 'longitude'], help: 'the same' },
  { name: 'address', headers: ['adresse'], help: 'street and number' },
  { name: 'telephone', headers: ['téléphone', 'tel', 'phone'], help: 'of the site' },
  { name: 'space', headers: ['espace', 'zone', 'pôle'], help: 'a part of the site; none when empty; made when new' },
  { name: 'resource', headers: ['ressource', 'nom', 'name', 'salle', 'room'], required: true, help: 'what is booked' },
  {
    name: 'kind',
    headers: ['type', 'nature', 'catégorie'],
    required: true,
    help: 'fab_lab, machine, coworking_desk, meeting_room, creativity_room, hall, campus_desk, office, kit, mobile_lab, or in French (salle de réunion…)',
  },
  { name: 'units', headers: ['unités', 'quantité', 'exemplaires'], help: 'how many of the same; 1 when empty' },
  { name: 'capacity', headers: ['capacité', 'places', 'jauge'], help: 'people; 1 when empty' },
  {
    name: 'price',
    headers: ['prix', 'tarif'],
    help: '"free", "5 €/hour", "20/half-day", "30/day", "10/booking", or in French; unknown when empty',
  },
  { name: 'line', headers: ['ligne', 'service'], help: 'letter or name of a service' },
  {
    name: 'opening',
    headers: ['horaires', 'ouverture', 'openingsuren'],
    help: '"Mo-Fr 09:00-12:00,14:00-18:00; Sa 9h-12h" (or | for ;). On the first line of a new site it is the site\'s; elsewhere, if it differs, the thing\'s own',
  },
  { name: 'summary', headers: ['description', 'résumé'], help: 'a sentence or two' },
] as const;

export type SpaceLine = Row<(typeof columns)[number]['name']>;

/** Brings in sites, spaces and what can be booked, through the commands of the setup pages. */
export const importSpaces = importCommand({
  what: 'spaces',
  about: `Brings in what can be booked, one thing a line, with the sites and spaces it stands in: made when they are new, left
as they are when already here (same name at the same place).`,
  columns,
  most: 5_000,
  work: async (ctx, rows, report, { step }) => {
    const lines = await ctx.db.selectFrom('line').select(['id', 'letter', 'slug', 'name']).execute();
    const lineRefs = lines.map(({ name, ...line }) => ({
      ...line,
      names: [normaliseName(line.letter), ...Object.values(name).map((one) => normaliseName(String(one)))],
    }));
    const work: PlacesWork = { ctx, report, lines: lineRefs, openings: new Map() };
    for (const [index, row] of rows.entries()) {
      await bringIn(work, row);
      step(index + 1);
    }
  },
});

async function bringIn(work: PlacesWork, row: SpaceLine): Promise<void> {
  const { ctx, report } = work;
  const before = report.faults.length;
  const kind = readKind(row.get('kind'));
  if (!kind) report.fault(row, 'kind', `"${row.get('kind')}" is not a kind: see --help`);
  const price = readPrice(row.get('price'));
  if (!price)
    report.fault(row, 'price', `"${row.get('price')}": write free, or 5/hour, 20/half-day, 30/day, 10/booking`);
  const week = row.get('opening') ? readOpening(row.get('opening')) : [];
  if (!week)
    report.fault(
      row,
      'opening',
      `"${row.get('opening')}": write Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00 (French or Dutch days too; "Ma" or "Di" alone could be either: write mar, dim, maan, din)`,
    );
  const line = row.get('line') ? findNamed(work.lines, row.get('line'))[0] : undefined;
  if (row.get('line') && !line) report.fault(row, 'line', `there is no service "${row.get('line')}"`);
  if (!row.get('resource')) report.fault(row, 'resource', 'it is empty');
  const site = await siteOf(work, row, week ?? []);
  if (!site || !kind || !price || !week || report.faults.length > before) return;
  const own = (await readResources(ctx)).filter((one) => one.siteId === site.id);
  if (findNamed(own, row.get('resource')).length > 0) {
    report.did('things already here');
    return;
  }
  const spaceId = await spaceOf(work, row, site, line?.id);
  if (spaceId === undefined) return;
  const main = ctx.territory.mainLanguage;
  const fields = parse(
    resourceInput(main),
    {
      kind,
      [`name.${main}`]: row.get('resource'),
      [`summary.${main}`]: row.get('summary'),
      ...(spaceId ? { space_id: spaceId } : {}),
      ...(line ? { line_id: line.id } : {}),
      units: row.get('units') || '1',
      capacity: row.get('capacity') || '1',
      ...price,
      preset: 'open',
      needs: defaultNeeds[kind],
      contents: [],
    },
    'en',
  );
  if (!fields.ok) {
    for (const [field, text] of Object.entries(fields.errors))
      report.fault(row, field === `name.${main}` ? 'resource' : field, text);
    return;
  }
  await refused(ctx, report, row, 'resource', async () => {
    const slug = await createResource(ctx, site.id, fields.data);
    report.did('things new');
    // Its own hours, where the site's are not the same.
    if (week.length > 0 && work.openings.get(site.id) !== JSON.stringify(week))
      await openResource(ctx, site, slug, week);
  });
}

async function openResource(ctx: Ctx, site: SiteRef, slug: string, week: Week): Promise<void> {
  const { id, version } = await ctx.db
    .selectFrom('resource')
    .select(['id', 'version'])
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow();
  await setHours(ctx, { kind: 'resource', id, siteId: site.id }, { version, week });
}

/** The space of a line: its id, null for none, undefined when it is refused. */
async function spaceOf(
  work: PlacesWork,
  row: SpaceLine,
  site: SiteRef,
  lineId: string | undefined,
): Promise<string | null | undefined> {
  const { ctx, report } = work;
  const text = row.get('space');
  if (!text) return null;
  const spaces = () =>
    ctx.db
      .selectFrom('space')
      .select(['id', 'slug', 'name'])
      .where('site_id', '=', site.id)
      .where('archived_at', 'is', null)
      .execute();
  const known = (await spaces()).map(({ name, ...space }) => ({
    ...space,
    names: Object.values(name).map((one) => normaliseName(String(one))),
  }));
  const [found] = findNamed(known, text);
  if (found) return found.id;
  const main = ctx.territory.mainLanguage;
  const fields = parse(spaceInput(main), { [`name.${main}`]: text, ...(lineId ? { line_id: lineId } : {}) }, 'en');
  if (!fields.ok) {
    for (const fault of Object.values(fields.errors)) report.fault(row, 'space', fault);
    return undefined;
  }
  let id: string | undefined;
  await refused(ctx, report, row, 'space', async () => {
    const slug = await createSpace(ctx, site.id, fields.data);
    id = (await spaces()).find((one) => one.slug === slug)!.id;
    report.did('spaces new');
  });
  return id;
}
