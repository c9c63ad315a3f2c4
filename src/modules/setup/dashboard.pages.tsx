import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, pickText } from '../../core/i18n.ts';
import { EmptyState, LinkButton, NetworkLine, PageHead } from '../../ui/components/index.ts';
import { Door } from './doors.parts.tsx';
import { setupMessages } from './setup.messages.ts';
import { Folded, Text } from './setup.parts.tsx';

type Words = { locale: Locale; main: Locale };
type SiteLine = {
  slug: string;
  kind: string;
  name: I18nText;
  commune: string | null;
  resources: string | number | null;
  archived_at: Date | null;
};

/** The door of the administration: the network's places, then what belongs to the territory. */
export const DashboardPage: FC<Words & { sites: SiteLine[]; territory: string | null }> = ({
  locale,
  main,
  sites,
  territory,
}) => {
  const m = setupMessages[locale];
  const live = sites.filter((site) => !site.archived_at);
  const gone = sites.filter((site) => site.archived_at);
  const href = (slug: string) => `/${locale}/gestion/lieux/${slug}`;
  return (
    <>
      <PageHead
        title={m.title}
        lead={territory ? m.lead(territory) : m.leadSite}
        actions={
          territory ? (
            <LinkButton kind="primary" href={`/${locale}/gestion/lieux/nouveau`}>
              {m.newSite}
            </LinkButton>
          ) : null
        }
      />
      <section class="section">
        <h2>{m.sites}</h2>
        {live.length === 0 ? (
          <EmptyState title={m.noSite}>
            <p>{m.noSiteText}</p>
          </EmptyState>
        ) : (
          <div class="setup-network">
            <NetworkLine
              label={m.sites}
              stops={live.map((site) => ({
                href: href(site.slug),
                label: pickText(site.name, locale, main).text,
                detail: [site.commune, m.resourceCount(Number(site.resources ?? 0))].filter(Boolean).join(' · '),
                moving: site.kind === 'mobile',
              }))}
            />
          </div>
        )}
        {gone.length > 0 ? (
          <Folded summary={m.archivedSites(gone.length)}>
            <ul class="setup-list">
              {gone.map((site) => (
                <li>
                  <a href={href(site.slug)}>
                    <Text text={site.name} locale={locale} main={main} />
                  </a>
                </li>
              ))}
            </ul>
          </Folded>
        ) : null}
      </section>
      <section class="section">
        <h2>{m.people}</h2>
        <ul class="setup-doors">
          <Door href={`/${locale}/gestion/personnes`} title={m.directoryDoor} text={m.directoryDoorText} />
          <Door href={`/${locale}/gestion/equipe`} title={m.peopleDoor} text={m.peopleDoorText} />
        </ul>
      </section>
      {territory ? (
        <section class="section">
          <h2>{m.territory}</h2>
          <ul class="setup-doors">
            <Door href={`/${locale}/gestion/territoire`} title={m.territoryCard} text={m.territoryCardText} />
            <Door href={`/${locale}/gestion/communes`} title={m.communes} text={m.communesText} />
            <Door href={`/${locale}/gestion/lignes`} title={m.lines} text={m.linesText} />
          </ul>
        </section>
      ) : null}
    </>
  );
};
