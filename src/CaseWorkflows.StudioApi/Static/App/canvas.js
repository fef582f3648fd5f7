// The canvas of the editor and the viewer at the start: the whole routine, or the step that a finding leads to.
(() => {
  'use strict';
  const { dataset } = document.getElementById('innehall');
  const wait = (ms) => new Promise((r) => setTimeout(r, ms));
  const frame = () => new Promise(requestAnimationFrame);
  const smallest = 0.6; // below this no text can be read

  function place(graph, cell) {
    if (cell) {
      graph.zoomTo(1);
      graph.centerCell(cell);
      return;
    }
    graph.zoomToFit({ padding: 40, maxScale: 1 });
    if (graph.zoom() < smallest) {
      graph.zoomTo(smallest);
      graph.positionCell(graph.getRootNodes()[0] ?? graph.getNodes()[0], 'left');
      graph.translateBy(40, 0);
      // What lies below the window had better use the room above the first row.
      const drawn = graph.getContentBBox();
      const [above, below] = [drawn.y - 40, drawn.y + drawn.height + 40 - graph.container.clientHeight];
      if (above > 0 && below > 0) graph.translateBy(0, -Math.min(above, below));
    }
  }

  // The graphs live in Studio's own designer module; loading it by the same address gives the same module. Studio centres the
  // picture as soon as its place has a height; ours follows at once, before any step is drawn where it will not stay.
  async function start({ step, signal }) {
    const designer = await import('/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js');
    for (const until = performance.now() + 60000; performance.now() < until && !signal.aborted; await frame()) {
      for (const [container, { graph }] of Object.entries(designer.graphBindings)) {
        if (!graph?.getNodes().length || !graph.container.clientHeight) continue;
        await frame();
        const cell = step && graph.getCellById(step);
        place(graph, cell);
        if (cell) {
          await wait(500); // a step can be selected once it is drawn
          await designer.selectActivity(container, step);
        }
        return;
      }
    }
  }

  window.cw.eachVisit(() => {
    if (!/-(editor|viewer)$/.test(dataset.element)) return undefined;
    const visit = new AbortController();
    start({ step: dataset.step, signal: visit.signal }).catch((e) => console.warn('The picture could not be placed', e));
    return () => visit.abort();
  });
})();
