// Beside the editor: who else has the routine open, and the step that a finding leads to.
(() => {
  'use strict';
  const cw = window.cw;
  const stage = document.getElementById('innehall');
  const notice = document.getElementById('presence');
  const { definitionId, step, canEdit } = stage.dataset;
  const presence = '/studio/presence/' + encodeURIComponent(definitionId);

  function show(others) {
    notice.hidden = others.length === 0;
    notice.textContent = others.map((o) => `${o.name} redigerar sedan ${o.since}`).join(' · ');
    cw.fit();
  }

  async function touch() {
    if (document.hidden) return;
    const response = await cw.api(presence, { method: 'POST', headers: { 'X-Editing-Session': cw.session } }).catch(() => null);
    if (response?.status === 401) cw.signIn();
    else if (response?.ok) show((await response.json()).others);
  }

  if (canEdit === 'true') {
    touch();
    setInterval(touch, 15000);
    addEventListener('visibilitychange', touch);
    addEventListener('pagehide', () => navigator.sendBeacon(presence + '/leave?session=' + cw.session));
  }

  // The graphs live in Studio's own designer module; loading it by the same address gives the same module.
  async function select(id) {
    const designer = await import('/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js');
    for (let i = 0; i < 100; i++) {
      for (const [container, { graph }] of Object.entries(designer.graphBindings)) {
        const cell = graph?.getCellById?.(id);
        if (!cell) continue;
        await new Promise((r) => setTimeout(r, 400));
        graph.zoomTo(1);
        graph.centerCell(cell);
        await designer.selectActivity(container, id);
        return;
      }
      await new Promise((r) => setTimeout(r, 200));
    }
  }

  if (step) select(step).catch((e) => console.warn('The step could not be shown', e));
})();
