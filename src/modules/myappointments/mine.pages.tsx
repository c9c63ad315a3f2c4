import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import { Button, DescriptionList, Field, Lines, LinkButton, Notice, PageHead } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import {
  type AppointmentView,
  appointmentPlace,
  appointmentsMessages,
  Call,
  type DayOfTimes,
  placeMore,
  placeName,
  timeValue,
  whenWords,
  whoComes,
} from '../appointments/index.ts';
import { Reasons } from '../notices/index.ts';

type Props = {
  ctx: Ctx;
  view: AppointmentView;
  team: boolean;
  linkKey: string | undefined;
  refused: readonly Explained[];
};

/** The address of an appointment and of what one does with it, with the secret of its mails where one came by it. */
export const mineHref = (ctx: Ctx, { view, linkKey }: Pick<Props, 'view' | 'linkKey'>, gesture = ''): string =>
  `/${ctx.locale}/rendez-vous/${view.reference}${gesture}${linkKey ? `?cle=${encodeURIComponent(linkKey)}` : ''}`;

/** One appointment, for its person and the team: all that helps to come, and the ways out. */
export const MinePage: FC<Props & { done: string | undefined; taken: boolean }> = (props) => {
  const { ctx, view, team, linkKey, refused } = props;
  const m = appointmentsMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const telephone = view.site.telephone ?? ctx.territory.telephone;
  const cancelled = view.status === 'cancelled';
  const over = view.end <= ctx.now;
  return (
    <>
      <PageHead
        title={team ? whoComes(view) : m.mine}
        back={team ? { href: `/${ctx.locale}/permanences`, label: m.title } : undefined}
      />
      {props.done ? (
        <Notice kind="good">
          <p>{props.done}</p>
        </Notice>
      ) : null}
      {team && props.taken ? (
        <p>
          <LinkButton href={`/${ctx.locale}/rendez-vous`}>{m.again}</LinkButton>
        </p>
      ) : null}
      <Reasons ctx={ctx} site={view.site} title={m.errors} reasons={refused} />
      {view.status === 'held' && !over ? (
        <Notice kind="warning">
          <p>
            {m.held} <a href={`/${ctx.locale}/inscriptions/${view.reference}/confirmation`}>{m.confirm}</a>
          </p>
        </Notice>
      ) : null}
      {(cancelled && !props.done) || over ? (
        <Notice>
          <p>{cancelled ? m.cancelled : m.over}</p>
        </Notice>
      ) : null}
      <section class="card" aria-label={m.mine}>
        <DescriptionList
          items={[
            { term: m.when, value: <strong>{whenWords(ctx, view)}</strong> },
            {
              term: m.where,
              value: (
                <Lines
                  lines={[appointmentPlace(ctx, view), telephone && <a href={telHref(telephone)}>{telephone}</a>]}
                />
              ),
            },
            { term: m.who, value: view.helper.name },
            { term: m.why, value: view.reason ? say(view.reason, ctx.locale, main) : '' },
            { term: m.bring, value: view.bring && !cancelled ? say(view.bring, ctx.locale, main) : '' },
            { term: m.person, value: team || view.places > 1 || view.mandate ? whoComes(view) : '' },
            { term: m.forMandate, value: team ? view.mandate : '' },
            { term: m.forTelephone, value: team ? view.person.telephone : '' },
            { term: m.note, value: view.note },
          ]}
        />
        <p class="meta private">{m.private}</p>
      </section>
      {cancelled || over ? (
        <p>
          <LinkButton
            kind="primary"
            href={`/${ctx.locale}/rendez-vous${view.reasonSlug ? `?raison=${view.reasonSlug}` : ''}`}
          >
            {m.again}
          </LinkButton>
        </p>
      ) : (
        <section class="section stack" aria-label={m.move}>
          <div class="cluster">
            <LinkButton kind="primary" href={mineHref(ctx, props, '/deplacer')}>
              {m.move}
            </LinkButton>
            <LinkButton
              href={`/${ctx.locale}/inscriptions/${view.reference}/agenda.ics${linkKey ? `?cle=${encodeURIComponent(linkKey)}` : ''}`}
            >
              {m.calendar}
            </LinkButton>
          </div>
          <p>{m.cancelText}</p>
          <p>
            <LinkButton kind="danger" href={mineHref(ctx, props, '/annulation')}>
              {m.cancel}
            </LinkButton>
          </p>
        </section>
      )}
    </>
  );
};

/** Other times for the same reason; the one chosen is shown beside today’s before anything changes. */
export const MovePage: FC<Props & { days: DayOfTimes[]; day: string; later: string }> = (props) => {
  const { ctx, view, linkKey, days, refused } = props;
  const m = appointmentsMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  return (
    <>
      <PageHead
        title={m.moveTitle}
        lead={m.moveNow(`${whenWords(ctx, view)}, ${appointmentPlace(ctx, view)}`)}
        back={{ href: mineHref(ctx, props), label: m.backToMine }}
      />
      <Reasons ctx={ctx} site={view.site} title={m.errors} reasons={refused} />
      <form class="finder" method="get" action={`/${ctx.locale}/rendez-vous/${view.reference}/deplacer`}>
        {linkKey ? <input type="hidden" name="cle" value={linkKey} /> : null}
        <Field label={m.moveFrom} name="jour" type="date" plain value={props.day} />
        <Button kind="secondary">{m.moveSee}</Button>
      </form>
      {days.length === 0 ? (
        <section class="section">
          <p>{m.moveNone}</p>
          <Call ctx={ctx} telephone={view.site.telephone} />
        </section>
      ) : (
        <form method="get" action={`/${ctx.locale}/rendez-vous/${view.reference}/deplacer`}>
          {linkKey ? <input type="hidden" name="cle" value={linkKey} /> : null}
          {days.map((one) => {
            const write = formatter(ctx.locale, one.timeZone);
            const day = write.day(one.starts[0]!);
            return (
              <section class="my-day stack">
                <h2>
                  {day.charAt(0).toUpperCase() + day.slice(1)}
                  {'\u00a0— '}
                  {placeName(ctx, one)}
                </h2>
                <p class="meta">
                  {[placeMore(ctx, one), m.withHelper(one.helper.name, say(one.helper.does, ctx.locale, main))]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                <div class="times">
                  {one.starts.map((start) => (
                    <Button kind="secondary" name="heure" value={timeValue(one, start)}>
                      {write.time(start)}
                      <span class="hidden"> {m.slotAbout(day, placeName(ctx, one))}</span>
                    </Button>
                  ))}
                </div>
              </section>
            );
          })}
        </form>
      )}
      <p>
        <LinkButton href={`${mineHref(ctx, props, '/deplacer')}${linkKey ? '&' : '?'}jour=${props.later}`}>
          {m.moveLater}
        </LinkButton>
      </p>
    </>
  );
};
