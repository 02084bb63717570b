import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../server/trpc.ts';
import { PasswordField } from '../../ui/fields/password-field.tsx';
import { SecretSave } from '../saving/secret-save.tsx';
import { useUnsaved } from '../saving/unsaved-sections.tsx';
import { useSettings } from '../settings-context.ts';
import { pastedSecret, unfitWords } from '../webhook/secret-words.ts';
import { tokenProblem } from './turn-health.ts';

const label = 'Turn token';

/** Takes Turn's token. Turn is asked with it before it is saved; what is saved never comes back. */
export const TokenForm = () => {
  const { ids, view, next, reload } = useSettings();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const save = useMutation(trpc.settings.saveTurnToken.mutationOptions());
  const token = pastedSecret(text);
  useUnsaved(label, token !== '');
  const submit = async (): Promise<void> => {
    if (token === '') return setProblem('Paste the token of your Turn account.');
    try {
      const end = await save.mutateAsync({ ...ids, token });
      if (end.kind === 'unfit') return setProblem(unfitWords(end.why));
      if (end.kind !== 'saved') return setProblem(tokenProblem(end.kind));
      await Promise.all([reload(), queries.invalidateQueries(trpc.settings.packages.pathFilter())]);
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
          hint="From your Turn dashboard, or from Turn support at support@turning.io. Turn is asked with it before it is saved."
          value={text}
          onChange={(given) => {
            setText(given);
            setProblem(null);
            save.reset();
          }}
          placeholder={view.turn.token === null ? '' : 'Paste a new one to replace it'}
          autoComplete="off"
          error={problem}
        />
        <SecretSave
          isNext={next === 'package' && view.turn.state !== 'working'}
          isBusy={save.isPending}
          error={save.error}
          said={save.data?.kind === 'saved' && text === '' ? 'Saved' : null}
        />
      </Stack>
    </form>
  );
};
