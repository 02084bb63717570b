import { useState } from 'react';
import type { Outputs } from '../../server/trpc.ts';
import { roleWords } from '../../shell/role-words.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/feedback/empty.tsx';
import { Moment } from '../../ui/moment.tsx';
import classes from '../people.module.css';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** An invitation that nobody has accepted yet. */
export type Invitation = Outputs['people']['list']['invitations'][number];

/** The invitations that wait. */
export const InvitationList = ({ invitations }: { invitations: readonly Invitation[] }) => {
  const [chosen, setChosen] = useState<Invitation | null>(null);
  if (invitations.length === 0) {
    return (
      <Empty icon="people" title="No invitation waits">
        Whoever you invite stands here until they have joined.
      </Empty>
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {invitations.map((invitation) => (
          <li key={invitation.linkId} className={classes.row}>
            <span className={classes.who}>
              <strong>{invitation.email}</strong>
              <span className={classes.lesser}>
                {roleWords[invitation.role]} · ends <Moment at={invitation.expiresAt} />
              </span>
            </span>
            <span className={classes.actions}>
              <Button
                size="xs"
                label={`Withdraw the invitation of ${invitation.email}`}
                onClick={() => setChosen(invitation)}
              >
                Withdraw
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {chosen !== null && <WithdrawDialog invitation={chosen} onClose={() => setChosen(null)} />}
    </>
  );
};
