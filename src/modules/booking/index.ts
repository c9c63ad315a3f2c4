/** The front door of booking: every way to take, change or give back something, and what others may read of it. */
export type {
  Affected,
  Booked,
  Booker,
  Equivalent,
  Item,
  PlannedDate,
  Reserved,
  ReserveInput,
  Target,
} from './booking.types.ts';
