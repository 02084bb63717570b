import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signed JWT (HS512, as in Lever's sample). */
export function signJwt(claims: Record<string, unknown>, key: string): string {
  const head = encode({ alg: 'HS512', typ: 'JWT' });
  const body = encode(claims);
  return `${head}.${body}.${signature(`${head}.${body}`, key)}`;
}

/** The claims of any well-formed JWT, its signature unverified; null for anything else. */
export function readJwt(token: string): Record<string, unknown> | null {
  const [, body, ...rest] = token.split('.');
  if (body === undefined || rest.length !== 1) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export function isSignedWith(token: string, key: string): boolean {
  const end = token.lastIndexOf('.');
  const given = Buffer.from(token.slice(end + 1));
  const right = Buffer.from(signature(token.slice(0, Math.max(end, 0)), key));
  return given.length === right.length && timingSafeEqual(given, right);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(text: string, key: string): string {
  return createHmac('sha512', key).update(text).digest('base64url');
}
