import { compileFunction } from 'node:vm';
import { Project, ts } from 'ts-morph';
import * as typeorm from 'typeorm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';
import type { Column, ColumnType, Model, Relation } from '../../src/facts/orm/schema.ts';
import { readTypeOrmModels } from '../../src/facts/orm/schemas/typeorm/models.ts';

type Files = Readonly<Record<string, string>>;

/** What of the package the sources of a test use without saying so. */
const NAMES = [
  'AfterLoad, BeforeInsert, BeforeUpdate, ChildEntity, Column, CreateDateColumn, DeleteDateColumn, Entity, EntitySchema, Generated, Index',
  'JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn, PrimaryGeneratedColumn, RelationId, TableInheritance',
  'Tree, TreeChildren, TreeParent, Unique, UpdateDateColumn, VersionColumn, ViewColumn, ViewEntity, VirtualColumn, BaseEntity, DefaultNamingStrategy, Relation',
].join(', ');

const asFiles = (text: string | Files): Files =>
  typeof text === 'string' ? { 'models.ts': `import { ${NAMES} } from 'typeorm';\n${text}` } : text;

function read(given: string | Files): readonly Model[] {
  const files = asFiles(given);
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/app/${name}`, text]));
  const whole = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  return readTypeOrmModels(
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

const relationIn = (model: Model, name: string): Relation | undefined =>
  model.relations.find((relation) => relation.name === name);

/** `author: one User authorId=>id (posts)` */
const told = ({ name, kind, model, from, to, through, inverse, isEager, isLazy }: Relation): string =>
  [
    `${name}: ${kind} ${model} ${from.join('+')}=>${to.join('+')}`,
    ...(through === undefined ? [] : [`through ${through}`]),
    ...(inverse === undefined ? [] : [`(${inverse})`]),
    ...(isEager ? ['eager'] : []),
    ...(isLazy ? ['lazy'] : []),
  ].join(' ');

/* The same sources as TypeORM itself understands them */

class Unconnected extends typeorm.DataSource {
  async prepared(): Promise<this> {
    await this.buildMetadatas();
    return this;
  }
}

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
    if (name === 'typeorm') return typeorm;
    const key = `${folder}/${name.replace(/^\.\//, '')}`;
    const known = loaded.get(key);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(key, module);
    compileFunction(texts.get(key) ?? '', ['require', 'module', 'exports'])(load, module, module.exports);
    return module.exports;
  };
  for (const name of texts.keys()) if (name.startsWith(`${folder}/`)) load(name.slice(folder.length + 1));
  return [...loaded.values()].flatMap(({ exports }) =>
    exports instanceof typeorm.EntitySchema ? [exports] : Object.values(exports),
  );
}

/** What TypeORM makes of what is exported; join tables of its own left out. */
async function metadataOf(
  exported: readonly unknown[],
  options: Options,
): Promise<readonly typeorm.EntityMetadata[]> {
  const entities = exported.filter((one) => typeof one === 'function' || one instanceof typeorm.EntitySchema);
  const source = await new Unconnected({ type: 'postgres', entities, ...options }).prepared();
  return source.entityMetadatas.filter(({ tableType }) => !/junction/.test(tableType));
}

type Options = Pick<Partial<ConstructorParameters<typeof Unconnected>[0]>, 'entityPrefix' | 'namingStrategy'>;

/** The types that PostgreSQL knows them by. */
const STORED: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  smallint: 'integer',
  bigint: 'bigint',
  numeric: 'decimal',
  'double precision': 'float',
  real: 'float',
  'character varying': 'string',
  character: 'string',
  text: 'string',
  uuid: 'uuid',
  boolean: 'boolean',
  date: 'date',
  'timestamp without time zone': 'date',
  'timestamp with time zone': 'date',
  jsonb: 'json',
  json: 'json',
  bytea: 'bytes',
  enum: 'enum',
};

const sorted = (lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.map((list) => list.toSorted().join('+')))].toSorted();

/** A model in the words that TypeORM's metadata can be put in too. */
const summaryOf = (model: Model) => ({
  name: model.name,
  table: model.table,
  columns: model.columns.map(({ name, column, type, isNullable, isHidden, isList }) => ({
    name,
    column,
    type,
    isNullable,
    isHidden,
    isList,
  })),
  primaryKey: model.primaryKey,
  uniques: sorted(model.uniques),
  indexes: sorted(model.indexes),
  relations: model.relations.map(told),
  hooks: model.hooks.toSorted(),
  softDelete: model.softDelete,
});

type ColumnMetadata = typeorm.EntityMetadata['columns'][number];

const pathOf = (column: ColumnMetadata): string =>
  column.isVirtual ? column.databaseName : column.propertyPath;

function summaryOfMetadata(entity: typeorm.EntityMetadata): ReturnType<typeof summaryOf> {
  const { driver } = entity.dataSource;
  const ofOneToOne = entity.ownerOneToOneRelations.map(({ joinColumns }) =>
    joinColumns.map(pathOf).toSorted().join('+'),
  );
  const primaryKey = entity.primaryColumns.map(pathOf);
  const uniques = sorted([
    ...entity.uniques.map(({ columns }) => columns.map(pathOf)),
    ...entity.indices.filter(({ isUnique }) => isUnique).map(({ columns }) => columns.map(pathOf)),
  ]);
  return {
    name: entity.name,
    table: entity.tableName,
    columns: entity.columns
      .filter(({ isVirtual, isVirtualProperty }) => !isVirtual && !isVirtualProperty)
      .map((column) => ({
        name: column.propertyPath,
        column: column.databaseName,
        type: column.type === 'simple-json' ? 'json' : (STORED[driver.normalizeType(column)] ?? 'unknown'),
        isNullable: column.isNullable,
        isHidden: !column.isSelect,
        isList: column.isArray || column.type === 'simple-array',
      })),
    primaryKey,
    uniques: uniques.filter((one) => !ofOneToOne.includes(one) && one !== primaryKey.toSorted().join('+')),
    indexes: sorted(
      entity.indices.filter(({ isUnique }) => !isUnique).map(({ columns }) => columns.map(pathOf)),
    ),
    relations: entity.relations.map((relation) => told(relationOfMetadata(relation))),
    hooks: [...new Set(entity.listeners.map(({ type }) => titled(type)))].toSorted(),
    softDelete: entity.deleteDateColumn?.propertyPath,
  };
}

const titled = (text: string): string =>
  text.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const referenced = (columns: readonly ColumnMetadata[] = []): readonly string[] =>
  columns.map((column) => column.referencedColumn?.propertyPath ?? '');

function relationOfMetadata(relation: typeorm.RelationMetadata): Relation {
  const { inverseRelation, inverseEntityMetadata } = relation;
  const owner = relation.isOwning ? relation : inverseRelation;
  const [near, far] = relation.isManyToMany
    ? [referenced(owner?.joinColumns), referenced(owner?.inverseJoinColumns)]
    : [owner?.joinColumns.map(pathOf) ?? [], referenced(owner?.joinColumns)];
  const seenFromThere = inverseEntityMetadata.relations.filter(
    (one) => one.inverseRelation === relation && one !== relation,
  );
  const inverse = inverseRelation ?? (seenFromThere.length === 1 ? seenFromThere[0] : undefined);
  return {
    name: relation.propertyPath,
    kind: relation.isOneToOne || relation.isManyToOne ? 'one' : 'many',
    model: inverseEntityMetadata.name,
    from: relation.isOwning ? near : far,
    to: relation.isOwning ? far : near,
    ...(relation.isManyToMany && relation.junctionEntityMetadata !== undefined
      ? { through: relation.junctionEntityMetadata.tableName }
      : {}),
    ...(inverse === undefined ? {} : { inverse: inverse.propertyPath }),
    isEager: relation.isEager,
    isLazy: relation.isLazy,
    isFiltered: false,
  };
}

const USER_AND_POST = `
  @Entity()
  export class User {
    @PrimaryGeneratedColumn() id!: number;
    @OneToMany(() => Post, (post) => post.author) posts!: Post[];
  }
  @Entity()
  export class Post {
    @PrimaryGeneratedColumn() id!: number;
    @ManyToOne(() => User, (user) => user.posts) author!: User;
  }`;

/** Sources of which TypeORM's own metadata and what is read have to be the same. */
const AGREED: Readonly<Record<string, string | Files>> = {
  'columns of all kinds': `
    export enum Level { Low = 'low', High = 'high' }
    export enum Rank { First, Second }
    @Entity()
    export class Account {
      @PrimaryGeneratedColumn() id!: number;
      @Column() name!: string;
      @Column() age!: number;
      @Column() isActive!: boolean;
      @Column() born!: Date;
      @Column() level!: Level;
      @Column() rank!: Rank;
      @Column() side!: 'left' | 'right';
      @Column({ nullable: true }) note!: string;
      @Column({ default: null }) hint?: string;
      @Column('varchar', { length: 20 }) code!: string;
      @Column({ type: 'decimal', precision: 10, scale: 2 }) price!: string;
      @Column('bigint') big!: string;
      @Column({ type: 'jsonb' }) data!: object;
      @Column('bytea') raw!: Buffer;
      @Column('text', { array: true }) tags!: string[];
      @Column('simple-array') words!: string[];
      @Column('simple-json') bag!: object;
      @Column({ type: 'enum', enum: Level }) kind!: Level;
      @Column({ type: 'uuid', name: 'external_id' }) externalId!: string;
      @Column({ select: false }) password!: string;
      @Column({ type: Number }) count!: unknown;
      @Column({ type: 'timestamptz' }) at!: Date;
      @Column({ type: 'float' }) ratio!: number;
      @Column() @Generated('uuid') token!: string;
      @CreateDateColumn() createdAt!: Date;
      @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
      @DeleteDateColumn() deletedAt?: Date;
      @VersionColumn() version!: number;
    }`,
  'names of tables': `
    @Entity() export class HTTPLogEntry2 { @PrimaryColumn() id!: string }
    @Entity('given') export class Given { @PrimaryColumn('uuid') id!: string }
    @Entity({ name: 'optional' }) export class Optional { @PrimaryGeneratedColumn('uuid') id!: string }
    @Entity('both', { orderBy: { id: 'ASC' } }) export class Both { @PrimaryGeneratedColumn({ type: 'bigint' }) id!: string }`,
  'one to many and many to one': USER_AND_POST,
  'a foreign key with a property': `
    @Entity() export class User {
      @PrimaryGeneratedColumn('uuid') id!: string;
      @OneToMany('Post', 'author') posts!: unknown[];
    }
    @Entity() export class Post {
      @PrimaryGeneratedColumn() id!: number;
      @Column({ nullable: true }) authorId!: string;
      @ManyToOne('User', 'posts') author!: User;
      @Column({ name: 'editor_id' }) editorKey!: string;
      @ManyToOne(() => User, { nullable: false, eager: true }) @JoinColumn({ name: 'editor_id' }) editor!: User;
    }`,
  'a foreign key that refers to another column than the primary key': `
    @Entity() export class User {
      @PrimaryGeneratedColumn() id!: number;
      @Column({ unique: true, name: 'e_mail' }) email!: string;
      @OneToMany(() => Post, (post) => post.author) posts!: Post[];
    }
    @Entity() export class Post {
      @PrimaryGeneratedColumn() id!: number;
      @ManyToOne(() => User, (user) => user.posts) @JoinColumn({ referencedColumnName: 'email' }) author!: User;
      @ManyToOne(() => User) @JoinColumn({ name: 'reviewer', referencedColumnName: 'email' }) reviewer!: User;
    }`,
  'composite keys': `
    @Entity() export class Flat {
      @PrimaryColumn() street!: string;
      @PrimaryColumn() number!: number;
      @OneToMany(() => Guest, (guest) => guest.flat) guests!: Guest[];
      @OneToMany(() => Guest, (guest) => guest.second) others!: Guest[];
    }
    @Entity() export class Guest {
      @PrimaryGeneratedColumn() id!: number;
      @Column() flatNo!: number;
      @ManyToOne(() => Flat, (flat) => flat.guests) flat!: Flat;
      @ManyToOne(() => Flat, (flat) => flat.others)
      @JoinColumn([{ name: 'flatNo', referencedColumnName: 'number' }, { name: 'street2', referencedColumnName: 'street' }])
      second!: Flat;
    }`,
  'one to one': `
    @Entity() export class User {
      @PrimaryGeneratedColumn() id!: number;
      @OneToOne(() => Profile, (profile) => profile.user) @JoinColumn() profile!: Relation<Profile>;
      @OneToOne(() => Photo, (photo) => photo.owner) photo!: Relation<Photo>;
    }
    @Entity() export class Profile {
      @PrimaryGeneratedColumn() id!: number;
      @OneToOne(() => User, (user) => user.profile) user!: User;
    }
    @Entity() export class Photo {
      @PrimaryColumn() ownerId!: number;
      @OneToOne(() => User, (user) => user.photo) @JoinColumn({ name: 'ownerId' }) owner!: User;
    }`,
  'many to many': `
    @Entity() export class Question {
      @PrimaryGeneratedColumn() id!: number;
      @ManyToMany(() => Category, (category) => category.questions, { eager: true }) @JoinTable() categories!: Category[];
      @ManyToMany(() => Category) @JoinTable({ name: 'extra', joinColumn: { name: 'q' }, inverseJoinColumn: { name: 'c', referencedColumnName: 'slug' } })
      extras!: Category[];
      @ManyToMany(() => Question, (question) => question.linkedBy) @JoinTable() links!: Question[];
      @ManyToMany(() => Question, (question) => question.links) linkedBy!: Question[];
    }
    @Entity('cats') export class Category {
      @PrimaryGeneratedColumn() id!: number;
      @Column({ unique: true }) slug!: string;
      @ManyToMany((type) => Question, (question) => question.categories) questions!: Question[];
    }`,
  'relations of a model with itself': `
    @Entity() export class Employee {
      @PrimaryGeneratedColumn() id!: number;
      @Column({ nullable: true }) managerId!: number;
      @ManyToOne(() => Employee, (employee) => employee.reports) manager!: Employee;
      @OneToMany(() => Employee, (employee) => employee.manager) reports!: Employee[];
      @OneToOne(() => Employee) @JoinColumn() mentor!: Employee;
    }`,
  'several relations between two models': `
    @Entity() export class User {
      @PrimaryGeneratedColumn() id!: number;
      @OneToMany(() => Message, (message) => message.sender) sent!: Message[];
      @OneToMany(() => Message, (message) => message.receiver) received!: Message[];
    }
    @Entity() export class Message {
      @PrimaryGeneratedColumn() id!: number;
      @ManyToOne(() => User, (user) => user.sent) sender!: User;
      @ManyToOne(() => User) receiver!: User;
    }`,
  'lazy relations': `
    @Entity() export class User {
      @PrimaryGeneratedColumn() id!: number;
      @OneToMany(() => Post, (post) => post.author) posts!: Promise<Post[]>;
    }
    @Entity() export class Post {
      @PrimaryGeneratedColumn() id!: number;
      @ManyToOne(() => User, (user) => user.posts, { lazy: true }) author!: User | Promise<User>;
    }`,
  'uniques and indexes': `
    @Entity()
    @Unique(['first', 'last'])
    @Unique('UQ', ['last', 'author'])
    @Unique('UQ_2', (it: Person) => [it.first, it.code])
    @Index(['code', 'first'])
    @Index('IDX', ['last'])
    @Index('IDX_U', ['code', 'last'], { unique: true })
    @Index((it: Person) => ({ first: 1, last: -1 }))
    export class Person {
      @PrimaryGeneratedColumn() id!: number;
      @Column() first!: string;
      @Column() last!: string;
      @Column() @Index() code!: string;
      @Column() @Index({ unique: true }) tax!: string;
      @Column({ unique: true }) @Index('IDX_mail') mail!: string;
      @Column() @Unique() phone!: string;
      @ManyToOne(() => Person) @Index() author!: Person;
    }`,
  'classes that are extended': `
    export abstract class Base {
      @PrimaryGeneratedColumn('uuid') id!: string;
      @CreateDateColumn() createdAt!: Date;
      @DeleteDateColumn() deletedAt?: Date;
      @ManyToOne(() => User) createdBy!: Relation<User>;
      @Index() @Column() tenant!: string;
      @AfterLoad() loaded(): void {}
    }
    @Unique(['name', 'tenant'])
    export abstract class Named extends Base {
      @Column({ length: 10 }) name!: string;
    }
    @Entity() export class User extends Named {
      @OneToMany(() => Post, (post) => post.createdBy) posts!: Post[];
    }
    @Entity() export class Post extends Named {
      @Column({ nullable: true, length: 99 }) override name!: string;
      @BeforeInsert() prepare(): void {}
      @BeforeUpdate() again(): void {}
    }`,
  'an entity that another one extends': `
    @Entity() export class Person extends BaseEntity {
      @PrimaryGeneratedColumn() id!: number;
      @Column() name!: string;
    }
    @Entity() export class Student extends Person {
      @Column() school!: string;
    }`,
  'single table inheritance': `
    @Entity() @TableInheritance({ column: { type: 'varchar', name: 'type' } })
    export class Content {
      @PrimaryGeneratedColumn() id!: number;
      @Column() title!: string;
    }
    @ChildEntity() export class Photo extends Content {
      @Column() size!: string;
    }
    @ChildEntity('q') export class Question extends Content {
      @Column() answers!: number;
      @ManyToOne(() => Content) about!: Content;
    }`,
  'embedded columns': `
    export class Name {
      @Column() first!: string;
      @Column({ name: 'last_name', nullable: true }) last!: string;
      @Index() @Column() nick!: string;
    }
    export class Address {
      @Column() city!: string;
      @Column(() => Name) holder!: Name;
    }
    export class Counters {
      @Column() likes!: number;
      @ManyToOne(() => User) likedBy!: Relation<User>;
      @Column() checkedById!: number;
      @ManyToOne(() => User) checkedBy!: Relation<User>;
    }
    @Entity() export class User {
      @PrimaryGeneratedColumn() id!: number;
      @Column(() => Name) name!: Name;
      @Column(() => Address, { prefix: 'home' }) home!: Address;
      @Column((type) => Address, { prefix: false }) work!: Address;
      @Column(() => Counters) counters!: Counters;
    }`,
  trees: `
    @Entity() @Tree('closure-table')
    export class Category {
      @PrimaryGeneratedColumn() id!: number;
      @TreeChildren() children!: Category[];
      @TreeParent() parent!: Category;
    }`,
  'decorators one above the other': `
    @Entity() export class Log {
      @PrimaryGeneratedColumn() id!: number;
      @Column({ type: 'text', nullable: true }) @CreateDateColumn() createdAt!: Date;
      @CreateDateColumn() @Column({ nullable: true }) other!: Date;
    }`,
  'constants, enums and spreads': `
    const LENGTH = 20;
    const COLUMN = { type: 'varchar', length: LENGTH } as const;
    export const TABLES = { user: 'app_user' } as const;
    export enum Names { Mail = 'e_mail' }
    @Entity(TABLES.user) export class User {
      @PrimaryGeneratedColumn() id!: number;
      @Column({ ...COLUMN, nullable: true }) name!: string;
      @Column({ name: Names.Mail }) mail!: string;
      @Column({ name: \`x_\${LENGTH}\` }) other!: string;
    }`,
  'decorators that the project makes': `
    const applyDecorators = (...all: PropertyDecorator[]): PropertyDecorator => (target, key) => all.forEach((one) => one(target, key));
    export function Money(nullable = false): PropertyDecorator { return Column({ type: 'numeric', nullable }); }
    export const Key = (): PropertyDecorator => PrimaryGeneratedColumn('uuid');
    export function Json(options?: { nullable?: boolean; name?: string }): PropertyDecorator { return Column({ ...options, type: 'jsonb' }); }
    @Entity() export class Bill {
      @Key() id!: string;
      @Money() total!: string;
      @Money(true) tip!: string;
      @Json() data!: object;
      @Json({ nullable: true, name: 'more_data' }) more!: object;
    }`,
  schemas: `
    export const Base = { id: { type: 'int', primary: true, generated: true }, createdAt: { type: 'timestamptz', createDate: true } } as const;
    const NameSchema = new EntitySchema({ name: 'Name', columns: { first: { type: String }, last: { type: String, nullable: true } } } as never);
    export const User = new EntitySchema<any>({
      name: 'User',
      tableName: 'users',
      columns: { ...Base, email: { type: String, unique: true }, secret: { type: 'text', select: false }, deletedAt: { type: 'timestamp', deleteDate: true } },
      relations: { posts: { type: 'one-to-many', target: 'Post', inverseSide: 'author' }, tags: { type: 'many-to-many', target: 'Tag', joinTable: true } },
      embeddeds: { name: { schema: NameSchema, prefix: 'n_' } },
    });
    export const Post = new EntitySchema<any>({
      name: 'Post',
      columns: { ...Base, title: { type: 'varchar', length: 20, name: 'the_title' }, lang: { type: 'varchar' }, coverId: { type: 'int', nullable: true } },
      relations: {
        author: { type: 'many-to-one', target: 'User', inverseSide: 'posts', joinColumn: { name: 'author_id' }, eager: true },
        cover: { type: 'one-to-one', target: Tag0, joinColumn: true, lazy: true },
      },
      indices: [{ name: 'IDX', columns: ['title'] }, { name: 'IDX_U', unique: true, columns: ['title', 'author'] }],
      uniques: [{ columns: ['title', 'lang'] }],
    });
    export const Tag = new EntitySchema<any>({ name: 'Tag', columns: { slug: { type: String, primary: true } } });
  `.replace('Tag0', "'Tag'"),
  'schemas in CommonJS': {
    'user.js': `
      const { EntitySchema } = require('typeorm');
      module.exports = new EntitySchema({
        name: 'User',
        columns: { id: { primary: true, type: 'int', generated: true } },
        relations: { posts: { target: 'Post', type: 'one-to-many', inverseSide: 'author' } },
      });`,
    'post.js': `
      const orm = require('typeorm');
      const User = require('./user');
      module.exports.Post = new orm.EntitySchema({
        name: 'Post',
        columns: { id: { primary: true, type: 'int', generated: 'uuid' } },
        relations: { author: { target: User, type: 'many-to-one', inverseSide: 'posts' } },
      });`,
  },
  'a prefix of tables': `
    const entityPrefix = 'app_';
    const options = { type: 'postgres', entityPrefix };
    @Entity() export class User {
      @PrimaryGeneratedColumn() id!: number;
      @ManyToMany(() => User) @JoinTable() friends!: User[];
      @ManyToMany(() => User) @JoinTable({ name: 'foes' }) foes!: User[];
    }`,
  'a naming strategy that only names constraints': `
    class ConstraintNames extends DefaultNamingStrategy {
      override foreignKeyName(): string { return 'fk'; }
    }
    const options = { type: 'postgres', namingStrategy: new ConstraintNames() };
    @Entity() export class User {
      @PrimaryGeneratedColumn() id!: number;
      @ManyToOne(() => User) boss!: User;
    }`,
  'several files': {
    'orm.ts': `export { Entity, Column } from 'typeorm'; export * from 'typeorm';`,
    'base.ts': `
      import { PrimaryGeneratedColumn } from 'typeorm';
      export abstract class Base { @PrimaryGeneratedColumn('uuid') id!: string }`,
    'user.ts': `
      import { Entity as Table, OneToMany, Relation } from 'typeorm';
      import { Base } from './base';
      import { Post } from './index';
      @Table() export default class User extends Base {
        @OneToMany(() => Post, (post) => post.author) posts!: Relation<Post>[];
      }`,
    'post.ts': `
      import * as typeorm from 'typeorm';
      import type { Relation } from 'typeorm';
      import * as models from './index';
      import { Base } from './base';
      import { Entity, Column } from './orm';
      import { ManyToOne } from './orm';
      @Entity() export class Post extends Base {
        @Column() title!: string;
        @ManyToOne(() => models.User, (user) => user.posts) author!: Relation<models.User>;
        @typeorm.ManyToOne(() => models.User) editor!: Relation<models.User>;
      }`,
    'index.ts': `export { default as User } from './user'; export * from './post';`,
  },
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name);

/** What such names are made by, where a case says so. */
class ConstraintNames extends typeorm.DefaultNamingStrategy {
  override foreignKeyName(): string {
    return 'fk';
  }
}

/** The data sources that some of the cases have. */
const OPTIONS: Readonly<Record<string, Options>> = {
  'a prefix of tables': { entityPrefix: 'app_' },
  'a naming strategy that only names constraints': { namingStrategy: new ConstraintNames() },
};

describe('entities of TypeORM', () => {
  const cases = Object.fromEntries(Object.entries(AGREED).map(([name, given]) => [name, asFiles(given)]));
  let texts: ReadonlyMap<string, string>;
  beforeAll(() => {
    texts = emitted(cases);
  });

  it.each(Object.keys(cases))('are read as TypeORM has them: %s', async (name) => {
    const models = read(cases[name] ?? {});
    const folder = String(Object.keys(cases).indexOf(name));
    const metadata = await metadataOf(exportsOf(folder, texts), OPTIONS[name] ?? {});
    expect(metadata.length).toBeGreaterThan(0);
    expect(models.map(summaryOf).toSorted(byName)).toEqual(metadata.map(summaryOfMetadata).toSorted(byName));
    expect(models.flatMap(({ unread }) => unread)).toEqual([]);
  });
});

const posts = (name: string): string => `@OneToMany(() => Post, (post) => post.author) ${name}: Post[];`;

const withUser = (members: string): string => `
  @Entity() export class User { @PrimaryColumn() id: number; ${members} }
  @Entity() export class Post { @PrimaryColumn() id: number; @ManyToOne(() => User, (user) => user.id) author: User }`;

const entityFrom = (from: string): string => `
  import { Entity, EntitySchema } from '${from}';
  @Entity() export class User {}
  export const Schema = new EntitySchema({ name: 'A' });`;

describe('what only the sources tell', () => {
  it.each([
    ['@Column() name: string;', 'string', false],
    ['@Column() name: string | null;', 'string | null', false],
    ["@Column('varchar', { length: 20 }) name: string;", 'varchar(20)', false],
    ["@Column({ type: 'decimal', precision: 10, scale: 2 }) name: string;", 'decimal(10, 2)', false],
    ['@Column({ type: String, nullable: true }) name: string;', 'String', true],
    [
      "@Column({ type: isPostgres ? 'jsonb' : 'text', nullable: flag }) name: string;",
      "isPostgres ? 'jsonb' : 'text'",
      undefined,
    ],
  ])('%s is written as %j', (text, written, isNullable) => {
    const model = modelIn(`@Entity() export class User { @PrimaryColumn() id: number; ${text} }`);
    expect(columnIn(model, 'name')).toMatchObject({ written, isNullable });
  });

  it.each([
    ["type: 'citext'", 'unknown'],
    ["type: 'varchar', collation: 'utf8mb4_general_ci'", 'unknown'],
    ["type: 'varchar', collation: 'utf8mb4_bin'", 'string'],
    ["type: 'decimal', transformer: { from: Number, to: String }", 'unknown'],
    ["type: 'nvarchar'", 'string'],
    ["type: 'uniqueidentifier'", 'uuid'],
    ["type: 'timestamp without time zone'", 'date'],
    ['type: typeOf()', 'unknown'],
  ])('a column with %s holds %s', (options, type) => {
    const model = modelIn(
      `@Entity() export class User { @PrimaryColumn() id: number; @Column({ ${options} }) name: string }`,
    );
    expect(columnIn(model, 'name')?.type).toBe(type);
  });

  it('a foreign key without a property is called as in the database, and is no column', () => {
    const model = modelIn(USER_AND_POST, 'Post');
    expect(relationIn(model, 'author')).toEqual({
      name: 'author',
      kind: 'one',
      model: 'User',
      from: ['authorId'],
      to: ['id'],
      inverse: 'posts',
      isEager: false,
      isLazy: false,
      isFiltered: false,
    });
    expect(model.columns.map(({ name }) => name)).toEqual(['id']);
  });

  it('the foreign key of one to one is not taken for unique: only a synchronised database has to have it so', () => {
    const model = modelIn(`@Entity() export class User {
      @PrimaryColumn() id: number;
      @Column() bossId: number;
      @OneToOne(() => User) @JoinColumn() boss: User;
    }`);
    expect(relationIn(model, 'boss')?.from).toEqual(['bossId']);
    expect(model.uniques).toEqual([]);
  });

  it('a relation has as its inverse the only one that calls it so', () => {
    expect(relationIn(modelIn(withUser(posts('posts')), 'Post'), 'author')?.inverse).toBe('posts');
    const two = withUser(posts('posts') + posts('drafts'));
    expect(relationIn(modelIn(two, 'Post'), 'author')).toMatchObject({ from: ['authorId'] });
    expect(relationIn(modelIn(two, 'Post'), 'author')).not.toHaveProperty('inverse');
    expect(relationIn(modelIn(two, 'User'), 'drafts')?.inverse).toBe('author');
  });

  it('virtuals are getters, virtual columns and ids of relations', () => {
    const model = modelIn(`@Entity() export class User {
      @PrimaryColumn() id: number;
      @Column() first: string;
      get full(): string { return this.first; }
      static get all(): string { return ''; }
      get #own(): string { return ''; }
      @Column() get last(): string { return ''; }
      @VirtualColumn({ query: () => 'select 1' }) count: number;
      @ManyToOne(() => User) boss: User;
      @RelationId((user: User) => user.boss) bossKey: number;
    }`);
    expect(model.virtuals).toEqual(['full', 'count', 'bossKey']);
    expect(model.columns.map(({ name }) => name)).toEqual(['id', 'first', 'last']);
  });

  it('hooks are listeners and the methods of subscribers', () => {
    const text = `
      import { Entity, PrimaryColumn, AfterLoad, EventSubscriber, EntitySubscriberInterface } from 'typeorm';
      export class Base { @AfterLoad() loaded() {} }
      @Entity() export class User extends Base { @PrimaryColumn() id: number }
      @Entity() export class Post { @PrimaryColumn() id: number }
      @EventSubscriber() class OfUsers implements EntitySubscriberInterface<User> {
        listenTo() { return User; }
        afterLoad() {}
        beforeUpdate() {}
        helper() {}
      }
      class OfBase implements EntitySubscriberInterface<Base> { listenTo = () => Base; afterInsert() {} }
      class OfAll implements EntitySubscriberInterface { afterRemove() {} }
      class OfObject implements EntitySubscriberInterface { listenTo() { return Object; } afterUpdate() {} }
      class OfUnknown implements EntitySubscriberInterface { listenTo() { return chosen(); } beforeQuery() {} }`;
    const files = { 'models.ts': text };
    const ofAll = ['afterRemove', 'afterUpdate', 'beforeQuery'];
    expect(modelIn(files, 'Post').hooks).toEqual(ofAll);
    expect(modelIn(files, 'User').hooks).toEqual([
      'AfterLoad',
      'afterLoad',
      'beforeUpdate',
      'afterInsert',
      ...ofAll,
    ]);
  });

  it('default scopes are orders, and being one of several entities in a table', () => {
    const text = `
      @Entity({ orderBy: { name: 'ASC', id: 'DESC' } }) @TableInheritance({ column: 'kind' })
      export class Item { @PrimaryColumn() id: number; @Column() name: string; @OneToMany(() => Book, (book) => book.shelf) books: Book[] }
      @ChildEntity('b') export class Book extends Item { @ManyToOne(() => Item, (item) => item.books) shelf: Item }
      @Entity() export class Plain { @PrimaryColumn() id: number }`;
    expect(modelIn(text, 'Item').defaultScope).toBe("orderBy: { name: 'ASC', id: 'DESC' }");
    expect(modelIn(text, 'Book').defaultScope).toBe("ChildEntity('b')");
    expect(modelIn(text, 'Plain').defaultScope).toBeUndefined();
    expect(relationIn(modelIn(text, 'Item'), 'books')).toMatchObject({ model: 'Book', isFiltered: true });
    expect(relationIn(modelIn(text, 'Book'), 'shelf')).toMatchObject({ model: 'Item', isFiltered: false });
  });

  it('a view has a name and columns, and no key', () => {
    const model = modelIn(
      `@ViewEntity({ name: 'totals', expression: 'select 1' }) export class Total { @ViewColumn({ name: 'the_sum' }) sum: number }`,
    );
    expect(model).toMatchObject({ table: 'totals', primaryKey: [], unread: [] });
    expect(columnIn(model, 'sum')).toMatchObject({ column: 'the_sum', type: 'integer' });
  });

  it('models of documents have an object id', () => {
    const model = modelIn({
      'models.ts': `
        import { Entity, ObjectIdColumn, ObjectId } from 'typeorm';
        @Entity() export class User { @ObjectIdColumn() id: ObjectId }`,
    });
    expect(model.columns).toMatchObject([{ name: 'id', column: '_id', type: 'object-id' }]);
    expect(model.primaryKey).toEqual(['id']);
  });

  it('the naming strategy of snake case names columns, keys and tables between', () => {
    const text = `
      import { SnakeNamingStrategy } from 'typeorm-naming-strategies';
      import { ${NAMES} } from 'typeorm';
      export const options = { namingStrategy: new SnakeNamingStrategy() };
      export class Name { @Column() firstName: string }
      @Entity() export class BlogUser {
        @PrimaryColumn() userKey: number;
        @Column() bossUserKey: number;
        @Column({ name: 'givenName' }) given: string;
        @Column(() => Name) fullName: Name;
        @ManyToOne(() => BlogUser) boss: BlogUser;
        @ManyToOne(() => BlogUser) chiefEditor: BlogUser;
        @ManyToMany(() => BlogUser) @JoinTable() bestFriends: BlogUser[];
      }`;
    const model = modelIn({ 'models.ts': text });
    expect(model.table).toBe('blog_user');
    expect(model.columns.map(({ name, column }) => [name, column])).toEqual([
      ['userKey', 'user_key'],
      ['bossUserKey', 'boss_user_key'],
      ['given', 'givenName'],
      ['fullName.firstName', 'full_name_first_name'],
    ]);
    expect(model.relations.map(told)).toEqual([
      'boss: one BlogUser bossUserKey=>userKey',
      'chiefEditor: one BlogUser chief_editor_user_key=>userKey',
      'bestFriends: many BlogUser userKey=>userKey through blog_user_best_friends_blog_user',
    ]);
    expect(model.unread).toEqual([]);
  });

  it('a schema is called by its class, its variable or its name', () => {
    const text = `
      class Post { get short() { return ''; } }
      export const PostSchema = new EntitySchema<Post>({ name: 'whatever', target: Post, columns: { id: { type: Number, primary: true } } });
      export const UserSchema = new EntitySchema({ name: 'user', columns: { id: { type: Number, primary: true } }, orderBy: { id: 'ASC' } });
      export default new EntitySchema({ name: 'Tag', tableName: 'tags', columns: { id: { type: Number, primary: true } } });`;
    expect(read(text).map(({ name, table, virtuals }) => [name, table, virtuals])).toEqual([
      ['Post', 'post', ['short']],
      ['UserSchema', 'user', []],
      ['Tag', 'tags', []],
    ]);
    expect(modelIn(text, 'UserSchema').defaultScope).toBe("orderBy: { id: 'ASC' }");
  });

  it('a model is seen where its class has its name', () => {
    const text = "import { Entity } from 'typeorm';\n\n@Entity()\nexport class User {}\n";
    expect(modelIn({ 'models.ts': text }).seenAt).toEqual({ path: '/app/models.ts', line: 4 });
  });

  it('an answer is plain data', () => {
    const models = read(AGREED['uniques and indexes'] ?? '');
    expect(structuredClone(models)).toEqual(models);
  });

  it('entities of other libraries are none of TypeORM', () => {
    expect(read({ 'models.ts': entityFrom('@mikro-orm/core') })).toEqual([]);
    expect(
      read({
        'models.ts': entityFrom('./own'),
        'own.ts': 'export const Entity = () => () => {}; export class EntitySchema {}',
      }),
    ).toEqual([]);
    expect(read({ 'models.ts': entityFrom('typeorm') })).toHaveLength(2);
  });
});

const withMember = (member: string): Files => ({
  'models.ts': `
        import { Entity, PrimaryColumn, Column } from 'typeorm';
        import { MoneyColumn, Money, WithIndex } from 'own-decorators';
        @Entity() export class User { @PrimaryColumn() id: number; ${member} }`,
});

const withTable = (declaration: string, table: string): string =>
  `${declaration} @Entity(${table}) export class User { @PrimaryColumn() id: number; }`;

describe('what cannot be read is said', () => {
  const KEY = '@PrimaryColumn() id: number;';
  it.each([
    ['@ManyToOne(() => Missing) author: unknown;', 'what `author` leads to'],
    ["@ManyToOne('Missing') author: unknown;", 'what `author` leads to'],
    ['@ManyToOne(() => chosen()) author: unknown;', 'what `author` leads to'],
    ['@ManyToOne(() => Plain) author: unknown;', 'what `author` leads to'],
    ['@ManyToOne(() => User) @JoinColumn({ name: named() }) author: User;', 'the join columns of `author`'],
    ['@ManyToOne(() => User) @JoinColumn(options) author: User;', 'the join columns of `author`'],
    [
      "@ManyToOne(() => User) @JoinColumn({ referencedColumnName: 'none' }) author: User;",
      'the keys of `author`',
    ],
    ['@ManyToOne(() => User, pathOf()) author: User;', 'the other side of `author`'],
    ['@ManyToOne(() => User, { ...options }) author: User;', 'the options of `author`'],
    [
      '@OneToMany(() => User, (user) => user.nothing) posts: User[];',
      'the keys of `posts`, since its other side is not found or not read',
    ],
    [
      '@OneToMany(() => User, (user) => user.id) posts: User[];',
      'the keys of `posts`, since its other side is not found or not read',
    ],
    [
      '@OneToOne(() => User) twin: User;',
      'the keys of `twin`, since its other side is not found or not read',
    ],
    [
      '@ManyToMany(() => User) friends: User[];',
      'the keys of `friends`, since its other side is not found or not read',
    ],
    ['@ManyToMany(() => User) @JoinTable(options) friends: User[];', 'the join table of `friends`'],
    ['@ManyToMany(() => User) @JoinTable({ name: named() }) friends: User[];', 'the join table of `friends`'],
  ])('%s', (member, clause) => {
    const model = modelIn(`class Plain {} @Entity() export class User { ${KEY} ${member} }`);
    expect(model.unread).toEqual([clause]);
    expect(model.relations).toEqual([]);
  });

  it.each([
    ['@Column(options) name: string;', 'the options of `name`'],
    ["@Column('varchar', { ...options, nullable: true }) name: string;", 'the options of `name`'],
    ['@Column({ name: named() }) name: string;', 'the name of `name` in the database'],
    ['@Column(() => embedded()) name: object;', 'what `name` embeds'],
    ['@Column() [`x${computed()}`]: string;', 'the property `[`x${computed()}`]`'],
    ['@Hidden() name: string;', 'what the decorator `Hidden()` stands for'],
    [
      "@Index({ unique: true, where: 'name is not null' }) @Column() name: string;",
      'the unique of `name`, whose options say more',
    ],
    ['@Index({ fulltext: true }) @Column() name: string;', 'the index of `name`, whose options say more'],
    [
      "@Unique({ deferrable: 'INITIALLY DEFERRED' }) @Column() name: string;",
      'the unique of `name`, whose options say more',
    ],
    ['@Index({ unique: flag }) @Column() name: string;', 'the index of `name`, whose options say more'],
  ])('%s', (member, clause) => {
    const hidden = 'function Hidden() { const one = Column(); return chosen(one); }';
    const model = modelIn(`${hidden} @Entity() export class User { ${KEY} ${member} }`);
    expect(model.unread).toContain(clause);
    expect(model.uniques).toEqual([]);
    expect(model.indexes).toEqual([]);
  });

  it('decorators of others that may well give a column are named, where there is none beside them', () => {
    const clause = 'what the decorator `MoneyColumn()` stands for';
    expect(modelIn(withMember('@MoneyColumn() total: number;')).unread).toEqual([clause]);
    expect(modelIn(withMember('@MoneyColumn() @Column() total: number;')).unread).toEqual([]);
    expect(modelIn(withMember('@WithIndex() @Column() total: number;')).unread).toEqual([
      'what the decorator `WithIndex()` stands for',
    ]);
    expect(modelIn(withMember('@Money() total: number;')).unread).toEqual([]);
  });

  it('a constant is followed past its type, and a variable is not', () => {
    expect(modelIn(withTable("const T: Record<string, string> = { user: 'people' };", 'T.user')).table).toBe(
      'people',
    );
    expect(modelIn(withTable("class T { static readonly user = 'people'; }", 'T.user')).table).toBe('people');
    const { table, unread } = modelIn(withTable("let T = 'people';", 'T'));
    expect([table, unread]).toEqual([undefined, ['the options of the entity']]);
  });

  it('a spread that is not known hides what comes before it, and not what comes after', () => {
    const model = modelIn(`@Entity() export class User {
      ${KEY}
      @Column({ nullable: true, ...options, select: false }) name: string;
    }`);
    expect(columnIn(model, 'name')).toMatchObject({ isNullable: undefined, isHidden: true, type: 'unknown' });
  });

  it.each([
    ['@Entity(named()) export class User { KEY }', 'the options of the entity', undefined],
    ['@Entity({ name: named() }) export class User { KEY }', 'the options of the entity', undefined],
    ["@Entity() @Unique(['none']) export class User { KEY }", 'the unique of `none`', 'user'],
    ['@Entity() @Index(columns) export class User { KEY }', 'the columns of an index', 'user'],
    [
      "@Entity() @Index('name', { synchronize: false }) export class User { KEY }",
      'the columns of an index',
      'user',
    ],
    [
      '@Entity() export class User extends Mixed(Object) { KEY }',
      'what `Mixed(Object)` declares, which it extends',
      'user',
    ],
    [
      "import { Other } from 'other'; @Entity() export class User extends Other { KEY }",
      'what `Other` declares, which it extends',
      'user',
    ],
    [
      'const options = { namingStrategy: strategyOf() }; @Entity() export class User { KEY }',
      'the names in the database, which a naming strategy makes',
      undefined,
    ],
    [
      'const options = { entityPrefix: process.env.PREFIX }; @Entity() export class User { KEY }',
      'the prefix of the tables',
      undefined,
    ],
  ])('%s', (text, clause, table) => {
    const model = modelIn(text.replace('KEY', KEY));
    expect(model).toMatchObject({ unread: [clause], table });
  });

  it('names that an own strategy makes are not guessed, and given ones are kept', () => {
    const text = `
      import { DefaultNamingStrategy } from 'typeorm';
      import { ${NAMES.replace('DefaultNamingStrategy, ', '')} } from 'typeorm';
      class Own extends DefaultNamingStrategy { columnName() { return 'x'; } }
      export const options = { namingStrategy: new Own() };
      @Entity('users') export class User {
        @PrimaryColumn() id: number;
        @Column({ name: 'boss_id' }) bossId: number;
        @ManyToOne(() => User) @JoinColumn({ name: 'boss_id' }) boss: User;
        @ManyToOne(() => User) @JoinColumn({ name: 'other_id' }) other: User;
      }`;
    const model = modelIn({ 'models.ts': text });
    expect(model.relations.map(told)).toEqual(['boss: one User bossId=>id']);
    expect(model.unread).toEqual([
      'the names in the database, which a naming strategy makes',
      'the keys of `other`',
    ]);
  });

  it('a text that calls two entities leads to none', () => {
    const user =
      "import { Entity, PrimaryColumn } from 'typeorm'; @Entity() export class User { @PrimaryColumn() id: number }";
    const post =
      "import { Entity, PrimaryColumn, ManyToOne } from 'typeorm'; @Entity() export class Post { @PrimaryColumn() id: number; @ManyToOne('User') author: unknown }";
    expect(modelIn({ 'a.ts': user, 'post.ts': post }, 'Post').relations).toHaveLength(1);
    expect(modelIn({ 'a.ts': user, 'b.ts': user, 'post.ts': post }, 'Post').unread).toEqual([
      'what `author` leads to',
    ]);
  });

  it.each([
    ['columns: { ...unknown, id: COLUMN }', ['some of its columns']],
    ['columns: { id: COLUMN, name: columnOf() }', ['the options of `name`']],
    [
      "columns: { id: COLUMN }, relations: { boss: { type: 'many-to-one', target: chosen() } }",
      ['what `boss` leads to'],
    ],
    [
      "columns: { id: COLUMN }, relations: { boss: { type: kind(), target: 'User' } }",
      ['what `boss` leads to'],
    ],
    ['columns: { id: COLUMN }, embeddeds: { name: { schema: chosen() } }', ['what `name` embeds']],
    ['columns: { id: COLUMN }, indices: listOf()', ['its indices']],
    [
      "columns: { id: COLUMN }, indices: [{ unique: true, columns: ['id', 'x'] }]",
      ['the unique of `id`, `x`'],
    ],
  ])('new EntitySchema({ %s })', (options, unread) => {
    const model = modelIn(
      `export const User = new EntitySchema({ name: 'User', ${options.replace('COLUMN', '{ type: Number, primary: true }')} })`,
    );
    expect(model.unread).toEqual(unread);
    expect(model.primaryKey).toEqual(['id']);
  });
});
