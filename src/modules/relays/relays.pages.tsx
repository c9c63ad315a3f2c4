import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  bind,
  DataTable,
  ErrorSummary,
  Field,
  LinkButton,
  Notice,
  PageHead,
  PostButton,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { telHref } from '../../ui/layout.tsx';
import { QrCode, Reasons } from '../notices/index.ts';
import { type SessionView, seatsLeft } from '../timetable/index.ts';
import { relaysMessages } from './relays.messages.ts';
import type { Registered, RelayCommune, RelayRow, StopOfCommune } from './relays.store.ts';

type Here = { ctx: Ctx; commune: RelayCommune };
export const relayRoot = (ctx: Ctx, commune: RelayCommune): string => `/${ctx.locale}/relais/${commune.code}`;

/** "mardi 24 novembre, 9 h – 9 h 45". */
export const whenOf = (ctx: Ctx, { start, end, timeZone }: { start: Date; end: Date; timeZone: string }): string => {
  const write = formatter(ctx.locale, timeZone);
  return `${write.day(start)}, ${write.range(start, end)}`;
};

/** What a relay can do, and what is taken for their residents. */
export const RelayPage: FC<Here & { taken: Registered[]; done: string | undefined; refused: readonly Explained[] }> = ({
  ctx,
  commune,
  taken,
  done,
  refused,
}) => {
  const m = relaysMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const own = relayRoot(ctx, commune);
  return (
    <>
      <PageHead
        title={m.title(commune.name)}
        lead={m.lead}
        actions={
          <>
            <LinkButton kind="primary" href={`${own}/rendez-vous`}>
              {m.take}
            </LinkButton>
            <LinkButton href={`${own}/seances`}>{m.register}</LinkButton>
            <LinkButton href={`${own}/affiche`}>{m.poster}</LinkButton>
          </>
        }
      />
      {done ? (
        <Notice kind="good">
          <p>{done}</p>
        </Notice>
      ) : null}
      <Reasons ctx={ctx} site={undefined} title={m.errors} reasons={refused} />
      <section class="section" aria-labelledby="pris">
        <h2 id="pris">{m.coming}</h2>
        <DataTable
          caption={m.coming}
          quiet
          columns={[
            { label: m.person, heading: true },
            { label: m.when },
            { label: m.what },
            { label: m.where },
            { label: m.gestures, action: true },
          ]}
          rows={taken.map((one) => [
            one.person,
            whenOf(ctx, one),
            say(one.title, ctx.locale, main),
            one.stopCommune ?? one.commune ?? say(one.site, ctx.locale, main),
            <LinkButton kind="quiet" href={`${own}/${one.reference}/annulation`}>
              {m.cancel}
              <span class="hidden"> {`${one.person}, ${whenOf(ctx, one)}`}</span>
            </LinkButton>,
          ])}
          empty={<p>{m.none}</p>}
        />
      </section>
    </>
  );
};

/** The sessions near the commune for which a resident may be registered. */
export const SessionsPage: FC<Here & { sessions: SessionView[] }> = ({ ctx, commune, sessions }) => {
  const m = relaysMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  return (
    <>
      <PageHead title={m.sessions} back={{ href: relayRoot(ctx, commune), label: m.back }} />
      {sessions.length === 0 ? <p>{m.sessionsNone}</p> : null}
      <DataTable
        caption={m.sessions}
        quiet
        columns={[
          { label: m.what, heading: true },
          { label: m.when },
          { label: m.where },
          { label: m.gestures, action: true },
        ]}
        rows={sessions.map((session) => {
          const left = seatsLeft(session);
          const name = say(session.title, ctx.locale, main);
          return [
            name,
            whenOf(ctx, session),
            [session.stop?.commune ?? say(session.site.name, ctx.locale, main), left === null ? '' : m.left(left)]
              .filter(Boolean)
              .join(' · '),
            <a href={`${relayRoot(ctx, commune)}/seances/${session.reference}`}>
              {m.choose}
              <span class="hidden">
                {' '}
                {name}, {whenOf(ctx, session)}
              </span>
            </a>,
          ];
        })}
      />
    </>
  );
};

/** A resident registered for a session: a name, a number, one button. */
export const RegisterPage: FC<
  Here & { session: SessionView; values: FormValues; errors: FieldErrors; refused: readonly Explained[] }
> = ({ ctx, commune, session, values, errors, refused }) => {
  const m = relaysMessages[ctx.locale];
  const own = `${relayRoot(ctx, commune)}/seances`;
  const field = bind({ values, errors });
  return (
    <>
      <PageHead
        title={say(session.title, ctx.locale, ctx.territory.mainLanguage)}
        lead={whenOf(ctx, session)}
        back={{ href: own, label: m.sessions }}
      />
      <ErrorSummary
        title={m.errors}
        errors={Object.entries(errors).map(([name, message]) => ({ field: name, message }))}
        labels={{ nom: m.name, telephone: m.telephone, email: m.email }}
      />
      <Reasons ctx={ctx} site={session.site} title={m.refused} reasons={refused} />
      <form class="form" method="post" action={`${own}/${session.reference}`} novalidate>
        <Field {...field('nom')} label={m.name} maxlength={120} required />
        <Field {...field('telephone')} label={m.telephone} hint={m.telephoneHint} type="tel" />
        <Field {...field('email')} label={m.email} hint={m.emailHint} type="email" />
        <Field {...field('mandat')} label={m.mandate} maxlength={120} />
        <Button>{m.submit}</Button>
      </form>
    </>
  );
};

/** The communes of somebody who is the relay of several. */
export const CommunesPage: FC<{ ctx: Ctx; communes: RelayCommune[] }> = ({ ctx, communes }) => {
  const m = relaysMessages[ctx.locale];
  return (
    <>
      <PageHead title={m.communes} />
      <ul class="cluster">
        {communes.map((commune) => (
          <li>
            <LinkButton href={relayRoot(ctx, commune)}>{commune.name}</LinkButton>
          </li>
        ))}
      </ul>
    </>
  );
};

export type PosterView = {
  ctx: Ctx;
  commune: RelayCommune;
  stops: StopOfCommune[];
  sessions: SessionView[];
  /** Where one is received by appointment: nearest first. */
  places: { name: string; more: string; distanceKm: number | null; when: string }[];
  address: string;
};

/** One sheet for the wall: when the bus comes, what is on, where one is received, and how to ask. */
export const PosterPage: FC<{ view: PosterView }> = ({ view: { ctx, commune, stops, sessions, places, address } }) => {
  const m = relaysMessages[ctx.locale];
  const main = ctx.territory.mainLanguage;
  const { telephone } = ctx.territory;
  const km = (distance: number | null): string =>
    distance === null ? '' : ` (${m.km(formatter(ctx.locale, ctx.territory.timeZone).distance(distance))})`;
  return (
    <article class="relay-poster">
      <PageHead
        title={m.posterTitle(commune.name)}
        lead={m.posterLead}
        back={{ href: relayRoot(ctx, commune), label: m.back }}
      />
      <p class="no-print">{m.print}</p>
      {stops.length > 0 ? (
        <section>
          <h2>{m.posterBus(commune.name)}</h2>
          <ul class="relay-dates">
            {stops.map((stop) => (
              <li>
                <b>{whenOf(ctx, stop)}</b>
                {say(stop.place, ctx.locale, main)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {sessions.length > 0 ? (
        <section>
          <h2>{m.posterSessions}</h2>
          <ul class="relay-dates">
            {sessions.map((session) => (
              <li>
                <b>{say(session.title, ctx.locale, main)}</b>
                {whenOf(ctx, session)}, {session.stop?.commune ?? say(session.site.name, ctx.locale, main)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h2>{m.posterPlaces}</h2>
        {places.length === 0 ? <p>{m.posterNone}</p> : null}
        <ul class="relay-dates">
          {places.map((place) => (
            <li>
              <b>
                {place.name}
                {km(place.distanceKm)}
              </b>
              {[place.when, place.more].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
      </section>
      <section class="relay-ask">
        {telephone ? (
          <div>
            <h2>{m.posterCall}</h2>
            <p class="relay-number">
              <a href={telHref(telephone)}>{telephone}</a>
            </p>
          </div>
        ) : null}
        <div>
          <h2>{m.posterScan}</h2>
          <QrCode text={address} label={address} />
        </div>
      </section>
      <p>{m.posterDesk}</p>
    </article>
  );
};

/** Who is a relay, for which commune. */
export const GrantPage: FC<{
  ctx: Ctx;
  relays: RelayRow[];
  values: FormValues;
  errors: FieldErrors;
  refused: readonly Explained[];
}> = ({ ctx, relays, values, errors, refused }) => {
  const m = relaysMessages[ctx.locale];
  const own = `/${ctx.locale}/gestion/relais`;
  const field = bind({ values, errors });
  return (
    <>
      <PageHead title={m.admin} lead={m.adminLead} />
      <ErrorSummary
        title={m.errors}
        errors={Object.entries(errors).map(([name, message]) => ({ field: name, message }))}
        labels={{ email: m.grantEmail, commune: m.grantCommune }}
      />
      <Reasons ctx={ctx} site={undefined} title={m.errors} reasons={refused} />
      <section class="section" aria-labelledby="relais">
        <h2 id="relais">{m.list}</h2>
        <DataTable
          caption={m.list}
          quiet
          columns={[{ label: m.relay, heading: true }, { label: m.commune }, { label: m.gestures, action: true }]}
          rows={relays.map((one) => [
            one.name || one.email || '—',
            one.commune,
            <PostButton
              action={`${own}/${one.id}/retrait`}
              label={m.withdraw}
              about={`${one.name || one.email}, ${one.commune}`}
              kind="quiet"
            />,
          ])}
          empty={<p>{m.listNone}</p>}
        />
      </section>
      <section class="section stack" aria-labelledby="ajout">
        <h2 id="ajout">{m.grant}</h2>
        <form class="form" method="post" action={own} novalidate>
          <Field
            {...field('email')}
            label={m.grantEmail}
            hint={m.grantEmailHint}
            type="email"
            autocomplete="off"
            required
          />
          <Field {...field('commune')} label={m.grantCommune} maxlength={120} required />
          <Button>{m.grantVerb}</Button>
        </form>
      </section>
    </>
  );
};
