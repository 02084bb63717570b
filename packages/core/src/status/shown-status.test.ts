import { describe, expect, test } from 'vitest';
import { type StatusName, statuses, unrecognisedStatus } from './check-status.ts';
import { shownStatus } from './shown-status.ts';

const known = (status: (typeof statuses)[StatusName] | ReturnType<typeof unrecognisedStatus>) => ({
  status: { status, raw: 'raw', generation: 1, changedAt: 0, recheckDate: null },
});
const names = Object.keys(statuses) as StatusName[];

describe('the word for a check', () => {
  test('is nothing while Turn was never read', () => {
    expect(shownStatus({ status: null }, { maySeeVerdict: true, neutralAdverse: false })).toBeNull();
  });

  test.each(names)('%s is as Lever shows it for who may see the verdict', (name) => {
    const seen = { maySeeVerdict: true, neutralAdverse: false };
    expect(shownStatus(known(statuses[name]), seen)).toBe(statuses[name].label);
  });

  test('is one neutral word for what speaks against the candidate, where the setting says so', () => {
    const seen = { maySeeVerdict: true, neutralAdverse: true };
    expect(shownStatus(known(statuses.consider), seen)).toBe('Report Ready');
    expect(shownStatus(known(statuses.clear), seen)).toBe('Clear');
  });

  test('gives no result away to who may not see it', () => {
    const words = names.map((name) =>
      shownStatus(known(statuses[name]), { maySeeVerdict: false, neutralAdverse: false }),
    );
    const results = names.filter((name) => statuses[name].hasReport);
    expect(results.length).toBeGreaterThan(5);
    for (const name of results) expect(words[names.indexOf(name)]).toBe('Done');
    expect(words).toContain('Consent');
    expect(words).toContain('Withdrawn');
    const odd = unrecognisedStatus('criminal_found', null);
    expect(shownStatus(known(odd), { maySeeVerdict: false, neutralAdverse: false })).toBe('Processing');
  });
});
