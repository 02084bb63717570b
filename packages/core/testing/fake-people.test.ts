import { createFakeConnections } from './fake-connections.ts';
import { createFakePeople } from './fake-people.ts';
import { describePeopleContract } from './people-contract.ts';

describePeopleContract('in memory', async () => {
  const people = createFakePeople();
  return {
    people,
    createEmpty: async () => {
      const connections = createFakeConnections({ now: () => 0 });
      return { people: createFakePeople({ connections }), connections, close: async () => {} };
    },
    createAccount: async (name) => people.putAccount(name),
    addMember: async (accountId, email, role) => people.putMember(accountId, email, role),
    addSession: async (personId) => people.putSession(personId),
    passwordHash: async (personId) => people.passwordHash(personId),
    close: async () => {},
  };
});
