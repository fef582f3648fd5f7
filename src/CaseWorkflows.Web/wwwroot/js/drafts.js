// What has been written so far is kept on the server while somebody writes, so that a closed lid or a lost network loses nothing.
import { tell, texts } from './page.js';

// Browsers refuse larger bodies that are to outlive their page.
const mostOutliving = 60_000;
let waiting = 0;
let form = null;

export function startDrafts() {
  document.addEventListener('input', e => {
    if (e.target.form?.dataset.draft === undefined) return;
    form = e.target.form;
    clearTimeout(waiting);
    waiting = setTimeout(keepDraft, 1500);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) keepDraft({ leaving: true }); });
}

/** What the form holds is being sent: no draft of it is needed. */
export function dropDraft(sent) {
  if (form !== sent) return;
  clearTimeout(waiting);
  form = null;
}

/** Keeps at once what is not kept yet. Says so when it is not kept. */
export async function keepDraft({ leaving = false } = {}) {
  clearTimeout(waiting);
  const mine = form;
  form = null;
  if (!mine?.isConnected) return;
  const data = new FormData(mine);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.delete('sett');
  const body = new URLSearchParams(data);
  const answer = await fetch(mine.dataset.draft, { method: 'POST', body, keepalive: leaving && body.toString().length < mostOutliving }).catch(() => null);
  const state = document.getElementById('utkast-status');
  if (answer?.ok) {
    if (state) state.textContent = texts().textKept.replace('{0}', new Date().toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' }));
  } else if (mine.isConnected) {
    if (state) state.textContent = '';
    tell(texts().textNotkept, { kind: 'danger' });
    form = mine;   // the next change, or leaving, tries again
  }
}
