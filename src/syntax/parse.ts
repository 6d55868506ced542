import { extname } from 'node:path';
import getParser from 'jscodeshift/src/getParser.js';
import type { t } from './ast.ts';
import { parseNatively } from './native/parser.ts';

/** A file cannot be parsed. The message says where and why. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
  /** Line of the fault, from 1. */
  readonly line: number;
  /** Column of the fault, from 1. */
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

type Plugin = string | readonly [string, Readonly<Record<string, unknown>>];

/** What every file may use, TypeScript or not. */
const COMMON: readonly Plugin[] = [
  'decoratorAutoAccessors',
  'deferredImportEvaluation',
  'explicitResourceManagement',
  'importReflection',
  'sourcePhaseImports',
  'exportDefaultFrom',
  'throwExpressions',
  'regexpUnicodeSets',
  ['optionalChainingAssign', { version: '2023-07' }],
];

const DECORATORS: readonly Plugin[] = [['decorators', { allowCallParenthesized: true }]];
const LEGACY_DECORATORS: readonly Plugin[] = ['decorators-legacy'];
const ATTRIBUTES: Plugin = ['importAttributes', { deprecatedAssertSyntax: true }];

/** Faults that a program may have and still run, or that another tool merges or reports. They do not change what a text means. */
const HARMLESS = new Set([
  'VarRedeclaration',
  'DuplicateExport',
  'ModuleExportUndefined',
  'DuplicateProto',
  'DeclareClassFieldHasInitializer',
  'OptionalTypeBeforeRequired',
  'OverrideNotInSubClass',
  'TypeModifierIsUsedInTypeImports',
  'TypeModifierIsUsedInTypeExports',
  'TypeImportCannotSpecifyDefaultAndNamed',
  'ClassMethodHasReadonly',
  'AbstractPropertyHasInitializer',
  'ParamDupe',
  'StrictDelete',
  'StrictOctalLiteral',
  'StrictEvalArguments',
  'StrictEvalArgumentsBinding',
  'StrictFunction',
  'StrictNumericEscape',
  'StrictWith',
  'UnexpectedSuper',
  'UnsupportedParameterDecorator',
  'IllegalReturn',
  'AwaitNotInAsyncContext',
  'PrivateNameRedeclaration',
  'DuplicateConstructor',
  'InvalidModifierOnTypeMember',
  'AbstractMethodHasImplementation',
  'NonAbstractClassHasAbstractMethod',
  'ConstInitiailizerMustBeStringOrNumericLiteralOrLiteralEnumReference', // Babel's own spelling.
  'DeclareFunctionHasImplementation',
  'InitializerNotAllowedInAmbientContext',
]);

interface Fault {
  readonly message: string;
  readonly reasonCode?: string;
  readonly loc?: { readonly line: number; readonly column: number };
}

function asParseError(fault: Fault): ParseError {
  const message = fault.message.replace(/\s*\(\d+:\d+\)$/, '');
  return new ParseError(message, fault.loc?.line ?? 1, (fault.loc?.column ?? 0) + 1);
}

function parseWith(text: string, sourceType: string, plugins: readonly Plugin[], tokens: boolean): t.File {
  const parser = getParser('babylon', {
    sourceType,
    plugins,
    tokens,
    errorRecovery: true,
    // Nobody asks a node for its comments: a file has them all, with their places.
    attachComment: false,
    // A CommonJS file may return anyway, and Babel refuses to be told so twice.
    ...(sourceType === 'commonjs'
      ? {}
      : { allowReturnOutsideFunction: true, allowNewTargetOutsideFunction: true }),
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    createImportExpressions: false,
    createParenthesizedExpressions: false,
  });
  let file: t.File;
  try {
    file = parser.parse(text) as t.File;
  } catch (fault) {
    throw asParseError(fault as Fault);
  }
  return file;
}

/** The first fault of `file` that makes it a text which cannot be trusted to mean what its tree says. */
function faultIn(file: t.File): Fault | undefined {
  const faults = (file as { errors?: readonly Fault[] }).errors ?? [];
  return faults.find((one) => !HARMLESS.has(one.reasonCode ?? ''));
}

/** What Node takes a file for by its extension; all others may be either, and a sloppy script parses as such only. */
const SOURCE_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['.mjs', ['module']],
  ['.mts', ['module']],
  ['.cjs', ['commonjs', 'script']],
  // TypeScript compiles `import` in such a file to `require`.
  ['.cts', ['module', 'commonjs', 'script']],
]);

/** Whether the comments at the head of `text` say that it is Flow. */
function isFlow(text: string): boolean {
  const head =
    /^(?:#!.*)?(?:\s|\/\/.*|\/\*[^]*?\*\/|(['"])use [a-z]+\1;?)*/.exec(text.slice(0, 4096))?.[0] ?? '';
  return /@flow\b/.test(head);
}

/** The grammars to try for a file, the likeliest first; the first one's complaint is the one that is told. */
function grammarsOf(
  extension: string,
  text: string,
): { readonly sourceType: string; readonly plugins: readonly Plugin[] }[] {
  const isTypeScript = /^\.[mc]?tsx?$/.test(extension);
  const sourceTypes = SOURCE_TYPES.get(extension) ?? ['module', 'script'];
  const language: readonly Plugin[] = isTypeScript
    ? extension === '.tsx'
      ? ['typescript', 'jsx']
      : ['typescript']
    : isFlow(text)
      ? [['flow', { all: true }], 'flowComments', 'jsx']
      : ['jsx'];
  const decorators = isTypeScript ? [LEGACY_DECORATORS, DECORATORS] : [DECORATORS, LEGACY_DECORATORS];
  return sourceTypes.flatMap((sourceType) =>
    decorators.map((kind) => ({ sourceType, plugins: [...language, ...kind, ATTRIBUTES, ...COMMON] })),
  );
}

/** The tree that was last made for each path, as long as somebody has it. */
const latest = new Map<string, WeakRef<t.File>>();
const textOf = new WeakMap<t.File, string>();

/**
 * Parses `text` as what its path says it is: JavaScript with JSX (and Flow, where the file says so) or TypeScript.
 * Offsets are those of `text`, which must not begin with a byte order mark. `tokens` asks for the file's tokens too.
 * The native parser is asked first, if it was loaded; what it does not take for certain is for Babel to judge.
 * @throws {ParseError} with the place and the reason.
 */
export function parse(
  path: string,
  text: string,
  { tokens = false }: { readonly tokens?: boolean } = {},
): t.File {
  if (tokens) return parseWithBabel(path, text, { tokens });
  const extension = extname(path).toLowerCase();
  const isForBabel = /^\.m?jsx?$/.test(extension) && isFlow(text);
  const file = (isForBabel ? undefined : parseNatively(extension, text)) ?? parseWithBabel(path, text);
  latest.set(path, new WeakRef(file));
  textOf.set(file, text);
  return file;
}

/**
 * As `parse`, for who only reads: the tree may be one that somebody has already. Who inspects a file has one of its own, as what it chooses (new
 * names) is kept by the nodes.
 */
export function parseToRead(path: string, text: string): t.File {
  const before = latest.get(path)?.deref();
  return before !== undefined && textOf.get(before) === text ? before : parse(path, text);
}

/** As `parse`, by Babel alone. */
export function parseWithBabel(
  path: string,
  text: string,
  { tokens = false }: { readonly tokens?: boolean } = {},
): t.File {
  let first: unknown;
  for (const { sourceType, plugins } of grammarsOf(extname(path).toLowerCase(), text)) {
    try {
      const file = parseWith(text, sourceType, plugins, tokens);
      const fault = faultIn(file);
      if (fault === undefined) return file;
      first ??= asParseError(fault);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/**
 * Parses a piece of new code in the language of the file at `path`, wherever it may be meant to stand: a `break` without
 * a loop is fine. Undefined where it is not a whole piece.
 */
export function parsePiece(path: string, text: string): t.File | undefined {
  for (const { sourceType, plugins } of grammarsOf(extname(path).toLowerCase(), '')) {
    try {
      return parseWith(text, sourceType, plugins, false);
    } catch {
      // The next grammar may take it.
    }
  }
  return undefined;
}
