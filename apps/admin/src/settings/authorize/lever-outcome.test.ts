import { describe, expect, it } from 'vitest';
import { outcomeWords } from './lever-outcome.ts';
import { toPermissions } from './permission-words.ts';

describe('the way back from Lever', () => {
  it.each([
    ['connected', 'good'],
    ['reconnected', 'good'],
    ['denied', 'warning'],
    ['state', 'bad'],
    ['scope', 'bad'],
    ['other-account', 'bad'],
    ['taken', 'bad'],
    ['demoted', 'bad'],
    ['session', 'warning'],
    ['unavailable', 'warning'],
    ['refused', 'bad'],
  ] as const)('has a sentence for %s', (outcome, tone) => {
    const words = outcomeWords(outcome, []);
    expect(words?.tone).toBe(tone);
    if (tone !== 'good') expect(words?.text).toMatch(/Nothing was changed|nothing was changed/);
  });

  it.each([undefined, '', 'constructor', '<script>'])('says nothing for %s', (outcome) => {
    expect(outcomeWords(outcome, [])).toBeNull();
  });

  it('names the permissions that are missing', () => {
    const text = outcomeWords('scope', ['notes', 'tags'])?.text;
    expect(text).toBe(
      'Missing: write notes; read your tags. Nothing was changed. Authorize again and accept all of the permissions.',
    );
  });
});

describe('the permissions that an address names', () => {
  it.each([
    ['opportunities stages', ['opportunities', 'stages']],
    ['notes,notes', ['notes']],
    ['offline toString <b>', ['offline']],
    ['', []],
    [undefined, []],
  ])('%s', (text, permissions) => {
    expect(toPermissions(text)).toEqual(permissions);
  });
});
