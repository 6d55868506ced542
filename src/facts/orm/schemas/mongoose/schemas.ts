import { ts } from 'ts-morph';
import { isMember, memberName } from '../../../effects/symbols.ts';
import { isText } from '../nodes.ts';
import { GLOBAL, type Origins } from '../origins.ts';
import { Declarations } from './declarations.ts';
import { defineClass, hasProps } from './decorated.ts';
import {
  emptyDraft,
  finish,
  isAtOrBelow,
  merge,
  mergePart,
  removePath,
  setColumn,
  type Draft,
  type MutableColumn,
} from './draft.ts';
import { KEYWORDS, shapeOfEnum, shapeOfName, TYPES, type Shape } from './shapes.ts';
import { applyStatement } from './statements.ts';
import { COPIES, type Uses } from './uses.ts';
import { entriesOf, isFalse, isTrue, returnedBy, written, type Entries } from './written.ts';

/** Reads schemas, each once, into drafts: their paths with their types. What else they say is read by `Declarations`. */
export class Schemas {
  readonly origins: Origins;
  readonly declarations: Declarations;
  private readonly uses: Uses;
  private readonly drafts = new Map<ts.Node, Draft | undefined>();
  /** The schemas that are parts of others. */
  readonly embedded = new Set<ts.Node>();

  constructor(uses: Uses) {
    this.uses = uses;
    this.origins = uses.origins;
    this.declarations = new Declarations(uses);
  }

  /** What a schema declares; undefined while it is being read, as where it is a part of itself. */
  read(node: ts.Node): Draft | undefined {
    if (this.drafts.has(node)) return this.drafts.get(node);
    this.drafts.set(node, undefined);
    const draft = this.begin(node);
    for (const statement of this.uses.statements.get(node) ?? []) applyStatement(this, draft, statement);
    finish(draft, this.origins);
    this.drafts.set(node, draft);
    return draft;
  }

  private begin(node: ts.Node): Draft {
    const draft = emptyDraft();
    if (ts.isObjectLiteralExpression(node)) this.define(draft, '', node);
    else if (ts.isClassLike(node)) defineClass(this, draft, node);
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
      defineClass(this, draft, owner);
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

  /** Takes in the options of a schema, the virtuals among them: https://mongoosejs.com/docs/guide.html#options */
  setOptions(draft: Draft, node: ts.Node | undefined): void {
    for (const [key, value] of entriesOf(node, this.origins, draft.unread)) draft.options.set(key, value);
    for (const [name, value] of entriesOf(draft.options.get('virtuals'), this.origins, draft.unread)) {
      const virtual = entriesOf(value, this.origins, draft.unread);
      this.declarations.addVirtual(draft, name, virtual.get('options'));
    }
    draft.options.delete('virtuals');
  }

  private typeKey(draft: Draft): string {
    return this.origins.textOf(draft.options.get('typeKey')) ?? 'type';
  }

  /** Adds an object of paths or another schema. */
  add(draft: Draft, part: ts.Node, prefix = ''): void {
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

  /** Reads what is declared for a path: a type, its options, or an object with paths below it. */
  definePath(draft: Draft, path: string, value: ts.Node): void {
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

  /** Adds a path of a type, with its options. */
  defineLeaf(draft: Draft, path: string, type: ts.Node, options: Entries): void {
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
    this.declarations.setPathOptions(draft, column, elementOptions, true);
    this.declarations.setPathOptions(draft, column, options, false);
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
  shapeOfAnnotation(node: ts.TypeNode): Shape | undefined {
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
}
