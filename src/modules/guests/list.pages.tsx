import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { Locale } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  bind,
  Checkbox,
  DataTable,
  ErrorSummary,
  Field,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
} from '../../ui/components/index.ts';
import { telHref } from '../../ui/layout.tsx';
import { Reasons } from '../notices/index.ts';
import type { RegistrationView } from '../registrations/index.ts';
import { formatOf, namesOf, readState, titleOf, whenOf, words } from '../tidings/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { guestsMessages } from './guests.messages.ts';

export type ListView = {
  ctx: Ctx;
  session: SessionView;
  all: readonly RegistrationView[];
  values: FormValues;
  errors: FieldErrors;
  refused: readonly Explained[];
  done: string | undefined;
};

export const rootOf = (ctx: Pick<Ctx, 'locale'>, session: Pick<SessionView, 'reference'>): string =>
  `/${ctx.locale}/inscriptions/seance/${session.reference}`;

const State: FC<{ ctx: Ctx; one: RegistrationView; session: SessionView }> = ({ ctx, one, session }) => {
  const { locale } = ctx;
  const m = guestsMessages[locale];
  if (one.rank) return <>{m.rank(words[locale].rank(one.rank))}</>;
  if (one.status === 'offered' && one.offerExpiresAt)
    return <>{m.until(formatOf(session, locale).dayTime(one.offerExpiresAt))}</>;
  const said = words[locale].states[readState(one, session, ctx.now)];
  return <>{one.cancelledLate ? `${said}, ${m.late}` : said}</>;
};

const Gestures: FC<{ ctx: Ctx; one: RegistrationView; session: SessionView }> = ({ ctx, one, session }) => {
  const m = guestsMessages[ctx.locale];
  if (session.end <= ctx.now) return null;
  const answer = (geste: string, label: string) => (
    <PostButton
      kind={geste === 'prendre' ? 'primary' : 'secondary'}
      action={`${rootOf(ctx, session)}/reponse`}
      label={label}
      hidden={{ geste, inscription: one.reference }}
      version={one.version}
      about={calledBy(one)}
    />
  );
  return (
    <div class="cluster">
      {one.status === 'offered' ? (
        <>
          {answer('prendre', m.accept)}
          {answer('laisser', m.decline)}
        </>
      ) : null}
      {one.status === 'registered' || one.status === 'waiting' ? (
        <LinkButton kind="quiet" href={`/${ctx.locale}/inscriptions/${one.reference}/annulation`}>
          {m.cancel} <span class="hidden">{calledBy(one)}</span>
        </LinkButton>
      ) : null}
    </div>
  );
};

const Reach: FC<{ ctx: Ctx; one: RegistrationView }> = ({ ctx, one: { person } }) => {
  const { telephone, email } = person;
  if (!telephone && !email) return <>{guestsMessages[ctx.locale].noReach}</>;
  return (
    <span class="guest-reach">
      {telephone ? <a href={telHref(telephone)}>{telephone}</a> : null}
      {email ? <a href={`mailto:${email}`}>{email}</a> : null}
    </span>
  );
};

const Add: FC<{ view: ListView }> = ({ view: { ctx, session, values, errors, refused } }) => {
  const m = guestsMessages[ctx.locale];
  const f = bind({ values, errors });
  const running = session.start <= ctx.now;
  return (
    <section class="section stack no-print" aria-labelledby="ajouter">
      <h2 id="ajouter">{m.add}</h2>
      <p>{m.addHint}</p>
      <form method="post" action={rootOf(ctx, session)} class="stack guest-form" novalidate>
        <Field label={m.name} {...f('nom')} maxlength={120} autocomplete="off" required />
        <Field label={m.telephone} {...f('telephone')} type="tel" autocomplete="off" />
        <Field label={m.email} {...f('courriel')} type="email" autocomplete="off" />
        <Field
          label={m.count}
          name="personnes"
          inputmode="numeric"
          value={values.personnes ?? '1'}
          error={errors.personnes}
          maxlength={3}
          required
        />
        <Field label={m.remark} name="precision" value={values.precision ?? ''} maxlength={300} />
        {running ? <Checkbox label={m.arrived} name="la" checked /> : null}
        {refused.length > 0 || values.malgre ? (
          <Field label={m.despite} hint={m.despiteHint} name="malgre" value={values.malgre ?? ''} maxlength={500} />
        ) : null}
        <Button>{m.addYes}</Button>
      </form>
    </section>
  );
};

/** Whoever registered before they said their name is known by their mail: no line of a list is blank. */
const calledBy = ({ person, reference }: RegistrationView): string => person.name || person.email || reference;

/** Those who come by name, as one looks for them at the door; then those who wait in their turn, then those who left. */
function inOrder(session: SessionView, all: readonly RegistrationView[], locale: Locale): RegistrationView[] {
  const gone = session.status === 'cancelled';
  const place = (one: RegistrationView) => (one.status === 'cancelled' ? 2 : one.rank ? 1 : 0);
  return all
    .filter((one) => one.status !== 'cancelled' || one.cancelledLate || gone)
    .sort(
      (a, b) =>
        place(a) - place(b) ||
        (a.rank ?? 0) - (b.rank ?? 0) ||
        a.person.name.localeCompare(b.person.name, locale, { numeric: true }),
    );
}

/** Who comes to a session, who waits, and the three gestures of the telephone. */
export const ListPage: FC<{ view: ListView }> = ({ view }) => {
  const { ctx, session, all, errors, refused, done } = view;
  const { locale } = ctx;
  const m = guestsMessages[locale];
  const root = rootOf(ctx, session);
  const shown = inOrder(session, all, locale);
  const lead = [whenOf(session, locale), m.counts(session.taken, session.seats), m.wait(session.waiting)];
  return (
    <>
      <PageHead
        title={`${m.title} · ${titleOf(ctx, session, locale)}`}
        lead={lead.filter(Boolean).join(' · ')}
        back={{ href: `/${locale}/equipe/${session.site.slug}/programme/${session.reference}`, label: m.back }}
        actions={
          <>
            {session.status === 'published' && session.end > ctx.now ? (
              <LinkButton kind="primary" href="#ajouter">
                {m.add}
              </LinkButton>
            ) : null}
            <LinkButton href={`${root}/liste`}>{m.import}</LinkButton>
            <LinkButton href={`${root}/liste.csv`}>{m.export}</LinkButton>
          </>
        }
      />
      {done ? <Notice kind="good">{done}</Notice> : null}
      <ErrorSummary title={m.errors} errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <Reasons ctx={ctx} site={undefined} title={m.refused} reasons={refused} />
      <DataTable
        caption={m.list}
        columns={[
          { label: m.who, heading: true },
          { label: m.people, number: true },
          { label: m.state },
          { label: m.reach },
          { label: m.note },
          { label: m.gestures, action: true },
        ]}
        rows={shown.map((one) => [
          <>
            <a href={`/${locale}/inscriptions/${one.reference}`}>{calledBy(one)}</a>
            {one.places > 1 ? <span class="choice-hint">{namesOf(one, locale).join(' · ')}</span> : null}
          </>,
          String(one.places),
          <State ctx={ctx} one={one} session={session} />,
          <Reach ctx={ctx} one={one} />,
          [one.organisation, one.mandate, one.note].filter(Boolean).join(' · '),
          <Gestures ctx={ctx} one={one} session={session} />,
        ])}
        empty={<p>{m.nobody}</p>}
      />
      {session.status === 'published' && session.end > ctx.now ? <Add view={view} /> : null}
    </>
  );
};
