import { Status } from '../../ui/feedback/status.tsx';
import { BacklogReview } from '../backlog/backlog-review.tsx';
import { useSettings } from '../settings-context.ts';
import { SettingsSection } from '../settings-section.tsx';
import { AuthorizeLever } from './authorize-lever.tsx';
import { ConnectedLever } from './connected-lever.tsx';
import { leverHealth } from './lever-health.ts';
import { LeverReturn } from './lever-return.tsx';

/** Turn's access to the account's Lever. */
export const AuthorizeSection = () => {
  const { view, mayChange } = useSettings();
  const health = leverHealth(view.lever, Date.now());
  return (
    <SettingsSection
      id="authorize"
      title="Authorize Lever"
      status={<Status tone={health.tone}>{health.word}</Status>}
      description="Turn works in Lever with the access that a Lever Super Admin grants here, and that can be revoked in Lever at any time."
    >
      <LeverReturn>{mayChange && <BacklogReview />}</LeverReturn>
      {view.lever.state === 'not-connected' ? <AuthorizeLever /> : <ConnectedLever health={health} />}
    </SettingsSection>
  );
};
