import { expect, type Locator, type Page } from '@playwright/test';

/** How somebody uses a page. The same steps are done with a mouse and by keyboard alone. */
export interface Hands {
  /** Presses a button, a link, a box, an option. */
  press(what: Locator): Promise<void>;
  /** Puts a text into a field, in the place of what is there. */
  write(field: Locator, text: string): Promise<void>;
  /** Pastes what was copied into a field. */
  paste(field: Locator): Promise<void>;
  /** Chooses an option of a native list. */
  choose(list: Locator, label: string): Promise<void>;
  /** Chooses an option of one of the console's own lists. */
  pick(list: Locator, label: string): Promise<void>;
}

const optionOf = (list: Locator, label: string): Locator =>
  list.page().getByRole('option', { name: label, exact: true });

const pasteKeys = 'ControlOrMeta+V';

/** A mouse, or a finger. */
export const mouse: Hands = {
  press: (what) => what.click(),
  write: (field, text) => field.fill(text),
  paste: async (field) => {
    await field.click();
    await field.press('ControlOrMeta+A');
    await field.press(pasteKeys);
  },
  choose: async (list, label) => void (await list.selectOption({ label })),
  pick: async (list, label) => {
    await list.click();
    await optionOf(list, label).click();
  },
};

// More stops than any page has.
const mostStops = 150;

const isFocused = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => element === document.activeElement);

/** Goes on with Tab, as somebody without a mouse must, until it is reached. Fails where it never is. */
const goTo = async (page: Page, what: Locator): Promise<void> => {
  await expect(what).toBeVisible();
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await isFocused(what)) {
      await expect(what).toBeInViewport();
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${what.toString()} cannot be reached with Tab.`);
};

const roleOf = (what: Locator): Promise<string> =>
  what.evaluate((element) => element.getAttribute('role') ?? element.getAttribute('type') ?? '');

/** A keyboard and nothing else. */
export const keyboard: Hands = {
  press: async (what) => {
    const page = what.page();
    const role = await roleOf(what);
    // Within a group of choices the arrows lead on; Tab leaves it.
    if (role === 'radio') {
      for (let choice = 0; choice < mostStops && !(await isFocused(what)); choice += 1) {
        const isInGroup = await page.evaluate(() => document.activeElement?.getAttribute('type') === 'radio');
        await page.keyboard.press(isInGroup ? 'ArrowDown' : 'Tab');
      }
      await page.keyboard.press('Space');
      return;
    }
    await goTo(page, what);
    await page.keyboard.press(role === 'checkbox' || role === 'switch' ? 'Space' : 'Enter');
  },
  write: async (field, text) => {
    const page = field.page();
    await goTo(page, field);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  },
  paste: async (field) => {
    const page = field.page();
    await goTo(page, field);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press(pasteKeys);
  },
  choose: async (list, label) => {
    const page = list.page();
    await goTo(page, list);
    // Each letter goes on to the next option that begins with it, and the page acts on it at once.
    await page.keyboard.press(label.slice(0, 1));
    await expect(list.locator('option:checked')).toHaveText(label);
  },
  pick: async (list, label) => {
    const page = list.page();
    await goTo(page, list);
    await page.keyboard.press('ArrowDown');
    const option = optionOf(list, label);
    await expect(option).toBeVisible();
    for (let step = 0; step < mostStops; step += 1) {
      const id = await list.getAttribute('aria-activedescendant');
      if (id !== null && id === (await option.getAttribute('id'))) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  },
};
