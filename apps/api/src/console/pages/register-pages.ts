import { randomBytes } from 'node:crypto';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { securityHeaders } from '../security-headers.ts';
import type { Pages } from './read-pages.ts';

// An address below these that nothing answers is a mistake of a program, not a page.
const notPages = /^\/(?:api|webhooks|oauth|assets|livez|readyz)(?:\/|$)/u;
// A file that is not there, as browsers and scanners ask for.
const isFile = /\.[^/]*$/u;

/**
 * What a page may do: run and load what comes from here, and nothing else. Scripts stand in files only. Styles made at run
 * time carry the nonce of the answer they belong to.
 */
const policyFor = (styleNonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * The console's pages. Every address that nothing else answers gets the one document, and its script finds out which page
 * it is; hashed files are kept by browsers for ever, the document never.
 */
export const registerPages = async (
  server: FastifyInstance,
  { pages, publicUrl }: { readonly pages: Pages; readonly publicUrl: string },
): Promise<void> => {
  await server.register(async (scope) => {
    await scope.register(helmet, { ...securityHeaders(publicUrl), contentSecurityPolicy: false });
    await scope.register(fastifyStatic, {
      root: pages.assets,
      prefix: '/assets/',
      index: false,
      decorateReply: false,
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
    });
    scope.get('/*', async (request, reply) => {
      const path = request.url.split('?')[0] ?? '';
      if (notPages.test(path) || isFile.test(path)) return reply.callNotFound();
      const styleNonce = randomBytes(16).toString('base64url');
      return reply
        .header('content-security-policy', policyFor(styleNonce))
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(pages.document(styleNonce));
    });
  });
};
