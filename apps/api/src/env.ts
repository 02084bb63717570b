import process from 'node:process';
import { z } from 'zod';
import { encryptionKeysForm, parseEncryptionKeys } from './config/encryption-keys.ts';
import { isLoopback } from './config/is-loopback.ts';
import { readLocalSecrets } from './config/local-secrets.ts';

const parsedUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
const isSafeUrl = (text: string): boolean => {
  const url = parsedUrl(text);
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
};
const isOrigin = (text: string): boolean => {
  const url = parsedUrl(text);
  return url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
};
const hasProtocol =
  (...protocols: string[]) =>
  (text: string) =>
    protocols.includes(parsedUrl(text)?.protocol ?? '');

const safeUrl = z.string().refine(isSafeUrl, 'expected an https URL (http only on this machine)');
const port = z
  .string()
  .refine((text) => /^\d{1,5}$/u.test(text) && Number(text) <= 65_535, 'expected a port, 0 to 65535');
const lever = {
  CLIENT_ID: z.string(),
  CLIENT_SECRET: z.string(),
  API_URL: safeUrl,
  AUTH_URL: safeUrl,
  AUDIENCE: z.string().url('expected a URL, with its slash at the end'),
  ISSUER: safeUrl,
};

const schema = z.object({
  DATABASE_URL: z
    .string()
    .refine(hasProtocol('postgres:', 'postgresql:'), 'expected postgres://user:password@host:port/name')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default('3000'),
  PUBLIC_URL: safeUrl.refine(isOrigin, 'expected scheme and host only, without a path').optional(),
  ROLE: z.enum(['all', 'web', 'worker'], 'expected all, web or worker').default('all'),
  AUTH_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  ENCRYPTION_KEYS: z
    .string()
    .refine((text) => parseEncryptionKeys(text) !== null, `expected ${encryptionKeysForm}`)
    .optional(),
  LEVER_PRODUCTION_CLIENT_ID: lever.CLIENT_ID.optional(),
  LEVER_PRODUCTION_CLIENT_SECRET: lever.CLIENT_SECRET.optional(),
  LEVER_PRODUCTION_API_URL: lever.API_URL.default('https://api.lever.co/v1'),
  LEVER_PRODUCTION_AUTH_URL: lever.AUTH_URL.default('https://auth.lever.co'),
  LEVER_PRODUCTION_AUDIENCE: lever.AUDIENCE.default('https://api.lever.co/v1/'),
  LEVER_PRODUCTION_ISSUER: lever.ISSUER.optional(),
  LEVER_SANDBOX_CLIENT_ID: lever.CLIENT_ID.optional(),
  LEVER_SANDBOX_CLIENT_SECRET: lever.CLIENT_SECRET.optional(),
  LEVER_SANDBOX_API_URL: lever.API_URL.default('https://api.sandbox.lever.co/v1'),
  LEVER_SANDBOX_AUTH_URL: lever.AUTH_URL.default('https://sandbox-lever.auth0.com'),
  LEVER_SANDBOX_AUDIENCE: lever.AUDIENCE.default('https://api.sandbox.lever.co/v1/'),
  LEVER_SANDBOX_ISSUER: lever.ISSUER.optional(),
  TURN_API_URL: safeUrl.default('https://api.turn.ai/v1'),
  TURN_DASHBOARD_HOSTS: z
    .string()
    .default('partners.turn.ai,partners.turning.io')
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
    .refine(
      (hosts) => hosts.every((host) => /^[a-z0-9.-]+(?::\d{1,5})?$/u.test(host)),
      'expected hosts separated by commas, without https://',
    ),
  SMTP_URL: z.string().refine(hasProtocol('smtp:', 'smtps:'), 'expected smtp:// or smtps://').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/u, 'expected an e-mail address')
    .optional(),
  ALERT_WEBHOOK_URL: safeUrl.optional(),
  TRUST_PROXY: z
    .string()
    .transform((text) => text.split(',').map((address) => address.trim()))
    .refine(
      (addresses) => addresses.every((address) => /^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/u.test(address)),
      'expected addresses of proxies separated by commas',
    )
    .optional(),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'expected trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
});

/** The settings of one installation, as read from the environment and found sound. */
export type Env = ReturnType<typeof complete>;

/** Something wrong with one variable. Never holds its value. */
export interface EnvIssue {
  readonly variable: string;
  readonly problem: string;
}

const rules = (values: z.output<typeof schema>): EnvIssue[] => {
  const issues: EnvIssue[] = [];
  const needs = (isMissing: boolean, variable: string, problem: string): void => {
    if (isMissing) issues.push({ variable, problem });
  };
  const onServer = values.DATABASE_URL !== undefined;
  const publicUrl = values.PUBLIC_URL === undefined ? null : new URL(values.PUBLIC_URL);
  needs(
    onServer && values.AUTH_SECRET === undefined,
    'AUTH_SECRET',
    'expected at least 32 characters, required with DATABASE_URL',
  );
  needs(
    onServer && values.ENCRYPTION_KEYS === undefined,
    'ENCRYPTION_KEYS',
    `expected ${encryptionKeysForm}; required with DATABASE_URL`,
  );
  needs(
    onServer && publicUrl === null && !isLoopback(new URL(values.TURN_API_URL)),
    'PUBLIC_URL',
    'expected the https address that Turn and Lever reach, since TURN_API_URL is not on this machine',
  );
  needs(!onServer && values.ROLE !== 'all', 'ROLE', 'expected all, since web and worker need DATABASE_URL');
  needs(
    !onServer && publicUrl !== null && !isLoopback(publicUrl),
    'DATABASE_URL',
    'expected a Postgres, since PUBLIC_URL is not on this machine and the embedded database is for trying out',
  );
  for (const environment of ['PRODUCTION', 'SANDBOX'] as const) {
    const id = values[`LEVER_${environment}_CLIENT_ID`];
    const secret = values[`LEVER_${environment}_CLIENT_SECRET`];
    needs(
      id !== undefined && secret === undefined,
      `LEVER_${environment}_CLIENT_SECRET`,
      'expected a value, since the client id is set',
    );
    needs(
      id === undefined && secret !== undefined,
      `LEVER_${environment}_CLIENT_ID`,
      'expected a value, since the client secret is set',
    );
  }
  needs(
    values.SMTP_URL !== undefined && values.MAIL_FROM === undefined,
    'MAIL_FROM',
    'expected an e-mail address, since SMTP_URL is set',
  );
  return issues;
};

const leverOf = (values: z.output<typeof schema>, environment: 'PRODUCTION' | 'SANDBOX') => {
  const clientId = values[`LEVER_${environment}_CLIENT_ID`];
  const clientSecret = values[`LEVER_${environment}_CLIENT_SECRET`];
  if (clientId === undefined || clientSecret === undefined) return null;
  return {
    clientId,
    clientSecret,
    apiUrl: values[`LEVER_${environment}_API_URL`],
    authUrl: values[`LEVER_${environment}_AUTH_URL`],
    audience: values[`LEVER_${environment}_AUDIENCE`],
    issuer: values[`LEVER_${environment}_ISSUER`] ?? values[`LEVER_${environment}_AUTH_URL`],
  };
};

const complete = (values: z.output<typeof schema>) => {
  const local =
    values.AUTH_SECRET === undefined || values.ENCRYPTION_KEYS === undefined
      ? readLocalSecrets(values.DATA_DIR)
      : null;
  const host = values.HOST.includes(':') ? `[${values.HOST}]` : values.HOST;
  return {
    databaseUrl: values.DATABASE_URL ?? null,
    dataDirectory: values.DATA_DIR,
    host: values.HOST,
    port: Number(values.PORT),
    publicUrl: new URL(values.PUBLIC_URL ?? `http://${host}:${values.PORT}`).origin,
    role: values.ROLE,
    authSecret: values.AUTH_SECRET ?? local?.authSecret ?? '',
    encryptionKeys: parseEncryptionKeys(values.ENCRYPTION_KEYS ?? local?.encryptionKeys ?? '') ?? [],
    lever: { production: leverOf(values, 'PRODUCTION'), sandbox: leverOf(values, 'SANDBOX') },
    turnApiUrl: values.TURN_API_URL,
    turnDashboardHosts: values.TURN_DASHBOARD_HOSTS,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? null,
    alertWebhookUrl: values.ALERT_WEBHOOK_URL ?? null,
    trustProxy: values.TRUST_PROXY ?? null,
    logLevel: values.LOG_LEVEL,
  };
};

/**
 * Reads the environment, the only place that does. Answers either the whole of it or everything that is wrong at once;
 * an empty variable counts as not set. On the embedded database missing secrets are made and kept in `DATA_DIR`.
 */
export const readEnv = (
  source: Readonly<Record<string, string | undefined>> = process.env,
): { kind: 'valid'; env: Env } | { kind: 'invalid'; issues: readonly EnvIssue[] } => {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = schema.safeParse(given);
  if (!read.success) {
    return {
      kind: 'invalid',
      issues: read.error.issues.map(({ path, message }) => ({ variable: String(path[0]), problem: message })),
    };
  }
  const issues = rules(read.data);
  return issues.length > 0 ? { kind: 'invalid', issues } : { kind: 'valid', env: complete(read.data) };
};

/** The sentence for a start that is refused. Names variables and what is expected, never a value. */
export const describeEnvIssues = (issues: readonly EnvIssue[]): string =>
  [
    'The program does not start, because of its environment variables:',
    ...issues.map(({ variable, problem }) => `  ${variable}: ${problem}`),
  ].join('\n');
