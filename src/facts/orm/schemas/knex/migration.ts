import { ts } from 'ts-morph';
import { bareExpression, isFunctionNode, isMember, type FunctionNode } from '../../../effects/symbols.ts';
import type { ColumnType } from '../../schema.ts';
import { deleteRuleOf } from '../delete-rules.ts';
import type { Origins } from '../origins.ts';
import {
  branchesOf,
  chainOf,
  functionNamed,
  functionOf,
  isAskedFor,
  isSchema,
  isUndoing,
  namesWord,
  propertiesOf,
  written,
  writtenType,
  type Link,
} from './syntax.ts';
import {
  alterColumn,
  defaultName,
  dropColumn,
  renameColumn,
  renameTable,
  type MutableColumn,
  type Table,
  type Tables,
} from './tables.ts';
import { typeOf, typeOfSql } from './types.ts';

/** What is known where a piece of code runs. */
interface Scope {
  /** The texts of parameters, and of variables of loops. */
  readonly texts: ReadonlyMap<ts.Node, string>;
  /** The parameters that stand for the table that is made or changed; `this` for the function of its own. */
  readonly builders: ReadonlyMap<ts.Node, Table>;
  /** Whether the table is a new one, where a method asks for it. */
  readonly isNew: boolean;
  /** Whether it may not run, for a reason other than that its work is done already. */
  readonly isUnsure: boolean;
  readonly depth: number;
}

const DEEPEST = 6;

/** Runs one file over the tables: https://knexjs.org/guide/schema-builder.html */
export class Migration {
  private readonly source: ts.SourceFile;
  private readonly tables: Tables;
  private readonly origins: Origins;
  private readonly up: FunctionNode | undefined;

  constructor(source: ts.SourceFile, tables: Tables, origins: Origins) {
    this.source = source;
    this.tables = tables;
    this.origins = origins;
    this.up = functionNamed(source, 'up');
  }

  run(): void {
    const scope: Scope = { texts: new Map(), builders: new Map(), isNew: false, isUnsure: false, depth: 0 };
    this.visit(this.up?.body ?? this.source, scope);
  }

  private visit(node: ts.Node, scope: Scope): void {
    if (isFunctionNode(node) && isUndoing(node)) return;
    if (ts.isCallExpression(node)) this.visitCall(node, scope);
    else if (ts.isForOfStatement(node)) this.visitLoop(node, scope);
    else if (branchesOf(node) !== undefined) this.visitBranches(node, scope);
    else ts.forEachChild(node, (child) => this.visit(child, scope));
  }

  private visitBranches(node: ts.Node, scope: Scope): void {
    const { condition, branches } = branchesOf(node) ?? { condition: undefined, branches: [] };
    if (condition !== undefined) this.visit(condition, scope);
    // `if (!(await knex.schema.hasTable('users')))`: where it is there, it was made before.
    const isDone = condition !== undefined && /\bhas(?:Table|Column)\b|exist/i.test(condition.getText());
    for (const branch of branches) this.visit(branch, isDone ? scope : { ...scope, isUnsure: true });
  }

  private visitLoop(node: ts.ForOfStatement, scope: Scope): void {
    const declaration = ts.isVariableDeclarationList(node.initializer)
      ? node.initializer.declarations[0]
      : undefined;
    this.visitEach(this.listOf(node.expression), declaration, node.statement, scope);
  }

  private visitEach(
    list: readonly ts.Expression[] | undefined,
    variable: ts.Node | undefined,
    body: ts.Node,
    scope: Scope,
  ): void {
    if (list === undefined || variable === undefined) {
      this.visit(body, scope);
      return;
    }
    for (const element of list) {
      const text = this.textOf(element, scope);
      const texts = text === undefined ? scope.texts : new Map([...scope.texts, [variable, text]]);
      this.visit(body, { ...scope, texts });
    }
  }

  private listOf(node: ts.Expression): readonly ts.Expression[] | undefined {
    const list = this.origins.nodeOf(node);
    return list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : undefined;
  }

  private visitCall(call: ts.CallExpression, scope: Scope): void {
    const { root, links } = chainOf(call);
    const table = this.builderOf(root, scope);
    if (table !== undefined) {
      this.changeTable(table, links, scope);
      return;
    }
    const at = isSchema(root) ? 0 : links.length;
    if (at === 0) {
      this.changeSchema(links, scope);
      return;
    }
    this.visit(root, scope);
    for (const link of links) this.visitLink(root, link, scope);
  }

  /** A call that neither the schema nor a table is asked for: it may lead to one. */
  private visitLink(root: ts.Expression, link: Link, scope: Scope): void {
    const [first] = link.args;
    const callback = first === undefined ? undefined : functionOf(first);
    if (/^(?:forEach|map)$/.test(link.name) && callback?.body !== undefined) {
      this.visitEach(this.listOf(root), callback.parameters[0], callback.body, scope);
      return;
    }
    if (link.name === 'raw') this.noteRaw(link, scope);
    for (const arg of link.args) this.visit(arg, scope);
    if (link.name === '' && ts.isExpression(link.call.expression)) this.follow(link.call, scope);
  }

  /** Goes into a function of the project that is given a table or whatever else. */
  private follow(call: ts.CallExpression, scope: Scope): void {
    const target = this.origins.nodeOf(call.expression);
    if (target === undefined || !isFunctionNode(target) || target.body === undefined || isUndoing(target))
      return;
    if (scope.depth >= DEEPEST) return;
    const texts = new Map(scope.texts);
    const builders = new Map(scope.builders);
    for (const [at, parameter] of target.parameters.entries()) {
      const arg = call.arguments[at] ?? parameter.initializer;
      if (arg === undefined) continue;
      const text = this.textOf(arg, scope);
      if (text !== undefined) texts.set(parameter, text);
      const table = this.builderOf(bareExpression(arg), scope);
      if (table !== undefined) builders.set(parameter, table);
    }
    this.visit(target.body, { ...scope, texts, builders, depth: scope.depth + 1 });
  }

  private builderOf(node: ts.Expression, scope: Scope): Table | undefined {
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const around = ts.findAncestor(node, (one) => isFunctionNode(one) && !ts.isArrowFunction(one));
      return around === undefined ? undefined : scope.builders.get(around);
    }
    const declared = ts.isIdentifier(node) ? this.origins.nodeOf(node) : undefined;
    return declared === undefined ? undefined : scope.builders.get(declared);
  }

  private textOf(node: ts.Node | undefined, scope: Scope): string | undefined {
    if (node === undefined) return undefined;
    const bare = ts.isExpression(node) ? bareExpression(node) : node;
    if (ts.isTemplateExpression(bare)) return this.templateText(bare, scope);
    const text = this.origins.textOf(bare);
    if (text !== undefined || !ts.isIdentifier(bare)) return text;
    const declared = this.origins.nodeOf(bare);
    return declared === undefined ? undefined : scope.texts.get(declared);
  }

  private templateText(node: ts.TemplateExpression, scope: Scope): string | undefined {
    const parts = node.templateSpans.map((span) => {
      const text = this.textOf(span.expression, scope);
      return text === undefined ? undefined : text + span.literal.text;
    });
    return parts.includes(undefined) ? undefined : node.head.text + parts.join('');
  }

  private textsOf(node: ts.Node | undefined, scope: Scope): readonly string[] | undefined {
    if (node === undefined) return undefined;
    const list = ts.isExpression(node) ? this.listOf(node) : undefined;
    const texts = (list ?? [node]).map((one) => this.textOf(one, scope));
    return texts.every((one) => one !== undefined) ? texts : undefined;
  }

  // The schema: https://knexjs.org/guide/schema-builder.html

  private changeSchema(links: readonly Link[], scope: Scope): void {
    for (const link of links) {
      const [first, second, third] = link.args;
      switch (link.name) {
        case 'createTable':
        case 'createTableIfNotExists':
        case 'createTableLike': {
          const callback = functionOf(third ?? second);
          if (callback !== undefined || link.name === 'createTableLike') this.create(link, callback, scope);
          break;
        }
        case 'table':
        case 'alterTable':
          this.alter(link, functionOf(second), scope);
          break;
        case 'dropTable':
        case 'dropTableIfExists':
          this.drop(link, scope);
          break;
        case 'renameTable': {
          const [from, to] = [this.textOf(first, scope), this.textOf(second, scope)];
          if (from === undefined || to === undefined || scope.isUnsure) this.noteAll(link);
          else renameTable(this.tables, from, to);
          break;
        }
        case 'raw':
          this.noteRaw(link, scope);
          break;
        default:
          for (const arg of link.args) this.visit(arg, scope);
      }
    }
  }

  private create(link: Link, callback: FunctionNode | undefined, scope: Scope): void {
    const name = this.textOf(link.args[0], scope);
    if (name === undefined) {
      this.noteAll(link);
      return;
    }
    const before = this.tables.get(name);
    if (before !== undefined && (link.name === 'createTableIfNotExists' || isAskedFor(link.call))) return;
    const table: Table = {
      name,
      columns: new Map(),
      primaryKey: [],
      keys: [],
      foreign: [],
      unread: new Set(before === undefined ? [] : ['it is made more than once']),
      node: link.call,
    };
    if (scope.isUnsure) table.unread.add('it is made under a condition');
    this.tables.set(name, table);
    if (link.name === 'createTableLike') this.copy(link, table, scope);
    if (callback !== undefined) this.build(table, callback, { ...scope, isNew: true, isUnsure: false });
  }

  private copy(link: Link, table: Table, scope: Scope): void {
    const from = this.tables.get(this.textOf(link.args[1], scope) ?? '');
    if (from === undefined) table.unread.add(`the table that \`${written(link.call)}\` copies`);
    else for (const [name, column] of from.columns) table.columns.set(name, { ...column });
    // Which keys a copy has depends on the database.
    table.unread.add('the keys of the table that it is a copy of');
  }

  private alter(link: Link, callback: FunctionNode | undefined, scope: Scope): void {
    if (callback === undefined) return;
    const name = this.textOf(link.args[0], scope);
    const table = name === undefined ? undefined : this.tables.get(name);
    if (name === undefined) this.noteAll(link);
    else if (table === undefined) {
      const made: Table = {
        name,
        columns: new Map(),
        primaryKey: [],
        keys: [],
        foreign: [],
        unread: new Set(['where it is made']),
        node: link.call,
      };
      this.tables.set(name, made);
      this.build(made, callback, { ...scope, isNew: false });
    } else this.build(table, callback, { ...scope, isNew: false });
  }

  private build(table: Table, callback: FunctionNode, scope: Scope): void {
    if (callback.body === undefined) return;
    const [parameter] = callback.parameters;
    const builders = new Map(scope.builders).set(callback, table);
    if (parameter !== undefined) builders.set(parameter, table);
    this.visit(callback.body, { ...scope, builders });
  }

  private drop(link: Link, scope: Scope): void {
    const name = this.textOf(link.args[0], scope);
    // Outside of migrations tables are dropped where tests begin and end.
    if (this.up === undefined) {
      if (name !== undefined) this.tables.get(name)?.unread.delete('it is made more than once');
    } else if (name === undefined) this.noteAll(link);
    else if (scope.isUnsure) this.tables.get(name)?.unread.add('it is dropped under a condition');
    else this.tables.delete(name);
  }

  /** A change that may be of any table. */
  private noteAll(link: Link): void {
    for (const table of this.tables.values()) table.unread.add(`what \`${written(link.call)}\` changes`);
  }

  /** SQL that changes tables is not read: the tables that it names are said to be changed. */
  private noteRaw(link: Link, scope: Scope): void {
    const text = this.textOf(link.args[0], scope);
    if (text !== undefined && !/^\s*(?:create|alter|drop|rename)\b/i.test(text)) return;
    if (
      text === undefined &&
      !chainOf(link.call).links.some(
        (one) => isMember(one.call.expression) && isSchema(one.call.expression.expression),
      )
    )
      return;
    // Where the text is not known, it is about tables that the file names.
    for (const table of this.tables.values())
      if (namesWord(text ?? (this.up ?? this.source).getText(), table.name))
        table.unread.add(`what \`${written(link.call)}\` changes`);
  }

  // Tables: https://knexjs.org/guide/schema-builder.html#schema-building

  private changeTable(table: Table, links: readonly Link[], scope: Scope): void {
    const [first, ...rest] = links;
    if (first === undefined) return;
    const type = typeOf(first.name);
    if (type !== undefined) this.addColumn(table, first, rest, type, scope);
    else if (first.name === 'timestamps') this.addTimestamps(table, first);
    else if (first.name === 'foreign') this.addForeignKey(table, first, rest, scope);
    else if (!this.changeKeys(table, first, scope) && !IGNORED.test(first.name))
      table.unread.add(`what \`${written(first.call)}\` changes`);
  }

  private addColumn(table: Table, first: Link, rest: readonly Link[], type: ColumnType, scope: Scope): void {
    const isCounter = /increments/i.test(first.name);
    const name =
      this.textOf(first.args[0], scope) ?? (isCounter && first.args.length === 0 ? 'id' : undefined);
    if (name === undefined) {
      table.unread.add(`the column \`${written(first.call)}\``);
      return;
    }
    const before = table.columns.get(name);
    const sql = first.name === 'specificType' ? this.textOf(first.args[1], scope) : undefined;
    const known = first.name === 'specificType' ? typeOfSql(sql) : type;
    const text = sql ?? writtenType(first);
    if (before !== undefined && scope.isUnsure) {
      if (before.type !== known) before.type = 'unknown';
      return;
    }
    const column: MutableColumn = {
      name,
      column: name,
      type: known,
      written: text,
      isNullable: true,
      isList: sql?.endsWith(']') ?? false,
      isHidden: false,
    };
    const change = rest.find((link) => link.name === 'alter');
    if (change !== undefined && before !== undefined) alterColumn(before, column, change);
    else table.columns.set(name, column);
    const current = table.columns.get(name) ?? column;
    if (isCounter && !/primaryKey:\s*false/.test(first.args[1]?.getText() ?? '')) {
      table.primaryKey = [name];
      current.isNullable = false;
    }
    for (const [at, link] of rest.entries())
      this.changeColumn(table, current, link, rest.slice(at + 1), scope);
  }

  private changeColumn(
    table: Table,
    column: MutableColumn,
    link: Link,
    after: readonly Link[],
    scope: Scope,
  ): void {
    const [first] = link.args;
    switch (link.name) {
      case 'notNullable':
      case 'notNull':
        column.isNullable = false;
        return;
      case 'nullable':
        column.isNullable = first?.kind !== ts.SyntaxKind.FalseKeyword;
        return;
      case 'primary':
        this.setPrimaryKey(table, [column.name], link, scope);
        return;
      case 'unique':
      case 'index':
        if (table.primaryKey.join() !== column.name || link.name !== 'unique')
          this.addKey(table, [column.name], link.name === 'unique', link.args, link, scope);
        return;
      case 'references':
        this.addReference(table, [column.name], undefined, link, after, scope);
        return;
      default:
    }
  }

  private addTimestamps(table: Table, link: Link): void {
    const text = link.args.map((one) => one.getText());
    const [first] = link.args;
    const isObject = first !== undefined && ts.isObjectLiteralExpression(first);
    const has = (at: number, key: string): boolean =>
      isObject ? new RegExp(`${key}:\\s*true`).test(text[0] ?? '') : text[at] === 'true';
    const names = has(2, 'useCamelCase') ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at'];
    for (const name of names)
      table.columns.set(name, {
        name,
        column: name,
        type: 'date',
        written: writtenType(link),
        isNullable: !has(1, 'defaultToNow'),
        isList: false,
        isHidden: false,
      });
  }

  /** `table.foreign(columns).references(columns).inTable(table)` */
  private addForeignKey(table: Table, first: Link, rest: readonly Link[], scope: Scope): void {
    const columns = this.textsOf(first.args[0], scope);
    const at = rest.findIndex((link) => link.name === 'references');
    const link = rest[at];
    if (columns === undefined || link === undefined)
      table.unread.add(`the foreign key \`${written(first.call)}\``);
    else
      this.addReference(table, columns, this.textOf(first.args[1], scope), link, rest.slice(at + 1), scope);
  }

  private addReference(
    table: Table,
    columns: readonly string[],
    name: string | undefined,
    link: Link,
    after: readonly Link[],
    scope: Scope,
  ): void {
    const to = this.textsOf(link.args[0], scope);
    const place = after.find((one) => /^(?:inTable|on)$/.test(one.name));
    const keyName = after.find((one) => one.name === 'withKeyName')?.args[0];
    // https://knexjs.org/guide/schema-builder.html#foreign
    const rule = after.find((one) => /^(?:onDelete|onDel)$/.test(one.name))?.args[0];
    // `references('users.id')`
    const [, within, column] = to?.length === 1 ? (/^(.*)\.([^.]+)$/.exec(to[0] ?? '') ?? []) : [];
    const target = place === undefined ? within : this.textOf(place.args[0], scope);
    const keys = column !== undefined && place === undefined ? [column] : to;
    if (target === undefined || keys === undefined || keys.length !== columns.length) {
      table.unread.add(`the foreign key of \`${columns.join(', ')}\``);
      return;
    }
    const called = this.textOf(keyName, scope) ?? name ?? defaultName(table.name, columns, 'foreign');
    table.foreign = [
      ...table.foreign.filter((one) => one.name !== called),
      { name: called, columns, table: target, to: keys, onDelete: deleteRuleOf(this.textOf(rule, scope)) },
    ];
  }

  /** Whether it is one of the methods that change keys and columns. */
  private changeKeys(table: Table, link: Link, scope: Scope): boolean {
    const [first, second] = link.args;
    switch (link.name) {
      case 'primary':
      case 'unique':
      case 'index': {
        const columns = this.textsOf(first, scope);
        if (columns === undefined) table.unread.add(`the key \`${written(link.call)}\``);
        else if (link.name === 'primary') this.setPrimaryKey(table, columns, link, scope);
        else this.addKey(table, columns, link.name === 'unique', link.args.slice(1), link, scope);
        return true;
      }
      case 'dropColumn':
      case 'dropColumns': {
        const all = link.args.map((one) => this.textsOf(one, scope));
        if (all.includes(undefined) || scope.isUnsure)
          table.unread.add(`what \`${written(link.call)}\` drops`);
        else for (const name of all.flat()) if (name !== undefined) dropColumn(table, name);
        return true;
      }
      case 'dropTimestamps':
        for (const name of first?.getText() === 'true'
          ? ['createdAt', 'updatedAt']
          : ['created_at', 'updated_at'])
          dropColumn(table, name);
        return true;
      case 'renameColumn': {
        const [from, to] = [this.textOf(first, scope), this.textOf(second, scope)];
        if (from === undefined || to === undefined || scope.isUnsure)
          table.unread.add(`what \`${written(link.call)}\` renames`);
        else renameColumn(this.tables, table, from, to);
        return true;
      }
      case 'setNullable':
      case 'dropNullable': {
        const column = table.columns.get(this.textOf(first, scope) ?? '');
        if (column === undefined) table.unread.add(`what \`${written(link.call)}\` changes`);
        else column.isNullable = scope.isUnsure ? undefined : link.name === 'setNullable';
        return true;
      }
      case 'dropPrimary':
      case 'dropPrimaryIfExists':
        table.primaryKey = [];
        return true;
      case 'dropUnique':
      case 'dropUniqueIfExists':
      case 'dropIndex':
        this.dropKey(table, link, scope);
        return true;
      case 'dropForeign':
      case 'dropForeignIfExists': {
        const columns = this.textsOf(first, scope) ?? [];
        const name = this.textOf(second, scope) ?? defaultName(table.name, columns, 'foreign');
        const before = table.foreign.length;
        table.foreign = table.foreign.filter(
          (one) => one.name !== name && (second !== undefined || one.columns.join() !== columns.join()),
        );
        if (table.foreign.length === before) table.unread.add(`what \`${written(link.call)}\` drops`);
        return true;
      }
      default:
        return false;
    }
  }

  private setPrimaryKey(table: Table, columns: readonly string[], link: Link, scope: Scope): void {
    if (scope.isUnsure) {
      table.unread.add(`the key \`${written(link.call)}\`, which is made under a condition`);
      return;
    }
    table.primaryKey = columns;
    for (const name of columns) {
      const column = table.columns.get(name);
      if (column !== undefined) column.isNullable = false;
    }
  }

  /** https://knexjs.org/guide/schema-builder.html#unique and #index */
  private addKey(
    table: Table,
    columns: readonly string[],
    isUnique: boolean,
    options: readonly ts.Expression[],
    link: Link,
    scope: Scope,
  ): void {
    const object = options
      .map((one) => this.origins.nodeOf(one))
      .find((one) => one !== undefined && ts.isObjectLiteralExpression(one));
    const given =
      object !== undefined && ts.isObjectLiteralExpression(object) ? propertiesOf(object) : undefined;
    const [first] = options;
    const isKnown =
      given !== undefined ||
      first === undefined ||
      this.textOf(first, scope) !== undefined ||
      first.getText() === 'undefined' ||
      first.kind === ts.SyntaxKind.NullKeyword;
    // One that has a predicate holds for some of the rows only.
    if (given?.has('predicate') ?? false) return;
    if (scope.isUnsure || (isUnique && !isKnown)) {
      table.unread.add(
        `the key \`${written(link.call)}\`${scope.isUnsure ? ', which is made under a condition' : ''}`,
      );
      return;
    }
    const named = this.textOf(given?.get('indexName'), scope) ?? this.textOf(first, scope);
    const name = named ?? defaultName(table.name, columns, isUnique ? 'unique' : 'index');
    table.keys = [...table.keys.filter((one) => one.name !== name), { name, columns, isUnique }];
  }

  private dropKey(table: Table, link: Link, scope: Scope): void {
    const [first, second] = link.args;
    const isUnique = link.name !== 'dropIndex';
    const columns = this.textsOf(first, scope);
    const name = second === undefined ? undefined : this.textOf(second, scope);
    const dropped = table.keys.filter(
      (one) =>
        one.name === (name ?? defaultName(table.name, columns ?? [], isUnique ? 'unique' : 'index')) ||
        (one.isUnique === isUnique && one.columns.join() === columns?.join()),
    );
    table.keys = table.keys.filter((one) => !dropped.includes(one));
    if (dropped.length > 0) return;
    // It may be any of them.
    if (isUnique) table.keys = table.keys.filter((one) => !one.isUnique);
    table.unread.add(`what \`${written(link.call)}\` drops`);
  }
}

/** Calls on a table that change nothing that is read here. */
const IGNORED = /^(?:charset|check\w*|collate|comment|dropChecks|engine|queryContext|setSchema)$/;
