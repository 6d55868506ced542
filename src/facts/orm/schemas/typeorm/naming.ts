/** The names that naming strategies make. */

import { ts } from 'ts-morph';
import { baseOf, nodesIn } from '../nodes.ts';
import type { Values } from '../values.ts';
import { isTypeOrm } from './decorators.ts';

/** How a naming strategy of TypeORM makes names in the database. What gives undefined is not known. */
export interface Naming {
  tableName(target: string, given: string | undefined): string | undefined;
  columnName(property: string, given: string | undefined, prefixes: readonly string[]): string | undefined;
  joinColumnName(relation: string, referenced: string): string | undefined;
  joinTableName(first: string, property: string, second: string): string | undefined;
  withPrefix(table: string): string | undefined;
  readonly unread: string | undefined;
}

const camelCase = (text: string): string =>
  text.replaceAll(/^([A-Z])|[\s\-_](\w)/g, (_, first: string | undefined, later: string | undefined) =>
    later === undefined ? (first ?? '').toLowerCase() : later.toUpperCase(),
  );

const snakeCase = (text: string): string =>
  text
    .replaceAll(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

const titleCase = (text: string): string =>
  text.replaceAll(/\w\S*/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

/** https://github.com/typeorm/typeorm/blob/master/src/naming-strategy/DefaultNamingStrategy.ts */
const DEFAULT_NAMING: Naming = {
  tableName: (target, given) => given ?? snakeCase(target),
  columnName: (property, given, prefixes) =>
    prefixes.length === 0
      ? (given ?? property)
      : camelCase(prefixes.join('_')) + titleCase(given ?? property),
  joinColumnName: (relation, referenced) => camelCase(`${relation}_${referenced}`),
  joinTableName: (first, property, second) =>
    snakeCase(`${first}_${property.replaceAll('.', '_')}_${second}`),
  withPrefix: (table) => table,
  unread: undefined,
};

/** https://github.com/tonivj5/typeorm-naming-strategies/blob/master/src/snake-naming.strategy.ts */
const SNAKE_NAMING: Naming = {
  ...DEFAULT_NAMING,
  columnName: (property, given, prefixes) =>
    snakeCase([...prefixes, ''].join('_')) + (given ?? snakeCase(property)),
  joinColumnName: (relation, referenced) => snakeCase(`${relation}_${referenced}`),
};

/** A strategy of which nothing is known but that it keeps to the names that it is given. */
const UNKNOWN_NAMING: Naming = {
  tableName: (_, given) => given,
  columnName: (_, given, prefixes) => (prefixes.length === 0 ? given : undefined),
  joinColumnName: () => undefined,
  joinTableName: () => undefined,
  withPrefix: (table) => table,
  unread: 'the names in the database, which a naming strategy makes',
};

/** The methods of a strategy that the names of a model depend on. */
const NAMING_METHODS = ['tableName', 'columnName', 'joinColumnName', 'joinTableName'] as const;

/** The naming strategy and the prefix of tables that data sources are given. Several that differ are not known. */
export function namingOf(sources: readonly ts.SourceFile[], values: Values): Naming {
  const strategies = new Set<Naming>();
  const prefixes = new Set<string | undefined>();
  for (const source of sources) {
    if (!/\b(?:namingStrategy|entityPrefix)\b/.test(source.text)) continue;
    for (const [name, value] of settingsIn(source)) {
      if (name === 'entityPrefix') {
        const prefix = values.constantOf(value)?.value;
        prefixes.add(typeof prefix === 'string' ? prefix : undefined);
      } else {
        const strategy = strategyOf(value, values);
        if (strategy !== undefined) strategies.add(strategy);
      }
    }
  }
  const [sole = DEFAULT_NAMING, ...more] = strategies;
  const [prefix = prefixes.size === 0 ? '' : undefined, ...others] = prefixes;
  const naming = more.length === 0 ? sole : UNKNOWN_NAMING;
  if (prefix === '' && others.length === 0) return naming;
  const known = others.length === 0 ? prefix : undefined;
  return {
    ...naming,
    withPrefix: (table) => (known === undefined ? undefined : known + table),
    unread: naming.unread ?? (known === undefined ? 'the prefix of the tables' : undefined),
  };
}

/** The options of data sources in a file that names are made by. */
function* settingsIn(source: ts.SourceFile): Generator<readonly [name: string, value: ts.Expression]> {
  for (const node of nodesIn(source)) {
    if (
      ts.isPropertyAssignment(node) &&
      /^['"]?(?:namingStrategy|entityPrefix)['"]?$/.test(node.name.getText())
    )
      yield [node.name.getText().replaceAll(/['"]/g, ''), node.initializer];
    else if (
      ts.isShorthandPropertyAssignment(node) &&
      /^(?:namingStrategy|entityPrefix)$/.test(node.name.text)
    )
      yield [node.name.text, node.name];
  }
}

/** The strategy that an option is given; undefined where it is none of TypeORM's: others are given as classes. */
function strategyOf(value: ts.Expression, values: Values): Naming | undefined {
  const meaning = values.meaningOf(value);
  if (meaning === undefined) return UNKNOWN_NAMING;
  if ('package' in meaning) return meaning.package.startsWith('@mikro-orm/') ? undefined : UNKNOWN_NAMING;
  const { node } = meaning;
  if (ts.isClassLike(node)) return undefined;
  return ts.isNewExpression(node) ? namingOfClass(node.expression, values) : UNKNOWN_NAMING;
}

function namingOfClass(name: ts.Expression, values: Values, depth = 0): Naming {
  const meaning = values.meaningOf(name);
  if (meaning === undefined || depth > 5) return UNKNOWN_NAMING;
  if ('package' in meaning) {
    if (isTypeOrm(meaning.package) && meaning.name === 'DefaultNamingStrategy') return DEFAULT_NAMING;
    return meaning.package === 'typeorm-naming-strategies' && meaning.name === 'SnakeNamingStrategy'
      ? SNAKE_NAMING
      : UNKNOWN_NAMING;
  }
  if (!ts.isClassLike(meaning.node)) return UNKNOWN_NAMING;
  const base = baseOf(meaning.node);
  const inherited = base === undefined ? UNKNOWN_NAMING : namingOfClass(base, values, depth + 1);
  const own = new Set(meaning.node.members.map((member) => member.name?.getText()));
  const overridden = NAMING_METHODS.filter((method) => own.has(method));
  if (overridden.length === 0) return inherited;
  return {
    ...inherited,
    ...Object.fromEntries(overridden.map((method) => [method, UNKNOWN_NAMING[method]])),
    unread: UNKNOWN_NAMING.unread,
  };
}
