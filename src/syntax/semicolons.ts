import { spanOf } from '../edits/edit.ts';
import type { Path, t } from './ast.ts';
import { previousCode } from './comments.ts';
import type { ParsedFile } from './file.ts';
import { takesSemicolon } from './style.ts';

/** The end of a statement without a semicolon that begins a later line: that one guards the line. */
export function endOfStatement(file: ParsedFile, node: t.Node): number {
  const [, end] = spanOf(node);
  if (file.text[end - 1] !== ';') return end;
  const before = previousCode(file, end - 1);
  return file.text.slice(before, end).includes('\n') ? before : end;
}

/** Whether a line that begins like a call or an index would continue `node`. */
export function isOpenEnded(file: ParsedFile, node: t.Node | undefined): boolean {
  if (node === undefined || file.text[endOfStatement(file, node) - 1] === ';') return false;
  switch (node.type) {
    case 'IfStatement':
      return isOpenEnded(file, node.alternate ?? node.consequent);
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'WithStatement':
    case 'LabeledStatement':
      return isOpenEnded(file, node.body);
    case 'ExportNamedDeclaration':
      return node.declaration == null || isOpenEnded(file, node.declaration);
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ClassAccessorProperty':
      return true;
    default:
      return takesSemicolon(node, null, '');
  }
}

/** The statement or directive before `path` in what holds them both. */
export function statementBefore(path: Path): t.Node | undefined {
  const holder = path.parent?.node as unknown as Record<string, unknown> | undefined;
  const siblings = holder?.[path.key];
  if (path.index === null || !Array.isArray(siblings)) return undefined;
  const directives = (holder?.['directives'] ?? []) as readonly t.Node[];
  return (siblings as readonly t.Node[])[path.index - 1] ?? directives.at(-1);
}

/** Whether code at `offset` begins the statement around `path`, and would continue the one before if it began with `(`. */
export function opensOpenLine(file: ParsedFile, path: Path, offset: number): boolean {
  let statement: Path = path;
  while (statement.parent !== null && statement.node.type !== 'ExpressionStatement')
    statement = statement.parent;
  if (statement.node.start !== offset || file.text[previousCode(file, offset) - 1] === ';') return false;
  return isOpenEnded(file, statementBefore(statement));
}

/** Whether a line that begins with `text` would continue the line before it where that ends without a semicolon. */
export function continuesALine(text: string): boolean {
  return /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*(?:[([`+-]|\/(?![/*]))/.test(text);
}
