import { PortError } from '@turn-lever/core/ports/port-error';
import { DrizzleQueryError } from 'drizzle-orm';

// SQLSTATE classes that pass by themselves: connection, transaction rollback, resources, operator, system.
const passing = new Set(['08', '40', '53', '55', '57', '58']);
// A server that became read-only: after a failover we may still be connected to the old one.
const readOnly = '25006';

/**
 * Runs database work at the edge of a port. What passes by itself becomes `PortError` `unavailable`, anything else an
 * ordinary error. Drizzle's own errors carry the statement's values in their message, so only the code goes on.
 */
export const atPort = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw withoutValues(error);
  }
};

/** The violated constraint of a failed statement, or null. */
export const violatedConstraint = (error: unknown): string | null => {
  const cause = driverError(error);
  return cause?.code === '23505' ? (cause.constraint ?? cause.constraint_name ?? null) : null;
};

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
  readonly constraint_name?: string;
}

const driverError = (error: unknown): DriverError | null => {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && typeof (cause as DriverError).code === 'string'
    ? (cause as DriverError)
    : null;
};

const withoutValues = (error: unknown): unknown => {
  if (error instanceof PortError) return error;
  const code = driverError(error)?.code;
  if (code === undefined) return error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
  // The database's own codes have five characters and none begins with E; all others are the network's or the driver's.
  const isPassing =
    code.length !== 5 || code.startsWith('E') || code === readOnly || passing.has(code.slice(0, 2));
  return isPassing
    ? new PortError('unavailable', `The database cannot be used now (${code}).`)
    : new Error(`The database refused a statement (${code}).`);
};
