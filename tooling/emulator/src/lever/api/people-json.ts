import type { Contact } from '../state/opportunity.ts';
import type { User } from '../state/user.ts';

/** A contact (lever-api.md §4.8); its location is an object, unlike an opportunity's. */
export function contactJson(contact: Contact): Record<string, unknown> {
  return {
    id: contact.id,
    name: contact.name,
    headline: contact.headline,
    isAnonymized: contact.isAnonymized,
    location: { name: contact.location },
    emails: contact.emails,
    phones: contact.phones,
    ...(contact.dataProtection === null ? {} : { dataProtection: contact.dataProtection }),
  };
}

/** A user (lever-api.md §4.10). */
export function userJson(user: User): Record<string, unknown> {
  return {
    id: user.id,
    name: user.name,
    username: user.email.split('@')[0],
    email: user.email,
    accessRole: user.accessRole,
    photo: null,
    createdAt: user.createdAt,
    deactivatedAt: user.deactivatedAt,
    externalDirectoryId: null,
    linkedContactIds: null,
    jobTitle: null,
    managerId: null,
  };
}
