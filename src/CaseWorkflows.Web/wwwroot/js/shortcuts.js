// One-key shortcuts. They can be switched off (WCAG 2.1.4) and never act while somebody types.
import { go } from './navigation.js';

const setting = 'cw-kortkommandon';
const enabled = () => localStorage.getItem(setting) !== 'av';
let prefix = '';

export function startShortcuts() {
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', e => {
    if (e.target.closest?.('[data-help]')) openHelp();
    if (e.target.closest?.('[data-print]')) print();
  });
  document.addEventListener('cw:page', prepare);
  document.addEventListener('focusin', e => mark(e.target.closest?.('tr[data-row]')));
  const box = document.getElementById('kortkommandon');
  if (box) {
    box.checked = enabled();
    box.addEventListener('change', () => localStorage.setItem(setting, box.checked ? 'på' : 'av'));
  }
  prepare();
}

function prepare() {
  for (const button of document.querySelectorAll('[data-help], [data-print]')) button.hidden = false;
}

function openHelp() {
  const dialog = document.getElementById('hjalp');
  if (dialog && !dialog.open) dialog.showModal();
}

// Inside a form that is filled in, keys are for filling it in: no letter and no figure does anything else there.
const filling = el => el.matches?.('input, textarea, select, [contenteditable]')
  || Boolean(el.closest?.('form')?.querySelector('input:not([type="hidden"]), textarea, select'));
const rows = () => [...document.querySelectorAll('tr[data-row]')];
const current = () => document.activeElement?.closest?.('tr[data-row]') ?? document.querySelector('tr[data-row][aria-selected="true"]');

function mark(row) {
  if (!row) return;
  for (const other of rows()) {
    if (other === row) other.setAttribute('aria-selected', 'true');
    else other.removeAttribute('aria-selected');
  }
}

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.querySelector('a')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function press(selector, root = document) {
  const target = root?.querySelector(selector);
  target?.click();
  return Boolean(target);
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  n: () => press('[data-key="next"]'),
  t: () => press('[data-key="take"]', current() ?? document),
  l: () => press('[data-key="release"]', current() ?? document),
  u: () => press('[data-key="back"]'),
  '/': () => (document.getElementById('filtrera') ?? document.getElementById('sok'))?.focus(),
  '?': openHelp,
  'g m': () => go('/'),
  'g e': () => go('/enhetens-uppgifter'),
};

function onKey(e) {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
  if (filling(e.target) || !enabled()) return;
  const key = prefix ? `${prefix} ${e.key}` : e.key;
  prefix = e.key === 'g' && !prefix ? 'g' : '';
  // A figure chooses an outcome; it never sends.
  const outcome = /^[1-9]$/.test(key) && document.querySelectorAll('input[name="outcome"]:not([disabled])')[key - 1];
  const action = outcome ? () => { outcome.click(); outcome.focus(); } : actions[key];
  if (!action) return;
  e.preventDefault();
  action();
}
