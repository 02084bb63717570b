import { Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../server/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';
import { useAuthorize } from '../authorize/use-authorize.ts';
import classes from '../settings.module.css';
import { useSettings } from '../settings-context.ts';
import { createProblem } from './create-problem.ts';
import { SwitchWords } from './switch-words.tsx';

/** The other way, where nothing is pasted: Turn makes the webhook in Lever itself, if it is allowed to. */
export const CreateWebhook = () => {
  const { ids, view, reload } = useSettings();
  const trpc = useTRPC();
  const create = useMutation(trpc.settings.createWebhook.mutationOptions());
  const { authorize, isBusy, error } = useAuthorize();
  const { mayCreate } = view.webhook;
  const problem = create.data === undefined ? null : createProblem(create.data.kind);
  const press = async (): Promise<void> => {
    try {
      await create.mutateAsync(ids);
      await reload();
    } catch {
      // Shown from `create.error`.
    }
  };
  return (
    <div className={classes.box}>
      <Stack gap="xs" align="flex-start">
        <Title order={4} size="h3">
          Or let Turn do it
        </Title>
        <Text size="sm" c="dimmed">
          {view.lever.state === 'working'
            ? mayCreate
              ? 'Turn makes the webhook in Lever and keeps its token, so that there is nothing to copy or paste.'
              : 'Turn can make the webhook in Lever and keep its token, so that there is nothing to copy or paste. Lever asks you for one more permission first: create and delete the webhook for you. Then come back here and press the button once more.'
            : 'Once Lever is authorized, Turn can make the webhook for you, with one more permission from Lever.'}{' '}
          <SwitchWords />
        </Text>
        <FailureNotice error={create.error ?? error} title="The webhook was not made" />
        {problem !== null && (
          <Notice tone="bad" isSpoken title="The webhook was not made">
            {problem}
          </Notice>
        )}
        {view.lever.state === 'working' && (
          <Button
            size="xs"
            isBusy={isBusy || create.isPending}
            onClick={() => void (mayCreate ? press() : authorize({ withWebhooks: true }))}
          >
            Create the webhook for me
          </Button>
        )}
      </Stack>
    </div>
  );
};
