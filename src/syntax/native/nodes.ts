/** A node of the native parser's tree (ESTree, as typescript-eslint has it for TypeScript), as it comes out of JSON. */
export interface Estree {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A place in a text, as Babel tells it. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 0, in UTF-16 units. */
  readonly column: number;
  readonly index: number;
}

/** A text that is being converted, with the places where its lines begin, found when somebody first asks. */
export class Source {
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  positionOf(index: number): Position {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: index - (starts[low] ?? 0), index };
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  const ends = /\r\n?|[\n\u2028\u2029]/g;
  while (ends.exec(text) !== null) starts.push(ends.lastIndex);
  return starts;
}

/** Where a node stands. Most are never asked, so lines and columns are counted when somebody does. */
export class Location {
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;

  constructor(source: Source, start: number, end: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  /** The same up to its end, from an earlier place. */
  from(start: number): Location {
    return new Location(this.#source, start, this.#end);
  }

  get start(): Position {
    return this.#source.positionOf(this.#start);
  }

  get end(): Position {
    return this.#source.positionOf(this.#end);
  }
}

/** A node of Babel's tree while it is made. */
export interface Made {
  readonly type: string;
  start: number;
  end: number;
  loc: Location;
  extra?: Record<string, unknown>;
  [key: string]: unknown;
}

/** The tree holds something of which it is not known what Babel would make of it. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
}

/** The conversion of one text: what converts a node's children. */
export interface Conversion {
  readonly source: Source;
  /** Whether the text is TypeScript. */
  readonly isTypeScript: boolean;
  /** The names of the `var`s so far in the function at hand, if the text is TypeScript. */
  variables: string[];
  /** The node that Babel would have made of `node`. */
  convert(node: unknown): Made;
  convertOptional(node: unknown): Made | null;
  convertAll(nodes: unknown): (Made | null)[];
  /** A new node of `type` in the place of `node`. */
  make(type: string, node: Estree): Made;
  makeAt(type: string, start: number, end: number): Made;
}

export type Converter = (node: Estree, to: Conversion) => Made;

export const isEstree = (value: unknown): value is Estree =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

export function asEstree(value: unknown): Estree {
  if (!isEstree(value)) throw new Unknown('This is no node.');
  return value;
}

export const asList = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Unknown('This is no list.');
  return value;
};

/** A converter of nodes that both trees have alike: the keys are taken over, converted where they hold nodes. */
export const same =
  (...keys: readonly string[]): Converter =>
  (node, to) => {
    const made = to.make(node.type, node);
    for (const key of keys) made[key] = converted(node[key], to);
    return made;
  };

/** A plain value as it is, a node or a list of nodes converted. */
export function converted(value: unknown, to: Conversion): unknown {
  if (Array.isArray(value)) return to.convertAll(value);
  if (isEstree(value)) return to.convert(value);
  if (typeof value === 'object' && value !== null) throw new Unknown('This is neither a node nor a value.');
  return value;
}

/** Sets those of the keys that say something; Babel leaves the others out. */
export function setPresent(made: Made, node: Estree, keys: readonly string[], to: Conversion): void {
  for (const key of keys) {
    const value = node[key];
    if (value === null || value === undefined || value === false) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    made[key] = converted(value, to);
  }
}

/** What stands in `typeArguments` in one tree and in `typeParameters` in the other. */
export function setTypeArguments(made: Made, node: Estree, to: Conversion, key = 'typeArguments'): void {
  if (node[key] != null) {
    made[key === 'typeArguments' ? 'typeParameters' : 'superTypeParameters'] = to.convert(node[key]);
  }
}

export function addExtra(made: Made, key: string, value: unknown): void {
  (made.extra ??= {})[key] = value;
}

/** Words such as `interface` say something only where what they name stands on their line. */
export function mustBeOnOneLine(node: Estree, to: Conversion): void {
  if (/[\n\r\u2028\u2029]/.test(to.source.text.slice(node.start, asEstree(node.id).start)))
    throw new Unknown('A declaration over more than one line.');
}

const TRIVIA = /(?:\s|\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*)*/y;

/** The offset of the first code at or after `at`. */
export function codeFrom(text: string, at: number): number {
  TRIVIA.lastIndex = at;
  TRIVIA.exec(text);
  return TRIVIA.lastIndex;
}
