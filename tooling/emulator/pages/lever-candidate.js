// One candidate in a dialog: tags, notes, stage changes, archiving.
import { el, smallForm, time } from './page.js';

let dialog = null;

/** Shows the candidate, or draws an open dialog again. With an id of null nothing is shown. */
export function openCandidate(account, act, id, closed) {
  const opportunity = account.opportunities.find((candidate) => candidate.id === id);
  if (opportunity === undefined) {
    dialog?.close();
    return;
  }
  if (dialog === null) {
    dialog = el('dialog', { 'aria-labelledby': 'candidate-name' });
    document.body.append(dialog);
  }
  dialog.onclose = closed;
  const focused = dialog.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const typed = new Map([...dialog.querySelectorAll('input')].map((input) => [input.id, input.value]));
  const isSame = dialog.dataset.id === opportunity.id;
  dialog.dataset.id = opportunity.id;
  dialog.replaceChildren(...contents(account, opportunity, act));
  if (isSame) {
    for (const [inputId, value] of typed) {
      const input = document.getElementById(inputId);
      if (input !== null) input.value = value;
    }
  }
  if (!dialog.open) dialog.showModal();
  if (focused) dialog.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function contents(account, opportunity, act) {
  const { id: opportunityId, name } = opportunity;
  const isArchived = opportunity.archived !== null;
  return [
    el('h1', { id: 'candidate-name' }, name || '(anonymised)'),
    el(
      'p',
      { class: 'quiet' },
      [
        opportunity.emails.join(', ') || 'no e-mail',
        opportunity.stageText,
        isArchived ? 'archived' : 'active',
      ].join(' · '),
    ),
    el('h2', {}, 'Tags'),
    el(
      'ul',
      { class: 'tags' },
      opportunity.tags.map((tag) =>
        el(
          'li',
          {},
          `${tag} `,
          el(
            'button',
            {
              class: 'small',
              'aria-label': `Remove tag ${tag}`,
              'data-key': `untag-${tag}`,
              onclick: () => act('removeTag', { opportunityId, tag }, `Tag ${tag} removed.`),
            },
            '×',
          ),
        ),
      ),
    ),
    textForm('tag', 'New tag', 'Add tag', (tag) =>
      act('addTag', { opportunityId, tag }, `Tag ${tag} added.`),
    ),
    el('h3', {}, 'Notes'),
    el(
      'ul',
      { class: 'notes' },
      opportunity.notes.map((note) => noteItem(note, opportunityId, act)),
    ),
    textForm('note', 'New note', 'Add note', (value) =>
      act('addNote', { opportunityId, value }, 'Note added.'),
    ),
    el('h3', {}, 'Stage changes'),
    el(
      'ol',
      {},
      opportunity.stageChanges.map(({ toStageId, updatedAt }) =>
        el(
          'li',
          {},
          `${account.stages.find(({ id }) => id === toStageId)?.text ?? toStageId}, ${time(updatedAt)}`,
        ),
      ),
    ),
    el(
      'p',
      { class: 'row' },
      el(
        'button',
        {
          'data-key': 'archive',
          onclick: () =>
            act(isArchived ? 'unarchive' : 'archive', { opportunityId }, isArchived ? 'Back.' : 'Archived.'),
        },
        isArchived ? 'Un-archive' : 'Archive',
      ),
      el(
        'button',
        { 'data-key': 'anonymise', onclick: () => act('anonymise', { opportunityId }, 'Anonymised.') },
        'Anonymise',
      ),
      el(
        'button',
        {
          class: 'danger',
          'data-key': 'delete',
          onclick: () => act('deleteOpportunity', { opportunityId }, 'Deleted.'),
        },
        'Delete',
      ),
      el(
        'button',
        { class: 'primary', autofocus: true, 'data-key': 'close', onclick: () => dialog.close() },
        'Close',
      ),
    ),
  ];
}

function noteItem(note, opportunityId, act) {
  const facts = [
    time(note.createdAt),
    note.createdByApi ? 'by API' : 'by a person',
    note.secret ? 'secret' : null,
  ];
  return el(
    'li',
    { class: note.deletedAt === null ? null : 'deleted' },
    note.values.join('\n'),
    el('br'),
    el('span', { class: 'quiet' }, `${facts.filter((fact) => fact !== null).join(' · ')} `),
    note.deletedAt === null
      ? el(
          'button',
          {
            class: 'small',
            'data-key': `unnote-${note.id}`,
            onclick: () => act('deleteNote', { opportunityId, noteId: note.id }, 'Note deleted.'),
          },
          'Delete note',
        )
      : 'deleted',
  );
}

function textForm(name, label, button, submit) {
  return smallForm({
    key: `candidate-${name}`,
    fields: [{ name, label }],
    button,
    submit: (values) => submit(values[name]),
  });
}
