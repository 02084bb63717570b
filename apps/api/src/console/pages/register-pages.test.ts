import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPages } from './read-pages.ts';
import { registerPages } from './register-pages.ts';

const directory = mkdtempSync(join(tmpdir(), 'turn-lever-pages-'));
const server = fastify();
beforeAll(async () => {
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<meta property="csp-nonce" nonce="%STYLE_NONCE%" />');
  writeFileSync(join(directory, 'assets/index-abc.js'), 'export {};');
  writeFileSync(join(directory, 'secret.txt'), 'not an asset');
  const pages = readPages(directory);
  if (pages === null) throw new Error('no pages');
  server.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: 'nothing is here' }));
  server.get('/api/known', async () => ({}));
  await registerPages(server, { pages, publicUrl: 'https://console.example.com' });
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});
const get = (url: string) => server.inject({ url });

test.each(['/', '/settings?account=abc', '/set-up', '/checks/abc', '/no/such/page'])(
  '%s gets the document, which nobody keeps',
  async (path) => {
    const { statusCode, headers, body } = await get(path);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('csp-nonce');
  },
);

test.each([
  '/api',
  '/api/unknown',
  '/webhooks/lever',
  '/oauth/unknown',
  '/assets/index-old.js',
  '/assets/../secret.txt',
  '/assets/%2e%2e/secret.txt',
  '/favicon.ico',
  '/.env',
  '/wp-login.php',
])('%s is not a page and not found', async (path) => {
  const { statusCode, body } = await get(path);
  expect([statusCode, body]).toEqual([404, '{"error":"nothing is here"}']);
});

test('a page runs and loads only what comes from here, is framed by nobody, and each answer has a nonce of its own', async () => {
  const [first, second] = [await get('/'), await get('/')];
  const policy = String(first.headers['content-security-policy']);
  const nonce = /'nonce-([\w-]{22})'/u.exec(policy)?.[1] ?? '';
  expect(policy.replace(nonce, 'X').split('; ').toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'nonce-X'",
  ]);
  expect(first.body).toBe(`<meta property="csp-nonce" nonce="${nonce}" />`);
  expect(second.headers['content-security-policy']).not.toBe(policy);
  expect(first.headers).toMatchObject({
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  });
});

test('a file with its content in its name is kept for ever', async () => {
  const { statusCode, headers } = await get('/assets/index-abc.js');
  expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  expect(headers['content-type']).toMatch(/^application\/javascript/u);
});

test('there are no pages where nothing was built', () => {
  expect(readPages(join(directory, 'assets'))).toBeNull();
});
