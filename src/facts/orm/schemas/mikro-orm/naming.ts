/** The names that naming strategies make. */

import { ts } from 'ts-morph';
import { nodesIn } from '../nodes.ts';
import type { Values } from '../values.ts';
import { isMikroOrm } from './decorators.ts';

/**
 * How a naming strategy makes names in the database (https://mikro-orm.io/docs/6.6/naming-strategy). What gives undefined is not
 * known.
 */
export interface Naming {
  tableName(target: string): string | undefined;
  columnName(property: string): string | undefined;
  joinColumnName(property: string, referenced: string, isComposite: boolean): string | undefined;
  pivotName(table: string | undefined, property: string): string | undefined;
  readonly unread: string | undefined;
}

const underscore = (text: string): string => text.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

/** The one of all databases with SQL. */
const UNDERSCORE: Naming = {
  tableName: underscore,
  columnName: underscore,
  joinColumnName: (property, referenced) => `${underscore(property)}_${referenced}`,
  pivotName: (table, property) =>
    table === undefined ? undefined : `${underscore(table)}_${underscore(property)}`,
  unread: undefined,
};

const ENTITY_CASE: Naming = {
  tableName: (target) => target,
  columnName: (property) => property,
  joinColumnName: (property, referenced, isComposite) => {
    const name = property.charAt(0).toLowerCase() + property.slice(1);
    return isComposite ? `${name}_${referenced}` : name;
  },
  pivotName: (table, property) => (table === undefined ? undefined : `${table}_${property}`),
  unread: undefined,
};

/** Documents hold lists of keys in place of tables between. */
const MONGO: Naming = {
  tableName: (target) => target.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase(),
  columnName: (property) => property,
  joinColumnName: (property) => property,
  pivotName: () => undefined,
  unread: undefined,
};

const UNKNOWN_NAMING: Naming = {
  tableName: () => undefined,
  columnName: () => undefined,
  joinColumnName: () => undefined,
  pivotName: () => undefined,
  unread: 'the names in the database, which a naming strategy makes',
};

const NAMED: Readonly<Record<string, Naming>> = {
  UnderscoreNamingStrategy: UNDERSCORE,
  EntityCaseNamingStrategy: ENTITY_CASE,
  MongoNamingStrategy: MONGO,
};

/** The naming strategy that a configuration gives, or that of the database. Several that differ are not known. */
export function namingOf(sources: readonly ts.SourceFile[], values: Values): Naming {
  const given = sources
    .filter(({ text }) => /\bnamingStrategy\b/.test(text))
    .flatMap((source) => [...nodesIn(source)])
    .filter((node) => ts.isPropertyAssignment(node))
    .filter(({ name }) => name.getText() === 'namingStrategy')
    .map(({ initializer }) => strategyOf(initializer, values));
  const drivers = new Set(
    sources.flatMap(({ text }) =>
      [
        ...text.matchAll(
          /['"]@mikro-orm\/(mongodb|postgresql|mysql|mariadb|sqlite|libsql|better-sqlite|mssql)['"]/g,
        ),
      ].map(([, name]) => (name === 'mongodb' ? MONGO : UNDERSCORE)),
    ),
  );
  const [sole = UNDERSCORE, ...others] = given.length > 0 ? new Set(given) : drivers;
  return others.length === 0 ? sole : UNKNOWN_NAMING;
}

function strategyOf(node: ts.Expression, values: Values): Naming {
  const meaning = values.meaningOf(node);
  if (meaning === undefined || !('package' in meaning) || !isMikroOrm(meaning.package)) return UNKNOWN_NAMING;
  return NAMED[meaning.name] ?? UNKNOWN_NAMING;
}
