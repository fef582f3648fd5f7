// Puts the one Studio element on the page, and in its place the next when another of Studio's pages is opened: the .NET runtime
// stays, and with it everything that is slow to start.
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

  // What a script has to do each time that one of Studio's pages is opened; what `begin` answers is called when the page is left.
  const visitors = [];
  let leavers = [];
  cw.eachVisit = (begin) => {
    visitors.push(begin);
    leavers.push(begin());
  };
  const leave = () => {
    leavers.forEach((end) => end?.());
    leavers = [];
  };

  // The lists write their page into the address once they have their rows, and a change of address closes every dialog that is
  // open by then. Where the page stands in the address from the start, nothing is written.
  const address = ({ pathname, search }) => {
    const asked = new URLSearchParams(search);
    const whole = new URLSearchParams({ page: asked.get('page') ?? '1', pageSize: asked.get('pageSize') ?? '10' });
    for (const [name, value] of asked) if (!whole.has(name)) whole.append(name, value);
    return pathname + '?' + whole;
  };
  cw.address = (url, element) => (element.endsWith('-list') ? address(url) : url.pathname + url.search);
  if (cw.address(location, data.element) !== location.pathname + location.search) history.replaceState(history.state, '', address(location));

  function put() {
    const element = document.createElement(data.element);
    element.setAttribute('remote-endpoint', location.origin + '/elsa/api');
    if (data.definitionId) element.setAttribute('definition-id', data.definitionId);
    if (data.instanceId) element.setAttribute('instance-id', data.instanceId);
    element.editWorkflowDefinition = (id) => cw.go(`/studio/workflows/definitions/${encodeURIComponent(id)}/edit`);
    element.viewWorkflowInstance = (id) => cw.go(`/studio/workflows/instances/${encodeURIComponent(id)}/view`);
    stage.replaceChildren(element);
  }

  // Takes Studio's element away and waits until its runtime has let go of it: two at a time would disturb each other. Left to
  // itself an element that has been removed lives for another second.
  cw.takeAway = async () => {
    leave();
    const element = data.element ? stage.firstElementChild : null;
    stage.replaceChildren(Object.assign(document.createElement('p'), { className: 'cw-waiting', textContent: 'Öppnar …' }));
    if (!element) return;
    clearTimeout(element._disposalTimeoutHandle);
    element._isDisposed = true;
    const root = await element._addRootComponentPromise;
    await root.dispose();
  };

  // True once what stands there can be taken away again.
  cw.stands = () => !data.element || !!stage.firstElementChild?._addRootComponentPromise;

  // Shows what the page, already rewritten around the stage, is about.
  cw.visit = () => {
    leavers = visitors.map((begin) => begin());
    fit();
    if (data.element) put();
  };

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

  // Studio's runtime starts while the scripts after it are read; an element needs them all.
  const read = new Promise((done) => { if (document.readyState === 'loading') addEventListener('DOMContentLoaded', done); else done(); });
  Promise.all([customElements.whenDefined(data.element), read]).then(put);
})();
