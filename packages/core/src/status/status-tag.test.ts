import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLabel, statuses, unrecognisedStatus } from './check-status.ts';
import {
  errorTag,
  formatStatusTag,
  isStatusTag,
  openStatusTags,
  parseStatusTag,
  statusTag,
} from './status-tag.ts';

describe('a status tag', () => {
  test.each([
    ['clear', 'TurnStatus:Clear'],
    ['consider', 'TurnStatus:Consider'],
    ['complianceReview', 'TurnStatus:Compliance Review'],
    ['firstNotice', 'TurnStatus:First Notice'],
  ] as const)('%s is %s', (name, tag) => expect(statusTag(statuses[name], false)).toBe(tag));

  test.each([
    ['consider', true],
    ['firstNotice', true],
    ['secondNotice', true],
    ['dispute', true],
    ['resolved', true],
    ['rejected', true],
    ['clear', false],
    ['processing', false],
    ['withdrawn', false],
  ] as const)('%s becomes the neutral word where the setting asks: %s', (name, isNeutral) => {
    expect(statusTag(statuses[name], true) === 'TurnStatus:Report Ready').toBe(isNeutral);
  });

  test.each([
    ['foo__bar', 'Foo Bar'],
    ['review__xyz', 'Review Xyz'],
    ['a"b\n,c<script>', 'A B C Script'],
    ['', 'Unknown'],
    ['💥', 'Unknown'],
  ])('an unknown state %j is shown as %j', (raw, label) =>
    expect(unrecognisedStatus(raw, null).label).toBe(label),
  );

  test.each([
    ['TurnStatus:Clear', true],
    ['turnstatus:clear', true],
    [' TURNSTATUS: Clear', true],
    ['TurnPackage:P1:TurnStatus:Clear', false],
    ['My TurnStatus:Clear', false],
    ['', false],
  ])('%j is ours: %s', (tag, expected) => expect(isStatusTag(tag)).toBe(expected));

  test('the tags that a sweep asks for are of open checks, without the error', () => {
    expect(openStatusTags).toContain('TurnStatus:Emailed');
    expect(openStatusTags).not.toContain('TurnStatus:Clear');
    expect(openStatusTags).not.toContain(errorTag);
  });

  test('writing what was read and reading it again changes nothing, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const tag = formatStatusTag(text);
        expect(tag.length).toBeLessThanOrEqual(60);
        expect(parseStatusTag(tag)).toBe(cleanLabel(text));
        expect(formatStatusTag(parseStatusTag(tag) ?? '')).toBe(tag);
      }),
    );
  });
});
