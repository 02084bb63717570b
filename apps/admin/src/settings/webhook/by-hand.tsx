import { Stack } from '@mantine/core';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import classes from '../settings.module.css';
import { Listening } from './listening.tsx';
import { SecretForm } from './secret-form.tsx';

/** The article's way: the address is pasted into Lever, and Lever's signature token here. */
export const ByHand = ({ url }: { readonly url: string }) => (
  <ol className={classes.steps}>
    <li>
      In Lever click <b>Settings</b>, then navigate to <b>Integrations &amp; API</b> and click the{' '}
      <b>Webhooks</b> tab. Switch on <b>Candidate Stage Change</b>: while it is off Lever sends nothing, and
      only a Lever Super Admin can switch it.
    </li>
    <li>
      <Stack gap="xs">
        <span>Add a webhook there, and paste this address into it.</span>
        <CopyField label="Lever Webhook URL" value={url} />
      </Stack>
    </li>
    <li>
      <Stack gap="xs">
        <span>
          Copy the webhook’s signature token in Lever, paste it here and click <b>Save</b>. It proves that
          what arrives comes from your Lever.
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
);
