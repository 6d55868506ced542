import { ts } from 'ts-morph';

/** What a value may be, for who writes it into a record or compares it. */
export type ValueKind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'symbol'
  | 'null'
  | 'undefined'
  | 'function'
  | 'error'
  | 'date'
  | 'map-or-set'
  | 'promise'
  | 'array'
  | 'object'
  | 'unknown';

/** What the type checker knows of a value. */
export interface TypeFact {
  /** Every kind that the value may be; `unknown` among them where the checker cannot tell (`any`, `unknown`, unresolved). */
  readonly kinds: ReadonlySet<ValueKind>;
  /** The type as TypeScript prints it. */
  readonly text: string;
}

const F = ts.TypeFlags;

/** The kinds of primitive types by their flags. A `void` function may return anything where it is passed on as a callback. */
const PRIMITIVES: readonly (readonly [flag: ts.TypeFlags, ...kinds: readonly ValueKind[]])[] = [
  [F.StringLike, 'string'],
  [F.NumberLike, 'number'],
  [F.BooleanLike, 'boolean'],
  [F.BigIntLike, 'bigint'],
  [F.ESSymbolLike, 'symbol'],
  [F.Null, 'null'],
  [F.Undefined, 'undefined'],
  [F.Void, 'undefined', 'unknown'],
];

/** Objects of JavaScript itself that are a kind of their own, by the name of their interface in TypeScript's library. */
const BUILT_IN: ReadonlyMap<string, ValueKind> = new Map([
  ['Error', 'error'],
  ['Date', 'date'],
  ['Map', 'map-or-set'],
  ['Set', 'map-or-set'],
  ['WeakMap', 'map-or-set'],
  ['WeakSet', 'map-or-set'],
  ['ReadonlyMap', 'map-or-set'],
  ['ReadonlySet', 'map-or-set'],
  ['ReadonlySetLike', 'map-or-set'],
  ['Promise', 'promise'],
  ['PromiseLike', 'promise'],
  ['Function', 'function'],
  ['CallableFunction', 'function'],
  ['NewableFunction', 'function'],
  ['Object', 'unknown'],
]);

/** How deep the constraints and bases of a type are followed. No sensible type is deeper. */
const DEPTH = 12;

class Kinds {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;

  constructor(program: ts.Program) {
    this.program = program;
    this.checker = program.getTypeChecker();
  }

  of(type: ts.Type, depth = 0): readonly ValueKind[] {
    const { flags } = type;
    if (depth > DEPTH || (flags & (F.Any | F.Unknown | F.Never)) !== 0) return ['unknown'];
    if (type.isUnion()) return type.types.flatMap((one) => this.of(one, depth + 1));
    for (const [flag, ...kinds] of PRIMITIVES) if ((flags & flag) !== 0) return kinds;
    if ((flags & F.Instantiable) !== 0) {
      const constraint = this.checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? ['unknown'] : this.of(constraint, depth + 1);
    }
    if (type.isIntersection()) return this.ofIntersection(type, depth);
    // `object` may be an array, a function, an error, …
    if ((flags & F.Object) === 0) return ['object', 'unknown'];
    return [this.ofObject(type, depth)];
  }

  /** A branded `string & { … }` is a string; `Error & { … }` is an error. */
  private ofIntersection(type: ts.IntersectionType, depth: number): readonly ValueKind[] {
    const kinds = type.types.map((one) => this.of(one, depth + 1));
    const telling = kinds.filter((one) => !one.every((kind) => kind === 'object' || kind === 'unknown'));
    if (telling.length > 0) return telling.flat();
    return kinds.some((one) => one.includes('object')) ? ['object'] : ['unknown'];
  }

  private ofObject(type: ts.Type, depth: number): ValueKind {
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) return 'array';
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return 'function';
    const builtIn = this.builtInOf(type, depth);
    if (builtIn !== undefined) return builtIn;
    const then = type.getProperty('then');
    if (then !== undefined && this.checker.getTypeOfSymbol(then).getCallSignatures().length > 0)
      return 'promise';
    return this.isEmpty(type) ? 'unknown' : 'object';
  }

  /** The kind of a built-in object that the type is or extends. */
  private builtInOf(type: ts.Type, depth: number): ValueKind | undefined {
    const { symbol } = type as { readonly symbol?: ts.Symbol };
    const kind = symbol === undefined ? undefined : BUILT_IN.get(symbol.name);
    if (kind !== undefined && symbol !== undefined && this.isFromLibrary(symbol)) return kind;
    if (symbol === undefined || depth > DEPTH) return undefined;
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) return 'array';
    for (const base of this.basesOf(type)) {
      const inherited = this.builtInOf(base, depth + 1);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  private basesOf(type: ts.Type): readonly ts.Type[] {
    const { target } = type as Partial<ts.TypeReference>;
    const declared = target ?? type;
    if (declared.isIntersection()) return declared.types;
    return declared.isClassOrInterface() ? this.checker.getBaseTypes(declared) : [];
  }

  private isFromLibrary(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).some((one) =>
      this.program.isSourceFileDefaultLibrary(one.getSourceFile()),
    );
  }

  /** Whether the type is `{}`, which every value but null and undefined has. A literal `{}` and an instance of a class are objects. */
  private isEmpty(type: ts.Type): boolean {
    const { symbol } = type as { readonly symbol?: ts.Symbol };
    const isObject =
      symbol !== undefined &&
      (symbol.flags & (ts.SymbolFlags.ObjectLiteral | ts.SymbolFlags.Class | ts.SymbolFlags.Module)) !== 0;
    return (
      !isObject && type.getProperties().length === 0 && this.checker.getIndexInfosOfType(type).length === 0
    );
  }
}

/** What the checker of `program` knows of the value of `node`. */
export function typeFactOf(program: ts.Program, node: ts.Node): TypeFact {
  const checker = program.getTypeChecker();
  const type = checker.getTypeAtLocation(node);
  return { kinds: new Set(new Kinds(program).of(type)), text: checker.typeToString(type, node) };
}
