import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Form, gatherForms } from './forms.ts';
import { expectSound, forgetAttempts, type Ground, nasty, openGround } from './ground.ts';

// Thousands of requests: a machine that does other things besides needs the time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

let ground: Ground;
const forms: { kind: keyof Ground['viewers']; form: Form }[] = [];

const startsOf = ({ planted: { open, own } }: Ground): Record<keyof Ground['viewers'], string[]> => ({
  nobody: [
    '/fr',
    '/fr/connexion',
    '/fr/appareil',
    '/fr/lieux',
    '/fr/agenda',
    '/fr/agenda/semaine',
    `/fr/agenda/${open.reference}/inscription`,
    '/fr/rendez-vous',
  ],
  inhabitant: [
    '/fr/compte',
    '/fr/mes-reservations',
    '/fr/trouver',
    `/fr/agenda/${open.reference}/inscription`,
    `/fr/inscriptions/${own.registered}/annulation`,
    `/fr/inscriptions/${own.registered}/personnes`,
    `/fr/inscriptions/${own.offered}/place`,
    `/fr/inscriptions/${own.invited}/invitation`,
    `/fr/presence/moi/${own.registered}`,
    `/fr/avis/${own.registered}`,
    '/fr/relais/62765',
    '/fr/relais/62765/rendez-vous',
    '/fr/relais/62765/seances',
  ],
  team: [
    '/fr/equipe/la-station',
    '/fr/equipe/la-station/accueil',
    '/fr/equipe/la-station/panne',
    '/fr/equipe/la-station/planning',
    '/fr/equipe/la-station/appels',
    '/fr/equipe/la-station/programme',
    '/fr/equipe/la-station/programme/nouvelle',
    ...['', '/modifier', '/deplacer', '/annuler', '/reporter', '/photo'].map(
      (rest) => `/fr/equipe/la-station/programme/${own.session}${rest}`,
    ),
    `/fr/presence/${own.session}`,
    `/fr/presence/qr/${own.registered}`,
    `/fr/inscriptions/seance/${own.session}`,
    `/fr/inscriptions/seance/${own.session}/liste`,
    '/fr/equipe/la-station/avis',
    `/fr/presence/${own.session}/feuille`,
    '/fr/preuves/la-station',
    '/fr/preuves/la-station/feuille',
    '/fr/permanences',
    '/fr/permanences/ouvrir',
    '/fr/permanences/absence',
    '/fr/carnet/la-station',
    '/fr/carnet/a-regler',
  ],
  administrator: [
    '/fr/gestion/lieux/bus/tournee',
    '/fr/gestion/lieux/bus/tournee/nouvelle',
    '/fr/gestion',
    '/fr/gestion/lieux/nouveau',
    '/fr/gestion/territoire',
    '/fr/gestion/communes',
    '/fr/gestion/lignes',
    '/fr/gestion/relais',
    '/fr/permanences/equipe',
    '/fr/permanences/equipe/nouvelle',
    '/fr/permanences/sujets',
    '/fr/permanences/sujets/nouveau',
  ],
});

beforeAll(async () => {
  ground = await openGround();
  const starts = startsOf(ground);
  for (const kind of ['nobody', 'inhabitant', 'team', 'administrator'] as const) {
    for (const form of await gatherForms(ground.viewers[kind], starts[kind], 80)) {
      if (!forms.some((one) => one.kind !== 'nobody' && one.form.action === form.action)) forms.push({ kind, form });
    }
  }
});

afterAll(() => ground?.close());

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) },
);

/** Some fields spoilt, some left out, some given twice, some that nobody asked for. */
const spoilt = fc.record({
  pick: fc.nat(),
  changes: fc.array(fc.record({ at: fc.nat(), to: value, how: fc.constantFrom('replace', 'drop', 'twice', 'add') }), {
    minLength: 1,
    maxLength: 3,
  }),
});

type Spoilt = typeof spoilt extends fc.Arbitrary<infer T> ? T : never;

function apply(form: Form, changes: Spoilt['changes']): Record<string, string[]> {
  const fields: Record<string, string[]> = { ...form.fields };
  const names = Object.keys(fields);
  for (const { at, to, how } of changes) {
    const name = names[at % Math.max(1, names.length)] ?? 'q';
    if (how === 'drop') delete fields[name];
    else if (how === 'twice') fields[name] = [...(fields[name] ?? []), to];
    else if (how === 'add') fields[`${name}[]`] = [to];
    else fields[name] = [to];
  }
  return fields;
}

async function send({ kind, form }: (typeof forms)[number], fields: Record<string, string[]>) {
  const visitor = ground.viewers[kind];
  if (form.method === 'post') return visitor.post(form.action, fields);
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) for (const one of values) query.append(name, one);
  return visitor.get(`${form.action}?${query}`);
}

describe('Forms of every page', () => {
  test('are found, and no page that is looked for there has gone', async () => {
    expect(forms.length).toBeGreaterThan(80);
    const away: string[] = [];
    for (const [kind, paths] of Object.entries(startsOf(ground)))
      for (const path of paths) {
        const { status } = await ground.viewers[kind as keyof Ground['viewers']].get(path);
        if (status !== 200) away.push(`${kind} ${path} ${status}`);
      }
    expect(away).toEqual([]);
  });

  test('each field filled in with what nobody expects is answered soundly', async () => {
    const faults: string[] = [];
    const share = process.env.HOSTILE_ALL ? 1 : 13;
    let turn = 0;
    for (const one of forms) {
      for (const name of Object.keys(one.form.fields)) {
        // Each field meets some of the values, each value some of the fields; HOSTILE_ALL=1 tries all on all.
        for (const [index, to] of nasty.entries()) {
          if (index % share !== turn % share) continue;
          const fields = { ...one.form.fields, [name]: [to] };
          const answer = await send(one, fields);
          try {
            expectSound(
              answer,
              `${one.kind} ${one.form.method} ${one.form.action} ${name}=${JSON.stringify(to.slice(0, 60))}`,
            );
          } catch (error) {
            faults.push((error as Error).message.slice(0, 400));
          }
        }
        turn += 1;
      }
      await forgetAttempts(ground.db);
    }
    expect(faults).toEqual([]);
  });

  test('any few fields spoilt at once are answered soundly', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ pick, changes }) => {
        const one = forms[pick % forms.length]!;
        const fields = apply(one.form, changes);
        runs += 1;
        if (runs % 20 === 0) await forgetAttempts(ground.db);
        expectSound(
          await send(one, fields),
          `${one.kind} ${one.form.method} ${one.form.action} ${JSON.stringify(fields).slice(0, 600)}`,
        );
      }),
      { numRuns: 200 },
    );
  });
});
