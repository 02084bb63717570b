import { ordinaryCrashes } from './crash-points.ts';
import { describeKilledAnywhere } from './killed-anywhere.ts';

describeKilledAnywhere(ordinaryCrashes);
