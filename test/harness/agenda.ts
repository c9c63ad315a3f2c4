import type { Db } from '../../src/core/db.ts';
import type { I18nText } from '../../src/core/i18n.ts';
import { newId, newReference } from '../../src/core/ids.ts';
import type { Audience, Question, SessionKind, SessionStatus, Tariff } from '../../src/core/schema.ts';
import { at, paris } from './make.ts';

export type SessionOver = {
  siteId: string;
  kind?: SessionKind;
  title?: I18nText;
  start?: Date;
  end?: Date;
  seats?: number | null;
  minimum?: number | null;
  status?: SessionStatus;
  seriesId?: string | null;
  parentId?: string | null;
  track?: string | null;
  lineId?: string | null;
  audience?: Audience;
  ageMin?: number | null;
  ageMax?: number | null;
  groupId?: string | null;
  opensAt?: Date | null;
  closesAt?: Date | null;
  tariffs?: Tariff[];
  questions?: Question[];
  stopId?: string | null;
  perOrganisation?: number | null;
};

/** A published workshop of twelve seats on Saturday 28 November 2026 at 14:00, unless the test says otherwise. Holds no room. */
export async function makeSession(db: Db, over: SessionOver) {
  const id = newId();
  const reference = newReference();
  const start = over.start ?? at('2026-11-28', '14:00');
  const end = over.end ?? new Date(start.getTime() + 2 * 3_600_000);
  const seats = over.seats === undefined ? 12 : over.seats;
  const status = over.status ?? 'published';
  await db
    .insertInto('session')
    .values({
      id,
      reference,
      series_id: over.seriesId ?? null,
      parent_id: over.parentId ?? null,
      track: over.track ?? null,
      kind: over.kind ?? 'workshop',
      line_id: over.lineId ?? null,
      title: JSON.stringify(over.title ?? { fr: 'Atelier d’essai' }),
      site_id: over.siteId,
      place_kind: over.stopId ? 'stop' : 'site',
      stop_id: over.stopId ?? null,
      starts_at: start,
      ends_at: end,
      time_zone: paris,
      seats,
      minimum: over.minimum ?? null,
      opens_at: over.opensAt ?? null,
      closes_at: over.closesAt ?? null,
      audience: over.audience ?? 'all',
      age_min: over.ageMin ?? null,
      age_max: over.ageMax ?? null,
      group_id: over.groupId ?? null,
      per_organisation: over.perOrganisation ?? null,
      price_kind: over.tariffs ? 'amount' : 'free',
      tariffs: JSON.stringify(over.tariffs ?? []),
      questions: JSON.stringify(over.questions ?? []),
      status,
      published_at: status === 'published' ? at('2026-11-01', '09:00') : null,
      created_at: at('2026-11-01', '09:00'),
    })
    .execute();
  if (seats) {
    await db
      .insertInto('seat')
      .values(Array.from({ length: seats }, (_, index) => ({ session_id: id, number: index + 1 })))
      .execute();
  }
  return { id, reference, start, end, seats };
}
