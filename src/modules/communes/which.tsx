import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { FieldErrors, FormValues } from '../../core/input.ts';
import { bind, Field, LinkButton, Notice } from '../../ui/components/index.ts';
import { choiceLabel } from './around.ts';
import { communesMessages } from './communes.messages.ts';
import type { Commune } from './communes.store.ts';

/** The field of a search that asks around which commune one looks. */
export const NearField: FC<{ ctx: Ctx; values: FormValues; errors: FieldErrors }> = ({ ctx, values, errors }) => (
  <Field
    label={communesMessages[ctx.locale].near}
    {...bind({ values, errors })('pres')}
    plain
    maxlength={80}
    autocomplete="address-level2"
  />
);

/** Several communes answer to what was typed: each is a link to the same search around it. */
export const WhichCommune: FC<{
  ctx: Ctx;
  typed: string | undefined;
  communes: readonly Commune[];
  href: (pres: string) => string;
}> = ({ ctx, typed, communes, href }) =>
  communes.length === 0 ? null : (
    <Notice title={communesMessages[ctx.locale].several(typed ?? '')}>
      <ul class="cluster">
        {communes.map((commune) => {
          const label = choiceLabel(commune, communes);
          return (
            <li>
              <LinkButton href={href(label)}>{label}</LinkButton>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
