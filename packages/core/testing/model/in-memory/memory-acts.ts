import type { DeliveryId } from '../../../src/ids.ts';
import { standingTowards } from '../../../src/ordering/stage-rule.ts';
import { anAuthorization } from '../../an-authorization.ts';
import { referenceCheckStage } from '../../an-opportunity.ts';
import type { ActSubjects } from '../carry-out-act.ts';
import type { Actor, PersonsAction } from '../persons-actions.ts';
import { type MemoryWorld, opportunityIdOf } from './memory-world.ts';

/** What an action is done to: the candidate's newest check, and the newest delivery that waits, else the newest. */
export const subjectsOf = async (
  world: MemoryWorld,
  actor: Actor,
  action: PersonsAction,
  candidate: number,
): Promise<ActSubjects> => {
  const { fakes, connectionId } = world;
  const opportunityId = opportunityIdOf(candidate);
  const deliveries = fakes.inbox
    .deliveries()
    .filter(({ happening }) => happening.opportunityId === opportunityId)
    .reverse();
  const [newest] = deliveries;
  let waiting: DeliveryId | null = null;
  for (const { id } of deliveries) {
    if ((await fakes.inbox.read(connectionId, id))?.settlement === null) waiting ??= id;
  }
  const standing = standingTowards(referenceCheckStage, fakes.ats.opportunity(connectionId, opportunityId));
  return {
    opportunityId,
    checkId: (await fakes.checks.newest(connectionId, opportunityId))?.id ?? null,
    deliveryId: waiting ?? newest?.id ?? null,
    entry: standing.kind === 'never-entered' ? null : { opportunityId, enteredAt: standing.enteredAt },
    authorized: authorize(world, actor, action),
  };
};

/** At Lever, by somebody who may; what a stranger brings is worth nothing there. */
const authorize = (
  { setRevoked, connectionId, now }: MemoryWorld,
  actor: Actor,
  action: PersonsAction,
): ActSubjects['authorized'] => {
  const isOther = action === 'reconnect elsewhere';
  if (!isOther && action !== 'reconnect') return null;
  if (!isOther && actor === 'super-admin') setRevoked(false);
  const leverAccountId = isOther ? 'another-lever-account' : `lever-account-of-${connectionId}`;
  const issuedAt = now();
  const grant = {
    accessToken: 'access',
    refreshToken: 'refresh',
    expiresAt: issuedAt + 3_600_000,
    issuedAt,
  };
  return anAuthorization({ grant, leverAccountId });
};
