import type { FC } from 'hono/jsx';
import type { Locale } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  PageHead,
  PostButton,
  RadioGroup,
  Select,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { teamMessages } from './team.messages.ts';
import type { GrantItem, groupsWithMembers, liveDevices, liveInvitations, SiteOption } from './team.store.ts';

type Of<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>;

export type TeamView = {
  locale: Locale;
  timeZone: string;
  sites: SiteOption[];
  /** Administers the whole territory: may give rights everywhere and manage groups. */
  whole: boolean;
  grants: GrantItem[];
  invitations: Of<typeof liveInvitations>;
  devices: Of<typeof liveDevices>;
  groups: Of<typeof groupsWithMembers>;
  values: FormValues;
  errors: FieldErrors;
  refused: Explained[];
};

const siteName = (view: TeamView, id: string | null): string =>
  id === null ? teamMessages[view.locale].allSites : (view.sites.find((site) => site.id === id)?.name ?? '–');

/** Everyone's rights at the sites one administers. */
export const TeamPage: FC<{ view: TeamView }> = ({ view }) => {
  const m = teamMessages[view.locale];
  const base = `/${view.locale}/gestion/equipe`;
  const errors = [
    ...Object.entries(view.errors).map(([field, message]) => ({ field, message })),
    ...view.refused.map((one) => ({ message: one.text })),
  ];
  return (
    <>
      <PageHead title={m.title} lead={m.lead} />
      {errors.length > 0 ? <ErrorSummary title={m.errors} errors={errors} /> : null}
      <section class="section" aria-labelledby="roles">
        <h2 id="roles">{m.people}</h2>
        <DataTable
          caption={m.people}
          quiet
          columns={[{ label: m.person, heading: true }, { label: m.role }, { label: m.site }, { label: m.action }]}
          empty={<p>{m.nobody}</p>}
          rows={view.grants.map((grant) => {
            const name = grant.name || grant.email || m.noName;
            const [role, site] = [m.roles[grant.role], siteName(view, grant.siteId)];
            return [
              grant.name && grant.email ? `${grant.name} (${grant.email})` : name,
              role,
              site,
              <PostButton
                action={`${base}/roles/${grant.id}/retrait`}
                label={m.withdraw}
                about={`${name}, ${role}, ${site}`}
                kind="quiet"
              />,
            ];
          })}
        />
      </section>
      <Invitations view={view} base={base} />
      <Devices view={view} base={base} />
      {view.whole ? <Groups view={view} base={base} /> : null}
    </>
  );
};

const Invitations: FC<{ view: TeamView; base: string }> = ({ view, base }) => {
  const m = teamMessages[view.locale];
  const format = formatter(view.locale, view.timeZone);
  const everywhere = view.whole ? [{ value: 'all', label: m.allSites }] : [];
  return (
    <section class="section stack" aria-labelledby="invite">
      <h2 id="invite">{m.inviteTitle}</h2>
      <form method="post" action={`${base}/invitations`} class="stack prose" novalidate>
        <Field
          label={m.inviteEmail}
          name="email"
          type="email"
          autocomplete="off"
          value={view.values.email}
          error={view.errors.email}
          required
        />
        <RadioGroup
          label={m.role}
          name="role"
          value={view.values.role ?? 'team'}
          error={view.errors.role}
          options={(['team', 'member', 'administrator'] as const).map((role) => ({
            value: role,
            label: m.roles[role],
            hint: m.roleHints[role],
          }))}
        />
        <Select
          label={m.site}
          name="site"
          value={view.values.site}
          error={view.errors.site}
          required
          options={[...view.sites.map((site) => ({ value: site.id, label: site.name })), ...everywhere]}
        />
        <Button>{m.inviteSend}</Button>
      </form>
      {view.invitations.length > 0 ? (
        <DataTable
          caption={m.invitations}
          columns={[
            { label: m.person, heading: true },
            { label: m.role },
            { label: m.site },
            { label: m.until },
            { label: m.action },
          ]}
          rows={view.invitations.map((one) => [
            one.email,
            m.roles[one.role],
            siteName(view, one.siteId),
            format.day(one.expiresAt),
            <PostButton
              action={`${base}/invitations/${one.id}/retrait`}
              label={m.withdraw}
              about={one.email}
              kind="quiet"
            />,
          ])}
        />
      ) : null}
    </section>
  );
};

const Devices: FC<{ view: TeamView; base: string }> = ({ view, base }) => {
  const m = teamMessages[view.locale];
  const format = formatter(view.locale, view.timeZone);
  return (
    <section class="section stack" aria-labelledby="devices">
      <h2 id="devices">{m.devices}</h2>
      <p>{m.devicesText}</p>
      <DataTable
        caption={m.devices}
        quiet
        columns={[
          { label: m.deviceName, heading: true },
          { label: m.site },
          { label: m.deviceUsed },
          { label: m.action },
        ]}
        empty={<p>{m.deviceNone}</p>}
        rows={view.devices.map((device) => [
          device.name,
          siteName(view, device.siteId),
          device.lastUsedAt ? (
            format.dayLong(device.lastUsedAt)
          ) : (
            <a href={`${base}/appareils/${device.id}`}>{m.deviceWaiting}</a>
          ),
          <PostButton
            action={`${base}/appareils/${device.id}/retrait`}
            label={m.withdraw}
            about={device.name}
            kind="quiet"
          />,
        ])}
      />
      <form method="post" action={`${base}/appareils`} class="stack prose" novalidate>
        <Field
          label={m.deviceName}
          name="name"
          id="f-device-name"
          hint={m.deviceNameHint}
          maxlength={80}
          error={view.errors.deviceName}
          required
        />
        <Select
          label={m.site}
          name="site"
          id="f-device-site"
          required
          options={view.sites.map((site) => ({ value: site.id, label: site.name }))}
        />
        <Button kind="secondary">{m.deviceMake}</Button>
      </form>
    </section>
  );
};

const Groups: FC<{ view: TeamView; base: string }> = ({ view, base }) => {
  const m = teamMessages[view.locale];
  return (
    <section class="section stack" aria-labelledby="groups">
      <h2 id="groups">{m.groups}</h2>
      <p>{m.groupsText}</p>
      {view.groups.map((group) => (
        <details>
          <summary>
            {group.name} ({group.members.length})
          </summary>
          {group.members.length === 0 ? <p>{m.groupEmpty}</p> : null}
          <ul>
            {group.members.map((member) => (
              <li class="cluster">
                {member.name || member.email || m.noName}
                <PostButton
                  action={`${base}/groupes/${group.id}/membres/${member.id}/retrait`}
                  label={m.withdraw}
                  about={member.name || member.email || m.noName}
                  kind="quiet"
                />
              </li>
            ))}
          </ul>
          <form method="post" action={`${base}/groupes/${group.id}/membres`} class="stack prose" novalidate>
            <Field
              label={m.groupAdd}
              name="email"
              id={`f-group-${group.id}`}
              type="email"
              autocomplete="off"
              required
            />
            <Button kind="secondary">{m.groupAddButton}</Button>
          </form>
        </details>
      ))}
      <form method="post" action={`${base}/groupes`} class="stack prose" novalidate>
        <Field
          label={m.groupName}
          name="name"
          id="f-group-name"
          maxlength={80}
          error={view.errors.groupName}
          required
        />
        <Button kind="secondary">{m.groupMake}</Button>
      </form>
    </section>
  );
};
