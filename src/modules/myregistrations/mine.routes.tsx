import type { Hono } from 'hono';
import { addMinutes } from '../../core/clock.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { Button, Checkbox, Field } from '../../ui/components/index.ts';
import { page } from '../../ui/page.tsx';
import { enrolmentMessages } from '../enrolment/index.ts';
import { answerCalendar, type Refused, refusedBy } from '../notices/index.ts';
import {
  acceptInvitation,
  acceptOffer,
  cancelRegistration,
  declineOffer,
  type RegistrationTarget,
  requestOf,
} from '../registrations/index.ts';
import { registrationCalendar, registrationPath, titleOf } from '../tidings/index.ts';
import { sessionsByIds } from '../timetable/index.ts';
import { type Seen, seen } from './access.ts';
import { AskPage, OfferPage, RegistrationPage, type Saved } from './mine.pages.tsx';

/** Where a registration is. */
export const root = '/:locale{fr|nl|en}/inscriptions/:ref{[2-9A-Za-z]{10}}';
const saved: readonly Saved[] = ['inscription', 'attente', 'annulation', 'personnes', 'place', 'refus'];

async function showRegistration(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const look = await seen(c);
  const views = await requestOf(ctx, look.view);
  const sessions = await sessionsByIds(
    ctx,
    views.map((view) => view.sessionId),
  );
  const together = views.map((view) => ({ view, session: sessions.find((one) => one.id === view.sessionId)! }));
  const said = saved.find((one) => one === readQuery(c).fait);
  const title = titleOf(ctx, look.session, ctx.locale);
  return page(c, { title }, <RegistrationPage ctx={ctx} seen={look} together={together} saved={said} />);
}

async function sendCalendar(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const { view, session } = await seen(c);
  c.header('X-Robots-Tag', 'noindex');
  return answerCalendar(c, registrationCalendar(ctx, [{ view, session }], ctx.locale), `${view.reference}.ics`, false);
}

/** Which registration a form speaks of, as it was when it was read. */
export const targetOf = (look: Seen, values: FormValues): RegistrationTarget => {
  const version = Number(values.version);
  return {
    registration: look.view.id,
    key: look.key,
    ...(Number.isInteger(version) && version > 0 ? { version } : {}),
  };
};

/** Back to the registration, which says what was done. */
export const back = (c: Web, { view, key }: Seen, fait: Saved): Response =>
  seeOther(c, registrationPath(view.reference, '', key, { fait }));

export type Asked = { refused?: Refused | undefined; values?: FormValues; errors?: FieldErrors };

function askCancel(c: Web, look: Seen, { refused, values = {} }: Asked = {}): Response {
  const { ctx } = c.var;
  const m = enrolmentMessages[ctx.locale];
  const { view, session, owner, team } = look;
  const near = addMinutes(session.start, -24 * 60) < ctx.now && session.start > ctx.now;
  const soon = near && view.status === 'registered' && session.status !== 'postponed';
  return page(
    c,
    { title: m.cancelTitle, status: refused?.status ?? 200 },
    <AskPage
      ctx={ctx}
      seen={look}
      gesture="annulation"
      title={m.cancelTitle}
      text={soon ? `${m.cancelText} ${m.cancelLate}` : m.cancelText}
      yes={m.cancelYes}
      no={m.cancelNo}
      refused={refused?.reasons ?? []}
      danger
    >
      {session.course && view.requestId ? (
        <Checkbox label={m.cancelWhole} name="cours" checked={values.cours !== undefined} />
      ) : null}
      {team && !owner ? (
        <Field
          label={m.cancelReason}
          hint={m.cancelReasonTeam}
          name="motif"
          value={values.motif ?? ''}
          maxlength={500}
        />
      ) : null}
    </AskPage>,
  );
}

async function postCancel(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const look = await seen(c, values.cle);
  try {
    const reason = values.motif?.trim().slice(0, 500) || undefined;
    await cancelRegistration(ctx, { ...targetOf(look, values), reason, whole: values.cours !== undefined });
  } catch (error) {
    return askCancel(c, look, { values, refused: refusedBy(ctx, error, look.session.timeZone) });
  }
  return back(c, look, 'annulation');
}

/** The mail's link leads here: a page with two buttons, so that opening it does nothing. */
async function showOffer(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const look = await seen(c);
  // Answered since, or too late: the registration says how it stands.
  if (look.view.status !== 'offered') return seeOther(c, registrationPath(look.view.reference, '', look.key));
  return page(c, { title: enrolmentMessages[ctx.locale].offerTitle }, <OfferPage ctx={ctx} seen={look} refused={[]} />);
}

async function postOffer(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const look = await seen(c, values.cle);
  const leaves = values.geste === 'laisser';
  try {
    await (leaves ? declineOffer : acceptOffer)(ctx, targetOf(look, values));
  } catch (error) {
    const refused = refusedBy(ctx, error, look.session.timeZone);
    return page(
      c,
      { title: enrolmentMessages[ctx.locale].offerTitle, status: refused.status },
      <OfferPage ctx={ctx} seen={look} refused={refused.reasons} />,
    );
  }
  return back(c, look, leaves ? 'refus' : 'place');
}

function askInvitation(c: Web, look: Seen, { refused }: Asked = {}): Response {
  const { ctx } = c.var;
  const m = enrolmentMessages[ctx.locale];
  return page(
    c,
    { title: m.invitationTitle, status: refused?.status ?? 200 },
    <AskPage
      ctx={ctx}
      seen={look}
      gesture="invitation"
      title={m.invitationTitle}
      text={m.invitationLead}
      yes={m.invitationYes}
      no={m.see}
      refused={refused?.reasons ?? []}
    >
      <Button kind="secondary" name="geste" value="non">
        {m.invitationNo}
      </Button>
    </AskPage>,
  );
}

async function postInvitation(c: Web): Promise<Response> {
  const { ctx } = c.var;
  const values = await readForm(c);
  const look = await seen(c, values.cle);
  const target = targetOf(look, values);
  try {
    if (values.geste === 'non') {
      await cancelRegistration(ctx, { ...target, whole: true });
      return back(c, look, 'annulation');
    }
    const { status } = await acceptInvitation(ctx, target);
    return back(c, look, status === 'registered' ? 'inscription' : 'attente');
  } catch (error) {
    return askInvitation(c, look, { refused: refusedBy(ctx, error, look.session.timeZone) });
  }
}

/** A registration, its calendar file, and what can be done with it. */
export function mineRoutes(app: Hono<Env>): void {
  app.get(root, showRegistration);
  app.get(`${root}/agenda.ics`, sendCalendar);
  app.get(`${root}/annulation`, async (c) => askCancel(c, await seen(c)));
  app.post(`${root}/annulation`, postCancel);
  app.get(`${root}/place`, showOffer);
  app.post(`${root}/place`, postOffer);
  app.get(`${root}/invitation`, async (c) => askInvitation(c, await seen(c)));
  app.post(`${root}/invitation`, postInvitation);
}
