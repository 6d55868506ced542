import type * as t from '@babel/types';

/** The node types of Babel's tree, as the parser makes them: `t.CallExpression`, `t.Node`, … */
export type { t };

/** Every concrete node type's name. */
export type NodeName = t.Node['type'];

/** The node with that name. */
export type NodeOf<K extends NodeName> = Extract<t.Node, { type: K }>;

/** A node in its file: what it is and what holds it. One path stands for one node, so paths compare with `===`. */
export interface Path<N extends t.Node = t.Node> {
  readonly node: N;
  /** The path of the node that holds this one; null at the file. */
  readonly parent: Path | null;
  /** The property of the parent that holds this node: `body`, `arguments`, `callee`, … */
  readonly key: string;
  /** The place in that property where it is a list, else null. */
  readonly index: number | null;
}

/** Whether `path` holds a node named `name`; narrows the type. */
export function isNode<K extends NodeName>(
  path: Path | null | undefined,
  ...names: readonly K[]
): path is Path<NodeOf<K>> {
  return path != null && (names as readonly string[]).includes(path.node.type);
}
