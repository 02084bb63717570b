import {
  type CheckStatus,
  cleanLabel,
  errorLabel,
  isAdverse,
  isOver,
  neutralLabel,
  statuses,
} from './check-status.ts';

const prefix = 'TurnStatus:';

/** Whether a tag is one of ours to add and remove. The prefix is matched in any case; nothing else is ever touched. */
export const isStatusTag = (tag: string): boolean =>
  tag.trimStart().slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();

/** The status a tag shows, or null where it is none of ours. */
export const parseStatusTag = (tag: string): string | null =>
  isStatusTag(tag) ? tag.trim().slice(prefix.length).trim() : null;

/** The one spelling of a status tag. Any text is cleaned first, so nothing can be smuggled into a tag. */
export const formatStatusTag = (label: string): string => `${prefix}${cleanLabel(label)}`;

/** The tag for a status; adverse ones become one neutral word where the setting says so. */
export const statusTag = (status: CheckStatus, neutralAdverse: boolean): string =>
  formatStatusTag(neutralAdverse && isAdverse(status) ? neutralLabel : status.label);

/** The tag of a check that could not be ordered, for a cause in the candidate's record. */
export const errorTag: string = formatStatusTag(errorLabel);

/**
 * The tags an open check of ours may carry. The sweep asks Lever for them to find checks that a restored backup has
 * forgotten; Lever's tag filter is case-sensitive and exact, so every spelling is listed (`lever-api.md` §4.2).
 */
export const openStatusTags: readonly string[] = [
  ...Object.values(statuses)
    .filter((status) => !isOver(status))
    .map(({ label }) => label),
  neutralLabel,
].map(formatStatusTag);
