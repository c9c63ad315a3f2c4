import { addMinutes } from '../../core/clock.ts';
import { earlyMinutes } from '../booking/index.ts';
import { type BookingView, isTooLate } from '../notices/index.ts';

export type Can = { cancel: boolean; move: boolean; arrive: boolean; leave: boolean; tooLate: boolean };

/** Which gestures to offer on a booking; the commands decide for themselves, and say why not. */
export function whatCanBeDone(view: BookingView, now: Date, team: boolean): Can {
  const { status } = view;
  const coming = view.end > now && !view.endedEarlyAt;
  const dead = status === 'held' && view.holdExpiresAt !== null && view.holdExpiresAt <= now;
  const late = !team && isTooLate(view, now);
  const open = ['requested', 'held', 'confirmed', 'displaced'].includes(status) && coming && !dead;
  return {
    cancel: open && !late,
    move: (status === 'displaced' || (coming && ['requested', 'confirmed'].includes(status))) && !late,
    arrive: status === 'confirmed' && coming && (team || now >= addMinutes(view.start, -earlyMinutes)),
    leave: status === 'checked_in' && coming && view.start < now,
    tooLate: open && late && view.start > now,
  };
}
