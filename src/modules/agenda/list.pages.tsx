import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { type FieldErrors, type FormValues, hrefWith } from '../../core/input.ts';
import {
  Button,
  bind,
  EmptyState,
  ErrorSummary,
  Field,
  LinkButton,
  PageHead,
  Select,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { tell } from '../../ui/told.ts';
import { NearField, WhichCommune } from '../communes/index.ts';
import type { Listed } from './agenda.list.ts';
import { agendaMessages } from './agenda.messages.ts';
import { type Asked, chosenWords, forWhom, reaches, usualReach } from './agenda.query.ts';
import { periods, writeAfter } from './agenda.rules.ts';
import { Days } from './item.tsx';
import type { Choice } from './stops.store.ts';

export type ListPageProps = {
  ctx: Ctx;
  asked: Asked;
  listed: Listed;
  /** What comes next, where nothing is on in the time asked for. */
  later: Listed['items'];
  lines: Choice[];
  sites: Choice[];
};

const pathOf = (ctx: Ctx): string => `/${ctx.locale}/agenda`;

/** The public agenda: when, what one may choose, and what is on, day by day. */
export const ListPage: FC<ListPageProps> = ({ ctx, asked, listed, later, lines, sites }) => {
  const m = agendaMessages[ctx.locale].list;
  const errors = Object.entries(asked.errors).map(([field, message]) => ({ field, message }));
  return (
    <>
      <PageHead title={m.title} lead={m.lead} />
      {errors.length > 0 ? <ErrorSummary title={m.errors} errors={errors} /> : null}
      <Periods ctx={ctx} asked={asked} />
      <Chooser ctx={ctx} values={asked.values} errors={asked.errors} lines={lines} sites={sites} />
      <WhichCommune
        ctx={ctx}
        typed={asked.values.pres}
        communes={asked.communes}
        href={(pres) => hrefWith(pathOf(ctx), asked.values, { pres })}
      />
      <Chosen ctx={ctx} asked={asked} lines={lines} sites={sites} />
      {listed.items.length > 0 ? (
        <div class="agenda">
          <Days ctx={ctx} items={listed.items} from={asked.query.from} />
        </div>
      ) : (
        <Nothing ctx={ctx} asked={asked} later={later} />
      )}
      <Onward ctx={ctx} asked={asked} listed={listed} />
      <Keep ctx={ctx} asked={asked} />
    </>
  );
};

const Periods: FC<{ ctx: Ctx; asked: Asked }> = ({ ctx, asked }) => {
  const m = agendaMessages[ctx.locale].list;
  const tabs = [undefined, ...periods];
  return (
    <nav class="periods no-print" aria-label={m.periods}>
      {tabs.map((period) => (
        <a
          class="period"
          href={hrefWith(pathOf(ctx), asked.values, { quand: period ?? '', jour: '' })}
          aria-current={period === asked.period && !asked.values.jour ? 'page' : undefined}
        >
          {period ? m[period] : m.all}
        </a>
      ))}
    </nav>
  );
};

const rarer = ['pour', 'ligne', 'site', 'age', 'places', 'jour'] as const;

const Chooser: FC<{ ctx: Ctx; values: FormValues; errors: FieldErrors; lines: Choice[]; sites: Choice[] }> = ({
  ctx,
  values,
  errors,
  lines,
  sites,
}) => {
  const m = agendaMessages[ctx.locale].list;
  const f = bind({ values, errors });
  const given = rarer.filter((name) => values[name]).length;
  const wrong = rarer.some((name) => errors[name]);
  const options = (all: string, some: Choice[]) => [
    { value: '', label: all },
    ...some.map(({ slug, name }) => ({ value: slug, label: tell(ctx, name) })),
  ];
  return (
    <search class="no-print">
      <form class="chooser" method="get" action={pathOf(ctx)} aria-label={m.form}>
        {values.quand ? <input type="hidden" name="quand" value={values.quand} /> : null}
        <div class="chooser-near">
          <NearField ctx={ctx} values={values} errors={errors} />
          <Button>{m.show}</Button>
        </div>
        <details class="chooser-more" open={wrong}>
          <summary>{given > 0 ? m.moreGiven(given) : m.more}</summary>
          <div class="chooser-row">
            <Select
              label={m.whom}
              {...f('pour')}
              plain
              options={[
                { value: '', label: m.anybody },
                ...forWhom.map((whom) => ({ value: whom, label: m.forWhom[whom] })),
              ]}
            />
            <Select
              label={m.reach}
              name="km"
              plain
              value={values.km ?? String(usualReach)}
              error={errors.km}
              options={reaches.map((km) => ({ value: String(km), label: km === 0 ? m.inCommune : m.km(km) }))}
            />
            <Select label={m.line} name="ligne" plain value={values.ligne} options={options(m.anyLine, lines)} />
            <Select label={m.site} name="site" plain value={values.site} options={options(m.anySite, sites)} />
            <Field label={m.places} {...f('places')} type="number" inputmode="numeric" min={1} max={50} plain />
            <Field label={m.from} {...f('jour')} type="date" plain />
          </div>
        </details>
      </form>
    </search>
  );
};

/** What was chosen, in words, and the way back to everything. */
const Chosen: FC<{ ctx: Ctx; asked: Asked; lines: Choice[]; sites: Choice[] }> = ({ ctx, asked, lines, sites }) => {
  const m = agendaMessages[ctx.locale].list;
  const write = formatter(ctx.locale, ctx.territory.timeZone);
  const words = [
    ...chosenWords(ctx, asked, { lines, sites }),
    asked.values.jour && !asked.errors.jour ? `${m.from} ${write.day(asked.query.from)}` : '',
  ].filter(Boolean);
  if (words.length === 0) return null;
  return (
    <p class="chosen no-print">
      {words.join(' · ')} <a href={hrefWith(pathOf(ctx), {}, { quand: asked.values.quand ?? '' })}>{m.clear}</a>
    </p>
  );
};

const Nothing: FC<{ ctx: Ctx; asked: Asked; later: Listed['items'] }> = ({ ctx, asked, later }) => {
  const m = agendaMessages[ctx.locale].list;
  const write = formatter(ctx.locale, ctx.territory.timeZone);
  const chosen = Object.keys(asked.values).length > 0;
  const wider = reaches.find((km) => asked.query.near && km > (asked.query.withinKm ?? 0));
  return (
    <>
      <EmptyState
        title={chosen ? m.none : m.nothing}
        action={
          chosen ? (
            <>
              {wider ? (
                <LinkButton href={hrefWith(pathOf(ctx), asked.values, { km: String(wider) })}>
                  {m.wider(write.distance(wider))}
                </LinkButton>
              ) : null}
              <LinkButton href={pathOf(ctx)}>{m.seeAll}</LinkButton>
            </>
          ) : undefined
        }
      >
        <p>{chosen ? m.noneHint : m.nothingHint}</p>
      </EmptyState>
      {later.length > 0 ? (
        <section class="section agenda" aria-labelledby="later-title">
          <h2 id="later-title">{m.later}</h2>
          <Days ctx={ctx} items={later} from={ctx.now} level={3} />
        </section>
      ) : null}
    </>
  );
};

const Onward: FC<{ ctx: Ctx; asked: Asked; listed: Listed }> = ({ ctx, asked, listed }) => {
  const m = agendaMessages[ctx.locale].list;
  if (!listed.next && !asked.after) return null;
  return (
    <nav class="cluster" aria-label={m.onward}>
      {asked.after ? <LinkButton href={hrefWith(pathOf(ctx), asked.values)}>{m.first}</LinkButton> : null}
      {listed.next ? (
        <LinkButton href={hrefWith(pathOf(ctx), asked.values, { apres: writeAfter(listed.next) })}>{m.next}</LinkButton>
      ) : null}
    </nav>
  );
};

/** The same list on paper, in a calendar, on another site. */
const Keep: FC<{ ctx: Ctx; asked: Asked }> = ({ ctx, asked }) => {
  const m = agendaMessages[ctx.locale].list;
  const { quand: _, apres: __, jour, ...kept } = asked.values;
  const { telephone } = ctx.territory;
  return (
    <section class="section no-print" aria-labelledby="keep-title">
      <h2 id="keep-title">{m.take}</h2>
      <ul class="agenda-keep">
        <li>
          <a href={hrefWith(`${pathOf(ctx)}/semaine`, kept, { jour: jour ?? '' })}>{m.print}</a>
        </li>
        <li>
          <a href={`${hrefWith(`${pathOf(ctx)}/publier`, kept)}#calendrier`}>{m.calendar}</a>
        </li>
        <li>
          <a href={`${hrefWith(`${pathOf(ctx)}/publier`, kept)}#cadre`}>{m.publish}</a>
        </li>
      </ul>
      {telephone ? (
        <p class="meta">
          {m.call} <a href={telHref(telephone)}>{telephone}</a>
        </p>
      ) : null}
    </section>
  );
};
