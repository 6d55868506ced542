/** Reads the columns of classes. */

import type { ts } from 'ts-morph';
import { bareExpression, isFunctionNode } from '../../../effects/symbols.ts';
import type { ColumnType } from '../../schema.ts';
import { constructorNamed, storedType } from '../column-types.ts';
import { shortText } from '../nodes.ts';
import type { Decorator } from '../package-decorators.ts';
import { UNREAD, type Options, type Values } from '../values.ts';
import { textAndOptions, typeAndOptions } from './decorators.ts';
import type { Member } from './members.ts';
import type { DeclaredColumn, Part, Parts } from './parts.ts';

/** https://typeorm.io/docs/entity/entities#column-types */
export function readColumn(member: Member, decorator: Decorator, part: Part, parts: Parts): void {
  const { property, annotation, decorators } = member;
  const { type, options } = typeAndOptions(decorator);
  if (type !== undefined && decorator.name === 'Column' && isFunctionNode(bareExpression(type))) {
    embed(property, parts.embeddedBy(type, decorator.values), options, part);
    return;
  }
  part.unread.push(...doubtsAbout(property, options));
  const isUnique = decorators.some(
    (one) => one.name === 'Column' && typeAndOptions(one).options.value('unique') === true,
  );
  if (isUnique) part.uniques.push([property]);
  const strategy = strategyIn(decorator, decorators);
  const typed = typeOfColumn(decorator, annotation, strategy);
  part.columns.push(
    declaredColumn(property, options, {
      ...typed,
      type: strategy === 'uuid' ? 'uuid' : typed.type,
      written: typed.written || (annotation === undefined ? '' : shortText(annotation)),
      isPrimary: /^(?:Primary|ObjectId)/.test(decorator.name) || options.value('primary') === true,
      isDeleteDate: decorator.name === 'DeleteDateColumn',
      name: decorator.name === 'ObjectIdColumn' ? '_id' : undefined,
    }),
  );
}

/** Adds an embedded class to the part that has a property for it. */
export function embed(property: string, embedded: Part | undefined, options: Options, part: Part): void {
  const prefix = prefixIn(options);
  if (embedded === undefined || prefix === UNREAD) part.unread.push(`what \`${property}\` embeds`);
  else part.embeddeds.push({ property, prefix, part: embedded });
}

/** What the names of an embedded class's columns begin with: https://typeorm.io/docs/entity/embedded-entities */
function prefixIn(options: Options): string | undefined | typeof UNREAD {
  const prefix = options.value('prefix');
  if (prefix === UNREAD || typeof prefix === 'string') return prefix;
  return prefix === false ? '' : undefined;
}

/** What of the options of a column could not be read, one clause each. */
export function doubtsAbout(property: string, options: Options): readonly string[] {
  if (!options.isWhole) return [`the options of \`${property}\``];
  return options.value('name') === UNREAD ? [`the name of \`${property}\` in the database`] : [];
}

interface Typed {
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
}

/** A type of a column that is no list. */
export const typed = (type: ColumnType, written = ''): Typed => ({ type, written, isList: false });

interface Settled extends Typed {
  readonly isPrimary: boolean;
  readonly isDeleteDate: boolean;
  /** Its name in the database, where the options give none. */
  readonly name: string | undefined;
}

/** The column that options describe, with what is settled without them. */
export function declaredColumn(property: string, options: Options, settled: Settled): DeclaredColumn {
  const name = options.value('name');
  const ignoresCase = /_ci\b|\bnocase\b/i.test(options.text('collation') ?? '');
  return {
    property,
    name: typeof name === 'string' && name !== '' ? name : settled.name,
    isNameUnread: name === UNREAD,
    type: ignoresCase ? 'unknown' : settled.type,
    written: settled.written,
    isNullable: settled.isDeleteDate || nullabilityIn(options, settled.isPrimary),
    isList: settled.isList || options.value('array') === true,
    isHidden: options.value('select') === false,
    isPrimary: settled.isPrimary,
    isDeleteDate: settled.isDeleteDate,
    isTransformed: options.has('transformer'),
  };
}

/** A column that is not said to be nullable is not: https://typeorm.io/docs/entity/entities#column-options */
function nullabilityIn(options: Options, isPrimary: boolean): boolean | undefined {
  const nullable = options.value('nullable');
  if (typeof nullable === 'boolean') return nullable;
  if (nullable === UNREAD) return isPrimary ? false : undefined;
  return options.value('default') === null;
}

/** What generates the values of a column: https://typeorm.io/docs/entity/entities#primary-columns */
function strategyIn(decorator: Decorator, decorators: readonly Decorator[]): string | undefined {
  const { text, options } = textAndOptions(decorator);
  if (decorator.name === 'PrimaryGeneratedColumn') return text ?? 'increment';
  const generated = decorators.find(({ name }) => name === 'Generated');
  if (generated !== undefined) return textAndOptions(generated).text ?? 'increment';
  return typeAndOptions(decorator).options.text('generated') ?? options.text('generated');
}

/** The type that is given; or the one that the decorator stands for; or that of the property. */
function typeOfColumn(
  decorator: Decorator,
  annotation: ts.TypeNode | undefined,
  strategy: string | undefined,
): Typed {
  const { name, values } = decorator;
  const { type, options } = typeAndOptions(decorator);
  const isGenerated = name === 'PrimaryGeneratedColumn';
  const given = isGenerated ? options.at('type') : (type ?? options.at('type'));
  if (given !== undefined) return typeGiven(given, options, values);
  if (!options.isWhole) return typed('unknown');
  if (isGenerated) return strategy === 'uuid' ? typed('uuid', 'uuid') : typed('integer');
  const meant = typeOfDecorator(name);
  if (meant !== undefined) return typed(meant);
  return typed(annotation === undefined ? 'unknown' : values.typeOf(annotation));
}

function typeOfDecorator(name: string): ColumnType | undefined {
  if (/^(?:Create|Update|Delete)DateColumn$/.test(name)) return 'date';
  if (/^(?:VersionColumn|TreeLevelColumn)$/.test(name)) return 'integer';
  return name === 'ObjectIdColumn' ? 'object-id' : undefined;
}

/** A type that is given as a text or as a constructor. */
export function typeGiven(given: ts.Expression, options: Options, values: Values): Typed {
  const name = values.textOf(given);
  if (name === undefined) return typed(constructorNamed(given) ?? 'unknown', shortText(given));
  const size = ['length', 'precision', 'scale']
    .map((key) => options.value(key))
    .filter((value) => typeof value === 'number' || (typeof value === 'string' && value !== ''));
  return {
    type: storedType(name),
    written: size.length === 0 ? name : `${name}(${size.join(', ')})`,
    isList: name === 'simple-array' || name === 'set',
  };
}
