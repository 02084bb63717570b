import type { ContactId, OpportunityId, StageId } from '@turn-lever/core/ids';
import type { Opportunity } from '@turn-lever/core/ordering/opportunity';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';
import { leverId } from '../lever-id.ts';
import { toStorable } from '../storable-text.ts';

const instant = z.number().int().nonnegative();

/** What may be odd without harm: such an entry is left out. */
const lenientList = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((entries) =>
      (entries ?? []).flatMap((one) => {
        const read = entry.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    );

/**
 * An opportunity as GET and lists give it (`lever-api.md` §4.1); write answers blank the contact and are never read so.
 * Fields may be missing and new ones may come. One that decides whether and what to order (`tags`, `stage`, `archived`,
 * `dataProtection` …) must have its documented type where it is present: to misread it costs a wrong check.
 */
export const opportunitySchema = z.object({
  id: leverId,
  contact: leverId.nullish(),
  name: z.string().nullish(),
  emails: lenientList(z.string()),
  phones: lenientList(z.object({ value: z.string() })),
  tags: z.array(z.string()).nullish(),
  stage: leverId.nullish(),
  stageChanges: lenientList(z.object({ toStageId: leverId, updatedAt: instant })),
  // Live data has an object, the documentation's examples print two flat fields.
  archived: z.object({ archivedAt: instant.nullish(), reason: z.string().nullish() }).nullish(),
  archivedAt: instant.nullish(),
  isAnonymized: z.boolean().nullish(),
  dataProtection: z.object({ contact: z.object({ allowed: z.boolean().nullish() }).nullish() }).nullish(),
  createdAt: instant.nullish(),
  lastAdvancedAt: instant.nullish(),
  urls: z.object({ show: z.string().nullish() }).nullish(),
});

const email = z.email();

const toEmails = (given: readonly string[]): readonly string[] => {
  const byFolded = new Map<string, string>();
  for (const text of given.map((one) => one.trim())) {
    const folded = text.toLowerCase();
    if (email.safeParse(text).success && !byFolded.has(folded)) byFolded.set(folded, text);
  }
  return [...byFolded.values()];
};

/** Lever keeps phones as free text (`lever-api.md` §4.1); only US and Canadian ones get a text message from Turn. */
const toPhone = (text: string): readonly string[] => {
  const phone = parsePhoneNumberFromString(text.trim().slice(0, 100), 'US');
  const isWanted = phone?.isValid() === true && (phone.country === 'US' || phone.country === 'CA');
  return isWanted ? [`1${phone.nationalNumber}`] : [];
};

const toProfileUrl = (text: string | null | undefined): string | null => {
  const protocol = URL.parse(text ?? '')?.protocol;
  return text && (protocol === 'https:' || protocol === 'http:') ? toStorable(text) : null;
};

/**
 * Lever's opportunity in our words, free of what Postgres refuses; an e-mail that holds such is left out. Without
 * `createdAt` it counts as ancient: such an entry is offered, not ordered.
 */
export const toOpportunity = (given: z.output<typeof opportunitySchema>): Opportunity => ({
  id: given.id as OpportunityId,
  contactId: (given.contact ?? null) as ContactId | null,
  name: toStorable(given.name ?? ''),
  emails: toEmails(given.emails),
  phones: [...new Set(given.phones.flatMap(({ value }) => toPhone(value)))],
  tags: (given.tags ?? []).map(toStorable),
  stageId: (given.stage ?? null) as StageId | null,
  stageChanges: given.stageChanges.map(({ toStageId, updatedAt }) => ({
    toStageId: toStageId as StageId,
    at: updatedAt,
  })),
  isArchived: (given.archived ?? null) !== null || (given.archivedAt ?? null) !== null,
  isAnonymised: given.isAnonymized === true,
  mayBeContacted: given.dataProtection?.contact?.allowed !== false,
  createdAt: given.createdAt ?? 0,
  lastAdvancedAt: given.lastAdvancedAt ?? null,
  profileUrl: toProfileUrl(given.urls?.show),
});
