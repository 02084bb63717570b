/** Ways to a browser, as the machine offers them. Each answers the path of an executable, or null. */
export interface BrowserSources {
  /** What `CHROMIUM_PATH` says. */
  readonly named: () => string | null;
  /** Where on PATH one is. */
  readonly onPath: () => string | null;
  /** Where Playwright keeps its own, whether it is there or not. */
  readonly playwrights: () => string;
  /** Downloads Playwright's own. */
  readonly installPlaywrights: () => void;
  /** Installs Debian's package. Does nothing where that is not possible. */
  readonly installDebians: () => void;
  /** Whether this executable starts: a download alone lacks the system's libraries on a bare machine. */
  readonly starts: (path: string) => boolean;
}

/**
 * The browser of the journeys: the one that is named, one on PATH, Playwright's own (installed where it is missing), or
 * Debian's package. Throws with what to do where none of them starts, and at once where the named one does not.
 */
export const findBrowser = (sources: BrowserSources): string => {
  const named = sources.named();
  if (named !== null) {
    if (sources.starts(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which does not start.`);
  }
  const working = (path: string | null): string | null =>
    path !== null && sources.starts(path) ? path : null;
  const found = working(sources.onPath()) ?? working(sources.playwrights());
  if (found !== null) return found;
  sources.installPlaywrights();
  const installed = working(sources.playwrights());
  if (installed !== null) return installed;
  sources.installDebians();
  const debians = working(sources.onPath());
  if (debians !== null) return debians;
  throw new Error('No Chromium was found or could be installed. Name one in CHROMIUM_PATH.');
};
