import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { Button, Checkbox, DataTable, Notice, PageHead, Tag } from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { type Form, I18nField, Refusals } from '../setup/index.ts';
import type { Touched, TouchedSession } from './cancel.ts';
import { tourMessages } from './tour.messages.ts';
import type { BusRow, StopRow } from './tour.store.ts';

type Pen = { locale: Locale; main: Locale; format: Formatter; m: (typeof tourMessages)['fr'] };
const inWords = ({ locale, main }: Pen, text: I18nText): string => say(text, locale, main);

/** What happens at the stop, who comes, and what they are offered instead. */
const SessionPart: FC<{ pen: Pen; one: TouchedSession }> = ({ pen, one }) => {
  const { m, format } = pen;
  const { session, people, instead, times } = one;
  const where = (view: TouchedSession['session']) => view.stop?.commune ?? inWords(pen, view.site.name);
  return (
    <section class="stack">
      <h3>{`${format.range(session.start, session.end)}, ${inWords(pen, session.title)}`}</h3>
      {people.length === 0 ? <p class="soft">{m.noPeople}</p> : null}
      {people.length > 0 ? (
        <DataTable
          caption={inWords(pen, session.title)}
          quiet
          columns={[{ label: m.who, heading: true }, { label: m.how }, { label: m.reference }]}
          rows={people.map((person) => [
            person.person,
            <Tag kind={person.mail ? 'info' : 'warning'}>{person.mail ? m.byMail : m.byCall}</Tag>,
            person.reference,
          ])}
        />
      ) : null}
      {people.length > 0 && session.kind === 'appointment' ? (
        <>
          <p>{times.length > 0 ? m.offeredTimes : m.noTime}</p>
          <ul>
            {times.map((time) => (
              <li>
                {`${format.dayTime(time.starts[0]!)}, ${time.stop?.commune ?? inWords(pen, time.site.name)}, ${time.helper.name}`}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {people.length > 0 && session.kind !== 'appointment' ? (
        <>
          <p>{instead.length > 0 ? m.offered : m.offeredNone}</p>
          {instead.map((view) => (
            <Checkbox
              name="autre"
              value={`${session.id} ${view.id}`}
              checked
              id={`autre-${session.id}-${view.id}`}
              label={`${format.dayTime(view.start)}, ${inWords(pen, view.title)}, ${where(view)}`}
            />
          ))}
        </>
      ) : null}
    </section>
  );
};

/** Before a stop is cancelled: all who count on it, how each is told, and what is offered to them. */
export const CancelStopPage: FC<{
  ctx: Ctx;
  bus: BusRow;
  stop: StopRow;
  touched: Touched;
  form: Form;
  back: string;
}> = ({ ctx, bus, stop, touched, form, back }) => {
  const { locale } = ctx;
  const main = ctx.territory.mainLanguage;
  const m = tourMessages[locale];
  const pen: Pen = { locale, main, m, format: formatter(locale, bus.time_zone) };
  const { format } = pen;
  const count = touched.byMail + touched.byCall;
  const where = `${stop.commune}, ${say(stop.place, locale, main)}`;
  return (
    <>
      <PageHead
        title={m.stopCancel}
        back={{ href: back, label: m.tour }}
        lead={`${where} · ${format.day(stop.starts_at)}, ${format.range(stop.starts_at, stop.ends_at)}`}
      />
      <Refusals locale={locale} form={form} />
      {count > 0 ? (
        <Notice kind="warning" title={m.touched(count)}>
          <p>{m.touchedHow(touched.byMail, touched.byCall)}</p>
        </Notice>
      ) : (
        <p>{m.stopFree}</p>
      )}
      <form
        class="form setup-wide"
        method="post"
        action={`/${locale}/gestion/lieux/${bus.slug}/tournee/${stop.id}/annulation`}
      >
        <input type="hidden" name="version" value={String(stop.version)} />
        <input type="hidden" name="told" value={String(count)} />
        {touched.sessions.length > 0 ? (
          <section class="stack">
            <h2>{m.sessions}</h2>
            {touched.sessions.map((one) => (
              <SessionPart pen={pen} one={one} />
            ))}
          </section>
        ) : null}
        {touched.bookings.length > 0 ? (
          <section class="stack">
            <h2>{m.bookings}</h2>
            <p>{m.equivalents}</p>
            <DataTable
              caption={m.bookings}
              quiet
              columns={[
                { label: m.time, heading: true },
                { label: m.resource },
                { label: m.person },
                { label: m.how },
                { label: m.reference },
              ]}
              rows={touched.bookings.map((one) => [
                format.range(one.starts_at, one.ends_at),
                say(one.resource, locale, main),
                one.person,
                <Tag kind={one.mail ? 'info' : 'warning'}>{one.mail ? m.byMail : m.byCall}</Tag>,
                <a href={`/${locale}/reservations/${one.reference}`}>{one.reference}</a>,
              ])}
            />
          </section>
        ) : null}
        <I18nField
          form={form}
          locale={locale}
          main={main}
          name="reason"
          label={m.cancelReason}
          hint={m.cancelReasonHint}
          max={200}
        />
        <Button kind="danger">{count > 0 ? m.cancelAll(count) : m.stopCancelVerb}</Button>
      </form>
    </>
  );
};
