import { expect, test } from 'vitest';
import { createPrompter } from './prompt.ts';

test('calls that wait for the same are asked once and go on together', async () => {
  const prompter = createPrompter();
  const both = Promise.all([prompter.ask('password'), prompter.ask('password')]);
  expect(prompter.read()).toEqual({ asked: 'password' });
  prompter.answer(true);
  expect(await both).toEqual([true, true]);
  expect(prompter.read()).toEqual({ asked: null });
});

test('whoever will not answer is not asked again by the same call', async () => {
  const prompter = createPrompter();
  const asked = prompter.ask('password');
  prompter.answer(false);
  expect(await asked).toBe(false);
});

test('a session that ends while the password is asked for is asked for instead, and answers both', async () => {
  const prompter = createPrompter();
  const both = Promise.all([prompter.ask('password'), prompter.ask('sign-in'), prompter.ask('password')]);
  expect(prompter.read()).toEqual({ asked: 'sign-in' });
  prompter.answer(true);
  expect(await both).toEqual([true, true, true]);
});

test('tells the dialog of every change', async () => {
  const prompter = createPrompter();
  const heard: unknown[] = [];
  const stop = prompter.subscribe(() => heard.push(prompter.read().asked));
  const asked = prompter.ask('sign-in');
  prompter.answer(true);
  await asked;
  stop();
  void prompter.ask('password');
  expect(heard).toEqual(['sign-in', null]);
});
