import { useBlocker } from '@tanstack/react-router';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { leavesPage } from './leaves-page.ts';
import { UnsavedDialog } from './unsaved-dialog.tsx';

type Note = (section: string, isUnsaved: boolean) => void;

const context = createContext<Note>(() => {});

/** Keeps the person on the page while a section has unsaved changes, unless they say that they want to leave them. */
export const UnsavedSections = ({ children }: { readonly children: ReactNode }) => {
  const [unsaved, setUnsaved] = useState<readonly string[]>([]);
  const note = useCallback<Note>((section, isUnsaved) => {
    setUnsaved((before) => {
      if (before.includes(section) === isUnsaved) return before;
      return isUnsaved ? [...before, section] : before.filter((one) => one !== section);
    });
  }, []);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved.length > 0 && leavesPage(current, next),
    enableBeforeUnload: () => unsaved.length > 0,
    withResolver: true,
  });
  return (
    <context.Provider value={note}>
      {children}
      <UnsavedDialog
        sections={unsaved}
        isOpen={blocker.status === 'blocked'}
        onStay={() => blocker.reset?.()}
        onLeave={() => blocker.proceed?.()}
      />
    </context.Provider>
  );
};

/** Says of a section whether it has unsaved changes. */
export const useUnsaved = (section: string, isUnsaved: boolean): void => {
  const note = useContext(context);
  useEffect(() => {
    note(section, isUnsaved);
    return () => note(section, false);
  }, [note, section, isUnsaved]);
};
