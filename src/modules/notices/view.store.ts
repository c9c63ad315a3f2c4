import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { I18nText, Locale } from '../../core/i18n.ts';
import type {
  BookingStatus,
  Channel,
  Preset,
  PriceKind,
  PricePer,
  ResourceKind,
  RuleSet,
  SiteKind,
} from '../../core/schema.ts';
import type { LineColour } from '../../ui/components/index.ts';
import { toldSince } from './eve.rules.ts';

/** What can be booked, as people read of it: where it is, what it costs, what it asks. */
export type ResourceView = {
  id: string;
  slug: string;
  kind: ResourceKind;
  name: I18nText;
  capacity: number;
  units: number;
  stepMinutes: number;
  gapMinutes: number;
  requirement: I18nText;
  minimumAge: number | null;
  priceKind: PriceKind;
  priceCents: number | null;
  pricePer: PricePer | null;
  preset: Preset;
  rules: { resource: RuleSet; space: RuleSet; site: RuleSet };
  archived: boolean;
  line: { letter: string; colour: LineColour; name: I18nText } | null;
  space: { name: I18nText; floor: I18nText } | null;
  site: {
    id: string;
    slug: string;
    kind: SiteKind;
    name: I18nText;
    address: string | null;
    commune: string | null;
    telephone: string | null;
    timeZone: string;
    howToCome: I18nText;
    accessibility: I18nText;
  };
  /** Where a mobile site stands at that time. */
  stop: { place: I18nText; address: string | null; commune: string } | null;
};

/** A booking with all that a page, a mail or a calendar says of it. */
export type BookingView = {
  id: string;
  reference: string;
  status: BookingStatus;
  start: Date;
  end: Date;
  people: number;
  purpose: string | null;
  language: Locale;
  channel: Channel;
  version: number;
  createdAt: Date;
  holdExpiresAt: Date | null;
  optionUntil: Date | null;
  checkedInAt: Date | null;
  endedEarlyAt: Date | null;
  checkInRequired: boolean;
  releaseAt: Date | null;
  requestId: string | null;
  seriesId: string | null;
  /** The person it belongs to now: two persons who were one are read as one. */
  person: { id: string; name: string; email: string | null };
  organisation: string | null;
  resource: ResourceView;
};

const resourceJson = (id: RawBuilder<unknown>, start: RawBuilder<unknown>, end: RawBuilder<unknown>) => sql`(
  select json_build_object('id', r.id, 'slug', r.slug, 'kind', r.kind, 'name', r.name, 'capacity', r.capacity,
    'units', (select count(*) from unit u where u.resource_id = r.id and u.archived_at is null),
    'stepMinutes', r.step_minutes, 'gapMinutes', greatest(r.buffer_before, r.buffer_after),
    'requirement', r.requirement, 'minimumAge', r.minimum_age,
    'priceKind', r.price_kind, 'priceCents', r.price_cents, 'pricePer', r.price_per, 'preset', r.preset,
    'rules', json_build_object('resource', r.rules, 'space', coalesce(sp.rules, '{}'), 'site', s.rules),
    'archived', r.archived_at is not null or s.archived_at is not null,
    'line', case when l.id is null then null
      else json_build_object('letter', l.letter, 'colour', l.colour, 'name', l.name) end,
    'space', case when sp.id is null then null else json_build_object('name', sp.name, 'floor', sp.floor) end,
    'site', json_build_object('id', s.id, 'slug', s.slug, 'kind', s.kind, 'name', s.name, 'address', s.address,
      'commune', c.name, 'telephone', s.telephone, 'timeZone', s.time_zone, 'howToCome', s.how_to_come,
      'accessibility', s.accessibility),
    'stop', case when s.kind = 'mobile' then (
      select json_build_object('place', t.place, 'address', t.address, 'commune', tc.name)
      from stop t join commune tc on tc.code = t.commune_code
      where t.site_id = s.id and t.cancelled_at is null and not t.draft and t.starts_at <= ${start} and t.ends_at >= ${end}
      order by t.starts_at limit 1) end)
  from resource r join site s on s.id = r.site_id
  left join commune c on c.code = s.commune_code
  left join space sp on sp.id = r.space_id
  left join line l on l.id = coalesce(r.line_id, sp.line_id)
  where r.id = ${id})`;

/** Something that can be booked, by its slug, as it is at a time; undefined when it does not exist. */
export async function resourceView(ctx: Ctx, slug: string, start: Date, end: Date): Promise<ResourceView | undefined> {
  const at = (instant: Date) => sql`${instant}::timestamptz`;
  const { rows } = await sql<{ resource: ResourceView }>`
    select ${resourceJson(sql`x.id`, at(start), at(end))} as resource from resource x where x.slug = ${slug}`.execute(
    ctx.db,
  );
  return rows[0]?.resource;
}

async function read(ctx: Ctx, which: RawBuilder<unknown>): Promise<BookingView[]> {
  const { rows } = await sql<BookingView>`
    select b.id, b.reference, b.status, b.starts_at as start, b.ends_at as "end", b.people, b.purpose, b.language,
      b.channel, b.version, b.created_at as "createdAt", b.hold_expires_at as "holdExpiresAt",
      b.option_until as "optionUntil", b.checked_in_at as "checkedInAt", b.ended_early_at as "endedEarlyAt",
      b.check_in_required as "checkInRequired", b.release_at as "releaseAt", b.request_id as "requestId",
      b.series_id as "seriesId", o.name as organisation,
      json_build_object('id', coalesce(kept.id, p.id), 'name', coalesce(kept.name, p.name),
        'email', case when kept.id is null then p.email else kept.email end) as person,
      ${resourceJson(sql`b.resource_id`, sql`b.starts_at`, sql`b.ends_at`)} as resource
    from booking b
    join person p on p.id = b.person_id
    left join person kept on kept.id = p.merged_into
    left join organisation o on o.id = b.organisation_id
    ${which}`.execute(ctx.db);
  return rows;
}

/** A booking by its public reference, as typed or scanned. */
export async function viewByReference(ctx: Ctx, reference: string): Promise<BookingView | undefined> {
  const plain = reference.toUpperCase();
  if (!/^[2-9A-Z]{10}$/.test(plain)) return undefined;
  return (await read(ctx, sql`where b.reference = ${plain}`))[0];
}

/** Bookings by id, in the order of their time. */
export const viewsByIds = (ctx: Ctx, ids: readonly string[]): Promise<BookingView[]> =>
  read(ctx, sql`where b.id = any(${[...ids]}::uuid[]) order by b.starts_at, b.id`);

/** All bookings of one request (several rooms at once) or of one series. */
export const viewsTogether = (ctx: Ctx, view: BookingView): Promise<BookingView[]> =>
  view.seriesId
    ? read(ctx, sql`where b.series_id = ${view.seriesId} order by b.starts_at, b.id`)
    : view.requestId
      ? read(ctx, sql`where b.request_id = ${view.requestId} order by b.starts_at, b.id`)
      : Promise.resolve([]);

const personIds = (personId: string) =>
  sql`(select q.id from person q where q.id = ${personId} or q.merged_into = ${personId})`;

/** What a person has still to come, first things first. */
export const upcomingOf = (ctx: Ctx, personId: string, limit = 200): Promise<BookingView[]> =>
  read(
    ctx,
    sql`where b.person_id in ${personIds(personId)} and b.ends_at > ${ctx.now}
      and (b.status <> 'cancelled') and (b.status <> 'held' or b.hold_expires_at > ${ctx.now})
      order by b.starts_at, b.id limit ${limit}`,
  );

/** What a person had, and what was given back, the latest first. */
export const pastOf = (ctx: Ctx, personId: string, limit: number, offset: number): Promise<BookingView[]> =>
  read(
    ctx,
    sql`where b.person_id in ${personIds(personId)}
      and (b.ends_at <= ${ctx.now} or b.status = 'cancelled' or (b.status = 'held' and b.hold_expires_at <= ${ctx.now}))
      order by b.starts_at desc, b.id limit ${limit} offset ${offset}`,
  );

/** A person's bookings after a cursor, the newest first: for the API and for the copy of one's data. */
export const listOf = (ctx: Ctx, personId: string, before: string | undefined, limit: number): Promise<BookingView[]> =>
  read(
    ctx,
    sql`where b.person_id in ${personIds(personId)} and (${before ?? null}::uuid is null or b.id < ${before ?? null}::uuid)
      order by b.id desc limit ${limit}`,
  );

/** A person's bookings around now, for their calendar. */
export const calendarOf = (ctx: Ctx, personId: string, from: Date): Promise<BookingView[]> =>
  read(
    ctx,
    sql`where b.person_id in ${personIds(personId)} and b.ends_at > ${from} and b.status <> 'held'
      order by b.starts_at, b.id limit 1000`,
  );

/** Bookings of tomorrow, not reminded yet nor confirmed within the day, of the sites of one time zone. */
export const toRemind = (ctx: Ctx, timeZone: string, from: Date, to: Date): Promise<BookingView[]> =>
  read(
    ctx,
    sql`join resource x on x.id = b.resource_id join site y on y.id = x.site_id
      where b.status = 'confirmed' and b.reminded_at is null and y.time_zone = ${timeZone}
        and b.starts_at >= ${from} and b.starts_at < ${to}
        and coalesce(b.confirmed_at, b.created_at) <= ${toldSince(ctx.now)} order by b.starts_at limit 200`,
  );

/** Notes that the person was reminded; false when somebody else just did. */
export async function markReminded(ctx: Ctx, bookingId: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('booking')
    .set({ reminded_at: ctx.now })
    .where('id', '=', bookingId)
    .where('status', '=', 'confirmed')
    .where('reminded_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The time zones of the territory's sites. */
export async function timeZones(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.selectFrom('site').select('time_zone').distinct().execute();
  return rows.map((row) => row.time_zone);
}

export type Told = {
  occurredAt: Date;
  kind: string;
  reason: string | null;
  data: Record<string, unknown>;
  actorId: string | null;
};

/** What happened to a booking, oldest first. */
export async function storyOf(ctx: Ctx, bookingId: string): Promise<Told[]> {
  return ctx.db
    .selectFrom('journal')
    .select(['occurred_at as occurredAt', 'kind', 'reason', 'data', 'actor_id as actorId'])
    .where('subject_id', '=', bookingId)
    .where('subject_kind', '=', 'booking')
    .orderBy('occurred_at')
    .orderBy('id')
    .execute();
}

/** Why the team closed something, in its own words. */
export async function reasonOfClosure(ctx: Ctx, closureId: string): Promise<I18nText | undefined> {
  const row = await ctx.db.selectFrom('closure').select('reason').where('id', '=', closureId).executeTakeFirst();
  return row?.reason;
}
