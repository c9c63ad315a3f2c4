import type { Hono } from 'hono';
import { dayOf } from '../../core/clock.ts';
import { type FieldErrors, parse, whole } from '../../core/input.ts';
import { type Env, formList, readForm, seeOther, type Web } from '../../core/web.ts';
import { Checkbox, Field } from '../../ui/components/index.ts';
import { page } from '../../ui/page.tsx';
import { enrolmentMessages, PersonRow, rowSchema } from '../enrolment/index.ts';
import { refusedBy } from '../notices/index.ts';
import { type AttendeeInput, changePeople, isMinor, type RegistrationView } from '../registrations/index.ts';
import { namesOf, registrationPath } from '../tidings/index.ts';
import { type Seen, seen } from './access.ts';
import { AskPage } from './mine.pages.tsx';
import { type Asked, back, root, targetOf } from './mine.routes.tsx';

type Person = RegistrationView['attendees'][number];
const counted = ['jeunes', 'adultes'] as const;

/** Those of a class or a group who have no name: so many children, so many adults. Nobody unticks the 17th pupil. */
function crowdOf({ kind, attendees }: RegistrationView): Record<(typeof counted)[number], Person[]> | undefined {
  if (kind !== 'group') return undefined;
  const unnamed = attendees.filter((one) => one.name === null);
  return { jeunes: unnamed.filter((one) => one.minor), adultes: unnamed.filter((one) => !one.minor) };
}

function askPeople(
  c: Web,
  look: Seen,
  { refused, values = {}, errors = {}, kept }: Asked & { kept?: readonly string[] } = {},
): Response {
  const { ctx } = c.var;
  const m = enrolmentMessages[ctx.locale];
  const { view, session } = look;
  const day = dayOf(session.start, session.timeZone);
  const minors = view.attendees.some((one) => isMinor({ minor: one.minor }, day));
  const crowd = crowdOf(view);
  const each = crowd ? view.attendees.filter((one) => one.name !== null) : view.attendees;
  return page(
    c,
    { title: m.changeTitle, status: refused?.status ?? (Object.keys(errors).length > 0 ? 422 : 200) },
    <AskPage
      ctx={ctx}
      seen={look}
      gesture="personnes"
      title={m.changeTitle}
      text={each.length > 0 ? m.changeLead : m.changeCount}
      yes={m.changeYes}
      no={m.changeNo}
      refused={refused?.reasons ?? []}
    >
      {each.map((one, index) => (
        <Checkbox
          label={one.name ? namesOf({ attendees: [one] }, ctx.locale)[0]! : m.unnamed(index + 1)}
          name="garde"
          value={one.id}
          checked={!kept || kept.includes(one.id)}
        />
      ))}
      {crowd
        ? counted.map((name) => (
            <Field
              label={name === 'jeunes' ? m.young : each.length > 0 ? m.otherAdults : m.adults}
              name={name}
              value={values[name] ?? String(crowd[name].length)}
              error={errors[name]}
              inputmode="numeric"
              maxlength={3}
              autocomplete="off"
              plain
            />
          ))
        : null}
      <h2>{m.addOne}</h2>
      <PersonRow ctx={ctx} session={session} row={0} values={values} errors={errors} />
      {crowd || (minors && view.consentAt) ? null : (
        <Checkbox label={m.consent} hint={m.consentHint} name="accord" checked={values.accord !== undefined} />
      )}
    </AskPage>,
  );
}

const countSchema = rowSchema.extend({ jeunes: whole(0, 500), adultes: whole(0, 500) });

async function postPeople(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const look = await seen(c, values.cle);
  const crowd = crowdOf(look.view);
  const kept = await formList(c, 'garde');
  const given = { prenom: values['prenom-0'], annee: values['annee-0'], tarif: values['tarif-0'] };
  const counts = { jeunes: values.jeunes || '0', adultes: values.adultes || '0' };
  const parsed = parse(countSchema, { ...given, ...(crowd ? counts : { jeunes: '0', adultes: '0' }) }, ctx.locale);
  if (!parsed.ok) return askPeople(c, look, { values, errors: ofRow(parsed.errors), kept });
  const { prenom, annee, tarif } = parsed.data;
  const keep = [...kept];
  const add: AttendeeInput[] = prenom ? [{ name: prenom, birthYear: annee, tariff: tarif }] : [];
  for (const name of crowd ? counted : []) {
    const [had, wanted] = [crowd![name], parsed.data[name]];
    keep.push(...had.slice(0, wanted).map((one) => one.id));
    const more = Math.max(0, wanted - had.length);
    add.push(...Array.from({ length: more }, () => (name === 'jeunes' ? { minor: true } : {})));
  }
  const { reference, attendees } = look.view;
  if (add.length === 0 && attendees.every((one) => keep.includes(one.id)))
    return seeOther(c, registrationPath(reference, '', look.key));
  try {
    await changePeople(ctx, { ...targetOf(look, values), keep, add, consent: values.accord !== undefined });
  } catch (error) {
    return askPeople(c, look, { values, kept, refused: refusedBy(ctx, error, look.session.timeZone) });
  }
  return back(c, look, 'personnes');
}

/** What is wrong in the line of somebody more is said of the form's first line. */
const ofRow = (errors: FieldErrors): FieldErrors =>
  Object.fromEntries(
    Object.entries(errors).map(([field, words]) => [
      Object.hasOwn(rowSchema.shape, field) ? `${field}-0` : field,
      words,
    ]),
  );

/** Who comes, changed: one by one where they have a name, by their number in a class. */
export function peopleRoutes(app: Hono<Env>): void {
  app.get(`${root}/personnes`, async (c) => askPeople(c, await seen(c)));
  app.post(`${root}/personnes`, postPeople);
}
