import type { FC } from 'hono/jsx';
import { isTerritoryAdministrator } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { hrefWith } from '../../core/input.ts';
import { DataTable, LinkButton, PageHead } from '../../ui/components/index.ts';
import { tell } from '../../ui/told.ts';
import type { LeftOut, Mediation } from './mediation.ts';
import { publishingMessages } from './publishing.messages.ts';

export type PublishPageProps = {
  ctx: Ctx;
  /** The question whose answers are followed, as the agenda's page has it. */
  values: Record<string, string>;
  /** The same in words. */
  chosen: readonly string[];
  /** What the national list lacks: for the team only. */
  mediation: Mediation | undefined;
};

const frameHeight = 720;

/** The lines that a commune copies into its own site. */
export const frameLines = (address: string, title: string): string =>
  `<iframe src="${address.replaceAll('&', '&amp;')}" title="${title}"\n  width="100%" height="${frameHeight}" loading="lazy"></iframe>`;

const Copy: FC<{ id: string; label: string; text: string; rows?: number }> = ({ id, label, text, rows = 2 }) => (
  <div class="field">
    <label class="field-label" for={id}>
      {label}
    </label>
    <textarea class="input input-area copy" id={id} rows={rows} readonly spellcheck={false}>
      {text}
    </textarea>
  </div>
);

/** How to follow the agenda elsewhere: in a calendar, on a commune's site, in a reader, by a program. */
export const PublishPage: FC<PublishPageProps> = ({ ctx, values, chosen, mediation }) => {
  const m = publishingMessages[ctx.locale].page;
  const own = { langue: ctx.locale };
  const page = `/${ctx.locale}/agenda`;
  const feed = (path: string) => ctx.publicUrl + hrefWith(path, values, own);
  const frame = ctx.publicUrl + hrefWith(`${page}/cadre`, values);
  return (
    <>
      <PageHead title={m.title} lead={m.lead} back={{ href: hrefWith(page, values), label: m.back }} />
      {chosen.length > 0 ? (
        <p>
          {m.chosen} <b>{chosen.join(' · ')}</b>
        </p>
      ) : (
        <p>
          {m.whole} <a href={page}>{m.choose}</a>
        </p>
      )}
      <section class="section stack prose" aria-labelledby="calendrier">
        <h2 id="calendrier">{m.calendar}</h2>
        <p>
          <LinkButton kind="primary" href={feed('/agenda.ics').replace(/^https?:/, 'webcal:')}>
            {m.subscribe}
          </LinkButton>
        </p>
        <p>{m.calendarHow}</p>
        <Copy id="adresse-calendrier" label={m.address} text={feed('/agenda.ics')} />
        <p>
          <a href={hrefWith('/agenda.ics', values, own)}>{m.download}</a>
        </p>
      </section>
      <section class="section stack prose" aria-labelledby="cadre">
        <h2 id="cadre">{m.frame}</h2>
        <p>{m.frameHow}</p>
        <Copy id="lignes" label={m.frameLine} text={frameLines(frame, m.frameTitle)} rows={6} />
        <LinkButton href={hrefWith(`${page}/cadre`, values)}>{m.see}</LinkButton>
      </section>
      <section class="section stack prose" aria-labelledby="nouvelles">
        <h2 id="nouvelles">{m.feed}</h2>
        <p>{m.feedHow}</p>
        <Copy id="adresse-nouvelles" label={m.address} text={feed('/agenda.atom')} />
      </section>
      <section class="section stack prose" aria-labelledby="partenaires">
        <h2 id="partenaires">{m.partners}</h2>
        <ul class="publish-list">
          <li>
            <a href={hrefWith('/agenda/openagenda.json', values, own)}>{m.openAgenda}</a>
          </li>
          <li>
            <a href="/lieux-de-mediation-numerique.csv">{m.national}</a>
          </li>
          <li>
            <a href="/api/v1/reference">{m.api}</a>
          </li>
        </ul>
      </section>
      {mediation ? <Missing ctx={ctx} mediation={mediation} /> : null}
    </>
  );
};

/** What is missing, with the page where it is written for whoever may write it. */
function whereToSay(ctx: Ctx, slug: string, why: LeftOut) {
  const words = publishingMessages[ctx.locale].page.why[why];
  const path = why === 'pivot' ? '/gestion/territoire' : why === 'address' ? `/gestion/lieux/${slug}` : undefined;
  return path && isTerritoryAdministrator(ctx.actor) ? <a href={`/${ctx.locale}${path}`}>{words}</a> : words;
}

const Missing: FC<{ ctx: Ctx; mediation: Mediation }> = ({ ctx, mediation }) => {
  const m = publishingMessages[ctx.locale].page;
  return (
    <section class="section stack" aria-labelledby="manque">
      <h2 id="manque">{m.team}</h2>
      <p class="meta">{m.teamLead}</p>
      <p>{m.exported(mediation.rows)}</p>
      <DataTable
        caption={m.team}
        quiet
        columns={[{ label: m.place, heading: true }, { label: m.missing }]}
        rows={mediation.left.map((one) => [
          tell(ctx, one.name),
          <ul class="publish-missing">
            {one.why.map((why) => (
              <li>{whereToSay(ctx, one.slug, why)}</li>
            ))}
          </ul>,
        ])}
        empty={<p>{m.complete}</p>}
      />
    </section>
  );
};
