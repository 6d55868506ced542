import { block, line, type Piece } from '../../random-programs/program.ts';
import {
  fixedSet,
  objectOf,
  plainLiteral,
  property,
  type Asked,
  type Comparison,
  type Library,
  type Speaker,
} from '../library.ts';
import type { ColumnType, Column, Schema, Table } from '../schema.ts';

/** https://knexjs.org/guide/schema-builder.html */
const TYPES: Readonly<Record<ColumnType, string>> = {
  integer: 'integer',
  bigint: 'bigInteger',
  uuid: 'uuid',
  text: 'text',
  numeric: 'decimal',
  boolean: 'boolean',
};

/** The migration that makes the tables; the data is made by other means. */
export function migrationPieces({ tables }: Schema): readonly Piece[] {
  return [
    line("import type { Knex } from 'knex';"),
    block(
      'export async function up(knex: Knex): Promise<void> {',
      tables.map((table) =>
        block(`await knex.schema.createTable('${table.name}', (t) => {`, columnLines(table), '});'),
      ),
    ),
    block(
      'export async function down(knex: Knex): Promise<void> {',
      tables.toReversed().map(({ name }) => line(`await knex.schema.dropTable('${name}');`)),
    ),
  ];
}

const listed = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

function columnLines({ columns, primaryKey, uniques }: Table): readonly Piece[] {
  return [
    ...columns.map(({ name, type, isNullable, isUnique, points }) => {
      const isKey = primaryKey.length === 1 && primaryKey[0] === name;
      const mark = isKey
        ? '.primary()'
        : `${isNullable ? '' : '.notNullable()'}${isUnique ? '.unique()' : ''}`;
      const reference =
        points?.isChecked === true ? `.references('${points.column}').inTable('${points.table}')` : '';
      return line(`t.${TYPES[type]}('${name}')${mark}${reference};`);
    }),
    ...(primaryKey.length > 1 ? [line(`t.primary([${listed(primaryKey)}]);`)] : []),
    ...uniques.map((names) => line(`t.unique([${listed(names)}]);`)),
  ];
}

const DB = [
  line("import createKnex from 'knex';"),
  line(''),
  line(
    "export const knex = createKnex({ client: 'pg', connection: process.env.DATABASE_URL, pool: { min: 0, max: 1 }, log: { error() {}, warn() {} } });",
  ),
  line('export const disconnect = (): Promise<void> => knex.destroy();'),
];

const SIGNS: Readonly<Record<Exclude<Comparison['is'], 'in'>, string>> = {
  equals: '=',
  over: '>',
  not: '<>',
};

/** https://knexjs.org/guide/query-builder.html#where */
export function whereText(where: readonly Comparison[], style: Speaker['style']): string {
  const equal = where.filter(({ is }) => is === 'equals');
  const isObject = equal.length > 0 && style.chance(60);
  const rest = isObject ? where.filter(({ is }) => is !== 'equals') : where;
  const steps = rest.map(({ column, is, to }, at) => {
    const name = at === 0 && !isObject ? 'where' : style.chance(50) ? 'andWhere' : 'where';
    if (is === 'in') return `.whereIn('${column.name}', ${to})`;
    return is === 'equals' && style.chance(80)
      ? `.${name}('${column.name}', ${to})`
      : `.${name}('${column.name}', '${SIGNS[is]}', ${to})`;
  });
  const object = objectOf(equal.map(({ column, to }) => property(column.name, to)));
  return [...(isObject ? [`.where(${object})`] : []), ...steps].join('');
}

export const orderText = (orderedBy: Asked['orderedBy']): string =>
  orderedBy.map(({ column, isDown }) => `.orderBy('${column.name}'${isDown ? ", 'desc'" : ''})`).join('');

const clientOf = (table: Table, { isInTransaction, style }: Speaker): string => {
  if (!isInTransaction) return `knex('${table.name}')`;
  return style.chance(50) ? `trx('${table.name}')` : `knex('${table.name}').transacting(trx)`;
};

function ask(asked: Asked, speaker: Speaker): ReturnType<Library['ask']> {
  const { table, gives, where, selected, orderedBy, most } = asked;
  const { style } = speaker;
  const chain = `${clientOf(table, speaker)}${whereText(where, style)}`;
  if (gives === 'count' || gives === 'exists')
    return { text: `${chain}.count({ count: '*' }).first()`, form: 'number in a row' };
  const names = (selected ?? []).map(({ name }) => `'${name}'`).join(', ');
  const select = selected === undefined ? (style.chance(20) ? '.select()' : '') : `.select(${names})`;
  const ordered = `${chain}${orderText(orderedBy)}`;
  if (gives === 'many')
    return { text: `${ordered}${select}${most === undefined ? '' : `.limit(${most})`}`, form: 'rows' };
  const isUnique = fixedSet(asked) !== undefined;
  if (isUnique && style.chance(15)) return { text: `${ordered}${select}`, form: 'row in a list' };
  return selected !== undefined && style.chance(50)
    ? { text: `${ordered}.first(${names})`, form: 'row' }
    : { text: `${ordered}${select}.first()`, form: 'row' };
}

export const sqlTypeOf = ({ type }: Pick<Column, 'type'>): string =>
  type === 'integer' ? 'number' : type === 'boolean' ? 'boolean' : 'string';

/** Knex on node-postgres: https://knexjs.org */
export const knex: Library = {
  orm: 'knex',
  packages: ['knex'],
  abilities: { renamesColumns: false, hidesColumns: false, marksDeleted: false },
  files: (schema) => [
    { path: 'migrations/001_tables.ts', pieces: migrationPieces(schema) },
    { path: 'db.ts', pieces: DB },
  ],
  imports: () => [[['knex'], './db']],
  typeOf: sqlTypeOf,
  literal: plainLiteral,
  ask,
  change({ table, where, set }, speaker) {
    const chain = `${clientOf(table, speaker)}${whereText(where, speaker.style)}`;
    return set === undefined
      ? `${chain}.del()`
      : `${chain}.update(${objectOf([property(set.column.name, set.to)])})`;
  },
  transaction: { open: 'await knex.transaction(async (trx) => {', close: '});' },
};
