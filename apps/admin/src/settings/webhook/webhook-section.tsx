import { Stack } from '@mantine/core';
import { Status } from '../../ui/feedback/status.tsx';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import classes from '../settings.module.css';
import { useSettings } from '../settings-context.ts';
import { SettingsSection } from '../settings-section.tsx';
import { CreateWebhook } from './create-webhook.tsx';
import { Listening } from './listening.tsx';
import { SavedSecret } from './saved-secret.tsx';
import { SecretForm } from './secret-form.tsx';

const label = 'Lever Webhook URL';

/** How Lever tells Turn that a candidate moved. */
export const WebhookSection = () => {
  const { view, mayChange } = useSettings();
  const isDone = view.checklist.some(({ step, isDone: done }) => step === 'webhook' && done);
  return (
    <SettingsSection
      id="webhook"
      title="Webhook"
      status={
        <Status tone={isDone ? 'good' : 'neutral'}>{isDone ? 'Lever reaches Turn' : 'Not heard yet'}</Status>
      }
      description="Whenever an opportunity moves to a new stage, Lever sends a notification to Turn."
    >
      {mayChange ? (
        <>
          <ol className={classes.steps}>
            <li>
              In Lever click <b>Settings</b>, then navigate to <b>Integrations &amp; API</b> and click the{' '}
              <b>Webhooks</b> tab. Switch on <b>Candidate Stage Change</b>: while it is off Lever sends
              nothing, and only a Lever Super Admin can switch it.
            </li>
            <li>
              <Stack gap="xs">
                <span>Add a webhook there, and paste this address into it.</span>
                <CopyField label={label} value={view.webhook.url} />
              </Stack>
            </li>
            <li>
              <Stack gap="xs">
                <span>
                  Copy the webhook’s signature token in Lever, paste it here and click <b>Save</b>. It proves
                  that what arrives comes from your Lever.
                </span>
                <SecretForm />
              </Stack>
            </li>
            <li>
              <Stack gap="xs">
                <span>
                  Back in Lever press <b>Verify Connection</b> at the webhook.
                </span>
                <Listening />
              </Stack>
            </li>
          </ol>
          <CreateWebhook />
        </>
      ) : (
        <>
          <CopyField label={label} value={view.webhook.url} />
          <SavedSecret />
        </>
      )}
    </SettingsSection>
  );
};
