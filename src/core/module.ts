import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import type { Ctx } from './context.ts';
import type { Params } from './errors.ts';
import type { Locale } from './i18n.ts';
import type { Env } from './web.ts';

/** What a sentence needs to write dates: the reader's language and the zone of the place. */
export type Saying = { locale: Locale; timeZone: string };

/** Message key -> the sentence, given what fills it. Codes are unique in the whole product: "booking.taken". */
export type Sentences = Record<string, (params: Params, saying: Saying) => string>;

export type MenuItem = { href: string; label: string; rank: number };

/** Work left in the outbox, done later; runs at least once, so it must bear being run twice. */
export type Handler = (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>;

export type Schedule = { name: string; everyMinutes: number; run: (ctx: Ctx) => Promise<void> };

/** What a module gives to the house; everything is optional but its name. */
export type Module = {
  name: string;
  /** Pages, below the locale: paths start with /:locale/… or are permanent ones such as /r/:code. */
  routes?: (app: Hono<Env>) => void;
  /** REST, below /api/v1. */
  api?: (app: OpenAPIHono<Env>) => void;
  /** The words of its refusals and next steps, in each language. */
  sentences?: Record<Locale, Sentences>;
  handlers?: Record<string, Handler>;
  schedules?: Schedule[];
  menu?: (ctx: Ctx) => MenuItem[];
};
