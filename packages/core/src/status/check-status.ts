/**
 * How a status behaves: `open` is before a result, `decision` waits for the employer, `adverse` is within the
 * regulated steps, `settled` may be reopened, `terminal` is for good (`turn-api.md` §4).
 */
export type StatusGroup = 'open' | 'decision' | 'adverse' | 'settled' | 'terminal';

/** What a check is doing. `label` is the word in `TurnStatus:{STATUS}`. */
export interface CheckStatus {
  readonly name: StatusName | 'unrecognised';
  readonly label: string;
  readonly group: StatusGroup;
  /** Whether a report can be opened at Turn. */
  readonly hasReport: boolean;
}

const status = <Name extends string>(name: Name, label: string, group: StatusGroup, hasReport: boolean) =>
  ({ name, label, group, hasReport }) as const;

/** Every status we have a word for. */
export const statuses = {
  requested: status('requested', 'Requested', 'open', false),
  initiated: status('initiated', 'Initiated', 'open', false),
  emailed: status('emailed', 'Emailed', 'open', false),
  consent: status('consent', 'Consent', 'open', false),
  processing: status('processing', 'Processing', 'open', false),
  verifying: status('verifying', 'Verifying', 'open', false),
  reviewing: status('reviewing', 'Reviewing', 'open', false),
  complianceReview: status('complianceReview', 'Compliance Review', 'open', false),
  consider: status('consider', 'Consider', 'decision', true),
  firstNotice: status('firstNotice', 'First Notice', 'adverse', true),
  secondNotice: status('secondNotice', 'Second Notice', 'adverse', true),
  dispute: status('dispute', 'Dispute', 'adverse', true),
  resolved: status('resolved', 'Resolved', 'adverse', true),
  clear: status('clear', 'Clear', 'settled', true),
  rejected: status('rejected', 'Rejected', 'settled', true),
  withdrawn: status('withdrawn', 'Withdrawn', 'terminal', false),
} as const;

/** Names of the statuses we have a word for. */
export type StatusName = keyof typeof statuses;

/** The label of a check that could not be ordered. */
export const errorLabel = 'Error';

/** The one word that stands for every adverse status where the setting asks for it. */
export const neutralLabel = 'Report Ready';

// Long enough for every known word, short enough for a tag (`lever-api.md` §5.3: at most 60 characters with prefix).
const longestLabel = 40;

/**
 * Makes a label of a provider's raw state: letters and digits only, words capitalised (`foo__bar` → `Foo Bar`). What
 * leaves nothing becomes `Unknown`. Safe to put into a tag whatever came in.
 */
export const cleanLabel = (raw: string): string => {
  const words =
    raw
      .slice(0, 200)
      .normalize('NFKC')
      .match(/[A-Za-z0-9]+/gu) ?? [];
  const label = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join(' ');
  return label.slice(0, longestLabel).trim() || 'Unknown';
};

/** A status for a state nobody told us about; behaves as its base does, where the base is known. */
export const unrecognisedStatus = (raw: string, base: CheckStatus | null): CheckStatus => ({
  name: 'unrecognised',
  label: cleanLabel(raw),
  group: base?.group ?? 'open',
  hasReport: base?.hasReport ?? false,
});

/** Whether a check has come to its end, be it that it may be reopened. */
export const isOver = ({ group }: CheckStatus): boolean => group === 'settled' || group === 'terminal';

/** Whether a status tells a reader that something speaks against the candidate. */
export const isAdverse = ({ name, group }: CheckStatus): boolean =>
  group === 'decision' || group === 'adverse' || name === 'rejected';
