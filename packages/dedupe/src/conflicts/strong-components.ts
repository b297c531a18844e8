/** A directed edge between two nodes, which are numbers from 0. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

/**
 * Of each node the number of its strongly connected component: nodes that lie on a common cycle share one.
 * Tarjan 1972 (https://doi.org/10.1137/0201010), without recursion so that no graph is too deep for it.
 */
export function strongComponents(nodeCount: number, edges: readonly Edge[]): Int32Array {
  const { start, targets } = adjacency(nodeCount, edges);
  const component = new Int32Array(nodeCount).fill(-1);
  const order = new Int32Array(nodeCount).fill(-1);
  const lowest = new Int32Array(nodeCount);
  const next = start.slice();
  const open: number[] = [];
  const path: number[] = [];
  let visited = 0;
  let components = 0;

  function enter(node: number): void {
    order[node] = visited;
    lowest[node] = visited;
    visited += 1;
    open.push(node);
    path.push(node);
  }

  function leave(node: number): void {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) {
      lowest[parent] = Math.min(lowest[parent]!, lowest[node]!);
    }
    if (lowest[node] === order[node]) {
      for (let member = -1; member !== node; ) {
        member = open.pop()!;
        component[member] = components;
      }
      components += 1;
    }
  }

  function step(node: number): void {
    const edge = next[node]!;
    if (edge === start[node + 1]) {
      leave(node);
      return;
    }
    next[node] = edge + 1;
    const target = targets[edge]!;
    if (order[target] === -1) {
      enter(target);
    } else if (component[target] === -1) {
      lowest[node] = Math.min(lowest[node]!, order[target]!);
    }
  }

  for (let root = 0; root < nodeCount; root += 1) {
    if (order[root] === -1) {
      enter(root);
    }
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      step(node);
    }
  }
  return component;
}

/** The targets of all nodes, those of one node together: from `start[node]` to before `start[node + 1]`. */
function adjacency(nodeCount: number, edges: readonly Edge[]): { start: Int32Array; targets: Int32Array } {
  const start = new Int32Array(nodeCount + 1);
  for (const { from } of edges) {
    start[from + 1]! += 1;
  }
  for (let node = 0; node < nodeCount; node += 1) {
    start[node + 1]! += start[node]!;
  }
  const free = start.slice();
  const targets = new Int32Array(edges.length);
  for (const { from, to } of edges) {
    targets[free[from]!] = to;
    free[from]! += 1;
  }
  return { start, targets };
}
