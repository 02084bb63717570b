import { expect, test } from 'vitest';
import { readProblem } from './error-reader.ts';

const nothing = { code: null, fields: [], isUnknownWorker: false };

test.each<[unknown, Partial<ReturnType<typeof readProblem>>]>([
  [{ message: 'Worker with id w was not found' }, { isUnknownWorker: true }],
  [{ error: 'Person with id p was not found.' }, { isUnknownWorker: true }],
  [{ message: 'Not Found' }, {}],
  [{ error: 'not found' }, {}],
  [{ message: 'The requested URL was not found on the server.' }, {}],
  [{ message: 'No route for worker 7 was not found' }, {}],
  [{ description: 'Worker does not exist' }, {}],
  [{ message: 'The request was not understood' }, {}],
  [{ code: 'invalid_header', description: 'Unable to parse' }, { code: 'invalid_header' }],
  [{ message: { code: '9400', message: 'Duplicate' } }, { code: '9400' }],
  [{ message: { code: 9200 } }, { code: '9200' }],
  [{ code: 'Darth Vader' }, {}],
  [{ code: { a: 1 } }, {}],
  [
    { 'json.first_name': ['Missing data for required field.'], 'json.email': ['Bad'] },
    { fields: ['first_name', 'email'] },
  ],
  [{ json: { email: ['Not a valid email address.'] } }, { fields: ['email'] }],
  [{ 'json.email': ['x'], json: { email: ['y'] } }, { fields: ['email'] }],
  [{ 'json.a@example.com': ['x'], 'json.': ['x'], 'json.<b>': ['x'] }, {}],
  [{ message: "Package P0000000009 doesn't exist." }, { fields: ['package_id'] }],
  [{ _schema: ['Invalid input type.'] }, {}],
  [{ _schema: ["Package P0000000009 doesn't exist."] }, { fields: ['package_id'] }],
  [{ message: 1, error: null, description: [], _schema: 'x', json: 'y' }, {}],
  [null, {}],
  ['not found', {}],
  [['not found'], {}],
  [undefined, {}],
])('reads %j', (body, expected) => {
  expect(readProblem(body)).toEqual({ ...nothing, ...expected });
});

test('names at most twenty fields', () => {
  const body = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`json.field_${index}`, ['Bad']]));
  expect(readProblem(body).fields).toHaveLength(20);
});
