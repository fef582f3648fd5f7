// What has been written so far is kept on the server while somebody writes, so that a closed lid or a lost network loses nothing.
import { tell, texts, untell } from './page.js';

// Browsers refuse larger bodies that are to outlive their page.
const mostOutliving = 60_000;
let waiting = 0;
let form = null;                      // holds what is not kept
let keeping = Promise.resolve();      // one after the other: an older text must not come after a newer one

export function startDrafts() {
  document.addEventListener('input', e => {
    if (e.target.form?.dataset.draft === undefined) return;
    form = e.target.form;
    clearTimeout(waiting);
    waiting = setTimeout(keepDraft, 1500);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) keepDraft({ leaving: true });
    else if (form?.dataset.unsaved !== undefined) keepDraft();   // back from signing in again in another tab
  });
  window.addEventListener('beforeunload', e => { if (form?.isConnected && written(form).toString().length >= mostOutliving) e.preventDefault(); });
  document.addEventListener('cw:page', prepare);
  prepare();
}

// The server kept what it was sent and did not complete, or says that it is nowhere but on this page.
function prepare() {
  form = document.querySelector('form[data-draft][data-unsaved]');
}

/** The form is about to be sent: what it holds counts as not kept until the page that answers says otherwise. */
export async function holdDraft(sent) {
  clearTimeout(waiting);
  await keeping;
  form = sent;
}

/** Nothing is written that is not kept. */
export const isKept = () => !form?.isConnected;

/** Keeps at once what is not kept yet. Says so when it is not kept; then leaving the page is asked about. */
export function keepDraft({ leaving = false } = {}) {
  clearTimeout(waiting);
  // A page that is going away cannot wait for its turn.
  return leaving ? keep(leaving) : keeping = keeping.then(() => keep(leaving));
}

async function keep(leaving) {
  const mine = form;
  form = null;
  if (!mine?.isConnected) return;
  const body = written(mine);
  const answer = await fetch(mine.dataset.draft, { method: 'POST', body, keepalive: leaving && body.toString().length < mostOutliving }).catch(() => null);
  const state = document.getElementById('utkast-status');
  if (answer?.ok && !answer.redirected) {
    delete mine.dataset.unsaved;
    untell('draft');
    if (state) state.textContent = texts().textKept.replace('{0}', new Date().toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' }));
  } else if (mine.isConnected) {
    mine.dataset.unsaved = '';
    if (state) state.textContent = '';
    form = mine;   // the next change, or leaving, tries again
    if (!leaving) tell(await refusal(answer) ?? texts().textNotkept, { kind: 'danger', about: 'draft' });
  }
}

// A colleague writes as well, or the task has gone on: the server says so in a sentence.
const refusal = answer =>
  answer?.status === 409 && answer.headers.get('Content-Type')?.startsWith('text/plain') ? answer.text().catch(() => null) : null;

function written(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.delete('sett');
  return new URLSearchParams(data);
}
