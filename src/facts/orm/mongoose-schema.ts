import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import { bareExpression, isFunctionNode, isMember, memberName } from '../effects/symbols.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';

/**
 * The models that a project declares with Mongoose, alone or by the decorators of `@nestjs/mongoose` or Typegoose. `sources` are all
 * files of the project. Paths of documents are columns, those of subdocuments too: `author.id`. A subdocument is itself a column of
 * type `json`. Getters and setters of a path are hooks, `get email`, and so are plugins: `plugin paginate`.
 */
export function readMongooseModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  if (!sources.some(({ text }) => IMPORT.test(text))) return [];
  const uses = new Uses(new Origins(checker));
  for (const source of sources) if (MENTION.test(source.text)) uses.collect(source);
  return modelsOf(uses);
}

const IMPORT = /['"](?:mongoose|@nestjs\/mongoose|@?[\w-]*\/?typegoose)['"]|\bapp\.mongoose\b/;
const MENTION = /goose|schema|\.(?:model|discriminator)\(/i;

// What names stand for

/** What an expression stands for: a name of an installed package, from the package on, or a node of the project. */
export type Origin = { readonly names: readonly string[] } | { readonly node: ts.Node };

/** Stands in the place of the package for what the language or the platform has. */
const GLOBAL = '';

const FARTHEST = 16;

/** Follows names through variables, members, imports and `require` to what they stand for. */
export class Origins {
  private readonly checker: ts.TypeChecker;
  /** The files that are imported as a whole. */
  private readonly modules = new Map<ts.Node, ts.Symbol>();

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  of(node: ts.Node | undefined, depth = 0): Origin | undefined {
    if (node === undefined || depth > FARTHEST) return undefined;
    const bare = ts.isExpression(node) ? bareExpression(node) : node;
    if (ts.isIdentifier(bare)) return this.ofIdentifier(bare, depth);
    if (isMember(bare)) return this.ofMember(bare, depth);
    if (ts.isQualifiedName(bare)) return this.memberOf(this.of(bare.left, depth + 1), bare.right.text, depth);
    if (!ts.isCallExpression(bare)) return { node: bare };
    const [first] = bare.arguments;
    if (ts.isIdentifier(bare.expression) && bare.expression.text === 'require' && isText(first))
      return this.ofModule(first, '*', depth);
    if (first !== undefined && /^Object\.(?:freeze|seal)$/.test(bare.expression.getText()))
      return this.of(first, depth + 1);
    return { node: bare };
  }

  /** The node of the project that an expression stands for. */
  nodeOf(node: ts.Node | undefined): ts.Node | undefined {
    const origin = this.of(node);
    return origin !== undefined && 'node' in origin ? origin.node : undefined;
  }

  /** The names of a package's member that an expression stands for. */
  namesOf(node: ts.Node | undefined): readonly string[] | undefined {
    const origin = this.of(node);
    return origin !== undefined && 'names' in origin ? origin.names : undefined;
  }

  /** The text that an expression always gives. */
  textOf(node: ts.Node | undefined): string | undefined {
    const bare = node !== undefined && ts.isExpression(node) ? bareExpression(node) : node;
    if (bare !== undefined && ts.isPropertyAccessExpression(bare) && bare.name.text === 'name') {
      const owner = this.nodeOf(bare.expression);
      if (owner !== undefined && ts.isClassLike(owner)) return owner.name?.text;
    }
    const found = this.nodeOf(node);
    if (found === undefined) return undefined;
    if (ts.isEnumMember(found)) return isText(found.initializer) ? found.initializer.text : undefined;
    return isText(found) ? found.text : undefined;
  }

  private ofIdentifier(node: ts.Identifier, depth: number): Origin | undefined {
    const { parent } = node;
    const symbol =
      ts.isShorthandPropertyAssignment(parent) && parent.name === node
        ? this.checker.getShorthandAssignmentValueSymbol(parent)
        : this.checker.getSymbolAtLocation(node);
    const found = symbol === undefined ? undefined : this.ofSymbol(symbol, depth + 1);
    if (found !== undefined) return found;
    if (node.text === 'mongoose') return { names: ['mongoose'] };
    return symbol === undefined ? { names: [GLOBAL, node.text] } : undefined;
  }

  private ofMember(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    depth: number,
  ): Origin | undefined {
    const name =
      memberName(node) ?? this.textOf(ts.isElementAccessExpression(node) ? node.argumentExpression : node);
    if (name === undefined) return undefined;
    const found = this.memberOf(this.of(node.expression, depth + 1), name, depth + 1);
    // Frameworks hand it out: `app.mongoose`.
    return found ?? (name === 'mongoose' ? { names: ['mongoose'] } : undefined);
  }

  private ofSymbol(symbol: ts.Symbol, depth: number): Origin | undefined {
    for (const declaration of symbol.declarations ?? []) {
      if (isOfLanguage(declaration)) return { names: [GLOBAL, symbol.name] };
      const found = this.ofDeclaration(declaration, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private ofDeclaration(node: ts.Declaration, depth: number): Origin | undefined {
    if (depth > FARTHEST) return undefined;
    if (ts.isImportSpecifier(node))
      return this.ofModule(
        node.parent.parent.parent.moduleSpecifier,
        (node.propertyName ?? node.name).text,
        depth,
      );
    if (ts.isImportClause(node)) return this.ofModule(node.parent.moduleSpecifier, 'default', depth);
    if (ts.isNamespaceImport(node)) return this.ofModule(node.parent.parent.moduleSpecifier, '*', depth);
    if (ts.isImportEqualsDeclaration(node)) {
      const { moduleReference } = node;
      return ts.isExternalModuleReference(moduleReference)
        ? this.ofModule(moduleReference.expression, '*', depth)
        : this.of(moduleReference, depth + 1);
    }
    if (ts.isNamespaceExport(node))
      return node.parent.moduleSpecifier === undefined
        ? undefined
        : this.ofModule(node.parent.moduleSpecifier, '*', depth);
    if (ts.isExportSpecifier(node)) return this.ofExport(node, depth);
    if (ts.isExportAssignment(node)) return this.of(node.expression, depth + 1);
    if (ts.isBindingElement(node)) return this.ofBinding(node, depth);
    if (ts.isParameter(node))
      return ts.isIdentifier(node.name) && node.name.text === 'mongoose' ? { names: ['mongoose'] } : { node };
    if (ts.isVariableDeclaration(node))
      return node.initializer === undefined ? { node } : this.of(node.initializer, depth + 1);
    if (ts.isPropertyAssignment(node)) return this.of(node.initializer, depth + 1);
    if (ts.isShorthandPropertyAssignment(node)) return this.of(node.name, depth + 1);
    if (ts.isPropertyDeclaration(node)) return this.of(node.initializer, depth + 1);
    const assigned = assignmentTo(node);
    if (assigned !== undefined) return this.of(assigned.right, depth + 1);
    return ts.isClassLike(node) ||
      isFunctionNode(node) ||
      ts.isSourceFile(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isEnumMember(node)
      ? { node }
      : undefined;
  }

  private ofExport(node: ts.ExportSpecifier, depth: number): Origin | undefined {
    const { moduleSpecifier } = node.parent.parent;
    if (moduleSpecifier !== undefined)
      return this.ofModule(moduleSpecifier, (node.propertyName ?? node.name).text, depth);
    const local = this.checker.getExportSpecifierLocalTargetSymbol(node);
    return local === undefined ? undefined : this.ofSymbol(local, depth + 1);
  }

  private ofBinding(node: ts.BindingElement, depth: number): Origin | undefined {
    if (!ts.isObjectBindingPattern(node.parent) || node.dotDotDotToken !== undefined) return undefined;
    const key = node.propertyName ?? node.name;
    if (!ts.isIdentifier(key) && !isText(key)) return undefined;
    const holder = node.parent.parent;
    if (ts.isParameter(holder)) return key.text === 'mongoose' ? { names: ['mongoose'] } : { node };
    const from = ts.isBindingElement(holder)
      ? this.ofBinding(holder, depth + 1)
      : this.of(holder.initializer, depth + 1);
    return this.memberOf(from, key.text, depth + 1);
  }

  private ofModule(specifier: ts.Expression, name: string, depth: number): Origin | undefined {
    if (!isText(specifier)) return undefined;
    const symbol = this.checker.getSymbolAtLocation(specifier);
    const source = symbol?.declarations?.find((one) => ts.isSourceFile(one));
    if (symbol === undefined || source === undefined) {
      if (/^[./]/.test(specifier.text)) return undefined;
      return { names: name === '*' || name === 'default' ? [specifier.text] : [specifier.text, name] };
    }
    if (name !== '*') return this.exported(symbol, name, depth + 1);
    const whole = symbol.exports?.get(ts.InternalSymbolName.ExportEquals);
    if (whole !== undefined) return this.ofSymbol(whole, depth + 1);
    this.modules.set(source, symbol);
    return { node: source };
  }

  private exported(from: ts.Symbol, name: string, depth: number): Origin | undefined {
    const member = this.checker.tryGetMemberInModuleExports(name, from);
    const found = member === undefined ? undefined : this.ofSymbol(member, depth + 1);
    if (found !== undefined) return found;
    const whole = from.exports?.get(ts.InternalSymbolName.ExportEquals);
    if (whole === undefined) return undefined;
    const origin = this.ofSymbol(whole, depth + 1);
    return name === 'default' ? origin : this.memberOf(origin, name, depth + 1);
  }

  private memberOf(origin: Origin | undefined, name: string, depth: number): Origin | undefined {
    if (origin === undefined || depth > FARTHEST) return undefined;
    if ('names' in origin) return name === 'default' ? origin : { names: [...origin.names, name] };
    const { node } = origin;
    const imported = this.modules.get(node);
    if (imported !== undefined) return this.exported(imported, name, depth + 1);
    if (ts.isObjectLiteralExpression(node)) return this.propertyOf(node, name, depth + 1);
    if (ts.isEnumDeclaration(node)) {
      const member = node.members.find((one) => keyOf(one.name) === name);
      return member === undefined ? undefined : { node: member };
    }
    if (!ts.isClassLike(node)) return undefined;
    const member = node.members.find(
      (one): one is ts.PropertyDeclaration =>
        ts.isPropertyDeclaration(one) &&
        keyOf(one.name) === name &&
        hasModifier(one, ts.SyntaxKind.StaticKeyword),
    );
    return this.of(member?.initializer, depth + 1);
  }

  private propertyOf(object: ts.ObjectLiteralExpression, name: string, depth: number): Origin | undefined {
    for (const property of object.properties.toReversed()) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.of(property.expression, depth + 1);
        const found = this.memberOf(spread, name, depth + 1);
        if (found !== undefined) return found;
      } else if (property.name !== undefined && keyOf(property.name) === name) {
        if (ts.isPropertyAssignment(property)) return this.of(property.initializer, depth + 1);
        return ts.isShorthandPropertyAssignment(property)
          ? this.of(property.name, depth + 1)
          : { node: property };
      }
    }
    return undefined;
  }
}

const isText = (node: ts.Node | undefined): node is ts.StringLiteralLike =>
  node !== undefined && ts.isStringLiteralLike(node);

const isOfLanguage = (node: ts.Node): boolean =>
  node.getSourceFile().isDeclarationFile && node.getSourceFile().fileName.includes('/typescript/lib/');

const hasModifier = (node: ts.HasModifiers, kind: ts.SyntaxKind): boolean =>
  ts.getModifiers(node)?.some((one) => one.kind === kind) ?? false;

/** The assignment that declares an export in CommonJS: `module.exports = …`, `exports.name = …`. */
function assignmentTo(node: ts.Node): ts.BinaryExpression | undefined {
  const at =
    isMember(node) && ts.isBinaryExpression(node.parent) && node.parent.left === node ? node.parent : node;
  return ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken ? at : undefined;
}

/** The name of a property, where it is written. */
const keyOf = (name: ts.PropertyName): string | undefined =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;

/** How an expression is written, on one line and shortened. */
function written(node: ts.Node | undefined): string {
  if (node === undefined || node.pos < 0) return '';
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

// Where a project uses the library

/** A call on a schema, or on a virtual or a path of it: `schema.index(…)`, `schema.virtual(…).get(…)`. */
interface Statement {
  readonly name: string;
  readonly call: ts.CallExpression;
  /** `schema.virtual('name')` or `schema.path('name')`, where the call is on what that gives. */
  readonly on: ts.CallExpression | undefined;
}

/** A place that makes a model of a schema. */
interface Declared {
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
const HANDED_OVER = '';
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
const COPIES = /^(?:clone|omit|pick)$/;
/** Those of what `virtual` and `path` give. https://mongoosejs.com/docs/api/schematype.html */
const OF_PART = /^(?:discriminator|expires|get|index|ref|required|select|set|sparse|text|unique)$/;

/** Collects the calls and classes of a project that have to do with models. */
class Uses {
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

const isTypegoose = (names: readonly string[]): boolean => /(?:^|\/)typegoose$/.test(names[0] ?? '');

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

/** What a function gives, where it has one `return` at its end. */
function returnedBy(node: ts.Node | undefined): ts.Expression | undefined {
  if (node === undefined || !isFunctionNode(node) || node.body === undefined) return undefined;
  if (!ts.isBlock(node.body)) return node.body;
  const last = node.body.statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}

/** How a plugin is called: the name it is written with. */
function pluginName(node: ts.Expression | undefined): string {
  if (node === undefined) return 'plugin';
  const isInline = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return `plugin ${isInline ? ((ts.isFunctionExpression(node) ? node.name?.text : undefined) ?? 'function') : written(node)}`;
}

/** The values of an object's properties by name; a function is the value of a method. */
type Entries = ReadonlyMap<string, ts.Node>;

/** The properties of an object that is written somewhere in the project, spread ones with them. What cannot be read goes to `unread`. */
function entriesOf(node: ts.Node | undefined, origins: Origins, unread: string[]): Entries {
  const entries = new Map<string, ts.Node>();
  if (node === undefined) return entries;
  const object = origins.nodeOf(node);
  if (
    object !== undefined &&
    ts.isCallExpression(object) &&
    object.expression.getText() === 'Object.assign'
  ) {
    for (const part of object.arguments)
      for (const [key, value] of entriesOf(part, origins, unread)) entries.set(key, value);
    return entries;
  }
  if (object === undefined || !ts.isObjectLiteralExpression(object)) {
    unread.push(`what \`${written(node)}\` holds`);
    return entries;
  }
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      for (const [key, value] of entriesOf(property.expression, origins, unread)) entries.set(key, value);
      continue;
    }
    const { name } = property;
    const key = ts.isComputedPropertyName(name) ? origins.textOf(name.expression) : keyOf(name);
    if (key === undefined) unread.push(`what is named \`${written(name)}\``);
    else entries.set(key, valueOf(property));
  }
  return entries;
}

function valueOf(property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>): ts.Node {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : property;
}

/** A decorator of a class or a member of it that one of the libraries declares. */
interface Decorator {
  readonly name: string;
  readonly args: readonly ts.Expression[];
}

function decoratorsOf(node: ts.Node, origins: Origins): readonly Decorator[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) => {
    const call = ts.isCallExpression(expression) ? expression : undefined;
    const names = origins.namesOf(call?.expression ?? expression);
    if (names === undefined || !(names[0] === '@nestjs/mongoose' || isTypegoose(names))) return [];
    return [{ name: names.at(-1) ?? '', args: call?.arguments ?? [] }];
  });
}

// What a schema declares

/** An index as it is declared: it makes unique, or finds, only where it is of the ordinary kind and for all documents. */
interface Index {
  readonly fields: readonly string[];
  readonly isUnique: boolean;
  readonly isOrdinary: boolean;
  readonly isPartial: boolean;
  readonly name: string | undefined;
}

/** A relation before the other model is looked up. */
interface Reference {
  readonly name: string;
  readonly kind: Relation['kind'];
  /** The name of the other model, or what makes it. */
  readonly target: string | ts.Node;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly isEager: boolean;
  readonly isFiltered: boolean;
}

interface MutableColumn extends Column {
  isNullable: boolean | undefined;
  isHidden: boolean;
}

/** What is known of a schema while it is read. */
interface Draft {
  readonly columns: Map<string, MutableColumn>;
  readonly references: Map<string, Reference>;
  /** Those that paths declare, by the path. */
  readonly pathIndexes: Map<string, Index>;
  readonly indexes: Index[];
  readonly hooks: Set<string>;
  readonly virtuals: Set<string>;
  readonly unread: string[];
  readonly options: Map<string, ts.Node>;
  /** Whether `_id` was added because nothing else was said. */
  hasAutomaticId: boolean;
}

/** https://mongoosejs.com/docs/schematypes.html. A `Number` is a double. */
const TYPES: Readonly<Record<string, ColumnType>> = {
  String: 'string',
  Number: 'float',
  Double: 'float',
  Int32: 'integer',
  Long: 'bigint',
  BigInt: 'bigint',
  Decimal128: 'decimal',
  Boolean: 'boolean',
  Bool: 'boolean',
  Date: 'date',
  Buffer: 'bytes',
  UUID: 'uuid',
  ObjectId: 'object-id',
  ObjectID: 'object-id',
  Oid: 'object-id',
  Mixed: 'json',
  Object: 'json',
  Map: 'json',
};

/** https://mongoosejs.com/docs/middleware.html#types-of-middleware, those that a pattern is held against. */
const MIDDLEWARE: readonly string[] =
  `countDocuments distinct estimatedDocumentCount find findOne findOneAndReplace
  findOneAndUpdate replaceOne updateMany updateOne deleteMany deleteOne findOneAndDelete validate save remove init`.split(
    /\s+/,
  );

/** Those that run for subdocuments too. */
const OF_SUBDOCUMENTS = /^(?:pre|post) (?:save|validate|remove|updateOne|deleteOne|init)$|^plugin /;

/** What a type stands for. */
type Shape =
  | { readonly kind: 'scalar'; readonly type: ColumnType }
  | { readonly kind: 'document'; readonly draft: Draft | undefined }
  | { readonly kind: 'list'; readonly element: ts.Node | undefined };

/** Reads schemas, each once. */
class Schemas {
  readonly origins: Origins;
  private readonly uses: Uses;
  private readonly drafts = new Map<ts.Node, Draft | undefined>();
  /** The schemas that are parts of others. */
  readonly embedded = new Set<ts.Node>();

  constructor(uses: Uses) {
    this.uses = uses;
    this.origins = uses.origins;
  }

  /** What a schema declares; undefined while it is being read, as where it is a part of itself. */
  read(node: ts.Node): Draft | undefined {
    if (this.drafts.has(node)) return this.drafts.get(node);
    this.drafts.set(node, undefined);
    const draft = this.begin(node);
    for (const statement of this.uses.statements.get(node) ?? []) this.apply(draft, statement);
    finish(draft, this.origins);
    this.drafts.set(node, draft);
    return draft;
  }

  private begin(node: ts.Node): Draft {
    const draft = emptyDraft();
    if (ts.isObjectLiteralExpression(node)) this.define(draft, '', node);
    else if (ts.isClassLike(node)) this.defineClass(draft, node);
    else if (ts.isNewExpression(node) || ts.isCallExpression(node)) this.beginCall(draft, node);
    return draft;
  }

  private beginCall(draft: Draft, node: ts.NewExpression | ts.CallExpression): void {
    const [first, second] = node.arguments ?? [];
    const method = isMember(node.expression) ? memberName(node.expression) : undefined;
    if (method !== undefined && COPIES.test(method) && isMember(node.expression)) {
      this.copy(draft, node, method, node.expression.expression);
      return;
    }
    const owner = this.origins.nodeOf(first);
    if (owner !== undefined && ts.isClassLike(owner)) {
      this.defineClass(draft, owner);
      return;
    }
    this.setOptions(draft, second);
    if (first === undefined) return;
    const parts = owner !== undefined && ts.isArrayLiteralExpression(owner) ? owner.elements : [first];
    for (const part of parts) this.add(draft, part);
  }

  /** `schema.clone()`, `schema.pick(paths)`, `schema.omit(paths)` */
  private copy(
    draft: Draft,
    call: ts.NewExpression | ts.CallExpression,
    method: string,
    from: ts.Expression,
  ): void {
    const schema = this.uses.schemaOf(from);
    const original = schema === undefined ? undefined : this.read(schema);
    if (original === undefined) {
      draft.unread.push(`what \`${written(from)}\` declares`);
      return;
    }
    merge(draft, original);
    if (method === 'clone') return;
    const list = this.origins.nodeOf(call.arguments?.[0]);
    const named =
      list !== undefined && ts.isArrayLiteralExpression(list)
        ? list.elements.map((one) => this.origins.textOf(one))
        : [undefined];
    if (named.includes(undefined)) draft.unread.push(`the paths of \`${written(call)}\``);
    const isNamed = (path: string): boolean =>
      named.some((one) => one !== undefined && isAtOrBelow(path, one));
    for (const path of Array.from(draft.columns.keys()))
      if (path !== '_id' && isNamed(path) !== (method === 'pick')) removePath(draft, path);
    if (method === 'omit') return;
    // Nothing but paths is picked.
    draft.indexes.length = 0;
    draft.virtuals.clear();
    for (const hook of draft.hooks) if (!/^(?:get|set|transform) /.test(hook)) draft.hooks.delete(hook);
  }

  private setOptions(draft: Draft, node: ts.Node | undefined): void {
    for (const [key, value] of entriesOf(node, this.origins, draft.unread)) draft.options.set(key, value);
    for (const [name, value] of entriesOf(draft.options.get('virtuals'), this.origins, draft.unread)) {
      const virtual = entriesOf(value, this.origins, draft.unread);
      this.addVirtual(draft, name, virtual.get('options'));
    }
    draft.options.delete('virtuals');
  }

  private typeKey(draft: Draft): string {
    return this.origins.textOf(draft.options.get('typeKey')) ?? 'type';
  }

  /** Adds an object of paths or another schema. */
  private add(draft: Draft, part: ts.Node, prefix = ''): void {
    const schema = this.uses.schemaOf(part);
    if (schema === undefined) {
      this.define(draft, prefix, part);
      return;
    }
    const other = this.read(schema);
    if (other === undefined) draft.unread.push(`what \`${written(part)}\` declares`);
    else merge(draft, other);
  }

  /** Reads an object whose properties are paths. */
  private define(draft: Draft, prefix: string, node: ts.Node): void {
    for (const [key, value] of entriesOf(node, this.origins, draft.unread)) {
      if (key === '_id' && isFalse(value)) {
        if (prefix === '') draft.options.set('_id', value);
      } else this.definePath(draft, `${prefix}${key}`, value);
    }
  }

  private definePath(draft: Draft, path: string, value: ts.Node): void {
    const object = this.origins.nodeOf(value);
    if (object === undefined || !ts.isObjectLiteralExpression(object)) {
      this.defineLeaf(draft, path, value, new Map());
      return;
    }
    const entries = entriesOf(object, this.origins, draft.unread);
    const type = this.typeIn(draft, entries);
    if (type !== undefined) this.defineLeaf(draft, path, type, entries);
    else if (entries.size === 0 && object.properties.length === 0)
      setColumn(draft, path, 'json', '{}', false);
    else this.define(draft, `${path}.`, object);
  }

  /** The type among the options of a path; none where `type` is itself the name of a path. */
  private typeIn(draft: Draft, entries: Entries): ts.Node | undefined {
    const key = this.typeKey(draft);
    const type = entries.get(key);
    if (type === undefined || key !== 'type') return type;
    const inner = this.origins.nodeOf(type);
    const isPath =
      inner !== undefined &&
      ts.isObjectLiteralExpression(inner) &&
      entriesOf(inner, this.origins, []).has('type');
    return isPath ? undefined : type;
  }

  private defineLeaf(draft: Draft, path: string, type: ts.Node, options: Entries): void {
    let shape = this.shapeOf(draft, type);
    let depth = 0;
    let elementOptions: Entries = new Map();
    while (shape?.kind === 'list' && depth < 8) {
      depth++;
      const element = shape.element ?? options.get('of') ?? options.get('cast');
      if (element === undefined) {
        shape = { kind: 'scalar', type: 'json' };
        break;
      }
      const object = this.origins.nodeOf(element);
      const isObject = object !== undefined && ts.isObjectLiteralExpression(object);
      const inner = isObject ? entriesOf(object, this.origins, []) : undefined;
      const innerType = inner === undefined ? undefined : this.typeIn(draft, inner);
      if (inner !== undefined && innerType !== undefined) elementOptions = inner;
      shape = this.shapeOf(draft, innerType ?? element);
    }
    const text = written(type);
    if (shape === undefined) draft.unread.push(`the type \`${text}\` of \`${path}\``);
    const columnType =
      shape?.kind === 'scalar' ? (depth > 1 ? 'json' : shape.type) : shape === undefined ? 'unknown' : 'json';
    const column = setColumn(draft, path, columnType, text, depth > 0);
    this.setPathOptions(draft, column, elementOptions, true);
    this.setPathOptions(draft, column, options, false);
    if (shape?.kind === 'document') this.embed(draft, column, shape.draft, options, elementOptions);
    if (options.has('of') && depth === 0) this.noteMap(draft, path, options.get('of'));
  }

  /** Relations from the values of a map are loaded by a path with `$*`; they are not read. */
  private noteMap(draft: Draft, path: string, of: ts.Node | undefined): void {
    const part = emptyDraft();
    if (of !== undefined) this.definePath(part, 'value', of);
    if (part.references.size + part.unread.length > 0)
      draft.unread.push(`the relations in the map \`${path}\``);
  }

  /** What a type is; undefined where that is not known. */
  private shapeOf(draft: Draft, type: ts.Node): Shape | undefined {
    if (ts.isTypeNode(type) && !ts.isExpressionWithTypeArguments(type)) return this.shapeOfAnnotation(type);
    const schema = this.uses.schemaOf(type);
    if (schema !== undefined) return this.document(schema);
    const names = this.origins.namesOf(type);
    if (names !== undefined) return shapeOfName(names);
    const node = this.origins.nodeOf(type);
    if (node === undefined) return undefined;
    if (isText(node)) return shapeOfName([GLOBAL, node.text.charAt(0).toUpperCase() + node.text.slice(1)]);
    if (ts.isArrayLiteralExpression(node)) return { kind: 'list', element: node.elements[0] };
    if (ts.isObjectLiteralExpression(node)) {
      if (node.properties.length === 0) return { kind: 'scalar', type: 'json' };
      return { kind: 'document', draft: this.readPart(node, draft) };
    }
    if (ts.isClassLike(node)) return hasProps(node, this.origins) ? this.document(node) : undefined;
    if (ts.isEnumDeclaration(node)) return shapeOfEnum(node);
    // Decorators take `() => Type`.
    const given = ts.isArrowFunction(node) ? returnedBy(node) : undefined;
    return given === undefined ? undefined : this.shapeOf(draft, given);
  }

  private document(schema: ts.Node): Shape {
    this.embedded.add(schema);
    return { kind: 'document', draft: this.read(schema) };
  }

  /** A schema that is written as a plain object in the place of a type. */
  private readPart(node: ts.ObjectLiteralExpression, around: Draft): Draft {
    const part = emptyDraft();
    for (const key of ['typeKey', '_id']) {
      const value = around.options.get(key);
      if (value !== undefined) part.options.set(key, value);
    }
    this.define(part, '', node);
    finish(part, this.origins);
    return part;
  }

  /** The type that TypeScript emits for decorators: https://www.typescriptlang.org/docs/handbook/decorators.html#metadata */
  private shapeOfAnnotation(node: ts.TypeNode): Shape | undefined {
    if (ts.isParenthesizedTypeNode(node)) return this.shapeOfAnnotation(node.type);
    if (ts.isUnionTypeNode(node)) {
      const rest = node.types.filter((one) => !/^(?:null|undefined)$/.test(one.getText()));
      const [first] = rest;
      if (rest.every((one) => ts.isLiteralTypeNode(one) && isText(one.literal)))
        return { kind: 'scalar', type: 'string' };
      return rest.length === 1 && first !== undefined ? this.shapeOfAnnotation(first) : undefined;
    }
    if (ts.isArrayTypeNode(node)) return { kind: 'list', element: undefined };
    if (!ts.isTypeReferenceNode(node)) return shapeOfName([GLOBAL, KEYWORDS[node.kind] ?? '']);
    const name = node.typeName.getText();
    if (/^(?:Readonly)?Array$/.test(name)) return { kind: 'list', element: undefined };
    if (/(?:^|\.)(?:ObjectId|Ref)$/.test(name)) return { kind: 'scalar', type: 'object-id' };
    if (/^(?:Record|Map)$/.test(name)) return { kind: 'scalar', type: 'json' };
    if (TYPES[name] !== undefined) return shapeOfName([GLOBAL, name]);
    const target = this.origins.nodeOf(node.typeName);
    if (target === undefined) return undefined;
    if (ts.isEnumDeclaration(target)) return shapeOfEnum(target);
    return ts.isClassLike(target) && hasProps(target, this.origins) ? this.document(target) : undefined;
  }

  private embed(
    draft: Draft,
    column: MutableColumn,
    part: Draft | undefined,
    options: Entries,
    elementOptions: Entries,
  ): void {
    if (part === undefined) return;
    const isWithoutId = [options, elementOptions].some((one) => one.has('_id') && isFalse(one.get('_id')));
    const isWithoutIndexes = [options, elementOptions, part.options].some((one) =>
      isTrue(one.get('excludeIndexes')),
    );
    mergePart(draft, column, part, { isWithoutId: isWithoutId && part.hasAutomaticId, isWithoutIndexes });
  }

  // The options of a path: https://mongoosejs.com/docs/schematypes.html#schematype-options

  private setPathOptions(draft: Draft, column: MutableColumn, options: Entries, isOfElement: boolean): void {
    for (const [key, value] of options) this.setPathOption(draft, column, key, value, isOfElement);
    if (options.has('refPath')) draft.unread.push(`the model of \`${column.name}\` is named by \`refPath\``);
    else if (options.has('ref')) this.refer(draft, column, options);
    this.setPathIndex(draft, column.name, options);
  }

  private setPathOption(
    draft: Draft,
    column: MutableColumn,
    key: string,
    value: ts.Node,
    isOfElement: boolean,
  ): void {
    const { name } = column;
    switch (key) {
      case 'required':
        if (!isOfElement) column.isNullable = isNullableBy(value);
        return;
      case 'select':
        if (isOfElement) return;
        if (isFalse(value)) column.isHidden = true;
        else if (!isTrue(value)) draft.unread.push(`whether \`${name}\` is selected`);
        return;
      case 'get':
      case 'set':
      case 'transform':
        draft.hooks.add(`${key} ${name}`);
        return;
      case 'lowercase':
      case 'uppercase':
      case 'trim':
        // They are setters, which change what is written and what is asked for.
        if (!isFalse(value)) draft.hooks.add(`set ${name}`);
        return;
      case 'alias':
        for (const alias of this.textsOf(value) ?? []) draft.virtuals.add(alias);
        return;
      case 'discriminators':
        draft.unread.push(`the discriminators of \`${name}\``);
        return;
      default:
    }
  }

  private refer(draft: Draft, column: MutableColumn, options: Entries): void {
    const { name, isList, type } = column;
    const ref = options.get('ref');
    const target = this.targetOf(ref);
    if (target === undefined || ref === undefined) {
      draft.unread.push(`the model \`${written(ref)}\` that \`${name}\` refers to`);
    } else if (type === 'json') {
      draft.unread.push(`the relation of \`${name}\`, which holds more than keys`);
    } else {
      const eager = options.get('autopopulate');
      const kind = isList ? 'many' : 'one';
      const isEager = eager !== undefined && !isFalse(eager);
      const isFiltered = false;
      draft.references.set(name, { name, kind, target, from: [name], to: ['_id'], isEager, isFiltered });
    }
  }

  /** The model that `ref` names: a text, a model, a class, or a function without arguments that gives one. */
  private targetOf(node: ts.Node | undefined): string | ts.Node | undefined {
    if (node === undefined) return undefined;
    const bare = ts.isExpression(node) ? bareExpression(node) : node;
    if (ts.isPropertyAccessExpression(bare) && bare.name.text === 'modelName')
      return this.uses.modelOf(bare.expression);
    const text = this.origins.textOf(bare);
    if (text !== undefined) return text;
    const found = this.origins.nodeOf(bare);
    if (found !== undefined && isFunctionNode(found)) {
      const given = returnedBy(found);
      const isConstant = found.parameters.every(
        (one) => !new RegExp(`\\b${one.name.getText()}\\b`).test(given?.getText() ?? ''),
      );
      return isConstant && !/\bthis\b/.test(given?.getText() ?? '') ? this.targetOf(given) : undefined;
    }
    return this.uses.modelOf(bare);
  }

  private textsOf(node: ts.Node | undefined): readonly string[] | undefined {
    const list = this.origins.nodeOf(node);
    const all = list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : [node];
    const texts = all.map((one) => this.origins.textOf(one));
    return texts.every((one) => one !== undefined) ? texts : undefined;
  }

  private setPathIndex(draft: Draft, path: string, options: Entries): void {
    const values = ['index', 'unique', 'sparse', 'text', 'expires'].map(
      (key) => [key, options.get(key)] as const,
    );
    if (values.every(([, value]) => value === undefined)) return;
    let index: Index = {
      fields: [path],
      isUnique: false,
      isOrdinary: true,
      isPartial: false,
      name: undefined,
    };
    let isDeclared = false;
    for (const [key, value] of values) {
      if (value === undefined || isFalse(value)) continue;
      if (key === 'index') {
        index = this.withIndexOption(draft, index, value);
        isDeclared = true;
      } else if (key === 'unique') {
        if (isTrue(value)) index = { ...index, isUnique: true };
        else draft.unread.push(`whether \`${path}\` is unique`);
        isDeclared = true;
      } else {
        if (key === 'text') index = { ...index, isOrdinary: false };
        isDeclared = true;
      }
    }
    if (isDeclared) draft.pathIndexes.set(path, index);
  }

  private withIndexOption(draft: Draft, index: Index, value: ts.Node): Index {
    const text = this.origins.textOf(value);
    if (text !== undefined) return { ...index, isOrdinary: isOrdinaryIndex(text) };
    const node = this.origins.nodeOf(value);
    if (node === undefined || !ts.isObjectLiteralExpression(node)) {
      if (!isTrue(value) && !/^-?1$/.test(value.getText()))
        draft.unread.push(`the index of \`${index.fields.join(', ')}\``);
      return index;
    }
    return this.withIndexOptions(draft, index, value);
  }

  /** https://mongoosejs.com/docs/api/schema.html#Schema.prototype.index() */
  private withIndexOptions(draft: Draft, index: Index, node: ts.Node | undefined): Index {
    const before = draft.unread.length;
    const options = entriesOf(node, this.origins, draft.unread);
    const unique = options.get('unique');
    if (unique !== undefined && !isTrue(unique) && !isFalse(unique))
      draft.unread.push(`whether \`${index.fields.join(', ')}\` is unique`);
    const type = this.origins.textOf(options.get('type'));
    return {
      ...index,
      isUnique: index.isUnique || (isTrue(unique) && draft.unread.length === before),
      isOrdinary:
        index.isOrdinary && !isTrue(options.get('text')) && (type === undefined || isOrdinaryIndex(type)),
      isPartial: index.isPartial || options.has('partialFilterExpression'),
      name: this.origins.textOf(options.get('name')),
    };
  }

  // Calls on a schema

  private apply(draft: Draft, { name, call, on }: Statement): void {
    const [first, second] = call.arguments;
    if (on !== undefined) {
      this.applyToPart(draft, name, call, on);
      return;
    }
    if (isConditional(call) && /^(?:add|path|index|remove|set)$/.test(name)) {
      draft.unread.push(`\`${written(call)}\`, which runs under a condition`);
      return;
    }
    switch (name) {
      case HANDED_OVER:
        draft.unread.push(`what \`${written(call)}\` changes`);
        return;
      case 'index':
        this.addIndex(draft, first, second);
        return;
      case 'pre':
      case 'post':
        for (const event of this.eventsOf(first)) draft.hooks.add(`${name} ${event}`);
        return;
      case 'plugin':
        draft.hooks.add(pluginName(first));
        return;
      case 'virtual': {
        const named = this.origins.textOf(first);
        if (named === undefined) draft.unread.push(`the virtual \`${written(first)}\``);
        else this.addVirtual(draft, named, second);
        return;
      }
      case 'add':
        if (first !== undefined) this.add(draft, first, this.origins.textOf(second) ?? '');
        return;
      case 'path': {
        const path = this.origins.textOf(first);
        if (second === undefined) return;
        if (path === undefined) draft.unread.push(`the path \`${written(first)}\``);
        else this.definePath(draft, path, second);
        return;
      }
      case 'set': {
        const key = this.origins.textOf(first);
        if (key === undefined) draft.unread.push(`the option \`${written(first)}\``);
        else if (second !== undefined) draft.options.set(key, second);
        return;
      }
      case 'alias':
        for (const alias of this.textsOf(second) ?? []) draft.virtuals.add(alias);
        return;
      case 'loadClass':
        this.addAccessors(draft, this.origins.nodeOf(first));
        return;
      case 'remove': {
        const paths = this.textsOf(first);
        if (paths === undefined) draft.unread.push(`the paths that \`${written(call)}\` removes`);
        for (const path of Array.from(draft.columns.keys()))
          if (paths?.some((one) => isAtOrBelow(path, one)) ?? false) removePath(draft, path);
        return;
      }
      case 'removeIndex':
      case 'clearIndexes':
        draft.indexes.length = 0;
        if (name === 'removeIndex') draft.pathIndexes.clear();
        draft.unread.push(`the indexes that \`${written(call)}\` removes`);
        return;
      case 'discriminator':
        draft.unread.push(`the discriminator \`${written(first)}\``);
        return;
      default:
    }
  }

  /** `schema.path('email').unique(true)`, `schema.virtual('name').get(…)` */
  private applyToPart(draft: Draft, name: string, call: ts.CallExpression, on: ts.CallExpression): void {
    const part = this.origins.textOf(on.arguments[0]);
    const isVirtual = isMember(on.expression) && memberName(on.expression) === 'virtual';
    if (part === undefined) {
      if (!isVirtual) draft.unread.push(`what \`${written(call)}\` changes`);
      return;
    }
    if (isVirtual) {
      // A relation that is read through a getter; other virtuals are known as such.
      if (draft.references.has(part) && name === 'get') draft.hooks.add(`get ${part}`);
      return;
    }
    const column = draft.columns.get(part);
    if (column === undefined || name === 'discriminator' || isConditional(call)) {
      draft.unread.push(`what \`${written(call)}\` changes`);
      return;
    }
    const value: ts.Node = call.arguments[0] ?? ts.factory.createTrue();
    this.setPathOptions(draft, column, new Map([[name, value]]), false);
  }

  private addIndex(
    draft: Draft,
    fields: ts.Expression | undefined,
    options: ts.Expression | undefined,
  ): void {
    const unread: string[] = [];
    const given = entriesOf(fields, this.origins, unread);
    if (unread.length > 0 || given.size === 0) {
      draft.unread.push(`the index of \`${written(fields)}\``);
      return;
    }
    const kinds = [...given.values()].map((one) => this.origins.textOf(one) ?? one.getText());
    const isOrdinary = kinds.every(isOrdinaryIndex) && ![...given.keys()].some((one) => one.includes('$**'));
    const index: Index = {
      fields: [...given.keys()],
      isUnique: false,
      isOrdinary,
      isPartial: false,
      name: undefined,
    };
    // The name joins those of paths; it does not join these.
    draft.indexes.push({ ...this.withIndexOptions(draft, index, options), name: undefined });
  }

  /** The names of middleware that `pre` and `post` are given: https://mongoosejs.com/docs/middleware.html */
  private eventsOf(node: ts.Node | undefined): readonly string[] {
    const found = this.origins.nodeOf(node);
    if (found === undefined) return ['*'];
    if (ts.isArrayLiteralExpression(found)) return found.elements.flatMap((one) => this.eventsOf(one));
    if (!ts.isRegularExpressionLiteral(found)) return [this.origins.textOf(found) ?? '*'];
    const pattern = patternOf(found.text);
    return pattern === undefined ? ['*'] : MIDDLEWARE.filter((one) => pattern.test(one));
  }

  /** https://mongoosejs.com/docs/api/schema.html#Schema.prototype.virtual() */
  private addVirtual(draft: Draft, name: string, given: ts.Node | undefined): void {
    const unread: string[] = [];
    const options = entriesOf(given, this.origins, unread);
    draft.unread.push(...unread.map((one) => `${one}, of the virtual \`${name}\``));
    if (options.has('refPath')) {
      draft.unread.push(`the model of \`${name}\` is named by \`refPath\``);
      return;
    }
    const ref = options.get('ref');
    const count = options.get('count');
    if (ref === undefined || (count !== undefined && !isFalse(count))) {
      draft.virtuals.add(name);
      return;
    }
    const target = this.targetOf(ref);
    const from = this.textsOf(options.get('localField'));
    const to = this.textsOf(options.get('foreignField'));
    const justOne = options.get('justOne');
    const isOne = justOne !== undefined && isTrue(justOne);
    if (
      target === undefined ||
      from === undefined ||
      to === undefined ||
      unread.length > 0 ||
      !(isOne || isFalse(justOne))
    ) {
      draft.unread.push(`the relation \`${name}\` to \`${written(ref)}\``);
      return;
    }
    const inner = entriesOf(options.get('options'), this.origins, draft.unread);
    const isFiltered = [options, inner].some((one) => LIMITS.some((key) => one.has(key)));
    const eager = options.get('autopopulate');
    const isEager = eager !== undefined && !isFalse(eager);
    if (options.has('get')) draft.hooks.add(`get ${name}`);
    const kind = isOne ? 'one' : 'many';
    draft.references.set(name, { name, kind, target, from, to, isEager, isFiltered });
  }

  private addAccessors(draft: Draft, owner: ts.Node | undefined): void {
    if (owner === undefined || !ts.isClassLike(owner)) return;
    this.addAccessors(draft, baseOf(owner, this.origins));
    for (const member of owner.members)
      if (ts.isGetAccessor(member) && !hasModifier(member, ts.SyntaxKind.StaticKeyword))
        draft.virtuals.add(keyOf(member.name) ?? written(member.name));
  }

  // Classes with decorators: https://docs.nestjs.com/techniques/mongodb and https://typegoose.github.io/typegoose/docs/api/decorators/prop

  private defineClass(draft: Draft, owner: ts.ClassLikeDeclaration): void {
    const heritage = owner.heritageClauses?.find((one) => one.token === ts.SyntaxKind.ExtendsKeyword)
      ?.types[0];
    const base = baseOf(owner, this.origins);
    if (base !== undefined) this.defineClass(draft, base);
    else if (heritage !== undefined) this.extendPackage(draft, heritage);
    for (const { name, args } of decoratorsOf(owner, this.origins)) this.applyDecorator(draft, name, args);
    for (const member of owner.members) {
      const name = member.name === undefined ? undefined : keyOf(member.name);
      if (ts.isGetAccessor(member) && name !== undefined && !hasModifier(member, ts.SyntaxKind.StaticKeyword))
        draft.virtuals.add(name);
      if (!ts.isPropertyDeclaration(member)) continue;
      for (const decorator of decoratorsOf(member, this.origins)) {
        if (name === undefined) draft.unread.push(`the path \`${written(member.name)}\``);
        else this.defineProp(draft, name, decorator, member.type);
      }
    }
  }

  private extendPackage(draft: Draft, heritage: ts.ExpressionWithTypeArguments): void {
    const names = this.origins.namesOf(heritage.expression);
    const name = names?.at(-1);
    // https://typegoose.github.io/typegoose/docs/api/default-classes
    if (name === 'TimeStamps') draft.options.set('timestamps', ts.factory.createTrue());
    else if (name !== 'Document' && name !== 'Base')
      draft.unread.push(`what \`${written(heritage)}\` declares`);
  }

  private applyDecorator(draft: Draft, name: string, args: readonly ts.Expression[]): void {
    const [first, second] = args;
    if (name === 'Schema') this.setOptions(draft, first);
    else if (name === 'modelOptions')
      this.setOptions(draft, entriesOf(first, this.origins, draft.unread).get('schemaOptions'));
    else if (name === 'index') this.addIndex(draft, first, second);
    else if (name === 'plugin') draft.hooks.add(pluginName(first));
    else if (name === 'pre' || name === 'post')
      for (const event of this.eventsOf(first)) draft.hooks.add(`${name} ${event}`);
  }

  private defineProp(
    draft: Draft,
    path: string,
    decorator: Decorator,
    annotation: ts.TypeNode | undefined,
  ): void {
    const [first] = decorator.args;
    if (decorator.name === 'Virtual') {
      const entries = entriesOf(first, this.origins, draft.unread);
      const below = this.origins.textOf(entries.get('subPath'));
      this.addVirtual(draft, below === undefined ? path : `${path}.${below}`, entries.get('options'));
      return;
    }
    if (!/^(?:Prop|prop|arrayProp|mapProp)$/.test(decorator.name)) return;
    const given = this.origins.nodeOf(first);
    if (
      given !== undefined &&
      ts.isCallExpression(given) &&
      this.origins.namesOf(given.expression)?.at(-1) === 'raw'
    ) {
      this.definePath(draft, path, given.arguments[0] ?? given);
      return;
    }
    if (first !== undefined && (given === undefined || !ts.isObjectLiteralExpression(given))) {
      this.defineLeaf(draft, path, first, new Map());
      return;
    }
    const options = entriesOf(first, this.origins, draft.unread);
    if (decorator.name !== 'Prop' && options.has('foreignField')) this.addVirtual(draft, path, first);
    else this.defineAnnotated(draft, path, decorator, options, annotation);
  }

  private defineAnnotated(
    draft: Draft,
    path: string,
    decorator: Decorator,
    options: Entries,
    annotation: ts.TypeNode | undefined,
  ): void {
    const type = options.get('type') ?? options.get('items');
    const isList = annotation !== undefined && this.shapeOfAnnotation(annotation)?.kind === 'list';
    if (decorator.name === 'Prop' || !isList) {
      const known = type ?? annotation;
      if (known === undefined && options.has('ref')) this.defineReference(draft, path, options, false);
      else if (known === undefined) draft.unread.push(`the type of \`${path}\``);
      else this.defineLeaf(draft, path, known, options);
      return;
    }
    // Typegoose makes a list of the type where the property is one.
    if (type === undefined && options.has('ref')) this.defineReference(draft, path, options, true);
    else
      this.defineLeaf(
        draft,
        path,
        annotation,
        type === undefined ? options : new Map([...options, ['of', unwrapped(type)]]),
      );
  }

  private defineReference(draft: Draft, path: string, options: Entries, isList: boolean): void {
    const column = setColumn(draft, path, 'object-id', 'ObjectId', isList);
    this.setPathOptions(draft, column, options, false);
  }
}

/** The type in `() => [Type]` or `[Type]`. */
function unwrapped(type: ts.Node): ts.Node {
  const given = (ts.isArrowFunction(type) ? returnedBy(type) : undefined) ?? type;
  const bare = ts.isExpression(given) ? bareExpression(given) : given;
  return ts.isArrayLiteralExpression(bare) ? (bare.elements[0] ?? bare) : bare;
}

const KEYWORDS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.StringKeyword]: 'String',
  [ts.SyntaxKind.NumberKeyword]: 'Number',
  [ts.SyntaxKind.BooleanKeyword]: 'Boolean',
  [ts.SyntaxKind.BigIntKeyword]: 'BigInt',
  [ts.SyntaxKind.AnyKeyword]: 'Mixed',
  [ts.SyntaxKind.UnknownKeyword]: 'Mixed',
  [ts.SyntaxKind.ObjectKeyword]: 'Mixed',
  [ts.SyntaxKind.TypeLiteral]: 'Mixed',
};

/** What decides which documents belong to a virtual relation, beside the keys. */
const LIMITS: readonly string[] = ['match', 'limit', 'skip', 'perDocumentLimit'];

const emptyDraft = (): Draft => ({
  columns: new Map(),
  references: new Map(),
  pathIndexes: new Map(),
  indexes: [],
  hooks: new Set(),
  virtuals: new Set(),
  unread: [],
  options: new Map(),
  hasAutomaticId: false,
});

function shapeOfName(names: readonly string[]): Shape | undefined {
  const last = names.at(-1) ?? '';
  if (!/^(?:|mongoose|mongodb|bson)$/.test(names[0] ?? '')) return undefined;
  if (/^(?:Array|DocumentArray)$/.test(last)) return { kind: 'list', element: undefined };
  const type = TYPES[last];
  return type === undefined ? undefined : { kind: 'scalar', type };
}

const shapeOfEnum = (node: ts.EnumDeclaration): Shape => ({
  kind: 'scalar',
  type: node.members.every((one) => isText(one.initializer)) ? 'string' : 'float',
});

/** Whether a class has paths: properties with decorators of one of the libraries, its own or of a class that it extends. */
function hasProps(owner: ts.ClassLikeDeclaration, origins: Origins): boolean {
  if (owner.members.some((one) => ts.isPropertyDeclaration(one) && decoratorsOf(one, origins).length > 0))
    return true;
  const base = baseOf(owner, origins);
  return base !== undefined && hasProps(base, origins);
}

/** The class of the project that a class extends. */
function baseOf(owner: ts.ClassLikeDeclaration, origins: Origins): ts.ClassLikeDeclaration | undefined {
  const clause = owner.heritageClauses?.find((one) => one.token === ts.SyntaxKind.ExtendsKeyword);
  const base = origins.nodeOf(clause?.types[0]?.expression);
  return base !== undefined && ts.isClassLike(base) && base !== owner ? base : undefined;
}

function setColumn(
  draft: Draft,
  name: string,
  type: ColumnType,
  text: string,
  isList: boolean,
): MutableColumn {
  removePath(draft, name);
  const column: MutableColumn = {
    name,
    column: name,
    type,
    written: text,
    isNullable: name !== '_id',
    isList,
    isHidden: false,
  };
  draft.columns.set(name, column);
  return column;
}

function removePath(draft: Draft, path: string): void {
  draft.columns.delete(path);
  draft.references.delete(path);
  draft.pathIndexes.delete(path);
}

const isAtOrBelow = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);

/** Whether a value is there and always counts as true: `true`, `1`, `[true, 'message']`, a text that is not empty. */
function isTrue(node: ts.Node | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isArrayLiteralExpression(node)) return isTrue(node.elements[0]);
  return (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    (ts.isNumericLiteral(node) && Number(node.text) !== 0) ||
    (isText(node) && node.text !== '')
  );
}

/** Whether a value is missing or always counts as false. */
function isFalse(node: ts.Node | undefined): boolean {
  if (node === undefined) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && isFalse(node.elements[0]);
  return (
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    (ts.isNumericLiteral(node) && Number(node.text) === 0)
  );
}

/** What `required` says. A function or a condition says nothing for certain. */
const isNullableBy = (value: ts.Node): boolean | undefined =>
  isTrue(value) ? false : isFalse(value) ? true : undefined;

/** Whether an index of a kind finds a value by equality, and keeps it unique. */
const isOrdinaryIndex = (kind: string): boolean =>
  /^(?:[+-]?1|asc|desc|ascending|descending|hashed)$/.test(kind);

function patternOf(literal: string): RegExp | undefined {
  const end = literal.lastIndexOf('/');
  try {
    return new RegExp(literal.slice(1, end), literal.slice(end + 1).replace(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}

/** Whether a call may be left out when the code around it runs. */
function isConditional(node: ts.Node): boolean {
  for (let at = node; !ts.isSourceFile(at) && !isFunctionNode(at); at = at.parent)
    if (
      ts.isIfStatement(at) ||
      ts.isConditionalExpression(at) ||
      ts.isIterationStatement(at, false) ||
      ts.isCaseOrDefaultClause(at) ||
      ts.isCatchClause(at) ||
      (ts.isBinaryExpression(at) && /^(?:&&|\|\||\?\?)$/.test(at.operatorToken.getText()))
    )
      return true;
  return false;
}

/** Adds what another schema declares, as `schema.add(other)` does. */
function merge(draft: Draft, other: Draft): void {
  for (const [name, column] of other.columns)
    if (name !== '_id' || !other.hasAutomaticId) draft.columns.set(name, { ...column });
  for (const [name, one] of other.references) draft.references.set(name, one);
  for (const [path, index] of other.pathIndexes) draft.pathIndexes.set(path, index);
  for (const [key, value] of other.options) if (!draft.options.has(key)) draft.options.set(key, value);
  draft.indexes.push(...other.indexes);
  for (const one of other.hooks) draft.hooks.add(one);
  for (const one of other.virtuals) if (one !== 'id') draft.virtuals.add(one);
  draft.unread.push(...other.unread);
}

const prefixed = (index: Index, prefix: string): Index => ({
  ...index,
  fields: index.fields.map((one) => prefix + one),
});

/** A hook with its path below another: `get items.price`. */
const onPath = (hook: string, prefix: string): string =>
  hook.replace(/^(get|set|transform) /, `$1 ${prefix}`);

function addReference(draft: Draft, one: Reference, prefix: string, isInList: boolean): void {
  const name = prefix + one.name;
  const from = one.from.map((path) => prefix + path);
  draft.references.set(name, { ...one, name, from, kind: isInList ? 'many' : one.kind });
}

/** Adds the paths of a subdocument below the path that holds it. */
function mergePart(
  draft: Draft,
  holder: MutableColumn,
  part: Draft,
  { isWithoutId, isWithoutIndexes }: { readonly isWithoutId: boolean; readonly isWithoutIndexes: boolean },
): void {
  const prefix = `${holder.name}.`;
  for (const [key, column] of part.columns) {
    if (key === '_id' && isWithoutId) continue;
    const name = prefix + key;
    const isOptional = !holder.isList && holder.isNullable !== false;
    draft.columns.set(name, {
      ...column,
      name,
      column: name,
      isList: column.isList || holder.isList,
      isHidden: column.isHidden || holder.isHidden,
      isNullable: isOptional ? true : column.isNullable,
    });
  }
  for (const one of part.references.values()) addReference(draft, one, prefix, holder.isList);
  if (!isWithoutIndexes)
    for (const index of [...part.pathIndexes.values(), ...part.indexes]) {
      const below = prefixed(index, prefix);
      draft.indexes.push(below);
    }
  for (const one of part.hooks)
    if (OF_SUBDOCUMENTS.test(one) || /^(?:get|set|transform) /.test(one))
      draft.hooks.add(onPath(one, prefix));
  for (const one of part.virtuals) if (one !== 'id' || !isWithoutId) draft.virtuals.add(prefix + one);
  draft.unread.push(...part.unread.map((one) => `${one}, in \`${holder.name}\``));
}

/** Adds what a schema has by default: https://mongoosejs.com/docs/guide.html#options */
function finish(draft: Draft, origins: Origins): void {
  const { options, columns } = draft;
  const id = options.get('_id');
  if (!columns.has('_id') && (id === undefined || !isFalse(id))) {
    const before = [...columns];
    columns.clear();
    setColumn(draft, '_id', 'object-id', 'ObjectId', false);
    for (const [name, column] of before) columns.set(name, column);
    draft.hasAutomaticId = true;
  }
  for (const [name, text] of timestampsOf(options.get('timestamps'), origins, draft.unread))
    if (name !== undefined && !columns.has(name)) setColumn(draft, name, 'date', text, false);
  const isIdWanted = !options.has('id') || !isFalse(options.get('id'));
  if (isIdWanted && columns.has('_id') && !columns.has('id')) draft.virtuals.add('id');
}

/** The names of the columns that `timestamps` adds: https://mongoosejs.com/docs/timestamps.html */
function timestampsOf(
  node: ts.Node | undefined,
  origins: Origins,
  unread: string[],
): readonly (readonly [name: string | undefined, text: string])[] {
  if (node === undefined || isFalse(node)) return [];
  const entries = isTrue(node) ? new Map<string, ts.Node>() : entriesOf(node, origins, unread);
  return ['createdAt', 'updatedAt'].map((name) => {
    const value = entries.get(name);
    if (value === undefined || isTrueKeyword(value)) return [name, 'timestamps'];
    if (isFalse(value)) return [undefined, 'timestamps'];
    const renamed = origins.textOf(value);
    if (renamed === undefined) unread.push(`the name of \`${name}\``);
    return [renamed, 'timestamps'];
  });
}

const isTrueKeyword = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.TrueKeyword;

// Models

function modelsOf(uses: Uses): readonly Model[] {
  const schemas = new Schemas(uses);
  const declared = [...uses.declared];
  const drafts = declared.map((one) => draftOf(one, declared, schemas));
  // A class whose schema is not bound to a name anywhere is called by its own.
  for (const [owner, call] of uses.schemaClasses) {
    const isBound = declared.some((one) => one.schema === call);
    if (isBound || !ts.isClassLike(owner) || owner.name === undefined) continue;
    const draft = schemas.read(call);
    if (schemas.embedded.has(call) || schemas.embedded.has(owner)) continue;
    declared.push({ name: owner.name.text, schema: call, node: call, collection: undefined, unread: [] });
    drafts.push(draft ?? emptyDraft());
  }
  const drafted = declared.map((one, at): Drafted => ({ declared: one, draft: drafts[at] ?? emptyDraft() }));
  const models = drafted.map((one) => modelOf(one, drafted, uses));
  return models.map((model) => ({
    ...model,
    relations: model.relations.map((relation) => withInverse(relation, model, models)),
  }));
}

interface Drafted {
  readonly declared: Declared;
  readonly draft: Draft;
}

/** What the schema of a model declares; of a discriminator with that of the model that it is one of. */
function draftOf(one: Declared, all: readonly Declared[], schemas: Schemas): Draft {
  const own = one.schema === undefined ? undefined : schemas.read(one.schema);
  if (one.base === undefined) return own ?? emptyDraft();
  const base = all.find((other) => other.node === one.base);
  const draft = emptyDraft();
  if (base !== undefined) {
    merge(draft, draftOf(base, all, schemas));
  }
  if (own !== undefined) merge(draft, own);
  finish(draft, schemas.origins);
  return draft;
}

function modelOf({ declared, draft }: Drafted, all: readonly Drafted[], uses: Uses): Model {
  const { origins } = uses;
  const unread = [...declared.unread, ...draft.unread];
  const hooks = [...new Set([...draft.hooks, ...uses.globalPlugins])];
  const discriminators = all.filter((one) => one.declared.base === declared.node);
  for (const one of discriminators) unread.push(`the discriminator \`${one.declared.name}\``);
  const hasAutopopulate = hooks.some((one) => /^plugin .*autopopulate/i.test(one));
  const relations = [...draft.references.values()].flatMap((reference) => {
    const found = relationOf(reference, declared, all);
    if (typeof found === 'string') {
      unread.push(found);
      return [];
    }
    if (!reference.isEager || hasAutopopulate) return [found];
    unread.push(`whether a plugin populates \`${reference.name}\``);
    return [{ ...found, isEager: false }];
  });
  const versionKey = draft.options.get('versionKey');
  const version = versionKey === undefined ? '__v' : origins.textOf(versionKey);
  if (version !== undefined && !draft.columns.has(version) && declared.schema !== undefined)
    setColumn(draft, version, 'float', 'Number', false);
  const { uniques, indexes } = indexesOf(draft);
  return {
    orm: 'mongoose',
    name: declared.name,
    table: tableOf(declared, draft, all, uses),
    columns: [...draft.columns.values()].map((one) => ({ ...one })),
    primaryKey: draft.columns.has('_id') ? ['_id'] : [],
    uniques,
    indexes,
    relations,
    hooks,
    defaultScope: scopeOf(declared, draft, origins),
    softDelete: undefined,
    virtuals: [...draft.virtuals],
    unread: [...new Set(unread)],
    seenAt: siteOf(declared.node),
  };
}

const siteOf = (node: ts.Node): Model['seenAt'] => {
  const source = node.getSourceFile();
  return { path: source.fileName, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 };
};

/** What every query of a discriminator asks for, and what texts are compared by. */
function scopeOf(declared: Declared, draft: Draft, origins: Origins): string | undefined {
  const parts: string[] = [];
  if (declared.base !== undefined) {
    const key = origins.textOf(draft.options.get('discriminatorKey')) ?? '__t';
    parts.push(`{ ${key}: '${declared.name}' }`);
  }
  const collation = draft.options.get('collation');
  if (collation !== undefined) parts.push(`collation: ${written(collation)}`);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function tableOf(declared: Declared, draft: Draft, all: readonly Drafted[], uses: Uses): string | undefined {
  const base = all.find((one) => one.declared.node === declared.base);
  if (base !== undefined) return tableOf(base.declared, base.draft, all, uses);
  if (declared.base !== undefined) return undefined;
  const option = draft.options.get('collection');
  if (declared.collection !== undefined) return declared.collection;
  if (option !== undefined) return uses.origins.textOf(option);
  const isComputed = declared.unread.length > 0 || draft.options.has('pluralization') || uses.hasOwnPlurals;
  return isComputed ? undefined : collectionName(declared.name);
}

/**
 * The uniques and indexes of a schema. Indexes of paths that bear the same name are one. Those of part of the documents only, and
 * those for texts and places, are none of both.
 */
function indexesOf(draft: Draft): Pick<Model, 'uniques' | 'indexes'> {
  const all: Index[] = [];
  for (const index of [...draft.pathIndexes.values(), ...draft.indexes]) {
    const at = index.name === undefined ? -1 : all.findIndex((one) => one.name === index.name);
    const same = all[at];
    if (same === undefined) all.push(index);
    else
      all[at] = {
        ...same,
        fields: [...same.fields, ...index.fields],
        isOrdinary: same.isOrdinary && index.isOrdinary,
      };
  }
  const usable = all.filter((one) => one.isOrdinary && !one.isPartial && one.fields.join() !== '_id');
  const uniques = distinct(usable.filter((one) => one.isUnique));
  const isUnique = (fields: readonly string[]): boolean =>
    uniques.some((one) => one.join() === fields.join());
  return {
    uniques,
    indexes: distinct(usable.filter((one) => !one.isUnique)).filter((one) => !isUnique(one)),
  };
}

const distinct = (all: readonly Index[]): readonly (readonly string[])[] => [
  ...new Map(all.map(({ fields }) => [fields.join(), fields])).values(),
];

/** The relation with its model looked up, or why there is none. */
function relationOf(reference: Reference, of: Declared, all: readonly Drafted[]): Relation | string {
  const { name, kind, from, to, isEager, isFiltered } = reference;
  const target = targetIn(reference.target, of, all);
  if (target === undefined) {
    const called = calledIn(reference.target);
    return `the model \`${called}\` of \`${name}\` is not found`;
  }
  const missing = to.find((path) => !target.draft.columns.has(path));
  if (missing !== undefined) return `the path \`${missing}\` that \`${name}\` leads to is not found`;
  return { name, kind, model: target.declared.name, from, to, isEager, isLazy: false, isFiltered };
}

const calledIn = (target: string | ts.Node): string =>
  typeof target === 'string'
    ? target
    : ((ts.isClassLike(target) ? target.name?.text : undefined) ?? written(target));

/** The model that is meant. Of several with the same name the one that is declared nearest is. */
function targetIn(target: string | ts.Node, of: Declared, all: readonly Drafted[]): Drafted | undefined {
  if (typeof target !== 'string')
    return (
      all.find((one) => one.declared.node === target || one.declared.schema === target) ??
      all.find(({ declared }) => ts.isClassLike(target) && declared.name === target.name?.text)
    );
  const from = siteOf(of.node).path;
  const near = ({ declared }: Drafted): number => nearness(from, siteOf(declared.node).path);
  const [first, second] = all
    .filter((one) => one.declared.name === target)
    .toSorted((a, b) => near(b) - near(a));
  return first !== undefined && second !== undefined && near(first) === near(second) ? undefined : first;
}

/** How many folders two paths have in common; one more where they are the same. */
function nearness(a: string, b: string): number {
  const [one, other] = [dirname(a).split('/'), dirname(b).split('/')];
  const differs = one.findIndex((folder, at) => folder !== other[at]);
  return a === b ? Infinity : differs < 0 ? one.length : differs;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

/** The relation with that on the other model which has the same keys the other way round, where there is one such. */
function withInverse(relation: Relation, model: Model, all: readonly Model[]): Relation {
  const candidates = all
    .filter((one) => one.name === relation.model)
    .flatMap((one) => one.relations)
    .filter(
      (one) => one.model === model.name && isSame(one.from, relation.to) && isSame(one.to, relation.from),
    );
  const unfiltered = candidates.filter((one) => !one.isFiltered);
  const [only] = unfiltered.length === 1 ? unfiltered : candidates.length === 1 ? candidates : [];
  return only === undefined ? relation : { ...relation, inverse: only.name };
}

const WITHOUT_PLURAL = new Set(
  `advice energy excretion digestion cooperation health justice labour machinery equipment information pollution sewage paper money
  species series rain rice fish sheep moose deer news expertise status media`.split(/\s+/),
);

/** Endings, and what stands there in the plural; the first that fits counts. */
const PLURALS: readonly (readonly [ending: RegExp, plural: string])[] = [
  [/(?<=hum)an$/, 'ans'],
  [/(?<=m)an$/, 'en'],
  [/(?<=pe)rson$/, 'ople'],
  [/(?<=child)$/, 'ren'],
  [/(?<=^ox)$/, 'en'],
  [/(?<=ax|test)is$/, 'es'],
  [/(?<=octop|vir)us$/, 'i'],
  [/(?<=alias|status|bus)$/, 'es'],
  [/(?<=buffalo|tomato|potato)$/, 'es'],
  [/(?<=[ti])um$/, 'a'],
  [/sis$/, 'ses'],
  [/(?<=[^f])fe$|(?<=[lr])f$/, 'ves'],
  [/(?<=hive)$/, 's'],
  [/(?<=[^aeiouy]|qu)y$/, 'ies'],
  [/(?<=x|ch|ss|sh)$/, 'es'],
  [/(?<=matr|vert|ind)ix/g, 'ices'],
  [/(?<=[ml|])ouse$/, 'ice'],
  [/(?<=quiz)$/, 'zes'],
  [/^goose$/, 'geese'],
  [/(?<=s|[^a-z])$/, ''],
  [/$/, 's'],
];

/** The name that Mongoose gives to the collection of a model: https://mongoosejs.com/docs/models.html#compiling */
function collectionName(model: string): string {
  const name = model.toLowerCase();
  const rule = WITHOUT_PLURAL.has(name) ? undefined : PLURALS.find(([ending]) => name.search(ending) >= 0);
  return rule === undefined ? name : name.replace(rule[0], rule[1]);
}
