import type { Child } from 'hono/jsx';
import { has } from '../core/access.ts';
import { Body } from '../core/compress.ts';
import type { Ctx } from '../core/context.ts';
import { cookieName, readCookie } from '../core/cookies.ts';
import { send } from '../core/page-cache.ts';
import type { Web } from '../core/web.ts';
import { Layout, type PageFrame, renderDocument } from './layout.tsx';

export type PageOptions = {
  title: string;
  description?: string;
  wide?: boolean;
  bare?: boolean;
  islands?: string[];
  refreshSeconds?: number;
  /** An Atom feed of what the page lists. */
  feed?: string;
  status?: number;
  /**
   * The same for all visitors nobody knows, without a secret in its forms: it may be kept for some seconds. Where it has no
   * script it is light: made with what `quai.css` has (scripts/build.mjs).
   */
  shared?: boolean;
  /** The bodies already made of this very content, by the frame around it: the page is taken from there, or put there. */
  made?: Map<string, Body>;
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

/** The phone keeps a day that somebody else read, or who has left since; the day's own page sees to it by itself. */
function leftBehind(c: Web, islands: readonly string[] = []): PageFrame['leftBehind'] {
  const { ctx } = c.var;
  const secure = ctx.publicUrl.startsWith('https://');
  const mark = readCookie(c, 'field', secure);
  const gone = mark !== undefined && mark !== ctx.actor.personId && !islands.includes('field.js');
  return gone ? { cookie: cookieName('field', secure), secure } : undefined;
}

/** A whole page around its content. */
export function page(c: Web, options: PageOptions, content: Child): Response {
  const { title, description, wide, bare, islands, refreshSeconds, feed, status, shared, made } = options;
  const frame = { ...frameOf(c), leftBehind: leftBehind(c, islands) };
  const look = made ? JSON.stringify(frame) : '';
  const body =
    made?.get(look) ??
    new Body(
      renderDocument(
        Layout({
          frame,
          title,
          ...(description ? { description } : {}),
          ...(wide ? { wide } : {}),
          ...(bare ? { bare } : {}),
          ...(islands ? { islands } : {}),
          ...(refreshSeconds ? { refreshSeconds } : {}),
          ...(feed ? { feed } : {}),
          ...(shared && !islands ? { light: true } : {}),
          children: content,
        }),
      ),
    );
  made?.set(look, body);
  if (shared && c.var.ctx.actor.kind === 'anonymous') c.set('shared', body);
  return send(c, body, 'text/html; charset=utf-8', status);
}
