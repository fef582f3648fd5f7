// Says that a task was shown: fetching its page changes nothing by itself. A page opened in the background is shown when somebody turns to it.
export function startOpened() {
  tell();
  document.addEventListener('cw:page', tell);
  document.addEventListener('visibilitychange', tell);
}

function tell() {
  const shown = document.querySelector('[data-opened]');
  if (!shown || document.hidden) return;
  fetch(shown.dataset.opened, { method: 'POST', keepalive: true }).catch(() => {});
  shown.removeAttribute('data-opened');
}
