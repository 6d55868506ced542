import { ts } from 'ts-morph';
import type { FoundEffect } from '../effects/summary.ts';
import { keyOf } from '../effects/summary.ts';
import type { Summaries } from '../effects/summaries.ts';
import { functionAround, isFunctionNode, isInside, type FunctionNode } from '../effects/symbols.ts';
import { homeOf, isLocal } from './parts.ts';

/** What a function sets before it first waits today, and who reads it behind a call that nobody waits for. */
export interface SetAtOnce {
  readonly write: FoundEffect;
  readonly read: FoundEffect;
}

const awaitsIn = (node: ts.Node): boolean =>
  ts.isAwaitExpression(node) ||
  (!isFunctionNode(node) && (ts.forEachChild(node, (one) => awaitsIn(one) || undefined) ?? false));

/** The first place at which a function waits today; its end where it does not. */
function firstWaitOf(fn: FunctionNode): number {
  const visit = (node: ts.Node): number | undefined => {
    if (isFunctionNode(node)) return undefined;
    return ts.isAwaitExpression(node) ? node.end : ts.forEachChild(node, visit);
  };
  return (fn.body === undefined ? undefined : visit(fn.body)) ?? fn.end;
}

/** The statements that run behind a place, up to where its function waits or ends; those of loops around it from their beginning are not told. */
function* followingStatements(place: ts.Node): Generator<ts.Statement> {
  for (let at = place; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseOrDefaultClause(parent)) continue;
    for (const one of parent.statements) {
      if (one.pos < at.end) continue;
      if (awaitsIn(one)) return;
      yield one;
      if (ts.isReturnStatement(one) || ts.isThrowStatement(one)) return;
    }
  }
}

/**
 * What `fn` sets behind `point`, where it would wait before it does that, and today sets at once; and where the code behind `call`, which does not
 * wait for it, reads that. Only what `fn` sets itself.
 */
export function setAtOnce(
  fn: FunctionNode,
  point: ts.Node,
  call: ts.Node,
  summaries: Summaries,
): SetAtOnce | undefined {
  if (fn.body === undefined || functionAround(call) === fn) return undefined;
  const end = firstWaitOf(fn);
  const writes = new Map<string, FoundEffect>();
  for (const one of summaries.ofCode(fn.body).effects.values()) {
    const { access, resource, node } = one;
    const isKept = resource.kind === 'variable' || (resource.kind === 'field' && resource.owner !== '*');
    if (access !== 'write' || !isKept || isLocal(resource, homeOf(fn))) continue;
    if (isInside(node, fn) && node.pos >= point.end && node.end <= end) writes.set(keyOf(resource), one);
  }
  if (writes.size === 0) return undefined;
  for (const statement of followingStatements(call))
    for (const read of summaries.ofCode(statement).effects.values()) {
      const write = read.access === 'read' ? writes.get(keyOf(read.resource)) : undefined;
      if (write !== undefined) return { write, read };
    }
  return undefined;
}
