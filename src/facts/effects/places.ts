import { ts } from 'ts-morph';
import { ANY, keyOfMember, originOf, partOf } from './aliases.ts';
import type { Callees } from './callees.ts';
import type { Freshness } from './freshness.ts';
import { returnsOf } from './library-values.ts';
import { ONLY } from './summary.ts';
import {
  bareExpression,
  classAround,
  functionAround,
  isInside,
  isMember,
  memberName,
  type Symbols,
} from './symbols.ts';

/** Who an object belongs to, whose property is read or written. */
export interface Owner {
  readonly owner: string;
  readonly viaThis: boolean;
  /** Whether it is a variable of a module: what is put there under a key is what any other call would put, as in a cache. */
  readonly isOfModule: boolean;
  /** Whether it may be a new object as well: `groups.get(key) ?? []`. */
  readonly isMaybe: boolean;
}

/** Where an object is: with an owner, or made in the code at hand. */
export interface Place extends Omit<Owner, 'owner'> {
  readonly owner: string | undefined;
  /** Whether objects that belong to others may be in it. */
  readonly hasOthers: boolean;
}

const HERE: Place = { owner: undefined, viaThis: false, isOfModule: false, isMaybe: false, hasOthers: false };
const ANYWHERE: Place = { ...HERE, owner: ANY, hasOthers: true };

/** Tells where objects are: who else may know them. */
export class Places {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly freshness: Freshness;

  constructor(symbols: Symbols, callees: Callees, freshness: Freshness) {
    this.symbols = symbols;
    this.callees = callees;
    this.freshness = freshness;
  }

  /** The owner of a property of an object; undefined where the object is made in the code at hand. */
  ownerOf(object: ts.Expression, home: ts.Node): Owner | undefined {
    const { owner, ...rest } = this.of(object, home);
    return owner === undefined ? undefined : { owner, ...rest };
  }

  /** Where an object is, seen from `home`, the function or the piece of code at hand. */
  of(object: ts.Expression, home: ts.Node): Place {
    return this.placeOf(object, [], home, 0);
  }

  /** Where an object is that `object` gives, or the part of that which `below` leads to. */
  private placeOf(object: ts.Expression, below: readonly string[], home: ts.Node, depth: number): Place {
    const bare = bareExpression(object);
    if (bare.kind === ts.SyntaxKind.ThisKeyword || bare.kind === ts.SyntaxKind.SuperKeyword)
      return below.length === 0 ? this.placeOfThis(bare) : ANYWHERE;
    const names = [...below];
    let root = bare;
    while (isMember(root) || ts.isCallExpression(root) || ts.isAwaitExpression(root)) {
      if (ts.isCallExpression(root)) {
        const part = isMember(root.expression) ? partOf(memberName(root.expression) ?? '') : undefined;
        if (part === undefined) break;
        names.unshift(...part);
        root = bareExpression(root.expression);
        if (!isMember(root)) break;
      } else if (isMember(root)) names.unshift(keyOfMember(root));
      root = bareExpression(root.expression);
    }
    if (ts.isIdentifier(root)) return this.placeOfName(root, names, home, depth);
    const given = ts.isCallExpression(root) ? this.givenBy(root) : undefined;
    if (given !== undefined) return this.placeOfName(given, names, home, depth + 1);
    const isNew =
      ts.isCallExpression(root) || ts.isNewExpression(root)
        ? names.length === 0
        : (ts.isObjectLiteralExpression(root) || ts.isArrayLiteralExpression(root)) &&
          names.length === 0 &&
          isInside(root, home);
    const fresh = this.freshness.of(root);
    return fresh === 'deep' && !ts.isObjectLiteralExpression(root) && !ts.isArrayLiteralExpression(root)
      ? HERE
      : fresh !== 'no' && isNew
        ? { ...HERE, hasOthers: fresh !== 'deep' }
        : ANYWHERE;
  }

  /** The name of the constant of a module that a function gives to all who call it. */
  private givenBy(call: ts.CallExpression): ts.Identifier | undefined {
    const { functions, isOpen } = this.callees.of(call.expression);
    const names = functions.flatMap((fn) => returnsOf(fn)).map((one) => bareExpression(one));
    const [first] = names;
    if (isOpen || first === undefined || !ts.isIdentifier(first)) return undefined;
    const symbol = this.symbols.at(first);
    const isOfModule = this.symbols
      .declarationsOf(symbol === undefined ? undefined : this.symbols.followed(symbol))
      .some(
        (one) =>
          ts.isVariableDeclaration(one) &&
          functionAround(one) === undefined &&
          (ts.getCombinedNodeFlags(one) & ts.NodeFlags.Const) !== 0,
      );
    const isSame = names.every((one) => ts.isIdentifier(one) && this.symbols.at(one) === symbol);
    return isOfModule && isSame ? first : undefined;
  }

  /** `this`: the class that declares it, or the topmost class of the project that that one extends. */
  private placeOfThis(node: ts.Expression): Place {
    const around = classAround(node);
    if (around === undefined) return ANYWHERE;
    let top = around;
    for (let depth = 0; depth < 20; depth++) {
      const clause = top.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
      const [base] = clause?.types ?? [];
      const extended = base === undefined ? undefined : this.callees.classOf(base.expression);
      if (extended === undefined) break;
      top = extended;
    }
    return { ...ANYWHERE, owner: top.name?.text ?? ANY, viaThis: true };
  }

  private placeOfName(root: ts.Identifier, names: readonly string[], home: ts.Node, depth: number): Place {
    const named = this.symbols.at(root);
    const symbol = named === undefined ? undefined : this.symbols.followed(named);
    const [declaration] = symbol?.declarations ?? [];
    if (symbol === undefined || declaration === undefined) return ANYWHERE;
    const origin = originOf(declaration);
    if (origin === 'either' || depth > 12) return ANYWHERE;
    if (origin !== undefined) {
      const place = this.placeOf(origin.of, [...origin.through, ...names], home, depth + 1);
      return origin.isMaybe === true ? { ...place, isMaybe: true } : place;
    }
    const value =
      ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
        ? bareExpression(declaration.initializer)
        : undefined;
    const given = value !== undefined && ts.isCallExpression(value) ? this.givenBy(value) : undefined;
    if (given !== undefined && (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0)
      return this.placeOfName(given, names, home, depth + 1);
    const confinement = this.freshness.confinementOf(declaration, symbol);
    if (confinement === undefined) {
      // A part of something new that a pattern has taken out of it.
      const isNew = this.freshness.of(root) === 'deep';
      return isNew && isInside(declaration, home) ? HERE : ANYWHERE;
    }
    const { isShared, foreign } = confinement;
    const isHere = isInside(declaration, home);
    const isForeign =
      names.length > 0 &&
      foreign.size > 0 &&
      (foreign.has(ANY) || names.some((name) => name === ANY || foreign.has(name)));
    if (isForeign && (isHere || !isShared)) return ANYWHERE;
    if (isHere) return { ...HERE, hasOthers: foreign.size > 0 };
    const id = `variable ${declaration.getSourceFile().fileName}:${declaration.pos}`;
    return {
      ...HERE,
      owner: isShared ? id : `${ONLY}${id}`,
      isOfModule: functionAround(declaration) === undefined,
      hasOthers: foreign.size > 0,
    };
  }
}
