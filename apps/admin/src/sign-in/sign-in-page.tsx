import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { signIn } from '../server/console-fetch.ts';
import { toReturnTo } from '../server/return-to.ts';
import { PlainPage } from '../shell/plain/plain-page.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/feedback/notice.tsx';
import { PasswordField } from '../ui/fields/password-field.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { signInWords } from './sign-in-words.ts';

/** E-mail and password, then on to where the person wanted to go. */
export const SignInPage = () => {
  const { returnTo } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const words = signInWords(await signIn({ email, password }));
    setIsBusy(false);
    setProblem(words);
    if (words !== null) return;
    queryClient.clear();
    await navigate({ href: toReturnTo(returnTo), replace: true });
  };
  return (
    <PlainPage title="Sign in" description="Background checks by Turn, ordered from Lever.">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          {problem !== null && (
            <Notice tone="bad" isSpoken>
              {problem}
            </Notice>
          )}
          <TextField
            label="E-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            isRequired
          />
          <PasswordField
            label="Password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
          />
          <Button variant="primary" type="submit" isBusy={isBusy} isWide>
            Sign in
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        Password forgotten? A Super Admin of your account can make you a link to set a new one.
      </Text>
    </PlainPage>
  );
};
