/** What somebody typed to find a person, read in each way it may be meant. */
export type Wanted = { words: string[]; email: string; telephones: string[] };

/** Lower case, without accents, "œ" in two letters: the store does the same to names. */
export const plainName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');

/** The words of a name in any order, a part of an e-mail, the end of a telephone number however it is written. */
export function wantedOf(typed: string): Wanted {
  const text = typed.trim();
  const words = plainName(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 6);
  const email = /^\S{3,}$/.test(text) ? text.toLowerCase() : '';
  return { words: words.some((word) => word.length > 1) ? words : [], email, telephones: telephonesOf(text) };
}

/** The digits a number ends with: "03 21 …", "+33 3 21 …", "0033 3 21 …" and "+33 (0)3 21 …" are one number. */
function telephonesOf(text: string): string[] {
  if (/[^\d\s+.()/-]/.test(text)) return [];
  const digits = text.replace(/\D/g, '');
  const national = digits.replace(/^0+/, '');
  // A country's code has one to three digits; two and three are those of Europe.
  const abroad = /^\s*(\+|00)/.test(text) ? [national.slice(2), national.slice(3)] : [];
  const ends = [national, ...abroad].map((end) => end.replace(/^0+/, ''));
  return [...new Set([digits, ...ends])].filter((end) => end.length >= 6);
}

/** Whether there is enough in it to search with. */
export const isEnough = (wanted: Wanted): boolean => wanted.words.length > 0 || wanted.telephones.length > 0;
