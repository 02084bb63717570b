import type { Settings } from '@turn-lever/core/settings';

/** What each setting is called, as its field's label. */
export const settingNames: { readonly [Key in keyof Settings]: string } = {
  triggerStage: 'Background Check Pipeline Stage',
  defaultPackageId: 'Default package',
  onInvalidPackageTag: 'When a package tag is not valid',
  waitBeforeOrdering: 'Wait before ordering',
  ordersPerHour: 'Orders per hour',
  reportNoteSecret: 'Report note',
  notifyFollowersOnConsider: 'Followers on Consider',
  neutralAdverse: 'Adverse statuses',
  performAs: 'Write in Lever as',
};

const written: { readonly [Key in keyof Settings]: (value: Settings[Key]) => string } = {
  triggerStage: (name) => name,
  defaultPackageId: (id) => id ?? 'Turn’s own default',
  onInvalidPackageTag: (choice) => (choice === 'hold' ? 'Hold the order' : 'Order the default package'),
  waitBeforeOrdering: (seconds) => (seconds === 1 ? '1 second' : `${seconds} seconds`),
  ordersPerHour: String,
  reportNoteSecret: (isSecret) => (isSecret ? 'Secret note' : 'Ordinary note'),
  notifyFollowersOnConsider: (isOn) => (isOn ? 'Notified' : 'Not notified'),
  neutralAdverse: (isOn) => (isOn ? 'One neutral word' : 'As they are'),
  performAs: (id) => id ?? 'Nobody in particular',
};

/** A setting's value in words. */
export const settingValue = <Key extends keyof Settings>(key: Key, settings: Settings): string =>
  written[key](settings[key]);
