import type { FC } from 'hono/jsx';
import { Button, Checkbox, Field } from '../../ui/components/index.ts';
import type { Pen, Sitting } from '../attendance/index.ts';

/** Somebody who stands at the door and gives their name: registered and present in one go. */
export const DoorForm: FC<{
  pen: Pen;
  sitting: Sitting;
  values: Record<string, string>;
  errors: Record<string, string>;
}> = ({ pen, sitting, values, errors }) => {
  const { m } = pen;
  const open = Object.keys(errors).length > 0 || values.nom !== undefined;
  const field = (name: string) => ({ name, id: `porte-${name}`, value: values[name], error: errors[name] });
  return (
    <details class="roll-door no-print" id="porte" open={open}>
      <summary>{m.doorTitle}</summary>
      <form class="stack" method="post" action={pen.href('/porte')} autocomplete="off">
        <p class="meta">{m.doorHint}</p>
        <input type="hidden" name="demi" value={sitting.halfDay} />
        <Field label={m.name} {...field('nom')} maxlength={120} required />
        <Field label={m.email} {...field('email')} type="email" maxlength={254} />
        <Field label={m.telephone} {...field('telephone')} type="tel" maxlength={30} />
        <Field label={m.birthYear} {...field('naissance')} type="number" inputmode="numeric" min={1900} max={2100} />
        <Checkbox label={m.consent} name="accord" id="porte-accord" checked={values.accord === 'on'} />
        <Button>{m.doorAdd}</Button>
      </form>
    </details>
  );
};
