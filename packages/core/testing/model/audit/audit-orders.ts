import { candidateOf, type Model } from '../model.ts';
import { postsFor } from '../steps/without-trace.ts';
import type { Look, LookAtCandidate } from '../system-under-test.ts';
import { isDoubtful, isForgotten } from './expectations.ts';

/** A3: nothing is ordered twice, and nobody who never came into the trigger stage. A4: what Turn has stands here too. */
export const auditOrders = (model: Model, look: Look): readonly string[] => [
  ...look.candidates.flatMap((candidate, number) => auditNumbers(model, look, candidate, number)),
  ...auditPosts(look),
  ...auditUnasked(model, look),
  ...auditRows(model, look),
  ...auditPair(model, look),
  ...auditLimit(model, look),
];

/** Who entered before ordering began, or a day ago, or was turned down, is ordered on a person's new word only. */
const auditUnasked = (model: Model, look: Look): readonly string[] =>
  model.candidates.flatMap(({ postsWhenOld, postsWhenTurnedDown }, number) => {
    const now = postsFor(look, number);
    return [
      ...(now > (postsWhenOld ?? now)
        ? [`Candidate ${number} was ordered for an old entry, and nobody asked.`]
        : []),
      ...(now > (postsWhenTurnedDown ?? now)
        ? [`Candidate ${number} was turned down by a person and ordered all the same.`]
        : []),
    ];
  });

/** The first two candidates are one person: while both want the same package and nobody waived it, one is ordered. */
const auditPair = (model: Model, { candidates }: Look): readonly string[] => {
  const pair = model.candidates.slice(0, 2);
  const isAlike = pair.every(({ wasOver, wasRetagged, isWaived }) => !wasOver && !wasRetagged && !isWaived);
  return isAlike && candidates.slice(0, 2).every(({ orders }) => orders.length > 0)
    ? ['The same person was ordered twice.']
    : [];
};

// What is counted are rows that were made ready, each shortly before its post.
const longestDecision = 120_000;

const auditLimit = (model: Model, look: Look): readonly string[] => {
  // A refused one is held, and no longer counts.
  const posts = look.posts.filter(({ end }) => end !== 'refused');
  const released = model.candidates.filter(({ isWaived }) => isWaived).length;
  const most = model.setup.ordersPerHour + released;
  const isOver = posts.some(
    ({ at }) =>
      posts.filter((one) => one.at > at - 3_600_000 + longestDecision && one.at <= at).length > most,
  );
  return isOver ? ['More was ordered within an hour than the limit allows.'] : [];
};

const auditNumbers = (
  model: Model,
  look: Look,
  { orders }: LookAtCandidate,
  number: number,
): readonly string[] => {
  const { entries, ordersAgain, wasOver } = candidateOf(model, number);
  const numbers = orders.map(({ orderNumber }) => orderNumber);
  const twice = numbers.filter((one, index) => numbers.indexOf(one) !== index);
  return [
    ...twice.map((one) => `A3: order ${one} of candidate ${number} is at Turn more than once.`),
    ...numbers
      .filter((one) => one > 1 + ordersAgain)
      .map((one) => `A3: nobody asked for order ${one} of candidate ${number}.`),
    ...orders
      .filter((one) => one.orderNumber > 1 && !wasOver && !isDoubtful(look, referenceBefore(one)))
      .map((one) => `Order ${one.orderNumber} of ${number} was placed while the one before was open.`),
    ...(numbers.length > 0 && entries === 0 && !isForgotten(model, number)
      ? [`Candidate ${number} was never in the stage and is ordered.`]
      : []),
  ];
};

/** The reference of the order before. */
const referenceBefore = (order: LookAtCandidate['orders'][number]): string =>
  order.referenceId.replace(/\d+$/u, String(order.orderNumber - 1));

/** Once it is accepted, or nobody knows, an order is never posted again. */
const auditPosts = ({ posts }: Look): readonly string[] =>
  posts.flatMap(({ referenceId }, index) => {
    const before = posts
      .slice(0, index)
      .find((one) => one.referenceId === referenceId && one.end !== 'refused');
    return before === undefined ? [] : [`A3: ${referenceId} was posted again after it was ${before.end}.`];
  });

const auditRows = (model: Model, { candidates, checks }: Look): readonly string[] => {
  // Without its token Turn cannot be asked any more.
  if (model.connection.isDisconnected) return [];
  const here = checks
    .filter(({ phase }) => phase === 'ordered')
    .map(({ candidate, orderNumber, turnId }) => `${candidate} ${orderNumber} ${turnId}`);
  const there = candidates.flatMap(({ orders }, candidate) =>
    orders.map(({ orderNumber, turnId }) => `${candidate} ${orderNumber} ${turnId}`),
  );
  const rows = checks.map(({ candidate, orderNumber }) => `${candidate} ${orderNumber}`);
  return [
    ...there
      .filter((one) => !here.includes(one) && !isForgotten(model, Number(one[0])))
      .map((one) => `A4: ${one} is at Turn and not here.`),
    ...here.filter((one) => !there.includes(one)).map((one) => `A4: ${one} is here and not at Turn.`),
    ...rows.filter((one, index) => rows.indexOf(one) !== index).map((one) => `A3: two rows for ${one}.`),
    ...checks
      .filter(({ phase }) => phase === 'sending' || phase === 'ready')
      // Where a sweep died while it adopted it, the next that Lever lets in goes on.
      .filter(({ candidate }) => !(model.isRevoked && isForgotten(model, candidate)))
      .map(({ candidate, orderNumber, phase }) => `${candidate} ${orderNumber} is ${phase} for ever.`),
    ...checks
      .filter(({ phase, reason }) => (phase === 'held' || phase === 'unknown') && reason === null)
      .map(({ candidate, phase }) => `A9: the check of ${candidate} is ${phase} without a reason.`),
  ];
};
