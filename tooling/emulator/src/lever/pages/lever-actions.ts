import type { Action } from '../../control/control-routes.ts';
import type { LeverAccount } from '../account/lever-account.ts';
import { webhookEvents } from '../state/account-state.ts';

/** What pages and the demo can do to a Lever account over HTTP. */
export const leverActions: Record<string, Action<LeverAccount>> = {
  addOpportunity: (account, input) => {
    const [emails, tags] = [input.optionalTexts('emails'), input.optionalTexts('tags')];
    const [phones, postingTags] = [input.optionalTexts('phones'), input.optionalTexts('postingTags')];
    const stage = input.optionalText('stage');
    return account.addOpportunity({
      name: input.text('name'),
      ...(emails && { emails }),
      ...(phones && { phones }),
      ...(tags && { tags }),
      ...(postingTags && { postingTags }),
      ...(stage && { stage }),
    });
  },
  moveOpportunity: (account, input) => {
    const at = input.optionalNumber('at');
    return account.moveOpportunity(
      input.text('opportunityId'),
      input.text('stage'),
      at === undefined ? {} : { at },
    );
  },
  addTag: (account, input) => account.addTag(input.text('opportunityId'), input.text('tag')),
  removeTag: (account, input) => account.removeTag(input.text('opportunityId'), input.text('tag')),
  pinTag: (account, input) => account.pinTag(input.text('opportunityId'), input.text('tag')),
  addNote: (account, input) => ({
    noteId: account.addNote(input.text('opportunityId'), input.text('value')),
  }),
  deleteNote: (account, input) => account.deleteNote(input.text('opportunityId'), input.text('noteId')),
  updateContact: (account, input) => {
    const [name, emails, phones] = [
      input.optionalText('name'),
      input.optionalTexts('emails'),
      input.optionalTexts('phones'),
    ];
    account.updateContact(input.text('opportunityId'), {
      ...(name && { name }),
      ...(emails && { emails }),
      ...(phones && { phones }),
    });
  },
  archive: (account, input) => account.archive(input.text('opportunityId')),
  unarchive: (account, input) => account.unarchive(input.text('opportunityId')),
  anonymise: (account, input) => account.anonymise(input.text('opportunityId')),
  deleteOpportunity: (account, input) => account.deleteOpportunity(input.text('opportunityId')),
  addStage: (account, input) => account.addStage({ text: input.text('text') }),
  renameStage: (account, input) => account.renameStage(input.text('stage'), input.text('text')),
  deleteStage: (account, input) => account.deleteStage(input.text('stage')),
  createWebhook: (account, input) => {
    const event = input.optionalText('event');
    return account.createWebhook({
      url: webAddress(input.text('url')),
      ...(event && { event: known(event) }),
    });
  },
  deleteWebhook: (account, input) => account.deleteWebhook(input.text('webhookId')),
  regenerateSignatureToken: (account, input) => ({
    signatureToken: account.regenerateSignatureToken(input.text('webhookId')),
  }),
  verifyConnection: (account, input) => account.verifyConnection(input.text('webhookId')),
  rerun: (account, input) => account.rerun(input.text('deliveryId')),
  switchOnEventGroup: (account, input) =>
    account.switchOnEventGroup(known(input.text('event')), input.flag('on')),
  createGrant: (account, input) => {
    const scopes = input.optionalTexts('scopes');
    return account.createGrant(scopes === undefined ? {} : { scopes });
  },
  revokeAccess: (account) => account.revokeAccess(),
  expireAccessTokens: (account) => account.expireAccessTokens(),
};

/** All there is to see of an account, signature tokens included as in Lever's UI. */
export function showLeverAccount(account: LeverAccount) {
  return {
    id: account.id,
    name: account.name,
    stages: account.stages(),
    opportunities: account.opportunities(),
    webhooks: account.webhooks(),
    deliveries: account.deliveries,
    eventGroups: webhookEvents.map((event) => ({ event, on: account.isEventGroupOn(event) })),
    authorizedApps: account.authorizedApps(),
    users: account.users(),
  };
}

function known(event: string): string {
  if (webhookEvents.some((name) => name === event)) return event;
  throw new Error(`Lever has no event "${event}".`);
}

function webAddress(url: string): string {
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw new Error('A webhook URL starts with https:// (or http:// on this machine).');
}
