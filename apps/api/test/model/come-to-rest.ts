import { setTimeout as sleep } from 'node:timers/promises';
import type { RealAccount } from './real-account.ts';
import type { RealStage } from './real-stage.ts';

// ms. Nothing that a story makes due lies further away; polls and sweeps do.
const soon = '10 minutes';
const longest = 60_000;

// Tries after which it stays so until somebody reconnects: half a second of them.
const hopeless = 6;

/**
 * Rows that are due soon or in somebody's hands. A job whose process is dead is as good as gone once its time is over:
 * pg-boss itself looks for those every 15 s only.
 */
const busy = `with expired as (
    delete from pgboss.job where state = 'active' and started_on + expire_seconds * interval '1 s' < now()
  )
  select 'delivery' as kind, id, reason as word from delivery where connection_id = $1 and state = 'due'
    and (due_at < now() + interval '${soon}' or lease_until > now())
  union all select 'check', b.id, phase from background_check b join connection c on c.id = b.connection_id
    where connection_id = $1 and (lease_until > now() or next_sync_at < now() + interval '${soon}')
    and not (failures > ${hopeless} and (lever_health <> 'working' or turn_health <> 'working'))
  union all select 'sweep', id, null from connection where id = $1 and disconnected_at is null
    and next_sweep_at < now() + interval '${soon}'
  union all select 'job', c.id, j.name from pgboss.job j join connection c on c.id = $1 where j.state = 'active'`;

/** Waits until nothing of the account is due any more, or no program is up. Throws where that takes a minute. */
export const comeToRest = async (
  { ask, processes }: RealStage,
  { connectionId }: RealAccount,
): Promise<void> => {
  const deadline = Date.now() + longest;
  let isSecondLook = false;
  for (;;) {
    if (!processes.some((process) => process.isUp())) return;
    const rows = await ask(busy, connectionId);
    if (rows.length === 0 && isSecondLook) return;
    isSecondLook = rows.length === 0;
    if (Date.now() > deadline) throw new Error(`It does not come to rest: ${JSON.stringify(rows)}`);
    await sleep(isSecondLook ? 5 : 20);
  }
};
