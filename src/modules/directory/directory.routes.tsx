import type { Hono } from 'hono';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { type Env, readForm, seeOther, type Web } from '../../core/web.ts';
import { organisationsOf } from '../accounts/index.ts';
import { pardon } from '../booking/index.ts';
import { pastOf, upcomingOf } from '../notices/index.ts';
import { mergePersons, unmerge, whatMergingDoes } from '../privacy/index.ts';
import { blank, type Form, refused, setupPage, submit } from '../setup/index.ts';
import { correct, correctInput } from './correct.ts';
import { directoryMessages } from './directory.messages.ts';
import { Done, NotDone, SheetPage } from './directory.pages.tsx';
import { isEnough, wantedOf } from './directory.rules.ts';
import {
  absencesAt,
  findPeople,
  groupsOf,
  mergedInto,
  mustRunAll,
  type Person,
  readPerson,
  rolesOf,
  type Scope,
  scopeOf,
} from './directory.store.ts';
import { forget } from './forget.ts';
import { ComparePage, ForgetPage } from './join.pages.tsx';
import { nameOf, type Search, SearchPage, wordsOf } from './search.pages.tsx';

const root = '/:locale{(?:fr|nl|en)}/gestion/personnes';
const foundAtMost = 30;

function idOf(c: Web, name = 'id'): string {
  const id = c.req.param(name) ?? '';
  if (!isUuid(id)) throw notFound();
  return id;
}

const personOf = (c: Web, name = 'id'): Promise<Person> => readPerson(c.var.ctx, scopeOf(c.var.ctx), idOf(c, name));

async function search(ctx: Ctx, scope: Scope, typed: string, except?: string): Promise<Search> {
  const wanted = wantedOf(typed.slice(0, 120));
  if (!isEnough(wanted)) return { typed, error: wordsOf(ctx).tooShort };
  const rows = await findPeople(ctx, scope, wanted, foundAtMost + 1);
  const found = rows.filter((one) => one.id !== except).slice(0, foundAtMost);
  return { typed, found, more: rows.length > foundAtMost };
}

async function showSearch(c: Web, { found, ...rest }: Search, of?: Person): Promise<Response> {
  const { ctx } = c.var;
  const m = wordsOf(ctx);
  const { whole } = scopeOf(ctx);
  const all = found ? { ...rest, found } : rest;
  const props = { ctx, whole, search: all, ...(of ? { of } : {}) };
  const done = <Done ctx={ctx} done={c.req.query('fait')} />;
  return setupPage(c, of ? m.joinTitle : m.title, <SearchPage {...props} done={done} />, {
    status: rest.error ? 422 : 200,
  });
}

/** The sheet; `said` is what a gesture elsewhere than in its form was refused for. */
async function showSheet(c: Web, person: Person, form?: Form, said?: Form): Promise<Response> {
  const { ctx } = c.var;
  const scope = scopeOf(ctx);
  const { id } = person;
  const here = (view: { resource: { site: { id: string } } }) => scope.sites?.includes(view.resource.site.id) ?? true;
  const view = {
    person,
    whole: scope.whole,
    own: id === ctx.actor.personId,
    roles: await rolesOf(ctx, scope, id),
    groups: await groupsOf(ctx, id),
    organisations: await organisationsOf(ctx, id),
    merged: scope.whole ? await mergedInto(ctx, id) : [],
    coming: (await upcomingOf(ctx, id)).filter(here),
    past: (await pastOf(ctx, id, 50, 0)).filter(here),
    absences: await absencesAt(ctx, scope, id),
  };
  const { name, email, telephone, language, version } = person;
  const values = { name, email: email ?? '', telephone: telephone ?? '', language, version: String(version) };
  const done = said ? <NotDone ctx={ctx} form={said} /> : <Done ctx={ctx} done={c.req.query('fait')} />;
  const content = <SheetPage ctx={ctx} view={view} form={form ?? blank(values)} done={done} />;
  return setupPage(c, nameOf(ctx, person), content, { status: form?.status ?? said?.status ?? 200 });
}

async function showCompare(c: Web, form = blank({})): Promise<Response> {
  const { ctx } = c.var;
  const scope = scopeOf(ctx);
  const side = async (person: Person) => ({ person, roles: await rolesOf(ctx, scope, person.id) });
  const [first, second] = [await side(await personOf(c)), await side(await personOf(c, 'person'))];
  if (first.person.id === second.person.id) throw notFound();
  const also = await whatMergingDoes(ctx, first.person.id, second.person.id);
  const { status } = form;
  return setupPage(
    c,
    wordsOf(ctx).compareTitle,
    <ComparePage ctx={ctx} sides={[first, second]} also={also} form={form} />,
    {
      status,
    },
  );
}

async function showForget(c: Web, person: Person, form = blank({}), error?: string): Promise<Response> {
  const { ctx } = c.var;
  const coming = (await upcomingOf(ctx, person.id)).filter((view) => view.start > ctx.now).length;
  const props = { ctx, person, coming, error, form };
  const title = wordsOf(ctx).eraseOf(nameOf(ctx, person));
  return setupPage(c, title, <ForgetPage {...props} />, { status: error ? 422 : form.status });
}

/** What the journal says of it: in the territory's language, and never what somebody typed about a person. */
const reasons = (ctx: Ctx) => directoryMessages[ctx.territory.mainLanguage];

/** Acts, then goes on; a refusal is said on the page it comes from. */
async function act(
  c: Web,
  work: () => Promise<string>,
  show: (form: Form) => Response | Promise<Response>,
): Promise<Response> {
  try {
    return seeOther(c, `/gestion/personnes${await work()}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(refused(c, blank({}), error));
  }
}

/** The people of the territory, or of one's sites: found, read, corrected; for who runs it all, made one and erased. */
export function directoryRoutes(app: Hono<Env>): void {
  app.get(root, (c) => showSearch(c, { typed: '' }));
  app.post(root, async (c) => {
    const scope = scopeOf(c.var.ctx);
    return showSearch(c, await search(c.var.ctx, scope, (await readForm(c)).q ?? ''));
  });

  app.get(`${root}/:id`, async (c) => {
    const person = await personOf(c);
    if (person.id !== idOf(c)) return seeOther(c, `/gestion/personnes/${person.id}`);
    return showSheet(c, person);
  });
  app.post(`${root}/:id`, async (c) => {
    const person = await personOf(c);
    const form = blank(await readForm(c));
    return submit(
      c,
      correctInput,
      form,
      async (data) => {
        await correct(c.var.ctx, person.id, data);
        return `/gestion/personnes/${person.id}?fait=corrige`;
      },
      (again) => showSheet(c, person, again),
    );
  });
  app.post(`${root}/:id/absences/:booking/pardon`, async (c) => {
    const { ctx } = c.var;
    const person = await personOf(c);
    const booking = idOf(c, 'booking');
    const absence = (await absencesAt(ctx, scopeOf(ctx), person.id)).find((one) => one.id === booking);
    if (!absence) throw notFound();
    const version = Number((await readForm(c)).version);
    const target = { booking, ...(Number.isSafeInteger(version) ? { version } : {}) };
    return act(
      c,
      async () => {
        await pardon(ctx, target);
        return `/${person.id}?fait=pardon`;
      },
      (said) => showSheet(c, person, undefined, said),
    );
  });

  // What follows is only there for who administers the whole territory: checked before a form is even read.
  for (const part of ['fusion', 'fusion/*', 'effacement'])
    app.use(`${root}/:id/${part}`, async (c, next) => {
      mustRunAll(c.var.ctx);
      await next();
    });
  app.get(`${root}/:id/fusion`, async (c) => showSearch(c, { typed: '' }, await personOf(c)));
  app.post(`${root}/:id/fusion`, async (c) => {
    const { ctx } = c.var;
    const person = await personOf(c);
    return showSearch(c, await search(ctx, scopeOf(ctx), (await readForm(c)).q ?? '', person.id), person);
  });
  app.get(`${root}/:id/fusion/:person`, (c) => showCompare(c));
  app.post(`${root}/:id/fusion/:person`, async (c) => {
    const { ctx } = c.var;
    const pair = [(await personOf(c)).id, (await personOf(c, 'person')).id];
    const { keep } = await readForm(c);
    const [keepId, mergedId] = keep === pair[1] ? [pair[1]!, pair[0]!] : [pair[0]!, pair[1]!];
    return act(
      c,
      async () => {
        await mergePersons(ctx, { keepId, mergedId, reason: reasons(ctx).reason });
        return `/${keepId}?fait=reunies`;
      },
      (said) => showCompare(c, said),
    );
  });
  app.post(`${root}/:id/fusion/:person/separation`, async (c) => {
    const { ctx } = c.var;
    const person = await personOf(c);
    const mergedId = idOf(c, 'person');
    if (!(await mergedInto(ctx, person.id)).some((one) => one.id === mergedId)) throw notFound();
    await unmerge(ctx, mergedId, reasons(ctx).partReason);
    return seeOther(c, `/gestion/personnes/${person.id}?fait=separees`);
  });

  app.get(`${root}/:id/effacement`, async (c) => {
    const person = await personOf(c);
    return person.id === c.var.ctx.actor.personId ? seeOther(c, '/compte/effacement') : showForget(c, person);
  });
  app.post(`${root}/:id/effacement`, async (c) => {
    const { ctx } = c.var;
    const person = await personOf(c);
    if (!(await readForm(c)).confirmed) return showForget(c, person, undefined, wordsOf(ctx).confirmError);
    return act(
      c,
      async () => {
        await forget(ctx, person.id);
        return '?fait=efface';
      },
      (said) => showForget(c, person, said),
    );
  });
}
