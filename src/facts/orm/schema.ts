import type { Site } from '../../evidence.ts';

/** The object-relational mappers, and the query builder, whose schemas and queries are read. */
export type Orm =
  'prisma' | 'typeorm' | 'sequelize' | 'mongoose' | 'drizzle' | 'knex' | 'objection' | 'mikro-orm';

/** What a column holds, as far as it decides how its values look in JavaScript and how they compare. */
export type ColumnType =
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'string'
  | 'uuid'
  | 'boolean'
  | 'date'
  | 'json'
  | 'bytes'
  | 'enum'
  | 'object-id'
  | 'unknown';

/** A column of a table, or a path of a document. */
export interface Column {
  /** The property that code calls it by: `authorId`. */
  readonly name: string;
  /** What the database calls it: `author_id`. The same as `name` where nothing says otherwise. */
  readonly column: string;
  readonly type: ColumnType;
  /** The type as the schema writes it: `Int`, `varchar(20)`, `DataTypes.STRING`. */
  readonly written: string;
  /** Undefined where the schema does not tell. */
  readonly isNullable: boolean | undefined;
  readonly isList: boolean;
  /** Whether a query leaves it out unless it is asked for, as `select: false` says. */
  readonly isHidden: boolean;
}

/** One side of a relation, as the model that it is declared on sees it. */
export interface Relation {
  /** The property, alias or path that an eager load names: `author`. */
  readonly name: string;
  readonly kind: 'one' | 'many';
  /** The name of the other model. */
  readonly model: string;
  /** The columns on this side, by the names in code: `authorId` of a post. The name in the database where code has none. */
  readonly from: readonly string[];
  /** The columns on the other side, in the same order: `id` of a user. */
  readonly to: readonly string[];
  /** The join table, for many to many; `from` and `to` are then the keys of the two models. */
  readonly through?: string;
  /** The relation on the other model that is this one seen from there, where it is declared. */
  readonly inverse?: string;
  /** Whether every query loads it. */
  readonly isEager: boolean;
  /** Whether it is a promise that loads when it is waited for. */
  readonly isLazy: boolean;
  /** Whether something beside the keys decides which rows belong to it: a scope, a filter, a `match`. */
  readonly isFiltered: boolean;
  /** Whether the code's type of the property says that it may be undefined, as `author?: User`. */
  readonly isOptional?: true;
}

/** What becomes of rows when a row that they refer to is deleted. */
export interface DeleteRule {
  /** The model whose rows they refer to. */
  readonly model: string;
  /** Whether they are deleted with it, or lose their key. */
  readonly rule: 'cascade' | 'set-null';
}

/** What is declared of a table, or of a collection. */
export interface Model {
  readonly orm: Orm;
  /** What queries call it by: `User` of TypeORM, Sequelize, Mongoose, Objection and MikroORM, `user` of Prisma, `users` of Drizzle and Knex. */
  readonly name: string;
  /** What the database calls it, where that is known. */
  readonly table: string | undefined;
  readonly columns: readonly Column[];
  /** The columns of its primary key, by their names in code. */
  readonly primaryKey: readonly string[];
  /** Each set of columns of which no two rows have the same values, the primary key left out. */
  readonly uniques: readonly (readonly string[])[];
  /** The columns of each index, in order, uniques and keys left out. */
  readonly indexes: readonly (readonly string[])[];
  readonly relations: readonly Relation[];
  /** What its foreign keys say of the deletion of what they refer to; those that refuse it are left out. */
  readonly deleteRules?: readonly DeleteRule[];
  /** What runs beside its queries, by the name that the library gives it: `afterFind`, `pre find`, `AfterLoad`. */
  readonly hooks: readonly string[];
  /** What every query is filtered or ordered by, as it is written: a default scope, a filter. */
  readonly defaultScope: string | undefined;
  /** The column that marks a row as deleted, so that queries pass over it. */
  readonly softDelete: string | undefined;
  /** Properties that are computed and not stored: getters, virtuals. */
  readonly virtuals: readonly string[];
  /** The database that the schema is written for, where it says so: `postgresql`. */
  readonly provider?: string | undefined;
  /** Whether foreign keys are left to the library, so that rows may hold the keys of rows that are not there. */
  readonly emulatesKeys?: boolean;
  /** What of its declaration could not be read, one clause each: a column from a computed name. */
  readonly unread: readonly string[];
  readonly seenAt: Site;
}
