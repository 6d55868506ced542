import { existsSync, readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { spanOf, type Spanned } from '../edits/edit.ts';
import type { Cone, Leaf, Reach } from './cones/cone.ts';
import { kindOfPath } from './contexts.ts';
import type { CodeFactsRequest, ResultUse } from './effects/code-facts.ts';
import type { CodeFact, DatabaseCall } from './effects/effect.ts';
import type { BlockingCall } from './libraries/blocking/blocking-call.ts';
import { createImportEndings } from './import-endings.ts';
import { createLoggerFacts, type LoggerFact } from './loggers.ts';
import { createPackageFacts, type PackageFact } from './packages.ts';
import type { Model, Orm } from './orm/schema.ts';
import { NO_CODE_FACTS, NO_PROGRAMS, WHY_NO_TYPES } from './no-types.ts';
import type { TypeFact } from './types.ts';
import { createWorkerFacts } from './workers.ts';

/**
 * What is true of the program. Answers are plain data: no node of a tree crosses this border, so that answers can be
 * cached and sent between threads. Each is computed when it is first asked for.
 */
export interface Facts {
  /** Why all answers about types, code, callers and models are that nothing is known, where the run looks at syntax alone: the end of a sentence. */
  readonly whyUntyped?: string;
  /** The package that a file belongs to: its nearest `package.json` upwards, or the folder of the run. */
  packageOf(path: string): PackageFact;
  /** The logger that code in the file `path` should call, or why there is none. */
  loggerOf(path: string): LoggerFact;
  /** Whether the code of the file runs in a worker thread or a child process, with its own instance of each module. */
  runsInWorker(path: string): boolean;
  /**
   * The ending that a relative import of a TypeScript module needs in the TypeScript file `path`: `.js` in an ES module that
   * Node resolves, else none.
   */
  importEndingOf(path: string): '' | '.js';
  /** Whether there is a file or a folder at `path`. */
  exists(path: string): boolean;
  /** What the type checker knows of the value of an expression. Costs a program of the file: ask syntax first. */
  typeOf(path: string, expression: Spanned): TypeFact;
  /**
   * What running an expression or a statement does, with everything that it calls in the whole project: what it reads and
   * writes, what of it is unknown, what it refuses. Costs a program of all files of the run and what they import.
   */
  codeOf(path: string, code: Spanned): CodeFact;
  /** What a call of a database's library asks, where it is one. Costs the same program. */
  databaseCallOf(path: string, call: Spanned): DatabaseCall | undefined;
  /**
   * The call that lets nothing else run until it is done, with the one that does, where `call` is known to be one. `result` tells what is done
   * with what it gives. Costs the same program.
   */
  blockingCallOf(path: string, call: Spanned, result: ResultUse): BlockingCall | undefined;
  /** The name of a library's function that blocks, where an expression stands for one: `fs.readFileSync`. */
  blockingFunctionOf(path: string, expression: Spanned): string | undefined;
  /**
   * Everything that has to change so that a call can be waited for, up the call graph to where somebody can; undefined where the call is not
   * found in the program. Costs a program of every file of the run, and of those that may call them.
   */
  coneOf(path: string, call: Spanned, leaf?: Leaf): Cone | undefined;
  /** How the code at a place comes to run: for a request, at the start, in a test. Costs the same program. */
  reachOf(path: string, code: Spanned): Reach | undefined;
  /** The model of a library that code in the file `path` calls by `name`; undefined where there is none, or several differ. */
  modelOf(path: string, orm: Orm, name: string): Model | undefined;
}

/** The facts of one run. */
export interface RunFacts extends Facts {
  /**
   * Tells before a pass which files may be asked about: a program is then built once for all of them, and looks again for
   * texts that changed. A file that was not told of can be asked about too; it costs a program of its own.
   */
  prepare(paths: readonly string[]): void;
  /**
   * Builds the program of a file if a time limit stopped a question about a type, and tells whether it did; if anybody asked for callers, also
   * what is looked up in the whole project for that. Building takes many seconds in a large project, and whoever asks first would pay for it:
   * call it outside of the time limit of a transform, then try the transform once more.
   */
  recover(path: string): boolean;
  /** Gives the memory of the programs back. */
  dispose(): void;
}

export interface FactsRequest {
  /** Every file that edits may be made in. */
  readonly files?: readonly string[];
  /** Absolute path: what a file belongs to that has no `package.json` above it. */
  readonly cwd: string;
  /** The text of a file that the run works on, as the last pass left it and without a byte order mark; undefined for all others. */
  readonly readText: (path: string) => string | undefined;
  /** Told of every file that an answer depends on, with its text, or undefined where it was looked for in vain. */
  readonly onRead?: (path: string, text: string | undefined) => void;
  /**
   * Whether questions throw, at the moment, a `NotReadyError` where they would first build what `recover` builds; else they build it, however long it
   * takes.
   */
  readonly isImpatient?: () => boolean;
  /** Whether callers will be asked for. */
  readonly isUpwards?: boolean;
  /** Whether types, code and callers may be asked for; true unless told. Without, no program is built. */
  readonly isTyped?: boolean;
  /** What answers then, where the caller has loaded it: jscodeshift loads transforms in a way in which none of our modules can be loaded later. */
  readonly typedFacts?: typeof import('./typed-facts.ts').typedFacts;
}

/** The text of a file on disk without its byte order mark; undefined where there is no such file or it cannot be read. */
function readFromDisk(path: string): string | undefined {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

/** Facts about the program that `request` is about. Nothing is read until something is asked; no program is built until a type is. */
export async function createFacts({
  cwd,
  files = [],
  readText,
  onRead,
  isTyped = true,
  typedFacts,
  isImpatient = () => false,
  isUpwards = false,
}: FactsRequest): Promise<RunFacts> {
  const onDisk = new Map<string, string | undefined>();
  const readAny = (path: string): string | undefined => {
    const text = readText(path);
    if (text !== undefined) return text;
    if (!onDisk.has(path)) {
      const found = readFromDisk(path);
      onDisk.set(path, found);
      onRead?.(path, found);
    }
    return onDisk.get(path);
  };
  const packageOf = createPackageFacts(cwd, readAny);
  const wantsEndings = createImportEndings(readAny);
  const inRun = new Set(files);
  const kinds = new Map<string, ReturnType<typeof kindOfPath>>();
  const isNear = (root: string): boolean => root === cwd || root.startsWith(cwd + sep);
  const codeRequest: CodeFactsRequest = {
    isImpatient,
    isUpwards,
    readText: readAny,
    dependenciesOf: (path) => packageOf(path).dependencies,
    around: {
      placeOf: (path) => {
        const { dependencies, ranges } = packageOf(path);
        return { versionOf: (name) => ranges.get(name), dependsOn: (name) => dependencies.has(name) };
      },
      isInRun: (path) => inRun.size === 0 || inRun.has(path),
      packageOf,
      textOf: readAny,
      kindOf: (path) => {
        if (!kinds.has(path)) kinds.set(path, kindOfPath(path, packageOf(path)));
        return kinds.get(path);
      },
    },
    allFiles: (paths) => {
      const homes = [...new Set([...files, ...paths].map((path) => packageOf(path)))].filter(({ root }) =>
        isNear(root),
      );
      return [...new Set([...files, ...homes.flatMap((home) => home.files())])];
    },
  };
  const { programs, code, modelOf } = isTyped
    ? (typedFacts ?? (await import('./typed-facts.ts')).typedFacts)(codeRequest, { cwd, readText, onRead })
    : { programs: NO_PROGRAMS, code: NO_CODE_FACTS, modelOf: () => undefined };
  return {
    ...(isTyped ? {} : { whyUntyped: WHY_NO_TYPES }),
    packageOf,
    loggerOf: createLoggerFacts({ packageOf }, readAny),
    runsInWorker: createWorkerFacts(packageOf, readAny),
    importEndingOf: (path) =>
      (path.endsWith('.mts') || (!path.endsWith('.cts') && packageOf(path).isModule)) && wantsEndings(path)
        ? '.js'
        : '',
    exists: existsSync,
    typeOf: (path, expression) =>
      programs.typeOf(path, spanOf(expression), (expression as { readonly type?: string }).type ?? ''),
    codeOf: (path, one) => code.codeOf(path, one),
    blockingCallOf: (path, call, result) => code.blockingCallOf(path, call, result),
    blockingFunctionOf: (path, expression) => code.blockingFunctionOf(path, expression),
    coneOf: (path, call, leaf) => code.coneOf(path, call, leaf),
    reachOf: (path, one) => code.reachOf(path, one),
    databaseCallOf: (path, call) => code.databaseCallOf(path, call),
    modelOf,
    prepare(paths) {
      programs.prepare(paths);
      code.prepare(paths);
    },
    recover: (path) => code.recover() || programs.recover(path),
    dispose() {
      programs.dispose();
      code.dispose();
    },
  };
}
