import { Stack, Text } from '@mantine/core';
import { Notice } from '../ui/feedback/notice.tsx';
import { CopyField } from '../ui/fields/copy-field.tsx';
import { Moment } from '../ui/moment.tsx';

/** A one-time link, shown this once. */
export const LinkShown = ({ label, url, expiresAt }: { label: string; url: string; expiresAt: number }) => (
  <Stack gap="sm">
    <Notice tone="good" isSpoken title="The link is made">
      Copy it now and send it to them yourself: it is not shown again. Whoever has it can use it.
    </Notice>
    <CopyField label={label} value={url} />
    <Text size="sm" c="dimmed">
      It works once and ends <Moment at={expiresAt} />.
    </Text>
  </Stack>
);
