import { ts } from 'ts-morph';
import type { Model, Relation } from '../../schema.ts';
import { valueBehind } from './built.ts';
import { casingIn } from './casing.ts';
import { readTable } from './columns.ts';
import { propertyName, propertyValue } from './expressions.ts';
import { withDeleteRules } from '../delete-rules.ts';
import { resolve, resolveSymbol, type Known, type Reading } from './names.ts';
import { inverseOf, isSame, keysOf, readRelations } from './relations.ts';
import { tablesIn, type Table, type Tables } from './tables.ts';

/**
 * The tables that are declared at the top of files, by the names of their variables: https://orm.drizzle.team/docs/sql-schema-declaration
 * A table that is exported, or given to `drizzle`, under another name is told under both. `relations` gives their relations:
 * https://orm.drizzle.team/docs/relations
 */
export function readDrizzleModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const direct = sources.filter(({ text }) => text.includes('drizzle-orm'));
  if (direct.length === 0) return [];
  // A file may have its tables made by a function of another one.
  const further = sources.filter(
    (source) => !direct.includes(source) && /\b(?:\w*Table\w*|table|relations)\s*\(/.test(source.text),
  );
  const at: Reading = { checker, bound: new Map() };
  const candidates = [...direct, ...further];
  const tables = tablesIn(candidates, at);
  if (tables.size === 0) return [];
  const casing = casingIn(sources, at);
  for (const table of tables.values()) readTable(table, casing, tables);
  for (const source of candidates) readRelations(source, tables, at);
  const isRelatedElsewhere = direct.some(({ text }) => /\bdefineRelations(?:Part)?\s*\(/.test(text));
  const models = new Map<Table, Model>();
  for (const table of tables.values()) {
    if (isRelatedElsewhere) table.unread.push('its relations, where `defineRelations` declares them');
    models.set(table, modelOf(table));
  }
  const named = [...models.values()];
  for (const [name, table] of otherNames(sources, tables, at)) {
    const model = models.get(table);
    if (model !== undefined) named.push({ ...model, name });
  }
  return named;
}

function modelOf(table: Table): Model {
  const unread = [...table.unread];
  const relations = [...table.relations.values()].flatMap((relation): Relation[] => {
    const keys = keysOf(relation);
    if (typeof keys === 'string') {
      unread.push(keys);
      return [];
    }
    const inverse = inverseOf(relation, keys);
    return [
      {
        name: relation.name,
        kind: relation.kind,
        model: relation.target.name,
        ...keys,
        ...(inverse === undefined ? {} : { inverse: inverse.name }),
        isEager: false,
        isLazy: false,
        isFiltered: false,
      },
    ];
  });
  return {
    orm: 'drizzle',
    name: table.name,
    table: table.call.table,
    columns: [...table.columns.values()],
    primaryKey: table.primaryKey,
    uniques: table.uniques.filter((unique) => !isSame(unique, table.primaryKey)),
    indexes: table.indexes,
    relations,
    ...withDeleteRules(table.deleteRules),
    hooks: [],
    defaultScope: undefined,
    softDelete: undefined,
    virtuals: [],
    unread,
    seenAt: table.seenAt,
  };
}

/** The names beside their own by which tables are exported, or are known to the queries of `drizzle(…, { schema })`. */
function otherNames(
  sources: readonly ts.SourceFile[],
  tables: Tables,
  at: Reading,
): readonly (readonly [name: string, table: Table])[] {
  const found = new Map<string, readonly [string, Table]>();
  const add = (name: string, known: Known | undefined): void => {
    if (known?.kind !== 'node' || known.declaration === undefined) return;
    const table = tables.get(known.declaration);
    if (table === undefined || table.name === name || name === 'default') return;
    found.set(`${name}\0${table.seenAt.path}\0${table.seenAt.line}`, [name, table]);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isExportSpecifier(node) && node.propertyName !== undefined) {
      const symbol = at.checker.getSymbolAtLocation(node.name);
      if (symbol !== undefined) add(node.name.text, resolveSymbol(symbol, at, 0));
    }
    if (
      (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
      node.name.getText() === 'schema'
    ) {
      const value = propertyValue(node);
      const schema = value === undefined ? undefined : valueBehind(value, at);
      if (schema !== undefined && ts.isObjectLiteralExpression(schema)) {
        for (const property of schema.properties) {
          if (!ts.isPropertyAssignment(property)) continue;
          add(propertyName(property, at) ?? 'default', resolve(property.initializer, at));
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources) {
    if (/\bexport\s*(?:type\s*)?\{[^}]*\bas\b|\bdrizzle\s*(?:<[^()]*>)?\(/.test(source.text)) visit(source);
  }
  return [...found.values()];
}
