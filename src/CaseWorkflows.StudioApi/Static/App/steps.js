// The steps on the canvas. Each is a component of Studio's runtime, and making one is slow; Studio makes every step twice, once to
// show it and once out of sight to measure it. Here a step that has been drawn is measured by a copy of what it drew, and the
// steps in sight are drawn before the others. Runs after Blazor's script and before its runtime has started.
(() => {
  'use strict';
  const roots = Blazor.rootComponents;
  const add = roots.add.bind(roots);
  const nothing = { setParameters: () => Promise.resolve(), dispose() {} };

  // A step made only to be measured has no id of its own; the one that is shown has the same activity.
  function drawn(element) {
    const shown = element.id ? null : document.getElementById('activity-' + element.getAttribute('activity-id'));
    return shown?.getAttribute('activity-json') === element.getAttribute('activity-json') && shown.querySelector('.elsa-activity') ? shown : null;
  }

  const waiting = new Map();
  const begin = (element) => {
    const start = waiting.get(element);
    waiting.delete(element);
    inSight.unobserve(element);
    start?.();
  };
  const inSight = new IntersectionObserver((entries) => {
    for (const e of entries) if (e.isIntersecting) begin(e.target);
    if (waiting.size) later();
  });

  // The rest follow in groups, when nothing else is to be done: one by one would cost twice as much, and many at once would be
  // felt. The canvas itself comes in parts, so the rest wait until no more come: a later part may be in sight.
  const group = 16;
  const calm = 250; // ms
  const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 50)); // not every browser tells when it is idle
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(followUp, calm);
  };
  const followUp = () => {
    clearTimeout(timer);
    if (!waiting.size) return;
    [...waiting.keys()].slice(0, group).forEach(begin);
    whenIdle(followUp, { timeout: 500 });
  };

  // A picture that has been left needs none of the steps that it still waits for.
  window.cw.eachVisit(() => () => {
    waiting.forEach((_, element) => inSight.unobserve(element));
    waiting.clear();
  });

  roots.add = (element, name, parameters) => {
    if (name !== 'elsa-activity-wrapper') return add(element, name, parameters);
    const shown = drawn(element);
    if (shown) {
      element.append(...[...shown.childNodes].map((n) => n.cloneNode(true)));
      return nothing;
    }
    if (!element.id) return add(element, name, parameters);
    return new Promise((resolve, reject) => {
      waiting.set(element, () => add(element, name, parameters).then(resolve, reject));
      inSight.observe(element);
    });
  };
})();
