import type { Settings } from '@turn-lever/core/settings';

/** What a draft changes, against the settings it began from. Empty: nothing to save. */
export const changeOf = (base: Settings, draft: Partial<Settings>): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(draft).filter(([key, value]) => !Object.is(base[key as keyof Settings], value)),
  );

/**
 * Which settings somebody else changed since a draft began, out of those in question. Contested are those which the draft
 * changes too, to something else.
 */
export const contestedKeys = (
  base: Settings,
  theirs: Settings,
  change: Partial<Settings>,
): readonly (keyof Settings)[] =>
  (Object.keys(change) as (keyof Settings)[]).filter(
    (key) => !Object.is(base[key], theirs[key]) && !Object.is(theirs[key], change[key]),
  );

/** What else somebody changed meanwhile, which the draft leaves alone. */
export const changedElsewhere = (
  base: Settings,
  theirs: Settings,
  change: Partial<Settings>,
): readonly (keyof Settings)[] =>
  (Object.keys(base) as (keyof Settings)[]).filter(
    (key) => !Object.is(base[key], theirs[key]) && !Object.hasOwn(change, key),
  );

/** A change without the settings in which the other person's value is taken. */
export const withoutTaken = (
  change: Partial<Settings>,
  taken: readonly (keyof Settings)[],
): Partial<Settings> =>
  Object.fromEntries(Object.entries(change).filter(([key]) => !taken.includes(key as keyof Settings)));
