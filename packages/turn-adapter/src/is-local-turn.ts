/**
 * Whether a URL points at this machine (127.0.0.0/8, `[::1]`, `localhost`): then Turn is an emulator, and an order
 * costs nothing. What is no URL is not local.
 */
export const isLoopbackUrl = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  // The URL parser has already turned 127.1, 0x7f000001 and the like into four decimal parts.
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
};
