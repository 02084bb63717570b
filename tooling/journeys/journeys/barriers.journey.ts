import process from 'node:process';
import { expect } from '@playwright/test';
import { pages } from '@turn-lever/admin/pages';
import { createLook } from '../src/axe/create-look.ts';
import { declaredDialogs, readSources } from '../src/axe/declared-dialogs.ts';
import { openDialogs } from '../src/axe/open-dialogs.ts';
import { goThroughPages } from '../src/axe/pages-to-look-at.ts';
import { journey } from '../src/journey.ts';
import { inRepository } from '../src/repository.ts';
import { mouse } from '../src/steps/hands.ts';
import { expandCard, makeFirstAccount } from '../src/steps/in-console.ts';

const report = (text: string): void => void process.stdout.write(`  ${text}\n`);

journey('axe finds nothing before anything is set up', async ({ page, world }) => {
  const look = createLook(page);
  await page.goto(await world.setUpUrl());
  await look.atPage('setUp');
  await makeFirstAccount(page, world, mouse);
  await look.atState('settings, not connected, closed');
  await expandCard(page, mouse);
  await look.atState('settings, not connected');
  for (const name of ['packages', 'checks'] as const) {
    await page.goto(`${world.url}${pages[name].path}`);
    await look.atState(`${name}, not connected`);
  }
  report(look.counts());
  expect(look.barriers).toEqual([]);
});

journey.describe('connected', () => {
  journey.use({ beginning: 'two-accounts' });

  journey('axe finds nothing on any page of the router', async ({ page, world }) => {
    const look = createLook(page);
    await goThroughPages(page, world, look);
    report(look.counts());
    // The page of the set-up link is looked at above: here it has done its work.
    const others = Object.keys(pages).filter((name) => name !== 'setUp');
    expect(look.seen.pages.toSorted(), 'Pages').toEqual(others.toSorted());
    expect(look.barriers).toEqual([]);
  });

  journey('axe finds nothing in any dialog of the sources', async ({ context, page, world }) => {
    const look = createLook(page);
    await openDialogs(page, await context.newPage(), world, look);
    report(look.counts());
    const sources = readSources(inRepository('apps/admin/src'));
    expect(look.seen.dialogs.toSorted(), 'Dialogs').toEqual(declaredDialogs(sources));
    expect(look.barriers).toEqual([]);
  });
});
