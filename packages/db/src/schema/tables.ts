import { account } from './account.ts';
import { auditEntry } from './audit-entry.ts';
import { authorizationRequest } from './authorization-request.ts';
import { backgroundCheck } from './background-check.ts';
import { connection } from './connection.ts';
import { delivery } from './delivery.ts';
import { incident } from './incident.ts';
import { credential } from './people/credential.ts';
import { membership } from './people/membership.ts';
import { oneTimeLink } from './people/one-time-link.ts';
import { person } from './people/person.ts';
import { session } from './people/session.ts';
import { refusalSample } from './refusal-sample.ts';
import { signatureToken } from './signature-token.ts';
import { vendorCall } from './vendor-call.ts';

/** Every table of ours, as drizzle wants them. */
export const tables = {
  account,
  person,
  credential,
  session,
  membership,
  oneTimeLink,
  connection,
  signatureToken,
  authorizationRequest,
  refusalSample,
  delivery,
  backgroundCheck,
  incident,
  vendorCall,
  auditEntry,
};

/** The type parameter of our database handles. */
export type Tables = typeof tables;
