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
import { modelOf, type ColumnType, type Schema, type Table } from '../schema.ts';
import { sqlTypeOf } from './knex.ts';

/** https://sequelize.org/docs/v6/core-concepts/model-basics/#data-types */
const TYPES: Readonly<Record<ColumnType, string>> = {
  integer: 'INTEGER',
  bigint: 'BIGINT',
  uuid: 'UUID',
  text: 'TEXT',
  numeric: 'DECIMAL',
  boolean: 'BOOLEAN',
};

function dbPieces(schema: Schema): readonly Piece[] {
  return [
    line("import { DataTypes, Model, Sequelize } from 'sequelize';"),
    line(
      'export const sequelize = new Sequelize(process.env.DATABASE_URL as string, { logging: false, pool: { max: 1 } });',
    ),
    ...schema.tables.flatMap((table) => modelPieces(schema, table)),
    ...associationLines(schema),
    line('export const connect = (): Promise<void> => sequelize.authenticate();'),
    line('export const disconnect = (): Promise<void> => sequelize.close();'),
  ];
}

function modelPieces(schema: Schema, table: Table): readonly Piece[] {
  const { model, name, columns, primaryKey, uniques, deletedAt, hidden } = table;
  const methods = schema.relations.flatMap((one) => [
    ...(one.from === name
      ? [line(`declare ${getter(one.name)}: () => Promise<${modelOf(schema, one.to)} | null>;`)]
      : []),
    ...(one.to === name
      ? [
          line(
            `declare ${getter(one.inverse)}: () => Promise<${modelOf(schema, one.from)}${one.isOneToOne ? ' | null' : '[]'}>;`,
          ),
        ]
      : []),
  ]);
  const indexes = uniques.map(
    (names) => `{ unique: true, fields: [${names.map((one) => `'${one}'`).join(', ')}] }`,
  );
  const scope = columns.flatMap((one) => (one.name === hidden ? [] : [`'${one.name}'`])).join(', ');
  const options = [
    'sequelize',
    `modelName: '${model}'`,
    `tableName: '${name}'`,
    deletedAt === undefined ? 'timestamps: false' : 'createdAt: false, updatedAt: false, paranoid: true',
    ...(indexes.length === 0 ? [] : [`indexes: [${indexes.join(', ')}]`]),
    ...(hidden === undefined ? [] : [`defaultScope: { attributes: [${scope}] }`]),
  ];
  return [
    block(`export class ${model} extends Model {`, [
      ...columns.map((column) =>
        line(`declare ${column.name}: ${sqlTypeOf(column)}${column.isNullable ? ' | null' : ''};`),
      ),
      ...methods,
    ]),
    block(
      `${model}.init({`,
      columns.map((column) => {
        const isKey = primaryKey.includes(column.name);
        const marks = [
          `type: DataTypes.${TYPES[column.type]}`,
          ...(isKey ? ['primaryKey: true'] : [`allowNull: ${column.isNullable}`]),
          ...(column.isUnique && !isKey ? ['unique: true'] : []),
          ...(column.stored === column.name ? [] : [`field: '${column.stored}'`]),
        ];
        return line(`${column.name}: { ${marks.join(', ')} },`);
      }),
      `}, { ${options.join(', ')} });`,
    ),
  ];
}

const getter = (name: string): string => `get${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** https://sequelize.org/docs/v6/core-concepts/assocs */
const associationLines = (schema: Schema): readonly Piece[] =>
  schema.relations.flatMap((one) => {
    const checks = one.isChecked ? '' : ', constraints: false';
    const isToId = one.toColumn === 'id';
    const given = `foreignKey: '${one.column}'${checks}`;
    return [
      line(
        `${modelOf(schema, one.from)}.belongsTo(${modelOf(schema, one.to)}, { as: '${one.name}', ${given}${isToId ? '' : `, targetKey: '${one.toColumn}'`} });`,
      ),
      line(
        `${modelOf(schema, one.to)}.${one.isOneToOne ? 'hasOne' : 'hasMany'}(${modelOf(schema, one.from)}, { as: '${one.inverse}', ${given}${isToId ? '' : `, sourceKey: '${one.toColumn}'`} });`,
      ),
    ];
  });

const COMPARE: Readonly<Record<Comparison['is'], (to: string) => string>> = {
  equals: (to) => to,
  over: (to) => `{ [Op.gt]: ${to} }`,
  not: (to) => `{ [Op.ne]: ${to} }`,
  in: (to) => to,
};

/** https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#applying-where-clauses */
const compared = (where: readonly Comparison[], { style }: Speaker): string =>
  objectOf(
    where.map(({ column, is, to }) =>
      property(column.name, is === 'equals' && style.chance(6) ? `{ [Op.eq]: ${to} }` : COMPARE[is](to)),
    ),
  );

const inTransaction = ({ isInTransaction }: Speaker): readonly string[] =>
  isInTransaction ? ['transaction: t'] : [];

function ask(asked: Asked, speaker: Speaker): ReturnType<Library['ask']> {
  const { table, gives, refuses, where, selected, orderedBy, most } = asked;
  const { style } = speaker;
  const [first] = where;
  const options = [
    ...(selected === undefined
      ? []
      : [`attributes: [${selected.map(({ name }) => `'${name}'`).join(', ')}]`]),
    ...(orderedBy.length === 0
      ? []
      : [
          `order: [${orderedBy.map(({ column, isDown }) => `['${column.name}', '${isDown ? 'DESC' : 'ASC'}']`).join(', ')}]`,
        ]),
    ...(most === undefined || gives === 'one' ? [] : [`limit: ${most}`]),
    ...(refuses && gives === 'one' ? ['rejectOnEmpty: true'] : []),
    ...((gives === 'one' || gives === 'many') && style.chance(8) ? ['raw: true'] : []),
    ...inTransaction(speaker),
  ];
  const isById =
    first !== undefined && where.length === 1 && first.is === 'equals' && first.column.name === 'id';
  if (gives === 'one' && isById && fixedSet(asked) !== undefined && style.chance(65))
    return {
      text: `${table.model}.findByPk(${first.to}${options.length === 0 ? '' : `, ${objectOf(options)}`})`,
      form: 'row',
    };
  const all = [...(where.length === 0 ? [] : [`where: ${compared(where, speaker)}`]), ...options];
  const given = all.length === 0 ? '' : objectOf(all);
  if (gives === 'count' || gives === 'exists')
    return { text: `${table.model}.count(${given})`, form: 'number' };
  return gives === 'one'
    ? { text: `${table.model}.findOne(${given})`, form: 'row' }
    : { text: `${table.model}.findAll(${given})`, form: 'rows' };
}

/** Sequelize: https://sequelize.org/docs/v6 */
export const sequelize: Library = {
  orm: 'sequelize',
  packages: ['sequelize'],
  abilities: { renamesColumns: true, hidesColumns: true, marksDeleted: true },
  files: (schema) => [{ path: 'db.ts', pieces: dbPieces(schema) }],
  imports: ({ tables }) => [
    [['Op'], 'sequelize'],
    [['sequelize', ...tables.map(({ model }) => model)], './db'],
  ],
  typeOf: sqlTypeOf,
  literal: plainLiteral,
  ask,
  change({ table, where, set }, speaker) {
    const options = objectOf([`where: ${compared(where, speaker)}`, ...inTransaction(speaker)]);
    return set === undefined
      ? `${table.model}.destroy(${options})`
      : `${table.model}.update({ ${property(set.column.name, set.to)} }, ${options})`;
  },
  load: (row, relation, isInverse) => `${row}.${getter(isInverse ? relation.inverse : relation.name)}()`,
  transaction: { open: 'await sequelize.transaction(async (t) => {', close: '});' },
};
