import { furtherCrashes, ordinaryCrashes } from './crash-points.ts';
import { describeKilledAnywhere } from './killed-anywhere.ts';

describeKilledAnywhere([...ordinaryCrashes, ...furtherCrashes]);
