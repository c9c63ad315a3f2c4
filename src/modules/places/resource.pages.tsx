import type { FC } from 'hono/jsx';
import { addDays, type Day, dayOf, type Span, wholeDay } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { Button, DescriptionList, Notice, PageHead, Select, SlotList, Tag } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { tell } from '../../ui/told.ts';
import { bookingHref, isNeed, kindWord, needSentence, offersFor } from '../finding/index.ts';
import { placesMessages } from './places.messages.ts';
import type { ResourceCard, SiteCard } from './places.store.ts';
import { capacityWords, capital, priceWords, ruleWords } from './places.words.ts';
import { Picture, Telephone, Told } from './site.pages.tsx';

/** A day of the week shown: its free slots, or why there is none. */
export type DaySlots = { day: Day; slots: Span[]; none: 'past' | 'closed' | 'full' };

export type ResourcePageProps = {
  ctx: Ctx;
  site: SiteCard;
  resource: ResourceCard;
  monday: Day;
  week: DaySlots[];
  minutes: number;
  lengths: number[];
  /** Weeks that may be asked for; undefined where there is none. */
  previous: Day | undefined;
  next: Day | undefined;
};

/** A thing that can be booked: what it is, what it asks, and its week. */
export const ResourcePage: FC<ResourcePageProps> = (props) => {
  const { ctx, site, resource } = props;
  const words = placesMessages[ctx.locale].resource;
  const write = formatter(ctx.locale, site.timeZone);
  const telephone = site.telephone ?? ctx.territory.telephone;
  const siteName = tell(ctx, site.name);
  return (
    <>
      <PageHead
        title={tell(ctx, resource.name)}
        lead={<Told ctx={ctx} text={resource.summary} />}
        back={{ href: `/${ctx.locale}/lieux/${site.slug}`, label: siteName }}
        actions={
          <>
            <Tag>{kindWord(resource.kind, ctx.locale)}</Tag>
            <span class="price">{capital(priceWords(ctx, resource, telephone, write), ctx.locale)}</span>
            {resource.minimumAge === null ? null : (
              <span>{capital(words.fromAge(resource.minimumAge), ctx.locale)}</span>
            )}
          </>
        }
      />
      <WeekSlots {...props} />
      <section class="stack" aria-labelledby="facts-title">
        <h2 id="facts-title">{words.what}</h2>
        <div class="place-facts">
          <Picture ctx={ctx} photo={resource.photo} alt={resource.photoAlt} line={resource.line} />
          <DescriptionList items={factsOf(props, telephone)} />
        </div>
      </section>
      <section class="stack" aria-labelledby="rules-title">
        <h2 id="rules-title">{words.rules}</h2>
        <ul>
          {ruleWords(ctx, resource, write).map((rule) => (
            <li>{rule}</li>
          ))}
        </ul>
        {telephone ? (
          <p>
            {words.help} <Telephone number={telephone} />
          </p>
        ) : null}
      </section>
      {resource.demonstration ? <Notice>{placesMessages[ctx.locale].site.demonstration}</Notice> : null}
    </>
  );
};

function factsOf({ ctx, site, resource }: ResourcePageProps, telephone: string | null) {
  const words = placesMessages[ctx.locale].resource;
  const write = formatter(ctx.locale, site.timeZone);
  const links = (some: ResourceCard['contents']) =>
    some.length === 0
      ? null
      : some.map((one, index) => (
          <>
            {index > 0 ? ', ' : ''}
            <a href={`/${ctx.locale}/lieux/${site.slug}/${one.slug}`}>{tell(ctx, one.name)}</a>
          </>
        ));
  const where = [tell(ctx, site.name), tell(ctx, resource.spaceName), tell(ctx, resource.floor)];
  return [
    { term: words.where, value: where.filter(Boolean).join(', ') },
    { term: words.capacity, value: capacityWords(ctx, resource) },
    { term: words.price, value: priceWords(ctx, resource, telephone, write) },
    { term: words.age, value: resource.minimumAge === null ? null : words.fromAge(resource.minimumAge) },
    {
      term: words.useFor,
      value: resource.needs
        .filter(isNeed)
        .map((need) => needSentence(need, ctx.locale).toLocaleLowerCase(ctx.locale))
        .join(', '),
    },
    { term: words.equipment, value: resource.equipment.map((item) => tell(ctx, item)).join(', ') },
    { term: words.requirement, value: tell(ctx, resource.requirement) },
    { term: words.contains, value: links(resource.contents) },
    { term: words.within, value: links(resource.containers) },
  ];
}

const WeekSlots: FC<ResourcePageProps> = ({ ctx, site, resource, monday, week, minutes, lengths, ...others }) => {
  const words = placesMessages[ctx.locale].resource;
  const write = formatter(ctx.locale, site.timeZone);
  const noon = (day: Day) => wholeDay(day, site.timeZone).start;
  const name = tell(ctx, resource.name);
  const path = `/${ctx.locale}/lieux/${site.slug}/${resource.slug}`;
  const weekHref = (day: Day) => `${path}?jour=${day}&duree=${minutes}`;
  const today = dayOf(ctx.now, site.timeZone);
  const shown = week.filter((day) => day.none !== 'past');
  return (
    <section class="stack" aria-labelledby="week-title">
      <h2 id="week-title">{words.week(write.day(noon(monday)), write.day(noon(addDays(monday, 6))))}</h2>
      <form class="place-length" method="get" action={path}>
        <input type="hidden" name="jour" value={monday < today ? today : monday} />
        <Select
          label={words.length}
          name="duree"
          plain
          value={String(minutes)}
          options={lengths.map((length) => ({ value: String(length), label: write.duration(length) }))}
        />
        <Button kind="secondary">{words.show}</Button>
      </form>
      <div>
        {shown.map((day) => {
          const label = write.day(noon(day.day));
          return (
            <div class="place-day">
              <h3>{label}</h3>
              {day.slots.length > 0 ? (
                <SlotList
                  label={label}
                  slots={day.slots.map((slot) => ({
                    href: bookingHref(ctx.locale, resource.slug, slot, 1, site.timeZone),
                    label: write.range(slot.start, slot.end),
                    about: words.slotAbout(name, label),
                  }))}
                />
              ) : (
                <>
                  <p class="meta">{day.none === 'closed' ? words.closed : words.none}</p>
                  {day.none === 'full'
                    ? offersFor(ctx, {
                        values: { ressource: resource.slug, jour: day.day, duree: String(minutes) },
                        free: false,
                        about: label,
                      })
                    : null}
                </>
              )}
            </div>
          );
        })}
      </div>
      {others.previous || others.next ? (
        <nav class="pagination" aria-label={words.weeks}>
          {others.previous ? (
            <a class="button button-secondary" rel="prev" href={weekHref(others.previous)}>
              <span aria-hidden="true">← </span>
              {words.previous}
            </a>
          ) : null}
          {others.next ? (
            <a class="button button-secondary" rel="next" href={weekHref(others.next)}>
              {words.next}
              <span aria-hidden="true"> →</span>
            </a>
          ) : null}
        </nav>
      ) : null}
    </section>
  );
};
