import type { Child, FC } from 'hono/jsx';
import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { pictureUrl } from '../../core/files.ts';
import { markdownToHtml } from '../../core/markdown.ts';
import { DescriptionList, LineName, LinkButton, Notice, PageHead, Tag } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { drawn, langOf, tell } from '../../ui/told.ts';
import { type SessionView, stateOf } from '../timetable/index.ts';
import { itemOf } from './agenda.list.ts';
import { agendaMessages } from './agenda.messages.ts';
import { addressWords, canRegister, capital, pointOf, stateWords, whoWords } from './agenda.words.ts';
import { Aboard, dayWords, Item, Told } from './item.tsx';
import { eventOf, scriptJson } from './json-ld.ts';

export type SessionPageProps = {
  ctx: Ctx;
  session: SessionView;
  /** The other dates of its series that are still to come. */
  others: SessionView[];
  /** How many dates its series has in all. */
  dates: number;
  parts: SessionView[];
  parent: SessionView | undefined;
  /** When it was to begin before its date changed. */
  former: Date | undefined;
  useful: string | null;
  /** What opens it to whoever came by the link of an invitation, as the end of an address; else nothing. */
  pass: string;
};

/** A session: what, when, where, for whom, at what price, and the way in. */
export const SessionPage: FC<SessionPageProps> = (props) => {
  const { ctx, session, others, dates, parts, parent, pass } = props;
  const m = agendaMessages[ctx.locale];
  const write = formatter(ctx.locale, session.timeZone);
  const when = whenOf(ctx, session);
  const state = stateWords(ctx, session);
  const about = tell(ctx, session.description);
  return (
    <>
      <PageHead
        title={<Told ctx={ctx} text={session.title} />}
        lead={tell(ctx, session.summary) ? <Told ctx={ctx} text={session.summary} /> : undefined}
        back={
          parent
            ? { href: `/${ctx.locale}/agenda/${parent.reference}${pass}`, label: tell(ctx, parent.title) }
            : { href: `/${ctx.locale}/agenda`, label: m.session.back }
        }
      />
      <Standing ctx={ctx} session={session} former={props.former} />
      <div class="event-page">
        <div class="event-aside card">
          <p class="event-when">{when}</p>
          <p class="event-state">
            <Tag kind={state.kind}>{state.words}</Tag>
          </p>
          <WayIn {...props} />
          {props.useful ? <p class="meta">{props.useful}</p> : null}
        </div>
        <div class="stack">
          <Picture ctx={ctx} session={session} />
          <Facts ctx={ctx} session={session} />
          {about ? (
            <section aria-labelledby="about-title">
              <h2 id="about-title">{m.session.about}</h2>
              <div
                class="prose event-text"
                lang={langOf(ctx, session.description)}
                // core/markdown lets nothing through but text and safe links.
                dangerouslySetInnerHTML={{ __html: markdownToHtml(about) }}
              />
            </section>
          ) : null}
          {parts.length > 0 ? <Parts ctx={ctx} parts={parts} pass={pass} /> : null}
          <Coming ctx={ctx} session={session} />
        </div>
      </div>
      {others.length > 0 ? (
        <section class="section" aria-labelledby="others-title">
          <h2 id="others-title">{m.session.others}</h2>
          {session.course ? <p class="meta">{m.session.course(dates)}</p> : null}
          <ul class="events">
            {others.map((other) => (
              <li class="event-other">
                <a href={`/${ctx.locale}/agenda/${other.reference}${pass}`}>
                  {`${dayWords(ctx, other.start, other.timeZone)}, `}
                  <span class="nowrap">{write.range(other.start, other.end)}</span>
                </a>
                <Tag kind={stateWords(ctx, other).kind}>{stateWords(ctx, other).words}</Tag>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {session.demonstration ? <Notice>{m.session.demonstration}</Notice> : null}
      <script
        type="application/ld+json"
        // Data, in which no character can end the element.
        dangerouslySetInnerHTML={{ __html: scriptJson(eventOf(ctx, session, { parts, former: props.former })) }}
      />
    </>
  );
};

/** "Aujourd’hui, lundi 23 novembre, 14 h – 16 h"; over several days, both. */
export function whenOf(ctx: Ctx, { start, end, timeZone }: SessionView): string {
  const write = formatter(ctx.locale, timeZone);
  const oneDay = dayOf(start, timeZone) === dayOf(new Date(end.getTime() - 1), timeZone);
  return oneDay
    ? `${dayWords(ctx, start, timeZone)}, ${write.range(start, end)}`
    : capital(write.range(start, end), ctx.locale);
}

/** What must be known before anything else: it will not happen, or not then. */
const Standing: FC<{ ctx: Ctx; session: SessionView; former: Date | undefined }> = ({ ctx, session, former }) => {
  const m = agendaMessages[ctx.locale].session;
  const why = tell(ctx, session.statusReason);
  if (session.status === 'cancelled')
    return (
      <Notice kind="bad" title={m.cancelled}>
        {why ? <p>{why}</p> : null}
      </Notice>
    );
  if (session.status === 'postponed')
    return (
      <Notice kind="warning" title={m.postponed}>
        {why ? <p>{why}</p> : null}
      </Notice>
    );
  if (former && session.end > ctx.now)
    return <Notice>{m.formerly(formatter(ctx.locale, session.timeZone).dayTime(former))}</Notice>;
  return null;
};

const WayIn: FC<SessionPageProps> = ({ ctx, session, parts, parent, pass }) => {
  const m = agendaMessages[ctx.locale].session;
  const write = formatter(ctx.locale, session.timeZone);
  const state = stateOf(session, ctx.now);
  const path = `/${ctx.locale}/agenda/${session.reference}`;
  const telephone = session.site.telephone ?? ctx.territory.telephone;
  const choice = parts.some((part) => part.enrolment === 'seat' && part.status === 'published');
  const register = choice || parent ? m.registerParts : session.course ? m.registerCourse : m.register;
  const plain: Partial<Record<typeof state, string>> = {
    not_yet: session.opensAt ? m.notYet(write.dayTime(session.opensAt)) : undefined,
    closed: m.closed,
    running: m.running,
    done: m.done,
  } as Partial<Record<typeof state, string>>;
  const asks = state === 'closed' || state === 'running';
  // Who reads by the link of a mail is registered or invited already: the form of what is for some only opens to accounts.
  const narrow = [session, parent].some((one) => one?.audience === 'group' || one?.audience === 'invited');
  const byLink = narrow && pass !== '' && ctx.actor.kind === 'anonymous';
  return (
    <>
      {session.audience === 'invited' && canRegister(ctx, session) ? (
        <p>{m.invited}</p>
      ) : byLink && canRegister(ctx, session) ? null : canRegister(ctx, session) ? (
        // Whoever chooses a part comes to the event: its form has them all.
        <LinkButton href={`/${ctx.locale}/agenda/${(parent ?? session).reference}/inscription`} kind="primary">
          {state === 'full' ? m.wait : register}
        </LinkButton>
      ) : state === 'open' ? (
        <p>{m.noEnrolment}</p>
      ) : plain[state] ? (
        <p>{plain[state]}</p>
      ) : null}
      {state === 'full' && session.waiting > 0 ? (
        <p class="meta">{agendaMessages[ctx.locale].state.waiting(session.waiting)}</p>
      ) : null}
      {state === 'open' && session.enrolment === 'seat' && session.closesAt ? (
        <p class="meta">{m.closesAt(write.dayTime(session.closesAt))}</p>
      ) : null}
      {asks && telephone ? <p class="meta">{m.closedAsk}</p> : null}
      {session.status === 'published' && state !== 'done' ? (
        <LinkButton href={`${path}/agenda.ics${pass}`} kind="quiet">
          {m.calendar}
        </LinkButton>
      ) : null}
    </>
  );
};

const Picture: FC<{ ctx: Ctx; session: SessionView }> = ({ ctx, session }) =>
  session.photo ? (
    <img
      class="event-picture"
      src={pictureUrl(session.photo, 1200)}
      alt={session.photoAlt ? tell(ctx, session.photoAlt) : ''}
      loading="lazy"
    />
  ) : null;

const MapLink: FC<{ ctx: Ctx; session: SessionView }> = ({ ctx, session }) => {
  const at = pointOf(session);
  if (!at) return null;
  const place = `${at.lat.toFixed(5)}/${at.lon.toFixed(5)}`;
  return (
    <p class="no-print">
      <a
        href={`https://www.openstreetmap.org/?mlat=${at.lat.toFixed(5)}&mlon=${at.lon.toFixed(5)}#map=17/${place}`}
        rel="noopener noreferrer nofollow"
      >
        {agendaMessages[ctx.locale].where.map}
      </a>
    </p>
  );
};

/** Where: the address, the room, and what one must know to get there. */
function whereOf(ctx: Ctx, session: SessionView): Child {
  const m = agendaMessages[ctx.locale].where;
  if (session.placeKind === 'online') return `${m.online}. ${m.onlineLink}`;
  const words = addressWords(ctx, session);
  const away =
    session.distanceKm === null ? '' : m.away(formatter(ctx.locale, session.timeZone).distance(session.distanceKm));
  return (
    <>
      {session.placeKind === 'site' ? <a href={`/${ctx.locale}/lieux/${session.site.slug}`}>{words}</a> : words}
      {away ? ` · ${away}` : null}
      <MapLink ctx={ctx} session={session} />
    </>
  );
}

/** The tariffs, each with its name; what nobody set is never said to be free. */
function pricesOf(ctx: Ctx, session: SessionView): Child {
  const m = agendaMessages[ctx.locale].price;
  const write = formatter(ctx.locale, session.timeZone);
  if (session.priceKind === 'free') return m.free;
  if (session.priceKind === 'unknown') return m.ask(session.site.telephone ?? ctx.territory.telephone);
  return (
    <ul class="event-prices">
      {session.tariffs.map((tariff) => {
        const name = tell(ctx, tariff.name);
        const money = tariff.cents === 0 ? m.free : write.money(tariff.cents);
        return <li>{name ? `${name} : ${money}` : money}</li>;
      })}
    </ul>
  );
}

const told = (ctx: Ctx, text: SessionView['title'] | undefined) =>
  text && tell(ctx, text) ? <Told ctx={ctx} text={text} /> : null;

/** What decides whether one comes. */
const Facts: FC<{ ctx: Ctx; session: SessionView }> = ({ ctx, session }) => {
  const m = agendaMessages[ctx.locale];
  const rooms = session.things.map((thing) => tell(ctx, thing.name)).join(', ');
  const seats = session.enrolment === 'seat' && session.seats !== null ? m.session.seatsOf(session.seats) : '';
  const each = session.perOrganisation ? m.session.perOrganisation(session.perOrganisation) : '';
  return (
    <DescriptionList
      items={[
        {
          term: m.session.line,
          value: session.line ? <LineName line={drawn(ctx, session.line)} /> : m.kinds[session.kind],
        },
        { term: m.session.where, value: whereOf(ctx, session) },
        {
          term: m.stop.aboard,
          value:
            session.placeKind === 'stop' && session.stop && session.stop.aboard.length > 0 ? (
              <Aboard ctx={ctx} aboard={session.stop.aboard} />
            ) : null,
        },
        { term: m.session.room, value: session.placeKind === 'site' ? rooms : null },
        {
          term: m.session.instructions,
          value: session.placeKind === 'address' ? told(ctx, session.address?.instructions) : null,
        },
        { term: m.session.who, value: whoWords(ctx, session) ?? m.who.all },
        { term: m.session.seats, value: [seats, each].filter(Boolean).join(' · ') },
        { term: m.session.price, value: pricesOf(ctx, session) },
        { term: m.session.language, value: session.language === ctx.locale ? null : m.languages[session.language] },
        { term: m.session.leaders, value: session.leaders.map(({ name }) => name).join(', ') },
        { term: m.session.organisations, value: session.organisations.map(({ name }) => name).join(', ') },
      ]}
    />
  );
};

/** What helps one to come. */
const Coming: FC<{ ctx: Ctx; session: SessionView }> = ({ ctx, session }) => {
  const m = agendaMessages[ctx.locale].session;
  const { site } = session;
  const ours = session.placeKind === 'site' || session.placeKind === 'stop';
  const telephone = site.telephone ?? ctx.territory.telephone;
  return (
    <section aria-labelledby="coming-title">
      <h2 id="coming-title">{m.coming}</h2>
      <DescriptionList
        items={[
          { term: m.howToCome, value: ours ? told(ctx, site.howToCome) : null },
          {
            term: m.accessibility,
            value: told(ctx, session.accessibility) ?? (ours ? told(ctx, site.accessibility) : null),
          },
          { term: m.telephone, value: telephone ? <a href={telHref(telephone)}>{telephone}</a> : null },
        ]}
      />
    </section>
  );
};

/** The parallel sessions of an event: those of one set are alternatives. */
const Parts: FC<{ ctx: Ctx; parts: SessionView[]; pass: string }> = ({ ctx, parts, pass }) => {
  const m = agendaMessages[ctx.locale].session;
  const tracks = [...new Set(parts.map((part) => part.track ?? ''))];
  return (
    <section aria-labelledby="parts-title">
      <h2 id="parts-title">{m.parts}</h2>
      {tracks.map((track) => (
        <>
          {track ? <h3 class="event-track">{m.track(track)}</h3> : null}
          <ul class="events">
            {parts
              .filter((part) => (part.track ?? '') === track)
              .map((session) => (
                <Item ctx={ctx} item={itemOf(session)} link={{ pass }} level={track ? 4 : 3} />
              ))}
          </ul>
        </>
      ))}
    </section>
  );
};
