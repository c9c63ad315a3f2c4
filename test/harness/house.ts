import { afterAll, beforeAll, beforeEach } from 'vitest';
import { connect, type Db } from '../../src/core/db.ts';
import { makeApp, type TestApp } from './app.ts';
import { type Clone, cloneDatabase } from './cluster.ts';

type Base = {
  readonly db: Db;
  /** Closes every connection and opens anew: one says what it met when it closes. */
  reopen: () => Promise<void>;
};

/** A database of the test file's own, cloned before its tests and removed after them. `max` is how many connections it takes. */
export function useDatabase({ max = 4 }: { max?: number } = {}): Base {
  let clone: Clone | undefined;
  let db: Db | undefined;
  beforeAll(async () => {
    clone = await cloneDatabase();
    db = connect(clone.url, { max });
  });
  afterAll(async () => {
    await db?.destroy();
    await clone?.drop();
  });
  return {
    get db() {
      return db!;
    },
    reopen: async () => {
      await db!.destroy();
      db = connect(clone!.url, { max: 1 });
    },
  };
}

type HouseOptions = Omit<NonNullable<Parameters<typeof makeApp>[1]>, 'onActed' | 'changes'> & {
  max?: number;
  /** Opens a new house before each test, on the same database: no letter written yet, no request counted. */
  eachTest?: boolean;
};

/** An application that is opened before the tests, as they name it before it is. */
export function faceOf(house: () => TestApp): Readonly<TestApp> {
  return {
    get app() {
      return house().app;
    },
    get db() {
      return house().db;
    },
    get letters() {
      return house().letters;
    },
    get now() {
      return house().now;
    },
    ctx: (actor) => house().ctx(actor),
    visitor: (headers) => house().visitor(headers),
    signedIn: (email, headers) => house().signedIn(email, headers),
    work: () => house().work(),
  };
}

/** The whole application for the tests of one file, on a database of its own. */
export function useHouse({ max, eachTest = false, ...options }: HouseOptions = {}): Readonly<TestApp> {
  const base = useDatabase(max === undefined ? {} : { max });
  let house: TestApp | undefined;
  const open = async () => {
    if (eachTest) await base.db.deleteFrom('rate_limit').execute();
    house = await makeApp(base.db, options);
  };
  if (eachTest) beforeEach(open);
  else beforeAll(open);
  return Object.defineProperty(
    faceOf(() => house!),
    'db',
    { get: () => base.db },
  ) as Readonly<TestApp>;
}
