import type { FC } from 'hono/jsx';
import {
  Button,
  DataTable,
  EmptyState,
  Field,
  LineBullet,
  LinkButton,
  Notice,
  PageHead,
  Tag,
} from '../../ui/components/index.ts';
import { dayInWords } from '../../ui/format.ts';
import type { Pen } from '../day/index.ts';
import { programmeMessages } from '../preparing/index.ts';
import type { SessionView } from '../timetable/index.ts';
import type { Matter } from './programme.store.ts';
import { kindText, lineOfSession, seatsText, stateTag, whenText, whereText } from './programme.words.ts';

export type Period = { view: 'month' | 'week'; day: string; previous: string; next: string; label: string };

export type ListProps = {
  pen: Pen;
  period: Period;
  sessions: SessionView[];
  matters: { matter: Matter; session: SessionView }[];
  done: string | undefined;
};

const link = (pen: Pen, { view }: Pick<Period, 'view'>, day: string) =>
  pen.href(`/programme?jour=${day}${view === 'week' ? '&vue=semaine' : ''}`);

const Steps: FC<{ pen: Pen; period: Period }> = ({ pen, period }) => {
  const m = programmeMessages[pen.ctx.locale];
  const other = period.view === 'week' ? ('month' as const) : ('week' as const);
  return (
    <nav class="programme-steps cluster no-print" aria-label={m.goTo}>
      <LinkButton kind="quiet" href={link(pen, period, period.previous)}>
        <span aria-hidden="true">← </span>
        {m.before[period.view]}
      </LinkButton>
      <LinkButton kind="quiet" href={link(pen, period, pen.today)}>
        {m.now[period.view]}
      </LinkButton>
      <LinkButton kind="quiet" href={link(pen, period, period.next)}>
        {m.after[period.view]}
        <span aria-hidden="true"> →</span>
      </LinkButton>
      <form class="cluster programme-go" method="get">
        {period.view === 'week' ? <input type="hidden" name="vue" value="semaine" /> : null}
        <Field
          label={m.goTo}
          name="jour"
          type="date"
          value={period.day}
          hint={dayInWords(period.day, pen.ctx.locale)}
          plain
        />
        <Button kind="secondary">{m.show}</Button>
      </form>
      <LinkButton href={link(pen, { view: other }, period.day)}>{m.views[other]}</LinkButton>
    </nav>
  );
};

/** What waits for a decision. */
const Matters: FC<ListProps> = ({ pen, matters }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (matters.length === 0) return null;
  return (
    <section class="programme-matters no-print" aria-labelledby="a-regler">
      <h2 id="a-regler">{m.matters}</h2>
      <ul class="programme-list">
        {matters.map(({ matter, session }) => (
          <li>
            <a href={pen.href(`/programme/${session.reference}`)}>{pen.say(session.title)}</a>
            <span class="meta"> {whenText(pen, session)}</span>
            <p>{m.why[matter.why](matter.coming, session.minimum ?? 0)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What a site's team has planned in a month or a week. */
export const ListPage: FC<ListProps> = (props) => {
  const { pen, period, sessions, done } = props;
  const m = programmeMessages[pen.ctx.locale];
  // What is over in a period under way gives way to what comes.
  const past = sessions.filter((view) => view.end <= pen.ctx.now);
  const coming = sessions.filter((view) => view.end > pen.ctx.now);
  return (
    <>
      <PageHead
        title={m.listTitle(pen.say(pen.site.name))}
        lead={period.label}
        back={{ href: pen.href(''), label: m.dayPage }}
        actions={
          <LinkButton kind="primary" href={pen.href('/programme/nouvelle')}>
            {m.newTitle}
          </LinkButton>
        }
      />
      {done ? <Notice kind="good">{done}</Notice> : null}
      <Matters {...props} />
      <Steps pen={pen} period={period} />
      <Table pen={pen} caption={`${m.programme}, ${period.label}`} sessions={coming} />
      {past.length > 0 ? (
        <details class="programme-past no-print" open={coming.length === 0}>
          <summary>{m.past(past.length)}</summary>
          <Table pen={pen} caption={m.past(past.length)} sessions={past} />
        </details>
      ) : null}
      {sessions.length === 0 ? (
        <EmptyState
          title={m.empty}
          action={<LinkButton href={pen.href('/programme/nouvelle')}>{m.newTitle}</LinkButton>}
        >
          {m.emptyHelp}
        </EmptyState>
      ) : null}
    </>
  );
};

const Table: FC<{ pen: Pen; caption: string; sessions: SessionView[] }> = ({ pen, caption, sessions }) => {
  const m = programmeMessages[pen.ctx.locale];
  if (sessions.length === 0) return null;
  return (
    <div class="programme-table">
      <DataTable
        caption={caption}
        quiet
        columns={[
          { label: m.when },
          { label: m.session, heading: true },
          { label: m.where },
          { label: m.seatsTitle },
          { label: m.state },
        ]}
        rows={sessions.map((view) => [
          <span class="programme-when">{whenText(pen, view)}</span>,
          <SessionName pen={pen} view={view} />,
          whereText(pen, view),
          seatsText(pen, view),
          <Tag kind={stateTag(pen, view).kind}>{stateTag(pen, view).text}</Tag>,
        ])}
      />
    </div>
  );
};

const SessionName: FC<{ pen: Pen; view: SessionView }> = ({ pen, view }) => {
  const m = programmeMessages[pen.ctx.locale];
  const line = lineOfSession(pen, view);
  return (
    <span class="programme-name">
      {line ? <LineBullet {...line} /> : null}
      <span>
        <a href={pen.href(`/programme/${view.reference}`)}>{pen.say(view.title)}</a>
        <span class="meta">
          {' '}
          {[kindText(pen, view), view.track ? m.trackOf(view.track) : ''].filter(Boolean).join(', ')}
        </span>
      </span>
    </span>
  );
};
