import type { Choices } from './choices.ts';

/** The types of columns, as PostgreSQL knows them. */
export type ColumnType = 'integer' | 'bigint' | 'uuid' | 'text' | 'numeric' | 'boolean';

export interface Column {
  readonly table: string;
  /** What code calls it. */
  readonly name: string;
  /** What the database calls it, for libraries that can give columns other names. */
  readonly stored: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
  /** Whether no two rows have the same value of it. */
  readonly isUnique: boolean;
  /** What its values mean: columns of one domain are those that somebody would compare. */
  readonly domain: string;
  /** The column that it points to. */
  readonly points: Pointer | undefined;
}

export interface Pointer {
  readonly table: string;
  readonly column: string;
  /** Whether the database checks it; else it may lead nowhere. */
  readonly isChecked: boolean;
}

export interface Table {
  /** `users`, which is what code calls it too. */
  readonly name: string;
  /** `User`. */
  readonly model: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  /** The sets of several columns of which no two rows have the same values. */
  readonly uniques: readonly (readonly string[])[];
  /** The column that no query gives unless it is asked for; only where the library has such columns. */
  readonly hidden: string | undefined;
  /** The column that marks rows as deleted; only where the library has such columns. */
  readonly deletedAt: string | undefined;
}

/** A relation that is declared, seen from the table that has the key. */
export interface Relation {
  /** `author`. */
  readonly name: string;
  /** What it is called from the other side: `posts`. */
  readonly inverse: string;
  readonly from: string;
  readonly column: string;
  readonly to: string;
  readonly toColumn: string;
  /** Whether each row on the other side has at most one. */
  readonly isOneToOne: boolean;
  readonly isNullable: boolean;
  readonly isChecked: boolean;
}

export interface Schema {
  readonly tables: readonly Table[];
  readonly relations: readonly Relation[];
}

/** What a library has a way to declare. */
export interface Abilities {
  readonly renamesColumns: boolean;
  readonly hidesColumns: boolean;
  readonly marksDeleted: boolean;
}

/** The column of that name. */
export function columnOf({ columns, name: table }: Table, name: string): Column {
  const found = columns.find((one) => one.name === name);
  if (found === undefined) throw new TypeError(`${table} has no column ${name}.`);
  return found;
}

/** The table of that name. */
export function tableOf({ tables }: Schema, name: string): Table {
  const found = tables.find((one) => one.name === name);
  if (found === undefined) throw new TypeError(`There is no table ${name}.`);
  return found;
}

/** What code calls the rows of the table of that name. */
export const modelOf = (schema: Schema, table: string): string => tableOf(schema, table).model;

/** A key that points to another table: its name, the table, the relation and its other side. */
type Key = readonly [name: string, to: string, relation: string, inverse: string, toColumn?: string];

interface Plan {
  readonly name: string;
  readonly model: string;
  /** Those it always has, and those that it may have. */
  readonly keys: readonly Key[];
  readonly mayHave: readonly Key[];
  readonly isJoin?: true;
}

const USERS: Plan = {
  name: 'users',
  model: 'User',
  keys: [],
  mayHave: [['managerId', 'users', 'manager', 'team']],
};
const POSTS: Plan = {
  name: 'posts',
  model: 'Post',
  keys: [['authorId', 'users', 'author', 'posts']],
  mayHave: [
    ['editorId', 'users', 'editor', 'edited'],
    ['reviewerCode', 'users', 'reviewer', 'reviewed', 'code'],
  ],
};
const COMMENTS: Plan = {
  name: 'comments',
  model: 'Comment',
  keys: [['userId', 'users', 'user', 'comments']],
  mayHave: [['parentId', 'comments', 'parent', 'answers']],
};
const COMMENTS_ON_POSTS: Plan = {
  ...COMMENTS,
  keys: [['postId', 'posts', 'post', 'comments']],
  mayHave: [...COMMENTS.mayHave, ['userId', 'users', 'user', 'comments']],
};
const TAGS: Plan = { name: 'tags', model: 'Tag', keys: [], mayHave: [] };
const POST_TAGS: Plan = {
  name: 'postTags',
  model: 'PostTag',
  keys: [
    ['postId', 'posts', 'post', 'postTags'],
    ['tagId', 'tags', 'tag', 'postTags'],
  ],
  mayHave: [],
  isJoin: true,
};

/** A schema of two to four tables. `keyType`: of what type their keys are, if not of several. */
export function randomSchema(choices: Choices, abilities: Abilities, keyType?: ColumnType): Schema {
  const plans = choices.one([
    [USERS, POSTS],
    [USERS, COMMENTS],
    [USERS, POSTS, COMMENTS_ON_POSTS],
    [USERS, POSTS, TAGS, POST_TAGS],
  ]);
  const makesSnakes = abilities.renamesColumns && choices.chance(30);
  const tables: Table[] = [];
  const relations: Relation[] = [];
  for (const plan of plans) {
    const made = randomTable(choices, plan, { tables, makesSnakes, abilities, keyType });
    tables.push(made);
    relations.push(...randomRelations(choices, plan, made, [...tables]));
  }
  return { tables, relations };
}

interface Around {
  /** The tables that there are already. */
  readonly tables: readonly Table[];
  readonly makesSnakes: boolean;
  readonly abilities: Abilities;
  readonly keyType: ColumnType | undefined;
}

function randomTable(
  choices: Choices,
  plan: Plan,
  { tables, makesSnakes, abilities, keyType }: Around,
): Table {
  const { name, model, isJoin } = plan;
  const column = (one: Pick<Column, 'name' | 'type'> & Partial<Column>): Column => ({
    table: name,
    stored: makesSnakes ? one.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : one.name,
    isNullable: false,
    isUnique: false,
    domain: `${name}.${one.name}`,
    points: undefined,
    ...one,
  });
  const type = keyType ?? choices.one(['integer', 'integer', 'integer', 'uuid', 'text', 'bigint'] as const);
  const id = column({ name: 'id', type, isUnique: true });
  const own: readonly Column[] = isJoin ? [] : [id, ...plainColumns(choices, column, name)];
  const wanted = [...plan.keys, ...choices.some(plan.mayHave, 45)];
  const keys = wanted.flatMap(([key, to, , , toColumn = 'id']): readonly Column[] => {
    const target = to === name ? own : (tables.find((one) => one.name === to)?.columns ?? []);
    const pointed = target.find((one) => one.name === toColumn);
    if (pointed === undefined) return [];
    const isChecked = choices.chance(55);
    return [
      column({
        name: key,
        // A key that nobody checks may be kept as a text.
        type: !isChecked && choices.chance(8) ? 'text' : pointed.type,
        isNullable: isJoin === true ? false : to === name || choices.chance(50),
        isUnique: isJoin !== true && to !== name && choices.chance(10),
        domain: pointed.domain,
        points: { table: to, column: toColumn, isChecked },
      }),
    ];
  });
  const [firstKey] = keys;
  const hasRank = own.some((one) => one.name === 'rank');
  const isSetUnique = !isJoin && firstKey !== undefined && hasRank && choices.chance(25);
  return {
    name,
    model,
    columns: [...own, ...keys],
    primaryKey: isJoin ? keys.map((one) => one.name) : ['id'],
    uniques: isSetUnique ? [[firstKey.name, 'rank']] : [],
    hidden: !isJoin && abilities.hidesColumns && choices.chance(15) ? 'name' : undefined,
    deletedAt: !isJoin && abilities.marksDeleted && choices.chance(20) ? 'deletedAt' : undefined,
  };
}

/** The columns that point to nothing. */
function plainColumns(
  choices: Choices,
  column: (one: Pick<Column, 'name' | 'type'> & Partial<Column>) => Column,
  table: string,
): readonly Column[] {
  return [
    column({ name: 'name', type: 'text', domain: 'name', isUnique: choices.chance(15) }),
    column({ name: 'rank', type: 'integer', domain: 'rank', isNullable: choices.chance(20) }),
    ...choices.some(
      [
        column({
          name: 'code',
          type: choices.one(['text', 'integer', 'bigint'] as const),
          domain: `${table}.code`,
          isUnique: true,
          isNullable: choices.chance(40),
        }),
        column({ name: 'price', type: 'numeric', domain: 'price', isNullable: true }),
        column({ name: 'isOpen', type: 'boolean', domain: 'isOpen' }),
      ],
      table === 'users' ? 60 : 35,
    ),
  ];
}

/** The relations that are declared for the keys of a table; some keys have none. */
function randomRelations(
  choices: Choices,
  plan: Plan,
  table: Table,
  tables: readonly Table[],
): readonly Relation[] {
  return [...plan.keys, ...plan.mayHave].flatMap(([key, to, name, inverse, toColumn = 'id']) => {
    const column = table.columns.find((one) => one.name === key);
    const target = tables.find((one) => one.name === to);
    if (column?.points === undefined || target === undefined) return [];
    // What the types do not allow is no relation of most libraries; what the database checks mostly is declared.
    const isDeclared =
      column.type === columnOf(target, toColumn).type && choices.chance(column.points.isChecked ? 90 : 60);
    if (!isDeclared) return [];
    const { isNullable, isUnique, points } = column;
    return [
      {
        name,
        inverse: isUnique ? inverse.replace(/s$/, '') : inverse,
        from: table.name,
        column: key,
        to,
        toColumn,
        isOneToOne: isUnique,
        isNullable,
        isChecked: points.isChecked,
      },
    ];
  });
}
