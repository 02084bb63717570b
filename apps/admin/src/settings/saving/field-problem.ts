import { type Settings, settingsRules } from '@turn-lever/core/settings';

const problems: { readonly [Key in keyof Settings]: string } = {
  triggerStage: 'Enter the name of the stage, at most 200 characters.',
  defaultPackageId: 'Choose a package from the list.',
  onInvalidPackageTag: 'Choose one of the two.',
  waitBeforeOrdering: 'Enter a whole number of seconds, from 0 to 86,400.',
  ordersPerHour: 'Enter a whole number, from 1 to 10,000.',
  reportNoteSecret: 'Choose one of the two.',
  notifyFollowersOnConsider: 'Choose one of the two.',
  neutralAdverse: 'Choose one of the two.',
  performAs: 'Enter the id of a Lever user, at most 100 characters, or choose nobody.',
};

const isSetting = (path: string): path is keyof Settings => Object.hasOwn(problems, path);

/** One thing that is wrong with what was entered, in words for its field. */
export interface FieldProblem {
  readonly key: keyof Settings;
  readonly text: string;
}

/** Everything that is wrong with a change, by core's own rules, before it is sent. */
export const fieldProblems = (change: Partial<Settings>): readonly FieldProblem[] =>
  Object.entries(change).flatMap(([path, value]) =>
    isSetting(path) && typeof settingsRules[path](value) === 'string'
      ? [{ key: path, text: problems[path] }]
      : [],
  );

/** The same for what the server found. */
export const fieldProblemsOf = (issues: readonly { readonly path: string }[]): readonly FieldProblem[] =>
  issues.flatMap(({ path }) => (isSetting(path) ? [{ key: path, text: problems[path] }] : []));
