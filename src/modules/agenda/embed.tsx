import type { FC } from 'hono/jsx';
import { asset } from '../../core/assets.ts';
import type { Ctx } from '../../core/context.ts';
import { framedAnywhere } from '../../core/http.ts';
import { hrefWith } from '../../core/input.ts';
import { readQuery, type Web } from '../../core/web.ts';
import { EmptyState } from '../../ui/components/index.ts';
import { renderDocument } from '../../ui/layout.tsx';
import { LocaleContext } from '../../ui/locale-context.ts';
import { type Listed, listItems } from './agenda.list.ts';
import { agendaMessages } from './agenda.messages.ts';
import { type Asked, readAsked } from './agenda.query.ts';
import { writeAfter } from './agenda.rules.ts';
import { Days } from './item.tsx';

const onPage = 15;

/** The agenda as another site shows it in a frame: no script, no cookie; each thing opens in a tab of its own. */
export async function showFrame(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const asked = await readAsked(ctx, readQuery(c));
  const listed = await listItems(ctx, asked.query, { after: asked.after, limit: onPage });
  // Not kept by the page cache, which gives back a body without its headers: this one alone may be framed.
  c.header('Content-Security-Policy', framedAnywhere);
  c.header('Cache-Control', 'public, max-age=60');
  return c.html(renderDocument(<FramePage ctx={ctx} asked={asked} listed={listed} />));
}

const FramePage: FC<{ ctx: Ctx; asked: Asked; listed: Listed }> = ({ ctx, asked, listed }) => {
  const m = agendaMessages[ctx.locale];
  const path = `/${ctx.locale}/agenda`;
  const title = m.embed.title(ctx.territory.name);
  const { apres: _, ...kept } = asked.values;
  return (
    <LocaleContext.Provider value={ctx.locale}>
      <html lang={ctx.locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title}</title>
          <meta name="robots" content="noindex" />
          <meta name="color-scheme" content="light dark" />
          <link rel="stylesheet" href={asset('quai.css')} />
        </head>
        <body class="frame">
          <main class="frame-main" id="main">
            <h1 class="frame-title">{title}</h1>
            {listed.items.length > 0 ? (
              <Days ctx={ctx} items={listed.items} from={asked.query.from} link={{ target: '_blank' }} />
            ) : (
              <EmptyState title={m.list.nothing} />
            )}
            <p class="cluster">
              {listed.next ? (
                <a
                  class="button button-secondary"
                  href={hrefWith(`${path}/cadre`, kept, { apres: writeAfter(listed.next) })}
                >
                  {m.list.next}
                </a>
              ) : null}
              <a class="button button-quiet" href={hrefWith(path, kept)} target="_blank" rel="noopener">
                {m.embed.whole}
                <span class="hidden"> ({m.where.newTab})</span>
              </a>
            </p>
          </main>
        </body>
      </html>
    </LocaleContext.Provider>
  );
};
