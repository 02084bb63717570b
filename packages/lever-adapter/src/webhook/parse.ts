import { hash } from 'node:crypto';
import type { Happening } from '@turn-lever/core/delivery';
import type { ContactId, Instant, OpportunityId, StageId } from '@turn-lever/core/ids';
import { isStorable } from '../storable-text.ts';
import type { LeverReading } from './payload.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own properties only: a body cannot borrow one from its prototype. */
const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

const textOf = (fields: Fields, name: string): string | null => {
  const value = own(fields, name);
  return typeof value === 'string' ? value : null;
};

/** An id may be any text, slugs included (`lever-api.md` §3.2). */
const idOf = <Id extends string>(fields: Fields, name: string): Id | null => {
  const value = textOf(fields, name);
  return value !== null && value.length > 0 && value.length <= 200 && isStorable(value)
    ? (value as Id)
    : null;
};

const readTriggeredAt = (value: unknown): { readonly text: string; readonly at: Instant } | null => {
  const isText = typeof value === 'string';
  if (isText ? !/^\d{1,16}$/.test(value) : typeof value !== 'number') return null;
  const at = Number(value);
  if (!Number.isSafeInteger(at) || at < 0) return null;
  return { text: isText ? value : String(at), at };
};

const shownEvent = (event: string): string => event.slice(0, 100).toWellFormed().replaceAll('\0', '\u{fffd}');

/** The JSON of a list of texts cannot be read two ways, unlike texts put one after the other. */
const digestOf = (parts: readonly (string | null)[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url');

/**
 * Reads a webhook body, already parsed as JSON. Tolerant of new fields, unknown events, a missing `id`, and
 * `triggeredAt` as a text of digits; ids that are no usable texts count as absent. Takes a few µs and never throws.
 */
export const parseLeverDelivery = (json: unknown): LeverReading => {
  if (!isObject(json)) return { kind: 'malformed', problem: 'body' };
  const token = textOf(json, 'token');
  if (token === null || token.length === 0 || token.length > 200 || !isStorable(token)) {
    return { kind: 'malformed', problem: 'token' };
  }
  const triggeredAt = readTriggeredAt(own(json, 'triggeredAt'));
  if (triggeredAt === null) return { kind: 'malformed', problem: 'triggeredAt' };
  const event = textOf(json, 'event');
  if (event === null || event.length === 0) return { kind: 'malformed', problem: 'event' };
  const data = own(json, 'data');
  if (!isObject(data)) return { kind: 'malformed', problem: 'data' };

  const happening: Happening = {
    event: shownEvent(event),
    opportunityId: idOf<OpportunityId>(data, 'opportunityId'),
    contactId: idOf<ContactId>(data, 'contactId'),
    toStageId: idOf<StageId>(data, 'toStageId'),
    triggeredAt: triggeredAt.at,
  };
  const ids = ['opportunityId', 'contactId', 'toStageId', 'fromStageId'].map((name) => textOf(data, name));
  return {
    kind: Object.keys(data).length === 0 ? 'ping' : 'event',
    token,
    signature: own(json, 'signature'),
    triggeredAt,
    happening,
    contentDigest: digestOf([event, ...ids, triggeredAt.text]),
  };
};
