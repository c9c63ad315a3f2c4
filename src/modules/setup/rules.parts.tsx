import type { FC } from 'hono/jsx';
import { type I18nText, type Locale, say } from '../../core/i18n.ts';
import type { FormValues } from '../../core/input.ts';
import type { RuleSet } from '../../core/schema.ts';
import { bind, Field, Select } from '../../ui/components/index.ts';
import { formatter } from '../../ui/format.ts';
import { setupMessages } from './setup.messages.ts';
import { Folded, TriState } from './setup.parts.tsx';
import type { Form } from './setup.web.ts';

const durations = [
  'noticeMinutes',
  'minMinutes',
  'maxMinutes',
  'personWindowMinutes',
  'organisationWindowMinutes',
  'cancelUntilMinutes',
  'releaseMinutes',
] as const;
const numbers = ['horizonDays', 'personAtOnce', 'organisationAtOnce', 'windowDays'] as const;
const choices = ['approval', 'ownOverlaps', 'checkIn'] as const;

/** A length of time as the form writes it, in days where it is whole days. */
export function durationText(minutes: number | null | undefined, locale: Locale): string {
  if (minutes === null || minutes === undefined) return '';
  if (minutes > 0 && minutes % 1440 === 0) return setupMessages[locale].days(minutes / 1440);
  return formatter(locale, 'UTC').duration(minutes).replaceAll('\u00a0', ' ');
}

/** Rules as the values of their fields. */
export function ruleValues(rules: RuleSet, locale: Locale): FormValues {
  const values: FormValues = { 'rules.who': rules.who ?? '', 'rules.groupSlug': rules.groupSlug ?? '' };
  for (const key of durations) values[`rules.${key}`] = durationText(rules[key], locale);
  for (const key of numbers) values[`rules.${key}`] = rules[key] === undefined ? '' : String(rules[key]);
  for (const key of choices) values[`rules.${key}`] = rules[key] === undefined ? '' : rules[key] ? 'yes' : 'no';
  return values;
}

/** Every rule in plain words, folded: what is left empty follows the level above. */
export const RuleFields: FC<{
  form: Form;
  locale: Locale;
  main: Locale;
  level: 'site' | 'space' | 'resource';
  groups: { slug: string; name: I18nText }[];
}> = ({ form, locale, main, level, groups }) => {
  const m = setupMessages[locale];
  const r = m.rules;
  const f = bind(form);
  const inherited = level === 'site' ? r.usual : r.asPlace;
  const words = { form, locale, main, inherited };
  const set = Object.entries(form.values).filter(([name, value]) => name.startsWith('rules.') && value).length;
  const wrong = Object.keys(form.errors).some((name) => name.startsWith('rules.'));
  const span = (name: string, label: string, hint?: string) => (
    <Field {...f(name)} label={label} hint={hint} placeholder={inherited} plain maxlength={40} />
  );
  const count = (name: string, label: string, hint?: string) => (
    <Field {...f(name)} label={label} hint={hint} placeholder={inherited} inputmode="numeric" plain maxlength={6} />
  );
  return (
    <Folded summary={`${level === 'site' ? r.titleSite : r.title}${set > 0 ? ` (${r.set(set)})` : ''}`} open={wrong}>
      <p class="field-hint">{level === 'site' ? r.hintSite : r.hint}</p>
      <Select
        {...f('rules.who')}
        label={r.who}
        plain
        options={[
          { value: '', label: inherited },
          { value: 'public', label: r.whoPublic },
          { value: 'member', label: r.whoMember },
          { value: 'team', label: r.whoTeam },
          ...(groups.length > 0 ? [{ value: 'group', label: r.whoGroup }] : []),
        ]}
      />
      {groups.length > 0 ? (
        <Select
          {...f('rules.groupSlug')}
          label={r.group}
          plain
          options={[
            { value: '', label: '—' },
            ...groups.map((group) => ({ value: group.slug, label: say(group.name, locale, main) })),
          ]}
        />
      ) : null}
      <TriState {...words} name="rules.approval" label={r.approval} />
      {span('rules.noticeMinutes', r.notice, r.durationHint)}
      {count('rules.horizonDays', r.horizon)}
      <div class="group-row">
        {span('rules.minMinutes', r.min)}
        {span('rules.maxMinutes', r.max)}
      </div>
      <div class="group-row">
        {count('rules.personAtOnce', r.personAtOnce)}
        {count('rules.organisationAtOnce', r.organisationAtOnce)}
      </div>
      <div class="group-row">
        {span('rules.personWindowMinutes', r.personWindow)}
        {span('rules.organisationWindowMinutes', r.organisationWindow)}
        {count('rules.windowDays', r.window)}
      </div>
      <TriState {...words} name="rules.ownOverlaps" label={r.overlaps} />
      {span('rules.cancelUntilMinutes', r.cancel)}
      <TriState {...words} name="rules.checkIn" label={r.checkIn} />
      {span('rules.releaseMinutes', r.release)}
    </Folded>
  );
};
