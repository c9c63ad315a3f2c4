import type { Logger } from 'pino';
import type { Db } from './db.ts';
import type { FileStore } from './files.ts';
import type { Locale } from './i18n.ts';
import type { Postman } from './mail.ts';
import type { Sentences } from './module.ts';
import type { Role } from './schema.ts';

export type Grant = { role: Role; siteId: string | null };

/** Who acts: nobody known, a person signed in, or the software itself. */
export type Actor = {
  kind: 'anonymous' | 'person' | 'system';
  personId: string | null;
  accountId: string | null;
  sessionId: string | null;
  name: string;
  email: string | null;
  grants: readonly Grant[];
  groups: readonly string[];
  /** Whether they act for the residents of a commune, which only their own pages ask in full. */
  relay: boolean;
  deviceId: string | null;
  /** What an API token may do; null where the person acts on the site itself. */
  scopes: readonly string[] | null;
};

export const anonymous: Actor = {
  kind: 'anonymous',
  personId: null,
  accountId: null,
  sessionId: null,
  name: '',
  email: null,
  grants: [],
  groups: [],
  relay: false,
  deviceId: null,
  scopes: null,
};

export const system: Actor = { ...anonymous, kind: 'system', grants: [{ role: 'administrator', siteId: null }] };

export type Territory = {
  id: string;
  slug: string;
  name: string;
  mainLanguage: Locale;
  country: string;
  timeZone: string;
  telephone: string | null;
  email: string | null;
  publisher: Record<string, string>;
  demonstration: boolean;
};

/** All a command may lean on: nothing else is reached from it, neither a clock nor an environment. */
export type Ctx = {
  db: Db;
  now: Date;
  actor: Actor;
  locale: Locale;
  territory: Territory;
  publicUrl: string;
  secret: string;
  sentences: Record<Locale, Sentences>;
  /** Used by the handlers of jobs only: a command leaves work in the outbox. */
  postman: Postman;
  files: FileStore;
  log: Logger;
};
