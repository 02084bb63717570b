import { prepareDeliveries } from './deliveries.ts';
import { putLoad } from './load.ts';
import type { Stand } from './stand.ts';

/** What one kill left behind. */
export interface KillResult {
  readonly acknowledged: number;
  /** Tokens that were acknowledged and are not there exactly as sent, once. */
  readonly missing: readonly string[];
  /** Committed without an answer having arrived: Lever sends those again, and they are recognised. */
  readonly storedUnanswered: number;
}

/**
 * Kills the product (SIGKILL) after `after` answers, starts it again and looks for every delivery that was answered
 * 200. Throws where the load ended before the kill.
 */
export const killIngest = async (
  stand: Stand,
  options: { readonly connections: number; readonly share: number; readonly after: number },
): Promise<KillResult> => {
  const { connections, share, after } = options;
  await stand.clear();
  const product = await stand.startProduct();
  let killed: Promise<void> | undefined;
  const deliveries = prepareDeliveries(stand.source, after * 4, share);
  const load = await putLoad({
    url: `${product.url}${stand.path}`,
    deliveries,
    connections,
    seconds: 60,
    isEnough: (answers) => {
      // The load goes on until the connections break.
      if (answers >= after) killed ??= product.end('SIGKILL');
      return false;
    },
  });
  if (killed === undefined) throw new Error('The load ended before the kill.');
  await killed;

  const restarted = await stand.startProduct();
  try {
    const rows = await stand.sql<{ key: string; opportunity_id: string; count: number }[]>`
      select key, opportunity_id, count from delivery where source = 'webhook'`;
    const stored = Map.groupBy(rows, ({ key }) => key);
    const missing = load.acknowledged
      .filter(({ token, opportunityId }) => {
        const [row, ...others] = stored.get(token) ?? [];
        return row?.opportunity_id !== opportunityId || row.count !== 1 || others.length > 0;
      })
      .map(({ token }) => token);
    const acknowledged = load.acknowledged.length;
    return { acknowledged, missing, storedUnanswered: rows.length - acknowledged };
  } finally {
    await restarted.end('SIGTERM');
  }
};
