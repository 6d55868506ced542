import { ts } from 'ts-morph';
import type { Model } from '../../schema.ts';
import { withDeleteRules } from '../delete-rules.ts';
import { siteOf } from '../nodes.ts';
import { Origins } from '../origins.ts';
import { declaredTables } from './declared-tables.ts';
import { relationsOf } from './relations.ts';
import { functionNamed } from './syntax.ts';
import { statesOf, withoutVariants, type Draft } from './variants.ts';

/**
 * The tables that a project makes with Knex: what the `up` of its migrations leaves behind, in the order of the names of their
 * files, or what other code creates. `sources` are all files of the project. Relations are the foreign keys, from both sides; they
 * are named by the column without its `_id`, and by the table, since nothing in code names them.
 */
export function readKnexModels(sources: readonly ts.SourceFile[], checker: ts.TypeChecker): readonly Model[] {
  if (!sources.some(({ text }) => /\bknex\b/i.test(text))) return [];
  const origins = new Origins(checker);
  const files = sources.filter(({ text }) => CHANGES_SCHEMA.test(text) || CHANGES_BY_SQL.test(text));
  const migrated = statesOf(
    files.filter((one) => functionNamed(one, 'up') !== undefined),
    origins,
  );
  const isMigrated = new Set(migrated.flatMap(({ tables }) => [...tables.keys()]));
  // What is made elsewhere are tables of their own: scripts and tests may touch those of migrations too.
  const others = statesOf(
    files.filter((one) => functionNamed(one, 'up') === undefined),
    origins,
  );
  for (const { tables } of others) for (const name of isMigrated) tables.delete(name);
  const drafts = withoutVariants([...migrated, ...others]);
  const models = drafts.map((draft) => modelOf(draft, drafts));
  const declared = sources.flatMap((source) => declaredTables(source));
  return [...models, ...declared.filter((one) => !models.some(({ name }) => name === one.name))];
}

const CHANGES_SCHEMA =
  /\.\s*(?:createTable\w*|alterTable|dropTable\w*|renameTable)\s*\(|\b(?:schema|withSchema\([^()]*\))\s*\.\s*(?:table|raw)\s*\(/;

const CHANGES_BY_SQL = /\.\s*raw\s*\(\s*['"`]\s*(?:create|alter|drop|rename)\b/i;

function modelOf(draft: Draft, all: readonly Draft[]): Model {
  const { name, primaryKey, keys } = draft;
  const unread = [...draft.unread];
  const isPrimary = (columns: readonly string[]): boolean => columns.join() === primaryKey.join();
  const distinct = (isUnique: boolean): readonly (readonly string[])[] => [
    ...new Map(
      keys
        .filter((one) => one.isUnique === isUnique && !isPrimary(one.columns))
        .map(({ columns }) => [columns.join(), columns]),
    ).values(),
  ];
  const uniques = distinct(true);
  return {
    orm: 'knex',
    name,
    table: name,
    columns: [...draft.columns.values()].map((one) => ({ ...one })),
    primaryKey,
    uniques,
    indexes: distinct(false).filter((columns) => !uniques.some((one) => one.join() === columns.join())),
    relations: relationsOf(draft, all, unread),
    ...withDeleteRules(
      draft.foreign.flatMap(({ table, onDelete }) =>
        onDelete === undefined ? [] : [{ model: table, rule: onDelete }],
      ),
    ),
    hooks: [],
    defaultScope: undefined,
    softDelete: undefined,
    virtuals: [],
    unread,
    seenAt: siteOfCall(draft.node),
  };
}

/** The place of a call's own name, not that where its chain begins. */
const siteOfCall = (node: ts.Node): Model['seenAt'] =>
  siteOf(
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node,
  );
