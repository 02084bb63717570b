/** Counts tries to give a password. */
export interface PasswordLimits {
  /** Counts one more try; whether it may be made. `subject` is whose password, `peer` the address it comes from. */
  mayTry(subject: string, peer: string): boolean;
}

const windowLasts = 15 * 60_000;
// Right ones count too: nobody signs in that often, and tries sent at once cannot slip through.
const mostPerSubject = 10;
// An office may share one address.
const mostPerPeer = 100;
// Bounds the memory; each peer can make `mostPerPeer` of them.
const mostKept = 20_000;

/**
 * Whose address it is. Who has one of IPv6 has a whole network of 2^64, and would come from another one each time. As
 * `node:net` writes it: hexadecimal groups, `::` for the longest run of zeroes, IPv4 within it after `::ffff:`.
 */
const networkOf = (peer: string): string => {
  const [address = ''] = peer.split('%');
  if (!address.includes(':')) return address;
  const inner = /^::ffff:([\d.]+)$/iu.exec(address)?.[1];
  if (inner !== undefined) return inner;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeroes = tail === undefined ? 0 : 8 - groups.length - after.length;
  return [...groups, ...Array.from({ length: zeroes }, () => '0'), ...after].slice(0, 4).join(':');
};

/** Limits in this process's memory: 10 tries in 15 minutes for one person, 100 from one address, or one network of IPv6. */
export const createPasswordLimits = (now: () => number): PasswordLimits => {
  const windows = new Map<string, { readonly endsAt: number; count: number }>();
  const forgetSome = (at: number): void => {
    // The oldest come first, and all last equally long: none behind one that still counts is over.
    for (const [key, { endsAt }] of windows) {
      if (windows.size <= mostKept && endsAt > at) return;
      windows.delete(key);
    }
  };
  const count = (key: string): number => {
    const at = now();
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > at) {
      known.count += 1;
      return known.count;
    }
    windows.delete(key);
    windows.set(key, { endsAt: at + windowLasts, count: 1 });
    if (windows.size > mostKept) forgetSome(at);
    return 1;
  };
  return {
    mayTry: (subject, peer) => {
      // A peer that is over its limit must not use up anybody's tries.
      if (count(`peer ${networkOf(peer)}`) > mostPerPeer) return false;
      return count(`subject ${subject}`) <= mostPerSubject;
    },
  };
};
