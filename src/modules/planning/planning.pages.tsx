import type { Child, FC } from 'hono/jsx';
import type { Day, Span } from '../../core/clock.ts';
import { addDays, dayOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { Button, EmptyState, Field, LinkButton, Live, PageHead } from '../../ui/components/index.ts';
import { dayInWords, formatter } from '../../ui/format.ts';
import { planningMessages } from './planning.messages.ts';
import type { PlannedResource, PlannedSite, PlannedTaken } from './planning.store.ts';

export type PlanningView = 'day' | 'week';

const address = (ctx: Ctx, site: PlannedSite, day: Day, view: PlanningView) =>
  `/${ctx.locale}/equipe/${site.slug}/planning?jour=${day}${view === 'week' ? '&vue=semaine' : ''}`;

/** From one day or week to the next, and to any day: links and a form, which print leaves out. */
const Steps: FC<{ ctx: Ctx; site: PlannedSite; day: Day; view: PlanningView }> = ({ ctx, site, day, view }) => {
  const m = planningMessages[ctx.locale];
  const step = view === 'week' ? 7 : 1;
  const today = dayOf(ctx.now, site.time_zone);
  return (
    <nav class="planning-steps cluster no-print" aria-label={m.goTo}>
      <LinkButton kind="quiet" href={address(ctx, site, addDays(day, -step), view)}>
        {view === 'week' ? m.previousWeek : m.previousDay}
      </LinkButton>
      <LinkButton kind="quiet" href={address(ctx, site, today, view)}>
        {m.today}
      </LinkButton>
      <LinkButton kind="quiet" href={address(ctx, site, addDays(day, step), view)}>
        {view === 'week' ? m.nextWeek : m.nextDay}
      </LinkButton>
      <form class="planning-go cluster" method="get">
        {view === 'week' ? <input type="hidden" name="vue" value="semaine" /> : null}
        <Field label={m.goTo} name="jour" type="date" hint={dayInWords(day, ctx.locale)} value={day} plain />
        <Button kind="secondary">{m.show}</Button>
      </form>
      <LinkButton kind="secondary" href={address(ctx, site, day, view === 'week' ? 'day' : 'week')}>
        {view === 'week' ? m.day : m.week}
      </LinkButton>
    </nav>
  );
};

/** The planning of a site around its table, day or week. */
export const PlanningPage: FC<{
  ctx: Ctx;
  site: PlannedSite;
  day: Day;
  view: PlanningView;
  heading: string;
  empty: boolean;
  moveTo: string;
  children?: Child;
}> = ({ ctx, site, day, view, heading, empty, moveTo, children }) => {
  const m = planningMessages[ctx.locale];
  const name = say(site.name, ctx.locale, ctx.territory.mainLanguage);
  return (
    <div class="stack">
      <PageHead
        title={m.title(name)}
        lead={heading}
        back={{ href: `/${ctx.locale}/equipe/${site.slug}?jour=${day}`, label: m.todayPage }}
      />
      <Steps ctx={ctx} site={site} day={day} view={view} />
      {empty ? (
        <EmptyState title={m.empty}>{m.emptyHelp}</EmptyState>
      ) : (
        <quai-planning data-move={moveTo} data-undo={m.undo} data-undone={m.undone} data-refused={m.refused}>
          <div class="planning-says" role="status" aria-live="polite" />
          <Live id="live-planning" lost={m.lost}>
            {children}
            <p class="meta" data-board-notice="" hidden />
          </Live>
        </quai-planning>
      )}
      {view === 'day' && !empty ? <p class="meta planning-how no-print">{m.howTo}</p> : null}
    </div>
  );
};

const WeekCell: FC<{ ctx: Ctx; site: PlannedSite; taken: PlannedTaken[] }> = ({ ctx, site, taken }) => {
  const m = planningMessages[ctx.locale];
  const f = formatter(ctx.locale, site.time_zone);
  if (taken.length === 0) {
    return (
      <>
        <span class="soft" aria-hidden="true">
          –
        </span>
        <span class="hidden">{m.nothing}</span>
      </>
    );
  }
  return (
    <ul class="week-list">
      {taken.map((one) => (
        <li class={one.kind === 'booking' ? `is-${one.status}` : one.kind === 'closure' ? 'is-outage' : 'is-session'}>
          <span class="nowrap">{f.range(one.start, one.end)}</span>{' '}
          {one.kind === 'session' ? (
            <a href={`/${ctx.locale}/equipe/${one.of}/programme/${one.reference}`}>
              {one.note && typeof one.note === 'object'
                ? say(one.note, ctx.locale, ctx.territory.mainLanguage)
                : m.appointment}
            </a>
          ) : one.reference ? (
            <a href={`/${ctx.locale}/equipe/${site.slug}/reservations/${one.reference}`}>
              {one.person || one.organisation || one.reference}
            </a>
          ) : (
            m.outage
          )}
        </li>
      ))}
    </ul>
  );
};

/** The week of a site: what can be booked down, days across, what is taken in words. */
export const WeekSheet: FC<{
  ctx: Ctx;
  site: PlannedSite;
  resources: PlannedResource[];
  days: { day: Day; span: Span }[];
  taken: Map<string, PlannedTaken[]>;
  caption: string;
}> = ({ ctx, site, resources, days, taken, caption }) => {
  const m = planningMessages[ctx.locale];
  const f = formatter(ctx.locale, site.time_zone);
  return (
    <section class="grid-scroll" tabindex={0} aria-labelledby="planning-caption">
      <table class="planning is-week">
        <caption class="data-caption" id="planning-caption">
          {caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">{m.resource}</th>
            {days.map(({ day, span }) => (
              <th scope="col">
                <a href={address(ctx, site, day, 'day')}>{f.dayShort(span.start)}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resources.map((resource) => (
            <tr>
              <th scope="row" class="grid-row-head">
                {say(resource.name, ctx.locale, ctx.territory.mainLanguage)}
              </th>
              {days.map(({ span }) => (
                <td class="week-cell" data-label={f.dayShort(span.start)}>
                  <WeekCell
                    ctx={ctx}
                    site={site}
                    taken={(taken.get(resource.id) ?? []).filter((one) => one.start < span.end && one.end > span.start)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'quai-planning': {
        'data-move': string;
        'data-undo': string;
        'data-undone': string;
        'data-refused': string;
        children?: Child;
      };
    }
  }
}
