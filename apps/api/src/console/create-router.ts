import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import type { UseLinks } from '@turn-lever/core/use-cases/people/use-links';
import { router } from './access.ts';
import { type AccountPorts, createAccountProcedures } from './procedures/account.ts';
import { createBacklogProcedures } from './procedures/backlog.ts';
import { type CheckPorts, createCheckProcedures } from './procedures/checks.ts';
import { type ConnectionPorts, createConnectionProcedures } from './procedures/connection.ts';
import { createDeliveryProcedures } from './procedures/deliveries.ts';
import { createLinkProcedures } from './procedures/link.ts';
import { createPeopleProcedures, type PeoplePorts } from './procedures/people.ts';
import { createPersonProcedures, type PersonPorts } from './procedures/person.ts';
import { createSettingsProcedures, type SettingsProcedurePorts } from './procedures/settings.ts';

/** What the procedures need together. */
export interface RouterPorts
  extends AccountPorts,
    CheckPorts,
    ConnectionPorts,
    PeoplePorts,
    PersonPorts,
    SettingsProcedurePorts {
  readonly actions: Actions;
  readonly links: UseLinks;
}

/** Everything the console can ask for. */
export const createRouter = (ports: RouterPorts) =>
  router({
    account: createAccountProcedures(ports),
    backlog: createBacklogProcedures(ports.actions),
    checks: createCheckProcedures(ports),
    connection: createConnectionProcedures(ports),
    deliveries: createDeliveryProcedures(ports.actions),
    link: createLinkProcedures(ports.links),
    people: createPeopleProcedures(ports),
    person: createPersonProcedures(ports),
    settings: createSettingsProcedures(ports),
  });

/** The type of everything the console can ask for. */
export type ConsoleRouter = ReturnType<typeof createRouter>;
