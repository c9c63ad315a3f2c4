import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** One gesture as the phone keeps it: what is sent, and how it is shown meanwhile. */
export type Noted = {
  /** Given by the database of the phone: the order in which they were made. */
  turn?: number;
  id: string;
  kind: string;
  occurredAt: string;
  payload: Record<string, string>;
  /** Whose gesture: nobody else's session sends it. */
  who: string;
  /** Which line of the page shows it, and in which words. */
  row: string;
  says: string;
  state: 'waiting' | 'done' | 'conflict' | 'refused';
  sentence?: string;
};

interface Schema extends DBSchema {
  noted: { key: number; value: Noted };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('quai-carnet', 1, {
    upgrade: (db) => void db.createObjectStore('noted', { keyPath: 'turn', autoIncrement: true }),
    // The browser closed it, or another page wants to change it: opened again when next needed.
    terminated: () => {
      opened = undefined;
    },
    blocking: (_before, _wanted, event) => {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Keeps a gesture; it is on the phone's disk when this returns. */
export async function note(entry: Noted): Promise<void> {
  const transaction = (await database()).transaction('noted', 'readwrite', { durability: 'strict' });
  await transaction.store.add(entry);
  await transaction.done;
}

/** All that the phone keeps, in the order it was made. */
export const all = async (): Promise<Noted[]> => (await database()).getAll('noted');

/** Writes what became of a gesture. */
export async function change(entry: Noted): Promise<void> {
  await (await database()).put('noted', entry);
}

/** Forgets a gesture that the server has and the page shows. */
export async function forget(turn: number): Promise<void> {
  await (await database()).delete('noted', turn);
}

/** How many gestures the server has not had yet. */
export const waiting = async (): Promise<number> => (await all()).filter((entry) => entry.state === 'waiting').length;

/** A UUID of version 7, as the server makes them. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let at = Date.now();
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = at % 256;
    at = Math.floor(at / 256);
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
