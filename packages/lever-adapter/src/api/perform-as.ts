import { PortError } from '@turn-lever/core/ports/port-error';
import type { Call, LeverCall } from './request.ts';

// What Lever answers to a user who was deactivated or never existed is not documented (`lever-api.md` §4.0).
const perhapsTheUser = ['rejected', 'forbidden', 'not-found'];

/**
 * Carries out a write in a Lever user's name, on routes where that is optional. Where Lever refuses, once more in
 * nobody's name: the user may have left, and none of these refusals was carried out. Throws `PortError`.
 */
export const callAs = async (call: Call, performAs: string | null, write: LeverCall): Promise<unknown> => {
  if (performAs === null) return call(write);
  try {
    return await call({ ...write, query: [...(write.query ?? []), ['perform_as', performAs]] });
  } catch (error) {
    if (error instanceof PortError && perhapsTheUser.includes(error.code)) return call(write);
    throw error;
  }
};
