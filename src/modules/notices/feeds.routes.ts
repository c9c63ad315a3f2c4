import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { addMinutes } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { say } from '../../core/i18n.ts';
import { limit } from '../../core/limits.ts';
import { hasAlready } from '../../core/rest.ts';
import type { Env, Web } from '../../core/web.ts';
import { bookingCalendar, type SiteEvent, siteCalendar } from './calendar.ts';
import { feedOwner, siteOf, stopsOf, takenAt } from './feeds.store.ts';
import { calendarOf } from './view.store.ts';
import { addressOf, words } from './view.words.ts';

const dayMinutes = 24 * 60;
/** Enough for every screen of a household; guessing a secret of 256 bits is hopeless, but costs queries. */
const perAddress = { name: 'calendars', hits: 120, minutes: 10 };

/** Sends a calendar; a reader who has this very one already gets 304. Its moment of writing does not count as a change. */
export function answerCalendar(c: Web, text: string, filename: string, shared: boolean): Response {
  const content = text.replace(/^DTSTAMP:.*\r?\n/gm, '');
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  c.header('ETag', tag);
  c.header('Cache-Control', shared ? 'public, max-age=300' : 'private, no-cache');
  if (shared) c.header('Vary', 'Accept-Language');
  if (hasAlready(c, tag)) return c.body(null, 304);
  c.header('Content-Type', 'text/calendar; charset=utf-8');
  c.header('Content-Disposition', `inline; filename="${filename}"`);
  return c.body(text);
}

async function personFeed(c: Web): Promise<Response> {
  const { ctx } = c.var;
  await limit(ctx, perAddress, c.var.clientAddress);
  const token = /^([\w-]{20,100})\.ics$/.exec(c.req.param('file') ?? '')?.[1];
  const owner = token ? await feedOwner(ctx, token) : undefined;
  if (!owner) throw notFound();
  const views = await calendarOf(ctx, owner.personId, addMinutes(ctx.now, -90 * dayMinutes));
  return answerCalendar(c, bookingCalendar(ctx, views, owner.locale), 'quai.ics', false);
}

async function siteFeed(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const slug = /^([a-z0-9-]{1,80})\.ics$/.exec(c.req.param('file') ?? '')?.[1];
  const site = slug ? await siteOf(ctx, slug) : undefined;
  if (!site) throw notFound();
  const { locale } = ctx;
  const main = ctx.territory.mainLanguage;
  const [from, to] = [addMinutes(ctx.now, -7 * dayMinutes), addMinutes(ctx.now, 90 * dayMinutes)];
  const name = say(site.name, locale, main);
  const location = [name, addressOf(site.address, site.commune)].filter(Boolean).join(', ');
  const taken = (await takenAt(ctx, site.id, from, to)).map(
    (row): SiteEvent => ({ ...row, name: say(row.name, locale, main), location }),
  );
  const text =
    site.kind === 'mobile'
      ? siteCalendar(
          ctx,
          name,
          (await stopsOf(ctx, site.id, from, to)).map((row) => ({
            ...row,
            name: `${name} · ${row.commune}`,
            location: [say(row.place, locale, main), addressOf(row.address, row.commune)].join(', '),
          })),
          '',
        )
      : siteCalendar(ctx, name, taken, words[locale].taken);
  return answerCalendar(c, text, `${slug}.ics`, true);
}

/** The calendars one subscribes to: a person's by its secret address, a site's with no names. */
export function routes(app: Hono<Env>): void {
  app.get('/ics/site/:file', siteFeed);
  app.get('/ics/:file', personFeed);
  // The address that the account page gives.
  app.get('/agenda/:file', personFeed);
}
