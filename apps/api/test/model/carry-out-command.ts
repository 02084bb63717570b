import { PortError } from '@turn-lever/core/ports/port-error';
import { carryOutAct } from '@turn-lever/core/testing/model/carry-out-act';
import { personFor } from '@turn-lever/core/testing/model/persons-actions';
import type { Program } from '../../src/compose.ts';
import type { ModelPorts } from './model-ports.ts';
import type { ProcessAnswer, ProcessCommand } from './process-command.ts';

const resultOf = async (program: Program, ports: ModelPorts, command: ProcessCommand): Promise<unknown> => {
  switch (command.do) {
    case 'act': {
      const { accountId, actor, connectionId, action } = command;
      const person = personFor(accountId, actor);
      const act = carryOutAct(program.actions, person, connectionId, action, command);
      return (await act)?.kind ?? 'no-subject';
    }
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
    if (error instanceof PortError)
      return { kind: 'failed', message: `${error.vendor ?? 'database'} ${error.code}: ${error.message}` };
    return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : 'unknown' };
  }
};
