// Settings > Integrations and API: Webhooks and Authorized Apps.
import { el, smallForm, startPage, time } from './page.js';

startPage((main, account, act) => {
  main.replaceChildren(
    el('h1', {}, 'Integrations and API'),
    panel('Webhooks', webhooks(account, act)),
    panel('Delivery history', deliveries(account, act)),
    panel('Authorized Apps', authorizedApps(account, act)),
  );
});

function panel(title, ...children) {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return el(
    'section',
    { class: 'panel', 'aria-labelledby': id },
    el('h2', { id }, title),
    ...children.flat(),
  );
}

function webhooks(account, act) {
  const group = account.eventGroups.find(({ event }) => event === 'candidateStageChange');
  return [
    el(
      'p',
      {},
      'Candidate Stage Change: ',
      el(
        'button',
        {
          role: 'switch',
          'aria-checked': String(group.on),
          'data-key': 'event-group',
          onclick: () =>
            act(
              'switchOnEventGroup',
              { event: group.event, on: !group.on },
              group.on ? 'Nothing is sent any more.' : 'Stage changes are sent.',
            ),
        },
        group.on ? 'On' : 'Off',
      ),
    ),
    account.webhooks.map((webhook) => webhookCard(webhook, act)),
    smallForm({
      key: 'new-webhook',
      fields: [{ name: 'url', label: 'Webhook URL for Candidate Stage Change', type: 'url' }],
      button: 'Add webhook',
      submit: ({ url }) => act('createWebhook', { url }, 'Webhook added.'),
    }),
  ];
}

function webhookCard(webhook, act) {
  const { id: webhookId } = webhook;
  const button = (key, text, onclick, kind) =>
    el('button', { class: kind ?? null, 'data-key': `${key}-${webhookId}`, onclick }, text);
  return el(
    'div',
    { class: 'card' },
    el(
      'dl',
      {},
      [
        ['Event', webhook.event],
        ['URL', webhook.url],
        ['Signature token', webhook.signatureToken ?? 'none'],
        ['Made', `${time(webhook.createdAt)}, ${webhook.clientId === null ? 'here' : 'by API'}`],
      ].flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, el('code', {}, value))]),
    ),
    el(
      'div',
      { class: 'row' },
      button('verify', 'Verify connection', () =>
        act('verifyConnection', { webhookId }, ({ status }) => `Ping answered: ${status ?? 'nothing'}.`),
      ),
      button('regenerate', 'New signature token', () =>
        act('regenerateSignatureToken', { webhookId }, 'The signature token is new.'),
      ),
      button('delete', 'Delete', () => act('deleteWebhook', { webhookId }, 'Webhook deleted.'), 'danger'),
    ),
  );
}

function deliveries(account, act) {
  if (account.deliveries.length === 0) return el('p', { class: 'quiet' }, 'Nothing has been sent yet.');
  const names = new Map(account.opportunities.map(({ id, name }) => [id, name]));
  const rows = account.deliveries.toReversed().map((delivery) =>
    el(
      'tr',
      {},
      el('td', {}, time(delivery.body.triggeredAt)),
      el('td', {}, delivery.body.event),
      el('td', {}, names.get(delivery.body.data.opportunityId) || delivery.body.data.opportunityId || ''),
      el('td', {}, delivery.attempts.map(({ status }) => status ?? 'no answer').join(', ') || 'waiting'),
      el(
        'td',
        {},
        el(
          'button',
          {
            'data-key': `rerun-${delivery.id}`,
            onclick: () =>
              act(
                'rerun',
                { deliveryId: delivery.id },
                ({ status }) => `Rerun answered: ${status ?? 'nothing'}.`,
              ),
          },
          'Rerun',
        ),
      ),
    ),
  );
  const heads = ['Triggered', 'Event', 'Candidate', 'Answers', ''].map((text) =>
    el('th', { scope: 'col' }, text),
  );
  return el('table', {}, el('thead', {}, el('tr', {}, heads)), el('tbody', {}, rows));
}

function authorizedApps(account, act) {
  if (account.authorizedApps.length === 0) return el('p', { class: 'quiet' }, 'No app is authorized.');
  const names = new Map(account.users.map(({ id, name }) => [id, name]));
  return [
    el(
      'ul',
      {},
      account.authorizedApps.map((app) =>
        el(
          'li',
          {},
          `${app.clientId}, by ${names.get(app.userId) ?? app.userId}, ${time(app.createdAt)}`,
          app.isActive ? '' : ' (revoked)',
          el('br'),
          el('code', {}, app.scopes.join(' ')),
        ),
      ),
    ),
    el(
      'button',
      { class: 'danger', 'data-key': 'revoke', onclick: () => act('revokeAccess', {}, 'Access revoked.') },
      'Revoke Access',
    ),
  ];
}
