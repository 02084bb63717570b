import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings, parseSettings } from './settings.ts';

describe('settings', () => {
  test('start as the help article says', () => {
    expect(parseSettings({})).toEqual({ kind: 'valid', settings: defaultSettings });
    expect(defaultSettings.triggerStage).toBe('Reference Check');
  });

  test('change what is given and keep the rest', () => {
    const current = { ...defaultSettings, ordersPerHour: 7 };
    expect(parseSettings({ triggerStage: '  Offer ' }, current)).toEqual({
      kind: 'valid',
      settings: { ...current, triggerStage: 'Offer' },
    });
  });

  test.each<[string, unknown, string]>([
    ['triggerStage', '  ', 'not empty'],
    ['triggerStage', 'x'.repeat(201), 'at most 200'],
    ['defaultPackageId', 7, 'not empty'],
    ['onInvalidPackageTag', 'ignore', '"default" or "hold"'],
    ['waitBeforeOrdering', -1, '0 to 86400 seconds'],
    ['waitBeforeOrdering', 1.5, 'whole number'],
    ['waitBeforeOrdering', '30', 'whole number'],
    ['ordersPerHour', 0, '1 to 10000'],
    ['reportNoteSecret', 'yes', 'true or false'],
    ['connected', true, 'Not a setting'],
    ['constructor', true, 'Not a setting'],
  ])('%s: %j is refused with %s', (path, value, message) => {
    expect(parseSettings({ [path]: value })).toEqual({
      kind: 'invalid',
      issues: [{ path, message: expect.stringContaining(message) }],
    });
  });

  test('all that is wrong is said at once', () => {
    const read = parseSettings({ triggerStage: '', ordersPerHour: 0, nonsense: 1 });
    expect(read).toMatchObject({
      issues: [{ path: 'triggerStage' }, { path: 'ordersPerHour' }, { path: 'nonsense' }],
    });
  });

  test('anything can be given without throwing', () => {
    fc.assert(fc.property(fc.anything(), (given) => void parseSettings(given)));
  });
});
