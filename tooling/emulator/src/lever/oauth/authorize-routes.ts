import type { Answer } from '../../http/answer.ts';
import { isObject } from '../../http/call.ts';
import { escapeHtml, htmlPage } from '../../http/html.ts';
import type { LeverWorld } from '../world.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts';

/** Login and consent on one page, and what happens when its form is sent (lever-api.md §2.1). */
export function addAuthorizeRoutes(world: LeverWorld, codes: AuthorizationCodes): void {
  world.server.route('GET', '/authorize', (call) => {
    const request = readAuthorizationRequest(world, call.query);
    if ('problem' in request) return undefinedPage(request.problem);
    return htmlPage('Authorize – emulated Lever', consentForm(world, request, call.query));
  });

  world.server.route('POST', '/authorize', (call) => {
    const request = readAuthorizationRequest(world, call.query);
    if ('problem' in request) return undefinedPage(request.problem);
    const form = isObject(call.body) ? call.body : {};
    if (form.decision !== 'approve') return refuse(request, 'User did not authorize the request');
    const chosen = findUser(world, String(form.user));
    if (chosen === null) return undefinedPage('user');
    call.entry.accountId = chosen.accountId;
    // Found out at the very end of the flow only, as with Lever.
    if (chosen.accessRole !== 'super admin')
      return refuse(request, 'Only a Super Admin can authorize this application');
    const code = codes.make({ request, accountId: chosen.accountId, userId: chosen.userId });
    return backTo(request, { code });
  });
}

/** What a person does in the browser: opens the page, signs in as this user, decides. Gives the address they are sent to. */
export async function clickThrough(
  authorizeUrl: string,
  choice: { userId: string; decision: 'approve' | 'deny' },
): Promise<string> {
  const page = await fetch(authorizeUrl);
  if (page.status !== 200)
    throw new Error(`The authorization page answered ${page.status}: ${await page.text()}`);
  await page.body?.cancel();
  const body = new URLSearchParams({ user: choice.userId, decision: choice.decision });
  const sent = await fetch(authorizeUrl, { method: 'POST', body, redirect: 'manual' });
  const location = sent.headers.get('location');
  await sent.body?.cancel();
  if (location === null)
    throw new Error(`The authorization form answered ${sent.status} without a location.`);
  return location;
}

function consentForm(world: LeverWorld, request: AuthorizationRequest, query: URLSearchParams): string {
  const users = [...world.accounts.values()].flatMap((account) =>
    account.users
      .filter(({ deactivatedAt }) => deactivatedAt === null)
      .map(({ id, name, accessRole }) => ({ id, text: `${name} (${accessRole}), ${account.name}` })),
  );
  const options = users.map(
    ({ id, text }) => `<option value="${escapeHtml(id)}">${escapeHtml(text)}</option>`,
  );
  const scopes = request.scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`);
  const host = new URL(request.redirectUri).host;
  return `<main class="narrow">
<h1>Authorize access</h1>
<p>The application at <strong>${escapeHtml(host)}</strong> asks for access to your organization in this emulated Lever:</p>
<ul class="scopes">${scopes.join('') || '<li>nothing</li>'}</ul>
<form method="post" action="/authorize?${escapeHtml(query.toString())}">
<label for="user">Sign in as</label>
<select id="user" name="user">${options.join('')}</select>
<p class="row"><button class="primary" name="decision" value="approve">Approve</button>
<button name="decision" value="deny">Deny</button></p>
</form>
</main>`;
}

/** Lever's window shows `undefined` when a parameter differs from the registered app. */
function undefinedPage(parameter: string): Answer {
  const hint = `Some parameter differs from the registered application: <code>${escapeHtml(parameter)}</code>.`;
  return htmlPage('undefined', `<main class="narrow"><h1>undefined</h1><p>${hint}</p></main>`, 400);
}

function findUser(world: LeverWorld, userId: string) {
  for (const account of world.accounts.values()) {
    const user = account.users.find(({ id, deactivatedAt }) => id === userId && deactivatedAt === null);
    if (user !== undefined) return { accountId: account.id, userId, accessRole: user.accessRole };
  }
  return null;
}

function refuse(request: AuthorizationRequest, description: string): Answer {
  return backTo(request, { error: 'access_denied', error_description: description });
}

function backTo(request: AuthorizationRequest, values: Record<string, string>): Answer {
  const location = new URL(request.redirectUri);
  for (const [name, value] of Object.entries({ ...values, state: request.state }))
    location.searchParams.set(name, value);
  return { status: 302, headers: { location: location.href } };
}
