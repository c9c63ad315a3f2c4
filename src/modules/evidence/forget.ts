import { dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { formatter } from '../../ui/format.ts';
import type { EraseHook } from '../privacy/index.ts';
import { evidenceMessages } from './evidence.messages.ts';
import { withoutNames } from './evidence.rules.ts';
import { dayWords, monthName } from './paper.ts';
import { forgetNames, sheetsNaming, sheetsToForget } from './sheet.store.ts';

/** Takes the names and signatures from sheets kept long enough; the totals stay. May be run twice. */
export async function forgetOldSheets(ctx: Ctx): Promise<number> {
  const old = await sheetsToForget(ctx, dayOf(ctx.now, ctx.territory.timeZone));
  for (const sheet of old) await forgetNames(ctx, sheet.id, withoutNames(sheet.rows));
  return old.length;
}

/** What erasing leaves of somebody on locked sheets, why and until when; the rest goes with their attendance. */
export const keptOnSheets: EraseHook = {
  name: 'evidence',
  erase: async () => undefined,
  erased: async (ctx) => [evidenceMessages[ctx.locale].erasedWhat],
  kept: async (ctx, personId) => {
    const sheets = await sheetsNaming(ctx, personId);
    const until = sheets
      .map((sheet) => sheet.until)
      .sort()
      .at(-1);
    if (!until) return [];
    const m = evidenceMessages[ctx.locale];
    const f = formatter(ctx.locale, ctx.territory.timeZone);
    const names = sheets.map((sheet) =>
      sheet.periodStart
        ? m.of(
            say(sheet.site, ctx.locale, ctx.territory.mainLanguage),
            monthName(f, sheet.periodStart.slice(0, 7), ctx.territory.timeZone),
          )
        : m.keptOne(sheet.title, dayWords(ctx, sheet.day)),
    );
    return [{ what: m.keptWhat(names), why: m.keptWhy, until: m.keptUntil(dayWords(ctx, until)) }];
  },
};
