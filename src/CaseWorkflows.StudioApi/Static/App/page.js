// Puts the one Studio element on the page, and turns Studio's own navigation into full page loads:
// the .NET runtime does not always survive that one element is replaced by another.
(() => {
  'use strict';
  const cw = (window.cw = window.cw || {});
  const stage = document.getElementById('innehall');
  const data = stage.dataset;
  localStorage.setItem('BlazorCulture', data.culture);

  // Studio's panes are as high as the window less its own bar; ours takes that place, whatever it holds.
  const fit = () => document.documentElement.style.setProperty('--cw-top', Math.round(stage.getBoundingClientRect().top + scrollY) + 'px');
  cw.fit = fit;
  fit();
  addEventListener('resize', fit);

  // The lists write their page into the address once they have their rows, and a change of address closes every dialog that is
  // open by then. Where the page stands in the address from the start, nothing is written.
  if (data.element.endsWith('-list')) {
    const asked = new URLSearchParams(location.search);
    const whole = new URLSearchParams({ page: asked.get('page') ?? '1', pageSize: asked.get('pageSize') ?? '10' });
    for (const [name, value] of asked) if (!whole.has(name)) whole.append(name, value);
    if (location.search !== '?' + whole) history.replaceState(history.state, '', location.pathname + '?' + whole);
  }

  const base = '/studio/';
  const editor = (id) => `${base}workflows/definitions/${encodeURIComponent(id)}/edit`;
  const viewer = (id) => `${base}workflows/instances/${encodeURIComponent(id)}/view`;
  let lastInput = 0;
  for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, () => { lastInput = Date.now(); }, true);

  // Studio saves half a second after a change; a page left earlier would lose it.
  cw.go = async (address) => {
    if (data.element === 'elsa-workflow-definition-editor' && data.canEdit === 'true') {
      const wait = 900 - (Date.now() - lastInput);
      if (wait > 0) await new Promise((r) => setTimeout(r, wait));
      await Promise.race([cw.settled(), new Promise((r) => setTimeout(r, 5000))]);
    }
    location.assign(address);
  };

  const here = () => decodeURI(location.pathname).replace(/\/$/, '');
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name];
    history[name] = function (state, title, url) {
      const target = url == null ? null : new URL(url, document.baseURI);
      if (target && target.origin === location.origin && decodeURI(target.pathname).replace(/\/$/, '') !== here()) {
        cw.go(target.pathname + target.search);
        return undefined;
      }
      return original.apply(this, arguments);
    };
  }
  addEventListener('popstate', () => { if (here() !== started) location.reload(); });
  const started = here();

  // Links inside the viewer's panels start at the root of the site; all other links wait for the last save.
  addEventListener('click', (e) => {
    const link = e.target.closest?.('a[href]');
    if (!link || link.closest('dialog') || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || link.hasAttribute('download') || link.classList.contains('reload')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !/^https?:$/.test(url.protocol)) return;
    if (url.pathname === location.pathname && url.hash) return;
    const inner = /^\/(workflows\/.*)$/.exec(url.pathname);
    e.preventDefault();
    e.stopImmediatePropagation();
    cw.go((inner ? base + inner[1] : url.pathname) + url.search);
  }, true);

  // A .NET runtime that has died takes every later call with it; a fresh page is the only cure. One that dies again at once
  // would die for ever: then the person is told, and decides.
  const died = (text) => {
    if (!/runtime already exited|memory access out of bounds/i.test(text || '')) return;
    const last = Number(sessionStorage.getItem('cw-died') || 0);
    sessionStorage.setItem('cw-died', String(Date.now()));
    if (Date.now() - last > 30000) location.reload();
    else document.getElementById('blazor-error-ui').style.display = 'block';
  };
  addEventListener('error', (e) => died(e.message));
  addEventListener('unhandledrejection', (e) => died(String(e.reason?.message || e.reason)));

  customElements.whenDefined(data.element).then(() => {
    const element = document.createElement(data.element);
    element.setAttribute('remote-endpoint', location.origin + '/elsa/api');
    if (data.definitionId) element.setAttribute('definition-id', data.definitionId);
    if (data.instanceId) element.setAttribute('instance-id', data.instanceId);
    element.editWorkflowDefinition = (id) => cw.go(editor(id));
    element.viewWorkflowInstance = (id) => cw.go(viewer(id));
    stage.replaceChildren(element);
  });
})();
