import type { Chapter } from '../scenario.ts';

export const people: Chapter = {
  title: 'Letting in only who may',
  scenarios: [
    {
      number: 92,
      fault:
        'Every call of the console by everybody: nobody, each of the four roles, in the own account and another.',
      expected:
        'What the written table says. Another account is not found. A call that is not in the table fails the test.',
    },
    {
      number: 93,
      fault: 'Every id of another account, in every field that takes one.',
      expected: 'Not found, and nothing of the other account changes, not even its audit log.',
      note: 'Ids of Lever’s are no ids of ours: they are looked up with the own account’s token.',
    },
    {
      number: 96,
      fault: 'A job in the queue names another account than its row.',
      expected: 'The row’s account counts; a job holds an id and nothing else that is believed.',
    },
    {
      number: 97,
      fault: 'A Super Admin is demoted, or removed, while signed in.',
      expected: 'Refused at the next request.',
    },
    {
      number: 98,
      fault:
        'A session planted before the sign-in, used after the sign-out, after all were ended, when idle or too old, or a token read from the database.',
      expected: 'Refused.',
      note: 'The table holds a hash. Another role ends the sessions of the person, too.',
    },
    {
      number: 99,
      fault:
        'A request that another site makes a browser send: a form, a fetch, a link; no origin, a foreign or an opaque one.',
      expected: 'Refused before anything is read, and nothing changed.',
    },
    {
      number: 103,
      fault: 'Fields that nobody asked for: a role, an account, a flag.',
      expected: 'Refused as a whole.',
    },
    {
      number: 104,
      fault:
        'An invitation used twice, too late, withdrawn, guessed, or by somebody else; the last Super Admin leaves.',
      expected: 'Refused.',
    },
    {
      number: 105,
      fault: 'Many tries of a password, for one person or from one address, which says that it is another.',
      expected: 'Refused after ten for a person and a hundred from an address, within 15 minutes.',
      note: 'Counted by each process for itself.',
    },
  ],
};
