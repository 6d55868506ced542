/** Reads the classes of sequelize-typescript: options, attributes and indexes from decorators. */

import { ts } from 'ts-morph';
import type { ColumnType } from '../../schema.ts';
import { isStatic, plainName, shortText } from '../nodes.ts';
import { NO_MEMBERS, UNKNOWN, type Members, type WrittenValues } from '../written-values.ts';
import {
  attributeOf,
  blankAttribute,
  NO_TYPE,
  uniqueGroup,
  type Attribute,
  type WrittenType,
} from './attributes.ts';
import { decoratorsOf, type Decorator } from './decorators.ts';
import { isPlainIndex, isUniqueIndex, type Index } from './indexes.ts';
import type { Options } from './options.ts';
import { HOOK } from './sites.ts';

/** The options that `@Table` is given: https://github.com/sequelize/sequelize-typescript#readme */
export function decoratedOptions(node: ts.ClassLikeDeclaration, values: WrittenValues): Members {
  const table = decoratorsOf(node).find(({ name }) => name === 'Table');
  const [argument] = table?.args ?? [];
  if (argument === undefined) return NO_MEMBERS;
  return values.members(argument) ?? { ...NO_MEMBERS, unread: [`\`${shortText(argument)}\``] };
}

/** A member of a class that decorators describe. */
export interface DecoratedMember {
  readonly name: string;
  readonly node: ts.ClassElement;
  readonly decorators: readonly Decorator[];
}

/** The members of a class that have decorators. */
export const membersOfClass = (node: ts.ClassLikeDeclaration): readonly DecoratedMember[] =>
  node.members.flatMap((one) => {
    const name = one.name === undefined ? undefined : plainName(one.name);
    const decorators = decoratorsOf(one);
    return name === undefined || decorators.length === 0 ? [] : [{ name, node: one, decorators }];
  });

/** Adds what the decorators of members and of scopes say, which the options of `@Table` overrule. */
export function withDecorators(
  options: Options,
  { of }: Members,
  lineage: readonly ts.ClassLikeDeclaration[],
  values: WrittenValues,
): Options {
  const members = lineage.flatMap(membersOfClass);
  const named = (decorator: string): string | undefined =>
    members.findLast(({ decorators }) => decorators.some(({ name }) => name === decorator))?.name;
  const [createdAt, updatedAt, deletedAt] = ['CreatedAt', 'UpdatedAt', 'DeletedAt'].map(named);
  const hasTimes = [createdAt, updatedAt, deletedAt].some((one) => one !== undefined);
  const unread: string[] = [];
  const hooks = members.flatMap(({ node, decorators }) =>
    isStatic(node)
      ? decorators
          .map(({ name }) => name.charAt(0).toLowerCase() + name.slice(1))
          .filter((one) => HOOK.test(one))
      : [],
  );
  const scope = lineage.flatMap(decoratorsOf).findLast(({ name }) => name === 'DefaultScope')?.args?.[0];
  return {
    ...options,
    hasTimestamps: of.has('timestamps') ? options.hasTimestamps : hasTimes || options.hasTimestamps,
    createdAt: of.has('createdAt') ? options.createdAt : (createdAt ?? options.createdAt),
    updatedAt: of.has('updatedAt') ? options.updatedAt : (updatedAt ?? options.updatedAt),
    deletedAt: of.has('deletedAt') ? options.deletedAt : (deletedAt ?? options.deletedAt),
    isParanoid: of.has('paranoid') ? options.isParanoid : deletedAt !== undefined || options.isParanoid,
    hooks: [...new Set([...options.hooks, ...hooks])],
    defaultScope: scope === undefined ? options.defaultScope : resultOrItself(scope, values),
    indexes: of.has('indexes') ? options.indexes : decoratedIndexes(members, values, unread),
    unread: [...options.unread, ...unread],
  };
}

/** What a thunk gives, or the value itself. */
export function resultOrItself(node: ts.Expression, values: WrittenValues): ts.Expression {
  const thunk = values.function(node);
  return (thunk === undefined ? undefined : values.result(thunk)) ?? node;
}

function decoratedIndexes(
  members: readonly DecoratedMember[],
  values: WrittenValues,
  unread: string[],
): readonly Index[] {
  const groups = new Map<unknown, { readonly options: Members; readonly fields: string[] }>();
  for (const { name, decorators } of members) {
    for (const decorator of decorators) {
      const made = indexDecoration(decorator, values);
      if (made === undefined) continue;
      const known = groups.get(made.group);
      if (known === undefined) groups.set(made.group, { options: made.options, fields: [name] });
      else known.fields.push(name);
    }
  }
  return [...groups.values()].flatMap(({ options, fields }) =>
    isPlainIndex(options, values)
      ? [{ fields, isUnique: isUniqueIndex(options, fields, values, unread) }]
      : [],
  );
}

/** What `@Index` or a decorator made by `createIndexDecorator` says; those of one group are one index. */
function indexDecoration(
  { name, args, expression }: Decorator,
  values: WrittenValues,
): { readonly group: unknown; readonly options: Members } | undefined {
  if (name === 'Index') {
    const [first] = args ?? [];
    const text = values.text(first);
    const options = first === undefined ? NO_MEMBERS : (values.members(first) ?? NO_MEMBERS);
    const written = typeof text === 'string' ? text : values.text(options.of.get('name'));
    return { group: typeof written === 'string' ? written : expression, options };
  }
  const made = values.follow(ts.isCallExpression(expression) ? expression.expression : expression);
  if (!ts.isCallExpression(made) || !/\bcreateIndexDecorator$/.test(made.expression.getText()))
    return undefined;
  const [first] = made.arguments;
  return { group: made, options: first === undefined ? NO_MEMBERS : (values.members(first) ?? NO_MEMBERS) };
}

/** The attributes that the members of one class describe. */
export function decoratedAttributes(
  node: ts.ClassLikeDeclaration,
  values: WrittenValues,
): { readonly own: ReadonlyMap<string, Attribute>; readonly unread: readonly string[] } {
  const own = new Map<string, Attribute>();
  const unread: string[] = [];
  for (const member of membersOfClass(node)) {
    const column = member.decorators.find(({ name }) => name === 'Column');
    if (column === undefined) continue;
    const [argument] = column.args ?? [];
    const read =
      argument === undefined
        ? { attribute: blankAttribute(member.name), unread: [] }
        : attributeOf(member.name, argument, values);
    own.set(member.name, withColumnDecorators(read.attribute, member, values, unread));
    unread.push(...read.unread);
  }
  return { own, unread };
}

function withColumnDecorators(
  attribute: Attribute,
  { name, node, decorators }: DecoratedMember,
  values: WrittenValues,
  unread: string[],
): Attribute {
  const find = (decorator: string): Decorator | undefined => decorators.find((one) => one.name === decorator);
  const type = attribute.written === '' ? designType(node) : attribute;
  const nullable = find('AllowNull');
  const unique = find('Unique');
  const group = unique?.args?.[0] === undefined ? `\0${name}` : uniqueGroup(name, unique.args[0], values);
  if (unique !== undefined && group === UNKNOWN) unread.push(`whether the column \`${name}\` is unique`);
  return {
    ...attribute,
    ...(({ type: of, written, isList, isVirtual }) => ({ type: of, written, isList, isVirtual }))(type),
    hasGetter: attribute.hasGetter || ts.isGetAccessor(node),
    isPrimaryKey: attribute.isPrimaryKey || find('PrimaryKey') !== undefined,
    allowsNull: nullable === undefined ? attribute.allowsNull : (values.flag(nullable.args?.[0]) ?? true),
    unique: unique === undefined || group === UNKNOWN ? attribute.unique : group,
  };
}

const DESIGN_TYPES: Readonly<Record<string, ColumnType>> = {
  string: 'string',
  number: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  Date: 'date',
  Buffer: 'bytes',
};

/** The type of a column that only the type of the property tells. */
function designType(node: ts.ClassElement): WrittenType {
  const annotation = ts.isPropertyDeclaration(node) || ts.isGetAccessor(node) ? node.type : undefined;
  const parts = annotation !== undefined && ts.isUnionTypeNode(annotation) ? annotation.types : [annotation];
  const [only, other] = parts
    .map((one) => one?.getText() ?? '')
    .filter((one) => one !== 'null' && one !== 'undefined');
  if (only === undefined || other !== undefined) return NO_TYPE;
  return { ...NO_TYPE, type: DESIGN_TYPES[only] ?? 'unknown', written: only };
}
