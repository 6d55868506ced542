import { extname } from 'node:path';
import getParser from 'jscodeshift/src/getParser.js';
import type { t } from './ast.ts';

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
  'optionalChainingAssign',
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
  'ConstInitializerMustBeStringOrNumericLiteralOrLiteralEnumReference',
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

function parseWith(text: string, sourceType: string, plugins: readonly Plugin[]): t.File {
  const parser = getParser('babylon', {
    sourceType,
    plugins,
    tokens: false,
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    allowNewTargetOutsideFunction: true,
    createImportExpressions: false,
    createParenthesizedExpressions: false,
  });
  let file: t.File;
  try {
    file = parser.parse(text) as t.File;
  } catch (fault) {
    throw asParseError(fault as Fault);
  }
  const fault = ((file as { errors?: readonly Fault[] }).errors ?? []).find((one) => !HARMLESS.has(one.reasonCode ?? ''));
  if (fault !== undefined) throw asParseError(fault);
  return file;
}

/** The grammars to try for a file, the likeliest first; the first one's complaint is the one that is told. */
function grammarsOf(extension: string, text: string): { readonly sourceType: string; readonly plugins: readonly Plugin[] }[] {
  const isTypeScript = /^\.[mc]?tsx?$/.test(extension);
  const isCommonJs = extension === '.cjs' || extension === '.cts';
  const sourceTypes = isCommonJs ? ['commonjs', 'script'] : isTypeScript || extension === '.mjs' ? ['module'] : ['module', 'script'];
  const language: readonly Plugin[] = isTypeScript
    ? extension === '.tsx'
      ? ['typescript', 'jsx']
      : ['typescript']
    : /@flow\b/.test(text.slice(0, 4096))
      ? [['flow', { all: true }], 'flowComments', 'jsx']
      : ['jsx'];
  const decorators = isTypeScript ? [LEGACY_DECORATORS, DECORATORS] : [DECORATORS, LEGACY_DECORATORS];
  return sourceTypes.flatMap((sourceType) =>
    decorators.map((kind) => ({ sourceType, plugins: [...language, ...kind, ATTRIBUTES, ...COMMON] })),
  );
}

/**
 * Parses `text` as what its path says it is: JavaScript with JSX (and Flow, where the file says so) or TypeScript.
 * Offsets are those of `text`, which must not begin with a byte order mark.
 * @throws {ParseError} with the place and the reason.
 */
export function parse(path: string, text: string): t.File {
  let first: unknown;
  for (const { sourceType, plugins } of grammarsOf(extname(path).toLowerCase(), text)) {
    try {
      return parseWith(text, sourceType, plugins);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}
