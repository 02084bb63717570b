import type { CheckId, ConnectionId, DeliveryId, OpportunityId } from '../../src/ids.ts';
import type { Person } from '../../src/ports/audit-log.ts';
import type { NewAuthorization } from '../../src/ports/connections.ts';
import type { StageEntry } from '../../src/ports/inbox.ts';
import type { Actions } from '../../src/use-cases/by-person/create-actions.ts';
import type { Outcome } from '../../src/use-cases/by-person/perform.ts';
import type { PersonsAction } from './persons-actions.ts';

/** What an action is done to, as far as it is there. */
export interface ActSubjects {
  readonly opportunityId: OpportunityId;
  readonly checkId: CheckId | null;
  readonly deliveryId: DeliveryId | null;
  readonly entry: StageEntry | null;
  /** What Lever gave to whoever authorized it, for the actions that bring it. */
  readonly authorized: Omit<NewAuthorization, 'personId' | 'at'> | null;
}

/** Does an action of the model by the product's own use case. Null: nothing of the kind is there to act on. */
export const carryOutAct = (
  actions: Actions,
  person: Person,
  connectionId: ConnectionId,
  action: PersonsAction,
  { opportunityId, checkId, deliveryId, entry, authorized }: ActSubjects,
): Promise<Outcome<unknown>> | null => {
  type Act<Subject> = (
    person: Person,
    connectionId: ConnectionId,
    subject: Subject,
  ) => Promise<Outcome<unknown>>;
  const on = <Subject>(subject: Subject | null, act: Act<Subject>): Promise<Outcome<unknown>> | null =>
    subject === null ? null : act(person, connectionId, subject);

  switch (action) {
    case 'retry':
      return on(checkId, actions.retry);
    case 'dismiss':
      return on(checkId, actions.dismiss);
    case 'order anyway':
      return on(checkId, actions.orderAnyway);
    case 'order again':
      return on(checkId, actions.orderAgain);
    case 'release':
      return on(checkId, actions.release);
    case 'order backlog':
      return on(checkId, actions.orderBacklog);
    case 'discard backlog':
      return on(checkId, actions.discardBacklog);
    case 'resend invitation':
      return on(checkId, actions.resendInvitation);
    case 'replay':
      return on(deliveryId, actions.replay);
    case 'order now':
      return on(deliveryId, actions.orderNow);
    case 'cancel':
      return on(deliveryId, actions.cancel);
    case 'order retroactive':
      return on(entry, actions.orderRetroactive);
    case 'discard retroactive':
      return on(entry, actions.discardRetroactive);
    case 'reconnect':
    case 'reconnect elsewhere':
      return on(authorized, actions.connectLever);
    case 'dry run':
      return actions.dryRun(person, connectionId, { opportunityId });
    case 'preview backlog':
      return actions.previewBacklog(person, connectionId);
    case 'preview retroactive':
      return actions.previewRetroactive(person, connectionId);
    case 'pause':
      return actions.pause(person, connectionId);
    case 'resume':
      return actions.resume(person, connectionId);
    case 'disconnect':
      return actions.disconnect(person, connectionId);
  }
};
