import type { FC } from 'hono/jsx';
import { type Locale, say } from '../../core/i18n.ts';
import { PostButton, Steps, Tag } from '../../ui/components/index.ts';
import { setupMessages } from './setup.messages.ts';
import { Folded } from './setup.parts.tsx';
import type { SiteRow } from './setup.store.ts';

/** A way into a part of the administration: what it is, in a sentence. */
export const Door: FC<{ href: string; title: string; text: string; tag?: string | undefined }> = ({
  href,
  title,
  text,
  tag,
}) => (
  <li class="setup-door">
    <a href={href}>{title}</a> {tag ? <Tag>{tag}</Tag> : null}
    <p class="soft small">{text}</p>
  </li>
);

/** The way back to the door of the administration. */
export const back = (locale: Locale) => ({ href: `/${locale}/gestion`, label: setupMessages[locale].title });

/** The way back to a place's door. */
export const backToSite = (locale: Locale, main: Locale, site: Pick<SiteRow, 'slug' | 'name'>) => ({
  href: `/${locale}/gestion/lieux/${site.slug}`,
  label: say(site.name, locale, main),
});

/** The three steps from nothing to a place where a room can be booked. */
export const GuideSteps: FC<{ locale: Locale; at: 1 | 2 | 3 | 4; mobile?: boolean }> = ({ locale, at, mobile }) => {
  const m = setupMessages[locale];
  const labels = mobile ? [m.stepBus, m.stepTour, m.stepAboard] : [m.stepSite, m.stepHours, m.stepRoom];
  const state = (index: number) => (index + 1 < at ? 'done' : index + 1 === at ? 'current' : 'todo');
  return <Steps label={m.steps} steps={labels.map((label, index) => ({ label, state: state(index) }))} />;
};

/** Closing for good: folded, saying what it does. */
export const ArchiveBox: FC<{ locale: Locale; action: string; version: number; text: string; verb: string }> = ({
  locale,
  action,
  version,
  text,
  verb,
}) => (
  <Folded summary={setupMessages[locale].archiveTitle}>
    <p>{text}</p>
    <PostButton kind="danger" action={action} version={version} label={verb} />
  </Folded>
);
