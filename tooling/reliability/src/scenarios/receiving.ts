import type { Chapter } from '../scenario.ts';

export const receiving: Chapter = {
  title: 'Receiving Lever’s deliveries',
  scenarios: [
    {
      number: 1,
      fault: 'The process is killed after a delivery was committed and before it was answered.',
      expected: 'Lever tries again; one row, one order.',
    },
    {
      number: 2,
      fault: 'The process is killed before a delivery is committed.',
      expected: 'No success was answered; the next try is stored and ordered.',
    },
    {
      number: 3,
      fault: 'The database is down, or silent, while a delivery arrives.',
      expected: '503 in good time; once the database is back, the next try is stored and ordered once.',
    },
    {
      number: 4,
      fault:
        'The connection to the database is lost after the commit reached it: nobody knows whether it took.',
      expected: '503; the next try meets the row that is there.',
    },
    {
      number: 5,
      fault: 'One delivery arrives 50 times at once, at two processes.',
      expected: 'All are answered 200; one row that counts 50, one order.',
    },
    {
      number: 6,
      fault: 'A delivery arrives again after 2 days and after 30.',
      expected: 'A duplicate, answered 200. Even where its row was forgotten, there is no second order.',
      note: 'There is no lower bound on age, since Lever may repeat a genuine delivery late. Where the row was forgotten the order’s own key decides.',
    },
    {
      number: 7,
      fault: 'Two different deliveries tell of one move, one after the other or at the same instant.',
      expected: 'Two rows, one order; the second says that there is one.',
      note: 'At the same instant both may say “ordered”: the second finds the order of the first at Turn.',
    },
    {
      number: 8,
      fault: 'Several hundred candidates are moved at once, or more wait than can be stored.',
      expected:
        'Every delivery is stored or answered 503, none is lost; beyond the hourly limit the rest is held for a person.',
      note: 'How fast they are answered is measured by `bench ingest`; here they are counted.',
    },
    {
      number: 9,
      fault: 'Nobody works for a day, while deliveries come in.',
      expected:
        'They are stored. Afterwards the young ones are ordered, and what is older than 24 h is held.',
      note: 'Oldest first across candidates. Within one candidate only Lever’s present state counts.',
    },
    {
      number: 10,
      fault: 'A sender begins a body and never ends it.',
      expected: 'It is cut off; others are served meanwhile.',
    },
    {
      number: 11,
      fault: 'A body of 2 MiB, of a hundred thousand nested lists, of a million keys.',
      expected: 'Refused, most of them by their size, and the program goes on.',
      note: 'The limit is 64 KiB. The event loop’s delay is not measured: nothing above the limit is read.',
    },
    {
      number: 12,
      fault: 'A body that is not JSON, empty, of another type, not UTF-8, or tries to change prototypes.',
      expected: 'Refused without repeating its content. What was verified is what is used.',
      note: 'A byte order mark before a well-formed body is passed over (RFC 8259 §8.1). Of a name given twice the last one is both verified and used.',
    },
    {
      number: 13,
      fault: 'Lever’s “Verify Connection” sends a signed delivery about nobody.',
      expected: '200, counted; no row, no call to Lever or Turn.',
    },
    {
      number: 14,
      fault: 'Deliveries arrive before the signature token was saved.',
      expected:
        'The test delivery is answered 200; a genuine one 503 and counted, so that Lever keeps it and brings it again.',
    },
    {
      number: 15,
      fault: 'Lever never sends the delivery at all.',
      expected:
        'A sweep finds the candidate and orders once; a late delivery adds nothing. More than 20 found together are held.',
    },
    {
      number: 16,
      fault: 'A sweep and the delivery find the same candidate at the same instant.',
      expected: 'One order each time.',
      note: '200 candidates, of whom at least 100 are found by both. The model test repeats the race.',
    },
    {
      number: 17,
      fault: 'An event that nobody knows, another stage, or fields that were never seen.',
      expected: '200, stored with its reason, no call to a vendor. Unknown fields are no obstacle.',
    },
  ],
};
