import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { failureOf } from '../../server/failure.ts';
import { failureWords } from '../../server/failure-words.ts';
import { useTRPC } from '../../server/trpc.ts';
import { useSettings } from '../settings-context.ts';
import { type BacklogEntry, type Decision, toEntries } from './backlog-entries.ts';

/** What became of one who waited: done, or why not, in words. */
export type BacklogEnd =
  | { readonly kind: 'ordered' | 'discarded' }
  | { readonly kind: 'failed'; readonly text: string };

/** Who waits for a person, and deciding about them one after the other. */
export const useBacklog = () => {
  const { ids } = useSettings();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [entries, setEntries] = useState<readonly BacklogEntry[] | null>(null);
  const [ends, setEnds] = useState<ReadonlyMap<string, BacklogEnd>>(new Map());
  const [error, setError] = useState<unknown>(null);
  const { mutateAsync: preview } = useMutation(trpc.backlog.preview.mutationOptions());
  const { mutateAsync: previewEntries } = useMutation(trpc.backlog.previewEntries.mutationOptions());
  const order = useMutation(trpc.backlog.order.mutationOptions());
  const discard = useMutation(trpc.backlog.discard.mutationOptions());
  const orderEntry = useMutation(trpc.backlog.orderEntry.mutationOptions());
  const discardEntry = useMutation(trpc.backlog.discardEntry.mutationOptions());

  const load = useCallback(async (): Promise<void> => {
    setError(null);
    try {
      const [checks, undecided, known] = await Promise.all([
        preview(ids),
        previewEntries(ids),
        queries.fetchQuery(trpc.checks.list.queryOptions({ ...ids, limit: 100 })),
      ]);
      const names = new Map(
        known.checks.flatMap(({ opportunityId, displayName }) =>
          displayName === null ? [] : [[opportunityId, displayName] as const],
        ),
      );
      setEntries(toEntries({ checks, entries: undecided }, names));
      setEnds(new Map());
    } catch (thrown) {
      setError(thrown);
    }
  }, [ids, preview, previewEntries, queries, trpc]);

  const decideOne = async (decision: Decision, { subject }: BacklogEntry): Promise<BacklogEnd> => {
    try {
      if (subject.kind === 'check')
        await (decision === 'order' ? order : discard).mutateAsync({ ...ids, checkId: subject.checkId });
      else {
        const { opportunityId, enteredAt } = subject;
        await (decision === 'order' ? orderEntry : discardEntry).mutateAsync({
          ...ids,
          opportunityId,
          enteredAt,
        });
      }
      return { kind: decision === 'order' ? 'ordered' : 'discarded' };
    } catch (thrown) {
      return { kind: 'failed', text: failureWords(failureOf(thrown)) };
    }
  };

  return {
    entries,
    ends,
    error,
    load,
    /** One after the other: what one order changes counts for the next. */
    decide: async (decision: Decision, chosen: readonly BacklogEntry[]): Promise<void> => {
      for (const entry of chosen) {
        const end = await decideOne(decision, entry);
        setEnds((before) => new Map(before).set(entry.key, end));
      }
    },
  };
};
