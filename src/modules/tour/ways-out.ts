import type { Ctx } from '../../core/context.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { formatter } from '../../ui/format.ts';
import { reasonsById } from '../presence/index.ts';
import type { MailWay } from '../tidings/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { timesFor } from './cancel.ts';
import { tourMessages } from './tour.messages.ts';

/** Other times for an appointment that a cancelled stop took with it; looked for when the mail leaves, so that they are free. */
export async function otherTimes(ctx: Ctx, session: SessionView, locale: Locale): Promise<MailWay[]> {
  if (session.kind !== 'appointment' || session.start < ctx.now) return [];
  const reason = session.reasonId ? (await reasonsById(ctx, [session.reasonId])).get(session.reasonId) : undefined;
  if (!reason) return [];
  const m = tourMessages[locale];
  return (await timesFor(ctx, session)).map((time) => {
    const start = time.starts[0]!;
    const query = new URLSearchParams({
      raison: reason.slug,
      qui: time.helper.id,
      lieu: time.site.slug,
      ...(time.stop ? { arret: time.stop.id } : {}),
      debut: start.toISOString(),
    });
    const where = time.stop?.commune ?? say(time.site.name, locale, ctx.territory.mainLanguage);
    return {
      label: m.otherTime(formatter(locale, time.timeZone).dayTime(start), where),
      href: `${ctx.publicUrl}/${locale}/rendez-vous/prendre?${query}`,
    };
  });
}
