import type { Waiver } from '../delivery.ts';
import type { HoldReason, IgnoreReason } from '../reason.ts';
import type { SeenValue, TrailStep } from '../trail.ts';
import { type SplitName, splitName } from './candidate-name.ts';
import type { Opportunity } from './opportunity.ts';
import { type OrderDecision, type OrderFacts, orderGuards } from './order-facts.ts';
import { choosePackage, type PackageChoice } from './package-choice.ts';
import { asksForNext } from './person-decisions.ts';
import { mayBeTrigger, type StageStanding, standingTowards } from './stage-rule.ts';
import { isTestIdentity } from './test-identity.ts';

type Stop =
  | { readonly kind: 'ignore'; readonly reason: IgnoreReason }
  | { readonly kind: 'hold'; readonly reason: HoldReason; readonly details: readonly string[] };

const ignore = (reason: IgnoreReason): Stop => ({ kind: 'ignore', reason });
const hold = (reason: HoldReason, details: readonly string[] = []): Stop => ({
  kind: 'hold',
  reason,
  details,
});

/**
 * Why nothing can be ordered for a connection now, whatever the candidate; null where it can. Asked before Lever is
 * read, so that a paused or broken connection costs no call.
 */
export const holdBeforeReading = (connection: OrderFacts['connection']): HoldReason | null => {
  if (connection.lever !== 'working' || connection.turn !== 'working') return 'held.disconnected';
  return connection.pausedAt === null ? null : 'held.paused';
};

/**
 * Decides whether an order is due, on fresh facts. Pure: the same facts give the same decision. Never throws.
 *
 * The order of the questions is the order of the trail: is there an order already, may we order at all, is it true,
 * is it recent, may this person be contacted, is the record complete, which package, and do the money guards allow it.
 */
export const decideOrder = (facts: OrderFacts): OrderDecision => {
  const trail: TrailStep[] = [];
  const { connection, reading } = facts;
  const { triggerStage } = connection;
  const standing =
    reading?.kind === 'found' && triggerStage.kind === 'resolved'
      ? standingTowards(triggerStage.id, reading.opportunity)
      : null;
  // Known before the first question: a sweep must not take an entry that was stopped early for one nobody decided on.
  const enteredAt = standing === null || standing.kind === 'never-entered' ? null : standing.enteredAt;
  const stopAt = (
    step: string,
    seen: Record<string, SeenValue>,
    stop: Stop | null,
    waiver?: Waiver,
  ): Stop | null => {
    const isWaived = stop !== null && waiver !== undefined && facts.waivers.includes(waiver);
    trail.push({ step, seen, outcome: stop === null ? 'pass' : isWaived ? 'waived' : 'stop' });
    return isWaived ? null : stop;
  };
  const end = (stop: Stop): OrderDecision => ({ ...stop, trail, enteredAt });

  const existing = stopAt(
    'existing order',
    {
      orderNumber: facts.existing?.orderNumber ?? null,
      phase: facts.existing?.phase ?? null,
      asked: facts.orderNumber,
    },
    isBeyondDeciding(facts) ? ignore('ignored.already_ordered') : null,
  );
  if (existing !== null) return end(existing);

  const blocked = holdBeforeReading(connection);
  const connected = stopAt(
    'connection',
    { lever: connection.lever, turn: connection.turn, paused: connection.pausedAt !== null },
    blocked === null ? null : hold(blocked),
  );
  if (connected !== null) return end(connected);

  const readable = stopAt('record in Lever', { reading: reading?.kind ?? 'not read' }, unreadable(facts));
  if (readable !== null || reading?.kind !== 'found') return end(readable ?? ignore('ignored.deleted'));
  const { opportunity } = reading;

  const configured = stopAt(
    'trigger stage',
    { kind: triggerStage.kind, id: triggerStage.kind === 'resolved' ? triggerStage.id : null },
    triggerStage.kind === 'resolved' ? null : unclearStage(facts, opportunity),
  );
  if (configured !== null || standing === null) return end(configured ?? hold('held.config'));

  const seenStage = { stage: opportunity.stageId, standing: standing.kind, enteredAt };
  const truth = stopAt('stage', seenStage, notInStage(standing, facts), 'left-stage');
  if (truth !== null) return end(truth);

  const dismissedAt = facts.existing?.dismissedAt ?? null;
  const { turnedDownAt } = facts;
  // What a person ended stays so for everything that Lever says later of the same entry: late, again or out of order.
  // Only what a person asks for afterwards is not.
  const isEnded = [dismissedAt, turnedDownAt].some(
    (at) => at !== null && (enteredAt ?? 0) <= at && !(facts.source === 'person' && facts.receivedAt > at),
  );
  const settledByPerson = stopAt(
    'dismissed before',
    { dismissedAt, turnedDownAt },
    isEnded ? ignore('ignored.dismissed') : null,
  );
  if (settledByPerson !== null) return end(settledByPerson);

  const recent = stopAt(
    'recent entry',
    seenRecency(facts, enteredAt),
    notRecent(facts, enteredAt),
    'backlog',
  );
  if (recent !== null) return end(recent);

  const contactable = stopAt(
    'may be contacted',
    { allowed: opportunity.mayBeContacted },
    opportunity.mayBeContacted ? null : ignore('ignored.no_contact'),
  );
  if (contactable !== null) return end(contactable);

  const name = splitName(opportunity.name);
  const [email] = opportunity.emails;
  const missing = [
    ...(email === undefined ? ['e-mail'] : []),
    ...(name === null ? ['first and last name'] : []),
  ];
  const complete = stopAt(
    'needed data',
    { missing },
    missing.length > 0 ? hold('held.missing_data', missing) : null,
  );
  if (complete !== null || name === null || email === undefined) {
    return end(complete ?? hold('held.missing_data', missing));
  }

  const wrong = wrongIdentity(facts, name);
  const identity = stopAt(
    'test identity',
    { isTestName: isTestIdentity(name) },
    wrong,
    // Nobody can waive that a sandbox invites no real person.
    wrong?.reason === 'held.test_identity' ? 'test-identity' : undefined,
  );
  if (identity !== null) return end(identity);

  const choice = choosePackage({ tags: opportunity.tags, packages: facts.packages, ...connection.settings });
  const packageStop = stopAt('package', seenPackage(choice), noPackage(choice));
  if (packageStop !== null || choice.kind !== 'chosen')
    return end(packageStop ?? hold('held.package_unclear'));

  // What was adopted may be of this package.
  const same = facts.openElsewhere.some((open) => open === choice.packageId || open === 'unknown');
  const person = stopAt(
    'same person',
    { hasOpenCheck: same },
    same ? hold('held.same_person') : null,
    'same-person',
  );
  if (person !== null) return end(person);

  // Also where its row is ready: a try that broke off may never have been counted, or long ago.
  const isOver = facts.ordersInLastHour >= connection.settings.ordersPerHour;
  const limits = { inLastHour: facts.ordersInLastHour, limit: connection.settings.ordersPerHour };
  const bulk = stopAt('hourly limit', limits, isOver ? hold('held.bulk') : null, 'bulk');
  if (bulk !== null) return end(bulk);

  const request = { packageId: choice.packageId, ...name, email, phone: opportunity.phones[0] ?? null };
  return { kind: 'order', request, invalidTags: choice.invalidTags, trail, enteredAt };
};

const isBeyondDeciding = (facts: OrderFacts): boolean => {
  const phase = facts.existing?.phase;
  return (phase === 'ordered' || phase === 'sending' || phase === 'unknown') && !asksForNext(facts);
};

const unclearStage = ({ connection }: OrderFacts, { stageId, stageChanges }: Opportunity): Stop => {
  const been = [stageId, ...stageChanges.map(({ toStageId }) => toStageId)];
  return mayBeTrigger(connection.triggerStage, been)
    ? hold('held.config', [`stage ${connection.triggerStage.kind}`])
    : ignore('ignored.not_trigger_stage');
};

const unreadable = ({ reading }: OrderFacts): Stop | null => {
  if (reading === null || reading.kind === 'gone') return ignore('ignored.deleted');
  if (reading.kind === 'no-access') return ignore('ignored.confidential');
  if (reading.opportunity.isAnonymised) return ignore('ignored.anonymised');
  return reading.opportunity.isArchived ? ignore('ignored.archived') : null;
};

/** Moved on at once: a slip of the hand. Moved on later: we were late, and a person must say. */
const notInStage = (standing: StageStanding, { connection, existing }: OrderFacts): Stop | null => {
  if (standing.kind === 'in-stage') return null;
  if (standing.kind === 'never-entered') return ignore('ignored.not_trigger_stage');
  const slip = Math.max(connection.settings.waitBeforeOrdering * 1000, orderGuards.slip);
  const wasShort = standing.leftAt - standing.enteredAt <= slip;
  return wasShort && existing?.phase !== 'held' ? ignore('ignored.left_stage') : hold('held.left_stage');
};

const seenRecency = (facts: OrderFacts, enteredAt: number | null): Record<string, SeenValue> => ({
  enteredAt,
  orderingSince: facts.connection.orderingSince,
  foundTogether: facts.foundTogether,
});

const notRecent = (facts: OrderFacts, enteredAt: number | null): Stop | null => {
  const since = facts.connection.orderingSince;
  if (enteredAt !== null && enteredAt < since) {
    return facts.source === 'sweep' && facts.existing === null
      ? ignore('ignored.before_connect')
      : hold('held.backlog');
  }
  if (enteredAt !== null && facts.now - enteredAt > orderGuards.oldestEntry) return hold('held.backlog');
  return facts.foundTogether > orderGuards.mostFoundTogether ? hold('held.backlog') : null;
};

/** A sandbox must not invite real people through a real Turn; a test name in production would be billed. */
const wrongIdentity = ({ connection, turnIsLocal }: OrderFacts, name: SplitName): Stop | null => {
  if (connection.environment === 'production')
    return isTestIdentity(name) ? hold('held.test_identity') : null;
  return turnIsLocal || isTestIdentity(name) ? null : hold('held.sandbox_person');
};

const seenPackage = (choice: PackageChoice): Record<string, SeenValue> => {
  if (choice.kind === 'chosen') return { packageId: choice.packageId, invalidTags: choice.invalidTags };
  if (choice.kind === 'unclear') return { tags: choice.tags };
  return choice.kind === 'default-missing' ? { missing: choice.packageId } : { list: 'unavailable' };
};

const noPackage = (choice: PackageChoice): Stop | null => {
  switch (choice.kind) {
    case 'chosen':
      return null;
    case 'unclear':
      return hold('held.package_unclear', choice.tags);
    case 'unavailable':
      return hold('held.packages_unavailable');
    case 'default-missing':
      return hold('held.config', [`default package ${choice.packageId} is not in Turn's list`]);
  }
};

/**
 * How long an order still has to wait, in ms; 0: not at all. A webhook has waited for its own entry; one that came for an
 * earlier entry (in, out and in again), or a sweep, waits for the entry that counts, never longer than the wait itself.
 * What a person asked for does not wait.
 */
export const remainingWait = (facts: OrderFacts, enteredAt: number | null, receivedAt: number): number => {
  const wait = facts.connection.settings.waitBeforeOrdering * 1000;
  const hasWaited = facts.source === 'webhook' && enteredAt !== null && enteredAt <= receivedAt;
  const isAsked = facts.source === 'person' || facts.source === 'replay' || facts.waivers.includes('wait');
  if (enteredAt === null || hasWaited || isAsked) return 0;
  return Math.min(wait, Math.max(0, enteredAt + wait - facts.now));
};
