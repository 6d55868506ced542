import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { pathOf, type LibraryValues } from '../effects/library-values.ts';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import type { OwnTurns } from './own-turns.ts';
import { outermost } from './waiting.ts';

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

/** Methods that change what they are called on, also where their result is used. */
const CHANGES =
  /^(write|set|append|delete|fill|copyWithin|swap|sort|reverse|push|unshift|read$|next$|decode$|end$|digest$|final$|update$|pipe$)/;

/** Functions that change what they are given. */
const FILLS = /^(copy|fill|readSync|readvSync|read|readv|randomFill|getRandomValues|encodeInto|set|pipe)/;

/** Functions that change memory which threads share. */
const SHARED_CHANGES = /^Atomics\.(?!load|isLockFree|wait|notify)/;

/** How many functions of the project an object is followed into. */
const DEPTH = 3;

const isDropped = (node: ts.Expression): boolean => ts.isExpressionStatement(outermost(node).parent);

/** Tells what code does to objects of JavaScript's and Node's own that others know as well: a buffer of the module, a hash, a socket. */
export class BuiltInObjects {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly turns: OwnTurns;
  private readonly kinds = new Map<ts.Declaration, boolean>();

  constructor(symbols: Symbols, callees: Callees, libraries: LibraryValues, turns: OwnTurns) {
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.turns = turns;
  }

  /** What code does to such an object where it names one that other calls know too. */
  at(name: ts.Node): BuiltInTouch | undefined {
    if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return undefined;
    const { parent } = name;
    const isOfMember = ts.isPropertyAccessExpression(parent) && parent.name === name;
    if (!isOfMember && ts.isPrivateIdentifier(name)) return undefined;
    if (ts.isPropertyAssignment(parent) && parent.name === name) return undefined;
    const named: ts.Expression = isOfMember ? parent : (name as ts.Identifier);
    const declaration = this.declarationOf(name);
    if (declaration === undefined || declaration === parent) return undefined;
    if (!this.keepsState(declaration, named) || this.isOwn(declaration, name)) return undefined;
    const whole = this.wholeOf(declaration, 0);
    const touch = this.touchOf(named, 0);
    return touch === undefined
      ? undefined
      : { declaration: whole, name: named.getText().replace(/\s+/g, ' '), ...touch };
  }

  private declarationOf(name: ts.Node): ts.Declaration | undefined {
    const symbol = this.symbols.at(name);
    const followed = symbol === undefined ? undefined : (this.symbols.followed(symbol) ?? symbol);
    const [declaration] = this.symbols.declarationsOf(followed);
    if (declaration === undefined) return undefined;
    const isHolder =
      ts.isVariableDeclaration(declaration) ||
      ts.isPropertyDeclaration(declaration) ||
      ts.isPropertyAssignment(declaration) ||
      ts.isPropertySignature(declaration) ||
      (ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent));
    return isHolder ? declaration : undefined;
  }

  /** Whether what a name holds is such an object. */
  private keepsState(declaration: ts.Declaration, named: ts.Expression): boolean {
    const known = this.kinds.get(declaration);
    if (known !== undefined) return known;
    const value = this.libraries.of(named);
    const path = value === undefined ? '' : pathOf(value.steps);
    const found =
      value !== undefined &&
      MAKERS.some(([packages, made]) => packages.test(value.package) && made.test(path));
    this.kinds.set(declaration, found);
    return found;
  }

  /** Whether each call of the function around a name has one of its own. */
  private isOwn(declaration: ts.Declaration, name: ts.Node): boolean {
    const maker = functionAround(declaration);
    if (maker === undefined || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration))
      return false;
    return functionAround(name) === maker || this.turns.isOfOneRun(declaration);
  }

  /** What a view shows is what it was made of. */
  private wholeOf(declaration: ts.Declaration, depth: number): ts.Declaration {
    const value =
      ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)
        ? declaration.initializer
        : undefined;
    const made = value === undefined ? undefined : bareExpression(value);
    if (made === undefined || depth > DEPTH) return declaration;
    const [first] = ts.isNewExpression(made) || ts.isCallExpression(made) ? (made.arguments ?? []) : [];
    const called = ts.isCallExpression(made) && isMember(made.expression) ? made.expression : undefined;
    const from =
      called !== undefined && /^(subarray|slice)$/.test(memberName(called) ?? '')
        ? called.expression
        : isMember(made) && memberName(made) === 'buffer'
          ? made.expression
          : isMember(made) || ts.isIdentifier(made)
            ? made
            : first;
    if (from === undefined) return declaration;
    const bare = bareExpression(from);
    const source = isMember(bare) && memberName(bare) === 'buffer' ? bareExpression(bare.expression) : bare;
    const name = ts.isPropertyAccessExpression(source) ? source.name : source;
    const below =
      ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? this.declarationOf(name) : undefined;
    return below === undefined || below === declaration || !this.keepsState(below, source)
      ? declaration
      : this.wholeOf(below, depth + 1);
  }

  /** What becomes of an object where it is named. */
  private touchOf(
    named: ts.Expression,
    depth: number,
  ): Pick<BuiltInTouch, 'access' | 'node' | 'callee'> | undefined {
    const plain = { access: 'read', node: named, callee: textOf(named) } as const;
    let at = outermost(named);
    // What an object has belongs to it: `url.searchParams`, `child.stdin`.
    while (isMember(at.parent) && at.parent.expression === at) {
      const member = at.parent;
      const outer = outermost(member);
      if (ts.isCallExpression(outer.parent) && outer.parent.expression === outer) {
        const call = outer.parent;
        const method = memberName(member) ?? '';
        const access = isDropped(call) || CHANGES.test(method) ? 'write' : 'read';
        return { access, node: call, callee: textOf(member) };
      }
      at = outer;
    }
    const { parent } = at;
    if (ts.isBinaryExpression(parent) && isAssignment(parent) && parent.left === at)
      // Another object, which is told of the variable, or a part of this one.
      return at === outermost(named) ? undefined : { access: 'write', node: parent, callee: textOf(at) };
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
      return { access: 'write', node: parent, callee: textOf(at) };
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
    return { access: isChanged ? 'write' : 'read', node: parent, callee: textOf(callee) };
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

/** Code on one line, its end where it is long. */
function textOf(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 40 ? `…${text.slice(-39)}` : text;
}
