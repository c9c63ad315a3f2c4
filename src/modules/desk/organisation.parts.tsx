import type { FC } from 'hono/jsx';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { Field, Select } from '../../ui/components/index.ts';
import { countries } from '../accounts/index.ts';
import type { Pen } from '../day/index.ts';
import { organisationMessages } from './organisation.messages.ts';

/** For which organisation, folded: most people book for themselves. */
export const OrganisationFields: FC<{ pen: Pen; values: FormValues; errors: FieldErrors }> = ({
  pen: { ctx },
  values,
  errors,
}) => {
  const words = organisationMessages[ctx.locale];
  const regions = new Intl.DisplayNames(ctx.locale, { type: 'region' });
  const open = ['organisation', 'numero'].some((name) => values[name] || errors[name]);
  return (
    <details class="day-fold" id="pour-organisation" open={open}>
      <summary>{words.legend}</summary>
      <div class="stack">
        <Field
          label={words.name}
          name="organisation"
          hint={words.nameHint}
          value={values.organisation}
          error={errors.organisation}
          maxlength={200}
          autocomplete="off"
        />
        <Select
          label={words.country}
          name="pays"
          plain
          value={values.pays ?? ctx.territory.country}
          options={countries.map((code) => ({
            value: code,
            label: code === 'other' ? words.otherCountry : (regions.of(code) ?? code),
          }))}
        />
        <Field
          label={words.registration}
          name="numero"
          hint={words.registrationHint}
          value={values.numero}
          error={errors.numero}
          maxlength={40}
          autocomplete="off"
        />
      </div>
    </details>
  );
};
