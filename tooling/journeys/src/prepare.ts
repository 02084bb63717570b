import { browsersOfThisMachine } from './browser/browsers-of-this-machine.ts';
import { findBrowser } from './browser/find-browser.ts';
import { buildConsole } from './build-console.ts';
import { makeDatabaseSnapshot } from './world/database-snapshot.ts';

/** Once before all journeys: a browser, the console's files, an empty database. */
export const prepare = async (): Promise<void> => {
  findBrowser(browsersOfThisMachine);
  buildConsole();
  await makeDatabaseSnapshot();
};

// biome-ignore lint/style/noDefaultExport: Playwright takes the default export.
export { prepare as default };
