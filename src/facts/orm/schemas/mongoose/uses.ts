/** Finds the calls and classes of a project that have to do with models. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { isText } from '../nodes.ts';
import type { Origins } from '../origins.ts';
import { decoratorsOf, isTypegoose } from './decorated.ts';
import { entriesOf, pluginName, returnedBy, written } from './written.ts';

/** A call on a schema, or on a virtual or a path of it: `schema.index(…)`, `schema.virtual(…).get(…)`. */
export interface Statement {
  readonly name: string;
  readonly call: ts.CallExpression;
  /** `schema.virtual('name')` or `schema.path('name')`, where the call is on what that gives. */
  readonly on: ts.CallExpression | undefined;
}

/** A place that makes a model of a schema. */
export interface Declared {
  readonly name: string;
  /** `undefined` where the schema is not found. */
  readonly schema: ts.Node | undefined;
  /** The place that stands for the model: the call that gives it, or its class. */
  readonly node: ts.Node;
  readonly collection: string | undefined;
  /** For a discriminator: the model that it is one of. */
  readonly base?: ts.Node | undefined;
  readonly unread: readonly string[];
}

/** In the place of a method: a call that a schema is an argument of. */
export const HANDED_OVER = '';

/** Functions that change nothing about a schema that they are given. */
const TAKES_SCHEMA = /^(?:Schema|model|forFeature|forFeatureAsync|log|keys|entries|virtual|path|clone)$/;

const MAKES_MODEL = /(?:^|\.)(?:model|discriminator|get(?:Discriminator)?ModelForClass)$/;

/** The methods of a schema that give it back. https://mongoosejs.com/docs/api/schema.html */
const SELF =
  /^(?:add|alias|clearIndexes|discriminator|index|loadClass|method|plugin|post|pre|query|queue|remove|removeIndex|removeVirtual|searchIndex|set|static)$/;

/** Those that change what is read of it here. */
const CHANGES =
  /^(?:add|alias|clearIndexes|discriminator|index|loadClass|path|plugin|post|pre|remove|removeIndex|set|virtual)$/;

/** Those that give another one. */
export const COPIES = /^(?:clone|omit|pick)$/;

/** Those of what `virtual` and `path` give. https://mongoosejs.com/docs/api/schematype.html */
const OF_PART = /^(?:discriminator|expires|get|index|ref|required|select|set|sparse|text|unique)$/;

/** Collects the calls and classes of a project that have to do with models. */
export class Uses {
  readonly origins: Origins;
  readonly declared: Declared[] = [];
  readonly statements = new Map<ts.Node, Statement[]>();
  /** The classes that `createForClass` was called for, with the calls. */
  readonly schemaClasses = new Map<ts.Node, ts.CallExpression>();
  readonly globalPlugins: string[] = [];
  /** Whether the names of collections are made in a way of the project's own. */
  hasOwnPlurals = false;

  constructor(origins: Origins) {
    this.origins = origins;
  }

  collect(source: ts.SourceFile): void {
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit);
      // After what is in it: the first call of a chain is the innermost.
      if (ts.isCallExpression(node)) this.readCall(node);
    };
    visit(source);
  }

  /** The node that makes the schema that an expression stands for: `new Schema(…)`, `createForClass(…)`, `schema.clone()`. */
  schemaOf(node: ts.Node | undefined): ts.Node | undefined {
    const found = this.origins.nodeOf(node);
    if (found === undefined || (!ts.isNewExpression(found) && !ts.isCallExpression(found))) return undefined;
    if (this.isSchemaMaker(found.expression)) return found;
    if (!ts.isCallExpression(found) || !isMember(found.expression)) return undefined;
    const method = memberName(found.expression) ?? '';
    if (!SELF.test(method) && !COPIES.test(method)) return undefined;
    const below = this.schemaOf(found.expression.expression);
    return below !== undefined && COPIES.test(method) ? found : below;
  }

  /** The place that makes the model that an expression stands for. */
  modelOf(node: ts.Node | undefined): ts.Node | undefined {
    const found = this.origins.nodeOf(node);
    if (found === undefined) return undefined;
    // `mongoose.models.User || mongoose.model('User', schema)`
    if (ts.isBinaryExpression(found)) return this.modelOf(found.right) ?? this.modelOf(found.left);
    if (ts.isConditionalExpression(found))
      return this.modelOf(found.whenFalse) ?? this.modelOf(found.whenTrue);
    return ts.isClassLike(found) ||
      (ts.isCallExpression(found) && MAKES_MODEL.test(found.expression.getText()))
      ? found
      : undefined;
  }

  private isSchemaMaker(callee: ts.Expression): boolean {
    const names = this.origins.namesOf(callee);
    return (
      names !== undefined &&
      ((names[0] === 'mongoose' && names.at(-1) === 'Schema') ||
        (names[0] === '@nestjs/mongoose' && names.at(-1) === 'createForClass') ||
        (isTypegoose(names) && names.at(-1) === 'buildSchema'))
    );
  }

  private readCall(call: ts.CallExpression): void {
    const { expression: callee } = call;
    this.readHandedOver(call);
    if (ts.isIdentifier(callee)) {
      const names = this.origins.namesOf(callee);
      if (names?.[0] === 'mongoose' && names.at(-1) === 'model') this.readModel(call, true);
      else if (names !== undefined && isTypegoose(names)) this.readClassModel(call, names.at(-1) ?? '');
      return;
    }
    if (!isMember(callee)) return;
    const name = memberName(callee) ?? '';
    if (name === 'model') this.readModel(call, this.isConnection(callee.expression));
    else if (name === 'forFeature' || name === 'forFeatureAsync') this.readFeatures(call);
    else if (name === 'createForClass') this.readSchemaClass(call);
    else if (name === 'pluralize' && this.isLibrary(callee.expression))
      this.hasOwnPlurals ||= call.arguments.length > 0;
    else if (name === 'discriminator' && this.readDiscriminator(call, callee.expression)) return;
    else if (name === 'plugin' && this.isLibrary(callee.expression))
      this.globalPlugins.push(pluginName(call.arguments[0]));
    if (CHANGES.test(name) || OF_PART.test(name)) this.readStatement(call, name, callee.expression);
  }

  /** A function that a schema is handed to may declare more on it. */
  private readHandedOver(call: ts.CallExpression): void {
    const name = /[\w$]*$/.exec(call.expression.getText())?.[0] ?? '';
    if (TAKES_SCHEMA.test(name) || SELF.test(name)) return;
    for (const one of call.arguments) {
      const schema = ts.isIdentifier(one) ? this.schemaOf(one) : undefined;
      if (schema !== undefined) this.note(schema, { name: HANDED_OVER, call, on: undefined });
    }
  }

  private note(schema: ts.Node, statement: Statement): void {
    const before = this.statements.get(schema);
    if (before === undefined) this.statements.set(schema, [statement]);
    else before.push(statement);
  }

  private isLibrary(node: ts.Expression): boolean {
    const names = this.origins.namesOf(node);
    return names?.length === 1 && names[0] === 'mongoose';
  }

  /** Whether models are made of it: the library itself, or what is named as a connection. */
  private isConnection(node: ts.Expression): boolean {
    return (
      this.isLibrary(node) || /(?:^|[._])(?:\w*conn|\w*connection|mongoose\w*|db)\d*$/i.test(node.getText())
    );
  }

  private readModel(call: ts.CallExpression, isSure: boolean): void {
    const [first, second, third] = call.arguments;
    if (first === undefined || second === undefined) return;
    const made = this.schemaOf(second);
    const definition = this.origins.nodeOf(second);
    const isPlain = isSure && definition !== undefined && ts.isObjectLiteralExpression(definition);
    const schema = made ?? (isPlain ? definition : undefined);
    if (schema === undefined && !(isSure && (isText(first) || /schema/i.test(second.getText())))) return;
    const named = this.origins.nodeOf(first);
    const name =
      this.origins.textOf(first) ??
      (named !== undefined && ts.isClassLike(named) ? named.name?.text : undefined);
    const bound = name ?? variableOf(call);
    if (bound === undefined || this.isDeclared(bound, schema)) return;
    this.declared.push({
      name: bound,
      schema,
      node: call,
      collection: this.origins.textOf(third),
      unread: [
        ...(name === undefined ? [`its name comes from \`${written(first)}\``] : []),
        ...(schema === undefined ? [`its schema \`${written(second)}\` is not found`] : []),
      ],
    });
  }

  /** Whether a model of that name and schema is known already: one that is got by two names, or for two connections. */
  private isDeclared(name: string, schema: ts.Node | undefined): boolean {
    return schema !== undefined && this.declared.some((one) => one.name === name && one.schema === schema);
  }

  private readDiscriminator(call: ts.CallExpression, receiver: ts.Expression): boolean {
    const base = this.modelOf(receiver);
    if (base === undefined || !ts.isCallExpression(base)) return false;
    const [first, second] = call.arguments;
    const name = this.origins.textOf(first) ?? variableOf(call);
    if (name === undefined) return true;
    this.declared.push({
      name,
      schema: this.schemaOf(second),
      node: call,
      collection: undefined,
      base,
      unread: [`it is a discriminator of \`${written(receiver)}\``],
    });
    return true;
  }

  /** `getModelForClass(User)` of Typegoose: https://typegoose.github.io/typegoose/docs/api/functions/getModelForClass */
  private readClassModel(call: ts.CallExpression, name: string): void {
    const [first, second] = call.arguments;
    const owner = this.origins.nodeOf(first);
    if (owner === undefined || !ts.isClassLike(owner)) return;
    if (name === 'getDiscriminatorModelForClass') {
      const child = this.origins.nodeOf(second);
      if (child === undefined || !ts.isClassLike(child) || child.name === undefined) return;
      const unread = ['it is a discriminator'];
      this.declared.push({ name: child.name.text, schema: child, node: call, collection: undefined, unread });
    } else if (name === 'getModelForClass') {
      const named = this.classModelName(owner, second);
      if (named !== undefined) this.declared.push({ ...named, schema: owner, node: call });
    }
  }

  private classModelName(
    owner: ts.ClassLikeDeclaration,
    given: ts.Expression | undefined,
  ): Pick<Declared, 'name' | 'collection' | 'unread'> | undefined {
    const unread: string[] = [];
    const own = decoratorsOf(owner, this.origins).find((one) => one.name === 'modelOptions')?.args[0];
    let name = owner.name?.text;
    let collection: string | undefined;
    for (const node of [own, given]) {
      const all = entriesOf(node, this.origins, unread);
      const options = entriesOf(all.get('options'), this.origins, unread);
      const schema = entriesOf(all.get('schemaOptions'), this.origins, unread);
      collection = this.origins.textOf(schema.get('collection')) ?? collection;
      const custom = options.get('customName');
      name = this.origins.textOf(custom) ?? name;
      if (custom !== undefined && this.origins.textOf(custom) === undefined)
        unread.push(`its name comes from \`${written(custom)}\``);
      if (options.has('automaticName')) unread.push('its name is made by `automaticName`');
    }
    return name === undefined ? undefined : { name, collection, unread };
  }

  /** `MongooseModule.forFeature([{ name, schema }])`: https://docs.nestjs.com/techniques/mongodb#model-injection */
  private readFeatures(call: ts.CallExpression): void {
    const list = this.origins.nodeOf(call.arguments[0]);
    if (list === undefined || !ts.isArrayLiteralExpression(list)) return;
    for (const element of list.elements) {
      const inner = ts.isSpreadElement(element) ? this.origins.nodeOf(element.expression) : element;
      const all = inner !== undefined && ts.isArrayLiteralExpression(inner) ? inner.elements : [element];
      for (const feature of all) this.readFeature(feature, undefined);
    }
  }

  private readFeature(feature: ts.Expression, base: ts.Node | undefined): void {
    const entries = entriesOf(feature, this.origins, []);
    const name = this.origins.textOf(entries.get('name'));
    const given = entries.get('schema') ?? returnedBy(this.origins.nodeOf(entries.get('useFactory')));
    const schema = this.schemaOf(given);
    const collection = this.origins.textOf(entries.get('collection'));
    if (name === undefined || given === undefined || this.isDeclared(name, schema)) return;
    const unread = [
      ...(schema === undefined ? [`its schema \`${written(given)}\` is not found`] : []),
      ...(base === undefined ? [] : ['it is a discriminator']),
    ];
    this.declared.push({ name, schema, node: feature, collection, base, unread });
    const discriminators = this.origins.nodeOf(entries.get('discriminators'));
    if (discriminators !== undefined && ts.isArrayLiteralExpression(discriminators))
      for (const one of discriminators.elements) this.readFeature(one, feature);
  }

  private readSchemaClass(call: ts.CallExpression): void {
    const owner = this.origins.nodeOf(call.arguments[0]);
    if (owner !== undefined && this.isSchemaMaker(call.expression)) this.schemaClasses.set(owner, call);
  }

  private readStatement(call: ts.CallExpression, name: string, receiver: ts.Expression): void {
    const on = partBelow(receiver);
    if (on === undefined && !CHANGES.test(name)) return;
    const holder = on !== undefined && isMember(on.expression) ? on.expression.expression : receiver;
    if (!mayBeSchema(holder)) return;
    const schema = this.schemaOf(holder);
    if (schema === undefined) return;
    this.note(schema, { name, call, on });
  }
}

/** Whether it is worth the while to look for a schema behind an expression. */
const mayBeSchema = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) ||
  ts.isCallExpression(node) ||
  ts.isNewExpression(node) ||
  /schema/i.test(node.getText());

/** `schema.virtual('name')` or `schema.path('name')` at the begin of a chain of calls on it. */
function partBelow(node: ts.Expression): ts.CallExpression | undefined {
  const bare = bareExpression(node);
  if (!ts.isCallExpression(bare) || !isMember(bare.expression)) return undefined;
  const name = memberName(bare.expression) ?? '';
  if (name === 'virtual' || (name === 'path' && bare.arguments.length === 1)) return bare;
  return OF_PART.test(name) ? partBelow(bare.expression.expression) : undefined;
}

/** The variable or property that an expression is the value of. */
function variableOf(node: ts.Node): string | undefined {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (ts.isBinaryExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent))
    return variableOf(parent);
  return undefined;
}
