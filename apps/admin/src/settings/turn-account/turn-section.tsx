import { Stack, Text } from '@mantine/core';
import { Notice } from '../../ui/feedback/notice.tsx';
import { Status } from '../../ui/feedback/status.tsx';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Facts } from '../facts.tsx';
import { SavedWords } from '../saved-words.tsx';
import { useSettings } from '../settings-context.ts';
import { SettingsSection } from '../settings-section.tsx';
import { TokenForm } from './token-form.tsx';
import { turnHealth } from './turn-health.ts';

/** The account at Turn in whose name checks are ordered. */
export const TurnSection = () => {
  const { view, mayChange } = useSettings();
  const { turn } = view;
  const health = turnHealth(turn.state);
  return (
    <SettingsSection
      id="turn-account"
      title="Turn account"
      status={<Status tone={health.tone}>{health.word}</Status>}
      description="Checks are ordered, and billed, in the name of this account."
    >
      {turn.state === 'reconnect-needed' && <Notice tone="bad">{health.sentence}</Notice>}
      <Facts
        of={[
          turn.accountName === null ? null : ['Account', turn.accountName],
          turn.token === null
            ? ['Turn token', 'Not saved yet']
            : ['Turn token', <SavedWords key="token" of={turn.token} />],
          turn.webhookSeenAt === null
            ? null
            : ['Last status webhook', <Moment key="seen" at={turn.webhookSeenAt} />],
        ]}
      />
      {mayChange && <TokenForm />}
      <Stack gap={6}>
        <CopyField
          label="Status webhook URL (optional)"
          hint="Save it in Turn’s dashboard as the Screening Webhook URL, or give it to Turn support."
          value={turn.webhookUrl}
        />
        <Text size="sm" c="dimmed">
          {turn.webhookSeenAt === null
            ? 'Without it Turn is asked every few minutes, so a new status shows a little later in Lever.'
            : 'It works: a new status shows in Lever within seconds.'}
        </Text>
      </Stack>
    </SettingsSection>
  );
};
