import type { Hono } from 'hono';
import { notFound } from '../../core/errors.ts';
import type { FormValues } from '../../core/input.ts';
import { type Env, readForm, readQuery, type Web } from '../../core/web.ts';
import {
  allLines,
  blank,
  doneNotice,
  type Form,
  languagesOf,
  mustRunTerritory,
  setupPage,
  submit,
  textValues,
} from '../setup/index.ts';
import { addCommune, communeInput } from './add-commune.ts';
import { editTerritory, publisherKeys, territoryInput } from './edit-territory.ts';
import { CommunesPage, LinePage, LinesPage } from './lists.pages.tsx';
import { lineInput, lineMark, saveLine } from './save-line.ts';
import { territoryMessages } from './territory.messages.ts';
import { TerritoryPage } from './territory.pages.tsx';
import { listCommunes } from './territory.store.ts';

/** The territory's own card, its communes and its lines. */
export function territoryRoutes(app: Hono<Env>): void {
  app.get('/:locale{(?:fr|nl|en)}/gestion/territoire', async (c) => {
    mustRunTerritory(c.var.ctx);
    const row = await c.var.ctx.db.selectFrom('territory').selectAll().executeTakeFirst();
    if (!row) throw notFound();
    const values: FormValues = {
      version: String(row.version),
      name: row.name,
      telephone: row.telephone ?? '',
      email: row.email ?? '',
      main_language: row.main_language,
      time_zone: row.time_zone,
    };
    for (const key of publisherKeys) values[`publisher.${key}`] = row.publisher[key] ?? '';
    return showTerritory(c, blank(values));
  });
  app.post('/:locale{(?:fr|nl|en)}/gestion/territoire', async (c) => {
    mustRunTerritory(c.var.ctx);
    const run = async (data: Parameters<typeof editTerritory>[1]) => {
      await editTerritory(c.var.ctx, data);
      return '/gestion/territoire?fait=territoire';
    };
    return submit(c, territoryInput, blank(await readForm(c)), run, (form) => showTerritory(c, form));
  });

  app.get('/:locale{(?:fr|nl|en)}/gestion/communes', (c) => {
    mustRunTerritory(c.var.ctx);
    return showCommunes(c, blank({ country: c.var.ctx.territory.country }));
  });
  app.post('/:locale{(?:fr|nl|en)}/gestion/communes', async (c) => {
    mustRunTerritory(c.var.ctx);
    const run = async (data: Parameters<typeof addCommune>[1]) => {
      const code = await addCommune(c.var.ctx, data);
      return `/gestion/communes?${new URLSearchParams({ nom: code, fait: 'commune' })}`;
    };
    return submit(c, communeInput, blank(await readForm(c)), run, (form) => showCommunes(c, form));
  });

  app.get('/:locale{(?:fr|nl|en)}/gestion/lignes', async (c) => {
    mustRunTerritory(c.var.ctx);
    const lines = await allLines(c.var.ctx);
    const title = territoryMessages[c.var.ctx.locale].lines;
    return setupPage(c, title, [doneNotice(c), <LinesPage {...languagesOf(c)} lines={lines} />]);
  });
  app.get('/:locale{(?:fr|nl|en)}/gestion/lignes/:line', async (c) => {
    mustRunTerritory(c.var.ctx);
    const slug = c.req.param('line');
    if (slug === 'nouvelle') return showLine(c, blank({ colour: 'blue' }), undefined);
    const line = (await allLines(c.var.ctx)).find((one) => one.slug === slug);
    if (!line) throw notFound();
    const values = { letter: line.letter, colour: line.colour, seen: lineMark(line), ...textValues('name', line.name) };
    return showLine(c, blank(values), slug);
  });
  app.post('/:locale{(?:fr|nl|en)}/gestion/lignes/:line', async (c) => {
    mustRunTerritory(c.var.ctx);
    const { ctx } = c.var;
    const asked = c.req.param('line');
    const slug = asked === 'nouvelle' ? undefined : asked;
    if (slug && !(await allLines(ctx)).some((one) => one.slug === slug)) throw notFound();
    const schema = lineInput(ctx.territory.mainLanguage);
    const run = async (data: Parameters<typeof saveLine>[1]) => {
      await saveLine(ctx, data, slug);
      return '/gestion/lignes?fait=ligne';
    };
    return submit(c, schema, blank(await readForm(c)), run, (form) => showLine(c, form, slug));
  });
}

function showTerritory(c: Web, form: Form): Response {
  const title = territoryMessages[c.var.ctx.locale].territoryCard;
  return setupPage(c, title, [doneNotice(c), <TerritoryPage {...languagesOf(c)} form={form} />], {
    status: form.status,
  });
}

async function showCommunes(c: Web, form: Form): Promise<Response> {
  const query = readQuery(c);
  const asked = (query.nom ?? '').trim().slice(0, 80);
  const page = Math.min(500, Math.max(1, Math.trunc(Number(query.page)) || 1));
  const { rows, more } = await listCommunes(c.var.ctx, asked, page, 30);
  const content = <CommunesPage {...languagesOf(c)} asked={asked} rows={rows} page={page} more={more} form={form} />;
  const title = territoryMessages[c.var.ctx.locale].communes;
  return setupPage(c, title, [doneNotice(c), content], { status: form.status });
}

function showLine(c: Web, form: Form, slug: string | undefined): Response {
  const m = territoryMessages[c.var.ctx.locale];
  const content = <LinePage {...languagesOf(c)} form={form} slug={slug} />;
  return setupPage(c, slug ? m.lineEdit : m.lineNew, content, { status: form.status });
}
