import type { FC } from 'hono/jsx';
import { Button, DataTable, EmptyState, PageHead } from '../../ui/components/index.ts';
import { aboutHref, CallGestures, CallWords, readable, Telephone } from './calls.pages.tsx';
import type { Call, DayView } from './day.types.ts';
import { noonOf, type Pen, standingOf, whenOf } from './day.words.ts';
import { sessionCount, sessionTitle } from './sessions.pages.tsx';

/** Prints the page where the browser can be asked to; says how elsewhere. */
export const PrintNow: FC<{ pen: Pen }> = ({ pen }) => (
  <p class="no-print">
    <span data-print-hint class="soft">
      {pen.m.printHint}
    </span>
    <span data-print hidden>
      <Button type="button" kind="secondary">
        {pen.m.printNow}
      </Button>
    </span>
  </p>
);

/** The day on a sheet of paper, with a box to tick for each arrival. */
export const DaySheet: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m, f } = pen;
  const { columns } = m;
  const title = m.sheetTitle(pen.say(view.site.name), f.dayLong(noonOf(view.day, view.site)));
  return (
    <>
      <PageHead title={title} back={{ href: pen.href(`?jour=${view.day}`), label: m.back }} />
      <PrintNow pen={pen} />
      <DataTable
        caption={m.arrivals}
        columns={[
          { label: columns.come },
          { label: columns.time },
          { label: columns.who, heading: true },
          { label: columns.what },
          { label: columns.people, number: true },
          { label: columns.telephone },
          { label: columns.status },
        ]}
        rows={view.arrivals.map((one) => [
          <span class="day-box" aria-hidden="true" />,
          whenOf(pen, one, view.day),
          one.person,
          [pen.say(one.resource), one.places ? m.place(one.places) : '', one.organisation ?? '']
            .filter(Boolean)
            .join(' · '),
          f.number(one.people),
          one.telephone ? readable(one.telephone) : '',
          standingOf(pen, one).text,
        ])}
        empty={<p>{m.noArrivals}</p>}
      />
      {view.sessions.length > 0 ? <SheetSessions pen={pen} view={view} /> : null}
      {view.notes.length > 0 ? (
        <section class="stack">
          <h2>{m.notes}</h2>
          <ul class="day-list">
            {view.notes.map((note) => (
              <li>
                <span class="day-box" aria-hidden="true" /> {note.body}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
};

/** What people gather for that day, on the same sheet: where, with whom, how many. */
const SheetSessions: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  const { columns } = m;
  return (
    <DataTable
      caption={m.sessions}
      columns={[
        { label: columns.time },
        { label: columns.what, heading: true },
        { label: columns.where },
        { label: columns.leads },
        { label: columns.people },
      ]}
      rows={view.sessions.map((one) => [
        whenOf(pen, one, view.day),
        sessionTitle(pen, view, one),
        one.things.map((thing) => pen.say(thing.name)).join(', '),
        one.leaders.map(({ name }) => name).join(', '),
        one.status === 'published' ? sessionCount(pen, one) : m.sessionOff,
      ])}
    />
  );
};

/** Everybody to telephone by a day: to go through at the desk, or to print. */
export const CallsPage: FC<{ pen: Pen; day: string; calls: Call[] }> = ({ pen, day, calls }) => {
  const { m, f } = pen;
  return (
    <>
      <PageHead
        title={m.callsTitle(f.dayLong(noonOf(day, pen.site)))}
        lead={m.callsLead}
        back={{ href: pen.href(`?jour=${day}`), label: m.back }}
      />
      {calls.length > 0 ? <PrintNow pen={pen} /> : null}
      <DataTable
        caption={m.calls}
        quiet
        columns={[
          { label: m.columns.who, heading: true },
          { label: m.columns.telephone },
          { label: m.columns.call },
          { label: m.columns.outcome },
        ]}
        rows={calls.map((call) => [
          <>
            <a href={aboutHref(pen, call)}>{call.person}</a>
            {call.language === pen.ctx.locale ? '' : ` (${m.speaks[call.language]})`}
          </>,
          <Telephone pen={pen} telephone={call.telephone} name={call.person} />,
          <CallWords pen={pen} call={call} day={day} />,
          <div class="cluster call-answer">
            <CallGestures pen={pen} call={call} back={day} />
          </div>,
        ])}
        empty={
          <EmptyState title={m.noCalls}>
            <p>{m.noCallsText}</p>
          </EmptyState>
        }
      />
    </>
  );
};
