import type { StageId } from '@turn-lever/core/ids';
import type { Stage } from '@turn-lever/core/ordering/stage-rule';
import { z } from 'zod';
import { leverId } from '../lever-id.ts';
import { toStorable } from '../storable-text.ts';
import { readPages } from './pages.ts';
import type { Call } from './request.ts';

const stage = z.object({ id: leverId, text: z.string().overwrite(toStorable) });

/** All stages in pipeline order; one account has one pipeline (`lever-api.md` §4.3). Throws `PortError`. */
export const listStages = async (call: Call): Promise<readonly Stage[]> => {
  const stages = await readPages(call, { route: 'GET /stages' }, stage);
  return stages.map(({ id, text }) => ({ id: id as StageId, name: text }));
};
