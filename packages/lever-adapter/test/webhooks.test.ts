import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseLeverDelivery } from '../src/webhook/parse.ts';
import { verifyLeverSignature } from '../src/webhook/verify.ts';
import {
  type AnsweringServer,
  createAnsweringServer,
  type SeenRequest,
} from '../testing/answering-server.ts';
import { createLeverWorld, type LeverWorld } from '../testing/lever-world.ts';

let world: LeverWorld;
let receiver: AnsweringServer;
beforeEach(async () => {
  world = await createLeverWorld();
  receiver = await createAnsweringServer(() => ({}));
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

const event = 'candidateStageChange';

/** What the route does with a request, headers left aside: nothing of them is signed. */
const read = (request: Pick<SeenRequest, 'body'>, signatureTokens: readonly string[]) => {
  const delivery = parseLeverDelivery(JSON.parse(request.body));
  if (delivery.kind === 'malformed') throw new Error(`Expected a delivery; wrong: ${delivery.problem}.`);
  const signed = { ...delivery, triggeredAtText: delivery.triggeredAt.text };
  return { delivery, isGenuine: verifyLeverSignature(signed, signatureTokens) };
};
const received = (at = 0): SeenRequest => {
  const request = receiver.requests[at];
  if (request === undefined) throw new Error(`Expected request ${at}.`);
  return request;
};

describe('a delivery', () => {
  const moveOne = async () => {
    const { id, contactId } = world.account.addOpportunity({ name: 'Ada Example' });
    world.account.moveOpportunity(id, 'Reference Check');
    await world.lever.idle();
    const toStageId = world.account.opportunity(id).stage;
    return { id, contactId, toStageId };
  };

  test('of Lever is genuine and names ids only, whether or not it carries an id of its own', async () => {
    const { signatureToken } = world.account.createWebhook({ url: receiver.url });
    for (const includeEventId of [false, true]) {
      world.account.settings.includeEventId = includeEventId;
      const { id, contactId, toStageId } = await moveOne();
      const { delivery, isGenuine } = read(received(Number(includeEventId)), [signatureToken]);
      expect(isGenuine).toBe(true);
      expect(delivery).toMatchObject({
        kind: 'event',
        happening: { event, opportunityId: id, contactId, toStageId },
      });
      expect(received().body).not.toContain('Ada');
    }
  });

  test('that Lever sends again on purpose is the same one', async () => {
    const { signatureToken } = world.account.createWebhook({ url: receiver.url });
    await moveOne();
    const [first] = world.account.deliveries;
    await world.account.rerun(first?.id ?? '');
    const [one, again] = [read(received(0), [signatureToken]), read(received(1), [signatureToken])];
    expect(again).toEqual(one);
  });

  test('to test the connection is a genuine ping', async () => {
    const { id, signatureToken } = world.account.createWebhook({
      url: receiver.url,
      event: 'candidateHired',
    });
    await world.account.verifyConnection(id);
    expect(read(received(), [signatureToken])).toMatchObject({ isGenuine: true, delivery: { kind: 'ping' } });
  });

  test('without a signature, as of a webhook that has no signature token, is not genuine', async () => {
    const { id, signatureToken } = world.account.createWebhook({ url: receiver.url });
    world.account.removeSignatureToken(id);
    await moveOne();
    expect(read(received(), [signatureToken]).isGenuine).toBe(false);
  });

  test('is not genuine for its header or a signature over the raw body', () => {
    const { signature, ...unsigned } = signDelivery({
      signatureToken: 'a-token',
      data: { opportunityId: 'a' },
    });
    const body = JSON.stringify(unsigned);
    const overBody = createHmac('sha256', 'a-token').update(body).digest('hex');
    // A `Lever-Signature` header has no way in: only the body is read.
    expect(read({ body }, ['a-token']).isGenuine).toBe(false);
    const claiming = JSON.stringify({ ...unsigned, signature: overBody });
    expect(read({ body: claiming }, ['a-token']).isGenuine).toBe(false);
    expect(read({ body: JSON.stringify({ ...unsigned, signature }) }, ['a-token']).isGenuine).toBe(true);
  });

  test('stays genuine with another body, which is why nothing in it is believed; the digest tells them apart', () => {
    const genuine = signDelivery({ signatureToken: 'a-token', data: { opportunityId: 'a' } });
    const forged = { ...genuine, event: 'candidateHired', data: { opportunityId: 'b' } };
    const one = read({ body: JSON.stringify(genuine) }, ['a-token']);
    const other = read({ body: JSON.stringify(forged) }, ['a-token']);
    expect(other.isGenuine).toBe(true);
    expect(other.delivery.token).toBe(one.delivery.token);
    expect(other.delivery.contentDigest).not.toBe(one.delivery.contentDigest);
  });
});

describe('webhooks of our app', () => {
  const create = () => world.ats.createWebhook(world.connectionId, { event, url: receiver.url });

  test('are made with the signature token that Lever tells only then', async () => {
    const created = await create();
    expect(created).toMatchObject({ event, url: receiver.url });
    expect(created.signatureToken).toMatch(/^[0-9a-f]{48}$/);
    expect(await world.ats.listWebhooks(world.connectionId)).toEqual([
      { id: created.id, event, url: receiver.url },
    ]);
    const { id } = world.account.addOpportunity({ name: 'Ada Example' });
    world.account.moveOpportunity(id, 'Reference Check');
    await world.lever.idle();
    expect(read(received(), [created.signatureToken]).isGenuine).toBe(true);
  });

  test('are never there twice for one event and address: the older, whose token is lost, goes first', async () => {
    const first = await create();
    const second = await create();
    expect(second.id).not.toBe(first.id);
    expect(world.account.webhooks().map(({ id }) => id)).toEqual([second.id]);
  });

  test('that were made although the answer was lost are replaced by the next try', async () => {
    world.lever.faults.add({ route: 'POST /v1/webhooks', kind: { kind: 'reset-after-committing' } });
    await expect(create()).rejects.toMatchObject({ code: 'unavailable' });
    expect(world.account.webhooks()).toHaveLength(1);
    const created = await create();
    expect(world.account.webhooks().map(({ id }) => id)).toEqual([created.id]);
  });

  test('for another event or address, or made in the settings of Lever, are left alone', async () => {
    const byHand = world.account.createWebhook({ url: receiver.url });
    await world.ats.createWebhook(world.connectionId, { event: 'candidateDeleted', url: receiver.url });
    await world.ats.createWebhook(world.connectionId, { event, url: `${receiver.url}/other` });
    await create();
    expect(world.account.webhooks()).toHaveLength(4);
    expect(world.account.webhooks().map(({ id }) => id)).toContain(byHand.id);
  });

  test('are read from an answer with `data` twice, as the documentation prints it', async () => {
    const data = { id: 'webhook-7', event, url: receiver.url, configuration: { signatureToken: 'a-token' } };
    world.lever.faults.add({
      route: 'POST /v1/webhooks',
      kind: { kind: 'status', status: 201, body: { data: { data } } },
    });
    expect(await create()).toEqual({ id: 'webhook-7', event, url: receiver.url, signatureToken: 'a-token' });
  });

  test('without a signature token are of no use', async () => {
    const data = { id: 'webhook-7', event, url: receiver.url, configuration: {} };
    world.lever.faults.add({
      route: 'POST /v1/webhooks',
      kind: { kind: 'status', status: 201, body: { data } },
    });
    await expect(create()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('are deleted, and deleting one that is gone is no error', async () => {
    const { id } = await create();
    await world.ats.deleteWebhook(world.connectionId, id);
    await expect(world.ats.deleteWebhook(world.connectionId, id)).resolves.toBeUndefined();
    expect(world.account.webhooks()).toEqual([]);
  });

  test('are never changed by the bulk PUT', async () => {
    await create();
    await create();
    expect(world.lever.journal.entries({ method: 'PUT' })).toEqual([]);
  });

  test('answer a ping that Lever sends while it is being made', async () => {
    world.account.settings.pingOnCreate = true;
    const { signatureToken } = await create();
    expect(read(received(), [])).toMatchObject({ isGenuine: false, delivery: { kind: 'ping' } });
    expect(read(received(), [signatureToken]).isGenuine).toBe(true);
  });
});

test('the signature token is text of 48 characters, not 24 bytes', async () => {
  const { signatureToken } = world.account.createWebhook({ url: receiver.url });
  const asBytes = Buffer.from(signatureToken, 'hex');
  const body = signDelivery({ signatureToken, data: {} });
  const wrong = createHmac('sha256', asBytes).update(`${body.token}${body.triggeredAt}`).digest('hex');
  expect(read({ body: JSON.stringify({ ...body, signature: wrong }) }, [signatureToken]).isGenuine).toBe(
    false,
  );
});
