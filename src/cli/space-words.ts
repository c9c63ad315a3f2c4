import { normaliseName } from '../core/names.ts';
import { type ResourceKind, resourceKinds, type SiteKind } from '../core/schema.ts';
import { kindWord, type Need } from '../modules/finding/index.ts';

const otherWords: [RegExp, ResourceKind][] = [
  [/^(salle )?(de )?reunions?$|^meeting$|^vergader/, 'meeting_room'],
  [/^(salle )?(de )?creativite$|^atelier creatif$/, 'creativity_room'],
  [/^(bureaux?|postes?|places?) (partages?|de coworking)$|^coworking$|^desks?$/, 'coworking_desk'],
  [/^machines?$|^equipement$/, 'machine'],
  [/^fab ?lab$|^atelier$/, 'fab_lab'],
  [/^(grande )?(halle?|salle)$|^auditorium$|^hall$/, 'hall'],
  [/^campus/, 'campus_desk'],
  [/^bureaux?( prive| fermes?)?$|^kantoor$/, 'office'],
  [/^(kit|mallette|materiel)s?$/, 'kit'],
  [/^(bus|camion|labo mobile)$/, 'mobile_lab'],
];

/** A kind by its name in the API, its word in French, Dutch or English, or another word offices use for it. */
export function readKind(text: string): ResourceKind | undefined {
  const wanted = normaliseName(text);
  const named = resourceKinds.find(
    (kind) =>
      normaliseName(kind) === wanted ||
      (['fr', 'nl', 'en'] as const).some((one) => normaliseName(kindWord(kind, one)) === wanted),
  );
  return named ?? otherWords.find(([pattern]) => pattern.test(wanted))?.[1];
}

/** What people come for with a thing of a kind, until the team says better. */
export const defaultNeeds: Record<ResourceKind, Need[]> = {
  fab_lab: ['create'],
  machine: ['create'],
  coworking_desk: ['work_quietly'],
  meeting_room: ['meet'],
  creativity_room: ['create', 'meet'],
  hall: ['event'],
  campus_desk: ['study'],
  office: ['office'],
  kit: [],
  mobile_lab: ['discover'],
};

const siteKinds: Record<string, SiteKind> = {
  '': 'station',
  station: 'station',
  'mini station': 'mini_station',
  ministation: 'mini_station',
  mobile: 'mobile',
  bus: 'mobile',
};

/** station, mini_station or mobile; a station when nothing is said. */
export const readSiteKind = (text: string): SiteKind | undefined => siteKinds[normaliseName(text)];

const per: [RegExp, string][] = [
  [/^(h|heure|hour|uur)$/, 'hour'],
  [/^(1 2 j|1 2 journee|demi journee|half day|halve dag)$/, 'half_day'],
  [/^(j|jour|journee|day|dag)$/, 'day'],
  [/^(reservation|booking|forfait|seance|boeking)$/, 'booking'],
];

/** The fields of a price: "free", "5 €/h", "20 / demi-journée"; unknown when nothing is said, undefined when not understood. */
export function readPrice(text: string): Record<string, string> | undefined {
  if (!text) return { price_kind: 'unknown' };
  if (/^(free|gratuit|gratis|0([.,]0+)? ?€?)$/i.test(text)) return { price_kind: 'free' };
  const [, amount = '', unit = ''] =
    /^(\d+(?:[.,]\d{1,2})?)\s*(?:€|eur|euros?)?\s*(?:\/|per|par|la|le|l['’])\s*(.+)$/iu.exec(text) ?? [];
  const found = per.find(([pattern]) => pattern.test(normaliseName(unit)))?.[1];
  return amount && found ? { price_kind: 'amount', price: amount, price_per: found } : undefined;
}
