import type { Child } from 'hono/jsx';
import { has } from '../core/access.ts';
import type { Ctx } from '../core/context.ts';
import type { Web } from '../core/web.ts';
import { Layout, type PageFrame, renderDocument } from './layout.tsx';

export type PageOptions = {
  title: string;
  description?: string;
  wide?: boolean;
  bare?: boolean;
  islands?: string[];
  refreshSeconds?: number;
  status?: number;
};

/** What every page shows around its content. */
export function frameOf(c: Web): PageFrame {
  const { ctx } = c.var;
  const url = new URL(c.req.url);
  return {
    locale: ctx.locale,
    territory: { name: ctx.territory.name, telephone: ctx.territory.telephone, email: ctx.territory.email },
    viewer: viewerOf(ctx),
    path: url.pathname + url.search,
    now: ctx.now,
    timeZone: ctx.territory.timeZone,
    menu: c.var.menu().map((item) => {
      const href = `/${ctx.locale}${item.href}`;
      return {
        href,
        label: item.label,
        current: url.pathname === href || (item.href !== '' && url.pathname.startsWith(`${href}/`)),
      };
    }),
    demo: c.var.demo,
  };
}

function viewerOf(ctx: Ctx): PageFrame['viewer'] {
  if (ctx.actor.kind !== 'person') return null;
  return { name: ctx.actor.name, isTeam: has(ctx.actor, 'team'), isAdmin: has(ctx.actor, 'administrator') };
}

/** A whole page around its content. Pages that show who is looking are never kept by a cache. */
export function page(c: Web, options: PageOptions, content: Child): Response {
  const { title, description, wide, bare, islands, refreshSeconds, status } = options;
  const document = renderDocument(
    Layout({
      frame: frameOf(c),
      title,
      ...(description ? { description } : {}),
      ...(wide ? { wide } : {}),
      ...(bare ? { bare } : {}),
      ...(islands ? { islands } : {}),
      ...(refreshSeconds ? { refreshSeconds } : {}),
      children: content,
    }),
  );
  c.header('Content-Type', 'text/html; charset=utf-8');
  c.header('Cache-Control', 'private, no-cache');
  return c.body(document, (status ?? 200) as 200);
}
