import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import {
  openingHours,
  pivotOf,
  type Row,
  servicesOf,
  streetOf,
  telephoneOf,
  toCsv,
  typesOf,
} from './mediation.rules.ts';
import { type HelpingSite, helpingSites, type WeekRule, weekRules } from './publishing.store.ts';

/** Why a place is not in the national list. */
export type LeftOut = 'pivot' | 'abroad' | 'address' | 'service' | 'invented';

export type Mediation = { csv: string; rows: number; left: { slug: string; name: I18nText; why: LeftOut[] }[] };

const longestSummary = 280;
const several = (values: readonly (string | undefined | null | false)[]): string => values.filter(Boolean).join('|');

/** The national list is in French: so are its names, whatever language the reader has. */
const french = (ctx: Ctx, text: I18nText): string =>
  say(text, 'fr', ctx.territory.mainLanguage)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();

/** All that stands in the way; the bus has no address of its own: it is given that of the first place, where it is kept. */
function whyNot(ctx: Ctx, site: HelpingSite, home: HelpingSite | undefined): LeftOut[] {
  if (site.demonstration && !ctx.territory.demonstration) return ['invented'];
  if (site.country !== 'FR') return ['abroad'];
  if (servicesOf(site.needs).length === 0) return ['service'];
  const at = placed(site, home);
  const missing: LeftOut[] = [];
  // The schema asks for it, and no number is invented for a real organisation.
  if (!pivotOf(ctx.territory.publisher.registration)) missing.push('pivot');
  if (!(at?.street && at.postcode && at.commune)) missing.push('address');
  return missing;
}

function placed(site: HelpingSite, home: HelpingSite | undefined) {
  const from = site.kind === 'mobile' && !site.address ? home : site;
  if (!from?.address) return undefined;
  const { street, postcode } = streetOf(from.address);
  const code = postcode ?? from.postcodes[0];
  return { street, postcode: code, commune: from.commune, communeCode: from.communeCode, lat: from.lat, lon: from.lon };
}

function rowOf(ctx: Ctx, site: HelpingSite, home: HelpingSite | undefined, rules: readonly WeekRule[]): Row {
  const at = placed(site, home)!;
  const mobile = site.kind === 'mobile';
  const page = `${ctx.publicUrl}/fr/lieux/${site.slug}`;
  const summary = french(ctx, site.summary);
  const telephone = telephoneOf(site.telephone ?? ctx.territory.telephone);
  const email = site.email ?? ctx.territory.email;
  const changed = site.changedAt ?? ctx.now;
  return {
    id: site.id,
    pivot: pivotOf(ctx.territory.publisher.registration)!,
    nom: french(ctx, site.name),
    commune: at.commune!,
    code_postal: at.postcode!,
    ...(at.communeCode && /^\w{5}$/.test(at.communeCode) ? { code_insee: at.communeCode } : {}),
    adresse: at.street,
    // The bus is nowhere for long: a point on the map would send people where it is not.
    ...(!mobile && at.lat !== null && at.lon !== null ? { latitude: String(at.lat), longitude: String(at.lon) } : {}),
    typologie: several(typesOf(site.needs, mobile)),
    ...(telephone ? { telephone } : {}),
    ...(email ? { courriels: email } : {}),
    site_web: page,
    horaires: openingHours(rules, site.closedOnHolidays),
    presentation_resume:
      summary.length > longestSummary ? `${summary.slice(0, longestSummary - 1).trimEnd()}…` : summary,
    presentation_detail: french(ctx, site.accessibility),
    source: 'Quai',
    itinerance: mobile ? 'Itinérant' : 'Fixe',
    structure_parente: ctx.territory.publisher.name ?? ctx.territory.name,
    date_maj: dayOf(changed, ctx.territory.timeZone),
    services: several(servicesOf(site.needs)),
    frais_a_charge: several([site.free && 'Gratuit', site.paid && 'Payant']),
    modalites_acces: several([
      'Se présenter',
      telephone && 'Téléphoner',
      email && 'Contacter par mail',
      'Prendre un RDV en ligne',
    ]),
    modalites_accompagnement: several([
      site.needs.some((need) => need === 'work_quietly' || need === 'create') && 'En autonomie',
      site.needs.includes('digital_help') && 'Accompagnement individuel',
      site.workshops && 'Dans un atelier collectif',
    ]),
    prise_rdv: page,
  };
}

/** The places where one is helped with what is digital, in the national schema; and those that cannot be there, with why. */
export async function mediationPlaces(ctx: Ctx): Promise<Mediation> {
  const sites = await helpingSites(ctx);
  const home = sites.find((site) => site.kind !== 'mobile' && site.address);
  const told = sites.map((site) => ({ site, why: whyNot(ctx, site, home) }));
  const kept = told.filter((one) => one.why.length === 0).map((one) => one.site);
  const today = dayOf(ctx.now, ctx.territory.timeZone);
  const rules = await weekRules(
    ctx,
    kept.map((site) => site.id),
    today,
  );
  const rows = kept.map((site) =>
    rowOf(
      ctx,
      site,
      home,
      rules.filter((rule) => rule.siteId === site.id),
    ),
  );
  return {
    csv: toCsv(rows),
    rows: rows.length,
    left: told.flatMap(({ site, why }) => (why.length > 0 ? [{ slug: site.slug, name: site.name, why }] : [])),
  };
}
