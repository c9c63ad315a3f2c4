import { has } from '../../core/access.ts';
import { type Explained, explain } from '../../core/sentences.ts';
import { type Holder, heldBy } from '../booking/index.ts';
import type { Pen } from '../day/index.ts';
import type { PreviewedDate } from '../sessions/index.ts';
import { programmeMessages } from './programme.messages.ts';

type Clash = PreviewedDate['clashes'][number];

/** More than these would not help to choose. */
const mostHolders = 3;

/** Why something is not free, clash by clash: the hours really taken, and for whoever answers for what is there, what it is. */
export type Takings = ReadonlyMap<Clash, Explained[]>;

/** What holds each thing that is wanted and not free; `except` are sessions that would give back what they hold. */
export async function takingsOf(
  pen: Pen,
  previewed: readonly PreviewedDate[],
  except: readonly string[] = [],
): Promise<Takings> {
  const clashes = previewed
    .flatMap((date) => date.clashes)
    .filter((clash) => clash.reasons.some((reason) => reason.code === 'booking.thing_taken'));
  const holders = await heldBy(pen.ctx, clashes, except);
  return new Map(
    clashes.flatMap((clash, index) => {
      const all = holders[index]!;
      return all.length > 0 ? [[clash, all.slice(0, mostHolders).map((one) => takingOf(pen, clash, one))]] : [];
    }),
  );
}

function takingOf(pen: Pen, clash: Clash, holder: Holder): Explained {
  const { start, end } = holder;
  const reason = { code: 'booking.thing_taken', params: { thing: pen.say(clash.name), start, end } };
  const next = linkOf(pen, holder);
  return { ...explain(pen.ctx, reason, { timeZone: pen.site.time_zone }), ...(next ? { next } : {}) };
}

/** Only for the team of its place; an appointment is nobody's to read about but theirs who come and receive. */
function linkOf({ ctx, say }: Pen, { booking, session, site }: Holder): Explained['next'] {
  if (!site || !has(ctx.actor, 'team', site.id) || session?.kind === 'appointment') return undefined;
  const root = `/${ctx.locale}/equipe/${site.slug}`;
  if (session) return { label: say(session.title), href: `${root}/programme/${session.reference}` };
  const label = programmeMessages[ctx.locale].bookedBy(booking?.who ?? '');
  return booking ? { label, href: `${root}/reservations/${booking.reference}` } : undefined;
}
