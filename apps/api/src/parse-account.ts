import type { NewAccount } from '@turn-lever/core/ports/connections';
import { type Issue, parseSettings } from '@turn-lever/core/settings';
import { z } from 'zod';

const secret = z.string().trim().min(1, 'Expected a text that is not empty.').max(8192);
const instant = z.union(
  [z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)), z.int().positive()],
  'Expected an ISO 8601 time, or ms since 1970.',
);

const schema = z.strictObject({
  name: z.string().trim().min(1, 'Expected a text that is not empty.').max(200),
  superAdminEmail: z.email('Expected an e-mail address.').transform((email) => email.toLowerCase()),
  lever: z.strictObject({
    environment: z.enum(['sandbox', 'production'], 'Expected sandbox or production.'),
    accountId: z.string().trim().min(1, 'Expected a text that is not empty.').max(200),
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
