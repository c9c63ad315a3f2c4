import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import { Button, Checkbox, DataTable, Notice, PageHead, Tag } from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { type Form, I18nField, Refusals } from '../setup/index.ts';
import type { Touched, TouchedSession } from './cancel.ts';
import type { StopScope } from './stops.ts';
import { tourMessages } from './tour.messages.ts';
import type { BusRow, StopRow } from './tour.store.ts';

type Pen = { locale: Locale; main: Locale; format: Formatter; m: (typeof tourMessages)['fr'] };
const inWords = ({ locale, main }: Pen, text: I18nText): string => say(text, locale, main);

/** What happens at the stop, who comes, and what they are offered instead. */
const SessionPart: FC<{ pen: Pen; one: TouchedSession }> = ({ pen, one }) => {
  const { m, format } = pen;
  const { session, people, instead } = one;
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
      {people.length > 0 ? (
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

/** The appointments of a stop in one list: who comes, and when somebody could receive them instead. */
const AppointmentsPart: FC<{ pen: Pen; all: TouchedSession[] }> = ({ pen, all }) => {
  const { m, format } = pen;
  const timeOf = (time: TouchedSession['times'][number]) =>
    `${format.dayTime(time.starts[0]!)}, ${time.stop?.commune ?? inWords(pen, time.site.name)}, ${time.helper.name}`;
  const times = [...new Set(all.flatMap((one) => one.times.map(timeOf)))];
  const helpless = all.filter((one) => one.times.length === 0 && one.people.length > 0);
  return (
    <section class="stack">
      <h3>{m.appointments}</h3>
      <DataTable
        caption={m.appointments}
        quiet
        columns={[
          { label: m.time },
          { label: m.who, heading: true },
          { label: m.withWhom },
          { label: m.how },
          { label: m.reference },
        ]}
        rows={all.flatMap(({ session, people }) =>
          people.map((person) => [
            format.range(session.start, session.end),
            person.person,
            session.leaders.map(({ name }) => name).join(', '),
            <Tag kind={person.mail ? 'info' : 'warning'}>{person.mail ? m.byMail : m.byCall}</Tag>,
            person.reference,
          ]),
        )}
      />
      {times.length > 0 ? (
        <>
          <p>{m.offeredTimes}</p>
          <ul>
            {times.map((time) => (
              <li>{time}</li>
            ))}
          </ul>
        </>
      ) : null}
      {helpless.length > 0 ? <p>{m.noTime}</p> : null}
    </section>
  );
};

type StopTouched = Touched['stops'][number];

/** What happens at one stop and who comes; its day is said where there are several. */
const StopPart: FC<{ pen: Pen; one: StopTouched; several: boolean }> = ({ pen, one, several }) => {
  const { m, format, locale, main } = pen;
  const { stop, bookings, sessions } = one;
  if (sessions.length + bookings.length === 0) return null;
  const appointments = sessions.filter(({ session, people }) => session.kind === 'appointment' && people.length > 0);
  const gatherings = sessions.filter(({ session }) => session.kind !== 'appointment');
  return (
    <section class="stack">
      {several ? <h2>{`${format.day(stop.starts_at)}, ${stop.commune}`}</h2> : <h2>{m.touchedWhat}</h2>}
      {appointments.length > 0 ? <AppointmentsPart pen={pen} all={appointments} /> : null}
      {gatherings.map((session) => (
        <SessionPart pen={pen} one={session} />
      ))}
      {bookings.length > 0 ? (
        <>
          <h3>{m.bookings}</h3>
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
            rows={bookings.map((booking) => [
              format.range(booking.starts_at, booking.ends_at),
              say(booking.resource, locale, main),
              booking.person,
              <Tag kind={booking.mail ? 'info' : 'warning'}>{booking.mail ? m.byMail : m.byCall}</Tag>,
              <a href={`/${locale}/reservations/${booking.reference}`}>{booking.reference}</a>,
            ])}
          />
        </>
      ) : null}
    </section>
  );
};

/** How many stops and people each choice is for. */
export type ScopeChoice = { scope: StopScope; stops: number; people: number };

/** This one, this one and those after it, or all: each a page that shows who counts on them. */
const Scopes: FC<{ pen: Pen; choices: ScopeChoice[]; scope: StopScope; own: string }> = ({
  pen,
  choices,
  scope,
  own,
}) => {
  const { m } = pen;
  if (choices.length < 2) return null;
  return (
    <nav aria-labelledby="portee" class="stack">
      <h2 id="portee">{m.scopeAsked}</h2>
      <ul class="tour-scopes">
        {choices.map((choice) => (
          <li>
            <a
              class={`tour-scope${choice.scope === scope ? ' is-chosen' : ''}`}
              href={`${own}?portee=${choice.scope}`}
              aria-current={choice.scope === scope ? 'true' : undefined}
            >
              <strong>{m.scopes[choice.scope]}</strong>
              <span class="meta">{m.scopeCount(choice.stops, choice.people)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** Before stops are cancelled: all who count on them, how each is told, and what is offered to them. */
export const CancelStopPage: FC<{
  ctx: Ctx;
  bus: BusRow;
  stop: StopRow;
  touched: Touched;
  scope: StopScope;
  choices: ScopeChoice[];
  form: Form;
  back: string;
}> = ({ ctx, bus, stop, touched, scope, choices, form, back }) => {
  const { locale } = ctx;
  const main = ctx.territory.mainLanguage;
  const m = tourMessages[locale];
  const pen: Pen = { locale, main, m, format: formatter(locale, bus.time_zone) };
  const { format } = pen;
  const people = touched.byMail + touched.byCall;
  const stops = touched.stops.length;
  const where = `${stop.commune}, ${say(stop.place, locale, main)}`;
  const own = `/${locale}/gestion/lieux/${bus.slug}/tournee/${stop.id}/annulation`;
  return (
    <>
      <PageHead
        title={m.stopCancel}
        back={{ href: back, label: m.tour }}
        lead={`${where} · ${format.day(stop.starts_at)}, ${format.range(stop.starts_at, stop.ends_at)}`}
      />
      <Refusals locale={locale} form={form} />
      <Scopes pen={pen} choices={choices} scope={scope} own={own} />
      {people > 0 ? (
        <Notice kind="warning" title={stops > 1 ? m.touchedSeveral(people, stops) : m.touched(people)}>
          <p>{m.touchedHow(touched.byMail, touched.byCall)}</p>
        </Notice>
      ) : (
        <p>{m.stopFree}</p>
      )}
      <form class="form setup-wide" method="post" action={own}>
        <input type="hidden" name="version" value={String(stop.version)} />
        <input type="hidden" name="told" value={String(touched.count)} />
        <input type="hidden" name="portee" value={scope} />
        {touched.stops.map((one) => (
          <StopPart pen={pen} one={one} several={stops > 1} />
        ))}
        <I18nField
          form={form}
          locale={locale}
          main={main}
          name="reason"
          label={m.cancelReason}
          hint={m.cancelReasonHint}
          max={200}
        />
        <Button kind="danger">{people > 0 ? m.cancelAll(people, stops) : m.stopCancelVerb(stops)}</Button>
      </form>
    </>
  );
};
