import type { FC } from 'hono/jsx';
import { addDays, type Day, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { hrefWith } from '../../core/input.ts';
import { LineBullet, LinkButton, PageHead, Select } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { drawn, tell } from '../../ui/told.ts';
import {
  type AgendaItem,
  aboardWords,
  agendaMessages,
  byDay,
  type Choice,
  capital,
  placeWords,
  priceWords,
  stateWords,
  stopTitle,
  titleOf,
  whoWords,
  writeIn,
  zoneOf,
} from '../agenda/index.ts';
import { QrCode } from '../notices/index.ts';

/** One page of the week on paper: a place, or what is near a commune. */
export type Sheet = {
  title: string;
  telephone: string | null;
  items: AgendaItem[];
  /** The site it is of: what happens there need not say where. */
  siteSlug?: string | undefined;
  /** The address that its code opens, and as it is written beside it. */
  href: string;
  written: string;
};

export type WeekPageProps = {
  ctx: Ctx;
  monday: Day;
  sheets: Sheet[];
  /** The question asked, to look at the week before or after. */
  values: Record<string, string>;
  sites: Choice[];
};

/** The week on paper: one A4 page for each place, to pin on a wall. */
export const WeekPage: FC<WeekPageProps> = ({ ctx, monday, sheets, values, sites }) => {
  const m = agendaMessages[ctx.locale].week;
  const path = `/${ctx.locale}/agenda/semaine`;
  const to = (days: number) => hrefWith(path, values, { jour: addDays(monday, days) });
  return (
    <>
      <div class="no-print stack">
        <PageHead title={m.head} lead={m.lead} back={{ href: `/${ctx.locale}/agenda`, label: m.back }} />
        <form class="chooser chooser-near" method="get" action={path}>
          <input type="hidden" name="jour" value={monday} />
          <Select
            label={m.pages}
            name="site"
            plain
            value={values.site}
            options={[
              { value: '', label: m.every },
              ...sites.map(({ slug, name }: { slug: string; name: I18nText }) => ({
                value: slug,
                label: tell(ctx, name),
              })),
            ]}
          />
          <button class="button button-secondary" type="submit">
            {m.show}
          </button>
        </form>
        <div class="cluster">
          <LinkButton href={to(-7)}>{m.previous}</LinkButton>
          <LinkButton href={to(7)}>{m.next}</LinkButton>
          <button class="button button-primary" type="button" data-print="" hidden>
            {m.print}
          </button>
        </div>
        <p class="meta" data-print-hint="">
          {m.printHint}
        </p>
      </div>
      {sheets.map((sheet) => (
        <WeekSheet ctx={ctx} monday={monday} sheet={sheet} />
      ))}
    </>
  );
};

/** In millimetres of paper: past the page, what is said of each thing stands beside its title. */
const pageHeight = 185;
const dayHeight = 11;
const itemHeight = 12.5;
/** The same once they stand so. Past the page again, each of its pages has the name, the week and the code. */
const densePage = 222;
const denseDay = 7.5;
const denseItem = 5.6;

const WeekSheet: FC<{ ctx: Ctx; monday: Day; sheet: Sheet }> = ({ ctx, monday, sheet }) => {
  const m = agendaMessages[ctx.locale].week;
  const zone = ctx.territory.timeZone;
  const write = formatter(ctx.locale, zone);
  const noon = (day: Day) => instantOf(day, '12:00', zone);
  const from = instantOf(monday, '00:00', zone);
  const days = byDay(sheet.items, from, zoneOf);
  const high = (day: number, item: number) => days.length * day + sheet.items.length * item;
  const dense = high(dayHeight, itemHeight) > pageHeight;
  const long = high(denseDay, denseItem) > densePage;
  return (
    <article class={`week-sheet${dense ? ' is-dense' : ''}${long ? ' is-long' : ''}`}>
      <header class="week-head">
        <div>
          <h2 class="week-title">{sheet.title}</h2>
          <p class="week-dates">{m.title(write.day(noon(monday)), write.dayLong(noon(addDays(monday, 6))))}</p>
        </div>
      </header>
      <div class="week-body">
        {sheet.items.length === 0 ? <p class="week-none">{m.none}</p> : null}
        {days.map(({ day, items }) => (
          <section class="week-day">
            <h3 class="week-date">{capital(write.day(noon(day)), ctx.locale)}</h3>
            <ul class="week-items">
              {items.map((item) => (
                <WeekItem ctx={ctx} item={item} siteSlug={sheet.siteSlug} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <footer class="week-foot">
        <div class="week-foot-row">
          <p>
            {m.register} <b>{sheet.written}</b>
            {sheet.telephone ? (
              <>
                <br />
                <b class="week-phone">{sheet.telephone}</b>
              </>
            ) : null}
          </p>
          <div class="week-code">
            <QrCode text={sheet.href} label={m.code} />
            <p>{m.code}</p>
          </div>
        </div>
      </footer>
    </article>
  );
};

const WeekItem: FC<{ ctx: Ctx; item: AgendaItem; siteSlug: string | undefined }> = ({ ctx, item, siteSlug }) => {
  const m = agendaMessages[ctx.locale];
  const write = writeIn(ctx, item);
  const off = item.kind === 'session' ? item.session.status !== 'published' : item.stop.cancelled;
  return (
    <li class={`week-item${off ? ' is-off' : ''}`}>
      <span class="week-time">{write.range(item.start, item.end)}</span>
      {item.kind === 'session' && item.session.line ? (
        <LineBullet {...drawn(ctx, item.session.line)} />
      ) : (
        <span class="event-mark" />
      )}
      <span>
        <b class="week-what">{item.kind === 'session' ? titleOf(ctx, item) : stopTitle(ctx, item.stop)}</b>
        <span class="week-where">{factsOf(ctx, item, siteSlug).join(' · ')}</span>
        {off ? (
          <b class="week-off">{item.kind === 'session' ? stateWords(ctx, item.session).words : m.stop.cancelled}</b>
        ) : null}
      </span>
    </li>
  );
};

/**
 * Where, for whom, at what price. The seats left would be wrong by tomorrow, and the foot says how one registers: paper only
 * says where nobody needs to. A room is looked for by those who are already at the place.
 */
function factsOf(ctx: Ctx, item: AgendaItem, siteSlug: string | undefined): string[] {
  const m = agendaMessages[ctx.locale];
  if (item.kind === 'stop') {
    const { stop } = item;
    return [tell(ctx, stop.place), stop.address ?? '', aboardWords(ctx, stop.aboard) ?? ''].filter(Boolean);
  }
  const { session } = item;
  const here = session.placeKind === 'site' && session.site.slug === siteSlug;
  return [
    here ? session.things.map((thing) => tell(ctx, thing.name)).join(', ') : placeWords(ctx, session).join(', '),
    whoWords(ctx, session) ?? '',
    priceWords(ctx, session) ?? '',
    session.enrolment === 'none' ? m.state.noEnrolment : '',
  ].filter(Boolean);
}
