import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { Button, bind, ErrorSummary, Field, Notice, PageHead, PostButton, Select } from '../../ui/components/index.ts';
import { dayInWords, formatter } from '../../ui/format.ts';
import { type AppointmentView, type DayOfTimes, placeName, timeValue } from '../appointments/index.ts';
import type { Helper } from '../presence/index.ts';
import { type Form, Refusals } from '../setup/index.ts';
import { teamMessages } from './team.messages.ts';
import { AppointmentItem } from './week.pages.tsx';

export type Touched = { appointment: AppointmentView; instead: { one: DayOfTimes; start: Date }[] };

/** Noting an absence: when, whom it touches, and what to offer them. */
export const AbsencePage: FC<{
  ctx: Ctx;
  form: Form;
  helpers: Helper[];
  helper: Helper;
  touched: Touched[] | undefined;
  /** It is kept: what is left is to move those it touches. */
  noted: boolean;
  moved: boolean;
}> = ({ ctx, form, helpers, helper, touched, noted, moved }) => {
  const m = teamMessages[ctx.locale];
  const f = bind(form);
  const own = `/${ctx.locale}/permanences/absence`;
  const errors = Object.entries(form.errors).map(([field, message]) => ({ field, message }));
  return (
    <>
      <PageHead
        title={m.absence}
        lead={m.absenceLead}
        back={{ href: `/${ctx.locale}/permanences?qui=${helper.id}`, label: m.title }}
      />
      {noted || moved ? (
        <Notice kind="good">
          <p>{moved ? m.moved : m.absenceNoted}</p>
        </Notice>
      ) : null}
      <ErrorSummary title={m.errorsTitle} errors={errors} />
      <Refusals locale={ctx.locale} form={form} />
      {noted ? null : (
        <form class="form" method="post" action={own} novalidate>
          {helpers.length > 1 ? (
            <Select
              {...f('qui')}
              label={m.whose}
              required
              options={helpers.map((one) => ({ value: one.id, label: one.name }))}
            />
          ) : (
            <input type="hidden" name="qui" value={helper.id} />
          )}
          <div class="group-row">
            <Field
              {...f('from')}
              label={m.absentFrom}
              type="date"
              hint={dayInWords(form.values.from, ctx.locale)}
              required
            />
            <Field {...f('fromTime')} label={m.fromTime} type="time" required />
          </div>
          <div class="group-row">
            <Field {...f('to')} label={m.absentTo} type="date" hint={dayInWords(form.values.to, ctx.locale)} required />
            <Field {...f('toTime')} label={m.toTime} type="time" required />
          </div>
          <div class="cluster">
            <Button name="geste" value="noter">
              {m.absenceNote}
            </Button>
            <Button kind="secondary" name="geste" value="voir">
              {m.absenceSee}
            </Button>
          </div>
        </form>
      )}
      {touched ? <TouchedList ctx={ctx} touched={touched} form={form} noted={noted} /> : null}
    </>
  );
};

const TouchedList: FC<{ ctx: Ctx; touched: Touched[]; form: Form; noted: boolean }> = ({
  ctx,
  touched,
  form,
  noted,
}) => {
  const m = teamMessages[ctx.locale];
  return (
    <section class="section stack" aria-labelledby="touches">
      <h2 id="touches">{m.touched(touched.length)}</h2>
      {touched.length > 0 && noted ? <p>{m.touchedText}</p> : null}
      <ul class="my-appointments">
        {touched.map(({ appointment, instead }) => (
          <AppointmentItem ctx={ctx} one={appointment}>
            {noted ? (
              <>
                <p>
                  <strong>{instead.length > 0 ? m.alternatives : m.noAlternative}</strong>
                </p>
                <div class="times">
                  {instead.map(({ one, start }) => (
                    <PostButton
                      action={`/${ctx.locale}/permanences/absence/${appointment.reference}`}
                      hidden={{ ...form.values, heure: timeValue(one, start), geste: 'deplacer' }}
                      label={m.moveTo(alternative(ctx, one, start))}
                      version={appointment.version}
                    />
                  ))}
                  <PostButton
                    action={`/${ctx.locale}/permanences/absence/${appointment.reference}`}
                    hidden={{ ...form.values, geste: 'annuler' }}
                    label={m.cancelOne}
                    version={appointment.version}
                    kind="quiet"
                  />
                </div>
              </>
            ) : null}
          </AppointmentItem>
        ))}
      </ul>
    </section>
  );
};

const alternative = (ctx: Ctx, one: DayOfTimes, start: Date): string =>
  `${formatter(ctx.locale, one.timeZone).dayTime(start)}, ${placeName(ctx, one)}, ${one.helper.name}`;
