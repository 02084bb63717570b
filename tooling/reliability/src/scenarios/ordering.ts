import type { Chapter } from '../scenario.ts';

export const ordering: Chapter = {
  title: 'Ordering at Turn',
  scenarios: [
    {
      number: 41,
      fault: 'The process is killed at any step between delivery and order.',
      expected:
        'After a restart one order each, nothing lost. What Turn may or may not have is looked up, then held for a person.',
      note: 'Twelve points in `test`, all of them in `soak:crashes`. Points are the methods of ports, so “after the request was sent” is the lost answer of R42.',
    },
    {
      number: 42,
      fault: 'Turn’s answer to an order is lost, whether Turn took it or not.',
      expected:
        'Looked up by our reference. Found: adopted. Not found: held, and never sent again by itself.',
      note: 'Look-ups after 1, 5, 15 and 60 minutes; the tests use shorter pauses.',
    },
    {
      number: 43,
      fault: 'Turn takes an order long after we stopped waiting.',
      expected: 'The next look-up adopts it.',
      note: 'An order that Turn takes after the last look-up is not adopted by itself: it is held, and a person asks Turn.',
    },
    {
      number: 44,
      fault: 'Turn answers an order with 429 or any 5xx, resets it, or does not listen.',
      expected: 'Certainly not carried out: sent again. Anything else is unknown, as in R42.',
      note: 'A reset before Turn read anything counts as unknown: it looks like one after reading.',
    },
    {
      number: 45,
      fault: 'Turn refuses the order’s content.',
      expected: 'Held, sent once. The names of the fields are kept, Turn’s sentences are not.',
    },
    {
      number: 46,
      fault: 'Turn refuses our token.',
      expected: 'Held with one incident; other accounts go on. After the repair nothing is lost.',
      note: 'It does not try by itself: a person repairs it, then the sweep or Retry decides again.',
    },
    {
      number: 47,
      fault: 'Turn answers 200 with HTML, half a document, no id, another shape, 2 MiB.',
      expected: 'Unknown, not success; found by a look-up.',
    },
    {
      number: 48,
      fault: 'A process stands still beyond its lease and then goes on, while another took over.',
      expected: 'The other one proceeds; the late word counts for nothing; one order.',
      note: 'On a server a job of a standing process keeps its row from others until the queue’s supervisor notices, up to a minute. Two of the three tests take that job away instead of waiting.',
    },
    {
      number: 49,
      fault: 'Two start the same new order at once.',
      expected: 'One claims it; the other stops before calling Turn.',
      note: 'Both in one process, held back until both stand before the claim. The claim is one statement of the database, so two processes are no different.',
    },
    {
      number: 50,
      fault: 'The database is restored from a backup older than ten orders.',
      expected: 'All ten are found at Turn and adopted, none is ordered again.',
      note: 'Candidates outside the stage are found by an open `TurnStatus:` tag. Who left the stage with a finished check is adopted when moved back in.',
    },
    {
      number: 51,
      fault: 'Two people press “Order again”, each twice, at once.',
      expected: 'One more order; all others are told that it is too late.',
      note: 'Who was first stands in the audit log.',
    },
    {
      number: 52,
      fault: 'Old deliveries are replayed by a person, many times at once.',
      expected: 'Decided again, never ordered again.',
    },
    {
      number: 53,
      fault: 'One candidate’s decision throws an unexpected error every time.',
      expected: 'Given up after 20 tries and held; nobody else waits for it.',
      note: 'Class and code of the error stand in the log of every try, not in the row.',
    },
    {
      number: 54,
      fault: 'Ordering is paused while orders wait and are under way.',
      expected:
        'Nothing that is decided after the pause is ordered; receiving goes on; resuming orders what comes then.',
      note: 'What was decided before the pause may still be sent after it.',
    },
  ],
};
