import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The two looks; which one a page has follows the system. */
export const schemes = ['light', 'dark'] as const;

const opened = '[role="dialog"], [role="menu"]';

const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    // A spinner never ends.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => {})));
  });

/**
 * What axe finds on a page as it stands, light and dark, or in what opened over it: each with its rule and its places.
 * All of axe's rules count.
 */
export const findBarriers = async (
  page: Page,
  name: string,
  within: 'page' | 'opened' = 'page',
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    const axe = new AxeBuilder({ page });
    const { violations } = await (within === 'page' ? axe : axe.include(opened)).analyze();
    for (const { id, help, nodes } of violations) {
      const places = nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`);
      found.push(`${name}, ${colorScheme}: ${id}, ${help}\n  ${places.join('\n  ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
};
