import { createFakePeople } from './fake-people.ts';
import { describePeopleContract } from './people-contract.ts';

describePeopleContract('in memory', async () => {
  const people = createFakePeople();
  return {
    people,
    createEmpty: async () => ({ people: createFakePeople(), close: async () => {} }),
    createAccount: async (name) => people.putAccount(name),
    addMember: async (accountId, email, role) => people.putMember(accountId, email, role),
    addSession: async (personId) => people.putSession(personId),
    passwordHash: async (personId) => people.passwordHash(personId),
    close: async () => {},
  };
});
