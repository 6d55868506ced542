import { basename, dirname } from 'node:path';
import { ts } from 'ts-morph';
import {
  bareExpression,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
} from '../effects/symbols.ts';
import { Origins } from './mongoose-schema.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';

/**
 * The tables that a project makes with Knex: what the `up` of its migrations leaves behind, in the order of the names of their
 * files, or what other code creates. `sources` are all files of the project. Relations are the foreign keys, from both sides; they
 * are named by the column without its `_id`, and by the table, since nothing in code names them.
 */
export function readKnexModels(sources: readonly ts.SourceFile[], checker: ts.TypeChecker): readonly Model[] {
  if (!sources.some(({ text }) => /\bknex\b/i.test(text))) return [];
  const origins = new Origins(checker);
  const files = sources.filter(({ text }) => CHANGES_SCHEMA.test(text) || CHANGES_BY_SQL.test(text));
  const migrated = statesOf(
    files.filter((one) => functionNamed(one, 'up') !== undefined),
    origins,
  );
  const isMigrated = new Set(migrated.flatMap(({ tables }) => [...tables.keys()]));
  // What is made elsewhere are tables of their own: scripts and tests may touch those of migrations too.
  const others = statesOf(
    files.filter((one) => functionNamed(one, 'up') === undefined),
    origins,
  );
  for (const { tables } of others) for (const name of isMigrated) tables.delete(name);
  const drafts = withoutVariants([...migrated, ...others]);
  const models = drafts.map((draft) => modelOf(draft, drafts));
  const declared = sources.flatMap((source) => declaredTables(source));
  return [...models, ...declared.filter((one) => !models.some(({ name }) => name === one.name))];
}

const CHANGES_SCHEMA =
  /\.\s*(?:createTable\w*|alterTable|dropTable\w*|renameTable)\s*\(|\b(?:schema|withSchema\([^()]*\))\s*\.\s*(?:table|raw)\s*\(/;
const CHANGES_BY_SQL = /\.\s*raw\s*\(\s*['"`]\s*(?:create|alter|drop|rename)\b/i;

// What migrations leave behind

interface MutableColumn extends Column {
  name: string;
  column: string;
  type: ColumnType;
  written: string;
  isNullable: boolean | undefined;
}

/** A unique or an index, with the name that it is dropped by. */
interface Key {
  readonly name: string;
  columns: readonly string[];
  readonly isUnique: boolean;
}

interface ForeignKey {
  readonly name: string;
  columns: readonly string[];
  table: string;
  to: readonly string[];
}

/** A table while migrations are read. */
interface Table {
  name: string;
  readonly columns: Map<string, MutableColumn>;
  primaryKey: readonly string[];
  keys: Key[];
  foreign: ForeignKey[];
  readonly unread: Set<string>;
  readonly node: ts.Node;
}

type Tables = Map<string, Table>;

/** What the files of each folder make. */
function statesOf(files: readonly ts.SourceFile[], origins: Origins): readonly State[] {
  const folders = new Map<string, ts.SourceFile[]>();
  for (const file of files) {
    const folder = dirname(file.fileName);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].map(([folder, inFolder]) => ({ folder, tables: tablesOf(inFolder, origins) }));
}

/** The tables that the files of one folder make. */
function tablesOf(files: readonly ts.SourceFile[], origins: Origins): Tables {
  const tables: Tables = new Map();
  const inOrder = files.toSorted((a, b) => (basename(a.fileName) < basename(b.fileName) ? -1 : 1));
  for (const file of inOrder) new Migration(file, tables, origins).run();
  return tables;
}

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

/** A call in a chain: `.notNullable()`. */
interface Link {
  readonly name: string;
  readonly args: readonly ts.Expression[];
  readonly call: ts.CallExpression;
}

const DEEPEST = 6;

/** Runs one file over the tables. */
class Migration {
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
      { name: called, columns, table: target, to: keys },
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

// Syntax

/** The calls of a chain with what it begins at: `knex.schema` and `createTable(…)`, `table` and `.string('a')`, `.unique()`. */
function chainOf(call: ts.CallExpression): { readonly root: ts.Expression; readonly links: readonly Link[] } {
  const links: Link[] = [];
  let at: ts.Expression = call;
  while (ts.isCallExpression(at) && !isSchema(at)) {
    const { expression: callee } = at;
    const name = isMember(callee) ? (memberName(callee) ?? '*') : '';
    links.unshift({ name, args: at.arguments, call: at });
    at = isMember(callee) ? bareExpression(callee.expression) : callee;
  }
  return { root: at, links };
}

/** Whether it is a schema builder: `knex.schema`, `db.schema.withSchema('x')`, `schema`. */
function isSchema(node: ts.Expression): boolean {
  const bare = bareExpression(node);
  if (ts.isIdentifier(bare)) return /^schema(?:Builder)?$/i.test(bare.text);
  if (ts.isCallExpression(bare))
    return (
      isMember(bare.expression) &&
      memberName(bare.expression) === 'withSchema' &&
      isSchema(bare.expression.expression)
    );
  return isMember(bare) && memberName(bare) === 'schema';
}

const functionOf = (node: ts.Expression | undefined): FunctionNode | undefined => {
  const bare = node === undefined ? undefined : bareExpression(node);
  return bare !== undefined && isFunctionNode(bare) ? bare : undefined;
};

/** The first function of a name that a file declares, exports or has in an object or a class. */
function functionNamed(source: ts.SourceFile, name: string): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  const visit = (node: ts.Node): void => {
    if (found === undefined && isFunctionNode(node) && nameOf(node) === name) found = node;
    if (found === undefined) ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a function is called: by itself, or by what it is assigned to. */
function nameOf(node: FunctionNode): string | undefined {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  if (ts.isBinaryExpression(parent) && isMember(parent.left)) return memberName(parent.left);
  return undefined;
}

/** Whether a function undoes what was done: no part of what is left behind. */
const isUndoing = (node: FunctionNode): boolean => {
  const { parent } = node;
  if (/^(?:down|drop\w*|rollback\w*|tear\w*|clean\w*)$/i.test(nameOf(node) ?? '')) return true;
  return ts.isCallExpression(parent) && /^after(?:All|Each)?$/.test(parent.expression.getText());
};

/** The parts of a statement of which one runs, and what decides. */
function branchesOf(
  node: ts.Node,
): { readonly condition: ts.Expression | undefined; readonly branches: readonly ts.Node[] } | undefined {
  if (ts.isIfStatement(node))
    return {
      condition: node.expression,
      branches: [node.thenStatement, ...(node.elseStatement === undefined ? [] : [node.elseStatement])],
    };
  if (ts.isConditionalExpression(node))
    return { condition: node.condition, branches: [node.whenTrue, node.whenFalse] };
  if (ts.isSwitchStatement(node)) return { condition: node.expression, branches: node.caseBlock.clauses };
  if (ts.isTryStatement(node))
    return {
      condition: undefined,
      branches: [node.tryBlock, ...(node.catchClause === undefined ? [] : [node.catchClause])],
    };
  if (ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText()))
    return { condition: node.left, branches: [node.right] };
  return undefined;
}

/** Whether a call runs only where what it makes is not there. */
const isAskedFor = (call: ts.CallExpression): boolean =>
  ts.findAncestor(call, (one) => {
    const found = branchesOf(one);
    return found?.condition !== undefined && /\bhasTable\b|exist/i.test(found.condition.getText());
  }) !== undefined;

function propertiesOf(object: ts.ObjectLiteralExpression): ReadonlyMap<string, ts.Expression> {
  return new Map(
    object.properties.flatMap((one) =>
      ts.isPropertyAssignment(one)
        ? [[one.name.getText(), one.initializer] as const]
        : ts.isShorthandPropertyAssignment(one)
          ? [[one.name.text, one.name] as const]
          : [],
    ),
  );
}

const namesWord = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w$])${name.replace(/[$.*+?^()[\]{}|\\]/g, '\\$&')}(?![\\w$])`).test(text);

/** How an expression is written, on one line and shortened. */
function written(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 60 ? `…${text.slice(-59)}` : text;
}

/** How a column's type is written: `string(20)` of `table.string('name', 20)`. */
function writtenType(link: Link): string {
  const args = (link.name === 'timestamps' ? link.args : link.args.slice(1)).map((one) =>
    one.getText().replace(/\s+/g, ' '),
  );
  return args.length === 0 ? link.name : `${link.name}(${args.join(', ')})`;
}

// Types: https://knexjs.org/guide/schema-builder.html#schema-building

const TYPES: readonly (readonly [method: RegExp, type: ColumnType])[] = [
  [/^(?:increments|integer|int|tinyint|smallint|mediumint|serial|year)$/, 'integer'],
  [/^(?:bigIncrements|bigincrements|bigInteger|biginteger|bigint)$/, 'bigint'],
  [/^decimal$/, 'decimal'],
  [/^(?:float|double|real)$/, 'float'],
  [/^(?:string|char|varchar|text|(?:tiny|medium|long)[tT]ext|set|time)$/, 'string'],
  [/^uuid$/, 'uuid'],
  [/^bool(?:ean)?$/, 'boolean'],
  [/^(?:date|date[tT]ime|timestamp)$/, 'date'],
  [/^jsonb?$/, 'json'],
  [/^(?:binary|varbinary|(?:tiny|medium|long)?[bB]lob)$/, 'bytes'],
  [/^enum?$/, 'enum'],
  [/^(?:specificType|bit|geometry|geography|point)$/, 'unknown'],
];

const typeOf = (method: string): ColumnType | undefined =>
  TYPES.find(([pattern]) => pattern.test(method))?.[1];

const SQL_TYPES: readonly (readonly [sql: RegExp, type: ColumnType])[] = [
  [/^(?:bigint|int8|bigserial)\b/i, 'bigint'],
  [/^(?:(?:small|tiny|medium)?int(?:eger)?[24]?|(?:small)?serial)\b/i, 'integer'],
  [/^(?:decimal|numeric)\b/i, 'decimal'],
  [/^(?:real|float\d?|double)\b/i, 'float'],
  [/^(?:n?(?:var)?char(?:acter)?(?: varying)?2?|(?:tiny|medium|long|ci)?text)\b/i, 'string'],
  [/^uuid\b/i, 'uuid'],
  [/^bool/i, 'boolean'],
  [/^(?:date|timestamp)/i, 'date'],
  [/^json/i, 'json'],
  [/^(?:bytea|(?:var)?binary|\w*blob)\b/i, 'bytes'],
];

const typeOfSql = (sql: string | undefined): ColumnType =>
  SQL_TYPES.find(([pattern]) => pattern.test(sql?.trim() ?? ''))?.[1] ?? 'unknown';

/** The name that a key has where none is given: https://knexjs.org/guide/schema-builder.html#foreign */
const defaultName = (table: string, columns: readonly string[], kind: string): string =>
  `${table}_${columns.join('_')}_${kind}`.replace(/[.-]/g, '_').toLowerCase();

// Changes

/** https://knexjs.org/guide/schema-builder.html#alter: what is not said again is taken away. */
function alterColumn(before: MutableColumn, after: MutableColumn, link: Link): void {
  const options = link.args[0]?.getText() ?? '';
  if (!/alterType:\s*false/.test(options)) {
    before.type = after.type;
    before.written = after.written;
  }
  if (!/alterNullable:\s*false/.test(options)) before.isNullable = true;
}

function dropColumn(table: Table, name: string): void {
  table.columns.delete(name);
  if (table.primaryKey.includes(name)) table.primaryKey = [];
  table.keys = table.keys.filter((one) => !one.columns.includes(name));
  table.foreign = table.foreign.filter((one) => !one.columns.includes(name));
}

function renameColumn(tables: Tables, table: Table, from: string, to: string): void {
  const renamed = (names: readonly string[]): readonly string[] =>
    names.map((one) => (one === from ? to : one));
  const columns = [...table.columns.values()];
  table.columns.clear();
  for (const column of columns) {
    if (column.name === from) {
      column.name = to;
      column.column = to;
    }
    table.columns.set(column.name, column);
  }
  table.primaryKey = renamed(table.primaryKey);
  for (const one of [...table.keys, ...table.foreign]) one.columns = renamed(one.columns);
  for (const { foreign } of tables.values())
    for (const one of foreign) if (one.table === table.name) one.to = renamed(one.to);
}

function renameTable(tables: Tables, from: string, to: string): void {
  const table = tables.get(from);
  if (table === undefined) return;
  tables.delete(from);
  table.name = to;
  tables.set(to, table);
  for (const { foreign } of tables.values())
    for (const one of foreign) if (one.table === from) one.table = to;
}

// Models

/** A table as all the folders that make it agree on it. */
interface Draft extends Omit<Table, 'unread'> {
  readonly folder: string;
  readonly unread: readonly string[];
}

interface State {
  readonly folder: string;
  readonly tables: Tables;
}

/**
 * Each table once. A project may have a folder of migrations for each kind of database, side by side: only what all of them say is
 * certain.
 */
function withoutVariants(states: readonly State[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { folder, tables } of states)
    for (const table of tables.values()) {
      const draft: Draft = { ...table, folder, unread: [...table.unread] };
      const at = drafts.findIndex((one) => one.name === table.name && areSideBySide(one.folder, folder));
      const other = drafts[at];
      if (other === undefined) drafts.push(draft);
      else drafts[at] = agreement(other, draft);
    }
  return drafts;
}

/** Whether one of two folders is in the folder that the other one is in. */
const areSideBySide = (a: string, b: string): boolean =>
  a.startsWith(`${dirname(b)}/`) || b.startsWith(`${dirname(a)}/`);

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

function agreement(one: Draft, other: Draft): Draft {
  const columns = new Map(one.columns);
  for (const [name, column] of other.columns) {
    const same = columns.get(name);
    columns.set(name, {
      ...column,
      type: same === undefined || same.type === column.type ? column.type : 'unknown',
      isNullable: same !== undefined && same.isNullable === column.isNullable ? column.isNullable : undefined,
    });
  }
  for (const [name, column] of one.columns)
    if (!other.columns.has(name)) columns.set(name, { ...column, isNullable: undefined });
  return {
    ...one,
    columns,
    primaryKey: isSame(one.primaryKey, other.primaryKey) ? one.primaryKey : [],
    keys: one.keys.filter((key) =>
      other.keys.some((two) => two.isUnique === key.isUnique && isSame(two.columns, key.columns)),
    ),
    foreign: one.foreign.filter((key) =>
      other.foreign.some(
        (two) => two.table === key.table && isSame(two.columns, key.columns) && isSame(two.to, key.to),
      ),
    ),
    unread: [...new Set([...one.unread, ...other.unread])],
  };
}

function modelOf(draft: Draft, all: readonly Draft[]): Model {
  const { name, primaryKey, keys } = draft;
  const unread = [...draft.unread];
  const isPrimary = (columns: readonly string[]): boolean => columns.join() === primaryKey.join();
  const distinct = (isUnique: boolean): readonly (readonly string[])[] => [
    ...new Map(
      keys
        .filter((one) => one.isUnique === isUnique && !isPrimary(one.columns))
        .map(({ columns }) => [columns.join(), columns]),
    ).values(),
  ];
  const uniques = distinct(true);
  return {
    orm: 'knex',
    name,
    table: name,
    columns: [...draft.columns.values()].map((one) => ({ ...one })),
    primaryKey,
    uniques,
    indexes: distinct(false).filter((columns) => !uniques.some((one) => one.join() === columns.join())),
    relations: relationsOf(draft, all, unread),
    hooks: [],
    defaultScope: undefined,
    softDelete: undefined,
    virtuals: [],
    unread,
    seenAt: siteOf(draft.node),
  };
}

const siteOf = (node: ts.Node): Model['seenAt'] => {
  const source = node.getSourceFile();
  // Of a chain the place of its own name, not that where the chain begins.
  const at =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node;
  return { path: source.fileName, line: source.getLineAndCharacterOfPosition(at.getStart()).line + 1 };
};

/** A foreign key with the tables at its ends. */
interface Edge {
  readonly key: ForeignKey;
  readonly holder: Draft;
  readonly target: Draft;
}

function relationsOf(draft: Draft, all: readonly Draft[], unread: string[]): readonly Relation[] {
  const own: Edge[] = [];
  for (const key of draft.foreign) {
    const target = targetOf(draft, key, all);
    if (target === undefined)
      unread.push(`the table \`${key.table}\` that \`${key.columns.join(', ')}\` refers to`);
    else own.push({ key, holder: draft, target });
  }
  const others = all.flatMap((holder) =>
    holder.foreign.flatMap((key): Edge[] =>
      targetOf(holder, key, all) === draft ? [{ key, holder, target: draft }] : [],
    ),
  );
  const common = { isEager: false, isLazy: false, isFiltered: false };
  return [
    ...own.map(({ key, holder, target }): Relation => ({
      name: nameToOne(key),
      kind: 'one',
      model: target.name,
      from: key.columns,
      to: key.to,
      inverse: nameBack(key, holder, target),
      ...common,
    })),
    ...others.map(({ key, holder, target }): Relation => ({
      name: nameBack(key, holder, target),
      kind: isUniqueIn(holder, key.columns) ? 'one' : 'many',
      model: holder.name,
      from: key.to,
      to: key.columns,
      inverse: nameToOne(key),
      ...common,
    })),
  ];
}

/** The table that a foreign key leads to, with the columns that it names. */
function targetOf(holder: Draft, key: ForeignKey, all: readonly Draft[]): Draft | undefined {
  const target = all.find(
    (one) =>
      one.name === key.table && (one.folder === holder.folder || areSideBySide(one.folder, holder.folder)),
  );
  return key.to.every((one) => target?.columns.has(one) ?? false) &&
    key.columns.every((one) => holder.columns.has(one))
    ? target
    : undefined;
}

/** Whether no two rows have the same values in some columns. */
const isUniqueIn = ({ primaryKey, keys }: Draft, columns: readonly string[]): boolean =>
  [primaryKey, ...keys.filter((one) => one.isUnique).map((one) => one.columns)].some(
    (unique) => unique.length > 0 && unique.every((one) => columns.includes(one)),
  );

/** `author` of `author_id` and `authorId`; the table where nothing is left. */
function nameToOne({ columns, table }: ForeignKey): string {
  const [column] = columns;
  if (column === undefined || columns.length > 1) return table;
  const name = column.replace(/_?id$|(?<=[a-z\d])I[dD]$/, '');
  return name === '' ? table : name;
}

/** The table that holds the key; with the column, where it holds several to the same table. */
const nameBack = (key: ForeignKey, holder: Draft, target: Draft): string =>
  holder.foreign.filter((one) => one.table === target.name).length > 1
    ? `${holder.name}.${key.columns.join('.')}`
    : holder.name;

// Types of tables

/** The tables that are known by their types only: https://knexjs.org/guide/#typescript */
function declaredTables(source: ts.SourceFile): readonly Model[] {
  if (!/['"]knex\/types\/tables/.test(source.text)) return [];
  return source.statements.flatMap((statement) => {
    const isOfTables =
      ts.isModuleDeclaration(statement) && /^knex\/types\/tables(?:\.js|\.d\.ts)?$/.test(statement.name.text);
    if (!isOfTables || statement.body === undefined || !ts.isModuleBlock(statement.body)) return [];
    return statement.body.statements.flatMap((one) => {
      if (!ts.isInterfaceDeclaration(one) || one.name.text !== 'Tables') return [];
      return one.members.flatMap((member) => (ts.isPropertySignature(member) ? [declaredTable(member)] : []));
    });
  });
}

function declaredTable(member: ts.PropertySignature): Model {
  const name = ts.isStringLiteralLike(member.name) ? member.name.text : member.name.getText();
  return {
    orm: 'knex',
    name,
    table: name,
    columns: [],
    primaryKey: [],
    uniques: [],
    indexes: [],
    relations: [],
    hooks: [],
    defaultScope: undefined,
    softDelete: undefined,
    virtuals: [],
    unread: ['where it is made'],
    seenAt: siteOf(member),
  };
}
