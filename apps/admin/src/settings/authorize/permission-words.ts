import type { LeverPermission } from '@turn-lever/core/connection';

/** What Turn is allowed in Lever, in plain words. */
export const permissionWords: Readonly<Record<LeverPermission, string>> = {
  opportunities: 'see and edit your opportunities',
  stages: 'read your pipeline stages',
  tags: 'read your tags',
  notes: 'write notes',
  webhooks: 'create and delete the webhook for you',
  offline: 'stay connected while you are away',
};

/** What is asked for at every authorization, in the order in which it is shown. */
export const askedAlways = [
  'opportunities',
  'stages',
  'tags',
  'notes',
  'offline',
] as const satisfies LeverPermission[];

const isPermission = (word: string): word is LeverPermission => Object.hasOwn(permissionWords, word);

/** The permissions among the words of an address, each once. What we do not know is left out. */
export const toPermissions = (text: string | undefined): readonly LeverPermission[] => [
  ...new Set((text ?? '').split(/[\s,]+/u).filter(isPermission)),
];
