// What every page needs: making elements, asking the emulator, and drawing again when something has changed.

const REDRAW_MS = 1200;

/** An element. Properties starting with "on" are listeners, the others attributes; null children are left out. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

/** Says something in the page's live region. */
export function say(text) {
  const place = document.getElementById('said');
  if (place !== null) place.textContent = text;
}

export async function ask(path, body) {
  const response = await fetch(`/_emulator${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? `The emulator answered ${response.status}.`);
  return answer;
}

/**
 * Chooses an account and draws it into <main>, again whenever it has changed. `draw` gets the account and `act`, which
 * has an action done, says what was done and draws again. Elements with a data-key keep the focus.
 */
export function startPage(draw) {
  runPage(draw).catch((error) => say(error.message));
}

async function runPage(draw) {
  const main = document.getElementById('main');
  const chooser = document.getElementById('account');
  const accounts = await ask('/accounts');
  if (accounts.length === 0) {
    main.replaceChildren(el('p', {}, 'There is no account yet.'));
    return;
  }
  chooser.replaceChildren(...accounts.map(({ id, name }) => el('option', { value: id }, name)));
  const remembered = sessionStorage.getItem('account');
  if (accounts.some(({ id }) => id === remembered)) chooser.value = remembered;
  chooser.addEventListener('change', () => {
    sessionStorage.setItem('account', chooser.value);
    redraw(true).catch((error) => say(error.message));
  });

  let drawn = '';
  const act = async (action, body, done) => {
    try {
      const answer = await ask(`/accounts/${encodeURIComponent(chooser.value)}/${action}`, body);
      if (done !== undefined) say(typeof done === 'function' ? done(answer) : done);
      await redraw(true);
      return answer;
    } catch (error) {
      say(error.message);
      return null;
    }
  };

  async function redraw(always) {
    const account = await ask(`/accounts/${encodeURIComponent(chooser.value)}`);
    const state = JSON.stringify(account);
    if (!always && state === drawn) return;
    drawn = state;
    const focused = document.activeElement?.getAttribute('data-key');
    const fields = new Map(
      [...main.querySelectorAll('input[data-key]')].map((field) => [field.dataset.key, field.value]),
    );
    const scroll = main.querySelector('.board')?.scrollLeft ?? 0;
    draw(main, account, act);
    for (const [key, value] of fields) {
      const field = main.querySelector(`input[data-key="${CSS.escape(key)}"]`);
      if (field !== null) field.value = value;
    }
    if (focused) main.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    const board = main.querySelector('.board');
    if (board !== null) board.scrollLeft = scroll;
  }

  await redraw(true);
  setInterval(() => {
    if (document.body.dataset.dragging === undefined)
      redraw(false).catch(() => say('The emulator does not answer.'));
  }, REDRAW_MS);
}

/** A form with labelled text fields and one button; it is empty again once sent. */
export function smallForm({ key, fields, button, submit }) {
  const inputs = fields.map(({ name, label, type = 'text', value = '', required = true }) => {
    const id = `${key}-${name}`;
    return el(
      'div',
      {},
      el('label', { for: id }, label),
      el('input', { id, name, type, value, required, 'data-key': id, size: Math.max(18, label.length) }),
    );
  });
  return el(
    'form',
    {
      class: 'row',
      onsubmit: (event) => {
        event.preventDefault();
        const values = Object.fromEntries(new FormData(event.target));
        event.target.reset();
        submit(values);
      },
    },
    inputs,
    el('button', { 'data-key': `${key}-go` }, button),
  );
}

export function time(ms) {
  return new Date(ms).toLocaleString();
}
