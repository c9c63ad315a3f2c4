import { sql } from 'kysely';
import { addDays, addMinutes, dayOf, instantOf } from '../core/clock.ts';
import { type Actor, type Ctx, system } from '../core/context.ts';
import type { Db } from '../core/db.ts';
import { Refusal } from '../core/errors.ts';
import { makeFileStore } from '../core/files.ts';
import { quietLog } from '../core/log.ts';
import { keepingPostman } from '../core/mail.ts';
import { readTerritory } from '../core/territories.ts';
import { markAttendance } from '../modules/attendance/index.ts';
import { lockSheet, type Subject } from '../modules/evidence/index.ts';
import { scribble } from './programme.people.ts';

/** Who countersigns, and at which site they receive. */
export type Signer = { id: string; name: string; siteId: string };

type Held = { id: string; siteId: string; end: Date; leaderId: string | null; absentId: string | null };

const secondMark = 'Une personne notée absente était là : elle est arrivée après l’appel.';

/**
 * Countersigns and locks what a team would have by now: the sheets of the sessions that a funder pays for, one of them corrected the
 * day after, and the month before at the site of the first who signs. Where no document can be made, they are left to be locked.
 */
export async function lockSheets(db: Db, now: Date, signers: readonly Signer[]): Promise<void> {
  const territory = await readTerritory(db);
  const [first] = signers;
  if (!territory || !first) return;
  const sign = async (at: Date, signer: Signer, subject: Subject, reason?: string) => {
    const ctx = ctxOf(db, at, signer, territory);
    const strokes = scribble(signer.name);
    await lockSheet(ctx, { subject, name: signer.name, strokes, after: reason ? 1 : 0, reason });
  };
  try {
    let corrected = false;
    for (const one of await paidSessions(db, addMinutes(now, -2 * 24 * 60))) {
      const signer =
        signers.find(({ id }) => id === one.leaderId) ?? signers.find(({ siteId }) => siteId === one.siteId);
      if (!signer) continue;
      await sign(addMinutes(one.end, 20), signer, { sessionId: one.id });
      if (corrected || !one.absentId) continue;
      corrected = true;
      const later = addMinutes(one.end, 22 * 60);
      await markAttendance(ctxOf(db, later, signer, territory), {
        attendeeId: one.absentId,
        state: 'present',
        mode: 'desk',
        occurredAt: one.end,
      });
      await sign(later, signer, { sessionId: one.id }, secondMark);
    }
    const month = `${dayOf(now, territory.timeZone).slice(0, 7)}-01`;
    const due = instantOf(addDays(month, 1), '09:00', territory.timeZone);
    if (due <= now) await sign(due, first, { siteId: first.siteId, month: addDays(month, -1).slice(0, 7) });
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'document.unavailable')) throw error;
  }
}

/** The sessions over by an instant that an operation pays for, with who led them and somebody who was noted absent. */
async function paidSessions(db: Db, by: Date): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select s.id, s.site_id as "siteId", s.ends_at as "end",
      (select l.person_id from session_leader l where l.session_id = s.id order by l.person_id limit 1) as "leaderId",
      (select a.attendee_id from attendance a where a.session_id = s.id and a.state = 'absent'
        order by a.id limit 1) as "absentId"
    from session s where s.operation ->> 'number' is not null and s.ends_at < ${by}
    order by s.starts_at, s.id`.execute(db);
  return rows;
}

/** All that a command leans on, where no application runs yet. */
function ctxOf(db: Db, now: Date, { id, name }: Signer, territory: Ctx['territory']): Ctx {
  const actor: Actor = { ...system, kind: 'person', personId: id, name };
  const idle = { postman: keepingPostman(), files: makeFileStore(''), log: quietLog };
  const sentences = { fr: {}, nl: {}, en: {} };
  return { ...idle, db, now, actor, territory, locale: territory.mainLanguage, sentences, publicUrl: '', secret: '' };
}
