/** What was read for keys, for a few seconds. */
export interface KeyCache<Found> {
  /** What belongs to the key; null where nothing does. `fresh`: at most a second old. */
  read(key: string, options: { readonly fresh: boolean }): Promise<Found | null>;
  /** Forgets everything: something was changed. */
  clear(): void;
}

interface Entry<Found> {
  readonly found: Promise<Found | null>;
  readonly readAt: number;
}

// ms. A change made elsewhere reaches us by NOTIFY at once; this is for when that is lost.
const longestAge = 5_000;
// ms. A flood of bad signatures asks for fresh reads; one a second for each key finds a new secret soon enough.
const freshAge = 1_000;
// Entries of each kind. Keys nobody knows are kept apart, so that guessing cannot push out the real ones.
const most = 1_000;

/**
 * Caches `load` by key, found and not found alike, and lets those who ask at the same time share one read. Bounded:
 * the entry read longest ago goes first. `now` in ms. A failed read is not kept.
 */
export const createKeyCache = <Found>(
  load: (key: string) => Promise<Found | null>,
  now: () => number = Date.now,
): KeyCache<Found> => {
  const known = new Map<string, Entry<Found>>();
  const unknown = new Map<string, Entry<Found>>();

  const keep = (entries: Map<string, Entry<Found>>, key: string, entry: Entry<Found>): void => {
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > most && oldest !== undefined) entries.delete(oldest);
  };

  const loadAnew = (key: string): Promise<Found | null> => {
    const entry: Entry<Found> = { found: load(key), readAt: now() };
    known.delete(key);
    unknown.delete(key);
    // While it is not known what it will be, it stands where it can do no harm.
    keep(unknown, key, entry);
    entry.found.then(
      (found) => {
        // Cleared meanwhile: what was read may be old.
        if (found === null || unknown.get(key) !== entry) return;
        unknown.delete(key);
        keep(known, key, entry);
      },
      () => {
        if (unknown.get(key) === entry) unknown.delete(key);
      },
    );
    return entry.found;
  };

  return {
    read: (key, { fresh }) => {
      const entry = known.get(key) ?? unknown.get(key);
      const age = fresh ? freshAge : longestAge;
      return entry !== undefined && now() - entry.readAt < age ? entry.found : loadAnew(key);
    },
    clear: () => {
      known.clear();
      unknown.clear();
    },
  };
};
