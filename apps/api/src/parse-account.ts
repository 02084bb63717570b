import type { NewAccount } from '@turn-lever/core/ports/connections';
import { type Issue, parseSettings } from '@turn-lever/core/settings';
import { z } from 'zod';

// What no database column or HTTP header takes.
const isPlain = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);
const plain = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'Expected a text that is not empty.')
    .max(longest, `Expected at most ${longest} characters.`)
    .refine(isPlain, 'Expected a text without control characters.');
const secret = plain(8192).refine((text) => !/\s/u.test(text), 'Expected a text without blanks.');
// 2100-01-01, in ms: what is beyond it was not meant as a time.
const latest = 4_102_444_800_000;
const instant = z.union(
  [
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    z.int().positive().max(latest, 'Expected an ISO 8601 time, or ms since 1970.'),
  ],
  'Expected an ISO 8601 time, or ms since 1970.',
);

const schema = z.strictObject({
  name: plain(200),
  superAdminEmail: z.email('Expected an e-mail address.').transform((email) => email.toLowerCase()),
  lever: z.strictObject({
    environment: z.enum(['sandbox', 'production'], 'Expected sandbox or production.'),
    accountId: plain(200),
    accessToken: secret,
    refreshToken: secret,
    expiresAt: instant,
    signatureToken: secret,
  }),
  turn: z.strictObject({ token: secret }),
  settings: z.record(z.string(), z.unknown()),
});

/** An account as read from text, or everything that is wrong with it at once. Messages never hold a value. */
export type AccountReading =
  | { readonly kind: 'valid'; readonly account: NewAccount }
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] };

/** Reads the JSON that `account:create` is given. Strict: unknown and missing fields are refused. Never throws. */
export const parseAccount = (text: string): AccountReading => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'invalid', issues: [{ path: '', message: 'Expected JSON.' }] };
  }
  const read = schema.safeParse(json);
  const given = (json as { settings?: unknown } | null)?.settings;
  const settings = parseSettings(given ?? {});
  const issues = [
    ...(read.success
      ? []
      : read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))),
    ...(settings.kind === 'valid'
      ? []
      : settings.issues.map(({ path, message }) => ({ path: `settings.${path}`, message }))),
  ];
  if (!read.success || settings.kind === 'invalid') return { kind: 'invalid', issues };
  return { kind: 'valid', account: { ...read.data, settings: settings.settings } };
};
