import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import type { LibraryValues } from '../effects/library-values.ts';
import { bareExpression, isMember, memberName, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import {
  callbackFactOf,
  callbackGuessOf,
  type CallbackFact,
  type CallbackPlace,
} from '../libraries/callbacks.ts';
import type { LibraryCall } from '../libraries/library.ts';
import type { ConeWalk } from './cone.ts';
import { shortText } from './sites.ts';

/** What a call does with a function that is handed to it. */
export type Role =
  /** A function of the project calls it under the name of a parameter. */
  | { readonly kind: 'own'; readonly functions: readonly FunctionNode[]; readonly isOpen: boolean }
  /** A method of an array calls it for each element. */
  | { readonly kind: 'walk'; readonly method: ConeWalk['method']; readonly isCertain: boolean }
  /** A library does. */
  | { readonly kind: 'library'; readonly fact: CallbackFact; readonly isCertain: boolean }
  /** It is called at once, and its result is used: why, as the end of a sentence. */
  | { readonly kind: 'used'; readonly why: string }
  | { readonly kind: 'unknown' };

const WALKS = /^(map|forEach|flatMap|filter|some|every|find)$/;
/** Methods of arrays, strings and maps that use what a callback returns at once. */
const USED =
  /^(reduce|reduceRight|sort|toSorted|findIndex|findLast|findLastIndex|replace|replaceAll|from|stringify|parse|groupBy)$/;

/** What is known of a file that a callback is handed over in. */
export type PlaceOf = (path: string) => Omit<CallbackPlace, 'parameters'>;

/** Tells what becomes of functions that are handed over. */
export class Roles {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly placeOf: PlaceOf;

  constructor(symbols: Symbols, callees: Callees, libraries: LibraryValues, placeOf: PlaceOf) {
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.placeOf = placeOf;
  }

  /** What `call` does with `fn`, which is its argument `at`. */
  of(call: ts.CallExpression | ts.NewExpression, at: number, fn: FunctionNode): Role {
    const { expression } = call;
    const callee = bareExpression(expression);
    const place = { ...this.placeOf(call.getSourceFile().fileName), parameters: mostParametersOf(fn) };
    if (ts.isNewExpression(call)) {
      if (callee.getText() === 'Promise')
        return { kind: 'used', why: 'it is the executor of a `new Promise`, where an error would be lost' };
      const made = this.callees.classOf(callee);
      if (made !== undefined)
        return { kind: 'own', functions: this.callees.constructorsOf(made), isOpen: false };
    } else {
      const { functions, isOpen } = this.callees.of(callee);
      if (functions.length > 0) return { kind: 'own', functions, isOpen };
    }
    const library = this.libraries.callOf(call);
    const known = library === undefined ? undefined : callbackFactOf(library, at, place);
    if (known !== undefined) return { kind: 'library', fact: known, isCertain: true };
    if (isMember(callee)) {
      const name = memberName(callee) ?? '';
      if (/^(then|catch|finally)$/.test(name))
        return {
          kind: 'library',
          fact: {
            promise: 'awaited',
            source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise/then',
          },
          isCertain: true,
        };
      if (library === undefined || library.package === 'global' || isListOf(library)) {
        const kind = this.collectionOf(callee.expression);
        if (name === 'forEach' && kind === 'map')
          return {
            kind: 'used',
            why: `\`${shortText(callee, 40)}\` walks a map, which a loop walks otherwise`,
          };
        if (WALKS.test(name) && at === 0)
          return {
            kind: 'walk',
            method: name as ConeWalk['method'],
            isCertain: kind === 'array' || (kind === 'set' && name === 'forEach'),
          };
        if (USED.test(name))
          return { kind: 'used', why: `\`${shortText(callee, 40)}\` uses what it returns at once` };
      }
    }
    const receiver = isMember(callee) ? lastName(callee.expression) : '';
    const method = isMember(callee) ? (memberName(callee) ?? '') : callee.getText();
    const names = fn.parameters.map(({ name }) => name.getText());
    const guess =
      library === undefined || isMember(callee) ? callbackGuessOf(receiver, method, names, place) : undefined;
    if (guess !== undefined) return { kind: 'library', fact: guess, isCertain: false };
    // A test's own functions are globals.
    const asGlobal = ts.isIdentifier(callee) ? callbackGuessOf('', callee.text, names, place) : undefined;
    return asGlobal === undefined
      ? { kind: 'unknown' }
      : { kind: 'library', fact: asGlobal, isCertain: false };
  }

  private collectionOf(node: ts.Expression): 'array' | 'map' | 'set' | undefined {
    const { checker } = this.symbols.whole;
    const type = checker.getTypeAtLocation(node);
    if (checker.isArrayType(type) || checker.isTupleType(type)) return 'array';
    const name = /^(?:Readonly|Weak)?(Map|Set)\b/.exec(checker.typeToString(type))?.[1];
    return name === 'Map' ? 'map' : name === 'Set' ? 'set' : undefined;
  }
}

/** Packages whose objects have methods of those names that are no arrays. */
const COLLECTIONS =
  /^(bluebird|async|rxjs|mongoose|mongodb|cheerio|lodash.*|underscore|ramda|immutable|bull|bullmq|@prisma\/client|p-.*|collect\.js|lazy\.js|highland|most|axax|ix)$/;

/** Whether a method is called on what a call of a package gave, which is most often a list. */
const isListOf = ({ package: name, path }: LibraryCall): boolean =>
  !COLLECTIONS.test(name) && /\(\).*\.\w+\(\)$/.test(path);

/** How many parameters a function may take: any number where it takes the rest as a list. */
const mostParametersOf = ({ parameters }: FunctionNode): number =>
  parameters.some((one) => one.dotDotDotToken !== undefined) ? Infinity : parameters.length;

const lastName = (node: ts.Expression): string => {
  const bare = bareExpression(node);
  return ts.isIdentifier(bare) ? bare.text : isMember(bare) ? (memberName(bare) ?? '') : '';
};
