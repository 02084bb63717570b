import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState, useSyncExternalStore } from 'react';
import { signIn } from '../server/console-fetch.ts';
import { failureOf } from '../server/failure.ts';
import { failureWords } from '../server/failure-words.ts';
import { prompter } from '../server/prompt.ts';
import { trpcClient } from '../server/trpc.ts';
import { signInWords } from '../sign-in/sign-in-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PasswordField } from '../ui/fields/password-field.tsx';
import { TextField } from '../ui/fields/text-field.tsx';

// Not within the event: the key that closes this dialog would then be for the one below, too.
const dismiss = (): void => void setTimeout(() => prompter.answer(false));

/** Asks for what a call waits for, and lets the call go on. What stands in the forms behind it stays. */
export const PromptDialog = () => {
  const { asked } = useSyncExternalStore(prompter.subscribe, prompter.read);
  return (
    <>
      <Dialog title="Confirm it’s you" isOpen={asked === 'password'} onClose={dismiss} width="25rem" isOnTop>
        {asked === 'password' && <ConfirmPassword />}
      </Dialog>
      <Dialog
        title="Your session has ended"
        isOpen={asked === 'sign-in'}
        onClose={dismiss}
        width="25rem"
        isOnTop
      >
        {asked === 'sign-in' && <SignInAgain />}
      </Dialog>
    </>
  );
};

const confirmPassword = async (password: string): Promise<string | null> => {
  try {
    await trpcClient.person.confirmPassword.mutate({ password });
    return null;
  } catch (error) {
    return failureWords(failureOf(error));
  }
};

const ConfirmPassword = () => {
  const [password, setPassword] = useState('');
  const { problem, isBusy, onSubmit } = useAnswer(() => confirmPassword(password));
  return (
    <PromptForm
      text="Connections, secrets and roles change only after your password was given within the last 15 minutes."
      submitLabel="Confirm"
      cancelLabel="Cancel"
      isBusy={isBusy}
      onSubmit={onSubmit}
    >
      <PasswordField
        label="Your password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={problem}
        isRequired
        autoFocus
      />
    </PromptForm>
  );
};

const SignInAgain = () => {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { problem, isBusy, onSubmit } = useAnswer(async () => {
    const words = signInWords(await signIn({ email, password }));
    // Somebody else may have signed in: everything on the page is asked for again.
    if (words === null) void queryClient.invalidateQueries();
    return words;
  });
  return (
    <PromptForm
      text="Sign in again to go on. What you typed on this page is still here."
      submitLabel="Sign in"
      cancelLabel="Go to the sign-in page"
      isBusy={isBusy}
      onSubmit={onSubmit}
    >
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={problem}
        isRequired
      />
    </PromptForm>
  );
};

/** Runs an attempt; without a problem the waiting calls go on. */
const useAnswer = (attempt: () => Promise<string | null>) => {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  return {
    problem,
    isBusy,
    onSubmit: async (): Promise<void> => {
      setIsBusy(true);
      const found = await attempt();
      setIsBusy(false);
      setProblem(found);
      if (found === null) prompter.answer(true);
    },
  };
};

const PromptForm = ({
  text,
  submitLabel,
  cancelLabel,
  isBusy,
  onSubmit,
  children,
}: {
  text: string;
  submitLabel: string;
  cancelLabel: string;
  isBusy: boolean;
  onSubmit: () => Promise<void>;
  children: React.ReactNode;
}) => {
  const textId = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy) void onSubmit();
  };
  return (
    <form onSubmit={submit} aria-describedby={textId}>
      <div style={{ display: 'grid', gap: '1rem' }}>
        <p id={textId} style={{ margin: 0, fontSize: '0.875rem' }}>
          {text}
        </p>
        {children}
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: '0.5rem' }}>
          <Button onClick={() => prompter.answer(false)}>{cancelLabel}</Button>
          <Button variant="primary" type="submit" isBusy={isBusy}>
            {submitLabel}
          </Button>
        </div>
      </div>
    </form>
  );
};
