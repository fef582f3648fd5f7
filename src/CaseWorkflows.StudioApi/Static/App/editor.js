// Beside the editor: who else has the routine open, and the order of the toolbox.
(() => {
  'use strict';
  const cw = window.cw;
  const stage = document.getElementById('innehall');
  const notice = document.getElementById('presence');

  function show(others) {
    notice.hidden = others.length === 0;
    notice.textContent = others.map((o) => `${o.name} redigerar sedan ${o.since}`).join(' · ');
    cw.fit();
  }

  cw.eachVisit(() => {
    const { element, definitionId, canEdit } = stage.dataset;
    if (element !== 'elsa-workflow-definition-editor' || canEdit !== 'true') return undefined;
    const presence = '/studio/presence/' + encodeURIComponent(definitionId);
    let here = true;
    const touch = async () => {
      if (document.hidden) return;
      const response = await cw.api(presence, { method: 'POST', headers: { 'X-Editing-Session': cw.session } }).catch(() => null);
      if (!here) return;
      if (response?.status === 401) cw.signIn();
      else if (response?.ok) show((await response.json()).others);
    };
    const gone = () => navigator.sendBeacon(presence + '/leave?session=' + cw.session);
    touch();
    const timer = setInterval(touch, 15000);
    addEventListener('visibilitychange', touch);
    addEventListener('pagehide', gone);
    return () => {
      here = false;
      clearInterval(timer);
      removeEventListener('visibilitychange', touch);
      removeEventListener('pagehide', gone);
      gone();
      show([]);
    };
  });

  // The activities made for this house stand first in the toolbox; Studio itself sorts by name.
  new MutationObserver(() => {
    if (!cw.ownCategories || stage.dataset.element !== 'elsa-workflow-definition-editor') return;
    for (const panel of document.querySelectorAll('.mud-expand-panel')) {
      const name = panel.querySelector('.mud-expand-panel-text')?.textContent.trim();
      const order = cw.ownCategories.has(name) ? '-1' : '';
      if (panel.style.order !== order) panel.style.order = order;
    }
  }).observe(stage, { subtree: true, childList: true });
})();
