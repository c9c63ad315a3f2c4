import type { FC } from 'hono/jsx';
import type { Explained } from '../../core/sentences.ts';
import { Button, Field, LinkButton, Live, Notice, PageHead, PostButton } from '../../ui/components/index.ts';
import { Arrivals } from './arrivals.pages.tsx';
import { Notes, Outages, Requests, Visits } from './aside.pages.tsx';
import { Calls } from './calls.pages.tsx';
import { totalsOf } from './day.rules.ts';
import type { DaySite, DayView } from './day.types.ts';
import { dayAfter, dayBefore, noonOf, type Pen } from './day.words.ts';
import { Sessions } from './sessions.pages.tsx';

/** What was just done, said with the way back. */
export type Done = { text: string; undo?: { action: string; label: string } | undefined };

/** Every reason of a refusal, each with its next step. */
export const Reasons: FC<{ title: string; reasons: readonly Explained[] }> = ({ title, reasons }) => (
  <Notice kind="bad" title={title} level={2}>
    <ul class="stack">
      {reasons.map((reason) => (
        <li>
          {reason.text}
          {reason.next ? (
            <>
              {' '}
              <a href={reason.next.href}>{reason.next.label}</a>
            </>
          ) : null}
        </li>
      ))}
    </ul>
  </Notice>
);

const Totals: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m, f } = pen;
  const totals = totalsOf(view.arrivals, pen.ctx.now);
  const visits = view.visits.reduce((sum, line) => sum + line.count, 0);
  const figures: [string, number][] = [
    [m.totals.bookings, totals.bookings],
    [m.totals.people, totals.people],
    ...(view.isToday
      ? ([
          [m.totals.awaited, totals.awaited],
          [m.totals.here, totals.here],
          [m.totals.visits, visits],
        ] as [string, number][])
      : []),
  ];
  return (
    <dl class="day-totals">
      {figures.map(([term, value]) => (
        <div class="day-total">
          <dt>{term}</dt>
          <dd>{f.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
};

/** On a phone what waits lies below the arrivals: these lead there. */
const Shortcuts: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  const calls = view.calls.filter((call) => !call.done_at).length;
  const links = [
    { href: '#demandes', count: view.requests.length, label: m.requestsCount },
    { href: '#appels', count: calls, label: m.callsCount },
    { href: '#pannes', count: view.outages.length, label: m.outagesCount },
  ].filter((link) => link.count > 0);
  if (links.length === 0) return null;
  return (
    <ul class="day-shortcuts">
      {links.map((link) => (
        <li>
          <a href={link.href}>{link.label(link.count)}</a>
        </li>
      ))}
    </ul>
  );
};

const DayNav: FC<{ pen: Pen; view: DayView }> = ({ pen, view }) => {
  const { m } = pen;
  const { day } = view;
  return (
    <nav class="day-nav" aria-label={m.goTo}>
      <LinkButton href={pen.href(`?jour=${dayBefore(day)}`)} kind="quiet">
        <span aria-hidden="true">← </span>
        {m.previousDay}
      </LinkButton>
      {view.isToday ? null : (
        <LinkButton href={pen.href('')} kind="quiet">
          {m.backToday}
        </LinkButton>
      )}
      <LinkButton href={pen.href(`?jour=${dayAfter(day)}`)} kind="quiet">
        {m.nextDay}
        <span aria-hidden="true"> →</span>
      </LinkButton>
      <form class="day-goto" method="get" action={pen.href('')}>
        <Field label={m.goTo} name="jour" type="date" value={day} plain required />
        <Button kind="secondary">{m.show}</Button>
      </form>
    </nav>
  );
};

/** The team's day on one screen. */
export const TodayPage: FC<{ pen: Pen; view: DayView; done?: Done | undefined; reasons?: readonly Explained[] }> = ({
  pen,
  view,
  done,
  reasons = [],
}) => {
  const { m } = pen;
  const anywhere = (path: string) => `/${pen.ctx.locale}${path}`;
  const site = pen.say(view.site.name);
  const long = pen.f.dayLong(noonOf(view.day, view.site));
  return (
    <>
      <PageHead title={view.isToday ? m.today(site) : m.otherDay(site, long)} lead={view.isToday ? long : undefined} />
      <nav class="day-actions" aria-label={m.gestures}>
        <LinkButton href={pen.href(view.isToday ? '/accueil' : `/accueil?jour=${view.day}`)} kind="primary">
          {m.welcome}
        </LinkButton>
        <LinkButton href={pen.href(`/planning?jour=${view.day}`)}>{m.planning}</LinkButton>
        <LinkButton href={pen.href(`/programme?jour=${view.day}`)}>{m.programme}</LinkButton>
        <LinkButton href={pen.href(`/appels?jour=${view.day}`)}>{m.callList}</LinkButton>
        <LinkButton href={pen.href(`/imprimer?jour=${view.day}`)}>{m.print}</LinkButton>
        <LinkButton href={pen.href('/panne')}>{m.outage}</LinkButton>
        {/* What is not of one site has its door here too: a menu of nine words takes three rows of a phone. */}
        <LinkButton href={anywhere(`/carnet/${view.site.slug}`)}>{m.notebook}</LinkButton>
        <LinkButton href={anywhere('/permanences')}>{m.receiving}</LinkButton>
        {pen.ctx.actor.deviceId ? null : <LinkButton href={anywhere('/gestion/personnes')}>{m.directory}</LinkButton>}
      </nav>
      <DayNav pen={pen} view={view} />
      {reasons.length > 0 ? <Reasons title={m.refused} reasons={reasons} /> : null}
      {done ? (
        <Notice kind="good">
          <div class="cluster">
            <p>{done.text}</p>
            {done.undo ? (
              <PostButton action={done.undo.action} label={done.undo.label} hidden={{ jour: view.day }} />
            ) : null}
          </div>
        </Notice>
      ) : null}
      <Live id="journee" lost={m.lost}>
        <p class="notice notice-warning day-lost" data-board-notice hidden />
        <Totals pen={pen} view={view} />
        <Shortcuts pen={pen} view={view} />
        <div class="day-columns">
          <div id="arrivees">
            <Arrivals pen={pen} view={view} />
          </div>
          <div class="day-aside">
            <Sessions pen={pen} view={view} />
            <Requests pen={pen} view={view} />
            <Calls pen={pen} view={view} />
            <Outages pen={pen} view={view} />
            <Visits pen={pen} view={view} />
            <Notes pen={pen} view={view} />
          </div>
        </div>
      </Live>
    </>
  );
};

/** The sites where one works. */
export const SitesPage: FC<{ pens: Pen[] }> = ({ pens }) => {
  const first = pens[0]!;
  return (
    <>
      <PageHead title={first.m.sites} lead={first.m.sitesLead} />
      <ul class="day-sites">
        {pens.map((pen) => (
          <li>
            <a class="card day-site" href={pen.href('')}>
              {pen.say((pen.site as DaySite).name)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
};
