import { addControlRoutes } from '../../control/control-routes.ts';
import { Refusal } from '../../http/answer.ts';
import { param } from '../../http/call.ts';
import { escapeHtml, htmlPage } from '../../http/html.ts';
import type { VendorServer } from '../../http/vendor-server.ts';
import type { NewTurnAccount } from '../account/account-state.ts';
import type { Check } from '../account/check.ts';
import type { TurnAccount } from '../account/turn-account.ts';
import { showTurnAccount, turnActions } from './turn-actions.ts';

/** The list of checks, a check's dashboard page and what they need. */
export function addTurnPages(
  server: VendorServer,
  emulator: {
    url: () => string;
    accounts: () => TurnAccount[];
    createAccount: (input: NewTurnAccount) => TurnAccount;
  },
): void {
  addControlRoutes<TurnAccount>(server, {
    accounts: emulator.accounts,
    create: (input) => emulator.createAccount({ name: input.text('name') }),
    show: showTurnAccount,
    actions: turnActions,
  });
  server.ownRoute('GET', '/', () => ({ status: 302, headers: { location: '/checks' } }));
  server.ownRoute('GET', '/checks', () =>
    htmlPage(
      'Checks – emulated Turn',
      `${header(emulator.url(), accountChooser)}
<p id="said" role="status" class="said"></p>
<main id="main"></main>
<script type="module" src="/_emulator/pages/turn-checks.js"></script>`,
    ),
  );
  server.ownRoute('GET', '/workers/:id', (call) => {
    const id = param(call, 'id');
    const check = emulator
      .accounts()
      .flatMap(({ checks }) => checks)
      .find(({ workerId }) => workerId === id);
    if (check === undefined)
      throw new Refusal(htmlPage('Not found', '<main class="narrow"><h1>Not found</h1></main>', 404));
    return htmlPage(`${check.turnId} – emulated Turn`, header(emulator.url(), '') + dashboard(check));
  });
}

const accountChooser = '<label class="inline" for="account">Account</label><select id="account"></select>';

function header(url: string, more: string): string {
  return `<header class="bar turn">
<strong>Turn <span class="quiet">emulated at ${escapeHtml(url)}</span></strong>
<nav aria-label="Main"><a href="/checks">Checks</a></nav>
${more}
</header>`;
}

function dashboard(check: Check): string {
  const rows = {
    'Turn ID': check.turnId,
    State: check.state,
    Package: check.packageId ?? 'account default',
    'Reference ID': check.referenceId ?? 'none',
    Ordered: new Date(check.createdAt).toISOString(),
    Consent: check.consentDate ?? 'not yet',
    Recheck: check.recheckDate ?? 'none',
  };
  const lines = Object.entries(rows).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  const name = escapeHtml(`${check.candidate.firstName} ${check.candidate.lastName}`);
  return `<main class="narrow"><h1>${name}</h1>
<p>At the real Turn this page needs a login. It is invented, like everybody on it.</p>
<dl>${lines.join('')}</dl></main>`;
}
