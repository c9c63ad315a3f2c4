import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import {
  bind,
  Checkbox,
  DataTable,
  EmptyState,
  Field,
  LinkButton,
  PageHead,
  PostButton,
  RadioGroup,
  Select,
  Tag,
  TextArea,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import {
  backToSite,
  CommuneField,
  DayField,
  Folded,
  type Form,
  GuideSteps,
  I18nField,
  SetupForm,
  type SiteRow,
} from '../setup/index.ts';
import { tourMessages } from './tour.messages.ts';
import { minutesBetween } from './tour.rules.ts';

type Words = { locale: Locale; main: Locale; site: SiteRow };
type StopLine = {
  id: string;
  place: I18nText;
  starts_at: Date;
  ends_at: Date;
  lat: number;
  lon: number;
  commune: string;
  draft: boolean;
  aboard: string[];
};

/** How long the bus drives from the stop before, where that is on the same day. */
function roadTo(stops: readonly StopLine[], index: number, dayOf: (at: Date) => string): number | undefined {
  const [before, stop] = [stops[index - 1], stops[index]!];
  if (!before || dayOf(before.starts_at) !== dayOf(stop.starts_at)) return undefined;
  return minutesBetween(before, stop) || undefined;
}

/** The stops to come, month after month. */
export const TourPage: FC<Words & { stops: StopLine[]; bookings: ReadonlyMap<string, number> }> = ({
  locale,
  main,
  site,
  stops,
  bookings,
}) => {
  const m = tourMessages[locale];
  const format = formatter(locale, site.time_zone);
  const own = `/${locale}/gestion/lieux/${site.slug}/tournee`;
  const months = new Map<string, (StopLine & { road: number | undefined })[]>();
  stops.forEach((stop, index) => {
    const month = format.month(stop.starts_at);
    months.set(month, [...(months.get(month) ?? []), { ...stop, road: roadTo(stops, index, format.isoDay) }]);
  });
  const drafts = stops.filter((stop) => stop.draft).length;
  return (
    <>
      <PageHead
        title={m.tour}
        back={backToSite(locale, main, site)}
        lead={m.tourText}
        actions={
          <LinkButton kind="primary" href={`${own}/nouvelle`}>
            {m.stopNew}
          </LinkButton>
        }
      />
      {drafts > 0 ? <PostButton action={`${own}/publication`} label={m.publishAll(drafts)} /> : null}
      <p>
        <a href={`/${locale}/tournee`}>{m.see}</a>
      </p>
      {stops.length === 0 ? (
        <EmptyState title={m.tourNone}>
          <p>{m.tourNoneText}</p>
        </EmptyState>
      ) : null}
      {[...months].map(([month, list]) => (
        <section class="section tour-month">
          <h2>{month}</h2>
          <DataTable
            caption={month}
            quiet
            columns={[
              { label: m.day, heading: true },
              { label: m.hours },
              { label: m.stopWhere },
              { label: m.bookings },
              { label: m.change, action: true },
            ]}
            rows={list.map((stop) => [
              format.day(stop.starts_at),
              format.range(stop.starts_at, stop.ends_at),
              <>
                {`${stop.commune}, ${say(stop.place, locale, main)}`}
                {stop.draft ? (
                  <>
                    {' '}
                    <Tag kind="warning">{m.isDraft}</Tag>
                  </>
                ) : null}
                {stop.road ? <span class="meta tour-more"> {m.road(stop.road)}</span> : null}
                {stop.aboard.length > 0 ? <span class="meta tour-more"> {stop.aboard.join(', ')}</span> : null}
              </>,
              (bookings.get(stop.id) ?? 0) > 0 ? <Tag kind="info">{m.bookingCount(bookings.get(stop.id)!)}</Tag> : '—',
              <a class="button button-quiet" href={`${own}/${stop.id}`}>
                {m.change}
                <span class="hidden"> {`${stop.commune}, ${format.day(stop.starts_at)}`}</span>
              </a>,
            ])}
          />
        </section>
      ))}
    </>
  );
};

const scopes = ['one', 'following', 'all'] as const;

type StopForm = Words & {
  form: Form;
  names: string[];
  choices: { code: string; label: string }[];
};

/** One stop: a new one may come back every week or two. */
export const StopPage: FC<StopForm & { id: string | undefined; guide: boolean; series: boolean; draft: boolean }> = (
  props,
) => {
  const { locale, main, site, form, names, choices, id, guide, series, draft } = props;
  const m = tourMessages[locale];
  const f = bind(form);
  const root = `/${locale}/gestion/lieux/${site.slug}/tournee`;
  const words = { form, locale, main };
  return (
    <>
      <PageHead
        title={id ? m.stopEdit : m.stopNew}
        back={{ href: root, label: m.tour }}
        actions={
          id ? (
            <LinkButton kind="danger" href={`${root}/${id}/annulation`}>
              {m.stopCancel}
            </LinkButton>
          ) : null
        }
      />
      {guide ? <GuideSteps locale={locale} at={2} mobile /> : null}
      {id && draft ? <PostButton action={`${root}/${id}/publication`} label={m.publish} /> : null}
      <SetupForm
        locale={locale}
        form={form}
        action={`${root}/${id ?? 'nouvelle'}${guide ? '?guide=1' : ''}`}
        verb={id ? m.save : m.stopVerb}
      >
        <CommuneField {...words} names={names} choices={choices} />
        <I18nField {...words} name="place" label={m.stopPlace} hint={m.stopPlaceHint} required max={160} />
        <DayField {...{ form, locale }} label={m.day} />
        <div class="group-row">
          <Field {...f('from')} label={m.from} type="time" required />
          <Field {...f('to')} label={m.to} type="time" required />
        </div>
        <TextArea {...f('aboard')} label={m.aboard} hint={m.aboardHint} rows={3} maxlength={1200} plain />
        {form.errors.anyway || form.values.anyway === 'on' ? (
          <Checkbox name="anyway" label={m.anyway} error={form.errors.anyway} checked={form.values.anyway === 'on'} />
        ) : null}
        {form.errors.tell || form.values.tell === 'on' ? (
          <Checkbox name="tell" label={m.tell} error={form.errors.tell} checked={form.values.tell === 'on'} />
        ) : null}
        {id ? null : <Repeats locale={locale} form={form} />}
        {id && series ? (
          <RadioGroup
            name="scope"
            label={m.scope}
            value={form.values.scope ?? 'one'}
            options={scopes.map((value) => ({ value, label: m.scopes[value] }))}
          />
        ) : null}
        <Folded
          summary={m.stopMore}
          open={Object.keys(form.errors).some((name) => ['address', 'lat', 'lon'].includes(name))}
        >
          <Field {...f('address')} label={m.address} maxlength={200} plain />
          <div class="group-row">
            <Field {...f('lat')} label={m.latitude} hint={m.pointHint} inputmode="decimal" maxlength={12} plain />
            <Field {...f('lon')} label={m.longitude} inputmode="decimal" maxlength={12} plain />
          </div>
        </Folded>
      </SetupForm>
    </>
  );
};

/** How often a new stop comes back, and whether it is shown yet. */
const Repeats: FC<{ locale: Locale; form: Form }> = ({ locale, form }) => {
  const m = tourMessages[locale];
  const f = bind(form);
  const labelOf = (every: string) => (every === '0' ? m.once : every === '1' ? m.weekly : m.every(Number(every)));
  return (
    <>
      <div class="group-row">
        <Select
          {...f('every')}
          label={m.repeat}
          plain
          options={['0', '1', '2', '3', '4'].map((every) => ({ value: every, label: labelOf(every) }))}
        />
        <Field {...f('times')} label={m.times} hint={m.timesHint} inputmode="numeric" plain maxlength={2} />
      </div>
      <Checkbox name="holidays" label={m.holidays} checked={form.values.holidays === 'on'} />
      <Checkbox name="draft" label={m.draft} hint={m.draftHint} checked={form.values.draft === 'on'} />
    </>
  );
};
