import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { pathOf, type LibraryValues } from '../effects/library-values.ts';
import {
  bareExpression,
  isAssignment,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { Holders, initializerOf } from './holders.ts';
import type { OwnTurns } from './own-turns.ts';
import { calleeText } from './sites.ts';
import { isDropped, outermost } from './waiting.ts';

/** That code touches an object of JavaScript's or Node's own which several calls know. */
export interface BuiltInTouch {
  readonly declaration: ts.Declaration;
  /** What it is called there: `buf`, `this.hash`. */
  readonly name: string;
  readonly access: 'read' | 'write';
  /** The call that does it, or the name. */
  readonly node: ts.Node;
  /** That call, or that name, as it is written: `buf.write`. */
  readonly callee: string;
}

/**
 * What makes an object that keeps something which its methods change, by the package and the way on which it came. Lists, maps, dates and
 * regular expressions are told by their elements.
 * Sources: https://nodejs.org/docs/latest-v20.x/api/ and https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects
 */
const MAKERS: readonly (readonly [packages: RegExp, path: RegExp])[] = [
  [
    /^global$/,
    /^(Buffer\.\w+\(\)|(Buffer|DataView|ArrayBuffer|SharedArrayBuffer|(Big)?(Int|Uint|Float)\d+(Clamped)?Array|URL|URLSearchParams|Headers|FormData|TextDecoder|TextDecoderStream|WebSocket|CompressionStream|DecompressionStream|WritableStream|TransformStream|ReadableStream)#)/,
  ],
  [/^buffer$/, /^(Buffer\.\w+\(\)|Buffer#)/],
  [/^crypto$/, /^(create(Hash|Hmac|Sign|Verify|Cipheriv|Decipheriv|DiffieHellman|ECDH)\(\)|\w+#)/],
  [/^(string_decoder|stream|net|tls|dgram|worker_threads|url|v8|readline|tty|http2)$/, /^\w+#/],
  [/^util$/, /^Text(Decoder|Encoder)#/],
  [/^(net|tls|http2)$/, /^(connect|createConnection)\(\)/],
  [/^dgram$/, /^createSocket\(\)/],
  [/^https?$/, /^(request|get)\(\)/],
  [/^zlib$/, /^create\w+\(\)/],
  [/^fs$/, /^create(Read|Write)Stream\(\)/],
  [/^child_process$/, /^(spawn|fork|exec|execFile)\(\)/],
  [/^readline$/, /^createInterface\(\)/],
];

/** The same, by the names of their types. */
const TYPES =
  /^(Buffer|DataView|(Shared)?ArrayBuffer|(Big)?(Int|Uint|Float)\d+(Clamped)?Array|URL|URLSearchParams|Headers|FormData|TextDecoder|StringDecoder|WebSocket|Hash|Hmac|Sign|Verify|(Dec|C)ipher\w*|DiffieHellman|ECDH|\w*Socket|\w+Stream|Readable|Writable|Duplex|Transform|PassThrough|ChildProcess\w*|ClientRequest|Interface|Worker|MessagePort)$/;

/** Methods that change what they are called on, also where their result is used. */
const CHANGES =
  /^(write|set|append|delete|fill|copyWithin|swap|sort|reverse|push|unshift|read$|next$|decode$|end$|digest$|final$|update$|pipe$)/;

/** Functions that change what they are given. */
const FILLS = /^(copy|fill|readSync|readvSync|read|readv|randomFill|getRandomValues|encodeInto|set|pipe)/;

/** Functions that change memory which threads share. */
const SHARED_CHANGES = /^Atomics\.(?!load|isLockFree|wait|notify)/;

/** How many functions of the project an object is followed into. */
const DEPTH = 3;

/** Tells what code does to objects of JavaScript's and Node's own that others know as well: a buffer of the module, a hash, a socket. */
export class BuiltInObjects {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly turns: OwnTurns;
  private readonly holders: Holders;

  constructor(symbols: Symbols, callees: Callees, libraries: LibraryValues, turns: OwnTurns) {
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.turns = turns;
    this.holders = new Holders(symbols, callees, libraries);
  }

  /** What code does to such an object where it names one that other calls know too, or asks for it: `bufs[0]`, `shared()`. */
  at(node: ts.Node): BuiltInTouch | undefined {
    const named = namedBy(node);
    if (named === undefined) return undefined;
    const holder = this.holders.of(named);
    if (holder === undefined || isDeclaring(node)) return undefined;
    if (!this.keepsState(named, holder) || this.isOwn(holder, node)) return undefined;
    const touch = this.touchOf(named, 0);
    return touch === undefined ? undefined : { declaration: holder, name: calleeText(named), ...touch };
  }

  /** Whether an expression gives such an object: by what made it or, for an element of something and other names, by its type. */
  private keepsState(named: ts.Expression, holder: ts.Declaration): boolean {
    if (this.isMade(named)) return true;
    const name = ts.isPropertyAccessExpression(named) ? named.name : named;
    const isItself = !ts.isCallExpression(named) && this.symbols.declarationsAt(name).includes(holder);
    if (isItself) return false;
    const type = this.symbols.whole.checker.getTypeAtLocation(named).getNonNullableType();
    const symbol = type.getSymbol();
    const isOfNode = symbol !== undefined && this.symbols.isOfLibrary(symbol) && TYPES.test(symbol.name);
    return isOfNode || isDeclaredWith(holder) || elementsOf(holder).some((one) => this.isMade(one));
  }

  private isMade(node: ts.Expression): boolean {
    const value = this.libraries.of(node);
    if (value === undefined) return false;
    const path = pathOf(value.steps);
    return MAKERS.some(([packages, made]) => packages.test(value.package) && made.test(path));
  }

  /** Whether each call of the function around a name has one of its own. */
  private isOwn(holder: ts.Declaration, name: ts.Node): boolean {
    return (
      !ts.isPropertyDeclaration(holder) && !ts.isParameter(holder) && this.turns.isOfOneCall(holder, name)
    );
  }

  /** What becomes of an object where it is named. */
  private touchOf(
    named: ts.Expression,
    depth: number,
  ): Pick<BuiltInTouch, 'access' | 'node' | 'callee'> | undefined {
    const plain = { access: 'read', node: named, callee: calleeText(named) } as const;
    let at = outermost(named);
    // What an object has belongs to it: `url.searchParams`, `child.stdin`.
    while (isMember(at.parent) && at.parent.expression === at) {
      const member = at.parent;
      const outer = outermost(member);
      if (ts.isCallExpression(outer.parent) && outer.parent.expression === outer) {
        const call = outer.parent;
        const method = memberName(member) ?? '';
        const access = isDropped(call) || CHANGES.test(method) ? 'write' : 'read';
        return { access, node: call, callee: calleeText(member) };
      }
      at = outer;
    }
    const { parent } = at;
    if (ts.isBinaryExpression(parent) && isAssignment(parent) && parent.left === at)
      // Another object, which is told of the variable, or a part of this one.
      return at === outermost(named) ? undefined : { access: 'write', node: parent, callee: calleeText(at) };
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
      return { access: 'write', node: parent, callee: calleeText(at) };
    if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return plain;
    if (parent.expression === at) return undefined;
    const callee = bareExpression(parent.expression);
    const method = isMember(callee) ? (memberName(callee) ?? '') : ts.isIdentifier(callee) ? callee.text : '';
    const place = (parent.arguments ?? []).findIndex((one) => one === at);
    const { functions } = this.callees.of(callee);
    const isChanged =
      functions.length > 0
        ? functions.some((fn) => this.changes(fn, place, depth + 1))
        : ts.isCallExpression(parent) && (FILLS.test(method) || SHARED_CHANGES.test(callee.getText()));
    return { access: isChanged ? 'write' : 'read', node: parent, callee: calleeText(callee) };
  }

  /** Whether a function of the project changes what it is given there. */
  private changes(fn: FunctionNode, place: number, depth: number): boolean {
    const name = fn.parameters[place]?.name;
    if (fn.body === undefined || name === undefined || !ts.isIdentifier(name) || depth > DEPTH) return true;
    const symbol = this.symbols.at(name);
    const visit = (node: ts.Node): boolean =>
      (ts.isIdentifier(node) &&
        node.text === name.text &&
        this.symbols.at(node) === symbol &&
        this.touchOf(node, depth)?.access === 'write') ||
      (!isFunctionNode(node) && (ts.forEachChild(node, (one) => visit(one) || undefined) ?? false));
    return ts.forEachChild(fn.body, (one) => visit(one) || undefined) ?? false;
  }
}

/** Whether the types that a list or map is declared with name such an object: `new Map<string, Buffer>()`. */
function isDeclaredWith(holder: ts.Declaration): boolean {
  const made = initializerOf(holder);
  const isTyped = ts.isVariableDeclaration(holder) || ts.isPropertyDeclaration(holder);
  const written = [
    ...(isTyped && holder.type !== undefined ? [holder.type] : []),
    ...(made !== undefined && ts.isNewExpression(made) ? (made.typeArguments ?? []) : []),
  ];
  return written.some((one) => (one.getText().match(/\w+/g) ?? []).some((word) => TYPES.test(word)));
}

/** What a list or map has in it where it is declared. */
function elementsOf(holder: ts.Declaration): readonly ts.Expression[] {
  const made = initializerOf(holder);
  const [list] = made !== undefined && ts.isNewExpression(made) ? (made.arguments ?? []) : [made];
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return [];
  return list.elements.map((one) => (ts.isArrayLiteralExpression(one) ? (one.elements[1] ?? one) : one));
}

/** The expression that a node names an object by, or asks for one by. */
function namedBy(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent;
    return ts.isIdentifier(node) ? node : undefined;
  }
  if (!ts.isCallExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  // What is only kept under a name is told where that name is used.
  const outer = outermost(node);
  const isUsed = isMember(outer.parent)
    ? outer.parent.expression === outer
    : ts.isCallExpression(outer.parent) && outer.parent.expression !== outer;
  return isUsed ? node : undefined;
}

/** Whether a name is declared there, and not used. */
const isDeclaring = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.name === node || parent.propertyName === node;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent);
  return isNamed && parent.name === node;
};
