import type { Preset, RuleSet } from './schema.ts';

/** Every rule has a value, but for the limits, which are absent where nobody set them. */
export type Rules = Required<
  Pick<
    RuleSet,
    | 'noticeMinutes'
    | 'horizonDays'
    | 'minMinutes'
    | 'maxMinutes'
    | 'windowDays'
    | 'ownOverlaps'
    | 'who'
    | 'approval'
    | 'cancelUntilMinutes'
    | 'checkIn'
    | 'releaseMinutes'
  >
> &
  Pick<
    RuleSet,
    'personWindowMinutes' | 'organisationWindowMinutes' | 'personAtOnce' | 'organisationAtOnce' | 'groupSlug'
  >;

const defaults: Rules = {
  noticeMinutes: 0,
  horizonDays: 60,
  minMinutes: 30,
  maxMinutes: 480,
  windowDays: 7,
  ownOverlaps: true,
  who: 'public',
  approval: false,
  cancelUntilMinutes: 0,
  checkIn: false,
  releaseMinutes: 15,
};

/** What each preset changes of the defaults. */
export const presets: Record<Preset, RuleSet> = {
  open: {},
  members: { who: 'member' },
  on_request: { approval: true },
};

export type RuleLevels = { preset: Preset; resource: RuleSet; space: RuleSet; site: RuleSet };

/** The rules in force, key by key: the resource's own, then its preset's, its space's, its site's, the defaults. */
export const resolveRules = (levels: RuleLevels): Rules => ({
  ...defaults,
  ...levels.site,
  ...levels.space,
  // Chosen for this resource: a rule of the whole site does not open to everybody what is for members.
  ...presets[levels.preset],
  ...levels.resource,
});
