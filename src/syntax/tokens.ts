import { parse } from './parse.ts';

/** A token of a file: a word, a sign, a literal, a comment. Whitespace lies between tokens and in none of them. */
export interface Token {
  readonly kind: 'code' | 'string' | 'template' | 'jsx-text' | 'comment';
  readonly start: number;
  readonly end: number;
  /** Equal for tokens that mean the same: quotes, and the indentation of comments and JSX text, do not count. */
  readonly key: string;
}

interface BabelToken {
  readonly type: string | { readonly label: string };
  readonly value?: unknown;
  readonly start: number;
  readonly end: number;
}

const trimLines = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .join('\n');

/** JSX text as React reads it: a line break and the indentation around it are one space, or nothing at the edges. */
function jsxTextOf(text: string): string {
  const lines = text.split(/\r\n?|\n/);
  return lines
    .map((line, index) => {
      const head = index === 0 ? line : line.replace(/^[ \t]+/, '');
      return index === lines.length - 1 ? head : head.replace(/[ \t]+$/, '');
    })
    .filter((line) => line !== '')
    .join(' ');
}

function asToken(token: BabelToken, text: string): Token | undefined {
  const { start, end } = token;
  const slice = text.slice(start, end);
  if (typeof token.type === 'string') return { kind: 'comment', start, end, key: trimLines(slice) };
  switch (token.type.label) {
    case 'string':
      return { kind: 'string', start, end, key: `"${String(token.value)}` };
    case 'template':
      return slice === ''
        ? undefined
        : { kind: 'template', start, end, key: `\`${slice.replace(/\r\n?/g, '\n')}` };
    case 'jsxText': {
      const key = jsxTextOf(slice);
      return key === '' ? undefined : { kind: 'jsx-text', start, end, key: `>${key}` };
    }
    default:
      return slice === '' ? undefined : { kind: 'code', start, end, key: slice };
  }
}

/**
 * The tokens of a file in the order of its text, comments among them.
 * @throws {ParseError} with the place and the reason.
 */
export function tokensOf(path: string, text: string): readonly Token[] {
  const tokens = (parse(path, text, { tokens: true }).tokens ?? []) as readonly BabelToken[];
  return tokens.flatMap((token) => asToken(token, text) ?? []).sort((a, b) => a.start - b.start);
}

const NOT_MEANING = new Set([
  'start',
  'end',
  'loc',
  'range',
  'extra',
  'comments',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'tokens',
  'errors',
]);

/** What a file means, as a text to compare: its tree without places, comments, parentheses and the way literals are written. */
export function meaningOf(path: string, text: string): string {
  return JSON.stringify(parse(path, text), (name, value: unknown) => {
    if (NOT_MEANING.has(name)) return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    if (!Array.isArray(value))
      return isJsxText(value) ? { type: value.type, value: jsxTextOf(value.value) } : value;
    return (value as unknown[]).filter((one) => !isJsxText(one) || jsxTextOf(one.value) !== '');
  });
}

const isJsxText = (value: unknown): value is { type: 'JSXText'; value: string } =>
  typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'JSXText';
