import type { FC } from 'hono/jsx';
import { has } from '../../core/access.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DescriptionList,
  LineName,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
  Tag,
  TextArea,
} from '../../ui/components/index.ts';
import {
  type Happened,
  lineOf,
  noonOf,
  type Pen,
  Reasons,
  type Sheet,
  standingOf,
  Telephone,
  whenOf,
} from '../day/index.ts';
import { personPath } from '../directory/index.ts';
import { sheetMessages } from './sheet.messages.ts';

/** The state of a booking in a word, its request, hold or end included. */
export function stateOf(pen: Pen, sheet: Sheet): ReturnType<typeof standingOf> {
  const { status } = pen.m;
  if (sheet.status === 'requested') return { text: status.requested, kind: 'warning' };
  if (sheet.status === 'cancelled') return { text: status.cancelled, kind: 'bad' };
  if (sheet.status === 'held') {
    const until = sheet.option_until ?? sheet.hold_expires_at;
    if (until && until <= pen.ctx.now) return { text: status.expired, kind: 'bad' };
    if (!sheet.option_until) return { text: status.held, kind: 'warning' };
  }
  return standingOf(pen, sheet);
}

/** Who booked, and the way to their record for those who may open it. */
const Who: FC<{ pen: Pen; sheet: Sheet }> = ({ pen, sheet }) => {
  const path = sheet.erased ? undefined : personPath(pen.ctx, sheet.person_id);
  return path && sheet.person ? <a href={path}>{sheet.person}</a> : <>{sheet.person}</>;
};

const Facts: FC<{ pen: Pen; sheet: Sheet }> = ({ pen, sheet }) => {
  const { f, m, ctx } = pen;
  const words = sheetMessages[ctx.locale];
  const line = lineOf(pen, sheet);
  const state = stateOf(pen, sheet);
  const dayOf = (day: string) => f.day(noonOf(day, pen.site));
  return (
    <DescriptionList
      items={[
        { term: words.facts.who, value: <Who pen={pen} sheet={sheet} /> },
        { term: words.facts.status, value: <Tag kind={state.kind}>{state.text}</Tag> },
        {
          term: words.facts.what,
          value: [pen.say(sheet.resource), sheet.places ? m.place(sheet.places) : ''].filter(Boolean).join(', '),
        },
        { term: words.facts.when, value: whenOf(pen, sheet) },
        {
          term: words.facts.where,
          value: (
            <>
              {[pen.say(sheet.space), pen.say(sheet.floor)].filter(Boolean).join(', ')}{' '}
              {line ? <LineName line={line} /> : null}
            </>
          ),
        },
        { term: words.facts.people, value: f.number(sheet.people) },
        { term: words.facts.purpose, value: sheet.purpose },
        { term: words.facts.organisation, value: sheet.organisation },
        { term: words.facts.telephone, value: <Telephone pen={pen} telephone={sheet.telephone} name={sheet.person} /> },
        {
          term: words.facts.email,
          value: sheet.email ? <a href={`mailto:${sheet.email}`}>{sheet.email}</a> : words.noEmail,
        },
        { term: words.facts.language, value: words.languages[sheet.language] },
        {
          term: words.facts.calls,
          value: sheet.calls
            .map((call) => words.call(dayOf(call.day), call.outcome ? m.outcomeDone[call.outcome] : ''))
            .join(' · '),
        },
        { term: words.facts.absences, value: sheet.absences > 0 ? words.absences(sheet.absences) : null },
        { term: words.facts.override, value: sheet.override_reason },
        {
          term: words.facts.made,
          value: words.made(f.dayTime(sheet.created_at), words.channel[sheet.channel], sheet.created_by ?? ''),
        },
        { term: words.facts.reference, value: sheet.reference },
      ]}
    />
  );
};

/** A gesture that asks why. */
const WithReason: FC<{ id: string; action: string; summary: string; send: string; pen: Pen; version: number }> = (
  props,
) => {
  const words = sheetMessages[props.pen.ctx.locale];
  return (
    <details class="day-fold" id={props.id}>
      <summary>{props.summary}</summary>
      <form class="form" method="post" action={props.action}>
        <input type="hidden" name="version" value={String(props.version)} />
        <TextArea
          id={`${props.id}-raison`}
          name="raison"
          label={words.cancelReason}
          hint={words.cancelHint}
          rows={2}
          maxlength={500}
          required
        />
        <Button kind="danger">{props.send}</Button>
      </form>
    </details>
  );
};

const Gestures: FC<{ pen: Pen; sheet: Sheet }> = ({ pen, sheet }) => {
  const words = sheetMessages[pen.ctx.locale];
  const { now, locale } = pen.ctx;
  const to = (gesture: string) => pen.href(`/reservations/${sheet.reference}/${gesture}`);
  const post = (gesture: string, label: string, kind: 'primary' | 'secondary' | 'quiet' = 'secondary') => (
    <PostButton action={to(gesture)} label={label} kind={kind} />
  );
  const over = sheet.end <= now;
  const begun = sheet.start <= now;
  const { status, version } = sheet;
  const isOption = status === 'held' && sheet.option_until !== null && sheet.option_until > now;
  const movable = !over && ['requested', 'confirmed', 'checked_in', 'displaced'].includes(status);
  const cancellable = !over && ['held', 'confirmed', 'displaced'].includes(status);
  const buttons = [
    status === 'requested' && !over ? (
      <PostButton action={to('accord')} label={words.accept} kind="primary" version={version} />
    ) : null,
    isOption ? post('option', words.keepOption, 'primary') : null,
    status === 'confirmed' && !over ? post('arrivee', words.arrived, 'primary') : null,
    status === 'confirmed' && begun ? post('absence', words.absent) : null,
    status === 'checked_in' && begun && !over ? post('depart', words.leaves) : null,
    status === 'checked_in' && !over ? post('sans-arrivee', words.undoArrived) : null,
    status === 'no_show' && !over ? post('sans-absence', words.undoAbsent) : null,
    status === 'no_show' && !sheet.pardoned_at ? post('pardon', words.pardon) : null,
    movable ? (
      <LinkButton href={`/${locale}/reservations/${sheet.reference}/deplacement`}>
        {status === 'displaced' ? words.replace : words.move}
      </LinkButton>
    ) : null,
    ['confirmed', 'requested', 'held'].includes(status) && !over ? (
      <LinkButton href={to('ticket')}>{words.slip}</LinkButton>
    ) : null,
  ].filter((button) => button !== null);
  return (
    <section class="section stack" aria-labelledby="gestes">
      <h2 id="gestes">{words.gestures}</h2>
      {buttons.length > 0 ? <div class="cluster">{buttons}</div> : null}
      {buttons.length === 0 && !cancellable ? <p class="soft">{words.nothing}</p> : null}
      {status === 'requested' && !over ? (
        <WithReason
          id="refuser"
          action={to('refus')}
          summary={words.decline}
          send={words.declineSend}
          pen={pen}
          version={version}
        />
      ) : null}
      {cancellable ? (
        <WithReason
          id="annuler"
          action={to('annulation')}
          summary={words.cancel}
          send={words.cancelSend}
          pen={pen}
          version={version}
        />
      ) : null}
    </section>
  );
};

const History: FC<{ pen: Pen; sheet: Sheet; events: Happened[]; names: Map<string, I18nText> }> = (props) => {
  const { pen, sheet, events, names } = props;
  const words = sheetMessages[pen.ctx.locale];
  const at = (value: unknown) => {
    const { start, end, resourceId } = (value ?? {}) as Record<string, string>;
    const name = resourceId ? names.get(resourceId) : undefined;
    return start && end
      ? [name ? pen.say(name) : '', whenOf(pen, { start: new Date(start), end: new Date(end) })]
          .filter(Boolean)
          .join(', ')
      : '';
  };
  return (
    <section class="section" aria-labelledby="histoire">
      <h2 id="histoire">{words.history}</h2>
      <ol class="sheet-history">
        {events.map((event) => {
          const kind = Object.hasOwn(words.events, event.kind) ? (event.kind as keyof typeof words.events) : 'other';
          const who = event.own ? `${words.by.own} (${sheet.person})` : (event.actor ?? words.by.system);
          const moved =
            event.kind === 'booking.moved' ? words.fromTo(at(event.data['from']), at(event.data['to'])) : '';
          return (
            <li class="sheet-event">
              <p>
                <strong>{words.events[kind]}</strong>
                {moved ? ` ${moved}` : ''}
              </p>
              <p class="meta">
                {pen.f.dayTime(event.at)}, {who}
              </p>
              {event.reason ? <p class="meta">{words.why(event.reason)}</p> : null}
            </li>
          );
        })}
      </ol>
      {has(pen.ctx.actor, 'administrator', pen.site.id) && !pen.ctx.actor.deviceId ? (
        <p>
          <a href={`/${pen.ctx.locale}/gestion/journal/reservation/${sheet.id}`}>{words.journal}</a>
        </p>
      ) : null}
    </section>
  );
};

/** A booking as the team sees it: everything, what can be done, what happened. */
export const SheetPage: FC<{
  pen: Pen;
  sheet: Sheet;
  events: Happened[];
  names: Map<string, I18nText>;
  done?: boolean;
  reasons?: readonly Explained[];
}> = ({ pen, sheet, events, names, done, reasons = [] }) => {
  const words = sheetMessages[pen.ctx.locale];
  return (
    <>
      <PageHead
        title={words.title(sheet.person)}
        lead={`${pen.say(sheet.resource)}, ${whenOf(pen, sheet)}`}
        back={{ href: pen.href(`?jour=${pen.f.isoDay(sheet.start)}`), label: words.back }}
      />
      {reasons.length > 0 ? <Reasons title={pen.m.refused} reasons={reasons} /> : null}
      {done ? <Notice kind="good">{words.done}</Notice> : null}
      <Gestures pen={pen} sheet={sheet} />
      <Facts pen={pen} sheet={sheet} />
      <History pen={pen} sheet={sheet} events={events} names={names} />
    </>
  );
};
