/** Finds classes, with those above them and the static members that they are given. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { baseOf, isStatic, shortText } from '../nodes.ts';
import { UNKNOWN, type WrittenValues } from '../written-values.ts';
import type { Draft } from './drafts.ts';

/** Whether the text of a file names the package. */
export const PACKAGE = /['"]objection['"]/;

/** Members that are given to classes after their declaration: `Person.tableName = 'persons'`. */
export type GivenMembers = ReadonlyMap<ts.ClassLikeDeclaration, ReadonlyMap<string, ts.Expression>>;

/** A class and those above it, with what is not of the project. */
export interface Lineage {
  /** The nearest first. */
  readonly classes: readonly ts.ClassLikeDeclaration[];
  /** Functions that add to the class and cannot be looked into. */
  readonly mixins: readonly string[];
  /** Whether the library's own `Model` is above it. */
  readonly isModel: boolean;
}

/** All classes of a file, those in functions too. */
export function classesIn(source: ts.SourceFile): readonly ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && node.heritageClauses !== undefined) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The static members that a file gives to classes after their declaration: `User.tableName = …`. */
export function givenMembers(files: readonly ts.SourceFile[], values: WrittenValues): GivenMembers {
  const given = new Map<ts.ClassLikeDeclaration, Map<string, ts.Expression>>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      isMember(node.left) &&
      STATIC.test(memberName(node.left) ?? '')
    ) {
      const owner = values.follow(node.left.expression);
      if (ts.isClassLike(owner)) {
        const known = given.get(owner) ?? new Map<string, ts.Expression>();
        given.set(owner, known.set(memberName(node.left) ?? '', node.right));
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) if (/\.(?:tableName|relationMappings)\s*=/.test(file.text)) visit(file);
  return given;
}

/** Members of a class that the library reads. */
const STATIC =
  /^(?:tableName|idColumn|relationMappings|jsonSchema|jsonAttributes|virtualAttributes|columnNameMappers|modelPaths)$/;

/** The name of a class, or of the variable that it is assigned to. */
export function className(node: ts.ClassLikeDeclaration): string | undefined {
  const variable = ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined;
  return node.name?.text ?? (variable !== undefined && ts.isIdentifier(variable) ? variable.text : undefined);
}

/** A class and those that it extends, through functions that are given classes. */
export function lineageOf(node: ts.ClassLikeDeclaration, values: WrittenValues): Lineage {
  const classes: ts.ClassLikeDeclaration[] = [];
  const mixins: string[] = [];
  let isModel = false;
  const visit = (expression: ts.Expression): void => {
    const bare = bareExpression(expression);
    const found = values.follow(bare);
    if (ts.isClassLike(found)) visitClass(found);
    if (ts.isCallExpression(bare)) {
      // `class extends Base`, where a function is given the base.
      if (!ts.isClassLike(found)) mixins.push(shortText(bare.expression));
      for (const argument of bare.arguments) visit(argument);
    } else if (ts.isCallExpression(found)) visit(found);
    else if (isLibraryModel(bare) || (ts.isExpression(found) && isLibraryModel(found))) isModel = true;
  };
  const visitClass = (at: ts.ClassLikeDeclaration): void => {
    if (classes.includes(at)) return;
    classes.push(at);
    const base = baseOf(at);
    if (base !== undefined) visit(base);
  };
  visitClass(node);
  return { classes, mixins, isModel };
}

/** Whether an expression is the `Model` of the package, in a file that imports it. */
const isLibraryModel = (node: ts.Expression): boolean =>
  /^(?:[\w$]+\.|require\(['"]objection['"]\)\.)?Model$/.test(node.getText()) &&
  PACKAGE.test(node.getSourceFile().text);

/** The name of a member where it is written plainly. */
export const nameOf = (node: ts.ClassElement): string | undefined =>
  node.name !== undefined && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))
    ? node.name.text
    : undefined;

/** The value of a static member of a class or of one above it: what a property is, or a getter or a method gives. */
export function staticMember(
  { classes }: Lineage,
  given: GivenMembers,
  name: string,
): ts.Expression | ts.ClassElement | undefined {
  for (const node of classes) {
    const later = given.get(node)?.get(name);
    const own = node.members.find((one) => isStatic(one) && nameOf(one) === name);
    const value = own !== undefined && ts.isPropertyDeclaration(own) ? own.initializer : own;
    if (later !== undefined || value !== undefined) return later ?? value;
  }
  return undefined;
}

/** The value of a static member as an expression: functions are called. */
export function staticValue(
  draft: Pick<Draft, 'lineage' | 'given'>,
  name: string,
  values: WrittenValues,
): Found {
  const member = staticMember(draft.lineage, draft.given, name);
  if (member === undefined) return undefined;
  const called = ts.isGetAccessor(member) ? member : values.function(member);
  if (called !== undefined) return values.result(called) ?? UNKNOWN;
  return ts.isExpression(member) ? member : UNKNOWN;
}

type Found = ts.Expression | undefined | typeof UNKNOWN;
