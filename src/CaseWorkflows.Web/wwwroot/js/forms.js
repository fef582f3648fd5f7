// The task form: fields follow the chosen outcome, and nothing typed is lost by accident.
let dirty = null;

export const isDirty = () => dirty?.isConnected ?? false;
export const leaveForm = () => { dirty = null; };

export function startForms() {
  document.addEventListener('input', e => {
    const form = e.target.form;
    if (form?.dataset.guard !== undefined) dirty = form;
    if (e.target.dataset.submit !== undefined) form.requestSubmit();
  });
  document.addEventListener('click', onOutcome);
  document.addEventListener('keydown', onKey);
  document.addEventListener('change', onPhrase);
  window.addEventListener('beforeunload', e => { if (isDirty()) e.preventDefault(); });
  // A form that is sent the ordinary way is left on purpose.
  document.addEventListener('submit', e => { if (e.target.dataset.full !== undefined) leaveForm(); });
  document.addEventListener('cw:page', prepare);
  prepare();
}

function prepare() {
  for (const form of document.querySelectorAll('form[data-outcomes]')) arm(form, form.dataset.armed || null);
}

const list = value => value === undefined ? null : value.split('|').filter(Boolean);

/** Shows the fields of an outcome and marks its button. Before one is chosen, the fields that every ordinary outcome shows. */
function arm(form, outcome) {
  form.dataset.armed = outcome ?? '';
  const shown = outcome ? [outcome] : outcomeButtons(form).filter(b => b.dataset.secondary === undefined).map(b => b.value);
  for (const field of form.querySelectorAll('[data-field]')) {
    const visible = list(field.dataset.visibleFor);
    const required = list(field.dataset.requiredFor);
    field.hidden = visible !== null && !shown.every(o => visible.includes(o));
    const star = field.querySelector('[data-star]');
    if (star) star.hidden = !(required?.includes(outcome) || field.dataset.required !== undefined);
    const note = field.querySelector('.cw-for');
    if (note) note.hidden = true;
  }
  for (const button of outcomeButtons(form)) {
    const armed = button.value === outcome;
    button.classList.toggle('cw-button-primary', armed);
    button.setAttribute('aria-pressed', String(armed));
  }
}

const outcomeButtons = form => [...form.querySelectorAll('button[name="outcome"]')];

// The first press on an outcome that wants more shows its fields; the next one sends.
function onOutcome(e) {
  const button = e.target.closest?.('button[name="outcome"]');
  const form = button?.form;
  if (!form || form.dataset.armed === button.value) return;
  const missing = [...form.querySelectorAll('[data-field]')].filter(field => {
    const visible = list(field.dataset.visibleFor);
    const needed = list(field.dataset.requiredFor)?.includes(button.value) && (visible === null || visible.includes(button.value));
    return needed && !filled(field);
  });
  arm(form, button.value);
  if (missing.length === 0) return;
  e.preventDefault();
  missing[0].querySelector('input:not([type="hidden"]), select, textarea')?.focus();
  missing[0].scrollIntoView({ block: 'nearest' });
}

function filled(field) {
  const controls = [...field.querySelectorAll('input:not([type="hidden"]), select, textarea')];
  return controls.some(c => c.type === 'checkbox' || c.type === 'radio' ? c.checked : c.value !== '');
}

// Enter in a one-line field, and Ctrl+Enter anywhere, sends the outcome that is marked.
function onKey(e) {
  const form = e.target.form;
  if (e.key !== 'Enter' || !form?.dataset || form.dataset.outcomes === undefined) return;
  const oneLine = e.target.matches('input:not([type="checkbox"]):not([type="radio"])');
  if (!(e.ctrlKey || e.metaKey) && !oneLine) return;
  e.preventDefault();
  outcomeButtons(form).find(b => b.value === form.dataset.armed)?.click();
}

// A phrase goes into the text beside it, where it can be changed before it is sent.
function onPhrase(e) {
  const select = e.target.closest?.('select[data-phrase]');
  const text = select?.selectedOptions[0]?.dataset.text;
  if (!text) return;
  const target = select.form.querySelector('textarea[data-phrase-target]');
  if (target && (target.value === '' || target.dataset.phrase === target.value)) {
    target.value = text;
    target.dataset.phrase = text;
  }
}
