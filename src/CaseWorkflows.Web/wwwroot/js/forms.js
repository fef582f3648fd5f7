// The task form: fields follow the chosen outcome, and nothing typed is lost by accident.
let dirty = null;

const unsaved = () => [dirty, ...document.querySelectorAll('form[data-unsaved]')];

/** Something is written that is kept nowhere else, in another form than the one named. */
export const isDirty = but => unsaved().some(form => form?.isConnected && form !== but);

export function leaveForm() {
  for (const form of unsaved()) if (form) delete form.dataset.unsaved;
  dirty = null;
}

/** Somebody writes in such a form; others only do something. */
export const isWritten = form => form.dataset.guard !== undefined || form.dataset.draft !== undefined;

/** What somebody has written on this page: lost with it. */
export const typed = () => [...document.forms].filter(isWritten).flatMap(form => [...form.elements])
  .filter(field => field.matches('textarea, input[type="text"]') && !field.disabled && field.value.trim() && field.value !== field.defaultValue)
  .map(field => field.value);

/** The same form in a page that has come back. */
export const sameForm = (page, form) => [...page.forms].find(f => ['action', 'method'].every(name => f.getAttribute(name) === form.getAttribute(name)));

export function startForms() {
  document.addEventListener('input', e => {
    const form = e.target.form;
    if (form?.dataset.guard !== undefined) dirty = form;
    if (e.target.dataset.submit !== undefined) form.requestSubmit();
  });
  document.addEventListener('change', e => {
    if (e.target.name === 'outcome' && e.target.form?.dataset.outcomes !== undefined) arm(e.target.form, e.target.value);
    onPhrase(e);
  });
  document.addEventListener('keydown', onKey);
  window.addEventListener('beforeunload', e => { if (isDirty()) e.preventDefault(); });
  // A form that is sent the ordinary way is left on purpose.
  document.addEventListener('submit', e => { if (e.target.dataset.full !== undefined) leaveForm(); });
  document.addEventListener('cw:page', prepare);
  prepare();
}

function prepare() {
  for (const form of document.querySelectorAll('form[data-outcomes]')) {
    arm(form, form.dataset.armed || null);
  }
}

const list = value => value === undefined ? null : value.split('|').filter(Boolean);

/** Shows the fields of an outcome; the others are neither seen nor sent. Before one is chosen, the fields that every ordinary outcome shows. */
function arm(form, outcome) {
  form.dataset.armed = outcome ?? '';
  const shown = outcome ? [outcome] : [...form.querySelectorAll('input[name="outcome"]:not([data-secondary])')].map(r => r.value);
  for (const field of form.querySelectorAll('[data-field]')) {
    const visible = list(field.dataset.visibleFor);
    const required = list(field.dataset.requiredFor);
    field.hidden = visible !== null && !shown.every(o => visible.includes(o));
    for (const control of field.querySelectorAll('input, select, textarea')) control.disabled = field.hidden;
    const star = field.querySelector('[data-star]');
    if (star) star.hidden = !(required?.includes(outcome) || field.dataset.required !== undefined);
    const note = field.querySelector('.cw-for');
    if (note) note.hidden = true;
  }
}

// Enter never sends a task from within a field: Ctrl+Enter and the button do.
function onKey(e) {
  const form = e.target.form;
  if (e.key !== 'Enter' || !form?.dataset || form.dataset.outcomes === undefined) return;
  const sends = e.ctrlKey || e.metaKey;
  if (!sends && !e.target.matches('input')) return;
  e.preventDefault();
  if (sends && isSeen(form)) form.querySelector('[data-submit-outcome]')?.click();
}

// The key does not pass what it sends on its way, as the pointer does: what would be sent comes into view first, and the next press sends it.
function isSeen(form) {
  const preview = form.querySelector('#granskning');
  if (!preview?.firstElementChild) return true;
  const { top, bottom, height } = preview.getBoundingClientRect();
  // The header and the row of the button lie over what is scrolled.
  const from = document.getElementById('sidhuvud').getBoundingClientRect().bottom;
  const to = Math.min(innerHeight, form.querySelector('.cw-outcomes').getBoundingClientRect().top);
  if (bottom <= to && (top >= from || height > to - from)) return true;
  scrollBy(0, bottom > to ? Math.ceil(bottom - to) : Math.floor(top - from));
  return false;
}

// A phrase goes into the text beside it, where it can be changed before it is sent.
function onPhrase(e) {
  const select = e.target.closest?.('select[data-phrase]');
  const text = select?.selectedOptions[0]?.dataset.text;
  if (!text) return;
  const target = select.form.querySelector('textarea[data-phrase-target]:not(:disabled)');
  if (target && (target.value === '' || target.dataset.phrase === target.value)) {
    target.value = text;
    target.dataset.phrase = text;
    target.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
