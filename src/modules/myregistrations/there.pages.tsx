import type { FC } from 'hono/jsx';
import { addMinutes } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { LinkButton } from '../../ui/components/index.ts';
import { attendanceMessages, earlyMinutes } from '../attendance/index.ts';
import { feedbackMessages } from '../feedback/index.ts';
import type { Seen } from './access.ts';

/** On the day: saying that one is there, or for the team that they are; then, whether it was useful. */
export const There: FC<{ ctx: Ctx; seen: Seen }> = ({ ctx, seen: { view, session, owner, key } }) => {
  if (view.status !== 'registered' || session.status !== 'published') return null;
  const m = attendanceMessages[ctx.locale];
  const { now, locale } = ctx;
  const query = key ? `?cle=${encodeURIComponent(key)}` : '';
  const open = now >= addMinutes(session.start, -earlyMinutes) && now <= session.end;
  if (!open && now < session.start) return null;
  return (
    <div class="cluster no-print">
      {open && owner ? (
        <LinkButton kind="primary" href={`/${locale}/presence/moi/${view.reference}${query}`}>
          {m.selfTitle}
        </LinkButton>
      ) : null}
      {open && !owner ? (
        <LinkButton kind="primary" href={`/${locale}/presence/qr/${view.reference}`}>
          {m.qrTitle(view.person.name)}
        </LinkButton>
      ) : null}
      {owner && now >= session.start ? (
        <LinkButton href={`/${locale}/avis/${view.reference}${query}`}>{feedbackMessages[locale].question}</LinkButton>
      ) : null}
    </div>
  );
};
