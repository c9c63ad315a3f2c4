import { toRfc3339 } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { formatter } from '../../ui/format.ts';
import { tell } from '../../ui/told.ts';
import { type AgendaItem, aboardWords, addressWords, hrefOf, titleOf, zoneOf } from '../agenda/index.ts';
import { publishingMessages } from './publishing.messages.ts';

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&#39;' };

/** A text as XML takes it: marks escaped, and the characters XML 1.0 has no place for left out. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[<>&"']/g, (character) => entities[character]!);

const element = (name: string, text: string, attributes = ''): string =>
  `<${name}${attributes}>${xmlText(text)}</${name}>`;

function entry(ctx: Ctx, item: AgendaItem, changed: ReadonlyMap<string, Date>): string {
  const m = publishingMessages[ctx.locale].calendar;
  const write = formatter(ctx.locale, zoneOf(item));
  const when = `${write.dayLong(item.start)}, ${write.range(item.start, item.end)}`;
  const status = item.kind === 'session' ? item.session.status : item.stop.cancelled ? 'cancelled' : 'published';
  const title = titleOf(ctx, item);
  const where =
    item.kind === 'session'
      ? item.session.placeKind === 'online'
        ? m.online
        : addressWords(ctx, item.session)
      : [tell(ctx, item.stop.place), item.stop.address, item.stop.commune].filter(Boolean).join(', ');
  const about = item.kind === 'session' ? tell(ctx, item.session.summary) : tell(ctx, item.stop.cancelReason);
  const aboard = item.kind === 'stop' && !item.stop.cancelled ? aboardWords(ctx, item.stop.aboard) : undefined;
  const line = item.kind === 'session' ? item.session.line : null;
  return [
    '<entry>',
    element('id', `urn:uuid:${item.id}`),
    element('title', status === 'cancelled' ? m.cancelled(title) : status === 'postponed' ? m.postponed(title) : title),
    element('updated', toRfc3339(changed.get(item.id)!, 'UTC')),
    `<link rel="alternate" type="text/html" href="${xmlText(ctx.publicUrl + hrefOf(ctx, item))}"/>`,
    ...(line ? [`<category term="${xmlText(line.slug)}" label="${xmlText(tell(ctx, line.name))}"/>`] : []),
    element('summary', [when, where, aboard, about].filter(Boolean).join('\n')),
    '</entry>',
  ].join('');
}

/** What is on, as an Atom feed; `changed` says when each thing last was. */
export function atomFeed(
  ctx: Ctx,
  feed: { title: string; self: string; page: string },
  items: readonly AgendaItem[],
  changed: ReadonlyMap<string, Date>,
): string {
  const latest = Math.max(0, ...items.map((item) => changed.get(item.id)!.getTime()));
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${ctx.locale}">`,
    element('id', feed.self),
    element('title', feed.title),
    element('updated', toRfc3339(new Date(latest), 'UTC')),
    `<author>${element('name', ctx.territory.name)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${xmlText(feed.self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xmlText(feed.page)}"/>`,
    ...items.map((item) => entry(ctx, item, changed)),
    '</feed>',
    '',
  ].join('\n');
}
