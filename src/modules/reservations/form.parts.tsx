import type { FC } from 'hono/jsx';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, Select } from '../../ui/components/index.ts';
import { bookingHref, kindWord } from '../finding/index.ts';
import { type Instead, type ResourceView, writeSpan } from '../notices/index.ts';
import { formMessages } from './form.messages.ts';
import type { Room } from './form.store.ts';

export type WantedView = Span & { resource: ResourceView };

export type FormView = {
  ctx: Ctx;
  items: readonly [WantedView, ...WantedView[]];
  values: FormValues;
  errors: FieldErrors;
  refused: readonly Explained[];
  instead: readonly Instead[];
  beside: readonly Room[];
  /** The one-time mark of this form. */
  key: string;
};

/** How a form carries one thing at one time. */
export const writeItem = (item: WantedView): string => {
  const { debut, fin } = writeSpan(item, item.resource);
  return `${item.resource.slug}|${debut}|${fin}`;
};

/** Another room at the same time, or the same hour each week: folded, for those who need it. */
export const More: FC<{ view: FormView }> = ({ view: { ctx, beside, values, items } }) => {
  const { locale } = ctx;
  const m = formMessages[locale];
  const main = ctx.territory.mainLanguage;
  return (
    <details class="more" open={items.length > 1}>
      <summary>{m.more}</summary>
      <div class="stack">
        {beside.length > 0 ? (
          <div class="field-and-button">
            <Select
              label={m.addLabel}
              name="autre"
              plain
              options={beside.map((room) => ({
                value: room.slug,
                label: say(room.name, locale, main),
                group: kindWord(room.kind, locale),
              }))}
            />
            <Button kind="secondary" name="geste" value="ajouter" formnovalidate>
              {m.add}
            </Button>
          </div>
        ) : (
          <p>{m.nothingToAdd}</p>
        )}
        {items.length > 1 ? null : ctx.actor.kind === 'person' ? (
          <div class="field-and-button">
            <Select
              label={m.weeks}
              name="semaines"
              plain
              value={values.semaines ?? '4'}
              options={[2, 3, 4, 6, 8, 10, 12, 16, 20, 26].map((count) => ({
                value: String(count),
                label: m.weeksChoice(count),
              }))}
            />
            <Button kind="secondary" name="geste" value="semaines" formnovalidate>
              {m.checkWeeks}
            </Button>
          </div>
        ) : (
          <p>
            <a href={`/${locale}/connexion?${new URLSearchParams({ retour: formHref(ctx, items[0], values) })}`}>
              {m.weeklySignIn}
            </a>
          </p>
        )}
      </div>
    </details>
  );
};

/** The address of this very form, to come back to it. */
export function formHref({ locale }: Ctx, item: WantedView, values: FormValues): string {
  const people = Number(values.personnes) || 1;
  return bookingHref(locale, item.resource.slug, item, people, item.resource.site.timeZone);
}
