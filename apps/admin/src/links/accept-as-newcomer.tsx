import { Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../server/trpc.ts';
import { NewPasswordField } from '../sign-in/new-password-field.tsx';
import { passwordProblem } from '../sign-in/password-problem.ts';
import { useEnter } from '../sign-in/use-enter.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { TextField } from '../ui/fields/text-field.tsx';

/** Accepts an invitation as somebody new: a name and a password. */
export const AcceptAsNewcomer = ({ token, email }: { token: string; email: string }) => {
  const trpc = useTRPC();
  const enter = useEnter();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const accept = useMutation({
    ...trpc.link.acceptInvitation.mutationOptions(),
    onSuccess: ({ accountId }) => enter({ email, password }, accountId),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = passwordProblem(password);
    setProblem(found);
    if (found === null && !accept.isPending) accept.mutate({ token, newcomer: { name, password } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          value={email}
          onChange={() => {}}
          isReadOnly
        />
        <TextField label="Your name" autoComplete="name" value={name} onChange={setName} isRequired />
        <NewPasswordField value={password} onChange={setPassword} error={problem} />
        <FailureNotice error={accept.error} title="The invitation was not accepted" />
        <Button variant="primary" type="submit" isBusy={accept.isPending} isWide>
          Join
        </Button>
      </Stack>
    </form>
  );
};
