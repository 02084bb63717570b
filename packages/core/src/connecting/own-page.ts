const pages: ReadonlySet<string> = new Set([
  '/',
  '/settings',
  '/packages',
  '/checks',
  '/people',
  '/accounts',
]);

/**
 * Whether an address is one of our own pages, perhaps with a plain query: where somebody may be sent back to. A list,
 * since there are more ways to write a foreign address than anybody can think of.
 */
export const isOwnPage = (address: string): boolean => {
  const [path = '', query = '', ...more] = address.split('?');
  return pages.has(path) && /^[\w=&-]{0,200}$/u.test(query) && more.length === 0;
};
