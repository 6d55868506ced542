import { ts } from 'ts-morph';
import type { WholeProgram } from '../effects/whole-program.ts';

/** How deep two types are compared part by part; what is deeper counts as lost. */
const DEEPEST = 4;

/** How many types in a row that are made from generic ones are followed; see `nestingOf`. */
const MOST_NESTED = 8;
/** As many types made from one generic type count once each; from then on they count twice, and so on. */
const FEW_INSTANCES = 40;

/** Types of whose values nothing is told that is not known already: texts and numbers, and what is open itself. */
const TELLS_NOTHING =
  ts.TypeFlags.Any |
  ts.TypeFlags.Unknown |
  ts.TypeFlags.Never |
  ts.TypeFlags.Void |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null |
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.ESSymbolLike |
  ts.TypeFlags.TypeParameter |
  ts.TypeFlags.NonPrimitive;

export const tellsNothing = ({ flags }: ts.Type): boolean => (flags & TELLS_NOTHING) !== 0;

/** Whether a type says nothing of the members of its values, so that they are read by any name. */
export function isOpen(type: ts.Type | undefined): boolean {
  if (type === undefined) return false;
  if (type.isUnion()) return type.types.some(isOpen);
  const { flags } = type;
  if ((flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) !== 0) return true;
  if ((flags & ts.TypeFlags.TypeParameter) !== 0 || type.getStringIndexType() !== undefined) return true;
  // `{}`
  return (
    (flags & ts.TypeFlags.Object) !== 0 &&
    type.getProperties().length === 0 &&
    type.getCallSignatures().length === 0 &&
    type.getConstructSignatures().length === 0
  );
}

const isReference = (type: ts.Type): type is ts.TypeReference =>
  (type.flags & ts.TypeFlags.Object) !== 0 &&
  ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;

/** Whether a type is one that a generic type was made to: `Page<User>`. */
const isInstantiated = (type: ts.Type): boolean =>
  type.aliasTypeArguments !== undefined ||
  ((type.flags & ts.TypeFlags.Object) !== 0 &&
    ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Instantiated) !== 0) ||
  (isReference(type) && type.target !== type && (type.typeArguments?.length ?? 0) > 0);

/** What is left of `Record<string, Config>` for what is read of it under a name. */
function valuesOf(open: ts.Type): ts.Type | undefined {
  const all = (open.isUnion() ? open.types : [open]).filter(isOpen).map((one) => one.getStringIndexType());
  const [values] = all;
  return all.length === 1 && values !== undefined && !isOpen(values) ? values : undefined;
}

/** Whether a type is read off an object that is written down. */
function isWritten(type: ts.Type): boolean {
  const [declaration] = type.getSymbol()?.declarations ?? [];
  return declaration !== undefined && ts.isObjectLiteralExpression(declaration);
}

/** The types of what came to where nothing is known of it any more, with all that is read off such values. */
export class LostTypes {
  private readonly whole: WholeProgram;
  private readonly lost = new Set<ts.Type>();
  /** Those of them that nothing is read off, as they were come by through too many others. */
  private readonly cut = new Set<ts.Type>();
  /** How many types were made from each generic one. */
  private readonly instances = new Map<ts.Symbol, number>();
  private readonly compared = new Map<ts.Type, Set<ts.Type>>();
  /** Types that something of another type was given as. */
  private readonly entered = new Set<ts.Type>();

  constructor(whole: WholeProgram) {
    this.whole = whole;
  }

  /** Something of one type goes to where it has another one. What is new (`isNew`) nobody holds yet by the type that it is written with. */
  pass(source: ts.Type, target: ts.Type, depth = 0, isNew = false): void {
    if (source === target || (source.flags & TELLS_NOTHING) !== 0 || this.isCompared(source, target)) return;
    if (source.isUnion()) for (const one of source.types) this.pass(one, target, depth);
    else if (isOpen(target)) this.give(source, valuesOf(target), depth);
    else if ((target.flags & ts.TypeFlags.Instantiable) !== 0 || depth > DEEPEST) this.lose(source);
    else if (target.isUnion()) {
      if (!target.types.includes(source))
        for (const one of target.types) this.pass(source, one, depth, isNew);
    } else if ((target.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0)
      this.compare(source, target, depth, isNew);
  }

  /** Nothing is known of the values of a type any more, nor of what is read off them. */
  lose(type: ts.Type): void {
    const ahead: { readonly type: ts.Type; readonly nested: number }[] = [{ type, nested: 0 }];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const { type: one } = next;
      if ((one.flags & TELLS_NOTHING) !== 0 || (this.lost.has(one) && !this.cut.has(one))) continue;
      this.lost.add(one);
      const nested = one.isUnionOrIntersection() ? next.nested : this.nestingOf(one, next.nested);
      if (nested > MOST_NESTED) {
        this.cut.add(one);
        continue;
      }
      this.cut.delete(one);
      const parts = one.isUnionOrIntersection() ? one.types : this.partsOf(one);
      for (const part of parts) ahead.push({ type: part, nested });
    }
  }

  /**
   * How many types in a row, of which each is a part of the one before, are made from generic ones of the project. What has been made with
   * many others already counts more: `Chain<T>` with a member of the type `Chain<Chain<T>>` has no end.
   */
  private nestingOf(type: ts.Type, before: number): number {
    const symbol = type.aliasTypeArguments === undefined ? type.getSymbol() : type.aliasSymbol;
    if (symbol === undefined || !isInstantiated(type) || !this.isOwn(symbol))
      return isReference(type) && isInstantiated(type) ? before : 0;
    const made = (this.instances.get(symbol) ?? 0) + 1;
    this.instances.set(symbol, made);
    return before + Math.ceil(made / FEW_INSTANCES);
  }

  /** Whether an object that was written down may be something of a type that was lost. */
  has(literal: ts.Type): boolean {
    if ((literal.flags & TELLS_NOTHING) !== 0) return true;
    return [...this.lost].some((one) => this.mayCome(literal, one) && this.fits(literal, one));
  }

  /** What has the type that is read off one object is that object, as long as nothing else is given as it. */
  private mayCome(literal: ts.Type, type: ts.Type): boolean {
    if (type.isUnionOrIntersection()) return false;
    if (!isWritten(type)) return true;
    return this.entered.has(type) || literal.getSymbol() === type.getSymbol();
  }

  /** By name and type of each member, as an object that has more of them is told to fit no type where it is new. */
  private fits(literal: ts.Type, type: ts.Type): boolean {
    if ((type.flags & ts.TypeFlags.Object) === 0) return false;
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
    const properties = type.getProperties();
    const { checker } = this.whole;
    let isAlike = false;
    for (const property of properties) {
      const own = literal.getProperty(property.name);
      if (own !== undefined) isAlike = true;
      else if ((property.flags & ts.SymbolFlags.Optional) === 0) return false;
    }
    return (
      isAlike &&
      properties.every((property) => {
        const own = literal.getProperty(property.name);
        if (own === undefined) return true;
        const mine = checker.getTypeOfSymbol(own);
        return (
          (mine.flags & ts.TypeFlags.Object) !== 0 ||
          checker.isTypeAssignableTo(mine, checker.getTypeOfSymbol(property))
        );
      })
    );
  }

  /** It goes to where it has no members of its own, and what is read of it has the type `values`, if any. */
  private give(source: ts.Type, values: ts.Type | undefined, depth: number): void {
    if (values === undefined) {
      this.lose(source);
      return;
    }
    const own = source.getStringIndexType();
    if (own !== undefined) {
      this.pass(own, values, depth + 1);
      return;
    }
    this.lost.add(source);
    for (const part of this.partsOf(source)) this.pass(part, values, depth + 1);
  }

  private isCompared(source: ts.Type, target: ts.Type): boolean {
    this.entered.add(target);
    const known = this.compared.get(source);
    if (known?.has(target) === true) return true;
    if (known === undefined) this.compared.set(source, new Set([target]));
    else known.add(target);
    return false;
  }

  private compare(source: ts.Type, target: ts.Type, depth: number, isNew: boolean): void {
    const { checker } = this.whole;
    const given = this.argumentsOf(source);
    const asked = this.argumentsOf(target);
    if (given !== undefined && asked !== undefined && given.of === asked.of) {
      for (const [at, one] of given.types.entries()) this.both(one, asked.types[at], depth);
      return;
    }
    // `Config[]` as `Iterable<any>`
    if (asked?.types.some(isOpen) === true) for (const one of given?.types ?? []) this.lose(one);
    for (const property of target.getProperties()) {
      const own = source.getProperty(property.name);
      if (own !== undefined && own !== property && (this.isOwn(own) || this.isOwn(property))) {
        const mine = checker.getTypeOfSymbol(own);
        const others = checker.getTypeOfSymbol(property);
        // What the members of a new object were before is told by where they are put into it.
        if (isNew) this.pass(mine, others, depth + 1, isWritten(mine));
        else this.both(mine, others, depth);
      }
    }
    const [one] = source.getCallSignatures();
    const [other] = target.getCallSignatures();
    if (one === undefined || other === undefined) return;
    this.pass(one.getReturnType(), other.getReturnType(), depth + 1);
    for (const [at, parameter] of one.parameters.entries()) {
      const by = other.parameters[at];
      if (by !== undefined)
        this.pass(checker.getTypeOfSymbol(by), checker.getTypeOfSymbol(parameter), depth + 1);
    }
  }

  /** A part that both sides may fill: what is put there by the one is read there by the other. */
  private both(source: ts.Type, target: ts.Type | undefined, depth: number): void {
    if (target === undefined) return;
    this.pass(source, target, depth + 1);
    this.pass(target, source, depth + 1);
  }

  /** The types that a generic type was made with. */
  private argumentsOf(
    type: ts.Type,
  ): { readonly of: unknown; readonly types: readonly ts.Type[] } | undefined {
    if (isReference(type)) return { of: type.target, types: this.whole.checker.getTypeArguments(type) };
    const { aliasSymbol, aliasTypeArguments } = type;
    return aliasSymbol === undefined || aliasTypeArguments === undefined
      ? undefined
      : { of: aliasSymbol, types: aliasTypeArguments };
  }

  private isOwn(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).some((one) => this.whole.isOwn(one.getSourceFile()));
  }

  /** What is come by from a value: its members that the project declares, what they give and are called back with. */
  private *partsOf(type: ts.Type): Generator<ts.Type> {
    const { checker } = this.whole;
    if (isReference(type)) yield* checker.getTypeArguments(type);
    const values = type.getStringIndexType();
    if (values !== undefined) yield values;
    for (const property of type.getProperties())
      if (this.isOwn(property)) yield checker.getTypeOfSymbol(property);
    for (const signature of type.getCallSignatures()) {
      const { declaration } = signature;
      if (declaration === undefined || !this.whole.isOwn(declaration.getSourceFile())) continue;
      yield signature.getReturnType();
      for (const parameter of signature.parameters)
        for (const one of checker.getTypeOfSymbol(parameter).getCallSignatures())
          for (const handed of one.parameters) yield checker.getTypeOfSymbol(handed);
    }
  }
}
