import type { Chapter } from '../scenario.ts';
import { authenticity } from './authenticity.ts';
import { authorizing } from './authorizing.ts';
import { deciding } from './deciding.ts';
import { ordering } from './ordering.ts';
import { people } from './people.ts';
import { processes } from './processes.ts';
import { receiving } from './receiving.ts';
import { showing } from './showing.ts';

/** Everything that may go wrong, in the order of the document. A new subject is a new file here. */
export const chapters: readonly Chapter[] = [
  receiving,
  authenticity,
  deciding,
  ordering,
  showing,
  authorizing,
  processes,
  people,
];

/** The numbers that must have a test, first and last of each range. */
export const requiredRanges: readonly (readonly [number, number])[] = [[1, 105]];
