import { ts } from 'ts-morph';
import type { Site } from '../../evidence.ts';
import { bareExpression, isMember, memberName } from '../effects/symbols.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';
import {
  annotationOf,
  baseOf,
  constructorNamed,
  createValues,
  decoratorsOf,
  inversePath,
  isStatic,
  nodesIn,
  Options,
  propertyNameOf,
  returnedBy,
  shortText,
  siteOf,
  storedType,
  targetIn,
  UNREAD,
  variableOf,
  type Constant,
  type Decorator,
  type DecoratorFamily,
  type Target,
  type Values,
} from './typeorm-schema.ts';

/**
 * Reads the entities that `sources` declare with MikroORM's decorators, as `EntitySchema` or by `defineEntity`, relations joined up
 * from both sides. https://mikro-orm.io/docs/6.6/defining-entities
 */
export function readMikroOrmModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const parts = new Parts(
    createValues(checker),
    sources.some(({ text }) => text.includes('TsMorphMetadataProvider')),
  );
  const declared = sources
    .filter(({ text }) => /\bEntity\b|\bEntitySchema\b|\bdefineEntity\b/.test(text))
    .flatMap((source) => entitiesIn(source, parts));
  const entities = withoutClassesOfSchemas(declared);
  if (entities.length === 0) return [];
  const around = sources.filter(({ text }) => text.includes('mikro-orm'));
  const project: Project = {
    entities,
    naming: namingOf(around, parts.values),
    subscribers: around
      .filter(({ text }) => /\bEventSubscriber\b/.test(text))
      .flatMap((source) => subscribersIn(source, parts.values)),
    filters: around.flatMap((source) => filtersAround(source, parts.values)),
  };
  const tables = new Map(entities.map((entity) => [entity, flatten(entity, project)]));
  const relating: Relating = { tables, naming: project.naming };
  for (const table of tables.values()) setKeysOfOwner(table, relating);
  for (const table of tables.values()) setInverses(table, relating);
  return [...tables.values()]
    .filter(({ entity }) => !entity.isAbstract)
    .map((table) => modelOf(table, relating, project));
}

/** A class that a schema has is an entity by its schema. */
function withoutClassesOfSchemas(entities: readonly Entity[]): readonly Entity[] {
  const targets = new Set(entities.map(({ part }) => part.target));
  return entities.filter(({ part }) => !targets.has(part.node));
}

interface Project {
  readonly entities: readonly Entity[];
  readonly naming: Naming;
  readonly subscribers: readonly Subscriber[];
  /** Filters that are added to a manager or to the configuration. */
  readonly filters: readonly AddedFilter[];
}

/** A class or a schema that has a table, or that shares that of what it extends. */
interface Entity {
  readonly name: string;
  /** The name that its table is called after, and that texts call it by. */
  readonly targetName: string;
  readonly part: Part;
  readonly isAbstract: boolean;
  readonly givenTable: string | undefined;
  readonly isTableUnread: boolean;
  /** The column that tells whose a row is, where entities below it share its table. */
  readonly discriminator: string | undefined;
  readonly seenAt: Site;
}

/** What one class, or one schema, declares by itself. */
interface Part {
  readonly name: string;
  readonly node: ts.Node;
  /** The class of a schema. */
  target: ts.Node | undefined;
  base: Part | undefined;
  readonly properties: Declared[];
  readonly uniques: (readonly string[])[];
  readonly indexes: (readonly string[])[];
  readonly hooks: string[];
  readonly virtuals: string[];
  readonly filters: Filter[];
  readonly unread: string[];
}

type Kind = 'scalar' | 'embedded' | 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';

/** A property as it is declared. */
interface Declared {
  readonly property: string;
  readonly kind: Kind;
  /** The names of its columns in the database, where they are given. */
  readonly fields: readonly string[] | undefined | typeof UNREAD;
  readonly isPrimary: boolean;
  readonly isNullable: boolean | undefined;
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
  readonly isLazyScalar: boolean;
  readonly isStored: boolean;
  /** Of something embedded: what it is, and how. */
  readonly embedded: Embedded | undefined;
  readonly relation: DeclaredRelation | undefined;
  readonly doubt: string | undefined;
}

interface Embedded {
  readonly part: Part;
  readonly prefix: string | boolean;
  readonly isRelative: boolean;
}

interface DeclaredRelation {
  readonly target: Target | undefined;
  /** The property on the other side that holds the key, and that is held by this side. */
  readonly mappedBy: string | undefined;
  readonly inversedBy: string | undefined;
  readonly isOwner: boolean;
  readonly isEager: boolean;
  readonly isFiltered: boolean;
  /** Whether the property is the key itself, and no entity. */
  readonly isKey: boolean;
  readonly referenced: readonly string[] | undefined;
  readonly pivotTable: string | undefined;
  readonly pivotEntity: Target | undefined | typeof UNREAD;
}

/** A condition that queries get where nobody says otherwise. */
interface Filter {
  readonly name: string;
  readonly text: string;
  /** The property that it wants to be null, where it wants nothing else. */
  readonly nullProperty: string | undefined;
}

/* Putting entities together */

interface Table {
  readonly entity: Entity;
  readonly tableName: string | undefined;
  /** The column that tells whose of several entities a row is. */
  readonly discriminator: string | undefined;
  readonly properties: readonly Flat[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly hooks: readonly string[];
  readonly virtuals: readonly string[];
  readonly filters: readonly Filter[];
  readonly unread: readonly string[];
}

/** A property where it stands: at the top of an entity, or in something embedded. */
interface Flat {
  readonly declared: Declared;
  readonly path: string;
  /** What the names of its columns begin with; undefined where that is not known. */
  readonly prefix: string | undefined;
  readonly isNullable: boolean | undefined;
  target: Entity | undefined;
  keys: Keys | undefined;
  inverse: Flat | undefined;
}

interface Keys {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly through: string | undefined;
}

function lineageOf(part: Part): readonly Part[] {
  const lineage: Part[] = [];
  for (let at: Part | undefined = part; at !== undefined && !lineage.includes(at); at = at.base)
    lineage.unshift(at);
  return lineage;
}

const isBelow = (entity: Entity, above: Entity): boolean =>
  entity !== above && lineageOf(entity.part).some((part) => isOf(part, above.part));

/** Whether a part is the other, or is the class that the other is the schema of. */
const isOf = (part: Part, other: Part): boolean => part === other || part.node === other.target;

/** The entity whose table one shares: https://mikro-orm.io/docs/6.6/inheritance-mapping#single-table-inheritance */
const rootOf = (entity: Entity, { entities }: Project): Entity =>
  entities.find((one) => one.discriminator !== undefined && isBelow(entity, one)) ?? entity;

/** How deep what is embedded is followed: a class may embed itself. */
const DEEPEST = 8;

function flatten(entity: Entity, project: Project): Table {
  const { entities, naming } = project;
  const root = rootOf(entity, project);
  const children = entity.discriminator === undefined ? [] : entities.filter((one) => isBelow(one, entity));
  const own = lineageOf(entity.part);
  const parts = [...new Set([...own, ...children.flatMap(({ part }) => lineageOf(part))])];
  const properties = new Map<string, Flat>();
  const uniques: (readonly string[])[] = [];
  const indexes: (readonly string[])[] = [];
  const virtuals: string[] = [];
  const all = new Set<Part>(parts);

  const collect = (
    from: readonly Part[],
    scope: string,
    prefix: string | undefined,
    isNull: boolean,
  ): void => {
    for (const part of from) {
      all.add(part);
      for (const declared of part.properties) {
        const path = `${scope}${declared.property}`;
        const isOfChild = scope === '' && !own.includes(part);
        if (isOfChild && properties.has(path)) continue;
        const isNullable = isNull || isOfChild ? true : declared.isNullable;
        const { relation, embedded } = declared;
        properties.set(path, {
          declared,
          path,
          prefix,
          isNullable,
          target: relation && entityFor(relation.target, project),
          keys: undefined,
          inverse: undefined,
        });
        if (embedded === undefined || scope.split('.').length > DEEPEST) continue;
        const inner = prefixOf(declared, embedded, prefix, naming);
        collect(lineageOf(embedded.part), `${path}.`, inner, isNullable === true);
      }
      virtuals.push(...part.virtuals.map((name) => `${scope}${name}`));
      uniques.push(...part.uniques.map((paths) => paths.map((path) => `${scope}${path}`)));
      indexes.push(...part.indexes.map((paths) => paths.map((path) => `${scope}${path}`)));
    }
  };
  collect(parts, '', '', false);
  if (root.discriminator !== undefined) indexes.push([root.discriminator]);

  const filters = new Map(own.flatMap((part) => part.filters).map((filter) => [filter.name, filter]));
  for (const { filter, targets } of project.filters)
    if (
      targets === undefined ||
      targets.some((node) => own.some((part) => part.node === node || part.target === node))
    )
      filters.set(filter.name, filter);
  if (root !== entity)
    filters.set('', {
      name: '',
      text: `one of several entities in the table of ${root.name}`,
      nullProperty: undefined,
    });
  const subscribed = project.subscribers.filter(
    ({ targets }) => targets === undefined || targets.some((node) => isNodeOf(entity.part, node)),
  );
  const everyPart = [...all];
  return {
    entity,
    discriminator: root.discriminator,
    tableName: root.isTableUnread ? undefined : (root.givenTable ?? naming.tableName(root.targetName)),
    properties: [...properties.values()],
    uniques,
    indexes,
    hooks: [
      ...new Set([...everyPart.flatMap(({ hooks }) => hooks), ...subscribed.flatMap(({ hooks }) => hooks)]),
    ],
    virtuals: [...new Set(virtuals)],
    filters: [...filters.values()],
    unread: [...new Set(everyPart.flatMap(({ unread }) => unread))],
  };
}

const isNodeOf = (part: Part, node: ts.Node): boolean => part.node === node || part.target === node;

/** What the columns of something embedded begin with: https://mikro-orm.io/docs/6.6/embeddables */
function prefixOf(
  { property, fields }: Declared,
  { prefix, isRelative }: Embedded,
  around: string | undefined,
  naming: Naming,
): string | undefined {
  if (around === undefined || fields === UNREAD) return undefined;
  if (prefix === false) return around;
  if (typeof prefix === 'string') return isRelative ? around + prefix : prefix;
  const own = fields?.[0] === undefined ? naming.columnName(around + property) : around + fields[0];
  return own === undefined ? undefined : `${own}_`;
}

function entityFor(target: Target | undefined, { entities }: Project): Entity | undefined {
  if (target === undefined) return undefined;
  if ('node' in target) return entities.find(({ part }) => isNodeOf(part, target.node));
  const named = entities.filter(({ targetName }) => targetName === target.text);
  return named.length === 1 ? named[0] : undefined;
}

/* Keys */

interface Relating {
  readonly tables: ReadonlyMap<Entity, Table>;
  readonly naming: Naming;
}

const primaryOf = (table: Table): readonly Flat[] =>
  table.properties.filter(({ declared }) => declared.isPrimary && declared.isStored);

const isScalar = ({ declared }: Flat): boolean =>
  declared.kind === 'scalar' || (declared.relation?.isKey === true && declared.relation.isOwner);

/** The names in the database of a property's columns; undefined where they are not known. */
function fieldsOf(flat: Flat, relating: Relating, seen: readonly Flat[] = []): readonly string[] | undefined {
  const { declared, prefix } = flat;
  const { naming, tables } = relating;
  if (declared.fields === UNREAD || prefix === undefined || seen.includes(flat)) return undefined;
  if (declared.fields !== undefined) return declared.fields.map((field) => prefix + field);
  const name = prefix + declared.property;
  if (declared.relation === undefined) {
    const field = naming.columnName(name);
    return field === undefined ? undefined : [field];
  }
  const other = flat.target && tables.get(flat.target);
  const referenced = other && primaryOf(other).map((one) => fieldsOf(one, relating, [...seen, flat]));
  if (referenced === undefined || referenced.length === 0) return undefined;
  if (referenced.some((one) => one === undefined)) return undefined;
  const keys = referenced.flatMap((one) => one ?? []);
  const joined = keys.map((key) => naming.joinColumnName(name, key, keys.length > 1));
  return joined.every((one) => one !== undefined) ? joined : undefined;
}

/** What code calls columns by: the properties that are mapped to them, or their own names. Undefined where that is not certain. */
function codeNamesOf(
  fields: readonly string[],
  table: Table,
  relating: Relating,
): readonly string[] | undefined {
  const scalars = table.properties.filter((one) => isScalar(one) && one.declared.isStored);
  const names = fields.map((field) => {
    const own = scalars.find((one) => fieldsOf(one, relating)?.[0] === field);
    if (own !== undefined) return own.path;
    return scalars.some((one) => fieldsOf(one, relating) === undefined) ? undefined : field;
  });
  const certain = names.filter((name) => name !== undefined);
  return certain.length === names.length && new Set(certain).size === names.length ? certain : undefined;
}

/** The columns of a table's primary key, in the database and in code. */
function primaryKeyOf(
  table: Table,
  relating: Relating,
): { readonly fields: readonly string[]; readonly names: readonly string[] } | undefined {
  const all = primaryOf(table).map((one) => fieldsOf(one, relating));
  const fields = all.flatMap((one) => one ?? []);
  const isKnown = all.length > 0 && all.every((one) => one !== undefined);
  // The name in code does not depend on that in the database where the property is the column.
  const scalars = primaryOf(table).every(isScalar) ? primaryOf(table).map(({ path }) => path) : undefined;
  const names = scalars ?? (isKnown ? codeNamesOf(fields, table, relating) : undefined);
  return names === undefined ? undefined : { fields: isKnown ? fields : [], names };
}

function setKeysOfOwner(table: Table, relating: Relating): void {
  for (const flat of table.properties) {
    const { relation, doubt, kind } = flat.declared;
    const other = flat.target && relating.tables.get(flat.target);
    if (relation === undefined || !relation.isOwner || other === undefined || doubt !== undefined) continue;
    flat.keys =
      kind === 'many-to-many'
        ? keysOfPivot(table, flat, relation, other, relating)
        : keysOfColumns(table, flat, relation, other, relating);
  }
}

function keysOfColumns(
  table: Table,
  flat: Flat,
  { referenced }: DeclaredRelation,
  other: Table,
  relating: Relating,
): Keys | undefined {
  const fields = fieldsOf(flat, relating);
  const key = primaryKeyOf(other, relating);
  const to = referenced === undefined ? key?.names : codeNamesOf(referenced, other, relating);
  const from = fields && (isScalar(flat) ? [flat.path] : codeNamesOf(fields, table, relating));
  if (from === undefined || to === undefined || from.length !== to.length) return undefined;
  return { from, to, through: undefined };
}

/** https://mikro-orm.io/docs/6.6/relationships#manytomany */
function keysOfPivot(
  table: Table,
  { path }: Flat,
  { pivotTable, pivotEntity }: DeclaredRelation,
  other: Table,
  relating: Relating,
): Keys | undefined {
  const from = primaryKeyOf(table, relating)?.names;
  const to = primaryKeyOf(other, relating)?.names;
  const through =
    pivotEntity === undefined
      ? (pivotTable ?? relating.naming.pivotName(table.tableName, path))
      : tableOfPivot(pivotEntity, relating);
  return from === undefined || to === undefined || through === undefined ? undefined : { from, to, through };
}

/** The table of the entity that is between two others. */
const tableOfPivot = (pivot: Target | typeof UNREAD, { tables }: Relating): string | undefined =>
  pivot === UNREAD
    ? undefined
    : [...tables.values()].find(({ entity }) => isCalled(entity, pivot))?.tableName;

const isCalled = ({ part, targetName }: Entity, target: Target): boolean =>
  'node' in target ? isNodeOf(part, target.node) : targetName === target.text;

const OTHER_SIDE: Readonly<Partial<Record<Kind, Kind>>> = {
  'one-to-one': 'one-to-one',
  'one-to-many': 'many-to-one',
  'many-to-one': 'one-to-many',
  'many-to-many': 'many-to-many',
};

function setInverses(table: Table, { tables }: Relating): void {
  for (const flat of table.properties) {
    const { relation, doubt, kind } = flat.declared;
    const other = flat.target && tables.get(flat.target);
    if (relation === undefined || other === undefined) continue;
    const fitting = other.properties.filter(
      (one) =>
        one !== flat &&
        one.declared.kind === OTHER_SIDE[kind] &&
        one.declared.relation?.isOwner !== relation.isOwner &&
        isOfSameTable(one.target, table.entity),
    );
    const given = relation.mappedBy ?? relation.inversedBy;
    const calling = fitting.filter(
      ({ declared }) => (declared.relation?.mappedBy ?? declared.relation?.inversedBy) === flat.path,
    );
    flat.inverse =
      fitting.find(({ path }) => path === given) ??
      (given === undefined && calling.length === 1 ? calling[0] : undefined);
    const keys = flat.inverse?.keys;
    if (relation.isOwner || keys === undefined || doubt !== undefined) continue;
    flat.keys = { from: keys.to, to: keys.from, through: keys.through };
  }
}

const isOfSameTable = (one: Entity | undefined, other: Entity): boolean =>
  one !== undefined && (one === other || isBelow(one, other) || isBelow(other, one));

/* What is given back */

function modelOf(table: Table, relating: Relating, { naming }: Project): Model {
  const { entity, properties, filters } = table;
  const unread = [...table.unread];
  if (naming.unread !== undefined) unread.push(naming.unread);
  const relations = properties.flatMap((flat) => {
    const { relation } = flat.declared;
    if (relation === undefined) return [];
    if (relation.isKey && relation.isOwner && flat.keys !== undefined) return [];
    if (flat.keys !== undefined && flat.target !== undefined)
      return [relationOf(flat, relation, flat.target, flat.keys)];
    unread.push(doubtOf(flat, relation));
    return [];
  });
  const pathsOf = (what: string, lists: readonly (readonly string[])[]): (readonly string[])[] =>
    lists.flatMap((paths) => {
      const resolved = paths.map((path) => columnsAt(path, table));
      if (resolved.every((one) => one !== undefined)) return [resolved.flat()];
      unread.push(`the ${what} of \`${paths.join('`, `')}\``);
      return [];
    });
  const key = primaryKeyOf(table, relating);
  if (key === undefined && primaryOf(table).length > 0) unread.push('its primary key');
  const primaryKey = key?.names ?? [];
  const uniques = withoutDoubles(pathsOf('unique', table.uniques), keyOf);
  const columns = properties.flatMap((flat) => columnsOf(flat, relating));
  return {
    orm: 'mikro-orm',
    name: entity.name,
    table: table.tableName,
    columns,
    primaryKey,
    uniques: uniques.filter((one) => keyOf(one) !== keyOf(primaryKey)),
    indexes: withoutDoubles(pathsOf('index', table.indexes), (paths) => paths.join()),
    relations,
    hooks: table.hooks,
    defaultScope: filters.length === 0 ? undefined : filters.map(({ text }) => text).join('; '),
    softDelete: filters
      .map(({ nullProperty }) => nullProperty)
      .find((name) => columns.some((column) => column.name === name)),
    virtuals: table.virtuals,
    unread: [...new Set(unread)],
    seenAt: entity.seenAt,
  };
}

const keyOf = (paths: readonly string[]): string => paths.toSorted().join();

const withoutDoubles = (
  lists: readonly (readonly string[])[],
  by: (paths: readonly string[]) => string,
): (readonly string[])[] => [...new Map(lists.map((paths) => [by(paths), paths])).values()];

/** The columns that a path in a unique or an index stands for: a column, or the foreign key of a relation. */
function columnsAt(path: string, { properties, discriminator }: Table): readonly string[] | undefined {
  const found = properties.find((one) => one.path === path);
  if (found === undefined) return path === discriminator ? [path] : undefined;
  if (!found.declared.isStored) return undefined;
  if (isScalar(found)) return [path];
  return found.declared.relation?.isOwner === true && found.keys?.through === undefined
    ? found.keys?.from
    : undefined;
}

function relationOf(
  flat: Flat,
  relation: DeclaredRelation,
  target: Entity,
  { from, to, through }: Keys,
): Relation {
  const isInverseNamed = flat.inverse !== undefined && flat.inverse.declared.relation?.isKey !== true;
  return {
    name: flat.path,
    kind: flat.declared.kind.endsWith('-one') ? 'one' : 'many',
    model: target.name,
    from,
    to,
    ...(through === undefined ? {} : { through }),
    ...(isInverseNamed && flat.inverse !== undefined ? { inverse: flat.inverse.path } : {}),
    isEager: relation.isEager,
    isLazy: false,
    isFiltered: relation.isFiltered,
  };
}

function doubtOf({ path, target, declared }: Flat, relation: DeclaredRelation): string {
  if (declared.doubt !== undefined) return declared.doubt;
  if (target === undefined) return `what \`${path}\` leads to`;
  return relation.isOwner
    ? `the keys of \`${path}\``
    : `the keys of \`${path}\`, since its other side is not found or not read`;
}

function columnsOf(flat: Flat, relating: Relating): readonly Column[] {
  const { declared, path } = flat;
  const isJson = declared.kind === 'embedded' && declared.embedded === undefined;
  if (!declared.isStored || (!isScalar(flat) && !isJson)) return [];
  return [
    {
      name: path,
      column: fieldsOf(flat, relating)?.[0] ?? path,
      type: storedTypeOf(flat, relating, []),
      written: declared.written,
      isNullable: flat.isNullable,
      isList: declared.isList,
      isHidden: declared.isLazyScalar,
    },
  ];
}

/** What the database holds in a property's column; a key has the type of what it refers to. */
function storedTypeOf(flat: Flat, relating: Relating, seen: readonly Flat[]): ColumnType {
  const other = flat.target && relating.tables.get(flat.target);
  const referenced = other?.properties.find(({ path }) => path === flat.keys?.to[0]);
  if (flat.declared.relation === undefined || referenced === undefined || seen.includes(flat))
    return flat.declared.type;
  return storedTypeOf(referenced, relating, [...seen, flat]);
}

/* Naming strategies: https://mikro-orm.io/docs/6.6/naming-strategy */

/** How names in the database are made. What gives undefined is not known. */
interface Naming {
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
function namingOf(sources: readonly ts.SourceFile[], values: Values): Naming {
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

/* Reading classes */

const isMikroOrm = (name: string): boolean => /(?:^@|\/)mikro-orm(?:\/|$)/.test(name);

const MIKRO_ORM: DecoratorFamily = {
  isFrom: isMikroOrm,
  given:
    /\b(?:Property|PrimaryKey|OneToOne|OneToMany|ManyToOne|ManyToMany|Enum|Embedded|Formula|Filter|Index|Unique)\s*\(|\bMetadataStorage\b/,
  resembling: /Mikro|(?:PrimaryKey|OneToOne|OneToMany|ManyToOne|ManyToMany|Index)$/,
};

function entitiesIn(source: ts.SourceFile, parts: Parts): readonly Entity[] {
  const found: Entity[] = [];
  for (const node of nodesIn(source)) {
    const entity = ts.isClassLike(node) ? entityOfClass(node, parts) : entityOfSchema(node, parts);
    if (entity !== undefined) found.push(entity);
  }
  return found;
}

function entityOfClass(node: ts.ClassLikeDeclaration, parts: Parts): Entity | undefined {
  const { decorators } = decoratorsOf(node, parts.values, MIKRO_ORM);
  const own = decorators.find(({ name }) => name === 'Entity');
  if (own === undefined) return undefined;
  const part = parts.ofClass(node);
  const options = own.values.optionsOf(own.args[0]);
  if (!options.isWhole) part.unread.push('the options of the entity');
  return entityFrom(options, part, part.name, part.name, node.name ?? node);
}

function entityFrom(options: Options, part: Part, name: string, targetName: string, node: ts.Node): Entity {
  const table = options.has('tableName') ? options.value('tableName') : options.value('collection');
  const discriminator = options.value('discriminatorColumn');
  return {
    name,
    targetName,
    part,
    isAbstract: options.value('abstract') === true && discriminator === undefined,
    // A name may have that of its schema before it: `public.user`.
    givenTable: typeof table === 'string' ? table.split('.').at(-1) : undefined,
    isTableUnread: table === UNREAD,
    discriminator: typeof discriminator === 'string' ? discriminator : undefined,
    seenAt: siteOf(node),
  };
}

/** Reads what classes and schemas declare by themselves, each once. */
class Parts {
  readonly values: Values;
  /** Whether the types of properties are read from the sources, so that `name?: string` may be null. */
  readonly isFromSources: boolean;
  private readonly known = new Map<ts.Node, Part>();

  constructor(values: Values, isFromSources: boolean) {
    this.values = values;
    this.isFromSources = isFromSources;
  }

  ofClass(node: ts.ClassLikeDeclaration): Part {
    return this.once(node, node.name?.text ?? 'default', (part) => {
      readBase(baseOf(node), part, this);
      readClassDecorators(node, part, this.values);
      for (const member of node.members) readMember(member, part, this);
    });
  }

  ofSchema(node: ts.NewExpression | ts.CallExpression): Part {
    return this.once(node, 'default', (part) =>
      readSchema(this.values.optionsOf(node.arguments?.[0]), part, this),
    );
  }

  /** The part that a class or a schema stands for. */
  of(node: ts.Node): Part | undefined {
    if (ts.isClassLike(node)) return this.ofClass(node);
    return isSchemaNode(node, this.values) ? this.ofSchema(node) : undefined;
  }

  /** What extends or embeds itself is found half read. */
  private once(node: ts.Node, name: string, read: (part: Part) => void): Part {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const part: Part = {
      name,
      node,
      target: undefined,
      base: undefined,
      properties: [],
      uniques: [],
      indexes: [],
      hooks: [],
      virtuals: [],
      filters: [],
      unread: [],
    };
    this.known.set(node, part);
    read(part);
    return part;
  }
}

function readBase(base: ts.Expression | undefined, part: Part, parts: Parts): void {
  if (base === undefined) return;
  const meaning = parts.values.meaningOf(base);
  if (meaning !== undefined && 'package' in meaning && isMikroOrm(meaning.package)) return;
  const found = meaning !== undefined && 'node' in meaning ? parts.of(meaning.node) : undefined;
  if (found === undefined) part.unread.push(`what \`${shortText(base)}\` declares, which it extends`);
  else part.base = found;
}

function readClassDecorators(node: ts.ClassLikeDeclaration, part: Part, values: Values): void {
  const { decorators, unread } = decoratorsOf(node, values, MIKRO_ORM);
  part.unread.push(...unread);
  for (const decorator of decorators) {
    if (decorator.name === 'Filter')
      addFilter(decorator.values.optionsOf(decorator.args[0]), undefined, shortText(decorator.node), part);
    if (KEYS.test(decorator.name)) readKey(decorator, undefined, part);
  }
}

const KEYS = /^(?:Index|Unique)$/;
const HOOKS = /^(?:On(?:Init|Load)|(?:Before|After)(?:Create|Update|Upsert|Delete))$/;

const KINDS: Readonly<Record<string, Kind>> = {
  Property: 'scalar',
  PrimaryKey: 'scalar',
  SerializedPrimaryKey: 'scalar',
  Enum: 'scalar',
  Formula: 'scalar',
  Embedded: 'embedded',
  OneToOne: 'one-to-one',
  OneToMany: 'one-to-many',
  ManyToOne: 'many-to-one',
  ManyToMany: 'many-to-many',
};

/** Reads a property or a method: https://mikro-orm.io/docs/6.6/decorators */
function readMember(node: ts.ClassElement, part: Part, parts: Parts): void {
  if (ts.canHaveModifiers(node) && isStatic(node)) return;
  const { decorators, unread } = decoratorsOf(node, parts.values, MIKRO_ORM);
  // The one that is run last replaces the others.
  const own = decorators.findLast(({ name }) => KINDS[name] !== undefined);
  part.unread.push(...(own === undefined ? unread : unread.filter((one) => /Index|Unique/.test(one))));
  const property = propertyNameOf(node.name, parts.values);
  if (property === undefined) {
    if (own !== undefined) part.unread.push(`the property \`${shortText(node.name ?? node)}\``);
    return;
  }
  for (const { name } of decorators) if (HOOKS.test(name)) part.hooks.push(name);
  for (const decorator of decorators) if (KEYS.test(decorator.name)) readKey(decorator, property, part);
  const isGetter = ts.isGetAccessorDeclaration(node) && !ts.isPrivateIdentifier(node.name);
  if (own === undefined) {
    if (isGetter) part.virtuals.push(property);
    return;
  }
  const given = givenBy(own);
  const isComputed =
    own.name === 'Formula' || own.name === 'SerializedPrimaryKey' || ts.isMethodDeclaration(node);
  addProperty(
    {
      property,
      kind: KINDS[own.name] ?? 'scalar',
      given,
      isPrimary: own.name === 'PrimaryKey',
      isEnum: own.name === 'Enum',
      isComputed,
      node,
    },
    part,
    parts,
  );
}

/** The first arguments of a decorator beside its options, by the options that they stand for. */
const POSITIONS: Readonly<Record<string, readonly string[]>> = {
  Enum: ['items'],
  Formula: ['formula'],
  Embedded: ['entity'],
  ManyToOne: ['entity'],
  OneToMany: ['entity', 'mappedBy'],
  OneToOne: ['entity', 'mappedBy'],
  ManyToMany: ['entity', 'mappedBy'],
};

/** What a decorator is given, its arguments being put among its options. */
function givenBy({ name, args, values }: Decorator): Given {
  const positions = POSITIONS[name] ?? [];
  const isObject = args.map((arg) => values.optionsOf(arg).isObject);
  const at = isObject.indexOf(true);
  const isUnread = at < 0 && args.length > positions.length;
  const beside = args.slice(0, at < 0 ? positions.length : at);
  const options = values.optionsOf(args[at]);
  const entries = new Map<string, ts.Expression>(
    options.keys.flatMap((key) => {
      const value = options.at(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  for (const [index, arg] of beside.entries()) entries.set(positions[index] ?? '', arg);
  return new Options(values, entries, !isUnread && (at < 0 || options.isWhole), true);
}

/** What is given of a property: options, or the calls of a builder. */
interface Given {
  readonly values: Values;
  readonly isWhole: boolean;
  at(key: string): ts.Expression | undefined;
  value(key: string): Constant | typeof UNREAD;
  has(key: string): boolean;
  text(key: string): string | undefined;
  /** All arguments of the call of a builder. */
  all?(key: string): readonly ts.Expression[] | undefined;
}

interface Reading {
  readonly property: string;
  readonly kind: Kind;
  readonly given: Given;
  readonly isPrimary: boolean;
  readonly isEnum: boolean;
  readonly isComputed: boolean;
  /** The member of a class, where it is one. */
  readonly node: ts.ClassElement | undefined;
}

function addProperty(reading: Reading, part: Part, parts: Parts): void {
  const { property, kind, given, node, isComputed } = reading;
  const isPersisted = given.value('persist') !== false && given.at('formula') === undefined && !isComputed;
  const isRelation = kind !== 'scalar' && kind !== 'embedded';
  if (!isPersisted && !isRelation) {
    part.virtuals.push(property);
    return;
  }
  if (!given.isWhole) part.unread.push(`the options of \`${property}\``);
  addKeysOf(reading, part);
  const annotation = node && annotationOf(node);
  const relation = isRelation ? relationIn(reading, annotation) : undefined;
  const typed = relation === undefined ? typeIn(reading, annotation) : UNTYPED;
  const fields = fieldsIn(given, property);
  if (fields === UNREAD && given.isWhole) part.unread.push(`the name of \`${property}\` in the database`);
  const isJson = given.value('object') === true || given.value('array') === true;
  const embedded = kind === 'embedded' && !isJson ? embeddedIn(reading, annotation, parts) : undefined;
  if (embedded === UNREAD) {
    part.unread.push(`what \`${property}\` embeds`);
    return;
  }
  part.properties.push({
    property,
    kind,
    fields,
    isPrimary: reading.isPrimary || given.value('primary') === true,
    isNullable: nullabilityIn(reading, parts),
    type: kind === 'embedded' ? 'json' : typed.type,
    written: typed.written || (annotation === undefined ? '' : shortText(annotation)),
    isList: typed.isList || given.value('array') === true,
    isLazyScalar: kind === 'scalar' && given.value('lazy') === true,
    isStored: isPersisted || isRelation,
    embedded,
    relation,
    doubt: isRelation ? doubtIn(reading) : undefined,
  });
}

/** `unique` and `index` among the options of a property. */
function addKeysOf({ property, given, kind }: Reading, part: Part): void {
  for (const [key, lists] of [
    ['unique', part.uniques],
    ['index', part.indexes],
  ] as const) {
    const value = given.value(key);
    if (value === true || typeof value === 'string') lists.push([property]);
    else if (value === UNREAD && given.isWhole && kind !== 'one-to-many')
      part.unread.push(`the ${key} of \`${property}\``);
  }
}

/** The names of its columns: https://mikro-orm.io/docs/6.6/decorators#property */
function fieldsIn(given: Given, property: string): readonly string[] | undefined | typeof UNREAD {
  for (const key of ['fieldNames', 'joinColumns', 'fieldName', 'joinColumn', 'name']) {
    const value = given.at(key);
    if (value === undefined) continue;
    const all = given.all?.(key) ?? given.values.elementsOf(value) ?? [value];
    const names = all.map((one) => given.values.textOf(one));
    const known = names.filter((one) => one !== undefined);
    if (known.length !== names.length) return UNREAD;
    if (key !== 'name' || known[0] !== property) return known;
  }
  return given.isWhole ? undefined : UNREAD;
}

/** What is null by its initial value may be null in the database too; all else has to be said. */
function nullabilityIn({ given, node, isPrimary }: Reading, { isFromSources }: Parts): boolean | undefined {
  const nullable = given.value('nullable');
  if (typeof nullable === 'boolean') return nullable;
  if (isPrimary) return false;
  if (nullable === UNREAD) return undefined;
  const property = node !== undefined && ts.isPropertyDeclaration(node) ? node : undefined;
  if (property?.initializer?.kind === ts.SyntaxKind.NullKeyword) return true;
  return isFromSources && property?.questionToken !== undefined;
}

/* Types: https://mikro-orm.io/docs/6.6/custom-types#types-provided-by-mikroorm */

interface Typed {
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
}

const UNTYPED: Typed = { type: 'unknown', written: '', isList: false };

/** What the names of MikroORM's own types stand for, where they are not those of databases. */
const OWN_TYPES: Readonly<Record<string, ColumnType>> = {
  number: 'integer',
  smallserial: 'integer',
  serial: 'integer',
  bigserial: 'bigint',
  float: 'float',
  double: 'float',
  character: 'string',
  object: 'json',
  buffer: 'bytes',
  uint8array: 'bytes',
  objectid: 'object-id',
};

const typeCalled = (name: string): ColumnType => {
  const bare = name
    .toLowerCase()
    .replace(/\s*\(.*\)/, '')
    .replace(/\[\]$/, '');
  return OWN_TYPES[bare] ?? storedType(bare);
};

function typeIn({ property, given, isEnum, node }: Reading, annotation: ts.TypeNode | undefined): Typed {
  const { values } = given;
  const column = firstAt(given, ['columnTypes', 'columnType']);
  const type = given.at('type') ?? given.at('customType');
  const own = type === undefined ? undefined : typeGiven(type, values);
  const name = column && values.textOf(column);
  if (column !== undefined) {
    const stored = name === undefined ? 'unknown' : typeCalled(name);
    return {
      type: own === 'custom' ? 'unknown' : stored,
      written: name ?? shortText(column),
      isList: name?.endsWith('[]') ?? false,
    };
  }
  if (isEnum || given.value('enum') === true) return enumIn(given);
  const built = type === undefined ? given.text('type') : undefined;
  if (built !== undefined)
    return { type: typeCalled(built), written: built, isList: /^(?:array|enumArray)$/.test(built) };
  if (type !== undefined) {
    const isList = /^(?:array|enumarray)$/i.test(typeNameOf(type, values) ?? '');
    return {
      type: own === undefined || own === 'custom' ? 'unknown' : own,
      written: shortText(type),
      isList,
    };
  }
  if (!given.isWhole) return UNTYPED;
  return annotation === undefined ? typeInferred(node, values) : typeAnnotated(annotation, values, property);
}

const firstAt = (given: Given, keys: readonly string[]): ts.Expression | undefined => {
  const found = keys.map((key) => given.at(key)).find((one) => one !== undefined);
  return found && (given.values.elementsOf(found)?.[0] ?? found);
};

/** The name of one of MikroORM's types: `'string'`, `types.string`, `StringType`, `new BigIntType('string')`. */
function typeNameOf(node: ts.Expression, values: Values): string | undefined {
  const text = values.textOf(node);
  if (text !== undefined) return text;
  const bare = bareExpression(node);
  if (ts.isNewExpression(bare)) return typeNameOf(bare.expression, values);
  if (isMember(bare)) {
    const base = values.meaningOf(bare.expression);
    const isTypes =
      base !== undefined && 'package' in base && isMikroOrm(base.package) && /^(?:t|types)$/.test(base.name);
    if (isTypes) return memberName(bare);
  }
  const meaning = values.meaningOf(bare);
  if (meaning === undefined || !('package' in meaning) || !isMikroOrm(meaning.package)) return undefined;
  return /^(\w+)Type$/.exec(meaning.name)?.[1];
}

/** What a type that is given holds; `custom` where the project converts its values. */
function typeGiven(node: ts.Expression, values: Values): ColumnType | 'custom' | undefined {
  const name = typeNameOf(node, values);
  if (name !== undefined) return typeCalled(name);
  const constructor = constructorNamed(node);
  if (constructor !== undefined) return constructor;
  const text = bareExpression(node).getText();
  return /\bObjectId$/.test(text) ? 'object-id' : 'custom';
}

/** Enums are stored as texts, or as numbers where all that they may be is numbers. */
function enumIn(given: Given): Typed {
  const { values } = given;
  const items = given.at('items');
  const meaning = items && values.givenBy(items);
  const isEnum = meaning !== undefined && 'node' in meaning && ts.isEnumDeclaration(meaning.node);
  const members: readonly Constant[] | undefined = isEnum
    ? meaning.node.members.map((member) => enumValueOf(member, values))
    : (items && values.elementsOf(items))?.map((one) => values.constantOf(one)?.value);
  const written = items === undefined ? 'enum' : `enum ${shortText(returnedBy(items) ?? items)}`;
  const isText = members?.every((one) => typeof one === 'string') ?? false;
  const isNumber = members?.every((one) => typeof one === 'number') ?? false;
  return { type: isText ? 'enum' : isNumber ? 'integer' : 'unknown', written, isList: false };
}

function enumValueOf(member: ts.EnumMember, values: Values): Constant {
  const { initializer } = member;
  return initializer === undefined ? 0 : values.constantOf(initializer)?.value;
}

/** Types that only mark what they hold: `Opt<string>`, `Ref<User>`. */
const MARKS =
  /^(?:Opt|Hidden|Ref|Rel|Reference|IdentifiedReference|ScalarReference|ScalarRef|Loaded|Collection|Promise)$/;

/** The type that marks are put on: `string` of `string & Opt`, `User` of `Ref<User> | null`. */
function unmarked(node: ts.TypeNode): ts.TypeNode {
  if (ts.isParenthesizedTypeNode(node)) return unmarked(node.type);
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) {
    const kept = node.types.filter((one) => !isNothing(one) && !isBareMark(one));
    return kept.length === 1 && kept[0] !== undefined ? unmarked(kept[0]) : node;
  }
  if (!ts.isTypeReferenceNode(node)) return node;
  const [first] = node.typeArguments ?? [];
  return first !== undefined && MARKS.test(nameOfType(node)) ? unmarked(first) : node;
}

const nameOfType = ({ typeName }: ts.TypeReferenceNode): string =>
  ts.isIdentifier(typeName) ? typeName.text : typeName.right.text;

const isBareMark = (node: ts.TypeNode): boolean =>
  ts.isTypeReferenceNode(node) && node.typeArguments === undefined && MARKS.test(nameOfType(node));

const isNothing = (node: ts.TypeNode): boolean =>
  node.kind === ts.SyntaxKind.UndefinedKeyword ||
  (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword);

function typeAnnotated(annotation: ts.TypeNode, values: Values, property: string): Typed {
  const bare = unmarked(annotation);
  const written = shortText(annotation);
  if (/\bObjectId$/.test(bare.getText())) return { type: 'object-id', written, isList: false };
  if (ts.isArrayTypeNode(bare)) return { type: values.typeOf(bare.elementType), written, isList: true };
  const type = values.typeOf(bare);
  return { type: property === '_id' && type === 'unknown' ? 'object-id' : type, written, isList: false };
}

/** The type of what a property begins as. */
function typeInferred(node: ts.ClassElement | undefined, values: Values): Typed {
  const initializer = node !== undefined && ts.isPropertyDeclaration(node) ? node.initializer : undefined;
  return initializer === undefined ? UNTYPED : { ...UNTYPED, type: values.typeOfValue(initializer) };
}

/* Embedded classes and relations */

function embeddedIn(
  { given }: Reading,
  annotation: ts.TypeNode | undefined,
  parts: Parts,
): Embedded | typeof UNREAD {
  const target = given.at('entity') ?? given.at('type');
  const node = target === undefined ? annotatedNode(annotation, given.values) : nodeOf(target, given.values);
  const part = node && parts.of(node);
  const prefix = given.value('prefix');
  if (part === undefined || prefix === UNREAD || !given.isWhole) return UNREAD;
  return {
    part,
    prefix: typeof prefix === 'string' || prefix === false ? prefix : true,
    isRelative: given.text('prefixMode') === 'relative',
  };
}

function nodeOf(target: ts.Expression, values: Values): ts.Node | undefined {
  const meaning = values.givenBy(target);
  return meaning !== undefined && 'node' in meaning ? meaning.node : undefined;
}

/** The class that a property is annotated with. */
function annotatedNode(annotation: ts.TypeNode | undefined, values: Values): ts.Node | undefined {
  const bare = annotation && unmarked(annotation);
  const name = bare !== undefined && ts.isTypeReferenceNode(bare) ? bare.typeName : undefined;
  const meaning = name && values.meaningOfName(name);
  return meaning !== undefined && 'node' in meaning ? meaning.node : undefined;
}

function relationIn(
  { kind, given, isComputed }: Reading,
  annotation: ts.TypeNode | undefined,
): DeclaredRelation {
  const { values } = given;
  const entity = given.at('entity');
  const node = entity === undefined ? annotatedNode(annotation, values) : undefined;
  const mapped = pathAt(given, 'mappedBy');
  const inversed = pathAt(given, 'inversedBy');
  const isSaid = given.value('owner') === true;
  const isOwner =
    kind === 'many-to-one' ||
    (kind !== 'one-to-many' && (isSaid || inversed !== undefined || mapped === undefined));
  const referenced = given.at('referencedColumnNames') ?? given.at('referenceColumnName');
  const pivot = given.at('pivotEntity');
  return {
    target: entity === undefined ? node && { node } : targetOf(entity, values),
    mappedBy: isOwner ? undefined : mapped,
    inversedBy: isOwner ? (inversed ?? mapped) : undefined,
    isOwner: isOwner && !isComputed,
    isEager: given.value('eager') === true,
    isFiltered: given.has('where'),
    isKey: given.value('mapToPk') === true,
    referenced:
      referenced && (values.elementsOf(referenced) ?? [referenced]).map((one) => values.textOf(one) ?? ''),
    pivotTable: given.text('pivotTable')?.split('.').at(-1),
    pivotEntity: pivot && (targetOf(pivot, values) ?? UNREAD),
  };
}

/** The class, the schema or the text that a relation is given: calls of `defineEntity` are schemas too. */
function targetOf(node: ts.Expression, values: Values): Target | undefined {
  const found = nodeOf(node, values);
  return found !== undefined && ts.isCallExpression(found) ? { node: found } : targetIn(node, values);
}

function pathAt(given: Given, key: string): string | undefined {
  const node = given.at(key);
  const path = node && inversePath(node, given.values);
  return path === UNREAD ? undefined : path;
}

/** What keeps a relation from being told, since what is written of it cannot be read. */
function doubtIn({ property, given }: Reading): string | undefined {
  for (const key of ['mappedBy', 'inversedBy']) {
    const node = given.at(key);
    if (node !== undefined && inversePath(node, given.values) === UNREAD)
      return `the other side of \`${property}\``;
  }
  const keys = ['owner', 'eager', 'mapToPk', 'pivotTable', 'persist'];
  const isUnread = !given.isWhole || keys.some((key) => given.value(key) === UNREAD);
  return isUnread ? `the options of \`${property}\`` : undefined;
}

/* Uniques, indexes and filters */

/** https://mikro-orm.io/docs/6.6/defining-entities#indexes */
function readKey({ name, args, values }: Decorator, property: string | undefined, part: Part): void {
  addKey(values.optionsOf(args[0]), property, name === 'Unique', part);
}

function addKey(options: Options, property: string | undefined, isUnique: boolean, part: Part): void {
  const { values } = options;
  const what = isUnique ? 'unique' : 'index';
  const given = options.at('properties');
  const listed = given && (values.elementsOf(given) ?? [given]).map((one) => values.textOf(one));
  const paths = listed ?? (property === undefined ? [] : [property]);
  const known = paths.filter((one) => one !== undefined);
  if (known.length === 0 || known.length !== paths.length) {
    part.unread.push(`the columns of ${isUnique ? 'a unique' : 'an index'}`);
    return;
  }
  const isPlain =
    options.isWhole &&
    ['expression', 'type', 'deferMode', 'options', 'where'].every((key) => !options.has(key));
  if (!isPlain) part.unread.push(`the ${what} of \`${known.join('`, `')}\`, whose options say more`);
  else if (isUnique) part.uniques.push(known);
  else part.indexes.push(known);
}

/** https://mikro-orm.io/docs/6.6/filters */
function addFilter(options: Options, name: string | undefined, text: string, part: Part): void {
  const isDefault = options.value('default');
  if (isDefault === false || (isDefault === undefined && options.isWhole)) return;
  if (!options.isWhole) part.unread.push(`the filter \`${text}\``);
  part.filters.push(filterFrom(options, name ?? options.text('name') ?? text, text));
}

function filterFrom(options: Options, name: string, text: string): Filter {
  const cond = options.at('cond');
  return {
    name,
    text: cond === undefined ? text : `${name}: ${shortText(bareExpression(cond))}`,
    nullProperty: cond && nullPropertyIn(cond, options.values),
  };
}

/** The one property that all objects in a condition want to be null. */
function nullPropertyIn(cond: ts.Expression, values: Values): string | undefined {
  const meaning = values.meaningOf(cond);
  if (meaning === undefined || !('node' in meaning)) return undefined;
  const objects = [...nodesIn(meaning.node)]
    .filter(
      (node) =>
        ts.isObjectLiteralExpression(node) &&
        (node === meaning.node || !ts.isPropertyAssignment(node.parent)),
    )
    .filter((node) => ts.isObjectLiteralExpression(node) && !ts.isParameter(node.parent))
    .map((node) => (ts.isExpression(node) ? values.optionsOf(node) : undefined))
    .filter((options) => options !== undefined && (options.keys.length > 0 || !options.isWhole));
  const names = new Set(
    objects.map((options) => {
      const [key, ...more] = options?.keys ?? [];
      return key !== undefined && more.length === 0 && options?.value(key) === null ? key : undefined;
    }),
  );
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

interface AddedFilter {
  readonly filter: Filter;
  /** The classes or schemas that it is for; undefined for all. */
  readonly targets: readonly ts.Node[] | undefined;
}

/** Filters that `em.addFilter(…)` or the configuration adds, which are on where nobody says otherwise. */
function filtersAround(source: ts.SourceFile, values: Values): readonly AddedFilter[] {
  if (!/\baddFilter\b|\bfilters\b/.test(source.text)) return [];
  return [...nodesIn(source)].flatMap((node) => {
    if (!ts.isCallExpression(node)) return [];
    const callee = bareExpression(node.expression);
    const name = isMember(callee) ? memberName(callee) : callee.getText();
    if (name === 'addFilter') return addedBy(node, values);
    return /^(?:defineConfig|init|initSync)$/.test(name ?? '') ? configuredBy(node, values) : [];
  });
}

function addedBy(call: ts.CallExpression, values: Values): readonly AddedFilter[] {
  const [name, cond, entities, isOn] = call.arguments;
  if (cond === undefined || (isOn !== undefined && values.constantOf(isOn)?.value === false)) return [];
  const text = (name && values.textOf(name)) ?? shortText(call);
  const filter = {
    name: text,
    text: `${text}: ${shortText(cond)}`,
    nullProperty: nullPropertyIn(cond, values),
  };
  return [{ filter, targets: nodesGiven(entities, values) }];
}

function configuredBy(call: ts.CallExpression, values: Values): readonly AddedFilter[] {
  const filters = values.optionsOf(values.optionsOf(call.arguments[0]).at('filters'));
  return filters.keys.flatMap((name) => {
    const options = values.optionsOf(filters.at(name));
    if (options.value('default') === false) return [];
    return [{ filter: filterFrom(options, name, name), targets: nodesGiven(options.at('entity'), values) }];
  });
}

/** The classes or schemas in a list; undefined where there is none, or where one is not found. */
function nodesGiven(node: ts.Expression | undefined, values: Values): readonly ts.Node[] | undefined {
  if (node === undefined) return undefined;
  const nodes = (values.elementsOf(node) ?? [node]).map((one) => nodeOf(one, values));
  const found = nodes.filter(
    (one) => one !== undefined && (ts.isClassLike(one) || isSchemaNode(one, values)),
  );
  return found.length === nodes.length ? found.filter((one) => one !== undefined) : undefined;
}

/** Whether it makes a schema: `new EntitySchema(…)`, `defineEntity(…)`. */
function isSchemaNode(node: ts.Node, values: Values): node is ts.NewExpression | ts.CallExpression {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  if (!ts.isIdentifier(node.expression) && !isMember(node.expression)) return false;
  const meaning = values.meaningOf(node.expression);
  if (meaning === undefined || !('package' in meaning) || !isMikroOrm(meaning.package)) return false;
  return meaning.name === (ts.isNewExpression(node) ? 'EntitySchema' : 'defineEntity');
}

/* Reading schemas: https://mikro-orm.io/docs/6.6/entity-schema and https://mikro-orm.io/docs/6.6/define-entity */

function entityOfSchema(node: ts.Node, parts: Parts): Entity | undefined {
  const { values } = parts;
  if (!isSchemaNode(node, values)) return undefined;
  const options = values.optionsOf(node.arguments?.[0]);
  if (options.value('embeddable') === true) return undefined;
  const part = parts.ofSchema(node);
  const own = part.target && ts.isClassLike(part.target) ? part.target.name?.text : undefined;
  const targetName = own ?? options.text('name');
  const name = own ?? variableOf(node) ?? targetName;
  return name === undefined ? undefined : entityFrom(options, part, name, targetName ?? name, node);
}

function readSchema(options: Options, part: Part, parts: Parts): void {
  if (!options.isWhole) part.unread.push('the options of the entity');
  const { values } = options;
  const named = options.at('class');
  const own = named && nodeOf(named, values);
  if (own !== undefined && ts.isClassLike(own)) {
    part.target = own;
    part.virtuals.push(...parts.ofClass(own).virtuals);
  }
  const base = options.at('extends');
  if (base !== undefined && values.textOf(base) !== undefined)
    part.unread.push(`what \`${values.textOf(base)}\` declares, which it extends`);
  else readBase(base ?? (own !== undefined && ts.isClassLike(own) ? baseOf(own) : undefined), part, parts);
  readSchemaProperties(options, part, parts);
  for (const [key, isUnique] of [
    ['indexes', false],
    ['uniques', true],
  ] as const) {
    const list = options.at(key);
    const given = list && values.elementsOf(list);
    if (list !== undefined && given === undefined) part.unread.push(`its ${key}`);
    for (const one of given ?? []) addKey(values.optionsOf(one), undefined, isUnique, part);
  }
  const filters = values.optionsOf(options.at('filters'));
  if (!filters.isWhole) part.unread.push('some of its filters');
  for (const name of filters.keys) addFilter(values.optionsOf(filters.at(name)), name, name, part);
  const hooks = values.optionsOf(options.at('hooks'));
  part.hooks.push(...hooks.keys);
}

function readSchemaProperties(options: Options, part: Part, parts: Parts): void {
  const { values } = options;
  const given = options.at('properties');
  const returned = given && returnedBy(bareExpression(given));
  const properties = values.optionsOf(returned ?? given);
  if (!properties.isWhole) part.unread.push('some of its properties');
  for (const property of properties.keys) {
    const node = properties.at(property);
    if (node === undefined) continue;
    const built = builtBy(node, values);
    const value = built ?? values.optionsOf(node);
    const kind = kindIn(value);
    if (kind === undefined) {
      part.unread.push(`the property \`${property}\``);
      continue;
    }
    addProperty(
      {
        property,
        kind,
        given: value,
        isPrimary: false,
        isEnum: false,
        isComputed: value.value('serializedPrimaryKey') === true,
        node: undefined,
      },
      part,
      parts,
    );
  }
}

const KINDS_IN_SCHEMAS: Readonly<Record<string, Kind>> = {
  scalar: 'scalar',
  embedded: 'embedded',
  '1:1': 'one-to-one',
  'm:1': 'many-to-one',
  '1:m': 'one-to-many',
  'm:n': 'many-to-many',
  SCALAR: 'scalar',
  EMBEDDED: 'embedded',
  ONE_TO_ONE: 'one-to-one',
  MANY_TO_ONE: 'many-to-one',
  ONE_TO_MANY: 'one-to-many',
  MANY_TO_MANY: 'many-to-many',
};

/** The kind that a property of a schema is of, given as a text or as a member of `ReferenceKind`. */
function kindIn(given: Given): Kind | undefined {
  const text = given.text('kind') ?? given.text('reference');
  if (text !== undefined) return KINDS_IN_SCHEMAS[text];
  const node = given.at('kind') ?? given.at('reference');
  if (node === undefined) return given.isWhole || given.at('type') !== undefined ? 'scalar' : undefined;
  const bare = bareExpression(node);
  const name = isMember(bare) ? memberName(bare) : undefined;
  return name === undefined ? undefined : KINDS_IN_SCHEMAS[name];
}

const BUILT_KINDS: Readonly<Record<string, string>> = {
  embedded: 'embedded',
  oneToOne: '1:1',
  manyToOne: 'm:1',
  oneToMany: '1:m',
  manyToMany: 'm:n',
};

/** What the calls of a builder give: `p.string().nullable()`. Undefined where it is none. */
function builtBy(node: ts.Expression, values: Values): Given | undefined {
  const bare = bareExpression(node);
  const chain = returnedBy(bare) ?? bare;
  const calls: ts.CallExpression[] = [];
  for (let at: ts.Expression = chain; ts.isCallExpression(at);) {
    calls.unshift(at);
    const callee = bareExpression(at.expression);
    if (!isMember(callee)) return undefined;
    at = bareExpression(callee.expression);
  }
  const [first, ...steps] = calls;
  if (first === undefined) return undefined;
  const made = calledName(first);
  return made === undefined ? undefined : new Built(values, made, first, steps);
}

function calledName(call: ts.CallExpression): string | undefined {
  const callee = bareExpression(call.expression);
  return isMember(callee) ? memberName(callee) : undefined;
}

/** Options as the calls of a builder give them: a call without an argument says that something is so. */
class Built implements Given {
  readonly values: Values;
  readonly isWhole: boolean;
  private readonly made: string;
  private readonly entries = new Map<string, readonly ts.Expression[]>();

  constructor(values: Values, made: string, first: ts.CallExpression, steps: readonly ts.CallExpression[]) {
    this.values = values;
    this.made = made;
    const named = /^(?:type|formula)$/.test(made) ? made : made === 'enum' ? 'items' : 'entity';
    if (named !== 'entity' || BUILT_KINDS[made] !== undefined) this.entries.set(named, [...first.arguments]);
    for (const step of steps) {
      const name = calledName(step);
      if (name !== undefined) this.entries.set(name, [...step.arguments]);
    }
    this.isWhole = steps.every((step) => calledName(step) !== undefined);
  }

  at(key: string): ts.Expression | undefined {
    return this.entries.get(key)?.[0];
  }

  all(key: string): readonly ts.Expression[] | undefined {
    return this.entries.get(key);
  }

  value(key: string): Constant | typeof UNREAD {
    if (key === 'kind') return BUILT_KINDS[this.made] ?? 'scalar';
    if (key === 'enum') return this.made === 'enum';
    if (key === 'type' && !this.entries.has('type')) return this.made;
    const args = this.entries.get(key);
    if (args === undefined) return undefined;
    const [first] = args;
    if (first === undefined) return true;
    const constant = this.values.constantOf(first);
    return constant === undefined ? UNREAD : constant.value;
  }

  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }
}

/* Subscribers: https://mikro-orm.io/docs/6.6/events */

interface Subscriber {
  /** The classes or schemas that it is told of; undefined for all. */
  readonly targets: readonly ts.Node[] | undefined;
  readonly hooks: readonly string[];
}

const SUBSCRIBED =
  /^(?:on(?:Init|Load|Flush)|(?:before|after)(?:Create|Update|Upsert|Delete|Flush|Transaction(?:Start|Commit|Rollback)))$/;

function subscribersIn(source: ts.SourceFile, values: Values): readonly Subscriber[] {
  return [...nodesIn(source)]
    .filter((node) => ts.isClassLike(node))
    .filter((node) =>
      (node.heritageClauses ?? [])
        .flatMap(({ types }) => [...types])
        .some(({ expression }) => expression.getText().endsWith('EventSubscriber')),
    )
    .map((node) => {
      const subscribed = node.members.find(({ name }) => name?.getText() === 'getSubscribedEntities');
      const names = node.members.map(({ name }) => name?.getText() ?? '');
      return {
        targets: subscribed && nodesGiven(returnedBy(subscribed), values),
        hooks: names.filter((name) => SUBSCRIBED.test(name)),
      };
    });
}
