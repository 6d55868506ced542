import { ts } from 'ts-morph';
import { isFunctionNode, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import type { Surroundings } from './around.ts';
import { isPrivateMember, leaves } from './leaving.ts';

const NOTHING: ReadonlySet<ts.Node> = new Set();

/** What packages export to others who are not seen: of published ones, and of those in the repository whose name leads to no source. */
export class Published {
  private readonly symbols: Symbols;
  private readonly around: Surroundings;
  private readonly known = new Map<string, ReadonlySet<ts.Node>>();
  private unseen: ReadonlySet<string> | undefined;

  constructor(symbols: Symbols, around: Surroundings) {
    this.symbols = symbols;
    this.around = around;
  }

  /** Whether somebody outside may import it: from the entry of a package that is published. */
  has(fn: FunctionNode): boolean {
    return !isPrivateMember(fn) && this.isOut(fn);
  }

  /** Whether others can import what an `export` exports, which may be made of a function and not be it. */
  exports(node: ts.Node): boolean {
    const all = this.seenOutside(node.getSourceFile());
    if (all.size === 0) return false;
    const named = ts.isExportSpecifier(node)
      ? node.name
      : ts.isExportAssignment(node)
        ? node.expression
        : undefined;
    const symbol = named === undefined ? undefined : this.symbols.at(named);
    const declared = symbol === undefined ? [] : this.symbols.declarationsOf(this.symbols.followed(symbol));
    const left = ts.isBinaryExpression(node) ? [node.left] : [];
    return [node, ...left, ...declared].some((one) => all.has(one));
  }

  private isOut(fn: FunctionNode): boolean {
    const all = this.seenOutside(fn.getSourceFile());
    for (let at: ts.Node = fn; !ts.isSourceFile(at); at = at.parent) {
      // What is declared in a function is seen by others only where that lets it out.
      if (at !== fn && isFunctionNode(at)) return leaves(fn, at) && this.isOut(at);
      if (all.has(at)) return true;
    }
    return false;
  }

  /** What others can import of the package that a file is in. */
  private seenOutside({ fileName }: ts.SourceFile): ReadonlySet<ts.Node> {
    const { name, isPrivate, entries } = this.around.packageOf(fileName);
    if (isPrivate && !this.isImportedUnseen(name)) return NOTHING;
    const key = entries.join('\0');
    let all = this.known.get(key);
    if (all === undefined) {
      all = this.exportedBy(entries);
      this.known.set(key, all);
    }
    return all;
  }

  private exportedBy(entries: readonly string[]): ReadonlySet<ts.Node> {
    const { symbols } = this;
    const found = new Set<ts.Node>();
    for (const path of entries) {
      const source = symbols.whole.program.getSourceFile(path);
      const symbol = source === undefined ? undefined : symbols.whole.checker.getSymbolAtLocation(source);
      if (symbol === undefined) continue;
      for (const one of symbols.whole.checker.getExportsOfModule(symbol))
        for (const declaration of symbols.declarationsOf(symbols.followed(one))) found.add(declaration);
    }
    return found;
  }

  /** Whether a file of the project imports the package by its name, and that did not lead to its sources. */
  private isImportedUnseen(name: string | undefined): boolean {
    if (name === undefined) return false;
    this.unseen ??= this.unresolvedNames();
    return this.unseen.has(name);
  }

  private unresolvedNames(): ReadonlySet<string> {
    const { program, checker, isOwn } = this.symbols.whole;
    const found = new Set<string>();
    for (const source of program.getSourceFiles().filter(isOwn))
      for (const one of source.statements) {
        if (!ts.isImportDeclaration(one) && !ts.isExportDeclaration(one)) continue;
        const from = one.moduleSpecifier;
        if (from === undefined || !ts.isStringLiteral(from) || from.text.startsWith('.')) continue;
        if (checker.getSymbolAtLocation(from) !== undefined) continue;
        const [scope = '', name = ''] = from.text.split('/');
        found.add(scope.startsWith('@') ? `${scope}/${name}` : scope);
      }
    return found;
  }
}
