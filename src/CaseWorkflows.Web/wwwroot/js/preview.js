// What a press on the button would send to the resident stands beside it while one writes, and the button says what it does.
import { parse } from './page.js';

let waiting = 0;
let asking = null;
let shownFor = null;   // what the form held when it was last asked about

export function startPreview() {
  document.addEventListener('input', e => changed(e.target.form));
  document.addEventListener('change', e => changed(e.target.form));
  document.addEventListener('cw:page', prepare);
  prepare();
}

function prepare() {
  const form = document.querySelector('form[data-preview]');
  if (form && !form.querySelector('#granskning section')) changed(form, 0);
}

function changed(form, pause = 400) {
  if (form?.dataset.preview === undefined) return;
  // Leaving a field tells of a change too, though what it holds was asked about while it was written.
  const holds = new URLSearchParams(contents(form)).toString();
  if (form === shownFor?.form && holds === shownFor.holds) return;
  shownFor = { form, holds };
  // What was shown is no longer what the form says: the server shows it again before it sends anything.
  form.querySelector('input[name="sett"]')?.remove();
  asking?.abort();
  clearTimeout(waiting);
  const outcome = chosen(form);
  const button = form.querySelector('[data-submit-outcome]');
  if (outcome && button.dataset.for !== outcome) {
    button.textContent = outcome;
    button.dataset.for = outcome;
    form.querySelector('#granskning').replaceChildren();
  }
  if (outcome) waiting = setTimeout(ask, pause, form, outcome);
}

function contents(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.set(name, value.name);
  for (const name of ['sett', 'vidare']) data.delete(name);
  return data;
}

const chosen = form => form.querySelector('input[name="outcome"]:checked')?.value;

async function ask(form, outcome) {
  const mine = asking = new AbortController();
  const body = new URLSearchParams(contents(form));
  const answer = await fetch(form.dataset.preview, { method: 'POST', body, headers: { Accept: 'text/html', 'X-Enhanced': '1' }, signal: mine.signal }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const text = await answer.text().catch(() => null);   // given up while it came
  const shown = text === null ? null : parse(text).querySelector('section');
  if (!shown || mine.signal.aborted || !form.isConnected || chosen(form) !== outcome) return;
  form.querySelector('#granskning').replaceChildren(...(shown.children.length > 0 ? [document.adoptNode(shown)] : []));
  form.querySelector('[data-submit-outcome]').textContent = shown.dataset.button;
}
