/** What a run of a program gave and left behind, in a form that can be compared. */
export interface Observation {
  /** What `run` gave or threw, one line for each value in it, with its path. */
  readonly outcome: readonly string[];
  /** What `run` gave, as `JSON.stringify` writes it; undefined where it threw. */
  readonly json: string | undefined;
  /** What was printed, one line for each value. */
  readonly printed: readonly string[];
  /** The contents of the tables or collections afterwards, by their names. */
  readonly contents: ReadonlyMap<string, readonly string[]>;
  /** The statements that count, as they were sent. */
  readonly statements: readonly string[];
}

/** Why two runs did not do the same, as a clause; undefined where they did. How many statements they sent is not compared. */
export function divergenceOf(before: Observation, after: Observation): string | undefined {
  return (
    firstDifference('gave', before.outcome, after.outcome) ??
    firstDifference('gave as JSON', [before.json ?? 'nothing'], [after.json ?? 'nothing']) ??
    firstDifference('printed', before.printed, after.printed) ??
    firstDifference('left in the database', contentLines(before), contentLines(after))
  );
}

const contentLines = ({ contents }: Observation): readonly string[] =>
  [...contents].flatMap(([name, rows]) => rows.map((row) => `${name}: ${row}`));

function firstDifference(
  what: string,
  before: readonly string[],
  after: readonly string[],
): string | undefined {
  const length = Math.max(before.length, after.length);
  for (let at = 0; at < length; at++) {
    if (before[at] !== after[at])
      return `it ${what} ${before[at] ?? 'no more'}, now ${after[at] ?? 'no more'}`;
  }
  return undefined;
}

/**
 * A value as lines, one for each value in it in the order of its keys, with its path and its type: `.rows[0].price: Decimal 10.5`. Two values
 * have the same lines where a program cannot well tell them apart: classes count by their names; a key that is missing is not one that is
 * undefined. Of the documents and rows of ORMs, what they hold is told and not how they keep account of it.
 */
export function linesOf(value: unknown, path = 'it'): readonly string[] {
  return describe(value, path, []);
}

/** What a program threw, as lines: class, message and code. `folder`: where the program lay, which its messages must not tell. */
export function thrownLines(error: unknown, folder: string): readonly string[] {
  if (!(error instanceof Error)) return linesOf(error, 'thrown');
  const code = 'code' in error && error.code !== undefined ? ` ${String(error.code)}` : '';
  const message = withoutExcerpt(error.message).replaceAll(folder, '');
  return [`thrown: ${classOf(error)}${code}: ${message}`];
}

/**
 * A message of Prisma without the place in the program and the lines around it. What was called and what is wrong stay.
 * @see https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/error-formatting
 */
const withoutExcerpt = (message: string): string =>
  message.replace(/^\n(Invalid `[^`]*` invocation) in\n\S+:\d+:\d+\n\n(?:\s*→?\s*\d+ .*\n)+/, '$1\n');

function describe(value: unknown, path: string, above: readonly object[]): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${primitive(value)}`];
  const depth = above.indexOf(value);
  if (depth >= 0) return [`${path}: again what is ${above.length - depth} above`];
  const whole = wholeOf(value);
  if (whole !== undefined) return [`${path}: ${classOf(value)} ${whole}`];
  return partsOf(value, path, [...above, value]);
}

function primitive(value: unknown): string {
  if (typeof value === 'string') return `string ${JSON.stringify(value)}`;
  if (typeof value === 'number') return `number ${Object.is(value, -0) ? '-0' : value}`;
  if (typeof value === 'function') return `function ${value.name}`;
  return value === undefined || value === null ? String(value) : `${typeof value} ${String(value)}`;
}

/** The text of an object that is one value: a date, a number of a library, bytes, an id. */
function wholeOf(value: object): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  const isBson = '_bsontype' in value;
  const isDecimal = 'toDecimalPlaces' in value;
  return isBson || isDecimal ? `${String(value)} ${JSON.stringify(value)}` : undefined;
}

function partsOf(value: object, path: string, above: readonly object[]): readonly string[] {
  const head = `${path}: ${classOf(value)}`;
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, held], at) => [
      ...describe(key, `${path}<key ${at}>`, above),
      ...describe(held, `${path}<value ${at}>`, above),
    ]);
    return [`${head} of ${value.size}`, ...entries];
  }
  if (value instanceof Set) {
    const members = [...value].flatMap((held, at) => describe(held, `${path}<${at}>`, above));
    return [`${head} of ${value.size}`, ...members];
  }
  const length = Array.isArray(value) ? ` of ${value.length}` : '';
  const error = value instanceof Error ? ` ${JSON.stringify(value.message)}` : '';
  const own = Object.entries(heldBy(value)).flatMap(([key, held]) =>
    describe(held, Array.isArray(value) && /^\d+$/.test(key) ? `${path}[${key}]` : `${path}.${key}`, above),
  );
  return [head + length + error, ...own];
}

/** The object that has what a value holds: the value itself, or where an ORM keeps it. */
function heldBy(value: object): object {
  // Sequelize: https://sequelize.org/api/v6/class/src/model.js~model
  if ('dataValues' in value && 'isNewRecord' in value && isObject(value.dataValues)) return value.dataValues;
  // Mongoose: https://mongoosejs.com/docs/api/document.html; virtuals that were populated are kept apart.
  if ('_doc' in value && '$__' in value) {
    const { _doc: fields } = value;
    const virtuals = '$$populatedVirtuals' in value ? value.$$populatedVirtuals : undefined;
    return { ...(isObject(fields) ? fields : {}), ...(isObject(virtuals) ? virtuals : {}) };
  }
  // Collections of MikroORM: https://mikro-orm.io/docs/collections
  if ('isInitialized' in value && 'getItems' in value && typeof value.isInitialized === 'function') {
    const isInitialized: unknown = value.isInitialized();
    const items: unknown = typeof value.getItems === 'function' ? value.getItems(false) : undefined;
    return { isInitialized, items };
  }
  return value;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function classOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return 'object without a class';
  const maker: unknown = value.constructor;
  return typeof maker === 'function' ? maker.name : 'object';
}
