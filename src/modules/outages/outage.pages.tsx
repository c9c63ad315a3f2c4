import type { FC } from 'hono/jsx';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  FieldGroup,
  LinkButton,
  Notice,
  PageHead,
  Select,
  TextArea,
} from '../../ui/components/index.ts';
import { dayInWords } from '../../ui/format.ts';
import type { Affected } from '../booking/index.ts';
import { type Pen, Reasons, readable, whenOf } from '../day/index.ts';
import type { Bookable } from '../desk/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { outageMessages } from './outage.messages.ts';

/** What is closed, when and why: the first page. */
export const OutageForm: FC<{
  pen: Pen;
  bookables: Bookable[];
  values: FormValues;
  errors: FieldErrors;
  reasons?: readonly Explained[];
}> = ({ pen, bookables, values, errors, reasons = [] }) => {
  const words = outageMessages[pen.ctx.locale];
  const { mainLanguage } = pen.ctx.territory;
  const others = (['fr', 'nl', 'en'] as const).filter((one) => one !== mainLanguage);
  return (
    <>
      <PageHead
        title={words.title}
        lead={words.lead}
        back={{ href: pen.href(''), label: outageMessages[pen.ctx.locale].back }}
      />
      <ErrorSummary
        title={outageMessages[pen.ctx.locale].errors}
        errors={Object.entries(errors).map(([field, message]) => ({ field, message }))}
      />
      {reasons.length > 0 ? <Reasons title={pen.m.refused} reasons={reasons} /> : null}
      <form class="form" method="post" action={pen.href('/panne')}>
        <Select
          label={words.what}
          name="ressource"
          required
          value={values['ressource']}
          error={errors['ressource']}
          options={bookables.map((one) => ({
            value: one.resource_slug,
            label: pen.say(one.resource),
            group: pen.say(one.space) || undefined,
          }))}
        />
        {(['de', 'a'] as const).map((edge) => (
          <FieldGroup legend={edge === 'de' ? words.from : words.to} row>
            <Field
              label={words.day}
              name={`${edge}-jour`}
              type="date"
              hint={dayInWords(values[`${edge}-jour`], pen.ctx.locale)}
              value={values[`${edge}-jour`]}
              error={errors[`${edge}-jour`]}
              required
            />
            <Field
              label={words.time}
              name={`${edge}-heure`}
              type="time"
              value={values[`${edge}-heure`]}
              error={errors[`${edge}-heure`]}
              required
            />
          </FieldGroup>
        ))}
        <TextArea
          label={words.reason}
          name={`raison-${mainLanguage}`}
          hint={words.reasonHint}
          rows={2}
          maxlength={300}
          value={values[`raison-${mainLanguage}`] ?? ''}
          error={errors[`raison-${mainLanguage}`]}
          required
        />
        <details class="day-fold" id="autres-langues" open={others.some((one) => values[`raison-${one}`])}>
          <summary>{words.otherLanguages}</summary>
          <div class="stack">
            {others.map((one) => (
              <TextArea
                label={words.inLanguage[one]}
                name={`raison-${one}`}
                rows={2}
                maxlength={300}
                value={values[`raison-${one}`] ?? ''}
              />
            ))}
          </div>
        </details>
        <Button>{words.preview}</Button>
      </form>
    </>
  );
};

const Told: FC<{ pen: Pen; one: Affected }> = ({ pen, one }) => {
  const words = outageMessages[pen.ctx.locale];
  const how = one.hasEmail ? words.byMail : one.telephone ? words.byCall(readable(one.telephone)) : words.byCallUnknown;
  return <>{one.inUse ? `${words.inUse}` : how}</>;
};

/** The sessions that take place there: they are not the outage's to displace. */
const Sessions: FC<{ pen: Pen; sessions: SessionView[] }> = ({ pen, sessions }) => {
  const words = outageMessages[pen.ctx.locale];
  if (sessions.length === 0) return null;
  const path = (view: SessionView) => `/${pen.ctx.locale}/equipe/${view.site.slug}/programme/${view.reference}`;
  return (
    <section class="stack">
      <Notice kind="warning" title={words.sessions(sessions.length)}>
        {words.sessionsHelp}
      </Notice>
      <DataTable
        caption={words.sessions(sessions.length)}
        quiet
        columns={[
          { label: words.sessionWhat, heading: true },
          { label: words.when },
          { label: words.sessionGesture, action: true },
        ]}
        rows={sessions.map((view) => [
          <a href={path(view)}>{pen.say(view.title)}</a>,
          whenOf(pen, view),
          <LinkButton href={`${path(view)}/deplacer`}>
            {words.sessionMove}
            <span class="hidden"> {pen.say(view.title)}</span>
          </LinkButton>,
        ])}
      />
    </section>
  );
};

/** Who is affected, each with what can replace their place; nothing is sent yet. */
export const OutagePreview: FC<{
  pen: Pen;
  what: Bookable;
  span: { start: Date; end: Date };
  reason: string;
  values: FormValues;
  affected: Affected[];
  sessions: SessionView[];
}> = ({ pen, what, span, reason, values, affected, sessions }) => {
  const words = outageMessages[pen.ctx.locale];
  const told = affected.filter((one) => !one.inUse).length;
  return (
    <>
      <PageHead
        title={words.previewTitle(pen.say(what.resource))}
        lead={`${whenOf(pen, span)}. ${reason}`}
        back={{ href: pen.href(`/panne?ressource=${what.resource_slug}`), label: words.change }}
      />
      <Notice kind={affected.length > 0 ? 'warning' : 'good'}>
        {affected.length > 0 ? words.affected(affected.length) : words.nobody}
      </Notice>
      <DataTable
        caption={words.affected(affected.length)}
        quiet
        columns={[
          { label: words.who, heading: true },
          { label: words.when },
          { label: words.told },
          { label: words.instead },
        ]}
        rows={affected.map((one) => [
          <a href={pen.href(`/reservations/${one.reference}`)}>{one.personName}</a>,
          whenOf(pen, one),
          <Told pen={pen} one={one} />,
          one.equivalents.length > 0 ? (
            <ul>
              {one.equivalents.map((other) => (
                <li>
                  <a href={`/${pen.ctx.locale}/lieux/${other.siteSlug}/${other.slug}`}>{pen.say(other.name)}</a>
                </li>
              ))}
            </ul>
          ) : (
            words.noEquivalent
          ),
        ])}
        empty={<></>}
      />
      <Sessions pen={pen} sessions={sessions} />
      <form class="cluster" method="post" action={pen.href('/panne')}>
        {Object.entries(values).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button kind="danger" name="envoyer" value="oui">
          {told > 0 ? words.closeAndTell(told) : words.close}
        </Button>
        <Button kind="secondary" name="modifier" value="oui">
          {words.change}
        </Button>
      </form>
    </>
  );
};
