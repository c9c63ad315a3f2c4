import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { say } from '../../core/i18n.ts';
import { EmptyState, LinkButton, Notice, PageHead, PostButton } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { fieldMessages } from './field.messages.ts';
import type { FieldSite } from './field.types.ts';

/** Something that two people noted otherwise, in the reader's words. */
export type ToSettle = {
  id: string;
  kind: string;
  about: string;
  site: string;
  author: string;
  occurredAt: Date;
  timeZone: string;
  reason: string;
  /** What the phone wrote, where it was a text. */
  text: string | undefined;
  /** What the phone noted may be taken instead. */
  mayApply: boolean;
};

/** What phones sent that does not go with what stands: a person decides, line after line. */
export const SettlePage: FC<{ ctx: Ctx; list: ToSettle[]; done: boolean; refused?: readonly string[] }> = ({
  ctx,
  list,
  done,
  refused = [],
}) => {
  const m = fieldMessages[ctx.locale];
  const root = `/${ctx.locale}/carnet`;
  const kinds = m.kinds as Record<string, string>;
  return (
    <div class="stack">
      <PageHead title={m.settleTitle} lead={m.settleLead} back={{ href: root, label: m.title }} />
      {done ? <Notice kind="good">{m.settled}</Notice> : null}
      {refused.length > 0 ? (
        <Notice kind="bad" title={m.refusedTitle}>
          {refused.map((line) => (
            <p>{line}</p>
          ))}
        </Notice>
      ) : null}
      {list.length === 0 ? (
        <EmptyState title={m.settleNone}>
          <p>{m.settleNoneText}</p>
        </EmptyState>
      ) : (
        <ol class="field-list">
          {list.map((one) => {
            const when = formatter(ctx.locale, one.timeZone).dayTime(one.occurredAt);
            return (
              <li class="field-row">
                <p class="field-who">
                  <b>{kinds[one.kind] ?? one.kind}</b> {[one.about, one.site].filter(Boolean).join(' · ')}
                </p>
                <p class="soft">{m.settleBy(one.author, when)}</p>
                {one.text ? <blockquote>{one.text}</blockquote> : null}
                <p>{one.reason}</p>
                <div class="cluster">
                  <PostButton
                    action={`${root}/a-regler/${one.id}`}
                    hidden={{ choix: 'keep' }}
                    label={one.mayApply ? m.settleKeep : m.settleSeen}
                    about={one.about}
                  />
                  {one.mayApply ? (
                    <PostButton
                      action={`${root}/a-regler/${one.id}`}
                      hidden={{ choix: 'apply' }}
                      label={m.settleApply}
                      about={one.about}
                    />
                  ) : null}
                </div>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
};

/** Which site's day to carry, for who works at several. */
export const SitesPage: FC<{ ctx: Ctx; sites: FieldSite[] }> = ({ ctx, sites }) => {
  const m = fieldMessages[ctx.locale];
  return (
    <div class="stack">
      <PageHead title={m.title} lead={m.choose} />
      <ul class="field-list">
        {sites.map((site) => (
          <li>
            <LinkButton href={`/${ctx.locale}/carnet/${site.slug}`}>
              {say(site.name, ctx.locale, ctx.territory.mainLanguage)}
            </LinkButton>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What a phone without a network shows when it keeps no day. */
export const NoNetworkPage: FC<{ ctx: Ctx }> = ({ ctx }) => {
  const m = fieldMessages[ctx.locale];
  return (
    <div class="stack">
      <PageHead title={m.offlineTitle} />
      <p>{m.offlineText}</p>
    </div>
  );
};
