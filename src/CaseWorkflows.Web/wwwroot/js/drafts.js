// What has been written so far is kept on the server while somebody writes, so that a closed lid or a lost network loses nothing.
let waiting = 0;
let form = null;

export function startDrafts() {
  document.addEventListener('input', e => {
    if (e.target.form?.dataset.draft === undefined) return;
    form = e.target.form;
    clearTimeout(waiting);
    waiting = setTimeout(save, 1500);
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) save(); });
  document.addEventListener('submit', () => clearTimeout(waiting), true);
}

function save() {
  clearTimeout(waiting);
  if (!form?.isConnected) return;
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  // keepalive: the answer may come after the page is gone.
  fetch(form.dataset.draft, { method: 'POST', body: new URLSearchParams(data), keepalive: true }).catch(() => {});
  form = null;
}
