import { joinCode, outerSpanOf, textOf } from '../edits/code.ts';
import { spanOf, type Code, type Edit, type Span, type Spanned } from '../edits/edit.ts';
import type { Path, t } from './ast.ts';
import { hasCommentIn } from './comments.ts';
import type { ParsedFile } from './file.ts';
import { layOut, parseExpression } from './layout.ts';
import { eolOf, indentAt } from './lines.ts';
import { isExpressionPlace, LEVEL, levelOf, needsParentheses } from './precedence.ts';
import { continuesALine, endOfStatement, isOpenEnded, opensOpenLine, statementBefore } from './semicolons.ts';
import { asCode, type New } from './statements.ts';
import { styleOf, takesSemicolon } from './style.ts';

const isWordChar = (char: string | undefined): boolean =>
  char !== undefined && /[\p{ID_Continue}$]/u.test(char);

/** `code`, with a space where it would grow together with the word before or after it. */
function apart(file: ParsedFile, code: Code, [start, end]: Span): Code {
  const text = textOf(code, file.text);
  const before = isWordChar(file.text[start - 1]) && isWordChar(text[0]) ? ' ' : '';
  const after = isWordChar(file.text[end]) && isWordChar(text.at(-1)) ? ' ' : '';
  return joinCode([before, code, after], '');
}

/** Whether `text` begins on a line below: a `return` before it would return nothing. */
const beginsBelow = (text: string): boolean => /^[^\S\n]*(?:\n|\/\/|\/\*(?:(?!\*\/)[^])*\n)/.test(text);

function replaceExpression(file: ParsedFile, path: Path, code: Code, text: string): Edit | undefined {
  const piece = parseExpression(file, text);
  if (piece === undefined) return undefined;
  const { node } = path;
  const inner = spanOf(node);
  const outer = outerSpanOf(node);
  const isParenthesized = outer[0] < inner[0];
  const hasComment = hasCommentIn(file, [outer[0], inner[0]]) || hasCommentIn(file, [inner[1], outer[1]]);
  const isSelfContained = text.startsWith('(') && isWhole(text) ? true : levelOf(piece.node) >= LEVEL.call;
  const needs = !isWhole(text) && (needsParentheses(piece.node, path) || needsForReturn(path, text));
  if (isParenthesized) {
    const keeps = hasComment || needs || !isSelfContained;
    const span = keeps && !isWhole(text) ? inner : outer;
    const guard = span === outer && continuesALine(text) && opensStatement(file, path, outer[0]) ? ';' : '';
    return { file: file.path, span, code: apart(file, joinCode([guard, code], ''), span) };
  }
  const whole = needs ? joinCode(['(', code, text.includes('//') ? '\n)' : ')'], '') : code;
  const guard = (needs || continuesALine(text)) && opensOpenLine(file, path, inner[0]) ? ';' : '';
  const parent = path.parent?.node;
  const isShorthand = parent?.type === 'ObjectProperty' && parent.shorthand && path.key === 'value';
  const name = isShorthand ? `${file.text.slice(...spanOf(parent.key))}: ` : '';
  return { file: file.path, span: inner, code: apart(file, joinCode([name, guard, whole], ''), inner) };
}

const opensStatement = (file: ParsedFile, path: Path, start: number): boolean => {
  let statement: Path = path;
  while (statement.parent !== null && statement.node.type !== 'ExpressionStatement')
    statement = statement.parent;
  return statement.node.start === start && opensOpenLine(file, statement, start);
};

function needsForReturn(path: Path, text: string): boolean {
  return (
    /^(?:Return|Throw)Statement$|^YieldExpression$/.test(path.parent?.node.type ?? '') && beginsBelow(text)
  );
}

/** Whether the first parenthesis of `text` closes at its end, so that it brings its own. */
function isWhole(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (const [index, char] of [...text].entries()) {
    if (char === '(') depth++;
    if (char === ')' && --depth === 0) return index === [...text].length - 1;
  }
  return false;
}

/** Replaces a statement: its semicolon stays as it was written, and the line before it does not run on. */
function replaceStatement(file: ParsedFile, path: Path, code: Code): Edit {
  const [start, nodeEnd] = spanOf(path.node);
  const end = endOfStatement(file, path.node);
  const text = textOf(code, file.text);
  const guard =
    continuesALine(text) && file.text[start - 1] !== ';' && isOpenEnded(file, statementBefore(path))
      ? ';'
      : '';
  const following = file.text.slice(end).trimStart().slice(0, 2);
  const isOpen = !/[;}]$/.test(text);
  const ending = isOpen && end === nodeEnd && continuesALine(following) ? ';' : '';
  return {
    file: file.path,
    span: [start, end],
    code: apart(file, joinCode([guard, code, ending], ''), [start, end]),
  };
}

function pathIn(file: ParsedFile, node: Spanned): Path | undefined {
  try {
    return file.pathOf(node as t.Node);
  } catch {
    return undefined; // A plain span, and not a node.
  }
}

/**
 * Replaces a node. Parentheses around an expression go when the new one is a name, a literal, a call or a member; they are
 * added where its new place needs them. A statement keeps to the file's semicolons.
 */
export function replace(file: ParsedFile, node: Spanned, by: New): Edit {
  const [start, end] = spanOf(node);
  const path = pathIn(file, node);
  const indent = indentAt(file.text, start);
  const eol = eolOf(file.text, start) ?? styleOf(file).eol;
  const isStatement =
    path !== undefined && /(?:Statement|Declaration)$/.test(path.node.type) && !isHead(path);
  const given = asCode(file, by);
  const code = layOut(file, given, { indent, eol, as: isStatement ? 'statements' : 'expression' });
  const text = textOf(code, file.text);
  if (path !== undefined && isStatement) return replaceStatement(file, path, code);
  if (path !== undefined && path.parent?.node.type === 'JSXAttribute' && path.key === 'value') {
    const isReady = /^(?:"[^"]*"|'[^']*'|\{[^]*\}|<[^]*>)$/.test(text);
    return { file: file.path, span: [start, end], code: isReady ? code : joinCode(['{', code, '}'], '') };
  }
  if (path !== undefined && isExpressionPlace(path)) {
    const edit = replaceExpression(file, path, code, text);
    if (edit !== undefined) return edit;
  }
  return { file: file.path, span: [start, end], code: apart(file, code, [start, end]) };
}

/** Whether `path` is the declaration in the head of a loop, which takes no semicolon of its own. */
const isHead = ({ node, parent, key }: Path): boolean =>
  node.type === 'VariableDeclaration' && !takesSemicolon(node, parent?.node ?? null, key);
