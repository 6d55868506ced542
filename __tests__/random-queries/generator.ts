import { block, line, textOf, type Block, type Piece, type Program } from '../random-programs/program.ts';
import { Choices } from './choices.ts';
import {
  fixedSet,
  lowerFirst,
  type Asked,
  type Comparison,
  type Library,
  type Question,
  type Speaker,
} from './library.ts';
import { randomRows, seedOf, valuesOf, type Rows } from './rows.ts';
import { columnOf, randomSchema, tableOf, type Column, type Schema, type Table } from './schema.ts';

/** A program that asks a database, with the library that it asks with. */
export interface QueryProgram extends Program {
  readonly library: Library;
  /** How many keys the rewrite may ask for at once; 0: all. */
  readonly chunk: number;
  /** The queries that were made for it, most of which stand in its main file. */
  readonly questions: readonly string[];
}

/** Code that gives a value of a column. */
interface Value {
  readonly code: string;
  readonly column: Column;
  /** The row that it is read from, where that may be missing. */
  readonly ofMissing: string | undefined;
}

/** A name that a row is bound to. */
interface RowName {
  readonly name: string;
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly mayBeMissing: boolean;
}

/** What all of a program has in common. */
interface World {
  readonly choices: Choices;
  readonly library: Library;
  readonly schema: Schema;
  readonly rows: Rows;
  readonly speaker: Speaker;
  /** How often what is unusual is done: 0 is hardly ever, 2 is often. It multiplies weights and chances. */
  readonly odd: number;
  /** The one unusual thing that is done most of the time; the rest of the program is plain then. */
  readonly trap: Trap | undefined;
  /** The table that was asked for last. */
  readonly last: { table?: Table };
}

/** What may keep a query from being asked once for all turns, and what it is easily mistaken for. */
export type Trap = (typeof TRAPS)[number];

export const TRAPS = [
  'keys that are null',
  'keys of another type',
  'keys in capitals',
  'keys of several rows',
  'rows that must be there',
  'turns that write',
  'lists to be walked once',
  'lists that grow',
  'keys that change',
  'rows that are changed',
  'rows without their key',
  'errors that are caught',
  'limits',
  'parents that are seen',
  'relations',
] as const;

/** A weight of what is unusual: high in a program that is about it. */
const odds = ({ odd, trap }: World, about: Trap): number => (trap === about ? 40 : odd);

/** Whether to do what is unusual, with a chance in percent that is `most` in a program that is about it. */
const likely = ({ trap, choices }: World, about: Trap, percent: number, most = 85): boolean =>
  choices.chance(trap === about ? most : percent);

/** Where code of a turn stands, and what it can use. */
interface Place {
  readonly world: World;
  readonly values: readonly Value[];
  readonly rows: readonly RowName[];
  /** What results are handed to: a list of the function, or one of the turn's own. */
  readonly out: string;
  /** What goes on with the next element, and what ends the walk. */
  readonly skip: string;
  readonly stop: string | undefined;
  /** What the walk around all others is called, where it has a name. */
  readonly label: string | undefined;
  /** Whether the turns run at the same time, so that they must not disturb one another. */
  readonly isTogether: boolean;
  /** The list that is walked, where it has a name, and what its elements are. */
  readonly list: string | undefined;
  readonly element: Element['kind'];
  readonly depth: number;
}

/** Statements, with what can be used after them. */
interface Made {
  readonly pieces: readonly Piece[];
  readonly rows: readonly RowName[];
  readonly values: readonly Value[];
}

const made = (pieces: readonly Piece[], more: Partial<Made> = {}): Made => ({
  pieces,
  rows: [],
  values: [],
  ...more,
});

const withMade = (place: Place, { rows, values }: Made): Place => ({
  ...place,
  rows: [...place.rows, ...rows],
  values: [...place.values, ...values],
});

/** A program, the same for the same seed; of another library it asks the same. `about`: what it is about, if not by chance. */
export function randomProgram(seed: number, library: Library, about?: Trap): QueryProgram {
  const choices = new Choices(seed);
  const trap =
    about ??
    choices.way<Trap | undefined>(
      [50, () => undefined],
      [10, () => 'relations'],
      [40, () => choices.one(TRAPS)],
    );
  // Only texts that stand for ids are refused by the database, and only they have capitals that do not count.
  const isOfIds = /capitals|caught/.test(trap ?? '');
  const isPlain = trap !== undefined && trap !== 'keys of another type' && choices.chance(75);
  const keyType = isOfIds ? 'uuid' : isPlain ? 'integer' : undefined;
  const schema = randomSchema(choices.fork(), library.abilities, keyType);
  const rows = randomRows(choices.fork(), schema);
  const style = choices.fork();
  const isInTransaction = choices.chance(trap === undefined ? 12 : 4);
  const odd = trap === undefined ? choices.one([0, 0, 1, 2]) : 0;
  const questions: string[] = [];
  const isTall = choices.chance(25);
  const asking: Library = {
    ...library,
    ask(...asked) {
      const question = library.ask(...asked);
      const text = isTall ? tall(question.text) : question.text;
      questions.push(text);
      return { ...question, text };
    },
    ...(library.load && {
      load(...asked: Parameters<NonNullable<Library['load']>>) {
        const text = library.load?.(...asked) ?? '';
        questions.push(text);
        return text;
      },
    }),
  };
  const speaker: Speaker = { style, isInTransaction };
  const world: World = { choices, library: asking, schema, rows, speaker, odd, trap, last: {} };
  const main = mainOf(world);
  const head = importsFor(world, main);
  return {
    library,
    chunk: choices.chance(40) ? 2 : 0,
    questions,
    files: [
      { path: 'package.json', pieces: [line(manifestOf(library))] },
      ...library.files(schema),
      { path: 'seed.sql', pieces: seedOf(schema, rows) },
      { path: 'main.ts', pieces: [...head, ...main] },
    ],
  };
}

/** `count` programs, the same for the same seed. */
export const somePrograms = (
  count: number,
  seed: number,
  library: Library,
  about?: Trap,
): readonly QueryProgram[] =>
  Array.from({ length: count }, (_, number) => randomProgram(seed * 100_003 + number, library, about));

/** A query over several lines, as formatters lay long ones out. */
const tall = (text: string): string =>
  text
    .replaceAll(/\)\.(?=where|andWhere|orderBy|select|first|limit|from|whereIn|get[MOC])/g, ')\n      .')
    .replace(/\(\{ (.*) \}\)$/, (_, inner: string) => `({\n      ${inner},\n    })`);

const manifestOf = ({ packages }: Library): string =>
  JSON.stringify({
    name: 'random-queries',
    type: 'module',
    dependencies: Object.fromEntries([...packages, 'pg'].map((name) => [name, '*'])),
  });

const isUsedIn = (text: string, name: string): boolean => new RegExp(`(?<![\\w.])${name}\\b`).test(text);

/** The imports and declarations that the text of the main file needs. */
function importsFor({ library, schema }: World, main: readonly Piece[]): readonly Piece[] {
  const text = textOf(main);
  const declarations = (library.declarations?.(schema) ?? []).filter(([name]) => isUsedIn(text, name));
  const all = [text, ...declarations.map(([, code]) => code)].join('\n');
  const imports = library.imports(schema).flatMap(([names, from]) => {
    const used = names.filter((name) => isUsedIn(all, name.split(' ').at(-1) ?? name));
    const list = used.join(', ');
    return used.length === 0
      ? []
      : [line(`import ${list.startsWith('*') ? list : `{ ${list} }`} from '${from}';`)];
  });
  return [...imports, ...declarations.map(([, code]) => line(code))];
}

// The program as a whole

function mainOf(world: World): readonly Piece[] {
  const { choices, library, speaker, odd } = world;
  const walks = world.trap === undefined && choices.chance(25) ? 2 : 1;
  const bodies = Array.from({ length: walks }, () => walkOfSource(world));
  const body = bodies.flatMap(({ inside }) => inside);
  const inTransaction = speaker.isInTransaction
    ? [block(library.transaction.open, body, library.transaction.close)]
    : body;
  const kept = bodies.flatMap(({ kept: names }) => names);
  const isKept = !speaker.isInTransaction && kept.length > 0;
  const last = choices.way(
    [6, () => 'return out;'],
    [isKept ? odds(world, 'parents that are seen') : 0, () => `return { out, ${kept.join(', ')} };`],
    [
      isKept ? odds(world, 'parents that are seen') : 0,
      () => `return [out, JSON.stringify(${kept[0] ?? 'out'}, told)];`,
    ],
    [2, () => 'return { out, total };'],
  );
  const remembers = textOf(inTransaction).includes('seen.set(');
  const run = [
    line('const out: unknown[] = [];'),
    line('let total = 0;'),
    line('let wanted = 1;'),
    ...(remembers ? [line('const seen = new Map<unknown, unknown>();')] : []),
    ...decoys(world, 15),
    ...inTransaction,
    ...decoys(world, 10),
    ...(remembers ? [line('out.push(seen);')] : []),
    line(last),
  ];
  return [
    ...HELPERS.filter((helper) => isCalled(helper, [...bodies.flatMap(({ outside }) => outside), ...run])),
    ...bodies.flatMap(({ outside }) => outside),
    ...choices.way<readonly Piece[]>(
      [8, () => [block('export async function run() {', run)]],
      [2, () => [block('export const run = async () => {', run, '};')]],
      [
        odd,
        () => [
          block('class Report {', [block('async make() {', run)]),
          line('export const run = () => new Report().make();'),
        ],
      ],
    ),
  ];
}

/** Functions that rows are handed to. */
const HELPERS: readonly Block[] = [
  block('function labelOf(row: { name?: string } | null | undefined): string {', [
    line("return row?.name ?? 'none';"),
  ]),
  block('function mark(row: any): void {', [line("if (row) row.name = 'marked';")]),
  block('function told(_: string, value: unknown): unknown {', [
    line("return typeof value === 'bigint' ? String(value) : value;"),
  ]),
  block('function* each<T>(list: Iterable<T>): Generator<T> {', [line('for (const one of list) yield one;')]),
];

const isCalled = (helper: Block, pieces: readonly Piece[]): boolean => {
  const name = /function\*? (\w+)/.exec(helper.sections[0]?.head ?? '')?.[1] ?? '';
  return textOf(pieces).includes(name);
};

/** Variables with names that a rewrite would like to have. */
function decoys({ choices }: World, percent: number): readonly Piece[] {
  if (!choices.chance(percent)) return [];
  const names = [
    'userIds',
    'userById',
    'authorById',
    'allPosts',
    'postsByAuthorId',
    'row',
    'key',
    'postCounts',
    'at',
    'id',
    'rows',
  ];
  const name = choices.any(names) ?? 'row';
  return [line(`const ${choices.name(name)} = ${choices.below(9)};`)];
}

// What is walked

/** A list, and what each of its elements is. */
interface Source {
  readonly pieces: readonly Piece[];
  /** The list as code. */
  readonly list: string;
  readonly element: Element;
  readonly isArray: boolean;
  /** The names of lists of rows that can be given back. */
  readonly kept: readonly string[];
}

type Element =
  | { readonly kind: 'row'; readonly table: Table; readonly columns: readonly Column[] }
  | { readonly kind: 'value'; readonly column: Column }
  /** An object with a list of values in it. */
  | { readonly kind: 'group'; readonly column: Column };

/** A walk with what is before it; sometimes in a function of its own. */
function walkOfSource(world: World): {
  readonly inside: readonly Piece[];
  readonly outside: readonly Piece[];
  readonly kept: readonly string[];
} {
  const { choices, library, speaker } = world;
  const source = sourceOf(world);
  const isApart =
    choices.chance(source.element.kind === 'value' ? 25 : 10 * world.odd) &&
    !speaker.isInTransaction &&
    /^\w+$/.test(source.list);
  if (!isApart) {
    const walk = walkPieces(world, source, source.list, 'out');
    return { inside: [...source.pieces, ...walk], outside: [], kept: source.kept };
  }
  const name = choices.name('load');
  const parameter = choices.one(['list', source.list]);
  const type = source.element.kind === 'value' ? library.typeOf(source.element.column) : 'any';
  const walk = walkPieces(world, { ...source, list: parameter }, parameter, 'given');
  const outside = block(`async function ${name}(${parameter}: ${type}[]) {`, [
    line('const given: unknown[] = [];'),
    line('let total = 0;'),
    line('let wanted = 1;'),
    ...walk,
    line('return { given, total };'),
  ]);
  const given = source.isArray ? source.list : `[...${source.list}]`;
  return {
    inside: [...source.pieces, line(`out.push(await ${name}(${given}));`)],
    outside: [outside],
    kept: source.kept,
  };
}

function sourceOf(world: World): Source {
  const { choices, odd, trap } = world;
  const isOfRows =
    /^(?:relations|parents that are seen|keys (?:that are null|that change|of several rows)|rows that are changed|limits|lists to be walked once)$/.test(
      trap ?? '',
    );
  return choices.way(
    [isOfRows ? 90 : 7, () => rowsSource(world)],
    [/another type|capitals|caught|must be there|grow/.test(trap ?? '') ? 90 : 3, () => valuesSource(world)],
    [1, () => groupsSource(world)],
    [1 + odd, () => derivedSource(world)],
  );
}

const plural = ({ name }: Table): string => name;
const singular = ({ model }: Table): string => lowerFirst(model);

/** The columns that a query selects: all, or some of them. */
function selection(choices: Choices, table: Table, percent: number): readonly Column[] | undefined {
  if (!choices.chance(percent)) return undefined;
  const some = choices.some(table.columns, 55);
  return some.length === 0 ? table.columns.slice(0, 2) : some;
}

/** An order that leaves no two rows beside each other by chance, or one that does, or none. */
function order({ choices, odd }: World, table: Table): Asked['orderedBy'] {
  const isDown = choices.chance(30);
  const key = table.primaryKey.flatMap((name) => table.columns.filter((one) => one.name === name));
  const byKey = key.map((column) => ({ column, isDown }));
  const others = table.columns.filter(
    ({ name, type }) => !table.primaryKey.includes(name) && type !== 'boolean',
  );
  const other = choices.any(others);
  return choices.way(
    [4, () => byKey],
    [2, () => (other === undefined ? byKey : [{ column: other, isDown }, ...byKey])],
    [odd, () => []],
  );
}

/** The columns of a row that a query gives where nothing is selected. */
const shown = ({ columns, hidden }: Table): readonly Column[] =>
  columns.filter(({ name }) => name !== hidden);

/** The table whose rows are walked: where many rows for each are wanted one that others point to, where doubles are wanted another one. */
function walkedTable({ choices, schema, trap }: World): Table {
  const [first = tableOf(schema, 'users'), ...others] = schema.tables;
  if (trap === 'keys of several rows' || trap === 'limits') return first;
  return choices.any(trap === 'rows that are changed' ? others : schema.tables) ?? first;
}

function rowsSource(world: World): Source {
  const { choices, library, speaker, odd, trap } = world;
  const table = walkedTable(world);
  const selected = trap === undefined ? selection(choices, table, 20) : undefined;
  const rank = table.columns.find(({ name }) => name === 'rank');
  const where: readonly Comparison[] =
    rank !== undefined && choices.chance(20) ? [{ column: rank, is: 'over', to: '0' }] : [];
  const asked: Asked = {
    table,
    gives: 'many',
    refuses: false,
    where,
    selected,
    orderedBy: order(world, table),
    most: choices.chance(trap === undefined ? 60 : 95) ? 9 + choices.below(40) : undefined,
  };
  const { text } = library.ask(asked, speaker);
  const name = choices.name(plural(table));
  const element: Element = { kind: 'row', table, columns: selected ?? shown(table) };
  const keeping = { element, isArray: true, kept: [name] };
  const declared = line(`const ${name} = await ${text};`);
  const some = choices.name('some');
  return choices.way<Source>(
    [10, () => ({ ...keeping, pieces: [declared], list: name })],
    [odd, () => ({ ...keeping, pieces: [], list: `await ${text}`, kept: [] })],
    [
      odd,
      () => {
        const test = `(one) => one.${choices.any(element.columns)?.name ?? 'id'} !== null`;
        return choices.chance(50)
          ? { ...keeping, pieces: [declared], list: `${name}.filter(${test})` }
          : { ...keeping, pieces: [declared, line(`const ${some} = ${name}.filter(${test});`)], list: some };
      },
    ],
    [odd, () => ({ ...keeping, pieces: [declared], list: `[...${name}].reverse()` })],
    [odd, () => ({ ...keeping, pieces: [declared], list: `[...${name}, ...${name}]` })],
    [odd, () => ({ ...keeping, pieces: [declared], list: `${name}.slice(0, 3)` })],
    [
      odd,
      () => {
        const map = `const ${some} = new Map(${name}.map((one) => [String(one.${choices.any(element.columns)?.name ?? 'id'}), one]));`;
        return { ...keeping, pieces: [declared, line(map)], list: `${some}.values()`, isArray: false };
      },
    ],
    [
      odds(world, 'lists to be walked once'),
      () => {
        const [list, pieces] = choices.chance(60)
          ? [some, [line(`const ${some} = each(${name});`)]]
          : [`each(${name})`, []];
        return { ...keeping, pieces: [declared, ...pieces], list, isArray: false };
      },
    ],
  );
}

/** A column that a value of is worth asking for. */
function keyColumn({ choices, schema }: World): Column {
  const keys = schema.tables.flatMap(({ columns }) =>
    columns.filter(({ name, points }) => name !== 'isOpen' || points),
  );
  const telling = keys.filter(({ isUnique, points }) => isUnique || points !== undefined);
  const found = choices.any(choices.chance(85) ? telling : keys);
  if (found === undefined) throw new TypeError('A schema has columns.');
  return found;
}

/** Literals of a column, doubles and those of no row among them. */
function literals(world: World, column: Column, most: number): readonly string[] {
  const { choices, library, rows, odd } = world;
  const known = (rows.get(column.table) ?? []).flatMap((row) => row.get(column.name) ?? []);
  const isOfKnown = !likely(world, 'rows that must be there', 20, 70);
  const pool = isOfKnown && known.length > 0 ? known : valuesOf(column);
  const count = choices.chance(6) ? 0 : 1 + choices.below(most);
  const isCapital = column.type === 'uuid' && likely(world, 'keys in capitals', 5);
  return Array.from({ length: count }, () => {
    const value = choices.any(pool) ?? valuesOf(column)[0];
    if (column.type === 'uuid' && likely(world, 'errors that are caught', 1, 30)) return `'nobody'`;
    // The database takes more than one text for a number.
    const isBigText =
      column.type === 'bigint' && library.typeOf(column) === 'string' && !value.startsWith('-');
    if (isBigText && choices.chance(2 * odd)) return `'0${value}'`;
    return library.literal(column, isCapital && choices.chance(60) ? value.toUpperCase() : value);
  });
}

function valuesSource(world: World): Source {
  const { choices, library, odd } = world;
  const own = keyColumn(world);
  // Numbers are often kept as texts.
  const isText = /^(?:integer|bigint)$/.test(own.type) && likely(world, 'keys of another type', 3 * odd);
  const column: Column = isText ? { ...own, type: 'text' } : own;
  const list = `[${literals(world, column, 5).join(', ')}]`;
  const element: Element = { kind: 'value', column };
  const name = choices.name(
    column.name === 'id' ? `${column.table.replace(/s$/, '')}Ids` : `${column.name}s`,
  );
  const type = `${library.typeOf(column)}[]`;
  const declare = (value: string, annotation = ''): Piece => line(`const ${name}${annotation} = ${value};`);
  return choices.way<Source>(
    [4, () => ({ pieces: [declare(list, `: ${type}`)], list: name, element, isArray: true, kept: [] })],
    [2, () => ({ pieces: [declare(list)], list: name, element, isArray: true, kept: [] })],
    [1, () => ({ pieces: [], list, element, isArray: true, kept: [] })],
    [
      1,
      () => ({
        pieces: [declare(`new Set<${library.typeOf(column)}>(${list})`)],
        list: name,
        element,
        isArray: false,
        kept: [],
      }),
    ],
    [
      odds(world, 'lists to be walked once'),
      () => {
        const all = choices.name('all');
        const pieces = [declare(list, `: ${type}`), line(`const ${all} = ${name}.values();`)];
        return { pieces, list: all, element, isArray: false, kept: [] };
      },
    ],
    [odd, () => ({ pieces: [declare(list, ': any[]')], list: name, element, isArray: true, kept: [] })],
  );
}

/** `[{ title: 'a', ids: [1, 2] }, …]` */
function groupsSource(world: World): Source {
  const { choices } = world;
  const column = keyColumn(world);
  const name = choices.name('groups');
  const groups = ['a', 'b', 'c'].map(
    (title) => `{ title: '${title}', members: [${literals(world, column, 3).join(', ')}] }`,
  );
  return {
    pieces: [line(`const ${name} = [${groups.slice(0, 1 + choices.below(3)).join(', ')}];`)],
    list: name,
    element: { kind: 'group', column },
    isArray: true,
    kept: [],
  };
}

/** The values of a column of rows that a query gave. */
function derivedSource(world: World): Source {
  const { choices, library, schema, speaker } = world;
  const table = choices.any(schema.tables) ?? tableOf(schema, 'users');
  const telling = table.columns.filter(({ isUnique, points }) => isUnique || points !== undefined);
  const column = choices.any(telling) ?? keyColumn(world);
  const { text } = library.ask(
    {
      table,
      gives: 'many',
      refuses: false,
      where: [],
      selected: choices.chance(30) ? [column] : undefined,
      orderedBy: order(world, table),
      most: choices.chance(40) ? 3 + choices.below(40) : undefined,
    },
    speaker,
  );
  const name = choices.name(plural(table));
  const list = choices.name(`${column.name}s`);
  const rows = line(`const ${name} = await ${text};`);
  const one = singular(table);
  const values = choices.one([
    `${name}.map((${one}) => ${one}.${column.name})`,
    `${name}.map(({ ${column.name} }) => ${column.name})`,
    `${name}.map((${one}) => ${one}.${column.name}).filter((value) => value !== null)`,
    `${name}.flatMap((${one}) => ${one}.${column.name} ?? [])`,
  ]);
  const element: Element = { kind: 'value', column };
  return choices.way<Source>(
    [
      4,
      () => ({ pieces: [rows, line(`const ${list} = ${values};`)], list, element, isArray: true, kept: [] }),
    ],
    [
      3,
      () => ({
        pieces: [rows, line(`const ${list} = new Set(${values});`)],
        list,
        element,
        isArray: false,
        kept: [],
      }),
    ],
    [
      2,
      () => ({
        pieces: [rows, line(`const ${list} = [...new Set(${values})];`)],
        list,
        element,
        isArray: true,
        kept: [],
      }),
    ],
    [1, () => ({ pieces: [rows], list: values, element, isArray: true, kept: [name] })],
  );
}

// Walks

/** What an element is called in a turn, and what can be read from it. */
interface Bound {
  /** The name or the pattern. */
  readonly pattern: string;
  readonly rows: readonly RowName[];
  readonly values: readonly Value[];
}

const valuesIn = ({ name, columns, mayBeMissing }: RowName, isAsserted = false): readonly Value[] =>
  columns.map((column) => ({
    code: `${name}${mayBeMissing ? (isAsserted ? '!.' : '?.') : '.'}${column.name}`,
    column,
    ofMissing: mayBeMissing ? name : undefined,
  }));

function boundTo(world: World, element: Element, mayBePattern: boolean): Bound {
  const { choices, trap } = world;
  if (element.kind === 'group') {
    const name = choices.blockName('group');
    return { pattern: name, rows: [], values: [] };
  }
  if (element.kind === 'value') {
    const { column } = element;
    const name = choices.blockName(choices.one([column.name, 'value', 'id']));
    return { pattern: name, rows: [], values: [{ code: name, column, ofMissing: undefined }] };
  }
  const { table, columns } = element;
  if (mayBePattern && trap !== 'keys that change' && choices.chance(25)) {
    const some = choices.some(columns, 60);
    const taken = some.length === 0 ? columns.slice(0, 1) : some;
    const values = taken.map((column): Value & { readonly part: string } => {
      const code = choices.blockName(choices.chance(70) ? column.name : `${singular(table)}${column.name}`);
      const part = code === column.name ? code : `${column.name}: ${code}`;
      return { code, column, ofMissing: undefined, part };
    });
    return { pattern: `{ ${values.map(({ part }) => part).join(', ')} }`, rows: [], values };
  }
  const name = choices.blockName(choices.one([singular(table), 'one']));
  const row: RowName = { name, table, columns, mayBeMissing: false };
  return { pattern: name, rows: [row], values: valuesIn(row) };
}

/** A list that is walked, and where its turns put what they find. */
interface Walk {
  readonly world: World;
  readonly element: Element;
  readonly isArray: boolean;
  readonly list: string;
  readonly out: string;
}

/** A walk over a list, in one of the ways that there are. */
function walkPieces(world: World, { element, isArray }: Source, list: string, out: string): readonly Piece[] {
  const { choices, odd, trap } = world;
  const walk: Walk = { world, element, isArray, list, out };
  choices.openBlock();
  const isListed = isNamed(walk) && isArray && element.kind !== 'group';
  return choices.way(
    [6, () => forOf(walk)],
    [isListed ? 2 : 0, () => byIndex(walk)],
    [isListed ? odd : 0, () => byEntries(walk)],
    [/^(?:lists|turns|keys that change)/.test(trap ?? '') ? 0 : 3, () => together(walk)],
  );
}

const isNamed = ({ list }: Walk): boolean => /^\w+$/.test(list);

/** The statements of a turn whose element is bound to names. */
function turnIn(walk: Walk, bound: Bound, more: Partial<Place> = {}): readonly Piece[] {
  const place = placeIn(walk, bound, more);
  return walk.element.kind === 'group' ? groupTurn(place, bound.pattern, walk.element.column) : turn(place);
}

const placeIn = (walk: Walk, { values, rows }: Bound, more: Partial<Place> = {}): Place => ({
  world: walk.world,
  values,
  rows,
  out: walk.out,
  skip: 'continue;',
  stop: 'break;',
  label: undefined,
  isTogether: false,
  list: isNamed(walk) && walk.isArray ? walk.list : undefined,
  element: walk.element.kind,
  depth: 1,
  ...more,
});

function forOf(walk: Walk): readonly Piece[] {
  const { world, element, list } = walk;
  const { choices, odd } = world;
  const bound = boundTo(world, element, true);
  const label = choices.chance(4 * odd) ? choices.blockName('walk') : undefined;
  const head = `for (const ${bound.pattern} of ${list}) {`;
  return [block(label === undefined ? head : `${label}: ${head}`, turnIn(walk, bound, { label }))];
}

function byEntries(walk: Walk): readonly Piece[] {
  const { world, element, list, out } = walk;
  const bound = boundTo(world, element, true);
  const number = world.choices.blockName('number');
  const told = world.choices.chance(50) ? [line(`${out}.push(${number});`)] : [];
  const head = `for (const [${number}, ${bound.pattern}] of ${list}.entries()) {`;
  return [block(head, [...told, ...turnIn(walk, bound)])];
}

function byIndex(walk: Walk): readonly Piece[] {
  const { world, element, list } = walk;
  const { choices } = world;
  const bound = boundTo(world, element, true);
  const index = choices.blockName('i');
  const taken = `${list}[${index}]`;
  const direct = bound.rows.map((row): RowName => ({ ...row, name: `${taken}!` }));
  const body =
    choices.chance(75) || direct.length === 0
      ? [line(`const ${bound.pattern} = ${taken}!;`), ...turnIn(walk, bound)]
      : turnIn(walk, { pattern: '', rows: direct, values: direct.flatMap((row) => valuesIn(row)) });
  return [block(`for (let ${index} = 0; ${index} < ${list}.length; ${index}++) {`, body)];
}

/** Turns that run at the same time. What they find is told by the turn, since nobody knows which of them comes first. */
function together(walk: Walk): readonly Piece[] {
  const { world, element, isArray, list, out } = walk;
  const { choices, odd, trap } = world;
  const bound = boundTo(world, element, true);
  const name = choices.name('results');
  const on = !isArray ? `[...${list}]` : list.startsWith('await ') ? `(${list})` : list;
  const head = `const ${name} = await Promise.all(${on}.map(`;
  const last = line(`${out}.push(${name});`);
  const isCompact = element.kind !== 'group' && trap !== 'rows that are changed' && choices.chance(45);
  const compact = isCompact ? compactTurn(placeIn(walk, bound)) : undefined;
  if (compact !== undefined)
    return [line(`${head}${compact.replace('PARAMETER', `(${bound.pattern})`)}));`), last];
  const parts = choices.blockName('parts');
  const number = choices.chance(10 * odd) ? choices.blockName('number') : undefined;
  const inner = turnIn(walk, bound, {
    out: parts,
    skip: `return ${parts};`,
    stop: undefined,
    isTogether: true,
    list: undefined,
  });
  const parameters = number === undefined ? bound.pattern : `${bound.pattern}, ${number}`;
  const first = line(`const ${parts}: unknown[] = [${number ?? ''}];`);
  return [
    block(`${head}async (${parameters}) => {`, [first, ...inner, line(`return ${parts};`)], '}));'),
    last,
  ];
}

/** A turn that walks a list in its element. */
function groupTurn(place: Place, group: string, column: Column): readonly Piece[] {
  const { choices } = place.world;
  const member = choices.blockName(choices.one(['member', column.name]));
  const inner = turn({
    ...place,
    values: [{ code: member, column, ofMissing: undefined }],
    ...exitsIn(place),
    depth: 0,
  });
  return [
    ...(choices.chance(40) ? [line(`${place.out}.push(${group}.title);`)] : []),
    block(`for (const ${member} of ${group}.members) {`, inner),
  ];
}

/** A callback that is an expression, with `PARAMETER` for its parameter; its query is one of the element. */
function compactTurn(place: Place): string | undefined {
  const { choices } = place.world;
  const value = choices.any(place.values);
  if (value === undefined) return undefined;
  const { asked } = questionFor(place, value);
  const question = place.world.library.ask(asked, place.world.speaker);
  const awaited = unpacked(question, `await ${question.text}`);
  const [row] = place.rows;
  return choices.way(
    [2, () => `async PARAMETER => ${awaited}`],
    [/^(row|rows|number|truth)$/.test(question.form) ? 2 : 0, () => `PARAMETER => ${question.text}`],
    [2, () => `async PARAMETER => ({ key: ${value.code}, found: ${awaited} })`],
    [row === undefined ? 0 : 2, () => `async PARAMETER => ({ ...${row?.name ?? ''}, found: ${awaited} })`],
    [1, () => `async PARAMETER => [${value.code}, ${awaited}] as const`],
    [question.form === 'row' ? 1 : 0, () => `async PARAMETER => (${awaited})?.name`],
  );
}

// Turns

/** The statements of one turn: one to three queries with what is done with their results. */
function turn(place: Place): readonly Piece[] {
  const { choices, odd, trap } = place.world;
  const pieces: Piece[] = [];
  let here = place;
  const count =
    trap === undefined
      ? choices.one([1, 1, 1, 2, 2, 3])
      : choices.one(trap === 'keys that are null' ? [1, 2, 2] : [1, 1, 1, 2]);
  for (let at = 0; at < count; at++) {
    const changed = likely(place.world, 'keys that change', odd) ? changedKey(here) : undefined;
    pieces.push(...(changed?.pieces ?? []));
    const next = step(here, changed?.value);
    pieces.push(...next.pieces);
    here = withMade(here, next);
    const isDisturbed = DISTURBING.test(trap ?? '') ? choices.chance(85) : choices.chance(1 + 8 * odd);
    if (isDisturbed) pieces.push(...nuisance(here));
  }
  return likely(place.world, 'errors that are caught', 1 + 3 * odd) ? [tried(place, pieces)] : pieces;
}

const DISTURBING = /^(?:turns that write|lists that grow)$/;

/** A key of a row that gets another value, which the next query asks for. */
function changedKey({
  world,
  values,
}: Place): { readonly value: Value; readonly pieces: readonly Piece[] } | undefined {
  const keys = values.filter(
    ({ code, column, ofMissing }) =>
      /^[\w$]+\.\w+$/.test(code) &&
      ofMissing === undefined &&
      (column.isUnique || column.points !== undefined),
  );
  const value = world.choices.any(keys);
  if (value === undefined) return undefined;
  // Of another row, which perhaps nobody points to.
  const { table, column: name } = value.column.points ?? {
    table: value.column.table,
    column: value.column.name,
  };
  const pointed = columnOf(tableOf(world.schema, table), name);
  const [first = "''"] = literals(world, { ...pointed, type: value.column.type }, 2);
  return { value, pieces: [line(`${value.code} = ${first};`)] };
}

const tried = (place: Place, body: readonly Piece[]): Block => ({
  kind: 'block',
  sections: [
    { head: 'try {', body },
    {
      head: '} catch (error) {',
      body: [line(`${place.out}.push(error instanceof Error ? error.name : 'failed');`)],
    },
  ],
  close: '}',
});

/** What makes a turn depend on those before it, or others depend on it. */
function nuisance(place: Place): readonly Piece[] {
  const { world, rows, list, isTogether, out } = place;
  const { choices, library } = world;
  const [row] = rows;
  const column = choices.any((row?.columns ?? []).filter(({ type }) => type === 'integer'));
  const changed = tableWrites(place);
  return choices.way<readonly Piece[]>(
    [
      isTogether || changed === undefined ? 0 : 4 + odds(world, 'turns that write'),
      () => [line(`await ${changed ?? ''};`)],
    ],
    [isTogether ? 0 : 2 + odds(world, 'keys that change'), () => [line('wanted += 1;')]],
    [
      row === undefined || column === undefined || isTogether ? 0 : 2 + odds(world, 'keys that change'),
      () => [
        line(
          `${row?.mayBeMissing === true ? `if (${row.name}) ` : ''}${row?.name ?? ''}.${column?.name ?? ''} = ${choices.below(4)};`,
        ),
      ],
    ],
    [
      list === undefined || isTogether ? 0 : 2 + odds(world, 'lists that grow'),
      () => {
        const [value] = place.values;
        const isOfValues = value !== undefined && place.element === 'value';
        const added = isOfValues
          ? library.literal(value.column, choices.any(valuesOf(value.column)) ?? '')
          : `${list ?? ''}[0]!`;
        return [line(`if (${list ?? ''}.length < 7) ${list ?? ''}.push(${added});`)];
      },
    ],
    [2, () => [line('total += 1;')]],
    [
      place.stop === undefined ? 0 : 2,
      () => [line(`if (${out}.length > ${2 + choices.below(6)}) ${place.stop ?? ''}`)],
    ],
  );
}

/** A write of rows, by a value of the turn. */
function tableWrites({ world, values }: Place): string | undefined {
  const { choices, library, schema, speaker } = world;
  const value = choices.any(values);
  const own = world.last.table;
  const table =
    own !== undefined && likely(world, 'turns that write', 50, 95) ? own : choices.any(schema.tables);
  const rank = table?.columns.find(({ name }) => name === 'rank');
  const by = choices.any(table?.columns.filter(({ domain }) => domain === value?.column.domain) ?? []);
  const set = table?.columns.find(({ name, isUnique }) => (name === 'rank' || name === 'name') && !isUnique);
  if (table === undefined) return undefined;
  const all: Comparison | undefined = rank && { column: rank, is: 'over', to: '0' };
  const some: Comparison | undefined =
    value === undefined || by === undefined ? undefined : { column: by, is: 'equals', to: value.code };
  const condition = choices.chance(50) ? (all ?? some) : (some ?? all);
  if (condition === undefined) return undefined;
  const isDeleting = set === undefined || choices.chance(25);
  const literal = set && library.literal(set, set.name === 'rank' ? '5' : 'new');
  return library.change(
    {
      table,
      where: [condition],
      set: isDeleting || literal === undefined ? undefined : { column: set, to: literal },
    },
    speaker,
  );
}

// Queries of a turn

interface Posed {
  readonly asked: Asked;
  /** The column that `value` is compared with. */
  readonly column: Column;
}

/** A query by a value: for what it points to, for what points to it, or for what has the same. */
function questionFor(place: Place, value: Value): Posed {
  const { world } = place;
  const { choices, schema, odd } = world;
  const column = comparedColumn(world, value.column);
  const table = tableOf(schema, column.table);
  world.last.table = table;
  const where: Comparison[] = [{ column, is: 'equals', to: keyCode(world, value, column) }];
  where.push(...otherKeys(place, table, column), ...extraConditions(place, table, where));
  const isUnique = fixedSet({ table, where }) !== undefined;
  const gives = givesOf(world, isUnique);
  const isOrdered =
    gives === 'many' ? choices.chance(92 - 10 * odd) : gives === 'one' && !isUnique && choices.chance(50);
  return {
    column,
    asked: {
      table,
      gives,
      refuses: gives === 'one' && likely(world, 'rows that must be there', 1 + 5 * odd),
      where: choices.shuffled(where),
      selected: gives === 'one' || gives === 'many' ? selectedBeside(world, table, column) : undefined,
      orderedBy: isOrdered ? order(world, table) : [],
      most: gives === 'many' && likely(world, 'limits', 1 + 4 * odd) ? 1 + choices.below(2) : undefined,
    },
  };
}

/** What is selected by a query that compares a column. */
const selectedBeside = (world: World, table: Table, compared: Column): readonly Column[] | undefined =>
  likely(world, 'rows without their key', 0)
    ? table.columns.filter((one) => one !== compared)
    : selection(world.choices, table, 25);

/** What is asked for by a key that one row has, or several. */
function givesOf(world: World, isUnique: boolean): Asked['gives'] {
  const { choices, trap } = world;
  if (trap === 'limits' && !isUnique) return 'many';
  if (/^rows that (?:must be there|are changed)$/.test(trap ?? '') && isUnique) return 'one';
  if (isUnique)
    return choices.one(['one', 'one', 'one', 'one', 'one', 'one', 'many', 'count', 'exists'] as const);
  return choices.way<Asked['gives']>(
    [5, () => 'many'],
    [2, () => 'count'],
    [1, () => 'exists'],
    [odds(world, 'keys of several rows'), () => 'one'],
  );
}

const isPointedAt = ({ table, name }: Column, { points }: Column): boolean =>
  points?.table === table && points.column === name;

/** A column that somebody would compare with a value of another one. */
function comparedColumn({ choices, schema, odd, trap }: World, of: Column): Column {
  const all = schema.tables.flatMap(({ columns }) => columns);
  const alike = all.filter(({ domain }) => domain === of.domain);
  const isAbout = (one: Column): boolean => {
    const { name, isUnique } = one;
    if (trap === 'rows without their key') return name !== 'id';
    if (trap === 'rows that must be there' || trap === 'rows that are changed') return isUnique;
    if (trap === 'relations' || trap === 'parents that are seen')
      return isPointedAt(one, of) || isPointedAt(of, one);
    return !/^(?:limits|keys of several rows)$/.test(trap ?? '') || !isUnique;
  };
  const own = alike.filter((one) => one !== of);
  const others = own.some(isAbout) ? own.filter(isAbout) : own;
  const sameType = all.filter(({ type, name }) => type === of.type && name !== 'isOpen');
  const found = choices.any(
    choices.way(
      [12, () => (others.length > 0 ? others : alike)],
      [odd, () => alike],
      [odd, () => (sameType.length > 0 ? sameType : alike)],
    ),
  );
  return found ?? of;
}

/** How a value is written where it is compared with a column. */
function keyCode(world: World, { code, column: from }: Value, column: Column): string {
  const { choices, library, odd, trap } = world;
  const isOther = library.typeOf(from) !== library.typeOf(column);
  const isConverted = isOther
    ? choices.chance(trap === 'keys of another type' ? 20 : 75)
    : choices.chance(2 * odd);
  if (isConverted) {
    const type = library.typeOf(column);
    const name = type === 'number' ? 'Number' : type === 'bigint' ? 'BigInt' : 'String';
    return choices.chance(70) ? `${name}(${code})` : `\`\${${code}}\``;
  }
  return choices.way(
    [12, () => code],
    [from.isNullable ? 1 + odd : 0, () => `${code}!`],
    [from.isNullable ? odd : 0, () => `${code} ?? ${library.literal(column, valuesOf(column)[0])}`],
  );
}

/** Conditions on the other columns of a set that is unique. */
function otherKeys({ world, values }: Place, table: Table, column: Column): readonly Comparison[] {
  const { choices, library } = world;
  const sets = [table.primaryKey, ...table.uniques].filter(
    (one) => one.length > 1 && one.includes(column.name),
  );
  const set = choices.any(sets);
  if (set === undefined || choices.chance(40)) return [];
  return table.columns
    .filter(({ name }) => set.includes(name) && name !== column.name)
    .map((one): Comparison => {
      const alike = choices.any(values.filter((value) => value.column.domain === one.domain));
      const to = alike?.code ?? library.literal(one, choices.any(valuesOf(one)) ?? '');
      return { column: one, is: 'equals', to };
    });
}

/** Conditions beside the key: the same in all turns, or not. */
function extraConditions(place: Place, table: Table, where: readonly Comparison[]): readonly Comparison[] {
  const { world, values } = place;
  const { choices, library } = world;
  const percent = world.trap === undefined ? 18 + 5 * world.odd : 5;
  if (!choices.chance(percent)) return [];
  const free = table.columns.filter((one) => where.every(({ column }) => column !== one));
  const column = choices.any(free.filter(({ name }) => /^(rank|name|isOpen|code)$/.test(name)));
  if (column === undefined) return [];
  const constant = library.literal(column, choices.any(valuesOf(column)) ?? '');
  const own = choices.any(values.filter((one) => one.column.domain === column.domain));
  const isNumber = column.type === 'integer';
  return [
    choices.way<Comparison>(
      [4, () => ({ column, is: 'equals', to: constant })],
      [isNumber ? 2 : 0, () => ({ column, is: 'over', to: constant })],
      [1, () => ({ column, is: 'not', to: constant })],
      [1, () => ({ column, is: 'in', to: `[${constant}]` })],
      [isNumber ? 3 : 0, () => ({ column, is: 'equals', to: 'wanted' })],
      [isNumber ? 1 : 0, () => ({ column, is: 'over', to: 'wanted' })],
      [own === undefined ? 0 : 2, () => ({ column, is: 'equals', to: own?.code ?? constant })],
      [own === undefined || !isNumber ? 0 : 1, () => ({ column, is: 'over', to: own?.code ?? constant })],
    ),
  ];
}

/** The code of what a query gives, of the code that waits for it. */
function unpacked({ form }: Question, awaited: string): string {
  if (form === 'row in a list') return `(${awaited})[0]`;
  return form === 'number in a row' ? `Number((${awaited})?.count)` : awaited;
}

/** The declaration of what a query gives. */
function declaration({ choices }: World, name: string, question: Question): string {
  const { form, text } = question;
  if (form === 'row in a list' && choices.chance(75)) return `const [${name}] = await ${text};`;
  return `const ${name} = ${unpacked(question, `await ${text}`)};`;
}

/** A query with what is done with its result. */
function step(place: Place, by?: Value): Made {
  const { world, values } = place;
  const { choices, library, speaker, odd } = world;
  const keys = values.filter(({ column }) => column.isUnique || column.points !== undefined);
  const isAbout = ({ column }: Value): boolean => {
    if (world.trap === 'keys that are null') return column.isNullable;
    return world.trap !== 'rows that are changed' || column.points !== undefined;
  };
  const telling = keys.some(isAbout) ? keys.filter(isAbout) : keys;
  const isTelling = choices.chance(world.trap === undefined ? 95 - 10 * odd : 100) && telling.length > 0;
  const value = by ?? choices.any(isTelling ? telling : values);
  if (value === undefined) return made([]);
  const loaded = choices.chance(15) ? loadedRelation(place) : undefined;
  if (loaded !== undefined) return loaded;
  const posed = questionFor(place, value);
  const question = library.ask(posed.asked, speaker);
  return choices.way(
    [10, () => guarded(place, value, (inner) => named(inner, posed.asked, question))],
    [
      world.trap === 'rows that are changed' ? 0 : 3,
      () => guarded(place, value, (inner) => inlined(inner, posed.asked, question)),
    ],
    [1, () => conditional(place, value, posed.asked, question)],
    [odd, () => pair(place, posed.asked, question)],
  );
}

/** A query that is asked only where its value is there, in one of the ways to say so; or without a guard. */
function guarded(place: Place, value: Value, make: (place: Place) => Made): Made {
  const { choices, odd } = place.world;
  const { code, column, ofMissing } = value;
  const subject = ofMissing ?? (column.isNullable ? code : undefined);
  const isGuarded =
    subject === undefined
      ? choices.chance(3 + 3 * odd)
      : !likely(place.world, 'keys that are null', 5 + 15 * odd);
  if (!isGuarded) return make(place);
  const test = subject ?? code;
  const { skip } = place;
  if (choices.chance(50)) {
    const missing = choices.one([
      `!${test}`,
      `${test} == null`,
      `${test} === null`,
      `${test} === null || ${test} === undefined`,
    ]);
    const head = choices.chance(85)
      ? line(`if (${missing}) ${skip}`)
      : block(`if (${missing}) {`, [line(`${place.out}.push('nobody');`), line(skip)]);
    const rest = make(place);
    return { ...rest, pieces: [head, ...rest.pieces] };
  }
  if (choices.chance(5 * odd)) {
    const inner = make({ ...place, stop: undefined });
    const [first = '1'] = literals(place.world, column, 1);
    return made([
      block(`switch (${test}) {`, [
        block(`case ${first}: {`, [line(`${place.out}.push('chosen');`), line('break;')]),
        block('default: {', inner.pieces),
      ]),
    ]);
  }
  const there = choices.one([
    test,
    `${test} != null`,
    `${test} !== null`,
    `${test} && ${place.out}.length < 9`,
  ]);
  const inner = make(place);
  const otherwise = choices.chance(20)
    ? [{ head: '} else {', body: [line(`${place.out}.push('nobody');`)] }]
    : [];
  return made([
    { kind: 'block', sections: [{ head: `if (${there}) {`, body: inner.pieces }, ...otherwise], close: '}' },
  ]);
}

/** What a result is called. */
function resultName({ choices }: World, { table, gives }: Asked): string {
  if (gives === 'many') return choices.blockName(choices.one([plural(table), 'found']));
  if (gives === 'one') return choices.blockName(choices.one([singular(table), 'found', 'row']));
  return choices.blockName(gives === 'count' ? 'amount' : 'isThere');
}

/** `const author = await …;` and what is done with it. */
function named(place: Place, asked: Asked, question: Question): Made {
  const name = resultName(place.world, asked);
  const declared = line(declaration(place.world, name, question));
  const used = usesOf(place, name, asked, question);
  return { ...used, pieces: [declared, ...used.pieces] };
}

function usesOf(place: Place, name: string, asked: Asked, { form }: Question): Made {
  const columns = asked.selected ?? shown(asked.table);
  if (form === 'number' || form === 'number in a row') return made(numberUses(place, name));
  if (form === 'truth') return made([line(`${place.out}.push(${name});`)]);
  const row: RowName = { name, table: asked.table, columns, mayBeMissing: !asked.refuses };
  return asked.gives === 'many' ? rowsUses(place, { ...row, mayBeMissing: false }) : rowUses(place, row);
}

/** A column of a row that can be read, or the row's own name where it has none. */
const read = ({ choices }: World, name: string, columns: readonly Column[], by = '?.'): string => {
  const column = choices.any(columns);
  return column === undefined ? name : `${name}${by}${column.name}`;
};

/** Whether results may be put into the one map of the function, in the order of its turns. */
const mayRemember = ({ out, isTogether }: Place): boolean => out === 'out' && !isTogether;

/** A key for what a turn finds. */
const keyOf = ({ values }: Place): string => values[0]?.code ?? "'all'";

/** Something is done with a row, which may be missing. */
function rowUses(place: Place, row: RowName): Made {
  const { world, out, skip, stop, isTogether } = place;
  const { choices, odd, trap } = world;
  const { name, columns } = row;
  const push = (code: string): Made => made([line(`${out}.push(${code});`)], known);
  const known: Partial<Made> = { rows: [row], values: valuesIn(row) };
  const there: RowName = { ...row, mayBeMissing: false };
  const [element] = place.rows;
  const value = read(world, name, columns);
  return choices.way<Made>(
    [6, () => push(value)],
    [mayRemember(place) ? 1 : 0, () => made([line(`seen.set(${keyOf(place)}, ${value});`)], known)],
    [mayRemember(place) ? odd : 0, () => made([line(`seen.set(${keyOf(place)}, ${name});`)], known)],
    [2, () => push(`${name} ? ${read(world, name, columns, '.')} : 'none'`)],
    [1, () => push(`\`\${${value}}\``)],
    [odd, () => push(read(world, name, columns, '!.'))],
    [odd, () => push(`labelOf(${name})`)],
    [1, () => push(`${name} !== null`)],
    [2, () => push(`{ a: ${value}, b: ${read(world, name, columns)} }`)],
    [(trap === undefined ? 1 : 0) + odds(world, 'rows without their key'), () => push(name)],
    [odd, () => push(`{ ...${name} }`)],
    [odd, () => push(`JSON.stringify(${name}, told)`)],
    [
      odds(world, 'rows that are changed'),
      () =>
        made(
          [line(`if (${name}) ${name}.name += '!';`), line(`${out}.push(${value}, ${name}?.name);`)],
          known,
        ),
    ],
    [
      odds(world, 'rows that are changed'),
      () => made([line(`mark(${name});`), line(`${out}.push(${name}?.name);`)], known),
    ],
    [
      element === undefined ? 0 : odd,
      () => made([line(`(${element?.name ?? ''} as any).found = ${name};`)], known),
    ],
    [
      3,
      () =>
        made([line(`if (!${name}) ${skip}`), line(`${out}.push(${read(world, name, columns, '.')});`)], {
          rows: [there],
          values: valuesIn(there),
        }),
    ],
    [
      isTogether ? 0 : odd,
      () =>
        made([line(`if (!${name}) throw new Error('refused: nobody');`)], {
          rows: [there],
          values: valuesIn(there),
        }),
    ],
    [stop === undefined ? 0 : odd, () => made([line(`if (${name}) ${stop ?? ''}`)], known)],
    [
      2,
      () => {
        const [column] = choices.some(columns, 50);
        if (column === undefined) return push(value);
        const part = choices.blockName(column.name);
        const pattern = part === column.name ? part : `${column.name}: ${part}`;
        return made(
          [
            line(`if (!${name}) ${skip}`),
            line(`const { ${pattern} } = ${name};`),
            line(`${out}.push(${part});`),
          ],
          {
            rows: [there],
            values: [{ code: part, column, ofMissing: undefined }],
          },
        );
      },
    ],
    [odd, () => made([], known)],
  );
}

/** How a walk within a turn goes on, and ends. */
function exitsIn({ world, label }: Place): Pick<Place, 'skip' | 'stop'> {
  const isOuter = label !== undefined && world.choices.chance(50);
  return isOuter
    ? { skip: `continue ${label};`, stop: `break ${label};` }
    : { skip: 'continue;', stop: 'break;' };
}

/** Something is done with a list of rows. */
function rowsUses(place: Place, row: RowName): Made {
  const { world, out, skip, stop, depth } = place;
  const { choices, odd } = world;
  const { name, columns, table } = row;
  const one = (by = '?.'): string => read(world, 'one', columns, by);
  const push = (code: string): Made => made([line(`${out}.push(${code});`)]);
  const [element] = place.rows;
  const key = choices.any(columns);
  return choices.way<Made>(
    [mayRemember(place) ? 1 : 0, () => made([line(`seen.set(${keyOf(place)}, ${name});`)])],
    [3, () => push(`${name}.length`)],
    [6, () => push(`${name}.map((one) => ${one('.')})`)],
    [1, () => push(`${name}.map(({ ${key?.name ?? 'id'} }) => ${key?.name ?? 'id'}).join()`)],
    [2, () => made([block(`for (const one of ${name}) {`, [line(`${out}.push(${one('.')});`)])])],
    [1, () => push(`${name}.some((one) => ${one('.')} !== null)`)],
    [1, () => push(`${name}.find((one) => ${one('.')} !== null)${key === undefined ? '' : `?.${key.name}`}`)],
    [2, () => push(`${name}[0]${key === undefined ? '' : `?.${key.name}`}`)],
    [1, () => push(`${name}.at(-1)${key === undefined ? '' : `?.${key.name}`}`)],
    [1, () => push(`${name}.filter((one) => ${one('.')} !== null).length`)],
    [1, () => push(`${name}.reduce((sum, one) => sum + String(${one('.')}), '')`)],
    [odds(world, 'rows without their key'), () => push(name)],
    [odd, () => push(`...${name}`)],
    [odd, () => push(`[...${name}]`)],
    [odd, () => push(`JSON.stringify(${name}, told)`)],
    [odd, () => made([line(`${name}.reverse();`), line(`${out}.push(${name}.map((one) => ${one('.')}));`)])],
    [
      odds(world, 'rows that are changed'),
      () =>
        made([
          line(`if (${name}[0]) ${name}[0].name += '!';`),
          line(`${out}.push(${name}.map((one) => one.name));`),
        ]),
    ],
    [
      odds(world, 'rows that are changed'),
      () => made([line(`${name}.forEach(mark);`), line(`${out}.push(${name});`)]),
    ],
    [element === undefined ? 0 : odd, () => made([line(`(${element?.name ?? ''} as any).found = ${name};`)])],
    [
      2,
      () =>
        made([
          line(`if (${name}.length === 0) ${skip}`),
          line(`${out}.push(${name}.map((one) => ${one('.')}));`),
        ]),
    ],
    [stop === undefined ? 0 : odd, () => made([line(`if (${name}.length > 1) ${stop ?? ''}`)])],
    [
      1,
      () => {
        const first = choices.blockName('first');
        const inner: RowName = { ...row, name: first, mayBeMissing: true };
        return made(
          [line(`const [${first}] = ${name};`), line(`${out}.push(${read(world, first, columns)});`)],
          {
            rows: [inner],
            values: valuesIn(inner),
          },
        );
      },
    ],
    [
      depth > 0 ? 5 : 0,
      () => {
        const inner: RowName = { ...row, name: choices.blockName(singular(table)), mayBeMissing: false };
        const body = turn({
          ...place,
          rows: [inner],
          values: [...valuesIn(inner), ...choices.some(place.values, 30)],
          ...exitsIn(place),
          list: undefined,
          depth: depth - 1,
        });
        return made([block(`for (const ${inner.name} of ${name}) {`, body)]);
      },
    ],
  );
}

function numberUses(place: Place, name: string): readonly Piece[] {
  const { world, out, skip, stop } = place;
  return world.choices.way<readonly Piece[]>(
    [5, () => [line(`${out}.push(${name});`)]],
    [mayRemember(place) ? 1 : 0, () => [line(`seen.set(${keyOf(place)}, ${name});`)]],
    [2, () => [line(`total += ${name};`)]],
    [1, () => [line(`if (${name} === 0) ${skip}`), line(`${out}.push(${name});`)]],
    [1, () => [line(`if (${name} > 1) ${out}.push('many');`)]],
    [1, () => [line(`${out}.push(${name} > 0 ? 'some' : 'none');`)]],
    [stop === undefined ? 0 : world.odd, () => [line(`if (${name} > 1) ${stop ?? ''}`)]],
  );
}

/** A query that stands where its result is used. */
function inlined(place: Place, asked: Asked, question: Question): Made {
  const { world, out, depth } = place;
  const { choices } = world;
  const columns = asked.selected ?? shown(asked.table);
  const whole = unpacked(question, `await ${question.text}`);
  const push = (code: string): Made => made([line(`${out}.push(${code});`)]);
  if (asked.gives === 'many') {
    const inner: RowName = {
      name: choices.blockName(singular(asked.table)),
      table: asked.table,
      columns,
      mayBeMissing: false,
    };
    return choices.way<Made>(
      [2, () => push(`(${whole}).length`)],
      [2, () => push(`(${whole}).map((one) => ${read(world, 'one', columns, '.')})`)],
      [1, () => push(whole)],
      [1, () => push(`...(${whole})`)],
      [1, () => inExpression(place, whole, LISTS)],
      [
        depth > 0 ? 2 : 0,
        () => {
          const body = turn({
            ...place,
            rows: [inner],
            values: valuesIn(inner),
            ...exitsIn(place),
            list: undefined,
            depth: depth - 1,
          });
          return made([block(`for (const ${inner.name} of ${whole}) {`, body)]);
        },
      ],
    );
  }
  if (asked.gives !== 'one') return inExpression(place, whole, NUMBERS);
  return choices.way<Made>(
    [3, () => push(read(world, `(${whole})`, columns))],
    [1, () => push(whole)],
    [3, () => inExpression(place, whole, ROWS)],
    [1, () => made([line(`if (${whole}) ${out}.push('some');`)])],
    [1, () => made([line(`if (!(${whole})) ${place.skip}`)])],
  );
}

/** Expressions around one that waits, in which what stands instead of it has to keep its place. */
const ROWS = [
  '{ found: IT }',
  "IT ? 'some' : 'none'",
  'IT ? 1 : 0',
  '!IT',
  'typeof IT',
  '`${IT}`',
  'IT === null',
  'null !== IT',
  '(IT)?.name ?? 4',
  '((IT) as any)?.rank',
] as const;
const LISTS = [
  '(IT).length > 0',
  '[...(IT)].length',
  '(IT)[0]?.name',
  '(IT).length + 1',
  'JSON.stringify(IT, told)',
] as const;
const NUMBERS = [
  'IT',
  'IT',
  'Number(IT)',
  '!IT',
  'IT ? 1 : 0',
  '{ found: IT }',
  '`${IT}`',
  'typeof IT',
  '[IT]',
] as const;

const inExpression = ({ world, out }: Place, whole: string, around: readonly [string, ...string[]]): Made =>
  made([line(`${out}.push(${world.choices.one(around).replace('IT', () => whole)});`)]);

/** `const author = post.authorId ? await … : null;` */
function conditional(place: Place, { code }: Value, asked: Asked, question: Question): Made {
  const { world } = place;
  const { choices } = world;
  const name = resultName(world, asked);
  const whole = unpacked(question, `await ${question.text}`);
  const nothing = asked.gives === 'many' ? '[]' : asked.gives === 'one' ? 'null' : '0';
  const test = choices.one([code, `${code} != null`, `${code} !== null`]);
  const pieces = choices.way<readonly Piece[]>(
    [3, () => [line(`const ${name} = ${test} ? ${whole} : ${nothing};`)]],
    [
      asked.gives === 'one' ? 1 : 0,
      () => [line(`const ${name} = ${test} ${choices.chance(70) ? '&&' : '||'} (${whole});`)],
    ],
    [1, () => [line(`let ${name}: any = ${nothing};`), line(`if (${test}) ${name} = ${whole};`)]],
  );
  // What it is where it is not asked may be neither a row nor missing.
  const used =
    asked.gives === 'many'
      ? made([line(`${place.out}.push(${name}.length);`)])
      : made([line(`${place.out}.push(${name});`)]);
  const isPlain = choices.chance(60) && /^const .* \? /.test(textOf(pieces));
  const rest = isPlain ? usesOf(place, name, asked, question) : used;
  return { ...rest, pieces: [...pieces, ...rest.pieces] };
}

/** How a result is taken out of a list of results. */
const bindingOf = ([name, { form }]: readonly [string, Question]): string =>
  form === 'row in a list' ? `[${name}]` : name;

/** Two queries of one turn that are asked at the same time. */
function pair(place: Place, asked: Asked, question: Question): Made {
  const { world, values, out } = place;
  const { choices, library, speaker } = world;
  const value = choices.any(values);
  if (value === undefined) return made([]);
  const other = questionFor(place, value).asked;
  const second = library.ask(other, speaker);
  const [one, two] = [resultName(world, asked), resultName(world, other)];
  const names = [
    [one, question],
    [two, second],
  ] as const;
  const uses = usesOf(place, one, asked, question);
  const shownLast =
    second.form === 'number in a row' ? `${two}?.count` : second.form === 'rows' ? `${two}.length` : two;
  const isPlain = question.form !== 'number in a row';
  return {
    ...uses,
    pieces: [
      line(
        `const [${names.map(bindingOf).join(', ')}] = await Promise.all([${question.text}, ${second.text}]);`,
      ),
      line(`${out}.push(${shownLast});`),
      ...(isPlain ? uses.pieces : [line(`${out}.push(Number(${one}?.count));`)]),
    ],
  };
}

/** The rows of a relation, asked of a row. */
function loadedRelation(place: Place): Made | undefined {
  const { world, rows } = place;
  const { choices, library, schema } = world;
  const row = choices.any(rows);
  if (row === undefined || library.load === undefined || row.mayBeMissing) return undefined;
  const ways = schema.relations.flatMap((relation) => [
    ...(relation.from === row.table.name ? [{ relation, isInverse: false }] : []),
    ...(relation.to === row.table.name ? [{ relation, isInverse: true }] : []),
  ]);
  const way = choices.any(ways);
  if (way === undefined) return undefined;
  const { relation, isInverse } = way;
  const table = tableOf(schema, isInverse ? relation.from : relation.to);
  const gives = isInverse && !relation.isOneToOne ? 'many' : 'one';
  const asked: Asked = {
    table,
    gives,
    refuses: false,
    where: [],
    selected: undefined,
    orderedBy: [],
    most: undefined,
  };
  const text = library.load(row.name, relation, isInverse);
  return named(place, asked, { text, form: gives === 'many' ? 'rows' : 'row' });
}
