import type { Guard } from './guard.ts';
import { authorizingGuards } from './guards/authorizing.ts';
import { byPersonGuards } from './guards/by-person.ts';
import { canaryGuards } from './guards/canaries.ts';
import { leaseGuards } from './guards/leases.ts';
import { moneyGuards } from './guards/money.ts';
import { noteGuards } from './guards/notes.ts';
import { orderGuards } from './guards/ordering.ts';
import { peopleGuards } from './guards/people.ts';
import { receivingGuards } from './guards/receiving.ts';
import { secretGuards } from './guards/secrets.ts';

/** Every guard whose loss would cost money, order twice, lose something or let somebody in. */
export const allGuards: readonly Guard[] = [
  ...orderGuards,
  ...moneyGuards,
  ...noteGuards,
  ...leaseGuards,
  ...receivingGuards,
  ...secretGuards,
  ...peopleGuards,
  ...byPersonGuards,
  ...authorizingGuards,
  ...canaryGuards,
];
