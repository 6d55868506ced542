import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ts as own } from 'ts-morph';
import { isHeapOver, mostHeap } from './memory.ts';
import { LIBRARY_FOLDER, librarySource } from './shared-sources.ts';

type TypeScript = typeof own;

/** Hears of every file that an answer depends on. */
type OnRead = (path: string, text: string | undefined) => void;

/** An error that the project's type check did not tell before. */
export interface NewDiagnostic {
  /** The file that it is told in, which may be none of the changed ones. */
  readonly path: string;
  /** In the changed text, from 1. */
  readonly line: number;
  /** `TS2322: Type 'Promise<string>' is not assignable to type 'string'.` */
  readonly message: string;
  /** The changed files that the file sees: itself, and those that its types come from. */
  readonly seen: ReadonlySet<string>;
}

/** The type check of one project, of its files as they are and as they would be. */
export interface TypeCheck {
  /** The tsconfig.json that it goes by. */
  readonly path: string;
  /**
   * What is told of the changed files, and of those that see that they declare something else, that is not told today. `texts`
   * has the new text of each changed file; where `only` is given no other file is looked at.
   */
  newIn(texts: ReadonlyMap<string, string>, only?: string): readonly NewDiagnostic[];
  /** Takes texts for what the files are like from now on. */
  accept(texts: ReadonlyMap<string, string>): void;
}

/** The type checks of the projects that changed files belong to. */
export interface TypeChecks {
  /** One after the other, so that each may take the memory of the one before it; those that there is no memory for are left out. */
  each(): Iterable<TypeCheck>;
  /** Why something is not checked, once each. */
  readonly gaps: readonly string[];
}

/** How much of the memory that this process may use may be taken before a program is built, which takes about as much again. */
const MOST_MEMORY = 0.6;

/** The TypeScript that a project has installed, or else our own: what is an error depends on the version. */
function typescriptOf(folder: string): TypeScript {
  try {
    const found = createRequire(join(folder, 'package.json'))('typescript') as Partial<TypeScript>;
    if (typeof found.createProgram === 'function' && typeof found.sys?.readFile === 'function')
      return found as TypeScript;
  } catch {
    // None is installed.
  }
  return own;
}

/** What is said of a file, how often. */
type Told = ReadonlyMap<string, number>;

/** A module that Node has itself; without its types installed none of them is found, neither before nor after. */
const IS_BUILT_IN =
  /'(node:[^']*|fs|fs\/promises|util|timers\/promises|child_process|zlib|crypto|path|stream)'/;

/** With what TypeScript asks a host although its types do not say so. */
interface Host extends own.CompilerHost {
  useSourceOfProjectReferenceRedirect(): boolean;
}

/** With what TypeScript takes although its types do not say so. */
interface Declaring {
  emit(
    source: own.SourceFile,
    write: own.WriteFileCallback,
    cancellation: undefined,
    onlyDeclarations: boolean,
    transformers: undefined,
    evenIfNotAsked: boolean,
  ): own.EmitResult;
}

/** What a file declares to those that import it, as a declaration file would say it; undefined where that cannot be told. */
function shapeOf(program: own.Program, path: string): string | undefined {
  const source = program.getSourceFile(path);
  if (source === undefined) return undefined;
  let shape: string | undefined;
  const write: own.WriteFileCallback = (name, text) => {
    if (/\.d\.[cm]?ts$/.test(name)) shape = text;
  };
  try {
    const { diagnostics } = (program as Declaring).emit(source, write, undefined, true, undefined, true);
    return diagnostics.length === 0 ? shape : undefined;
  } catch {
    return undefined; // TypeScript cannot write down all that JavaScript does.
  }
}

/** The check with one tsconfig.json. */
class ConfigCheck implements TypeCheck {
  readonly path: string;
  private readonly ts: TypeScript;
  private readonly parsed: own.ParsedCommandLine;
  private readonly host: Host;
  private readonly overlay = new Map<string, string>();
  private readonly written = new Map<string, string>();
  private readonly sources = new Map<string, { readonly text: string; readonly source: own.SourceFile }>();
  private before: own.Program | undefined;
  private latest: own.Program | undefined;
  private readonly told = new Map<string, Told>();
  private readonly shapes = new Map<string, string | undefined>();

  constructor(path: string, typescript: TypeScript, parsed: own.ParsedCommandLine, onRead: OnRead) {
    this.path = path;
    this.ts = typescript;
    const { tsBuildInfoFile: _, ...options } = parsed.options;
    this.parsed = { ...parsed, options: { ...options, noEmit: true, incremental: false, composite: false } };
    const host = typescript.createCompilerHost(this.parsed.options);
    const readText = (name: string): string | undefined => {
      const changed = this.overlay.get(resolve(name));
      if (changed !== undefined) return changed;
      const text = typescript.sys.readFile(name);
      if (!name.includes('/node_modules/')) onRead(resolve(name), text);
      return text;
    };
    // Our own TypeScript has its library inside itself.
    const library: Partial<own.CompilerHost> =
      typescript === own
        ? {
            getDefaultLibFileName: (asked) => `${LIBRARY_FOLDER}/${own.getDefaultLibFileName(asked)}`,
            getDefaultLibLocation: () => LIBRARY_FOLDER,
          }
        : {};
    const isLibrary = (name: string): boolean => typescript === own && name.startsWith(LIBRARY_FOLDER);
    this.host = {
      ...host,
      ...library,
      readFile: readText,
      fileExists: (name) => isLibrary(name) || this.overlay.has(resolve(name)) || host.fileExists(name),
      // As tsc does: comments are most of the declarations of packages, and say nothing of types there. Older versions read them all.
      jsDocParsingMode: own.JSDocParsingMode.ParseForTypeErrors,
      // A project that this one refers to is read as it is, not as it was last built.
      useSourceOfProjectReferenceRedirect: () => true,
      getSourceFile: (name, how) => {
        if (isLibrary(name)) return librarySource(name);
        const known = this.sources.get(name);
        // What is on disk is read once.
        const text = this.overlay.get(resolve(name)) ?? this.written.get(name) ?? readText(name);
        if (text === undefined) return undefined;
        if (!this.overlay.has(resolve(name))) this.written.set(name, text);
        if (known?.text === text) return known.source;
        const source = typescript.createSourceFile(name, text, how);
        this.sources.set(name, { text, source });
        return source;
      },
    };
  }

  newIn(texts: ReadonlyMap<string, string>, only?: string): readonly NewDiagnostic[] {
    const after = this.under(texts, () => this.build(this.latest));
    this.latest = after;
    const changed = [...texts.keys()].filter((path) => after.getSourceFile(path) !== undefined);
    if (changed.length === 0) return [];
    const importers = this.importersIn(after);
    const found: NewDiagnostic[] = [];
    for (const path of only === undefined ? this.affectedBy(changed, after, importers) : [only]) {
      const source = after.getSourceFile(path);
      const told = source === undefined ? [] : this.diagnosticsOf(after, source);
      // Where nothing is told it does not matter what was told before.
      if (source === undefined || told.length === 0) continue;
      const known = new Map(this.toldBefore(path));
      for (const one of told) {
        const message = this.messageOf(one);
        const left = known.get(message) ?? 0;
        known.set(message, left - 1);
        if (left > 0 || this.isOfMissingTypes(one, message, after)) continue;
        const line = source.getLineAndCharacterOfPosition(one.start ?? 0).line + 1;
        const seen = new Set(changed.filter((file) => reachable([file], importers).has(path)));
        found.push({ path, line, message, seen });
      }
    }
    return found;
  }

  accept(texts: ReadonlyMap<string, string>): void {
    for (const [path, text] of texts) this.overlay.set(path, text);
    this.before = undefined;
    this.told.clear();
    this.shapes.clear();
  }

  private build(earlier: own.Program | undefined): own.Program {
    return this.ts.createProgram({
      rootNames: this.parsed.fileNames,
      options: this.parsed.options,
      host: this.host,
      ...(this.parsed.projectReferences === undefined
        ? {}
        : { projectReferences: this.parsed.projectReferences }),
      ...(earlier === undefined ? {} : { oldProgram: earlier }),
    });
  }

  /** The files as they are. */
  private current(): own.Program {
    return (this.before ??= this.build(this.latest));
  }

  /** The changed files, and all that import, over any number of steps, one of them that now declares something else. */
  private affectedBy(
    changed: readonly string[],
    after: own.Program,
    importers: ReadonlyMap<string, readonly string[]>,
  ): ReadonlySet<string> {
    const reshaped = changed.filter((path) => {
      if (!this.shapes.has(path)) this.shapes.set(path, shapeOf(this.current(), path));
      const shape = shapeOf(after, path);
      return shape === undefined || shape !== this.shapes.get(path);
    });
    return new Set([...changed, ...reachable(reshaped, importers)]);
  }

  private under<T>(texts: ReadonlyMap<string, string>, body: () => T): T {
    const kept = new Map(this.overlay);
    for (const [path, text] of texts) this.overlay.set(path, text);
    try {
      return body();
    } finally {
      this.overlay.clear();
      for (const [path, text] of kept) this.overlay.set(path, text);
    }
  }

  /** By the path of a file those that import it. */
  private importersIn(program: own.Program): ReadonlyMap<string, readonly string[]> {
    const { ts } = this;
    const checker = program.getTypeChecker();
    const found = new Map<string, string[]>();
    for (const source of program.getSourceFiles()) {
      if (source.fileName.includes('/node_modules/')) continue;
      const { imports = [] } = source as own.SourceFile & { readonly imports?: readonly own.Node[] };
      for (const specifier of imports) {
        for (const one of checker.getSymbolAtLocation(specifier)?.declarations ?? []) {
          if (!ts.isSourceFile(one)) continue;
          const path = resolve(one.fileName);
          const known = found.get(path);
          if (known === undefined) found.set(path, [resolve(source.fileName)]);
          else known.push(resolve(source.fileName));
        }
      }
    }
    return found;
  }

  /** What is an error. Names without use are none: imports that lost their last one are taken away at the end of a run. */
  private diagnosticsOf(program: own.Program, source: own.SourceFile): readonly own.Diagnostic[] {
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].filter(
      ({ category, reportsUnnecessary }) =>
        category === this.ts.DiagnosticCategory.Error && reportsUnnecessary === undefined,
    );
  }

  private toldBefore(path: string): Told {
    const known = this.told.get(path);
    if (known !== undefined) return known;
    const before = this.current();
    const source = before.getSourceFile(path);
    const counts = new Map<string, number>();
    for (const one of source === undefined ? [] : this.diagnosticsOf(before, source)) {
      const message = this.messageOf(one);
      counts.set(message, (counts.get(message) ?? 0) + 1);
    }
    this.told.set(path, counts);
    return counts;
  }

  private messageOf({ code, messageText }: own.Diagnostic): string {
    return `TS${code}: ${this.ts.flattenDiagnosticMessageText(messageText, ' ').replace(/\s+/g, ' ')}`;
  }

  /** Whether an import is not found because the types of Node are not installed: nothing that is imported of it is. */
  private isOfMissingTypes({ code }: own.Diagnostic, message: string, program: own.Program): boolean {
    const isMissing = code === 2307 || code === 7016 || code === 2591 || code === 2580;
    return (
      isMissing &&
      IS_BUILT_IN.test(message) &&
      !program.getSourceFiles().some(({ fileName }) => fileName.includes('/@types/node/'))
    );
  }
}

/** Files, and those that import them over any number of steps. */
function reachable(
  paths: readonly string[],
  importers: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set(paths);
  for (const path of found) for (const importer of importers.get(path) ?? []) found.add(importer);
  return found;
}

/** Files that package managers write when they install anything: what is installed is not read file by file to see whether it changed. */
const INSTALLED = ['.package-lock.json', '.yarn-integrity', '.yarn-state.yml', '.modules.yaml'];

/** The folders from one upwards. */
function* upwards(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}

/**
 * The type checks of the projects that files belong to, each with the tsconfig.json that includes it and its own TypeScript where it has
 * one. Nothing is built before the first question. `onRead` hears of what the answers depend on.
 */
export function typeChecksOf(paths: Iterable<string>, onRead: OnRead = () => undefined): TypeChecks {
  const known = new Map<string, own.ParsedCommandLine | undefined>();
  const included = new Map<string, ReadonlySet<string>>();
  const gaps = new Set<string>();

  const load = (path: string): own.ParsedCommandLine | undefined => {
    if (known.has(path)) return known.get(path);
    const typescript = typescriptOf(dirname(path));
    const parsed = typescript.getParsedCommandLineOfConfigFile(
      path,
      {},
      {
        ...typescript.sys,
        readFile: (name) => {
          const text = typescript.sys.readFile(name);
          onRead(resolve(name), text);
          return text;
        },
        getCurrentDirectory: () => dirname(path),
        onUnRecoverableConfigFileDiagnostic: () => undefined,
      },
    );
    known.set(path, parsed);
    included.set(path, new Set(parsed?.fileNames.map((one) => resolve(one))));
    if (parsed === undefined) gaps.add(`${path} cannot be read`);
    return parsed;
  };

  /** The configuration that includes the file: one, or one that it refers to. */
  const including = (config: string, path: string, depth = 0): string | undefined => {
    const found = load(config);
    if (found === undefined) return undefined;
    if (included.get(config)?.has(path) === true) return config;
    if (depth > 3) return undefined;
    for (const { path: referred } of found.projectReferences ?? []) {
      const at = referred.endsWith('.json') ? referred : join(referred, 'tsconfig.json');
      const below = existsSync(at) ? including(at, path, depth + 1) : undefined;
      if (below !== undefined) return below;
    }
    return undefined;
  };

  const configOf = (path: string): string | undefined => {
    for (const folder of upwards(dirname(path))) {
      for (const name of ['tsconfig.json', 'jsconfig.json']) {
        const config = join(folder, name);
        const found = existsSync(config) ? including(config, path) : undefined;
        if (found !== undefined) return found;
      }
      if (existsSync(join(folder, '.git'))) return undefined;
    }
    return undefined;
  };

  const configs = new Set<string>();
  for (const path of paths) {
    const config = configOf(path);
    if (config !== undefined) configs.add(config);
  }
  return {
    *each() {
      for (const path of configs) {
        const parsed = known.get(path);
        if (parsed === undefined) continue;
        if (isHeapOver(mostHeap() * MOST_MEMORY)) {
          gaps.add(
            `${path}: there is too little memory to check its types; NODE_OPTIONS=--max-old-space-size=… gives more`,
          );
          continue;
        }
        for (const folder of upwards(dirname(path)))
          for (const name of INSTALLED) {
            const lock = join(folder, 'node_modules', name);
            if (existsSync(lock)) onRead(lock, own.sys.readFile(lock));
          }
        yield new ConfigCheck(path, typescriptOf(dirname(path)), parsed, onRead);
      }
    },
    get gaps() {
      return [...gaps];
    },
  };
}
