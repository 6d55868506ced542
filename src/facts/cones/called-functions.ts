import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import {
  bareExpression,
  isAssignment,
  isFunctionNode,
  isMember,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import type { Use } from './uses.ts';

export interface CalledTools {
  readonly symbols: Symbols;
  readonly callees: Callees;
  usesOf(fn: FunctionNode): readonly Use[];
  /** Where a name stands, in all files but tests. */
  placesOf(name: string): readonly ts.Node[];
}

/** Finds all functions that a call may run, also where it runs what was passed in, or a property that is declared by its shape alone. */
export class CalledFunctions {
  private readonly tools: CalledTools;

  constructor(tools: CalledTools) {
    this.tools = tools;
  }

  /** The functions of the project that a call runs; undefined where others may be meant. */
  by(call: ts.CallExpression | ts.NewExpression): readonly FunctionNode[] | undefined {
    const { callees } = this.tools;
    if (ts.isNewExpression(call)) {
      const made = callees.classOf(call.expression);
      const constructors = made === undefined ? [] : callees.constructorsOf(made);
      return constructors.length === 0 ? undefined : constructors;
    }
    const callee = bareExpression(call.expression);
    const { functions, isOpen, parameter } = callees.of(callee);
    if (functions.length > 0 && !isOpen) return functions;
    if (parameter !== undefined) return this.givenFor(parameter);
    return ts.isPropertyAccessExpression(callee) ? this.propertiesNamed(callee.name) : undefined;
  }

  /** The functions that are given for a parameter. */
  private givenFor(parameter: ts.ParameterDeclaration): readonly FunctionNode[] | undefined {
    const fn = parameter.parent;
    if (!isFunctionNode(fn) || !ts.isIdentifier(parameter.name) || parameter.initializer !== undefined)
      return undefined;
    const at = fn.parameters.indexOf(parameter);
    const found: FunctionNode[] = [];
    for (const use of this.tools.usesOf(fn)) {
      if (use.kind === 'export' || use.kind === 'type') continue;
      const given = use.kind === 'call' ? use.node.arguments[at] : undefined;
      if (use.kind === 'call' && given === undefined) continue;
      const { functions, isOpen } =
        given === undefined ? { functions: [], isOpen: true } : this.tools.callees.of(given);
      if (functions.length === 0 || isOpen) return undefined;
      found.push(...functions);
    }
    return found;
  }

  /** The functions that are put into a property of that name anywhere, where the project declares it by its shape: `config.build(…)`. */
  private propertiesNamed(name: ts.MemberName): readonly FunctionNode[] | undefined {
    const { symbols, callees } = this.tools;
    const declarations = symbols.declarationsOf(symbols.at(name));
    const isShape =
      declarations.length > 0 &&
      declarations.every((one) => ts.isPropertySignature(one) || ts.isMethodSignature(one));
    if (!isShape) return undefined;
    const found: FunctionNode[] = [];
    for (const one of this.tools.placesOf(name.text)) {
      const { parent } = one;
      const isTarget =
        isMember(parent) &&
        parent.expression !== one &&
        ts.isBinaryExpression(parent.parent) &&
        parent.parent.left === parent &&
        isAssignment(parent.parent);
      const given = ts.isPropertyAssignment(parent) && parent.name === one ? parent.initializer : undefined;
      const isShort = ts.isShorthandPropertyAssignment(parent);
      if (isFunctionNode(parent) && parent.name === one) {
        if (parent.body !== undefined) found.push(parent);
      } else if (isTarget || given !== undefined || isShort) {
        const value = isTarget ? (parent.parent as ts.BinaryExpression).right : (given ?? one);
        const { functions, isOpen } = ts.isExpression(value)
          ? callees.of(value)
          : { functions: [], isOpen: true };
        if (functions.length === 0 || isOpen) return undefined;
        found.push(...functions);
      } else if (ts.isPropertyDeclaration(parent) && parent.name === one) return undefined;
    }
    return found.length === 0 ? undefined : found;
  }
}
