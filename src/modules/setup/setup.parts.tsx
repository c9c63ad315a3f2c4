import type { Child, FC } from 'hono/jsx';
import { type I18nText, type Locale, locales, pickText } from '../../core/i18n.ts';
import type { Web } from '../../core/web.ts';
import {
  Button,
  bind,
  ErrorSummary,
  Field,
  FieldGroup,
  fieldId,
  Notice,
  Select,
  TextArea,
} from '../../ui/components/index.ts';
import { dayInWords } from '../../ui/format.ts';
import { page } from '../../ui/page.tsx';
import { setupMessages } from './setup.messages.ts';
import type { Form } from './setup.web.ts';

const languageNames: Record<Locale, string> = { fr: 'français', nl: 'Nederlands', en: 'English' };

/** A text of the team in the reader's language, marked when it is in another. */
export const Text: FC<{ text: I18nText; locale: Locale; main: Locale }> = ({ text, locale, main }) => {
  const found = pickText(text, locale, main);
  return <span lang={found.lang === locale ? undefined : found.lang}>{found.text}</span>;
};

type Words = { locale: Locale; main: Locale };

/** A text in three languages: the main one in sight, the two others folded. */
export const I18nField: FC<
  Words & {
    form: Form;
    name: string;
    label: string;
    hint?: Child;
    required?: boolean;
    max: number;
    /** Lines, for a text of several. */
    rows?: number;
  }
> = ({ form, name, label, hint, required, max, rows, locale, main }) => {
  const m = setupMessages[locale];
  const f = bind(form);
  const others = locales.filter((one) => one !== main);
  const filled = others.filter((one) => form.values[`${name}.${one}`]);
  const wrong = others.some((one) => form.errors[`${name}.${one}`]);
  const control = (one: Locale, text: string) => {
    const common = { ...f(`${name}.${one}`), label: text, maxlength: max };
    const own = one === main ? { hint, required } : {};
    return rows ? (
      <TextArea {...common} {...own} rows={rows} plain={one !== main} />
    ) : (
      <Field {...common} {...own} plain={one !== main} />
    );
  };
  return (
    <div class="setup-languages">
      {control(main, label)}
      <details open={wrong}>
        <summary>
          {m.otherLanguages(label)}
          {filled.length > 0 ? <span class="soft"> ({filled.join(', ')})</span> : null}
        </summary>
        <div class="setup-folded">{others.map((one) => control(one, `${label} (${languageNames[one]})`))}</div>
      </details>
    </div>
  );
};

/** The commune as one writes it; when several bear the name, they are offered. */
export const CommuneField: FC<
  Words & {
    form: Form;
    names: string[];
    choices: { code: string; label: string }[];
    required?: boolean;
    hint?: string;
  }
> = ({ form, names, choices, locale, required = true, hint }) => {
  const m = setupMessages[locale];
  const f = bind(form);
  const chosen = form.values.commune_code;
  return (
    <>
      <Field
        {...f('commune')}
        label={m.commune}
        hint={hint ?? m.communeHint}
        required={required}
        plain
        maxlength={120}
        list="communes"
        autocomplete="off"
      />
      <datalist id="communes">
        {names.map((one) => (
          <option value={one} />
        ))}
      </datalist>
      {choices.length > 0 ? (
        <FieldGroup legend={m.communeWhich} error={form.errors.commune_code} id={fieldId('commune_code')}>
          {choices.map((one) => (
            <label class="choice">
              <input
                class="choice-box"
                type="radio"
                name="commune_code"
                value={one.code}
                checked={one.code === chosen}
              />
              <span>{one.label}</span>
            </label>
          ))}
        </FieldGroup>
      ) : null}
    </>
  );
};

/** Yes, no, or what the level above says. */
export const TriState: FC<Words & { form: Form; name: string; label: string; inherited: string }> = ({
  form,
  name,
  label,
  inherited,
  locale,
}) => {
  const m = setupMessages[locale];
  return (
    <Select
      {...bind(form)(name)}
      label={label}
      plain
      options={[
        { value: '', label: inherited },
        { value: 'yes', label: m.yes },
        { value: 'no', label: m.no },
      ]}
    />
  );
};

/** A day, said in words too: a browser writes it in its own order, whatever the page's language. */
export const DayField: FC<{ form: Form; locale: Locale; label: string }> = ({ form, locale, label }) => {
  const field = bind(form)('day');
  return <Field {...field} label={label} hint={dayInWords(field.value, locale)} type="date" required />;
};

/** Something rarely needed: folded, open when there is a fault in it. */
export const Folded: FC<{ summary: Child; open?: boolean; children?: Child }> = ({ summary, open, children }) => (
  <details class="setup-fold" open={open}>
    <summary>{summary}</summary>
    <div class="setup-folded">{children}</div>
  </details>
);

/** What was refused and is not about one field: why, and the way out. */
export const Refusals: FC<{ locale: Locale; form: Form }> = ({ locale, form }) =>
  form.refusals.length > 0 ? (
    <Notice kind="bad" title={setupMessages[locale].refusedTitle}>
      {form.refusals.map((one) => (
        <p>
          {one.text} {one.next ? <a href={one.next.href}>{one.next.label}</a> : null}
        </p>
      ))}
    </Notice>
  ) : null;

/** The whole form: its faults on top, its version hidden, its one verb at the end. */
export const SetupForm: FC<{
  locale: Locale;
  form: Form;
  action: string;
  verb: string;
  children?: Child;
  after?: Child;
  wide?: boolean;
}> = ({ locale, form, action, verb, children, after, wide }) => {
  const m = setupMessages[locale];
  const wrong = Object.entries(form.errors).map(([field, message]) => ({ field, message }));
  return (
    <>
      <ErrorSummary title={m.errorsTitle} errors={wrong} />
      <Refusals locale={locale} form={form} />
      <form class={`form${wide ? ' setup-wide' : ''}`} method="post" action={action}>
        {form.values.version ? <input type="hidden" name="version" value={form.values.version} /> : null}
        {children}
        <div class="cluster">
          <Button>{verb}</Button>
          {after}
        </div>
      </form>
    </>
  );
};

/** What was just done, said once on the page one comes to. */
export function doneNotice(c: Web): Child {
  const m = setupMessages[c.var.ctx.locale];
  const key = c.req.query('fait');
  const text = key && Object.hasOwn(m.done, key) ? m.done[key as keyof typeof m.done] : undefined;
  return text ? <Notice kind="good">{text}</Notice> : null;
}

/** A page of the administration. */
export function setupPage(
  c: Web,
  title: string,
  content: Child,
  options: { status?: number; wide?: boolean } = {},
): Response {
  return page(c, { title, ...options }, <div class="setup stack">{content}</div>);
}
