import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { Loading } from '../../ui/feedback/loading.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';
import classes from './backlog.module.css';
import { type BacklogEntry, confirmWords, type Decision } from './backlog-entries.ts';
import { BacklogRow } from './backlog-row.tsx';
import { useBacklog } from './use-backlog.ts';

/** Everybody who came before ordering began or while the connection was broken: order or discard, after a look. */
export const BacklogReview = () => {
  const { entries, ends, error, load, decide } = useBacklog();
  const [asked, setAsked] = useState<{ decision: Decision; chosen: readonly BacklogEntry[] } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => void load(), [load]);
  const waiting = (entries ?? []).filter(
    ({ key }) => ends.get(key) === undefined || ends.get(key)?.kind === 'failed',
  );
  const confirm = async (): Promise<void> => {
    if (asked === null) return;
    setIsBusy(true);
    await decide(asked.decision, asked.chosen);
    setIsBusy(false);
    setAsked(null);
  };
  const words = confirmWords(asked?.decision ?? 'order', asked?.chosen.length ?? 0);
  return (
    <section aria-label="Candidates who wait" className={classes.root}>
      {entries === null && error === null && <Loading what="who waits" />}
      <FailureNotice error={error} title="Who waits could not be looked up" onRetry={() => void load()} />
      {entries?.length === 0 && (
        <Notice tone="good" title="Nobody waits for you">
          Everybody who stands in the stage has been decided about.
        </Notice>
      )}
      {entries !== null && entries.length > 0 && (
        <>
          <div className={classes.head}>
            <Text size="sm" fw={600}>
              {entries.length === 1 ? '1 candidate came' : `${entries.length} candidates came`} while nothing
              was ordered
            </Text>
            {waiting.length > 1 && (
              <div className={classes.actions}>
                <Button size="xs" onClick={() => setAsked({ decision: 'order', chosen: waiting })}>
                  Order all {String(waiting.length)}
                </Button>
                <Button
                  size="xs"
                  variant="quiet"
                  onClick={() => setAsked({ decision: 'discard', chosen: waiting })}
                >
                  Discard all {String(waiting.length)}
                </Button>
              </div>
            )}
          </div>
          <ul className={classes.list}>
            {entries.map((entry) => (
              <BacklogRow
                key={entry.key}
                entry={entry}
                end={ends.get(entry.key) ?? null}
                onDecide={(decision) => setAsked({ decision, chosen: [entry] })}
              />
            ))}
          </ul>
        </>
      )}
      <ConfirmDialog
        title={words.title}
        confirmLabel={words.label}
        isOpen={asked !== null}
        isBusy={isBusy}
        onClose={() => setAsked(null)}
        onConfirm={() => void confirm()}
      >
        <Text size="sm">{words.text}</Text>
      </ConfirmDialog>
    </section>
  );
};
