// Our own questions in front of Studio, as native dialogs. English or Swedish follows the page.
(() => {
  'use strict';
  const cw = (window.cw = window.cw || {});
  const element = (name, props, ...children) => {
    const e = Object.assign(document.createElement(name), props);
    e.append(...children);
    return e;
  };

  // Shows a question; answers the chosen action's value, or null when it was closed.
  cw.ask = ({ title, text, items = [], field, actions, links = [] }) => new Promise((resolve) => {
    const input = field && element('textarea', { id: 'cw-answer', maxLength: 500 });
    const form = element('form', { method: 'dialog' },
      element('h2', { textContent: title, id: 'cw-title' }),
      ...(text ? [element('p', { textContent: text })] : []),
      ...(items.length ? [element('ul', {}, ...items.map((i) => element('li', { textContent: i })))] : []),
      ...(field ? [element('label', { htmlFor: 'cw-answer', textContent: field }), input] : []),
      element('div', { className: 'cw-actions' },
        ...links.map((l) => element('a', { className: 'cw-button', href: l.href, textContent: l.label })),
        ...actions.map((a) => element('button', { value: a.value, textContent: a.label, className: a.main ? 'cw-main' : '' }))));
    const dialog = element('dialog', { className: 'cw-dialog' }, form);
    dialog.setAttribute('aria-labelledby', 'cw-title');
    dialog.translate = false;
    dialog.addEventListener('close', () => {
      const value = dialog.returnValue || null;
      dialog.remove();
      resolve(value === null ? null : { value, answer: input ? input.value.trim() : '' });
    });
    // Studio listens for keys on the whole document; what is typed here is not for it.
    dialog.addEventListener('keydown', (e) => e.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
    (input || dialog.querySelector('button.cw-main') || dialog.querySelector('button'))?.focus();
  });
})();
