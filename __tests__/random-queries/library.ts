import type { Piece } from '../random-programs/program.ts';
import type { Choices } from './choices.ts';
import type { Abilities, Column, Relation, Schema, Table } from './schema.ts';

/** A comparison of a column with a value; `to` is code. */
export interface Comparison {
  readonly column: Column;
  readonly is: 'equals' | 'over' | 'not' | 'in';
  readonly to: string;
}

/** A query, whatever library asks it. */
export interface Asked {
  readonly table: Table;
  readonly gives: 'one' | 'many' | 'count' | 'exists';
  /** Whether it throws where there is no row, if the library has a query that does. */
  readonly refuses: boolean;
  /** All of which the rows meet. */
  readonly where: readonly Comparison[];
  /** The columns that are asked for; undefined for all. */
  readonly selected: readonly Column[] | undefined;
  readonly orderedBy: readonly { readonly column: Column; readonly isDown: boolean }[];
  readonly most: number | undefined;
}

/** A query as a library's code, to be awaited. */
export interface Question {
  readonly text: string;
  /** What it gives: the one row, or a list with that row in it; a number or truth, or an object with the number in it. */
  readonly form: 'rows' | 'row' | 'row in a list' | 'number' | 'truth' | 'number in a row';
}

/** Rows that are changed. */
export interface Change {
  readonly table: Table;
  readonly where: readonly Comparison[];
  /** The column that gets a value, as code; undefined where the rows are deleted. */
  readonly set: { readonly column: Column; readonly to: string } | undefined;
}

/** Who asks: how a library writes what it is told is up to `style`. */
export interface Speaker {
  readonly style: Choices;
  /** Whether it is asked in a transaction, by what `Library.transaction` calls it. */
  readonly isInTransaction: boolean;
}

/** What is known of one library: how a schema and queries are written in it. */
export interface Library {
  /** The name that the facts call it by. */
  readonly orm: string;
  /** The packages that a program of it depends on. */
  readonly packages: readonly string[];
  readonly abilities: Abilities;
  /** The files that declare a schema, and `db.ts`. */
  files(schema: Schema): readonly { readonly path: string; readonly pieces: readonly Piece[] }[];
  /** What the main file imports, by name: only what it uses is written. */
  imports(schema: Schema): readonly (readonly [names: readonly string[], from: string])[];
  /** What the main file declares before anything else, by name: only what it uses is written. */
  declarations?(schema: Schema): readonly (readonly [name: string, text: string])[];
  /** The type of a column's values in TypeScript. */
  typeOf(column: Column): string;
  /** A value of a column as code. */
  literal(column: Column, value: string): string;
  ask(asked: Asked, speaker: Speaker): Question;
  change(change: Change, speaker: Speaker): string;
  /** Code that asks a row for the rows of a relation, where rows can be asked. */
  load?(row: string, relation: Relation, isInverse: boolean): string;
  /** What opens a function that runs in a transaction, and what closes it. */
  readonly transaction: { readonly open: string; readonly close: string };
}

/** The value of a column as code, where JavaScript has it as a number, truth, or text. */
export function plainLiteral({ type }: Column, value: string): string {
  if (type === 'integer' || type === 'boolean') return value;
  return `'${value.replaceAll("'", String.raw`\'`)}'`;
}

/** Whether comparisons leave one row at most, by one column or several. */
export function fixedSet({ table, where }: Pick<Asked, 'table' | 'where'>): readonly string[] | undefined {
  const fixed = new Set(where.filter(({ is }) => is === 'equals').map(({ column }) => column.name));
  const single = table.columns.filter(({ isUnique }) => isUnique).map(({ name }) => [name]);
  return [...single, table.primaryKey, ...table.uniques].find((names) =>
    names.every((name) => fixed.has(name)),
  );
}

/** A property of an object literal, short where it may be. */
export const property = (name: string, value: string): string =>
  name === value ? name : `${name}: ${value}`;

/** An object literal of some properties. */
export const objectOf = (properties: readonly string[]): string =>
  properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`;

/** `postTag` of `PostTag`. */
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
