import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Notice } from '../../ui/feedback/notice.tsx';
import { type OutcomeWords, outcomeWords } from './lever-outcome.ts';
import { toPermissions } from './permission-words.ts';

const tones = { good: 'good', warning: 'warning', bad: 'bad' } as const;

/** How the way through Lever ended, said once: a reload of the page no longer tells it. */
export const LeverReturn = ({
  children,
}: {
  /** What follows a reconnect. */
  readonly children?: ReactNode;
}) => {
  const { lever, missing } = useSearch({ from: '/signed-in/in-account/settings' });
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  const [end, setEnd] = useState<{ words: OutcomeWords; isReconnected: boolean } | null>(null);
  useEffect(() => {
    if (lever === undefined) return;
    const words = outcomeWords(lever, toPermissions(missing));
    if (words !== null) setEnd({ words, isReconnected: lever === 'reconnected' });
    void navigate({
      to: '.',
      search: ({ lever: _lever, missing: _missing, ...rest }) => ({ ...rest, open: true as const }),
      replace: true,
      resetScroll: false,
    });
  }, [lever, missing, navigate]);
  useEffect(() => {
    if (end !== null) place.current?.focus();
  }, [end]);
  if (end === null) return null;
  return (
    <div>
      <div ref={place} tabIndex={-1}>
        <Notice tone={tones[end.words.tone]} title={end.words.title} isSpoken>
          {end.words.text}
        </Notice>
      </div>
      {end.isReconnected && children}
    </div>
  );
};
