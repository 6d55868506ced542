/** Reads classes whose decorators make them schemas. */

import { ts } from 'ts-morph';
import { bareExpression } from '../../../effects/symbols.ts';
import { baseOf, isStatic, plainName } from '../nodes.ts';
import type { Origins } from '../origins.ts';
import { setColumn, type Draft } from './draft.ts';
import type { Schemas } from './schemas.ts';
import { entriesOf, pluginName, returnedBy, written, type Entries } from './written.ts';

/** Whether a name of a package, with those of its members, is of Typegoose. */
export const isTypegoose = (names: readonly string[]): boolean => /(?:^|\/)typegoose$/.test(names[0] ?? '');

/** A decorator of a class or a member of it that one of the libraries declares. */
interface Decorator {
  readonly name: string;
  readonly args: readonly ts.Expression[];
}

/** The decorators of the libraries on a class or a member, in the order in which they are written. */
export function decoratorsOf(node: ts.Node, origins: Origins): readonly Decorator[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) => {
    const call = ts.isCallExpression(expression) ? expression : undefined;
    const names = origins.namesOf(call?.expression ?? expression);
    if (names === undefined || !(names[0] === '@nestjs/mongoose' || isTypegoose(names))) return [];
    return [{ name: names.at(-1) ?? '', args: call?.arguments ?? [] }];
  });
}

/**
 * Reads a class with decorators into a draft: https://docs.nestjs.com/techniques/mongodb and
 * https://typegoose.github.io/typegoose/docs/api/decorators/prop
 */
export function defineClass(schemas: Schemas, draft: Draft, owner: ts.ClassLikeDeclaration): void {
  const heritage = baseOf(owner);
  const base = baseClassOf(owner, schemas.origins);
  if (base !== undefined) defineClass(schemas, draft, base);
  else if (heritage !== undefined) extendPackage(schemas, draft, heritage);
  for (const { name, args } of decoratorsOf(owner, schemas.origins))
    applyDecorator(schemas, draft, name, args);
  for (const member of owner.members) {
    const name = member.name === undefined ? undefined : plainName(member.name);
    if (ts.isGetAccessor(member) && name !== undefined && !isStatic(member)) draft.virtuals.add(name);
    if (!ts.isPropertyDeclaration(member)) continue;
    for (const decorator of decoratorsOf(member, schemas.origins)) {
      if (name === undefined) draft.unread.push(`the path \`${written(member.name)}\``);
      else defineProp(schemas, draft, name, decorator, member.type);
    }
  }
}

function extendPackage(schemas: Schemas, draft: Draft, heritage: ts.Expression): void {
  const names = schemas.origins.namesOf(heritage);
  const name = names?.at(-1);
  // https://typegoose.github.io/typegoose/docs/api/default-classes
  if (name === 'TimeStamps') draft.options.set('timestamps', ts.factory.createTrue());
  else if (name !== 'Document' && name !== 'Base')
    draft.unread.push(`what \`${written(heritage)}\` declares`);
}

function applyDecorator(schemas: Schemas, draft: Draft, name: string, args: readonly ts.Expression[]): void {
  const [first, second] = args;
  if (name === 'Schema') schemas.setOptions(draft, first);
  else if (name === 'modelOptions')
    schemas.setOptions(draft, entriesOf(first, schemas.origins, draft.unread).get('schemaOptions'));
  else if (name === 'index') schemas.declarations.addIndex(draft, first, second);
  else if (name === 'plugin') draft.hooks.add(pluginName(first));
  else if (name === 'pre' || name === 'post')
    for (const event of schemas.declarations.eventsOf(first)) draft.hooks.add(`${name} ${event}`);
}

function defineProp(
  schemas: Schemas,
  draft: Draft,
  path: string,
  decorator: Decorator,
  annotation: ts.TypeNode | undefined,
): void {
  const [first] = decorator.args;
  if (decorator.name === 'Virtual') {
    const entries = entriesOf(first, schemas.origins, draft.unread);
    const below = schemas.origins.textOf(entries.get('subPath'));
    schemas.declarations.addVirtual(
      draft,
      below === undefined ? path : `${path}.${below}`,
      entries.get('options'),
    );
    return;
  }
  if (!/^(?:Prop|prop|arrayProp|mapProp)$/.test(decorator.name)) return;
  const given = schemas.origins.nodeOf(first);
  if (
    given !== undefined &&
    ts.isCallExpression(given) &&
    schemas.origins.namesOf(given.expression)?.at(-1) === 'raw'
  ) {
    schemas.definePath(draft, path, given.arguments[0] ?? given);
    return;
  }
  if (first !== undefined && (given === undefined || !ts.isObjectLiteralExpression(given))) {
    schemas.defineLeaf(draft, path, first, new Map());
    return;
  }
  const options = entriesOf(first, schemas.origins, draft.unread);
  if (decorator.name !== 'Prop' && options.has('foreignField'))
    schemas.declarations.addVirtual(draft, path, first);
  else defineAnnotated(schemas, draft, path, decorator, options, annotation);
}

function defineAnnotated(
  schemas: Schemas,
  draft: Draft,
  path: string,
  decorator: Decorator,
  options: Entries,
  annotation: ts.TypeNode | undefined,
): void {
  const type = options.get('type') ?? options.get('items');
  const isList = annotation !== undefined && schemas.shapeOfAnnotation(annotation)?.kind === 'list';
  if (decorator.name === 'Prop' || !isList) {
    const known = type ?? annotation;
    if (known === undefined && options.has('ref')) defineReference(schemas, draft, path, options, false);
    else if (known === undefined) draft.unread.push(`the type of \`${path}\``);
    else schemas.defineLeaf(draft, path, known, options);
    return;
  }
  // Typegoose makes a list of the type where the property is one.
  if (type === undefined && options.has('ref')) defineReference(schemas, draft, path, options, true);
  else
    schemas.defineLeaf(
      draft,
      path,
      annotation,
      type === undefined ? options : new Map([...options, ['of', unwrapped(type)]]),
    );
}

function defineReference(
  schemas: Schemas,
  draft: Draft,
  path: string,
  options: Entries,
  isList: boolean,
): void {
  const column = setColumn(draft, path, 'object-id', 'ObjectId', isList);
  schemas.declarations.setPathOptions(draft, column, options, false);
}

/** The type in `() => [Type]` or `[Type]`. */
function unwrapped(type: ts.Node): ts.Node {
  const given = (ts.isArrowFunction(type) ? returnedBy(type) : undefined) ?? type;
  const bare = ts.isExpression(given) ? bareExpression(given) : given;
  return ts.isArrayLiteralExpression(bare) ? (bare.elements[0] ?? bare) : bare;
}

/** Whether a class has paths: properties with decorators of one of the libraries, its own or of a class that it extends. */
export function hasProps(owner: ts.ClassLikeDeclaration, origins: Origins): boolean {
  if (owner.members.some((one) => ts.isPropertyDeclaration(one) && decoratorsOf(one, origins).length > 0))
    return true;
  const base = baseClassOf(owner, origins);
  return base !== undefined && hasProps(base, origins);
}

/** The class of the project that a class extends. */
export function baseClassOf(
  owner: ts.ClassLikeDeclaration,
  origins: Origins,
): ts.ClassLikeDeclaration | undefined {
  const base = origins.nodeOf(baseOf(owner));
  return base !== undefined && ts.isClassLike(base) && base !== owner ? base : undefined;
}
