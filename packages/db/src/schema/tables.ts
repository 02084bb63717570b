import { account } from './account.ts';
import { auditEntry } from './audit-entry.ts';
import { backgroundCheck } from './background-check.ts';
import { connection } from './connection.ts';
import { delivery } from './delivery.ts';
import { incident } from './incident.ts';
import { membership } from './membership.ts';
import { refusalSample } from './refusal-sample.ts';
import { signatureToken } from './signature-token.ts';
import { vendorCall } from './vendor-call.ts';

/** Every table of ours, as drizzle wants them. */
export const tables = {
  account,
  membership,
  connection,
  signatureToken,
  refusalSample,
  delivery,
  backgroundCheck,
  incident,
  vendorCall,
  auditEntry,
};

/** The type parameter of our database handles. */
export type Tables = typeof tables;
