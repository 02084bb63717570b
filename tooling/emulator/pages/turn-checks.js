// Turn's people at work: every check, and the states it can be put into.
import { el, smallForm, startPage, time } from './page.js';

startPage((main, account, act) => {
  main.replaceChildren(
    el('h1', {}, account.name),
    el(
      'section',
      { class: 'panel', 'aria-labelledby': 'webhook' },
      el('h2', { id: 'webhook' }, 'Screening Webhook URL'),
      el('p', {}, el('code', {}, account.screeningWebhookUrl ?? 'none: nobody is told of changes')),
      smallForm({
        key: 'webhook-url',
        fields: [{ name: 'url', label: 'New URL', type: 'url', required: false }],
        button: 'Save',
        submit: ({ url }) => act('setScreeningWebhookUrl', { url: url === '' ? null : url }, 'Saved.'),
      }),
    ),
    account.checks.length === 0 ? el('p', {}, 'No check has been ordered yet.') : '',
    ...account.checks.toReversed().map((check) => checkPanel(check, account, act)),
  );
});

function checkPanel(check, account, act) {
  const packages = Array.isArray(account.packages) ? account.packages : [];
  const checkPackage = packages.find(({ id }) => id === check.packageId);
  const name = `${check.candidate.firstName} ${check.candidate.lastName}`;
  const sent = account.deliveries.filter(({ workerId }) => workerId === check.workerId);
  return el(
    'section',
    { class: 'panel', 'aria-labelledby': check.turnId },
    el(
      'h2',
      { id: check.turnId },
      el('a', { href: `/workers/${check.workerId}`, 'data-key': `link-${check.turnId}` }, name),
      el('span', { class: 'quiet' }, ` ${check.turnId}`),
    ),
    el(
      'p',
      { class: 'quiet' },
      [
        checkPackage?.name ?? check.packageId ?? 'default package',
        check.referenceId ?? 'no reference',
        `ordered ${time(check.createdAt)}`,
        `${check.invitationsSent} invitation(s)`,
      ].join(' · '),
    ),
    el(
      'div',
      { class: 'states', role: 'group', 'aria-label': `State of ${name}` },
      account.states.map((state) =>
        el(
          'button',
          {
            class: 'small',
            'aria-pressed': String(state === check.state),
            'data-key': `${check.turnId}-${state}`,
            onclick: () => act('advance', { id: check.workerId, state }, `${name} is now ${state}.`),
          },
          state,
        ),
      ),
      el(
        'button',
        {
          class: 'small primary',
          'data-key': `${check.turnId}-recheck`,
          onclick: () => act('recheck', { id: check.workerId }, `${name} is being checked again.`),
        },
        'Recheck',
      ),
    ),
    el(
      'p',
      { class: 'quiet' },
      sent.length === 0
        ? 'No webhook sent.'
        : `Webhooks: ${sent.map(({ kind, status }) => `${kind} ${status ?? 'no answer'}`).join(', ')}`,
    ),
  );
}
