import { expect, type Page } from '@playwright/test';
import { findBarriers, schemes } from './find-barriers.ts';

/** Looks at pages and at what opens over them, and keeps what it found. */
export const createLook = (page: Page) => {
  const barriers: string[] = [];
  const seen = { pages: [] as string[], states: [] as string[], dialogs: [] as string[] };
  const loaded = async (): Promise<void> => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  };
  return {
    barriers,
    seen,
    /** A page of the router's list, by its name there. */
    atPage: async (name: string): Promise<void> => {
      await loaded();
      barriers.push(...(await findBarriers(page, name)));
      seen.pages.push(name);
    },
    /** Another state of a page. */
    atState: async (name: string): Promise<void> => {
      await loaded();
      barriers.push(...(await findBarriers(page, name)));
      seen.states.push(name);
    },
    /** What has opened over a page, by the name of `declaredDialogs`. */
    atDialog: async (name: string, role: 'dialog' | 'menu' = 'dialog'): Promise<void> => {
      await expect(page.getByRole(role)).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      barriers.push(...(await findBarriers(page, name, 'opened')));
      seen.dialogs.push(name);
    },
    counts: (): string => {
      const { pages, states, dialogs } = seen;
      const looks = (pages.length + states.length + dialogs.length) * schemes.length;
      return `axe: ${pages.length} pages, ${states.length} further states and ${dialogs.length} dialogs in ${schemes.join(' and ')}: ${looks} looks, ${barriers.length} barriers`;
    },
  };
};

export type Look = ReturnType<typeof createLook>;
