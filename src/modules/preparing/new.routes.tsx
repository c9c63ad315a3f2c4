import type { Hono } from 'hono';
import { addDays, dayOf } from '../../core/clock.ts';
import { notFound } from '../../core/errors.ts';
import { requestHash, uuidOf, withIdempotency } from '../../core/idempotency.ts';
import { isUuid, newId } from '../../core/ids.ts';
import { type Env, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { enterSite, type Pen } from '../day/index.ts';
import { type PlanInput, type Planned, planSessions, previewPlan, type SessionFields } from '../sessions/index.ts';
import { blank, type Form, refused } from '../setup/index.ts';
import { type SessionView, sessionByReference } from '../timetable/index.ts';
import { applyChanges, readChanges } from './changes.rules.ts';
import { type Dates, readDates, readNew, readSent, whenValues } from './form.read.ts';
import { valuesOf } from './form.values.ts';
import { NewPage, PreviewPage } from './new.pages.tsx';
import { type Options, readOptions } from './options.store.ts';
import { commonWays, dateViews } from './preview.ts';
import { programmeMessages } from './programme.messages.ts';
import { takingsOf } from './taken.ts';

/** Planning: a form, what stands in the way, then it is kept. */
export function newRoutes(app: Hono<Env>): void {
  app.get('/:locale/equipe/:site/programme/nouvelle', async (c) => {
    const pen = await enterSite(c);
    const query = readQuery(c);
    const options = await readOptions(pen.ctx, pen.site.id);
    const parent = await eventOf(pen, query.evenement);
    const like = await sessionOf(pen, query.copie);
    return showForm(c, pen, options, startOf(pen, parent, like), parent);
  });

  app.post('/:locale/equipe/:site/programme/nouvelle', async (c) => {
    const pen = await enterSite(c);
    const form = await readSent(c);
    const options = await readOptions(pen.ctx, pen.site.id);
    const parent = await eventOf(pen, form.values.evenement);
    const { geste } = form.values;
    const said = await readNew(pen, options, form);
    const when = readDates(pen, form, options.country);
    const errors = { ...(said.ok ? {} : said.errors), ...(when.ok ? {} : when.errors) };
    if (!said.ok || !when.ok) return showForm(c, pen, options, { ...form, errors, status: 422 }, parent);
    if (geste === 'modifier')
      return showForm(c, pen, options, { ...form, ticked: { ...form.ticked, autre: [] } }, parent);
    const plan = planOf(pen, form, said.data, when.data, parent);
    try {
      if (geste === 'publier' || geste === 'brouillon' || geste === 'option') {
        return await keep(c, pen, form, plan, geste, when.data.optionUntil);
      }
      return await showPreview(c, pen, form, plan, when.data, options);
    } catch (error) {
      const shown = refused(c, form, error);
      // What has been taken meanwhile is shown by date; what makes no sense goes back to the form.
      if (shown.status === 409 && geste && geste !== 'voir') {
        return showPreview(c, pen, shown, plan, when.data, options).catch(() =>
          showForm(c, pen, options, shown, parent),
        );
      }
      return showForm(c, pen, options, shown, parent);
    }
  });
}

const sessionOf = async (pen: Pen, reference: string | undefined): Promise<SessionView | undefined> => {
  const view = reference ? await sessionByReference(pen.ctx, reference) : undefined;
  return view?.site.id === pen.site.id ? view : undefined;
};

async function eventOf(pen: Pen, reference: string | undefined): Promise<SessionView | undefined> {
  const view = await sessionOf(pen, reference);
  if (reference && !view) throw notFound();
  return view;
}

/** A new form: empty, like another session a week later, or a part of an event. */
function startOf(pen: Pen, parent: SessionView | undefined, like: SessionView | undefined): Form {
  const main = pen.ctx.territory.mainLanguage;
  const first = { langue: main, public: 'all', prix: 'unknown', inscription: 'seat', lieu: 'site', genre: 'workshop' };
  const always = { envoi: newId(), repeter: 'once', toutes: '1', feries: 'on' };
  if (like) {
    const form = valuesOf(pen, like);
    const week = { start: like.start, end: like.end };
    const when = whenValues(week, like.timeZone, pen);
    const jour = when.jour! >= pen.today ? addDays(when.jour!, 7) : pen.today;
    const moments = { 'ouvre-jour': '', 'ouvre-heure': '', 'ferme-jour': '', 'ferme-heure': '' };
    return { ...form, values: { ...form.values, ...always, ...moments, ...when, jour } };
  }
  if (parent) return blank({ ...first, ...always, genre: 'workshop', ...whenValues(parent, parent.timeZone, pen) });
  return blank({ ...first, ...always, jour: addDays(pen.today, 7), de: '14:00', a: '16:00' });
}

async function showForm(
  c: Web,
  pen: Pen,
  options: Options,
  form: Form,
  parent: SessionView | undefined,
): Promise<Response> {
  const m = programmeMessages[pen.ctx.locale];
  const event = parent && { reference: parent.reference, title: pen.say(parent.title) };
  return page(
    c,
    { title: event ? m.newPart(event.title) : m.newTitle, ...(form.status > 200 ? { status: form.status } : {}) },
    <NewPage pen={pen} form={form} options={options} parent={event} />,
  );
}

type Plan = PlanInput & { days: string[]; left: number };

/** The plan a form makes, with the choices made date by date. */
function planOf(pen: Pen, form: Form, said: SessionFields, when: Dates, parent: SessionView | undefined): Plan {
  const changes = readChanges(form.ticked.autre ?? []);
  const kept = applyChanges(when.dates, changes, said.things ?? [], pen.site.time_zone);
  const dates = kept.map(({ day: _day, ...span }) => span);
  return {
    ...said,
    ...(parent ? { parentId: parent.id } : { track: null }),
    dates,
    publish: true,
    ...(when.dates.length > 1
      ? { series: { enrolment: when.course ? ('course' as const) : ('date' as const), pattern: when.pattern } }
      : {}),
    days: kept.map(({ day }) => day),
    left: when.dates.length - kept.length,
  };
}

async function showPreview(
  c: Web,
  pen: Pen,
  form: Form,
  { days, left, ...plan }: Plan,
  when: Dates,
  options: Options,
): Promise<Response> {
  const m = programmeMessages[pen.ctx.locale];
  const previewed = plan.dates.length > 0 ? await previewPlan(pen.ctx, plan) : [];
  const takings = await takingsOf(pen, previewed);
  const around = { setUpMinutes: plan.setUpMinutes ?? 0, days, several: plan.dates.length > 1, ways: true, takings };
  const rooms = options.rooms.filter((room) => plan.things?.some((one) => one.resourceId === room.resource_id));
  const seats = rooms.reduce((sum, room) => sum + room.capacity * Math.max(1, room.units), 0);
  return page(
    c,
    { title: m.previewTitle, wide: true, ...(form.status > 200 ? { status: form.status } : {}) },
    <PreviewPage
      pen={pen}
      form={form}
      facts={[
        { term: m.titleLabel, value: `${pen.say(plan.title)} (${m.kinds[plan.kind as keyof typeof m.kinds]})` },
        {
          term: m.seats,
          value:
            plan.enrolment === 'none' ? m.enrolments.none : plan.seats == null ? m.unlimited : pen.f.number(plan.seats),
        },
        {
          term: m.beware,
          value:
            rooms.length > 0 && readChanges(form.ticked.autre ?? []).length === 0 && plan.seats && plan.seats > seats
              ? m.roomsSmall(plan.seats, seats)
              : '',
        },
      ]}
      dates={dateViews(pen, previewed, around)}
      ways={commonWays(pen, previewed, around)}
      skipped={when.skipped}
      left={left}
      optionUntil={when.optionUntil}
    />,
  );
}

type Gesture = 'publier' | 'brouillon' | 'option';
type Kept = Pick<Planned, 'sessions'> & { done: string };

/**
 * Keeps a plan, once however often the form is sent, and goes where it can be seen. A form gone back to and changed is another
 * plan: the key is that of the form with what it says. Kept as a draft and sent again to be published, it is the draft that is
 * shown, where one publishes it.
 */
async function keep(
  c: Web,
  pen: Pen,
  form: Form,
  { days: _days, left: _left, ...plan }: Plan,
  gesture: Gesture,
  optionUntil: Date | null,
): Promise<Response> {
  const option = gesture === 'option' && optionUntil !== null;
  const input: PlanInput = { ...plan, publish: gesture === 'publier', ...(option ? { optionUntil } : {}) };
  const run = async (inside: typeof pen.ctx): Promise<Kept> => {
    const { sessions } = await planSessions(inside, input);
    return { sessions, done: gesture === 'publier' ? 'publie' : option ? 'option' : 'brouillon' };
  };
  const { envoi = '' } = form.values;
  const hash = requestHash(plan);
  const kept = isUuid(envoi)
    ? await withIdempotency(pen.ctx, uuidOf(`${envoi} ${hash}`), hash, async (inside) => ({
        status: 201,
        body: await run(inside),
      })).then(({ body }) => body as Kept)
    : await run(pen.ctx);
  const [first] = kept.sessions;
  const query = `fait=${kept.done}`;
  if (kept.sessions.length === 1) return seeOther(c, `/equipe/${pen.site.slug}/programme/${first!.reference}?${query}`);
  const day = dayOf(new Date(first!.start), pen.site.time_zone);
  return seeOther(c, `/equipe/${pen.site.slug}/programme?jour=${day}&${query}`);
}
