import { Text } from '@mantine/core';
import type { Outputs } from '../server/trpc.ts';
import { Status } from '../ui/feedback/status.tsx';
import { Section } from '../ui/layout/section.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { leverHealth } from './authorize/lever-health.ts';
import { LeverReturn } from './authorize/lever-return.tsx';
import { Facts } from './facts.tsx';
import { turnHealth } from './turn-account/turn-health.ts';

/** For those who may not see the settings: how the connection stands, and whom to ask. */
export const ConnectionStateCard = ({
  connection,
}: {
  readonly connection: NonNullable<Outputs['account']['state']['connection']>;
}) => {
  const lever = leverHealth({ state: connection.lever, missingScopes: [], endsAt: null }, Date.now());
  const turn = turnHealth(connection.turn);
  return (
    <Section title="Lever Integration">
      <LeverReturn />
      <Facts
        of={[
          [
            'Lever',
            <Status key="lever" tone={lever.tone}>
              {lever.word}
            </Status>,
          ],
          [
            'Turn',
            <Status key="turn" tone={turn.tone}>
              {turn.word}
            </Status>,
          ],
          ['Ordering', connection.pausedAt === null ? 'As candidates move into the stage' : 'Paused'],
        ]}
      />
      <Text size="sm" c="dimmed">
        Ask a Super Admin: only they can connect Lever and change the settings. What you need for your
        candidates stands under <PageLink to="/packages">Package tags</PageLink>.
      </Text>
    </Section>
  );
};
