import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { bareExpression, isFunctionNode, isMember, type FunctionNode } from '../effects/symbols.ts';

/** Tells which functions of the project code comes to. */
export class Reached {
  private readonly callees: Callees;
  private readonly called = new Map<ts.Node, readonly FunctionNode[]>();

  constructor(callees: Callees) {
    this.callees = callees;
  }

  /** The functions that a piece of code comes to, over any number of calls. */
  from(code: readonly ts.Node[]): ReadonlySet<FunctionNode> {
    const seen = new Set<FunctionNode>();
    const ahead = code.flatMap((one) => this.functionsIn(one));
    for (let fn = ahead.pop(); fn !== undefined; fn = ahead.pop()) {
      if (seen.has(fn)) continue;
      seen.add(fn);
      if (fn.body !== undefined) ahead.push(...this.functionsIn(fn.body));
    }
    return seen;
  }

  /** The functions that a piece of code calls itself, or hands to what it calls. */
  functionsIn(code: ts.Node): readonly FunctionNode[] {
    const known = this.called.get(code);
    if (known !== undefined) return known;
    const found = new Set<FunctionNode>();
    const visit = (node: ts.Node): void => {
      if (isFunctionNode(node)) return;
      if (ts.isCallExpression(node) || ts.isNewExpression(node))
        for (const fn of this.functionsOf(node)) found.add(fn);
      ts.forEachChild(node, visit);
    };
    visit(code);
    const all = [...found];
    this.called.set(code, all);
    return all;
  }

  private functionsOf(node: ts.CallExpression | ts.NewExpression): readonly FunctionNode[] {
    const handed = (node.arguments ?? []).flatMap((one): readonly FunctionNode[] => {
      const bare: ts.Node = bareExpression(one);
      if (isFunctionNode(bare)) return [bare];
      return ts.isIdentifier(bare) || isMember(bare) ? this.callees.of(bare).functions : [];
    });
    if (ts.isCallExpression(node)) return [...this.callees.of(node.expression).functions, ...handed];
    const made = this.callees.classOf(node.expression);
    return [...(made === undefined ? [] : this.callees.constructorsOf(made)), ...handed];
  }
}
