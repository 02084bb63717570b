import { expect, it } from 'vitest';
import { declaredDialogs, uncountedDialogs } from './declared-dialogs.ts';

const sources = new Map([
  ['ui/dialog.tsx', "import { Modal } from '@mantine/core';\nexport const Dialog = () => <Modal />;"],
  ['ui/confirm-dialog.tsx', '<Dialog title="x">'],
  ['people/people-page.tsx', '<Dialog\n title="a">…</Dialog> <ConfirmDialog title="b" />'],
  ['me/me-page.tsx', '<DialogText />'],
]);

it('names each dialog that is declared, by its file', () => {
  expect(declaredDialogs(sources)).toEqual(['people/people-page.tsx', 'people/people-page.tsx 2']);
});

it('names files that go round our part', () => {
  expect(uncountedDialogs(sources)).toEqual([]);
  const drawer = "import {\n  Drawer,\n  Text,\n} from '@mantine/core';";
  expect(uncountedDialogs(new Map([['checks/detail.tsx', drawer]]))).toEqual(['checks/detail.tsx']);
});
