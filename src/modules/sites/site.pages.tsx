import type { Child, FC } from 'hono/jsx';
import { type I18nText, type Locale, pickText, say } from '../../core/i18n.ts';
import type { ResourceKind } from '../../core/schema.ts';
import { DataTable, EmptyState, LinkButton, Notice, PageHead, PostButton, Tag } from '../../ui/components/index.ts';
import { kindWord } from '../finding/index.ts';
import { ArchiveBox, back, Door, Folded, GuideSteps, type SiteRow } from '../setup/index.ts';
import { sitesMessages } from './sites.messages.ts';

type Words = { locale: Locale; main: Locale };

type SpaceLine = { id: string; slug: string; name: I18nText; archived_at: Date | null };
type ResourceLine = {
  slug: string;
  name: I18nText;
  kind: ResourceKind;
  space_id: string | null;
  capacity: number;
  preset: 'open' | 'members' | 'on_request';
  archived_at: Date | null;
  units: string | number | null;
};

/** All that can be managed of one place. */
export const SitePage: FC<
  Words & {
    site: SiteRow;
    spaces: SpaceLine[];
    resources: ResourceLine[];
    done: boolean;
    canCopy: boolean;
    openDays: number;
    stops: number;
  }
> = ({ locale, main, site, spaces, resources, done, canCopy, openDays, stops }) => {
  const m = sitesMessages[locale];
  const own = `/${locale}/gestion/lieux/${site.slug}`;
  const mobile = site.kind === 'mobile';
  const live = resources.filter((one) => !one.archived_at);
  const gone = [
    ...spaces.filter((one) => one.archived_at).map((one) => ({ ...one, at: 'espaces' })),
    ...resources.filter((one) => one.archived_at).map((one) => ({ ...one, at: 'ressources' })),
  ];
  return (
    <>
      <PageHead
        title={say(site.name, locale, main)}
        back={back(locale)}
        lead={[m.siteKinds[site.kind], site.commune].filter(Boolean).join(' · ')}
        actions={
          <>
            <LinkButton href={`/${locale}/lieux/${site.slug}`}>{m.seePublic}</LinkButton>
            {canCopy ? (
              <LinkButton kind="quiet" href={`/${locale}/gestion/lieux/nouveau?copie=${site.slug}`}>
                {m.copyThis}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {done ? (
        <>
          <GuideSteps locale={locale} at={4} mobile={mobile} />
          <Notice kind="good" title={m.guideDone} level={2}>
            <p>{m.guideDoneText}</p>
          </Notice>
        </>
      ) : null}
      {site.archived_at ? (
        <Notice kind="warning" title={m.archivedNotice}>
          <p>{m.archivedText}</p>
          <PostButton action={`${own}/reprise`} version={site.version} label={m.restore} />
        </Notice>
      ) : null}
      <ul class="setup-doors">
        <Door href={`${own}/fiche`} title={m.siteCard} text={m.siteCardText} />
        {mobile ? (
          <Door href={`${own}/tournee`} title={m.tour} text={stops > 0 ? m.tourCount(stops) : m.tourNone} />
        ) : (
          <Door href={`${own}/horaires`} title={m.hours} text={openDays > 0 ? m.hoursCount(openDays) : m.hoursNone} />
        )}
        <Door href={`${own}/photo`} title={m.photo} text={site.photo ? m.photoSet : m.photoNone} />
      </ul>
      <section class="section">
        <div class="setup-section-head">
          <h2>{m.resources}</h2>
          <LinkButton kind="primary" href={`${own}/ressources/nouvelle`}>
            {mobile ? m.resourceNewAboard : m.resourceNew}
          </LinkButton>
        </div>
        {live.length === 0 ? (
          <EmptyState title={m.noResource}>
            <p>{m.noResourceText}</p>
          </EmptyState>
        ) : (
          <ResourceTable {...{ locale, main, own, spaces }} resources={live} />
        )}
      </section>
      <section class="section">
        <div class="setup-section-head">
          <h2>{m.spaces}</h2>
          <LinkButton href={`${own}/espaces/nouveau`}>{m.spaceNew}</LinkButton>
        </div>
        <p class="soft small">{m.spacesText}</p>
        <ul class="setup-list">
          {spaces
            .filter((one) => !one.archived_at)
            .map((one) => (
              <li>
                <a href={`${own}/espaces/${one.slug}`}>{pickText(one.name, locale, main).text}</a>
              </li>
            ))}
        </ul>
      </section>
      {gone.length > 0 ? (
        <Folded summary={m.archived(gone.length)}>
          <ul class="setup-list">
            {gone.map((one) => (
              <li>
                <a href={`${own}/${one.at}/${one.slug}`}>{pickText(one.name, locale, main).text}</a>
              </li>
            ))}
          </ul>
        </Folded>
      ) : null}
      {site.archived_at ? null : (
        <ArchiveBox
          locale={locale}
          action={`${own}/archivage`}
          version={site.version}
          text={m.archiveSiteText}
          verb={m.archiveSite}
        />
      )}
    </>
  );
};

const ResourceTable: FC<Words & { own: string; resources: ResourceLine[]; spaces: SpaceLine[] }> = (props) => {
  const { locale, main, own, resources, spaces } = props;
  const m = sitesMessages[locale];
  const spaceName = (id: string | null) => {
    const space = spaces.find((one) => one.id === id);
    return space ? say(space.name, locale, main) : '';
  };
  const place = (one: ResourceLine) => spaces.findIndex((space) => space.id === one.space_id);
  const sorted = resources.toSorted(
    (a, b) =>
      place(a) - place(b) ||
      say(a.name, locale, main).localeCompare(say(b.name, locale, main), locale, { numeric: true }),
  );
  return (
    <div class="sites-things">
      <DataTable
        caption={m.resources}
        quiet
        columns={[
          { label: m.name, heading: true },
          { label: m.resourceKind },
          { label: m.space },
          { label: m.capacityShort, number: true },
          { label: m.unitsShort, number: true },
          { label: m.presetShort },
        ]}
        rows={sorted.map((one): Child[] => [
          <a href={`${own}/ressources/${one.slug}`}>{say(one.name, locale, main)}</a>,
          kindWord(one.kind, locale),
          spaceName(one.space_id) || '—',
          one.capacity,
          Number(one.units ?? 0),
          <Tag kind={one.preset === 'open' ? 'good' : 'info'}>{m.presets[one.preset]}</Tag>,
        ])}
      />
    </div>
  );
};
