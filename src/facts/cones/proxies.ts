import { ts } from 'ts-morph';
import { assumed, type Evidence } from '../../evidence.ts';
import type { Callees } from '../effects/callees.ts';
import { bareExpression, isFunctionNode, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import { lineOf } from './parts.ts';
import { fileNameOf, siteOf } from './sites.ts';
import { nameOfFunction } from './waiting.ts';

/** A parameter that becomes the target of a proxy. */
interface Given {
  readonly fn: FunctionNode;
  readonly at: number;
  readonly proxy: ts.NewExpression;
}

/** The name that a function or its class is declared by; empty where it has none. */
function nameOf(fn: FunctionNode): string {
  const { parent } = fn;
  const named = ts.isConstructorDeclaration(fn)
    ? fn.parent.name
    : (fn.name ??
      (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
        ? parent.name
        : undefined));
  return named !== undefined && ts.isIdentifier(named) ? named.text.replaceAll('$', String.raw`\$`) : '';
}

/** Tells of which objects proxies stand in the place, whose handlers see what methods return. */
export class Proxies {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private found: ReadonlyMap<ts.Symbol, ts.NewExpression> | undefined;

  constructor(symbols: Symbols, callees: Callees) {
    this.symbols = symbols;
    this.callees = callees;
  }

  /** What is taken for granted where a method becomes asynchronous of whose object a proxy stands in the place. */
  *whyNoneLooks(fn: FunctionNode): Generator<Evidence> {
    const holder = this.holderOf(fn);
    const proxy = holder === undefined ? undefined : this.proxied().get(holder);
    if (proxy === undefined) return;
    const file = fileNameOf(proxy);
    yield assumed(
      `The proxy of line ${String(lineOf(proxy))} of \`${file}\` does not look at what ${nameOfFunction(fn)} returns`,
      siteOf(proxy),
    );
  }

  /** The class or the object that a function is a method of. */
  private holderOf(fn: FunctionNode): ts.Symbol | undefined {
    const { parent } = fn;
    if (ts.isClassLike(parent)) return parent.name === undefined ? undefined : this.symbols.at(parent.name);
    if (ts.isPropertyDeclaration(parent) && parent.parent.name !== undefined)
      return this.symbols.at(parent.parent.name);
    const holder = ts.isPropertyAssignment(parent) ? parent.parent : parent;
    return ts.isObjectLiteralExpression(holder)
      ? this.symbols.whole.checker.getTypeAtLocation(holder).getSymbol()
      : undefined;
  }

  private proxied(): ReadonlyMap<ts.Symbol, ts.NewExpression> {
    this.found ??= this.index();
    return this.found;
  }

  private index(): ReadonlyMap<ts.Symbol, ts.NewExpression> {
    const found = new Map<ts.Symbol, ts.NewExpression>();
    const given: Given[] = [];
    const note = (target: ts.Expression, proxy: ts.NewExpression): void => {
      for (const symbol of this.kindsOf(target)) if (!found.has(symbol)) found.set(symbol, proxy);
      const parameter = this.parameterOf(target);
      if (parameter !== undefined && !given.some(({ fn, at }) => fn === parameter.fn && at === parameter.at))
        given.push({ ...parameter, proxy });
    };
    this.each(/\bnew\s+Proxy\b/, (node) => {
      if (!ts.isNewExpression(node) || node.expression.getText() !== 'Proxy') return;
      const [target] = node.arguments ?? [];
      if (target !== undefined) note(target, node);
    });
    // Who is handed an object may hand it on: the list grows while it is walked.
    for (const { fn, at, proxy } of given) {
      if (nameOf(fn) === '') continue;
      this.each(new RegExp(`\\b${nameOf(fn)}\\b`), (node) => {
        if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
        const handed = node.arguments?.[at];
        if (handed !== undefined && this.callsOf(node).includes(fn)) note(handed, proxy);
      });
    }
    return found;
  }

  private callsOf(node: ts.CallExpression | ts.NewExpression): readonly FunctionNode[] {
    if (ts.isCallExpression(node)) return this.callees.of(node.expression).functions;
    const made = this.callees.classOf(node.expression);
    return made === undefined ? [] : this.callees.constructorsOf(made);
  }

  /** The classes and objects that an expression may be one of. */
  private kindsOf(node: ts.Expression): readonly ts.Symbol[] {
    const type = this.symbols.whole.checker.getTypeAtLocation(node);
    const each = (type.isUnionOrIntersection() ? type.types : [type]).flatMap((one) => one.getSymbol() ?? []);
    return each.flatMap((symbol) => {
      const [declaration] = this.symbols.declarationsOf(symbol);
      const below = this.symbols.below(symbol).flatMap((one) => (one.name === undefined ? [] : [one.name]));
      const above: ts.Identifier[] = [];
      for (
        let at =
          declaration !== undefined && ts.isClassLike(declaration)
            ? this.callees.baseOf(declaration)
            : undefined;
        at !== undefined;
        at = this.callees.baseOf(at)
      )
        if (at.name !== undefined) above.push(at.name);
      return [symbol, ...[...below, ...above].flatMap((name) => this.symbols.at(name) ?? [])];
    });
  }

  private parameterOf(node: ts.Expression): Omit<Given, 'proxy'> | undefined {
    const bare = bareExpression(node);
    const [declaration] = ts.isIdentifier(bare) ? this.symbols.declarationsOf(this.symbols.at(bare)) : [];
    if (declaration === undefined || !ts.isParameter(declaration)) return undefined;
    const { parent } = declaration;
    return isFunctionNode(parent) ? { fn: parent, at: parent.parameters.indexOf(declaration) } : undefined;
  }

  /** Calls `look` for each node of the sources of the project that have such a text. */
  private each(text: RegExp, look: (node: ts.Node) => void): void {
    const visit = (node: ts.Node): void => {
      look(node);
      ts.forEachChild(node, visit);
    };
    const { program, isOwn } = this.symbols.whole;
    for (const source of program.getSourceFiles())
      if (isOwn(source) && !source.isDeclarationFile && text.test(source.text)) visit(source);
  }
}
