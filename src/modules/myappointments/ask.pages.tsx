import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { Button, DescriptionList, Lines, LinkButton, PageHead } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import {
  type AppointmentView,
  appointmentPlace,
  appointmentsMessages,
  type DayOfTimes,
  placeLine,
  timeValue,
  whenWords,
} from '../appointments/index.ts';
import { mineHref } from './mine.pages.tsx';

type Props = { ctx: Ctx; view: AppointmentView; linkKey: string | undefined };

/** The gesture itself, and the way back that changes nothing. */
const Gesture: FC<Props & { path: string; yes: string; kind: 'primary' | 'danger'; time?: string }> = (props) => {
  const { ctx, view, linkKey, time } = props;
  return (
    <form method="post" action={`/${ctx.locale}/rendez-vous/${view.reference}/${props.path}`} class="cluster">
      {linkKey ? <input type="hidden" name="cle" value={linkKey} /> : null}
      <input type="hidden" name="version" value={String(view.version)} />
      {time ? <input type="hidden" name="heure" value={time} /> : null}
      <Button kind={props.kind}>{props.yes}</Button>
      <LinkButton href={mineHref(ctx, props)}>{appointmentsMessages[ctx.locale].keep}</LinkButton>
    </form>
  );
};

/** Before an appointment is given back: which one, and that it cannot be had again for sure. */
export const AskCancelPage: FC<Props> = (props) => {
  const { ctx, view } = props;
  const m = appointmentsMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.cancelTitle} back={{ href: mineHref(ctx, props), label: m.keep }} />
      <section class="card about">
        <p class="recap-name">
          <strong>{whenWords(ctx, view)}</strong>
        </p>
        <p>{appointmentPlace(ctx, view)}</p>
        <p class="meta">{view.helper.name}</p>
      </section>
      <p>{m.cancelAsk}</p>
      <Gesture {...props} path="annuler" yes={m.cancel} kind="danger" />
    </>
  );
};

/** Before an appointment moves: what it is, and what it would be. */
export const AskMovePage: FC<Props & { to: DayOfTimes; start: Date }> = (props) => {
  const { ctx, view, to, start } = props;
  const m = appointmentsMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const when = formatter(ctx.locale, to.timeZone).dayTime(start);
  const line = (strong: string, ...rest: string[]) => <Lines lines={[<strong>{strong}</strong>, ...rest]} />;
  return (
    <>
      <PageHead title={m.moveAsk} back={{ href: mineHref(ctx, props, '/deplacer'), label: m.moveOther }} />
      <DescriptionList
        items={[
          { term: m.moveBefore, value: line(whenWords(ctx, view), appointmentPlace(ctx, view), view.helper.name) },
          {
            term: m.moveAfter,
            value: line(
              when,
              placeLine(ctx, to),
              [to.helper.name, say(to.helper.does, ctx.locale, main)].filter(Boolean).join(', '),
            ),
          },
        ]}
      />
      <Gesture {...props} path="deplacer" yes={m.moveYes(when)} kind="primary" time={timeValue(to, start)} />
    </>
  );
};
