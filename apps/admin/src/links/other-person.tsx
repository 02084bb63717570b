import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { signOut } from '../server/console-fetch.ts';
import { failureWords } from '../server/failure-words.ts';
import { rememberSignedIn } from '../server/trpc.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/feedback/notice.tsx';

/** Somebody else is signed in here than was invited. */
export const OtherPerson = ({ email }: { email: string }) => {
  const queryClient = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const leave = async (): Promise<void> => {
    setIsBusy(true);
    const isOut = await signOut();
    setHasFailed(!isOut);
    if (isOut) {
      rememberSignedIn(false);
      await queryClient.resetQueries();
    }
    setIsBusy(false);
  };
  return (
    <Notice
      tone="warning"
      title="Somebody else is signed in"
      action={
        <Button onClick={() => void leave()} isBusy={isBusy}>
          Sign out and go on
        </Button>
      }
    >
      You are signed in as {email}. The invitation is for the address above.
      {hasFailed && <p>{failureWords({ kind: 'offline', why: null })}</p>}
    </Notice>
  );
};
