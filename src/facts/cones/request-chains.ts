import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { returnsOf } from '../effects/library-values.ts';
import {
  bareExpression,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import type { Roles } from './roles.ts';

/** That a function is handed to a framework to have a part in answering requests. */
export interface Registration {
  readonly fn: FunctionNode;
  readonly call: ts.CallExpression;
  /** The place among all functions that the call is given. */
  readonly at: number;
  /** Whether it has a part in all requests that come after: `app.use(…)`, hooks. */
  readonly isForAll: boolean;
  /** Whether others come after it for the same request: it is given `next`, or is a hook. */
  readonly goesOn: boolean;
}

const ROUTES = /^(use|all|get|post|put|patch|delete|del|head|options|route|addHook)$/;
const FOR_ALL = /^(use|addHook)$/;
const NEXT = /^_?(next|done)$/;

/** The parameter that a function calls to hand a request on. */
export const nextOf = (fn: FunctionNode): ts.ParameterDeclaration | undefined =>
  fn.parameters.find(({ name }) => ts.isIdentifier(name) && NEXT.test(name.text));

/** Finds the functions that answer requests one after the other. */
export class RequestChains {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly roles: Roles;
  private found: readonly Registration[] | undefined;

  constructor(symbols: Symbols, callees: Callees, roles: Roles) {
    this.symbols = symbols;
    this.callees = callees;
    this.roles = roles;
  }

  /** All functions of the project that have a part in answering requests. */
  all(): readonly Registration[] {
    this.found ??= this.index();
    return this.found;
  }

  /** Whether one request may come to both, to the second after the first. */
  isBehind(one: Registration, other: Registration): boolean {
    if (!one.goesOn || one.fn === other.fn) return false;
    if (one.call === other.call) return one.at < other.at;
    if (!one.isForAll) return false;
    // In one file those that are declared first come first.
    return (
      one.call.getSourceFile() !== other.call.getSourceFile() ||
      one.call.expression.getText().split('.')[0] !== other.call.expression.getText().split('.')[0] ||
      one.call.pos < other.call.pos
    );
  }

  private index(): readonly Registration[] {
    const found: Registration[] = [];
    const visit = (node: ts.Node): void => {
      if (
        ts.isCallExpression(node) &&
        isMember(node.expression) &&
        ROUTES.test(memberName(node.expression) ?? '')
      )
        found.push(...this.registered(node, memberName(node.expression) ?? ''));
      ts.forEachChild(node, visit);
    };
    const { program, isOwn } = this.symbols.whole;
    for (const source of program.getSourceFiles())
      if (isOwn(source) && !source.isDeclarationFile) visit(source);
    return found;
  }

  private registered(call: ts.CallExpression, method: string): readonly Registration[] {
    const given = call.arguments.flatMap((one, place) =>
      this.functionsOf(one, 0).map((fn) => ({ fn, place })),
    );
    return given.flatMap(({ fn, place }, at): readonly Registration[] => {
      const role = this.roles.of(call, place, fn);
      if (role.kind !== 'library' || role.fact.runs !== 'request') return [];
      const isForAll = FOR_ALL.test(method);
      const goesOn = method === 'addHook' || nextOf(fn) !== undefined;
      return [{ fn, call, at, isForAll, goesOn }];
    });
  }

  /** The functions that an argument stands for: itself, those of a list, what a wrapper is given, and what a function gives. */
  private functionsOf(node: ts.Expression, depth: number): readonly FunctionNode[] {
    const bare = bareExpression(node);
    if (isFunctionNode(bare)) return [bare];
    if (depth > 3) return [];
    if (ts.isArrayLiteralExpression(bare))
      return bare.elements.flatMap((one) => this.functionsOf(one, depth + 1));
    if (ts.isIdentifier(bare) || isMember(bare)) return this.callees.of(bare).functions;
    if (!ts.isCallExpression(bare)) return [];
    const given = this.callees
      .of(bare.expression)
      .functions.flatMap(returnsOf)
      .map((one): ts.Node => bareExpression(one))
      .filter(isFunctionNode);
    return [...bare.arguments.flatMap((one) => this.functionsOf(one, depth + 1)), ...given];
  }
}
