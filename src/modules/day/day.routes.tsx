import type { Hono } from 'hono';
import { mustHave, sitesWith } from '../../core/access.ts';
import { notFound } from '../../core/errors.ts';
import { parse } from '../../core/input.ts';
import { type Env, readForm, seeOther } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { answerCall, outcomeSchema } from './call.ts';
import { callsOf, sitesOf } from './day.store.ts';
import type { Sheet } from './day.types.ts';
import { dayFrom, enterSite, readDay, showDay } from './day.web.tsx';
import { noonOf, type Pen, penOf } from './day.words.ts';
import { addNote, markNote, noteSchema } from './note.ts';
import { CallsPage, DaySheet } from './print.pages.tsx';
import { findSheet } from './sheet.store.ts';
import { type Done, SitesPage } from './today.pages.tsx';
import { countVisit, uncountVisit } from './visit.ts';

/** The day: today's screen, its lists on paper, notes, calls and visits. */
export function dayRoutes(app: Hono<Env>): void {
  app.get('/:locale/equipe', async (c) => {
    const { ctx } = c.var;
    mustHave(ctx.actor, 'team');
    const sites = await sitesOf(ctx, sitesWith(ctx.actor, 'team'));
    if (sites.length === 0) throw notFound();
    if (sites.length === 1) return c.redirect(`/${ctx.locale}/equipe/${sites[0]!.slug}`, 302);
    const pens = sites.map((site) => penOf(ctx, site));
    return page(c, { title: pens[0]!.m.sites }, <SitesPage pens={pens} />);
  });

  app.get('/:locale/equipe/:site', async (c) => {
    const pen = await enterSite(c);
    const day = dayFrom(pen, c.req.query('jour'));
    return showDay(c, pen, day, { done: await doneOf(pen, c.req.query('fait'), c.req.query('ref')) });
  });

  app.get('/:locale/equipe/:site/imprimer', async (c) => {
    const pen = await enterSite(c);
    const view = await readDay(pen.ctx, pen.site, dayFrom(pen, c.req.query('jour')), pen.today);
    const title = pen.m.sheetTitle(pen.say(pen.site.name), pen.f.day(noonOf(view.day, pen.site)));
    return page(c, { title, wide: true, islands: ['print.js'] }, <DaySheet pen={pen} view={view} />);
  });

  app.get('/:locale/equipe/:site/appels', async (c) => {
    const pen = await enterSite(c);
    const day = dayFrom(pen, c.req.query('jour'));
    const calls = await callsOf(pen.ctx, pen.site.id, day, pen.today);
    const title = pen.m.callsTitle(pen.f.day(noonOf(day, pen.site)));
    return page(c, { title, wide: true, islands: ['print.js'] }, <CallsPage pen={pen} day={day} calls={calls} />);
  });

  app.post('/:locale/equipe/:site/appels/:id', async (c) => {
    const pen = await enterSite(c);
    const form = await readForm(c);
    const parsed = parse(outcomeSchema, form, pen.ctx.locale);
    if (!parsed.ok) throw notFound();
    await answerCall(pen.ctx, { callId: c.req.param('id'), outcome: parsed.data.suite });
    return seeOther(c, afterCall(pen, form['retour']));
  });

  app.post('/:locale/equipe/:site/appels/:id/annulation', async (c) => {
    const pen = await enterSite(c);
    const form = await readForm(c);
    await answerCall(pen.ctx, { callId: c.req.param('id'), outcome: null });
    return seeOther(c, afterCall(pen, form['retour']));
  });

  app.post('/:locale/equipe/:site/notes', async (c) => {
    const pen = await enterSite(c);
    const form = await readForm(c);
    const day = dayFrom(pen, form['jour']);
    const parsed = parse(noteSchema, { siteId: pen.site.id, day, body: form['note'] }, pen.ctx.locale);
    if (!parsed.ok) {
      const text = parsed.errors['body'] ?? Object.values(parsed.errors)[0] ?? '';
      return showDay(c, pen, day, { status: 422, reasons: [{ code: 'note', text: `${pen.m.noteLabel} – ${text}` }] });
    }
    await addNote(pen.ctx, parsed.data);
    return seeOther(c, `${dayPath(pen, day)}#notes`);
  });

  for (const [path, done] of [
    ['fait', true],
    ['reprise', false],
  ] as const) {
    app.post(`/:locale/equipe/:site/notes/:id/${path}`, async (c) => {
      const pen = await enterSite(c);
      const form = await readForm(c);
      await markNote(pen.ctx, { noteId: c.req.param('id') ?? '', done });
      return seeOther(c, `${dayPath(pen, dayFrom(pen, form['jour']))}#notes`);
    });
  }

  for (const [path, change] of [
    ['visites', countVisit],
    ['visites/annulation', uncountVisit],
  ] as const) {
    app.post(`/:locale/equipe/:site/${path}`, async (c) => {
      const pen = await enterSite(c);
      const form = await readForm(c);
      const seen = Math.max(0, Math.trunc(Number(form['vu'] ?? 0))) || 0;
      await change(pen.ctx, { site: pen.site, lineId: form['ligne'] ?? '', seen, age: form['age'] });
      return seeOther(c, `${dayPath(pen, pen.today)}#visites`);
    });
  }
}

/** The address of a day, without its locale. */
export const dayPath = (pen: Pen, day: string): string =>
  `/equipe/${pen.site.slug}${day === pen.today ? '' : `?jour=${day}`}`;

const afterCall = (pen: Pen, back: string | undefined): string =>
  back === 'journee' ? `/equipe/${pen.site.slug}#appels` : `/equipe/${pen.site.slug}/appels?jour=${dayFrom(pen, back)}`;

type Told = { states: Sheet['status'][]; undo?: 'sans-arrivee' | 'sans-absence' };

/** The gestures the day tells of once made, and the states in which that is still true. */
const told: Record<keyof Pen['m']['done'], Told> = {
  arrivee: { states: ['checked_in'], undo: 'sans-arrivee' },
  absence: { states: ['no_show'], undo: 'sans-absence' },
  depart: { states: ['checked_in', 'confirmed'] },
  accord: { states: ['confirmed'] },
  refus: { states: ['cancelled'] },
};

/** What a gesture just did, told only while it is still so. */
async function doneOf(pen: Pen, gesture = '', reference = ''): Promise<Done | undefined> {
  if (gesture === 'arret') return { text: pen.m.stopCancelled };
  if (!Object.hasOwn(told, gesture)) return undefined;
  const name = gesture as keyof typeof told;
  const sheet = await findSheet(pen.ctx, pen.site.id, reference);
  if (!sheet || !told[name].states.includes(sheet.status)) return undefined;
  const text = pen.m.done[name](sheet.person);
  const { undo } = told[name];
  if (!undo || sheet.end <= pen.ctx.now) return { text };
  const label = undo === 'sans-arrivee' ? pen.m.undoArrived : pen.m.undoAbsent;
  return { text, undo: { action: pen.href(`/reservations/${sheet.reference}/${undo}`), label } };
}
