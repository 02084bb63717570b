import type { Role } from '@turn-lever/core/permission';
import { roleWords } from '../shell/role-words.ts';

/** The roles to choose from, the least first, each with what it may do here. */
export const roleChoices: readonly { readonly value: Role; readonly label: string; readonly hint: string }[] =
  [
    {
      value: 'limited-team-member',
      label: roleWords['limited-team-member'],
      hint: 'Sees the package tags and whether Lever and Turn are connected.',
    },
    {
      value: 'team-member',
      label: roleWords['team-member'],
      hint: 'Also sees candidates and how far their checks are; may retry, and cancel during the wait.',
    },
    {
      value: 'admin',
      label: roleWords.admin,
      hint: 'Also sees results, report links and the settings; may dismiss what is held.',
    },
    {
      value: 'super-admin',
      label: roleWords['super-admin'],
      hint: 'May do everything: connect, settings, order, pause, people.',
    },
  ];
