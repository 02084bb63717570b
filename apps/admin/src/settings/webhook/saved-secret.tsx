import { Text } from '@mantine/core';
import { Moment } from '../../ui/moment.tsx';
import { SavedWords } from '../saved-words.tsx';
import { useSettings } from '../settings-context.ts';
import { isPreviousAccepted } from './secret-words.ts';

/** What may be told of the saved secret: its end, by whom and when, and until when the one before it is accepted. */
export const SavedSecret = () => {
  const { secret } = useSettings().view.webhook;
  if (secret === null)
    return (
      <Text size="sm" c="dimmed">
        No Webhook Secret is saved yet.
      </Text>
    );
  const { previousValidUntil } = secret;
  return (
    <Text size="sm" c="dimmed" component="div">
      <SavedWords of={secret} />.
      {previousValidUntil !== null && isPreviousAccepted(previousValidUntil, Date.now()) && (
        <>
          {' '}
          The previous secret is accepted too; that ends <Moment at={previousValidUntil} />.
        </>
      )}
    </Text>
  );
};
