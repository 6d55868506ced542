import { ts } from 'ts-morph';
import { originOf, partOf } from '../effects/aliases.ts';
import type { Callees } from '../effects/callees.ts';
import { pathOf, returnsOf, type LibraryValues } from '../effects/library-values.ts';
import { bareExpression, functionAround, isMember, memberName, type Symbols } from '../effects/symbols.ts';

/** How many names an object is followed through. */
const DEPTH = 12;

/** Methods of Node's objects that give what they are called on, or a view on the same bytes. */
const GIVES_ITSELF = /^(subarray|slice|update|fill|swap\d+|setEncoding|setAutoPadding|on|once|off)$/;

/** Bytes that a view is made of, and not a copy. */
const MEMORY = /^(Shared)?ArrayBuffer#/;

/** Follows an object through its names to the variable or field that held it first: `const { buf } = state`, `shared()`, `bufs[0]`. */
export class Holders {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly first = new Map<ts.Declaration, ts.Declaration | undefined>();

  constructor(symbols: Symbols, callees: Callees, libraries: LibraryValues) {
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
  }

  /**
   * The variable or field that an object was first put into, or the list or map that it is an element of; undefined where it is made in the
   * expression, or given to a function by those who call it.
   */
  of(node: ts.Expression, depth = 0): ts.Declaration | undefined {
    const bare = bareExpression(node);
    if (depth > DEPTH) return undefined;
    if (ts.isCallExpression(bare)) return this.ofCall(bare, depth + 1);
    if (ts.isNewExpression(bare)) return this.ofView(bare, depth + 1);
    if (ts.isAwaitExpression(bare)) return this.of(bare.expression, depth + 1);
    if (ts.isConditionalExpression(bare))
      return this.of(bare.whenTrue, depth + 1) ?? this.of(bare.whenFalse, depth + 1);
    if (ts.isBinaryExpression(bare)) return this.of(bare.left, depth + 1) ?? this.of(bare.right, depth + 1);
    if (!ts.isIdentifier(bare) && !isMember(bare)) return undefined;
    const name = ts.isPropertyAccessExpression(bare)
      ? bare.name
      : ts.isElementAccessExpression(bare)
        ? bare.argumentExpression
        : bare;
    const isName = !ts.isElementAccessExpression(bare) || ts.isStringLiteralLike(bare.argumentExpression);
    const [declaration] = isName ? this.symbols.declarationsAt(name) : [];
    // What no declaration of the project tells belongs to what has it: `url.searchParams`, `bufs[0]`.
    if (declaration === undefined) return isMember(bare) ? this.of(bare.expression, depth + 1) : undefined;
    return this.behind(declaration, depth + 1);
  }

  /** The first holder of what a variable, a field or an element of a pattern holds. */
  private behind(declaration: ts.Declaration, depth: number): ts.Declaration | undefined {
    if (this.first.has(declaration)) return this.first.get(declaration);
    // A name that leads back to itself leads nowhere else.
    this.first.set(declaration, declaration);
    const found = this.follow(declaration, depth);
    this.first.set(declaration, found);
    return found;
  }

  private follow(declaration: ts.Declaration, depth: number): ts.Declaration | undefined {
    if (ts.isBindingElement(declaration)) {
      const property = this.propertyOf(declaration);
      if (property !== undefined) return this.behind(property, depth);
    }
    if (ts.isShorthandPropertyAssignment(declaration)) return this.of(declaration.name, depth);
    if (ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent))
      return declaration;
    const origin = originOf(declaration);
    if (typeof origin === 'object') return this.of(origin.of, depth) ?? asHolder(declaration);
    const given = initializerOf(declaration);
    return (given === undefined ? undefined : this.of(given, depth)) ?? asHolder(declaration);
  }

  /** The property that an element of a pattern takes out. */
  private propertyOf(element: ts.BindingElement): ts.Declaration | undefined {
    const key = element.propertyName ?? element.name;
    if (!ts.isObjectBindingPattern(element.parent) || !ts.isIdentifier(key)) return undefined;
    const { checker } = this.symbols.whole;
    const property = checker.getTypeAtLocation(element.parent).getProperty(key.text);
    return this.symbols.declarationsOf(property)[0];
  }

  private ofCall(node: ts.CallExpression, depth: number): ts.Declaration | undefined {
    const callee = bareExpression(node.expression);
    const { functions } = this.callees.of(callee);
    for (const fn of functions) {
      for (const one of returnsOf(fn)) {
        const holder = this.of(one, depth);
        // What a function makes for each of its calls is nobody else's.
        if (holder !== undefined && functionAround(holder) !== fn) return holder;
      }
    }
    if (functions.length > 0) return undefined;
    if (!isMember(callee)) return this.ofView(node, depth);
    const method = memberName(callee) ?? '';
    const isPart = partOf(method) !== undefined || GIVES_ITSELF.test(method);
    if (isPart) return this.of(callee.expression, depth);
    const [first] = node.arguments;
    return method === 'pipe' && first !== undefined ? this.of(first, depth) : this.ofView(node, depth);
  }

  /** What a view shows: `new Uint8Array(buf.buffer)`, `Buffer.from(memory)`. */
  private ofView(node: ts.CallExpression | ts.NewExpression, depth: number): ts.Declaration | undefined {
    const [first] = node.arguments ?? [];
    if (first === undefined) return undefined;
    const bare = bareExpression(first);
    if (isMember(bare) && memberName(bare) === 'buffer') return this.of(bare.expression, depth);
    const value = this.libraries.of(first);
    const isMemory = value?.package === 'global' && MEMORY.test(pathOf(value.steps));
    return isMemory ? this.of(first, depth) : undefined;
  }
}

/** What a variable or a property is given where it is declared, without parentheses and assertions. */
export function initializerOf(node: ts.Declaration): ts.Expression | undefined {
  const value =
    ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node)
      ? node.initializer
      : undefined;
  return value === undefined ? undefined : bareExpression(value);
}

/** A declaration that can hold an object. What a function is given has another holder. */
const asHolder = (node: ts.Declaration): ts.Declaration | undefined =>
  ts.isVariableDeclaration(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isPropertySignature(node)
    ? node
    : undefined;
