import { expect, it } from 'vitest';
import { noPackagesWords, packageTagsText } from './package-tags-text.ts';

const standard = { id: 'P1', name: 'Standard', tag: 'TurnPackage:P1:Standard' };

it('copies all tags, one on each line', () => {
  expect(packageTagsText([standard, { ...standard, tag: 'TurnPackage:P2:More' }])).toBe(
    'TurnPackage:P1:Standard\nTurnPackage:P2:More',
  );
});

it.each([
  [{ kind: 'listed', packages: [standard], readAt: 1 }, null],
  [{ kind: 'listed', packages: [], readAt: 1 }, 'Turn lists no packages for this account'],
  [{ kind: 'not-offered' }, 'Turn offers no list for this account'],
  [{ kind: 'not-connected' }, 'The Turn account is not connected yet'],
  [{ kind: 'unavailable' }, 'Turn’s list cannot be read right now'],
] as const)('says why there is no list: %j', (answer, title) => {
  expect(noPackagesWords(answer)?.title ?? null).toBe(title);
});
