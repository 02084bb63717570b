import { isObject } from '../../http/call.ts';

/** What `search_async` was asked for, defaults filled in. */
export interface OrderFields {
  firstName: string;
  lastName: string;
  email: string;
  callbackUrl: string;
  phoneNumber: string | null;
  emailCandidate: boolean;
  packageId: string | null;
  referenceId: string | null;
  redirectUrl: string | null;
  doChecks: boolean;
}

const required = ['first_name', 'last_name', 'email', 'callback_url'];
const optional = [
  'phone_number',
  'email_candidate',
  'package_id',
  'reference_id',
  'redirect_url',
  'do_checks',
];
const switches = ['email_candidate', 'do_checks'];

/** Turn's validation errors: `{"json.<field>": ["…"]}` (turn-api.md §1.4), or `{"_schema": ["…"]}`. */
export type FieldErrors = Record<string, string[]>;

/** Reads an order, or gives every field that is wrong. */
export function readOrder(body: unknown): OrderFields | { errors: FieldErrors } {
  if (!isObject(body)) return { errors: { _schema: ['Invalid input type.'] } };
  const errors = validate(body);
  if (Object.keys(errors).length > 0) return { errors };
  const text = (field: string) => (typeof body[field] === 'string' ? body[field] : null);
  return {
    firstName: text('first_name') ?? '',
    lastName: text('last_name') ?? '',
    email: text('email') ?? '',
    callbackUrl: text('callback_url') ?? '',
    phoneNumber: text('phone_number'),
    emailCandidate: body.email_candidate !== false,
    packageId: text('package_id'),
    referenceId: text('reference_id'),
    redirectUrl: text('redirect_url'),
    doChecks: body.do_checks !== false,
  };
}

function validate(body: Record<string, unknown>): FieldErrors {
  const errors: FieldErrors = {};
  const known = [...required, ...optional];
  for (const field of Object.keys(body))
    if (!known.includes(field)) errors[`json.${field}`] = ['Unknown field.'];
  for (const field of known) {
    const problem = body[field] === undefined ? missing(field) : problemOf(field, body[field]);
    if (problem !== null) errors[`json.${field}`] = [problem];
  }
  return errors;
}

function missing(field: string): string | null {
  return required.includes(field) ? 'Missing data for required field.' : null;
}

function problemOf(field: string, value: unknown): string | null {
  if (switches.includes(field)) return typeof value === 'boolean' ? null : 'Not a valid boolean.';
  if (value === null) return 'Field may not be null.';
  if (typeof value !== 'string') return 'Not a valid string.';
  if (required.includes(field) && value.trim() === '') return 'Missing data for required field.';
  if (field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return 'Not a valid email address.';
  if (field.endsWith('_url') && !/^https?:$/.test(URL.parse(value)?.protocol ?? ''))
    return 'Not a valid URL.';
  // 10 or 11 digits, no plus sign (turn-api.md §1.4).
  if (field === 'phone_number' && !/^\d{10,11}$/.test(value)) return 'Not a valid phone number.';
  return null;
}
