/**
 * What the national schema of "lieux de médiation numérique" (v1.0.2) asks of a place, and how it is written.
 * https://github.com/LaMednum/standard-mediation-num
 */
export const columns = [
  'id',
  'pivot',
  'nom',
  'commune',
  'code_postal',
  'code_insee',
  'adresse',
  'complement_adresse',
  'latitude',
  'longitude',
  'typologie',
  'telephone',
  'courriels',
  'site_web',
  'horaires',
  'presentation_resume',
  'presentation_detail',
  'source',
  'itinerance',
  'structure_parente',
  'date_maj',
  'services',
  'publics_specifiquement_adresses',
  'prise_en_charge_specifique',
  'frais_a_charge',
  'dispositif_programmes_nationaux',
  'formations_labels',
  'autres_formations_labels',
  'modalites_acces',
  'modalites_accompagnement',
  'fiche_acces_libre',
  'prise_rdv',
] as const;

export type Column = (typeof columns)[number];
export type Row = Partial<Record<Column, string>>;

const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Days that follow one another are written "Mo-Fr", the others one by one. */
function daysOf(weekdays: readonly number[]): string {
  const runs: number[][] = [];
  for (const weekday of weekdays) {
    const last = runs.at(-1);
    if (last && last.at(-1) === weekday - 1) last.push(weekday);
    else runs.push([weekday]);
  }
  return runs
    .map((run) =>
      run.length > 2 ? `${days[run[0]! - 1]}-${days[run.at(-1)! - 1]}` : run.map((one) => days[one - 1]).join(','),
    )
    .join(',');
}

/** Weekly hours as OpenStreetMap writes them: "Mo-Fr 08:00-20:00; Sa 09:00-18:00; PH off". What ends after midnight passes 24:00. */
export function openingHours(
  rules: readonly { weekday: number; opens: number; closes: number }[],
  closedOnHolidays: boolean,
): string {
  const byHours = new Map<string, number[]>();
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    const hours = rules
      .filter((rule) => rule.weekday === weekday)
      .sort((a, b) => a.opens - b.opens)
      .map(({ opens, closes }) => `${clock(opens)}-${clock(closes)}`)
      .join(',');
    if (hours) byHours.set(hours, [...(byHours.get(hours) ?? []), weekday]);
  }
  if (byHours.size === 0) return '';
  const lines = [...byHours].map(([hours, weekdays]) => `${daysOf(weekdays)} ${hours}`);
  return [...lines, ...(closedOnHolidays ? ['PH off'] : [])].join('; ');
}

/** The Luhn key of a SIRET; the establishments of La Poste have one of their own. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false;
  const digits = [...text].map(Number);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (text.startsWith('356000000') && sum(digits) % 5 === 0) return true;
  const doubled = digits.map((digit, index) => (index % 2 === 0 ? digit * 2 : digit));
  return sum(doubled.map((value) => (value > 9 ? value - 9 : value))) % 10 === 0;
}

/** The number by which the State knows an organisation: a SIRET, or an association's RNA; undefined for anything else. */
export function pivotOf(registration: string | undefined): string | undefined {
  const text = (registration ?? '').replace(/[\s.]/g, '').toUpperCase();
  return isSiret(text) || /^W\d{9}$/.test(text) ? text : undefined;
}

/** "4 rue de la Halle, 62120 Aire-sur-la-Lys" parted: the street alone, and the postcode where it is written. */
export function streetOf(address: string): { street: string; postcode: string | undefined } {
  const found = /^(.*?)[,\s]+(\d{5})\b.*$/s.exec(address.replace(/\s+/g, ' ').trim());
  return found ? { street: found[1]!.trim(), postcode: found[2] } : { street: address.trim(), postcode: undefined };
}

/** A French number as the schema wants it, "+33353010010"; undefined for any other. */
export function telephoneOf(telephone: string | null): string | undefined {
  const digits = (telephone ?? '').replace(/[^\d+]/g, '');
  const national = /^(?:0|\+33|0033)([1-9]\d{8})$/.exec(digits)?.[1];
  return national ? `+33${national}` : undefined;
}

const help = ['Aide aux démarches administratives', 'Maîtrise des outils numériques du quotidien'];
const making = ['Loisirs et créations numériques'];
const access = ['Accès internet et matériel informatique'];

const servicesByNeed: Record<string, readonly string[]> = {
  digital_help: help,
  create: making,
  print_3d: making,
  cut_laser: making,
  engrave: making,
  electronics: making,
  work_quietly: access,
  study: access,
};

/** The national services that answer what one can do in a place. */
export const servicesOf = (needs: readonly string[]): string[] => [
  ...new Set(needs.flatMap((need) => servicesByNeed[need] ?? [])),
];

const makes = ['create', 'print_3d', 'cut_laser', 'engrave', 'cut_wood', 'electronics'];

/** The kinds of place, by the national list. */
export const typesOf = (needs: readonly string[], mobile: boolean): string[] => [
  ...(mobile ? [] : ['TIERS_LIEUX']),
  ...(needs.some((need) => makes.includes(need)) ? ['FABLAB'] : []),
];

const quoted = (value: string): string => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Rows as CSV (RFC 4180), with the 32 columns. */
export const toCsv = (rows: readonly Row[]): string =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => quoted(row[column] ?? '')).join(',')), ''].join(
    '\r\n',
  );
