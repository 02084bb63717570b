import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '../../server/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useSettings } from '../settings-context.ts';
import { type Heard, listeningState, nothingHeard } from './listening-state.ts';

// While somebody waits it is to turn green within 3 s; afterwards nobody looks at it, in ms.
const waitingEvery = 1000;
const heardEvery = 15_000;

/** Listens for Lever, and says by itself what came or what is likely wrong. */
export const Listening = () => {
  const { ids, reload } = useSettings();
  const trpc = useTRPC();
  const [since, setSince] = useState<Heard>(nothingHeard);
  const { data: heard = nothingHeard } = useQuery(
    trpc.settings.listening.queryOptions(ids, {
      staleTime: 0,
      refetchInterval: ({ state: { data } }) =>
        listeningState(data ?? nothingHeard, since).kind === 'heard' ? heardEvery : waitingEvery,
    }),
  );
  const state = listeningState(heard, since);
  // The checklist's facts have changed with it.
  const newest = heard.lastSigned?.at ?? null;
  useEffect(() => {
    if (newest !== null) void reload();
  }, [newest, reload]);
  const at =
    state.kind === 'heard'
      ? heard.lastSigned?.at
      : state.kind === 'refused'
        ? heard.lastRefused?.at
        : undefined;
  return (
    <div role="status">
      <Notice
        tone={state.kind === 'heard' ? 'good' : state.kind === 'refused' ? 'warning' : 'info'}
        title={state.title}
        {...(state.kind === 'waiting'
          ? {}
          : {
              action: (
                <Button size="xs" onClick={() => setSince(heard)}>
                  Listen again
                </Button>
              ),
            })}
      >
        {state.kind === 'waiting' && (
          <Loader
            type="oval"
            size="xs"
            color="var(--info)"
            mr={8}
            aria-hidden="true"
            style={{ verticalAlign: 'middle' }}
          />
        )}
        {state.text}
        {at !== undefined && (
          <>
            {' '}
            That was <Moment at={at} />.
          </>
        )}
      </Notice>
    </div>
  );
};
