import { param } from '../../http/call.ts';
import { notFound } from './errors.ts';
import type { AddLeverRoute } from './lever-route.ts';
import { contactJson, userJson } from './people-json.ts';

/** Stages, tags, users, contacts and archive reasons (lever-api.md §4.3, §4.4, §4.8 to §4.10). */
export function addAccountRoutes(add: AddLeverRoute): void {
  add('GET', '/v1/stages', 'stages:read:admin', ({ state }) => list(state.stages));
  add('GET', '/v1/stages/:id', 'stages:read:admin', (call) =>
    one(
      'stages',
      param(call, 'id'),
      call.state.stages.find(({ id }) => id === param(call, 'id')),
    ),
  );

  add('GET', '/v1/tags', 'tags:read:admin', ({ state }) => {
    const counts = new Map<string, number>();
    for (const { tags } of state.opportunities.values()) {
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    const byText = [...counts].sort(([text], [other]) => text.localeCompare(other));
    return list(byText.map(([text, count]) => ({ text, count })));
  });

  add('GET', '/v1/users', 'users:read:admin', ({ state, query }) => {
    const all = query.get('includeDeactivated') === 'true';
    const email = query.get('email');
    const users = state.users.filter((user) => all || user.deactivatedAt === null);
    return list(users.filter((user) => email === null || user.email === email).map(userJson));
  });
  add('GET', '/v1/users/:id', 'users:read:admin', (call) => {
    const user = call.state.users.find(({ id }) => id === param(call, 'id'));
    return one('users', param(call, 'id'), user === undefined ? undefined : userJson(user));
  });

  // The scope's name is singular (lever-api.md §2.2).
  add('GET', '/v1/contacts/:id', 'contact:read:admin', (call) => {
    const contact = call.state.contacts.get(param(call, 'id'));
    return one('contacts', param(call, 'id'), contact === undefined ? undefined : contactJson(contact));
  });

  add('GET', '/v1/archive_reasons', 'archive_reasons:read:admin', ({ state }) =>
    list(state.archiveReasons.map((reason) => ({ ...reason, status: 'active' }))),
  );
}

function list(data: unknown[]) {
  return { status: 200, body: { data, hasNext: false } };
}

function one(kind: string, id: string, data: unknown) {
  if (data === undefined) throw notFound(`${kind} ${id} was not found`);
  return { status: 200, body: { data } };
}
