import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import {
  EmptyState,
  LineName,
  type MapPoint,
  NetworkLine,
  PageHead,
  PointMap,
  ResultCard,
  Tag,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { drawn, tell } from '../../ui/told.ts';
import type { NetworkSite } from './network.ts';
import { placesMessages } from './places.messages.ts';
import { mapFrame } from './places.rules.ts';
import { stateWords, stopWords } from './places.words.ts';

type Town = { name: string; lat: number; lon: number };

const statusOf = (ctx: Ctx, { site, state, stops }: NetworkSite): string => {
  const write = formatter(ctx.locale, site.timeZone);
  return site.kind === 'mobile' ? stopWords(ctx, stops[0], write) : stateWords(ctx, state, write);
};

/** The commune, where the name does not say it already. */
const townOf = (ctx: Ctx, { site }: NetworkSite): string | undefined =>
  site.kind === 'mobile' || !site.communeName || tell(ctx, site.name).includes(site.communeName)
    ? undefined
    : site.communeName;

/** The network as a line: its sites in order, the bus being the stop that moves. */
export const NetworkStops: FC<{ ctx: Ctx; sites: NetworkSite[] }> = ({ ctx, sites }) => (
  <NetworkLine
    label={placesMessages[ctx.locale].network.line}
    stops={sites.map((one) => ({
      href: `/${ctx.locale}/lieux/${one.site.slug}`,
      label: tell(ctx, one.site.name),
      detail: townOf(ctx, one),
      status: statusOf(ctx, one),
      active: one.state.open,
      moving: one.site.kind === 'mobile',
    }))}
  />
);

/** The network on the home page. */
export const NetworkSection: FC<{ ctx: Ctx; sites: NetworkSite[] }> = ({ ctx, sites }) => {
  const words = placesMessages[ctx.locale].network;
  return (
    <section class="section stack" aria-labelledby="network-title">
      <h2 id="network-title">{words.line}</h2>
      <NetworkStops ctx={ctx} sites={sites} />
      <p>
        <a href={`/${ctx.locale}/lieux`}>{words.all}</a>
      </p>
    </section>
  );
};

const mapWidth = 640;
const mapMargin = 56;
const mostTowns = 6;

/** Half the height of a mark, and how wide a letter of a name is, in the map's units. */
const markSize = 20;
const letterWidth = 8.5;

/** The towns whose dot and name, at its right, fit in the frame and cover neither a place nor another town's name. */
function clearTowns(frame: { width: number; height: number }, points: readonly MapPoint[], towns: MapPoint[]) {
  const kept: MapPoint[] = [];
  for (const town of towns) {
    const end = town.x + 20 + town.label.length * letterWidth;
    const covers = (other: MapPoint, length: number) =>
      Math.abs(other.y - town.y) < markSize + 6 && other.x + length > town.x - 10 && other.x - markSize < end;
    const inside = town.x > 10 && end < frame.width * 0.97 && town.y > 14 && town.y < frame.height - 14;
    const free =
      !points.some((point) => covers(point, markSize)) &&
      !kept.some((other) => covers(other, 20 + other.label.length * letterWidth));
    if (inside && free && kept.length < mostTowns) kept.push(town);
  }
  return kept;
}

const NetworkMap: FC<{ ctx: Ctx; sites: NetworkSite[]; towns: Town[] }> = ({ ctx, sites, towns }) => {
  const words = placesMessages[ctx.locale].network;
  const placed = sites.flatMap((one) => {
    const at = one.site.kind === 'mobile' ? one.stops[0] : one.site;
    return at && at.lat !== null && at.lon !== null ? [{ one, at: { lat: at.lat, lon: at.lon } }] : [];
  });
  if (placed.length < 2) return null;
  const frame = mapFrame(
    placed.map(({ at }) => at),
    mapWidth,
    mapMargin,
  );
  const points: MapPoint[] = placed.map(({ one, at }) => ({
    ...frame.place(at),
    label: tell(ctx, one.site.name),
    href: `/${ctx.locale}/lieux/${one.site.slug}`,
    kind: one.site.kind,
    detail: statusOf(ctx, one),
  }));
  const landmarks = clearTowns(
    frame,
    points,
    towns.map((town) => ({ ...frame.place(town), label: town.name, kind: 'town' as const })),
  );
  return (
    <section class="stack" aria-labelledby="map-title">
      <h2 id="map-title">{words.map}</h2>
      <PointMap title={words.map} width={frame.width} height={frame.height} points={[...points, ...landmarks]} />
    </section>
  );
};

/** All the places: the line, the list, the map. */
export const NetworkPage: FC<{ ctx: Ctx; sites: NetworkSite[]; towns: Town[] }> = ({ ctx, sites, towns }) => {
  const words = placesMessages[ctx.locale].network;
  if (sites.length === 0) {
    return (
      <>
        <PageHead title={words.title} />
        <EmptyState title={words.none}>{words.noneHint}</EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHead title={words.title} lead={words.lead} />
      <div class="place-line">
        <NetworkStops ctx={ctx} sites={sites} />
      </div>
      <section class="stack" aria-labelledby="list-title">
        <h2 id="list-title">{words.list}</h2>
        <div class="place-resources">
          {sites.map((one) => (
            <SiteResult ctx={ctx} one={one} />
          ))}
        </div>
      </section>
      <NetworkMap ctx={ctx} sites={sites} towns={towns} />
    </>
  );
};

const SiteResult: FC<{ ctx: Ctx; one: NetworkSite }> = ({ ctx, one }) => {
  const { site, state } = one;
  const telephone = site.telephone ?? ctx.territory.telephone;
  return (
    <ResultCard
      title={tell(ctx, site.name)}
      href={`/${ctx.locale}/lieux/${site.slug}`}
      meta={
        <>
          {townOf(ctx, one) ? `${townOf(ctx, one)} · ` : null}
          {telephone ? <a href={telHref(telephone)}>{telephone}</a> : null}
        </>
      }
      tags={<Tag kind={state.open ? 'good' : 'plain'}>{statusOf(ctx, one)}</Tag>}
      next={
        <ul class="place-lines">
          {site.lines.map((line) => (
            <li>
              <LineName line={drawn(ctx, line)} />
            </li>
          ))}
        </ul>
      }
    />
  );
};
