import type { Check } from '../check.ts';
import type { Instant } from '../ids.ts';
import type { CheckProvider, ObservedCheck } from '../ports/check-provider.ts';
import type { Checks, LeasedCheck, SyncProgress } from '../ports/checks.ts';
import type { Incidents } from '../ports/incidents.ts';
import { PortError } from '../ports/port-error.ts';
import { applyStatus } from '../status/status-transition.ts';

/**
 * Reads the status of an ordered check at Turn and stores what changed. Answers the check as it is then; null
 * where the lease has lapsed and somebody else took over. Throws `PortError` of Turn; a check that Turn no longer knows is `unavailable`, since Turn deletes none.
 */
export const createReadStatus =
  (ports: {
    readonly checkProvider: Pick<CheckProvider, 'findByReference' | 'readCheck'>;
    readonly checks: Pick<Checks, 'saveSync'>;
    readonly incidents: Pick<Incidents, 'raise'>;
    readonly now: () => Instant;
  }) =>
  async (leased: LeasedCheck): Promise<Check | null> => {
    const { check } = leased;
    const observed = await observe(ports.checkProvider, check);
    const change = applyStatus(check.status, observed.status, ports.now());
    const progress: SyncProgress = {
      status: change.known,
      workerId: observed.workerId,
      ...(observed.turnId === null ? {} : { turnId: observed.turnId }),
      reportUrl: observed.reportUrl.kind === 'fit' ? observed.reportUrl.url : null,
    };
    // Told first: once the status is stored it is no longer news.
    if (change.anomaly !== null) {
      await ports.incidents.raise(check.connectionId, `status-${change.anomaly}`, check.id);
    }
    if (observed.reportUrl.kind === 'refused' && change.known.status.hasReport) {
      await ports.incidents.raise(check.connectionId, 'report-url-refused', check.id);
    }
    if (!(await ports.checks.saveSync(leased, progress))) return null;
    return { ...check, ...progress };
  };

/** The first read is by our reference, which proves that a lost answer could be found again. */
const observe = async (
  checkProvider: Pick<CheckProvider, 'findByReference' | 'readCheck'>,
  { connectionId, referenceId, status, workerId }: Check,
): Promise<ObservedCheck> => {
  const observed =
    status === null || workerId === null
      ? await checkProvider.findByReference(connectionId, referenceId)
      : await checkProvider.readCheck(connectionId, workerId);
  if (observed === null)
    throw new PortError('unavailable', 'Turn does not know the check', { vendor: 'turn' });
  return observed;
};
