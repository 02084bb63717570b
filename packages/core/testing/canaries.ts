import { encodedForms } from './encoded-forms.ts';

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
  /** The 32 bytes that tests seal with. */
  sealingKey: 'secretcanary-that-tests-seal-by.',
} as const;

/** What a canary stands for. */
export type CanaryKind = 'name' | 'email' | 'phone' | 'admin' | 'secret';

interface Marks {
  /** Texts without any meaning in a pattern: looked for as they are, and encoded. */
  readonly texts: readonly string[];
  /** Further patterns. */
  readonly patterns?: readonly string[];
  /** Looked for encoded alone: as they are, a pattern finds them. */
  readonly encoded?: readonly string[];
}

/**
 * The emulators mark their secrets by `c0ffee5ec4e7`; their access tokens begin as every JWT with such a header does
 * (HS512 and HS256), and what we seal does not. Darth Vader is one of Turn's test identities.
 */
const marks: Readonly<Record<CanaryKind, Marks>> = {
  name: { texts: ['namecanary'], patterns: ['(?:\\b|%20)Vader\\b'], encoded: ['Darth Vader'] },
  email: { texts: ['mailcanary'] },
  phone: {
    texts: [],
    patterns: ['202(?:\\D|%[0-9a-f][0-9a-f]){0,2}555(?:\\D|%2d)?0143'],
    encoded: ['2025550143', '(202) 555-0143'],
  },
  admin: { texts: ['admincanary'] },
  secret: {
    texts: [
      'secretcanary',
      'c0ffee5ec4e7',
      'emulated-client-secret',
      'eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9',
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    ],
  },
};

const patternsOf = ({ texts, patterns = [], encoded = [] }: Marks): readonly string[] => [
  ...texts,
  ...patterns,
  ...[...texts, ...encoded].flatMap(encodedForms),
];

/** Columns in which a kind may stand in clear: names to show, and whom to let in. */
export const allowedColumns: Readonly<Record<string, readonly CanaryKind[]>> = {
  'public.background_check.display_name': ['name'],
  'public.person.email': ['admin'],
  'public.person.name': ['name'],
  'public.one_time_link.email': ['admin'],
};

const kinds = Object.keys(marks) as CanaryKind[];

// One takes some 50 ms to be compiled.
const expressions = new Map<string, RegExp>();

/**
 * Recognises all kinds but these, in whatever case, encoded too, and further texts without any meaning in a pattern.
 */
export const canaryExpression = (
  further: Iterable<string> = [],
  except: readonly CanaryKind[] = [],
): RegExp => {
  const looked = kinds.filter((kind) => !except.includes(kind)).map((kind) => marks[kind]);
  const source = [...looked, { texts: [...further] }].flatMap(patternsOf).join('|');
  const known = expressions.get(source);
  if (known !== undefined) return known;
  const made = new RegExp(source, 'iu');
  expressions.set(source, made);
  return made;
};

/** Where the first canary stands in a text, or one of these further texts; -1: nowhere. */
export const findCanary = (
  text: string,
  further: Iterable<string> = [],
  except: readonly CanaryKind[] = [],
): number => {
  const at = text.search(canaryExpression([], except));
  if (at >= 0) return at;
  for (const one of further) {
    const found = text.indexOf(one);
    if (found >= 0) return found;
  }
  return -1;
};
