// Every call that Studio makes to our API passes here: signed-out sessions, saves in order, reasons for publishing,
// and answers that Studio itself would only show as an error bar. Must run before Blazor starts.
(() => {
  'use strict';
  const cw = (window.cw = window.cw || {});
  const stage = document.getElementById('innehall');
  const inEditor = () => stage.dataset.element === 'elsa-workflow-definition-editor';
  const realFetch = window.fetch.bind(window);
  const never = new Promise(() => {});
  const uuid = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
  const session = (cw.session = uuid());
  let revision = null;
  let leaving = false;
  let writes = Promise.resolve();
  let pending = 0;
  let open = 0;
  let last = 0;

  cw.api = realFetch;
  cw.forgetDraft = () => { revision = null; }; // each routine has its own
  cw.unsaved = () => pending > 0;
  cw.settled = () => writes;
  cw.calls = () => ({ open, last }); // how many wait for an answer, and when the last began or was answered

  cw.signIn = () => {
    if (!leaving) {
      leaving = true;
      location.assign('/logga-in?returnUrl=' + encodeURIComponent(location.pathname + location.search));
    }
    return never;
  };

  const bodyText = (init) => {
    const b = init?.body;
    if (typeof b === 'string') return b;
    return b instanceof Uint8Array || b instanceof ArrayBuffer ? new TextDecoder().decode(b) : '';
  };

  const isSave = (method, path) => method === 'POST' && /\/workflow-definitions\/?$/.test(path);
  const isPublish = (method, path, init) => method === 'POST' && (/\/workflow-definitions\/[^/]+\/publish$/.test(path)
    || /\/bulk-actions\/publish\//.test(path) || (isSave(method, path) && /"publish"\s*:\s*true\s*}\s*$/.test(bodyText(init))));
  const isCancel = (method, path) => method === 'POST' && /\/cancel\/workflow-instances/.test(path);
  const isWrite = (method, path) => method !== 'GET' && method !== 'HEAD' && /workflow-definition/.test(path) && !/\/(execute|dispatch)$/.test(path);

  // The Swedish sentences of a refusal, whichever of the usual shapes it has.
  async function sentences(response) {
    const text = await response.clone().text().catch(() => '');
    try {
      const body = JSON.parse(text);
      const list = body.errors ? Object.values(body.errors).flat() : [body.detail || body.title || body.message];
      return list.filter(Boolean).map(String);
    } catch {
      return text && text.length < 400 && !text.startsWith('<') ? [text] : [];
    }
  }

  const refusal = (list) => new Response(JSON.stringify({ errors: { generalErrors: list } }),
    { status: 400, headers: { 'Content-Type': 'application/json' } });

  async function explain(response, url) {
    const said = await sentences(response);
    const routine = /\/workflow-definitions\/([^/]+)\/(publish|retract)$/.exec(url.pathname);
    await cw.ask({
      title: 'Det gick inte att genomföra',
      items: said.length ? said : ['Servern svarade ' + response.status + '. Försök igen om en stund.'],
      links: routine ? [{ href: '/studio/workflows/definitions/' + routine[1] + '/check', label: 'Visa granskningen' }] : [],
      actions: [{ value: 'ok', label: 'Stäng', main: true }],
    });
    location.reload();
    return never;
  }

  // The Swedish overlay leaves alone what people have written and what our server says; here is where both pass.
  const written = /\/(workflow-definitions|workflow-instances|activity-execution)/;
  async function remember(response, url) {
    const descriptors = /\/descriptors\//.test(url.pathname);
    if (/\/descriptors\/activities$/.test(url.pathname) && response.ok) {
      cw.offers = response.headers.get('ETag');
      const { items } = await response.clone().json();
      cw.ownCategories = new Set(items.filter((d) => !d.typeName.startsWith('Elsa.') && d.isBrowsable).map((d) => d.category));
    }
    if (!cw.typed || !response.ok || !(descriptors || written.test(url.pathname)) || !/json/.test(response.headers.get('Content-Type') || '')) return;
    try { (descriptors ? cw.told : cw.typed)(await response.clone().json()); } catch { /* not for us */ }
  }

  async function send(url, init, extra) {
    const headers = new Headers(init?.headers || {});
    headers.set('X-Editing-Session', session);
    if (revision !== null && inEditor()) headers.set('X-Draft-Revision', revision);
    for (const [name, value] of Object.entries(extra)) headers.set(name, value);
    open++;
    last = performance.now();
    const response = await realFetch(url.href, { ...init, headers }).finally(() => { open--; last = performance.now(); });
    if (response.status === 401) return cw.signIn();
    await remember(response, url);
    if (response.headers.has('X-Draft-Revision')) revision = response.headers.get('X-Draft-Revision');
    return response;
  }

  async function publishReason() {
    const answer = await cw.ask({
      title: 'Publicera ändringen',
      text: 'Nya ärenden följer den nya versionen. Ärenden som redan pågår fortsätter på den version som de började med.',
      field: 'Varför ändras rutinen? (visas i historiken)',
      actions: [{ value: '', label: 'Avbryt' }, { value: 'publish', label: 'Publicera', main: true }],
    });
    return answer?.value === 'publish' ? answer.answer : null;
  }

  // Runs in earnest are ended for a reason, which the case's history shows; the server says when it needs one.
  async function cancel(url, init) {
    let response = await send(url, init, {});
    const body = response.status === 400 && await response.clone().json().catch(() => null);
    if (body && body.code === 'reason-required') {
      const answer = await cw.ask({
        title: 'Avbryt rutinen',
        text: 'Ärendets rutin stannar för gott, och uppgifter som väntar tas bort. Det går inte att ångra.',
        field: 'Varför avbryts den? (visas i ärendets historik)',
        actions: [{ value: '', label: 'Låt den gå vidare' }, { value: 'cancel', label: 'Avbryt rutinen', main: true }],
      });
      if (answer?.value !== 'cancel') { location.reload(); return never; }
      response = await send(url, init, { 'X-Cancel-Reason': encodeURIComponent(answer.answer) });
    }
    return response.ok || response.status >= 500 ? response : explain(response, url);
  }

  async function write(url, method, init) {
    const extra = {};
    if (isPublish(method, url.pathname, init)) {
      const reason = await publishReason();
      if (reason === null) {
        if (inEditor()) return refusal(['Publiceringen avbröts. Utkastet är kvar.']);
        location.reload();
        return never;
      }
      extra['X-Publish-Reason'] = encodeURIComponent(reason);
    }
    let response = await send(url, init, extra);
    const question = response.status === 400 && response.headers.get('X-Confirm');
    if (question) {
      const routed = question === 'routed';
      const answer = await cw.ask({
        title: routed ? 'Inkommande ärenden startar rutinen' : 'Stora delar av rutinen försvinner',
        items: await sentences(response),
        actions: [{ value: '', label: routed ? 'Behåll rutinen' : 'Behåll stegen' }, { value: 'yes', label: routed ? 'Ta bort den ändå' : 'Spara ändå' }],
      });
      if (answer?.value === 'yes') response = await send(url, init, { ...extra, 'X-Confirmed': question });
      else { location.reload(); return never; }
    }
    if (response.ok || response.status >= 500) return response;
    if (inEditor() && isSave(method, url.pathname))
      return response.status === 400 ? response : refusal(await sentences(response));
    return explain(response, url);
  }

  window.fetch = (input, init) => {
    const url = new URL(typeof input === 'string' ? input : input.url, document.baseURI);
    if (url.origin !== location.origin || !url.pathname.startsWith('/elsa/')) return realFetch(input, init);
    if (leaving) return never;
    if (url.pathname.includes('/hubs/')) cw.live = true;
    const sent = cw.typed && written.test(url.pathname) && bodyText(init);
    if (sent && sent.startsWith('{')) try { cw.typed(JSON.parse(sent)); } catch { /* not for us */ }
    const method = (init?.method || 'GET').toUpperCase();
    if (isCancel(method, url.pathname)) return cancel(url, init);
    if (!isWrite(method, url.pathname)) return send(url, init, {});
    // One write at a time and in order: each builds on the revision that the one before it gave.
    pending++;
    const mine = writes.then(() => write(url, method, init));
    writes = mine.catch(() => {}).finally(() => { pending--; });
    return mine;
  };

  addEventListener('beforeunload', (e) => { if (pending > 0 && !leaving) e.preventDefault(); });
})();
