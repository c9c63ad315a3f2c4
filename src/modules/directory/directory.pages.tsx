import type { Child, FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { type I18nText, say } from '../../core/i18n.ts';
import type { Role } from '../../core/schema.ts';
import {
  bind,
  DataTable,
  DescriptionList,
  Field,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  Select,
  Tag,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { type BookingView, placeOf, stateOf, whenOf, words } from '../notices/index.ts';
import { Folded, type Form, Refusals, SetupForm } from '../setup/index.ts';
import type { Absence, Person } from './directory.store.ts';
import { base, nameOf, SearchForm, wordsOf } from './search.pages.tsx';

const languages = { fr: 'français', nl: 'Nederlands', en: 'English' };

export type SheetView = {
  person: Person;
  whole: boolean;
  /** One's own record is erased from one's own account. */
  own: boolean;
  roles: { role: Role; site: I18nText | null }[];
  groups: I18nText[];
  organisations: { name: string }[];
  merged: { id: string; name: string; email: string | null; telephone: string | null }[];
  coming: BookingView[];
  past: BookingView[];
  absences: Absence[];
};

/** Roles as one says them: "Équipe, La Gare". */
export const rolesText = (ctx: Ctx, roles: SheetView['roles']): string => {
  const m = wordsOf(ctx);
  const site = (name: I18nText | null) => (name ? say(name, ctx.locale, ctx.territory.mainLanguage) : m.everywhere);
  return roles.map((one) => `${m.role[one.role]}, ${site(one.site)}`).join(' · ');
};

/** All that the team reads of a person, and what it does for them. */
export const SheetPage: FC<{ ctx: Ctx; view: SheetView; form: Form; done?: Child }> = ({ ctx, view, form, done }) => {
  const m = wordsOf(ctx);
  const { person, whole } = view;
  const main = ctx.territory.mainLanguage;
  const format = formatter(ctx.locale, ctx.territory.timeZone);
  return (
    <>
      <PageHead title={nameOf(ctx, person)} back={{ href: base(ctx), label: m.title }} />
      {done}
      <Correction ctx={ctx} view={view} form={form} />
      <section class="section" aria-labelledby="rights">
        <h2 id="rights">{m.rights}</h2>
        <DescriptionList
          items={[
            { term: m.roles, value: rolesText(ctx, view.roles) || m.none },
            { term: m.groups, value: view.groups.map((name) => say(name, ctx.locale, main)).join(' · ') || m.none },
            { term: m.organisations, value: view.organisations.map((one) => one.name).join(' · ') || m.none },
            { term: m.since, value: format.dayLong(person.created_at) },
            { term: m.seen, value: person.last_seen_at ? format.dayLong(person.last_seen_at) : '' },
            { term: m.account, value: person.account ? m.hasAccount : m.noAccount },
          ]}
        />
      </section>
      <section class="section stack" aria-labelledby="bookings">
        <h2 id="bookings">{m.bookings}</h2>
        <Bookings ctx={ctx} caption={m.coming} views={view.coming} empty={<p>{m.noBooking}</p>} />
        {view.past.length > 0 ? (
          <Folded summary={`${m.past} (${view.past.length})`}>
            <Bookings ctx={ctx} caption={m.past} views={view.past} />
          </Folded>
        ) : null}
      </section>
      {view.absences.length > 0 ? <Absences ctx={ctx} view={view} /> : null}
      {whole ? <Joining ctx={ctx} view={view} /> : null}
      {whole ? (
        <section class="section stack" aria-labelledby="erase">
          <h2 id="erase">{m.erase}</h2>
          <p>{m.eraseText}</p>
          <LinkButton
            kind="danger"
            href={view.own ? `/${ctx.locale}/compte/effacement` : base(ctx, `/${person.id}/effacement`)}
          >
            {m.eraseOf(nameOf(ctx, person))}
          </LinkButton>
        </section>
      ) : null}
    </>
  );
};

const Correction: FC<{ ctx: Ctx; view: SheetView; form: Form }> = ({ ctx, view: { person, whole }, form }) => {
  const m = wordsOf(ctx);
  const f = bind(form);
  return (
    <section class="section stack" aria-labelledby="record">
      <h2 id="record">{m.record}</h2>
      {whole ? null : (
        <DescriptionList items={[{ term: m.email, value: `${person.email ?? m.none}. ${m.emailElsewhere}` }]} />
      )}
      <SetupForm locale={ctx.locale} form={form} action={base(ctx, `/${person.id}`)} verb={m.save}>
        <Field {...f('name')} label={m.name} maxlength={120} autocomplete="off" required />
        {whole ? (
          <Field {...f('email')} label={m.email} hint={m.emailHint} type="email" maxlength={254} autocomplete="off" />
        ) : null}
        <Field {...f('telephone')} label={m.telephone} type="tel" maxlength={30} autocomplete="off" />
        <Select
          {...f('language')}
          label={m.language}
          plain
          options={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
      </SetupForm>
    </section>
  );
};

const Bookings: FC<{ ctx: Ctx; caption: string; views: BookingView[]; empty?: Child }> = (props) => {
  const { ctx, caption, views, empty } = props;
  const m = wordsOf(ctx);
  const main = ctx.territory.mainLanguage;
  return (
    <DataTable
      caption={caption}
      columns={[{ label: m.what, heading: true }, { label: m.when }, { label: m.where }, { label: m.state }]}
      empty={empty}
      rows={views.map((view) => [
        <a
          class="directory-link"
          href={`/${ctx.locale}/equipe/${view.resource.site.slug}/reservations/${view.reference}`}
        >
          {say(view.resource.name, ctx.locale, main)}
        </a>,
        whenOf(view, ctx.locale),
        placeOf(view.resource, ctx.locale, main)[0] ?? '',
        words[ctx.locale].states[stateOf(view, ctx.now)],
      ])}
    />
  );
};

const Absences: FC<{ ctx: Ctx; view: SheetView }> = ({ ctx, view: { person, absences } }) => {
  const m = wordsOf(ctx);
  const title = m.absences(absences.filter((one) => !one.pardoned_at).length);
  return (
    <section class="section" aria-labelledby="absences">
      <h2 id="absences">{title}</h2>
      <DataTable
        caption={title}
        quiet
        columns={[{ label: m.what, heading: true }, { label: m.when }, { label: m.action }]}
        rows={absences.map((one) => {
          const name = say(one.resource, ctx.locale, ctx.territory.mainLanguage);
          const when = formatter(ctx.locale, one.time_zone).dayTime(one.starts_at);
          const gesture = (
            <PostButton
              action={base(ctx, `/${person.id}/absences/${one.id}/pardon`)}
              version={one.version}
              label={m.pardon}
              about={`${name}, ${when}`}
            />
          );
          return [name, when, one.pardoned_at ? <Tag kind="good">{m.pardoned}</Tag> : gesture];
        })}
      />
    </section>
  );
};

const Joining: FC<{ ctx: Ctx; view: SheetView }> = ({ ctx, view: { person, merged } }) => {
  const m = wordsOf(ctx);
  return (
    <section class="section stack" aria-labelledby="joining">
      <h2 id="joining">{m.joinTitle}</h2>
      <p>{m.joinText}</p>
      <SearchForm ctx={ctx} action={base(ctx, `/${person.id}/fusion`)} />
      {merged.length > 0 ? (
        <DataTable
          caption={m.joined}
          columns={[
            { label: m.name, heading: true },
            { label: m.email },
            { label: m.telephone },
            { label: m.action, action: true },
          ]}
          rows={merged.map((one) => [
            nameOf(ctx, one),
            one.email ?? m.none,
            one.telephone ?? m.none,
            <PostButton
              action={base(ctx, `/${person.id}/fusion/${one.id}/separation`)}
              label={m.part}
              about={nameOf(ctx, one)}
            />,
          ])}
        />
      ) : null}
    </section>
  );
};

/** What was just done, said once on the page one comes to. */
export const Done: FC<{ ctx: Ctx; done: string | undefined }> = ({ ctx, done }) => {
  const texts = wordsOf(ctx).done;
  const text = done && Object.hasOwn(texts, done) ? texts[done as keyof typeof texts] : undefined;
  return text ? <Notice kind="good">{text}</Notice> : null;
};

/** The refusals of a gesture that is not the form's. */
export const NotDone: FC<{ ctx: Ctx; form: Form }> = ({ ctx, form }) => <Refusals locale={ctx.locale} form={form} />;
