/**
 * The service worker of the day's pages, and of nothing else: with a network it lets everything through and keeps the last days
 * read; without one it shows them. What was noted is not its business: the page keeps and sends it (field.island.ts).
 */
import { isStillKept, type Keeping, keepingFrom, staticNeeds } from './keep.rules.ts';
import { waiting } from './queue.ts';

type Later = Event & { waitUntil: (work: Promise<unknown>) => void };
type Asked = Later & { request: Request; respondWith: (answer: Promise<Response>) => void };
type Told = Later & { data: unknown; source: { postMessage: (message: unknown) => void } | null };
const worker = self as unknown as {
  addEventListener: (kind: string, listener: (event: never) => void) => void;
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
  location: Location;
};

const daysName = 'quai-carnet-days';
const filesName = 'quai-carnet-files';
/** A network that does not answer within this is none. */
const patienceMs = 6_000;
const mostDays = 3;

worker.addEventListener('install', (event: Later) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event: Later) => event.waitUntil(Promise.all([worker.clients.claim(), wipe()])));

worker.addEventListener('message', (event: Told) => {
  const address = (event.data as { keep?: unknown } | null)?.keep;
  if (typeof address !== 'string' || new URL(address).origin !== worker.location.origin) return;
  event.waitUntil(
    fetch(address, { credentials: 'same-origin' })
      .then((answer) => keep(address, answer))
      .then((kept) => event.source?.postMessage({ kept }))
      .catch(() => undefined),
  );
});

worker.addEventListener('fetch', (event: Asked) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (url.pathname.startsWith('/static/')) event.respondWith(file(request));
  else if (/^\/[a-z]{2}\/carnet(\/|$)/.test(url.pathname)) event.respondWith(page(event, url));
});

async function file(request: Request): Promise<Response> {
  const kept = await (await caches.open(filesName)).match(request.url);
  return kept ?? fetch(request);
}

async function page(event: Asked, url: URL): Promise<Response> {
  const { request } = event;
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), patienceMs);
  try {
    const answer = await fetch(request, { signal: given.signal });
    // Sent to sign in from a day's page: the session is over, and so is what was kept under it.
    const away = answer.type === 'opaqueredirect' && url.pathname.split('/').length > 3;
    event.waitUntil(away ? caches.delete(daysName) : keep(request.url, answer.clone()).finally(wipe));
    return answer;
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    return (await keptDay(url)) ?? (await noDay(url));
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps a day's page that the server allows to be kept, and all that it is shown with. Returns whether it was. */
async function keep(address: string, answer: Response): Promise<boolean> {
  const seconds = answer.headers.get('x-carnet-seconds');
  if (!answer.ok || answer.redirected || seconds === null) return false;
  const html = await answer.text();
  const url = new URL(address);
  const without = `/${url.pathname.split('/')[1]}/carnet/sans-reseau`;
  const plain = await fetch(without, { credentials: 'omit' });
  await keepFiles(html);
  const { until, dayEnds } = keepingFrom(Date.now(), Number(seconds));
  const headers = new Headers(answer.headers);
  headers.set('x-kept-until', String(until));
  headers.set('x-day-ends', String(dayEnds));
  headers.delete('content-encoding');
  headers.delete('content-length');
  const days = await caches.open(daysName);
  await days.delete(address);
  // Shown by its script once it has seen that the same person is still signed in.
  await days.put(address, new Response(html.replace('<quai-field ', '<quai-field data-offline hidden '), { headers }));
  if (plain.ok) await (await caches.open(filesName)).put(without, plain);
  const addresses = await days.keys();
  for (const old of addresses.slice(0, Math.max(0, addresses.length - mostDays))) await days.delete(old);
  return true;
}

async function keepFiles(html: string): Promise<void> {
  const files = await caches.open(filesName);
  const wanted = staticNeeds(html);
  for (const address of wanted) {
    let found = await files.match(address);
    if (!found) {
      found = await fetch(address);
      if (!found.ok) continue;
      await files.put(address, found.clone());
    }
    if (address.endsWith('.css')) {
      for (const font of staticNeeds(await found.clone().text())) if (!wanted.includes(font)) wanted.push(font);
    }
  }
  for (const request of await files.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/static/') && !wanted.includes(pathname)) await files.delete(request);
  }
}

/** Wipes the days that have had their time: each time the worker has something to do, with a network or without. */
async function wipe(): Promise<void> {
  const days = await caches.open(daysName);
  const left = await waiting().catch(() => 0);
  for (const request of await days.keys()) {
    const headers = (await days.match(request))?.headers;
    const keeping: Keeping = {
      until: Number(headers?.get('x-kept-until')),
      dayEnds: Number(headers?.get('x-day-ends')),
    };
    if (!isStillKept(keeping, left, Date.now())) await days.delete(request);
  }
}

/** The day asked for, else the last one read in this language. */
async function keptDay(url: URL): Promise<Response | undefined> {
  await wipe();
  const days = await caches.open(daysName);
  const locale = `/${url.pathname.split('/')[1]}/`;
  let last: Response | undefined;
  for (const request of await days.keys()) {
    const answer = await days.match(request);
    if (!answer) continue;
    if (request.url === url.href) return answer;
    else if (new URL(request.url).pathname.startsWith(locale)) last = answer;
  }
  return last;
}

async function noDay(url: URL): Promise<Response> {
  const without = `/${url.pathname.split('/')[1]}/carnet/sans-reseau`;
  return (await (await caches.open(filesName)).match(without)) ?? Response.error();
}
