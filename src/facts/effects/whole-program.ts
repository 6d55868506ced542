import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import { createModuleResolver } from '../modules.ts';
import { LIBRARY_FOLDER, librarySource } from '../shared-sources.ts';

/** The sources of a project as one program, whatever tsconfig.json each belongs to; installed packages are not entered. */
export interface WholeProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Whether the file is a source of the project. */
  isOwn(source: ts.SourceFile): boolean;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: [],
  jsx: ts.JsxEmit.Preserve,
  esModuleInterop: true,
  allowJs: true,
  checkJs: false,
  noEmit: true,
  skipLibCheck: true,
  strictNullChecks: false,
  noImplicitAny: false,
  allowImportingTsExtensions: true,
  experimentalDecorators: true,
  maxNodeModuleJsDepth: 0,
};

const extensionOf = (path: string): string => /(\.d)?\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '.ts';

/**
 * A checker that works out once what a place means, and what type it has: most places are asked about many times, and TypeScript walks
 * through what an expression is made of each time.
 */
function remembering(checker: ts.TypeChecker): ts.TypeChecker {
  const types = new Map<ts.Node, ts.Type>();
  const symbols = new Map<ts.Node, ts.Symbol | undefined>();
  return {
    ...checker,
    getTypeAtLocation(node) {
      const known = types.get(node);
      if (known !== undefined) return known;
      const found = checker.getTypeAtLocation(node);
      types.set(node, found);
      return found;
    },
    getSymbolAtLocation(node) {
      const known = symbols.get(node);
      if (known !== undefined || symbols.has(node)) return known;
      const found = checker.getSymbolAtLocation(node);
      symbols.set(node, found);
      return found;
    },
  };
}

/**
 * Builds the program of `roots` and what they import. `readText` gives the text of any file of the project. What `before`
 * parsed is used again where the text is the same.
 */
export function createWholeProgram(
  roots: readonly string[],
  readText: (path: string) => string | undefined,
  before?: WholeProgram,
): WholeProgram {
  const find = createModuleResolver(readText, { declarations: true });
  /** A `.js` that only forwards to what is built is passed over for the `.d.ts` beside it that names the sources. */
  const resolve = (from: string, specifier: string): string | undefined => {
    const found = find(from, specifier);
    if (found === undefined || !/\.[cm]?js$/.test(found)) return found;
    const beside = found.replace(/\.([cm]?)js$/, '.d.$1ts');
    return /^\s*export\s+(\*|\{[^}]*\})\s+from\b/m.test(readText(beside) ?? '') ? beside : found;
  };
  const host: ts.CompilerHost = {
    fileExists: (path) => path.startsWith(LIBRARY_FOLDER) || readText(path) !== undefined,
    readFile: readText,
    directoryExists: () => false,
    getDirectories: () => [],
    realpath: (path) => path,
    getCurrentDirectory: () => dirname(roots[0] ?? '/'),
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    getDefaultLibFileName: (options) => `${LIBRARY_FOLDER}/${ts.getDefaultLibFileName(options)}`,
    getDefaultLibLocation: () => LIBRARY_FOLDER,
    writeFile: () => undefined,
    jsDocParsingMode: ts.JSDocParsingMode.ParseAll,
    getSourceFile: (path, languageVersion) => {
      if (path.startsWith(LIBRARY_FOLDER)) return librarySource(path);
      const text = readText(path);
      if (text === undefined) return undefined;
      const known = before?.program.getSourceFile(path);
      return known?.text === text ? known : ts.createSourceFile(path, text, languageVersion);
    },
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => {
        const found = resolve(containing, text);
        if (found === undefined || found.endsWith('.json')) return { resolvedModule: undefined };
        return {
          resolvedModule: {
            resolvedFileName: found,
            extension: extensionOf(found),
            isExternalLibraryImport: false,
            resolvedUsingTsExtension: false,
          },
        };
      }),
  };
  const program = ts.createProgram({
    rootNames: roots,
    options: OPTIONS,
    host,
    ...(before === undefined ? {} : { oldProgram: before.program }),
  });
  return {
    program,
    checker: remembering(program.getTypeChecker()),
    isOwn: (source) => !source.fileName.startsWith(LIBRARY_FOLDER),
  };
}
