import type { Child, FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { fieldMessages } from './field.messages.ts';
import type { FieldSite } from './field.types.ts';

/** What the day's page writes with. */
export type Pen = {
  ctx: Ctx;
  site: FieldSite;
  day: string;
  m: (typeof fieldMessages)['fr'];
  f: Formatter;
  say: (text: I18nText) => string;
  /** A fresh id for a form, so that sending it twice does it once. */
  newId: () => string;
};

/** The pen of a site's day. */
export const penOf = (ctx: Ctx, site: FieldSite, day: string, newId: () => string): Pen => ({
  ctx,
  site,
  day,
  m: fieldMessages[ctx.locale],
  f: formatter(ctx.locale, site.timeZone),
  say: (text) => say(text, ctx.locale, ctx.territory.mainLanguage),
  newId,
});

/** One gesture: an ordinary form, which the phone's script keeps and sends where there is one. */
export const Gesture: FC<{ pen: Pen; kind: string; fields: Record<string, string | undefined>; children?: Child }> = ({
  pen,
  kind,
  fields,
  children,
}) => (
  <form class="field-form" method="post" action={`/${pen.ctx.locale}/carnet/${pen.site.slug}/geste`} data-kind={kind}>
    <input type="hidden" name="id" value={pen.newId()} />
    <input type="hidden" name="kind" value={kind} />
    <input type="hidden" name="jour" value={pen.day} />
    {Object.entries(fields).map(([name, value]) =>
      value === undefined ? null : <input type="hidden" name={name} value={value} />,
    )}
    {children}
  </form>
);
