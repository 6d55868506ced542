import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import type { FunctionNode, Symbols } from '../effects/symbols.ts';

/** A method with everything that stands for it above and below: what overrides it, what it implements, what declares it. */
export interface Family {
  /** Those with bodies. */
  readonly functions: readonly FunctionNode[];
  /** Declarations without bodies: of interfaces, abstract methods, overloads. */
  readonly signatures: readonly ts.SignatureDeclaration[];
  /** The class or interface above that is none of the project's own, where there is one. */
  readonly foreignBase: ts.ExpressionWithTypeArguments | undefined;
  /** A declaration above whose type cannot be changed where it stands, as a property of a named function type. */
  readonly fixed: ts.Node | undefined;
}

const named = (member: ts.ClassElement | ts.TypeElement, name: string): boolean =>
  member.name !== undefined &&
  (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) || ts.isPrivateIdentifier(member.name)) &&
  member.name.text === name;

/** The classes and interfaces of the project that a class or interface names as its bases, and those of others. */
function basesOf(
  node: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  symbols: Symbols,
): {
  readonly own: readonly (ts.ClassLikeDeclaration | ts.InterfaceDeclaration)[];
  readonly foreign: readonly ts.ExpressionWithTypeArguments[];
} {
  const own: (ts.ClassLikeDeclaration | ts.InterfaceDeclaration)[] = [];
  const foreign: ts.ExpressionWithTypeArguments[] = [];
  for (const type of (node.heritageClauses ?? []).flatMap(({ types }) => [...types])) {
    const symbol = symbols.at(
      ts.isPropertyAccessExpression(type.expression) ? type.expression.name : type.expression,
    );
    const target = symbol === undefined ? undefined : symbols.followed(symbol);
    const declared = symbols
      .declarationsOf(target)
      .filter(
        (one): one is ts.ClassLikeDeclaration | ts.InterfaceDeclaration =>
          ts.isClassLike(one) || ts.isInterfaceDeclaration(one),
      );
    if (declared.length === 0) foreign.push(type);
    else own.push(...declared);
  }
  return { own, foreign };
}

/** The class and the interfaces that have the member `name` and that `holder` extends, itself first. */
function topsOf(
  holder: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  symbols: Symbols,
): {
  readonly all: readonly (ts.ClassLikeDeclaration | ts.InterfaceDeclaration)[];
  readonly foreign: readonly ts.ExpressionWithTypeArguments[];
} {
  const all = new Set<ts.ClassLikeDeclaration | ts.InterfaceDeclaration>();
  const foreign: ts.ExpressionWithTypeArguments[] = [];
  const ahead = [holder];
  for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
    if (all.has(one)) continue;
    all.add(one);
    const bases = basesOf(one, symbols);
    ahead.push(...bases.own);
    foreign.push(...bases.foreign);
  }
  return { all: [...all], foreign };
}

/** The family of a function; of one that is no method it is itself with its overloads. */
export function familyOf(fn: FunctionNode, symbols: Symbols, callees: Callees): Family {
  if (ts.isFunctionDeclaration(fn)) {
    const symbol = fn.name === undefined ? undefined : symbols.at(fn.name);
    const signatures = symbols
      .declarationsOf(symbol)
      .filter(
        (one): one is ts.FunctionDeclaration => ts.isFunctionDeclaration(one) && one.body === undefined,
      );
    return { functions: [fn], signatures, foreignBase: undefined, fixed: undefined };
  }
  const member = ts.isMethodDeclaration(fn)
    ? fn
    : ts.isPropertyDeclaration(fn.parent)
      ? fn.parent
      : undefined;
  const holder = member?.parent;
  const alone: Family = { functions: [fn], signatures: [], foreignBase: undefined, fixed: undefined };
  if (member === undefined || holder === undefined || !ts.isClassLike(holder)) return alone;
  const { name } = member;
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name) && !ts.isStringLiteral(name)) return alone;
  const { all, foreign } = topsOf(holder, symbols);
  const above = all.filter((one) => one.members.some((its) => named(its, name.text)));
  const holders = new Set<ts.ClassLikeDeclaration | ts.InterfaceDeclaration>(above);
  for (const one of above) {
    const symbol = one.name === undefined ? undefined : symbols.at(one.name);
    if (symbol !== undefined) for (const below of symbols.below(symbol)) holders.add(below);
  }
  const functions = new Set<FunctionNode>([fn]);
  const signatures = new Set<ts.SignatureDeclaration>();
  let fixed: ts.Node | undefined;
  for (const one of holders) {
    for (const its of one.members) {
      if (!named(its, name.text)) continue;
      if (ts.isMethodDeclaration(its)) {
        if (its.body === undefined) signatures.add(its);
        else functions.add(its);
      } else if (ts.isMethodSignature(its)) signatures.add(its);
      else if ((ts.isPropertySignature(its) || ts.isPropertyDeclaration(its)) && its !== member) {
        if (its.type !== undefined && ts.isFunctionTypeNode(its.type)) signatures.add(its.type);
        else if (its.type !== undefined) fixed = its;
        if (ts.isPropertyDeclaration(its) && its.initializer !== undefined)
          for (const other of callees.of(its.initializer).functions) functions.add(other);
      } else if (ts.isPropertyDeclaration(its) && its.type !== undefined) {
        if (ts.isFunctionTypeNode(its.type)) signatures.add(its.type);
        else fixed = its;
      }
    }
  }
  const isStatic = (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  return {
    functions: [...functions],
    signatures: [...signatures],
    foreignBase: isStatic || ts.isPrivateIdentifier(name) ? undefined : foreign[0],
    fixed,
  };
}
