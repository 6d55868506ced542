import { block, line, type Piece } from '../../random-programs/program.ts';
import {
  fixedSet,
  objectOf,
  plainLiteral,
  type Asked,
  type Comparison,
  type Library,
  type Speaker,
} from '../library.ts';
import type { Column, Relation, Schema, Table } from '../schema.ts';

/** https://orm.drizzle.team/docs/column-types/pg */
const builderOf = ({ type, name, stored }: Column): string => {
  const given = stored === name ? '' : `'${stored}'`;
  switch (type) {
    case 'bigint':
      return `bigint(${given === '' ? '' : `${given}, `}{ mode: 'bigint' })`;
    default:
      return `${type}(${given})`;
  }
};

function schemaPieces(schema: Schema): readonly Piece[] {
  return [
    line("import { relations } from 'drizzle-orm';"),
    line(
      "import { type AnyPgColumn, bigint, boolean, integer, numeric, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';",
    ),
    ...schema.tables.map((table) => tablePiece(schema, table)),
    ...schema.tables.flatMap((table) => relationsPieces(schema, table)),
  ];
}

/** Columns as the callback that declares keys calls them. */
const own = (names: readonly string[]): string => names.map((name) => `t.${name}`).join(', ');

function tablePiece({ relations }: Schema, table: Table): Piece {
  const columns = table.columns.map((column) => {
    const isId = table.primaryKey.length === 1 && table.primaryKey[0] === column.name;
    const declared = relations.find(({ from, column: key }) => from === table.name && key === column.name);
    const reference =
      declared?.isChecked === true
        ? `.references((): AnyPgColumn => ${declared.to}.${declared.toColumn})`
        : '';
    const mark = isId ? '.primaryKey()' : column.isNullable ? '' : '.notNull()';
    const unique = column.isUnique && !isId ? '.unique()' : '';
    return line(`${column.name}: ${builderOf(column)}${mark}${unique}${reference},`);
  });
  const sets = [
    ...(table.primaryKey.length > 1 ? [`primaryKey({ columns: [${own(table.primaryKey)}] })`] : []),
    ...table.uniques.map((names) => `unique().on(${own(names)})`),
  ];
  const close = sets.length === 0 ? '});' : `}, (t) => [${sets.join(', ')}]);`;
  return block(`export const ${table.name} = pgTable('${table.name}', {`, columns, close);
}

const relationName = ({ from, name }: Relation): string => `'${from}_${name}'`;

/** https://orm.drizzle.team/docs/relations */
function relationsPieces({ relations }: Schema, { name }: Table): readonly Piece[] {
  const from = relations
    .filter((one) => one.from === name)
    .map((one) =>
      line(
        `${one.name}: one(${one.to}, { fields: [${name}.${one.column}], references: [${one.to}.${one.toColumn}], relationName: ${relationName(one)} }),`,
      ),
    );
  const inverse = relations
    .filter(({ to }) => to === name)
    .map((one) => {
      const keys = `fields: [${name}.${one.toColumn}], references: [${one.from}.${one.column}], `;
      const [kind, given] = one.isOneToOne ? ['one', keys] : ['many', ''];
      return line(`${one.inverse}: ${kind}(${one.from}, { ${given}relationName: ${relationName(one)} }),`);
    });
  const all = [...from, ...inverse];
  return all.length === 0
    ? []
    : [block(`export const ${name}Relations = relations(${name}, ({ one, many }) => ({`, all, '}));')];
}

const DB = [
  line("import { drizzle } from 'drizzle-orm/node-postgres';"),
  line("import pg from 'pg';"),
  line("import * as schema from './schema';"),
  line(''),
  line('const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });'),
  line('export const db = drizzle(pool, { schema });'),
  line('export const disconnect = (): Promise<void> => pool.end();'),
];

const OPERATORS: Readonly<Record<Comparison['is'], string>> = {
  equals: 'eq',
  over: 'gt',
  not: 'ne',
  in: 'inArray',
};

/** All conditions as one expression; undefined where there are none. `as`: what the table is called in it. */
function conditions(where: readonly Comparison[], as: string): string | undefined {
  const all = where.map(({ column, is, to }) => `${OPERATORS[is]}(${as}.${column.name}, ${to})`);
  return all.length > 1 ? `and(${all.join(', ')})` : all[0];
}

const orders = ({ orderedBy }: Asked, as: string): string =>
  orderedBy.map(({ column, isDown }) => `${isDown ? 'desc' : 'asc'}(${as}.${column.name})`).join(', ');

/** What a table is called in the main file, where rows are often called as tables are. */
const tableName = ({ name }: Table, { style }: Speaker): string =>
  style.chance(50) ? `schema.${name}` : `${name}Table`;

const clientOf = ({ isInTransaction }: Speaker): string => (isInTransaction ? 'tx' : 'db');

/** https://orm.drizzle.team/docs/select */
function selectText(asked: Asked, speaker: Speaker): string {
  const { table, where, selected, orderedBy, most, gives } = asked;
  const name = tableName(table, speaker);
  const what =
    selected === undefined
      ? ''
      : objectOf(selected.map((column) => `${column.name}: ${name}.${column.name}`));
  const condition = conditions(where, name);
  const limit = gives === 'one' && (fixedSet(asked) === undefined || speaker.style.chance(50)) ? 1 : most;
  return [
    `${clientOf(speaker)}.select(${what}).from(${name})`,
    ...(condition === undefined ? [] : [`.where(${condition})`]),
    ...(orderedBy.length === 0 ? [] : [`.orderBy(${orders(asked, name)})`]),
    ...(limit === undefined ? [] : [`.limit(${limit})`]),
  ].join('');
}

/** https://orm.drizzle.team/docs/rqb */
function relationalText(asked: Asked, speaker: Speaker): string {
  const { table, where, selected, orderedBy, most, gives } = asked;
  const isCallback = speaker.style.chance(40);
  const name = tableName(table, speaker);
  const condition = conditions(where, isCallback ? 'own' : name);
  const operators = [...new Set(where.map(({ is }) => OPERATORS[is])), ...(where.length > 1 ? ['and'] : [])];
  const ordered = orders(asked, name);
  const options = [
    ...(condition === undefined
      ? []
      : [`where: ${isCallback ? `(own, { ${operators.join(', ')} }) => ${condition}` : condition}`]),
    ...(selected === undefined
      ? []
      : [`columns: ${objectOf(selected.map((column) => `${column.name}: true`))}`]),
    ...(orderedBy.length === 0 ? [] : [`orderBy: ${orderedBy.length === 1 ? ordered : `[${ordered}]`}`]),
    ...(most === undefined || gives === 'one' ? [] : [`limit: ${most}`]),
  ];
  const method = gives === 'one' ? 'findFirst' : 'findMany';
  return `${clientOf(speaker)}.query.${table.name}.${method}(${options.length === 0 ? '' : objectOf(options)})`;
}

function ask(asked: Asked, speaker: Speaker): ReturnType<Library['ask']> {
  const { table, gives, where } = asked;
  const { style } = speaker;
  if (gives === 'count' || gives === 'exists') {
    const name = tableName(table, speaker);
    const condition = conditions(where, name);
    return style.chance(75)
      ? {
          text: `${clientOf(speaker)}.$count(${name}${condition === undefined ? '' : `, ${condition}`})`,
          form: 'number',
        }
      : {
          text: `${clientOf(speaker)}.select({ count: count() }).from(${name})${condition === undefined ? '' : `.where(${condition})`}.then(([one]) => one)`,
          form: 'number in a row',
        };
  }
  if (style.chance(40))
    return { text: relationalText(asked, speaker), form: gives === 'many' ? 'rows' : 'row' };
  return { text: selectText(asked, speaker), form: gives === 'many' ? 'rows' : 'row in a list' };
}

/** Drizzle on node-postgres: https://orm.drizzle.team */
export const drizzle: Library = {
  orm: 'drizzle',
  packages: ['drizzle-orm'],
  abilities: { renamesColumns: true, hidesColumns: false, marksDeleted: false },
  files: (schema) => [
    { path: 'schema.ts', pieces: schemaPieces(schema) },
    { path: 'db.ts', pieces: DB },
  ],
  imports: ({ tables }) => [
    [['and', 'asc', 'count', 'desc', 'eq', 'gt', 'inArray', 'ne'], 'drizzle-orm'],
    [['db'], './db'],
    [['* as schema'], './schema'],
    [tables.map(({ name }) => `${name} as ${name}Table`), './schema'],
  ],
  typeOf: ({ type }) =>
    type === 'integer' ? 'number' : type === 'bigint' ? 'bigint' : type === 'boolean' ? 'boolean' : 'string',
  literal: (column, value) => (column.type === 'bigint' ? `${value}n` : plainLiteral(column, value)),
  ask,
  change({ table, where, set }, speaker) {
    const name = tableName(table, speaker);
    const condition = conditions(where, name) ?? '';
    return set === undefined
      ? `${clientOf(speaker)}.delete(${name}).where(${condition})`
      : `${clientOf(speaker)}.update(${name}).set({ ${set.column.name}: ${set.to} }).where(${condition})`;
  },
  transaction: { open: 'await db.transaction(async (tx) => {', close: '});' },
};
