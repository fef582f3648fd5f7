// Links and forms without a page load. When the server cannot be reached, what has been typed stays where it is.
import { parse, show, tell, texts } from './page.js';
import { isDirty, isWritten, leaveForm, sameForm } from './forms.js';
import { holdDraft, isKept, keepDraft } from './drafts.js';

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
  if (e.defaultPrevented || form.method === 'dialog') return;
  if (form.dataset.full !== undefined) {
    if (!isKept()) leaveFully(e, form);
    return;
  }
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

// Signing out ends what a draft is kept with: first the one, then the other.
async function leaveFully(e, form) {
  e.preventDefault();
  await keepDraft();
  if (isDirty() && !confirm(texts().textLeave)) return;
  leaveForm();
  form.submit();
}

export async function go(url, { push = true, method = 'GET', body, form } = {}) {
  if (method === 'POST' && sending) return; // a double click sends once
  sending?.abort();
  const mine = sending = new AbortController();
  document.documentElement.setAttribute('aria-busy', 'true');
  try {
    // Whatever takes the page away but the form that is written in: what is written is kept first, or it is asked for.
    if (form && 'draft' in form.dataset) await holdDraft(form);
    else await keepDraft();
    if (mine.signal.aborted || (isDirty(form) && !confirm(texts().textLeave))) return;
    const answer = await fetch(url, { method, body, headers: { Accept: 'text/html', 'X-Enhanced': '1' }, signal: mine.signal });
    const signedOut = answer.status === 401 || new URL(answer.url).pathname === '/logga-in';
    if (signedOut && form) { stay(form, texts().textSignedout, { link: { href: '/logga-in', text: '/logga-in', apart: true } }); return; }
    if (signedOut || !answer.headers.get('content-type')?.startsWith('text/html')) { location.href = answer.url; return; }
    if (form && answer.status >= 500) { stay(form, texts().textFailed, { kind: 'danger' }); return; }
    const next = parse(await answer.text());
    const again = form && !answer.ok && isWritten(form) ? sameForm(next, form) : null;
    // A refusal without the form would take away what was written in it: it is told here instead.
    if (again === undefined) { stay(form, refusal(next), { kind: 'danger' }); return; }
    if (again?.dataset.guard !== undefined) again.dataset.unsaved = '';
    if (answer.ok || !form) leaveForm();
    // A refused form's own address shows nothing when it is loaded again.
    if (push && (answer.ok || method === 'GET') && answer.url !== location.href) history.pushState(null, '', answer.url);
    const files = form && !answer.ok ? chosen(form) : [];
    show(next);
    choose(files, form);
  } catch (error) {
    if (error.name !== 'AbortError') stay(form, texts().textOffline, { kind: 'danger' });
  } finally {
    if (sending === mine) {
      sending = null;
      document.documentElement.removeAttribute('aria-busy');
    }
  }
}

// Files that were chosen are not sent back by the server; a refused form would lose them without a word.
const chosen = form => [...form.querySelectorAll('input[type=file]')].filter(i => i.files.length > 0).map(i => [i.name, i.files]);

function choose(files, form) {
  const again = files.length > 0 && sameForm(document, form);
  for (const [name, list] of files) {
    const field = again && again.querySelector(`input[type=file][name="${CSS.escape(name)}"]`);
    if (field) field.files = list;
  }
}

// The page stays as it is, with what is written in it.
function stay(form, text, how) {
  if (form && isWritten(form)) form.dataset.unsaved = '';
  tell(text, how);
}

const refusal = page => [...page.querySelectorAll('[data-error-summary], .cw-problem h1, .cw-problem h1 + p')]
  .map(e => e.textContent.trim().replace(/[^.:!?]$/, '$&.')).join(' ')
  || page.title;
