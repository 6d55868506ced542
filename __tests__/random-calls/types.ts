import { dirname, join } from 'node:path';
import { Project, ts } from 'ts-morph';

/** What the type checker says of one program. */
export interface Types {
  readonly errors: readonly { readonly text: string; readonly at: string }[];
  /** Promises that nobody waits for, and promises where a value is meant: one clause each. */
  readonly hits: readonly string[];
}

const PROJECT = join(import.meta.dirname, '..', '..');
const ROOT = join(PROJECT, '__tests__', 'random-calls', 'of-no-folder');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
  strict: true,
  noImplicitOverride: true,
  esModuleInterop: true,
  allowJs: true,
  checkJs: false,
  noEmit: true,
  skipLibCheck: true,
};

/** What is declared of packages that the programs use. */
const PACKAGES = `declare module 'express' {
  interface Application { get(path: string, handler: (req: any, res: any, next: (error?: unknown) => void) => unknown): void }
  export default function express(): Application;
}`;

/** Where the types of the language are said to be. */
const LIBRARY = '/node_modules/typescript/lib';
const library = new Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();

/** What is said of literals that stand where a value is asked for is nothing that a rewrite changes. */
const ALWAYS = new Set([2872, 2873]);

/** Files of packages and of the language, which are the same for all. */
const shared = new Map<string, ts.SourceFile | undefined>();

function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const folders = new Set([...files.keys()].map(dirname));
  const sharedSource = (
    path: string,
    options: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined => {
    const text = path.startsWith(LIBRARY) ? library.readFile(path) : host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, options, true);
  };
  return {
    ...host,
    getCurrentDirectory: () => PROJECT,
    getDefaultLibFileName: (options) => `${LIBRARY}/${ts.getDefaultLibFileName(options)}`,
    getDefaultLibLocation: () => LIBRARY,
    fileExists: (path) => files.has(path) || (!path.startsWith(ROOT) && host.fileExists(path)),
    readFile: (path) => files.get(path) ?? host.readFile(path),
    directoryExists: (path) =>
      path.startsWith(ROOT) ? folders.has(path) : (host.directoryExists?.(path) ?? true),
    getSourceFile: (path, options) => {
      const text = files.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, options, true);
      if (!shared.has(path)) shared.set(path, sharedSource(path, options));
      return shared.get(path);
    },
  };
}

/** What the type checker says of programs, each given as its texts by path. */
export function typesOf(programs: readonly ReadonlyMap<string, string>[]): readonly Types[] {
  const files = new Map([[join(ROOT, 'packages.d.ts'), PACKAGES]]);
  for (const [number, texts] of programs.entries())
    for (const [path, text] of texts)
      if (!path.endsWith('.json')) files.set(join(ROOT, `program${number}`, path), text);
  const program = ts.createProgram([...files.keys()], OPTIONS, hostOf(files));
  const checker = program.getTypeChecker();
  return programs.map((texts, number) => {
    const sources = [...texts.keys()].flatMap(
      (path) => program.getSourceFile(join(ROOT, `program${number}`, path)) ?? [],
    );
    return {
      errors: sources.flatMap((source) => errorsIn(program, source)),
      hits: sources.flatMap((source) => [...misusedIn(source, checker)]),
    };
  });
}

function errorsIn(program: ts.Program, source: ts.SourceFile): Types['errors'] {
  if (source.fileName.endsWith('.js')) return [];
  const all = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return all
    .filter(({ code }) => !ALWAYS.has(code))
    .map((one) => {
      const text = ts.flattenDiagnosticMessageText(one.messageText, ' ');
      const { line } = source.getLineAndCharacterOfPosition(one.start ?? 0);
      return { text, at: `${source.fileName.split('/').at(-1) ?? ''}:${line + 1}` };
    });
}

const isPromise = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.some(isPromise) : type.getProperty('then') !== undefined;

/** Whether the value of an expression can only be a promise. */
const isAlwaysPromise = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.every(isAlwaysPromise) : type.getProperty('then') !== undefined;

/** The expressions whose value decides which way is gone. */
function conditionsOf(node: ts.Node): readonly ts.Expression[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isForStatement(node)) return node.condition === undefined ? [] : [node.condition];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [node.operand];
  const isLogical =
    ts.isBinaryExpression(node) &&
    (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      node.operatorToken.kind === ts.SyntaxKind.BarBarToken);
  return isLogical ? [node.left] : [];
}

/** Functions of arrays that take what a callback gives for true or false, or for a number. */
const DECIDES = /^(?:filter|some|every|find|findIndex|findLast|findLastIndex|sort|toSorted)$/;

/** Parameters of a call that want a function whose result is dropped or used at once, and are given one that gives a promise. */
function* misusedArguments(node: ts.Node, checker: ts.TypeChecker): Generator<ts.Expression> {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
  const signature = checker.getResolvedSignature(node);
  for (const [at, argument] of (node.arguments ?? []).entries()) {
    const parameter = signature?.parameters[at];
    if (parameter === undefined) continue;
    const wanted = checker.getTypeOfSymbolAtLocation(parameter, node).getCallSignatures()[0]?.getReturnType();
    if (wanted === undefined) continue;
    const decides = ts.isPropertyAccessExpression(node.expression) && DECIDES.test(node.expression.name.text);
    if ((wanted.flags & ts.TypeFlags.Void) === 0 && !decides) continue;
    const given = checker.getTypeAtLocation(argument).getCallSignatures()[0]?.getReturnType();
    if (given !== undefined && isPromise(given)) yield argument;
  }
}

/** What the rules `no-floating-promises` and `no-misused-promises` are about. */
function* misusedIn(source: ts.SourceFile, checker: ts.TypeChecker): Generator<string> {
  const found: string[] = [];
  const note = (what: string, node: ts.Node): void => {
    found.push(`${what}: ${node.getText().replaceAll(/\s+/g, ' ').slice(0, 80)}`);
  };
  const typeOf = (node: ts.Node): ts.Type => checker.getTypeAtLocation(node);
  const visit = (node: ts.Node): void => {
    if (
      ts.isExpressionStatement(node) &&
      !ts.isAwaitExpression(node.expression) &&
      isPromise(typeOf(node.expression))
    )
      note('a promise that nobody waits for', node);
    for (const one of conditionsOf(node))
      if (isAlwaysPromise(typeOf(one))) note('a promise as a condition', one);
    if ((ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) && isPromise(typeOf(node.expression)))
      note('a promise that is spread', node);
    if (ts.isTemplateSpan(node) && isPromise(typeOf(node.expression)))
      note('a promise in a text', node.expression);
    if (ts.isBinaryExpression(node) && !ts.isExpressionStatement(node.parent)) {
      const isArithmetic =
        /^[-+*/<>=!]+$/.test(node.operatorToken.getText()) && node.operatorToken.getText() !== '=';
      for (const side of [node.left, node.right])
        if (isArithmetic && isAlwaysPromise(typeOf(side))) note('a promise as an operand', side);
    }
    for (const one of misusedArguments(node, checker))
      note('a function that gives a promise, where none is wanted', one);
    ts.forEachChild(node, visit);
  };
  visit(source);
  yield* found;
}
