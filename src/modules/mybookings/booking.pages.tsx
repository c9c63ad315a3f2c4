import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import {
  DescriptionList,
  LargeSlip,
  LineBullet,
  Lines,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  Tag,
  type TagKind,
} from '../../ui/components/index.ts';
import { telHref } from '../../ui/layout.tsx';
import {
  type BookingState,
  type BookingView,
  bookingPath,
  formatOf,
  type Gesture,
  minutesOf,
  permanentAddress,
  placeOf,
  priceOf,
  QrCard,
  QrCode,
  ruleSentences,
  stateOf,
  tooLateSentence,
  When,
  whenOf,
  words,
} from '../notices/index.ts';
import type { Seen } from './access.ts';
import { bookingMessages } from './booking.messages.ts';
import { whatCanBeDone } from './gestures.ts';
import type { StoryLine } from './story.ts';

const tones: Record<BookingState, TagKind> = {
  requested: 'info',
  held: 'warning',
  option: 'info',
  expired: 'bad',
  confirmed: 'good',
  checked_in: 'good',
  done: 'plain',
  cancelled: 'plain',
  displaced: 'bad',
  no_show: 'bad',
};

/** The state of a booking in words, its mark doubling the colour. */
export const StateTag: FC<{ ctx: Ctx; view: BookingView }> = ({ ctx, view }) => {
  const state = stateOf(view, ctx.now);
  return <Tag kind={tones[state]}>{words[ctx.locale].states[state]}</Tag>;
};

/** The address of a booking or of one of its gestures, for this reader. */
export const hrefOf = (
  ctx: Ctx,
  { view, key }: Pick<Seen, 'view' | 'key'>,
  gesture: Gesture = '',
  query: Record<string, string> = {},
): string => `/${ctx.locale}${bookingPath(view.reference, gesture, key, query)}`;

const Gestures: FC<{ ctx: Ctx; seen: Seen }> = ({ ctx, seen }) => {
  const m = bookingMessages[ctx.locale];
  const { view, team, owner, key } = seen;
  const can = whatCanBeDone(view, ctx.now, team);
  const state = stateOf(view, ctx.now);
  const hidden: Record<string, string> = key ? { cle: key } : {};
  const { site, slug } = view.resource;
  return (
    <div class="stack">
      <div class="cluster no-print">
        {state === 'held' && !team ? (
          <LinkButton kind="primary" href={`/${ctx.locale}/reservations/${view.reference}/confirmation`}>
            {m.confirmNow}
          </LinkButton>
        ) : null}
        {can.arrive ? (
          <PostButton
            kind="primary"
            action={hrefOf(ctx, { view, key: undefined }, 'presence')}
            label={team && !owner ? m.arriveTeam : m.arrive}
            hidden={hidden}
            version={view.version}
          />
        ) : null}
        {can.leave ? <LinkButton href={hrefOf(ctx, seen, 'fin')}>{m.leave}</LinkButton> : null}
        {can.move ? (
          <LinkButton kind={state === 'displaced' ? 'primary' : 'secondary'} href={hrefOf(ctx, seen, 'deplacement')}>
            {state === 'displaced' ? m.chooseAgain : m.move}
          </LinkButton>
        ) : null}
        {state === 'confirmed' || state === 'checked_in' ? (
          <>
            <LinkButton href={hrefOf(ctx, seen, 'agenda.ics')}>{m.calendar}</LinkButton>
            <LinkButton href={hrefOf(ctx, seen, 'bulletin')}>{m.slip}</LinkButton>
          </>
        ) : null}
        {can.cancel ? (
          <LinkButton kind="danger" href={hrefOf(ctx, seen, 'annulation')}>
            {m.cancel}
          </LinkButton>
        ) : null}
        {['expired', 'cancelled', 'done', 'no_show'].includes(state) ? (
          <LinkButton href={`/${ctx.locale}/lieux/${site.slug}/${slug}`}>{m.again}</LinkButton>
        ) : null}
      </div>
      {can.tooLate ? <p>{tooLateSentence(ctx, view, ctx.locale)}</p> : null}
    </div>
  );
};

/** Everything about one booking, and every gesture on it. */
export const BookingPage: FC<{
  ctx: Ctx;
  seen: Seen;
  together: readonly BookingView[];
  story: readonly StoryLine[];
  done: keyof (typeof bookingMessages)['fr']['saved'] | undefined;
}> = ({ ctx, seen, together, story, done }) => {
  const { locale } = ctx;
  const m = bookingMessages[locale];
  const main = ctx.territory.mainLanguage;
  const { view, owner } = seen;
  const { resource } = view;
  const telephone = resource.site.telephone ?? ctx.territory.telephone;
  const state = stateOf(view, ctx.now);
  const live = state === 'confirmed' || state === 'checked_in' || state === 'requested';
  return (
    <>
      <PageHead
        title={
          <>
            {resource.line ? <LineBullet letter={resource.line.letter} colour={resource.line.colour} /> : null}{' '}
            {say(resource.name, locale, main)}
          </>
        }
        lead={<When view={view} locale={locale} />}
        back={ctx.actor.kind === 'person' && owner ? { href: `/${locale}/mes-reservations`, label: m.back } : undefined}
      />
      {done ? (
        <div class="no-print">
          <Notice kind="good">{m.saved[done]}</Notice>
        </div>
      ) : null}
      <p>
        <StateTag ctx={ctx} view={view} />
      </p>
      <Gestures ctx={ctx} seen={seen} />
      <div class="columns">
        <DescriptionList
          items={[
            { term: m.where, value: <Lines lines={placeOf(resource, locale, main)} /> },
            { term: m.telephone, value: telephone ? <a href={telHref(telephone)}>{telephone}</a> : '' },
            { term: m.people, value: words[locale].people(view.people) },
            { term: m.bookedBy, value: view.person.name },
            { term: m.organisation, value: view.organisation },
            { term: m.purpose, value: view.purpose },
            { term: m.price, value: live ? priceOf(resource, minutesOf(view), locale) : '' },
            { term: m.number, value: <span class="reference">{view.reference}</span> },
            { term: m.rules, value: live ? <Lines lines={ruleSentences(view, locale, main, ctx.now)} /> : '' },
            { term: m.come, value: live ? say(resource.site.howToCome, locale, main) : '' },
          ]}
        />
        {live ? (
          <QrCard
            publicUrl={ctx.publicUrl}
            reference={view.reference}
            label={m.qrLabel(view.reference)}
            text={m.qrText}
          />
        ) : null}
      </div>
      <Together ctx={ctx} view={view} all={together} linked={ctx.actor.kind === 'person'} />
      <section class="section no-print" aria-labelledby="story">
        <h2 id="story">{m.story}</h2>
        <ol class="story">
          {story.map((line) => (
            <li>
              <span class="story-when">{line.when}</span>
              <span>{line.text}</span>
              <span class="meta">{line.who}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
};

/** The other bookings of one request, or the other dates of a series. */
const Together: FC<{ ctx: Ctx; view: BookingView; all: readonly BookingView[]; linked: boolean }> = ({
  ctx,
  view,
  all,
  linked,
}) => {
  const m = bookingMessages[ctx.locale];
  if (all.length < 2) return null;
  return (
    <section class="section" aria-labelledby="with">
      <h2 id="with">{view.seriesId ? m.series : m.together}</h2>
      <ul class="together-list">
        {all.map((other) => {
          const name = say(other.resource.name, ctx.locale, ctx.territory.mainLanguage);
          const text = `${name}, ${whenOf(other, ctx.locale)}`;
          return (
            <li>
              {linked && other.id !== view.id ? (
                <a href={`/${ctx.locale}${bookingPath(other.reference)}`}>{text}</a>
              ) : (
                <span aria-current={other.id === view.id ? 'true' : undefined}>{text}</span>
              )}{' '}
              <StateTag ctx={ctx} view={other} />
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** The booking in very large type, to be printed and carried. */
export const SlipPage: FC<{ ctx: Ctx; seen: Seen }> = ({ ctx, seen: { view, ...rest } }) => {
  const { locale } = ctx;
  const m = bookingMessages[locale];
  const main = ctx.territory.mainLanguage;
  const format = formatOf(view.resource, locale);
  const telephone = view.resource.site.telephone ?? ctx.territory.telephone;
  return (
    <>
      <p class="no-print">
        <a class="back" href={hrefOf(ctx, { view, key: rest.key })}>
          <span aria-hidden="true">← </span>
          {m.backBooking}
        </a>{' '}
        {m.print}
      </p>
      <LargeSlip
        title={m.slipTitle}
        lines={[
          { term: m.slipDay, value: format.dayLong(view.start) },
          { term: m.slipTime, value: format.range(view.start, view.end) },
          { term: m.slipWhat, value: say(view.resource.name, locale, main) },
          { term: m.slipPlace, value: <Lines lines={placeOf(view.resource, locale, main)} /> },
          { term: m.number, value: view.reference },
        ]}
        code={<QrCode text={permanentAddress(ctx.publicUrl, view.reference)} label={m.qrLabel(view.reference)} />}
        footer={telephone ? <p>{m.slipCall(telephone)}</p> : null}
      />
    </>
  );
};
