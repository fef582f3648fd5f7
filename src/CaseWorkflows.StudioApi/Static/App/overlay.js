// Studio's own English texts in Swedish: whole texts only, by an exact match in the dictionary, written in place.
// What people have written is never touched: canvas, code, fields and data cells are spared, and so is every text
// that somebody has typed somewhere in what Studio has read or sent (see `typed`), except on labels and buttons.
(() => {
  'use strict';
  const cw = (window.cw = window.cw || {});
  const { exact, menu, headings, patterns, proposals } = window.studioTexts;
  const texts = new Map(Object.entries(exact));
  // In the menus of the list of routines a word stands for more than it says; among the instances it is about one of them.
  const menus = new Map(Object.entries(menu));
  // Above a column stands what one row has.
  const heads = new Map(Object.entries(headings));
  const page = document.getElementById('innehall').dataset;
  // In what a pattern becomes, $1 is what it found, and $+1 a number counted from one where Studio counts from nought.
  const compile = (pairs) => pairs.map(([from, to]) => [new RegExp('^' + from + '$'), to]);
  const rules = compile(patterns);
  const proposed = compile(proposals);
  const attributes = ['placeholder', 'title', 'aria-label', 'data-label'];

  const spared = '.monaco-editor,.x6-graph,.elsa-activity,.cw-header,.cw-strip,.cw-notice,.cw-dialog,.cw-page,.cw-waiting,script,style,textarea,[contenteditable],[translate=no],pre,code';
  // The journal's own lines: the step's name and the times.
  const journal = '.mud-timeline-item .mud-typography-body2';
  // Places that hold Studio's words only.
  const chrome = 'label,legend,th,.mud-button-label,.mud-menu-item,.mud-input-helper-text,.mud-typography-overline,.mud-dialog-title,.mud-table-sort-label,.mud-table-pagination,.mud-select-input';
  // The outcomes that Elsa itself gives to steps; all others are somebody's words. Nobody's case is called Default: the server renames it.
  const ports = new Map([['Done', 'Klar'], ['True', 'Ja'], ['False', 'Nej'], ['Default', 'Annars']]);
  // Rows and columns of facts whose values are Studio's own words.
  const stateRows = /^(Status|Sub status|Läge|Incident Strategy|När ett steg misslyckas|Readonly|Skrivskyddad)$/;
  const stateColumns = /^(Status|Type|Typ|Storage|Lagring)$/;

  const keys = new Set(texts.keys());
  const told = new Set(); // by our server about the activities, once in a document
  const typed = new Set(); // in what the page shows
  const titles = new Set(); // of routines and runs: the only written texts on tabs
  cw.forgetTyped = () => { typed.clear(); titles.clear(); };
  const notTyped = new Set(['status', 'subStatus', 'eventName', 'type', 'typeName', 'kind', 'category', 'uiHint', 'rel', 'workflowSubStatus']);
  // What a descriptor shows; its other fields are technical.
  const shown = new Set(['displayName', 'description', 'category', 'text', 'label', 'helpText']);
  cw.told = (value, name = '') => {
    if (typeof value === 'string') { if (shown.has(name) && keys.has(value.trim())) told.add(value.trim()); }
    else if (Array.isArray(value)) value.forEach((v) => cw.told(v, name));
    else if (value && typeof value === 'object') for (const [k, v] of Object.entries(value)) cw.told(v, k);
  };
  // Remembers every text in an answer or a save that happens to be one of our keys.
  cw.typed = (value, name = '') => {
    if (typeof value === 'string') { if (keys.has(value.trim()) && !notTyped.has(name) && !(name === 'port' && ports.has(value))) typed.add(value.trim()); }
    else if (Array.isArray(value)) value.forEach((v) => cw.typed(v, name));
    else if (value && typeof value === 'object') {
      if (typeof value.name === 'string' && 'definitionId' in value) titles.add(value.name.trim());
      for (const [k, v] of Object.entries(value)) cw.typed(v, k);
    }
  };

  // Every definition calls its outermost part so; the crumbs' other names are somebody's.
  const isRoot = (name, place) => name === 'Root' && place?.closest('.mud-breadcrumbs');
  const isState = (td) => stateColumns.test(td.closest('table').tHead?.rows[0]?.cells[td.cellIndex]?.textContent.trim());

  // Rows of Studio's fact panels are "label, value"; in real tables only chips, menus, choices and states are Studio's.
  function isData(element) {
    const td = element.closest('td');
    if (!td || element.closest('.mud-chip,button,.mud-menu,label,legend,.mud-select-input') || isState(td)) return false;
    if (td.hasAttribute('data-label') || td.classList.contains('mud-table-cell')) return true;
    if (td === td.parentElement.cells[0]) return td.parentElement.cells.length < 2;
    return !stateRows.test(td.parentElement.cells[0].textContent.trim());
  }

  function translate(text, place, heading = place?.closest('th')) {
    const trimmed = text.trim();
    if (!trimmed || trimmed.length > 400) return null;
    const td = place?.closest('td');
    if ((typed.has(trimmed) || told.has(trimmed)) && !place?.closest(chrome) && !isRoot(trimmed, place) && !(td && isState(td)) && !(place?.closest('.mud-tab') && !titles.has(trimmed))) return null;
    const inMenu = page.element !== 'elsa-workflow-instance-list' && place?.closest('.mud-menu-item');
    const whole = (inMenu && menus.get(trimmed)) || (heading && heads.get(trimmed)) || texts.get(trimmed);
    if (whole !== undefined) return text.replace(trimmed, () => whole);
    for (const [from, to] of rules) {
      const m = from.exec(trimmed);
      if (m) return text.replace(trimmed, () => to.replace(/\$(\+?)(\d)/g, (_, more, n) => more ? Number(m[n]) + 1 : (n > 1 && texts.get(m[n])) || m[n]));
    }
    return null;
  }

  function text(node) {
    const parent = node.parentElement;
    if (parent?.closest('.x6-port-label,.embedded-port')) {
      if (ports.has(node.nodeValue)) node.nodeValue = ports.get(node.nodeValue);
      return;
    }
    if (!parent || parent.closest(spared) || parent.closest(journal) || isData(parent)) return;
    const swedish = translate(node.nodeValue, parent);
    if (swedish !== null && swedish !== node.nodeValue) node.nodeValue = swedish;
    else if (swedish === null && cw.unknown) cw.unknown(node.nodeValue, parent);
  }

  function labels(element) {
    for (const name of attributes) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      const swedish = translate(value, null, name === 'data-label');
      if (swedish !== null && swedish !== value) element.setAttribute(name, swedish);
      else if (swedish === null && cw.unknown) cw.unknown(value, element, name);
    }
  }

  // The names that Studio proposes are values, not texts; one counts as untouched only while it stands as proposed.
  // Some come a moment after their field: an empty one is looked at again for two seconds.
  function proposal(input, again = 40) {
    if (!input.isConnected || !input.closest('.mud-dialog,td')) return;
    if (!input.value && again) setTimeout(proposal, 50, input, again - 1);
    const [from, to] = proposed.find(([r]) => r.test(input.value)) ?? [];
    if (!from) return;
    input.value = input.value.replace(from, to);
    for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) return text(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    node.querySelectorAll('.x6-port-label tspan,.embedded-port').forEach((t) => t.childNodes.forEach(text));
    if (node.matches('textarea')) return labels(node);
    if (node.matches(spared)) return;
    labels(node);
    if (node.matches('input[type=text]')) setTimeout(proposal, 0, node);
    node.childNodes.forEach(walk);
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'characterData') text(change.target);
      else if (change.type === 'attributes') { if (!change.target.closest(spared) || change.target.matches('textarea')) labels(change.target); }
      else change.addedNodes.forEach((n) => { if (n.isConnected && (!n.parentElement?.closest(spared) || n.parentElement.closest('.x6-graph'))) walk(n); });
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
})();
