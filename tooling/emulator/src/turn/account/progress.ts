import { randomUUID } from 'node:crypto';
import { createBackgroundWork, pause } from '../../http/background-work.ts';
import { postJson } from '../../http/post-json.ts';
import type { TurnAccountState, TurnDelivery } from './account-state.ts';
import { type Check, changeState, isTestIdentity } from './check.ts';
import { resultsBody, statusBody } from './webhook-bodies.ts';

/** Lets every new check go through these states by itself, one step each `stepMs`. */
export interface AutoAdvance {
  stepMs: number;
  /** Default: emailed, consent, processing, approved (test identities end in `pending`). */
  path?: string[];
}

/** Moves checks from state to state and tells the webhooks. */
export interface Progress {
  /** Changes the state at once; resolves when every webhook this causes has been answered or given up. */
  advance(
    state: TurnAccountState,
    check: Check,
    to: string,
    options?: { at?: number; recheck?: boolean },
  ): Promise<void>;
  /** Starts a new check on its way, if it is to go by itself. */
  start(state: TurnAccountState, check: Check): void;
  /** Posts a delivery's same body again. */
  repeat(delivery: TurnDelivery): Promise<void>;
  /** Resolves once no webhook is under way and no check is going by itself. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const defaultPath = ['emailed', 'consent', 'processing', 'approved'];

export function createProgress(options: { now: () => number; autoAdvance: AutoAdvance | false }): Progress {
  const work = createBackgroundWork();

  async function post(delivery: TurnDelivery): Promise<void> {
    delivery.status = await postJson(delivery.url, delivery.body, { 'user-agent': 'Turn' }, work.signal);
  }

  function deliver(
    state: TurnAccountState,
    check: Check,
    kind: TurnDelivery['kind'],
    url: string,
    body: TurnDelivery['body'],
  ) {
    return Array.from({ length: state.webhookCopies }, () => {
      const delivery: TurnDelivery = {
        id: randomUUID(),
        kind,
        at: options.now(),
        workerId: check.workerId,
        url,
        body,
        status: null,
      };
      state.deliveries.push(delivery);
      return post(delivery);
    });
  }

  const advance: Progress['advance'] = async (
    state,
    check,
    to,
    { at = options.now(), recheck = false } = {},
  ) => {
    const before = changeState(check, to, at, recheck);
    const posts: Promise<void>[] = [];
    if (state.statusWebhookUrl !== null) {
      posts.push(...deliver(state, check, 'status', state.statusWebhookUrl, statusBody(check, before, at)));
    }
    // The results webhook fires for these two only (turn-api.md §1.7b).
    if (to === 'approved' || to === 'pending') {
      posts.push(...deliver(state, check, 'results', check.callbackUrl, resultsBody(check)));
    }
    const all = Promise.all(posts).then(() => undefined);
    work.start(() => all);
    await all;
  };

  return {
    advance,
    start(state, check) {
      const { autoAdvance } = options;
      if (autoAdvance === false) return;
      const path = autoAdvance.path ?? defaultPath;
      const from = path.indexOf(check.state) + 1;
      let expected = check.state;
      work.start(async (signal) => {
        for (const step of path.slice(from)) {
          await pause(autoAdvance.stepMs, signal);
          // A person moved it: it is theirs from here on.
          if (check.state !== expected) return;
          expected = step === 'approved' && isTestIdentity(check.candidate) ? 'pending' : step;
          await advance(state, check, expected);
        }
      });
    },
    repeat: post,
    idle: work.idle,
    close: work.close,
  };
}
