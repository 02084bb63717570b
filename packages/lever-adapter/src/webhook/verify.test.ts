import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signLeverDelivery } from './sign.ts';
import { verifyLeverSignature } from './verify.ts';

const signatureToken = 'c0ffee00'.repeat(6);
/** The test vector of lever-api.md §3.3, cross-checked with openssl. */
const signed = {
  token: 'ab12cd34'.repeat(6),
  triggeredAtText: '1766500000000',
  signature: '80d7e0a370f611d2214fb8ea6349b8678ec51699ea34b835622a5df76d82a65a',
};

test('accepts and makes the published test vector', () => {
  expect(signLeverDelivery(signed, signatureToken)).toBe(signed.signature);
  expect(verifyLeverSignature(signed, [signatureToken])).toBe(true);
});

test('accepts what the emulator signs', () => {
  const body = signDelivery({ signatureToken, data: { opportunityId: 'a' } });
  const triggeredAtText = String(body.triggeredAt);
  expect(verifyLeverSignature({ ...body, triggeredAtText }, [signatureToken])).toBe(true);
});

test('takes the signature token as text: its bytes are not the key', () => {
  const asBytes = Buffer.from(signatureToken, 'hex').toString('latin1');
  expect(verifyLeverSignature(signed, [asBytes])).toBe(false);
});

test('does not sign the raw body, nor a timestamp with a dot between', () => {
  const overBody = signLeverDelivery({ token: JSON.stringify(signed), triggeredAtText: '' }, signatureToken);
  const dotted = signLeverDelivery(
    { token: `${signed.token}.`, triggeredAtText: signed.triggeredAtText },
    signatureToken,
  );
  expect(verifyLeverSignature({ ...signed, signature: overBody }, [signatureToken])).toBe(false);
  expect(verifyLeverSignature({ ...signed, signature: dotted }, [signatureToken])).toBe(false);
});

test('tries every token of the connection, wherever the right one stands', () => {
  const others = ['previous', 'current'];
  expect(verifyLeverSignature(signed, [signatureToken, ...others])).toBe(true);
  expect(verifyLeverSignature(signed, [...others, signatureToken])).toBe(true);
  expect(verifyLeverSignature(signed, others)).toBe(false);
});

test('refuses everything while there is no token', () => {
  expect(verifyLeverSignature(signed, [])).toBe(false);
  const dummy = signLeverDelivery(signed, 'no-signature-token');
  expect(verifyLeverSignature({ ...signed, signature: dummy }, [])).toBe(false);
});

test('never takes an empty signature token for a key, since everybody knows it', () => {
  const signature = signLeverDelivery(signed, '');
  expect(verifyLeverSignature({ ...signed, signature }, [''])).toBe(false);
});

test('R29 signs the text that was sent: leading zeros and other number forms are other texts', () => {
  for (const triggeredAtText of ['01766500000000', '1766500000000.0', '1.7665e12', '1766500000001']) {
    expect(verifyLeverSignature({ ...signed, triggeredAtText }, [signatureToken])).toBe(false);
  }
});

describe('R18 refuses a signature that', () => {
  const { signature } = signed;
  test.each([
    ['is missing', undefined],
    ['is null', null],
    ['is empty', ''],
    ['is upper-case', signature.toUpperCase()],
    ['is one digit off', `${signature.slice(0, -1)}b`],
    ['is too short', signature.slice(1)],
    ['is too long', `${signature}0`],
    ['ends in a newline', `${signature}\n`],
    ['is not hex', `m${signature.slice(1)}`],
    ['has 64 characters but more bytes', 'ü'.repeat(64)],
    ['is 64 NULs', '\0'.repeat(64)],
    ['is a number', 42],
    ['is a list of the right text', [signature]],
    ['is an object', { toString: () => signature }],
    ['is base64', Buffer.from(signature, 'hex').toString('base64')],
  ])('%s', (_, wrong) => {
    expect(verifyLeverSignature({ ...signed, signature: wrong }, [signatureToken])).toBe(false);
  });
});

test('never throws, and accepts nothing by chance', () => {
  fc.assert(
    fc.property(
      fc.record({
        token: fc.string({ unit: 'binary' }),
        triggeredAtText: fc.string(),
        signature: fc.anything(),
      }),
      fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
      (given, tokens) => {
        expect(verifyLeverSignature(given, tokens)).toBe(false);
      },
    ),
  );
});

test('accepts what was signed with any of the tokens, and nothing that was changed afterwards', () => {
  const text = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(text, fc.nat(), text, fc.array(fc.string()), (token, at, key, others) => {
      const given = { token, triggeredAtText: String(at) };
      const signature = signLeverDelivery(given, key);
      expect(verifyLeverSignature({ ...given, signature }, [...others, key])).toBe(true);
      expect(verifyLeverSignature({ ...given, token: `${token}x`, signature }, [...others, key])).toBe(false);
    }),
  );
});
