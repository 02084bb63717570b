import { expect, test } from 'vitest';
import { linkLetter } from './letters.ts';

const url = 'https://checks.example.com/invitation#token';

test('R100 what an account is called is text in the letter, and no part of its head', () => {
  const accountName = '<img src=x onerror=alert(1)> & "Sons"';
  const link = {
    purpose: 'invitation',
    accountName,
    email: 'x@example.com',
    role: 'admin',
    hasPassword: false,
  } as const;
  const { subject, text, html } = linkLetter(link, { url, expiresAt: Date.UTC(2026, 10, 24, 12) });
  expect(subject).not.toContain('Sons');
  expect(text).toContain(accountName);
  expect(text).toContain('until 2026-11-24 12:00 UTC');
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Sons&quot;');
});
