/** What the transforms about queries share. */
export { queriesInTurns } from './findings.ts';
export type { QueryOptions } from './query.ts';
