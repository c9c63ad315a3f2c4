import type { Context, Handler as HonoHandler } from 'hono';
import type { Body } from './compress.ts';
import type { Ctx } from './context.ts';
import { Refusal } from './errors.ts';
import { isLocale, type Locale } from './i18n.ts';
import type { FormValues } from './input.ts';
import type { MenuItem } from './module.ts';

/** What each request carries through Hono. */
export type Env = {
  Variables: {
    ctx: Ctx;
    requestId: string;
    /** The menu as this viewer may see it: only what exists. */
    menu: () => MenuItem[];
    demo: boolean;
    clientAddress: string;
    /** The page's body, where it may be shown to others as it is. */
    shared?: Body;
    /** What the database could show when it told who asks: what was read at the same point still holds. */
    asOf?: string | null;
  };
};

export type Web = Context<Env>;
export type Route = HonoHandler<Env>;

/** The locale at the head of a path, if it is one. */
export function localeOfPath(path: string): Locale | undefined {
  const head = path.split('/', 2)[1];
  return isLocale(head) ? head : undefined;
}

/** Answers a form: the browser goes to a page it may reload. `path` has no locale prefix: "/lieux". */
export const seeOther = (c: Web, path: string): Response => c.redirect(`/${c.var.ctx.locale}${path}`, 303);

const controls = /[\p{Cc}]/gu;
const clean = (value: string) =>
  value
    .toWellFormed()
    .replace(controls, (c) => (c === '\n' || c === '\r' || c === '\t' ? c : ''))
    .replaceAll('\r', '');

/** A form's fields as text; a field given several times keeps its last value here (see `formList`). Files are left out. */
export async function readForm(c: Web): Promise<FormValues> {
  const body = await parseBody(c);
  const values: FormValues = {};
  for (const [name, value] of Object.entries(body)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string') values[clean(name)] = clean(last);
  }
  return values;
}

/** All the values of a field given several times (boxes of one name). */
export async function formList(c: Web, name: string): Promise<string[]> {
  const value = (await parseBody(c))[name];
  return (Array.isArray(value) ? value : value === undefined ? [] : [value])
    .filter((item) => typeof item === 'string')
    .map(clean);
}

/** A file sent with a form, or undefined when none was chosen. */
export async function formFile(c: Web, name: string): Promise<File | undefined> {
  const value = (await parseBody(c))[name];
  const file = Array.isArray(value) ? value[0] : value;
  return file instanceof File && file.size > 0 ? file : undefined;
}

async function parseBody(c: Web) {
  try {
    return await c.req.parseBody({ all: true });
  } catch {
    throw new Refusal('request.malformed', 'unprocessable');
  }
}

/** The query string as text, cleaned like a form. */
export function readQuery(c: Web): FormValues {
  return Object.fromEntries(Object.entries(c.req.query()).map(([name, value]) => [clean(name), clean(value)]));
}
