import type { Child, FC } from 'hono/jsx';
import { dayOf, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { pictureUrl } from '../../core/files.ts';
import type { I18nText } from '../../core/i18n.ts';
import {
  DataTable,
  DescriptionList,
  LineBullet,
  LineName,
  LinkButton,
  Notice,
  PageHead,
  Placeholder,
  ResultCard,
  Tag,
} from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { drawn, langOf, tell } from '../../ui/told.ts';
import type { NetworkSite } from './network.ts';
import { placesMessages } from './places.messages.ts';
import type { DayHours } from './places.rules.ts';
import type { LineOf, ResourceCard, SpaceCard, StopCard } from './places.store.ts';
import { capacityWords, capital, priceWords, stateWords, stopWords } from './places.words.ts';

/** A text of the team, its language marked where it is not the page's. */
export const Told: FC<{ ctx: Ctx; text: I18nText }> = ({ ctx, text }) => (
  <span lang={langOf(ctx, text)}>{tell(ctx, text)}</span>
);

const given = (ctx: Ctx, text: I18nText) => (tell(ctx, text) ? <Told ctx={ctx} text={text} /> : null);

/** The photo of a place, or its drawn placeholder until there is one. */
export const Picture: FC<{ ctx: Ctx; photo: string | null; alt: I18nText | null; line: LineOf | null | undefined }> = ({
  ctx,
  photo,
  alt,
  line,
}) => {
  if (!photo && !line) return null;
  return (
    <div class="place-picture">
      {photo ? (
        <img src={pictureUrl(photo, 1200)} alt={alt ? tell(ctx, alt) : ''} loading="lazy" />
      ) : (
        <Placeholder line={drawn(ctx, line!)} />
      )}
    </div>
  );
};

/** A telephone number that can be called. */
export const Telephone: FC<{ number: string }> = ({ number }) => <a href={telHref(number)}>{number}</a>;

export type SitePageProps = {
  ctx: Ctx;
  one: NetworkSite;
  week: DayHours[];
  spaces: SpaceCard[];
  resources: ResourceCard[];
  /** What other modules show here. */
  sections: Child[];
};

/** A site: what it is, how to come, when it is open (or where it stands), what one finds there. */
export const SitePage: FC<SitePageProps> = ({ ctx, one, week, spaces, resources, sections }) => {
  const { site, state, stops } = one;
  const words = placesMessages[ctx.locale];
  const write = formatter(ctx.locale, site.timeZone);
  const telephone = site.telephone ?? ctx.territory.telephone;
  const mobile = site.kind === 'mobile';
  const loose = resources.filter((resource) => !spaces.some((space) => space.id === resource.spaceId));
  return (
    <>
      <PageHead
        title={tell(ctx, site.name)}
        lead={<Told ctx={ctx} text={site.summary} />}
        back={{ href: `/${ctx.locale}/lieux`, label: words.network.title }}
        actions={
          <>
            <Tag kind={state.open ? 'good' : 'plain'}>
              {mobile ? stopWords(ctx, stops[0], write) : stateWords(ctx, state, write)}
            </Tag>
            {site.kind === 'station' ? (
              <LinkButton href={`/${ctx.locale}/tableau/${site.slug}`} kind="quiet">
                {words.site.board}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {site.demonstration ? <Notice>{words.site.demonstration}</Notice> : null}
      <div class="place-head">
        <Picture ctx={ctx} photo={site.photo} alt={site.photoAlt} line={site.lines[0]} />
        <DescriptionList
          items={[
            { term: words.site.address, value: site.address ?? (mobile ? null : site.communeName) },
            { term: words.site.telephone, value: telephone ? <Telephone number={telephone} /> : null },
            { term: words.site.email, value: site.email ? <a href={`mailto:${site.email}`}>{site.email}</a> : null },
            { term: words.site.howToCome, value: given(ctx, site.howToCome) },
            { term: words.site.accessibility, value: given(ctx, site.accessibility) },
          ]}
        />
      </div>
      {mobile ? <Tour ctx={ctx} stops={stops} write={write} /> : <Week ctx={ctx} week={week} one={one} write={write} />}
      {sections}
      {spaces.length > 2 ? <Jump ctx={ctx} spaces={spaces} /> : null}
      {spaces.map((space) => (
        <Space
          ctx={ctx}
          space={space}
          resources={resources.filter((resource) => resource.spaceId === space.id)}
          telephone={telephone}
          write={write}
        />
      ))}
      {loose.length > 0 ? (
        <section class="stack" aria-labelledby="other-title">
          <h2 id="other-title">{words.site.other}</h2>
          <Resources ctx={ctx} resources={loose} telephone={telephone} write={write} />
        </section>
      ) : null}
    </>
  );
};

const Week: FC<{ ctx: Ctx; week: DayHours[]; one: NetworkSite; write: Formatter }> = ({ ctx, week, one, write }) => {
  const words = placesMessages[ctx.locale].site;
  const today = dayOf(ctx.now, one.site.timeZone);
  return (
    <section class="place-week" aria-labelledby="hours-title">
      <h2 id="hours-title">{words.hours}</h2>
      <DescriptionList
        items={week.map((day) => {
          const name = write.day(wholeDay(day.day, one.site.timeZone).start);
          const hours = day.spans.map((span) => write.range(span.start, span.end)).join(', ') || words.closed;
          const why = day.exception ? tell(ctx, day.exception) : day.holiday ? words.holiday : '';
          return {
            term: day.day === today ? `${name} (${words.today})` : name,
            value: (
              <>
                {hours}
                {why ? <span class="soft">{` · ${why}`}</span> : null}
              </>
            ),
          };
        })}
      />
    </section>
  );
};

/** The way to each part of a long page. */
const Jump: FC<{ ctx: Ctx; spaces: SpaceCard[] }> = ({ ctx, spaces }) => (
  <nav class="place-jump" aria-labelledby="jump-title">
    <h2 id="jump-title">{placesMessages[ctx.locale].site.spaces}</h2>
    <ul>
      {spaces.map((space) => (
        <li>
          <a href={`#space-${space.slug}`}>
            {space.line ? <LineBullet {...drawn(ctx, space.line)} name={undefined} /> : null}
            <Told ctx={ctx} text={space.name} />
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** Two weeks of four stops: once round all the villages. */
const shownStops = 8;

const Tour: FC<{ ctx: Ctx; stops: StopCard[]; write: Formatter }> = ({ ctx, stops, write }) => {
  const words = placesMessages[ctx.locale].site;
  return (
    <DataTable
      caption={words.tour}
      columns={[{ label: words.where, heading: true }, { label: words.when }, { label: words.address }]}
      rows={stops.slice(0, shownStops).map((stop) => [
        stop.communeName,
        <>
          {write.day(stop.start)}, <span class="nowrap">{write.range(stop.start, stop.end)}</span>
        </>,
        [tell(ctx, stop.place), stop.address].filter(Boolean).join(', '),
      ])}
      empty={<Notice>{words.noTour}</Notice>}
    />
  );
};

type ListProps = { ctx: Ctx; resources: ResourceCard[]; telephone: string | null; write: Formatter };

const Space: FC<ListProps & { space: SpaceCard }> = ({ space, ...list }) => {
  const { ctx, write } = list;
  const id = `space-${space.slug}`;
  const floor = tell(ctx, space.floor);
  const facts = [
    floor,
    space.areaM2 === null ? '' : placesMessages[ctx.locale].site.area(write.number(space.areaM2)),
  ].filter(Boolean);
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>
        <Told ctx={ctx} text={space.name} />
      </h2>
      <p class="meta">
        {space.line ? <LineName line={drawn(ctx, space.line)} /> : null}
        {space.line && facts.length > 0 ? ' · ' : ''}
        {facts.join(' · ')}
      </p>
      {tell(ctx, space.summary) ? (
        <p>
          <Told ctx={ctx} text={space.summary} />
        </p>
      ) : null}
      {space.photo ? <Picture ctx={ctx} photo={space.photo} alt={space.photoAlt} line={space.line} /> : null}
      {list.resources.length > 0 ? <Resources {...list} /> : null}
    </section>
  );
};

const Resources: FC<ListProps> = ({ ctx, resources, telephone, write }) => (
  <div class="place-resources">
    {resources.map((resource) => (
      <ResultCard
        line={resource.line ? { ...drawn(ctx, resource.line), name: undefined } : undefined}
        title={tell(ctx, resource.name)}
        href={`/${ctx.locale}/lieux/${resource.siteSlug}/${resource.slug}`}
        meta={
          <>
            <Told ctx={ctx} text={resource.summary} />
            {` ${capital(capacityWords(ctx, resource), ctx.locale)}.`}
          </>
        }
        price={resource.priceKind === 'unknown' ? undefined : priceWords(ctx, resource, telephone, write)}
      />
    ))}
  </div>
);
