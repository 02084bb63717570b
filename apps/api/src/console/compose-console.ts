import type { Environment } from '@turn-lever/core/connection';
import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import { createManagePeople } from '@turn-lever/core/use-cases/people/manage-people';
import { createUseLinks } from '@turn-lever/core/use-cases/people/use-links';
import type { SettingsActions } from '@turn-lever/core/use-cases/settings/create-settings-actions';
import type { Stores } from '@turn-lever/db/create-stores';
import type { Database } from '@turn-lever/db/database';
import { createAuthStorage } from '@turn-lever/db/sign-in/auth-storage';
import { createSessions } from '@turn-lever/db/sign-in/sessions';
import type { Logger } from 'pino';
import type { Mail } from '../mail/create-mail.ts';
import { createMailLink } from '../mail/mail-link.ts';
import type { Authorizing } from '../oauth/compose-authorization.ts';
import { createAuthentication } from './authentication.ts';
import { createRouter } from './create-router.ts';
import { linkUrls } from './link-urls.ts';
import { createPasswordLimits } from './password-limits.ts';
import type { ConsolePorts } from './register-console.ts';

/** The console's side of the server, and the link with which everything begins. */
export interface ComposedConsole {
  readonly ports: ConsolePorts;
  /** The address at which the first account is made; null where there is one. Ends an earlier link. */
  setUpUrl(): Promise<string | null>;
}

/** Wires sign-in, people, and everything people do. */
export const composeConsole = (given: {
  readonly database: Database;
  readonly stores: Stores;
  readonly actions: Actions;
  readonly settings: SettingsActions;
  readonly authorizing: Authorizing;
  /** Those of Lever's worlds in which there is an OAuth app of ours. */
  readonly offeredEnvironments: readonly Environment[];
  /** Null where no mail server is named. */
  readonly mail: Mail | null;
  readonly publicUrl: string;
  readonly authSecret: string;
  readonly now: () => number;
  readonly log: Logger;
}): ComposedConsole => {
  const {
    database,
    stores,
    actions,
    settings,
    authorizing,
    offeredEnvironments,
    mail,
    publicUrl,
    authSecret,
    now,
    log,
  } = given;
  const { people, connections, auditLog } = stores;
  const sessions = createSessions(database);
  const passwordLimits = createPasswordLimits(now);
  const links = createUseLinks({
    people,
    auditLog,
    environment: offeredEnvironments[0] ?? 'production',
    now,
  });
  const urls = linkUrls(publicUrl);
  return {
    ports: {
      publicUrl,
      authentication: createAuthentication({
        publicUrl,
        secret: authSecret,
        storage: createAuthStorage(database),
        sessions,
        now,
      }),
      passwordLimits,
      people,
      now,
      log,
      router: createRouter({
        actions,
        settings,
        links,
        people,
        connections,
        auditLog,
        offeredEnvironments,
        authorizing,
        sessions,
        passwordLimits,
        managePeople: createManagePeople({ people, auditLog, now }),
        linkUrl: urls,
        mailLink: createMailLink(links, mail),
      }),
    },
    setUpUrl: async () => {
      const token = await links.makeSetUpLink();
      return token === null ? null : urls('set-up', token);
    },
  };
};
