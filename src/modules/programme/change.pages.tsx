import type { Child, FC } from 'hono/jsx';
import { Button, Checkbox, ErrorSummary, Notice, PageHead, RadioGroup } from '../../ui/components/index.ts';
import type { Pen } from '../day/index.ts';
import {
  AudienceFields,
  CommonWays,
  DateList,
  type DateView,
  errorsOf,
  type FormProps,
  Kept,
  labelsOf,
  PlaceFields,
  PriceFields,
  programmeMessages,
  QuestionFields,
  RoomFields,
  TeamFields,
  Verdict,
  type Way,
  WhatFields,
  WhenFields,
  WordFields,
} from '../preparing/index.ts';
import { type Scope, scopes } from '../sessions/index.ts';
import { type Form, I18nField, Refusals } from '../setup/index.ts';
import type { SessionView } from '../timetable/index.ts';
import type { Told } from './programme.store.ts';
import { whenText } from './programme.words.ts';

const path = (pen: Pen, view: SessionView, more = '') => pen.href(`/programme/${view.reference}${more}`);

const Head: FC<{ pen: Pen; view: SessionView; form: Form; title: string; lead?: string }> = ({
  pen,
  view,
  form,
  title,
  lead,
}) => (
  <>
    <PageHead title={title} lead={lead} back={{ href: path(pen, view), label: pen.say(view.title) }} />
    <ErrorSummary
      title={programmeMessages[pen.ctx.locale].errorsTitle}
      errors={errorsOf(form)}
      labels={labelsOf(pen.ctx.locale)}
    />
    <Refusals locale={pen.ctx.locale} form={form} />
  </>
);

/** "This date, this and the following, all": asked only where there are several. */
export const ScopeField: FC<{ pen: Pen; view: SessionView; form: Form }> = ({ pen, view, form }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (!view.seriesId) return null;
  return (
    <RadioGroup
      label={m.scope}
      name="portee"
      value={form.values.portee || 'one'}
      options={scopes.map((scope: Scope) => ({ value: scope, label: m.scopes[scope] }))}
    />
  );
};

/** Who will be told, before anything is done. */
export const ToldNotice: FC<{ pen: Pen; told: Told }> = ({ pen, told }) => {
  const m = programmeMessages[pen.ctx.locale];
  const nobody = told.mail + told.call + told.unreachable === 0;
  if (nobody) return <Notice>{m.toldNobody}</Notice>;
  return (
    <Notice kind="warning" title={m.toldTitle}>
      <ul class="programme-list">
        {told.mail > 0 ? <li>{m.toldMail(told.mail)}</li> : null}
        {told.call > 0 ? <li>{m.toldCall(told.call)}</li> : null}
        {told.unreachable > 0 ? <li>{m.toldNone(told.unreachable)}</li> : null}
      </ul>
    </Notice>
  );
};

const Reason: FC<{ pen: Pen; form: Form }> = ({ pen, form }) => {
  const m = programmeMessages[pen.ctx.locale];
  const { locale, territory } = pen.ctx;
  const props = { locale, main: territory.mainLanguage, form };
  return <I18nField {...props} name="raison" label={m.reason} hint={m.reasonHint} max={300} rows={2} />;
};

/** All that is said of a session, to be said anew. */
export const EditPage: FC<FormProps & { view: SessionView; told: ScopeTold[] }> = (props) => {
  const { pen, view, form, told } = props;
  const m = programmeMessages[pen.ctx.locale];
  return (
    <>
      <Head pen={pen} view={view} form={form} title={m.editTitle} lead={m.editLead} />
      <form class="form programme-form" method="post" action={path(pen, view, '/modifier')}>
        <input type="hidden" name="version" value={form.values.version ?? ''} />
        <input type="hidden" name="places" value={form.values.places ?? ''} />
        <input type="hidden" name="inscription" value={form.values.inscription ?? ''} />
        <input type="hidden" name="fil" value={form.values.fil ?? ''} />
        <WhatFields {...props} />
        <div class="programme-folds">
          <WordFields {...props} />
          <AudienceFields {...props} />
          <PriceFields {...props} />
          <QuestionFields {...props} />
          <TeamFields {...props} />
        </div>
        {told.length > 1 ? <ScopedTold pen={pen} form={form} told={told} words={enrolledWords} /> : null}
        <TellField pen={pen} form={form} told={told} />
        <div class="cluster">
          <Button>{m.save}</Button>
        </div>
      </form>
    </>
  );
};

/** Whether those who come hear of a word put right; asked only where somebody comes. */
const TellField: FC<{ pen: Pen; form: Form; told: ScopeTold[] }> = ({ pen, form, told }) => {
  const m = programmeMessages[pen.ctx.locale];
  const [first] = told;
  if (!told.some((one) => one.told.mail + one.told.call + one.told.unreachable > 0)) return null;
  return (
    <RadioGroup
      label={m.tell}
      name="prevenir"
      value={form.values.prevenir === 'oui' ? 'oui' : 'non'}
      options={[
        { value: 'non', label: m.tellNo, hint: m.tellNoHint },
        {
          value: 'oui',
          label: m.tellYes,
          hint: told.length === 1 && first ? toldWords(pen, first.told) : m.tellYesHint,
        },
      ]}
    />
  );
};

/** Another day, another hour, other rooms, another place. */
export const MovePage: FC<FormProps & { view: SessionView }> = (props) => {
  const { pen, view, form } = props;
  const m = programmeMessages[pen.ctx.locale];
  const postponed = view.status === 'postponed';
  return (
    <>
      <Head
        pen={pen}
        view={view}
        form={form}
        title={postponed ? m.newDate : m.moveTitle}
        lead={m.moveLead(whenText(pen, view))}
      />
      <form class="form programme-form" method="post" action={path(pen, view, '/deplacer')}>
        <input type="hidden" name="version" value={form.values.version ?? ''} />
        <WhenFields {...props} />
        <RoomFields {...props} />
        <div class="programme-folds">
          <PlaceFields {...props} />
        </div>
        <ScopeField pen={pen} view={view} form={form} />
        <div class="cluster">
          <Button name="geste" value="voir">
            {m.checkMove}
          </Button>
        </div>
      </form>
    </>
  );
};

/** What the move would meet, and whom it would concern; nothing is done yet. */
export const MovePreview: FC<{
  pen: Pen;
  view: SessionView;
  form: Form;
  dates: DateView[];
  /** What settles all those that do not go. */
  ways: Way[];
  /** How many dates stay where they are. */
  staying: number;
  told: Told;
  /** Whether it goes elsewhere, and not only what one must know to come. */
  moves: boolean;
}> = ({ pen, view, form, dates, ways, staying, told, moves }) => {
  const m = programmeMessages[pen.ctx.locale];
  const taken = dates.filter((date) => date.reasons.length > 0).length;
  return (
    <>
      <Head pen={pen} view={view} form={form} title={m.movePreview} lead={m.moveLead(whenText(pen, view))} />
      <Verdict pen={pen} dates={dates} help={dates.length > 1 ? m.moveConflictsHelp : m.conflictsHelp} />
      <form method="post" action={path(pen, view, '/deplacer')} class="stack">
        <Kept form={form} />
        <CommonWays pen={pen} ways={ways} />
        <h2>{m.newDates(dates.length)}</h2>
        {staying > 0 ? <p class="meta">{m.datesStay(staying)}</p> : null}
        <DateList pen={pen} dates={dates} />
        {taken === 0 ? (
          <>
            <ToldNotice pen={pen} told={told} />
            <Reason pen={pen} form={form} />
          </>
        ) : null}
        <div class="cluster">
          {taken === 0 ? (
            <Button name="geste" value="deplacer">
              {(moves ? m.moveVerb : m.saveAndTell)(told.mail, told.call)}
            </Button>
          ) : null}
          <Button kind="quiet" name="geste" value="modifier">
            {m.change}
          </Button>
        </div>
      </form>
    </>
  );
};

/** Who is told where a gesture is for one date, for those after it, or for all. */
export type ScopeTold = { scope: Scope; count: number; told: Told };

function toldWords(pen: Pen, told: Told): string {
  const m = programmeMessages[pen.ctx.locale];
  return [
    told.mail > 0 ? m.toldMail(told.mail) : '',
    told.call > 0 ? m.toldCall(told.call) : '',
    told.unreachable > 0 ? m.toldNone(told.unreachable) : '',
    told.mail + told.call + told.unreachable === 0 ? m.toldNobody : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How many come, where nobody may be told of anything. */
function enrolledWords(pen: Pen, { mail, call, unreachable }: Told): string {
  const m = programmeMessages[pen.ctx.locale];
  const count = mail + call + unreachable;
  return count === 0 ? m.toldNobody : m.enrolled(count, mail, call);
}

export type Offered = { id: string; label: string };

/** The gestures that call a session off, for a while or for good. */
export const CallOffPage: FC<{
  pen: Pen;
  view: SessionView;
  form: Form;
  told: ScopeTold[];
  gesture: 'annuler' | 'reporter';
  offered: Offered[];
}> = ({ pen, view, form, told, gesture, offered }) => {
  const m = programmeMessages[pen.ctx.locale];
  const words = gesture === 'annuler' ? m.cancelling : m.postponing;
  return (
    <>
      <Head pen={pen} view={view} form={form} title={words.title} lead={`${whenText(pen, view)}. ${words.lead}`} />
      <form class="form" method="post" action={path(pen, view, `/${gesture}`)}>
        <input type="hidden" name="version" value={form.values.version ?? ''} />
        {told.length === 1 ? (
          <ToldNotice pen={pen} told={told[0]!.told} />
        ) : (
          <ScopedTold pen={pen} form={form} told={told} />
        )}
        <Reason pen={pen} form={form} />
        {offered.length > 0 ? <Instead pen={pen} form={form} offered={offered} /> : null}
        <div class="cluster">
          <Button kind="danger">{words.verb}</Button>
        </div>
      </form>
    </>
  );
};

const Instead: FC<{ pen: Pen; form: Form; offered: Offered[] }> = ({ pen, form, offered }): Child => {
  const m = programmeMessages[pen.ctx.locale];
  return (
    <fieldset class="group">
      <legend class="group-legend">{m.instead}</legend>
      <p class="field-hint">{m.insteadHint}</p>
      <div class="group-body">
        {offered.map(({ id, label }) => (
          <Checkbox name="autre" value={id} label={label} checked={(form.ticked.autre ?? []).includes(id)} />
        ))}
      </div>
    </fieldset>
  );
};

const ScopedTold: FC<{ pen: Pen; form: Form; told: ScopeTold[]; words?: typeof toldWords }> = ({
  pen,
  form,
  told,
  words = toldWords,
}) => {
  const m = programmeMessages[pen.ctx.locale];
  return (
    <RadioGroup
      label={m.scope}
      name="portee"
      value={form.values.portee || 'one'}
      options={told.map((one) => ({
        value: one.scope,
        label: m.scopes[one.scope],
        hint: `${m.dates(one.count)} · ${words(pen, one.told)}`,
      }))}
    />
  );
};
