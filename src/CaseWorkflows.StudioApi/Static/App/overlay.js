// Studio's own English texts in Swedish: whole texts only, by an exact match in the dictionary, written in place.
// What people have written is never touched: see `spared`.
(() => {
  'use strict';
  const { exact, patterns } = window.studioTexts;
  const texts = new Map(Object.entries(exact));
  const rules = patterns.map(([from, to]) => [new RegExp('^' + from + '$'), to]);
  const attributes = ['placeholder', 'title', 'aria-label', 'data-label'];

  // The canvas, code editors, what is typed, table cells with data, and our own header.
  const spared = '.monaco-editor,.x6-graph,.elsa-activity,.cw-bar,.cw-notice,.cw-dialog,script,style,textarea,[contenteditable],[translate=no],pre,code';
  // Columns whose cells hold Studio's words and not people's.
  const ownColumns = new Set(['Status', 'Sub status', 'Substatus', 'State', 'Published', 'Event', 'Händelse', 'Tillstånd']);
  const cell = 'td,.mud-table-cell';

  const holdsData = (element) => {
    const td = element.closest(cell);
    return td && td.tagName === 'TD' && !element.closest('.mud-chip,button,.mud-menu,label') && !ownColumns.has(td.dataset.label || '');
  };

  const translate = (text) => {
    const trimmed = text.trim();
    if (!trimmed || trimmed.length > 400) return null;
    const whole = texts.get(trimmed);
    if (whole !== undefined) return text.replace(trimmed, () => whole);
    for (const [from, to] of rules) {
      const m = from.exec(trimmed);
      if (m) return text.replace(trimmed, () => to.replace(/\$(\d)/g, (_, n) => texts.get(m[n]) ?? m[n]));
    }
    return null;
  };

  function text(node) {
    const parent = node.parentElement;
    if (!parent || parent.closest(spared) || holdsData(parent)) return;
    const swedish = translate(node.nodeValue);
    if (swedish !== null && swedish !== node.nodeValue) node.nodeValue = swedish;
    else if (swedish === null && window.studioUnknown) window.studioUnknown(node.nodeValue, parent);
  }

  function labels(element) {
    for (const name of attributes) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      const swedish = translate(value);
      if (swedish !== null && swedish !== value) element.setAttribute(name, swedish);
      else if (swedish === null && window.studioUnknown) window.studioUnknown(value, element, name);
    }
  }

  function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) return text(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches('textarea')) return labels(node);
    if (node.matches(spared)) return;
    labels(node);
    node.childNodes.forEach(walk);
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'characterData') text(change.target);
      else if (change.type === 'attributes') { if (!change.target.closest(spared) || change.target.matches('textarea')) labels(change.target); }
      else change.addedNodes.forEach((n) => { if (n.isConnected && !n.parentElement?.closest(spared)) walk(n); });
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
})();
