import type { FC } from 'hono/jsx';
import { say } from '../../core/i18n.ts';
import { LargeSlip, LinkButton, Notice } from '../../ui/components/index.ts';
import { noonOf, type Pen, PrintNow, readable, type Sheet } from '../day/index.ts';
import { type BookingView, permanentAddress, placeOf, QrCode, whenOf } from '../notices/index.ts';
import { sheetMessages } from './sheet.messages.ts';

/** How the person will hear of it: by mail, by a call the day before, or with this slip. */
const Followed: FC<{ pen: Pen; sheet: Sheet }> = ({ pen, sheet }) => {
  const words = sheetMessages[pen.ctx.locale].ticket;
  const call = sheet.calls.find((one) => one.kind === 'reminder' && !one.done);
  if (call) {
    return (
      <p>
        {words.called(sheet.person, pen.f.day(noonOf(call.day, pen.site)))}{' '}
        <a href={pen.href(`/appels?jour=${call.day}`)}>{words.seeCalls}</a>
      </p>
    );
  }
  if (!sheet.email) return <p>{words.noCall}</p>;
  return sheet.status === 'confirmed' ? <p>{words.mailed(sheet.email)}</p> : null;
};

/** A booking in very large type, in the person's language, to hand over; around it, for the team only, what comes next. */
export const SlipPage: FC<{ pen: Pen; sheet: Sheet; view: BookingView; fresh: boolean }> = ({
  pen,
  sheet,
  view,
  fresh,
}) => {
  const team = sheetMessages[pen.ctx.locale].ticket;
  const words = sheetMessages[sheet.language].ticket;
  const main = pen.ctx.territory.mainLanguage;
  return (
    <>
      <div class="no-print stack">
        {fresh ? (
          <Notice kind="good" title={sheet.status === 'held' ? team.optioned : team.done}>
            <Followed pen={pen} sheet={sheet} />
          </Notice>
        ) : null}
        <PrintNow pen={pen} />
      </div>
      <div lang={sheet.language}>
        <LargeSlip
          title={words.title}
          lines={[
            { term: words.who, value: sheet.person },
            { term: words.what, value: say(sheet.resource, sheet.language, main) },
            { term: words.when, value: whenOf(view, sheet.language) },
            { term: words.where, value: placeOf(view.resource, sheet.language, main).join(', ') },
            { term: words.number, value: <span class="nowrap">{sheet.reference}</span> },
          ]}
          code={<QrCode text={permanentAddress(pen.ctx.publicUrl, sheet.reference)} label={words.code} />}
          footer={pen.site.telephone ? <p>{words.telephone(readable(pen.site.telephone))}</p> : undefined}
        />
      </div>
      <div class="cluster no-print">
        <LinkButton href={pen.href('/accueil')} kind="primary">
          {team.next}
        </LinkButton>
        <LinkButton href={pen.href('')}>{pen.m.back}</LinkButton>
        <LinkButton href={pen.href(`/reservations/${sheet.reference}`)}>{team.sheet}</LinkButton>
      </div>
    </>
  );
};
