/**
 * A place name as it is searched: lower case, no accents, letters and digits parted by single spaces, "St" and "Ste"
 * in full. "St-Omer", "SAINT OMER" and "Saint‑Omer" give the same text.
 */
export function normaliseName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\bst(?= )/g, 'saint')
    .replace(/\bste(?= )/g, 'sainte');
}
