import { figuresOf, type Service, type SheetSession } from '../evidence/index.ts';

export type Counted = { service: Service | null; count: number };

/** What a service came to; the last one is what belongs to none. */
export type ServiceFigures = { service: Service | null; figures: ReturnType<typeof figuresOf>; visits: number };

const none = '-';

/** Whether something belongs to the service that is asked for; "-" asks for what belongs to none. */
export const isOf = (asked: string | undefined, service: Service | null): boolean =>
  asked === undefined || (service?.slug ?? none) === asked;

/** What an address carries to ask for a service. */
export const askFor = (service: Service | null): string => service?.slug ?? none;

/** The figures of each service: the rows of all of them together are all the rows. */
export function byService(rows: readonly SheetSession[], visits: readonly Counted[]): ServiceFigures[] {
  const services = new Map([...rows, ...visits].map(({ service }) => [service?.slug ?? none, service] as const));
  return [...services]
    .map(([slug, service]) => ({
      service,
      figures: figuresOf(rows.filter((row) => isOf(slug, row.service))),
      visits: visits.filter((one) => isOf(slug, one.service)).reduce((sum, one) => sum + one.count, 0),
    }))
    .sort(
      (a, b) =>
        Number(a.service === null) - Number(b.service === null) ||
        (a.service && b.service ? a.service.name.localeCompare(b.service.name) : 0),
    );
}
