import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  LinkButton,
  Notice,
  PageHead,
  RadioGroup,
  TextArea,
} from '../../ui/components/index.ts';
import { Reasons } from '../notices/index.ts';
import type { GuestsDone } from '../registrations/index.ts';
import { titleOf, whenOf } from '../tidings/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { type ReadGuests, writeGuests } from './guest-file.ts';
import { guestsMessages } from './guests.messages.ts';
import { rootOf } from './list.pages.tsx';

/** What is done with a list: seats at once, an invitation, an invitation with a seat kept. */
export const modes = ['inscrire', 'inviter', 'garder'] as const;
export type Mode = (typeof modes)[number];

const Head: FC<{ ctx: Ctx; session: SessionView; title: string; lead: string }> = ({ ctx, session, title, lead }) => (
  <>
    <PageHead
      title={title}
      lead={lead}
      back={{ href: rootOf(ctx, session), label: guestsMessages[ctx.locale].title }}
    />
    <p class="meta">
      {titleOf(ctx, session, ctx.locale)}, {whenOf(session, ctx.locale)}
    </p>
  </>
);

/** The list to be added: a file, or pasted. */
export const ImportPage: FC<{
  ctx: Ctx;
  session: SessionView;
  values: Record<string, string>;
  fault: string | undefined;
  refused: readonly Explained[];
}> = ({ ctx, session, values, fault, refused }) => {
  const m = guestsMessages[ctx.locale];
  return (
    <>
      <Head ctx={ctx} session={session} title={m.importTitle} lead={m.importLead} />
      <ErrorSummary title={m.errors} errors={fault ? [{ field: 'liste', message: fault }] : []} />
      <Reasons ctx={ctx} site={undefined} title={m.refused} reasons={refused} />
      <form
        method="post"
        action={`${rootOf(ctx, session)}/liste`}
        enctype="multipart/form-data"
        class="stack guest-form"
        novalidate
      >
        <Field label={m.file} name="fichier" type="file" accept=".csv,text/csv" plain />
        <TextArea
          label={m.paste}
          hint={m.pasteHint}
          name="liste"
          value={values.liste ?? ''}
          error={fault}
          rows={8}
          maxlength={100_000}
          plain
        />
        <RadioGroup
          label={m.mode}
          name="mode"
          value={values.mode ?? 'inscrire'}
          options={[
            { value: 'inscrire', label: m.modeRegister, hint: m.modeRegisterHint },
            { value: 'inviter', label: m.modeInvite, hint: m.modeInviteHint },
            { value: 'garder', label: m.modeHold },
          ]}
        />
        <Button name="geste" value="verifier">
          {m.check}
        </Button>
      </form>
    </>
  );
};

/** What a list would do, line by line where it is wrong; nothing is kept yet. */
export const CheckPage: FC<{ ctx: Ctx; session: SessionView; mode: Mode; read: ReadGuests; done: GuestsDone }> = ({
  ctx,
  session,
  mode,
  read,
  done,
}) => {
  const m = guestsMessages[ctx.locale];
  const said = [
    m.resultNew(done.added),
    done.waiting > 0 ? m.resultWaiting(done.waiting) : '',
    done.already > 0 ? m.resultAlready(done.already) : '',
  ];
  return (
    <>
      <Head ctx={ctx} session={session} title={m.result} lead={said.filter(Boolean).join(', ')} />
      {read.faults.length > 0 ? (
        <>
          <Notice kind="warning" title={m.lineErrors} level={2} />
          <DataTable
            caption={m.lineErrors}
            quiet
            columns={[{ label: m.line, heading: true }, { label: m.fault }]}
            rows={read.faults.map((fault) => [String(fault.line), fault.words])}
          />
        </>
      ) : null}
      <form method="post" action={`${rootOf(ctx, session)}/liste`} class="stack">
        <input type="hidden" name="mode" value={mode} />
        <input type="hidden" name="liste" value={writeGuests(read.guests)} />
        <div class="cluster">
          {done.added > 0 ? (
            <Button name="geste" value="ajouter">
              {mode === 'inscrire' ? m.importYes(done.added) : m.inviteYes(done.added)}
            </Button>
          ) : null}
          <LinkButton href={`${rootOf(ctx, session)}/liste`}>{m.importOther}</LinkButton>
        </div>
      </form>
    </>
  );
};
