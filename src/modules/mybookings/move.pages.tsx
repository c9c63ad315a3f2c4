import type { FC } from 'hono/jsx';
import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DescriptionList,
  Field,
  LinkButton,
  Notice,
  PageHead,
  Select,
  SlotList,
} from '../../ui/components/index.ts';
import {
  formatOf,
  type Instead,
  InsteadList,
  minutesOf,
  placeOf,
  priceOf,
  Reasons,
  type ResourceView,
  When,
  whenOf,
  writeSpan,
} from '../notices/index.ts';
import type { Seen } from './access.ts';
import { bookingMessages } from './booking.messages.ts';
import { hrefOf } from './booking.pages.tsx';

export type FreeDay = { day: string; at: Date; slots: Span[] };

export type MoveView = {
  ctx: Ctx;
  seen: Seen;
  days: FreeDay[];
  day: string;
  minutes: number;
  people: number;
  earlier: string | undefined;
  later: string;
  elsewhere: readonly Instead[];
  lengths: number[];
};

/** When else the same thing is free, day by day, and what else is free at the same time. */
export const MovePage: FC<{ view: MoveView }> = ({ view }) => {
  const { ctx, seen, days, day, minutes, people, earlier, later, elsewhere, lengths } = view;
  const { locale } = ctx;
  const m = bookingMessages[locale];
  const { resource } = seen.view;
  const format = formatOf(resource, locale);
  const query = { duree: String(minutes), personnes: String(people) };
  const displaced = seen.view.status === 'displaced';
  const other = (
    <InsteadList
      ctx={ctx}
      found={elsewhere}
      people={people}
      title={m.moveElsewhere}
      href={(one) =>
        hrefOf(ctx, seen, 'deplacement', {
          ...writeSpan(one, resource),
          ressource: one.slug,
          personnes: String(people),
        })
      }
    />
  );
  return (
    <>
      <PageHead
        title={m.moveTitle(say(resource.name, locale, ctx.territory.mainLanguage))}
        lead={m.moveLead(whenOf(seen.view, locale))}
        back={{ href: hrefOf(ctx, seen), label: m.backBooking }}
      />
      <form method="get" action={hrefOf(ctx, { ...seen, key: undefined }, 'deplacement')} class="move-form">
        {seen.key ? <input type="hidden" name="cle" value={seen.key} /> : null}
        <Field label={m.moveDay} name="jour" type="date" value={day} plain />
        <Select
          label={m.moveDuration}
          name="duree"
          value={String(minutes)}
          options={lengths.map((length) => ({ value: String(length), label: format.duration(length) }))}
          plain
        />
        <Field
          label={m.movePeople}
          name="personnes"
          type="number"
          inputmode="numeric"
          min={1}
          value={String(people)}
          plain
        />
        <Button kind="secondary">{m.moveSee}</Button>
      </form>
      {displaced ? other : null}
      {days.map((free) => (
        <section class="section" aria-labelledby={`day-${free.day}`}>
          <h2 id={`day-${free.day}`}>{format.day(free.at)}</h2>
          {free.slots.length === 0 ? (
            <p class="meta">{m.moveNone}</p>
          ) : (
            <SlotList
              label={format.day(free.at)}
              slots={free.slots.map((slot) => ({
                href: hrefOf(ctx, seen, 'deplacement', { ...writeSpan(slot, resource), personnes: String(people) }),
                label: format.range(slot.start, slot.end),
              }))}
            />
          )}
        </section>
      ))}
      <div class="cluster">
        {earlier ? (
          <LinkButton href={hrefOf(ctx, seen, 'deplacement', { ...query, jour: earlier })}>{m.moveEarlier}</LinkButton>
        ) : null}
        <LinkButton href={hrefOf(ctx, seen, 'deplacement', { ...query, jour: later })}>{m.moveLater}</LinkButton>
      </div>
      {displaced ? null : other}
    </>
  );
};

export type MoveTo = Span & { resource: ResourceView; people: number };

/** The move, asked once more: from what to what. */
export const MoveConfirmPage: FC<{ ctx: Ctx; seen: Seen; to: MoveTo; refused: readonly Explained[] }> = ({
  ctx,
  seen,
  to,
  refused,
}) => {
  const { locale } = ctx;
  const m = bookingMessages[locale];
  const main = ctx.territory.mainLanguage;
  const { view, key } = seen;
  const described = (one: Span & { resource: ResourceView }) => (
    <>
      <strong>
        <When view={one} locale={locale} />
      </strong>
      <br />
      {say(one.resource.name, locale, main)}
      <br />
      <span class="meta">{placeOf(one.resource, locale, main).join(' · ')}</span>
    </>
  );
  const format = formatOf(to.resource, locale);
  const { debut, fin } = writeSpan(to, to.resource);
  return (
    <>
      <PageHead title={m.moveConfirmTitle} back={{ href: hrefOf(ctx, seen, 'deplacement'), label: m.moveNo }} />
      <Reasons ctx={ctx} site={to.resource.site} title={m.refused} reasons={refused} />
      <DescriptionList
        items={[
          { term: m.moveFrom, value: described(view) },
          { term: m.moveTo, value: described(to) },
          { term: m.price, value: priceOf(to.resource, minutesOf(to), locale) },
        ]}
      />
      {view.status === 'displaced' ? <Notice>{m.chooseAgain}</Notice> : null}
      <form method="post" action={hrefOf(ctx, { view, key: undefined }, 'deplacement')} class="cluster">
        {key ? <input type="hidden" name="cle" value={key} /> : null}
        <input type="hidden" name="version" value={String(view.version)} />
        <input type="hidden" name="debut" value={debut} />
        <input type="hidden" name="fin" value={fin} />
        <input type="hidden" name="ressource" value={to.resource.slug} />
        <input type="hidden" name="personnes" value={String(to.people)} />
        <Button>{m.moveYes(`${format.dayShort(to.start)}, ${format.range(to.start, to.end)}`)}</Button>
        <LinkButton href={hrefOf(ctx, seen, 'deplacement')}>{m.moveNo}</LinkButton>
      </form>
    </>
  );
};
