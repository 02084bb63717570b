import { Refusal } from '../http/answer.ts';
import { type Call, isObject } from '../http/call.ts';

/** Reads the fields of a control request; a wrong one is answered 400 with its name. */
export interface ControlInput {
  text(field: string): string;
  optionalText(field: string): string | undefined;
  textOrNull(field: string): string | null;
  flag(field: string): boolean;
  optionalNumber(field: string): number | undefined;
  optionalTexts(field: string): string[] | undefined;
}

/**
 * The body of a control request. It must be sent as JSON: a page of another origin cannot do that without the browser
 * asking first, and nobody says yes.
 */
export function controlInput(call: Call): ControlInput {
  if (!String(call.headers['content-type'] ?? '').startsWith('application/json')) {
    throw wrong('Send a JSON object with content-type application/json.');
  }
  if (!isObject(call.body)) throw wrong('Send a JSON object.');
  const { body } = call;
  const read = <Value>(field: string, is: (value: unknown) => value is Value, expected: string): Value => {
    const value = body[field];
    if (!is(value)) throw wrong(`"${field}" must be ${expected}.`);
    return value;
  };
  const given = <Value>(field: string, value: () => Value) =>
    body[field] === undefined ? undefined : value();
  const text = (field: string) => read(field, isText, 'a text');
  return {
    text,
    optionalText: (field) => given(field, () => text(field)),
    textOrNull: (field) => (body[field] === null ? null : text(field)),
    flag: (field) => read(field, (value) => typeof value === 'boolean', 'true or false'),
    optionalNumber: (field) =>
      given(field, () => read(field, (value) => typeof value === 'number', 'a number')),
    optionalTexts: (field) => given(field, () => read(field, areTexts, 'a list of texts')),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function wrong(message: string): Refusal {
  return new Refusal({ status: 400, body: { message } });
}
