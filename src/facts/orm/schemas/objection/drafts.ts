import type { ts } from 'ts-morph';
import type { WrittenValues } from '../written-values.ts';
import { className, lineageOf, staticMember, type GivenMembers, type Lineage } from './classes.ts';
import { namesOf, type Names } from './names.ts';

/** A model while it is put together. */
export class Draft {
  readonly name: string;
  readonly node: ts.ClassLikeDeclaration;
  readonly lineage: Lineage;
  readonly given: GivenMembers;
  readonly names: Names;
  readonly unread = new Set<string>();
  table: string | undefined;

  constructor(
    name: string,
    node: ts.ClassLikeDeclaration,
    lineage: Lineage,
    given: GivenMembers,
    names: Names,
  ) {
    this.name = name;
    this.node = node;
    this.lineage = lineage;
    this.given = given;
    this.names = names;
    for (const mixin of lineage.mixins) this.unread.add(`what \`${mixin}\` adds`);
    if (names.unread !== undefined) this.unread.add(names.unread);
  }
}

/** All models, and what is needed to look them up. */
export interface Catalog {
  readonly drafts: readonly Draft[];
  readonly values: WrittenValues;
  readonly files: readonly ts.SourceFile[];
}

/** The model that a class declares; undefined where it is none or has no table. */
export function draftOf(
  node: ts.ClassLikeDeclaration,
  values: WrittenValues,
  given: GivenMembers,
  isSnakeInDatabase: boolean,
): Draft | undefined {
  const lineage = lineageOf(node, values);
  const name = className(node);
  if (!lineage.isModel || name === undefined) return undefined;
  if (staticMember(lineage, given, 'tableName') === undefined) return undefined;
  const names = namesOf(lineage, given, values, isSnakeInDatabase);
  return new Draft(name, node, lineage, given, names);
}

/** The members of a class and of the classes of the project above it. */
export const membersOf = ({ lineage }: Draft): readonly ts.ClassElement[] =>
  lineage.classes.flatMap(({ members }) => [...members]);
