import type { FC } from 'hono/jsx';
import { Button, DataTable, EmptyState, PageHead } from '../../ui/components/index.ts';
import { aboutHref, CallGestures, readable, Telephone, whyCall } from './aside.pages.tsx';
import type { Call, DayView } from './day.types.ts';
import { noonOf, type Pen, standingOf, whenOf } from './day.words.ts';

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
          `${whyCall(pen, call)}${call.due_day < day ? ` ${m.late(f.day(noonOf(call.due_day, pen.site)))}` : ''}`,
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
