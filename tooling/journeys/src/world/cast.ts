import { canary } from '@turn-lever/core/testing/canaries';
import type { SuperAdmin } from '@turn-lever/demo/super-admin';
import type { NewOpportunity } from '@turn-lever/emulator/lever/account/new-opportunity';

/** Who and what a world is full of. All invented. */
export interface Cast {
  /** The account's name in the console, and at Turn. */
  readonly accountName: string;
  readonly leverAccountName: string;
  /** The first Super Admin. */
  readonly superAdmin: SuperAdmin;
  /** On Lever's board. */
  readonly candidates: readonly NewOpportunity[];
}

/** People who can be recognised wherever they turn up. The password is looked for like any other secret. */
export const canaries: Cast = {
  accountName: 'Brightwater Screening',
  leverAccountName: 'Brightwater Logistics',
  superAdmin: {
    name: 'Sam Example',
    email: canary.adminEmail,
    password: canary.secret('correct horse'),
  },
  candidates: [
    {
      name: canary.name,
      emails: [canary.email],
      phones: [canary.phone],
      stage: 'On-site interview',
      tags: ['TurnPackage:P0000000001:Basic Criminal'],
    },
  ],
};
