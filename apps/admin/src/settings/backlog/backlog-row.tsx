import { Text } from '@mantine/core';
import { Button } from '../../ui/button.tsx';
import { Status } from '../../ui/feedback/status.tsx';
import { Moment } from '../../ui/moment.tsx';
import classes from './backlog.module.css';
import type { BacklogEntry, Decision } from './backlog-entries.ts';
import type { BacklogEnd } from './use-backlog.ts';

/** One candidate who waits, with what to decide or what became of it. */
export const BacklogRow = ({
  entry,
  end,
  onDecide,
}: {
  readonly entry: BacklogEntry;
  readonly end: BacklogEnd | null;
  readonly onDecide: (decision: Decision) => void;
}) => {
  const name = entry.name ?? `Candidate ${entry.opportunityId}`;
  return (
    <li className={classes.row}>
      <span className={classes.who}>
        <b>{name}</b>
        <Text span size="sm" c="dimmed">
          {' '}
          since <Moment at={entry.since} />
        </Text>
        {end?.kind === 'failed' && (
          <Text size="sm" c="var(--bad)" role="alert">
            {end.text}
          </Text>
        )}
      </span>
      {end === null || end.kind === 'failed' ? (
        <span className={classes.actions}>
          <Button size="xs" label={`Order: ${name}`} onClick={() => onDecide('order')}>
            Order
          </Button>
          <Button size="xs" variant="quiet" label={`Discard: ${name}`} onClick={() => onDecide('discard')}>
            Discard
          </Button>
        </span>
      ) : (
        <span role="status">
          <Status tone={end.kind === 'ordered' ? 'good' : 'neutral'}>
            {end.kind === 'ordered' ? 'Handed on to be ordered' : 'Discarded'}
          </Status>
        </span>
      )}
    </li>
  );
};
