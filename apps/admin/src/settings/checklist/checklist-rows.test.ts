import { describe, expect, it } from 'vitest';
import { type ChecklistFact, checklistCount, checklistRows, nextStep, sectionOf } from './checklist-rows.ts';

const steps = ['authorize', 'webhook', 'secret', 'stage', 'package', 'first-event'] as const;
const facts = (...done: readonly (typeof steps)[number][]): readonly ChecklistFact[] =>
  steps.map((step) => ({ step, isDone: done.includes(step) }));

describe('the checklist', () => {
  it.each([
    [facts(), 'authorize', '0 of 6 done'],
    [facts('authorize'), 'webhook', '1 of 6 done'],
    // A stage may be saved before Lever is authorized: what comes first stays next.
    [facts('stage', 'package'), 'authorize', '2 of 6 done'],
    [facts('authorize', 'webhook', 'secret', 'stage', 'package'), 'first-event', '5 of 6 done'],
    [facts(...steps), null, '6 of 6 done'],
  ] as const)('names the first open step as next', (given, next, count) => {
    expect(nextStep(given)).toBe(next);
    expect(checklistCount(given)).toBe(count);
    expect(
      checklistRows(given)
        .filter(({ isNext }) => isNext)
        .map(({ step }) => step),
    ).toEqual(next === null ? [] : [next]);
  });

  it.each([
    ['authorize', false, 'authorize'],
    ['webhook', false, 'webhook'],
    ['secret', false, 'webhook'],
    ['stage', false, 'stage'],
    ['package', false, 'turn-account'],
    ['package', true, 'ordering'],
    ['first-event', true, 'webhook'],
  ] as const)('leads from %s to where it is done', (step, isTurnConnected, place) => {
    expect(sectionOf(step, isTurnConnected)).toBe(place);
  });

  it('says what is so where a step is done, and what to do where it is open', () => {
    const [open] = checklistRows(facts());
    const [done] = checklistRows(facts('authorize'));
    expect(open?.sentence).toBe('Let Turn see your pipeline and write the status of checks.');
    expect(done?.sentence).toBe('Turn may work in your Lever account.');
  });
});
