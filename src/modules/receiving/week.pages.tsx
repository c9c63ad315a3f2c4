import type { Child, FC } from 'hono/jsx';
import { addDays, type Day, dayOf, daysBetween, instantAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import {
  Button,
  EmptyState,
  LinkButton,
  Notice,
  PageHead,
  Pagination,
  PostButton,
  Select,
  Tag,
} from '../../ui/components/index.ts';
import { type Formatter, formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { type AppointmentView, appointmentPlace, mayReadAppointment, whoComes } from '../appointments/index.ts';
import {
  type Calendar,
  type Helper,
  minutesIn,
  type OpenedRule,
  type Parts,
  type PresentAt,
} from '../presence/index.ts';
import { teamMessages } from './team.messages.ts';

/** A presence of the week, in words, with what became of it. */
export type PresentLine = { present: PresentAt; parts: Parts; place: string; timeZone: string };

export type WeekView = {
  ctx: Ctx;
  helper: Helper;
  helpers: Helper[];
  monday: Day;
  present: PresentLine[];
  appointments: AppointmentView[];
  absences: Calendar['absences'];
  rules: OpenedRule[];
  done: string | undefined;
  canWriteReasons: boolean;
};

const root = (ctx: Ctx): string => `/${ctx.locale}/permanences`;

/** The doors to what the team does with appointments. */
export const Doors: FC<{ ctx: Ctx; helperId?: string | undefined; reasons: boolean }> = ({
  ctx,
  helperId,
  reasons,
}) => {
  const m = teamMessages[ctx.locale];
  const whose = helperId ? `?qui=${helperId}` : '';
  return (
    <div class="cluster">
      {helperId ? (
        <>
          <LinkButton kind="primary" href={`${root(ctx)}/ouvrir${whose}`}>
            {m.open}
          </LinkButton>
          <LinkButton href={`/${ctx.locale}/rendez-vous`}>{m.take}</LinkButton>
          <LinkButton href={`${root(ctx)}/absence${whose}`}>{m.absence}</LinkButton>
        </>
      ) : null}
      {reasons ? <LinkButton href={`${root(ctx)}/sujets`}>{m.reasons}</LinkButton> : null}
      <LinkButton href={`${root(ctx)}/equipe`}>{m.helpers}</LinkButton>
      {reasons ? <LinkButton href={`/${ctx.locale}/gestion/relais`}>{m.relays}</LinkButton> : null}
    </div>
  );
};

/** Before anybody receives: where to begin. */
export const NobodyPage: FC<{ ctx: Ctx; reasons: boolean }> = ({ ctx, reasons }) => {
  const m = teamMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.title} />
      <EmptyState title={m.nobody} action={<Doors ctx={ctx} reasons={reasons} />}>
        <p>{m.nobodyText}</p>
      </EmptyState>
    </>
  );
};

/** A week of somebody who receives: where they are, who comes, what is still free. */
export const WeekPage: FC<{ view: WeekView }> = ({ view }) => {
  const { ctx, helper, helpers, monday } = view;
  const m = teamMessages[ctx.locale];
  const zone = ctx.territory.timeZone;
  const write = formatter(ctx.locale, zone);
  const own = helper.personId === ctx.actor.personId;
  const link = (day: Day): string => `${root(ctx)}?qui=${helper.id}&jour=${day}`;
  const days = daysBetween(monday, addDays(monday, 6)).filter((day) => linesOf(view, day).length > 0);
  return (
    <>
      <PageHead
        title={own ? m.title : m.titleOf(helper.name)}
        lead={`${m.from} ${write.dayLong(instantAt(monday, 720, zone))}`}
        actions={<Doors ctx={ctx} helperId={helper.id} reasons={view.canWriteReasons} />}
      />
      {view.done ? (
        <Notice kind="good">
          <p>{view.done}</p>
        </Notice>
      ) : null}
      {helpers.length > 1 ? (
        <form class="field-and-button" method="get" action={root(ctx)}>
          <Select
            label={m.whose}
            name="qui"
            plain
            value={helper.id}
            options={helpers.map((one) => ({ value: one.id, label: one.name }))}
          />
          <Button kind="secondary">{m.see}</Button>
        </form>
      ) : null}
      {days.length === 0 ? (
        <EmptyState title={m.empty}>
          <p>{m.emptyText}</p>
        </EmptyState>
      ) : (
        <section class="section" aria-label={m.week}>
          {days.map((day) => (
            <section class="my-day stack" aria-labelledby={`j-${day}`}>
              <h2 id={`j-${day}`}>{write.day(instantAt(day, 720, zone))}</h2>
              <ul class="my-appointments">{linesOf(view, day).map((line) => line.child)}</ul>
            </section>
          ))}
        </section>
      )}
      <Pagination previous={link(addDays(monday, -7))} next={link(addDays(monday, 7))} />
      <Rules view={view} />
    </>
  );
};

type Line = { at: number; child: Child };

/** All that a day holds, in the order of the clock. */
function linesOf(view: WeekView, day: Day): Line[] {
  const { ctx } = view;
  const on = (at: Date, timeZone: string): boolean => dayOf(at, timeZone) === day;
  const zone = ctx.territory.timeZone;
  return [
    ...view.present
      .filter(({ present, timeZone }) => on(present.start, timeZone))
      .map((one) => ({ at: one.present.start.getTime() - 1, child: <PresentItem ctx={ctx} one={one} /> })),
    ...view.appointments
      .filter((one) => on(one.start, one.timeZone))
      .map((one) => ({ at: one.start.getTime(), child: <AppointmentItem ctx={ctx} one={one} /> })),
    ...view.absences
      .filter((one) => dayOf(one.start, zone) <= day && dayOf(new Date(one.end.getTime() - 1), zone) >= day)
      .map((one) => ({ at: one.start.getTime() - 2, child: <AbsenceItem ctx={ctx} one={one} /> })),
  ].sort((a, b) => a.at - b.at);
}

const PresentItem: FC<{ ctx: Ctx; one: PresentLine }> = ({ ctx, one }) => {
  const m = teamMessages[ctx.locale];
  const write = formatter(ctx.locale, one.timeZone);
  const left = minutesIn(one.parts.free);
  return (
    <li>
      <strong>{m.present(write.range(one.present.start, one.present.end), one.place)}</strong>{' '}
      <Tag kind={left > 0 ? 'good' : 'plain'}>{left > 0 ? m.free(write.duration(left)) : m.full}</Tag>
    </li>
  );
};

const AbsenceItem: FC<{ ctx: Ctx; one: Calendar['absences'][number] }> = ({ ctx, one }) => {
  const m = teamMessages[ctx.locale];
  const write = formatter(ctx.locale, ctx.territory.timeZone);
  return (
    <li class="cluster">
      <Tag kind="warning">{m.absent(write.range(one.start, one.end))}</Tag>
      <PostButton action={`${root(ctx)}/absence/${one.id}/retrait`} label={m.absenceGone} kind="quiet" />
    </li>
  );
};

/** People come a little early. */
const soon = (ctx: Ctx): Date => new Date(ctx.now.getTime() + 30 * 60_000);

/** One appointment as who receives reads it. */
export const AppointmentItem: FC<{ ctx: Ctx; one: AppointmentView; children?: Child }> = ({ ctx, one, children }) => {
  const m = teamMessages[ctx.locale];
  const write: Formatter = formatter(ctx.locale, one.timeZone);
  const main = ctx.territory.mainLanguage;
  if (!mayReadAppointment(ctx, one)) return <Elsewhere ctx={ctx} one={one} />;
  return (
    <li class="my-appointment">
      <time datetime={one.start.toISOString()}>{write.range(one.start, one.end)}</time>
      <div>
        <a href={`/${ctx.locale}/rendez-vous/${one.reference}`}>{whoComes(one)}</a>
        {one.status === 'held' ? (
          <>
            {' '}
            <Tag kind="info">{m.held}</Tag>
          </>
        ) : null}
        <p class="meta">
          {[one.reason ? say(one.reason, ctx.locale, main) : '', appointmentPlace(ctx, one)]
            .filter(Boolean)
            .join(' · ')}
          {one.person.telephone ? (
            <>
              {' · '}
              <a href={telHref(one.person.telephone)}>{one.person.telephone}</a>
            </>
          ) : null}
        </p>
        {one.note ? <p class="meta">{one.note}</p> : null}
        {one.start <= soon(ctx) ? (
          <a href={`/${ctx.locale}/presence/${one.sessionReference}`}>
            {m.attendance}
            <span class="hidden"> {whoComes(one)}</span>
          </a>
        ) : null}
        {children}
      </div>
    </li>
  );
};

/** Their time is taken at a place of another team: who comes and why is read there. */
const Elsewhere: FC<{ ctx: Ctx; one: AppointmentView }> = ({ ctx, one }) => {
  const { telephone } = one.site;
  return (
    <li class="my-appointment">
      <time datetime={one.start.toISOString()}>{formatter(ctx.locale, one.timeZone).range(one.start, one.end)}</time>
      <div>
        {appointmentPlace(ctx, one)}
        <p class="meta">
          {teamMessages[ctx.locale].elsewhere}
          {telephone ? (
            <>
              {' '}
              <a href={telHref(telephone)}>{telephone}</a>
            </>
          ) : null}
        </p>
      </div>
    </li>
  );
};

/** What is open, and until when. */
const Rules: FC<{ view: WeekView }> = ({ view: { ctx, rules } }) => {
  const m = teamMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  return (
    <section class="section" aria-labelledby="regles">
      <h2 id="regles">{m.rules}</h2>
      {rules.length === 0 ? <p>{m.rulesNone}</p> : null}
      <ul class="my-appointments">
        {rules.map((rule) => {
          const write = formatter(ctx.locale, rule.timeZone);
          const noon = (day: Day): string => write.dayShort(instantAt(day, 720, rule.timeZone));
          const some = rule.day ?? rule.validFrom ?? '2026-01-05';
          const range = write.range(
            instantAt(some, rule.opens, rule.timeZone),
            instantAt(some, rule.closes, rule.timeZone),
          );
          const on = rule.day ? noon(rule.day) : m.weekdays[(rule.weekday ?? 1) as keyof typeof m.weekdays];
          const words = m.rule(on, range, say(rule.siteName, ctx.locale, main));
          return (
            <li class="cluster">
              <span>
                {words}
                {rule.validFrom && rule.validTo ? (
                  <span class="soft"> ({m.ruleDates(noon(rule.validFrom), noon(rule.validTo))})</span>
                ) : null}
              </span>
              <PostButton
                action={`${root(ctx)}/ouvert/${rule.id}/fermeture`}
                label={m.close}
                about={m.closeAbout(words)}
                kind="quiet"
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
};
