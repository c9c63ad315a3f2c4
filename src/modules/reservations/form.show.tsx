import { say } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { insteadOf, type Refused } from '../notices/index.ts';
import { formMessages } from './form.messages.ts';
import { BookingFormPage } from './form.pages.tsx';
import type { FormView } from './form.parts.tsx';
import { freeBeside } from './form.store.ts';
import type { WantedItems } from './form.work.ts';

type Shown = { status?: number; values: FormValues; errors?: FieldErrors; refused?: Refused; key?: string };

/** Shows the form with all that is known, and what else is free where it is refused. */
export async function showForm(c: Web, items: WantedItems, shown: Shown): Promise<Response> {
  const { ctx } = c.var;
  const [first] = items;
  const people = Number(shown.values.personnes) || 1;
  const crowded = shown.refused?.codes.some((code) => code === 'booking.taken' || code === 'booking.closed');
  const view: FormView = {
    ctx,
    items,
    values: shown.values,
    errors: shown.errors ?? {},
    refused: shown.refused?.reasons ?? [],
    instead: crowded
      ? await insteadOf(ctx, { resourceId: first.resource.id, start: first.start, end: first.end, people, limit: 4 })
      : [],
    beside: await freeBeside(
      ctx,
      first.resource,
      first,
      items.map((item) => item.resource.id),
    ),
    key: shown.key ?? newId(),
  };
  const title = formMessages[ctx.locale].title(say(first.resource.name, ctx.locale, ctx.territory.mainLanguage));
  return page(c, { title, status: shown.status ?? 200 }, <BookingFormPage view={view} />);
}
