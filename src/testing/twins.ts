import type { t } from '../syntax/ast.ts';
import { parseFile } from '../syntax/file.ts';
import { lineOf } from '../syntax/lines.ts';
import { styleOf } from '../syntax/style.ts';
import { meaningOf, tokensOf } from '../syntax/tokens.ts';
import { isSource, type FixtureCase, type Texts } from './cases.ts';

/** A case written in another style, or why it cannot be. */
export interface Twin {
  readonly name: 'with tabs and CRLF' | 'without semicolons';
  readonly twin?: FixtureCase;
  readonly skipped?: string;
}

/** A text in the other style. Undefined: it cannot be told what it would be. */
type Restyle = (path: string, text: string) => string | undefined;

/** Leading spaces become tabs, but not in lines that begin inside a literal or a comment. */
function withTabs(path: string, text: string, step: number): string {
  const within = new Set<number>();
  for (const { start, end } of tokensOf(path, text)) {
    for (let line = lineOf(text, start) + 1; line <= lineOf(text, end); line++) within.add(line);
  }
  const indented = (line: string): string =>
    line.replace(/^ +/, ({ length }) => '\t'.repeat(Math.floor(length / step)) + ' '.repeat(length % step));
  return text
    .split('\n')
    .map((line, index) => (within.has(index + 1) ? line : indented(line)))
    .join('\n');
}

const ENDS_WITH_SEMICOLON = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'DebuggerStatement',
  'DoWhileStatement',
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportDefaultDeclaration',
  'ExportAllDeclaration',
  'TSTypeAliasDeclaration',
  'TSExportAssignment',
  'ClassProperty',
  'ClassPrivateProperty',
  'Directive',
]);

/** Semicolons at the ends of lines and blocks go. Undefined where the next line would be read as part of the one before. */
function withoutSemicolons(path: string, text: string): string | undefined {
  const ends = parseFile(path, text)
    .paths.map(({ node }: { node: t.Node }) => node)
    .filter(({ type }) => ENDS_WITH_SEMICOLON.has(type))
    .map((node) => (node.end ?? 0) - 1)
    .filter(
      (at) =>
        text.charAt(at) === ';' &&
        /^[ \t]*(\}|(\/\/.*|\/\*[^\n]*\*\/[ \t]*)?(\r?\n|$))/.test(text.slice(at + 1)),
    );
  let result = text;
  for (const at of [...new Set(ends)].sort((a, b) => b - a))
    result = result.slice(0, at) + result.slice(at + 1);
  try {
    return meaningOf(path, result) === meaningOf(path, text) ? result : undefined;
  } catch {
    return undefined;
  }
}

function restyled(texts: Texts, restyle: Restyle): Texts | undefined {
  const result = new Map<string, string>();
  for (const [path, text] of texts) {
    const other = isSource(path) ? restyle(path, text) : text;
    if (other === undefined) return undefined;
    result.set(path, other);
  }
  return result;
}

const isSame = (a: Texts, b: Texts): boolean => [...a].every(([path, text]) => b.get(path) === text);

function twinOf(fixture: FixtureCase, name: Twin['name'], restyle: Restyle): Twin {
  const input = restyled(fixture.input, restyle);
  const output = restyled(fixture.output, restyle);
  if (input === undefined || output === undefined) return { name, skipped: 'it would be ambiguous' };
  if (isSame(fixture.input, input)) return { name, skipped: 'the input has nothing to write in another way' };
  return { name, twin: { ...fixture, name: `${fixture.name} (${name})`, input, output } };
}

/**
 * The same case with tabs and CRLF line endings, and without semicolons: what a transform makes of it must be the twin of
 * the output. Only source files are rewritten, and neither literals nor what stands in comments, but for line endings. A case
 * in which nothing is rewritten has no twins.
 * @throws {ParseError} when a file of the case does not parse.
 */
export function twinsOf(fixture: FixtureCase): readonly Twin[] {
  if (fixture.output.size === 0) return [];
  // New code in a file follows the file as it was, so both sides are measured in the steps of the input.
  const stepIn = (path: string): number => {
    const text = fixture.input.get(path);
    const { indent } = text === undefined ? { indent: '  ' } : styleOf(parseFile(path, text));
    return indent.includes('\t') ? 1 : indent.length;
  };
  return [
    twinOf(fixture, 'with tabs and CRLF', (path, text) => {
      if (!fixture.input.has(path)) return text;
      const indented = text.includes('\t') ? text : withTabs(path, text, stepIn(path));
      return indented.replace(/\r?\n/g, '\r\n');
    }),
    twinOf(fixture, 'without semicolons', (path, text) =>
      fixture.input.has(path) ? withoutSemicolons(path, text) : text,
    ),
  ];
}
