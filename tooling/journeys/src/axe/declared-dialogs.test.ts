import { expect, it } from 'vitest';
import { declaredDialogs } from './declared-dialogs.ts';

it('names everything that is declared to open over a page, by its file', () => {
  const sources = new Map([
    ['ui/dialog.tsx', "import { Modal } from '@mantine/core';\nexport const Dialog = () => <Modal />;"],
    ['ui/confirm-dialog.tsx', '<Dialog title="x">'],
    ['people/people-page.tsx', '<Dialog\n title="a">…</Dialog> <Dialog title="b" /> <ConfirmDialog />'],
    ['shell/menu.tsx', '<Menu position="x"><Menu.Target></Menu.Target></Menu>'],
    ['me/me-page.tsx', '<DialogText />'],
  ]);
  expect(declaredDialogs(sources)).toEqual([
    'people/people-page.tsx ConfirmDialog',
    'people/people-page.tsx Dialog',
    'people/people-page.tsx Dialog 2',
    'shell/menu.tsx Menu',
  ]);
});
