import type { Chapter } from '../scenario.ts';

export const deciding: Chapter = {
  title: 'Deciding whether and what to order',
  scenarios: [
    {
      number: 30,
      fault: 'The candidate has left the stage before we look.',
      expected:
        'No order: ignored where they left within half a minute or the wait, held where they left later.',
    },
    {
      number: 31,
      fault: 'Events of moving in and out arrive in the wrong order.',
      expected: 'Decided by where the candidate stands in Lever now.',
    },
    {
      number: 32,
      fault: 'In, out and in again, within a second.',
      expected: 'One order; every other entry says that there is one.',
      note: 'An entry that finds the order of another at Turn may say “ordered” too.',
    },
    {
      number: 33,
      fault: 'The trigger stage is renamed, deleted, not made yet, or there are two of its name.',
      expected:
        'A rename is followed. Otherwise a person is told, events are held, and can be replayed once it is repaired.',
      note: 'While the stage is missing every change of stage is held, since no name tells which mattered.',
    },
    {
      number: 34,
      fault: 'The trigger stage is changed in the settings while deliveries wait.',
      expected: 'The stage at the time of deciding counts, and stands on the row.',
    },
    {
      number: 35,
      fault: 'Package tags: none, one, two different, twice the same, malformed, unknown, among 500 others.',
      expected:
        'One valid id is ordered. Two different ones are held. Anything else is the default, with a warning.',
      note: 'A malformed, unknown or retired tag is no valid tag. The setting `onInvalidPackageTag` holds it instead.',
    },
    {
      number: 36,
      fault: 'No valid tag, and no default or one that Turn no longer offers.',
      expected: 'Without a default of ours Turn’s own is used. A default that Turn no longer offers is held.',
    },
    {
      number: 37,
      fault: 'No e-mail address, three of them, a name of one word.',
      expected: 'The first valid address is used. What is missing is named, without naming the person.',
      note: 'A phone number is not needed.',
    },
    {
      number: 38,
      fault: 'The candidate is deleted, archived, anonymised, confidential, or must not be contacted.',
      expected: 'Ended with its reason, and Lever is not asked again.',
    },
    {
      number: 39,
      fault: 'One person stands in the stage under two opportunities.',
      expected: 'Two orders for two packages. The same package while a check of it is open is held.',
    },
    {
      number: 40,
      fault: 'Turn’s list of packages cannot be read.',
      expected: 'Ids that the kept list knows are ordered; others are held, never decided on an old list.',
      note: 'The age of the kept list is kept, and shown nowhere yet.',
    },
  ],
};
