import { Status } from '../../ui/feedback/status.tsx';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import { useSettings } from '../settings-context.ts';
import { SettingsSection } from '../settings-section.tsx';
import { ByHand } from './by-hand.tsx';
import { CreateWebhook } from './create-webhook.tsx';
import { CreatedWebhook } from './created-webhook.tsx';
import { Listening } from './listening.tsx';
import { SavedSecret } from './saved-secret.tsx';

/** How Lever tells Turn that a candidate moved. */
export const WebhookSection = () => {
  const { view, mayChange } = useSettings();
  const isFact = (fact: 'webhook' | 'first-event'): boolean =>
    view.checklist.some(({ step, isDone }) => step === fact && isDone);
  // A webhook that stands in Lever may still be switched off there.
  const heard = isFact('first-event');
  return (
    <SettingsSection
      id="webhook"
      title="Webhook"
      status={
        <Status tone={heard ? 'good' : 'neutral'}>
          {heard ? 'Lever reaches Turn' : isFact('webhook') ? 'In Lever, no event yet' : 'Not heard yet'}
        </Status>
      }
      description="Whenever an opportunity moves to a new stage, Lever sends a notification to Turn."
    >
      <Body mayChange={mayChange} isCreated={view.webhook.created} url={view.webhook.url} />
    </SettingsSection>
  );
};

const Body = ({
  mayChange,
  isCreated,
  url,
}: {
  readonly mayChange: boolean;
  readonly isCreated: boolean;
  readonly url: string;
}) => {
  if (!mayChange)
    return (
      <>
        <CopyField label="Lever Webhook URL" value={url} />
        <SavedSecret />
      </>
    );
  if (isCreated)
    return (
      <>
        <CreatedWebhook />
        <Listening />
      </>
    );
  return (
    <>
      <ByHand url={url} />
      <CreateWebhook />
    </>
  );
};
