/** Reads the relations of classes and the options of join columns and join tables. */

import { ts } from 'ts-morph';
import { deleteRuleOf } from '../delete-rules.ts';
import type { RelationKind } from '../entity-parts.ts';
import type { Decorator } from '../package-decorators.ts';
import { inversePath, targetIn, type Target } from '../relation-targets.ts';
import { UNREAD, type Constant, type Options, type Values } from '../values.ts';
import type { Member } from './members.ts';
import type { DeclaredRelation, JoinColumn, JoinTable, Part } from './parts.ts';

/** The decorators of relations. A tree is a relation of an entity to itself: https://typeorm.io/docs/entity/tree-entities */
export const RELATIONS: Readonly<Record<string, RelationKind>> = {
  OneToOne: 'one-to-one',
  ManyToOne: 'many-to-one',
  OneToMany: 'one-to-many',
  ManyToMany: 'many-to-many',
  TreeParent: 'many-to-one',
  TreeChildren: 'one-to-many',
};

/** https://typeorm.io/docs/relations/relations */
export function relationOfMember(member: Member, decorator: Decorator, part: Part): DeclaredRelation {
  const { property, annotation, decorators } = member;
  const { values, name } = decorator;
  const tree = name === 'TreeParent' ? 'parent' : name === 'TreeChildren' ? 'children' : undefined;
  const { target, inverse, options } = relationArguments(decorator, tree !== undefined);
  const columns = decorators
    .filter((one) => one.name === 'JoinColumn')
    .map((one) => (one.args[0] === undefined ? [ANY_COLUMN] : joinColumnsIn(one.args[0], one.values)));
  const table = decorators.find((one) => one.name === 'JoinTable');
  return declaredRelation({
    property,
    kind: RELATIONS[name] ?? 'many-to-one',
    target: tree === undefined ? target && targetIn(target, values) : { node: part.node },
    inverse: inverse && inversePath(inverse, values),
    tree,
    options,
    isLazy: annotation !== undefined && /^promise\b/i.test(annotation.getText()),
    isOptional: mayBeUndefined(member),
    joinColumns: columns.includes(UNREAD) ? UNREAD : columns.flatMap((one) => (one === UNREAD ? [] : one)),
    joinTable: table && joinTableIn(table.values.optionsOf(table.args[0])),
  });
}

/** Whether a property is declared as one that may be undefined: `author?: User`, `author: User | undefined`. */
const mayBeUndefined = ({ node, annotation }: Member): boolean =>
  (ts.isPropertyDeclaration(node) && node.questionToken !== undefined) ||
  /(?:^|\|)\s*undefined\s*(?:\||$)/.test(annotation?.getText() ?? '');

/** The second argument is the other side or, for all but one to many, the options. */
function relationArguments(
  { values, args }: Decorator,
  isOfTree: boolean,
): {
  readonly target: ts.Expression | undefined;
  readonly inverse: ts.Expression | undefined;
  readonly options: Options;
} {
  if (isOfTree) return { target: undefined, inverse: undefined, options: values.optionsOf(args[0]) };
  const [target, second, third] = args;
  const isOptions = second !== undefined && third === undefined && values.optionsOf(second).isObject;
  return isOptions
    ? { target, inverse: undefined, options: values.optionsOf(second) }
    : { target, inverse: second, options: values.optionsOf(third) };
}

interface RelationReading {
  readonly property: string;
  readonly kind: RelationKind;
  readonly target: Target | undefined;
  readonly inverse: string | undefined | typeof UNREAD;
  readonly tree: DeclaredRelation['tree'];
  readonly options: Options;
  readonly isLazy: boolean;
  readonly isOptional: boolean;
  readonly joinColumns: readonly JoinColumn[] | typeof UNREAD;
  readonly joinTable: JoinTable | undefined | typeof UNREAD;
}

/** The relation that a decorator or a schema describes, with what of it is in doubt. */
export function declaredRelation(reading: RelationReading): DeclaredRelation {
  const { property, kind, target, inverse, tree, options, joinColumns, joinTable } = reading;
  return {
    property,
    kind,
    target,
    inverse: inverse === UNREAD ? undefined : inverse,
    tree,
    isEager: options.value('eager') === true,
    isLazy: reading.isLazy || options.value('lazy') === true,
    isOptional: reading.isOptional,
    isPrimary: options.value('primary') === true,
    onDelete: deleteRuleOf(options.value('onDelete')),
    joinColumns: joinColumns === UNREAD ? [ANY_COLUMN] : joinColumns,
    joinTable: joinTable === UNREAD ? ANY_TABLE : joinTable,
    doubt: doubtIn(reading),
  };
}

/** What keeps a relation from being told, since what is written of it cannot be read. */
function doubtIn({
  property,
  inverse,
  options,
  joinColumns,
  joinTable,
}: RelationReading): string | undefined {
  if (inverse === UNREAD) return `the other side of \`${property}\``;
  if (joinColumns === UNREAD) return `the join columns of \`${property}\``;
  if (joinTable === UNREAD) return `the join table of \`${property}\``;
  const isUnread = !options.isWhole || options.value('eager') === UNREAD || options.value('lazy') === UNREAD;
  return isUnread ? `the options of \`${property}\`` : undefined;
}

/** A join column of which all is left to the library. */
const ANY_COLUMN: JoinColumn = { name: undefined, referenced: undefined };

/** A join table of which all is left to the library. */
export const ANY_TABLE: JoinTable = { name: undefined, columns: [], inverseColumns: [] };

/** `true`, the options of one, or a list of them. */
export function joinColumnsIn(node: ts.Expression, values: Values): readonly JoinColumn[] | typeof UNREAD {
  if (values.constantOf(node)?.value === true) return [ANY_COLUMN];
  const all = (values.elementsOf(node) ?? [node]).map((one) => {
    const options = values.optionsOf(one);
    const name = options.value('name');
    const referenced = options.value('referencedColumnName');
    if (!options.isWhole || name === UNREAD || referenced === UNREAD) return UNREAD;
    return { name: nonEmpty(name), referenced: nonEmpty(referenced) };
  });
  return all.includes(UNREAD) ? UNREAD : all.filter((one) => one !== UNREAD);
}

const nonEmpty = (value: Constant | typeof UNREAD): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** What the options of a join table say; `UNREAD` where they cannot be read. */
export function joinTableIn(options: Options): JoinTable | typeof UNREAD {
  const name = options.value('name');
  const columnsAt = (...keys: readonly string[]): readonly JoinColumn[] | typeof UNREAD => {
    const node = keys.map((key) => options.at(key)).find((one) => one !== undefined);
    return node === undefined ? [] : joinColumnsIn(node, options.values);
  };
  const columns = columnsAt('joinColumn', 'joinColumns');
  const inverseColumns = columnsAt('inverseJoinColumn', 'inverseJoinColumns');
  if (!options.isWhole || name === UNREAD || columns === UNREAD || inverseColumns === UNREAD) return UNREAD;
  return { name: typeof name === 'string' ? name : undefined, columns, inverseColumns };
}
