import type { Hono } from 'hono';
import { z } from 'zod';
import { dayOf, timeOf } from '../../core/clock.ts';
import { atomically } from '../../core/db.ts';
import { isUuid } from '../../core/ids.ts';
import { type FieldErrors, parse } from '../../core/input.ts';
import type { RegistrationStatus } from '../../core/schema.ts';
import { type Env, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import type { Pen } from '../day/index.ts';
import {
  apartFrom,
  commonWays,
  dateViews,
  moveValues,
  onlyChanged,
  programmeMessages,
  readChanges,
  readEdit,
  readMove,
  readOptions,
  readSent,
  takingsOf,
  valuesOf,
} from '../preparing/index.ts';
import {
  cancelSession,
  editSession,
  fieldsOf,
  type MoveInput,
  moveSession,
  postponeSession,
  previewMove,
  resumeSession,
  scopes,
  targetsOf,
} from '../sessions/index.ts';
import { type Form, i18nFields, refused, textFrom } from '../setup/index.ts';
import { findSessions, isMove, mattersBetween, type SessionView } from '../timetable/index.ts';
import { CallOffPage, EditPage, MovePage, MovePreview, type Offered, type ScopeTold } from './change.pages.tsx';
import { enterSession, homeOf, own, scopeOf, versionOf } from './enter.ts';
import { counting, sure, toldOf } from './programme.store.ts';
import { whenText } from './programme.words.ts';

/** Changing a session: its words, its day and rooms, calling it off. */
export function changeRoutes(app: Hono<Env>): void {
  app.get(`${own}/modifier`, async (c) => {
    const { pen, view } = await enterSession(c);
    const form = valuesOf(pen, view);
    return showEdit(c, pen, view, { ...form, values: { ...form.values, version: String(view.version) } });
  });
  app.post(`${own}/modifier`, async (c) => {
    const { pen, view } = await enterSession(c);
    const form = await readSent(c);
    const said = readEdit(pen, form, view);
    if (!said.ok) return showEdit(c, pen, view, { ...form, errors: said.errors, status: 422 });
    const { seats: _seats, enrolment: _enrolment, track: _track, ...own } = said.data;
    const fields = onlyChanged(own, fieldsOf(view));
    const tell = form.values.prevenir === 'oui';
    const target = { session: view.id, version: versionOf(form), scope: scopeOf(form) };
    try {
      await editSession(pen.ctx, { ...target, fields, ...(tell ? { tell } : {}) });
    } catch (error) {
      return showEdit(c, pen, view, refused(c, form, error));
    }
    return seeOther(c, homeOf(pen, view, tell ? 'modifie_dit' : 'modifie'));
  });

  app.get(`${own}/deplacer`, async (c) => {
    const { pen, view } = await enterSession(c);
    return showMove(c, pen, view, moveValues(pen, view));
  });
  app.post(`${own}/deplacer`, async (c) => {
    const { pen, view } = await enterSession(c);
    return postMove(c, pen, view, chosen(view, await readSent(c)));
  });

  for (const gesture of ['annuler', 'reporter'] as const) {
    app.get(`${own}/${gesture}`, async (c) => {
      const { pen, view } = await enterSession(c);
      return showCallOff(c, pen, view, gesture, moveValues(pen, view));
    });
    app.post(`${own}/${gesture}`, async (c) => {
      const { pen, view } = await enterSession(c);
      const form = await readSent(c);
      const said = readReason(pen, form);
      if (!said.ok) return showCallOff(c, pen, view, gesture, { ...form, errors: said.errors, status: 422 });
      const target = { session: view.id, version: versionOf(form), scope: scopeOf(form), reason: said.reason };
      const insteadIds = (form.ticked.autre ?? []).filter(isUuid).slice(0, 20);
      try {
        if (gesture === 'annuler') await cancelSession(pen.ctx, { ...target, insteadIds });
        else await postponeSession(pen.ctx, target);
      } catch (error) {
        return showCallOff(c, pen, view, gesture, refused(c, form, error));
      }
      return seeOther(c, homeOf(pen, view, gesture === 'annuler' ? 'annule' : 'reporte'));
    });
  }
}

function readReason(pen: Pen, form: Form) {
  const parsed = parse(z.object(i18nFields('raison', 300)), form.values, pen.ctx.locale);
  if (!parsed.ok) return { ok: false as const, errors: parsed.errors as FieldErrors };
  const reason = textFrom(parsed.data, 'raison');
  return { ok: true as const, reason: Object.keys(reason).length > 0 ? reason : undefined };
}

const status = (form: Form) => (form.status > 200 ? { status: form.status } : {});

/** Who would be told, date by date where there are several. */
async function toldByScope(pen: Pen, view: SessionView, who?: readonly RegistrationStatus[]): Promise<ScopeTold[]> {
  const told = [];
  for (const scope of view.seriesId ? scopes : (['one'] as const)) {
    const { all } = await targetsOf(pen.ctx, { session: view.id, scope });
    const ids = all.map((one) => one.id);
    told.push({ scope, count: all.length, told: await toldOf(pen.ctx, ids, who) });
  }
  return told;
}

async function showEdit(c: Web, pen: Pen, view: SessionView, form: Form): Promise<Response> {
  const options = await readOptions(pen.ctx, pen.site.id);
  return page(
    c,
    { title: programmeMessages[pen.ctx.locale].editTitle, ...status(form) },
    <EditPage pen={pen} view={view} form={form} options={options} told={await toldByScope(pen, view, sure)} />,
  );
}

async function showMove(c: Web, pen: Pen, view: SessionView, form: Form): Promise<Response> {
  const options = await readOptions(pen.ctx, pen.site.id);
  return page(
    c,
    { title: programmeMessages[pen.ctx.locale].moveTitle, ...status(form) },
    <MovePage pen={pen} view={view} form={form} options={options} />,
  );
}

/** An alternative chosen for the only date takes the place of what was asked; those of a series are kept beside it. */
function chosen(view: SessionView, form: Form): Form {
  if (scopeOf(form) !== 'one' && view.seriesId) return form;
  const changes = readChanges(form.ticked.autre ?? []);
  let salles = form.ticked.salles ?? [];
  const values = { ...form.values };
  for (const change of changes) {
    if (change.kind === 'room') salles = salles.map((id) => (id === change.from ? change.to : id));
    if (change.kind === 'hour') {
      const start = new Date(`${change.start}:00Z`);
      const length = view.end.getTime() - view.start.getTime();
      values.jour = change.start.slice(0, 10);
      values.de = change.start.slice(11);
      values.a = timeOf(new Date(start.getTime() + length), 'UTC');
    }
  }
  return { ...form, values, ticked: { ...form.ticked, salles, autre: [] } };
}

async function postMove(c: Web, pen: Pen, view: SessionView, form: Form): Promise<Response> {
  const { ctx } = pen;
  const options = await readOptions(ctx, pen.site.id);
  const moved = await readMove(pen, options, form, view);
  if (!moved.ok) return showMove(c, pen, view, { ...form, errors: moved.errors, status: 422 });
  if (form.values.geste === 'modifier') return showMove(c, pen, view, form);
  const said = readReason(pen, form);
  if (!said.ok) return showMove(c, pen, view, { ...form, errors: said.errors, status: 422 });
  const target = { session: view.id, version: versionOf(form), scope: scopeOf(form) };
  const uniform: MoveInput = { ...target, ...unchangedLeftOut(view, moved.data), reason: said.reason };
  const { all } = await targetsOf(ctx, target);
  const changes = readChanges(form.ticked.autre ?? []);
  const input: MoveInput = { ...uniform, apart: apartFrom(all, changes, uniform.things) };
  try {
    if (form.values.geste === 'deplacer') {
      await run(pen, view, input);
      return seeOther(c, homeOf(pen, view, 'deplace'));
    }
    return await showMovePreview(c, pen, view, form, { input, all });
  } catch (error) {
    return showMove(c, pen, view, refused(c, form, error));
  }
}

/** The place is only said anew where it changes: what is not said stays as it is. */
function unchangedLeftOut(view: SessionView, moved: Partial<MoveInput> & { start: Date; end: Date }) {
  const { start, end, things, placeKind, stopId, address, onlineUrl } = moved;
  const same =
    placeKind === view.placeKind &&
    (stopId ?? null) === (view.stop?.id ?? null) &&
    JSON.stringify(address ?? null) === JSON.stringify(view.address) &&
    (onlineUrl ?? null) === view.onlineUrl;
  const ids = (list: readonly { resourceId: string }[]) =>
    list
      .map((one) => one.resourceId)
      .sort()
      .join();
  const before = view.things.map(({ id }) => ({ resourceId: id }));
  return {
    start,
    end,
    ...(things && ids(things) !== ids(before) ? { things } : {}),
    ...(same ? {} : { placeKind, stopId, address, onlineUrl }),
  };
}

/** What was put off has its date again; where it takes other rooms, these first. */
async function run(pen: Pen, view: SessionView, input: MoveInput): Promise<void> {
  if (view.status !== 'postponed') {
    await moveSession(pen.ctx, input);
    return;
  }
  const { start, end, reason: _reason, apart: _apart, ...rest } = input;
  const { session, version, scope, ...fields } = rest;
  await atomically(pen.ctx, async (inside) => {
    const [changed] =
      Object.keys(fields).length > 0 ? await editSession(inside, { session, version, scope, fields, tell: false }) : [];
    await resumeSession(inside, { session, version: changed?.version ?? version, scope, start, end });
  });
}

async function showMovePreview(
  c: Web,
  pen: Pen,
  view: SessionView,
  form: Form,
  { input, all }: { input: MoveInput; all: readonly SessionView[] },
): Promise<Response> {
  const m = programmeMessages[pen.ctx.locale];
  const previewed = await previewMove(pen.ctx, input);
  const byId = new Map(all.map((one) => [one.id, one]));
  const ids = previewed.map((date) => date.sessionId);
  const what = mattersBetween(view, asMoved(view, input));
  const mustKnow = isMove(what) || previewed.length > 1;
  const told = await toldOf(pen.ctx, what.length > 0 ? ids : [], mustKnow ? counting : sure);
  // A part goes with its event: nothing is chosen for it alone. What was put off is given its day as it is.
  const days = ids.map((id) => {
    const one = byId.get(id);
    return one && !byId.has(one.parentId ?? '') ? dayOf(one.start, one.timeZone) : null;
  });
  const several = new Set(days.filter((day) => day !== null)).size > 1;
  const around = {
    setUpMinutes: view.setUpMinutes,
    days,
    several,
    ways: !several || view.status !== 'postponed',
    leave: { one: m.stays, all: m.stayAll },
    takings: await takingsOf(pen, previewed, ids),
  };
  return page(
    c,
    { title: m.movePreview, wide: true },
    <MovePreview
      pen={pen}
      view={view}
      form={form}
      dates={dateViews(pen, previewed, around)}
      ways={around.ways ? commonWays(pen, previewed, around) : []}
      staying={[...(input.apart?.values() ?? [])].filter((one) => one.stays).length}
      told={told}
      moves={mustKnow}
    />,
  );
}

/** A session as a move would leave it, for what those who come must know of it. */
const asMoved = (view: SessionView, { start, end, things, placeKind, stopId, address, onlineUrl }: MoveInput) => ({
  ...view,
  start: start ?? view.start,
  end: end ?? view.end,
  ...(things
    ? { things: things.map(({ resourceId, people }) => ({ ...view.things[0]!, id: resourceId, people })) }
    : {}),
  ...(placeKind ? { placeKind, address: address ?? null, onlineUrl: onlineUrl ?? null } : {}),
  stop: placeKind && stopId && stopId !== view.stop?.id ? { ...view.stop!, id: stopId } : view.stop,
});

const offeredDays = 90;

/** What those who were to come may be offered instead: the same kind of thing, soon. */
async function offeredTo(pen: Pen, view: SessionView): Promise<Offered[]> {
  const { ctx } = pen;
  const to = new Date(view.start.getTime() + offeredDays * 86_400_000);
  const found = await findSessions(ctx, {
    from: ctx.now,
    to,
    lineSlug: view.line?.slug,
    kinds: [view.kind],
    limit: 100,
  });
  const open = found.filter((one) => one.id !== view.id && one.status === 'published' && one.start > ctx.now);
  const near = (one: SessionView) =>
    Number(one.seriesId === view.seriesId && one.seriesId !== null) * 2 + Number(one.site.id === view.site.id);
  const apart = (one: SessionView) => Math.abs(one.start.getTime() - view.start.getTime());
  return open
    .sort((a, b) => near(b) - near(a) || apart(a) - apart(b))
    .slice(0, 8)
    .map((one) => ({
      id: one.id,
      label: `${pen.say(one.title)}, ${whenText(pen, one)}${one.site.id === view.site.id ? '' : `, ${pen.say(one.site.name)}`}`,
    }));
}

async function showCallOff(
  c: Web,
  pen: Pen,
  view: SessionView,
  gesture: 'annuler' | 'reporter',
  form: Form,
): Promise<Response> {
  const m = programmeMessages[pen.ctx.locale];
  const told = await toldByScope(pen, view);
  const offered = gesture === 'annuler' ? await offeredTo(pen, view) : [];
  const title = gesture === 'annuler' ? m.cancelling.title : m.postponing.title;
  return page(
    c,
    { title, ...status(form) },
    <CallOffPage pen={pen} view={view} form={form} told={told} gesture={gesture} offered={offered} />,
  );
}
