import { describe, expect, it } from 'vitest';
import { type BrowserSources, findBrowser } from './find-browser.ts';

const nothing: BrowserSources = {
  named: () => null,
  onPath: () => null,
  playwrights: () => '/cache/chrome',
  installPlaywrights: () => {},
  installDebians: () => {},
  starts: () => false,
};

describe('which browser the journeys take', () => {
  it('takes the named one before any other', () => {
    const sources = {
      ...nothing,
      named: () => '/mine',
      onPath: () => '/usr/bin/chromium',
      starts: () => true,
    };
    expect(findBrowser(sources)).toBe('/mine');
  });

  it('refuses a named one that does not start, whatever else is there', () => {
    const sources = {
      ...nothing,
      named: () => '/mine',
      onPath: () => '/usr/bin/chromium',
      starts: (path: string) => path !== '/mine',
    };
    expect(() => findBrowser(sources)).toThrow('CHROMIUM_PATH is /mine');
  });

  it('takes the one on PATH before a download', () => {
    const sources = {
      ...nothing,
      onPath: () => '/usr/bin/chromium',
      installPlaywrights: () => expect.unreachable(),
      starts: () => true,
    };
    expect(findBrowser(sources)).toBe('/usr/bin/chromium');
  });

  it('takes an earlier download without another one', () => {
    const sources = { ...nothing, installPlaywrights: () => expect.unreachable(), starts: () => true };
    expect(findBrowser(sources)).toBe('/cache/chrome');
  });

  it('downloads Playwright’s own where there is none', () => {
    let isThere = false;
    const sources = {
      ...nothing,
      installPlaywrights: () => {
        isThere = true;
      },
      starts: () => isThere,
    };
    expect(findBrowser(sources)).toBe('/cache/chrome');
  });

  it('installs Debian’s where the download lacks libraries', () => {
    let isThere = false;
    const sources = {
      ...nothing,
      onPath: () => (isThere ? '/usr/bin/chromium' : null),
      installDebians: () => {
        isThere = true;
      },
      starts: (path: string) => path === '/usr/bin/chromium',
    };
    expect(findBrowser(sources)).toBe('/usr/bin/chromium');
  });

  it('says what to do where nothing helps', () => {
    expect(() => findBrowser(nothing)).toThrow('Name one in CHROMIUM_PATH');
  });
});
