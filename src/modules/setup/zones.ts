import type { Option } from '../../ui/components/index.ts';

/** Zones outside Europe where a French, Belgian or Dutch territory may lie. */
const overseas = [
  'America/Cayenne',
  'America/Curacao',
  'America/Guadeloupe',
  'America/Martinique',
  'America/Miquelon',
  'Indian/Mayotte',
  'Indian/Reunion',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Wallis',
];

/** The time zones offered: Europe's and those overseas, and the one already set whatever it is. */
export function zoneOptions(current: string | undefined): Option[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.startsWith('Europe/'));
  const all = new Set([...zones, ...overseas, ...(current ? [current] : [])]);
  return [...all].sort().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}
