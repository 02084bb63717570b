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
      number: 94,
      fault: 'A query of the database’s own, outside any account.',
      expected: 'No row of any account.',
      untested:
        'The database has no security by rows: the account is the first argument of every port, and contract tests prove it. R92 and R93 stand in its place.',
    },
    {
      number: 95,
      fault: 'One connection to the database is used for one account after another.',
      expected: 'Never a row of another one.',
      untested:
        'A connection to the database carries no account from one use to the next: each statement names its own. R92 and R93 stand in its place.',
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
      number: 100,
      fault:
        'Markup, or marks that turn the direction of writing, as the name of a candidate, a tag, a stage, a package, a person or an account, in an address, or in what Lever sends back.',
      expected:
        'Text everywhere, on pages and in mail; names of people that look like another one are refused.',
      note: 'Looked at in what the server sends: data that no browser takes for a page, and a letter. The pages themselves: `tooling/journeys/journeys/hostile-names.journey.ts`, in a browser. Addresses of reports: R62.',
    },
    {
      number: 101,
      fault: 'A list is exported whose cells begin like a formula.',
      expected: 'No program takes them for one.',
      untested: 'There is no export yet. Whoever builds one neutralises such cells, and tests it.',
    },
    {
      number: 102,
      fault: 'What is secret is asked for again: state, settings, audit log.',
      expected: 'It is not in any answer, and no browser keeps the answers.',
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
