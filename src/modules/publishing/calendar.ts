import type { Ctx } from '../../core/context.ts';
import { markdownToText } from '../../core/markdown.ts';
import { tell } from '../../ui/told.ts';
import { type AgendaItem, aboardWords, addressWords, type StopView, titleOf, urlOf } from '../agenda/index.ts';
import { type Event, toIcs, uidOf, writeCalendar } from '../notices/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { publishingMessages } from './publishing.messages.ts';

/** What a session is about, without anybody's name. */
export const aboutOf = (ctx: Ctx, session: SessionView): string =>
  [tell(ctx, session.summary), markdownToText(tell(ctx, session.description))].filter(Boolean).join('\n\n');

/**
 * A session for anybody's calendar: the same UID for ever, SEQUENCE from its version. Not the UID of a registration: whoever
 * comes and follows the agenda too keeps both. What is postponed does not happen then: its day is given back.
 */
function sessionEvent(ctx: Ctx, session: SessionView): Event {
  const m = publishingMessages[ctx.locale].calendar;
  const title = tell(ctx, session.title);
  return {
    uid: uidOf(ctx, `session-${session.id}`),
    summary:
      session.status === 'postponed' ? m.postponed(title) : session.status === 'cancelled' ? m.cancelled(title) : title,
    sequence: session.version,
    status: session.status === 'published' ? 'CONFIRMED' : 'CANCELLED',
    start: session.start,
    end: session.end,
    location: session.placeKind === 'online' ? m.online : addressWords(ctx, session),
    description: [
      aboutOf(ctx, session),
      session.placeKind === 'stop' ? aboardWords(ctx, session.stop?.aboard) : undefined,
      session.site.telephone ?? ctx.territory.telephone,
    ]
      .filter(Boolean)
      .join('\n\n'),
    url: urlOf(ctx, session),
  };
}

function stopEvent(ctx: Ctx, stop: StopView, title: string): Event {
  return {
    uid: uidOf(ctx, `stop-${stop.id}`),
    summary: title,
    sequence: stop.version,
    status: stop.cancelled ? 'CANCELLED' : 'CONFIRMED',
    start: stop.start,
    end: stop.end,
    location: [tell(ctx, stop.place), stop.address, stop.commune].filter(Boolean).join(', '),
    description: [tell(ctx, stop.cancelReason), aboardWords(ctx, stop.aboard), stop.siteTelephone]
      .filter(Boolean)
      .join('\n\n'),
    url: `${ctx.publicUrl}/${ctx.locale}/lieux/${stop.siteSlug}`,
  };
}

/** How often a program that follows it is asked to look again, said in the two ways they read. */
const again = 'REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n';

/**
 * What is on, as a calendar: in universal time, so that it is right on the days the clocks change; `changed` says when each
 * thing last was.
 */
export const agendaCalendar = (
  ctx: Ctx,
  name: string,
  items: readonly AgendaItem[],
  changed: ReadonlyMap<string, Date>,
): string =>
  writeCalendar(
    'PUBLISH',
    name,
    items.map((item) => ({
      ...toIcs(
        ctx,
        item.kind === 'session' ? sessionEvent(ctx, item.session) : stopEvent(ctx, item.stop, titleOf(ctx, item)),
      ),
      lastModified: { date: changed.get(item.id)! },
    })),
  ).replace('METHOD:PUBLISH\r\n', `METHOD:PUBLISH\r\n${again}`);
