import type { Logger } from 'pino';
import { type App, createApp } from '../../src/app.ts';
import { findSession, openSession } from '../../src/core/auth.ts';
import { Changes } from '../../src/core/changes.ts';
import type { Actor, Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import { newId } from '../../src/core/ids.ts';
import { drain, gatherHandlers } from '../../src/core/jobs.ts';
import { makeLog, quietLog } from '../../src/core/log.ts';
import { keepingPostman, type Letter } from '../../src/core/mail.ts';
import { readTerritory } from '../../src/core/territories.ts';
import { modules } from '../../src/modules.ts';
import { territory as essai, monday9, testFiles } from './make.ts';

export const origin = 'http://localhost:3000';

export type Answer = { status: number; location: string | null; text: string; headers: Headers; json: () => unknown };

/** A visitor's browser: keeps its cookies, follows nothing by itself. */
export class Visitor {
  readonly #app: App;
  readonly #cookies = new Map<string, string>();
  readonly #headers: Record<string, string>;

  constructor(app: App, headers: Record<string, string> = {}) {
    this.#app = app;
    this.#headers = headers;
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { headers });
  }

  /** Sends a form as a browser would; a list gives a field several times. */
  post(
    path: string,
    form: Record<string, string | string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
    return this.#send(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', origin, ...headers } });
  }

  /** Sends a form that carries a file, as a browser would. */
  upload(path: string, form: FormData): Promise<Answer> {
    return this.#send(path, { method: 'POST', body: form, headers: { 'sec-fetch-site': 'same-origin', origin } });
  }

  /** Calls the API with a JSON body. */
  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.#headers, ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) };
    const response = await this.#app.request(new URL(path, origin).toString(), { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const cut = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.#cookies.delete(pair.slice(0, cut));
      else this.#cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location'),
      text,
      headers: response.headers,
      json: () => JSON.parse(text),
    };
  }
}

export type TestApp = {
  app: App;
  db: Db;
  /** Mails sent so far. */
  letters: Letter[];
  /** The hands of the clock: set `now.at` to move it. */
  now: { at: Date };
  ctx: (actor?: Actor) => Ctx;
  visitor: (headers?: Record<string, string>) => Visitor;
  /** A visitor signed in as the person with this e-mail (an account is made when there is none). */
  signedIn: (email: string, headers?: Record<string, string>) => Promise<Visitor>;
  /** Does all the work left for later: mails and the rest. */
  work: () => Promise<number>;
};

/** The whole application on a test database, with a clock that stands still. */
export async function makeApp(
  db: Db,
  options: {
    now?: Date;
    demo?: boolean;
    publicUrl?: string;
    onActed?: () => void;
    changes?: Changes;
    log?: Logger;
    trustedProxies?: string[];
  } = {},
): Promise<TestApp> {
  const now = { at: options.now ?? monday9 };
  const postman = keepingPostman();
  const found = (await readTerritory(db)) ?? essai;
  const log = options.log ?? (process.env.TEST_LOG ? makeLog('info') : quietLog);
  const app = createApp({
    db,
    territory: () => found,
    modules,
    postman,
    files: testFiles(),
    clock: () => now.at,
    publicUrl: options.publicUrl ?? origin,
    secret: 'a secret of the tests, thirty-two characters long',
    demo: options.demo ?? true,
    trustedProxies: options.trustedProxies ?? [],
    log,
    changes: options.changes ?? new Changes(undefined, log),
    ...(options.onActed ? { onActed: options.onActed } : {}),
  });
  const handlers = gatherHandlers(modules);
  const visitor = (headers?: Record<string, string>) => new Visitor(app, headers);
  return {
    app,
    db,
    letters: postman.letters,
    now,
    visitor,
    ctx: (actor) => ({ ...app.systemContext(), ...(actor ? { actor } : {}) }),
    signedIn: async (email, headers) => {
      const one = visitor(headers);
      one.setCookie('quai_session', await sessionOf(db, email, now.at));
      return one;
    },
    work: () => drain(app.systemContext(), handlers),
  };
}

async function sessionOf(db: Db, email: string, now: Date): Promise<string> {
  const person = await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  const known = await db.selectFrom('account').select('id').where('person_id', '=', person.id).executeTakeFirst();
  const accountId = known?.id ?? newId();
  if (!known) await db.insertInto('account').values({ id: accountId, person_id: person.id, created_at: now }).execute();
  return openSession(db, now, accountId, 'test');
}

/** The actor a session belongs to, with all its rights, to call commands as that person would. */
export async function actorByEmail(db: Db, email: string, now: Date = monday9): Promise<Actor> {
  const signed = await findSession(db, await sessionOf(db, email, now), now);
  if (!signed) throw new Error(`Nobody has the e-mail ${email}`);
  return signed.actor;
}
