// Links and forms without a page load. When the server cannot be reached, what has been typed stays where it is.
import { parse, show, tell, texts } from './page.js';
import { isDirty, leaveForm } from './forms.js';
import { dropDraft, keepDraft } from './drafts.js';

let sending = null;

export function startNavigation() {
  document.addEventListener('click', onClick);
  document.addEventListener('submit', onSubmit);
  window.addEventListener('popstate', () => go(location.href, { push: false }));
}

function onClick(e) {
  const a = e.target.closest?.('a[href]');
  if (!a || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  if (a.target || a.hasAttribute('download') || a.dataset.full !== undefined) return;
  const url = new URL(a.href);
  if (url.origin !== location.origin || url.pathname.startsWith('/studio')) return;
  if (url.hash && url.pathname === location.pathname && url.search === location.search) return;
  e.preventDefault();
  go(url.href);
}

function onSubmit(e) {
  const form = e.target;
  if (e.defaultPrevented || form.method === 'dialog' || form.dataset.full !== undefined) return;
  const button = e.submitter;
  const action = new URL(button?.hasAttribute('formaction') ? button.formAction : form.action);
  if (action.origin !== location.origin) return;
  e.preventDefault();
  const data = new FormData(form, button);
  if (form.method === 'get') {
    const filled = [...data].filter(([, value]) => value !== '');
    action.search = new URLSearchParams(filled);
    go(action.href);
  } else {
    go(action.href, { method: 'POST', body: form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data), form });
  }
}

export async function go(url, { push = true, method = 'GET', body, form } = {}) {
  if (method === 'GET' && isDirty() && !confirm(texts().textLeave)) return;
  if (method === 'POST' && sending) return; // a double click sends once
  sending?.abort();
  const mine = sending = new AbortController();
  document.documentElement.setAttribute('aria-busy', 'true');
  try {
    // Another form than the one that is written in takes the page away: what is written is kept first.
    dropDraft(form);
    if (form) await keepDraft();
    const answer = await fetch(url, { method, body, headers: { Accept: 'text/html', 'X-Enhanced': '1' }, signal: mine.signal });
    const signedOut = answer.status === 401 || new URL(answer.url).pathname === '/logga-in';
    if (signedOut && form) { tell(texts().textSignedout, { link: { href: '/logga-in', text: '/logga-in' } }); return; }
    if (signedOut || !answer.headers.get('content-type')?.startsWith('text/html')) { location.href = answer.url; return; }
    if (form && answer.status >= 500) { tell(texts().textFailed, { kind: 'danger' }); return; }
    const next = parse(await answer.text());
    if (answer.ok || !form) leaveForm();
    if (push && answer.url !== location.href) history.pushState(null, '', answer.url);
    show(next);
  } catch (error) {
    if (error.name !== 'AbortError') tell(texts().textOffline, { kind: 'danger' });
  } finally {
    if (sending === mine) {
      sending = null;
      document.documentElement.removeAttribute('aria-busy');
    }
  }
}
