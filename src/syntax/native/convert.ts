import { EXPRESSIONS } from './expressions.ts';
import { MEMBERS } from './members.ts';
import {
  asEstree,
  asList,
  Location,
  Source,
  Unknown,
  type Conversion,
  type Converter,
  type Estree,
  type Made,
} from './nodes.ts';
import { PATTERNS } from './patterns.ts';
import { setBody, STATEMENTS } from './statements.ts';
import { TYPES } from './types.ts';

const CONVERTERS: ReadonlyMap<string, Converter> = new Map(
  [EXPRESSIONS, PATTERNS, STATEMENTS, MEMBERS, TYPES].flatMap((some) => Object.entries(some)),
);

/** A comment as the native parser tells it. */
export interface NativeComment {
  readonly type: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

function conversionOf(text: string, isTypeScript: boolean): Conversion {
  const source = new Source(text);
  const convert = (node: unknown): Made => {
    const estree = asEstree(node);
    const converter = CONVERTERS.get(estree.type);
    if (converter === undefined) throw new Unknown(`${estree.type} is not known.`);
    return converter(estree, to);
  };
  const to: Conversion = {
    source,
    isTypeScript,
    variables: [],
    convert,
    convertOptional: (node) => (node == null ? null : convert(node)),
    convertAll: (nodes) => asList(nodes).map((node) => (node === null ? null : convert(node))),
    make: (type, { start, end }) => ({ type, start, end, loc: new Location(source, start, end) }),
    makeAt: (type, start, end) => ({ type, start, end, loc: new Location(source, start, end) }),
  };
  return to;
}

/**
 * The tree that Babel makes of `text`, made of the native parser's `program` and `comments`.
 * @throws {Unknown} if there is something in it of which that is not known.
 */
export function asBabel(
  text: string,
  program: Estree,
  comments: readonly NativeComment[],
  isTypeScript: boolean,
): Made {
  const to = conversionOf(text, isTypeScript);
  const made = to.makeAt('Program', 0, text.length);
  made.sourceType = program.sourceType;
  made.interpreter = null;
  if (program.hashbang != null) {
    const hashbang = asEstree(program.hashbang);
    const interpreter = to.make('InterpreterDirective', hashbang);
    interpreter.value = hashbang.value;
    made.interpreter = interpreter;
  }
  setBody(made, program.body, (made.interpreter as Made | null)?.end ?? 0, to);
  const file = to.makeAt('File', 0, text.length);
  file.errors = [];
  file.program = made;
  file.comments = comments
    .filter(({ start }) => start !== 0 || !text.startsWith('#!'))
    .map(({ type, value, start, end }) => ({
      type: type === 'Line' ? 'CommentLine' : 'CommentBlock',
      value,
      start,
      end,
      loc: new Location(to.source, start, end),
    }));
  return file;
}
