import type { FC } from 'hono/jsx';
import { type Locale, say } from '../../core/i18n.ts';
import type { FormValues } from '../../core/input.ts';
import { Button, DataTable, LinkButton, Notice, PageHead } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import type { Found } from '../setup/index.ts';
import { hoursMessages } from './hours.messages.ts';
import type { LeftBooking } from './left-outside.ts';

/** More are counted, not listed. */
const mostShown = 100;

/** Whom the new hours leave outside, before they are kept; saying yes changes the hours and no booking. */
export const LeftOutsidePage: FC<{
  locale: Locale;
  main: Locale;
  found: Found;
  /** The form as it was sent, to be sent again. */
  values: FormValues;
  action: string;
  bookings: readonly LeftBooking[];
}> = ({ locale, main, found, values, action, bookings }) => {
  const m = hoursMessages[locale];
  const format = formatter(locale, found.site.time_zone);
  const shown = bookings.slice(0, mostShown);
  const sent = Object.entries(values).filter(([name]) => name !== 'vu');
  return (
    <>
      <PageHead
        title={m.leftTitle}
        back={{ href: `/${locale}${found.path}/horaires`, label: m.leftBack }}
        lead={m.leftLead}
      />
      <Notice kind="warning">{m.left(bookings.length)}</Notice>
      <DataTable
        caption={m.left(bookings.length)}
        quiet
        columns={[{ label: m.leftWho, heading: true }, { label: m.leftWhat }, { label: m.leftWhen }]}
        rows={shown.map((one) => [
          <a href={`/${locale}/equipe/${found.site.slug}/reservations/${one.reference}`}>{one.person}</a>,
          say(one.resource, locale, main),
          `${format.dayLong(one.start)}, ${format.range(one.start, one.end)}`,
        ])}
        empty=""
      />
      {bookings.length > shown.length ? <p>{m.leftMore(bookings.length - shown.length)}</p> : null}
      <form class="cluster" method="post" action={action}>
        {sent.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button name="vu" value={String(bookings.length)}>
          {m.leftVerb}
        </Button>
        <LinkButton href={`/${locale}${found.path}/horaires`}>{m.leftNot}</LinkButton>
      </form>
    </>
  );
};
