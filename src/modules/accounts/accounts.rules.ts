/** A path of this very site, safe to send a browser to; undefined for anything else (ASVS 5.0, 3.7.2: open redirects). */
export function localPath(given: string | undefined): string | undefined {
  if (!given?.startsWith('/') || given.length > 500) return undefined;
  // A browser reads "//host", "/\host" and "/<tab>/host" as another site.
  if (/^\/[/\\]/.test(given) || /[\\\p{Cc}\s]/u.test(given)) return undefined;
  const base = 'http://quai.invalid';
  if (!URL.canParse(given, base)) return undefined;
  const url = new URL(given, base);
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined;
}

const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** A session's short label, such as "Firefox, Android": enough to know one's telephone, too little to be followed by. */
export function agentLabel(userAgent: string | undefined): string {
  const found = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  return [found(browsers), found(systems)].filter(Boolean).join(', ');
}

/** Whether a PIN of six digits is one that people try first: one digit repeated, a run, or a date's 19 and 20. */
export function isWeakPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10));
  if (steps.size === 1 && [0, 1, 9].some((step) => steps.has(step))) return true;
  return /^(\d{2})\1\1$|^(\d{3})\2$/.test(pin);
}

export const tokenScopes = ['places:read', 'bookings:read', 'bookings:write'] as const;
export type TokenScope = (typeof tokenScopes)[number];
