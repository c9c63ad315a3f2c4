import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import {
  Button,
  DataTable,
  DescriptionList,
  EmptyState,
  Field,
  LinkButton,
  PageHead,
  Tag,
} from '../../ui/components/index.ts';
import type { Formatter } from '../../ui/format.ts';
import { type PeriodTotals, totalsOf } from '../attendance/index.ts';
import { evidenceMessages, figureLines, monthName, type SheetSession } from '../evidence/index.ts';
import { figuresMessages } from './figures.messages.ts';
import { askFor, type ServiceFigures } from './figures.rules.ts';

type Frame = {
  ctx: Ctx;
  f: Formatter;
  month: string;
  previous: string;
  next: string;
  /** The only service that is shown, where one is asked for. */
  service: string | undefined;
};
type All = { figures: PeriodTotals; visits: number; services: ServiceFigures[] };

const queryOf = (month: string, service: string | undefined): string =>
  `?${new URLSearchParams({ mois: month, ...(service ? { service } : {}) })}`;

const MonthNav: FC<{ frame: Frame; path: string }> = ({ frame, path }) => {
  const { ctx, month, previous, next, service } = frame;
  const m = evidenceMessages[ctx.locale];
  const href = (to: string) => `/${ctx.locale}${path}${queryOf(to, service)}`;
  return (
    <nav class="day-nav" aria-label={m.month}>
      <LinkButton href={href(previous)} kind="quiet">
        <span aria-hidden="true">← </span>
        {m.previous}
      </LinkButton>
      <LinkButton href={href(next)} kind="quiet">
        {m.next}
        <span aria-hidden="true"> →</span>
      </LinkButton>
      <form class="day-goto" method="get" action={`/${ctx.locale}${path}`}>
        <Field label={m.month} name="mois" type="month" value={month} plain required />
        {service ? <input type="hidden" name="service" value={service} /> : null}
        <Button kind="secondary">{m.show}</Button>
      </form>
    </nav>
  );
};

const Totals: FC<{ frame: Frame; figures: PeriodTotals; visits: number }> = ({ frame, figures, visits }) => {
  const m = evidenceMessages[frame.ctx.locale];
  const lines = figureLines(frame.ctx, figures, true);
  return (
    <>
      <div class="totals">
        <DescriptionList
          items={[...lines, [m.figures.visits, frame.f.number(visits)] as const].map(([term, value]) => ({
            term,
            value,
          }))}
        />
      </div>
      <p class="meta">
        {m.hoursNote} {m.namedNote}
      </p>
    </>
  );
};

/** The figures of each service; each opens. Of one only, the way back to all. */
const Services: FC<{ frame: Frame; path: string; services: ServiceFigures[] }> = ({ frame, path, services }) => {
  const { ctx, f, month } = frame;
  const m = evidenceMessages[ctx.locale];
  const words = figuresMessages[ctx.locale];
  const nameOf = ({ service }: ServiceFigures) => service?.name ?? words.noService;
  if (frame.service) {
    return (
      <p>
        {services[0] ? words.only(nameOf(services[0])) : null}{' '}
        <a href={`/${ctx.locale}${path}${queryOf(month, undefined)}`}>{words.all}</a>
      </p>
    );
  }
  return (
    <DataTable
      caption={words.byService}
      columns={[
        { label: words.service, heading: true },
        { label: m.figures.sessions, number: true },
        { label: m.figures.peopleHalfDays, number: true },
        { label: m.figures.walkIns, number: true },
        { label: m.figures.minutes, number: true },
        { label: m.figures.visits, number: true },
      ]}
      rows={services.map((one) => [
        <a href={`/${ctx.locale}${path}${queryOf(month, askFor(one.service))}`}>{nameOf(one)}</a>,
        f.number(one.figures.sessions),
        f.number(one.figures.peopleHalfDays),
        f.number(one.figures.walkIns),
        f.duration(one.figures.minutes),
        f.number(one.visits),
      ])}
    />
  );
};

export type SiteMonth = { name: string; slug: string; figures: PeriodTotals; visits: number };

/** What a month came to, over all the sites one works for; each opens. */
export const EvidenceHome: FC<{ frame: Frame; all: All; sites: SiteMonth[] }> = ({ frame, all, sites }) => {
  const { ctx, f, month } = frame;
  const m = evidenceMessages[ctx.locale];
  const name = monthName(f, month, ctx.territory.timeZone);
  return (
    <>
      <PageHead title={`${m.home}${m.paper.colon}${name}`} lead={m.homeLead} />
      <MonthNav frame={frame} path="/preuves" />
      <Totals frame={frame} figures={all.figures} visits={all.visits} />
      <Services frame={frame} path="/preuves" services={all.services} />
      <DataTable
        caption={m.allSites}
        columns={[
          { label: m.site, heading: true },
          { label: m.figures.sessions, number: true },
          { label: m.figures.peopleHalfDays, number: true },
          { label: m.figures.walkIns, number: true },
          { label: m.figures.minutes, number: true },
          { label: m.figures.named, number: true },
          { label: m.figures.visits, number: true },
        ]}
        rows={sites.map((site) => [
          <a href={`/${ctx.locale}/preuves/${site.slug}${queryOf(month, frame.service)}`}>{site.name}</a>,
          f.number(site.figures.sessions),
          f.number(site.figures.peopleHalfDays),
          f.number(site.figures.walkIns),
          f.duration(site.figures.minutes),
          f.number(site.figures.named),
          f.number(site.visits),
        ])}
      />
    </>
  );
};

export type MonthSession = { session: SheetSession; sheet: { edition: number; changed: boolean } | null };

/** A site's month: its sessions, each with its totals and its sheet. */
export const SiteMonthPage: FC<{
  frame: Frame;
  /** `edition`: the last one locked of the sheet of the whole month. */
  site: { name: string; slug: string; edition: number | null };
  all: All;
  sessions: MonthSession[];
}> = ({ frame, site, all, sessions }) => {
  const { ctx, f, month } = frame;
  const m = evidenceMessages[ctx.locale];
  const path = `/preuves/${site.slug}`;
  const words = figuresMessages[ctx.locale];
  const stateOf = ({ sheet }: MonthSession) =>
    sheet === null ? (
      <Tag>{m.states.none}</Tag>
    ) : (
      <Tag kind={sheet.changed ? 'warning' : 'good'}>
        {sheet.changed ? m.states.changed : m.states.locked(sheet.edition)}
      </Tag>
    );
  return (
    <>
      <PageHead
        title={m.of(site.name, monthName(f, month, ctx.territory.timeZone))}
        lead={m.homeLead}
        back={{ href: `/${ctx.locale}/preuves${queryOf(month, frame.service)}`, label: m.backHome }}
        actions={
          <>
            <LinkButton href={`/${ctx.locale}${path}/feuille?mois=${month}`} kind="primary">
              {m.monthSheet}
            </LinkButton>
            {site.edition ? <Tag kind="good">{m.states.locked(site.edition)}</Tag> : null}
          </>
        }
      />
      <MonthNav frame={frame} path={path} />
      <Totals frame={frame} figures={all.figures} visits={all.visits} />
      <div class="cluster no-print">
        <LinkButton href={`/${ctx.locale}${path}/feuille.csv?mois=${month}`}>{words.rowsFile}</LinkButton>
        <LinkButton href={`/${ctx.locale}${path}/passages.csv${queryOf(month, frame.service)}`}>
          {words.visitsFile}
        </LinkButton>
      </div>
      <Services frame={frame} path={path} services={all.services} />
      <DataTable
        caption={m.summary}
        columns={[
          { label: m.columns.date },
          { label: m.session, heading: true },
          { label: words.service },
          { label: m.columns.presences, number: true },
          { label: m.columns.walkIns, number: true },
          { label: m.columns.hours, number: true },
          { label: m.state },
        ]}
        rows={sessions.map((one) => {
          const totals = totalsOf(one.session);
          return [
            one.session.when,
            <a href={`/${ctx.locale}/presence/${one.session.reference}/feuille`}>{one.session.title}</a>,
            one.session.service?.name ?? '–',
            f.number(totals.peopleHalfDays),
            f.number(totals.walkIns),
            f.duration(totals.minutes),
            stateOf(one),
          ];
        })}
        empty={
          <EmptyState title={m.nothing}>
            <p>{m.nothingText}</p>
          </EmptyState>
        }
      />
    </>
  );
};
