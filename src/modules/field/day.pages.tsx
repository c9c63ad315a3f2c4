import type { Child, FC } from 'hono/jsx';
import { addDays, instantOf } from '../../core/clock.ts';
import { Button, LinkButton, Notice, PageHead, Select, Tag, TextArea } from '../../ui/components/index.ts';
import { ageBands } from '../attendance/index.ts';
import { blocksOf } from './field.rules.ts';
import type { Block, Expected, FieldDay } from './field.types.ts';
import { Gesture, type Pen } from './gesture.tsx';
import { SessionRows, SignDialog } from './session.rows.tsx';

const BookingRow: FC<{ pen: Pen; one: Expected; open: boolean }> = ({ pen, one, open }) => {
  const { m, f } = pen;
  const about = <span class="hidden"> {`${one.person}, ${f.range(one.start, one.end)}`}</span>;
  return (
    <li class="field-row" id={`b-${one.id}`} data-row>
      <p class="field-when">{f.range(one.start, one.end)}</p>
      <p class="field-who">
        <b>{one.person}</b> {pen.say(one.resource)}
        {one.people > 1 ? ` · ${m.people(one.people)}` : ''}
      </p>
      {one.status === 'checked_in' ? (
        <p>
          <Tag kind="good">{`${m.arrived} · ${one.checkedInAt ? f.time(one.checkedInAt) : ''}`}</Tag>
        </p>
      ) : null}
      {one.status === 'no_show' ? (
        <p>
          <Tag kind="warning">{m.notCome}</Tag>
        </p>
      ) : null}
      <ul class="field-said" data-said hidden />
      {open && one.status === 'confirmed' ? (
        <div class="cluster">
          <Gesture pen={pen} kind="arrived" fields={{ booking: one.id }}>
            <Button attrs={{ 'data-says': m.arrived }}>
              {m.arrived}
              {about}
            </Button>
          </Gesture>
          <Gesture pen={pen} kind="absent" fields={{ booking: one.id }}>
            <Button kind="secondary" attrs={{ 'data-says': m.notCome }}>
              {m.notCome}
              {about}
            </Button>
          </Gesture>
        </div>
      ) : null}
    </li>
  );
};

const WalkInCounter: FC<{ pen: Pen; block: Block; view: FieldDay }> = ({ pen, block, view }) => {
  const { m } = pen;
  const key = block.stop?.id ?? 'jour';
  const countOf = (band: string) => block.walkIns.filter((one) => one.ageBand === band).length;
  return (
    <section class="field-walk-ins" id={`w-${key}`} data-row>
      <h3>{m.walkIns}</h3>
      <p class="soft">{m.walkInHint}</p>
      <Gesture pen={pen} kind="walk_in" fields={{ siteId: pen.site.id, stopId: block.stop?.id }}>
        <Select
          id={`ligne-${key}`}
          name="lineId"
          label={m.service}
          plain
          options={[
            { value: '', label: m.noService },
            ...view.lines.map((line) => ({ value: line.id, label: pen.say(line.name) })),
          ]}
        />
        <div class="field-bands">
          {ageBands.map((band) => (
            <Button kind="secondary" name="ageBand" value={band} attrs={{ 'data-says': m.bands[band] }}>
              {m.bands[band]}{' '}
              <b data-count={String(countOf(band))} data-band={band}>
                {countOf(band)}
              </b>
              <span class="hidden"> : {m.plusOne}</span>
            </Button>
          ))}
        </div>
      </Gesture>
      <ul class="field-said" data-said hidden />
      {block.walkIns.length > 0 ? (
        <details>
          <summary>{m.walkOut}</summary>
          <ul class="field-list">
            {block.walkIns.slice(0, 6).map((one) => (
              <li class="field-row" id={`v-${one.id}`} data-row>
                <Gesture pen={pen} kind="walk_out" fields={{ visitId: one.id }}>
                  <Button kind="quiet" attrs={{ 'data-says': m.walkOutSays }}>
                    {m.walkOutVerb(`${pen.f.time(one.at)}, ${m.bands[one.ageBand]}`)}
                  </Button>
                </Gesture>
                <ul class="field-said" data-said hidden />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
};

const BlockPart: FC<{ pen: Pen; block: Block; view: FieldDay; open: boolean }> = ({ pen, block, view, open }) => {
  const { m, f } = pen;
  const { stop } = block;
  const appointments = block.sessions.filter((one) => one.kind === 'appointment');
  const others = block.sessions.filter((one) => one.kind !== 'appointment');
  const nobody = block.bookings.length + block.sessions.length === 0;
  const at = view.stops.length > 0 ? m.noStop : m.wholeDay;
  return (
    <section class="field-block">
      <h2>{stop ? `${stop.commune}, ${f.range(stop.start, stop.end)}` : at}</h2>
      {stop ? <p class="soft">{pen.say(stop.place)}</p> : null}
      {stop && stop.aboard.length > 0 ? <p class="soft">{m.aboard(stop.aboard.join(', '))}</p> : null}
      {stop && stop.end > pen.ctx.now ? (
        <p>
          <a href={`/${pen.ctx.locale}/gestion/lieux/${pen.site.slug}/tournee/${stop.id}/annulation`}>
            {m.cancelStop}
            <span class="hidden"> {stop.commune}</span>
          </a>
        </p>
      ) : null}
      {nobody ? <p class="soft">{m.nothing}</p> : null}
      {appointments.length > 0 ? <h3>{m.appointments}</h3> : null}
      {appointments.map((session) => (
        <SessionRows pen={pen} session={session} open={open} />
      ))}
      {others.length > 0 ? <h3>{m.sessions}</h3> : null}
      {others.map((session) => (
        <SessionRows pen={pen} session={session} open={open} />
      ))}
      {block.bookings.length > 0 ? (
        <>
          <h3>{m.bookings}</h3>
          <ol class="field-list">
            {block.bookings.map((one) => (
              <BookingRow pen={pen} one={one} open={open} />
            ))}
          </ol>
        </>
      ) : null}
      {open ? <WalkInCounter pen={pen} block={block} view={view} /> : null}
    </section>
  );
};

const Notes: FC<{ pen: Pen; view: FieldDay }> = ({ pen, view }) => {
  const { m, f } = pen;
  return (
    <section class="field-block" id="n-notes" data-row>
      <h2>{m.notes}</h2>
      <ul class="field-list">
        {view.notes.map((note) => (
          <li class="field-row">
            {note.body} <span class="soft">{`${note.author ?? ''} ${f.time(note.at)}`}</span>
          </li>
        ))}
      </ul>
      <ul class="field-said" data-said hidden />
      <Gesture pen={pen} kind="note" fields={{ siteId: pen.site.id, day: pen.day }}>
        <TextArea name="body" label={m.note} rows={2} maxlength={500} required plain />
        <Button kind="secondary" attrs={{ 'data-says': m.noteKept }}>
          {m.noteVerb}
        </Button>
      </Gesture>
    </section>
  );
};

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'quai-field': {
        'data-who': string;
        'data-here': string;
        'data-locale': string;
        'data-cookie': string;
        'data-secure'?: string | undefined;
        'data-words': string;
        children?: Child;
      };
    }
  }
}

/** What the phone's script needs to know: whose day, where to send, its words. */
export type Phone = { cookie: string; secure: boolean; kept: boolean };

/** The day of a site, as it is carried. */
export const FieldPage: FC<{
  pen: Pen;
  view: FieldDay;
  phone: Phone;
  /** Whether one is of other places too. */
  several: boolean;
  refused?: readonly string[];
}> = ({ pen, view, phone, several, refused = [] }) => {
  const { m, f, ctx, day } = pen;
  const root = `/${ctx.locale}/carnet/${pen.site.slug}`;
  const noon = instantOf(day, '12:00', pen.site.timeZone);
  // Gestures are for a day that has begun; the next one is only looked at.
  const open = day <= f.isoDay(ctx.now);
  const content = (
    <>
      <div class="field-bar" role="status" data-state hidden />
      <div data-troubles />
      {view.toSettle > 0 ? (
        <Notice kind="warning" title={m.conflictTitle}>
          <a href={`/${ctx.locale}/carnet/a-regler`}>{m.openConflicts(view.toSettle)}</a>
        </Notice>
      ) : null}
      <div class="field-day" data-day>
        {blocksOf(view).map((block) => (
          <BlockPart pen={pen} block={block} view={view} open={open} />
        ))}
        {open ? <Notes pen={pen} view={view} /> : null}
      </div>
    </>
  );
  return (
    <div class="stack">
      <PageHead title={m.titleOf(pen.say(pen.site.name))} lead={f.dayLong(noon)} />
      <nav class="cluster" aria-label={m.title}>
        <LinkButton kind="quiet" href={`${root}?jour=${addDays(day, -1)}`}>
          {m.previous}
        </LinkButton>
        {view.isToday ? null : (
          <LinkButton kind="quiet" href={root}>
            {m.today}
          </LinkButton>
        )}
        <LinkButton kind="quiet" href={`${root}?jour=${addDays(day, 1)}`}>
          {m.next}
        </LinkButton>
        {several ? (
          <LinkButton kind="quiet" href={`/${ctx.locale}/carnet?lieu=autre`}>
            {m.elsewhere}
          </LinkButton>
        ) : null}
      </nav>
      {refused.length > 0 ? (
        <Notice kind="bad" title={m.refusedTitle}>
          {refused.map((line) => (
            <p>{line}</p>
          ))}
        </Notice>
      ) : null}
      {phone.kept ? (
        <quai-field
          data-who={ctx.actor.personId ?? ''}
          data-here={`${root}${view.isToday ? '' : `?jour=${day}`}`}
          data-locale={ctx.locale}
          data-cookie={phone.cookie}
          data-secure={phone.secure ? '1' : undefined}
          data-words={JSON.stringify(m.island)}
        >
          {content}
          <SignDialog pen={pen} />
        </quai-field>
      ) : (
        content
      )}
      <p class="soft">{ctx.actor.deviceId ? m.shared : m.keptNote}</p>
    </div>
  );
};
