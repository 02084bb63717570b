/** The path of every route in the source of the console's router, as it is written there. */
export const declaredRoutes = (source: string): readonly string[] =>
  [...source.matchAll(/\bpath:\s*([^,}\s]+)/gu)].map(([, written = '']) => written);
