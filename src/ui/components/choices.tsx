import { type Child, type FC, useContext } from 'hono/jsx';
import { LocaleContext } from '../locale-context.ts';
import { fieldId } from './forms.tsx';

const Message: FC<{ id: string | undefined; kind: 'hint' | 'error'; children?: Child }> = ({ id, kind, children }) =>
  children ? (
    <p class={`field-${kind}`} id={id && `${id}-${kind}`}>
      {children}
    </p>
  ) : null;

const describedBy = (id: string, hint: unknown, error: unknown): string | undefined =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

/** One box to tick, its whole line being the target. */
export const Checkbox: FC<{
  label: Child;
  name: string;
  value?: string | undefined;
  checked?: boolean | undefined;
  hint?: Child;
  error?: string | undefined;
  required?: boolean | undefined;
  id?: string | undefined;
}> = ({ label, name, value = 'on', checked, hint, error, required, id }) => {
  const control = id ?? fieldId(value === 'on' ? name : `${name}-${value}`);
  return (
    <div class={`field${error ? ' has-error' : ''}`}>
      <label class="choice">
        <input
          class="choice-box"
          type="checkbox"
          id={control}
          name={name}
          value={value}
          checked={checked}
          required={required}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(control, hint, error)}
        />
        <span>{label}</span>
      </label>
      <Message id={control} kind="hint">
        {hint}
      </Message>
      <Message id={control} kind="error">
        {error}
      </Message>
    </div>
  );
};

/** A group of controls under one question. */
export const FieldGroup: FC<{
  legend: Child;
  hint?: Child;
  error?: string | undefined;
  /** The id an error summary links to. */
  id?: string | undefined;
  /** Lays the fields side by side where there is room. */
  row?: boolean | undefined;
  children?: Child;
}> = ({ legend, hint, error, id, row, children }) => (
  <fieldset
    class={`group${error ? ' has-error' : ''}`}
    id={id}
    tabindex={id && error ? -1 : undefined}
    aria-describedby={id ? describedBy(id, hint, error) : undefined}
  >
    <legend class="group-legend">{legend}</legend>
    <Message id={id} kind="hint">
      {hint}
    </Message>
    <Message id={id} kind="error">
      {error}
    </Message>
    <div class={row ? 'group-row' : 'group-body'}>{children}</div>
  </fieldset>
);

export type Choice = { value: string; label: Child; hint?: Child; disabled?: boolean | undefined };

/** One answer among a few, all of them in sight. */
export const RadioGroup: FC<{
  label: Child;
  name: string;
  options: Choice[];
  value?: string | undefined;
  hint?: Child;
  error?: string | undefined;
  required?: boolean | undefined;
}> = ({ label, name, options, value, hint, error, required }) => {
  const id = fieldId(name);
  return (
    <FieldGroup legend={label} hint={hint} error={error} id={id}>
      {options.map((option) => {
        const control = fieldId(`${name}-${option.value}`);
        return (
          <label class="choice">
            <input
              class="choice-box"
              type="radio"
              id={control}
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              required={required}
              aria-describedby={option.hint ? `${control}-hint` : undefined}
            />
            <span>
              {option.label}
              {option.hint ? (
                <span class="choice-hint" id={`${control}-hint`}>
                  {option.hint}
                </span>
              ) : null}
            </span>
          </label>
        );
      })}
    </FieldGroup>
  );
};

/**
 * What went wrong, at the top of the page, each line leading to its field; takes the focus when the page opens. `labels` are
 * what fields are called: "this is needed" says nothing away from its field.
 */
export const ErrorSummary: FC<{
  title: string;
  errors: { field?: string | undefined; message: string }[];
  labels?: Readonly<Record<string, string>> | undefined;
}> = ({ title, errors, labels = {} }) => {
  const colon = useContext(LocaleContext) === 'fr' ? '\u00a0: ' : ': ';
  const told = ({ field, message }: { field?: string | undefined; message: string }): string => {
    const label = field && Object.hasOwn(labels, field) ? labels[field]! : '';
    return label ? `${label.replace(/\s*\?$/, '')}${colon}${message}` : message;
  };
  if (errors.length === 0) return null;
  return (
    <div class="notice notice-bad" role="alert" tabindex={-1} id="errors" autofocus>
      <h2 class="notice-title">{title}</h2>
      <ul class="notice-list">
        {errors.map((error) => (
          <li>{error.field ? <a href={`#${fieldId(error.field)}`}>{told(error)}</a> : told(error)}</li>
        ))}
      </ul>
    </div>
  );
};
