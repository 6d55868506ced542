/** Reads the models of a schema from its text. */

import { getDMMF } from '@prisma/get-dmmf';
import { jsonIn } from '../../../json-text.ts';
import type { Column, ColumnType, DeleteRule, Model, Relation } from '../../schema.ts';
import { deleteRuleOf, withDeleteRules } from '../delete-rules.ts';

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
  const { provider, emulatesRelations } = settings;
  const models = modelsOf(read, blocks).map((model) => ({
    ...model,
    provider,
    emulatesKeys: emulatesRelations,
  }));
  return { ...settings, models, reason: undefined };
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
  const message = jsonIn(error.message)?.['message'];
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
      ...withDeleteRules(model.fields.flatMap((field) => deleteRulesOf(field, models))),
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

/** A key that may be null is set so by default: https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/referential-actions */
function deleteRulesOf(field: Field, models: ReadonlyMap<string, DeclaredModel>): readonly DeleteRule[] {
  const target = models.get(field.type);
  if (target === undefined || (field.relationFromFields ?? []).length === 0) return [];
  const rule = deleteRuleOf(field.relationOnDelete ?? (field.isRequired ? undefined : 'SetNull'));
  return rule === undefined ? [] : [{ model: lowerFirst(target.name), rule }];
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
