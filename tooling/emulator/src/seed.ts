import type { LeverAccount } from './lever/account/lever-account.ts';
import type { NewOpportunity } from './lever/account/new-opportunity.ts';
import type { LeverEmulator } from './lever/create-lever-emulator.ts';
import { defaultPackages } from './turn/account/account-state.ts';
import type { TurnAccount } from './turn/account/turn-account.ts';
import type { TurnEmulator } from './turn/create-turn-emulator.ts';

const [basic, driver] = defaultPackages.map(({ id, name }) => `TurnPackage:${id}:${name}`);

/** Invented people, each showing something else. */
const candidates: NewOpportunity[] = [
  {
    name: 'Nora Quill',
    emails: ['nora.quill@example.com'],
    phones: ['(415) 555-0101'],
    stage: 'On-site interview',
    tags: [basic ?? ''],
  },
  {
    name: 'Okafor, Daniel',
    emails: ['daniel.okafor@example.com'],
    stage: 'On-site interview',
    postingTags: [driver ?? ''],
  },
  { name: 'Priya Raman', emails: ['priya.raman@example.com'], stage: 'Recruiter screen' },
  {
    name: 'Mateo Silva Jr.',
    emails: ['mateo.silva@example.com'],
    stage: 'New applicant',
    tags: ['TurnPackage:P9999999999:Not offered'],
  },
  { name: 'Ines Vogel', stage: 'Recruiter screen', tags: [basic ?? ''] },
  { name: 'Walter White', emails: ['walter.white@example.com'], stage: 'New applicant' },
];

/** One account of each vendor, with candidates on Lever's board. */
export function seed(
  lever: LeverEmulator,
  turn: TurnEmulator,
): { leverAccount: LeverAccount; turnAccount: TurnAccount } {
  const leverAccount = lever.createAccount({ name: 'Brightwater Logistics' });
  for (const candidate of candidates) leverAccount.addOpportunity(candidate);
  return { leverAccount, turnAccount: turn.createAccount({ name: 'Brightwater Logistics' }) };
}
