// The canvas of the editor and the viewer at the start: the whole routine, or the step that a finding leads to.
(() => {
  'use strict';
  const { step } = document.getElementById('innehall').dataset;
  const wait = (ms) => new Promise((r) => setTimeout(r, ms));
  const smallest = 0.6; // below this no text can be read

  // The graphs live in Studio's own designer module; loading it by the same address gives the same module.
  async function start() {
    const designer = await import('/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js');
    for (let i = 0; i < 300; i++) {
      for (const [container, { graph }] of Object.entries(designer.graphBindings)) {
        if (!graph?.getNodes().length) continue;
        await wait(500); // Studio places the picture itself first
        const cell = step && graph.getCellById(step);
        if (cell) {
          graph.zoomTo(1);
          graph.centerCell(cell);
          await designer.selectActivity(container, step);
        } else {
          graph.zoomToFit({ padding: 40, maxScale: 1 });
          if (graph.zoom() < smallest) {
            graph.zoomTo(smallest);
            graph.positionCell(graph.getRootNodes()[0] ?? graph.getNodes()[0], 'left', { padding: 60 });
          }
        }
        return;
      }
      await wait(200);
    }
  }

  start().catch((e) => console.warn('The picture could not be placed', e));
})();
