import { Stack, Text } from '@mantine/core';
import { Notice } from '../ui/feedback/notice.tsx';
import { CopyField } from '../ui/fields/copy-field.tsx';
import { Moment } from '../ui/moment.tsx';

const mailWords = {
  sent: 'It was mailed to them. You can copy it, too.',
  'not-sent': 'It could not be mailed. Copy it now and send it to them yourself.',
  off: 'Copy it now and send it to them yourself.',
} as const;

/** A one-time link, shown this once. */
export const LinkShown = ({
  label,
  url,
  expiresAt,
  mail = 'off',
}: {
  label: string;
  url: string;
  expiresAt: number;
  /** What became of the mail with it; `off`: none is ever sent. */
  mail?: 'sent' | 'not-sent' | 'off';
}) => (
  <Stack gap="sm">
    <Notice tone={mail === 'not-sent' ? 'warning' : 'good'} isSpoken title="The link is made">
      {mailWords[mail]} It is not shown again. Whoever has it can use it.
    </Notice>
    <CopyField label={label} value={url} />
    <Text size="sm" c="dimmed">
      It works once and ends <Moment at={expiresAt} />.
    </Text>
  </Stack>
);
