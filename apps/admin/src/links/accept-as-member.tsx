import { Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { signIn } from '../server/console-fetch.ts';
import { useTRPC } from '../server/trpc.ts';
import { signInWords } from '../sign-in/sign-in-words.ts';
import { useEnter } from '../sign-in/use-enter.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { PasswordField } from '../ui/fields/password-field.tsx';
import { TextField } from '../ui/fields/text-field.tsx';

/** Accepts an invitation with the password that the person has already. */
export const AcceptAsMember = ({
  token,
  email,
  isSignedIn,
}: {
  token: string;
  email: string;
  isSignedIn: boolean;
}) => {
  const trpc = useTRPC();
  const enter = useEnter();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSigningIn, setIsSigningIn] = useState(false);
  const accept = useMutation({
    ...trpc.link.acceptInvitation.mutationOptions(),
    onSuccess: ({ accountId }) => enter(null, accountId),
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isSigningIn || accept.isPending) return;
    if (!isSignedIn) {
      setIsSigningIn(true);
      const words = signInWords(await signIn({ email, password }));
      setIsSigningIn(false);
      setProblem(words);
      if (words !== null) return;
    }
    accept.mutate({ token });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {!isSignedIn && (
          <>
            <Text size="sm">You have a password here already. Give it to accept the invitation.</Text>
            <TextField
              label="E-mail"
              type="email"
              autoComplete="username"
              value={email}
              onChange={() => {}}
              isReadOnly
            />
            <PasswordField
              label="Password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              error={problem}
              isRequired
            />
          </>
        )}
        <FailureNotice error={accept.error} title="The invitation was not accepted" />
        <Button variant="primary" type="submit" isBusy={isSigningIn || accept.isPending} isWide>
          {isSignedIn ? 'Accept the invitation' : 'Sign in and accept'}
        </Button>
      </Stack>
    </form>
  );
};
