import type { SessionView } from './sessions.types.ts';

/** How a session stands for those who look at it: what is written, and what time and numbers made of it. */
export type SessionState =
  | 'draft'
  | 'postponed'
  | 'cancelled'
  | 'done'
  | 'running'
  | 'not_yet'
  | 'closed'
  | 'full'
  | 'open';

type Standing = Pick<
  SessionView,
  'status' | 'start' | 'end' | 'enrolment' | 'seats' | 'taken' | 'opensAt' | 'closesAt' | 'waiting'
>;

/** Seats left for whoever comes now; those who wait come first. null: as many as come. */
export const seatsLeft = ({ seats, taken, waiting }: Pick<Standing, 'seats' | 'taken' | 'waiting'>): number | null =>
  seats === null ? null : waiting > 0 ? 0 : Math.max(0, seats - taken);

/** The state in which a session is read at an instant. */
export function stateOf(view: Standing, now: Date): SessionState {
  if (view.status !== 'published') return view.status;
  if (view.end <= now) return 'done';
  if (view.start <= now) return 'running';
  if (view.enrolment === 'none') return 'open';
  if (view.opensAt && view.opensAt > now) return 'not_yet';
  if (view.closesAt && view.closesAt <= now) return 'closed';
  return seatsLeft(view) === 0 ? 'full' : 'open';
}

/** Whether anybody may read of it: never a draft, nor what passes between two people. */
export const isPublic = (view: Pick<SessionView, 'status' | 'kind'>): boolean =>
  view.status !== 'draft' && view.kind !== 'appointment';
