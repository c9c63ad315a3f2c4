import type { Hono } from 'hono';
import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import { notFound } from '../../core/errors.ts';
import {
  checkbox,
  type FieldErrors,
  type FormValues,
  optionalEmail,
  optionalTelephone,
  optionalText,
  parse,
  text,
  whole,
} from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { type Refused, refusedBy } from '../notices/index.ts';
import {
  acceptOffer,
  declineOffer,
  register,
  registrationByReference,
  registrationsOf,
} from '../registrations/index.ts';
import { formatOf, namesOf, readState, titleOf, words } from '../tidings/index.ts';
import { type SessionView, sessionByReference } from '../timetable/index.ts';
import { cell } from './guest-file.ts';
import { guestsMessages } from './guests.messages.ts';
import { ListPage } from './list.pages.tsx';

export const own = '/:locale{fr|nl|en}/inscriptions/seance/:ref{[2-9A-Za-z]{10}}';

/** The session of an address, for who works there; for anybody else it is not there. Appointments have pages of their own. */
export async function enterSession(c: Web): Promise<SessionView> {
  const { ctx } = c.var;
  // Before it is looked for: who works nowhere learns nothing of what exists.
  mustHave(ctx.actor, 'team');
  const session = await sessionByReference(ctx, c.req.param('ref') ?? '');
  if (!session || session.kind === 'appointment') throw notFound();
  mustHave(ctx.actor, 'team', session.site.id);
  return session;
}

type Shown = { values?: FormValues; errors?: FieldErrors; refused?: Refused };

/** The list, with what was just done or refused. */
export async function showList(c: Web, session: SessionView, shown: Shown = {}): Promise<Response> {
  const { ctx } = c.var;
  const m = guestsMessages[ctx.locale];
  const { fait, nombre } = readQuery(c);
  const said: Record<string, string> = {
    inscrit: m.added,
    attente: m.addedWaiting,
    reponse: m.answered,
    liste: m.imported(Number(nombre) || 0),
  };
  const status = shown.refused?.status ?? (shown.errors ? 422 : 200);
  return page(
    c,
    { title: `${m.title} · ${titleOf(ctx, session, ctx.locale)}`, wide: true, status },
    <ListPage
      view={{
        ctx,
        session,
        all: await registrationsOf(ctx, session.id),
        values: shown.values ?? {},
        errors: shown.errors ?? {},
        refused: shown.refused?.reasons ?? [],
        done: fait && Object.hasOwn(said, fait) ? said[fait] : undefined,
      }}
    />,
  );
}

const addSchema = z.object({
  nom: text(120),
  telephone: optionalTelephone,
  courriel: optionalEmail,
  personnes: whole(1, 200).default(1),
  precision: optionalText(300),
  la: checkbox,
  malgre: optionalText(500),
});

async function postAdd(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const session = await enterSession(c);
  const values = await readForm(c);
  const form = parse(addSchema, values, ctx.locale);
  if (!form.ok) return showList(c, session, { values, errors: form.errors });
  const { nom, telephone, courriel, personnes, precision, la, malgre } = form.data;
  try {
    const { registrations } = await register(ctx, {
      sessionIds: [session.id],
      kind: personnes > 1 ? 'household' : 'self',
      person: { name: nom, email: courriel, telephone },
      attendees: Array.from({ length: personnes }, (_, index) => (index === 0 ? { self: true } : {})),
      note: precision,
      // At the desk the guardian is there, or has just said so on the telephone.
      consent: true,
      channel: 'desk',
      arrived: la && session.start <= ctx.now,
      ...(malgre ? { override: { reason: malgre } } : {}),
    });
    const fait = registrations.some((one) => one.status === 'waiting') ? 'attente' : 'inscrit';
    return seeOther(c, `/inscriptions/seance/${session.reference}?fait=${fait}`);
  } catch (error) {
    return showList(c, session, { values, refused: refusedBy(ctx, error, session.timeZone) });
  }
}

async function postAnswer(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const session = await enterSession(c);
  const values = await readForm(c);
  const view = await registrationByReference(ctx, values.inscription ?? '');
  if (!view || view.sessionId !== session.id) throw notFound();
  const version = Number(values.version);
  const target = { registration: view.id, ...(Number.isInteger(version) && version > 0 ? { version } : {}) };
  try {
    await (values.geste === 'laisser' ? declineOffer : acceptOffer)(ctx, target);
  } catch (error) {
    return showList(c, session, { refused: refusedBy(ctx, error, session.timeZone) });
  }
  return seeOther(c, `/inscriptions/seance/${session.reference}?fait=reponse`);
}

/** The list as a spreadsheet reads it. */
async function sendCsv(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const session = await enterSession(c);
  const { columns: m } = guestsMessages[ctx.locale];
  const format = formatOf(session, ctx.locale);
  const head = [m.name, m.email, m.telephone, m.organisation, m.people, m.names, m.state, m.rank, m.note, m.since];
  const rows = (await registrationsOf(ctx, session.id)).map((one) => [
    one.person.name,
    one.person.email,
    one.person.telephone,
    one.organisation,
    one.places,
    namesOf(one, ctx.locale).join(', '),
    words[ctx.locale].states[readState(one, session, ctx.now)],
    one.rank,
    [one.mandate, one.note].filter(Boolean).join(', '),
    format.isoDay(one.createdAt),
    one.reference,
  ]);
  const lines = [[...head, m.reference], ...rows].map((row) => row.map(cell).join(';'));
  c.header('Content-Type', 'text/csv; charset=utf-8');
  c.header('Content-Disposition', `attachment; filename="inscriptions-${session.reference}.csv"`);
  c.header('Cache-Control', 'private, no-store');
  // The mark by which spreadsheets know the encoding.
  return c.body(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** Who comes to a session, for its team. */
export function listRoutes(app: Hono<Env>): void {
  app.get(own, async (c) => showList(c, await enterSession(c)));
  app.post(own, postAdd);
  app.post(`${own}/reponse`, postAnswer);
  app.get(`${own}/liste.csv`, sendCsv);
}
