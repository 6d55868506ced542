import { ts } from 'ts-morph';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import type { FoundEffect } from '../effects/summary.ts';
import { bareExpression, isInside, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import { isCommand, lineOf, type Parts } from './parts.ts';
import { siteOf } from './sites.ts';

/** Calls that change their second path, and only look at the first. */
const COPIES = /(^|\.)(copyFile|cp|copy|link|symlink)(Sync)?$/;

/** The path that a call of `fs` is about, by its text where it stands in the function itself; `*` where that says nothing. */
function fileOf(effect: FoundEffect, fn: FunctionNode, symbols: Symbols): string {
  const { resource, node } = effect;
  const name = resource.kind === 'file' ? resource.name : '*';
  if (name !== '*' || !isInside(node, fn)) return name;
  const call = ts.isCallExpression(node) ? node : undefined;
  if (isCommand(effect)) return '*';
  const isCopy = effect.access === 'write' && COPIES.test(effect.by);
  const path = call?.arguments[isCopy ? 1 : 0];
  return path === undefined ? '*' : `\`${inFull(path, symbols).replaceAll('`', "'")}\``;
}

/** An expression with the constants in it written out: `join(dir, 'a')` for a `file` that was declared so. */
function inFull(node: ts.Expression, symbols: Symbols, depth = 0): string {
  const bare = bareExpression(node);
  const whole = ts.isIdentifier(bare) && depth < 4 ? constantOf(bare, symbols) : undefined;
  if (whole !== undefined) return inFull(whole, symbols, depth + 1);
  return bare.getText().replace(/\s+/g, ' ');
}

/** What a constant was declared with. */
function constantOf(node: ts.Identifier, symbols: Symbols): ts.Expression | undefined {
  const [declaration] = symbols.declarationsOf(symbols.at(node));
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) === 0
    ? undefined
    : declaration.initializer;
}

/** The text that a path begins or ends with, where that is written there. */
const written = (path: string): { readonly first: string; readonly last: string } => ({
  first: /^`(?:[\w.]+\()?['"]([^'"]*)['"]/.exec(path)?.[1] ?? '',
  last: /(?:^|[\w/}])(\.\w+)['"]\)*`$/.exec(path)?.[1] ?? '',
});

/** Whether two paths in different words can be seen to be different: one begins or ends otherwise. */
function areDifferent(a: string, b: string): boolean {
  const [one, other] = [written(a), written(b)];
  const differ = (first: string, second: string): boolean =>
    first !== '' && second !== '' && first !== second;
  const isLiteral = /^`?['"][^'"]*['"]`?$|^[^`]*$/;
  if (isLiteral.test(a) && isLiteral.test(b)) return true;
  return differ(one.first, other.first) || differ(one.last, other.last);
}

/** Calls on an open file, which is the function's own as a rule, and those that only open one. */
const BY_DESCRIPTOR =
  /(^|\.)(close|fstat|read|readv|write|writev|fsync|fdatasync|ftruncate|futimes|fchmod|fchown)(Sync)?$/;
const OPENS = /(^|\.)(open|opendir)(Sync)?$/;

/** Calls that only look whether something is there. */
const CHECKS =
  /(^|\.)(existsSync|exists|accessSync|access|statSync|stat|lstatSync|lstat|pathExistsSync|pathExists)$/;
/** Calls that remove or move files. */
const REMOVES = /\b(unlink|rmdir|rm|rename|emptyDir|move|remove|rimraf|del)(Sync)?\s*\(/;

/** The path of a call of `fs` as it is written there. */
const pathText = (node: ts.Node): string =>
  ts.isCallExpression(node) ? (node.arguments[0]?.getText().replace(/\s+/g, ' ') ?? '') : '';

/** Whether two calls are of paths that are written in different words. */
const areApart = (a: ts.Node, b: ts.Node): boolean => {
  const [first, second] = [pathText(a), pathText(b)];
  return first !== '' && second !== '' && first !== second;
};

/** Making a folder with those above it gives no error where it is there already. */
const isIdempotent = ({ node }: FoundEffect): boolean =>
  ts.isCallExpression(node) &&
  /\b(mkdir(Sync)?|ensureDir(Sync)?|mkdirp(\.sync|Sync)?)$/.test(node.expression.getText()) &&
  (!/mkdir(Sync)?$/.test(node.expression.getText()) || /recursive:\s*true/.test(node.getText()));

/** Tells what other turns may do to files while a function waits that did not wait before. */
export class FilesMeanwhile {
  private readonly symbols: Symbols;
  private removes: boolean | undefined;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  /** Files that are looked at before and changed after. */
  *between(fn: FunctionNode, parts: Parts, once: (key: string) => boolean): Generator<Evidence> {
    const files = (all: readonly FoundEffect[]): readonly FoundEffect[] =>
      all.filter((one) => one.resource.kind === 'file' && !this.isOwnFile(one, fn));
    for (const one of files([...parts.before, ...parts.at])) {
      for (const other of files([...parts.after, ...parts.at])) {
        if (other.access === 'read' && one.access === 'read') {
          const path = fileOf(one, fn, this.symbols);
          const isChecked =
            one.node !== other.node &&
            path !== '*' &&
            path === fileOf(other, fn, this.symbols) &&
            CHECKS.test(one.by);
          if (isChecked && this.removesFiles() && once(`gone ${path}`))
            yield assumed(
              `Nobody removes ${path.startsWith('`') ? path : `\`${path}\``} between \`${one.by}\` (line ${lineOf(one.node)}) and \`${other.by}\` (line ${lineOf(other.node)})`,
              siteOf(other.node),
            );
          continue;
        }
        if (parts.at.includes(other) && (parts.at.includes(one) || one.access === 'write')) continue;
        if (isIdempotent(other) || isIdempotent(one) || one.node === other.node) continue;
        const a = fileOf(one, fn, this.symbols);
        const b = fileOf(other, fn, this.symbols);
        const isSame = a === b && a !== '*';
        const mayBe = isSame || a === '*' || b === '*' || (one.access === 'read' && !areDifferent(a, b));
        const key = isSame ? `${a} ${one.access}` : `${other.node.pos} ${one.access}`;
        if (!mayBe || !once(`file ${key}`)) continue;
        const what = isSame ? `the file ${a.startsWith('`') ? a : `\`${a}\``}` : 'a file';
        if (one.access === 'read')
          yield isSame || (a === '*' && b === '*' && !areApart(one.node, other.node))
            ? fails(
                `While it waits other turns run: ${what} is looked at (line ${lineOf(one.node)}) and changed (line ${lineOf(other.node)}), and another turn could do the same in between`,
                siteOf(other.node),
              )
            : assumed(
                `What \`${one.by}\` looks at (line ${lineOf(one.node)}) is not what \`${other.by}\` changes (line ${lineOf(other.node)}), or no other turn comes between`,
                siteOf(other.node),
              );
        else
          yield assumed(
            `No other turn uses ${what} between \`${one.by}\` (line ${lineOf(one.node)}) and \`${other.by}\` (line ${lineOf(other.node)})`,
            siteOf(other.node),
          );
      }
    }
    for (const one of files(parts.at)) {
      if (one.access !== 'write' || isIdempotent(one)) continue;
      const a = fileOf(one, fn, this.symbols);
      if (!once(isCommand(one) ? 'command' : `while ${a}`)) continue;
      if (isCommand(one)) {
        yield assumed(
          `Two commands of \`${one.by}\` may be at work at once, for two turns`,
          siteOf(one.node),
        );
        continue;
      }
      yield assumed(
        `No other turn reads or writes ${a === '*' ? 'the same file' : a.startsWith('`') ? a : `\`${a}\``} while \`${one.by}\` is at work`,
        siteOf(one.node),
      );
    }
  }

  /** Whether a call only opens a file, or is on one that is open already. */
  private isOwnFile({ by, node }: FoundEffect, fn: FunctionNode): boolean {
    if (OPENS.test(by) || by.startsWith('stream.')) return true;
    if (!BY_DESCRIPTOR.test(by) || !ts.isCallExpression(node)) return false;
    const [descriptor] = node.arguments;
    if (descriptor === undefined || !ts.isIdentifier(descriptor)) return false;
    return this.symbols
      .declarationsOf(this.symbols.at(descriptor))
      .some((one) => ts.isVariableDeclaration(one) && isInside(one, fn));
  }

  /** Whether any code of the project removes or moves files. */
  private removesFiles(): boolean {
    this.removes ??= this.symbols.whole.program
      .getSourceFiles()
      .some((source) => this.symbols.whole.isOwn(source) && REMOVES.test(source.text));
    return this.removes;
  }
}
