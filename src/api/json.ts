/** JSON that is not JSON, with the line (from 1) where it stops being so. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** A value read from JSON, and where each of its keys stands. */
export interface LocatedJson {
  readonly value: unknown;
  /** The line, from 1, of the key or list element that `keys` lead to, or of the nearest one above it that is there. */
  lineOf(keys: readonly string[]): number;
}

interface Token {
  readonly text: string;
  readonly line: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|"/g;
const END = '';

function tokensOf(text: string): Token[] {
  let line = 1;
  let at = 0;
  const lineAt = (offset: number): number => {
    line += text.slice(at, offset).split('\n').length - 1;
    at = offset;
    return line;
  };
  const tokens = Array.from(text.matchAll(TOKEN), (match) => ({ text: match[0], line: lineAt(match.index) }));
  return [...tokens, { text: END, line: lineAt(text.length) }];
}

class Reader {
  readonly lines = new Map<string, number>();
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  private get token(): Token {
    return this.tokens[this.at] ?? { text: END, line: 1 };
  }

  private fail(wanted: string): never {
    const { text, line } = this.token;
    throw new JsonError(text === END ? 'it ends too early' : `expected ${wanted} and found ${text}`, line);
  }

  private take(...wanted: readonly string[]): string {
    const { text } = this.token;
    if (!wanted.includes(text)) this.fail(wanted.join(' or '));
    this.at++;
    return text;
  }

  /** A string, number, `true`, `false` or `null`: what these are is for `JSON.parse` to say. */
  private literal(wanted: string): unknown {
    try {
      const value: unknown = JSON.parse(this.token.text);
      this.at++;
      return value;
    } catch {
      return this.fail(wanted);
    }
  }

  private object(keys: readonly string[]): object {
    const entries = new Map<string, unknown>();
    this.take('{');
    if (this.token.text === '}') this.take('}');
    else {
      do {
        if (!this.token.text.startsWith('"')) this.fail('a key in double quotes');
        const { line } = this.token;
        const key = String(this.literal('a key in double quotes'));
        const own = [...keys, key];
        if (entries.has(key)) throw new JsonError(`"${key}" is there twice`, line);
        this.lines.set(JSON.stringify(own), line);
        this.take(':');
        entries.set(key, this.value(own));
      } while (this.take(',', '}') === ',');
    }
    return Object.fromEntries(entries);
  }

  private list(keys: readonly string[]): unknown[] {
    const elements: unknown[] = [];
    this.take('[');
    if (this.token.text === ']') this.take(']');
    else {
      do {
        const own = [...keys, String(elements.length)];
        this.lines.set(JSON.stringify(own), this.token.line);
        elements.push(this.value(own));
      } while (this.take(',', ']') === ',');
    }
    return elements;
  }

  private value(keys: readonly string[]): unknown {
    if (this.token.text === '{') return this.object(keys);
    return this.token.text === '[' ? this.list(keys) : this.literal('a value');
  }

  whole(): unknown {
    const value = this.value([]);
    if (this.token.text !== END) this.fail('the end');
    return value;
  }
}

/**
 * Reads JSON and notes the line of each key, which `JSON.parse` does not tell.
 * @throws {JsonError}
 */
export function parseLocatedJson(text: string): LocatedJson {
  const reader = new Reader(text);
  const value = reader.whole();
  return {
    value,
    lineOf(keys) {
      for (let length = keys.length; length > 0; length--) {
        const line = reader.lines.get(JSON.stringify(keys.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}
