import { defineTransform, queriesInTurns } from '../src/index.ts';

type Options = { chunk: number };

/**
 * A query in each turn of a loop (N+1) makes as many round trips to the database as there are elements, most of them one after
 * the other. An expert in the library loads the relation with the rows that the loop walks, or asks once for the rows of all
 * turns and looks them up, or counts the rows of each key in one query.
 *
 * Which of these it becomes: the relation is loaded eagerly where the schema has one that joins just these columns, the loop
 * walks the rows of a query that stands before it, and nobody sees that these rows have one property more. Else the keys
 * of all turns are gathered, one query asks for their rows, and each turn takes its own out of a `Map`. A `count` in each turn
 * becomes a grouped one.
 *
 * Schemas are read from the sources: `schema.prisma`, entities, models, tables, and the migrations of Knex. What they do not say is
 * told as a claim that a person has to look at. All rows are asked for at one moment, before the first turn, and held in memory
 * together; a row that somebody else changes while the loop runs is seen as it was then.
 */
export default defineTransform<Options>({
  id: 'query-in-loop-to-include',
  summary: 'Load what a loop asks for row by row with one query, or eagerly with the rows.',
  sets: ['database'],
  before: ['await-in-loop', 'sequential-awaits'],
  needsTypes: true,
  // Beside the code that asks, the files that declare what is asked for: a schema is read from the files of the run.
  prefilter:
    /\bawait\b|\bPromise\.all\b|\b(?:createTable|alterTable|hasMany|hasOne|belongsTo\w*|relationMappings|relations|\w+Table|EntitySchema|Schema|Entity|sequelize|typeorm|mongoose)\b/,
  defaults: { chunk: 0 },
  optionHelp: {
    chunk:
      'How many keys one query asks for at most, where the database limits them; 0: all, and a claim says so',
  },
  inspect: queriesInTurns,
});
