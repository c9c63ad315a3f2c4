import { type Child, type FC, useContext } from 'hono/jsx';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { LocaleContext } from '../locale-context.ts';
import { uiMessages } from '../ui.messages.ts';

/** The id of the control a field's name gives: error summaries link to it. */
export const fieldId = (name: string): string => `f-${name.replace(/[^\w-]+/g, '-')}`;

/** What each field of a form needs: its name, what is written in it, what is wrong with it. */
export const bind =
  ({ values, errors }: { values: FormValues; errors: FieldErrors }) =>
  (name: string) => ({ name, value: values[name] ?? '', error: errors[name] });

type Common = {
  label: Child;
  name: string;
  hint?: Child;
  error?: string | undefined;
  required?: boolean | undefined;
  /** Several forms on a page may hold the same name: give each its own id. */
  id?: string | undefined;
  /** Leaves out "(facultatif)" where it would be noise, as in a search form. */
  plain?: boolean | undefined;
};

const describedBy = (id: string, hint: unknown, error: unknown): string | undefined =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

const Optional: FC = () => <span class="field-optional"> {uiMessages[useContext(LocaleContext)].optional}</span>;

const Frame: FC<Common & { children?: Child }> = ({ label, name, hint, error, required, plain, id, children }) => {
  const control = id ?? fieldId(name);
  return (
    <div class={`field${error ? ' has-error' : ''}`}>
      <label class="field-label" for={control}>
        {label}
        {required || plain ? null : <Optional />}
      </label>
      {hint ? (
        <p class="field-hint" id={`${control}-hint`}>
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p class="field-error" id={`${control}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
};

type InputProps = {
  type?: string | undefined;
  value?: string | number | undefined;
  autocomplete?: string | undefined;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'search' | 'url' | undefined;
  min?: string | number | undefined;
  max?: string | number | undefined;
  step?: string | number | undefined;
  minlength?: number | undefined;
  maxlength?: number | undefined;
  pattern?: string | undefined;
  placeholder?: string | undefined;
  list?: string | undefined;
  accept?: string | undefined;
  multiple?: boolean | undefined;
  readonly?: boolean | undefined;
  spellcheck?: boolean | undefined;
  /** Data attributes an island listens to. */
  attrs?: Record<string, string> | undefined;
};

/** One question: label above, hint, the input (or `children` in its place), the error beside it. */
export const Field: FC<Common & InputProps & { children?: Child }> = ({ children, ...props }) => {
  const { label, name, hint, error, required, id, plain, type = 'text', attrs, ...input } = props;
  const control = id ?? fieldId(name);
  return (
    <Frame {...{ label, name, hint, error, required, id, plain }}>
      {children ?? (
        <input
          class={`input input-${type}`}
          id={control}
          name={name}
          type={type}
          required={required}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(control, hint, error)}
          {...input}
          {...attrs}
        />
      )}
    </Frame>
  );
};

/** A choice in a list; options may be grouped under a heading. */
export type Option = { value: string; label: string; group?: string | undefined; disabled?: boolean | undefined };

const options = (list: Option[], value: string | undefined): Child[] => {
  const groups = new Map<string, Option[]>();
  for (const option of list) {
    const group = groups.get(option.group ?? '');
    if (group) group.push(option);
    else groups.set(option.group ?? '', [option]);
  }
  const items = (some: Option[]): Child[] =>
    some.map((option) => (
      <option value={option.value} selected={option.value === value} disabled={option.disabled}>
        {option.label}
      </option>
    ));
  return [...groups].flatMap(([group, some]) =>
    group ? [<optgroup label={group}>{items(some)}</optgroup>] : items(some),
  );
};

/** A drop-down list. */
export const Select: FC<
  Common & { options: Option[]; value?: string | undefined; attrs?: Record<string, string> | undefined }
> = ({ options: list, value, attrs, ...common }) => {
  const control = common.id ?? fieldId(common.name);
  return (
    <Frame {...common}>
      <select
        class="input input-select"
        id={control}
        name={common.name}
        required={common.required}
        aria-invalid={common.error ? 'true' : undefined}
        aria-describedby={describedBy(control, common.hint, common.error)}
        {...attrs}
      >
        {options(list, value)}
      </select>
    </Frame>
  );
};

/** A text of several lines. */
export const TextArea: FC<
  Common & { value?: string | undefined; rows?: number | undefined; maxlength?: number | undefined }
> = ({ value = '', rows = 4, maxlength, ...common }) => {
  const control = common.id ?? fieldId(common.name);
  return (
    <Frame {...common}>
      <textarea
        class="input input-area"
        id={control}
        name={common.name}
        rows={rows}
        maxlength={maxlength}
        required={common.required}
        aria-invalid={common.error ? 'true' : undefined}
        aria-describedby={describedBy(control, common.hint, common.error)}
      >
        {value}
      </textarea>
    </Frame>
  );
};
