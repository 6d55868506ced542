import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { bareExpression, classAround, isMember, memberName } from '../effects/symbols.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';
import { shown, siteOf, UNKNOWN, Values, type Members, type MemberValue } from './sequelize-schema.ts';

/**
 * The models that `sources` declare for Objection: the classes below its `Model` that say which table is theirs. Objection knows no
 * columns but those that its JSON schemas, keys and relations name.
 * Source: https://vincit.github.io/objection.js/api/model/static-properties.html
 */
export function readObjectionModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  if (!sources.some(({ text }) => PACKAGE.test(text))) return [];
  const values = new Values(checker);
  const files = sources.filter(({ text }) => /\bextends\b|\btableName\b/.test(text));
  const given = givenMembers(files, values);
  const isSnakeInDatabase = sources.some(({ text }) => /\bknexSnakeCaseMappers\s*\(/.test(text));
  const drafts = files
    .flatMap(classesIn)
    .flatMap((node) => draftOf(node, values, given, isSnakeInDatabase) ?? []);
  const catalog: Catalog = { drafts, values, files: sources };
  for (const draft of drafts) readTable(draft, catalog);
  const mappings = drafts.flatMap((draft) => mappingsOf(draft, catalog));
  return drafts.map((draft) => modelOf(draft, mappings, catalog));
}

const PACKAGE = /['"]objection['"]/;

// ---------------------------------------------------------------------------------------------------------------------------------
// Classes

/** Members that are given to classes after their declaration: `Person.tableName = 'persons'`. */
type GivenMembers = ReadonlyMap<ts.ClassLikeDeclaration, ReadonlyMap<string, ts.Expression>>;

/** A class and those above it, with what is not of the project. */
interface Lineage {
  /** The nearest first. */
  readonly classes: readonly ts.ClassLikeDeclaration[];
  /** Functions that add to the class and cannot be looked into. */
  readonly mixins: readonly string[];
  /** Whether the library's own `Model` is above it. */
  readonly isModel: boolean;
}

/** A model while it is put together. */
class Draft {
  readonly name: string;
  readonly node: ts.ClassLikeDeclaration;
  readonly lineage: Lineage;
  readonly given: GivenMembers;
  readonly names: Names;
  readonly unread = new Set<string>();
  table: string | undefined;

  constructor(
    name: string,
    node: ts.ClassLikeDeclaration,
    lineage: Lineage,
    given: GivenMembers,
    names: Names,
  ) {
    this.name = name;
    this.node = node;
    this.lineage = lineage;
    this.given = given;
    this.names = names;
    for (const mixin of lineage.mixins) this.unread.add(`what \`${mixin}\` adds`);
    if (names.unread !== undefined) this.unread.add(names.unread);
  }
}

interface Catalog {
  readonly drafts: readonly Draft[];
  readonly values: Values;
  readonly files: readonly ts.SourceFile[];
}

function classesIn(source: ts.SourceFile): readonly ts.ClassLikeDeclaration[] {
  const found: ts.ClassLikeDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && node.heritageClauses !== undefined) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function givenMembers(files: readonly ts.SourceFile[], values: Values): GivenMembers {
  const given = new Map<ts.ClassLikeDeclaration, Map<string, ts.Expression>>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      isMember(node.left) &&
      STATIC.test(memberName(node.left) ?? '')
    ) {
      const owner = values.follow(node.left.expression);
      if (ts.isClassLike(owner)) {
        const known = given.get(owner) ?? new Map<string, ts.Expression>();
        given.set(owner, known.set(memberName(node.left) ?? '', node.right));
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) if (/\.(?:tableName|relationMappings)\s*=/.test(file.text)) visit(file);
  return given;
}

/** Members of a class that the library reads. */
const STATIC =
  /^(?:tableName|idColumn|relationMappings|jsonSchema|jsonAttributes|virtualAttributes|columnNameMappers|modelPaths)$/;

function draftOf(
  node: ts.ClassLikeDeclaration,
  values: Values,
  given: GivenMembers,
  isSnakeInDatabase: boolean,
): Draft | undefined {
  const lineage = lineageOf(node, values);
  const name = className(node);
  if (!lineage.isModel || name === undefined) return undefined;
  if (staticMember(lineage, given, 'tableName') === undefined) return undefined;
  const names = namesOf(lineage, given, values, isSnakeInDatabase);
  return new Draft(name, node, lineage, given, names);
}

function className(node: ts.ClassLikeDeclaration): string | undefined {
  const variable = ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined;
  return node.name?.text ?? (variable !== undefined && ts.isIdentifier(variable) ? variable.text : undefined);
}

function lineageOf(node: ts.ClassLikeDeclaration, values: Values): Lineage {
  const classes: ts.ClassLikeDeclaration[] = [];
  const mixins: string[] = [];
  let isModel = false;
  const visit = (expression: ts.Expression): void => {
    const bare = bareExpression(expression);
    const found = values.follow(bare);
    if (ts.isClassLike(found)) visitClass(found);
    if (ts.isCallExpression(bare)) {
      // `class extends Base`, where a function is given the base.
      if (!ts.isClassLike(found)) mixins.push(shown(bare.expression));
      for (const argument of bare.arguments) visit(argument);
    } else if (ts.isCallExpression(found)) visit(found);
    else if (isLibraryModel(bare) || (ts.isExpression(found) && isLibraryModel(found))) isModel = true;
  };
  const visitClass = (at: ts.ClassLikeDeclaration): void => {
    if (classes.includes(at)) return;
    classes.push(at);
    const base = at.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    if (base !== undefined) visit(base.expression);
  };
  visitClass(node);
  return { classes, mixins, isModel };
}

/** Whether an expression is the `Model` of the package, in a file that imports it. */
const isLibraryModel = (node: ts.Expression): boolean =>
  /^(?:[\w$]+\.|require\(['"]objection['"]\)\.)?Model$/.test(node.getText()) &&
  PACKAGE.test(node.getSourceFile().text);

const isStatic = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);

const nameOf = (node: ts.ClassElement): string | undefined =>
  node.name !== undefined && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))
    ? node.name.text
    : undefined;

/** The value of a static member of a class or of one above it: what a property is, or a getter or a method gives. */
function staticMember(
  { classes }: Lineage,
  given: GivenMembers,
  name: string,
): ts.Expression | ts.ClassElement | undefined {
  for (const node of classes) {
    const later = given.get(node)?.get(name);
    const own = node.members.find((one) => isStatic(one) && nameOf(one) === name);
    const value = own !== undefined && ts.isPropertyDeclaration(own) ? own.initializer : own;
    if (later !== undefined || value !== undefined) return later ?? value;
  }
  return undefined;
}

/** The value of a static member as an expression: functions are called. */
function staticValue(draft: Pick<Draft, 'lineage' | 'given'>, name: string, values: Values): Found {
  const member = staticMember(draft.lineage, draft.given, name);
  if (member === undefined) return undefined;
  const called = ts.isGetAccessor(member) ? member : values.function(member);
  if (called !== undefined) return values.result(called) ?? UNKNOWN;
  return ts.isExpression(member) ? member : UNKNOWN;
}

type Found = ts.Expression | undefined | typeof UNKNOWN;

// ---------------------------------------------------------------------------------------------------------------------------------
// Names of columns

/** How columns are called in code and in the database. */
interface Names {
  inCode(column: string): string;
  inDatabase(name: string): string;
  readonly unread?: string;
}

const SAME: Names = { inCode: (column) => column, inDatabase: (name) => name };

/** `owner_id` is `ownerId`. */
const camelCase = (text: string): string =>
  text.replace(/(?<=.)_+(.)/g, (_, letter: string) => letter.toUpperCase());

/** `ownerID` is `owner_id`. */
const snakeCase = (text: string): string =>
  text
    .replace(/(?<=(.))\p{Lu}/gu, (letter, before: string) =>
      /\p{Lu}/u.test(before) ? letter.toLowerCase() : `_${letter.toLowerCase()}`,
    )
    .replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());

function namesOf(lineage: Lineage, given: GivenMembers, values: Values, isSnakeInDatabase: boolean): Names {
  const parses = lineage.classes
    .flatMap(({ members }) => [...members])
    .find((one) => nameOf(one) === '$parseDatabaseJson');
  if (parses !== undefined && /mapKeys|camel|snake/i.test(parses.getText()))
    return { ...SAME, unread: 'names of columns that `$parseDatabaseJson` makes' };
  const mappers = staticValue({ lineage, given }, 'columnNameMappers', values);
  // Names are changed on the way to the database, below what models know.
  if (mappers === undefined) return isSnakeInDatabase ? { ...SAME, inDatabase: snakeCase } : SAME;
  const call = mappers === UNKNOWN ? undefined : values.follow(mappers);
  const isPlain =
    call !== undefined &&
    ts.isCallExpression(call) &&
    /(?:^|\.)snakeCaseMappers$/.test(call.expression.getText()) &&
    call.arguments.length === 0;
  return isPlain
    ? { inCode: camelCase, inDatabase: snakeCase }
    : { ...SAME, unread: 'names of columns that `columnNameMappers` makes' };
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Texts

/** A text, put together of literals, names of tables, and parts of paths. */
function textOf(node: ts.Node, catalog: Catalog): string | undefined {
  const { values } = catalog;
  const bare = ts.isExpression(node) ? bareExpression(node) : node;
  if (ts.isStringLiteralLike(bare)) return bare.text;
  if (ts.isIdentifier(bare) && bare.text === '__dirname') return dirname(bare.getSourceFile().fileName);
  if (bare.getText() === 'import.meta.dirname') return dirname(bare.getSourceFile().fileName);
  if (ts.isTemplateExpression(bare)) {
    const parts = bare.templateSpans.map(({ expression, literal }) => {
      const text = textOf(expression, catalog);
      return text === undefined ? undefined : text + literal.text;
    });
    return parts.includes(undefined) ? undefined : bare.head.text + parts.join('');
  }
  if (ts.isBinaryExpression(bare) && bare.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(bare.left, catalog), textOf(bare.right, catalog)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (ts.isCallExpression(bare) && /^(?:path\.)?(?:join|resolve)$/.test(bare.expression.getText())) {
    const parts = bare.arguments.map((one) => textOf(one, catalog));
    const known = parts.filter((one) => one !== undefined);
    return known.length === parts.length && known.length > 0 ? join(...known) : undefined;
  }
  if (isMember(bare) && memberName(bare) === 'tableName') {
    const owner = ownerOf(bare.expression, values);
    const table = catalog.drafts.find((one) => one.node === owner)?.table;
    if (table !== undefined) return table;
  }
  const next = values.step(bare);
  return next === undefined ? undefined : textOf(next, catalog);
}

/** The class that `this` or a name stands for. */
function ownerOf(node: ts.Expression, values: Values): ts.Node | undefined {
  return node.kind === ts.SyntaxKind.ThisKeyword ? classAround(node) : values.follow(node);
}

/** The texts of a list, or the one text. */
function textsOf(node: ts.Node, catalog: Catalog): readonly string[] | undefined {
  const elements = catalog.values.elements(node) ?? [node];
  const texts = elements.map((one) => textOf(one, catalog));
  const known = texts.filter((one) => one !== undefined);
  return known.length === texts.length ? known : undefined;
}

/** Reads the name of the table, and notes where it cannot be read. */
function readTable(draft: Draft, catalog: Catalog): void {
  const value = staticValue(draft, 'tableName', catalog.values);
  draft.table = value === undefined || value === UNKNOWN ? undefined : textOf(value, catalog);
  if (draft.table === undefined) draft.unread.add('the name of its table');
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Relations

/** A relation as it is declared, with the columns of the join table. */
interface Mapping {
  readonly owner: Draft;
  readonly related: Draft;
  readonly relation: Omit<Relation, 'inverse'>;
  /** The columns of the join table that lead to the two models. */
  readonly join: readonly [toOwner: readonly string[], toRelated: readonly string[]] | undefined;
}

const KINDS: readonly (readonly [pattern: RegExp, kind: Relation['kind']])[] = [
  [/\b(?:BelongsToOneRelation|HasOneRelation|HasOneThroughRelation)$/, 'one'],
  [/\b(?:HasManyRelation|ManyToManyRelation)$/, 'many'],
];

function mappingsOf(draft: Draft, catalog: Catalog): readonly Mapping[] {
  const value = staticValue(draft, 'relationMappings', catalog.values);
  if (value === undefined) return [];
  const members = value === UNKNOWN ? undefined : inherited(value, draft, catalog);
  if (members === undefined) draft.unread.add('its relations');
  for (const one of members?.unread ?? []) draft.unread.add(`relations from ${one}`);
  return [...(members?.of ?? [])].flatMap(([name, mapping]) => {
    const read = mappingOf(name, mapping, draft, catalog);
    if (typeof read !== 'string') return [read];
    draft.unread.add(`the relation \`${name}\`: ${read}`);
    return [];
  });
}

/** The members of a mapping, in which `...super.relationMappings` is looked up above. */
function inherited(value: ts.Expression, draft: Draft, { values }: Catalog): Members | undefined {
  const members = values.members(value);
  const fromAbove =
    members?.unread.filter((one) => /`\.\.\.super\.relationMappings(?:\(\))?`/.test(one)) ?? [];
  const around = classAround(value) ?? draft.node;
  const above = draft.lineage.classes.slice(draft.lineage.classes.indexOf(around) + 1);
  if (members === undefined || fromAbove.length === 0 || above.length === 0) return members;
  const lineage = { ...draft.lineage, classes: above };
  const base = staticValue({ lineage, given: draft.given }, 'relationMappings', values);
  const found = base === undefined || base === UNKNOWN ? undefined : values.members(base);
  if (found === undefined) return members;
  const others = members.unread.filter((one) => !fromAbove.includes(one));
  return { of: new Map([...found.of, ...members.of]), unread: [...found.unread, ...others] };
}

/** The relation, or what of it cannot be read. */
function mappingOf(name: string, node: MemberValue, owner: Draft, catalog: Catalog): Mapping | string {
  const { values } = catalog;
  const members = values.members(node);
  const [relationNode, modelNode, joinNode] = ['relation', 'modelClass', 'join'].map((one) =>
    members?.of.get(one),
  );
  const whole = joinNode === undefined ? undefined : values.members(joinNode);
  if (members === undefined || members.unread.length > 0) return 'its mapping';
  const kind = relationNode === undefined ? undefined : kindOf(relationNode);
  if (kind === undefined) return 'its kind';
  const related = modelNode === undefined ? undefined : modelAt(modelNode, owner, catalog);
  if (related === undefined) return 'its model, which is not found';
  const sides = whole === undefined ? undefined : sidesOf(whole, owner, related, catalog);
  if (sides === undefined) return 'its keys';
  const through = whole?.of.get('through');
  const filters = [members, through === undefined ? undefined : values.members(through)];
  return {
    owner,
    related,
    join: sides.join,
    relation: {
      name,
      kind,
      model: related.name,
      from: sides.from,
      to: sides.to,
      ...(sides.through === undefined ? {} : { through: sides.through }),
      isEager: false,
      isLazy: false,
      isFiltered: filters.some((one) => one?.of.has('modify') === true || one?.of.has('filter') === true),
    },
  };
}

const kindOf = (node: MemberValue): Relation['kind'] | undefined =>
  KINDS.find(([pattern]) => pattern.test(node.getText()))?.[1];

/** The model that a class, a thunk, or the path of a file stands for. */
function modelAt(node: MemberValue, owner: Draft, catalog: Catalog): Draft | undefined {
  const { values, drafts } = catalog;
  const thunk = values.function(node);
  const value = (thunk === undefined ? undefined : values.result(thunk)) ?? node;
  const found = value.kind === ts.SyntaxKind.ThisKeyword ? owner.node : values.follow(value);
  if (ts.isClassLike(found)) return drafts.find((one) => one.node === found);
  const path = textOf(value, catalog);
  if (path !== undefined) return modelInFile(path, owner, catalog);
  return onlyModelOf(drafts.filter((one) => one.node.getSourceFile() === found));
}

/** The model that the file at a path exports; what is no whole path is looked up below `modelPaths`. */
function modelInFile(path: string, owner: Draft, catalog: Catalog): Draft | undefined {
  const paths = path.startsWith('/') ? undefined : staticValue(owner, 'modelPaths', catalog.values);
  const folders = paths === undefined || paths === UNKNOWN ? [] : (textsOf(paths, catalog) ?? []);
  const places = path.startsWith('/') ? [path] : folders.map((folder) => join(folder, path));
  const file = places
    .flatMap((place) => catalog.files.filter(({ fileName }) => isModule(fileName, place)))
    .at(0);
  return onlyModelOf(catalog.drafts.filter((one) => one.node.getSourceFile() === file));
}

/** Whether a file is the module that a path without extension stands for. */
const isModule = (file: string, path: string): boolean =>
  file === path ||
  [path, path.replace(/\.[cm]?[jt]s$/, '')].includes(file.replace(/(?:\/index)?\.[cm]?[jt]s$/, ''));

const onlyModelOf = ([only, second]: readonly Draft[]): Draft | undefined =>
  second === undefined ? only : undefined;

/** The keys of the two sides of a relation, and those of its join table. */
interface Sides {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly through: string | undefined;
  readonly join: Mapping['join'];
}

function sidesOf(whole: Members, owner: Draft, related: Draft, catalog: Catalog): Sides | undefined {
  const [from, to] = [keyOf(whole.of.get('from'), catalog), keyOf(whole.of.get('to'), catalog)];
  const throughNode = whole.of.get('through');
  const through = throughNode === undefined ? undefined : catalog.values.members(throughNode);
  if (from === undefined || to === undefined || whole.unread.length > 0) return undefined;
  if (owner.names.unread !== undefined || related.names.unread !== undefined) return undefined;
  // `from` may be the key of either side.
  const isForward = from.table === owner.table;
  const [own, other] = isForward ? [from, to] : [to, from];
  if (own.table !== owner.table || other.table !== related.table) return undefined;
  const sides = {
    from: own.columns.map((one) => owner.names.inCode(one)),
    to: other.columns.map((one) => related.names.inCode(one)),
  };
  if (throughNode === undefined)
    return hasSameLength(own, other) ? { ...sides, through: undefined, join: undefined } : undefined;
  const [first, second] = [keyOf(through?.of.get('from'), catalog), keyOf(through?.of.get('to'), catalog)];
  if (first === undefined || second === undefined || first.table !== second.table) return undefined;
  const [toOwner, toRelated] = isForward ? [first, second] : [second, first];
  if (!hasSameLength(own, toOwner) || !hasSameLength(other, toRelated)) return undefined;
  return { ...sides, through: first.table, join: [toOwner.columns, toRelated.columns] };
}

interface Key {
  readonly table: string;
  readonly columns: readonly string[];
}

const hasSameLength = (one: Key, other: Key): boolean => one.columns.length === other.columns.length;

/** The columns that `'persons.id'`, or a list of such, names. Parts of documents are none. */
function keyOf(node: MemberValue | undefined, catalog: Catalog): Key | undefined {
  const references = node === undefined ? undefined : referencesOf(node, catalog);
  const parts = references?.map((one) => /^([^:]+)\.([^.:]+)$/.exec(one));
  const table = parts?.[0]?.[1];
  if (parts === undefined || table === undefined || parts.some((one) => one?.[1] !== table)) return undefined;
  return { table, columns: parts.flatMap((one) => one?.[2] ?? []) };
}

/** The texts of references, which `ref('persons.id')` may hold. */
function referencesOf(node: MemberValue, catalog: Catalog): readonly string[] | undefined {
  const elements = catalog.values.elements(node) ?? [node];
  const texts = elements.map((one) => {
    const isRef = ts.isCallExpression(one) && /(?:^|\.)ref$/.test(one.expression.getText());
    const text = isRef ? one.arguments[0] : one;
    return text === undefined ? undefined : textOf(text, catalog);
  });
  const known = texts.filter((one) => one !== undefined);
  return known.length === texts.length ? known : undefined;
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The models as they are told

function modelOf(draft: Draft, mappings: readonly Mapping[], catalog: Catalog): Model {
  const { values } = catalog;
  const own = mappings.filter(({ owner }) => owner === draft);
  const primaryKey = primaryKeyOf(draft, catalog);
  const query = ownQuery(draft);
  return {
    orm: 'objection',
    name: draft.name,
    table: draft.table,
    columns: columnsOf(draft, primaryKey, mappings, catalog),
    primaryKey,
    uniques: [],
    indexes: [],
    relations: own.map((one) => withInverse(one, mappings)),
    hooks: [
      ...new Set(
        membersOf(draft)
          .filter(isHook)
          .flatMap((one) => nameOf(one) ?? []),
      ),
    ],
    defaultScope: query === undefined ? undefined : scopeOf(query, values),
    softDelete: undefined,
    virtuals: virtualsOf(draft, catalog),
    unread: [...draft.unread, ...unreadQueries(draft)],
    seenAt: siteOf(draft.node),
  };
}

const membersOf = ({ lineage }: Draft): readonly ts.ClassElement[] =>
  lineage.classes.flatMap(({ members }) => [...members]);

/** Hooks of instances and of queries. Source: https://vincit.github.io/objection.js/guide/hooks.html */
const isHook = (member: ts.ClassElement): boolean =>
  isStatic(member)
    ? /^(?:before|after)(?:Find|Insert|Update|Delete)$/.test(nameOf(member) ?? '')
    : /^\$(?:(?:before|after)(?:Find|Insert|Update|Delete|Validate)|(?:parse|format)(?:Database)?Json)$/.test(
        nameOf(member) ?? '',
      );

/** The `query` that a class has instead of the library's. */
const ownQuery = (draft: Draft): ts.ClassElement | undefined =>
  membersOf(draft).find((one) => isStatic(one) && nameOf(one) === 'query');

/** What every query begins with, as it is written. */
function scopeOf(query: ts.ClassElement, values: Values): string {
  const called = values.function(query);
  return ((called === undefined ? undefined : values.result(called)) ?? query).getText();
}

function unreadQueries(draft: Draft): readonly string[] {
  const builder = staticMember(draft.lineage, draft.given, 'QueryBuilder');
  return builder === undefined ? [] : ['what its own `QueryBuilder` adds to queries'];
}

function primaryKeyOf(draft: Draft, catalog: Catalog): readonly string[] {
  const value = staticValue(draft, 'idColumn', catalog.values);
  if (value === undefined) return ['id'];
  if (value !== UNKNOWN && value.kind === ts.SyntaxKind.NullKeyword) return [];
  const columns = value === UNKNOWN ? undefined : textsOf(value, catalog);
  if (columns === undefined) draft.unread.add('its primary key');
  return (columns ?? []).map((one) => draft.names.inCode(one));
}

function virtualsOf(draft: Draft, catalog: Catalog): readonly string[] {
  const value = staticValue(draft, 'virtualAttributes', catalog.values);
  const listed = value === undefined || value === UNKNOWN ? [] : textsOf(value, catalog);
  if (value === UNKNOWN || listed === undefined) draft.unread.add('its virtual attributes');
  const getters = membersOf(draft).filter((one) => ts.isGetAccessor(one) && !isStatic(one));
  return [...new Set([...(listed ?? []), ...getters.flatMap((one) => nameOf(one) ?? [])])];
}

/** The columns that the JSON schema, the keys and the relations name. */
function columnsOf(
  draft: Draft,
  primaryKey: readonly string[],
  mappings: readonly Mapping[],
  catalog: Catalog,
): readonly Column[] {
  const columns = new Map<string, Column>();
  const add = (name: string, column: Partial<Column> = {}): void => {
    const isKey = primaryKey.includes(name);
    const known = columns.get(name) ?? {
      name,
      column: draft.names.inDatabase(name),
      type: 'unknown',
      written: '',
      isNullable: undefined,
      isList: false,
      isHidden: false,
    };
    columns.set(name, { ...known, ...column, ...(isKey ? { isNullable: false } : {}) });
  };
  for (const name of primaryKey) add(name);
  for (const [name, column] of schemaColumns(draft, catalog)) add(name, column);
  for (const name of jsonAttributes(draft, catalog)) add(name, { type: 'json' });
  for (const { owner, related, relation } of mappings) {
    if (owner === draft) for (const name of relation.from) add(name);
    if (related === draft) for (const name of relation.to) add(name);
  }
  return [...columns.values()];
}

function jsonAttributes(draft: Draft, catalog: Catalog): readonly string[] {
  const value = staticValue(draft, 'jsonAttributes', catalog.values);
  return value === undefined || value === UNKNOWN ? [] : (textsOf(value, catalog) ?? []);
}

/** The columns of the JSON schema, which need not name all that there are. */
function schemaColumns(draft: Draft, catalog: Catalog): readonly (readonly [string, Partial<Column>])[] {
  const { values } = catalog;
  const value = staticValue(draft, 'jsonSchema', values);
  if (value === undefined) return [];
  const schema = value === UNKNOWN ? undefined : values.members(value);
  const node = schema?.of.get('properties');
  const properties = node === undefined ? undefined : values.members(node);
  const requiredNode = schema?.of.get('required');
  const required = requiredNode === undefined ? [] : textsOf(requiredNode, catalog);
  if (schema === undefined || (node !== undefined && properties === undefined) || required === undefined)
    draft.unread.add('columns of its JSON schema');
  for (const one of [...(schema?.unread ?? []), ...(properties?.unread ?? [])])
    draft.unread.add(`columns of its JSON schema from ${one}`);
  return [...(properties?.of ?? [])].map(([name, described]) => {
    const { types, written, format, isEnum } = jsonType(described, catalog);
    const isRequired = required?.includes(name) === true;
    const isNullable = types.includes('null') ? true : isRequired && types.length > 0 ? false : undefined;
    return [name, { type: columnType(types, format, isEnum), written, isNullable }];
  });
}

interface JsonType {
  readonly types: readonly string[];
  readonly written: string;
  readonly format: string | undefined;
  readonly isEnum: boolean;
}

/** The types that a part of a JSON schema allows, those of its alternatives with them. */
function jsonType(node: MemberValue, catalog: Catalog): JsonType {
  const members = catalog.values.members(node);
  const type = members?.of.get('type');
  const alternatives = members?.of.get('anyOf') ?? members?.of.get('oneOf');
  const others = alternatives === undefined ? [] : (catalog.values.elements(alternatives) ?? []);
  const below = others.map((one) => jsonType(one, catalog));
  const own = type === undefined ? [] : (textsOf(type, catalog) ?? []);
  const format = members?.of.get('format');
  const types = [...own, ...below.flatMap((one) => one.types)];
  return {
    types,
    written: types.join(' | '),
    format:
      (format === undefined ? undefined : textOf(format, catalog)) ?? below.find((one) => one.format)?.format,
    isEnum: members?.of.has('enum') === true || below.some((one) => one.isEnum),
  };
}

const JSON_TYPES: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  number: 'float',
  string: 'string',
  boolean: 'boolean',
  object: 'json',
  array: 'json',
};

/** A JSON schema tells how a value is sent: a time that is a text there may be a date in the database. */
function columnType(types: readonly string[], format: string | undefined, isEnum: boolean): ColumnType {
  const [only, second] = types.filter((one) => one !== 'null');
  if (only === undefined || second !== undefined) return 'unknown';
  if (only !== 'string') return JSON_TYPES[only] ?? 'unknown';
  if (isEnum) return 'enum';
  if (format === 'uuid') return 'uuid';
  return format !== undefined && /date|time/.test(format) ? 'unknown' : 'string';
}

function withInverse(one: Mapping, mappings: readonly Mapping[]): Relation {
  const candidates = mappings.filter((other) => isInverse(one, other));
  const plain = candidates.filter(({ relation }) => !relation.isFiltered);
  const [only, second] = plain.length > 0 ? plain : candidates;
  const inverse = second === undefined ? only?.relation.name : undefined;
  return { ...one.relation, ...(inverse === undefined ? {} : { inverse }) };
}

function isInverse(one: Mapping, other: Mapping): boolean {
  const [a, b] = [one.relation, other.relation];
  return (
    one !== other &&
    one.owner === other.related &&
    one.related === other.owner &&
    a.through === b.through &&
    a.from.join() === b.to.join() &&
    a.to.join() === b.from.join() &&
    one.join?.join('/') === other.join?.toReversed().join('/')
  );
}
