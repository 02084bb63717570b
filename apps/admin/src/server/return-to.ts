// Only its origin is compared; nothing is asked of it.
const base = 'https://console.invalid';
// No page of ours has them; once decoded on the way they make another site of a path.
const disguised = /%(?:2f|5c|[01][\da-f]|7f)/iu;

/**
 * The page to go to after signing in, from an address that anybody may have written: a path of ours, or `/`. Other sites,
 * whatever slashes and backslashes they hide behind, and the sign-in page itself are not gone to.
 */
export const toReturnTo = (text: unknown): string => {
  if (typeof text !== 'string' || !text.startsWith('/') || !URL.canParse(text, base)) return '/';
  const url = new URL(text, base);
  if (url.origin !== base || url.pathname.startsWith('//') || url.pathname === '/sign-in') return '/';
  if (disguised.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}`;
};
