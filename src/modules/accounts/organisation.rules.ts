/** Where an organisation may be registered: the countries around first. */
export const countries = ['FR', 'BE', 'NL', 'LU', 'DE', 'GB', 'other'] as const;
export type Country = (typeof countries)[number];

const sum = (digits: string, weigh: (digit: number, fromRight: number) => number): number =>
  [...digits].reverse().reduce((total, digit, at) => total + weigh(Number(digit), at), 0);

const luhn = (digit: number, fromRight: number): number => {
  const value = fromRight % 2 === 1 ? digit * 2 : digit;
  return value > 9 ? value - 9 : value;
};

/** La Poste has so many places that its SIRETs ran out of Luhn keys: their digits add up to a multiple of five (INSEE). */
const laPoste = '356000000';

/** Whether fourteen digits are a SIRET: its key, that of its SIREN, and La Poste's exception. */
export function isSiret(digits: string): boolean {
  if (!/^\d{14}$/.test(digits) || /^0{9}/.test(digits)) return false;
  if (sum(digits.slice(0, 9), luhn) % 10 !== 0) return false;
  if (sum(digits, luhn) % 10 === 0) return true;
  return digits.startsWith(laPoste) && sum(digits, (digit) => digit) % 5 === 0;
}

export type SiretCheck = { ok: true; siret: string } | { ok: false; fault: 'length' | 'key' };

/** A SIRET as people write it, spaces and dots included, and what is wrong with it otherwise. */
export function checkSiret(text: string): SiretCheck {
  const digits = text.replace(/[\s.\-/]/g, '');
  if (!/^\d{14}$/.test(digits)) return { ok: false, fault: 'length' };
  return isSiret(digits) ? { ok: true, siret: digits } : { ok: false, fault: 'key' };
}

export type RegistrationCheck = { ok: true; registration: string | null } | { ok: false; fault: 'length' | 'key' };

/** The registration number of any country: a checked SIRET in France, letters and digits as they come elsewhere, or none. */
export function checkRegistration(country: string, text: string | null | undefined): RegistrationCheck {
  const given = (text ?? '').trim();
  if (given === '') return { ok: true, registration: null };
  if (country === 'FR') {
    const check = checkSiret(given);
    return check.ok ? { ok: true, registration: check.siret } : check;
  }
  const plain = given.replace(/[\s.\-/]/g, '').toUpperCase();
  return /^[0-9A-Z]{2,30}$/.test(plain) ? { ok: true, registration: plain } : { ok: false, fault: 'length' };
}
