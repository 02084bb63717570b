import { setTimeout as sleep } from 'node:timers/promises';
import { anAuthorization } from '@turn-lever/core/testing/an-authorization';
import {
  type FaultCounts,
  type FaultKind,
  faultKinds,
  type PlannedFault,
} from '@turn-lever/core/testing/model/fault-kinds';
import type { ActEnd } from '@turn-lever/core/testing/model/persons-actions';
import {
  callWithTokens,
  type Look,
  type Setup,
  type SystemUnderTest,
  type Webhook,
} from '@turn-lever/core/testing/model/system-under-test';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { comeToRest } from './come-to-rest.ts';
import { lookAtReal, ordersAt, turnWords } from './look-at-real.ts';
import type { DatabaseFault, Death } from './model-ports.ts';
import type { ProcessAnswer, ProcessCommand } from './process-command.ts';
import { createRealAccount, otherStage } from './real-account.ts';
import type { RealStage } from './real-stage.ts';
import { subjectsOf } from './subjects-of.ts';
import { createVendorFaults, type VendorFault } from './vendor-faults.ts';

// Where an order was claimed and its outcome is not stored: nobody else can know whether it was posted.
const whileOrdering =
  /^(after checks\.claim|(before|after) checkProvider\.order|before checks\.(recordOrdered|release|refuse|recordUnknown))$/u;

// ms. Two entries of one candidate within a second are one to the product: Lever's times come from different records.
const betweenEntries = 1500;
// ms. Enough to tell before from after in the clock that all share.
const tick = 3;
// A model minute is so many ms of work at most: longer waits of the program are short here.
const longestWork = 300;
const mostRounds = 10;

// From this call on a kill is aimed, since a count of calls hits the few that matter too seldom.
const aimedFrom = 12;
const aims: readonly Death[] = [
  { at: 'checks.claim', call: 0, moment: 'after' },
  { at: 'checkProvider.order', call: 0, moment: 'after' },
  { at: 'checks.recordOrdered', call: 0, moment: 'before' },
  { at: 'checkProvider.order', call: 0, moment: 'before' },
  { at: 'ats.writeNote', call: 0, moment: 'after' },
  { at: 'ats.addTag', call: 0, moment: 'after' },
  { at: 'inbox.settle', call: 0, moment: 'before' },
];

// The new pair of Lever's tokens dies with the program.
const withTokens: Death = { at: 'grants.store', call: 0, moment: 'before' };

const aimOf = (call: number): Death | null => {
  if (call === callWithTokens) return withTokens;
  return call < aimedFrom ? null : (aims[(call - aimedFrom) % aims.length] ?? null);
};

const isDatabaseFault = (fault: PlannedFault): fault is DatabaseFault => fault.startsWith('database-');

/**
 * What this driver cannot cause, or cannot tell: its clock does not jump, and nobody sees two hands on one row. That a lost
 * grant still is at the end is up to the story.
 */
const beyond: readonly FaultKind[] = [
  'webhook-redelivered-late',
  'two-processes-at-once',
  'lever-grant-lost',
];

const post = async (url: string, body: unknown): Promise<number | null> => {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    await response.text();
    return response.status;
  } catch {
    return null;
  }
};

/** One run on a stage: a partner of its own, with every program up. The stage is left as if the run had never been. */
export const createRealSystem = async (stage: RealStage, setup: Setup): Promise<SystemUnderTest> => {
  const { vendors, processes, ask } = stage;
  await Promise.all(processes.map((process) => process.start()));
  const account = await createRealAccount(stage, setup);
  vendors.lever.journal.clear();
  vendors.turn.journal.clear();
  const { connectionId, accountId, lever, turn, opportunityOf } = account;
  const faults = createVendorFaults(vendors);
  const struck: Partial<FaultCounts> = {};
  const count = (kind: FaultKind): void => {
    struck[kind] = (struck[kind] ?? 0) + 1;
  };
  const entries = new Map<number, number>();
  const seen: Promise<unknown>[] = [];
  let turns = 0;

  const doubtful = new Set<string>();
  let wasRefreshing = false;

  const doubt = async (condition: string, value: string): Promise<number> => {
    const rows = await ask(`select reference_id from background_check where ${condition}`, value);
    for (const row of rows) doubtful.add(String(row.reference_id));
    return rows.length;
  };
  const countDeath = async (point: string): Promise<void> => {
    count('process-died');
    const sending = await doubt("phase in ('sending', 'unknown') and connection_id = $1", connectionId);
    if (whileOrdering.test(point) && sending > 0) count('process-died-while-ordering');
  };
  stage.hear((_process, event) => {
    if (event.kind === 'died') {
      wasRefreshing ||= event.wasRefreshing;
      if (event.point === 'before grants.store') count('process-died-with-tokens');
      seen.push(countDeath(event.point));
      return;
    }
    count(event.fault);
    if (event.subject !== null) seen.push(doubt('id = $1', event.subject));
  });
  const look = async (): Promise<Look> => {
    await Promise.all(seen);
    return lookAtReal(stage, account, [...doubtful]);
  };
  const isLeverAway = (): boolean => lever.authorizedApps().every(({ isActive }) => !isActive);
  /** What a program could not do must have its cause outside of it. */
  const explained = (answer: ProcessAnswer): Exclude<ProcessAnswer, { readonly kind: 'broken' }> => {
    if (answer.kind === 'broken') throw new Error(answer.message);
    const faultCount = Object.values({ ...faults.struck(), ...struck }).reduce((sum, one) => sum + one, 0);
    if (answer.kind === 'failed' && faultCount === 0 && !isLeverAway())
      throw new Error(`Nothing explains it: ${answer.message}`);
    return answer;
  };

  const up = () => processes.filter((process) => process.isUp());
  /** Who is up takes requests in turn; null where nobody is. */
  const some = () => {
    turns += 1;
    const all = up();
    return all[turns % Math.max(1, all.length)] ?? null;
  };
  const inSome = async (command: ProcessCommand): Promise<ProcessAnswer | null> => {
    const answer = (await some()?.ask(command)) ?? null;
    return answer === null ? null : explained(answer);
  };
  const rest = (): Promise<void> => comeToRest(stage, account);
  const sweep = async (): Promise<void> => {
    await inSome({ do: 'sweep', connectionId });
  };
  const orderOf = (candidate: number, which: 'newest' | 'first') => {
    const orders = ordersAt(account).filter((order) => order.candidate === candidate);
    return which === 'newest' ? orders.at(-1) : orders[0];
  };
  /** The polls that would come within hours come now. */
  const pollNow = () =>
    ask(
      "update background_check set next_sync_at = now() where connection_id = $1 and phase = 'ordered' and next_sync_at is not null",
      connectionId,
    );

  const body = ({ token, candidate, to, triggeredAt }: Webhook, signatureToken: string) =>
    signDelivery({
      signatureToken,
      token,
      triggeredAt,
      data: {
        opportunityId: opportunityOf(candidate),
        toStageId: to === 'trigger-stage' ? account.triggerStage : otherStage,
      },
    });

  return {
    canCause: faultKinds.filter((kind) => !beyond.includes(kind)),
    standsStill: false,

    move: async (candidate, to) => {
      const isEntry = to === 'trigger-stage';
      const since = Date.now() - (entries.get(candidate) ?? 0);
      await sleep(isEntry ? Math.max(tick, betweenEntries - since) : tick);
      const at = Date.now();
      if (isEntry) entries.set(candidate, at);
      lever.moveOpportunity(opportunityOf(candidate), isEntry ? account.triggerStage : otherStage, { at });
      await sleep(tick);
      return at;
    },
    retag: async (candidate, packageTags) => {
      const id = opportunityOf(candidate);
      const others = lever.opportunity(id).tags.filter((tag) => !tag.startsWith('TurnPackage:'));
      lever.setTags(id, [...others, ...packageTags]);
    },
    editEmail: async (candidate, isThere) =>
      lever.updateContact(opportunityOf(candidate), { emails: isThere ? [account.email] : [] }),

    deliver: async (webhook, signature) => {
      const process = some();
      if (process === null) return 'come-again';
      const key = signature === 'genuine' ? account.signatureToken : 'f'.repeat(48);
      const status = await post(`${process.url}${account.leverPath}`, body(webhook, key));
      if (status === 200) return 'accepted';
      if (status === 410) return 'gone';
      return status === 401 || status === 429 ? 'refused' : 'come-again';
    },

    setTurnState: async (candidate, which, state, { isRecheck }) => {
      const order = orderOf(candidate, which);
      if (order === undefined) return false;
      await turn.advance(order.workerId, turnWords[state], { recheck: isRecheck });
      return true;
    },
    sayTurn: async (candidate, which) => {
      const order = candidate === null ? null : orderOf(candidate, which);
      const process = some();
      if (order === undefined || process === null) return false;
      const workerId = order?.workerId ?? 'nobody-s';
      const known = await ask(
        `select 1 as found from background_check b join connection c on c.id = b.connection_id
          where c.id = $1 and b.worker_id = $2 and c.disconnected_at is null`,
        connectionId,
        workerId,
      );
      const word = { worker_id: workerId, original_state: null, state: 'processing' };
      const status = await post(`${process.url}${account.turnPath}`, word);
      return status === 204 && known.length > 0;
    },

    revokeLever: async () => lever.revokeAccess(),
    act: async (actor, action, candidate): Promise<ActEnd> => {
      const process = some();
      if (process === null) return 'no-subject';
      const isReconnect = action === 'reconnect' || action === 'reconnect elsewhere';
      // Authorized at Lever first, by somebody who may.
      const grant = isReconnect && actor === 'super-admin' ? lever.createGrant() : null;
      const { accessToken = 'access', refreshToken = 'refresh', expiresAt = Date.now() } = grant ?? {};
      const leverAccountId = action === 'reconnect' ? lever.id : 'another-lever-account';
      const asked = await process.ask({
        do: 'act',
        actor,
        action,
        accountId,
        connectionId,
        opportunityId: opportunityOf(candidate),
        ...(await subjectsOf(stage, account, candidate)),
        authorized: isReconnect
          ? anAuthorization({
              grant: { accessToken, refreshToken, expiresAt, issuedAt: Date.now() },
              leverAccountId,
              environment: 'sandbox',
            })
          : null,
      });
      const answer = explained(asked);
      await sleep(tick);
      return answer.kind === 'answered' ? (answer.value as ActEnd) : answer.kind;
    },

    plan: async (fault, options) => {
      if (isDatabaseFault(fault)) await inSome({ do: 'plan', fault, ...options });
      else faults.plan(fault as VendorFault, options);
    },
    kill: async (process, { call, moment }) => {
      const death = aimOf(call) ?? { at: null, call, moment };
      await processes[process]?.ask({ do: 'die', ...death });
    },
    start: async (process) => {
      await processes[process]?.start();
    },

    work: async (ms) => {
      if (ms >= 120_000) await rest();
      else await sleep(Math.min(longestWork, ms / 100));
    },
    sweep,
    passDays: async () => false,
    atOnce: async (things) => {
      const ended = await Promise.allSettled(things.map((thing) => thing()));
      for (const end of ended) if (end.status === 'rejected') throw end.reason;
    },
    comeToRest: rest,

    heal: async () => {
      faults.clear();
      await Promise.all(processes.map((process) => process.ask({ do: 'live' })));
      if (up().length === 0) await processes[0]?.start();
      let before = '';
      for (let round = 0; round < mostRounds; round += 1) {
        await rest();
        await sweep();
        await rest();
        const now = JSON.stringify(await look(), (key, value) => (key === 'audit' ? null : value));
        if (now === before) break;
        before = now;
      }
    },
    waitForPolls: async () => {
      await pollNow();
      await rest();
    },
    look,
    hasLostGrant: async () => {
      if (!isLeverAway()) return false;
      if (!wasRefreshing) throw new Error('The grant is lost, and no program died while it was refreshed.');
      const told = await ask(
        `select 1 as found from incident i join connection c on c.id = i.connection_id where c.id = $1
          and c.lever_health = 'reconnect-needed' and i.kind = 'lever-reconnect-needed' and i.resolved_at is null`,
        connectionId,
      );
      if (told.length === 0) throw new Error('Lever lets us in no longer, and nobody is told.');
      return true;
    },
    offered: async () => {
      const answer = await inSome({ do: 'list offered', accountId, connectionId });
      if (answer?.kind !== 'answered' || !Array.isArray(answer.value))
        throw new Error(`The list of retroactive entries cannot be read: ${JSON.stringify(answer)}`);
      return answer.value.map(account.candidateOf).filter((candidate) => candidate !== null);
    },
    struck: () => ({ ...faults.struck(), ...struck }),
    close: async () => {
      faults.clear();
      await Promise.all(processes.map((process) => process.ask({ do: 'live' })));
      await Promise.all(seen);
      stage.hear(() => {});
      // Nothing of this run must meet the faults of the next.
      await ask(
        'update connection set disconnected_at = coalesce(disconnected_at, now()), next_sweep_at = null where id = $1',
        connectionId,
      );
      await ask('update background_check set next_sync_at = null where connection_id = $1', connectionId);
      await ask("delete from delivery where connection_id = $1 and state = 'due'", connectionId);
    },
  };
};
