import { PortError } from '@turn-lever/core/ports/port-error';
import type { Outcome } from '@turn-lever/core/use-cases/by-person/perform';
import type { Program } from '../../src/compose.ts';
import type { ModelPorts } from './model-ports.ts';
import { type ActCommand, type ProcessAnswer, type ProcessCommand, personFor } from './process-command.ts';

/** Every action of the console, as the product itself puts it together. Null: nothing of the kind is there to act on. */
const act = ({ actions }: Program, command: ActCommand): Promise<Outcome<unknown>> | null => {
  const { actor, action, accountId, connectionId, opportunityId, checkId, deliveryId, entry } = command;
  const person = personFor(accountId, actor);
  const onCheck = (run: typeof actions.dismiss) =>
    checkId === null ? null : run(person, connectionId, checkId);
  const onDelivery = (run: typeof actions.cancel) =>
    deliveryId === null ? null : run(person, connectionId, deliveryId);
  const onEntry = (run: typeof actions.orderRetroactive) =>
    entry === null ? null : run(person, connectionId, entry);
  const reconnect = () =>
    command.authorized === null ? null : actions.connectLever(person, connectionId, command.authorized);

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
      return actions.previewBacklog(person, connectionId);
    case 'preview retroactive':
      return actions.previewRetroactive(person, connectionId);
    case 'dry run':
      return actions.dryRun(person, connectionId, { opportunityId });
    case 'pause':
      return actions.pause(person, connectionId);
    case 'resume':
      return actions.resume(person, connectionId);
    case 'disconnect':
      return actions.disconnect(person, connectionId);
    case 'reconnect':
    case 'reconnect elsewhere':
      return reconnect();
  }
};

const resultOf = async (program: Program, ports: ModelPorts, command: ProcessCommand): Promise<unknown> => {
  switch (command.do) {
    case 'act':
      return (await act(program, command))?.kind ?? 'no-subject';
    case 'create account':
      return program.stores.connections.createAccount(command.account, command.now);
    case 'sweep':
      return program.sweep(command.connectionId);
    case 'list offered': {
      const { accountId, connectionId } = command;
      const person = personFor(accountId, 'super-admin');
      const outcome = await program.actions.previewRetroactive(person, connectionId);
      return outcome.kind === 'done'
        ? outcome.result.map(({ opportunityId }) => opportunityId)
        : outcome.kind;
    }
    case 'die':
      return ports.dieAt(command);
    case 'plan':
      return ports.plan(command.fault, command);
    case 'live':
      return ports.live();
  }
};

/** Carries out, inside the program, what the driver asked for. Never throws. */
export const carryOutCommand = async (
  program: Program,
  ports: ModelPorts,
  command: ProcessCommand,
): Promise<ProcessAnswer> => {
  try {
    return { kind: 'answered', value: (await resultOf(program, ports, command)) ?? null };
  } catch (error) {
    if (error instanceof PortError) return { kind: 'failed' };
    return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : 'unknown' };
  }
};
