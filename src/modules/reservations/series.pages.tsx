import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, PageHead, Tag } from '../../ui/components/index.ts';
import { bookingHref } from '../finding/index.ts';
import { formatOf, placeOf, Reasons, When } from '../notices/index.ts';
import { formMessages } from './form.messages.ts';
import { type WantedView, writeItem } from './form.parts.tsx';

export type PlannedView = WantedView & { ok: boolean; reasons: Explained[]; alternatives: WantedView[] };

export type WeeksView = {
  ctx: Ctx;
  item: WantedView;
  dates: PlannedView[];
  values: FormValues;
  key: string;
  refused: readonly Explained[];
};

/** Each date of a weekly booking: kept, replaced by what is free instead, or skipped. Nothing is booked yet. */
export const WeeksPage: FC<{ view: WeeksView }> = ({ view }) => {
  const { ctx, item, dates, values, key, refused } = view;
  const { locale } = ctx;
  const m = formMessages[locale];
  const name = say(item.resource.name, locale, ctx.territory.mainLanguage);
  const people = Number(values.personnes) || 1;
  const kept = ['nom', 'personnes', 'pour', 'organisation', 'pays', 'numero', 'objet', 'semaines'];
  return (
    <>
      <PageHead
        title={m.weeklyTitle(name)}
        lead={m.weeklyLead}
        back={{
          href: bookingHref(locale, item.resource.slug, item, people, item.resource.site.timeZone),
          label: m.title(name),
        }}
      />
      <Reasons ctx={ctx} site={item.resource.site} title={m.refused} reasons={refused} />
      <form method="post" action={`/${locale}/reservations/chaque-semaine`} class="stack">
        <input type="hidden" name="envoi" value={key} />
        <input type="hidden" name="chose" value={writeItem(item)} />
        {kept.map((field) => (values[field] ? <input type="hidden" name={field} value={values[field]} /> : null))}
        <ol class="dates">
          {dates.map((date, index) => (
            <li class="date">
              <PlannedDate ctx={ctx} date={date} index={index} />
            </li>
          ))}
        </ol>
        <Button>{m.keepDates}</Button>
      </form>
    </>
  );
};

const PlannedDate: FC<{ ctx: Ctx; date: PlannedView; index: number }> = ({ ctx, date, index }) => {
  const { locale } = ctx;
  const m = formMessages[locale];
  const name = `date-${index}`;
  if (date.ok) {
    return (
      <label class="choice">
        <input class="choice-box" type="checkbox" name={name} value={writeItem(date)} checked />
        <span>
          <strong>
            <When view={date} locale={locale} />
          </strong>{' '}
          <Tag kind="good">{m.free}</Tag>
        </span>
      </label>
    );
  }
  const main = ctx.territory.mainLanguage;
  const format = formatOf(date.resource, locale);
  return (
    <fieldset class="group">
      <legend class="group-legend">
        <When view={date} locale={locale} /> <Tag kind="warning">{m.conflict}</Tag>
      </legend>
      {date.reasons.map((reason) => (
        <p class="field-hint">{reason.text}</p>
      ))}
      {date.alternatives.map((other) => (
        <label class="choice">
          <input class="choice-box" type="radio" name={name} value={writeItem(other)} />
          <span>
            {say(other.resource.name, locale, main)}, {format.range(other.start, other.end)}
            <span class="choice-hint">{placeOf(other.resource, locale, main)[0]}</span>
          </span>
        </label>
      ))}
      <label class="choice">
        <input class="choice-box" type="radio" name={name} value="" checked />
        <span>{m.skip}</span>
      </label>
    </fieldset>
  );
};
