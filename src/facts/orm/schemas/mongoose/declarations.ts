/** What schemas declare beside the types of their paths. */

import { ts } from 'ts-morph';
import { bareExpression, isFunctionNode } from '../../../effects/symbols.ts';
import { isStatic, plainName } from '../nodes.ts';
import type { Origins } from '../origins.ts';
import { baseClassOf } from './decorated.ts';
import type { Draft, Index, MutableColumn } from './draft.ts';
import type { Uses } from './uses.ts';
import { entriesOf, isFalse, isTrue, returnedBy, written, type Entries } from './written.ts';

/** https://mongoosejs.com/docs/middleware.html#types-of-middleware, those that a pattern is held against. */
const MIDDLEWARE: readonly string[] =
  `countDocuments distinct estimatedDocumentCount find findOne findOneAndReplace
  findOneAndUpdate replaceOne updateMany updateOne deleteMany deleteOne findOneAndDelete validate save remove init`.split(
    /\s+/,
  );

/**
 * Reads what schemas say beside the types of their paths: the options of paths
 * (https://mongoosejs.com/docs/schematypes.html#schematype-options), indexes, hooks, virtuals, and accessors.
 */
export class Declarations {
  private readonly origins: Origins;
  private readonly uses: Uses;

  constructor(uses: Uses) {
    this.uses = uses;
    this.origins = uses.origins;
  }

  /** Takes in the options of a path, or of the elements of the list that it is. */
  setPathOptions(draft: Draft, column: MutableColumn, options: Entries, isOfElement: boolean): void {
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

  /** The texts of a list, or the one that stands in its place; undefined where one of them cannot be read. */
  textsOf(node: ts.Node | undefined): readonly string[] | undefined {
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

  /** Adds an index of paths: `schema.index({ name: 1 }, { unique: true })`. */
  addIndex(draft: Draft, fields: ts.Expression | undefined, options: ts.Expression | undefined): void {
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
  eventsOf(node: ts.Node | undefined): readonly string[] {
    const found = this.origins.nodeOf(node);
    if (found === undefined) return ['*'];
    if (ts.isArrayLiteralExpression(found)) return found.elements.flatMap((one) => this.eventsOf(one));
    if (!ts.isRegularExpressionLiteral(found)) return [this.origins.textOf(found) ?? '*'];
    const pattern = patternOf(found.text);
    return pattern === undefined ? ['*'] : MIDDLEWARE.filter((one) => pattern.test(one));
  }

  /** https://mongoosejs.com/docs/api/schema.html#Schema.prototype.virtual() */
  addVirtual(draft: Draft, name: string, given: ts.Node | undefined): void {
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

  /** Adds the getters of a class and of those above it as virtuals: https://mongoosejs.com/docs/api/schema.html#Schema.prototype.loadClass() */
  addAccessors(draft: Draft, owner: ts.Node | undefined): void {
    if (owner === undefined || !ts.isClassLike(owner)) return;
    this.addAccessors(draft, baseClassOf(owner, this.origins));
    for (const member of owner.members)
      if (ts.isGetAccessor(member) && !isStatic(member))
        draft.virtuals.add(plainName(member.name) ?? written(member.name));
  }
}

/** What decides which documents belong to a virtual relation, beside the keys. */
const LIMITS: readonly string[] = ['match', 'limit', 'skip', 'perDocumentLimit'];

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
