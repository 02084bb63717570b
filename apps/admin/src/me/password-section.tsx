import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '../server/failure.ts';
import { failureWords } from '../server/failure-words.ts';
import { useTRPC } from '../server/trpc.ts';
import { NewPasswordField } from '../sign-in/new-password-field.tsx';
import { passwordProblem } from '../sign-in/password-problem.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Notice } from '../ui/feedback/notice.tsx';
import { PasswordField } from '../ui/fields/password-field.tsx';
import { Section } from '../ui/layout/section.tsx';

/** Changes one's own password. */
export const PasswordSection = ({ email }: { email: string }) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const change = useMutation({
    ...trpc.person.changePassword.mutationOptions(),
    onSuccess: async () => {
      setPassword('');
      setNewPassword('');
      await queryClient.invalidateQueries({ queryKey: trpc.person.sessions.pathKey() });
    },
  });
  const failure = change.error === null ? null : failureOf(change.error);
  const isWrong = failure?.kind === 'wrong-password';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = passwordProblem(newPassword);
    setProblem(found);
    if (found === null && !change.isPending) change.mutate({ password, newPassword });
  };
  return (
    <Section title="Password" description="Changing it signs you out in every other browser.">
      <form onSubmit={submit}>
        <Stack gap="md" maw="26rem">
          {/* For password managers: whose password it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            label="Present password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={isWrong && failure !== null ? failureWords(failure) : null}
            isRequired
          />
          <NewPasswordField
            label="New password"
            value={newPassword}
            onChange={setNewPassword}
            error={problem}
          />
          {change.isSuccess && (
            <Notice tone="good" isSpoken>
              The password is changed. Every other browser is signed out.
            </Notice>
          )}
          {!isWrong && <FailureNotice error={change.error} title="The password was not changed" />}
          <div>
            <Button variant="primary" type="submit" isBusy={change.isPending}>
              Change the password
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
};
