import { Outlet } from '@tanstack/react-router';
import { PromptDialog } from './prompt-dialog.tsx';

/** What is around every page: the dialog in which calls ask for a password or a sign-in. */
export const RootFrame = () => (
  <>
    <Outlet />
    <PromptDialog />
  </>
);
