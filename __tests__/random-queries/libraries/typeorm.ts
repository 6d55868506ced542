import { block, line, type Piece } from '../../random-programs/program.ts';
import {
  lowerFirst,
  objectOf,
  plainLiteral,
  property,
  type Asked,
  type Comparison,
  type Library,
  type Speaker,
} from '../library.ts';
import { columnOf, modelOf, type Column, type ColumnType, type Schema, type Table } from '../schema.ts';

const TYPES: Readonly<Record<ColumnType, string>> = {
  integer: 'int',
  bigint: 'bigint',
  uuid: 'uuid',
  text: 'text',
  numeric: 'numeric',
  boolean: 'boolean',
};

const typeOf = ({ type }: Pick<Column, 'type'>): string =>
  type === 'integer' ? 'number' : type === 'boolean' ? 'boolean' : 'string';

function entityPieces(schema: Schema): readonly Piece[] {
  return [
    line(
      "import { Column, DeleteDateColumn, Entity, JoinColumn, ManyToOne, OneToMany, OneToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';",
    ),
    ...schema.tables.flatMap((table) => [
      ...table.uniques.map((names) => line(`@Unique([${names.map((name) => `'${name}'`).join(', ')}])`)),
      line(`@Entity('${table.name}')`),
      block(`export class ${table.model} {`, [
        ...table.columns.map((column) => columnLine(table, column)),
        ...(table.deletedAt === undefined
          ? []
          : [line(`@DeleteDateColumn({ type: 'timestamptz' }) ${table.deletedAt}: Date | null;`)]),
        ...relationLines(schema, table),
      ]),
    ]),
  ];
}

/** https://typeorm.io/docs/entity/entities */
function columnLine({ primaryKey, hidden }: Table, column: Column): Piece {
  const { name, stored, type, isNullable, isUnique } = column;
  const isKey = primaryKey.includes(name);
  const options = [
    ...(stored === name ? [] : [`name: '${stored}'`]),
    ...(isNullable ? ['nullable: true'] : []),
    ...(isUnique && !isKey ? ['unique: true'] : []),
    ...(name === hidden ? ['select: false'] : []),
  ];
  const given = [`'${TYPES[type]}'`, ...(options.length === 0 ? [] : [objectOf(options)])].join(', ');
  return line(
    `@${isKey ? 'PrimaryColumn' : 'Column'}(${given}) ${name}: ${typeOf(column)}${isNullable ? ' | null' : ''};`,
  );
}

/** https://typeorm.io/docs/relations/many-to-one-one-to-many-relations */
function relationLines(schema: Schema, table: Table): readonly Piece[] {
  const { name } = table;
  return schema.relations.flatMap((one) => [
    ...(one.from === name
      ? [
          line(
            `@${one.isOneToOne ? 'OneToOne' : 'ManyToOne'}(() => ${modelOf(schema, one.to)}, (other) => other.${one.inverse}, { nullable: ${one.isNullable}, createForeignKeyConstraints: ${one.isChecked} }) @JoinColumn({ name: '${columnOf(table, one.column).stored}', referencedColumnName: '${one.toColumn}' }) ${one.name}: Relation<${modelOf(schema, one.to)}>${one.isNullable ? ' | null' : ''};`,
          ),
        ]
      : []),
    ...(one.to === name
      ? [
          line(
            `@${one.isOneToOne ? 'OneToOne' : 'OneToMany'}(() => ${modelOf(schema, one.from)}, (other) => other.${one.name}) ${one.inverse}: Relation<${modelOf(schema, one.from)}>${one.isOneToOne ? ' | null' : '[]'};`,
          ),
        ]
      : []),
  ]);
}

const dbPieces = ({ tables }: Schema): readonly Piece[] => {
  const models = tables.map(({ model }) => model).join(', ');
  return [
    line("import 'reflect-metadata';"),
    line("import { DataSource } from 'typeorm';"),
    line(`import { ${models} } from './entities';`),
    line(''),
    line(
      `export const dataSource = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, poolSize: 1, entities: [${models}] });`,
    ),
    line('export const connect = async (): Promise<void> => {'),
    line('  await dataSource.initialize();'),
    line('};'),
    line('export const disconnect = (): Promise<void> => dataSource.destroy();'),
  ];
};

const COMPARE: Readonly<Record<Comparison['is'], (to: string) => string>> = {
  equals: (to) => to,
  over: (to) => `MoreThan(${to})`,
  not: (to) => `Not(${to})`,
  in: (to) => `In(${to})`,
};

/** https://typeorm.io/docs/working-with-entity-manager/find-options */
const compared = (where: readonly Comparison[], { style }: Speaker): string =>
  objectOf(
    where.map(({ column, is, to }) =>
      property(column.name, is === 'equals' && style.chance(8) ? `Equal(${to})` : COMPARE[is](to)),
    ),
  );

const repositoryName = ({ model }: Table): string => `${lowerFirst(model)}Repository`;

/** What is called for a table, with the arguments that come first. */
function receiverOf(
  table: Table,
  { style, isInTransaction }: Speaker,
): readonly [receiver: string, first: string] {
  const way = style.below(4);
  if (isInTransaction)
    return way < 2 ? ['manager', `${table.model}, `] : [`manager.getRepository(${table.model})`, ''];
  return way === 0 ? ['dataSource.manager', `${table.model}, `] : [repositoryName(table), ''];
}

/** Comparisons as steps of a query builder: https://typeorm.io/docs/query-builder/select-query-builder */
function builderText(asked: Asked, speaker: Speaker): string {
  const { table, where, orderedBy, gives } = asked;
  const signs: Readonly<Record<Comparison['is'], (name: string) => string>> = {
    equals: (name) => `= :${name}`,
    over: (name) => `> :${name}`,
    not: (name) => `<> :${name}`,
    in: (name) => `IN (:...${name})`,
  };
  const [receiver, first] = receiverOf(table, speaker);
  const alias = lowerFirst(table.model);
  const steps = where.map(
    ({ column, is, to }, at) =>
      `.${at === 0 ? 'where' : 'andWhere'}('${alias}.${column.name} ${signs[is](column.name)}', { ${property(column.name, to)} })`,
  );
  const sorted = orderedBy.map(
    ({ column, isDown }, at) =>
      `.${at === 0 ? 'orderBy' : 'addOrderBy'}('${alias}.${column.name}', '${isDown ? 'DESC' : 'ASC'}')`,
  );
  const last = gives === 'one' ? 'getOne' : gives === 'many' ? 'getMany' : 'getCount';
  return `${receiver}.createQueryBuilder(${first}'${alias}')${[...steps, ...sorted].join('')}.${last}()`;
}

function ask(asked: Asked, speaker: Speaker): ReturnType<Library['ask']> {
  const { table, gives, refuses, where, selected, orderedBy, most } = asked;
  const { style } = speaker;
  const form = gives === 'many' ? 'rows' : gives === 'one' ? 'row' : gives === 'count' ? 'number' : 'truth';
  const isPlain = selected === undefined && most === undefined && !refuses && gives !== 'exists';
  if (isPlain && where.length > 0 && style.chance(12)) return { text: builderText(asked, speaker), form };
  const [receiver, first] = receiverOf(table, speaker);
  const conditions = compared(where, speaker);
  const isBare = selected === undefined && orderedBy.length === 0 && most === undefined;
  if (gives === 'count' || gives === 'exists') {
    const method = gives === 'count' ? 'count' : 'exists';
    return where.length > 0 && style.chance(70)
      ? { text: `${receiver}.${method}By(${first}${conditions})`, form }
      : { text: `${receiver}.${method}(${first}{ where: ${conditions} })`, form };
  }
  const method = `${gives === 'one' ? 'findOne' : 'find'}${isBare && where.length > 0 && style.chance(60) ? 'By' : ''}`;
  const name =
    refuses && gives === 'one'
      ? method.replace(/(By)?$/, '$1OrFail').replace('OneOrFailBy', 'OneByOrFail')
      : method;
  if (method.endsWith('By')) return { text: `${receiver}.${name}(${first}${conditions})`, form };
  const options = [
    ...(where.length > 0 ? [`where: ${conditions}`] : []),
    ...(selected === undefined ? [] : [`select: ${objectOf(selected.map((one) => `${one.name}: true`))}`]),
    ...(orderedBy.length === 0
      ? []
      : [
          `order: ${objectOf(orderedBy.map(({ column, isDown }) => `${column.name}: '${isDown ? 'DESC' : 'ASC'}'`))}`,
        ]),
    ...(most === undefined || gives === 'one' ? [] : [`take: ${most}`]),
  ];
  return { text: `${receiver}.${name}(${first}${objectOf(options)})`, form };
}

/** TypeORM: https://typeorm.io */
export const typeorm: Library = {
  orm: 'typeorm',
  packages: ['typeorm', 'reflect-metadata'],
  abilities: { renamesColumns: true, hidesColumns: true, marksDeleted: true },
  files: (schema) => [
    { path: 'entities.ts', pieces: entityPieces(schema) },
    { path: 'db.ts', pieces: dbPieces(schema) },
  ],
  imports: ({ tables }) => [
    [['Equal', 'In', 'MoreThan', 'Not'], 'typeorm'],
    [['dataSource'], './db'],
    [tables.map(({ model }) => model), './entities'],
  ],
  declarations: ({ tables }) =>
    tables.map((table) => [
      repositoryName(table),
      `const ${repositoryName(table)} = dataSource.getRepository(${table.model});`,
    ]),
  typeOf,
  literal: plainLiteral,
  ask,
  change({ table, where, set }, speaker) {
    const [receiver, first] = receiverOf(table, speaker);
    const conditions = compared(where, speaker);
    return set === undefined
      ? `${receiver}.delete(${first}${conditions})`
      : `${receiver}.update(${first}${conditions}, ${objectOf([property(set.column.name, set.to)])})`;
  },
  transaction: { open: 'await dataSource.transaction(async (manager) => {', close: '});' },
};
