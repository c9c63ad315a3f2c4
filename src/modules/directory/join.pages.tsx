import type { Child, FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { Button, Checkbox, DataTable, ErrorSummary, PageHead, RadioGroup } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import type { Form } from '../setup/index.ts';
import { NotDone, rolesText, type SheetView } from './directory.pages.tsx';
import type { Person } from './directory.store.ts';
import { base, nameOf, wordsOf } from './search.pages.tsx';

export type Side = { person: Person; roles: SheetView['roles'] };

const Lines: FC<{ lines: string[] }> = ({ lines }) => (
  <ul>
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
);

/** Two records side by side, what making them one does, and the one gesture that does it. */
export const ComparePage: FC<{ ctx: Ctx; sides: [Side, Side]; also: string[]; form: Form }> = ({
  ctx,
  sides,
  also,
  form,
}) => {
  const m = wordsOf(ctx);
  const [first, second] = sides;
  const format = formatter(ctx.locale, ctx.territory.timeZone);
  const row = (label: string, value: (side: Side) => Child) => [label, value(first), value(second)];
  // The record somebody signs in with is the one to keep.
  const kept = !first.person.account && (second.person.account || (!first.person.email && second.person.email));
  return (
    <>
      <PageHead
        title={m.compareTitle}
        back={{ href: base(ctx, `/${first.person.id}`), label: nameOf(ctx, first.person) }}
      />
      <NotDone ctx={ctx} form={form} />
      <DataTable
        caption={m.compareTitle}
        quiet
        columns={[{ label: m.fact, heading: true }, { label: m.first }, { label: m.second }]}
        rows={[
          row(m.name, ({ person }) => nameOf(ctx, person)),
          row(m.email, ({ person }) => person.email ?? m.none),
          row(m.telephone, ({ person }) => person.telephone ?? m.none),
          row(m.account, ({ person }) => (person.account ? m.hasAccount : m.noAccount)),
          row(m.roles, ({ roles }) => rolesText(ctx, roles) || m.none),
          row(m.bookingCount, ({ person }) => String(person.bookings)),
          row(m.since, ({ person }) => format.dayLong(person.created_at)),
        ]}
      />
      <section class="section stack" aria-labelledby="happens">
        <h2 id="happens">{m.happens}</h2>
        <Lines lines={[...m.happensItems.split('\n'), ...also]} />
        <form
          method="post"
          action={base(ctx, `/${first.person.id}/fusion/${second.person.id}`)}
          class="form"
          novalidate
        >
          <RadioGroup
            label={m.keep}
            name="keep"
            hint={m.keepHint}
            value={kept ? second.person.id : first.person.id}
            options={sides.map(({ person }, at) => ({
              value: person.id,
              label: at === 0 ? m.first : m.second,
              hint: [nameOf(ctx, person), person.email ?? person.telephone].filter(Boolean).join(' · '),
            }))}
          />
          <Button>{m.same}</Button>
        </form>
      </section>
    </>
  );
};

/** What erasing somebody does, read before it is done. */
export const ForgetPage: FC<{ ctx: Ctx; person: Person; coming: number; error?: string | undefined; form: Form }> = ({
  ctx,
  person,
  coming,
  error,
  form,
}) => {
  const m = wordsOf(ctx);
  const title = m.eraseOf(nameOf(ctx, person));
  const kept = [
    [m.keptBookings, m.keptBookingsWhy, m.keptForever],
    [m.keptJournal, m.keptJournalWhy, m.keptForever],
    ...(person.email ? [[m.keptMail, m.keptMailWhy, m.keptMailUntil]] : []),
  ];
  return (
    <>
      <PageHead
        title={title}
        lead={m.eraseLead}
        back={{ href: base(ctx, `/${person.id}`), label: nameOf(ctx, person) }}
      />
      <ErrorSummary title={m.errors} errors={error ? [{ field: 'confirmed', message: error }] : []} />
      <NotDone ctx={ctx} form={form} />
      <section class="section stack" aria-labelledby="erased">
        <h2 id="erased">{m.erasedTitle}</h2>
        <Lines lines={[...m.erasedItems.split('\n'), ...(coming > 0 ? [m.erasedComing(coming)] : [])]} />
      </section>
      <section class="section stack" aria-labelledby="kept">
        <h2 id="kept">{m.keptTitle}</h2>
        <DataTable
          caption={m.keptTitle}
          quiet
          columns={[{ label: m.what, heading: true }, { label: m.why }, { label: m.until }]}
          rows={kept}
        />
        {person.email ? null : <p>{m.noMail}</p>}
      </section>
      <form method="post" action={base(ctx, `/${person.id}/effacement`)} class="form" novalidate>
        <Checkbox label={m.confirm} name="confirmed" error={error} required />
        <Button kind="danger">{m.eraseButton}</Button>
      </form>
    </>
  );
};
