import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { getDMMF } from '@prisma/get-dmmf';
import { ts } from 'ts-morph';
import { jsonIn } from '../modules.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';

/** A file of a schema: its absolute path and its text. */
export interface PrismaSchemaFile {
  readonly path: string;
  readonly text: string;
}

/** What a schema declares. */
export interface PrismaModels {
  /** Models and views, by the names of their properties on the client. None where the schema is refused. */
  readonly models: readonly Model[];
  /** `postgresql`, as the datasource writes it. */
  readonly provider: string | undefined;
  /** What the generators of clients switch on: `relationJoins`. */
  readonly previewFeatures: readonly string[];
  /** Whether foreign keys are left to the client, so that the database may hold keys of rows that are not there. */
  readonly emulatesRelations: boolean;
  /** Why there are no models, where the schema is refused. */
  readonly reason: string | undefined;
}

type Document = Exclude<ReturnType<typeof getDMMF>, { readonly reason: string }>;
type Datamodel = Document['datamodel'];
type DeclaredModel = Datamodel['models'][number];
type Field = DeclaredModel['fields'][number];

/** Reads the files of one schema: https://www.prisma.io/docs/orm/prisma-schema/overview */
export function readPrismaModels(schemas: readonly PrismaSchemaFile[]): PrismaModels {
  const blocks = schemas.flatMap(blocksOf);
  const settings = {
    provider: blocks
      .filter(({ keyword }) => keyword === 'datasource')
      .map(({ body }) => /^[ \t]*provider\s*=\s*"([^"]*)"/m.exec(body)?.[1])
      .find((provider) => provider !== undefined),
    previewFeatures: previewFeaturesOf(blocks),
    emulatesRelations: blocks.some(
      ({ keyword, body }) =>
        keyword === 'datasource' && /^[ \t]*(?:relationMode|referentialIntegrity)\s*=\s*"prisma"/m.test(body),
    ),
  };
  if (schemas.length === 0) return { ...settings, models: [], reason: undefined };
  const read = datamodelOf(schemas.map(withoutUrls));
  if (typeof read === 'string') return { ...settings, models: [], reason: read };
  return { ...settings, models: modelsOf(read, blocks), reason: undefined };
}

/** A block of a schema: `model User { … }`. */
interface Block {
  readonly keyword: string;
  readonly name: string;
  /** What is between its braces, without comments. */
  readonly body: string;
  readonly path: string;
  readonly line: number;
}

/** `text` with spaces in place of its comments. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (token) =>
    token.startsWith('"') ? token : token.replace(/[^\n]/g, ' '),
  );

function blocksOf({ path, text }: PrismaSchemaFile): Block[] {
  const code = withoutComments(text);
  const opening = /^[ \t]*(datasource|generator|model|view|type|enum)[ \t]+(\w+)[ \t]*\{([^]*?)^[ \t]*\}/gm;
  return [...code.matchAll(opening)].map(({ 1: keyword = '', 2: name = '', 3: body = '', index }) => ({
    keyword,
    name,
    body,
    path,
    line: code.slice(0, index).split('\n').length,
  }));
}

/** The text without what says where the database lies: version 7 refuses it, since it has moved to prisma.config.ts. */
function withoutUrls({ path, text }: PrismaSchemaFile): PrismaSchemaFile {
  const bare = text.replace(/^[ \t]*datasource[ \t]+\w+[ \t]*\{[^]*?^[ \t]*\}/gm, (block) =>
    block.replace(/^[ \t]*(?:url|directUrl|shadowDatabaseUrl)[ \t]*=[^\r\n]*/gm, ''),
  );
  return { path, text: bare };
}

function previewFeaturesOf(blocks: readonly Block[]): readonly string[] {
  const lists = blocks.flatMap(({ keyword, body }) =>
    keyword === 'generator' && /^[ \t]*provider\s*=\s*"(?:[^"]*\/)?prisma-client(?:-js)?"/m.test(body)
      ? (/^[ \t]*previewFeatures\s*=\s*\[([^\]]*)\]/m.exec(body)?.[1] ?? [])
      : [],
  );
  return [...new Set(lists.flatMap((list) => [...list.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name)))];
}

/** What the schema declares; a text that says why it is refused otherwise. */
function datamodelOf(schemas: readonly PrismaSchemaFile[]): Datamodel | string {
  const parse = (files: readonly PrismaSchemaFile[]): Datamodel | string => {
    const document = getDMMF({ datamodel: files.map(({ path, text }) => [path, text]) });
    return 'datamodel' in document ? document.datamodel : messageOf(document.error);
  };
  const read = parse(schemas);
  if (typeof read !== 'string') return read;
  // A schema that names a feature which is gone is sound all the same for the version that it was written for.
  const gone = [...read.matchAll(/preview feature "(\w+)" is not known/g)].map(([, name]) => `"${name}"`);
  if (gone.length === 0) return shortened(read);
  const without = (text: string): string =>
    text.replace(/^[ \t]*previewFeatures\s*=\s*\[[^\]]*\]/gm, (list) =>
      list.replace(/("\w+")\s*,?/g, (item, name: string) => (gone.includes(name) ? '' : item)),
    );
  const again = parse(schemas.map(({ path, text }) => ({ path, text: without(text) })));
  return typeof again === 'string' ? shortened(again) : again;
}

/** What the parser says, without colours. */
function messageOf(error: Error): string {
  const message = jsonIn('message.json', error.message)?.['message'];
  // oxlint-disable-next-line no-control-regex -- the sequences that colour a text begin with a control character
  return (typeof message === 'string' ? message : error.message).replace(/\u001B\[[\d;]*m/g, '');
}

/** The first complaint, and where. */
function shortened(message: string): string {
  const [, complaint = message, at] = /^(?:error: )?([^\n]*)(?:\n\s*-->\s*([^\n]*))?/.exec(message) ?? [];
  return `Prisma refuses the schema: ${complaint.replace(/\.$/, '')}${at === undefined ? '' : ` (${at})`}`;
}

function modelsOf(datamodel: Datamodel, blocks: readonly Block[]): readonly Model[] {
  const models = new Map(datamodel.models.map((model) => [model.name, model]));
  return datamodel.models.map((model): Model => {
    const block = blocks.find(
      ({ keyword, name }) => name === model.name && (keyword === 'model' || keyword === 'view'),
    );
    const unread: string[] = [];
    const columns = model.fields.filter(({ relationName }) => relationName === undefined).map(columnOf);
    const relations = model.fields.flatMap((field) => {
      if (field.relationName === undefined) return [];
      const relation = relationOf(model, field, models);
      if (typeof relation !== 'string') return [relation];
      unread.push(relation);
      return [];
    });
    // The parser does not tell which of the indexes hold a part of the rows only. Partial uniques it does not call unique.
    const hasPartial = /@@index\b.*\bwhere\s*:/.test(block?.body ?? '');
    if (hasPartial) unread.push('its indexes, of which some hold only a part of the rows');
    return {
      orm: 'prisma',
      name: lowerFirst(model.name),
      table: model.dbName ?? model.name,
      columns,
      primaryKey: primaryKeyOf(model),
      uniques: [
        ...model.fields.filter(({ isUnique }) => isUnique).map(({ name }) => [name]),
        ...model.uniqueFields,
      ],
      indexes: hasPartial ? [] : indexesOf(datamodel, model),
      relations,
      hooks: [],
      defaultScope: undefined,
      softDelete: undefined,
      virtuals: [],
      unread,
      seenAt: { path: block?.path ?? '', line: block?.line ?? 1 },
    };
  });
}

/** The property of the client: https://www.prisma.io/docs/orm/prisma-client/queries/crud */
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const primaryKeyOf = (model: DeclaredModel): readonly string[] =>
  model.primaryKey?.fields ?? model.fields.filter(({ isId }) => isId).map(({ name }) => name);

/** The indexes that can find the rows of a value. */
const indexesOf = (datamodel: Datamodel, model: DeclaredModel): readonly (readonly string[])[] =>
  datamodel.indexes
    .filter((index) => index.model === model.name && index.type === 'normal')
    .filter(({ algorithm = 'BTree' }) => /^(?:BTree|Hash|Brin)$/.test(algorithm))
    .map(({ fields }) => fields.map(({ name }) => name));

function columnOf(field: Field): Column {
  const native = field.nativeType ?? undefined;
  const args = native === undefined || native[1].length === 0 ? '' : `(${native[1].join(', ')})`;
  return {
    name: field.name,
    column: field.dbName ?? field.name,
    type: typeOf(field),
    written: native === undefined ? field.type : `${field.type} @db.${native[0]}${args}`,
    isNullable: !field.isRequired,
    isList: field.isList,
    isHidden: false,
  };
}

/** What the client gives for each scalar: https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types */
const SCALARS: Readonly<Record<string, ColumnType>> = {
  Int: 'integer',
  BigInt: 'bigint',
  Decimal: 'decimal',
  Float: 'float',
  String: 'string',
  Boolean: 'boolean',
  DateTime: 'date',
  Json: 'json',
  Bytes: 'bytes',
};

/** Native types of texts that do not compare as texts do. `Citext` takes capitals for small letters. */
const NATIVE: Readonly<Record<string, ColumnType>> = {
  Uuid: 'uuid',
  UniqueIdentifier: 'uuid',
  ObjectId: 'object-id',
  Citext: 'unknown',
};

function typeOf({ kind, type, nativeType }: Field): ColumnType {
  if (kind === 'enum') return 'enum';
  // A composite type of MongoDB is an object within the row.
  if (kind === 'object') return 'json';
  return NATIVE[nativeType?.[0] ?? ''] ?? SCALARS[type] ?? 'unknown';
}

/** A relation as `model` sees it; a clause that says what is not known of it otherwise. */
function relationOf(
  model: DeclaredModel,
  field: Field,
  models: ReadonlyMap<string, DeclaredModel>,
): Relation | string {
  const target = models.get(field.type);
  if (target === undefined) return `\`${field.name}\`: there is no model \`${field.type}\``;
  const inverse = target.fields.find(
    (other) =>
      other.relationName === field.relationName &&
      other.type === model.name &&
      !(target === model && other.name === field.name),
  );
  const keys = keysOf(model, field, target, inverse);
  if (keys === undefined) return `\`${field.name}\`: its keys are a list`;
  return {
    name: field.name,
    kind: field.isList ? 'many' : 'one',
    model: lowerFirst(target.name),
    ...keys,
    ...(inverse === undefined ? {} : { inverse: inverse.name }),
    isEager: false,
    isLazy: false,
    isFiltered: false,
  };
}

/**
 * The keys are written on one side. On neither for a many-to-many relation, whose join table is called as the relation is:
 * https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/many-to-many-relations#implicit-many-to-many-relations
 */
function keysOf(
  model: DeclaredModel,
  field: Field,
  target: DeclaredModel,
  inverse: Field | undefined,
): Pick<Relation, 'from' | 'to' | 'through'> | undefined {
  const own = field.relationFromFields ?? [];
  const theirs = inverse?.relationFromFields ?? [];
  const isList = (of: DeclaredModel, names: readonly string[]): boolean =>
    of.fields.some((one) => one.isList && names.includes(one.name));
  // In MongoDB a row may hold a list of keys.
  if (isList(model, own) || isList(target, theirs)) return undefined;
  if (own.length > 0) return { from: own, to: field.relationToFields ?? [] };
  if (theirs.length > 0) return { from: inverse?.relationToFields ?? [], to: theirs };
  return { from: primaryKeyOf(model), to: primaryKeyOf(target), through: `_${field.relationName}` };
}

/** What lies in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** How files are read: both answer with nothing where there is nothing. */
export interface FileReads {
  readonly readText: (path: string) => string | undefined;
  readonly listFolder: (path: string) => readonly FolderEntry[];
}

/** The files of the schema that a source file's client is made from; none, and why, where that is not certain. */
export interface FoundPrismaSchemas {
  readonly schemas: readonly PrismaSchemaFile[];
  readonly reason: string | undefined;
}

/**
 * Finds the schema of the client that `source` uses, in `bound` or below it: https://www.prisma.io/docs/orm/prisma-schema/overview/location
 * What its package says comes first, then what lies in the folders above `source` within its package. Otherwise the folders
 * above the package and the packages of the workspace that it depends on have to agree. The answer is the same for all files
 * of a folder, and may take a walk through all folders below `bound`.
 */
export function findPrismaSchemas(source: string, bound: string, reads: FileReads): FoundPrismaSchemas {
  const above = foldersAbove(dirname(source), bound);
  const home = above.findIndex((folder) => hasManifest(folder, reads));
  const own = home < 0 ? above : above.slice(0, home + 1);
  const ofPackage =
    settingIn(own.at(-1) ?? bound, reads) ?? firstOf(own, (folder) => schemaIn(folder, reads));
  if (ofPackage !== undefined) return ofPackage;
  const further = above.slice(own.length);
  const onTheWay = firstOf(further, (folder) => settingIn(folder, reads) ?? schemaIn(folder, reads));
  const candidates = [
    ...(onTheWay === undefined ? [] : [onTheWay]),
    ...schemasOfDependencies(own.at(-1) ?? bound, bound, reads),
  ];
  return agreed(candidates) ?? { schemas: [], reason: 'no Prisma schema was found' };
}

/** `folder` and the folders that it lies in, up to `bound`. */
function foldersAbove(folder: string, bound: string): readonly string[] {
  const way = relative(bound, folder);
  if (way.startsWith('..')) return [];
  const steps = way === '' ? [] : way.split(sep);
  return steps.map((_, index) => join(bound, ...steps.slice(0, steps.length - index))).concat(bound);
}

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const hasManifest = (folder: string, { readText }: FileReads): boolean =>
  readText(join(folder, 'package.json')) !== undefined;

const none = (reason: string): FoundPrismaSchemas => ({ schemas: [], reason });

/** The one schema that all candidates are; undefined where there are no candidates. */
function agreed(candidates: readonly FoundPrismaSchemas[]): FoundPrismaSchemas | undefined {
  const unsure = candidates.find(({ reason }) => reason !== undefined);
  if (unsure !== undefined) return unsure;
  const texts = new Set(candidates.map(({ schemas }) => schemas.map(({ text }) => text).join('\0')));
  if (texts.size < 2) return candidates[0];
  const paths = candidates.map(({ schemas }) => schemas[0]?.path ?? '').sort();
  return none(`there are several Prisma schemas: ${[...new Set(paths)].join(', ')}`);
}

/** The schema that the configuration of a package names. */
function settingIn(folder: string, reads: FileReads): FoundPrismaSchemas | undefined {
  for (const name of CONFIGURATIONS) {
    const path = join(folder, name);
    const text = reads.readText(path);
    if (text === undefined) continue;
    const setting = schemaInConfiguration(path, text);
    if (setting === undefined) break;
    return setting === 'unknown' ? none(`\`${name}\` computes the schema`) : named(path, setting, reads);
  }
  const path = join(folder, 'package.json');
  const manifest = jsonIn(path, reads.readText(path));
  const prisma = manifest?.['prisma'];
  const setting =
    typeof prisma === 'object' && prisma !== null && 'schema' in prisma ? prisma.schema : undefined;
  if (typeof setting === 'string') return named(path, setting, reads);
  return agreed(
    schemasInScripts(manifest?.['scripts']).flatMap((option) => {
      const files = filesAt(resolve(folder, option), reads);
      return files.length === 0 ? [] : [{ schemas: files, reason: undefined }];
    }),
  );
}

/** https://www.prisma.io/docs/orm/reference/prisma-config-reference */
const CONFIGURATIONS: readonly string[] = ['prisma.config', join('.config', 'prisma')].flatMap((name) =>
  ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((extension) => `${name}.${extension}`),
);

/** The file or folder that `by` names. */
function named(by: string, setting: string, reads: FileReads): FoundPrismaSchemas {
  const schemas = filesAt(resolve(dirname(by), setting), reads);
  return schemas.length > 0
    ? { schemas, reason: undefined }
    : none(`\`${basename(by)}\` names the schema \`${setting}\`, which is not there`);
}

/** The file at `path`, or all files of a schema in the folder there and below it. */
function filesAt(path: string, reads: FileReads): readonly PrismaSchemaFile[] {
  const text = extname(path) === '.prisma' ? reads.readText(path) : undefined;
  if (text !== undefined) return [{ path, text }];
  return reads
    .listFolder(path)
    .filter(({ name, isFolder }) => (isFolder ? name !== 'node_modules' : name.endsWith('.prisma')))
    .flatMap(({ name }) => filesAt(join(path, name), reads))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Each `--schema` that a script gives to the command line. */
function schemasInScripts(scripts: unknown): readonly string[] {
  if (typeof scripts !== 'object' || scripts === null) return [];
  const texts = Object.values(scripts).filter((script) => typeof script === 'string');
  const options = texts
    .filter((text) => /\bprisma\b/.test(text))
    .flatMap((text) => [...text.matchAll(/--schema(?:=|\s+)["']?([^\s"'&;|]+)/g)]);
  return [...new Set(options.map(([, path = '']) => path))];
}

/** What `schema` is in a configuration: undefined where it is not set, `unknown` where it cannot be read. */
function schemaInConfiguration(path: string, text: string): string | undefined {
  const values: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      if (node.name.getText() === 'schema') values.push(pathIn(node.initializer) ?? 'unknown');
      return; // What is nested is the setting of something else.
    }
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === 'schema') values.push('unknown');
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return values[0];
}

/** The path that an expression gives, relative to the folder of its file. */
function pathIn(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (/^(?:__dirname|import\.meta\.dirname|process\.cwd\(\))$/.test(node.getText())) return '.';
  if (!ts.isCallExpression(node) || !/^(?:\w+\.)?(?:join|resolve)$/.test(node.expression.getText())) {
    return undefined;
  }
  const parts = node.arguments.map(pathIn);
  return parts.every((part) => part !== undefined) ? join(...parts) : undefined;
}

/** The schema that lies where the command line looks for it when nothing is set. */
function schemaIn(folder: string, reads: FileReads): FoundPrismaSchemas | undefined {
  const places = ['schema.prisma', join('prisma', 'schema.prisma'), join('prisma', 'schema')];
  return agreed(
    places.flatMap((place) => {
      const schemas = filesAt(join(folder, place), reads);
      return schemas.length === 0 ? [] : [{ schemas, reason: undefined }];
    }),
  );
}

/** A package of a workspace. */
interface WorkspacePackage {
  readonly folder: string;
  readonly name: string | undefined;
  readonly dependencies: readonly string[];
  /** The schemas that lie in its folders. */
  readonly found: FoundPrismaSchemas[];
}

/** The schemas of a package, or else of the packages it depends on, or else of those that they depend on. */
function schemasOfDependencies(home: string, bound: string, reads: FileReads): readonly FoundPrismaSchemas[] {
  const packages = packagesBelow(bound, reads);
  const seen = new Set<WorkspacePackage>();
  let level = packages.filter(({ folder }) => folder === home);
  while (level.length > 0) {
    const candidates = level.flatMap(({ folder, found }) => settingIn(folder, reads) ?? found);
    if (candidates.length > 0) return candidates;
    for (const one of level) seen.add(one);
    const names = new Set(level.flatMap(({ dependencies }) => dependencies));
    level = packages.filter((one) => one.name !== undefined && names.has(one.name) && !seen.has(one));
  }
  return [];
}

/** Folders that hold no schema of a client that the project runs. */
const PASSED_OVER =
  /^(?:node_modules|\..*|dist|build|coverage|public|migrations?|tests?|__tests__|e2e|fixtures|__fixtures__|examples?)$/;

/** The packages in a folder, five levels deep at most. */
function packagesBelow(bound: string, reads: FileReads): readonly WorkspacePackage[] {
  const packages: WorkspacePackage[] = [];
  const visit = (folder: string, around: WorkspacePackage, depth: number): void => {
    const entries = reads.listFolder(folder);
    const isPackage = entries.some(({ name, isFolder }) => name === 'package.json' && !isFolder);
    const owner = isPackage && folder !== bound ? packageAt(folder, reads) : around;
    if (owner !== around) packages.push(owner);
    const isMultiFile = folder.endsWith(join('prisma', 'schema'));
    const schemas = filesAt(isMultiFile ? folder : join(folder, 'schema.prisma'), reads);
    if (schemas.length > 0) owner.found.push({ schemas, reason: undefined });
    if (depth === 5 || isMultiFile) return;
    for (const { name, isFolder } of entries) {
      if (isFolder && !PASSED_OVER.test(name)) visit(join(folder, name), owner, depth + 1);
    }
  };
  const root = packageAt(bound, reads);
  packages.push(root);
  visit(bound, root, 0);
  return packages;
}

function packageAt(folder: string, { readText }: FileReads): WorkspacePackage {
  const path = join(folder, 'package.json');
  const manifest = jsonIn(path, readText(path));
  const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  return {
    folder,
    name: typeof manifest?.['name'] === 'string' ? manifest['name'] : undefined,
    dependencies: kinds.flatMap((kind) => Object.keys(manifest?.[kind] ?? {})),
    found: [],
  };
}
