import { extname } from 'node:path';
import { assumed, type Evidence } from '../evidence.ts';
import type { Edit } from '../edits/edit.ts';
import type { Facts } from '../facts/facts.ts';
import type { LogLevel, LoggerLibrary } from '../facts/libraries/loggers.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';

type File = Pick<FileContext, 'tree' | 'scopes' | 'pathOf' | 'find' | 'path' | 'facts'>;

/** Whether nothing of the module's own can run while `node` is evaluated: it only loads, names or defines things. */
function isInert(node: t.Node | null | undefined): boolean {
  if (node == null) return true;
  switch (node.type) {
    case 'ImportDeclaration':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'InterfaceDeclaration':
    case 'TypeAlias':
    case 'ExportAllDeclaration':
    case 'EmptyStatement':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'Identifier':
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'RegExpLiteral':
    case 'ThisExpression':
      return true;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return isInert(node.declaration);
    case 'VariableDeclaration':
      return node.declarations.every(({ init }) => isInert(init));
    case 'ExpressionStatement':
      return isInert(node.expression);
    case 'AssignmentExpression':
      return isInert(node.right);
    case 'MemberExpression':
      return isInert(node.object);
    case 'ArrayExpression':
      return node.elements.every((one) => isInert(one));
    case 'ObjectExpression':
      return node.properties.every(
        (one) => one.type === 'ObjectMethod' || (one.type === 'ObjectProperty' && isInert(one.value)),
      );
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require';
    default:
      return false;
  }
}

/** Whether a statement before `offset` at the top of the file may call what the file declares. */
const runsBefore = (file: File, offset: number): boolean =>
  file.tree.program.body.some((node) => (node.end ?? 0) <= offset && !isInert(node));

const UNSET = 'is not set once and for all where it is declared';

/**
 * Why the logger that `root` names cannot be counted on at `path`: another thing has that name there, or it may be unset.
 * @param root the first name of the logger, as `log` of `log.logger`.
 */
export function whyNotTheLogger(file: File, path: Path, root: string): string | undefined {
  const binding = file.scopes.lookup(path, root);
  const first = file.tree.program.body[0];
  const top = first === undefined ? undefined : file.scopes.lookup(file.pathOf<t.Node>(first), root);
  if (binding !== top) return `\`${root}\` means something else here than at the top of the file`;
  const declaration = binding?.declaration;
  if (binding === undefined || !isNode(declaration, 'VariableDeclarator')) return undefined;
  const isUnset = declaration.node.init == null || binding.writes.length > 0;
  return isUnset ? `\`${root}\` ${UNSET}` : undefined;
}

/** What has to be assumed of the moment at which the logger that `root` names is set up. `edits` are those that import it. */
export function readinessEvidence(
  file: File,
  path: Path,
  root: string,
  edits: readonly Edit[],
): readonly Evidence[] {
  const binding = file.scopes.lookup(path, root);
  const late = assumed('nothing calls this before the logger is set up, as code above its declaration could');
  if (isNode(binding?.declaration, 'VariableDeclarator')) {
    return runsBefore(file, binding.declaration.node.start ?? 0) ? [late] : [];
  }
  const own = edits.filter((edit) => edit.file === file.path);
  const isRequired = own.some(({ code }) =>
    code.some((part) => typeof part === 'string' && part.includes('require(')),
  );
  if (isRequired) return own.some(({ span }) => runsBefore(file, span[0])) ? [late] : [];
  return own.length > 0 && isGlobalScript(file)
    ? [assumed('no other file uses the top-level names of this script, which the import makes a module')]
    : [];
}

/** Whether the file is neither an ES module nor a CommonJS one by its own text, and declares names that others may use. */
function isGlobalScript(file: File): boolean {
  const { body } = file.tree.program;
  const isModule = body.some((node) =>
    /^(?:Import|Export|TSImportEquals|TSExportAssignment)/.test(node.type),
  );
  if (isModule || /\.[cm][jt]sx?$/.test(file.path)) return false;
  const isCommonJs = file
    .find('Identifier')
    .some(
      (path) =>
        ['require', 'module', 'exports'].includes(path.node.name) &&
        file.scopes.lookup(path, path.node.name) === undefined,
    );
  const declares = body.some(({ type }) => type.endsWith('Declaration'));
  return (
    declares && !isCommonJs && !(extname(file.path) === '.js' && file.facts.packageOf(file.path).isModule)
  );
}

/** Libraries that leave out `info` and what is below it unless they are told otherwise: https://github.com/pimterry/loglevel#documentation */
const SILENT_AT_INFO = new Set(['loglevel', 'log4js']);
/** Libraries that write everything unless they are told otherwise. */
const WRITE_ALL = new Set(['@nestjs/common', 'tslog', 'own']);

/** What has to be assumed of the logger's level, where `console` always writes. */
export function silenceEvidence({ name }: LoggerLibrary, level: LogLevel): readonly Evidence[] {
  const isLow = level === 'trace' || level === 'debug';
  const mayBeOff = SILENT_AT_INFO.has(name) ? isLow || level === 'info' : isLow && !WRITE_ALL.has(name);
  return mayBeOff
    ? [
        assumed(
          `the logger writes the level \`${level}\`, which ${name} leaves out by default; \`console\` always writes`,
        ),
      ]
    : [];
}

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'];

/** Whether a module is at `path`, written with or without its ending, or with that of the JavaScript it compiles to. */
export const moduleExists = (path: string, { exists }: Pick<Facts, 'exists'>): boolean =>
  [path, path.replace(/\.([cm]?)js$/, '')].some((one) => ENDINGS.some((ending) => exists(one + ending)));
