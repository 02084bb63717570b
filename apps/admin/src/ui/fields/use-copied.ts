import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';

// Long enough to be seen, in ms.
const shownFor = 2500;

/** Copies, and says for a moment how that went. */
export const useCopied = (): {
  readonly said: '' | 'Copied' | 'Select the text and copy it yourself';
  readonly copy: (text: string) => Promise<boolean>;
} => {
  const [outcome, setOutcome] = useState<{ readonly isCopied: boolean } | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), shownFor);
    return () => clearTimeout(timer);
  }, [outcome]);
  return {
    said: outcome === null ? '' : outcome.isCopied ? 'Copied' : 'Select the text and copy it yourself',
    copy: async (text) => {
      const isCopied = await copyText(text);
      setOutcome({ isCopied });
      return isCopied;
    },
  };
};
