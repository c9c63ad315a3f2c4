import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { FormValues } from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Booked, cancel, checkIn, endEarly, type Target } from '../booking/index.ts';
import {
  answerCalendar,
  bookingCalendar,
  bookingPath,
  formatOf,
  type Gesture,
  type Refused,
  refusedBy,
  storyOf,
  viewsTogether,
} from '../notices/index.ts';
import { type Seen, seen } from './access.ts';
import { bookingMessages } from './booking.messages.ts';
import { BookingPage, SlipPage } from './booking.pages.tsx';
import { AskPage, ReasonField } from './gestures.pages.tsx';
import { whatCanBeDone } from './gestures.ts';
import { tellLine } from './story.ts';

const root = '/:locale{fr|nl|en}/reservations/:ref{[2-9A-Za-z]{10}}';
const done = ['annulation', 'deplacement', 'presence', 'fin', 'confirmation', 'demande'] as const;

async function showBooking(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const look = await seen(c);
  const { view, owner } = look;
  const format = formatOf(view.resource, ctx.locale);
  const reader = { locale: ctx.locale, personId: view.person.id, readerIsOwner: owner, format };
  const story = (await storyOf(ctx, view.id)).map((told) => tellLine(told, reader));
  const together = await viewsTogether(ctx, view);
  const said = done.find((one) => one === readQuery(c).fait);
  const title = say(view.resource.name, ctx.locale, ctx.territory.mainLanguage);
  return page(c, { title }, <BookingPage ctx={ctx} seen={look} together={together} story={story} done={said} />);
}

async function showSlip(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const look = await seen(c);
  return page(c, { title: bookingMessages[ctx.locale].slipTitle }, <SlipPage ctx={ctx} seen={look} />);
}

async function sendCalendar(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { view } = await seen(c);
  c.header('X-Robots-Tag', 'noindex');
  return answerCalendar(c, bookingCalendar(ctx, [view], ctx.locale), `${view.reference}.ics`, false);
}

/** What a form says of the booking it acts on. */
export const targetOf = (look: Seen, values: FormValues): Target => {
  const version = Number(values.version);
  return {
    booking: look.view.id,
    key: look.key,
    ...(Number.isInteger(version) && version > 0 ? { version } : {}),
  };
};

type Asked = { gesture: Gesture; refused?: Refused; values?: FormValues };

function ask(c: Web, look: Seen, { gesture, refused, values = {} }: Asked): Response {
  const { ctx } = c.var;
  const m = bookingMessages[ctx.locale];
  const common = { ctx, seen: look, gesture, refused: refused?.reasons ?? [] };
  const status = refused?.status ?? 200;
  if (gesture === 'annulation') {
    const needed = look.team && !look.owner;
    return page(
      c,
      { title: m.cancelTitle, status },
      <AskPage {...common} title={m.cancelTitle} text={m.cancelText} yes={m.cancelYes} no={m.cancelNo} danger>
        {needed ? <ReasonField ctx={ctx} value={values.motif ?? ''} needed={needed} /> : null}
      </AskPage>,
    );
  }
  if (gesture === 'fin') {
    return page(
      c,
      { title: m.leaveTitle, status },
      <AskPage {...common} title={m.leaveTitle} text={m.leaveText} yes={m.leaveYes} no={m.leaveNo} />,
    );
  }
  const yes = look.team && !look.owner ? m.arriveTeam : m.arrive;
  return page(
    c,
    { title: m.arriveTitle, status },
    <AskPage {...common} title={m.arriveTitle} text={m.arriveText} yes={yes} />,
  );
}

/** Too late to change it oneself: the booking's page says since when, and whom to call. */
export const isPastDeadline = (c: Web, { view, team }: Seen): boolean =>
  whatCanBeDone(view, c.var.ctx.now, team).tooLate;

export const toBooking = (c: Web, { view, key }: Seen): Response => seeOther(c, bookingPath(view.reference, '', key));

type Act = (ctx: Ctx, target: Target, values: FormValues) => Promise<Booked>;

/** A gesture: GET asks, POST acts and goes back to the booking; refused, it says why on the same page. */
function gestureRoute(app: Hono<Env>, gesture: 'annulation' | 'presence' | 'fin', act: Act): void {
  app.get(`${root}/${gesture}`, async (c) => {
    const look = await seen(c);
    return gesture === 'annulation' && isPastDeadline(c, look) ? toBooking(c, look) : ask(c, look, { gesture });
  });
  app.post(`${root}/${gesture}`, async (c) => {
    const values = await readForm(c);
    const look = await seen(c, values.cle);
    try {
      await act(c.var.ctx, targetOf(look, values), values);
    } catch (error) {
      return ask(c, look, { gesture, values, refused: refusedBy(c.var.ctx, error, look.view.resource.site.timeZone) });
    }
    return seeOther(c, bookingPath(look.view.reference, '', look.key, { fait: gesture }));
  });
}

/** A booking, its slip, its calendar file, and what can be done with it but moving it. */
export function bookingRoutes(app: Hono<Env>): void {
  app.get(root, showBooking);
  app.get(`${root}/bulletin`, showSlip);
  app.get(`${root}/agenda.ics`, sendCalendar);
  gestureRoute(app, 'annulation', (ctx, target, values) =>
    cancel(ctx, { ...target, reason: values.motif?.trim().slice(0, 500) || undefined }),
  );
  gestureRoute(app, 'presence', (ctx, target) => checkIn(ctx, target));
  gestureRoute(app, 'fin', (ctx, target) => endEarly(ctx, target));
}
