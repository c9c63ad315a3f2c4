import type { Child, FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { EmptyState, LineBullet, LinkButton, PageHead, Pagination } from '../../ui/components/index.ts';
import { type BookingView, bookingPath, formatOf, placeOf, stateOf } from '../notices/index.ts';
import { bookingMessages } from './booking.messages.ts';
import { StateTag } from './booking.pages.tsx';
import { whatCanBeDone } from './gestures.ts';

/** One booking of the list: when and where first, its gestures at hand. */
const Card: FC<{ ctx: Ctx; view: BookingView; level: 2 | 3 }> = ({ ctx, view, level }) => {
  const { locale } = ctx;
  const m = bookingMessages[locale];
  const main = ctx.territory.mainLanguage;
  const { resource } = view;
  const format = formatOf(resource, locale);
  const can = whatCanBeDone(view, ctx.now, false);
  const Heading = level === 2 ? 'h2' : 'h3';
  const name = say(resource.name, locale, main);
  const about = `${name}, ${format.dayTime(view.start)}`;
  const href = (gesture: Parameters<typeof bookingPath>[1] = '') => `/${locale}${bookingPath(view.reference, gesture)}`;
  const state = stateOf(view, ctx.now);
  const sameDay = format.isoDay(view.start) === format.isoDay(new Date(view.end.getTime() - 1));
  return (
    <article class="result">
      {resource.line ? <LineBullet letter={resource.line.letter} colour={resource.line.colour} /> : <span />}
      <div class="result-body">
        <Heading class="result-title">
          <a href={href()}>{name}</a>
        </Heading>
        <p>
          {sameDay ? (
            <>
              <strong>{format.relativeDay(view.start, ctx.now)}</strong>, {format.range(view.start, view.end)}
            </>
          ) : (
            <strong>{format.range(view.start, view.end)}</strong>
          )}
        </p>
        <p class="meta">{placeOf(resource, locale, main).join(' · ')}</p>
        {state === 'confirmed' ? null : (
          <p>
            <StateTag ctx={ctx} view={view} />
          </p>
        )}
        {can.move || can.cancel || can.arrive ? (
          <p class="cluster mine-gestures">
            {can.arrive ? (
              <LinkButton kind="primary" href={href('presence')}>
                {m.arrive} <span class="hidden">{about}</span>
              </LinkButton>
            ) : null}
            {can.move ? (
              <LinkButton kind="quiet" href={href('deplacement')}>
                {state === 'displaced' ? m.chooseAgain : m.move} <span class="hidden">{about}</span>
              </LinkButton>
            ) : null}
            {state === 'confirmed' ? (
              <LinkButton kind="quiet" href={href('agenda.ics')}>
                {m.calendarShort} <span class="hidden">{about}</span>
              </LinkButton>
            ) : null}
            {can.cancel ? (
              <LinkButton kind="quiet" href={href('annulation')}>
                {m.cancel} <span class="hidden">{about}</span>
              </LinkButton>
            ) : null}
          </p>
        ) : null}
      </div>
    </article>
  );
};

/** One's bookings: to come, or past. */
export const MinePage: FC<{
  ctx: Ctx;
  views: readonly BookingView[];
  past: boolean;
  /** What other modules keep for this person. */
  sections: readonly Child[];
  previous: string | undefined;
  next: string | undefined;
}> = ({ ctx, views, past, sections, previous, next }) => {
  const { locale } = ctx;
  const m = bookingMessages[locale];
  const root = `/${locale}/mes-reservations`;
  return (
    <>
      <PageHead
        title={m.mine}
        lead={past ? m.past : undefined}
        actions={
          past ? (
            <LinkButton href={root}>{m.upcomingLink}</LinkButton>
          ) : (
            <>
              <LinkButton kind="primary" href={`/${locale}`}>
                {m.find}
              </LinkButton>
              <LinkButton href={`${root}?passees=1`}>{m.pastLink}</LinkButton>
            </>
          )
        }
      />
      {views.length === 0 && sections.length > 0 ? null : views.length === 0 ? (
        <EmptyState
          title={past ? m.emptyPast : m.empty}
          action={
            <LinkButton kind="primary" href={`/${locale}`}>
              {m.find}
            </LinkButton>
          }
        >
          {past ? null : <p>{m.emptyText}</p>}
        </EmptyState>
      ) : (
        <div class="results">
          {views.map((view) => (
            <Card ctx={ctx} view={view} level={2} />
          ))}
        </div>
      )}
      <Pagination previous={previous} next={next} />
      {sections}
      {past ? null : (
        <p>
          <a href={`/${locale}/compte`}>{m.feed}</a>
        </p>
      )}
    </>
  );
};

/** The next bookings, on the account page. */
export const NextBookings: FC<{ ctx: Ctx; views: readonly BookingView[]; others: readonly Child[] }> = ({
  ctx,
  views,
  others,
}) => {
  const m = bookingMessages[ctx.locale];
  // Who only comes to workshops is not told that nothing is booked.
  if (views.length === 0 && others.length > 0) return <>{others}</>;
  return (
    <>
      <section class="section stack" aria-labelledby="my-bookings">
        <h2 id="my-bookings">{m.mine}</h2>
        {views.length === 0 ? (
          <p>{m.empty}</p>
        ) : (
          <div class="results">
            {views.map((view) => (
              <Card ctx={ctx} view={view} level={3} />
            ))}
          </div>
        )}
        <p>
          <a href={`/${ctx.locale}/mes-reservations`}>{m.allMine}</a>
        </p>
      </section>
      {others}
    </>
  );
};
