// Lays workflow definitions out from left to right and writes the designer positions into the files:
//   npm run layout --prefix src/CaseWorkflows.Assets -- workflows/vgr            (files or folders)
//   npm run layout --prefix src/CaseWorkflows.Assets -- --check workflows        (changes nothing; fails on steps without a place)
// Every flowchart in a definition is laid out by itself, nested ones too. Nothing but positions, sizes and the corners
// of connections that go backwards is changed.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ELK from 'elkjs';

const arguments_ = process.argv.slice(2);
const check = arguments_.includes('--check');
const paths = arguments_.filter(a => !a.startsWith('--')).map(p => resolve(process.env.INIT_CWD ?? process.cwd(), p));
if (paths.length === 0) {
  console.error('Usage: npm run layout -- [--check] <definition.json or folder> …');
  process.exit(2);
}

// Room that the designer gives a step: an icon, its name in one line, and one row for each outcome beyond the second.
const LETTER = 7.6, FRAME = 76, NARROWEST = 150, WIDEST = 420, HEIGHT = 54, PORT_ROW = 22;
const ORIGIN = { x: 40, y: 40 };

const elk = new ELK();
const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '45',
  'elk.layered.spacing.nodeNodeBetweenLayers': '90',
  'elk.layered.spacing.edgeNodeBetweenLayers': '25',
  'elk.spacing.edgeNode': '25',
  'elk.spacing.edgeEdge': '15',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',          // what goes back to an earlier step is drawn as going back
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES', // the author's order decides where nothing else does
  'elk.layered.crossingMinimization.strategy': 'LAYER_SWEEP',
  'elk.layered.thoroughness': '60',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '80',
};

const isFlowchart = node => Array.isArray(node.activities) && Array.isArray(node.connections);

/** Every flowchart below a JSON value, outermost first. */
function* flowcharts(value) {
  if (Array.isArray(value)) {
    for (const item of value) yield* flowcharts(item);
  } else if (value && typeof value === 'object') {
    if (isFlowchart(value)) yield value;
    for (const item of Object.values(value)) yield* flowcharts(item);
  }
}

const nameOf = activity => activity.metadata?.displayText || activity.name || activity.id || '';

function sizeOf(activity, outcomes) {
  const width = Math.min(WIDEST, Math.max(NARROWEST, FRAME + LETTER * nameOf(activity).length));
  return { width: Math.round(width), height: HEIGHT + PORT_ROW * Math.max(0, outcomes - 2) };
}

async function layOut(flowchart) {
  const connections = flowchart.connections.filter(c =>
    [c.source, c.target].every(end => flowchart.activities.some(a => a.id === end?.activity)));
  const portOf = end => end.port ?? 'Done';
  const outcomes = new Map(flowchart.activities.map(a => [a.id, [...new Set(connections.filter(c => c.source.activity === a.id).map(c => portOf(c.source)))]]));
  const graph = await elk.layout({
    id: 'flowchart',
    layoutOptions: options,
    children: flowchart.activities.map(a => ({
      id: a.id,
      ...sizeOf(a, outcomes.get(a.id).length),
      layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER' },
      ports: [
        { id: `${a.id}>in`, layoutOptions: { 'elk.port.side': 'WEST', 'elk.port.index': '0' } },
        // Ports are counted clockwise, so those on the right go from the top down.
        ...outcomes.get(a.id).map((port, i) => ({ id: `${a.id}>${port}`, layoutOptions: { 'elk.port.side': 'EAST', 'elk.port.index': String(i) } })),
      ],
    })),
    edges: connections.map((c, i) => ({ id: `c${i}`, sources: [`${c.source.activity}>${portOf(c.source)}`], targets: [`${c.target.activity}>in`] })),
  });

  const places = new Map(graph.children.map(n => [n.id, n]));
  for (const activity of flowchart.activities) {
    const place = places.get(activity.id);
    activity.metadata ??= {};
    activity.metadata.designer = {
      ...activity.metadata.designer,
      position: { x: Math.round(ORIGIN.x + place.x), y: Math.round(ORIGIN.y + place.y) },
      size: { width: 0, height: 0 },   // the designer measures the step itself
    };
  }
  connections.forEach((connection, i) => {
    const backwards = places.get(connection.target.activity).x <= places.get(connection.source.activity).x;
    const corners = backwards ? graph.edges[i].sections?.[0]?.bendPoints ?? [] : [];
    connection.vertices = corners.map(p => ({ x: Math.round(ORIGIN.x + p.x), y: Math.round(ORIGIN.y + p.y) }));
  });
}

function* definitions(path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      if (name !== 'reference') yield* definitions(join(path, name));
    }
  } else if (path.endsWith('.json')) {
    yield path;
  }
}

/** Steps that have no place, or stand on top of another. */
function problems(flowchart) {
  const found = [];
  const seen = new Map();
  for (const activity of flowchart.activities) {
    const position = activity.metadata?.designer?.position;
    if (!position) {
      found.push(`${nameOf(activity)}: no place`);
      continue;
    }
    const key = `${Math.round(position.x / 40)},${Math.round(position.y / 40)}`;
    if (seen.has(key)) found.push(`${nameOf(activity)}: on top of ${seen.get(key)}`);
    seen.set(key, nameOf(activity));
  }
  return found;
}

let bad = 0;
for (const file of paths.flatMap(p => [...definitions(p)])) {
  const text = readFileSync(file, 'utf8');
  const document = JSON.parse(text.replace(/^\uFEFF/, ''));
  const charts = [...flowcharts(document.root ?? document)];
  if (charts.length === 0) continue;
  if (check) {
    for (const problem of charts.flatMap(problems)) {
      console.error(`${file}: ${problem}`);
      bad++;
    }
    continue;
  }
  for (const chart of charts) await layOut(chart);
  const laidOut = JSON.stringify(document, null, 2) + '\n';
  if (laidOut !== text) writeFileSync(file, laidOut);
  console.log(`${file}: ${charts.length} flowchart${charts.length === 1 ? '' : 's'}, ${charts.reduce((n, c) => n + c.activities.length, 0)} steps`);
}
process.exitCode = bad > 0 ? 1 : 0;
