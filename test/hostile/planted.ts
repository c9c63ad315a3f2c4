import type { Db } from '../../src/core/db.ts';
import { hashSecret, newId } from '../../src/core/ids.ts';
import { at, makePerson, paris } from '../harness/make.ts';

/** What nobody reads who is neither concerned nor of the team; each of its kind carries this and a word of its own. */
export const secret = /\bzqx[a-z-]*/i;

/** Markdown of somebody hostile, with what of it is harmless. */
export const markdown = [
  '**gras** <script>alert(7171)</script> <img src=x onerror=alert(7171)> <iframe src="https://cadre.example"></iframe>',
  '[un lien](javascript:alert(7171)) [ailleurs](https://ailleurs.example/x) ![](https://traceur.example/pixel.gif)',
  '<a href="data:text/html,<script>alert(7171)</script>" onmouseover="alert(7171)">ici</a> <style>*{display:none}</style>',
  '`</textarea></script><script>alert(7171)</script>`',
].join('\n\n');

/** What is the inhabitant's own, for whoever tries the pages that only its owner sees: at the station, whose team is a viewer. */
export type Own = { session: string; registered: string; offered: string; invited: string };

/** Sessions of a team that none of the viewers belongs to, and who comes to them. */
export type Planted = {
  /** Anybody may read of it: its text is hostile, the address at which one joins is a secret. */
  open: Made;
  own: Own;
  draft: Made;
  invited: Made;
  appointment: Made;
  registration: { id: string; reference: string; attendeeId: string };
  waiting: { id: string; reference: string };
  offered: { id: string; reference: string };
  /** Who comes to the appointment. */
  visit: { id: string; reference: string };
  /** Of the site where all of this is. */
  commune: string;
  helper: string;
  reason: { id: string; slug: string };
  fieldEntry: string;
  feedback: string;
  sheet: string;
};

type Made = { id: string; reference: string };

const siteSlug = 'mini-station-eperlecques';
const words = (fr: string) => JSON.stringify({ fr });

/** Plants the secrets. They lie on the days after Monday 23 November 2026. */
export async function plant(db: Db): Promise<Planted> {
  const site = await db
    .selectFrom('site')
    .select(['id', 'commune_code'])
    .where('slug', '=', siteSlug)
    .executeTakeFirstOrThrow();
  const siteId = site.id;
  const theo = await personOf(db, 'theo@quai.example');
  const stranger = await makeStranger(db);
  const reason = { id: newId(), slug: 'motif-d-essai' };
  await db
    .insertInto('appointment_reason')
    .values({
      ...reason,
      name: words('zqx-motif'),
      bring: words('zqx-apporter'),
      minutes: 45,
      archived_at: at('2026-11-20', '09:00'),
    })
    .execute();
  const leader = await makePerson(db, { name: 'Dominique Accueil' });
  const base = { siteId, leader: leader.id };
  const open = await makeSession(db, {
    ...base,
    reference: '7QUA7PUBLC',
    kind: 'workshop',
    day: '2026-11-26',
    title: 'Atelier en ligne <script>alert(7171)</script>',
    description: markdown,
    online: 'https://visio.example/zqx-online',
    seats: 2,
  });
  const draft = await makeSession(db, { ...base, day: '2026-11-27', title: 'zqx-brouillon', status: 'draft' });
  const invited = await makeSession(db, { ...base, day: '2026-11-28', title: 'zqx-invites', audience: 'invited' });
  const appointment = await makeSession(db, {
    ...base,
    kind: 'appointment',
    day: '2026-11-25',
    title: 'zqx-rendez-vous',
    reasonId: reason.id,
    seats: 1,
  });
  const registration = await register(db, open.id, theo, 'registered', '7QUA7REGST', 1);
  const offered = await register(db, open.id, stranger, 'offered', '7QUA7FFERD', 2);
  const waiting = await register(db, open.id, stranger, 'waiting', '7QUA7WAITS');
  const visit = await register(db, appointment.id, stranger, 'registered', '7QUA7APPMT', 1);
  await register(db, invited.id, stranger, 'registered', '7QUA7NVTED', 1);
  const own = await ownOf(db, leader.id);
  return {
    open,
    own,
    draft,
    invited,
    appointment,
    registration,
    waiting,
    offered,
    visit,
    commune: site.commune_code!,
    reason,
    helper: await helperOf(db, leader.id, siteId, reason.id),
    ...(await afterwards(db, { siteId, sessionId: open.id, registration, personId: stranger })),
  };
}

async function ownOf(db: Db, leader: string): Promise<Own> {
  const inhabitant = await personOf(db, 'habitant@quai.example');
  const { id: siteId } = await db
    .selectFrom('site')
    .select('id')
    .where('slug', '=', 'la-station')
    .executeTakeFirstOrThrow();
  // They also keep a town hall's counter, of a commune that none of the secrets is about.
  await db
    .insertInto('relay')
    .values({ id: newId(), person_id: inhabitant, commune_code: '62765', created_at: at('2026-11-01', '09:00') })
    .execute();
  const statuses = ['registered', 'offered', 'invited'] as const;
  const [first, ...rest] = await Promise.all(
    statuses.map(async (status, index) => {
      const session = await makeSession(db, {
        siteId,
        leader,
        day: `2026-12-0${index + 1}`,
        title: 'Atelier d’essai',
        description: markdown,
      });
      const seat = status === 'invited' ? null : 1;
      const { reference } = await register(db, session.id, inhabitant, status, `7QUA77WN2${index + 2}`, seat, 'Léo');
      return { session: session.reference, reference };
    }),
  );
  return {
    session: first!.session,
    registered: first!.reference,
    offered: rest[0]!.reference,
    invited: rest[1]!.reference,
  };
}

const personOf = async (db: Db, email: string): Promise<string> =>
  (await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id;

async function makeStranger(db: Db): Promise<string> {
  const id = newId();
  await db
    .insertInto('person')
    .values({
      id,
      name: 'Zqxnom Secrète',
      email: 'zqx-courriel@secret.example',
      telephone: '+33 6 99 zqx',
      created_at: at('2026-11-01', '09:00'),
    })
    .execute();
  return id;
}

type Over = {
  siteId: string;
  leader: string;
  day: string;
  title: string;
  reference?: string;
  kind?: 'workshop' | 'appointment';
  description?: string;
  online?: string;
  seats?: number;
  status?: 'draft' | 'published';
  audience?: 'all' | 'invited';
  reasonId?: string;
};

async function makeSession(db: Db, over: Over): Promise<Made> {
  const made = {
    id: newId(),
    reference: over.reference ?? `7QUA7${newId().slice(-5).toUpperCase().replace(/[01]/g, '2')}`,
  };
  await db
    .insertInto('session')
    .values({
      ...made,
      kind: over.kind ?? 'workshop',
      title: words(over.title),
      summary: words(over.description ? 'En ligne' : 'zqx-resume'),
      description: words(over.description ?? 'zqx-description'),
      site_id: over.siteId,
      place_kind: over.online ? 'online' : 'site',
      online_url: over.online ?? null,
      starts_at: at(over.day, '14:00'),
      ends_at: at(over.day, '16:00'),
      time_zone: paris,
      seats: over.seats ?? 12,
      audience: over.audience ?? 'all',
      price_kind: 'free',
      questions: JSON.stringify([]),
      operation: JSON.stringify({ number: 'zqx-operation' }),
      status_reason: '{}',
      status: over.status ?? 'published',
      reason_id: over.reasonId ?? null,
      published_at: over.status === 'draft' ? null : at('2026-11-01', '09:00'),
      created_at: at('2026-11-01', '09:00'),
    })
    .execute();
  await db
    .insertInto('seat')
    .values(Array.from({ length: over.seats ?? 12 }, (_, index) => ({ session_id: made.id, number: index + 1 })))
    .execute();
  await db.insertInto('session_leader').values({ session_id: made.id, person_id: over.leader }).execute();
  return made;
}

async function register(
  db: Db,
  sessionId: string,
  personId: string,
  status: 'registered' | 'waiting' | 'offered' | 'invited',
  reference: string,
  seat: number | null = null,
  name = 'Zqxenfant',
) {
  const word = (text: string) => (name === 'Zqxenfant' ? `zqx-${text}` : text);
  const made = { id: newId(), reference, attendeeId: newId() };
  await db
    .insertInto('registration')
    .values({
      id: made.id,
      reference,
      session_id: sessionId,
      person_id: personId,
      kind: 'household',
      status,
      places: 1,
      waiting_since: status === 'waiting' ? at('2026-11-20', '10:00') : null,
      offer_expires_at: status === 'offered' ? at('2026-11-25', '10:00') : null,
      answers: JSON.stringify({ q: word('reponse') }),
      consent_at: at('2026-11-20', '10:00'),
      mandate: word('mandat'),
      note: word('note'),
      channel: 'web',
      created_at: at('2026-11-20', '10:00'),
      registered_at: status === 'registered' ? at('2026-11-20', '10:00') : null,
    })
    .execute();
  await db
    .insertInto('attendee')
    .values({
      id: made.attendeeId,
      registration_id: made.id,
      session_id: sessionId,
      seat,
      name,
      birth_year: 2017,
      minor: true,
    })
    .execute();
  return made;
}

async function helperOf(db: Db, personId: string, siteId: string, reasonId: string): Promise<string> {
  const id = newId();
  const created_at = at('2026-11-01', '09:00');
  await db.insertInto('helper').values({ id, person_id: personId, site_id: siteId, created_at }).execute();
  await db.insertInto('unit').values({ id: newId(), helper_id: id, label: 'helper' }).execute();
  await db.insertInto('appointment_offer').values({ helper_id: id, reason_id: reasonId }).execute();
  await db
    .insertInto('absence')
    .values({
      id: newId(),
      helper_id: id,
      starts_at: at('2026-11-24', '08:00'),
      ends_at: at('2026-11-24', '18:00'),
      reason: 'zqx-absence',
      created_at,
    })
    .execute();
  return id;
}

const noFigures = {
  ...{ halfDays: 0, peopleHalfDays: 0, minutes: 0, named: 0, unnamed: 0, walkIns: 0, bands: {}, sessions: 0 },
};

/** The rows of a locked sheet, as far as pages read them. */
const sheetOf = (sessionId: string, { id, attendeeId }: Planted['registration']) => ({
  ...{ sessionId, title: 'zqx-feuille', facts: [], totals: [], sittings: [], walkIns: [], walkInLines: [] },
  people: [{ attendeeId, registrationId: id, personId: null, name: 'Zqxenfant', organisation: '', marks: [] }],
});

type Afterwards = { siteId: string; sessionId: string; personId: string; registration: Planted['registration'] };

/** What is written down once people were there: a mark, a signature, a sheet, an opinion, a phone's own entry. */
async function afterwards(db: Db, { siteId, sessionId, personId, registration }: Afterwards) {
  const [sheet, feedback, fieldEntry] = [newId(), newId(), newId()];
  const when = at('2026-11-22', '16:00');
  await db
    .insertInto('signature')
    .values({ id: newId(), attendee_id: registration.attendeeId, strokes: 'zqx-traits', signed_at: when })
    .execute();
  await db
    .insertInto('attendance_sheet')
    .values({
      id: sheet,
      site_id: siteId,
      session_id: sessionId,
      number: 'ZQX-FEUILLE-1',
      rows: JSON.stringify([sheetOf(sessionId, registration)]),
      totals: JSON.stringify({ figures: noFigures, paper: {} }),
      countersigned_name: 'Dominique Accueil',
      locked_at: when,
      keep_until: '2036-11-22',
      created_at: when,
    })
    .execute();
  await db
    .insertInto('feedback')
    .values({
      id: feedback,
      session_id: sessionId,
      registration_id: registration.id,
      score: 1,
      words: 'zqx-avis',
      created_at: when,
    })
    .execute();
  await db
    .insertInto('field_entry')
    .values({
      id: fieldEntry,
      person_id: personId,
      turn: 1,
      kind: 'note',
      occurred_at: when,
      recorded_at: when,
      request_hash: hashSecret('zqx'),
      outcome: 'conflict',
      answer: JSON.stringify({ said: 'zqx-carnet' }),
    })
    .execute();
  return { sheet, feedback, fieldEntry };
}
