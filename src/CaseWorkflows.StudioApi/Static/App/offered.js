// What Studio's elements offer and this host does not do is not shown. Everything here is known by what it says, in English
// or Swedish, never by its place: a new version of Studio may order things otherwise.
(() => {
  'use strict';
  const page = document.getElementById('innehall').dataset;
  const says = (...words) => (e) => words.includes(e.textContent.trim());
  const inList = (isUnserved) => (e) => page.element === 'elsa-workflow-instance-list' && isUnserved(e);

  const unserved = [
    // Kinds of routine and of branch: only those that the engine runs. A kind that is new to us is not run either.
    ['.workflow-root-template-option', (e) => {
      const title = e.querySelector('.mud-typography-subtitle2');
      return !!title && !says('Flowchart', 'Flödesschema', 'Sequence', 'Sekvens')(title);
    }],
    // There is one way to log and one way to commit, so there is nothing to choose.
    ['.mud-tab', says('Log', 'Loggning', 'Commit Strategy', 'Commit strategy', 'Sparas när')],
    // Instances come from runs, not from files, and go by the retention rules, not by hand.
    ['.mud-menu-item', inList(says('Delete', 'Ta bort', 'Import', 'Importera', 'Importera från fil'))],
    ['.mud-menu', inList(says('Actions', 'Åtgärder'))],
  ];

  const hide = () => {
    for (const [selector, isUnserved] of unserved)
      for (const e of document.querySelectorAll(selector)) {
        const hidden = isUnserved(e);
        if (e.classList.contains('cw-unserved') !== hidden) e.classList.toggle('cw-unserved', hidden);
      }
  };
  new MutationObserver(hide).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
