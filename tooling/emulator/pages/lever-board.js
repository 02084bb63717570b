// The board: a column for each stage, cards to drag or to move with their list of stages.
import { openCandidate } from './lever-candidate.js';
import { el, smallForm, startPage } from './page.js';

let opened = location.pathname.split('/')[2] ?? null;

startPage((main, account, act) => {
  main.replaceChildren(
    el('h1', {}, account.name),
    el(
      'div',
      { class: 'board' },
      account.stages.map((stage) => column(stage, account, act)),
    ),
    el(
      'section',
      { class: 'panel', 'aria-labelledby': 'new' },
      el('h2', { id: 'new' }, 'New candidate'),
      newCandidate(act),
    ),
  );
  openCandidate(account, act, opened, () => {
    opened = null;
    history.replaceState(null, '', '/candidates');
  });
});

function column(stage, account, act) {
  const here = account.opportunities.filter((opportunity) => opportunity.stage === stage.id);
  const heading = `stage-${stage.id}`;
  const section = el(
    'section',
    {
      class: 'column',
      'aria-labelledby': heading,
      ondragover: (event) => {
        event.preventDefault();
        section.classList.add('over');
      },
      ondragleave: () => section.classList.remove('over'),
      ondrop: (event) => {
        event.preventDefault();
        section.classList.remove('over');
        move(act, account, event.dataTransfer.getData('text/plain'), stage.id);
      },
    },
    el('h2', { id: heading }, `${stage.text} `, el('span', { class: 'quiet' }, String(here.length))),
    here.map((opportunity) => card(opportunity, account, act)),
  );
  return section;
}

function card(opportunity, account, act) {
  const name = opportunity.name || '(anonymised)';
  return el(
    'article',
    {
      class: opportunity.archived === null ? 'card' : 'card archived',
      draggable: 'true',
      ondragstart: (event) => {
        document.body.dataset.dragging = 'yes';
        event.dataTransfer.setData('text/plain', opportunity.id);
      },
      ondragend: () => delete document.body.dataset.dragging,
    },
    el(
      'button',
      {
        class: 'name',
        'data-key': `open-${opportunity.id}`,
        onclick: () => show(opportunity.id, account, act),
      },
      name,
    ),
    opportunity.archived === null ? null : el('span', { class: 'quiet' }, ' archived'),
    tags(opportunity),
    el(
      'select',
      {
        'aria-label': `Move ${name} to stage`,
        'data-key': `move-${opportunity.id}`,
        onchange: (event) => move(act, account, opportunity.id, event.target.value),
      },
      account.stages.map(({ id, text }) =>
        el('option', { value: id, selected: id === opportunity.stage }, text),
      ),
    ),
  );
}

export function tags(opportunity) {
  const items = opportunity.tags.map((tag) => el('li', { class: /^turn/i.test(tag) ? 'ours' : null }, tag));
  return el('ul', { class: 'tags', 'aria-label': 'Tags' }, items);
}

function show(id, account, act) {
  opened = id;
  history.replaceState(null, '', `/candidates/${id}`);
  openCandidate(account, act, id, () => {
    opened = null;
    history.replaceState(null, '', '/candidates');
  });
}

function move(act, account, opportunityId, stage) {
  const name = account.opportunities.find(({ id }) => id === opportunityId)?.name ?? 'The candidate';
  const text = account.stages.find(({ id }) => id === stage)?.text;
  act('moveOpportunity', { opportunityId, stage }, `${name} moved to ${text}.`);
}

function newCandidate(act) {
  return smallForm({
    key: 'new-candidate',
    fields: [
      { name: 'name', label: 'Full name' },
      { name: 'email', label: 'E-mail', type: 'email', required: false },
      { name: 'tag', label: 'Tag (such as TurnPackage:…)', required: false },
    ],
    button: 'Add',
    submit: ({ name, email, tag }) =>
      act(
        'addOpportunity',
        { name, ...(email ? { emails: [email] } : {}), ...(tag ? { tags: [tag] } : {}) },
        `${name} added.`,
      ),
  });
}
