import type { FC } from 'hono/jsx';
import type { Explained } from '../../core/sentences.ts';
import { Button, LinkButton, Notice, PageHead, PostButton } from '../../ui/components/index.ts';
import {
  halfName,
  halfParam,
  markOf,
  nameOf,
  type Pen,
  placeOf,
  type RollPerson,
  type Sitting,
} from '../attendance/index.ts';
import { QrCode } from '../notices/index.ts';
import { SignaturePad, Strokes } from './pad.tsx';

export const Refused: FC<{ pen: Pen; reasons: readonly Explained[] }> = ({ pen, reasons }) =>
  reasons.length === 0 ? null : (
    <Notice kind="bad" title={pen.m.refused} level={2}>
      <ul class="stack">
        {reasons.map((reason) => (
          <li>
            {reason.text} {reason.next ? <a href={reason.next.href}>{reason.next.label}</a> : null}
          </li>
        ))}
      </ul>
    </Notice>
  );

/** The tablet handed to one person: their name, what they sign, and nobody else's. */
export const SignPage: FC<{
  pen: Pen;
  one: RollPerson;
  sitting: Sitting;
  done: boolean;
  reasons: readonly Explained[];
}> = ({ pen, one, sitting, done, reasons }) => {
  const { m } = pen;
  const name = nameOf(pen, one);
  const mark = markOf(one, sitting.halfDay);
  const action = pen.href(`/signature/${one.attendeeId}`);
  const back = `${pen.href(`?demi=${halfParam(sitting.halfDay)}`)}#p-${one.attendeeId}`;
  return (
    <>
      <PageHead
        title={m.signTitle(name)}
        lead={m.signLead(pen.title, `${halfName(pen, sitting)}, ${pen.f.range(sitting.start, sitting.end)}`)}
      />
      <Refused pen={pen} reasons={reasons} />
      {done && mark?.mode === 'signature' ? (
        <Notice kind="good" title={m.signed(name)}>
          {mark.strokes ? <Strokes strokes={mark.strokes} label={m.signTitle(name)} /> : null}
          <p>{mark.strokes ? m.signDone : m.signPaperHint}</p>
        </Notice>
      ) : (
        <>
          <form class="stack" method="post" action={action}>
            <input type="hidden" name="demi" value={sitting.halfDay} />
            <p class="notice notice-warning" data-pad-hint>
              {m.signNoScript}
            </p>
            <SignaturePad m={m}>
              <Button>{m.signSave}</Button>
            </SignaturePad>
          </form>
          <p class="meta">{m.signPaperIf}</p>
          <PostButton
            action={action}
            label={m.signPaper}
            hidden={{ demi: sitting.halfDay, papier: 'on' }}
            about={name}
          />
        </>
      )}
      <p>
        <a class="roll-back" href={back}>
          {m.signBack}
        </a>
      </p>
    </>
  );
};

/** What hangs on the door: people say on their own telephone that they are there. */
export const PosterPage: FC<{ pen: Pen }> = ({ pen }) => {
  const { m, ctx } = pen;
  return (
    <div class="roll-poster">
      <p class="roll-poster-what">{pen.title}</p>
      <h1 class="hero">{m.posterTitle}</h1>
      <p class="lead">{`${pen.when} · ${placeOf(pen)}`}</p>
      <div class="roll-poster-code">
        <QrCode text={`${ctx.publicUrl}${pen.href('/ici')}`} label={m.posterQr} />
      </div>
      <p class="lead">{m.posterScan}</p>
      <p>{m.posterOr}</p>
      <p class="meta">{ctx.territory.name}</p>
      <p class="no-print soft" data-print-hint>
        {m.printHint}
      </p>
      <div class="no-print cluster">
        <span data-print hidden>
          <Button type="button">{m.print}</Button>
        </span>
        <LinkButton href={pen.href('')} kind="quiet">
          {m.signBack}
        </LinkButton>
      </div>
    </div>
  );
};

/** Where the code on the door leads whoever Quai does not know. */
export const HerePage: FC<{ pen: Pen; known: boolean }> = ({ pen, known }) => {
  const { m, ctx } = pen;
  const back = encodeURIComponent(pen.href('/ici'));
  return (
    <>
      <PageHead title={m.posterHow} lead={`${pen.title} · ${pen.when}`} />
      {known ? <Notice kind="warning">{m.posterNot}</Notice> : null}
      <ul class="stack">
        <li>{m.posterMail}</li>
        {known ? null : (
          <li>
            {m.posterSignIn} <a href={`/${ctx.locale}/connexion?retour=${back}`}>{m.posterSignInLink}</a>
          </li>
        )}
        <li>{m.posterDesk}</li>
      </ul>
    </>
  );
};

export type ArrivalProps = {
  pen: Pen;
  people: RollPerson[];
  sitting: Sitting;
  /** The team that read somebody's code, or the person themselves. */
  team: boolean;
  action: string;
  /** The secret of their mail’s link (a property called `key` never arrives: JSX keeps it for itself). */
  secret: string | undefined;
  open: boolean;
  reasons: readonly Explained[];
};

/** The people of one registration, each noted as there in one tap: by the team that read their code, or by themselves. */
export const ArrivalPage: FC<ArrivalProps> = ({ pen, people, sitting, team, action, secret, open, reasons }) => {
  const { m, f, ctx } = pen;
  const booker = people[0]?.bookedBy ?? m.noName;
  const waiting = people.filter((one) => markOf(one, sitting.halfDay)?.state !== 'present');
  const hidden = { demi: sitting.halfDay, ...(secret ? { cle: secret } : {}) };
  const label = (one: RollPerson, at: number) => {
    const name = one.name ?? `${m.noName} ${at + 1}`;
    return team ? m.qrMark(name) : m.selfMark(name);
  };
  const soon = ctx.now < pen.session.start;
  return (
    <>
      <PageHead
        title={team ? m.qrTitle(booker) : m.selfTitle}
        lead={m.selfLead(pen.title, `${halfName(pen, sitting)}, ${f.range(sitting.start, sitting.end)}`)}
      />
      <Refused pen={pen} reasons={reasons} />
      {people.length > 0 && waiting.length === 0 ? (
        <Notice kind="good">{m.selfDone(people.map((one) => nameOf(pen, one)).join(', '))}</Notice>
      ) : null}
      {open || waiting.length === 0 ? null : (
        <Notice kind="info">
          {soon ? m.selfSoon(f.dayTime(new Date(pen.session.start.getTime() - 3_600_000))) : m.selfOver}
        </Notice>
      )}
      {open ? (
        <ul class="roll-arrivals">
          {waiting.length > 1 ? (
            <li>
              <PostButton action={action} label={team ? m.qrAll : m.selfMarkAll} kind="primary" hidden={hidden} />
            </li>
          ) : null}
          {waiting.slice(0, 30).map((one, at) => (
            <li>
              <PostButton
                action={action}
                label={label(one, at)}
                kind={waiting.length > 1 ? 'secondary' : 'primary'}
                hidden={{ ...hidden, personne: one.attendeeId }}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {team ? (
        <p>
          <LinkButton href={pen.href(`?demi=${halfParam(sitting.halfDay)}`)}>{m.qrList}</LinkButton>
        </p>
      ) : null}
    </>
  );
};
