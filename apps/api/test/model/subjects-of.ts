import type { CheckId, DeliveryId } from '@turn-lever/core/ids';
import type { ActCommand } from './process-command.ts';
import type { RealAccount } from './real-account.ts';
import type { RealStage } from './real-stage.ts';

/** What an action on a candidate is done to: the newest check; the newest delivery that waits, else the newest. */
export const subjectsOf = async (
  { ask }: RealStage,
  { connectionId, lever, triggerStage, opportunityOf }: RealAccount,
  candidate: number,
): Promise<Pick<ActCommand, 'checkId' | 'deliveryId' | 'entry'>> => {
  const opportunityId = opportunityOf(candidate);
  const [check] = await ask(
    'select id from background_check where connection_id = $1 and opportunity_id = $2 order by order_number desc limit 1',
    connectionId,
    opportunityId,
  );
  const [delivery] = await ask(
    `select id from delivery where connection_id = $1 and opportunity_id = $2
      order by state = 'due' desc, id desc limit 1`,
    connectionId,
    opportunityId,
  );
  const entry = lever
    .opportunity(opportunityId)
    .stageChanges.findLast(({ toStageId }) => toStageId === triggerStage);
  return {
    checkId: (check?.id as CheckId | undefined) ?? null,
    deliveryId: (delivery?.id as DeliveryId | undefined) ?? null,
    entry: entry === undefined ? null : { opportunityId, enteredAt: entry.updatedAt },
  };
};
