import type { NodeName, NodeOf, Path, t } from './ast.ts';
import { supertypesOf } from './supertypes.ts';

/** What a node must look like: each property named here equals, or in turn looks like, the node's own. */
export type Filter = { readonly [property: string]: unknown };

/** A node type of jscodeshift: `j.CallExpression`, `j.Function`, … */
export interface NodeType<N = unknown> {
  toString(): string;
  check(value: unknown, deep?: unknown): value is N;
}

type NodeFor<N> = N extends { type: infer K } ? (K extends NodeName ? NodeOf<K> : t.Node) : t.Node;

/** All nodes of one file in the order of their text, by type. Made by one walk over the tree. */
export interface Index {
  /** The path of every node, parents before their children. */
  readonly paths: readonly Path[];
  /** The paths of a node type (or of all types below it: `j.Function`) whose nodes look like `filter`. */
  find<K extends NodeName>(type: K, filter?: Filter): readonly Path<NodeOf<K>>[];
  find<N>(type: NodeType<N>, filter?: Filter): readonly Path<NodeFor<N>>[];
  /** The path of a node of this file. */
  pathOf<N extends t.Node>(node: N): Path<N>;
}

const NOT_CHILDREN = new Set([
  'type',
  'start',
  'end',
  'loc',
  'range',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'comments',
  'errors',
  'tokens',
]);

const isNodeValue = (value: unknown): value is t.Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The paths of the child nodes of `parent`, in the order of the text. */
function childrenOf(parent: Path): Path[] {
  const node = parent.node as unknown as Readonly<Record<string, unknown>>;
  const found: Path[] = [];
  let last = -1;
  let isInOrder = true;
  const add = (child: t.Node, key: string, index: number | null): void => {
    const start = child.start ?? 0;
    isInOrder &&= start >= last;
    last = start;
    found.push({ node: child, parent, key, index });
  };
  for (const key of Object.keys(node)) {
    if (NOT_CHILDREN.has(key)) continue;
    const value = node[key];
    if (Array.isArray(value)) {
      for (const [index, one] of (value as unknown[]).entries()) if (isNodeValue(one)) add(one, key, index);
    } else if (isNodeValue(value)) add(value, key, null);
  }
  return isInOrder ? found : found.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0));
}

function looksLike(value: unknown, filter: unknown): boolean {
  if (typeof filter === 'function') return Boolean((filter as (value: unknown) => unknown)(value));
  if (typeof filter !== 'object' || filter === null) return value === filter;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(filter).every(([key, wanted]) =>
    looksLike((value as Record<string, unknown>)[key], wanted),
  );
}

/** The end of the parentheses that were opened between `parenStart` and the node: past as many `)` as there were `(`. */
function parenEndOf(text: string, parenStart: number, start: number, end: number): number {
  const skip = /\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*|[()]/g;
  let open = 0;
  skip.lastIndex = parenStart;
  for (let token = skip.exec(text); token !== null && token.index < start; token = skip.exec(text)) {
    if (token[0] === '(') open++;
  }
  skip.lastIndex = end;
  for (let token = skip.exec(text); token !== null; token = skip.exec(text)) {
    if (token[0] === ')' && --open === 0) return skip.lastIndex;
  }
  return end;
}

/** Walks `file` once. Notes on parenthesised nodes where their parentheses end, beside where Babel notes that they start. */
export function indexOf(file: t.File, text: string): Index {
  const paths: Path[] = [];
  const byType = new Map<string, Path[]>();
  const byNode = new Map<t.Node, Path>();
  // A stack of our own: a sum of ten thousand strings is a tree ten thousand nodes deep.
  const ahead: Path[] = [{ node: file, parent: null, key: '', index: null }];
  for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) {
    const { node } = path;
    paths.push(path);
    byNode.set(node, path);
    const same = byType.get(node.type);
    if (same === undefined) byType.set(node.type, [path]);
    else same.push(path);
    const extra = node.extra as Record<string, unknown> | undefined;
    if (typeof extra?.parenStart === 'number') {
      extra.parenEnd = parenEndOf(text, extra.parenStart, node.start ?? 0, node.end ?? 0);
    }
    const children = childrenOf(path);
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child !== undefined) ahead.push(child);
    }
  }

  const wanted = (type: string | NodeType): readonly Path[] => {
    const name = String(type);
    const exact = byType.get(name) ?? [];
    const below = [...byType.keys()].filter((one) => one !== name && isBelow(one, name));
    if (below.length === 0) return exact;
    return [exact, ...below.map((one) => byType.get(one) ?? [])]
      .flat()
      .sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0) || (b.node.end ?? 0) - (a.node.end ?? 0));
  };
  return {
    paths,
    find: ((type: string | NodeType, filter?: Filter) =>
      filter === undefined
        ? wanted(type)
        : wanted(type).filter((path) => looksLike(path.node, filter))) as Index['find'],
    pathOf: <N extends t.Node>(node: N) => {
      const path = byNode.get(node);
      if (path === undefined) throw new TypeError(`This ${node.type} is not a node of the file.`);
      return path as Path<N>;
    },
  };
}

/** Whether ast-types counts the node type `name` below `above`, as it counts ArrowFunctionExpression below Function. */
const isBelow = (name: string, above: string): boolean => supertypesOf(name).includes(above);
