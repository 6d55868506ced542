import { dirname, join, resolve } from 'node:path';
import { ts } from 'ts-morph';
import type { Span } from '../edits/edit.ts';
import { nodeAt } from './bridge.ts';
import {
  declarationSource,
  forgetSharedSources,
  isInstalledDeclaration,
  LIBRARY_FOLDER,
  librarySource,
  trimSharedSources,
} from './shared-sources.ts';
import { UNKNOWN_TYPE } from './no-types.ts';
import { typeFactOf, type TypeFact } from './types.ts';

/** The TypeScript programs of a run: one for each tsconfig.json, built when a type in one of its files is first asked for. */
export interface Programs {
  /** Tells which files may be asked about, so that a program is built once for all of them, and that texts may have changed. */
  prepare(paths: readonly string[]): void;
  /** The type of the value of the expression at `span`; unknown where there is no such file or expression. */
  typeOf(path: string, span: Span, babelType: string): TypeFact;
  /**
   * Builds the program of a file if a time limit stopped the last question, which may be due to the building alone; tells
   * whether it did. The question can then be asked again.
   */
  recover(path: string): boolean;
  /** Gives the memory back. Programs are built anew when a type is asked for again. */
  dispose(): void;
}

/** For files without a tsconfig.json, and for what a broken one does not say. */
const SANE_MODULES: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};
const SANE: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  jsx: ts.JsxEmit.Preserve,
  esModuleInterop: true,
};

/** What every program needs whatever its project says: nothing is written, and a type tells where a value may be missing. */
const FORCED: ts.CompilerOptions = {
  allowJs: true,
  checkJs: false,
  noEmit: true,
  skipLibCheck: true,
  strictNullChecks: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  composite: false,
  incremental: false,
  declaration: false,
};

type ReadText = (path: string) => string | undefined;

/** The nearest tsconfig.json or jsconfig.json upwards from the folder. */
function configPathOf(folder: string, exists: (path: string) => boolean): string | undefined {
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    if (exists(join(folder, name))) return join(folder, name);
  }
  return dirname(folder) === folder ? undefined : configPathOf(dirname(folder), exists);
}

interface ConfigShape {
  readonly files?: unknown;
  readonly references?: readonly { readonly path?: unknown }[];
}

/**
 * The options of a tsconfig.json. A config that cannot be read, or extends one that is not installed, gives those that can be
 * read; one that only refers to others gives the options of the first.
 */
function optionsOf(configPath: string | undefined, readText: ReadText, depth = 0): ts.CompilerOptions {
  if (configPath === undefined) return { ...SANE, ...SANE_MODULES, types: ['*'], ...FORCED };
  const config = (ts.readConfigFile(configPath, readText).config ?? {}) as ConfigShape;
  const { files, references } = config;
  const referred = Array.isArray(references)
    ? (references as ConfigShape['references'])?.[0]?.path
    : undefined;
  if (Array.isArray(files) && files.length === 0 && typeof referred === 'string' && depth < 4) {
    const at = resolve(dirname(configPath), referred);
    const next = at.endsWith('.json') ? at : join(at, 'tsconfig.json');
    if (readText(next) !== undefined) return optionsOf(next, readText, depth + 1);
  }
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: true,
    readFile: readText,
    fileExists: (path) => readText(path) !== undefined,
    // Which files a config includes is not asked: the roots are those that are asked about.
    readDirectory: () => [],
  };
  const { options } = ts.parseJsonConfigFileContent(config, host, dirname(configPath), undefined, configPath);
  const modules = options.module === undefined && options.moduleResolution === undefined ? SANE_MODULES : {};
  // Type packages are taken as before TypeScript 6, which projects were written for: all that are installed.
  return { ...SANE, ...modules, types: ['*'], ...options, ...FORCED };
}

interface Known {
  readonly source: ts.SourceFile;
  readonly text: string;
}

/** One program that grows. */
class GrowingProgram {
  private readonly roots = new Set<string>();
  private readonly sources = new Map<string, Known>();
  private readonly host: ts.CompilerHost;
  readonly options: ts.CompilerOptions;
  private readonly readText: ReadText;
  private program: ts.Program | undefined;
  private mayBeStale = false;

  constructor(options: ts.CompilerOptions, readText: ReadText, readAny: ReadText) {
    this.options = options;
    this.readText = readText;
    const system = ts.sys;
    this.host = {
      fileExists: (path) =>
        path.startsWith(LIBRARY_FOLDER) || readText(path) !== undefined || system.fileExists(path),
      readFile: readAny,
      directoryExists: (path) => system.directoryExists(path),
      getDirectories: (path) => system.getDirectories(path),
      realpath: (path) => system.realpath?.(path) ?? path,
      getCurrentDirectory: () => system.getCurrentDirectory(),
      getCanonicalFileName: (path) => (system.useCaseSensitiveFileNames ? path : path.toLowerCase()),
      useCaseSensitiveFileNames: () => system.useCaseSensitiveFileNames,
      getNewLine: () => '\n',
      getDefaultLibFileName: (one) => `${LIBRARY_FOLDER}/${ts.getDefaultLibFileName(one)}`,
      getDefaultLibLocation: () => LIBRARY_FOLDER,
      writeFile: () => undefined,
      jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeInfo,
      getSourceFile: (path, languageVersion) => {
        if (path.startsWith(LIBRARY_FOLDER)) return librarySource(path);
        const text = this.host.readFile(path);
        if (text === undefined) return undefined;
        if (isInstalledDeclaration(path)) return declarationSource(path, text, languageVersion);
        const before = this.sources.get(path);
        if (before?.text === text) return before.source;
        const source = ts.createSourceFile(path, text, languageVersion, false);
        this.sources.set(path, { source, text });
        return source;
      },
    };
  }

  add(path: string): void {
    this.roots.add(path);
  }

  markStale(): void {
    this.mayBeStale = true;
  }

  private isCurrent(source: ts.SourceFile): boolean {
    const text = this.readText(source.fileName);
    return text === undefined || text === source.text;
  }

  private build(): ts.Program {
    this.mayBeStale = false;
    this.program = ts.createProgram({
      rootNames: [...this.roots],
      options: this.options,
      host: this.host,
      ...(this.program === undefined ? {} : { oldProgram: this.program }),
    });
    return this.program;
  }

  /** The program with the file in it, as its text is now. */
  including(path: string): ts.Program {
    const { program } = this;
    this.roots.add(path);
    if (program === undefined) return this.build();
    const source = program.getSourceFile(path);
    if (source === undefined || !this.isCurrent(source)) return this.build();
    if (this.mayBeStale && !program.getSourceFiles().every((one) => this.isCurrent(one))) return this.build();
    this.mayBeStale = false;
    return program;
  }
}

/** Whether a question is being answered, or was when it was stopped. One for all, as what is shared between programs may be left half bound. */
let isBusy = false;

/** Programs over the files of a run. `readText` gives the text of a file that the run works on, else undefined: it is on disk. */
export function createPrograms(
  readText: ReadText,
  onRead: (path: string, text: string | undefined) => void = () => undefined,
): Programs {
  const system = ts.sys;
  const readAny: ReadText = (path) => {
    const text = readText(path);
    if (text !== undefined) return text;
    const found = system.readFile(path);
    onRead(path, found);
    return found;
  };
  const configs = new Map<string, string | undefined>();
  const programs = new Map<string | undefined, GrowingProgram>();

  const programOf = (path: string): GrowingProgram => {
    const folder = dirname(path);
    if (!configs.has(folder))
      configs.set(
        folder,
        configPathOf(folder, (one) => readAny(one) !== undefined),
      );
    const config = configs.get(folder);
    const known = programs.get(config) ?? new GrowingProgram(optionsOf(config, readAny), readText, readAny);
    programs.set(config, known);
    return known;
  };

  const asked = new Set<string>();
  const beginAnew = (): void => {
    programs.clear();
    configs.clear();
    forgetSharedSources();
    for (const path of asked) programOf(path).add(path);
  };

  /**
   * Runs one question to its end. Whoever asks may be stopped at any point by a time limit, which leaves files half bound
   * and types half resolved: then the next question begins with new programs.
   */
  const undisturbed = <T>(body: () => T): T => {
    if (isBusy) beginAnew();
    isBusy = true;
    const answer = body();
    isBusy = false;
    return answer;
  };

  return {
    prepare(paths) {
      for (const program of programs.values()) program.markStale();
      for (const path of paths) {
        asked.add(path);
        programOf(path).add(path);
      }
    },
    typeOf: (path, span, babelType) =>
      undisturbed(() => {
        if (readAny(path) === undefined) return UNKNOWN_TYPE;
        const program = programOf(path).including(path);
        const source = program.getSourceFile(path);
        const node = source === undefined ? undefined : nodeAt(source, span, babelType);
        return node === undefined ? UNKNOWN_TYPE : typeFactOf(program, node);
      }),
    recover(path) {
      if (!isBusy) return false;
      undisturbed(() => programOf(path).including(path).getTypeChecker());
      return true;
    },
    dispose() {
      trimSharedSources();
      asked.clear();
      programs.clear();
      configs.clear();
    },
  };
}
