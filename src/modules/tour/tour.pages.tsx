import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import {
  Button,
  DataTable,
  EmptyState,
  Field,
  LinkButton,
  Notice,
  PageHead,
  Select,
  Tag,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import {
  backToSite,
  bind,
  CommuneField,
  DayField,
  Folded,
  type Form,
  GuideSteps,
  I18nField,
  Refusals,
  SetupForm,
  type SiteRow,
} from '../setup/index.ts';
import { tourMessages } from './tour.messages.ts';
import type { StopBooking } from './tour.store.ts';

type Words = { locale: Locale; main: Locale; site: SiteRow };
type StopLine = { id: string; place: I18nText; starts_at: Date; ends_at: Date; commune: string };

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
  const months = new Map<string, StopLine[]>();
  for (const stop of stops) {
    const month = format.month(stop.starts_at);
    months.set(month, [...(months.get(month) ?? []), stop]);
  }
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
              `${stop.commune}, ${say(stop.place, locale, main)}`,
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

type StopForm = Words & {
  form: Form;
  names: string[];
  choices: { code: string; label: string }[];
};

/** One stop: a new one may come back every week or two. */
export const StopPage: FC<StopForm & { id: string | undefined; guide: boolean }> = (props) => {
  const { locale, main, site, form, names, choices, id, guide } = props;
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
        {id ? null : (
          <div class="group-row">
            <Select
              {...f('every')}
              label={m.repeat}
              plain
              options={(['0', '1', '2'] as const).map((every) => ({ value: every, label: m.repeats[every] }))}
            />
            <Field {...f('times')} label={m.times} hint={m.timesHint} inputmode="numeric" plain maxlength={2} />
          </div>
        )}
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

/** Before a stop is cancelled: who counts on it. */
export const CancelStopPage: FC<Words & { stop: StopLine & { version: number }; booked: StopBooking[]; form: Form }> = (
  props,
) => {
  const { locale, main, site, stop, booked, form } = props;
  const m = tourMessages[locale];
  const format = formatter(locale, site.time_zone);
  const here = `/${locale}/gestion/lieux/${site.slug}/tournee/${stop.id}`;
  return (
    <>
      <PageHead
        title={m.stopCancel}
        back={{ href: here, label: m.stopEdit }}
        lead={`${stop.commune}, ${say(stop.place, locale, main)} · ${format.day(stop.starts_at)}, ${format.range(stop.starts_at, stop.ends_at)}`}
      />
      {booked.length > 0 ? (
        <>
          <Notice kind="warning" title={m.stopBooked(booked.length)}>
            <p>{m.stopBookedText}</p>
          </Notice>
          <DataTable
            caption={m.bookings}
            quiet
            columns={[
              { label: m.time, heading: true },
              { label: m.resource },
              { label: m.person },
              { label: m.reference },
            ]}
            rows={booked.map((one) => [
              format.range(one.starts_at, one.ends_at),
              say(one.resource, locale, main),
              one.person,
              <a href={`/${locale}/reservations/${one.reference}`}>{one.reference}</a>,
            ])}
          />
        </>
      ) : (
        <p>{m.stopFree}</p>
      )}
      <Refusals locale={locale} form={form} />
      <form method="post" action={`${here}/annulation`}>
        <input type="hidden" name="version" value={String(stop.version)} />
        <input type="hidden" name="told" value={String(booked.length)} />
        <Button kind="danger">{booked.length > 0 ? m.stopCancelTell(booked.length) : m.stopCancelVerb}</Button>
      </form>
    </>
  );
};
