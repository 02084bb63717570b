import type { Chapter } from '../scenario.ts';

export const processes: Chapter = {
  title: 'Processes, database and deploys',
  scenarios: [
    {
      number: 81,
      fault: 'The program is told to end (SIGTERM) under load.',
      expected: 'What was acknowledged is stored, running orders are finished, and it ends with code 0.',
    },
    {
      number: 82,
      fault: 'The program is killed (SIGKILL) after Turn took an order.',
      expected: 'Its leases end within two minutes, or at the restart; one order, one note, one tag.',
    },
    {
      number: 83,
      fault: 'The database ends every session of the program, again and again.',
      expected: 'The program lives, and orders what comes.',
    },
    {
      number: 84,
      fault:
        'The database is read-only, has no free connection, reports a deadlock, a serialization failure, a full disk.',
      expected: '503 for what could not be stored, nothing half applied; all is made good afterwards.',
      note: 'Full disk, deadlock and serialization failure are raised by a trigger with their code. No free connection and read-only are real.',
    },
    {
      number: 85,
      fault: 'Two connections to the database, a slow Turn, a hundred deliveries.',
      expected: 'No transaction is open during a call to a vendor; all deliveries are stored.',
    },
    {
      number: 86,
      fault: 'The session that listens for notifications is lost.',
      expected: 'What is due is found by looking, and somebody listens again.',
      note: 'The relay looks every second in any case.',
    },
    {
      number: 87,
      fault: 'A newer program works on the same database, or an older one wrote to it.',
      expected: 'Its columns, migrations and jobs are left alone; what it wrote is read without harm.',
      note: 'Jobs carry nothing but a row’s id, so they have no versions. Two builds side by side are not run.',
    },
    {
      number: 88,
      fault: 'Two programs migrate an empty database at once, or a migration dies halfway.',
      expected: 'Both come up; half a migration leaves nothing, and the next start finishes it.',
    },
    {
      number: 89,
      fault: 'An error that nobody expected or handles.',
      expected: 'Logged; the delivery is not acknowledged, or the program ends and the next one carries on.',
    },
    {
      number: 90,
      fault: 'Our clock is an hour wrong, or is set by an hour while we run.',
      expected: 'Ordered in time and once; nothing is run again.',
      note: 'All times are UTC, so there is no daylight saving. The embedded database has no clock of its own.',
    },
    {
      number: 91,
      fault: 'Old rows are cleaned away.',
      expected: 'What keeps an order from being repeated outlives them.',
      note: 'Only the queue’s finished jobs are deleted, after 10 minutes. Nothing deletes deliveries or checks yet.',
    },
  ],
};
