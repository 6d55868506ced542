import { ts } from 'ts-morph';
import { functionAround, isMember, memberName, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import type { CallbackFact } from '../libraries/callbacks.ts';
import type { Roles } from './roles.ts';
import { isHarmless, outermost } from './waiting.ts';

/** When a function of the project runs another one that it is handed. */
export interface Running {
  /** Whether it runs it before it is done itself. */
  readonly isNow: boolean;
  /** The functions in it that run it: whenever they are called. */
  readonly within: readonly FunctionNode[];
  /** The calls of libraries that it hands it to, where these say when they run it. */
  readonly byLibrary: readonly {
    readonly fact: CallbackFact;
    readonly call: ts.CallExpression | ts.NewExpression;
  }[];
  /** Whether it goes where it is not followed: into a field, a list, a result. Somebody may run it at any time. */
  readonly isKept: boolean;
}

/** Tells what the functions of the project do with functions that they are handed. */
export class Handed {
  private readonly symbols: Symbols;
  private readonly roles: Roles;

  constructor(symbols: Symbols, roles: Roles) {
    this.symbols = symbols;
    this.roles = roles;
  }

  /** When `own` runs `fn`, which is its argument `at`. */
  runningOf(own: FunctionNode, at: number, fn: FunctionNode): Running {
    return this.follow(own, at, fn, new Set());
  }

  private follow(own: FunctionNode, at: number, fn: FunctionNode, seen: Set<ts.Node>): Running {
    const parameter = own.parameters[at];
    const isFollowed =
      parameter !== undefined &&
      ts.isIdentifier(parameter.name) &&
      parameter.dotDotDotToken === undefined &&
      !ts.isParameterPropertyDeclaration(parameter, own);
    const all: Running[] = [];
    if (!isFollowed || own.body === undefined) return KEPT;
    if (seen.has(parameter)) return NEVER;
    seen.add(parameter);
    const symbol = this.symbols.at(parameter.name);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node !== parameter.name && this.symbols.at(node) === symbol)
        all.push(this.at(node, own, fn, seen));
      ts.forEachChild(node, visit);
    };
    visit(own.body);
    return joined(all);
  }

  /** What becomes of it where its name stands in `own`. */
  private at(node: ts.Identifier, own: FunctionNode, fn: FunctionNode, seen: Set<ts.Node>): Running {
    const outer = outermost(node);
    const { parent } = outer;
    if (ts.isCallExpression(parent) && parent.expression === outer) return ranAt(parent, own);
    if (isMember(parent) && parent.expression === outer) {
      const isCall = ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
      if (isCall && /^(call|apply)$/.test(memberName(parent) ?? '')) return ranAt(parent, own);
    }
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const at = (parent.arguments ?? ([] as readonly ts.Node[])).findIndex((one) => one === outer);
      return this.handedOn(parent, at, own, fn, seen);
    }
    return isHarmless(outer) ? NEVER : KEPT;
  }

  private handedOn(
    call: ts.CallExpression | ts.NewExpression,
    at: number,
    own: FunctionNode,
    fn: FunctionNode,
    seen: Set<ts.Node>,
  ): Running {
    const role = this.roles.of(call, at, fn);
    if (role.kind === 'walk' || role.kind === 'used') return ranAt(call, own);
    if (role.kind === 'library') {
      if (role.fact.runs !== undefined) return { ...NEVER, byLibrary: [{ fact: role.fact, call }] };
      return role.fact.promise === 'dropped' ? KEPT : ranAt(call, own);
    }
    if (role.kind === 'unknown' || role.functions.length === 0) return KEPT;
    const each = role.functions.map((one) => this.follow(one, at, fn, seen));
    const all = joined(each);
    return all.isNow ? joined([{ ...all, isNow: false }, ranAt(call, own)]) : all;
  }
}

const NEVER: Running = { isNow: false, within: [], byLibrary: [], isKept: false };

/** It goes where it is not followed. */
export const KEPT: Running = { ...NEVER, isKept: true };

/** It is run by the code at `node`: by `own`, or by a function that is written in it. */
function ranAt(node: ts.Node, own: FunctionNode): Running {
  const by = functionAround(node);
  return by === undefined || by === own ? { ...NEVER, isNow: true } : { ...NEVER, within: [by] };
}

/** What several functions do with it, or one in several places. */
export const joined = (all: readonly Running[]): Running => ({
  isNow: all.some(({ isNow }) => isNow),
  within: all.flatMap(({ within }) => within),
  byLibrary: all.flatMap(({ byLibrary }) => byLibrary),
  isKept: all.some(({ isKept }) => isKept),
});
