import { randomBytes } from 'node:crypto';
import type { ConnectionId } from '@turn-lever/core/ids';
import { expect, test } from 'vitest';
import { createSealing } from './seal.ts';

const place = { connectionId: 'connection-1' as ConnectionId, column: 'access_token' };
const old = { kid: 'old', key: randomBytes(32) };
const fresh = { kid: 'fresh', key: randomBytes(32) };
const secret = 'a-secret-token-ä';

test('what was sealed comes back, and does not stand in the sealed text', async () => {
  const sealing = createSealing([fresh]);
  const sealed = await sealing.seal(secret, place);
  expect(sealed).not.toContain('a-secret');
  expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('a-secret');
  expect(await sealing.unseal(sealed, place)).toBe(secret);
});

test('the same secret is sealed differently each time', async () => {
  const sealing = createSealing([fresh]);
  expect(await sealing.seal(secret, place)).not.toBe(await sealing.seal(secret, place));
});

test('the first key seals, older ones still open', async () => {
  const sealed = await createSealing([old]).seal(secret, place);
  const rotated = createSealing([fresh, old]);
  expect(await rotated.unseal(sealed, place)).toBe(secret);
  expect(await createSealing([fresh]).unseal(await rotated.seal(secret, place), place)).toBe(secret);
});

test('an unknown key is named, the secret is not', async () => {
  const sealed = await createSealing([old]).seal(secret, place);
  const opened = createSealing([fresh]).unseal(sealed, place);
  await expect(opened).rejects.toMatchObject({ code: 'unavailable' });
  await expect(opened).rejects.toThrow(/"old" is not among/);
});

test('one changed bit anywhere is noticed', async () => {
  const sealing = createSealing([fresh]);
  const parts = (await sealing.seal(secret, place)).split('.');
  for (const index of [0, 2, 3, 4]) {
    const bytes = Buffer.from(parts[index] ?? '', 'base64url');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    const changed = parts.with(index, bytes.toString('base64url')).join('.');
    await expect(sealing.unseal(changed, place)).rejects.toMatchObject({ code: 'unavailable' });
  }
  await expect(sealing.unseal('nonsense', place)).rejects.toMatchObject({ code: 'unavailable' });
});

test.each([
  { ...place, connectionId: 'connection-2' as ConnectionId },
  { ...place, column: 'turn_token' },
])('a secret that was moved to another place does not open: %j', async (elsewhere) => {
  const sealing = createSealing([fresh]);
  const sealed = await sealing.seal(secret, place);
  await expect(sealing.unseal(sealed, elsewhere)).rejects.toThrow('another place');
});

test.each([
  ['no key', []],
  ['a key that is too short', [{ kid: 'short', key: randomBytes(16) }]],
  ['two keys of one name', [old, { ...old }]],
])('%s is refused at once', (_, keys) => {
  expect(() => createSealing(keys)).toThrow(/key/);
});
