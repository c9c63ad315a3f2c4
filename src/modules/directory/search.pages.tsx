import type { Child, FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { Button, DataTable, ErrorSummary, Field, PageHead } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { back } from '../setup/index.ts';
import { directoryMessages } from './directory.messages.ts';
import type { Found, Person } from './directory.store.ts';

/** The address of a page of the directory. */
export const base = (ctx: Ctx, rest = ''): string => `/${ctx.locale}/gestion/personnes${rest}`;

/** Its words in the reader’s language. */
export const wordsOf = (ctx: Ctx) => directoryMessages[ctx.locale];

/** Somebody’s name, or that it was never given. */
export const nameOf = (ctx: Ctx, person: { name: string }): string => person.name || wordsOf(ctx).noName;

/** The one question: who. It is posted, so that what is typed is in no address. */
export const SearchForm: FC<{ ctx: Ctx; action: string; typed?: string; error?: string | undefined }> = (props) => {
  const { ctx, action, typed, error } = props;
  const m = wordsOf(ctx);
  return (
    <form method="post" action={action} class="form" novalidate>
      <Field label={m.search} name="q" value={typed} error={error} maxlength={120} autocomplete="off" required />
      <div class="cluster">
        <Button kind={action === base(ctx) ? 'primary' : 'secondary'}>{m.find}</Button>
      </div>
    </form>
  );
};

export type Search = { typed: string; error?: string | undefined; found?: Found[]; more?: boolean };

/** The people who answer to a search, each a way to their sheet, or to a comparison with the record `of`. */
export const SearchPage: FC<{ ctx: Ctx; search: Search; whole: boolean; of?: Person; done?: Child }> = (props) => {
  const { ctx, search, whole, of, done } = props;
  const m = wordsOf(ctx);
  const { found } = search;
  const action = of ? base(ctx, `/${of.id}/fusion`) : base(ctx);
  const to = of ? { href: base(ctx, `/${of.id}`), label: nameOf(ctx, of) } : whole ? back(ctx.locale) : undefined;
  const format = formatter(ctx.locale, ctx.territory.timeZone);
  return (
    <>
      <PageHead title={of ? m.joinTitle : m.title} lead={of ? m.joinText : whole ? m.lead : m.leadSite} back={to} />
      {done}
      <ErrorSummary title={m.errors} errors={search.error ? [{ field: 'q', message: search.error }] : []} />
      <SearchForm ctx={ctx} action={action} typed={search.typed} error={search.error} />
      {found ? (
        <section class="section" aria-labelledby="found">
          <h2 id="found">{m.results}</h2>
          <DataTable
            caption={m.results}
            quiet
            columns={[{ label: m.name, heading: true }, { label: m.email }, { label: m.telephone }, { label: m.last }]}
            empty={<p>{m.nobody}</p>}
            rows={found.map((one) => [
              <a class="directory-link" href={of ? `${action}/${one.id}` : base(ctx, `/${one.id}`)}>
                {nameOf(ctx, one)}
                {of ? <span class="soft"> · {m.compare}</span> : null}
              </a>,
              one.email ?? m.none,
              one.telephone ?? m.none,
              one.last ? format.day(one.last) : m.none,
            ])}
          />
          {search.more ? <p>{m.more}</p> : null}
        </section>
      ) : null}
    </>
  );
};
