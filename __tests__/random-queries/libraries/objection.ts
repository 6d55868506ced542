import { block, line, type Piece } from '../../random-programs/program.ts';
import {
  fixedSet,
  objectOf,
  plainLiteral,
  property,
  type Asked,
  type Library,
  type Speaker,
} from '../library.ts';
import { modelOf, type Relation, type Schema, type Table } from '../schema.ts';
import { migrationPieces, orderText, sqlTypeOf, whereText } from './knex.ts';

function modelPieces(schema: Schema): readonly Piece[] {
  return [
    line("import createKnex from 'knex';"),
    line("import { Model } from 'objection';"),
    line(
      "export const knex = createKnex({ client: 'pg', connection: process.env.DATABASE_URL, pool: { min: 0, max: 1 }, log: { error() {}, warn() {} } });",
    ),
    line('export class BaseModel extends Model {}'),
    line('BaseModel.knex(knex);'),
    ...schema.tables.map((table) => modelPiece(schema, table)),
    line('export const disconnect = (): Promise<void> => knex.destroy();'),
  ];
}

/** The columns that a relation joins, as one side of it sees them. */
function joined({ from, column, to, toColumn }: Relation, isInverse: boolean): string {
  const [own, other] = [`${from}.${column}`, `${to}.${toColumn}`];
  return isInverse ? `{ from: '${other}', to: '${own}' }` : `{ from: '${own}', to: '${other}' }`;
}

/** https://vincit.github.io/objection.js/guide/models.html */
function modelPiece(schema: Schema, table: Table): Piece {
  const { model, name, columns, primaryKey } = table;
  const mappings = schema.relations.flatMap((one) => [
    ...(one.from === name
      ? [
          line(
            `${one.name}: { relation: Model.BelongsToOneRelation, modelClass: ${modelOf(schema, one.to)}, join: ${joined(one, false)} },`,
          ),
        ]
      : []),
    ...(one.to === name
      ? [
          line(
            `${one.inverse}: { relation: Model.${one.isOneToOne ? 'HasOneRelation' : 'HasManyRelation'}, modelClass: ${modelOf(schema, one.from)}, join: ${joined(one, true)} },`,
          ),
        ]
      : []),
  ]);
  return block(`export class ${model} extends BaseModel {`, [
    ...columns.map((column) =>
      line(`${column.name}!: ${sqlTypeOf(column)}${column.isNullable ? ' | null' : ''};`),
    ),
    line(`static tableName = '${name}';`),
    ...(primaryKey.length > 1
      ? [line(`static idColumn = [${primaryKey.map((one) => `'${one}'`).join(', ')}];`)]
      : []),
    ...(mappings.length === 0 ? [] : [block('static relationMappings = () => ({', mappings, '});')]),
  ]);
}

const clientOf = ({ model }: Table, { isInTransaction }: Speaker): string =>
  `${model}.query(${isInTransaction ? 'trx' : ''})`;

/** https://vincit.github.io/objection.js/api/query-builder/find-methods.html */
function ask(asked: Asked, speaker: Speaker): ReturnType<Library['ask']> {
  const { table, gives, refuses, where, selected, orderedBy, most } = asked;
  const { style } = speaker;
  const client = clientOf(table, speaker);
  const chain = `${client}${whereText(where, style)}`;
  if (gives === 'count' || gives === 'exists') return { text: `${chain}.resultSize()`, form: 'number' };
  const names = (selected ?? []).map(({ name }) => `'${name}'`).join(', ');
  const select = selected === undefined ? '' : `.select(${names})`;
  const [first] = where;
  const isById =
    first !== undefined && where.length === 1 && first.is === 'equals' && first.column.name === 'id';
  const refusal = refuses && gives === 'one' ? '.throwIfNotFound()' : '';
  if (gives === 'one' && isById && fixedSet(asked) !== undefined && style.chance(60))
    return { text: `${client}.findById(${first.to})${select}${refusal}`, form: 'row' };
  const areAllEqual = where.length > 0 && where.every(({ is }) => is === 'equals');
  if (gives === 'one' && areAllEqual && style.chance(50)) {
    const object = objectOf(where.map(({ column, to }) => property(column.name, to)));
    return { text: `${client}.findOne(${object})${orderText(orderedBy)}${select}${refusal}`, form: 'row' };
  }
  const ordered = `${chain}${orderText(orderedBy)}${select}`;
  return gives === 'one'
    ? { text: `${ordered}.first()${refusal}`, form: 'row' }
    : { text: `${ordered}${most === undefined ? '' : `.limit(${most})`}`, form: 'rows' };
}

/** Objection: https://vincit.github.io/objection.js */
export const objection: Library = {
  orm: 'objection',
  packages: ['objection', 'knex'],
  abilities: { renamesColumns: false, hidesColumns: false, marksDeleted: false },
  files: (schema) => [
    { path: 'migrations/001_tables.ts', pieces: migrationPieces(schema) },
    { path: 'db.ts', pieces: modelPieces(schema) },
  ],
  imports: ({ tables }) => [[['BaseModel', ...tables.map(({ model }) => model)], './db']],
  typeOf: sqlTypeOf,
  literal: plainLiteral,
  ask,
  change({ table, where, set }, speaker) {
    const chain = `${clientOf(table, speaker)}${whereText(where, speaker.style)}`;
    return set === undefined
      ? `${chain}.delete()`
      : `${chain}.patch(${objectOf([property(set.column.name, set.to)])})`;
  },
  load: (row, relation, isInverse) =>
    `${row}.$relatedQuery('${isInverse ? relation.inverse : relation.name}')`,
  transaction: { open: 'await BaseModel.transaction(async (trx) => {', close: '});' },
};
