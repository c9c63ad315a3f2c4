import type { Child, FC } from 'hono/jsx';
import { bind, Field, FieldGroup, fieldId, RadioGroup, Select } from '../../ui/components/index.ts';
import { dayInWords } from '../../ui/format.ts';
import { I18nField } from '../setup/index.ts';
import { type FormProps, More, texts, words } from './fold.tsx';
import { kinds, placeKinds } from './form.fields.ts';

/** The kind and the title: what it is. */
export const WhatFields: FC<FormProps> = ({ pen, form }) => {
  const m = words(pen);
  return (
    <>
      <Select
        {...bind(form)('genre')}
        label={m.kind}
        required
        options={kinds.map((kind) => ({ value: kind, label: m.kinds[kind] }))}
      />
      <I18nField {...texts(pen)} form={form} name="titre" label={m.titleLabel} hint={m.titleHint} required max={160} />
    </>
  );
};

/** A day and its hours. */
export const WhenFields: FC<FormProps> = ({ pen, form }) => {
  const m = words(pen);
  const f = bind(form);
  return (
    <FieldGroup legend={m.when} row>
      <Field
        {...f('jour')}
        label={m.day}
        type="date"
        hint={dayInWords(form.values.jour, pen.ctx.locale)}
        required
        min={pen.today}
      />
      <Field {...f('de')} label={m.from} type="time" required />
      <Field {...f('a')} label={m.until} type="time" required />
    </FieldGroup>
  );
};

/** So many are all in sight; more are folded by space. */
const fewRooms = 8;

const Space: FC<{ name: string; open: boolean; children?: Child }> = ({ name, open, children }) =>
  name ? (
    <details class="programme-space" open={open}>
      <summary>{name}</summary>
      <div class="programme-rooms">{children}</div>
    </details>
  ) : (
    <div class="programme-rooms">{children}</div>
  );

/** The rooms and machines of the site, several at once. */
export const RoomFields: FC<FormProps> = ({ pen, form, options }) => {
  const m = words(pen);
  const groups = Map.groupBy(options.rooms, (room) => pen.say(room.space));
  const ticked = form.ticked.salles ?? [];
  const few = options.rooms.length <= fewRooms;
  if (options.rooms.length === 0) return null;
  return (
    <FieldGroup legend={m.rooms} hint={m.roomsHint} id={fieldId('salles')} error={form.errors.salles}>
      {[...groups].map(([space, rooms]) => (
        <Space name={space} open={few || rooms.some((room) => ticked.includes(room.resource_id))}>
          {rooms.map((room) => (
            <label class="choice">
              <input
                class="choice-box"
                type="checkbox"
                name="salles"
                value={room.resource_id}
                checked={ticked.includes(room.resource_id)}
              />
              <span>
                {pen.say(room.resource)}
                <span class="choice-hint">{m.seatsOf(room.capacity * Math.max(1, room.units))}</span>
              </span>
            </label>
          ))}
        </Space>
      ))}
    </FieldGroup>
  );
};

/** Somewhere else than on the site: a stop, a company, online. */
export const PlaceFields: FC<FormProps> = ({ pen, form, options }) => {
  const m = words(pen);
  const f = bind(form);
  return (
    <More form={form} names={/^(lieu|arret|adresse-|consignes|lien)/} empty={{ lieu: 'site' }} summary={m.elsewhere}>
      <RadioGroup
        label={m.place}
        name="lieu"
        value={form.values.lieu || 'site'}
        error={form.errors.lieu}
        options={placeKinds
          .filter((kind) => kind !== 'stop' || options.stops.length > 0)
          .map((kind) => ({ value: kind, label: m.places[kind] }))}
      />
      {options.stops.length > 0 ? (
        <Select
          {...f('arret')}
          label={m.stop}
          options={[
            { value: '', label: m.noChoice },
            ...options.stops.map((stop) => ({
              value: stop.id,
              label: `${stop.commune}, ${pen.say(stop.place)}, ${pen.f.dayShort(stop.start)}, ${pen.f.range(stop.start, stop.end)}`,
            })),
          ]}
        />
      ) : null}
      <Field {...f('adresse-nom')} label={m.addressName} hint={m.addressNameHint} maxlength={160} />
      <Field {...f('adresse-rue')} label={m.addressStreet} maxlength={200} />
      <FieldGroup legend={m.addressTown} row>
        <Field {...f('adresse-cp')} label={m.postcode} maxlength={12} inputmode="numeric" />
        <Field {...f('adresse-ville')} label={m.town} maxlength={120} />
      </FieldGroup>
      <I18nField
        {...texts(pen)}
        form={form}
        name="consignes"
        label={m.instructions}
        hint={m.instructionsHint}
        rows={2}
        max={1000}
      />
      <Field {...f('lien')} label={m.link} hint={m.linkHint} type="url" maxlength={500} />
    </More>
  );
};

/** How many may come, and whether one registers. */
export const SeatFields: FC<FormProps> = ({ pen, form }) => {
  const m = words(pen);
  const f = bind(form);
  return (
    <FieldGroup legend={m.seatsTitle} row>
      <Field {...f('places')} label={m.seats} hint={m.seatsHint} inputmode="numeric" maxlength={4} />
      <Select
        {...f('inscription')}
        label={m.enrolment}
        plain
        options={[
          { value: 'seat', label: m.enrolments.seat },
          { value: 'none', label: m.enrolments.none },
        ]}
      />
    </FieldGroup>
  );
};
