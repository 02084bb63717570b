import type { Check, Hold } from '../check.ts';
import { reasonOf } from '../reason.ts';

// `@name` in a note notifies that user in Lever (`lever-api.md` §4.5): texts that come from elsewhere must not.
const quiet = (text: string): string =>
  text
    .replace(/@/gu, '(at)')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .slice(0, 200);

/** The note that carries the Turn ID. One for each order; the id in it is how a repeat recognises it. */
export const turnIdNote = ({
  turnId,
  invalidTags,
  packageId,
}: Pick<Check, 'turnId' | 'invalidTags' | 'packageId'>): string => {
  const lines = [`Turn background check ordered. Turn ID: ${turnId}`];
  if (invalidTags.length > 0) {
    const used =
      packageId === null ? "the account's default package was used" : `package ${packageId} was used`;
    lines.push(`Not a valid package tag, so ${used}: ${invalidTags.map(quiet).join(' · ')}`);
  }
  return lines.join('\n');
};

/** The note that links to the report. The link needs a Turn login. */
export const reportNote = (reportUrl: string): string => `Turn background check report: ${reportUrl}`;

/** The note that says why nothing was ordered. Nothing personal: the reason, and what to do. */
export const heldNote = ({ reason, details }: Hold): string => {
  const { text, advice } = reasonOf(reason);
  const named = details.length > 0 ? `: ${details.map(quiet).join(' · ')}` : '';
  return `Turn background check not ordered. ${text}${named}. ${advice}`;
};
