import type { Insertable } from 'kysely';
import type { Database } from '../../core/schema.ts';
import type { SessionView } from '../timetable/index.ts';
import type { SessionFields } from './plan.types.ts';

type Columns = Partial<Insertable<Database['session']>>;

const json = (value: object | undefined): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);

/** What is said of a session as its table has it; what is not said is left out. */
export function columnsOf(fields: Partial<SessionFields>): Columns {
  const columns = {
    kind: fields.kind,
    line_id: fields.lineId,
    title: json(fields.title),
    summary: json(fields.summary),
    description: json(fields.description),
    language: fields.language,
    site_id: fields.siteId,
    place_kind: fields.placeKind,
    stop_id: fields.stopId,
    address: fields.address === null ? null : json(fields.address),
    online_url: fields.onlineUrl,
    set_up_minutes: fields.setUpMinutes,
    clean_up_minutes: fields.cleanUpMinutes,
    enrolment: fields.enrolment,
    seats: fields.enrolment === 'none' ? null : fields.seats,
    minimum: fields.minimum,
    opens_at: fields.opensAt,
    closes_at: fields.closesAt,
    audience: fields.audience,
    age_min: fields.ageMin,
    age_max: fields.ageMax,
    group_id: fields.groupId,
    per_organisation: fields.perOrganisation,
    price_kind: fields.priceKind,
    tariffs: json(fields.tariffs),
    questions: json(fields.questions),
    accessibility: json(fields.accessibility),
    photo_id: fields.photoId,
    operation: json(fields.operation),
    reason_id: fields.reasonId,
    parent_id: fields.parentId,
    track: fields.track,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Columns;
}

/** What is said of a session, to plan another like it or to change it; its picture is not read. */
export const fieldsOf = (view: SessionView): SessionFields => ({
  kind: view.kind,
  lineId: view.line?.id ?? null,
  title: view.title,
  summary: view.summary,
  description: view.description,
  language: view.language,
  siteId: view.site.id,
  placeKind: view.placeKind,
  stopId: view.stop?.id ?? null,
  address: view.address,
  onlineUrl: view.onlineUrl,
  setUpMinutes: view.setUpMinutes,
  cleanUpMinutes: view.cleanUpMinutes,
  enrolment: view.enrolment,
  seats: view.seats,
  minimum: view.minimum,
  opensAt: view.opensAt,
  closesAt: view.closesAt,
  audience: view.audience,
  ageMin: view.ageMin,
  ageMax: view.ageMax,
  groupId: view.groupId,
  perOrganisation: view.perOrganisation,
  priceKind: view.priceKind,
  tariffs: view.tariffs,
  questions: view.questions,
  accessibility: view.accessibility,
  operation: view.operation,
  reasonId: view.reasonId,
  leaderIds: view.leaders.map(({ id }) => id),
  organisationIds: view.organisations.map(({ id }) => id),
  things: view.things.map(({ id, people }) => ({ resourceId: id, people })),
  parentId: view.parentId,
  track: view.track,
});
