import { Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '../server/trpc.ts';
import { PlainPage } from '../shell/plain/plain-page.tsx';
import { NewPasswordField } from '../sign-in/new-password-field.tsx';
import { passwordProblem } from '../sign-in/password-problem.ts';
import { useEnter } from '../sign-in/use-enter.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { LinkPage } from './link-page.tsx';
import { useOneTimeLink } from './use-one-time-link.ts';

/** A new password, by a link that a Super Admin made. */
export const PasswordPage = () => (
  <LinkPage
    title="Set a new password"
    state={useOneTimeLink('password')}
    brokenAdvice="Ask a Super Admin of your account for a new one."
  >
    {({ token, link }) => <PasswordForm token={token} email={link.email} />}
  </LinkPage>
);

const PasswordForm = ({ token, email }: { token: string; email: string }) => {
  const trpc = useTRPC();
  const enter = useEnter();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const save = useMutation({
    ...trpc.link.setPassword.mutationOptions(),
    onSuccess: () => enter({ email, password }, null),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = passwordProblem(password);
    setProblem(found);
    if (found === null && !save.isPending) save.mutate({ token, password });
  };
  return (
    <PlainPage title="Set a new password" description="You are signed out everywhere else by it.">
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
          <NewPasswordField label="New password" value={password} onChange={setPassword} error={problem} />
          <FailureNotice error={save.error} title="The password was not changed" />
          <Button variant="primary" type="submit" isBusy={save.isPending} isWide>
            Save and sign in
          </Button>
        </Stack>
      </form>
    </PlainPage>
  );
};
