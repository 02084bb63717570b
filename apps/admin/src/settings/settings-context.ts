import { createContext, useContext } from 'react';
import type { Outputs } from '../server/trpc.ts';

/** Everything the page shows, as the server answers it. */
export type SettingsView = Outputs['settings']['read'];

/** What every section of the page knows. */
export interface SettingsContext {
  /** Names the connection in every call. */
  readonly ids: { readonly accountId: string; readonly connectionId: string };
  readonly accountName: string;
  readonly view: SettingsView;
  /** Whether the person may change anything here. The server decides all the same. */
  readonly mayChange: boolean;
  /** The environments of Lever to choose from. */
  readonly offeredEnvironments: readonly SettingsView['environment'][];
  /** The step that the checklist asks for now; its section has the only primary button. */
  readonly next: SettingsView['checklist'][number]['step'] | null;
  /** Reads everything again. Resolves once it is there. */
  readonly reload: () => Promise<unknown>;
}

const context = createContext<SettingsContext | null>(null);

/** Gives the sections what they know. */
export const SettingsProvider = context.Provider;

/** What the section is in. Throws outside of the page. */
export const useSettings = (): SettingsContext => {
  const found = useContext(context);
  if (found === null) throw new Error('A section of the settings stands outside of their page.');
  return found;
};
