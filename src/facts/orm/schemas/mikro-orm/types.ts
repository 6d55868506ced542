/** The types of properties. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import type { ColumnType } from '../../schema.ts';
import { constructorNamed, storedType } from '../column-types.ts';
import { returnedBy, shortText } from '../nodes.ts';
import type { Constant, Values } from '../values.ts';
import { isMikroOrm } from './decorators.ts';
import type { Given, Reading } from './properties.ts';

interface Typed {
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
}

/** Of a property whose type is not known. */
export const UNTYPED: Typed = { type: 'unknown', written: '', isList: false };

/** What the names of MikroORM's own types stand for, where they are not those of databases. */
const OWN_TYPES: Readonly<Record<string, ColumnType>> = {
  number: 'integer',
  smallserial: 'integer',
  serial: 'integer',
  bigserial: 'bigint',
  float: 'float',
  double: 'float',
  character: 'string',
  object: 'json',
  buffer: 'bytes',
  uint8array: 'bytes',
  objectid: 'object-id',
};

const typeCalled = (name: string): ColumnType => {
  const bare = name
    .toLowerCase()
    .replace(/\s*\(.*\)/, '')
    .replace(/\[\]$/, '');
  return OWN_TYPES[bare] ?? storedType(bare);
};

/**
 * The type of a property: what its options say, else that of its annotation.
 * https://mikro-orm.io/docs/6.6/custom-types#types-provided-by-mikroorm
 */
export function typeIn(
  { property, given, isEnum, node }: Reading,
  annotation: ts.TypeNode | undefined,
): Typed {
  const { values } = given;
  const column = firstAt(given, ['columnTypes', 'columnType']);
  const type = given.at('type') ?? given.at('customType');
  const own = type === undefined ? undefined : typeGiven(type, values);
  const name = column && values.textOf(column);
  if (column !== undefined) {
    const stored = name === undefined ? 'unknown' : typeCalled(name);
    return {
      type: own === 'custom' ? 'unknown' : stored,
      written: name ?? shortText(column),
      isList: name?.endsWith('[]') ?? false,
    };
  }
  if (isEnum || given.value('enum') === true) return enumIn(given);
  const built = type === undefined ? given.text('type') : undefined;
  if (built !== undefined)
    return { type: typeCalled(built), written: built, isList: /^(?:array|enumArray)$/.test(built) };
  if (type !== undefined) {
    const isList = /^(?:array|enumarray)$/i.test(typeNameOf(type, values) ?? '');
    return {
      type: own === undefined || own === 'custom' ? 'unknown' : own,
      written: shortText(type),
      isList,
    };
  }
  if (!given.isWhole) return UNTYPED;
  return annotation === undefined ? typeInferred(node, values) : typeAnnotated(annotation, values, property);
}

const firstAt = (given: Given, keys: readonly string[]): ts.Expression | undefined => {
  const found = keys.map((key) => given.at(key)).find((one) => one !== undefined);
  return found && (given.values.elementsOf(found)?.[0] ?? found);
};

/** The name of one of MikroORM's types: `'string'`, `types.string`, `StringType`, `new BigIntType('string')`. */
function typeNameOf(node: ts.Expression, values: Values): string | undefined {
  const text = values.textOf(node);
  if (text !== undefined) return text;
  const bare = bareExpression(node);
  if (ts.isNewExpression(bare)) return typeNameOf(bare.expression, values);
  if (isMember(bare)) {
    const base = values.meaningOf(bare.expression);
    const isTypes =
      base !== undefined && 'package' in base && isMikroOrm(base.package) && /^(?:t|types)$/.test(base.name);
    if (isTypes) return memberName(bare);
  }
  const meaning = values.meaningOf(bare);
  if (meaning === undefined || !('package' in meaning) || !isMikroOrm(meaning.package)) return undefined;
  return /^(\w+)Type$/.exec(meaning.name)?.[1];
}

/** What a type that is given holds; `custom` where the project converts its values. */
function typeGiven(node: ts.Expression, values: Values): ColumnType | 'custom' | undefined {
  const name = typeNameOf(node, values);
  if (name !== undefined) return typeCalled(name);
  const constructor = constructorNamed(node);
  if (constructor !== undefined) return constructor;
  const text = bareExpression(node).getText();
  return /\bObjectId$/.test(text) ? 'object-id' : 'custom';
}

/** Enums are stored as texts, or as numbers where all that they may be is numbers. */
function enumIn(given: Given): Typed {
  const { values } = given;
  const items = given.at('items');
  const meaning = items && values.givenBy(items);
  const isEnum = meaning !== undefined && 'node' in meaning && ts.isEnumDeclaration(meaning.node);
  const members: readonly Constant[] | undefined = isEnum
    ? meaning.node.members.map((member) => enumValueOf(member, values))
    : (items && values.elementsOf(items))?.map((one) => values.constantOf(one)?.value);
  const written = items === undefined ? 'enum' : `enum ${shortText(returnedBy(items) ?? items)}`;
  const isText = members?.every((one) => typeof one === 'string') ?? false;
  const isNumber = members?.every((one) => typeof one === 'number') ?? false;
  return { type: isText ? 'enum' : isNumber ? 'integer' : 'unknown', written, isList: false };
}

function enumValueOf(member: ts.EnumMember, values: Values): Constant {
  const { initializer } = member;
  return initializer === undefined ? 0 : values.constantOf(initializer)?.value;
}

/** Types that only mark what they hold: `Opt<string>`, `Ref<User>`. */
const MARKS =
  /^(?:Opt|Hidden|Ref|Rel|Reference|IdentifiedReference|ScalarReference|ScalarRef|Loaded|Collection|Promise)$/;

/** The type that marks are put on: `string` of `string & Opt`, `User` of `Ref<User> | null`. */
export function unmarked(node: ts.TypeNode): ts.TypeNode {
  if (ts.isParenthesizedTypeNode(node)) return unmarked(node.type);
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) {
    const kept = node.types.filter((one) => !isNothing(one) && !isBareMark(one));
    return kept.length === 1 && kept[0] !== undefined ? unmarked(kept[0]) : node;
  }
  if (!ts.isTypeReferenceNode(node)) return node;
  const [first] = node.typeArguments ?? [];
  return first !== undefined && MARKS.test(nameOfType(node)) ? unmarked(first) : node;
}

const nameOfType = ({ typeName }: ts.TypeReferenceNode): string =>
  ts.isIdentifier(typeName) ? typeName.text : typeName.right.text;

const isBareMark = (node: ts.TypeNode): boolean =>
  ts.isTypeReferenceNode(node) && node.typeArguments === undefined && MARKS.test(nameOfType(node));

const isNothing = (node: ts.TypeNode): boolean =>
  node.kind === ts.SyntaxKind.UndefinedKeyword ||
  (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword);

function typeAnnotated(annotation: ts.TypeNode, values: Values, property: string): Typed {
  const bare = unmarked(annotation);
  const written = shortText(annotation);
  if (/\bObjectId$/.test(bare.getText())) return { type: 'object-id', written, isList: false };
  if (ts.isArrayTypeNode(bare)) return { type: values.typeOf(bare.elementType), written, isList: true };
  const type = values.typeOf(bare);
  return { type: property === '_id' && type === 'unknown' ? 'object-id' : type, written, isList: false };
}

/** The type of what a property begins as. */
function typeInferred(node: ts.ClassElement | undefined, values: Values): Typed {
  const initializer = node !== undefined && ts.isPropertyDeclaration(node) ? node.initializer : undefined;
  return initializer === undefined ? UNTYPED : { ...UNTYPED, type: values.typeOfValue(initializer) };
}
