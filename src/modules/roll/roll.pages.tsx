import type { Child, FC } from 'hono/jsx';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  EmptyState,
  Field,
  LinkButton,
  Live,
  Notice,
  PageHead,
  Tag,
  type TagKind,
} from '../../ui/components/index.ts';
import {
  type Correction,
  halfName,
  halfParam,
  markOf,
  modeOf,
  nameOf,
  type Pen,
  placeOf,
  type Roll,
  type RollPerson,
  type Sitting,
  totalsOf,
} from '../attendance/index.ts';
import { DoorForm } from './door.pages.tsx';
import { HoursForm, hoursWords } from './hours.pages.tsx';
import { Corrections, WalkIns } from './walk-ins.pages.tsx';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'quai-roll': { class?: string; 'data-lost': string; children?: Child };
    }
  }
}

export type RollProps = {
  pen: Pen;
  roll: Roll;
  sitting: Sitting;
  corrections: Correction[];
  /** Only people whose name has this in it are shown. */
  wanted?: string | undefined;
  done?: string | undefined;
  reasons?: readonly Explained[] | undefined;
  door?: Record<string, string> | undefined;
  doorErrors?: Record<string, string> | undefined;
  /** What others say of the session to its team. */
  more?: Child;
  /** Read by the team; else by who leads the session, who has its list and nothing else. */
  team: boolean;
};

const states = ['present', 'absent', 'excused'] as const;
const kinds: Record<(typeof states)[number], TagKind> = { present: 'good', absent: 'bad', excused: 'info' };

const Figures: FC<{ pen: Pen; roll: Roll; sitting: Sitting }> = ({ pen, roll, sitting }) => {
  const { m, f } = pen;
  const half = totalsOf(roll).halfDays.find((one) => one.halfDay === sitting.halfDay)!;
  const figures: [string, number][] = [
    [m.figures.expected, roll.people.filter((one) => one.comes).length],
    [m.figures.present, half.present],
    [m.figures.absent, half.absent],
    [m.figures.excused, half.excused],
    [m.figures.unsaid, half.unsaid],
    [m.figures.walkIns, half.walkIns],
  ];
  return (
    <dl class="roll-figures">
      {figures.map(([term, value]) => (
        <div class="roll-figure">
          <dt>{term}</dt>
          <dd>{f.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Which half-day is being noted, where there are several. */
const Halves: FC<{ pen: Pen; roll: Roll; sitting: Sitting }> = ({ pen, roll, sitting }) => {
  if (roll.sittings.length < 2) return null;
  return (
    <nav class="roll-halves no-print" aria-label={pen.m.chooseHalf}>
      {roll.sittings.map((one) => (
        <a
          class="roll-half"
          href={pen.href(`?demi=${halfParam(one.halfDay)}`)}
          aria-current={one.halfDay === sitting.halfDay ? 'true' : undefined}
        >
          {halfName(pen, one)}
        </a>
      ))}
    </nav>
  );
};

const Row: FC<{ pen: Pen; one: RollPerson; sitting: Sitting }> = ({ pen, one, sitting }) => {
  const { m } = pen;
  const mark = markOf(one, sitting.halfDay);
  const name = nameOf(pen, one);
  const facts = [
    one.birthYear ? m.born(one.birthYear) : one.minor ? m.minor : '',
    one.organisation ?? '',
    one.bookedBy && one.bookedBy !== one.name ? m.by(one.bookedBy) : '',
    one.comes ? '' : m.gaveBack,
    mark ? modeOf(pen, mark) : '',
    mark ? hoursWords(pen, sitting, mark) : '',
  ];
  return (
    <li class={`roll-row is-${mark?.state ?? 'unsaid'}`} id={`p-${one.attendeeId}`}>
      <p class="roll-name">{name}</p>
      <p class="roll-state">
        <Tag kind={mark ? kinds[mark.state] : 'plain'}>{mark ? m.states[mark.state] : m.unsaid}</Tag>
      </p>
      <p class="meta roll-facts">{facts.filter(Boolean).join(' · ')}</p>
      <form class="roll-marks" method="post" action={pen.href('/pointage')}>
        <input type="hidden" name="personne" value={one.attendeeId} />
        <input type="hidden" name="demi" value={sitting.halfDay} />
        {states.map((state) => (
          <button
            class={`roll-mark is-${state}`}
            type="submit"
            name="etat"
            value={state}
            id={`b-${one.attendeeId}-${state}`}
            aria-pressed={mark?.state === state ? 'true' : 'false'}
          >
            {m.mark[state]}
            <span class="hidden"> {name}</span>
          </button>
        ))}
        <a class="roll-sign" href={pen.href(`/signature/${one.attendeeId}?demi=${halfParam(sitting.halfDay)}`)}>
          {m.sign}
          <span class="hidden"> {name}</span>
        </a>
      </form>
      {mark?.state === 'present' ? <HoursForm pen={pen} one={one} sitting={sitting} mark={mark} /> : null}
    </li>
  );
};

/** A class has no names: how many of it are there. */
const GroupRow: FC<{ pen: Pen; seats: RollPerson[]; sitting: Sitting }> = ({ pen, seats, sitting }) => {
  const { m } = pen;
  const first = seats[0]!;
  const marks = seats.flatMap((one) => markOf(one, sitting.halfDay) ?? []);
  const present = marks.filter((mark) => mark.state === 'present').length;
  const said = marks.length > 0;
  return (
    <li class={`roll-row is-${said ? 'present' : 'unsaid'}`} id={`g-${first.registrationId}`}>
      <p class="roll-name">{first.organisation ?? first.bookedBy ?? m.noName}</p>
      <p class="roll-state">
        <Tag kind={said ? 'good' : 'plain'}>{said ? m.groupOf(present, seats.length) : m.groupUnsaid}</Tag>
      </p>
      <p class="meta roll-facts">
        {[m.group(seats.length), first.organisation && first.bookedBy ? m.by(first.bookedBy) : '']
          .filter(Boolean)
          .join(' · ')}
      </p>
      <form class="roll-group no-print" method="post" action={pen.href('/groupe')}>
        <input type="hidden" name="inscription" value={first.registrationId} />
        <input type="hidden" name="demi" value={sitting.halfDay} />
        <Field
          label={m.groupThere}
          name="presents"
          id={`n-${first.registrationId}`}
          type="number"
          inputmode="numeric"
          min={0}
          max={seats.length}
          value={said ? present : seats.length}
          required
        />
        <Button kind="secondary">{m.groupSave}</Button>
      </form>
    </li>
  );
};

const People: FC<RollProps> = ({ pen, roll, sitting, wanted }) => {
  const { m } = pen;
  if (roll.people.length === 0) {
    return (
      <EmptyState title={m.nobody}>
        <p>{m.nobodyText}</p>
      </EmptyState>
    );
  }
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const fits = (one: RollPerson) =>
    !wanted || plain([one.name, one.bookedBy, one.organisation].join(' ')).includes(plain(wanted));
  const shown = roll.people.filter(fits);
  const named = shown.filter((one) => one.name !== null || one.erased || one.kind !== 'group');
  const groups = Map.groupBy(
    shown.filter((one) => !named.includes(one)),
    (one) => one.registrationId,
  );
  return (
    <>
      {roll.people.length > 15 ? (
        <form class="roll-find no-print" method="get" action={pen.href('')}>
          <input type="hidden" name="demi" value={halfParam(sitting.halfDay)} />
          <Field label={m.find} name="nom" value={wanted ?? ''} type="search" maxlength={80} plain />
          <Button kind="secondary">{m.show}</Button>
          {wanted ? <a href={pen.href(`?demi=${halfParam(sitting.halfDay)}`)}>{m.all}</a> : null}
        </form>
      ) : null}
      {shown.length === 0 ? <p>{m.notFound(wanted ?? '')}</p> : null}
      <ol class="roll-list">
        {named.map((one) => (
          <Row pen={pen} one={one} sitting={sitting} />
        ))}
        {[...groups.values()].map((seats) => (
          <GroupRow pen={pen} seats={seats} sitting={sitting} />
        ))}
      </ol>
    </>
  );
};

/** The list of a session on the team's phone: who is expected, who is there, one tap each. */
export const RollPage: FC<RollProps> = (props) => {
  const { pen, roll, sitting, done, team, reasons = [] } = props;
  const { m, f, session } = pen;
  const totals = totalsOf(roll);
  return (
    <>
      <PageHead
        title={m.title(pen.title)}
        lead={`${pen.when} · ${placeOf(pen)}`}
        back={team ? { href: `/${pen.ctx.locale}/equipe/${session.site.slug}`, label: m.back } : undefined}
      />
      <Halves pen={pen} roll={roll} sitting={sitting} />
      <quai-roll data-lost={m.lost}>
        <Live id="liste" lost={m.lost}>
          <p class="notice notice-warning" data-board-notice hidden />
          {reasons.length > 0 ? (
            <Notice kind="bad" title={m.refused} level={2}>
              <ul class="stack">
                {reasons.map((reason) => (
                  <li>{reason.text}</li>
                ))}
              </ul>
            </Notice>
          ) : null}
          {done ? <Notice kind="good">{done}</Notice> : null}
          <Figures pen={pen} roll={roll} sitting={sitting} />
          <section class="stack" aria-labelledby="inscrits">
            <h2 class="roll-heading" id="inscrits">
              {roll.sittings.length > 1 ? halfName(pen, sitting) : m.people}{' '}
              <span class="roll-count">{roll.people.length}</span>
            </h2>
            <People {...props} />
          </section>
          <WalkIns pen={pen} roll={roll} />
          <p class="roll-sum">{m.totals(totals.peopleHalfDays, f.duration(totals.minutes))}</p>
          <Corrections pen={pen} roll={roll} corrections={props.corrections} />
          {props.more}
        </Live>
      </quai-roll>
      {team ? <DoorForm pen={pen} sitting={sitting} values={props.door ?? {}} errors={props.doorErrors ?? {}} /> : null}
      <nav class="cluster no-print" aria-label={m.sheet}>
        {team ? (
          <LinkButton href={pen.href('/feuille')} kind="primary">
            {m.sheet}
          </LinkButton>
        ) : null}
        <LinkButton href={pen.href('/affiche')}>{m.poster}</LinkButton>
      </nav>
    </>
  );
};
