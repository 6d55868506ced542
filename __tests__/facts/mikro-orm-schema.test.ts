import { compileFunction } from 'node:vm';
import * as core from '@mikro-orm/core';
import { MikroORM, type Options as OrmOptions } from '@mikro-orm/postgresql';
import { Project, ts } from 'ts-morph';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';
import { readMikroOrmModels } from '../../src/facts/orm/schemas/mikro-orm/models.ts';
import type { Column, ColumnType, Model, Relation } from '../../src/facts/orm/schema.ts';

type Files = Readonly<Record<string, string>>;

/** What of the package the sources of a test use without saying so. */
const NAMES = [
  'AfterCreate, BaseEntity, BeforeCreate, BigIntType, Cascade, Collection, DecimalType, Embeddable, Embedded, Entity, EntitySchema, Enum',
  'Filter, Formula, Index, JsonType, ManyToMany, ManyToOne, OnInit, OnLoad, OneToMany, OneToOne, Opt, PrimaryKey, Property, Ref',
  'ReferenceKind, Rel, SerializedPrimaryKey, Unique, defineEntity, p, types',
].join(', ');

const asFiles = (text: string | Files): Files =>
  typeof text === 'string' ? { 'models.ts': `import { ${NAMES} } from '@mikro-orm/core';\n${text}` } : text;

function read(given: string | Files): readonly Model[] {
  const texts = new Map(Object.entries(asFiles(given)).map(([name, text]) => [`/app/${name}`, text]));
  const whole = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  return readMikroOrmModels(
    whole.program.getSourceFiles().filter((source) => whole.isOwn(source)),
    whole.checker,
  );
}

function modelIn(given: string | Files, name?: string): Model {
  const models = read(given);
  const [first] = models;
  const found = name === undefined ? first : models.find((model) => model.name === name);
  if (found === undefined)
    throw new Error(`Among ${models.map((model) => model.name).join()} there is no ${name}.`);
  return found;
}

const columnIn = (model: Model, name: string): Column | undefined =>
  model.columns.find((column) => column.name === name);

/** `author: one User authorId=>id (posts)` */
const told = ({ name, kind, model, from, to, through, inverse, isEager, isFiltered }: Relation): string =>
  [
    `${name}: ${kind} ${model} ${from.join('+')}=>${to.join('+')}`,
    ...(through === undefined ? [] : [`through ${through}`]),
    ...(inverse === undefined ? [] : [`(${inverse})`]),
    ...(isEager ? ['eager'] : []),
    ...(isFiltered ? ['filtered'] : []),
  ].join(' ');

/* The same sources as MikroORM itself understands them */

/** The sources of all cases as the compiler emits them, with the types that it tells decorators of; each case in its own folder. */
function emitted(cases: Readonly<Record<string, Files>>): ReadonlyMap<string, string> {
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      strict: true,
      useDefineForClassFields: false,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      allowJs: true,
      rootDir: '/app',
      outDir: '/out',
    },
  });
  for (const [at, files] of Object.values(cases).entries())
    for (const [name, text] of Object.entries(files)) project.createSourceFile(`/app/${at}/${name}`, text);
  return new Map(
    project
      .emitToMemory()
      .getFiles()
      .map(({ filePath, text }) => [filePath.replace(/^\/out\/|\.js$/g, ''), text]),
  );
}

/** Runs the emitted files of a folder, and returns what they export. */
function exportsOf(folder: string, texts: ReadonlyMap<string, string>): readonly unknown[] {
  const loaded = new Map<string, { exports: object }>();
  const load = (name: string): unknown => {
    if (name === '@mikro-orm/core') return core;
    const key = `${folder}/${name.replace(/^\.\//, '')}`;
    const known = loaded.get(key);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(key, module);
    // Decorators look at where they are called to tell classes of one name apart.
    compileFunction(texts.get(key) ?? '', ['require', 'module', 'exports'], { filename: `/app/${key}.js` })(
      load,
      module,
      module.exports,
    );
    return module.exports;
  };
  for (const name of texts.keys()) if (name.startsWith(`${folder}/`)) load(name.slice(folder.length + 1));
  return [...loaded.values()].flatMap(({ exports }) => Object.values(exports));
}

type EntityMetadata = core.EntityMetadata;
type Property = core.EntityProperty;

const isEntity = (one: unknown): one is core.EntitySchema | core.EntityClass<unknown> =>
  one instanceof core.EntitySchema || (typeof one === 'function' && /^class\b/.test(String(one)));

/** What MikroORM makes of what is exported; embedded classes and join tables of its own left out. */
function metadataOf(exported: readonly unknown[], options: OrmOptions): readonly EntityMetadata[] {
  const entities = exported.filter((one) => isEntity(one));
  const orm = MikroORM.initSync({ entities, dbName: 'none', connect: false, ...options });
  const names = new Set(entities.map(({ name }) => name));
  return Object.values(orm.getMetadata().getAll()).filter(
    ({ embeddable, className, name }) => embeddable !== true && name !== undefined && names.has(className),
  );
}

/** The types that PostgreSQL knows them by. */
const STORED: Readonly<Record<string, ColumnType>> = {
  int: 'integer',
  serial: 'integer',
  smallint: 'integer',
  bigint: 'bigint',
  numeric: 'decimal',
  'double precision': 'float',
  real: 'float',
  varchar: 'string',
  text: 'string',
  uuid: 'uuid',
  boolean: 'boolean',
  date: 'date',
  timestamptz: 'date',
  jsonb: 'json',
  bytea: 'bytes',
};

const sorted = (lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.filter(({ length }) => length > 0).map((list) => list.toSorted().join('+')))].toSorted();

/** Texts are all that the database knows of enums. */
const inDatabase = (type: ColumnType): ColumnType => (type === 'enum' ? 'string' : type);

/** A model in the words that MikroORM's metadata can be put in too. */
const summaryOf = (model: Model) => ({
  name: model.name,
  table: model.table,
  columns: model.columns
    .map(({ name, column, type, isNullable, isHidden }) => ({
      name,
      column,
      type: inDatabase(type),
      isNullable,
      isHidden,
    }))
    .toSorted(byName),
  primaryKey: model.primaryKey,
  uniques: sorted(model.uniques),
  indexes: sorted(model.indexes),
  relations: model.relations.map(told).toSorted(),
  hooks: model.hooks.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).toSorted(),
});

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}

const propertiesOf = (meta: EntityMetadata): readonly Property[] => Object.values(meta.properties);

/** The path of a property, which the metadata of what is embedded has in one word. */
function pathOf(property: Property, meta: EntityMetadata): string {
  const [around, name] = property.embedded ?? [];
  const outer = propertiesOf(meta).find((one) => one.name === around);
  return outer === undefined || name === undefined ? property.name : `${pathOf(outer, meta)}.${name}`;
}

const isColumn = (property: Property): boolean =>
  property.persist !== false &&
  property.formula === undefined &&
  property.userDefined !== false &&
  (property.kind === core.ReferenceKind.SCALAR ||
    (property.kind === core.ReferenceKind.EMBEDDED && property.object === true) ||
    property.mapToPk === true);

/** What code calls columns of the database by. */
const codeNames = (fields: readonly string[], meta: EntityMetadata): readonly string[] =>
  fields.map((field) => {
    const own = propertiesOf(meta).find((one) => isColumn(one) && one.fieldNames[0] === field);
    return own === undefined ? field : pathOf(own, meta);
  });

const namesAt = (names: string | readonly string[] | undefined, meta: EntityMetadata): readonly string[] =>
  [names ?? []].flat().flatMap((name) => {
    const { fieldNames = [], embedded, object } = meta.properties[name] ?? {};
    // What is in a document is no column.
    return embedded !== undefined && object === true ? [] : codeNames(fieldNames, meta);
  });

function summaryOfMetadata(meta: EntityMetadata): ReturnType<typeof summaryOf> {
  const keysOf = (key: 'unique' | 'index'): readonly (readonly string[])[] =>
    propertiesOf(meta)
      .filter(
        (one) =>
          one[key] !== undefined &&
          one[key] !== false &&
          one.kind !== core.ReferenceKind.ONE_TO_ONE &&
          one.persist !== false,
      )
      .map(({ name }) => namesAt(name, meta));
  return {
    name: meta.className,
    table: meta.tableName,
    columns: propertiesOf(meta)
      .filter((one) => isColumn(one))
      .map((one) => ({
        name: pathOf(one, meta),
        column: one.fieldNames[0] ?? '',
        type: STORED[one.columnTypes[0]?.replace(/\(.*\)|\[\]/, '') ?? ''] ?? 'unknown',
        isNullable: one.nullable ?? false,
        isHidden: one.lazy ?? false,
      }))
      .toSorted(byName),
    primaryKey: namesAt(meta.primaryKeys, meta),
    uniques: sorted([
      ...meta.uniques.map(({ properties }) => namesAt(properties, meta)),
      ...keysOf('unique'),
    ]),
    indexes: sorted([...meta.indexes.map(({ properties }) => namesAt(properties, meta)), ...keysOf('index')]),
    relations: propertiesOf(meta)
      .filter(({ kind, name }) => /^(?:1:1|m:1|1:m|m:n)$/.test(kind) && !name.endsWith('__inverse'))
      .filter(({ mapToPk }) => mapToPk !== true)
      .map((one) => told(relationOfMetadata(one, meta)))
      .toSorted(),
    hooks: Object.keys(meta.hooks).toSorted(),
  };
}

function relationOfMetadata(property: Property, meta: EntityMetadata): Relation {
  const { kind, targetMeta, mappedBy, inversedBy } = property;
  if (targetMeta === undefined) throw new Error(`${property.name} has no target.`);
  const isMany = kind === core.ReferenceKind.MANY_TO_MANY;
  const isOwner = kind === core.ReferenceKind.MANY_TO_ONE || property.owner;
  const other = targetMeta.properties[mappedBy];
  const keysOf = (owner: Property | undefined, of: EntityMetadata, to: EntityMetadata) => [
    codeNames(owner?.joinColumns ?? [], of),
    codeNames(owner?.referencedColumnNames ?? [], to),
  ];
  const [from = [], to = []] = isMany
    ? [namesAt(meta.primaryKeys, meta), namesAt(targetMeta.primaryKeys, targetMeta)]
    : isOwner
      ? keysOf(property, meta, targetMeta)
      : keysOf(other, targetMeta, meta).toReversed();
  const inverse = mappedBy ?? inversedBy;
  const isInverseSeen =
    inverse !== undefined &&
    !inverse.endsWith('__inverse') &&
    targetMeta.properties[inverse]?.mapToPk !== true;
  return {
    name: pathOf(property, meta),
    kind: kind.endsWith(':1') ? 'one' : 'many',
    model: targetMeta.className,
    from,
    to,
    ...(isMany ? { through: property.pivotTable } : {}),
    ...(isInverseSeen ? { inverse } : {}),
    isEager: property.eager ?? false,
    isLazy: false,
    isFiltered: property.where !== undefined,
  };
}

/** Sources of which MikroORM's own metadata and what is read have to be the same. */
const AGREED: Readonly<Record<string, string | Files>> = {
  'columns of all kinds': `
    export enum Level { Low = 'low', High = 'high' }
    export enum Rank { First = 1, Second = 2 }
    @Entity()
    export class Account {
      @PrimaryKey() id!: number;
      @Property() firstName!: string;
      @Property() age!: number;
      @Property() isActive!: boolean;
      @Property() bornAt!: Date;
      @Property({ nullable: true }) note?: string;
      @Property({ type: 'text' }) hint: string | null = null;
      @Property({ columnType: 'text' }) body!: string;
      @Property({ columnType: 'varchar(20)', name: 'the_code' }) code!: string;
      @Property({ fieldName: 'other' }) another!: string;
      @Property({ type: 'decimal', precision: 10, scale: 2 }) price!: string;
      @Property({ type: DecimalType }) cost!: string;
      @Property({ type: types.bigint }) big!: bigint;
      @Property({ type: new BigIntType('string') }) bigger!: string;
      @Property({ columnType: 'numeric(10,2)' }) sum!: string;
      @Property({ type: 'json', nullable: true }) data!: object;
      @Property({ type: JsonType }) more!: object;
      @Property({ columnType: 'jsonb' }) bag!: object;
      @Property({ type: 'uuid', lazy: true }) token!: string;
      @Property({ type: 'double' }) ratio!: number;
      @Property() raw!: Buffer;
      @Enum(() => Level) level!: Level;
      @Enum({ items: () => Rank }) rank!: Rank;
      @Enum({ items: ['a', 'b'] }) side!: string;
      @Property({ onCreate: () => new Date() }) createdAt: Date = new Date();
      @Property() count = 0;
      @Property() name = 'x';
      @Property({ persist: false }) shadow?: string;
      @Formula('1 + 1') two?: number;
      @Property() get stored(): string { return ''; }
      @Property({ persist: false }) get computed(): string { return ''; }
      @Property({ name: 'told' }) tell(): string { return ''; }
    }`,
  'names of tables': `
    @Entity() export class HTTPLogEntry { @PrimaryKey() id!: string }
    @Entity({ tableName: 'given' }) export class Given { @PrimaryKey({ type: 'uuid' }) id!: string }
    @Entity({ collection: 'public.optional' }) export class Optional { @PrimaryKey({ columnType: 'text' }) id!: string }`,
  'one to many and many to one': `
    @Entity() export class User {
      @PrimaryKey() id!: number;
      @OneToMany(() => Post, (post) => post.author) posts = new Collection<Post>(this);
      @OneToMany({ entity: () => Post, mappedBy: 'editor', eager: true, where: { id: 1 } }) edited = new Collection<Post>(this);
    }
    @Entity() export class Post {
      @PrimaryKey() id!: number;
      @ManyToOne(() => User) author!: User;
      @ManyToOne({ entity: () => User, nullable: true, inversedBy: 'edited', fieldName: 'ed' }) editor?: User;
      @ManyToOne('User', { joinColumn: 'rev', eager: true }) reviewer!: User;
      @ManyToOne() chiefEditor!: User;
    }`,
  'keys that are properties too': `
    @Entity() export class User {
      @PrimaryKey({ columnType: 'text', name: 'user_key' }) key!: string;
      @OneToMany(() => Post, (post) => post.author) posts = new Collection<Post>(this);
      @OneToMany(() => Post, (post) => post.editor_id) edited = new Collection<Post>(this);
    }
    @Entity() export class Post {
      @PrimaryKey() id!: number;
      @Property({ columnType: 'text' }) author_id!: string;
      @ManyToOne(() => User, { fieldName: 'author_id' }) author!: User;
      @ManyToOne(() => User, { mapToPk: true, fieldName: 'editor_id', columnType: 'text' }) editor_id!: string;
      @ManyToOne(() => User, { persist: false, fieldName: 'editor_id' }) editor!: User;
    }`,
  'one to one': `
    @Entity() export class User {
      @PrimaryKey() id!: number;
      @OneToOne(() => Profile, (profile) => profile.user, { owner: true }) profile!: Rel<Profile>;
      @OneToOne({ entity: () => Photo, mappedBy: 'user' }) photo!: Rel<Photo>;
      @OneToOne(() => Photo) cover!: Rel<Photo>;
    }
    @Entity() export class Profile {
      @PrimaryKey() id!: number;
      @OneToOne(() => User, (user) => user.profile) user!: User;
    }
    @Entity() export class Photo {
      @OneToOne(() => User, { primary: true, inversedBy: 'photo' }) user!: User;
    }`,
  'many to many': `
    @Entity() export class Question {
      @PrimaryKey() id!: number;
      @ManyToMany(() => Category, 'questions', { owner: true }) categories = new Collection<Category>(this);
      @ManyToMany({ entity: () => Category, pivotTable: 'public.extra' }) extras = new Collection<Category>(this);
      @ManyToMany(() => Question, (question) => question.linkedBy, { owner: true }) links = new Collection<Question>(this);
      @ManyToMany(() => Question, (question) => question.links) linkedBy = new Collection<Question>(this);
      @ManyToMany({ entity: () => Category, pivotEntity: () => Tagging, inversedBy: 'tagged' }) tags = new Collection<Category>(this);
    }
    @Entity({ tableName: 'cats' }) export class Category {
      @PrimaryKey() slug!: string;
      @ManyToMany(() => Question, (question) => question.categories) questions = new Collection<Question>(this);
      @ManyToMany({ entity: () => Question, mappedBy: 'tags' }) tagged = new Collection<Question>(this);
    }
    @Entity({ tableName: 'the_taggings' }) export class Tagging {
      @ManyToOne(() => Question, { primary: true }) question!: Question;
      @ManyToOne(() => Category, { primary: true }) category!: Category;
    }`,
  'composite keys': `
    @Entity() export class Flat {
      @PrimaryKey() street!: string;
      @PrimaryKey() houseNo!: number;
      @OneToMany(() => Guest, (guest) => guest.flat) guests = new Collection<Guest>(this);
    }
    @Entity() export class Guest {
      @PrimaryKey() id!: number;
      @Property() no2!: number;
      @ManyToOne(() => Flat) flat!: Flat;
      @ManyToOne({ entity: () => Flat, joinColumns: ['street2', 'no2'], nullable: true }) second?: Flat;
    }
    @Entity() export class Stay {
      @ManyToOne(() => Flat, { primary: true }) flat!: Flat;
      @ManyToOne(() => Guest, { primary: true }) guest!: Guest;
      @OneToMany(() => Night, (night) => night.stay) nights = new Collection<Night>(this);
    }
    @Entity() export class Night {
      @PrimaryKey() id!: number;
      @ManyToOne(() => Stay) stay!: Stay;
    }`,
  'relations of a model with itself': `
    @Entity() export class Employee {
      @PrimaryKey() id!: number;
      @ManyToOne(() => Employee, { nullable: true }) manager?: Employee;
      @OneToMany(() => Employee, (employee) => employee.manager) reports = new Collection<Employee>(this);
    }`,
  'uniques and indexes': `
    @Entity()
    @Unique({ properties: ['first', 'last'] })
    @Unique({ properties: 'boss' })
    @Index({ properties: ['code', 'boss'] })
    export class Person {
      @PrimaryKey() id!: number;
      @Property() first!: string;
      @Property() last!: string;
      @Property() @Index() code!: string;
      @Property({ unique: true }) mail!: string;
      @Property() @Unique({ name: 'UQ' }) tax!: string;
      @Property({ index: 'IDX' }) phone!: string;
      @ManyToOne(() => Person, { index: true }) boss!: Person;
    }`,
  'classes that are extended': `
    export abstract class Base {
      @PrimaryKey({ type: 'uuid' }) id!: string;
      @Property() createdAt: Date = new Date();
      @ManyToOne(() => User) createdBy!: Rel<User>;
      @Index() @Property() tenant!: string;
      @BeforeCreate() prepare(): void {}
    }
    @Entity({ abstract: true })
    @Unique({ properties: ['name', 'tenant'] })
    export abstract class Named extends Base {
      @Property({ length: 10 }) name!: string;
      @OnLoad() loaded(): void {}
    }
    @Entity() export class User extends Named {
      @OneToMany(() => Post, (post) => post.createdBy) posts = new Collection<Post>(this);
    }
    @Entity() export class Post extends Named {
      @Property({ nullable: true, columnType: 'text' }) override name!: string;
      @OnInit() init(): void {}
    }`,
  'single table inheritance': `
    @Entity({ discriminatorColumn: 'kind', abstract: true })
    export abstract class Content {
      @PrimaryKey() id!: number;
      @Property() kind!: string;
      @Property() title!: string;
    }
    @Entity({ discriminatorValue: 'p' }) export class Photo extends Content {
      @Property() size!: string;
    }
    @Entity() export class Question extends Content {
      @Property() answers!: number;
      @ManyToOne(() => Photo) about!: Photo;
    }`,
  'embedded columns': `
    @Embeddable() export class Name {
      @Property() firstName!: string;
      @Property({ name: 'last_one', nullable: true }) last!: string;
      @Property() @Index() nick!: string;
    }
    @Embeddable() export class Address {
      @Property() city!: string;
      @Embedded(() => Name) holder!: Name;
    }
    @Entity() export class User {
      @PrimaryKey() id!: number;
      @Embedded(() => Name) fullName!: Name;
      @Embedded({ entity: () => Address, prefix: 'home_' }) home!: Address;
      @Embedded(() => Address, { prefix: false, nullable: true }) work!: Address;
      @Embedded(() => Name, { object: true }) alias!: Name;
      @Embedded(() => Name, { array: true, nullable: true }) others: Name[] = [];
    }`,
  schemas: `
    class Post { id!: number; title!: string; author!: object; get short(): string { return ''; } }
    const BASE = { id: { type: 'number', primary: true }, createdAt: { type: 'Date', onCreate: () => new Date() } } as const;
    export const User = new EntitySchema<any>({
      name: 'User',
      tableName: 'users',
      properties: {
        ...BASE,
        email: { type: 'string', unique: true },
        bio: { type: 'text', lazy: true, nullable: true, fieldName: 'the_bio' },
        role: { enum: true, items: ['a', 'b'] },
        posts: { kind: '1:m', entity: 'Post', mappedBy: 'author' },
        tags: { kind: ReferenceKind.MANY_TO_MANY, entity: () => 'Tag', pivotTable: 'tagged' },
      },
      hooks: { beforeCreate: ['x'] as never },
    } as never);
    export const PostSchema = new EntitySchema<any>({
      class: Post,
      properties: {
        ...BASE,
        title: { type: 'string', name: 'the_title' },
        lang: { type: 'string' },
        author: { kind: 'm:1', entity: 'User', inversedBy: 'posts', eager: true },
      },
      indexes: [{ properties: ['title'] }],
      uniques: [{ properties: ['title', 'author'] }],
    } as never);
    export const Tag = new EntitySchema<any>({ name: 'Tag', properties: { slug: { type: 'string', primary: true } } } as never);`,
  'entities that are defined': `
    export const Base = { id: p.integer().primary(), createdAt: p.datetime().onCreate(() => new Date()) };
    export const Name = defineEntity({ name: 'Name', embeddable: true, properties: { first: p.string(), last: p.string().nullable() } } as never);
    export const User: any = defineEntity({
      name: 'User',
      tableName: 'users',
      properties: {
        ...Base,
        email: p.string().unique(),
        bio: p.text().lazy().nullable().name('the_bio'),
        role: p.enum(['a', 'b']),
        price: p.decimal(),
        bag: p.json(),
        key: p.uuid().index(),
        at: p.type('date'),
        more: { type: 'string', nullable: true },
        posts: () => p.oneToMany(Post).mappedBy('author'),
        tags: () => p.manyToMany(Tag).pivotTable('tagged'),
        name: () => p.embedded(Name as never).prefix('n_'),
        doubled: p.formula('1').type('number'),
      },
    } as never);
    export const Post: any = defineEntity({
      name: 'Post',
      properties: (p) => ({
        id: p.bigint().primary(),
        title: p.string().fieldName('the_title'),
        author: () => p.manyToOne(User).inversedBy('posts').ref(),
        editor: () => p.manyToOne(User).joinColumn('ed').nullable(),
      }),
      uniques: [{ properties: ['title', 'author'] }],
    } as never);
    export const Tag = defineEntity({ name: 'Tag', properties: { slug: p.string().primary() } } as never);`,
  'decorators that the project makes': `
    export function Money(nullable = false): PropertyDecorator { return Property({ columnType: 'numeric', nullable }); }
    export const Key = (): PropertyDecorator => PrimaryKey({ type: 'uuid' });
    @Entity() export class Bill {
      @Key() id!: string;
      @Money() total!: string;
      @Money(true) tip!: string;
    }`,
  'names as in code': `
    @Entity() export class BlogUser {
      @PrimaryKey() userKey!: number;
      @Property() firstName!: string;
      @ManyToOne(() => BlogUser) boss!: BlogUser;
      @ManyToMany(() => BlogUser) bestFriends = new Collection<BlogUser>(this);
    }
    export const config = { namingStrategy: EntityCaseNamingStrategy };`,
  'several files': {
    'base.ts': `
      import { PrimaryKey } from '@mikro-orm/core';
      export abstract class Base { @PrimaryKey({ type: 'uuid' }) id!: string }`,
    'user.ts': `
      import { Entity as Table, OneToMany, Collection } from '@mikro-orm/core';
      import { Base } from './base';
      import { Post } from './post';
      @Table() export default class User extends Base {
        @OneToMany(() => Post, (post) => post.author) posts = new Collection<Post>(this);
      }`,
    'post.ts': `
      import * as orm from '@mikro-orm/core';
      import type { Rel } from '@mikro-orm/core';
      import { Base } from './base';
      import User from './user';
      @orm.Entity() export class Post extends Base {
        @orm.ManyToOne(() => User) author!: Rel<User>;
      }`,
  },
};

/** The configurations that some of the cases have. */
const OPTIONS: Readonly<Record<string, OrmOptions>> = {
  'names as in code': { namingStrategy: core.EntityCaseNamingStrategy },
  'keys that are properties too': { discovery: { checkDuplicateFieldNames: false } },
};

describe('entities of MikroORM', () => {
  const cases = Object.fromEntries(
    Object.entries(AGREED).map(([name, given]) => [
      name,
      asFiles(
        name === 'names as in code' && typeof given === 'string'
          ? { 'models.ts': `import { EntityCaseNamingStrategy, ${NAMES} } from '@mikro-orm/core';\n${given}` }
          : given,
      ),
    ]),
  );
  let texts: ReadonlyMap<string, string>;
  beforeAll(() => {
    texts = emitted(cases);
  });

  it.each(Object.keys(cases))('are read as MikroORM has them: %s', (name) => {
    const models = read(cases[name] ?? {});
    const folder = String(Object.keys(cases).indexOf(name));
    const metadata = metadataOf(exportsOf(folder, texts), OPTIONS[name] ?? {});
    expect(metadata.length).toBeGreaterThan(0);
    expect(models.map(summaryOf).toSorted(byName)).toEqual(metadata.map(summaryOfMetadata).toSorted(byName));
    expect(models.flatMap(({ unread }) => unread)).toEqual([]);
  });
});

const entityFrom = (from: string): string =>
  `import { Entity, PrimaryKey } from '${from}';\n\n@Entity()\nexport class User {}\n`;

describe('what only the sources of MikroORM tell', () => {
  const KEY = '@PrimaryKey() id: number;';

  it.each([
    ["@Property({ columnType: 'varchar(20)' }) name: string;", 'string', 'varchar(20)'],
    ['@Property() name: string & Opt;', 'string', 'string & Opt'],
    ['@Property() name: Opt<number> | null;', 'integer', 'Opt<number> | null'],
    ['@Property() name: Ref<string>;', 'string', 'Ref<string>'],
    ['@Property({ type: Converted }) name: string;', 'unknown', 'Converted'],
    ["@Property({ type: Converted, columnType: 'text' }) name: string;", 'unknown', 'text'],
    ['@Property({ type: typeOf() }) name: string;', 'unknown', 'typeOf()'],
    ['@Enum(() => Level) name: Level;', 'enum', 'enum Level'],
    ['@Enum({ items: unknown }) name: Level;', 'unknown', 'enum unknown'],
    ["@Property({ columnType: 'citext' }) name: string;", 'unknown', 'citext'],
  ])('%s holds %j', (text, type, written) => {
    const model = modelIn(`
      class Converted {}
      enum Level { Low = 'low' }
      @Entity() export class User { ${KEY} ${text} }`);
    expect(columnIn(model, 'name')).toMatchObject({ type, written });
  });

  it.each([
    ['@Property() name: string[];', true],
    ["@Property({ type: 'array' }) name: string[];", true],
    ["@Property({ columnType: 'text[]' }) name: string[];", true],
    ['@Enum({ items: () => Level, array: true }) name: Level[];', true],
    ['@Property() name: string;', false],
  ])('%s is a list: %j', (text, isList) => {
    expect(columnIn(modelIn(`@Entity() export class User { ${KEY} ${text} }`), 'name')?.isList).toBe(isList);
  });

  it.each([
    ['name?: string', '', false],
    ['name?: string', 'TsMorphMetadataProvider', true],
    ['name: string', 'TsMorphMetadataProvider', false],
    ['name: string | null = null', '', true],
  ])('%s with the provider %j may be null: %j', (member, provider, isNullable) => {
    const text = `export const provider = '${provider}'; @Entity() export class User { ${KEY} @Property() ${member} }`;
    expect(columnIn(modelIn(text), 'name')?.isNullable).toBe(isNullable);
  });

  it('a key that is no entity is a column, and no relation', () => {
    const text = `
      @Entity() export class User { @PrimaryKey() id: number; @OneToMany(() => Post, (post) => post.author) posts = new Collection<Post>(this) }
      @Entity() export class Post { @PrimaryKey() id: number; @ManyToOne(() => User, { mapToPk: true, nullable: true }) author: number }`;
    const post = modelIn(text, 'Post');
    expect(columnIn(post, 'author')).toMatchObject({
      column: 'author_id',
      type: 'integer',
      isNullable: true,
    });
    expect(post.relations).toEqual([]);
    expect(modelIn(text, 'User').relations).toMatchObject([{ from: ['id'], to: ['author'] }]);
    expect(modelIn(text, 'User').relations[0]).not.toHaveProperty('inverse');
  });

  it('virtuals are what is not stored', () => {
    const model = modelIn(`@Entity() export class User {
      ${KEY}
      @Property({ persist: false }) count: number;
      @Property({ persist: false }) get full(): string { return ''; }
      get plain(): string { return ''; }
      static get all(): string { return ''; }
      @Formula('1') one: number;
      @Property() told(): string { return ''; }
      @SerializedPrimaryKey() key: string;
    }`);
    expect(model.virtuals).toEqual(['count', 'full', 'plain', 'one', 'told', 'key']);
    expect(model.columns.map(({ name }) => name)).toEqual(['id']);
  });

  it.each([
    [
      "@Filter({ name: 'active', cond: { deletedAt: null }, default: true })",
      'active: { deletedAt: null }',
      'deletedAt',
    ],
    [
      "@Filter({ name: 'active', cond: () => ({ deletedAt: null }), default: true })",
      'active: () => ({ deletedAt: null })',
      'deletedAt',
    ],
    [
      "@Filter({ name: 'a', cond: ({ all } = {}) => { if (all) { return {}; } return { deletedAt: null }; }, default: true })",
      'a: ({ all } = {}) => { if (all) { return {}; } return { deletedAt: null }; }',
      'deletedAt',
    ],
    ["@Filter({ name: 'own', cond: { tenant: 1 }, default: true })", 'own: { tenant: 1 }', undefined],
    [
      "@Filter({ name: 'own', cond: { deletedAt: null, tenant: 1 }, default: true })",
      'own: { deletedAt: null, tenant: 1 }',
      undefined,
    ],
    [
      "@Filter({ name: 'own', cond: { tenant: { deletedAt: null } }, default: true })",
      'own: { tenant: { deletedAt: null } }',
      undefined,
    ],
    ["@Filter({ name: 'own', cond: { deletedAt: null } })", undefined, undefined],
    ["@Filter({ name: 'own', cond: { deletedAt: null }, default: false })", undefined, undefined],
    ['@Filter(SOFT)', 'soft: { deletedAt: null }', 'deletedAt'],
  ])('%s', (filter, defaultScope, softDelete) => {
    const model = modelIn(`
      const SOFT = { name: 'soft', cond: { deletedAt: null }, default: true };
      ${filter} @Entity() export class User { ${KEY} @Property() tenant: number; @Property({ nullable: true }) deletedAt?: Date }`);
    expect(model).toMatchObject({ defaultScope, softDelete, unread: [] });
  });

  it('a filter that is not read is taken to be on', () => {
    const model = modelIn(`@Filter(filterOf()) @Entity() export class User { ${KEY} }`);
    expect(model.defaultScope).toBe('Filter(filterOf())');
    expect(model.unread).toEqual(['the filter `Filter(filterOf())`']);
  });

  it('filters of a manager and of the configuration are of the entities that they name, or of all', () => {
    const text = `
      @Entity() export class User { ${KEY} @Property() tenant: number }
      @Entity() export class Post { ${KEY} }
      export const config = defineConfig({ filters: { all: { cond: { id: 1 } }, off: { cond: { id: 2 }, default: false } } });
      export function start(em) {
        em.addFilter('tenant', { tenant: 1 }, User);
        em.addFilter('never', { tenant: 1 }, User, false);
        em.addFilter('listed', { tenant: 2 }, [User]);
      }`;
    expect(modelIn(text, 'User').defaultScope).toBe(
      'all: { id: 1 }; tenant: { tenant: 1 }; listed: { tenant: 2 }',
    );
    expect(modelIn(text, 'Post').defaultScope).toBe('all: { id: 1 }');
  });

  it('an entity that shares a table has only some of its rows', () => {
    const text = `
      @Entity({ discriminatorColumn: 'kind' }) export class Item { ${KEY} }
      @Entity() export class Book extends Item {}`;
    expect(modelIn(text, 'Item').defaultScope).toBeUndefined();
    expect(modelIn(text, 'Book').defaultScope).toBe('one of several entities in the table of Item');
  });

  it('hooks are those of the class, of its schema and of subscribers', () => {
    const text = `
      import { Entity, EntitySchema, PrimaryKey, OnLoad, EventSubscriber } from '@mikro-orm/core';
      @Entity() export class User { @PrimaryKey() id: number; @OnLoad() loaded() {} }
      export const Post = new EntitySchema({ name: 'Post', properties: { id: { type: 'number', primary: true } }, hooks: { onInit: [() => {}] } });
      export class OfUsers implements EventSubscriber<User> {
        getSubscribedEntities() { return [User]; }
        beforeCreate() {}
        helper() {}
      }
      export class OfAll implements EventSubscriber { afterFlush() {} }
      export class OfUnknown implements EventSubscriber { getSubscribedEntities() { return chosen(); } onFlush() {} }`;
    expect(modelIn({ 'models.ts': text }, 'User').hooks).toEqual([
      'OnLoad',
      'beforeCreate',
      'afterFlush',
      'onFlush',
    ]);
    expect(modelIn({ 'models.ts': text }, 'Post').hooks).toEqual(['onInit', 'afterFlush', 'onFlush']);
  });

  it('documents have names of their own', () => {
    const model = modelIn({
      'models.ts': `
        import { Entity, PrimaryKey, Property, ManyToOne, ManyToMany, SerializedPrimaryKey, Collection } from '@mikro-orm/core';
        import { ObjectId } from '@mikro-orm/mongodb';
        @Entity() export class BlogUser {
          @PrimaryKey() _id: ObjectId;
          @SerializedPrimaryKey() id: string;
          @Property() firstName: string;
          @ManyToOne(() => BlogUser) boss: BlogUser;
          @ManyToMany(() => BlogUser) friends = new Collection<BlogUser>(this);
        }`,
    });
    expect(model.table).toBe('blog-user');
    expect(model.columns).toMatchObject([
      { name: '_id', column: '_id', type: 'object-id' },
      { name: 'firstName', column: 'firstName' },
    ]);
    expect(model.relations.map(told)).toEqual(['boss: one BlogUser boss=>_id']);
    expect(model.unread).toEqual(['the keys of `friends`']);
  });

  it('a schema is called by its class, its variable or its name', () => {
    const text = `
      class Post { get short() { return ''; } }
      export const PostSchema = new EntitySchema({ class: Post, properties: { id: { type: 'number', primary: true } } });
      export const UserSchema = defineEntity({ name: 'BlogUser', properties: { id: p.integer().primary() } });
      export default new EntitySchema({ name: 'Tag', tableName: 'tags', properties: { id: { type: 'number', primary: true } } });`;
    expect(read(text).map(({ name, table, virtuals }) => [name, table, virtuals])).toEqual([
      ['Post', 'post', ['short']],
      ['UserSchema', 'blog_user', []],
      ['Tag', 'tags', []],
    ]);
  });

  it('targets are found by what properties are annotated with', () => {
    const model = modelIn(`
      @Entity() export class User {
        ${KEY}
        @ManyToOne() boss: Ref<User>;
        @ManyToOne({ nullable: true }) friend: Rel<User> | null;
      }`);
    expect(model.relations.map(told)).toEqual([
      'boss: one User boss_id=>id',
      'friend: one User friend_id=>id',
    ]);
  });

  it('an answer is plain data', () => {
    const models = read(AGREED['entities that are defined'] ?? '');
    expect(structuredClone(models)).toEqual(models);
  });

  it('a model is seen where its class has its name, and is none where its class is of another library', () => {
    expect(modelIn({ 'models.ts': entityFrom('@mikro-orm/core') }).seenAt).toEqual({
      path: '/app/models.ts',
      line: 4,
    });
    expect(read({ 'models.ts': entityFrom('typeorm') })).toEqual([]);
  });
});

describe('what of MikroORM cannot be read is said', () => {
  const KEY = '@PrimaryKey() id: number;';

  it.each([
    ['@ManyToOne(() => Missing) boss: unknown;', 'what `boss` leads to'],
    ["@ManyToOne('Missing') boss: unknown;", 'what `boss` leads to'],
    ['@ManyToOne() boss: unknown;', 'what `boss` leads to'],
    ['@ManyToOne(() => Plain) boss: unknown;', 'what `boss` leads to'],
    ['@ManyToOne(() => User, { fieldName: named() }) boss: User;', 'the keys of `boss`'],
    ['@ManyToOne(() => User, options) boss: User;', 'the options of `boss`'],
    ['@ManyToOne(() => User, { mapToPk: flag }) boss: User;', 'the options of `boss`'],
    ["@ManyToOne(() => User, { joinColumns: ['a', 'b'] }) boss: User;", 'the keys of `boss`'],
    [
      '@OneToMany(() => User, (user) => user.nothing) users: unknown;',
      'the keys of `users`, since its other side is not found or not read',
    ],
    ['@OneToMany(() => User, mapped()) users: unknown;', 'the other side of `users`'],
    ['@ManyToMany({ entity: () => User, pivotTable: named() }) users: unknown;', 'the options of `users`'],
    [
      '@ManyToMany({ entity: () => User, pivotEntity: () => Missing }) users: unknown;',
      'the keys of `users`',
    ],
  ])('%s', (member, clause) => {
    const model = modelIn(`class Plain {} @Entity() export class User { ${KEY} ${member} }`);
    expect(model.unread).toContain(clause);
    expect(model.relations).toEqual([]);
  });

  it.each([
    ['@Property(options) name: string;', 'the options of `name`'],
    ['@Property({ ...options }) name: string;', 'the options of `name`'],
    ['@Property({ name: named() }) name: string;', 'the name of `name` in the database'],
    ['@Embedded(() => chosen()) name: object;', 'what `name` embeds'],
    ['@Property() [`x${computed()}`]: string;', 'the property `[`x${computed()}`]`'],
    ['@Hidden() name: string;', 'what the decorator `Hidden()` stands for'],
    ['@MikroOrmMoney() name: string;', 'what the decorator `MikroOrmMoney()` stands for'],
    [
      "@Index({ expression: 'create index x' }) @Property() name: string;",
      'the index of `name`, whose options say more',
    ],
    [
      "@Unique({ deferMode: 'deferred' }) @Property() name: string;",
      'the unique of `name`, whose options say more',
    ],
    ['@Property({ unique: flag }) name: string;', 'the unique of `name`'],
  ])('%s', (member, clause) => {
    const hidden = 'function Hidden() { return (target) => { Property()(target); }; }';
    const model = modelIn({
      'models.ts': `import { ${NAMES} } from '@mikro-orm/core'; import { MikroOrmMoney } from 'other';
        ${hidden} @Entity() export class User { ${KEY} ${member} }`,
    });
    expect(model.unread).toContain(clause);
    expect(model.uniques).toEqual([]);
    expect(model.indexes).toEqual([]);
  });

  it.each([
    ['@Entity(optionsOf()) export class User { KEY }', 'the options of the entity', undefined],
    ['@Entity({ tableName: named() }) export class User { KEY }', undefined, undefined],
    ["@Entity() @Unique({ properties: ['none'] }) export class User { KEY }", 'the unique of `none`', 'user'],
    ['@Entity() @Index({ properties: list }) export class User { KEY }', 'the columns of an index', 'user'],
    [
      '@Entity() export class User extends Mixed(Object) { KEY }',
      'what `Mixed(Object)` declares, which it extends',
      'user',
    ],
    [
      'const config = { namingStrategy: Own }; @Entity() export class User { KEY }',
      'the names in the database, which a naming strategy makes',
      undefined,
    ],
  ])('%s', (text, clause, table) => {
    const model = modelIn(text.replace('KEY', KEY));
    expect(model).toMatchObject({ unread: clause === undefined ? [] : [clause], table });
  });

  it('names that an own strategy makes are not guessed, and given ones are kept', () => {
    const model = modelIn(`
      class Own {}
      export const config = { namingStrategy: Own };
      @Entity({ tableName: 'users' }) export class User {
        @PrimaryKey() id: number;
        @Property({ name: 'boss_id' }) bossId: number;
        @ManyToOne(() => User, { fieldName: 'boss_id', persist: false }) boss: User;
        @ManyToOne(() => User) other: User;
      }`);
    expect(model.table).toBe('users');
    expect(model.primaryKey).toEqual(['id']);
    expect(model.relations.map(told)).toEqual(['boss: one User bossId=>id']);
    expect(model.unread).toEqual([
      'the names in the database, which a naming strategy makes',
      'the keys of `other`',
    ]);
  });

  it.each([
    ['properties: { ...unknown, id: COLUMN }', ['some of its properties']],
    ['properties: { id: COLUMN, name: columnOf() }', ['the property `name`']],
    ["properties: { id: COLUMN, boss: { kind: kindOf(), entity: 'User' } }", ['the property `boss`']],
    ["properties: { id: COLUMN, boss: { kind: 'm:1', entity: chosen() } }", ['what `boss` leads to']],
    ["extends: 'Base', properties: { id: COLUMN }", ['what `Base` declares, which it extends']],
    ['properties: { id: COLUMN }, indexes: listOf()', ['its indexes']],
    ['properties: { id: COLUMN }, filters: filtersOf()', ['some of its filters']],
  ])('new EntitySchema({ %s })', (options, unread) => {
    const model = modelIn(
      `export const User = new EntitySchema({ name: 'User', ${options.replace('COLUMN', "{ type: 'number', primary: true }")} })`,
    );
    expect(model.unread).toEqual(unread);
    expect(model.primaryKey).toEqual(['id']);
  });
});
