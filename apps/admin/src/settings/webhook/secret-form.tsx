import { Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../server/trpc.ts';
import { PasswordField } from '../../ui/fields/password-field.tsx';
import { SecretSave } from '../saving/secret-save.tsx';
import { useUnsaved } from '../saving/unsaved-sections.tsx';
import { useSettings } from '../settings-context.ts';
import { SavedSecret } from './saved-secret.tsx';
import { pastedSecret, unfitWords } from './secret-words.ts';

const label = 'Webhook Secret';

/** Takes the signature token that Lever shows at the webhook. What is saved never comes back. */
export const SecretForm = () => {
  const { ids, view, next, reload } = useSettings();
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const save = useMutation(trpc.settings.saveWebhookSecret.mutationOptions());
  const secret = pastedSecret(text);
  useUnsaved(label, secret !== '');
  const submit = async (): Promise<void> => {
    if (secret === '') return setProblem('Paste the signature token that Lever shows at the webhook.');
    try {
      const end = await save.mutateAsync({ ...ids, secret });
      if (end.kind === 'unfit') return setProblem(unfitWords(end.why));
      await reload();
      setText('');
    } catch {
      // Shown from `save.error`.
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="xs">
        <PasswordField
          label={label}
          value={text}
          onChange={(given) => {
            setText(given);
            setProblem(null);
            save.reset();
          }}
          placeholder={view.webhook.secret === null ? '' : 'Paste a new one to replace it'}
          autoComplete="off"
          error={problem}
        />
        <SavedSecret />
        <SecretSave
          isNext={next === 'secret'}
          isBusy={save.isPending}
          error={save.error}
          said={
            text !== ''
              ? null
              : save.data?.kind === 'saved'
                ? 'Saved'
                : save.data?.kind === 'same'
                  ? 'This is saved already.'
                  : null
          }
        />
      </Stack>
    </form>
  );
};
