import type { ColumnType, Model, Orm, Relation } from '../facts/orm/schema.ts';
import type { Evidence } from '../evidence.ts';
import type { Path, t } from '../syntax/ast.ts';
import type { ImportRequest } from '../syntax/imports.ts';
import type { FileContext } from '../transform.ts';
import type { Spanned } from '../edits/edit.ts';
import type { DatabaseCall } from '../facts/effects/effect.ts';

/** What a person may choose of the rewrite. */
export interface QueryOptions {
  /** How many keys one query asks for at most, where the library or the database has a limit; 0: as many as there are. */
  readonly chunk: number;
}

export type File = FileContext<QueryOptions>;

/** One condition of a query, all of which its rows meet. */
export interface Condition {
  /** The column, by its name in code; undefined where the condition is on no single column. */
  readonly column: string | undefined;
  readonly operator: 'equals' | 'in' | 'other';
  /** What the column is compared with; for a condition on no single column all of it. */
  readonly value: t.Node;
}

/** What a null or undefined key makes the library do: find nothing, refuse, take rows without the key, or drop the condition. */
export type NullKey = 'none' | 'throws' | 'null-rows' | 'any-row';

/** A call that asks a database for rows, taken apart. */
export interface Query {
  readonly orm: Orm;
  /** The call, from what it is called on to its last method. */
  readonly call: t.CallExpression;
  /** The last method: `findUnique`. */
  readonly method: string;
  /** The model by its name in code, and what its schema says of it. */
  readonly table: string;
  readonly model: Model | undefined;
  readonly gives: 'one' | 'many' | 'count' | 'exists';
  /** What it gives where there is no row; only for `one`. */
  readonly missing: 'null' | 'undefined' | 'throws';
  /** All conditions, joined by and. */
  readonly conditions: readonly Condition[];
  /** One clause that says why not all of it is understood. */
  readonly unread: string | undefined;
  /** The columns that are asked for; undefined for all of them. */
  readonly selected: readonly string[] | undefined;
  /**
   * One clause that says why its rows are not simply rows of the model, each once, with properties that are called as its
   * columns: "it joins another table". Undefined where they are.
   */
  readonly derived?: string | undefined;
  readonly isOrdered: boolean;
  /** One clause that says how the number of its rows is limited: "it takes 3 rows". */
  readonly limit: string | undefined;
  readonly nullKey: NullKey;
  /** The tables that it looks at. */
  readonly reads: readonly string[];
  /** The relation of a row that it loads, where a row is asked for it: `post.getAuthor()`. */
  readonly loads?: { readonly relation: Relation; readonly gives: RelationCall['gives'] };
}

/** A stretch of a text, and what stands there instead. */
export interface Replacement {
  readonly at: Spanned;
  readonly by: string;
}

/** New code for a query. */
export interface Written {
  /** The whole query, to be awaited. */
  readonly text: string;
  readonly imports: readonly ImportRequest[];
  /** How the key is read from a row that is called `row`. */
  readonly keyOf: (row: string) => string;
}

/** A condition that is to match a list of values: the name of the variable that holds them. */
export interface KeyList {
  readonly condition: Condition;
  readonly list: string;
}

/** A relation that is to be loaded with the rows of another query. */
export interface EagerLoad {
  readonly relation: Relation;
  /** The query for the related rows that runs in the turns; undefined where the turn asks a row for its relation. */
  readonly child: Query | undefined;
  /** The condition of `child` that the relation takes the place of. */
  readonly key: Condition | undefined;
}

/** How relations are loaded with the rows. */
export interface WrittenLoads {
  /** What is replaced in the call of the parent. */
  readonly replacements: readonly Replacement[];
  readonly imports: readonly ImportRequest[];
  /** How the related rows of each load are read from a row that is called `row`; undefined where the turn's code stays as it is. */
  readonly reads: readonly (((row: string) => string) | undefined)[];
  /** What is so of these rows, beside what is so for every library. */
  readonly evidence?: readonly Evidence[];
  /** Whether rows of several parents may be one object. */
  readonly isShared: boolean;
}

/** A call in a turn that loads a relation of a row: `post.getAuthor()`, `await post.author`. */
export interface RelationCall {
  /** The row. */
  readonly row: t.Expression;
  /** The name of the relation, as the model has it. */
  readonly relation: string;
  /** What stands for the loaded rows: the call or property, or nothing where it only fills the row in. */
  readonly gives: 'rows' | 'promise' | 'nothing';
  /** One clause that says why it is more than loading the relation: it filters, orders, or limits. */
  readonly unread: string | undefined;
}

/** What is known of one library: how its queries are read, and how the batched ones are written. */
export interface Dialect {
  readonly orm: Orm;
  /** The last methods of queries that may be read: asked before anything else. */
  readonly methods: RegExp;
  /** Takes a call apart; undefined where it asks for no rows. */
  read(file: File, call: Path<t.CallExpression>, known: DatabaseCall): Query | undefined;
  /** The query for the rows of all keys, or why there is none. */
  batched(file: File, query: Query, keys: readonly KeyList[]): Written | { readonly why: string };
  /** The query that counts the rows of each key, or why there is none. Its rows have the key and the number. */
  grouped?(
    file: File,
    query: Query,
    key: KeyList,
  ): (Written & { readonly countOf: (row: string) => string }) | { readonly why: string };
  /** Whether `eager` may be told to count the related rows. */
  readonly countsWithRows?: true;
  /** Relations loaded with the rows of `parent`, or why they are not. */
  eager?(file: File, parent: Query, loads: readonly EagerLoad[]): WrittenLoads | { readonly why: string };
  /** Takes apart code in a turn that loads a relation of a row: asked of every call, and of what is awaited. */
  relationCall?(file: File, path: Path<t.Expression>): RelationCall | undefined;
  /** What is special about the rows that the batched query gives: hooks that do not run, defaults that do not apply. */
  whyRowsAgree?(file: File, query: Query): Iterable<Evidence>;
  /** How a column's values look in JavaScript, by their `typeof`, or `object` for what only looks equal. */
  javaScriptOf(type: ColumnType): 'number' | 'string' | 'bigint' | 'boolean' | 'object' | undefined;
  /** How many keys fit one query; undefined where there is no limit that matters. */
  readonly mostKeys: number | undefined;
  /** Whether the batched form of a query may be asked for no keys at all; else it is not asked then. */
  takesNoKeys(query: Query): boolean;
  /** How a key of a column is written so that it can be looked up in a `Map`: itself for most, its text for object ids. */
  readonly mapKey?: (key: string, type: ColumnType | undefined) => string;
}
