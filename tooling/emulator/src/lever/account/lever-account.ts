import type { AccountState } from '../state/account-state.ts';
import type { LeverWorld } from '../world.ts';
import { type AccessControl, accessControl } from './access-control.ts';
import { type CandidateControl, candidateControl } from './candidate-control.ts';
import { type StageControl, stageControl } from './stage-control.ts';
import { type WebhookControl, webhookControl } from './webhook-control.ts';

/** One emulated Lever account, with everything its people can do in Lever's own UI. */
export interface LeverAccount extends CandidateControl, StageControl, WebhookControl, AccessControl {
  readonly id: string;
  readonly name: string;
}

export function leverAccount(world: LeverWorld, state: AccountState): LeverAccount {
  return {
    id: state.id,
    name: state.name,
    ...candidateControl(world, state),
    ...stageControl(state),
    ...webhookControl(world, state),
    ...accessControl(world, state),
  };
}
