import { addControlRoutes } from '../../control/control-routes.ts';
import { escapeHtml, htmlPage } from '../../http/html.ts';
import type { LeverAccount } from '../account/lever-account.ts';
import type { NewAccount } from '../state/account-state.ts';
import type { LeverWorld } from '../world.ts';
import { leverActions, showLeverAccount } from './lever-actions.ts';

/** The board, the settings and what they need. */
export function addLeverPages(
  world: LeverWorld,
  emulator: { accounts: () => LeverAccount[]; createAccount: (input: NewAccount) => LeverAccount },
): void {
  const { server } = world;
  addControlRoutes<LeverAccount>(server, {
    accounts: emulator.accounts,
    create: (input) => emulator.createAccount({ name: input.text('name') }),
    show: showLeverAccount,
    actions: leverActions,
  });
  const board = () => page('Candidates', 'board', world);
  const settings = () => page('Settings', 'settings', world);
  server.ownRoute('GET', '/', () => ({ status: 302, headers: { location: '/candidates' } }));
  server.ownRoute('GET', '/candidates', board);
  server.ownRoute('GET', '/candidates/:id', board);
  server.ownRoute('GET', '/settings', settings);
}

function page(title: string, script: 'board' | 'settings', world: LeverWorld) {
  const link = (href: string, text: string) =>
    `<a href="${href}"${text === title ? ' aria-current="page"' : ''}>${text}</a>`;
  return htmlPage(
    `${title} – emulated Lever`,
    `<header class="bar lever">
<strong>Lever <span class="quiet">emulated at ${escapeHtml(world.url())}</span></strong>
<nav aria-label="Main">${link('/candidates', 'Candidates')}${link('/settings', 'Settings')}</nav>
<label class="inline" for="account">Account</label><select id="account"></select>
</header>
<p id="said" role="status" class="said"></p>
<main id="main"></main>
<script type="module" src="/_emulator/pages/lever-${script}.js"></script>`,
  );
}
