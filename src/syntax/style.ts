import { outerSpanOf } from '../edits/code.ts';
import { spanOf } from '../edits/edit.ts';
import type { t } from './ast.ts';
import { nextCode, previousCode } from './comments.ts';
import type { ParsedFile, Style } from './file.ts';
import { indentAt, isFirstOnLine } from './lines.ts';

/** The key that was counted most often; of equals the first one counted. */
function mostFrequent<K>(counted: Iterable<K>): K | undefined {
  const counts = new Map<K, number>();
  for (const one of counted) counts.set(one, (counts.get(one) ?? 0) + 1);
  let most: readonly [K, number] | undefined;
  for (const entry of counts) if (most === undefined || entry[1] > most[1]) most = entry;
  return most?.[0];
}

/** Statements that end with a semicolon where the file writes any. */
const ENDED = new Set<string>([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'DoWhileStatement',
  'DebuggerStatement',
  'ImportDeclaration',
  'ExportAllDeclaration',
  'TSTypeAliasDeclaration',
  'TSImportEqualsDeclaration',
  'TSExportAssignment',
  'Directive',
]);

/** Whether `node` ends with a semicolon in a file that writes them; `for (let i = 0; …)` holds a declaration that does not. */
export function takesSemicolon(node: t.Node, parent: t.Node | null, key: string): boolean {
  if (node.type === 'ExportDefaultDeclaration') {
    return (
      !/^(?:Function|Class|TSDeclareFunction|TSInterface)/.test(node.declaration.type) ||
      node.declaration.type.endsWith('Expression')
    );
  }
  if (node.type === 'ExportNamedDeclaration') return node.declaration == null;
  if (!ENDED.has(node.type)) return false;
  const isHead = parent?.type.startsWith('For') === true && (key === 'init' || key === 'left');
  return !isHead;
}

function quoteOf(file: ParsedFile): Style['quote'] {
  const strings = [...file.find('StringLiteral'), ...file.find('DirectiveLiteral')];
  const quotes = strings
    .filter(({ parent }) => parent?.node.type !== 'JSXAttribute')
    .map(({ node }) => file.text[node.start ?? 0])
    .filter((quote) => quote === "'" || quote === '"');
  return mostFrequent(quotes) ?? "'";
}

function hasSemicolons(file: ParsedFile): boolean {
  let ended = 0;
  let open = 0;
  for (const { node, parent, key } of file.paths) {
    if (!takesSemicolon(node, parent?.node ?? null, key)) continue;
    const [, end] = spanOf(node);
    if (file.text[end - 1] !== ';') open++;
    // A semicolon that begins a line guards that line, and does not end the one before.
    else if (file.text.slice(previousCode(file, end - 1), end).includes('\n')) open++;
    else ended++;
  }
  return ended >= open;
}

/** What a node holds that stands one step further in than its own line. */
function indentedIn(node: t.Node): readonly (t.Node | null)[] {
  switch (node.type) {
    case 'BlockStatement':
    case 'ClassBody':
    case 'TSInterfaceBody':
    case 'TSModuleBlock':
    case 'StaticBlock':
      return node.body;
    case 'ObjectExpression':
    case 'ObjectPattern':
      return node.properties;
    case 'ArrayExpression':
      return node.elements;
    case 'SwitchCase':
      return node.consequent;
    case 'TSTypeLiteral':
    case 'TSEnumDeclaration':
      return node.members;
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return node.specifiers;
    case 'CallExpression':
    case 'NewExpression':
      return node.arguments;
    default:
      return [];
  }
}

function indentOf(file: ParsedFile): string {
  const { text } = file;
  const steps: string[] = [];
  for (const { node } of file.paths) {
    const first = indentedIn(node)[0];
    if (first == null || !isFirstOnLine(text, first.start ?? 0)) continue;
    // A chain of calls begins on an earlier line than its arguments' bracket: the closing bracket's line is the outer one.
    const outer = indentAt(text, (node.end ?? 1) - 1);
    const inner = indentAt(text, first.start ?? 0);
    if (inner.length > outer.length && inner.startsWith(outer)) steps.push(inner.slice(outer.length));
  }
  const usual = mostFrequent(steps.map((step) => (step.startsWith('\t') ? '\t' : step)));
  return usual ?? (/^\t/m.test(text) ? '\t' : '  ');
}

function eolOf(text: string): Style['eol'] {
  const crlf = text.split('\r\n').length - 1;
  const all = text.split('\n').length - 1;
  return crlf * 2 > all ? '\r\n' : '\n';
}

function hasTrailingCommas(file: ParsedFile): boolean {
  const { text } = file;
  let trailing = 0;
  let bare = 0;
  for (const { node } of file.paths) {
    if (!/^(?:Object|Array|Call|New|Import|ExportNamed)/.test(node.type)) continue;
    const last = indentedIn(node).at(-1);
    if (last == null || /^(?:Rest|Spread)Element$/.test(last.type)) continue;
    const at = nextCode(file, outerSpanOf(last)[1]);
    const hasComma = text[at] === ',';
    const close = hasComma ? nextCode(file, at + 1) : at;
    if (!/[\])}]/.test(text[close] ?? '') || !isFirstOnLine(text, close)) continue;
    if (hasComma) trailing++;
    else bare++;
  }
  return trailing >= bare;
}

const styles = new WeakMap<ParsedFile, Style>();

/** How `file` is written, by majority; where it says nothing: single quotes, semicolons, two spaces, `\n`, trailing commas. */
export function styleOf(file: ParsedFile): Style {
  const known = styles.get(file);
  if (known !== undefined) return known;
  const style: Style = {
    quote: quoteOf(file),
    semicolons: hasSemicolons(file),
    indent: indentOf(file),
    eol: eolOf(file.text),
    trailingComma: hasTrailingCommas(file),
  };
  styles.set(file, style);
  return style;
}
