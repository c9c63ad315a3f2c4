import type { FC } from 'hono/jsx';
import type { Locale } from '../../core/i18n.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import type { Explained } from '../../core/sentences.ts';
import {
  Button,
  Checkbox,
  DataTable,
  ErrorSummary,
  Field,
  FieldGroup,
  fieldId,
  PageHead,
  PostButton,
} from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { accountMessages } from './account.messages.ts';
import { Secret } from './account.pages.tsx';
import { tokenScopes } from './accounts.rules.ts';

export type KeyItem = {
  id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  last_used_at: Date | null;
};

export type KeysView = {
  locale: Locale;
  timeZone: string;
  keys: KeyItem[];
  values: FormValues;
  scopes: string[];
  errors: FieldErrors;
  refused: Explained[];
  /** Shown once, right after it was made. */
  newKey?: string | undefined;
};

/** One's keys for the API: made, shown once, deleted. */
export const KeysPage: FC<{ view: KeysView }> = ({ view }) => {
  const m = accountMessages[view.locale];
  const format = formatter(view.locale, view.timeZone);
  const base = `/${view.locale}/compte`;
  const errors = [
    ...Object.entries(view.errors).map(([field, message]) => ({ field, message })),
    ...view.refused.map((one) => ({ message: one.text })),
  ];
  const scopeWords = m.scopes as Record<string, string>;
  return (
    <>
      <PageHead title={m.keys} lead={m.keysText} back={{ href: base, label: m.back }} />
      {view.newKey ? <Secret text={m.keyNew} value={view.newKey} /> : null}
      {errors.length > 0 ? <ErrorSummary title={m.errors} errors={errors} /> : null}
      <section class="section">
        <DataTable
          caption={m.keys}
          quiet
          columns={[
            { label: m.keyName, heading: true },
            { label: m.keyScopes },
            { label: m.created },
            { label: m.keyUse },
            { label: m.action },
          ]}
          empty={<p>{m.keyNone}</p>}
          rows={view.keys.map((key) => [
            key.name,
            key.scopes.map((scope) => scopeWords[scope] ?? scope).join(', '),
            format.dayLong(key.created_at),
            key.last_used_at ? format.dayLong(key.last_used_at) : m.never,
            <PostButton action={`${base}/cles/${key.id}/retrait`} label={m.keyRevoke} about={key.name} kind="quiet" />,
          ])}
        />
      </section>
      <form method="post" action={`${base}/cles`} class="section stack prose" novalidate>
        <Field
          label={m.keyName}
          name="name"
          hint={m.keyNameHint}
          value={view.values.name}
          error={view.errors.name}
          maxlength={80}
          required
        />
        <FieldGroup legend={m.keyScopes} id={fieldId('scopes')} error={view.errors.scopes}>
          {tokenScopes.map((scope) => (
            <Checkbox label={m.scopes[scope]} name="scopes" value={scope} checked={view.scopes.includes(scope)} />
          ))}
        </FieldGroup>
        <Button>{m.keyMake}</Button>
      </form>
    </>
  );
};
