import type { Child, FC } from 'hono/jsx';
import { FieldGroup, fieldId } from '../../ui/components/index.ts';
import type { Pen } from '../day/index.ts';
import { Folded, type Form } from '../setup/index.ts';
import type { Options } from './options.store.ts';
import { programmeMessages } from './programme.messages.ts';

export type FormProps = { pen: Pen; form: Form; options: Options };

export const words = (pen: Pen) => programmeMessages[pen.ctx.locale];
export const texts = (pen: Pen) => ({ locale: pen.ctx.locale, main: pen.ctx.territory.mainLanguage });
/** Whether one of these fields is filled or wrong: then what is folded is open. */
const touched = ({ values, ticked, errors }: Form, names: RegExp, empty: Record<string, string> = {}): boolean =>
  Object.entries(values).some(([name, value]) => names.test(name) && value !== '' && value !== (empty[name] ?? '')) ||
  Object.entries(ticked).some(([name, list]) => names.test(name) && list.length > 0) ||
  Object.keys(errors).some((name) => names.test(name));

/** Something more, folded until it is used. */
export const More: FC<{
  form: Form;
  names: RegExp;
  empty?: Record<string, string>;
  summary: string;
  children?: Child;
}> = ({ form, names, empty, summary, children }) => (
  <Folded summary={summary} open={touched(form, names, empty)}>
    {children}
  </Folded>
);

/** Several answers among a few, all of them in sight. */
export const Boxes: FC<{ form: Form; name: string; legend: string; hint?: string; options: [string, string][] }> = ({
  form,
  name,
  legend,
  hint,
  options,
}) => (
  <FieldGroup legend={legend} hint={hint} id={fieldId(name)} error={form.errors[name]}>
    {options.map(([value, label]) => (
      <label class="choice">
        <input
          class="choice-box"
          type="checkbox"
          name={name}
          value={value}
          checked={(form.ticked[name] ?? []).includes(value)}
        />
        <span>{label}</span>
      </label>
    ))}
  </FieldGroup>
);
