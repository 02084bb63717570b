import type { CheckId, DeliveryId } from '../../../src/ids.ts';
import { standingTowards } from '../../../src/ordering/stage-rule.ts';
import type { Person } from '../../../src/ports/audit-log.ts';
import type { StageEntry } from '../../../src/ports/inbox.ts';
import type { Outcome } from '../../../src/use-cases/by-person/perform.ts';
import { anAuthorization } from '../../an-authorization.ts';
import { referenceCheckStage } from '../../an-opportunity.ts';
import type { Actor, PersonsAction } from '../persons-actions.ts';
import type { MemoryProcess } from './memory-process.ts';
import { type MemoryWorld, opportunityIdOf } from './memory-world.ts';

/** What a person of each kind is for the program. */
export const personFor = ({ accountId }: Pick<MemoryWorld, 'accountId'>, actor: Actor): Person => ({
  id: actor,
  accountId: (actor === 'stranger' ? `not-${accountId}` : accountId) as Person['accountId'],
  role: actor === 'limited-team-member' ? 'limited-team-member' : 'super-admin',
});

interface Subjects {
  readonly checkId: CheckId | null;
  /** The newest delivery that waits, else the newest. */
  readonly deliveryId: DeliveryId | null;
  readonly entry: StageEntry | null;
}

const subjectsOf = async ({ fakes, connectionId }: MemoryWorld, candidate: number): Promise<Subjects> => {
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
    checkId: (await fakes.checks.newest(connectionId, opportunityId))?.id ?? null,
    deliveryId: waiting ?? newest?.id ?? null,
    entry: standing.kind === 'never-entered' ? null : { opportunityId, enteredAt: standing.enteredAt },
  };
};

const grantAt = (now: number) => ({
  accessToken: 'access',
  refreshToken: 'refresh',
  expiresAt: now + 3_600_000,
  issuedAt: now,
});

/** Finds what the action is done to; null where there is nothing of the kind. */
export const prepareAct = async (
  world: MemoryWorld,
  { actions }: MemoryProcess,
  actor: Actor,
  action: PersonsAction,
  candidate: number,
): Promise<(() => Promise<Outcome<unknown>>) | null> => {
  const { connectionId: connection, fakes } = world;
  const person = personFor(world, actor);
  const { checkId, deliveryId, entry } = await subjectsOf(world, candidate);
  const onCheck = (
    act: (person: Person, connection: never, checkId: CheckId) => Promise<Outcome<unknown>>,
  ) => (checkId === null ? null : () => act(person, connection as never, checkId));
  const onDelivery = (
    act: (person: Person, connection: never, deliveryId: DeliveryId) => Promise<Outcome<unknown>>,
  ) => (deliveryId === null ? null : () => act(person, connection as never, deliveryId));
  const onEntry = (
    act: (person: Person, connection: never, entry: StageEntry) => Promise<Outcome<unknown>>,
  ) => (entry === null ? null : () => act(person, connection as never, entry));
  const reconnect = (leverAccountId: string) =>
    actions.connectLever(
      person,
      connection,
      anAuthorization({ grant: grantAt(world.now()), leverAccountId }),
    );

  switch (action) {
    case 'retry':
      return onCheck(actions.retry);
    case 'dismiss':
      return onCheck(actions.dismiss);
    case 'order anyway':
      return onCheck(actions.orderAnyway);
    case 'order again':
      return onCheck(actions.orderAgain);
    case 'release':
      return onCheck(actions.release);
    case 'order backlog':
      return onCheck(actions.orderBacklog);
    case 'discard backlog':
      return onCheck(actions.discardBacklog);
    case 'resend invitation':
      return onCheck(actions.resendInvitation);
    case 'replay':
      return onDelivery(actions.replay);
    case 'order now':
      return onDelivery(actions.orderNow);
    case 'cancel':
      return onDelivery(actions.cancel);
    case 'order retroactive':
      return onEntry(actions.orderRetroactive);
    case 'discard retroactive':
      return onEntry(actions.discardRetroactive);
    case 'preview backlog':
      return () => actions.previewBacklog(person, connection);
    case 'preview retroactive':
      return () => actions.previewRetroactive(person, connection);
    case 'dry run':
      return () => actions.dryRun(person, connection, { opportunityId: opportunityIdOf(candidate) });
    case 'pause':
      return () => actions.pause(person, connection);
    case 'resume':
      return () => actions.resume(person, connection);
    case 'disconnect':
      return () => actions.disconnect(person, connection);
    case 'reconnect elsewhere':
      return () => reconnect('another-lever-account');
    case 'reconnect':
      return async () => {
        // Authorized at Lever first, by somebody who may.
        if (actor === 'super-admin') fakes.ats.reconnect(connection);
        return reconnect(`lever-account-of-${connection}`);
      };
  }
};
