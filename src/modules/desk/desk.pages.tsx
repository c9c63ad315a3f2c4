import type { FC } from 'hono/jsx';
import {
  Button,
  Checkbox,
  EmptyState,
  ErrorSummary,
  Field,
  LineBullet,
  LinkButton,
  PageHead,
  RadioGroup,
  Select,
  SlotList,
  TextArea,
} from '../../ui/components/index.ts';
import { dayInWords } from '../../ui/format.ts';
import { lineOf, noonOf, type Pen, Reasons, readable, whenOf } from '../day/index.ts';
import { deskMessages } from './desk.messages.ts';
import { endsOf } from './desk.rules.ts';
import type { Bookable, DeskForm, Known, Offer } from './desk.types.ts';
import { OrganisationFields } from './organisation.parts.tsx';

const hrefOf = (pen: Pen, bookable: Bookable, start: Date, end: Date | undefined, people: number): string => {
  const query = new URLSearchParams({ ressource: bookable.resource_slug, debut: start.toISOString() });
  if (end) query.set('fin', end.toISOString());
  if (people > 1) query.set('personnes', String(people));
  return pen.href(`/accueil?${query}`);
};

const OfferRow: FC<{ pen: Pen; offer: Offer; people: number }> = ({ pen, offer, people }) => {
  const words = deskMessages[pen.ctx.locale];
  const { bookable, lengths, stretches } = offer;
  const line = lineOf(pen, bookable);
  const name = pen.say(bookable.resource);
  const [first, ...others] = stretches;
  if (!first) return null;
  const slots = [
    ...endsOf(first, lengths, 3).map((end) => ({ start: first.start, end })),
    ...others.slice(0, 2).map((stretch) => ({ start: stretch.start, end: endsOf(stretch, lengths)[0] ?? stretch.end })),
  ];
  return (
    <li class="day-row">
      <div class="day-who">
        <p class="day-name day-what">
          {line ? <LineBullet letter={line.letter} colour={line.colour} /> : null}
          <span>{name}</span>
        </p>
        <p class="meta">{words.until(pen.f.time(first.end))}</p>
      </div>
      <SlotList
        label={name}
        slots={slots.map((slot) => ({
          href: hrefOf(pen, bookable, slot.start, slot.end, people),
          label: pen.f.range(slot.start, slot.end),
          about: name,
        }))}
      />
    </li>
  );
};

/** What is free on a day, now first: the first gesture. */
export const OffersPage: FC<{
  pen: Pen;
  day: string;
  people: number;
  offers: Offer[];
  letter: string;
  from: string;
}> = (props) => {
  const { pen, day, people, offers, letter, from } = props;
  const words = deskMessages[pen.ctx.locale];
  const noon = noonOf(day, pen.site);
  const lines = new Map(offers.map(({ bookable }) => [bookable.letter ?? '', pen.say(bookable.line)]));
  lines.delete('');
  const free = offers.filter(
    ({ bookable, stretches }) => stretches.length > 0 && (!lines.has(letter) || bookable.letter === letter),
  );
  const isToday = day === pen.today;
  const now = free.filter((offer) => isToday && offer.stretches[0]!.start <= pen.ctx.now);
  const later = free.filter((offer) => !now.includes(offer));
  const groups = [
    { id: 'maintenant', title: words.now, offers: now },
    { id: 'plus-tard', title: isToday ? words.later : words.free, offers: later },
  ].filter((group) => group.offers.length > 0);
  return (
    <>
      <PageHead
        title={words.title}
        lead={words.lead(pen.f.relativeDay(noon, pen.ctx.now))}
        back={{ href: pen.href(isToday ? '' : `?jour=${day}`), label: words.back }}
      />
      <form class="finder" method="get" action={pen.href('/accueil')}>
        <Select
          label={words.what}
          name="ligne"
          plain
          value={letter}
          options={[{ value: '', label: words.everything }, ...[...lines].map(([value, label]) => ({ value, label }))]}
        />
        <Field
          label={words.day}
          name="jour"
          type="date"
          hint={dayInWords(day, pen.ctx.locale)}
          value={day}
          min={pen.today}
          plain
          required
        />
        <Field label={words.from} name="de" type="time" value={from} plain />
        <Field
          label={words.people}
          name="personnes"
          type="number"
          min={1}
          max={1000}
          value={people}
          inputmode="numeric"
          plain
        />
        <Button kind="secondary">{words.show}</Button>
      </form>
      {groups.map((group) => (
        <section aria-labelledby={group.id}>
          <h2 class="day-heading" id={group.id}>
            {group.title} <span class="day-count">{group.offers.length}</span>
          </h2>
          <ul class="day-list desk-offers">
            {group.offers.map((offer) => (
              <OfferRow pen={pen} offer={offer} people={people} />
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 ? (
        <EmptyState title={words.nothing}>
          <p>{words.nothingText}</p>
        </EmptyState>
      ) : null}
    </>
  );
};

const describe = (pen: Pen, known: Known): string =>
  [known.telephone ? readable(known.telephone) : '', known.email ?? '', pen.f.dayShort(known.last)]
    .filter(Boolean)
    .join(' · ');

/** For whom: a name, or somebody who came before. */
const WhoFields: FC<{ pen: Pen; form: DeskForm }> = ({ pen, form }) => {
  const words = deskMessages[pen.ctx.locale];
  const { values, errors, known } = form;
  return (
    <>
      {known && known.length > 0 ? (
        <RadioGroup
          label={words.whoIsIt}
          name="personne"
          value={values['personne'] ?? known[0]!.id}
          error={errors['personne']}
          options={[
            ...known.map((one) => ({ value: one.id, label: one.name, hint: describe(pen, one) })),
            { value: 'autre', label: words.somebodyElse },
          ]}
        />
      ) : null}
      {known && known.length === 0 ? <p class="soft">{words.unknown}</p> : null}
      <Field
        label={words.name}
        name="nom"
        value={values['nom']}
        error={errors['nom']}
        maxlength={120}
        autocomplete="off"
        required={!known || known.length === 0}
      />
      <div class="desk-search">
        <button class="button button-quiet" type="submit" name="geste" value="chercher" formnovalidate>
          {words.known}
        </button>
      </div>
      <div class="desk-pair">
        <Field
          label={words.telephone}
          name="telephone"
          type="tel"
          value={values['telephone']}
          error={errors['telephone']}
          autocomplete="off"
        />
        <Field
          label={words.email}
          name="courriel"
          type="email"
          value={values['courriel']}
          error={errors['courriel']}
          autocomplete="off"
        />
      </div>
      <p class="meta">{words.emailHint}</p>
    </>
  );
};

const More: FC<{ pen: Pen; form: DeskForm }> = ({ pen, form }) => {
  const words = deskMessages[pen.ctx.locale];
  const { values, errors } = form;
  const filled = ['objet', 'option'].some((name) => values[name] || errors[name]);
  return (
    <details class="day-fold" id="preciser" open={filled}>
      <summary>{words.more}</summary>
      <div class="stack">
        <Field label={words.purpose} name="objet" value={values['objet']} error={errors['objet']} maxlength={500} />
        <Select
          label={words.language}
          name="langue"
          plain
          value={values['langue'] ?? pen.ctx.locale}
          options={(['fr', 'nl', 'en'] as const).map((value) => ({ value, label: words.languages[value] }))}
        />
        <Field
          label={words.option}
          name="option"
          type="date"
          hint={[words.optionHint, dayInWords(values['option'], pen.ctx.locale)].filter(Boolean).join(' ')}
          min={pen.today}
          value={values['option']}
          error={errors['option']}
        />
      </div>
    </details>
  );
};

/** For whom, then the button: the second and third gestures. */
export const BookPage: FC<{ pen: Pen; form: DeskForm }> = ({ pen, form }) => {
  const words = deskMessages[pen.ctx.locale];
  const { bookable, start, end, values, errors, reasons } = form;
  const name = pen.say(bookable.resource);
  const range = pen.f.range(start, end);
  const people = Number(values['personnes'] ?? 1) || 1;
  const day = pen.f.isoDay(start);
  const anyway = reasons.length > 0 && form.passable;
  const only = form.known?.length === 1 ? form.known[0]!.name : undefined;
  return (
    <>
      <PageHead
        title={name}
        lead={whenOf(pen, { start, end })}
        back={{ href: pen.href(`/accueil?jour=${day}`), label: words.other }}
      />
      <ErrorSummary
        title={words.errors}
        errors={Object.entries(errors).map(([field, message]) => ({ field, message }))}
      />
      {reasons.length > 0 ? <Reasons title={anyway ? words.warned : words.refused} reasons={reasons} /> : null}
      {form.ends.length > 1 ? (
        <nav class="desk-ends" aria-label={words.lengths}>
          <p class="field-label">{words.lengths}</p>
          <ul class="slots">
            {form.ends.map((one) => (
              <li>
                <a
                  class="slot"
                  href={hrefOf(pen, bookable, start, one, people)}
                  aria-current={one.getTime() === end.getTime() ? 'true' : undefined}
                >
                  {pen.f.time(one)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <form class="form" method="post" action={pen.href('/accueil')}>
        <input type="hidden" name="ressource" value={bookable.resource_slug} />
        <input type="hidden" name="debut" value={start.toISOString()} />
        <input type="hidden" name="fin" value={end.toISOString()} />
        <input type="hidden" name="cle" value={form.key} />
        <WhoFields pen={pen} form={form} />
        {bookable.capacity * bookable.units > 1 ? (
          <Field
            label={words.howMany}
            name="personnes"
            type="number"
            inputmode="numeric"
            min={1}
            max={10000}
            value={people}
            error={errors['personnes']}
            plain
          />
        ) : null}
        {form.canBeHere ? (
          <Checkbox
            label={words.arrived}
            name="deja"
            hint={words.arrivedHint}
            checked={values['deja'] === 'on'}
            error={errors['deja']}
          />
        ) : null}
        <OrganisationFields pen={pen} values={values} errors={errors} />
        <More pen={pen} form={form} />
        {anyway ? (
          <TextArea
            label={words.anyway}
            name="malgre"
            hint={words.anywayHint}
            rows={2}
            maxlength={500}
            value={values['malgre'] ?? ''}
            error={errors['malgre']}
            required
          />
        ) : null}
        <div class="cluster">
          <Button name="geste" value="reserver" kind={anyway ? 'danger' : 'primary'}>
            {anyway ? words.anywayButton(range) : only ? words.reserveFor(range, only) : words.reserve(range)}
          </Button>
          {reasons.length > 0 && !anyway ? (
            <LinkButton href={pen.href(`/accueil?jour=${day}`)}>{words.taken}</LinkButton>
          ) : null}
        </div>
      </form>
    </>
  );
};
