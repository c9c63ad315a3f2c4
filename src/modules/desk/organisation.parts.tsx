import type { FC } from 'hono/jsx';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { bind, Field, Select } from '../../ui/components/index.ts';
import { countryOptions } from '../accounts/index.ts';
import type { Pen } from '../day/index.ts';
import { organisationMessages } from './organisation.messages.ts';

/** For which organisation, folded: most people book for themselves. */
export const OrganisationFields: FC<{ pen: Pen; values: FormValues; errors: FieldErrors }> = ({
  pen: { ctx },
  values,
  errors,
}) => {
  const words = organisationMessages[ctx.locale];
  const f = bind({ values, errors });
  const open = ['organisation', 'numero'].some((name) => values[name] || errors[name]);
  return (
    <details class="day-fold" id="pour-organisation" open={open}>
      <summary>{words.legend}</summary>
      <div class="stack">
        <Field label={words.name} {...f('organisation')} hint={words.nameHint} maxlength={200} autocomplete="off" />
        <Select
          label={words.country}
          name="pays"
          plain
          value={values.pays ?? ctx.territory.country}
          options={countryOptions(ctx.locale)}
        />
        <Field
          label={words.registration}
          {...f('numero')}
          hint={words.registrationHint}
          maxlength={40}
          autocomplete="off"
        />
      </div>
    </details>
  );
};
