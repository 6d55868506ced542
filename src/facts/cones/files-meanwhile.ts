import { ts } from 'ts-morph';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import type { FoundEffect } from '../effects/summary.ts';
import { isInside, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import { isCommand, lineOf, type Asked, type Parts } from './parts.ts';
import { areDifferent, areRelated, mayBeOne, type FilePaths } from './paths.ts';
import { siteOf } from './sites.ts';

/** Calls on an open file, which is the function's own as a rule, and those that only open one. */
const BY_DESCRIPTOR =
  /(^|\.)(close|fstat|read|readv|write|writev|fsync|fdatasync|ftruncate|futimes|fchmod|fchown)(Sync)?$/;
const OPENS = /(^|\.)(open|opendir)(Sync)?$/;

/** Calls on a stream: its file is told where it is made. */
const ON_STREAMS = /^(?!fs\w*\.).*\w\.(on|once|pipe|end|write|destroy|close)$/;

/** Calls that only look whether something is there. */
const CHECKS =
  /(^|\.)(existsSync|exists|accessSync|access|statSync|stat|lstatSync|lstat|pathExistsSync|pathExists)$/;
/** Those that do not throw where nothing is there, or are called for nothing else. */
const ASKS = /(^|\.)(existsSync|exists|accessSync|access|pathExistsSync|pathExists)$/;
/** Calls that remove or move files. */
const REMOVES = /\b(unlink|rmdir|rm|rename|emptyDir|move|remove|rimraf|del)(Sync)?\s*\(/;

/** Making a folder with those above it gives no error where it is there already. */
const isIdempotent = ({ node }: FoundEffect): boolean =>
  ts.isCallExpression(node) &&
  /\b(mkdir(Sync)?|ensureDir(Sync)?|mkdirp(\.sync|Sync)?)$/.test(node.expression.getText()) &&
  (!/mkdir(Sync)?$/.test(node.expression.getText()) || /recursive:\s*true/.test(node.getText()));

/** Tells what other turns may do to files while a function waits that did not wait before. */
export class FilesMeanwhile {
  private readonly symbols: Symbols;
  private readonly paths: FilePaths;
  private removes: boolean | undefined;

  constructor(symbols: Symbols, paths: FilePaths) {
    this.symbols = symbols;
    this.paths = paths;
  }

  /** Files that are looked at before and changed after. */
  *between(fn: FunctionNode, parts: Parts, { once, isParted }: Asked): Generator<Evidence> {
    const files = (all: readonly FoundEffect[]): readonly FoundEffect[] =>
      all
        .filter((one) => one.resource.kind === 'file' && !this.isOwnFile(one, fn))
        .map((one) => this.movedOn(one));
    for (const one of files([...parts.before, ...parts.at])) {
      for (const other of files([...parts.after, ...parts.at])) {
        if (other.access === 'read' && one.access === 'read') {
          const path = this.paths.of(one, fn);
          const isChecked =
            one.node !== other.node &&
            path.text !== '*' &&
            path.text === this.paths.of(other, fn).text &&
            (isInside(one.node, fn) ? CHECKS : ASKS).test(one.by);
          if (isChecked && this.removesFiles() && once(`gone ${path.text}`))
            yield assumed(
              `Nobody removes ${path.shown} between \`${one.by}\` (line ${lineOf(one.node)}) and \`${other.by}\` (line ${lineOf(other.node)})`,
              siteOf(other.node),
            );
          continue;
        }
        if (parts.at.includes(other) && parts.at.includes(one)) continue;
        if (isIdempotent(other) || isIdempotent(one) || one.node === other.node) continue;
        const [path, otherPath] = [this.paths.of(one, fn), this.paths.of(other, fn)];
        const [a, b] = [path.text, otherPath.text];
        const isSame = a === b && a !== '*';
        const isOpen = isSame || a === '*' || b === '*';
        const mayBe = isOpen || (one.access === 'read' && !areDifferent(path, otherPath));
        const isPlain =
          one.access === 'read' &&
          isOpen &&
          (isSame || areRelated(path, otherPath) || (a === '*' && b === '*' && mayBeOne(path, otherPath))) &&
          !isParted(one, other);
        const key = `${String(isPlain)} ${isSame ? a : String(other.node.pos)} ${one.access}`;
        if (!mayBe || !once(`file ${key}`)) continue;
        const what = isSame ? `the file ${path.shown}` : 'a file';
        if (one.access === 'read')
          yield isPlain
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
      const { text: a, shown } = this.paths.of(one, fn);
      if (!once(isCommand(one) ? 'command' : `while ${a}`)) continue;
      if (isCommand(one)) {
        yield assumed(
          `Two commands of \`${one.by}\` may be at work at once, for two turns`,
          siteOf(one.node),
        );
        continue;
      }
      yield assumed(
        `No other turn reads or writes ${a === '*' ? 'the same file' : shown} while \`${one.by}\` is at work`,
        siteOf(one.node),
      );
    }
  }

  /** Whether a call only opens a file, or is on one that is open already. */
  private isOwnFile({ by, node }: FoundEffect, fn: FunctionNode): boolean {
    if (OPENS.test(by) || ON_STREAMS.test(by)) return true;
    if (!BY_DESCRIPTOR.test(by) || !ts.isCallExpression(node)) return false;
    const [descriptor] = node.arguments;
    if (descriptor === undefined || !ts.isIdentifier(descriptor)) return false;
    return this.symbols
      .declarationsOf(this.symbols.at(descriptor))
      .some((one) => ts.isVariableDeclaration(one) && isInside(one, fn));
  }

  /** A read that goes on from where the last one of the open file has ended is one that changes it: there is one such place for all. */
  private movedOn(effect: FoundEffect): FoundEffect {
    const { node, by } = effect;
    if (!/(^|\.)readv?(Sync)?$/.test(by) || !ts.isCallExpression(node)) return effect;
    const [descriptor, ...others] = node.arguments;
    // `readFileSync` may be called `read`.
    const isOfPath =
      descriptor === undefined ||
      (this.symbols.whole.checker.getTypeAtLocation(descriptor).flags & ts.TypeFlags.StringLike) !== 0 ||
      others[0] === undefined ||
      ts.isStringLiteralLike(others[0]) ||
      ts.isObjectLiteralExpression(others[0]);
    const place = others.at(/readv/.test(by) ? 1 : 3);
    const isFromThere =
      place === undefined
        ? !others.some(ts.isObjectLiteralExpression)
        : place.kind === ts.SyntaxKind.NullKeyword || place.getText() === '-1';
    return !isOfPath && isFromThere ? { ...effect, access: 'write' } : effect;
  }

  /** Whether any code of the project removes or moves files. */
  private removesFiles(): boolean {
    this.removes ??= this.symbols.whole.program
      .getSourceFiles()
      .some((source) => this.symbols.whole.isOwn(source) && REMOVES.test(source.text));
    return this.removes;
  }
}
