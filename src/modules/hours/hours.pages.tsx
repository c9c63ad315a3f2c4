import type { FC } from 'hono/jsx';
import { instantAt } from '../../core/clock.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import {
  Button,
  bind,
  Checkbox,
  DataTable,
  Field,
  fieldId,
  Notice,
  PageHead,
  PostButton,
  RadioGroup,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { DayField, type Form, type Found, GuideSteps, I18nField, SetupForm } from '../setup/index.ts';
import { hoursMessages } from './hours.messages.ts';

type Words = { locale: Locale; main: Locale };
type ExceptionLine = { id: string; day: string; opens: number | null; closes: number | null; reason: I18nText };

/** The usual week as one grid, then the days that are not as usual. */
export const HoursPage: FC<
  Words & {
    found: Found;
    week: Form;
    exception: Form;
    exceptions: ExceptionLine[];
    ranges: number;
    guide: boolean;
    outside: number;
  }
> = ({ locale, main, found, week, exception, exceptions, ranges, guide, outside }) => {
  const m = hoursMessages[locale];
  const own = `/${locale}${found.path}`;
  const isSite = found.owner.kind === 'site';
  return (
    <>
      <PageHead
        title={m.hours}
        back={{ href: own, label: say(found.name, locale, main) }}
        lead={isSite ? m.hoursLead : m.hoursOwnLead}
      />
      {guide ? <GuideSteps locale={locale} at={2} /> : null}
      {outside > 0 ? (
        <Notice kind="warning">
          <p>{m.leftKept(outside)}</p>
        </Notice>
      ) : null}
      <SetupForm
        locale={locale}
        form={week}
        wide
        action={`${own}/horaires${guide ? '?guide=1' : ''}`}
        verb={guide ? m.hoursNext : m.hoursSave}
        after={
          <>
            <Button kind="secondary" name="copier" value="5">
              {m.copyMonday}
            </Button>
            <Button kind="secondary" name="copier" value="7">
              {m.copyMondayAll}
            </Button>
          </>
        }
      >
        <p class="field-hint">{m.hoursHint}</p>
        <div class="hours-week">
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
            <DayHours locale={locale} form={week} weekday={weekday} ranges={ranges} />
          ))}
        </div>
        {isSite ? (
          <Checkbox
            name="closed_on_holidays"
            label={m.closedOnHolidays}
            checked={week.values.closed_on_holidays === 'on'}
          />
        ) : null}
      </SetupForm>
      {guide ? null : (
        <section class="section">
          <h2>{m.exceptions}</h2>
          <p class="soft">{m.exceptionsText}</p>
          <ExceptionTable {...{ locale, main, found, exceptions }} />
          <h3>{m.exceptionAdd}</h3>
          <ExceptionForm {...{ locale, main, found }} form={exception} />
        </section>
      )}
    </>
  );
};

const DayHours: FC<{ locale: Locale; form: Form; weekday: number; ranges: number }> = ({
  locale,
  form,
  weekday,
  ranges,
}) => {
  const m = hoursMessages[locale];
  const name = m.weekdays[weekday as keyof typeof m.weekdays];
  const error = form.errors[`h${weekday}`];
  const id = fieldId(`h${weekday}`);
  const input = (field: string, label: string) => (
    <>
      <label class="hidden" for={fieldId(field)}>
        {`${name}, ${label}`}
      </label>
      <input
        class="input input-time"
        type="time"
        id={fieldId(field)}
        name={field}
        value={form.values[field] ?? ''}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
    </>
  );
  return (
    <fieldset class={`hours-day${error ? ' has-error' : ''}`} id={id} tabindex={error ? -1 : undefined}>
      <legend>{name}</legend>
      {error ? (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      {Array.from({ length: ranges }, (_, i) => (
        <div class="hours-range">
          {i > 0 ? <span class="hours-and">{m.and}</span> : null}
          {input(`h${weekday}.${i}.from`, m.opensAt(i + 1))}
          <span aria-hidden="true">–</span>
          {input(`h${weekday}.${i}.to`, m.closesAt(i + 1))}
        </div>
      ))}
    </fieldset>
  );
};

const ExceptionTable: FC<Words & { found: Found; exceptions: ExceptionLine[] }> = ({
  locale,
  main,
  found,
  exceptions,
}) => {
  const m = hoursMessages[locale];
  const zone = found.site.time_zone;
  const format = formatter(locale, zone);
  const dayWords = (one: ExceptionLine) => format.dayLong(instantAt(one.day, 720, zone));
  const hours = (one: ExceptionLine) =>
    one.opens === null || one.closes === null
      ? m.closed
      : format.range(instantAt(one.day, one.opens, zone), instantAt(one.day, one.closes, zone));
  return (
    <DataTable
      caption={m.exceptions}
      quiet
      columns={[
        { label: m.day, heading: true },
        { label: m.hours },
        { label: m.reason },
        { label: m.remove, action: true },
      ]}
      rows={exceptions.map((one) => [
        dayWords(one),
        hours(one),
        say(one.reason, locale, main) || '—',
        <PostButton
          kind="quiet"
          action={`/${locale}${found.path}/exceptions/${one.id}/suppression`}
          label={m.remove}
          about={dayWords(one)}
        />,
      ])}
      empty={<p>{m.exceptionNone}</p>}
    />
  );
};

const ExceptionForm: FC<Words & { found: Found; form: Form }> = ({ locale, main, found, form }) => {
  const m = hoursMessages[locale];
  const f = bind(form);
  return (
    <SetupForm locale={locale} form={form} action={`/${locale}${found.path}/exceptions`} verb={m.exceptionVerb}>
      <DayField {...{ form, locale }} label={m.day} />
      <RadioGroup
        {...f('open')}
        label={m.exceptionWhat}
        required
        options={[
          { value: 'closed', label: m.exceptionClosed },
          { value: 'hours', label: m.exceptionHours },
        ]}
      />
      <div class="group-row">
        <Field {...f('from')} label={m.from} type="time" />
        <Field {...f('to')} label={m.to} type="time" />
      </div>
      <I18nField {...{ form, locale, main }} name="reason" label={m.reason} hint={m.reasonHint} max={200} />
    </SetupForm>
  );
};
