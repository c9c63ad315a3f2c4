import type { Child, FC } from 'hono/jsx';
import { instantAt } from '../../core/clock.ts';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import {
  Button,
  bind,
  Checkbox,
  EnterButton,
  ErrorSummary,
  Field,
  FieldGroup,
  PageHead,
  Select,
  Tag,
} from '../../ui/components/index.ts';
import { dayInWords, formatter } from '../../ui/format.ts';
import type { Clash, Helper, LinePreview, OpenDay, Reason, Village } from '../presence/index.ts';
import { type Form, Refusals } from '../setup/index.ts';
import { root } from './helpers.pages.tsx';
import { linesShown } from './open.input.ts';
import { openingMessages } from './opening.messages.ts';

type Props = {
  locale: Locale;
  main: Locale;
  form: Form;
  helpers: Helper[];
  reasons: Reason[];
  sites: { id: string; name: I18nText }[];
  /** Where the bus stops in these days, and where among them they receive already. */
  villages: Village[];
  opened: readonly string[];
  previews: LinePreview[] | undefined;
};

/** Opening appointments for some weeks, in several places at once: one form, a look at what it gives, one gesture. */
export const OpenPage: FC<Props> = (props) => {
  const { locale, main, form, helpers, reasons, previews } = props;
  const m = openingMessages[locale];
  const f = bind(form);
  const errors = Object.entries(form.errors).map(([field, message]) => ({ field, message }));
  const lines = Array.from({ length: linesShown(form.values) }, (_, index) => index);
  return (
    <>
      <PageHead title={m.open} back={{ href: root(locale), label: m.back }} lead={m.openLead} />
      <ErrorSummary title={m.errorsTitle} errors={errors} labels={{ qui: m.openFor, from: m.openFrom, to: m.openTo }} />
      <Refusals locale={locale} form={form} />
      {previews ? <Preview {...props} previews={previews} /> : null}
      <form class="form setup-wide" method="post" action={`${root(locale)}/ouvrir`} novalidate>
        <EnterButton name="geste" value="voir" />
        {helpers.length === 1 ? (
          <input type="hidden" name="qui" value={helpers[0]!.id} />
        ) : (
          <Select
            {...f('qui')}
            label={m.openFor}
            required
            options={helpers.map((helper) => ({ value: helper.id, label: helper.name }))}
          />
        )}
        <FieldGroup legend={m.openReasons}>
          {reasons.map((reason) => (
            <Checkbox
              name="reasons"
              value={reason.id}
              label={`${say(reason.name, locale, main)} (${formatter(locale, 'UTC').duration(reason.minutes)})`}
              checked={(form.ticked.reasons ?? []).includes(reason.id)}
            />
          ))}
        </FieldGroup>
        <div class="group-row">
          <Field {...f('from')} label={m.openFrom} type="date" hint={dayInWords(form.values.from, locale)} required />
          <Field {...f('to')} label={m.openTo} type="date" hint={dayInWords(form.values.to, locale)} required />
        </div>
        <Villages {...props} />
        <FieldGroup
          legend={props.villages.length > 0 ? m.openElsewhere : m.openWhere}
          hint={m.openLineHint}
          id="f-lines"
        >
          <input type="hidden" name="lignes" value={String(lines.length)} />
          {lines.map((index) => (
            <OneLine {...props} index={index} />
          ))}
          <Button kind="quiet" name="geste" value="lignes" formnovalidate>
            {m.moreLines}
          </Button>
        </FieldGroup>
        <div class="cluster">
          <Button kind={previews ? 'secondary' : 'primary'} name="geste" value="voir">
            {m.preview}
          </Button>
        </div>
      </form>
    </>
  );
};

/** The bus's villages: one tick each, their days and hours being known. */
const Villages: FC<Props> = ({ locale, form, villages, opened }) => {
  const m = openingMessages[locale];
  if (villages.length === 0) return null;
  return (
    <FieldGroup legend={m.openVillages} hint={m.openVillagesHint} id="f-villages">
      {villages.map(({ code, name, timeZone, stops }) => {
        const write = formatter(locale, timeZone);
        const days = stops.map((stop) => `${write.dayShort(stop.start)}, ${write.range(stop.start, stop.end)}`);
        return (
          <Checkbox
            name="villages"
            value={code}
            label={
              <>
                {name} {opened.includes(code) ? <Tag kind="good">{m.openAlready}</Tag> : null}
              </>
            }
            hint={days.join(' · ')}
            checked={(form.ticked.villages ?? []).includes(code)}
          />
        );
      })}
    </FieldGroup>
  );
};

const OneLine: FC<Props & { index: number }> = ({ locale, main, form, sites, index }) => {
  const m = openingMessages[locale];
  const f = bind(form);
  const name = (field: string) => f(`p${index}.${field}`);
  return (
    <fieldset class="open-line">
      <legend>{m.openLine(index + 1)}</legend>
      <Select
        {...name('site')}
        label={m.place}
        plain
        options={[
          { value: '', label: m.placeNone },
          ...sites.map((site) => ({ value: site.id, label: say(site.name, locale, main) })),
        ]}
      />
      <Select
        {...name('weekday')}
        label={m.weekday}
        plain
        options={([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ value: String(day), label: m.weekdays[day] }))}
      />
      <Field {...name('from')} label={m.fromTime} type="time" step={300} plain />
      <Field {...name('to')} label={m.toTime} type="time" step={300} plain />
    </fieldset>
  );
};

/** What opening would give, line after line, each day with what stands in its way. */
const Preview: FC<Props & { previews: LinePreview[] }> = ({ locale, main, form, reasons, previews }) => {
  const m = openingMessages[locale];
  const chosen = reasons.filter((reason) => (form.ticked.reasons ?? []).includes(reason.id));
  const minutes = chosen.length > 0 ? Math.min(...chosen.map((reason) => reason.minutes)) : 30;
  const total = previews.flatMap((one) => one.days).reduce((sum, day) => sum + day.appointments, 0);
  return (
    <section class="section stack open-preview" aria-labelledby="donne">
      <h2 id="donne">{m.previewTitle}</h2>
      <p>
        <strong>{m.previewCount(total, formatter(locale, 'UTC').duration(minutes))}</strong>. {m.previewNothing}
      </p>
      {grouped(previews).map(({ name, lines }) => (
        <OnePreview locale={locale} main={main} name={name} lines={lines} />
      ))}
      <form method="post" action={`${root(locale)}/ouvrir`}>
        {Object.entries(form.values)
          .filter(([name]) => !['geste', 'reasons', 'villages'].includes(name))
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        {(form.ticked.reasons ?? []).map((id) => (
          <input type="hidden" name="reasons" value={id} />
        ))}
        {(form.ticked.villages ?? []).map((code) => (
          <input type="hidden" name="villages" value={code} />
        ))}
        <Button name="geste" value="ouvrir">
          {m.confirm}
        </Button>
      </form>
    </section>
  );
};

type Grouped = { name: string | undefined; lines: LinePreview[] };

/** Each line by itself, but the stops of a village together, by its name. */
function grouped(previews: readonly LinePreview[]): Grouped[] {
  const groups: Grouped[] = [];
  for (const one of previews) {
    const stop = one.day ? one.days[0]?.present?.place.stopId : undefined;
    const name = stop ? one.site.words.get(stop)?.commune : undefined;
    const known = name && groups.find((group) => group.name === name);
    if (known) known.lines.push(one);
    else groups.push({ name, lines: [one] });
  }
  return groups;
}

const OnePreview: FC<{ locale: Locale; main: Locale } & Grouped> = ({ locale, main, name, lines }) => {
  const m = openingMessages[locale];
  const first = lines[0]!;
  const all = lines.flatMap((one) => one.days.map((day) => ({ one, day })));
  const count = all.reduce((sum, { day }) => sum + day.appointments, 0);
  const weekday = m.weekdays[first.weekday as keyof typeof m.weekdays];
  const clashes = all.some(({ day }) => day.clashes.length > 0);
  return (
    <details class="open-days" open={clashes}>
      <summary>
        {name ?? `${say(first.site.name, locale, main)}, ${weekday}`} · {m.previewLine(count)}
      </summary>
      {all.length === 0 ? <p>{m.noDates}</p> : null}
      <ul>
        {all.map(({ one, day }) => (
          <li>{dayLine(locale, main, one, day)}</li>
        ))}
      </ul>
    </details>
  );
};

function dayLine(locale: Locale, main: Locale, one: LinePreview, day: OpenDay): Child {
  const m = openingMessages[locale];
  const write = formatter(locale, one.site.timeZone);
  const words = day.present?.place.stopId ? one.site.words.get(day.present.place.stopId) : undefined;
  const where = words ? ` · ${words.commune}, ${say(words.place, locale, main)}` : '';
  const noon = instantAt(day.day, 720, one.site.timeZone);
  return (
    <>
      {write.day(noon)}
      {day.present ? `, ${write.range(day.present.start, day.present.end)}` : ''}
      {where}{' '}
      {day.clashes.length === 0 ? (
        <Tag kind="good">{m.fine}</Tag>
      ) : (
        day.clashes.map((clash) => (
          <>
            <Tag kind={clash.kind === 'elsewhere' ? 'bad' : 'warning'}>{clashWords(locale, one, clash)}</Tag>{' '}
          </>
        ))
      )}
    </>
  );
}

function clashWords(locale: Locale, one: LinePreview, clash: Clash): string {
  const m = openingMessages[locale];
  const write = formatter(locale, one.site.timeZone);
  return clash.kind === 'taken' || clash.kind === 'elsewhere'
    ? m.clash[clash.kind](write.range(clash.start, clash.end))
    : m.clash[clash.kind];
}
