import { Stack } from '@mantine/core';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Facts } from '../facts.tsx';
import { useSettings } from '../settings-context.ts';
import type { LeverHealth } from './lever-health.ts';
import { PermissionList } from './permission-list.tsx';
import { useAuthorize } from './use-authorize.ts';

/** Who connected which Lever, and how it is; the way to authorize again. */
export const ConnectedLever = ({ health }: { readonly health: LeverHealth }) => {
  const { view, mayChange } = useSettings();
  const { authorize, isBusy, error } = useAuthorize();
  const { lever, environment } = view;
  return (
    <Stack gap="md" align="stretch">
      {health.sentence !== null && (
        <Notice tone={health.tone === 'bad' ? 'bad' : 'warning'}>{health.sentence}</Notice>
      )}
      <Facts
        of={[
          [
            'Lever account',
            lever.leverAccountId === null ? 'Not named by Lever' : <code>{lever.leverAccountId}</code>,
          ],
          ['Environment', environment === 'sandbox' ? 'Sandbox' : 'Production'],
          lever.connectedAt === null
            ? null
            : [
                'Connected',
                <>
                  {lever.connectedBy !== null && <>by {lever.connectedBy.name}, </>}
                  <Moment at={lever.connectedAt} />
                </>,
              ],
          lever.lastUsedAt === null ? null : ['Last used', <Moment key="used" at={lever.lastUsedAt} />],
          lever.endsAt === null ? null : ['Ends', <Moment key="ends" at={lever.endsAt} />],
          lever.grantedScopes.length === 0
            ? null
            : ['Turn may', <PermissionList key="may" of={lever.grantedScopes} />],
        ]}
      />
      {lever.leverAccountId === null && lever.state === 'working' && (
        <Notice tone="warning">
          Lever did not say which account this is, so a reconnect with another Lever account cannot be told
          apart.
        </Notice>
      )}
      {mayChange && (
        <>
          <FailureNotice error={error} title="Lever could not be opened" />
          <div>
            <Button
              variant={lever.state === 'reconnect-needed' ? 'primary' : 'secondary'}
              icon="retry"
              isBusy={isBusy}
              // What was granted before is asked for again, else the webhook that Turn made could not be deleted.
              onClick={() => void authorize({ withWebhooks: lever.grantedScopes.includes('webhooks') })}
            >
              Reconnect
            </Button>
          </div>
        </>
      )}
    </Stack>
  );
};
