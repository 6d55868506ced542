import { block, line, type Piece } from '../../random-programs/program.ts';
import {
  fixedSet,
  lowerFirst,
  objectOf,
  plainLiteral,
  property,
  type Asked,
  type Comparison,
  type Library,
  type Speaker,
} from '../library.ts';
import {
  columnOf,
  modelOf,
  type Column,
  type ColumnType,
  type Relation,
  type Schema,
  type Table,
} from '../schema.ts';

const TYPES: Readonly<Record<ColumnType, string>> = {
  integer: 'Int',
  bigint: 'BigInt',
  uuid: 'String',
  text: 'String',
  numeric: 'Decimal',
  boolean: 'Boolean',
};

const DB = [
  line("import { PrismaPg } from '@prisma/adapter-pg';"),
  line("import { PrismaClient } from './generated/prisma/client';"),
  line(''),
  line(
    'export const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 1 }) });',
  ),
  line('export const disconnect = (): Promise<void> => prisma.$disconnect();'),
];

/** Prisma believes that the database checks relations, unless it is told to do so itself. */
const isUnchecked = ({ relations }: Schema): boolean => relations.some(({ isChecked }) => !isChecked);

/** https://www.prisma.io/docs/orm/prisma-schema/overview */
function schemaPieces(schema: Schema): readonly Piece[] {
  return [
    block('generator client {', [line('provider = "prisma-client"'), line('output = "./generated/prisma"')]),
    block('datasource db {', [
      line('provider = "postgresql"'),
      ...(isUnchecked(schema) ? [line('relationMode = "prisma"')] : []),
    ]),
    ...schema.tables.map((table) => modelPiece(schema, table)),
  ];
}

const relationName = ({ from, name }: Relation): string => `"${from}_${name}"`;

function modelPiece(schema: Schema, table: Table): Piece {
  const { relations } = schema;
  const action = isUnchecked(schema) ? 'Restrict' : 'NoAction';
  const columns = table.columns.map((column) => {
    const isId = table.primaryKey.length === 1 && table.primaryKey[0] === column.name;
    const marks = [
      isId ? ' @id' : column.isUnique ? ' @unique' : '',
      column.stored === column.name ? '' : ` @map("${column.stored}")`,
      column.type === 'uuid' ? ' @db.Uuid' : '',
    ];
    return line(`${column.name} ${TYPES[column.type]}${column.isNullable ? '?' : ''}${marks.join('')}`);
  });
  const own = relations
    .filter(({ from }) => from === table.name)
    .map((one) => {
      // Prisma wants to know what becomes of rows that point to one of their own table.
      const actions = one.from === one.to ? `, onDelete: ${action}, onUpdate: ${action}` : '';
      const given = `fields: [${one.column}], references: [${one.toColumn}]${actions}`;
      const mark = one.isNullable ? '?' : '';
      return line(`${one.name} ${modelOf(schema, one.to)}${mark} @relation(${relationName(one)}, ${given})`);
    });
  const inverse = relations
    .filter(({ to }) => to === table.name)
    .map((one) =>
      line(
        `${one.inverse} ${modelOf(schema, one.from)}${one.isOneToOne ? '?' : '[]'} @relation(${relationName(one)})`,
      ),
    );
  return block(`model ${table.model} {`, [
    ...columns,
    ...own,
    ...inverse,
    ...(table.primaryKey.length > 1 ? [line(`@@id([${table.primaryKey.join(', ')}])`)] : []),
    ...table.uniques.map((names) => line(`@@unique([${names.join(', ')}])`)),
    line(`@@map("${table.name}")`),
  ]);
}

const COMPARE: Readonly<Record<Comparison['is'], (to: string) => string>> = {
  equals: (to) => to,
  over: (to) => `{ gt: ${to} }`,
  not: (to) => `{ not: ${to} }`,
  in: (to) => objectOf([property('in', to)]),
};

const compared = (where: readonly Comparison[], { style }: Speaker): readonly string[] =>
  where.map(({ column, is, to }) =>
    // Truth is compared in no other way.
    column.type === 'boolean' && is === 'in'
      ? `${column.name}: { equals: ${to.slice(1, -1)} }`
      : is === 'equals' && style.chance(8)
        ? `${column.name}: { equals: ${to} }`
        : property(column.name, COMPARE[is](to)),
  );

/** The conditions of `findUnique`; undefined where none of its keys is fixed. */
function uniqueWhere(asked: Asked, speaker: Speaker): string | undefined {
  const { table, where } = asked;
  const names = fixedSet(asked);
  const isNullable = names?.some((name) => columnOf(table, name).isNullable) ?? true;
  // Of columns that are unique it takes values only.
  const isOdd = where.some(({ column, is }) => column.isUnique && is !== 'equals');
  if (names === undefined || isOdd || (names.length > 1 && isNullable)) return undefined;
  const isKey = ({ column, is }: Comparison): boolean => is === 'equals' && names.includes(column.name);
  // Of several conditions on one column `findUnique` takes one.
  const keys = names.flatMap((name) =>
    where.filter((one) => isKey(one) && one.column.name === name).slice(0, 1),
  );
  const others = compared(
    where.filter((one) => !keys.includes(one)),
    speaker,
  );
  const written = keys.map(({ column, to }) => property(column.name, to));
  return objectOf([
    ...(names.length === 1 ? written : [`${names.join('_')}: ${objectOf(written)}`]),
    ...others,
  ]);
}

/** https://www.prisma.io/docs/orm/reference/prisma-client-reference#model-queries */
function ask(asked: Asked, speaker: Speaker): ReturnType<Library['ask']> {
  const { table, gives, refuses, where, selected, orderedBy, most } = asked;
  const { style } = speaker;
  const client = `${speaker.isInTransaction ? 'tx' : 'prisma'}.${lowerFirst(table.model)}`;
  const conditions = objectOf(compared(where, speaker));
  const hasWhere = where.length > 0;
  if (gives === 'count' || gives === 'exists')
    return { text: `${client}.count(${hasWhere ? `{ where: ${conditions} }` : ''})`, form: 'number' };
  const unique = gives === 'one' && style.chance(75) ? uniqueWhere(asked, speaker) : undefined;
  const orders = orderedBy.map(({ column, isDown }) => `{ ${column.name}: '${isDown ? 'desc' : 'asc'}' }`);
  const isOrdered = unique === undefined && orders.length > 0;
  const left = selected === undefined ? [] : table.columns.filter((one) => !selected.includes(one));
  const isOmitted = left.length > 0 && style.chance(20);
  const options = [
    ...(hasWhere ? [`where: ${unique ?? conditions}`] : []),
    ...(isOrdered ? [`orderBy: ${orders.length === 1 ? (orders[0] ?? '') : `[${orders.join(', ')}]`}`] : []),
    ...(selected === undefined
      ? []
      : isOmitted
        ? [`omit: ${objectOf(left.map(({ name }) => `${name}: true`))}`]
        : [`select: ${objectOf(selected.map(({ name }) => `${name}: true`))}`]),
    ...(most === undefined || gives === 'one' ? [] : [`take: ${most}`]),
  ];
  const method =
    gives === 'many'
      ? 'findMany'
      : `${unique === undefined ? 'findFirst' : 'findUnique'}${refuses ? 'OrThrow' : ''}`;
  return {
    text: `${client}.${method}(${options.length === 0 ? '' : objectOf(options)})`,
    form: gives === 'many' ? 'rows' : 'row',
  };
}

/** Prisma Client: https://www.prisma.io/docs/orm/prisma-client */
export const prisma: Library = {
  orm: 'prisma',
  packages: ['@prisma/client', '@prisma/adapter-pg'],
  abilities: { renamesColumns: true, hidesColumns: false, marksDeleted: false },
  files: (schema) => [
    { path: 'schema.prisma', pieces: schemaPieces(schema) },
    { path: 'db.ts', pieces: DB },
  ],
  imports: () => [[['prisma'], './db']],
  typeOf: ({ type }) =>
    type === 'integer' ? 'number' : type === 'bigint' ? 'bigint' : type === 'boolean' ? 'boolean' : 'string',
  literal: (column: Column, value) => (column.type === 'bigint' ? `${value}n` : plainLiteral(column, value)),
  ask,
  change({ table, where, set }, speaker) {
    const client = `${speaker.isInTransaction ? 'tx' : 'prisma'}.${lowerFirst(table.model)}`;
    const conditions = objectOf(compared(where, speaker));
    return set === undefined
      ? `${client}.deleteMany({ where: ${conditions} })`
      : `${client}.updateMany({ where: ${conditions}, data: ${objectOf([property(set.column.name, set.to)])} })`;
  },
  transaction: { open: 'await prisma.$transaction(async (tx) => {', close: '});' },
};
