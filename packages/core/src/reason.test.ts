import { describe, expect, test } from 'vitest';
import { isInRecord, type ReasonCode, reasonOf, reasons } from './reason.ts';

describe('every reason', () => {
  test.each(Object.keys(reasons) as ReasonCode[])('%s has words and says what to do', (code) => {
    expect(reasonOf(code).text).toMatch(/^[A-Z].{3,}/u);
    expect(reasonOf(code).advice).toMatch(/^[A-Z].*\.$/u);
  });

  test('is shown in Lever only where the cause is in the candidate’s record', () => {
    const inRecord = (Object.keys(reasons) as ReasonCode[]).filter(isInRecord);
    expect(inRecord).toEqual([
      'held.package_unclear',
      'held.missing_data',
      'held.same_person',
      'held.turn_rejected',
      'held.test_identity',
      'held.sandbox_person',
    ]);
  });
});
