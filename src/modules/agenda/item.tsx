import type { FC } from 'hono/jsx';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { BusShape, LineBullet, Tag } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { drawn, langOf, tell } from '../../ui/told.ts';
import type { SessionView } from '../timetable/index.ts';
import { agendaMessages } from './agenda.messages.ts';
import { byDay } from './agenda.rules.ts';
import type { AgendaItem, StopView } from './agenda.types.ts';
import {
  capital,
  hrefOf,
  placeWords,
  priceWords,
  stateWords,
  stopTitle,
  whoWords,
  writeIn,
  zoneOf,
} from './agenda.words.ts';

/** A text of the team, its language marked where it is not the page's. */
export const Told: FC<{ ctx: Ctx; text: I18nText }> = ({ ctx, text }) => (
  <span lang={langOf(ctx, text)}>{tell(ctx, text)}</span>
);

/** Where the links of a list lead: in the frame of another site they open beside it. */
export type Linking = {
  target?: '_blank' | undefined;
  /** The end of their addresses: the link of an invitation opens what it shows. */
  pass?: string | undefined;
};

type ItemProps = { ctx: Ctx; item: AgendaItem; link?: Linking | undefined; level?: 3 | 4 | undefined };

/** "lundi 23 novembre", with "Aujourd’hui" or "Demain" before it; the year where it is another one. */
export function dayWords(ctx: Ctx, at: Date, timeZone: string): string {
  const write = formatter(ctx.locale, timeZone);
  const other = dayOf(at, timeZone).slice(0, 4) !== dayOf(ctx.now, timeZone).slice(0, 4);
  const day = other ? write.dayLong(at) : write.day(at);
  const near = write.relativeDay(at, ctx.now);
  return near === write.day(at) ? capital(day, ctx.locale) : `${capital(near, ctx.locale)}, ${day}`;
}

const away = (ctx: Ctx, item: AgendaItem): string => {
  const km = item.kind === 'session' ? item.session.distanceKm : item.stop.distanceKm;
  return km === null ? '' : agendaMessages[ctx.locale].where.away(writeIn(ctx, item).distance(km));
};

const SessionFacts: FC<{ ctx: Ctx; session: SessionView; item: AgendaItem }> = ({ ctx, session, item }) => {
  const state = stateWords(ctx, session);
  const who = whoWords(ctx, session);
  const price = priceWords(ctx, session);
  const off = session.status !== 'published';
  const facts = [agendaMessages[ctx.locale].kinds[session.kind], ...placeWords(ctx, session), away(ctx, item)];
  return (
    <>
      <p class="meta">{facts.filter(Boolean).join(' · ')}</p>
      <p class="result-tags">
        <Tag kind={state.kind}>{state.words}</Tag>
        {who && !off ? <Tag>{who}</Tag> : null}
        {price && !off ? <Tag>{price}</Tag> : null}
      </p>
    </>
  );
};

/** What one finds aboard, its language marked where it is not the page's. */
export const Aboard: FC<{ ctx: Ctx; aboard: readonly string[] }> = ({ ctx, aboard }) => (
  <span lang={ctx.locale === ctx.territory.mainLanguage ? undefined : ctx.territory.mainLanguage}>
    {aboard.join(', ')}
  </span>
);

const StopFacts: FC<{ ctx: Ctx; stop: StopView; item: AgendaItem }> = ({ ctx, stop, item }) => {
  const m = agendaMessages[ctx.locale];
  const facts = [m.stop.kind, tell(ctx, stop.place), stop.address ?? '', away(ctx, item)];
  const why = tell(ctx, stop.cancelReason);
  return (
    <>
      <p class="meta">{facts.filter(Boolean).join(' · ')}</p>
      {stop.aboard.length > 0 && !stop.cancelled ? (
        <p class="meta">
          {m.stop.aboard}
          {ctx.locale === 'fr' ? '\u00a0: ' : ': '}
          <Aboard ctx={ctx} aboard={stop.aboard} />
        </p>
      ) : null}
      <p class="result-tags">
        {stop.cancelled ? (
          <Tag kind="bad">{[m.stop.cancelled, why].filter(Boolean).join(ctx.locale === 'fr' ? '\u00a0: ' : ': ')}</Tag>
        ) : stop.start <= ctx.now && stop.end > ctx.now ? (
          <Tag kind="good">{m.state.running}</Tag>
        ) : null}
      </p>
    </>
  );
};

/** One line of the agenda: when, what, where, and how it stands. */
export const Item: FC<ItemProps> = ({ ctx, item, link = {}, level = 3 }) => {
  const Heading = level === 3 ? 'h3' : 'h4';
  const line = item.kind === 'session' ? item.session.line : null;
  const off = item.kind === 'session' ? item.session.status === 'cancelled' : item.stop.cancelled;
  return (
    <li class={`event${off ? ' is-off' : ''}`}>
      <p class="event-time">{writeIn(ctx, item).range(item.start, item.end)}</p>
      {line ? <LineBullet {...drawn(ctx, line)} /> : item.kind === 'stop' ? <BusShape /> : <span class="event-mark" />}
      <div class="event-body">
        <Heading class="event-title">
          <a
            href={`${hrefOf(ctx, item)}${link.pass ?? ''}`}
            {...(link.target ? { target: link.target, rel: 'noopener' } : {})}
          >
            {item.kind === 'session' ? <Told ctx={ctx} text={item.session.title} /> : stopTitle(ctx, item.stop)}
            {link.target ? <span class="hidden"> ({agendaMessages[ctx.locale].where.newTab})</span> : null}
          </a>
        </Heading>
        {item.kind === 'session' ? (
          <SessionFacts ctx={ctx} session={item.session} item={item} />
        ) : (
          <StopFacts ctx={ctx} stop={item.stop} item={item} />
        )}
      </div>
    </li>
  );
};

/** What is on, day by day. */
export const Days: FC<{
  ctx: Ctx;
  items: readonly AgendaItem[];
  from: Date;
  link?: Linking | undefined;
  level?: 2 | 3 | undefined;
}> = ({ ctx, items, from, link, level = 2 }) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <>
      {byDay(items, from, zoneOf).map(({ items: some }) => {
        const first = some[0]!;
        const at = first.start < from ? from : first.start;
        return (
          <section class="event-day">
            <Heading class="event-date">{dayWords(ctx, at, zoneOf(first))}</Heading>
            <ul class="events">
              {some.map((item) => (
                <Item ctx={ctx} item={item} link={link} level={level === 2 ? 3 : 4} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
};
