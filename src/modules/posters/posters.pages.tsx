import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import { Button, EmptyState, LinkButton, type MapPoint, PageHead, PointMap } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { QrCode } from '../notices/index.ts';
import { mapFrame } from '../places/index.ts';
import { postersMessages } from './posters.messages.ts';
import { aboardAll, byVillage, type Village } from './posters.rules.ts';
import type { StopDate } from './posters.store.ts';

const mapWidth = 640;
const mapMargin = 56;
const mostDates = 8;

const inWords = (ctx: Ctx, text: I18nText): string => say(text, ctx.locale, ctx.territory.mainLanguage);

/** What is aboard is written once, in the main language: marked for those who listen to another. */
const langOf = (ctx: Ctx): string | undefined =>
  ctx.locale === ctx.territory.mainLanguage ? undefined : ctx.territory.mainLanguage;

const TourMap: FC<{ ctx: Ctx; villages: Village<StopDate>[] }> = ({ ctx, villages }) => {
  const m = postersMessages[ctx.locale];
  if (villages.length < 2) return null;
  const frame = mapFrame(
    villages.map(({ dates }) => dates[0]!),
    mapWidth,
    mapMargin,
  );
  const points = villages.map(({ code, name, dates }): MapPoint => {
    const { start, timeZone } = dates[0]!;
    return {
      ...frame.place(dates[0]!),
      label: name,
      href: `#c-${code}`,
      kind: 'mobile',
      detail: m.next(formatter(ctx.locale, timeZone).relativeDay(start, ctx.now)),
    };
  });
  return (
    <section class="stack" aria-labelledby="carte">
      <h2 id="carte">{m.map}</h2>
      <PointMap title={m.map} width={frame.width} height={frame.height} points={points} />
    </section>
  );
};

const VillagePart: FC<{ ctx: Ctx; village: Village<StopDate> }> = ({ ctx, village }) => {
  const m = postersMessages[ctx.locale];
  const { locale } = ctx;
  const near = encodeURIComponent(village.name);
  const aboard = aboardAll(village.dates);
  return (
    <section class="stack village" id={`c-${village.code}`}>
      <h3>{village.name}</h3>
      <ul>
        {village.dates.slice(0, mostDates).map((date) => {
          const write = formatter(locale, date.timeZone);
          const where = [inWords(ctx, date.place), date.address].filter(Boolean).join(', ');
          return (
            <li>
              <b>{write.day(date.start)}</b>, {write.range(date.start, date.end)}
              {where ? <span class="village-where">{where}</span> : null}
            </li>
          );
        })}
      </ul>
      {aboard.length > 0 ? (
        <p>
          {m.inside}
          {locale === 'fr' ? '\u00a0: ' : ': '}
          <span lang={langOf(ctx)}>{aboard.join(', ')}</span>
        </p>
      ) : null}
      <div class="cluster">
        <LinkButton href={`/${locale}/trouver?pres=${near}`}>
          {m.book}
          <span class="hidden"> {village.name}</span>
        </LinkButton>
        <LinkButton href={`/${locale}/rendez-vous?pres=${near}`}>
          {m.help}
          <span class="hidden"> {village.name}</span>
        </LinkButton>
        <LinkButton kind="quiet" href={`/${locale}/tournee/affiche/${village.code}`}>
          {m.poster}
          <span class="hidden"> {village.name}</span>
        </LinkButton>
      </div>
    </section>
  );
};

/** Where the bus stops, village by village: for whoever asks when it comes. */
export const TourPage: FC<{ ctx: Ctx; dates: StopDate[] }> = ({ ctx, dates }) => {
  const m = postersMessages[ctx.locale];
  const villages = byVillage(dates, ctx.locale);
  return (
    <>
      <PageHead title={m.title} lead={m.lead} />
      {villages.length === 0 ? (
        <EmptyState title={m.none}>
          <p>{m.noneText}</p>
        </EmptyState>
      ) : (
        <div class="stack">
          <section class="stack" aria-labelledby="villages">
            <h2 id="villages">{m.villages}</h2>
            {villages.map((village) => (
              <VillagePart ctx={ctx} village={village} />
            ))}
          </section>
          <TourMap ctx={ctx} villages={villages} />
        </div>
      )}
    </>
  );
};

/** One sheet of A4 for the town hall's window: big letters, the next dates, what is aboard, whom to call. */
export const PosterPage: FC<{ ctx: Ctx; village: string; dates: StopDate[] }> = ({ ctx, village, dates }) => {
  const m = postersMessages[ctx.locale];
  const aboard = aboardAll(dates);
  const telephone = dates[0]?.telephone ?? ctx.territory.telephone;
  const shown = dates.slice(0, 6);
  return (
    <div class="poster">
      <p class="back no-print">
        <a href={`/${ctx.locale}/tournee`}>← {m.back}</a>
      </p>
      <p class="no-print">
        <span data-print-hint class="soft">
          {m.printHint}
        </span>
        <span data-print hidden>
          <Button type="button" kind="secondary">
            {m.print}
          </Button>
        </span>
      </p>
      <h1 class="poster-title">{m.posterTitle(village)}</h1>
      {shown.length === 0 ? <p class="poster-lead">{m.noDates}</p> : <p class="poster-lead">{m.free}</p>}
      {shown.length > 0 ? (
        <section>
          <h2>{m.dates}</h2>
          <ul class="poster-dates">
            {shown.map((date) => {
              const write = formatter(ctx.locale, date.timeZone);
              return (
                <li>
                  <b>{write.day(date.start)}</b>
                  <span>{write.range(date.start, date.end)}</span>
                  <span>{[inWords(ctx, date.place), date.address].filter(Boolean).join(', ')}</span>
                </li>
              );
            })}
          </ul>
        </section>
      ) : null}
      {aboard.length > 0 ? (
        <section>
          <h2>{m.inside}</h2>
          <p class="poster-lead" lang={langOf(ctx)}>
            {aboard.join(' · ')}
          </p>
        </section>
      ) : null}
      <div class="poster-foot">
        {telephone ? (
          <p>
            {m.call}
            <br />
            <a class="poster-phone" href={telHref(telephone)}>
              {telephone}
            </a>
          </p>
        ) : null}
        <div class="poster-qr">
          <p>{m.scan}</p>
          <QrCode text={`${ctx.publicUrl}/${ctx.locale}/tournee`} label={m.qr} />
        </div>
      </div>
    </div>
  );
};
