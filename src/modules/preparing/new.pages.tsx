import type { FC } from 'hono/jsx';
import type { Explained } from '../../core/sentences.ts';
import { Button, DescriptionList, ErrorSummary, Field, Notice, PageHead, Tag } from '../../ui/components/index.ts';
import { dayInWords } from '../../ui/format.ts';
import { noonOf, type Pen } from '../day/index.ts';
import { Folded, type Form, Refusals } from '../setup/index.ts';
import type { FormProps } from './fold.tsx';
import { AudienceFields, PriceFields, QuestionFields, SeriesFields, TeamFields, WordFields } from './form.folds.tsx';
import { PlaceFields, RoomFields, SeatFields, WhatFields, WhenFields } from './form.parts.tsx';
import { labelsOf, programmeMessages } from './programme.messages.ts';

export const errorsOf = (form: Form) => Object.entries(form.errors).map(([field, message]) => ({ field, message }));

/** A new session in few answers; the rest is folded. */
export const NewPage: FC<FormProps & { parent?: { reference: string; title: string } | undefined }> = (props) => {
  const { pen, form, parent } = props;
  const m = programmeMessages[pen.ctx.locale];
  const back = parent
    ? { href: pen.href(`/programme/${parent.reference}`), label: parent.title }
    : { href: pen.href('/programme'), label: m.programme };
  return (
    <>
      <PageHead title={parent ? m.newPart(parent.title) : m.newTitle} lead={m.newLead} back={back} />
      <ErrorSummary title={m.errorsTitle} errors={errorsOf(form)} labels={labelsOf(pen.ctx.locale)} />
      <Refusals locale={pen.ctx.locale} form={form} />
      <form class="form programme-form" method="post" action={pen.href('/programme/nouvelle')}>
        {parent ? <input type="hidden" name="evenement" value={parent.reference} /> : null}
        <input type="hidden" name="envoi" value={form.values.envoi ?? ''} />
        <WhatFields {...props} />
        <WhenFields {...props} />
        <RoomFields {...props} />
        <SeatFields {...props} />
        <div class="programme-folds">
          {parent ? <Track {...props} /> : <SeriesFields {...props} />}
          <WordFields {...props} />
          <AudienceFields {...props} />
          <PriceFields {...props} />
          <QuestionFields {...props} />
          <TeamFields {...props} />
          <PlaceFields {...props} />
        </div>
        <div class="cluster">
          <Button name="geste" value="voir">
            {m.check}
          </Button>
        </div>
      </form>
    </>
  );
};

const Track: FC<FormProps> = ({ pen, form }) => {
  const m = programmeMessages[pen.ctx.locale];
  return (
    <div class="field">
      <label class="field-label" for="f-fil">
        {m.track}
      </label>
      <p class="field-hint" id="f-fil-hint">
        {m.trackHint}
      </p>
      <input
        class="input"
        id="f-fil"
        name="fil"
        maxlength={40}
        value={form.values.fil ?? ''}
        aria-describedby="f-fil-hint"
      />
    </div>
  );
};

export type Way = { value: string; label: string };
/** One date as it would be: what stands in its way, what to know, and the ways out, each one gesture. */
export type DateView = {
  day: string;
  start: Date;
  end: Date;
  /** What it takes then. */
  takes: string;
  reasons: Explained[];
  warnings: Warning[];
  ways: Way[];
};

/** What to know of one date; `always` says it of all of them. */
export type Warning = Explained & { always?: string | undefined };

/** What a form said, sent again with the next gesture. */
export const Kept: FC<{ form: Form }> = ({ form }) => (
  <>
    {Object.entries(form.values).map(([name, value]) =>
      name === 'geste' || name === 'option-jour' || value === '' ? null : (
        <input type="hidden" name={name} value={value} />
      ),
    )}
    {Object.entries(form.ticked).flatMap(([name, list]) =>
      list.map((value) => <input type="hidden" name={name} value={value} />),
    )}
  </>
);

/** So many dates are read at a glance: beyond, those that need a look come first and the others are folded. */
const fewDates = 6;

/** The dates with their conflicts, in their order; what is so at each of them is said once. */
export const DateList: FC<{ pen: Pen; dates: DateView[] }> = ({ pen, dates }) => {
  const m = programmeMessages[pen.ctx.locale];
  const always = alwaysSo(dates);
  const own = dates.map((date) => ({
    ...date,
    warnings: date.warnings.filter((one) => !one.always || !always.includes(one.always)),
  }));
  const plain = own.filter((date) => date.reasons.length + date.warnings.length === 0);
  const folded = dates.length > fewDates && plain.length > 1;
  const shown = folded ? own.filter((date) => !plain.includes(date)) : own;
  return (
    <>
      {always.map((text) => (
        <Notice kind="warning">{text}</Notice>
      ))}
      {shown.length > 0 ? <Rows pen={pen} dates={shown} /> : null}
      {folded ? (
        <Folded summary={m.plainDates(plain.length)} open={false}>
          <Rows pen={pen} dates={plain} />
        </Folded>
      ) : null}
    </>
  );
};

/** What is to be known of each of several dates alike. */
function alwaysSo(dates: readonly DateView[]): string[] {
  const first = dates.length > 2 ? dates[0]!.warnings.flatMap((one) => one.always ?? []) : [];
  return first.filter((text) => dates.every((date) => date.warnings.some((one) => one.always === text)));
}

const Rows: FC<{ pen: Pen; dates: DateView[] }> = ({ pen, dates }) => (
  <ol class="programme-dates">
    {dates.map((date) => (
      <li class={`programme-date${date.reasons.length > 0 ? ' is-taken' : ''}`}>
        <p class="programme-date-head">
          <span class="programme-date-when">
            {pen.f.dayLong(date.start)}, <span class="nowrap">{pen.f.range(date.start, date.end)}</span>
          </span>
          <Standing pen={pen} date={date} />
        </p>
        {date.takes ? <p class="meta">{date.takes}</p> : null}
        {[...date.reasons, ...date.warnings].map((reason) => (
          <p class="programme-why">
            {reason.text}
            {reason.next ? [' ', <a href={reason.next.href}>{reason.next.label}</a>] : null}
          </p>
        ))}
        {date.ways.length > 0 ? (
          <div class="cluster">
            {date.ways.map((way) => (
              <Button kind="secondary" name="autre" value={way.value}>
                {way.label}
                <span class="hidden">, {pen.f.day(date.start)}</span>
              </Button>
            ))}
          </div>
        ) : null}
      </li>
    ))}
  </ol>
);

/** What settles all the dates that do not go in one gesture. */
export const CommonWays: FC<{ pen: Pen; ways: Way[] }> = ({ pen, ways }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (ways.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="pour-toutes">
      <h2 id="pour-toutes">{m.forAll}</h2>
      <div class="cluster">
        {ways.map((way) => (
          <Button kind="secondary" name="autre" value={way.value}>
            {way.label}
          </Button>
        ))}
      </div>
    </section>
  );
};

const Standing: FC<{ pen: Pen; date: DateView }> = ({ pen, date }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (date.reasons.length > 0) return <Tag kind="bad">{m.taken}</Tag>;
  return date.warnings.length > 0 ? <Tag kind="warning">{m.freeBut}</Tag> : <Tag kind="good">{m.free}</Tag>;
};

/** How it all stands, in one sentence. */
export const Verdict: FC<{ pen: Pen; dates: DateView[]; help: string }> = ({ pen, dates, help }) => {
  const m = programmeMessages[pen.ctx.locale];
  const taken = dates.filter((date) => date.reasons.length > 0).length;
  if (taken > 0) {
    return (
      <Notice kind="warning" title={m.conflicts(taken, dates.length)}>
        {help}
      </Notice>
    );
  }
  if (dates.some((date) => date.warnings.length > 0)) return <Notice kind="warning">{m.allFreeBut}</Notice>;
  return <Notice kind="good">{m.allFree(dates.length)}</Notice>;
};

export type PreviewProps = {
  pen: Pen;
  form: Form;
  facts: { term: string; value: string }[];
  dates: DateView[];
  /** What settles all those that do not go. */
  ways: Way[];
  skipped: string[];
  left: number;
  optionUntil: Date | null;
};

const OptionFields: FC<{ pen: Pen; form: Form; open: boolean }> = ({ pen, form, open }) => {
  const m = programmeMessages[pen.ctx.locale];
  return (
    <Folded summary={m.optionTitle} open={open}>
      <Field
        name="option-jour"
        label={m.optionUntil}
        type="date"
        value={form.values['option-jour'] ?? ''}
        hint={dayInWords(form.values['option-jour'], pen.ctx.locale) ?? m.optionHint}
        min={pen.today}
        plain
      />
      <div class="cluster">
        <Button kind="secondary" name="geste" value="option">
          {m.keepOption}
        </Button>
      </div>
    </Folded>
  );
};

/** What is about to be planned, date by date; nothing is kept yet. */
export const PreviewPage: FC<PreviewProps> = ({ pen, form, facts, dates, ways, skipped, left, optionUntil }) => {
  const m = programmeMessages[pen.ctx.locale];
  const taken = dates.filter((date) => date.reasons.length > 0).length;
  const days = skipped.map((day) => pen.f.day(noonOf(day, pen.site)));
  return (
    <>
      <PageHead
        title={m.previewTitle}
        lead={m.previewLead}
        back={{ href: pen.href('/programme'), label: m.programme }}
      />
      <Refusals locale={pen.ctx.locale} form={form} />
      <Verdict pen={pen} dates={dates} help={m.conflictsHelp} />
      <DescriptionList items={facts} />
      <form method="post" action={pen.href('/programme/nouvelle')} class="stack">
        <Kept form={form} />
        <CommonWays pen={pen} ways={ways} />
        <h2>{m.dates(dates.length)}</h2>
        {days.length > 0 ? <p class="meta">{m.holidaysSkipped(days.join(', '))}</p> : null}
        {left > 0 ? <p class="meta">{m.datesLeft(left)}</p> : null}
        <DateList pen={pen} dates={dates} />
        <div class="cluster">
          {taken === 0 && dates.length > 0 ? (
            <Button name="geste" value="publier">
              {m.publish(dates.length)}
            </Button>
          ) : null}
          <Button kind="secondary" name="geste" value="brouillon">
            {m.keepDraft}
          </Button>
          <Button kind="quiet" name="geste" value="modifier">
            {m.change}
          </Button>
        </div>
        <p class="meta">{m.draftHelp}</p>
        {taken === 0 && dates.length > 0 ? <OptionFields pen={pen} form={form} open={optionUntil !== null} /> : null}
      </form>
    </>
  );
};
