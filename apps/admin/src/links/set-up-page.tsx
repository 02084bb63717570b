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

/** The first start: the first account and its Super Admin. */
export const SetUpPage = () => (
  <LinkPage
    title="Set up"
    state={useOneTimeLink('set-up')}
    brokenAdvice="If the first account exists, sign in or ask its Super Admin for an invitation. If not, start the program again: it prints a new link."
  >
    {({ token }) => <SetUpForm token={token} />}
  </LinkPage>
);

const SetUpForm = ({ token }: { token: string }) => {
  const trpc = useTRPC();
  const enter = useEnter();
  const [accountName, setAccountName] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const setUp = useMutation({
    ...trpc.link.setUp.mutationOptions(),
    onSuccess: ({ accountId }) => enter({ email, password }, accountId),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = passwordProblem(password);
    setProblem(found);
    if (found === null && !setUp.isPending) setUp.mutate({ token, accountName, name, email, password });
  };
  return (
    <PlainPage
      title="Welcome"
      description="Set up your account. You become its Super Admin and can invite others afterwards."
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextField
            label="Company"
            hint="The name your people know the account by."
            autoComplete="organization"
            value={accountName}
            onChange={setAccountName}
            isRequired
          />
          <TextField label="Your name" autoComplete="name" value={name} onChange={setName} isRequired />
          <TextField
            label="Your e-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            isRequired
          />
          <NewPasswordField value={password} onChange={setPassword} error={problem} />
          <FailureNotice error={setUp.error} title="The account was not made" />
          <Button variant="primary" type="submit" isBusy={setUp.isPending} isWide>
            Set up the account
          </Button>
        </Stack>
      </form>
    </PlainPage>
  );
};
