import { newId } from '../../src/core/ids.ts';
import { seen } from './seen.ts';

/** The team's calendar of the station of tests. */
export const programmeHome = '/fr/equipe/la-station/programme';

/** What a page says, its tags and its special spaces aside. */
export const wordsOf = (html: string): string => seen(html.replace(/<[^>]+>/g, '')).replace(/\s+/g, ' ');

/** The form of a session as somebody fills it in who changes nothing of what it offers. */
export const sessionForm = (over: Record<string, string | string[]> = {}) => ({
  genre: 'workshop',
  'titre.fr': 'Couture du mardi',
  jour: '2026-12-01',
  de: '18:00',
  a: '20:00',
  places: '8',
  inscription: 'seat',
  lieu: 'site',
  public: 'all',
  prix: 'unknown',
  repeter: 'once',
  envoi: newId(),
  ...over,
});
