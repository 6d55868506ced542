import { ts } from 'ts-morph';
import type { Site } from '../../evidence.ts';
import { bareExpression, isFunctionNode, isMember, memberName } from '../effects/symbols.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';

/**
 * Reads the entities that `sources` declare with TypeORM's decorators or as `EntitySchema`, relations joined up from both sides.
 * https://typeorm.io/docs/entity/entities and https://typeorm.io/docs/entity/separating-entity-definition
 */
export function readTypeOrmModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const parts = new Parts(createValues(checker));
  const entities = sources
    .filter(({ text }) => /\b(?:View|Child)?Entity\b|\bEntitySchema\b/.test(text))
    .flatMap((source) => entitiesIn(source, parts))
    .filter(({ part }) => !parts.isOnlyEmbedded(part));
  if (entities.length === 0) return [];
  const project: Project = {
    entities,
    naming: namingOf(sources, parts.values),
    subscribers: sources
      .filter(({ text }) => /\bEntitySubscriberInterface\b|@EventSubscriber\b/.test(text))
      .flatMap((source) => subscribersIn(source, parts)),
  };
  const tables = new Map(entities.map((entity) => [entity, flatten(entity, project)]));
  for (const table of tables.values()) setKeysOfOwner(table, tables, project.naming);
  for (const table of tables.values()) setInverses(table, tables);
  return [...tables.values()].map((table) => modelOf(table, tables, project));
}

/** What is read of a project before its entities are put together. */
interface Project {
  readonly entities: readonly Entity[];
  readonly naming: Naming;
  readonly subscribers: readonly Subscriber[];
}

/** A class or a schema that has a table. */
interface Entity {
  readonly name: string;
  /** The name that its table is called after. */
  readonly targetName: string;
  readonly part: Part;
  /** A child of single table inheritance has the table of its root. */
  readonly kind: 'regular' | 'child' | 'view';
  readonly isInheritanceRoot: boolean;
  /** The column of such a root that tells whose a row is, where it is given. */
  readonly discriminator: string | undefined;
  readonly givenTable: string | undefined;
  readonly isTableUnread: boolean;
  readonly defaultScope: string | undefined;
  readonly seenAt: Site;
}

/** What one class, or one schema, declares by itself: an entity, a class that entities extend, or one that is embedded. */
interface Part {
  readonly name: string;
  /** The class, or the `new EntitySchema(…)`. */
  readonly node: ts.Node;
  /** The class of a schema that has one. */
  target: ts.Node | undefined;
  base: Part | undefined;
  readonly columns: DeclaredColumn[];
  readonly embeddeds: Embedded[];
  readonly relations: DeclaredRelation[];
  /** Paths of properties. */
  readonly uniques: (readonly string[])[];
  readonly indexes: (readonly string[])[];
  readonly hooks: string[];
  readonly virtuals: string[];
  readonly unread: string[];
}

interface DeclaredColumn extends Pick<Column, 'type' | 'written' | 'isNullable' | 'isList' | 'isHidden'> {
  readonly property: string;
  /** Its name in the database, where it is given; `unknown` where it is given but cannot be read. */
  readonly name: string | undefined;
  readonly isNameUnread: boolean;
  readonly isPrimary: boolean;
  readonly isDeleteDate: boolean;
  /** Whether a transformer makes its values in JavaScript, so that the type does not tell how they look. */
  readonly isTransformed: boolean;
}

interface Embedded {
  readonly property: string;
  /** What the names of its columns begin with; undefined for the property, empty for nothing. */
  readonly prefix: string | undefined;
  readonly part: Part;
}

type RelationKind = 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';

interface JoinColumn {
  readonly name: string | undefined;
  readonly referenced: string | undefined;
}

interface JoinTable {
  readonly name: string | undefined;
  readonly columns: readonly JoinColumn[];
  readonly inverseColumns: readonly JoinColumn[];
}

interface DeclaredRelation {
  readonly property: string;
  readonly kind: RelationKind;
  readonly target: Target | undefined;
  /** The path of the other side, where it is given. */
  readonly inverse: string | undefined;
  readonly tree: 'parent' | 'children' | undefined;
  readonly isEager: boolean;
  readonly isLazy: boolean;
  readonly isPrimary: boolean;
  readonly joinColumns: readonly JoinColumn[];
  readonly joinTable: JoinTable | undefined;
  /** What of it could not be read, so that its keys are not certain. */
  readonly doubt: string | undefined;
}

/** What a relation leads to: the class or schema, or what a text calls it by. */
export type Target = { readonly node: ts.Node } | { readonly text: string };

/* Putting entities together */

/** An entity with all that it inherits and embeds. */
interface Table {
  readonly entity: Entity;
  /** Its name without the prefix of all tables. */
  readonly bareName: string | undefined;
  /** The column that tells whose of several entities a row is. */
  readonly discriminator: string | undefined;
  readonly columns: readonly FlatColumn[];
  readonly relations: readonly FlatRelation[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly hooks: readonly string[];
  readonly virtuals: readonly string[];
  readonly unread: string[];
}

/** Where a member of an entity stands: at its top, or in something embedded. */
interface Place {
  /** Empty, or the path of what embeds it and a dot: `name.` */
  readonly scope: string;
  readonly prefixes: readonly string[];
}

interface FlatColumn extends Place {
  readonly declared: DeclaredColumn;
  readonly path: string;
  /** Its name in the database; undefined where it is not known. */
  readonly column: string | undefined;
  /** The same without prefixes, which join columns are compared with. */
  readonly bareName: string | undefined;
  readonly isNullable: boolean | undefined;
}

interface FlatRelation extends Place {
  readonly declared: DeclaredRelation;
  readonly path: string;
  keys: Keys | undefined;
  isOwner: boolean;
  target: Entity | undefined;
  inverse: FlatRelation | undefined;
}

interface Keys {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly through: string | undefined;
}

const AT_TOP: Place = { scope: '', prefixes: [] };

/** How deep what is embedded is followed: a class may embed itself. */
const DEEPEST = 8;

/** A part and what it extends, the farthest first: what a class inherits is registered before its own. */
function lineageOf(part: Part): readonly Part[] {
  const lineage: Part[] = [];
  for (let at: Part | undefined = part; at !== undefined && !lineage.includes(at); at = at.base)
    lineage.unshift(at);
  return lineage;
}

const isBelow = (entity: Entity, above: Entity): boolean =>
  entity !== above && lineageOf(entity.part).includes(above.part);

/** The entities that share a table with one and are below it. */
const childrenOf = (entity: Entity, { entities }: Project): readonly Entity[] =>
  entity.isInheritanceRoot || entity.kind === 'child'
    ? entities.filter((one) => one.kind === 'child' && isBelow(one, entity))
    : [];

const rootOf = (entity: Entity, { entities }: Project): Entity | undefined =>
  entity.kind === 'child' ? entities.find((one) => one.isInheritanceRoot && isBelow(entity, one)) : entity;

function flatten(entity: Entity, project: Project): Table {
  const { naming } = project;
  const children = childrenOf(entity, project);
  const root = rootOf(entity, project);
  const ofChildren = new Set(project.entities.filter(({ kind }) => kind === 'child').map(({ part }) => part));
  const parts = [...new Set([...lineageOf(entity.part), ...children.flatMap(({ part }) => lineageOf(part))])];
  const columns: FlatColumn[] = [];
  const relations: FlatRelation[] = [];
  const uniques: (readonly string[])[] = [];
  const indexes: (readonly string[])[] = [];
  const virtuals: string[] = [];
  const all = new Set<Part>(parts);
  const collect = (from: readonly Part[], place: Place): void => {
    const at = (property: string): string => `${place.scope}${property}`;
    for (const part of from) {
      for (const declared of part.columns) {
        if (columns.some(({ path }) => path === at(declared.property))) continue;
        // A table of several entities has rows without the columns of the others.
        const isOfOthers = ofChildren.has(part) || (place.scope !== '' && root?.isInheritanceRoot === true);
        const known = declared.isNameUnread ? undefined : declared;
        columns.push({
          ...place,
          declared,
          path: at(declared.property),
          column: known && naming.columnName(known.property, known.name, place.prefixes),
          bareName: known && naming.columnName(known.property, known.name, []),
          isNullable: isOfOthers ? true : declared.isNullable,
        });
      }
      for (const declared of part.relations) {
        const path = at(declared.property);
        const inherited = relations.findIndex((one) => one.path === path);
        // Who declares a relation again only changes what it leads to.
        const { declared: first = declared } = relations[inherited] ?? {};
        const flat: FlatRelation = {
          ...place,
          declared: { ...first, target: declared.target },
          path,
          keys: undefined,
          isOwner: false,
          target: targetOf(declared.target, project),
          inverse: undefined,
        };
        relations.splice(inherited < 0 ? relations.length : inherited, 1, flat);
      }
      virtuals.push(...part.virtuals.map(at));
      uniques.push(...part.uniques.map((paths) => paths.map(at)));
      indexes.push(...part.indexes.map((paths) => paths.map(at)));
    }
    const embeddeds = from.flatMap((part) => part.embeddeds);
    for (const { property, prefix, part } of embeddeds) {
      if (place.scope.split('.').length > DEEPEST) continue;
      const own = prefix === undefined ? [property] : prefix === '' ? [] : [prefix];
      for (const one of lineageOf(part)) all.add(one);
      collect(lineageOf(part), { scope: `${at(property)}.`, prefixes: [...place.prefixes, ...own] });
    }
  };
  collect(parts, AT_TOP);
  const discriminator = root?.discriminator;
  if (discriminator !== undefined) indexes.push([discriminator]);

  const subscribed = project.subscribers
    .filter(({ target }) => target === undefined || parts.some((part) => isTarget(part, target)))
    .flatMap(({ hooks }) => hooks);
  const everyPart = [...all];
  return {
    entity,
    discriminator,
    bareName:
      root === undefined || root.isTableUnread
        ? undefined
        : naming.tableName(root.targetName, root.givenTable),
    columns,
    relations,
    uniques,
    indexes,
    hooks: [...new Set([...everyPart.flatMap(({ hooks }) => hooks), ...subscribed])],
    virtuals: [...new Set(virtuals)],
    unread: [...new Set(everyPart.flatMap(({ unread }) => unread))],
  };
}

const isTarget = (part: Part, node: ts.Node): boolean => part.node === node || part.target === node;

/** The entity that a relation leads to: by its class, or by a text that calls one entity only. */
function targetOf(target: Target | undefined, { entities }: Project): Entity | undefined {
  if (target === undefined) return undefined;
  if ('text' in target) {
    const named = entities.filter(
      ({ targetName, givenTable }) => targetName === target.text || givenTable === target.text,
    );
    return named.length === 1 ? named[0] : undefined;
  }
  return entities.find(({ part }) => isTarget(part, target.node));
}

type Tables = ReadonlyMap<Entity, Table>;

/** Finds the keys of the relations that hold the foreign key, or the join table. */
function setKeysOfOwner(table: Table, tables: Tables, naming: Naming): void {
  for (const relation of table.relations) {
    const { kind, joinColumns, joinTable } = relation.declared;
    const other = relation.target && tables.get(relation.target);
    relation.isOwner =
      kind === 'many-to-one' ||
      (kind === 'one-to-one' && joinColumns.length > 0) ||
      (kind === 'many-to-many' && joinTable !== undefined);
    if (!relation.isOwner || other === undefined || relation.declared.doubt !== undefined) continue;
    relation.keys =
      joinTable !== undefined && kind === 'many-to-many'
        ? keysOfJoinTable(table, relation, other, joinTable, naming)
        : keysOfJoinColumns(table, relation, other, naming);
  }
}

const primaryOf = (table: Table): readonly FlatColumn[] =>
  table.columns.filter(({ declared }) => declared.isPrimary);

/** The columns that join columns refer to: those that they name, or the primary key. Undefined where TypeORM would refuse them. */
function referencedBy(joined: readonly JoinColumn[], table: Table): readonly FlatColumn[] | undefined {
  if (joined.every(({ referenced }) => referenced === undefined)) return primaryOf(table);
  const found = joined.flatMap(({ referenced }) =>
    table.columns.filter(({ scope, declared }) => scope === '' && declared.property === referenced),
  );
  if (found.length !== joined.length) return undefined;
  const order = primaryOf(table);
  return found.toSorted((a, b) => (order.indexOf(a) + 1 || Infinity) - (order.indexOf(b) + 1 || Infinity));
}

/** https://typeorm.io/docs/relations/relations#joincolumn-options */
function keysOfJoinColumns(
  table: Table,
  relation: FlatRelation,
  other: Table,
  naming: Naming,
): Keys | undefined {
  const { joinColumns, property } = relation.declared;
  const referenced = referencedBy(joinColumns, other);
  if (referenced === undefined || referenced.length === 0) return undefined;
  const from = referenced.map(({ declared }) => {
    const given = joinColumns.find(
      ({ name, referenced: to }) => name !== undefined && (to === undefined || to === declared.property),
    )?.name;
    const name = given ?? naming.joinColumnName(property, declared.property);
    if (name === undefined) return undefined;
    const beside = table.columns.filter(({ scope }) => scope === relation.scope);
    const own = beside.find(({ bareName }) => bareName === name);
    if (own !== undefined) return own.path;
    return beside.some(({ bareName }) => bareName === undefined)
      ? undefined
      : naming.columnName(property, name, relation.prefixes);
  });
  const certain = from.filter((one) => one !== undefined);
  return new Set(certain).size === referenced.length
    ? { from: certain, to: referenced.map(({ path }) => path), through: undefined }
    : undefined;
}

/** https://typeorm.io/docs/relations/many-to-many-relations */
function keysOfJoinTable(
  table: Table,
  relation: FlatRelation,
  other: Table,
  joinTable: JoinTable,
  naming: Naming,
): Keys | undefined {
  const from = referencedBy(joinTable.columns, table) ?? [];
  const to = referencedBy(joinTable.inverseColumns, other) ?? [];
  const name =
    joinTable.name ??
    (table.bareName === undefined || other.bareName === undefined
      ? undefined
      : naming.joinTableName(table.bareName, relation.path, other.bareName));
  const through = name === undefined ? undefined : naming.withPrefix(name);
  if (from.length === 0 || to.length === 0 || through === undefined) return undefined;
  return { from: from.map(({ path }) => path), to: to.map(({ path }) => path), through };
}

const OTHER_SIDE: Readonly<Record<RelationKind, RelationKind>> = {
  'one-to-one': 'one-to-one',
  'one-to-many': 'many-to-one',
  'many-to-one': 'one-to-many',
  'many-to-many': 'many-to-many',
};

/** Finds the other side of each relation, and the keys of the sides that do not hold them. */
function setInverses(table: Table, tables: Tables): void {
  for (const relation of table.relations) {
    const other = relation.target && tables.get(relation.target);
    if (other === undefined) continue;
    const inverse = givenInverse(table, relation, other) ?? soleInverse(table, relation, other);
    if (inverse === undefined || (inverse.isOwner && relation.isOwner)) continue;
    relation.inverse = inverse;
    if (relation.isOwner || inverse.keys === undefined || relation.declared.doubt !== undefined) continue;
    const { from, to, through } = inverse.keys;
    relation.keys = { from: to, to: from, through };
  }
}

const isOfSameTable = (one: Entity | undefined, other: Entity): boolean =>
  one !== undefined && (one === other || isBelow(one, other) || isBelow(other, one));

const canBeInverse = (entity: Entity, relation: FlatRelation, inverse: FlatRelation): boolean =>
  inverse !== relation &&
  inverse.declared.kind === OTHER_SIDE[relation.declared.kind] &&
  isOfSameTable(inverse.target, entity);

function givenInverse({ entity }: Table, relation: FlatRelation, other: Table): FlatRelation | undefined {
  const { inverse, tree } = relation.declared;
  return other.relations.find(
    (one) =>
      canBeInverse(entity, relation, one) &&
      (inverse === undefined
        ? tree !== undefined && one.declared.tree !== undefined && one.declared.tree !== tree
        : one.path === inverse),
  );
}

/** The one relation on the other side that calls this one its inverse. */
function soleInverse({ entity }: Table, relation: FlatRelation, other: Table): FlatRelation | undefined {
  if (!relation.isOwner) return undefined;
  const calling = other.relations.filter(
    (one) => canBeInverse(entity, relation, one) && !one.isOwner && one.declared.inverse === relation.path,
  );
  return calling.length === 1 ? calling[0] : undefined;
}

/* What is given back */

function modelOf(table: Table, tables: Tables, { naming }: Project): Model {
  const { entity, columns } = table;
  const unread = [...table.unread];
  if (naming.unread !== undefined) unread.push(naming.unread);
  const relations = table.relations.flatMap((relation) => {
    const { keys, target } = relation;
    if (keys !== undefined && target !== undefined) return [relationOf(relation, target, keys)];
    unread.push(doubtOf(relation));
    return [];
  });
  const pathsOf = (what: string, lists: readonly (readonly string[])[]): (readonly string[])[] =>
    lists.flatMap((paths) => {
      const resolved = paths.map((path) => keyColumnsAt(path, table));
      if (resolved.every((one) => one !== undefined)) return [resolved.flat()];
      unread.push(`the ${what} of \`${paths.join('`, `')}\``);
      return [];
    });
  const primaryKey = [
    ...primaryOf(table).map(({ path }) => path),
    ...table.relations.flatMap(({ declared, isOwner, keys }) =>
      declared.isPrimary && isOwner ? (keys?.from ?? []) : [],
    ),
  ];
  const key = keyOf(primaryKey);
  const uniques = withoutDoubles(pathsOf('unique', table.uniques)).filter((one) => keyOf(one) !== key);
  return {
    orm: 'typeorm',
    name: entity.name,
    table: table.bareName === undefined ? undefined : naming.withPrefix(table.bareName),
    columns: columns.map((column) => columnOf(column, table, tables)),
    primaryKey: [...new Set(primaryKey)],
    uniques,
    indexes: withoutDoubles(pathsOf('index', table.indexes), (paths) => paths.join()),
    relations,
    hooks: table.hooks,
    defaultScope: entity.defaultScope,
    softDelete: columns.find(({ declared }) => declared.isDeleteDate)?.path,
    virtuals: table.virtuals,
    unread: [...new Set(unread)],
    seenAt: entity.seenAt,
  };
}

const keyOf = (paths: readonly string[]): string => paths.toSorted().join();

const withoutDoubles = (
  lists: readonly (readonly string[])[],
  by: (paths: readonly string[]) => string = keyOf,
): (readonly string[])[] => [...new Map(lists.map((paths) => [by(paths), paths])).values()];

/** The columns that a path in a unique or an index stands for: a column, or the foreign key of a relation. */
function keyColumnsAt(path: string, table: Table): readonly string[] | undefined {
  const { columns, relations, discriminator } = table;
  if (path === discriminator || columns.some((column) => column.path === path)) return [path];
  return relations.find(
    (relation) => relation.path === path && relation.keys?.through === undefined && relation.isOwner,
  )?.keys?.from;
}

function relationOf(relation: FlatRelation, target: Entity, { from, to, through }: Keys): Relation {
  const { kind, isEager, isLazy } = relation.declared;
  return {
    name: relation.path,
    kind: kind.endsWith('-one') ? 'one' : 'many',
    model: target.name,
    from,
    to,
    ...(through === undefined ? {} : { through }),
    ...(relation.inverse === undefined ? {} : { inverse: relation.inverse.path }),
    isEager,
    isLazy,
    // The rows of other entities in the same table are left out by some queries, and not by others.
    isFiltered: target.kind === 'child',
  };
}

function doubtOf({ path, target, declared, isOwner }: FlatRelation): string {
  if (declared.doubt !== undefined) return declared.doubt;
  if (target === undefined) return `what \`${path}\` leads to`;
  return isOwner
    ? `the keys of \`${path}\``
    : `the keys of \`${path}\`, since its other side is not found or not read`;
}

function columnOf(column: FlatColumn, table: Table, tables: Tables): Column {
  const { declared, path } = column;
  return {
    name: path,
    column: column.column ?? path,
    type: declared.isTransformed ? 'unknown' : storedTypeOf(column, table, tables, new Set()),
    written: declared.written,
    isNullable: column.isNullable,
    isList: declared.isList,
    isHidden: declared.isHidden,
  };
}

/** What the database holds in a column. A foreign key has the type of what it refers to, whatever its own declaration says. */
function storedTypeOf(column: FlatColumn, table: Table, tables: Tables, seen: Set<FlatColumn>): ColumnType {
  seen.add(column);
  for (const { isOwner, keys, target } of table.relations) {
    const other = target && tables.get(target);
    const at = isOwner && keys?.through === undefined ? (keys?.from.indexOf(column.path) ?? -1) : -1;
    const referenced = other?.columns.find(({ path }) => path === keys?.to[at]);
    if (at < 0 || other === undefined || referenced === undefined || seen.has(referenced)) continue;
    return storedTypeOf(referenced, other, tables, seen);
  }
  return column.declared.type;
}

/* Naming strategies */

/** How names in the database are made. What gives undefined is not known. */
interface Naming {
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
function namingOf(sources: readonly ts.SourceFile[], values: Values): Naming {
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

/* Reading classes */

const isTypeOrm = (name: string): boolean => /^typeorm(?:\/|$)/.test(name);

/** The classes and schemas of a file that have tables. */
function entitiesIn(source: ts.SourceFile, parts: Parts): readonly Entity[] {
  const found: Entity[] = [];
  for (const node of nodesIn(source)) {
    const entity = ts.isClassLike(node)
      ? entityOfClass(node, parts)
      : ts.isNewExpression(node)
        ? entityOfSchema(node, parts)
        : undefined;
    if (entity !== undefined) found.push(entity);
  }
  return found;
}

const KINDS: Readonly<Record<string, Entity['kind']>> = {
  Entity: 'regular',
  ChildEntity: 'child',
  ViewEntity: 'view',
};

/** https://typeorm.io/docs/help/decorator-reference#entity */
function entityOfClass(node: ts.ClassLikeDeclaration, parts: Parts): Entity | undefined {
  const { decorators } = decoratorsOf(node, parts.values, TYPEORM);
  const own = decorators.find(({ name }) => KINDS[name] !== undefined);
  const kind = own && KINDS[own.name];
  if (own === undefined || kind === undefined) return undefined;
  const part = parts.ofClass(node);
  const inheritance = decorators.find(({ name }) => name === 'TableInheritance');
  const { text, options } = textAndOptions(own);
  if (kind !== 'child' && (!options.isWhole || options.value('name') === UNREAD))
    part.unread.push('the options of the entity');
  return {
    name: part.name,
    targetName: part.name,
    part,
    kind,
    isInheritanceRoot: inheritance !== undefined,
    discriminator: inheritance && discriminatorIn(inheritance.values.optionsOf(inheritance.args[0])),
    givenTable: kind === 'child' ? undefined : (text ?? options.text('name')),
    isTableUnread: kind !== 'child' && options.value('name') === UNREAD,
    defaultScope: kind === 'child' ? shortText(own.node) : orderIn(options),
    seenAt: siteOf(node.name ?? node),
  };
}

/** https://typeorm.io/docs/entity/entity-inheritance */
function discriminatorIn(options: Options): string | undefined {
  const column = options.at('column');
  if (column === undefined) return undefined;
  return options.text('column') ?? options.values.optionsOf(column).text('name') ?? 'type';
}

const orderIn = (options: Options): string | undefined => {
  const order = options.at('orderBy');
  return order && `orderBy: ${shortText(order)}`;
};

/** Reads what classes and schemas declare by themselves, each once. */
class Parts {
  readonly values: Values;
  private readonly known = new Map<ts.Node, Part>();
  private readonly embedded = new Set<Part>();

  constructor(values: Values) {
    this.values = values;
  }

  ofClass(node: ts.ClassLikeDeclaration): Part {
    return this.once(node, (part) => {
      readBase(node, part, this);
      readClassDecorators(node, part, this.values);
      for (const member of node.members) readMember(member, part, this);
    });
  }

  ofSchema(node: ts.NewExpression): Part {
    return this.once(node, (part) => readSchema(this.values.optionsOf(node.arguments?.[0]), part, this));
  }

  /** The class or schema that something embedded is of, as it is given or as a function gives it. */
  embeddedBy(type: ts.Expression | undefined, values: Values): Part | undefined {
    const meaning = type && values.givenBy(type);
    if (meaning === undefined || !('node' in meaning)) return undefined;
    const { node } = meaning;
    const part = ts.isClassLike(node)
      ? this.ofClass(node)
      : ts.isNewExpression(node)
        ? this.ofSchema(node)
        : undefined;
    if (part !== undefined) this.embedded.add(part);
    return part;
  }

  /** Whether it is a schema of what others embed: an entity has a primary key. */
  isOnlyEmbedded(part: Part): boolean {
    return (
      this.embedded.has(part) &&
      !lineageOf(part).some(({ columns }) => columns.some(({ isPrimary }) => isPrimary))
    );
  }

  /** What extends or embeds itself is found half read. */
  private once(node: ts.ClassLikeDeclaration | ts.NewExpression, read: (part: Part) => void): Part {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const part: Part = {
      name: (ts.isClassLike(node) ? node.name?.text : undefined) ?? 'default',
      node,
      target: undefined,
      base: undefined,
      columns: [],
      embeddeds: [],
      relations: [],
      uniques: [],
      indexes: [],
      hooks: [],
      virtuals: [],
      unread: [],
    };
    this.known.set(node, part);
    read(part);
    return part;
  }
}

function readBase(node: ts.ClassLikeDeclaration, part: Part, parts: Parts): void {
  const base = baseOf(node);
  if (base === undefined) return;
  const meaning = parts.values.meaningOf(base);
  if (meaning !== undefined && 'package' in meaning && isTypeOrm(meaning.package)) return;
  if (meaning !== undefined && 'node' in meaning && ts.isClassLike(meaning.node))
    part.base = parts.ofClass(meaning.node);
  else part.unread.push(`what \`${shortText(base)}\` declares, which it extends`);
}

function readClassDecorators(node: ts.ClassLikeDeclaration, part: Part, values: Values): void {
  const { decorators, unread } = decoratorsOf(node, values, TYPEORM);
  part.unread.push(...unread);
  for (const decorator of decorators) if (KEYS.test(decorator.name)) readKey(decorator, undefined, part);
}

const KEYS = /^(?:Index|Unique)$/;
const LISTENERS = /^(?:(?:Before|After)(?:Insert|Update|Remove|SoftRemove|Recover)|AfterLoad)$/;
const COLUMNS =
  /^(?:Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn|ViewColumn|TreeLevelColumn)$/;
const COMPUTED = /^(?:VirtualColumn|RelationId)$/;

/** A property with decorators, the one that is run first being the first. */
interface Member {
  readonly property: string;
  readonly node: ts.ClassElement;
  readonly annotation: ts.TypeNode | undefined;
  readonly decorators: readonly Decorator[];
}

/** Reads a property or a method. Of several decorators of a kind the one nearest to it counts, since it is run first. */
function readMember(node: ts.ClassElement, part: Part, parts: Parts): void {
  if (ts.canHaveModifiers(node) && isStatic(node)) return;
  const { decorators, unread } = decoratorsOf(node, parts.values, TYPEORM);
  const column = decorators.find(({ name }) => COLUMNS.test(name));
  const relation = decorators.find(({ name }) => RELATIONS[name] !== undefined);
  const isStored = column !== undefined || relation !== undefined;
  // What is a column already is not made another one.
  part.unread.push(...(isStored ? unread.filter((one) => /Index|Unique/.test(one)) : unread));
  const property = propertyNameOf(node.name, parts.values);
  if (property === undefined) {
    if (isStored) part.unread.push(`the property \`${shortText(node.name ?? node)}\``);
    return;
  }
  const member: Member = { property, node, annotation: annotationOf(node), decorators };
  for (const { name } of decorators) if (LISTENERS.test(name)) part.hooks.push(name);
  if (column !== undefined) readColumn(member, column, part, parts);
  if (relation !== undefined) part.relations.push(relationOfMember(member, relation, part));
  for (const decorator of decorators) if (KEYS.test(decorator.name)) readKey(decorator, property, part);
  const isGetter = ts.isGetAccessorDeclaration(node) && !ts.isPrivateIdentifier(node.name);
  if (decorators.some(({ name }) => COMPUTED.test(name)) || (isGetter && !isStored))
    part.virtuals.push(property);
}

/** Whether a member is of the class, and not of what is made of it. */
export const isStatic = (node: ts.HasModifiers): boolean =>
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;

/** The type that is written at a property; that of a setter is the type of its parameter. */
export function annotationOf(node: ts.ClassElement): ts.TypeNode | undefined {
  if (ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node)) return node.type;
  return ts.isSetAccessorDeclaration(node) ? node.parameters[0]?.type : undefined;
}

/* Columns */

/** https://typeorm.io/docs/entity/entities#column-types */
function readColumn(member: Member, decorator: Decorator, part: Part, parts: Parts): void {
  const { property, annotation, decorators } = member;
  const { type, options } = typeAndOptions(decorator);
  if (type !== undefined && decorator.name === 'Column' && isFunctionNode(bareExpression(type))) {
    embed(property, parts.embeddedBy(type, decorator.values), options, part);
    return;
  }
  part.unread.push(...doubtsAbout(property, options));
  const isUnique = decorators.some(
    (one) => one.name === 'Column' && typeAndOptions(one).options.value('unique') === true,
  );
  if (isUnique) part.uniques.push([property]);
  const strategy = strategyIn(decorator, decorators);
  const typed = typeOfColumn(decorator, annotation, strategy);
  part.columns.push(
    declaredColumn(property, options, {
      ...typed,
      type: strategy === 'uuid' ? 'uuid' : typed.type,
      written: typed.written || (annotation === undefined ? '' : shortText(annotation)),
      isPrimary: /^(?:Primary|ObjectId)/.test(decorator.name) || options.value('primary') === true,
      isDeleteDate: decorator.name === 'DeleteDateColumn',
      name: decorator.name === 'ObjectIdColumn' ? '_id' : undefined,
    }),
  );
}

function embed(property: string, embedded: Part | undefined, options: Options, part: Part): void {
  const prefix = prefixIn(options);
  if (embedded === undefined || prefix === UNREAD) part.unread.push(`what \`${property}\` embeds`);
  else part.embeddeds.push({ property, prefix, part: embedded });
}

/** What the names of an embedded class's columns begin with: https://typeorm.io/docs/entity/embedded-entities */
function prefixIn(options: Options): string | undefined | typeof UNREAD {
  const prefix = options.value('prefix');
  if (prefix === UNREAD || typeof prefix === 'string') return prefix;
  return prefix === false ? '' : undefined;
}

function doubtsAbout(property: string, options: Options): readonly string[] {
  if (!options.isWhole) return [`the options of \`${property}\``];
  return options.value('name') === UNREAD ? [`the name of \`${property}\` in the database`] : [];
}

interface Typed {
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
}

const typed = (type: ColumnType, written = ''): Typed => ({ type, written, isList: false });

interface Settled extends Typed {
  readonly isPrimary: boolean;
  readonly isDeleteDate: boolean;
  /** Its name in the database, where the options give none. */
  readonly name: string | undefined;
}

function declaredColumn(property: string, options: Options, settled: Settled): DeclaredColumn {
  const name = options.value('name');
  const ignoresCase = /_ci\b|\bnocase\b/i.test(options.text('collation') ?? '');
  return {
    property,
    name: typeof name === 'string' && name !== '' ? name : settled.name,
    isNameUnread: name === UNREAD,
    type: ignoresCase ? 'unknown' : settled.type,
    written: settled.written,
    isNullable: settled.isDeleteDate || nullabilityIn(options, settled.isPrimary),
    isList: settled.isList || options.value('array') === true,
    isHidden: options.value('select') === false,
    isPrimary: settled.isPrimary,
    isDeleteDate: settled.isDeleteDate,
    isTransformed: options.has('transformer'),
  };
}

/** A column that is not said to be nullable is not: https://typeorm.io/docs/entity/entities#column-options */
function nullabilityIn(options: Options, isPrimary: boolean): boolean | undefined {
  const nullable = options.value('nullable');
  if (typeof nullable === 'boolean') return nullable;
  if (nullable === UNREAD) return isPrimary ? false : undefined;
  return options.value('default') === null;
}

/** The first argument of a decorator, where it is a type, and its options. */
function typeAndOptions({ values, args }: Decorator): {
  readonly type: ts.Expression | undefined;
  readonly options: Options;
} {
  const [first, second] = args;
  const isType =
    first !== undefined &&
    (second !== undefined ||
      isFunctionNode(bareExpression(first)) ||
      constructorNamed(first) !== undefined ||
      values.isText(first));
  return isType
    ? { type: first, options: values.optionsOf(second) }
    : { type: undefined, options: values.optionsOf(first) };
}

/** The first argument of a decorator, where it is a text, and its options. */
function textAndOptions({ values, args }: Decorator): {
  readonly text: string | undefined;
  readonly options: Options;
} {
  const [first, second] = args;
  const text = first === undefined ? undefined : values.textOf(first);
  return { text, options: values.optionsOf(text === undefined ? first : second) };
}

/** What generates the values of a column: https://typeorm.io/docs/entity/entities#primary-columns */
function strategyIn(decorator: Decorator, decorators: readonly Decorator[]): string | undefined {
  const { text, options } = textAndOptions(decorator);
  if (decorator.name === 'PrimaryGeneratedColumn') return text ?? 'increment';
  const generated = decorators.find(({ name }) => name === 'Generated');
  if (generated !== undefined) return textAndOptions(generated).text ?? 'increment';
  return typeAndOptions(decorator).options.text('generated') ?? options.text('generated');
}

/** The type that is given; or the one that the decorator stands for; or that of the property. */
function typeOfColumn(
  decorator: Decorator,
  annotation: ts.TypeNode | undefined,
  strategy: string | undefined,
): Typed {
  const { name, values } = decorator;
  const { type, options } = typeAndOptions(decorator);
  const isGenerated = name === 'PrimaryGeneratedColumn';
  const given = isGenerated ? options.at('type') : (type ?? options.at('type'));
  if (given !== undefined) return typeGiven(given, options, values);
  if (!options.isWhole) return typed('unknown');
  if (isGenerated) return strategy === 'uuid' ? typed('uuid', 'uuid') : typed('integer');
  const meant = typeOfDecorator(name);
  if (meant !== undefined) return typed(meant);
  return typed(annotation === undefined ? 'unknown' : values.typeOf(annotation));
}

function typeOfDecorator(name: string): ColumnType | undefined {
  if (/^(?:Create|Update|Delete)DateColumn$/.test(name)) return 'date';
  if (/^(?:VersionColumn|TreeLevelColumn)$/.test(name)) return 'integer';
  return name === 'ObjectIdColumn' ? 'object-id' : undefined;
}

/** The types of databases by what they hold; those that compare in their own way, as `citext` does, are none of these. */
const STORED: readonly (readonly [type: ColumnType, names: RegExp])[] = [
  ['integer', /^(?:int|int[24]|integer|tinyint|smallint|mediumint|year)$/],
  ['bigint', /^(?:bigint|int8|int64|unsigned big int)$/],
  ['decimal', /^(?:decimal|numeric|dec|fixed|money|smallmoney|smalldecimal)$/],
  ['float', /^(?:float|float[48]|float64|double|double precision|real|binary_float|binary_double)$/],
  ['string', /^(?:n?char|n?varchar2?|varchar|n?text|(?:tiny|medium|long|short)text|n?clob|string|alphanum)$/],
  ['string', /^(?:character(?: varying)?|varying character|native character|simple-array)$/],
  ['string', /^(?:time|timetz|time with(?:out)? time zone)$/],
  ['uuid', /^(?:uuid|uniqueidentifier)$/],
  ['boolean', /^(?:bool|boolean)$/],
  ['date', /^(?:date|datetime2?|datetimeoffset|smalldatetime|seconddate|timestamp|timestamptz)$/],
  ['date', /^timestamp with(?:out| local)? time zone$/],
  ['json', /^(?:jsonb?|simple-json)$/],
  ['bytes', /^(?:bytea|bytes|(?:tiny|medium|long)?blob|(?:var)?binary|image|raw|long raw|rowversion)$/],
  ['enum', /^(?:enum|simple-enum|set)$/],
];

/** What a type of a database holds. */
export const storedType = (name: string): ColumnType =>
  STORED.find(([, names]) => names.test(name.toLowerCase()))?.[0] ?? 'unknown';

const CONSTRUCTORS: Readonly<Record<string, ColumnType>> = {
  String: 'string',
  Number: 'integer',
  Boolean: 'boolean',
  Date: 'date',
  BigInt: 'bigint',
  Buffer: 'bytes',
  Uint8Array: 'bytes',
};

/** What JavaScript's own constructor stands for as a type: `String`. */
export function constructorNamed(node: ts.Expression): ColumnType | undefined {
  const bare = bareExpression(node);
  return ts.isIdentifier(bare) ? CONSTRUCTORS[bare.text] : undefined;
}

/** A type that is given as a text or as a constructor. */
function typeGiven(given: ts.Expression, options: Options, values: Values): Typed {
  const name = values.textOf(given);
  if (name === undefined) return typed(constructorNamed(given) ?? 'unknown', shortText(given));
  const size = ['length', 'precision', 'scale']
    .map((key) => options.value(key))
    .filter((value) => typeof value === 'number' || (typeof value === 'string' && value !== ''));
  return {
    type: storedType(name),
    written: size.length === 0 ? name : `${name}(${size.join(', ')})`,
    isList: name === 'simple-array' || name === 'set',
  };
}

/* Uniques and indexes */

/**
 * Reads `@Index` and `@Unique`, of a property or of a class. Those that hold only a part of the rows, or that a transaction may
 * break for a while, are no proof that a row is the only one: https://typeorm.io/docs/indexes-and-constraints/indices
 */
function readKey(decorator: Decorator, property: string | undefined, part: Part): void {
  const { values } = decorator;
  const [first, ...rest] = decorator.args;
  const args = first !== undefined && values.isText(first) ? rest : decorator.args;
  const given = args.find(
    (arg) => isFunctionNode(bareExpression(arg)) || values.elementsOf(arg) !== undefined,
  );
  const options = values.optionsOf(args.find((arg) => arg !== given));
  const paths = property === undefined ? pathsIn(given, values) : [property];
  addKey(paths, options, decorator.name === 'Unique', part);
}

function addKey(
  paths: readonly string[] | undefined,
  options: Options,
  isConstraint: boolean,
  part: Part,
): void {
  const isUnique = isConstraint || options.value('unique') === true;
  const what = isUnique ? 'unique' : 'index';
  if (paths === undefined) {
    part.unread.push(`the columns of ${isUnique ? 'a unique' : 'an index'}`);
    return;
  }
  const names = `\`${paths.join('`, `')}\``;
  const isPlain =
    options.isWhole &&
    ['where', 'deferrable', 'nullFiltered', 'spatial', 'fulltext', 'type'].every(
      (key) => !options.has(key),
    ) &&
    options.value('synchronize') !== false &&
    options.value('unique') !== UNREAD;
  if (!isPlain) part.unread.push(`the ${what} of ${names}, whose options say more`);
  else if (isUnique) part.uniques.push(paths);
  else part.indexes.push(paths);
}

/** The properties in `['a', 'b']`, in `(it) => [it.a, it.b]` or in `(it) => ({ a: 1 })`. */
function pathsIn(given: ts.Expression | undefined, values: Values): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const returned = returnedBy(bareExpression(given));
  const ordered = returned && values.optionsOf(returned);
  if (ordered !== undefined && ordered.keys.length > 0) return ordered.isWhole ? ordered.keys : undefined;
  const paths = values
    .elementsOf(returned ?? given)
    ?.map((one) => values.textOf(one)?.trim() ?? memberPath(one));
  return paths !== undefined && paths.length > 0 && paths.every((one) => one !== undefined)
    ? paths
    : undefined;
}

/** `profile.photo` of `user.profile.photo`. */
export function memberPath(node: ts.Expression): string | undefined {
  const bare = bareExpression(node);
  if (!isMember(bare)) return undefined;
  const name = memberName(bare);
  const before = bareExpression(bare.expression);
  if (name === undefined || ts.isIdentifier(before)) return name;
  const path = memberPath(before);
  return path === undefined ? undefined : `${path}.${name}`;
}

/* Relations */

const RELATIONS: Readonly<Record<string, RelationKind>> = {
  OneToOne: 'one-to-one',
  ManyToOne: 'many-to-one',
  OneToMany: 'one-to-many',
  ManyToMany: 'many-to-many',
  TreeParent: 'many-to-one',
  TreeChildren: 'one-to-many',
};

/** https://typeorm.io/docs/relations/relations */
function relationOfMember(member: Member, decorator: Decorator, part: Part): DeclaredRelation {
  const { property, annotation, decorators } = member;
  const { values, name } = decorator;
  const tree = name === 'TreeParent' ? 'parent' : name === 'TreeChildren' ? 'children' : undefined;
  const { target, inverse, options } = relationArguments(decorator, tree !== undefined);
  const columns = decorators
    .filter((one) => one.name === 'JoinColumn')
    .map((one) => (one.args[0] === undefined ? [ANY_COLUMN] : joinColumnsIn(one.args[0], one.values)));
  const table = decorators.find((one) => one.name === 'JoinTable');
  return declaredRelation({
    property,
    kind: RELATIONS[name] ?? 'many-to-one',
    target: tree === undefined ? target && targetIn(target, values) : { node: part.node },
    inverse: inverse && inversePath(inverse, values),
    tree,
    options,
    isLazy: annotation !== undefined && /^promise\b/i.test(annotation.getText()),
    joinColumns: columns.includes(UNREAD) ? UNREAD : columns.flatMap((one) => (one === UNREAD ? [] : one)),
    joinTable: table && joinTableIn(table.values.optionsOf(table.args[0])),
  });
}

/** The second argument is the other side or, for all but one to many, the options. */
function relationArguments(
  { values, args }: Decorator,
  isOfTree: boolean,
): {
  readonly target: ts.Expression | undefined;
  readonly inverse: ts.Expression | undefined;
  readonly options: Options;
} {
  if (isOfTree) return { target: undefined, inverse: undefined, options: values.optionsOf(args[0]) };
  const [target, second, third] = args;
  const isOptions = second !== undefined && third === undefined && values.optionsOf(second).isObject;
  return isOptions
    ? { target, inverse: undefined, options: values.optionsOf(second) }
    : { target, inverse: second, options: values.optionsOf(third) };
}

interface RelationReading {
  readonly property: string;
  readonly kind: RelationKind;
  readonly target: Target | undefined;
  readonly inverse: string | undefined | typeof UNREAD;
  readonly tree: DeclaredRelation['tree'];
  readonly options: Options;
  readonly isLazy: boolean;
  readonly joinColumns: readonly JoinColumn[] | typeof UNREAD;
  readonly joinTable: JoinTable | undefined | typeof UNREAD;
}

function declaredRelation(reading: RelationReading): DeclaredRelation {
  const { property, kind, target, inverse, tree, options, joinColumns, joinTable } = reading;
  return {
    property,
    kind,
    target,
    inverse: inverse === UNREAD ? undefined : inverse,
    tree,
    isEager: options.value('eager') === true,
    isLazy: reading.isLazy || options.value('lazy') === true,
    isPrimary: options.value('primary') === true,
    joinColumns: joinColumns === UNREAD ? [ANY_COLUMN] : joinColumns,
    joinTable: joinTable === UNREAD ? ANY_TABLE : joinTable,
    doubt: doubtIn(reading),
  };
}

/** What keeps a relation from being told, since what is written of it cannot be read. */
function doubtIn({
  property,
  inverse,
  options,
  joinColumns,
  joinTable,
}: RelationReading): string | undefined {
  if (inverse === UNREAD) return `the other side of \`${property}\``;
  if (joinColumns === UNREAD) return `the join columns of \`${property}\``;
  if (joinTable === UNREAD) return `the join table of \`${property}\``;
  const isUnread = !options.isWhole || options.value('eager') === UNREAD || options.value('lazy') === UNREAD;
  return isUnread ? `the options of \`${property}\`` : undefined;
}

/** A class or schema, by itself or as a function gives it, or the text that calls it. */
export function targetIn(node: ts.Expression, values: Values): Target | undefined {
  const meaning = values.givenBy(node);
  if (meaning === undefined || !('node' in meaning)) return undefined;
  if (ts.isClassLike(meaning.node) || ts.isNewExpression(meaning.node)) return { node: meaning.node };
  const text = ts.isExpression(meaning.node) ? values.textOf(meaning.node) : undefined;
  return text === undefined ? undefined : { text };
}

/** `posts` of `(user) => user.posts` or of a text. */
export function inversePath(node: ts.Expression, values: Values): string | undefined | typeof UNREAD {
  const value = values.constantOf(node);
  if (value !== undefined) return typeof value.value === 'string' ? value.value : undefined;
  const meaning = values.meaningOf(node);
  const returned = meaning !== undefined && 'node' in meaning ? returnedBy(meaning.node) : undefined;
  return (returned && (values.textOf(returned) ?? memberPath(returned))) ?? UNREAD;
}

/** A join column of which all is left to the library. */
const ANY_COLUMN: JoinColumn = { name: undefined, referenced: undefined };
const ANY_TABLE: JoinTable = { name: undefined, columns: [], inverseColumns: [] };

/** `true`, the options of one, or a list of them. */
function joinColumnsIn(node: ts.Expression, values: Values): readonly JoinColumn[] | typeof UNREAD {
  if (values.constantOf(node)?.value === true) return [ANY_COLUMN];
  const all = (values.elementsOf(node) ?? [node]).map((one) => {
    const options = values.optionsOf(one);
    const name = options.value('name');
    const referenced = options.value('referencedColumnName');
    if (!options.isWhole || name === UNREAD || referenced === UNREAD) return UNREAD;
    return { name: nonEmpty(name), referenced: nonEmpty(referenced) };
  });
  return all.includes(UNREAD) ? UNREAD : all.filter((one) => one !== UNREAD);
}

const nonEmpty = (value: Constant | typeof UNREAD): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function joinTableIn(options: Options): JoinTable | typeof UNREAD {
  const name = options.value('name');
  const columnsAt = (...keys: readonly string[]): readonly JoinColumn[] | typeof UNREAD => {
    const node = keys.map((key) => options.at(key)).find((one) => one !== undefined);
    return node === undefined ? [] : joinColumnsIn(node, options.values);
  };
  const columns = columnsAt('joinColumn', 'joinColumns');
  const inverseColumns = columnsAt('inverseJoinColumn', 'inverseJoinColumns');
  if (!options.isWhole || name === UNREAD || columns === UNREAD || inverseColumns === UNREAD) return UNREAD;
  return { name: typeof name === 'string' ? name : undefined, columns, inverseColumns };
}

/* Reading schemas: https://typeorm.io/docs/entity/separating-entity-definition */

function entityOfSchema(node: ts.NewExpression, parts: Parts): Entity | undefined {
  const meaning = parts.values.meaningOf(node.expression);
  if (meaning === undefined || !('package' in meaning) || !isTypeOrm(meaning.package)) return undefined;
  if (meaning.name !== 'EntitySchema') return undefined;
  const part = parts.ofSchema(node);
  const options = parts.values.optionsOf(node.arguments?.[0]);
  const called = part.target && ts.isClassLike(part.target) ? part.target.name?.text : undefined;
  const targetName = called ?? options.text('name');
  const name = called ?? variableOf(node) ?? targetName;
  if (name === undefined) return undefined;
  return {
    name,
    targetName: targetName ?? name,
    part,
    kind:
      options.text('type') === 'view'
        ? 'view'
        : options.text('type') === 'entity-child'
          ? 'child'
          : 'regular',
    isInheritanceRoot: options.at('inheritance') !== undefined,
    discriminator: discriminatorIn(parts.values.optionsOf(options.at('inheritance'))),
    givenTable: options.text('tableName'),
    isTableUnread: options.value('tableName') === UNREAD || targetName === undefined,
    defaultScope: orderIn(options),
    seenAt: siteOf(node),
  };
}

/** The variable or the property that a value is assigned to as it is made. */
export function variableOf(node: ts.Expression): string | undefined {
  let at: ts.Node = node.parent;
  while (ts.isAsExpression(at) || ts.isSatisfiesExpression(at) || ts.isParenthesizedExpression(at))
    at = at.parent;
  if (ts.isVariableDeclaration(at)) return ts.isIdentifier(at.name) ? at.name.text : undefined;
  if (!ts.isBinaryExpression(at) || !isMember(at.left)) return undefined;
  const name = memberName(at.left);
  return name === 'exports' ? undefined : name;
}

function readSchema(options: Options, part: Part, parts: Parts): void {
  if (!options.isWhole) part.unread.push('the options of the entity');
  const { values } = options;
  const target = options.at('target');
  const meaning = target && values.meaningOf(target);
  if (meaning !== undefined && 'node' in meaning && ts.isClassLike(meaning.node)) {
    part.target = meaning.node;
    part.virtuals.push(...parts.ofClass(meaning.node).virtuals);
  }
  for (const [property, column] of entriesAt('columns', options, part))
    readSchemaColumn(property, column, part);
  for (const [property, relation] of entriesAt('relations', options, part))
    part.relations.push(relationOfSchema(property, relation));
  for (const [property, embedded] of entriesAt('embeddeds', options, part))
    embed(property, parts.embeddedBy(embedded.at('schema'), values), embedded, part);
  part.virtuals.push(...entriesAt('relationIds', options, part).map(([property]) => property));
  for (const [key, isConstraint] of [
    ['indices', false],
    ['uniques', true],
  ] as const) {
    const list = options.at(key);
    const given = list && values.elementsOf(list);
    if (list !== undefined && given === undefined) part.unread.push(`its ${key}`);
    for (const one of given ?? []) {
      const each = values.optionsOf(one);
      addKey(pathsIn(each.at('columns'), values), each, isConstraint, part);
    }
  }
}

/** The named options in one of the options, each with its name. */
function entriesAt(key: string, options: Options, part: Part): readonly (readonly [string, Options])[] {
  const { values } = options;
  const entries = values.optionsOf(options.at(key));
  if (!entries.isWhole) part.unread.push(`some of its ${key}`);
  return entries.keys.map((name) => [name, values.optionsOf(entries.at(name))]);
}

function readSchemaColumn(property: string, options: Options, part: Part): void {
  if (options.value('virtualProperty') === true) {
    part.virtuals.push(property);
    return;
  }
  part.unread.push(...doubtsAbout(property, options));
  if (options.value('unique') === true) part.uniques.push([property]);
  const is = (key: string): boolean => options.value(key) === true;
  const given = options.at('type');
  const meant: ColumnType = is('objectId') ? 'object-id' : options.has('generated') ? 'integer' : 'unknown';
  const own = given === undefined ? typed(meant) : typeGiven(given, options, options.values);
  part.columns.push(
    declaredColumn(property, options, {
      ...own,
      type: options.text('generated') === 'uuid' ? 'uuid' : is('objectId') ? 'object-id' : own.type,
      isPrimary: is('primary'),
      isDeleteDate: is('deleteDate'),
      name: is('objectId') ? '_id' : undefined,
    }),
  );
}

function relationOfSchema(property: string, options: Options): DeclaredRelation {
  const { values } = options;
  const kind = Object.values(RELATIONS).find((one) => one === options.text('type'));
  const [target, inverse] = [options.at('target'), options.at('inverseSide')];
  const [columns, table] = [options.at('joinColumn'), options.at('joinTable')];
  const isTableMade = table === undefined || values.constantOf(table)?.value === false;
  return declaredRelation({
    property,
    kind: kind ?? 'many-to-one',
    target: target && kind && targetIn(target, values),
    inverse: inverse && inversePath(inverse, values),
    tree:
      options.value('treeParent') === true
        ? 'parent'
        : options.value('treeChildren') === true
          ? 'children'
          : undefined,
    options,
    isLazy: false,
    joinColumns:
      columns === undefined || values.constantOf(columns)?.value === false
        ? []
        : joinColumnsIn(columns, values),
    joinTable: isTableMade
      ? undefined
      : values.constantOf(table)?.value === true
        ? ANY_TABLE
        : joinTableIn(values.optionsOf(table)),
  });
}

/* Subscribers: https://typeorm.io/docs/advanced-topics/listeners-and-subscribers */

interface Subscriber {
  /** The class that it listens to; undefined for all. */
  readonly target: ts.Node | undefined;
  readonly hooks: readonly string[];
}

const SUBSCRIBED =
  /^(?:afterLoad|(?:before|after)(?:Query|Insert|Update|Remove|SoftRemove|Recover|Transaction(?:Start|Commit|Rollback)))$/;

function subscribersIn(source: ts.SourceFile, { values }: Parts): readonly Subscriber[] {
  const found: Subscriber[] = [];
  for (const node of nodesIn(source)) {
    if (!ts.isClassLike(node) || !isSubscriber(node, values)) continue;
    const listens = node.members.find(({ name }) => name?.getText() === 'listenTo');
    const returned = listens && returnedBy(listens);
    const meaning = returned && values.meaningOf(returned);
    const target =
      meaning !== undefined && 'node' in meaning && isDeclared(meaning.node) ? meaning.node : undefined;
    const hooks = node.members
      .map(({ name }) => name?.getText() ?? '')
      .filter((name) => SUBSCRIBED.test(name));
    found.push({ target, hooks });
  }
  return found;
}

const isDeclared = (node: ts.Node): boolean => ts.isClassLike(node) || ts.isNewExpression(node);

const isSubscriber = (node: ts.ClassLikeDeclaration, values: Values): boolean =>
  decoratorsOf(node, values, TYPEORM).decorators.some(({ name }) => name === 'EventSubscriber') ||
  (node.heritageClauses ?? [])
    .flatMap(({ types }) => [...types])
    .some(({ expression }) => expression.getText().endsWith('EntitySubscriberInterface'));

/* Decorators: of no library in particular */

/** Whose decorators are looked for. */
export interface DecoratorFamily {
  isFrom(packageName: string): boolean;
  /** What the text of a function holds that gives one of them. */
  readonly given: RegExp;
  /** The names of decorators that cannot be looked into and may well give one of them. */
  readonly resembling: RegExp;
}

const TYPEORM: DecoratorFamily = {
  isFrom: isTypeOrm,
  given:
    /\b(?:\w*Column|OneToOne|OneToMany|ManyToOne|ManyToMany|JoinTable|RelationId|Index|Unique|Generated|TreeParent|TreeChildren|AfterLoad)\s*\(/,
  resembling: /(?:Column|OneToOne|OneToMany|ManyToOne|ManyToMany|JoinTable|Index)$/,
};

/** A call of a decorator of a library. */
export interface Decorator {
  readonly name: string;
  readonly args: readonly ts.Expression[];
  /** Reads its arguments, which may be parameters of a function of the project that gives the decorator. */
  readonly values: Values;
  readonly node: ts.Node;
}

/** The decorators of a library on a class or a member, in the order in which they are run, and a clause for each that may hold one. */
export function decoratorsOf(
  node: ts.Node,
  values: Values,
  family: DecoratorFamily,
): { readonly decorators: readonly Decorator[]; readonly unread: readonly string[] } {
  const unread: string[] = [];
  const written = (ts.canHaveDecorators(node) ? ts.getDecorators(node) : undefined) ?? [];
  const decorators = [...written].toReversed().flatMap(({ expression }) => {
    const found = decoratorsGivenBy(expression, values, family, 0);
    if (found !== UNREAD) return found;
    unread.push(`what the decorator \`${shortText(expression)}\` stands for`);
    return [];
  });
  return { decorators, unread };
}

function decoratorsGivenBy(
  expression: ts.Expression,
  values: Values,
  family: DecoratorFamily,
  depth: number,
): readonly Decorator[] | typeof UNREAD {
  const call = bareExpression(expression);
  if (!ts.isCallExpression(call)) return [];
  const meaning = values.meaningOf(call.expression);
  if (meaning !== undefined && 'package' in meaning) {
    if (family.isFrom(meaning.package))
      return [{ name: meaning.name, args: [...call.arguments], values, node: call }];
    if (meaning.name === 'applyDecorators' && meaning.package.startsWith('@nestjs/'))
      return allGivenBy(call.arguments, values, family, depth);
  }
  if (meaning === undefined || 'package' in meaning)
    return family.resembling.test(call.expression.getText()) ? UNREAD : [];
  if (!isFunctionNode(meaning.node) || !family.given.test(meaning.node.getText())) return [];
  const returned = returnedBy(meaning.node);
  if (returned === undefined || depth > 4) return UNREAD;
  const { parameters } = meaning.node;
  const bound = values.bound(new Map(parameters.map((one, at) => [one, call.arguments[at]])));
  const given = decoratorsGivenBy(returned, bound, family, depth + 1);
  return given === UNREAD || given.length === 0 ? UNREAD : given;
}

function allGivenBy(
  expressions: readonly ts.Expression[],
  values: Values,
  family: DecoratorFamily,
  depth: number,
): readonly Decorator[] | typeof UNREAD {
  const all: Decorator[] = [];
  for (const one of expressions) {
    const given = ts.isSpreadElement(one) ? UNREAD : decoratorsGivenBy(one, values, family, depth + 1);
    if (given === UNREAD) return UNREAD;
    all.push(...given);
  }
  return all;
}

/* What expressions stand for: of no library in particular */

/** A value that is written out, or a name for one. */
export type Constant = string | number | boolean | null | undefined;

/** In place of what is there but cannot be read. */
export const UNREAD = Symbol('unread');

/** What a name stands for: a declaration or an expression of the project, or what a package gives. */
export type Meaning = { readonly node: ts.Node } | { readonly package: string; readonly name: string };

/** The options of a call: an object that is written out, with its spreads followed. */
export class Options {
  readonly values: Values;
  /** Whether it is an object; a call may also be given none. */
  readonly isObject: boolean;
  /** Whether all of it could be read. */
  readonly isWhole: boolean;
  private readonly entries: ReadonlyMap<string, ts.Expression>;

  constructor(
    values: Values,
    entries: ReadonlyMap<string, ts.Expression>,
    isWhole: boolean,
    isObject: boolean,
  ) {
    this.values = values;
    this.entries = entries;
    this.isWhole = isWhole;
    this.isObject = isObject;
  }

  get keys(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** Whether an option is given, or may be. */
  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  at(key: string): ts.Expression | undefined {
    return this.entries.get(key);
  }

  /** The value of an option: undefined where it is not given. */
  value(key: string): Constant | typeof UNREAD {
    const node = this.entries.get(key);
    if (node === undefined) return this.isWhole ? undefined : UNREAD;
    const constant = this.values.constantOf(node);
    return constant === undefined ? UNREAD : constant.value;
  }

  /** The value of an option that is a text. */
  text(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }
}

/** Follows names to what they stand for, through imports, constants, enums, objects and parameters that are bound. */
export interface Values {
  meaningOf(node: ts.Expression): Meaning | undefined;
  /** The meaning of a node, or of what it gives where it is a function: `() => User`. */
  givenBy(node: ts.Expression): Meaning | undefined;
  constantOf(node: ts.Expression): { readonly value: Constant } | undefined;
  textOf(node: ts.Expression): string | undefined;
  /** Whether it is a text by its type. */
  isText(node: ts.Expression): boolean;
  elementsOf(node: ts.Expression): readonly ts.Expression[] | undefined;
  optionsOf(node: ts.Expression | undefined): Options;
  /** What the name of a type stands for, if it is also that of a value. */
  meaningOfName(node: ts.EntityName): Meaning | undefined;
  /** What values of a type that is written are: the compiler's `design:type`. */
  typeOf(node: ts.TypeNode): ColumnType;
  /** What a value is by its type. */
  typeOfValue(node: ts.Expression): ColumnType;
  /** The same with parameters that stand for arguments; undefined for those that are not given. */
  bound(parameters: ReadonlyMap<ts.ParameterDeclaration, ts.Expression | undefined>): Values;
}

/** How many names are followed to find what one stands for. */
const FARTHEST = 20;

type Bindings = ReadonlyMap<ts.ParameterDeclaration, ts.Expression | undefined>;

/** Makes what follows names, with the checker of a program in which packages are not entered. */
export function createValues(checker: ts.TypeChecker, bindings: Bindings = new Map()): Values {
  function meaningOf(node: ts.Expression, depth = 0): Meaning | undefined {
    const bare = bareExpression(node);
    if (depth > FARTHEST) return undefined;
    if (ts.isIdentifier(bare)) {
      const symbol = symbolAt(bare);
      return symbol === undefined ? { node: bare } : meaningOfSymbol(symbol, depth + 1);
    }
    if (isMember(bare)) return meaningOfMember(bare, depth + 1);
    const required = requiredBy(bare);
    if (required === undefined) return { node: bare };
    const module = checker.getSymbolAtLocation(required);
    if (module !== undefined) return meaningOfSymbol(module, depth + 1);
    return required.text.startsWith('.') ? undefined : { package: required.text, name: '*' };
  }

  const symbolAt = (node: ts.Identifier): ts.Symbol | undefined =>
    ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);

  function meaningOfMember(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    depth: number,
  ): Meaning | undefined {
    const at = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    const symbol = ts.isPropertyAccessExpression(node) ? checker.getSymbolAtLocation(at) : undefined;
    const isTyped = symbol?.declarations?.some((one) => ts.isTypeElement(one)) ?? false;
    if (symbol !== undefined && !isTyped) return meaningOfSymbol(symbol, depth);
    const name = memberName(node) ?? textOf(at);
    const base = meaningOf(node.expression, depth);
    if (base === undefined || name === undefined) return undefined;
    if ('package' in base)
      return base.name === '*' || base.name === 'default' ? { ...base, name } : undefined;
    const value = ts.isExpression(base.node) ? optionsOf(base.node, depth).at(name) : undefined;
    return value === undefined ? undefined : meaningOf(value, depth);
  }

  function meaningOfSymbol(symbol: ts.Symbol, depth: number): Meaning | undefined {
    if (depth > FARTHEST) return undefined;
    if ((symbol.flags & ts.SymbolFlags.Alias) === 0) {
      const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
      return declaration === undefined ? undefined : meaningOfDeclaration(declaration, depth);
    }
    const target = checker.getAliasedSymbol(symbol);
    if ((target.declarations?.length ?? 0) > 0) return meaningOfSymbol(target, depth + 1);
    const declaration = symbol.declarations?.[0];
    return declaration === undefined ? undefined : meaningOfImport(declaration, depth + 1);
  }

  /** What an import or a re-export stands for that leads out of the project, perhaps through files of it. */
  function meaningOfImport(node: ts.Declaration, depth: number): Meaning | undefined {
    const [from, name] = importedBy(node);
    if (from === undefined || name === undefined) {
      return ts.isVariableDeclaration(node) || ts.isBindingElement(node)
        ? meaningOfDeclaration(node, depth)
        : undefined;
    }
    const module = checker.getSymbolAtLocation(from);
    if (module === undefined) return from.text.startsWith('.') ? undefined : { package: from.text, name };
    return meaningInModule(module, name, depth);
  }

  function meaningInModule(module: ts.Symbol, name: string, depth: number): Meaning | undefined {
    const exported = checker.getExportsOfModule(module).find((one) => one.name === name);
    if (exported !== undefined) return meaningOfSymbol(exported, depth + 1);
    for (const source of module.declarations ?? []) {
      if (!ts.isSourceFile(source) || depth > FARTHEST) continue;
      for (const statement of source.statements) {
        if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) continue;
        const from = statement.moduleSpecifier;
        if (from === undefined || !ts.isStringLiteral(from)) continue;
        const next = checker.getSymbolAtLocation(from);
        const found =
          next === undefined ? { package: from.text, name } : meaningInModule(next, name, depth + 1);
        if (found !== undefined && !from.text.startsWith('.')) return found;
        if (found !== undefined && next !== undefined) return found;
      }
    }
    return undefined;
  }

  function meaningOfDeclaration(node: ts.Declaration, depth: number): Meaning | undefined {
    if (ts.isVariableDeclaration(node)) {
      const { initializer } = node;
      const isFixed = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
      if (initializer === undefined) return { node };
      return isFixed || isRequired(initializer) ? meaningOf(initializer, depth + 1) : undefined;
    }
    if (ts.isBindingElement(node)) return meaningOfElement(node, depth + 1);
    if (ts.isParameter(node)) {
      const value = bindings.get(node) ?? (bindings.has(node) ? node.initializer : undefined);
      return value === undefined ? { node } : meaningOf(value, depth + 1);
    }
    if (ts.isPropertyAssignment(node)) return meaningOf(node.initializer, depth + 1);
    if (ts.isShorthandPropertyAssignment(node)) {
      const symbol = checker.getShorthandAssignmentValueSymbol(node);
      return symbol === undefined ? undefined : meaningOfSymbol(symbol, depth + 1);
    }
    if (ts.isPropertyDeclaration(node))
      return node.initializer === undefined || !isStatic(node)
        ? undefined
        : meaningOf(node.initializer, depth + 1);
    if (ts.isExportAssignment(node)) return meaningOf(node.expression, depth + 1);
    if (ts.isBinaryExpression(node)) return meaningOf(node.right, depth + 1);
    if (isMember(node) && ts.isBinaryExpression(node.parent)) return meaningOf(node.parent.right, depth + 1);
    if (ts.isSourceFile(node)) {
      const exported = exportedBy(node);
      return exported === undefined ? { node } : meaningOf(exported, depth + 1);
    }
    return { node };
  }

  /** `{ User }` of `const { User } = require('./models')`. */
  function meaningOfElement(node: ts.BindingElement, depth: number): Meaning | undefined {
    const { parent } = node.parent;
    if (!ts.isObjectBindingPattern(node.parent) || !ts.isVariableDeclaration(parent)) return undefined;
    const key = node.propertyName ?? node.name;
    if (!ts.isIdentifier(key) || node.dotDotDotToken !== undefined || parent.initializer === undefined)
      return undefined;
    const base = meaningOf(parent.initializer, depth);
    if (base === undefined) return undefined;
    if ('package' in base) return base.name === '*' ? { ...base, name: key.text } : undefined;
    const value = ts.isExpression(base.node) ? optionsOf(base.node, depth).at(key.text) : undefined;
    return value === undefined ? undefined : meaningOf(value, depth);
  }

  function givenBy(node: ts.Expression): Meaning | undefined {
    const meaning = meaningOf(node);
    const returned = meaning !== undefined && 'node' in meaning ? returnedBy(meaning.node) : undefined;
    return returned === undefined ? meaning : meaningOf(returned);
  }

  function constantOf(node: ts.Expression, depth = 0): { readonly value: Constant } | undefined {
    const meaning = meaningOf(node, depth);
    if (meaning === undefined || 'package' in meaning) return undefined;
    const { node: at } = meaning;
    if (ts.isStringLiteralLike(at)) return { value: at.text };
    if (ts.isNumericLiteral(at)) return { value: Number(at.text) };
    if (at.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
    if (at.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
    if (at.kind === ts.SyntaxKind.NullKeyword) return { value: null };
    if (ts.isIdentifier(at) && at.text === 'undefined') return { value: undefined };
    if (ts.isParameter(at) && bindings.has(at)) return { value: undefined };
    if (ts.isEnumMember(at)) return { value: checker.getConstantValue(at) };
    if (ts.isTemplateExpression(at))
      return concatenated(
        [at.head.text, ...at.templateSpans.flatMap(({ expression, literal }) => [expression, literal.text])],
        depth,
      );
    if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return concatenated([at.left, at.right], depth);
    return undefined;
  }

  /** Texts one after the other; numbers alone are not added up. */
  function concatenated(
    parts: readonly (string | ts.Expression)[],
    depth: number,
  ): { readonly value: string } | undefined {
    const values = parts.map((one) => (typeof one === 'string' ? one : constantOf(one, depth + 1)?.value));
    const isKnown = values.every((one) => typeof one === 'string' || typeof one === 'number');
    return isKnown && values.some((one) => typeof one === 'string') ? { value: values.join('') } : undefined;
  }

  function textOf(node: ts.Expression): string | undefined {
    const value = constantOf(node)?.value;
    return typeof value === 'string' ? value : undefined;
  }

  function isText(node: ts.Expression): boolean {
    return textOf(node) !== undefined || kindOf(checker.getTypeAtLocation(node)) === 'string';
  }

  function elementsOf(node: ts.Expression, depth = 0): readonly ts.Expression[] | undefined {
    const meaning = meaningOf(node, depth);
    if (meaning === undefined || 'package' in meaning || !ts.isArrayLiteralExpression(meaning.node))
      return undefined;
    const all = meaning.node.elements.map((one) =>
      ts.isSpreadElement(one) ? elementsOf(one.expression, depth + 1) : [one],
    );
    return all.every((one) => one !== undefined) ? all.flat() : undefined;
  }

  function optionsOf(node: ts.Expression | undefined, depth = 0): Options {
    const entries = new Map<string, ts.Expression>();
    const meaning = node && meaningOf(node, depth);
    if (node === undefined || (meaning !== undefined && 'node' in meaning && isAbsent(meaning.node)))
      return new Options(self, entries, true, false);
    if (meaning === undefined || 'package' in meaning || !ts.isObjectLiteralExpression(meaning.node))
      return new Options(self, entries, false, false);
    let isWhole = true;
    for (const property of meaning.node.properties) {
      if (ts.isSpreadAssignment(property)) {
        const spread = optionsOf(property.expression, depth + 1);
        // What is spread and not known may replace what comes before it.
        if (!spread.isWhole) entries.clear();
        isWhole &&= spread.isWhole;
        for (const key of spread.keys) setEntry(entries, key, spread.at(key));
        continue;
      }
      const name = propertyNameOf(property.name, self);
      if (name === undefined) isWhole = false;
      else setEntry(entries, name, valueOfProperty(property));
      if (name !== undefined && !entries.has(name)) isWhole = false;
    }
    return new Options(self, entries, isWhole, true);
  }

  const isAbsent = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === 'undefined') || (ts.isParameter(node) && bindings.has(node));

  const self: Values = {
    meaningOf: (node) => meaningOf(node),
    givenBy,
    constantOf: (node) => constantOf(node),
    textOf,
    isText,
    elementsOf: (node) => elementsOf(node),
    optionsOf: (node) => optionsOf(node),
    typeOf: (node) => CONSTRUCTORS[node.getText()] ?? kindOf(checker.getTypeFromTypeNode(node)),
    typeOfValue: (node) => kindOf(checker.getTypeAtLocation(node)),
    meaningOfName: (node) => {
      const symbol = checker.getSymbolAtLocation(node);
      return symbol === undefined ? undefined : meaningOfSymbol(symbol, 0);
    },
    bound: (parameters) => createValues(checker, new Map([...bindings, ...parameters])),
  };
  return self;
}

function setEntry(entries: Map<string, ts.Expression>, key: string, value: ts.Expression | undefined): void {
  entries.delete(key);
  if (value !== undefined) entries.set(key, value);
}

/** The value of a property of an object; undefined for accessors and methods. */
function valueOfProperty(node: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(node)) return node.initializer;
  return ts.isShorthandPropertyAssignment(node) ? node.name : undefined;
}

function kindOf(type: ts.Type): ColumnType {
  const kinds = new Set((type.isUnion() ? type.types : [type]).map(kindOfOne));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? kind : 'unknown';
}

function kindOfOne(type: ts.Type): ColumnType {
  if ((type.flags & ts.TypeFlags.StringLike) !== 0) return 'string';
  if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return 'integer';
  if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) return 'boolean';
  if ((type.flags & ts.TypeFlags.BigIntLike) !== 0) return 'bigint';
  return type.symbol?.name === 'Date' ? 'date' : 'unknown';
}

/** What a function gives that does nothing else: `() => User`, `function () { return User; }`. */
export function returnedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isPropertyDeclaration(node) && node.initializer !== undefined) return returnedBy(node.initializer);
  if (!isFunctionNode(node) || node.body === undefined) return undefined;
  if (!ts.isBlock(node.body)) return bareExpression(node.body);
  const [first, second] = node.body.statements;
  return first !== undefined && second === undefined && ts.isReturnStatement(first) && first.expression
    ? bareExpression(first.expression)
    : undefined;
}

/** The name of a property, where it is written out or a constant. */
export function propertyNameOf(name: ts.PropertyName | undefined, values: Values): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  return ts.isComputedPropertyName(name) ? values.textOf(name.expression) : undefined;
}

/** What a class extends. */
export function baseOf(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression;
}

/** A node and all that it holds, in the order in which they are written. */
export function* nodesIn(root: ts.Node): Generator<ts.Node> {
  const ahead = [root];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    yield node;
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    ahead.push(...children.toReversed());
  }
}

/** The text of a node on one line, cut where it is long. */
export function shortText(node: ts.Node): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** Where a node begins. */
export function siteOf(node: ts.Node): Site {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return { path: source.fileName, line: line + 1 };
}

/** The module that `require('./user')` loads. */
function requiredBy(node: ts.Node): ts.StringLiteralLike | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const [from] = node.arguments;
  return node.expression.text === 'require' && from !== undefined && ts.isStringLiteralLike(from)
    ? from
    : undefined;
}

const isRequired = (node: ts.Expression): boolean => {
  const bare = bareExpression(node);
  return (
    requiredBy(bare) !== undefined ||
    (isMember(bare) && requiredBy(bareExpression(bare.expression)) !== undefined)
  );
};

/** The module that an import or re-export is from, and the name that it has there. */
function importedBy(node: ts.Declaration): readonly [from?: ts.StringLiteral | undefined, name?: string] {
  if (ts.isImportSpecifier(node))
    return [specifierOf(node.parent.parent.parent), (node.propertyName ?? node.name).text];
  if (ts.isImportClause(node)) return [specifierOf(node.parent), 'default'];
  if (ts.isNamespaceImport(node)) return [specifierOf(node.parent.parent), '*'];
  if (ts.isNamespaceExport(node)) return [specifierOf(node.parent), '*'];
  if (ts.isExportSpecifier(node))
    return [specifierOf(node.parent.parent), (node.propertyName ?? node.name).text];
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    const { expression } = node.moduleReference;
    return ts.isStringLiteral(expression) ? [expression, '*'] : [];
  }
  return [];
}

const specifierOf = (node: ts.Node): ts.StringLiteral | undefined =>
  (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
  node.moduleSpecifier !== undefined &&
  ts.isStringLiteral(node.moduleSpecifier)
    ? node.moduleSpecifier
    : undefined;

/** What a CommonJS file exports as a whole: `module.exports = …`. */
function exportedBy(source: ts.SourceFile): ts.Expression | undefined {
  for (const statement of source.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, right } = statement.expression;
    if (left.getText() === 'module.exports') return right;
  }
  return undefined;
}
