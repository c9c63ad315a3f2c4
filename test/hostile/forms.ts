import type { Visitor } from '../harness/app.ts';

/** A form as a page offers it: where it goes and what it is filled in with. */
export type Form = { method: 'get' | 'post'; action: string; fields: Record<string, string[]>; from: string };

const asWritten = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
  );

const attributeOf = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag);
  return found ? asWritten(found[1] ?? '') : undefined;
};

/** The forms of a page, with the values a browser would send if nobody touched them. */
export function formsOf(html: string, from: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => {
    const fields: Form['fields'] = {};
    for (const [tag, kind] of inside.matchAll(/<(input|select|textarea|button)\b[^>]*>/g)) {
      const name = attributeOf(tag, 'name');
      if (!name) continue;
      const value = attributeOf(tag, 'value') ?? (kind === 'select' ? selected(inside, tag) : '');
      const type = attributeOf(tag, 'type');
      fields[name] ??= [];
      if (type === 'radio' || type === 'checkbox' || kind === 'button') {
        if (fields[name].length === 0 || attributeOf(tag, 'checked') !== undefined) fields[name] = [value];
      } else fields[name].push(value);
    }
    const tag = `<form${head}>`;
    const method = attributeOf(tag, 'method')?.toLowerCase() === 'post' ? 'post' : 'get';
    return {
      method,
      action: new URL(attributeOf(tag, 'action') || from, `http://quai.invalid${from}`).pathname,
      fields,
      from,
    };
  });
}

function selected(inside: string, tag: string): string {
  const list = inside.slice(inside.indexOf(tag)).split('</select>', 1)[0]!;
  const options = [...list.matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
  const chosen = options.find((option) => attributeOf(option, 'selected') !== undefined) ?? options[0];
  return chosen ? (attributeOf(chosen, 'value') ?? '') : '';
}

/** Every form that the pages reached by links offer to a visitor, one of each kind. */
export async function gatherForms(visitor: Visitor, starts: readonly string[], most: number): Promise<Form[]> {
  const forms = new Map<string, Form>();
  const shape = (path: string) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[2-9A-Z]{10}/g, '*');
  const known = new Map(starts.map((start) => [shape(start), start]));
  for (const [, path] of known) {
    if (known.size > most && !starts.includes(path)) continue;
    const answer = await visitor.get(path);
    if (answer.status !== 200 || !answer.headers.get('content-type')?.includes('html')) continue;
    const { pathname } = new URL(path, 'http://quai.invalid');
    for (const form of formsOf(answer.text, pathname)) {
      const key = `${form.method} ${shape(form.action)} ${Object.keys(form.fields).sort()}`;
      // Signed out, the visitor would be nobody for all that follows.
      if (!forms.has(key) && !form.action.endsWith('/deconnexion')) forms.set(key, form);
    }
    for (const [, href = ''] of answer.text.matchAll(/<a [^>]*?href="(\/[^"#]*)"/g)) {
      const to = new URL(asWritten(href), 'http://quai.invalid');
      // One language stands for all, one thing for its like.
      const like = shape(to.pathname)
        .replace(/^\/fr\/lieux\/[^/]+\/[^/]+$/, '*')
        .replace(/^\/fr\/equipe\/[^/]+/, '/fr/equipe/*')
        .replace(/(\/(?:lieux|reserver|tableau|ressources|espaces|lignes|tournee|r)\/)(?!nouv)[^/]+/g, '$1*');
      if (to.pathname.startsWith('/fr') && !known.has(like) && known.size < most)
        known.set(like, to.pathname + to.search);
    }
  }
  return [...forms.values()];
}
