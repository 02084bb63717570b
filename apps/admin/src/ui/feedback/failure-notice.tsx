import { failureOf, mayRetry } from '../../server/failure.ts';
import { failureWords } from '../../server/failure-words.ts';
import { Button } from '../button.tsx';
import { Notice } from './notice.tsx';

/**
 * What went wrong with a call, in words, with Retry where that may help. Nothing while there is no error.
 * `title` says what could not be done: “People could not be loaded”.
 */
export const FailureNotice = ({
  error,
  title,
  onRetry,
  isRetrying = false,
}: {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  isRetrying?: boolean;
}) => {
  if (error === null || error === undefined) return null;
  const failure = failureOf(error);
  return (
    <Notice
      tone={failure.kind === 'password-needed' ? 'info' : 'bad'}
      isSpoken
      {...(title === undefined ? {} : { title })}
      {...(onRetry !== undefined && mayRetry(failure)
        ? {
            action: (
              <Button size="xs" icon="retry" onClick={onRetry} isBusy={isRetrying}>
                Retry
              </Button>
            ),
          }
        : {})}
    >
      {failureWords(failure)}
    </Notice>
  );
};
