import { beforeAll, describe, expect, test } from 'vitest';
import { makeSession } from '../../../test/harness/agenda.ts';
import { useHouse } from '../../../test/harness/house.ts';
import { makePerson, makeSite } from '../../../test/harness/make.ts';
import { seen } from '../../../test/harness/seen.ts';
import { registrationKey } from '../../core/codes.ts';
import { type AttendeeInput, register, registrationsOf } from '../registrations/index.ts';

const app = useHouse();
let siteId: string;
beforeAll(async () => {
  siteId = (await makeSite(app.db)).id;
});

async function come(kind: 'group' | 'household', attendees: AttendeeInput[], seats = 40) {
  const one = await makeSession(app.db, { siteId, seats });
  const person = await makePerson(app.db, { name: 'Claire Essai' });
  const ctx = app.ctx();
  const asked = { sessionIds: [one.id], kind, person: { id: person.id }, attendees, consent: true };
  const { registrations } = await register(ctx, { ...asked, channel: 'web' });
  const { id, reference } = registrations[0]!;
  return { one, cle: registrationKey(ctx.secret, id), path: `/fr/inscriptions/${reference}/personnes` };
}

const now = async (sessionId: string) => (await registrationsOf(app.ctx(), sessionId))[0]!;

describe('Changing who comes', () => {
  const pupils = Array.from({ length: 24 }, () => ({ minor: true }));

  test('a class says how many children and adults, not which of twenty-seven boxes', async () => {
    const { one, cle, path } = await come('group', [{ self: true }, {}, {}, ...pupils]);
    const page = (await app.visitor().get(`${path}?cle=${cle}`)).text;
    expect(page.match(/name="garde"/g)).toHaveLength(1);
    expect(page).toMatch(/name="jeunes"[^>]*value="24"/);
    const self = /name="garde" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await app.visitor().post(path, { cle, garde: self, jeunes: '22', adultes: '3' });
    expect(answer.headers.get('location')).toContain('fait=personnes');
    const view = await now(one.id);
    expect(view.attendees.filter((attendee) => attendee.minor)).toHaveLength(22);
    expect(view.places).toBe(26);
    expect((await app.visitor().post(path, { cle, garde: self, jeunes: 'x', adultes: '3' })).status).toBe(422);
  });

  test('nothing changed is not said to be; what was refused keeps the boxes as they were', async () => {
    const { one, cle, path } = await come('household', [{ name: 'Inès' }, { name: 'Tom' }]);
    const [ines, tom] = (await now(one.id)).attendees.map((attendee) => attendee.id);
    const same = await app.visitor().post(path, { cle, garde: [ines!, tom!] });
    expect(same.headers.get('location')).not.toContain('fait=');
    const refused = seen((await app.visitor().post(path, { cle, accord: 'on' })).text);
    expect(refused).toContain('Il faut au moins une personne');
    const page = (await app.visitor().post(path, { cle, accord: 'on' })).text;
    expect(page).not.toMatch(/name="garde"[^>]* checked/);
  });
});
