// From one page to another. Between Studio's own pages and those beside them the document stays and only its parts are exchanged,
// so that Studio need not start again; everywhere else, and whenever that cannot be done, the browser loads the next page.
(() => {
  'use strict';
  const cw = window.cw;
  const stage = document.getElementById('innehall');
  const data = stage.dataset;
  const ofStudio = /^\/studio\/workflows\/(definitions|instances)(\/[^/]+\/[a-z]+)?\/?$/;
  const most = 40; // visits in one document: what Studio does not give back stays bounded
  const patience = 5000; // ms

  const path = (pathname) => decodeURI(pathname).replace(/\/$/, '');
  let shown = path(location.pathname);
  let lastInput = 0; // none on this page
  let visits = 0;
  let asked = 0;
  let expected = null;
  for (const kind of ['keydown', 'pointerdown', 'pointerup', 'input', 'change'])
    addEventListener(kind, (e) => { if (e.target !== stage && stage.contains(e.target)) lastInput = performance.now(); }, true);

  const within = (work, ms = patience) => Promise.race([work, new Promise((_, reject) => setTimeout(reject, ms, new Error('too slow')))]);

  // Studio asks the server about a change and saves it half a second later; a page left earlier would lose it. So nothing may
  // happen for a while. The time is counted in steps, since one in which Studio is busy brings the save no nearer.
  async function saved() {
    if (data.element !== 'elsa-workflow-definition-editor' || data.canEdit !== 'true' || !lastInput) return;
    const step = 50;
    const until = performance.now() + patience;
    let seen = cw.calls();
    let calm = performance.now() - Math.max(lastInput, Math.min(lastInput + patience, seen.last));
    while ((calm < 800 || seen.open) && performance.now() < until) {
      await new Promise((r) => setTimeout(r, step));
      const now = cw.calls();
      calm = now.last === seen.last && !now.open ? calm + step : 0;
      seen = now;
    }
    await within(cw.settled()).catch(() => {});
  }

  // Replacing an element that was connected to the hub has been seen to kill Studio's runtime; one that has failed is not trusted.
  // A save that is still under way has its answer awaited by the element; the browser asks before it leaves.
  const broken = () => document.getElementById('blazor-error-ui').style.display === 'block';
  const canStay = (url) => ofStudio.test(url.pathname) && !cw.live && !cw.unsaved() && !broken() && visits < most && cw.stands();

  // The next page as the server renders it, when it can take the place of this one: in the same language, made of the same files,
  // and with the same activities on offer, which Studio reads once. The pages beside Studio's ask for less.
  async function read(url) {
    const answer = await within(cw.api(url.href, { headers: { Accept: 'text/html' } }));
    if (!answer.ok || answer.redirected) return null;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const there = next.getElementById('innehall');
    if (there?.matches('.cw-page')) return next;
    if (!there?.dataset.element || there.dataset.culture !== data.culture || there.dataset.offers !== (cw.offers ?? there.dataset.offers)) return null;
    const here = new Set([...document.querySelectorAll('script[src]')].map((s) => s.getAttribute('src')));
    return [...next.querySelectorAll('script[src]')].every((s) => here.has(s.getAttribute('src'))) ? next : null;
  }

  function exchange(next) {
    document.title = next.title;
    for (const part of ['#sidhuvud', '.cw-strip', '.cw-broken .reload']) {
      const its = next.querySelector(part);
      if (its) document.querySelector(part)?.replaceWith(its);
    }
    const there = next.getElementById('innehall');
    for (const name of Object.keys(data)) if (!(name in there.dataset) && name !== 'culture') delete data[name];
    Object.assign(data, there.dataset);
    stage.className = there.className;
    document.body.className = next.body.className;
    if (!data.element) stage.replaceChildren(...there.childNodes);
    // Studio's own sheets style everything there is, and the pages beside Studio are not made for them.
    for (const sheet of document.querySelectorAll('head link[data-studio]')) sheet.disabled = !data.element;
  }

  async function open(url, push) {
    const [next] = await Promise.all([read(url), within(cw.takeAway())]);
    if (!next) return false;
    if (push) {
      // Studio's own idea of the address has to follow; the lists would otherwise write the old one back.
      const wanted = expected = cw.address(url, next.getElementById('innehall').dataset.element ?? '');
      Blazor.navigateTo(wanted);
      for (const until = performance.now() + patience; location.pathname + location.search !== wanted;) {
        if (performance.now() > until) return false;
        await new Promise((r) => setTimeout(r, 5));
      }
      expected = null;
    }
    shown = path(location.pathname);
    lastInput = 0;
    visits++;
    exchange(next);
    cw.forgetDraft();
    cw.forgetTyped?.();
    cw.visit();
    scrollTo(0, 0);
    stage.focus({ preventScroll: true });
    return true;
  }

  // One at a time; of several that wait, the last is what the person wants.
  let turn = Promise.resolve();
  function move(url, push) {
    const mine = ++asked;
    turn = turn.then(async () => {
      await saved();
      if (mine !== asked) return;
      const stayed = canStay(url) && await open(url, push).catch((e) => { console.warn('The page is loaded anew', e); return false; });
      if (stayed) return;
      if (push) location.assign(url.href);
      else location.reload();
    });
    return turn;
  }

  cw.go = (address) => move(new URL(address, location.origin), true);

  for (const name of ['pushState', 'replaceState']) {
    const original = history[name];
    history[name] = function (state, title, url) {
      const target = url == null ? null : new URL(url, document.baseURI);
      if (target && target.origin === location.origin && target.pathname + target.search !== expected && path(target.pathname) !== path(location.pathname)) {
        cw.go(target.pathname + target.search);
        return undefined;
      }
      return original.apply(this, arguments);
    };
  }
  addEventListener('popstate', () => { if (path(location.pathname) !== shown) move(new URL(location.href), false); });

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
    cw.go((inner ? '/studio/' + inner[1] : url.pathname) + url.search);
  }, true);
})();
