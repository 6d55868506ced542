import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { returnsOf, type LibraryValues } from '../effects/library-values.ts';
import { isMember, memberName, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import { callbackFactOf } from '../libraries/callbacks.ts';
import { libraryFactOf } from '../libraries/tables.ts';
import { isPromiseType } from './declared-types.ts';
import type { PlaceOf } from './roles.ts';
import { isAsync } from './waiting.ts';

/** Whether a value is a promise, as far as that can be told. */
export type IsPromise = 'yes' | 'no' | 'unknown';

/** Methods of JavaScript's own objects that give a text, a number, a truth value or a list. */
const GIVES_NO_PROMISE =
  /^(toString|trim|trimStart|trimEnd|split|join|slice|substring|substr|replace|replaceAll|includes|startsWith|endsWith|indexOf|filter|some|every|keys|entries|values|toLowerCase|toUpperCase|padStart|padEnd|toFixed|toISOString|getTime|charAt|stringify|digest|has|map|flatMap|concat|sort|reverse)$/;

/** Tells which functions and expressions give promises. */
export class Promises {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly placeOf: PlaceOf;
  private readonly known = new Map<FunctionNode, IsPromise>();

  constructor(symbols: Symbols, callees: Callees, libraries: LibraryValues, placeOf: PlaceOf) {
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.placeOf = placeOf;
  }

  /** Whether a function that is not asynchronous returns promises. */
  ofFunction(fn: FunctionNode): IsPromise {
    const known = this.known.get(fn);
    if (known !== undefined) return known;
    // One that returns its own result gives what its other results are.
    this.known.set(fn, 'no');
    const found = this.findPromise(fn);
    this.known.set(fn, found);
    return found;
  }

  private findPromise(fn: FunctionNode): IsPromise {
    if (ts.isConstructorDeclaration(fn)) return 'no';
    if (fn.type !== undefined)
      return isPromiseType(fn.type) ? 'yes' : /^(any|unknown)$/.test(fn.type.getText()) ? 'unknown' : 'no';
    const returned = returnsOf(fn);
    if (returned.length === 0) return 'no';
    const each = returned.map((one) => this.of(one));
    if (each.includes('yes')) return 'yes';
    return each.includes('unknown') ? 'unknown' : 'no';
  }

  /** Whether an expression gives a promise. */
  of(node: ts.Expression): IsPromise {
    const { checker } = this.symbols.whole;
    const type = checker.getTypeAtLocation(node);
    if (/^Promise(Like)?</.test(checker.typeToString(type))) return 'yes';
    if ((type.flags & ts.TypeFlags.Any) === 0) return 'no';
    if (ts.isIdentifier(node)) {
      const [declaration] = this.symbols.declarationsOf(this.symbols.at(node));
      const isConstant =
        declaration !== undefined &&
        ts.isVariableDeclaration(declaration) &&
        (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
      return isConstant && declaration.initializer !== undefined
        ? this.of(declaration.initializer)
        : 'unknown';
    }
    // A part of what a synchronous call gave.
    if (isMember(node)) {
      if (/^(length|size|byteLength)$/.test(memberName(node) ?? '')) return 'no';
      return ts.isCallExpression(node.expression) && this.libraries.callOf(node.expression) !== undefined
        ? this.of(node.expression)
        : 'unknown';
    }
    if (!ts.isCallExpression(node)) return ts.isNewExpression(node) ? 'no' : 'unknown';
    if (isMember(node.expression) && /^(then|catch|finally)$/.test(memberName(node.expression) ?? ''))
      return 'yes';
    if (isMember(node.expression) && GIVES_NO_PROMISE.test(memberName(node.expression) ?? '')) return 'no';
    const { functions } = this.callees.of(node.expression);
    if (functions.length > 0) {
      if (functions.every((one) => isAsync(one) || this.ofFunction(one) === 'yes')) return 'yes';
      return functions.some((one) => this.ofFunction(one) !== 'no') ? 'unknown' : 'no';
    }
    const library = this.libraries.callOf(node);
    if (library === undefined) return 'unknown';
    const waits = node.arguments.some((one, at) => {
      const given = callbackFactOf(library, at, {
        ...this.placeOf(node.getSourceFile().fileName),
        parameters: 0,
      });
      return !ts.isObjectLiteralExpression(one) && given?.promise === 'awaited' && given.runs === undefined;
    });
    if (waits) return 'yes';
    // Node's own forms with callbacks give no promise.
    if (
      /^(fs|child_process|crypto|zlib|dns|http|https|net|stream|events|readline)$/.test(library.package) &&
      !/\bpromises\b|\bsubtle\b/.test(library.path)
    )
      return 'no';
    const fact = libraryFactOf(library);
    if (fact === undefined) return 'unknown';
    return fact.io && !/Sync\(\)/.test(library?.path ?? '') ? 'yes' : 'no';
  }
}
