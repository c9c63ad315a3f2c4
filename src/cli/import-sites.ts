import type { Ctx } from '../core/context.ts';
import { parse } from '../core/input.ts';
import { findCommune } from '../modules/communes/index.ts';
import { setHours } from '../modules/hours/index.ts';
import { createSite, newSiteInput } from '../modules/sites/index.ts';
import { addCommune, communeInput } from '../modules/territory/index.ts';
import { type Report, refused } from './import.ts';
import type { SpaceLine } from './import-spaces.ts';
import type { Week } from './opening.ts';
import { findNamed, readSites, type SiteRef } from './places.ts';
import { readSiteKind } from './space-words.ts';

/** What the lines of a file share. */
export type PlacesWork = {
  ctx: Ctx;
  report: Report;
  lines: { id: string; slug: string; names: string[] }[];
  /** What a site made by this file opens, as its first line says. */
  openings: Map<string, string>;
};

/** The site of a line, made when it is new; undefined when it is refused. */
export async function siteOf(work: PlacesWork, row: SpaceLine, week: Week): Promise<SiteRef | undefined> {
  const { ctx, report } = work;
  const text = row.get('site');
  const found = findNamed(await readSites(ctx), text);
  if (found.length === 1) return found[0];
  if (found.length > 1 || !text) {
    report.fault(row, 'site', text ? `several sites are called "${text}": write its short name` : 'it is empty');
    return undefined;
  }
  const kind = readSiteKind(row.get('site_kind'));
  if (!kind) report.fault(row, 'site_kind', `"${row.get('site_kind')}": write station, mini_station or mobile`);
  const placed = row.get('commune_code') || row.get('commune') || row.get('postcode');
  // Only a bus may stand in no commune.
  const commune = kind === 'mobile' && !placed ? '' : await communeOf(work, row);
  if (!kind || commune === undefined) return undefined;
  const main = ctx.territory.mainLanguage;
  const fields = parse(
    newSiteInput(main),
    {
      kind,
      [`name.${main}`]: text,
      commune,
      commune_code: commune,
      address: row.get('address'),
      telephone: row.get('telephone'),
      time_zone: ctx.territory.timeZone,
      lat: row.get('lat'),
      lon: row.get('lon'),
    },
    'en',
  );
  if (!fields.ok) {
    for (const [field, fault] of Object.entries(fields.errors))
      report.fault(row, field === `name.${main}` ? 'site' : field, fault);
    return undefined;
  }
  let made: SiteRef | undefined;
  await refused(ctx, report, row, 'site', async () => {
    const slug = await createSite(ctx, fields.data);
    made = (await readSites(ctx)).find((one) => one.slug === slug)!;
    report.did('sites new');
    if (week.length > 0 && kind !== 'mobile')
      await setHours(ctx, { kind: 'site', id: made.id, siteId: made.id }, { version: made.version, week });
    work.openings.set(made.id, JSON.stringify(week));
  });
  return made;
}

/** The code of the commune a new site stands in, added when the file says enough of it. */
async function communeOf({ ctx, report }: PlacesWork, row: SpaceLine): Promise<string | undefined> {
  const text = row.get('commune_code') || row.get('commune') || row.get('postcode');
  if (!text) {
    report.fault(row, 'commune', `the site "${row.get('site')}" is new: it wants a commune`);
    return undefined;
  }
  const found = await findCommune(ctx, text);
  if (found.kind === 'one') return found.commune.code;
  if (found.kind === 'several') {
    const choice = found.communes.map((one) => `${one.name} (${one.code})`).join(', ');
    report.fault(row, 'commune', `several communes are meant: write the code of one of ${choice}`);
    return undefined;
  }
  if (!row.get('commune') || !row.get('lat') || !row.get('lon') || !row.get('postcode')) {
    report.fault(row, 'commune', `"${text}" is not known here: to add it, give commune, postcode, lat and lon`);
    return undefined;
  }
  const fields = parse(
    communeInput,
    {
      name: row.get('commune'),
      country: ctx.territory.country,
      postcode: row.get('postcode'),
      code: row.get('commune_code'),
      lat: row.get('lat'),
      lon: row.get('lon'),
    },
    'en',
  );
  if (!fields.ok) {
    for (const [field, fault] of Object.entries(fields.errors)) report.fault(row, field, fault);
    return undefined;
  }
  let code: string | undefined;
  await refused(ctx, report, row, 'commune', async () => {
    code = await addCommune(ctx, fields.data);
    report.did('communes new');
  });
  return code;
}
