/** Data of invented persons and partners that can be recognised wherever it turns up. */
export const canary = {
  firstName: 'Adanamecanary',
  lastName: 'Examplenamecanary',
  name: 'Adanamecanary Examplenamecanary',
  email: 'ada.mailcanary@example.com',
  /** As Lever has it, and as Turn gets it. */
  phone: '(202) 555-0143',
  phoneDigits: '12025550143',
  /** A Super Admin of ours, who signs in by it. */
  adminEmail: 'admincanary@example.com',
  /** A token or key that we are given. */
  secret: (what: string): string => `secretcanary-${what}`,
} as const;

/** What a canary stands for. */
export type CanaryKind = 'name' | 'email' | 'phone' | 'admin' | 'secret';

/**
 * How each kind is recognised, in whatever case: by patterns that JavaScript and Postgres read alike. The emulators mark
 * their secrets by `c0ffee5ec4e7`; their access tokens begin as every JWT with such a header does (HS512 and HS256), and
 * what we seal does not; `BwcH…` is the tests' key for sealing. Darth Vader is one of Turn's test identities.
 */
export const canaryPatterns: Readonly<Record<CanaryKind, string>> = {
  name: 'namecanary|\\mVader\\M',
  email: 'mailcanary',
  phone: '202\\D{0,2}555\\D?0143',
  admin: 'admincanary',
  secret:
    'secretcanary|c0ffee5ec4e7|emulated-client-secret|eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9|eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9|BwcHBwcHBwcHBwcH',
};

/** Columns in which a kind may stand in clear: names to show, and whom to let in. */
export const allowedColumns: Readonly<Record<string, readonly CanaryKind[]>> = {
  'public.background_check.display_name': ['name'],
  'public.person.email': ['admin'],
  'public.person.name': ['name'],
  'public.one_time_link.email': ['admin'],
};

const kinds = Object.keys(canaryPatterns) as CanaryKind[];

/** One pattern for all kinds but these, and for further texts without any meaning in a pattern. */
export const canaryPattern = (except: readonly CanaryKind[] = [], further: Iterable<string> = []): string =>
  [...kinds.filter((kind) => !except.includes(kind)).map((kind) => canaryPatterns[kind]), ...further].join(
    '|',
  );

/** The same for JavaScript. */
export const canaryExpression = (
  further: Iterable<string> = [],
  except: readonly CanaryKind[] = [],
): RegExp => new RegExp(canaryPattern(except, further).replaceAll(/\\[mM]/gu, '\\b'), 'iu');
