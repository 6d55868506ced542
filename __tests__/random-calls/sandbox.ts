import { AsyncLocalStorage } from 'node:async_hooks';
import * as childProcess from 'node:child_process';
import * as crypto from 'node:crypto';
import * as events from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative, resolve } from 'node:path';
import * as util from 'node:util';
import { compileFunction } from 'node:vm';
import * as zlib from 'node:zlib';
import { ts } from 'ts-morph';
import { Choices } from '../random-queries/choices.ts';

/** What was seen of one run of a program's entry. */
export interface Outcome {
  /** What it gave or threw, in a form that can be compared. */
  readonly ended: string;
  /** What it wrote to the console until it ended. */
  readonly log: readonly string[];
  /** What it wrote after that. */
  readonly late: readonly string[];
  /** Calls that were under way when it ended. */
  readonly underWay: number;
}

/** What was seen of some runs of a program, in the order of their inputs. */
export interface Observation {
  readonly outcomes: readonly Outcome[];
  /** The files that are there at the end. */
  readonly files: string;
  /** Rejections that nobody handled. */
  readonly unhandled: readonly string[];
}

/** How a program is run. */
export interface Way {
  /** What the entry is called with, once for each. */
  readonly inputs: readonly string[];
  /** Whether all runs begin at once, or each when the one before has ended. */
  readonly isTogether?: boolean;
  /** Whether each `await` of the program takes its time, also of what is there at once: others may always come in between there. */
  readonly isPausing?: boolean;
  /** Decides how long each call takes that does not block. */
  readonly seed: number;
}

/** A program that can be run as often as wanted, each time with modules and files of its own. */
export interface Compiled {
  run(way: Way): Promise<Observation>;
}

/** Where files are made and removed in no time, where the system has such a place. */
const FOLDER = fs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The files that each run begins with. */
const FILES: Readonly<Record<string, string>> = {
  'a.txt': 'alpha\nbeta\n',
  'b.txt': 'b',
  'c.json': '{ "n": 3 }',
  'dir/x.txt': 'x',
  'dir/y.txt': 'yy',
};

/** Of one run of the entry. */
interface Run {
  readonly log: string[];
  readonly late: string[];
  underWay: number;
  hasEnded: boolean;
}

const ignore = (): void => {};

type Fn = (...args: readonly unknown[]) => unknown;

const isFunction = (value: unknown): value is Fn => typeof value === 'function';

/** Functions of `fs` that take two paths. */
const TWO_PATHS = /^(?:copyFile|rename|link|symlink|cp)(?:Sync)?$/;

/** How many paths a function of `fs` takes. */
const pathsOf = (name: string): number => (TWO_PATHS.test(name) ? 2 : 1);

const mistakes = /^(?:TypeError|ReferenceError|SyntaxError)$/;

/** A value as a text that is the same for equal values; promises show, wherever they are. */
function comparable(value: unknown, root: string, above: readonly unknown[] = []): string {
  const plain = (text: string): string => text.replaceAll(root, '');
  if (typeof value === 'string') return JSON.stringify(plain(value));
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (above.includes(value)) return 'a cycle';
  const inner = (one: unknown): string => comparable(one, root, [...above, value]);
  if (value instanceof Error) {
    const code: unknown = Reflect.get(value, 'code');
    // The engine that runs it words mistakes after the code: `Cannot read properties of …`.
    const message = mistakes.test(value.name) && code === undefined ? 'a mistake' : plain(value.message);
    return `${value.name} ${String(code)}: ${message}`;
  }
  if (value instanceof Promise) return 'A PROMISE';
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{ ${entries.map(([key, one]) => `${String(key)}: ${inner(one)}`).join(', ')} }`;
}

/** The files of a folder with what they hold. */
function listed(root: string): string {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) found.push(`${relative(root, path)}=${fs.readFileSync(path, 'utf8')}`);
      else {
        found.push(`${relative(root, path)}/`);
        visit(path);
      }
    }
  };
  visit(root);
  return found.toSorted().join('; ');
}

/** Everything that a program sees of the machine: a folder of its own, and calls that take their time. */
class World {
  readonly root: string;
  readonly unhandled: string[] = [];
  private readonly makers: ReadonlyMap<string, () => unknown>;
  private readonly made = new Map<string, unknown>();
  private readonly choices: Choices;
  /** Tells which of several runs at once a call belongs to. */
  private readonly runs = new AsyncLocalStorage<Run>();
  /** The run, where there is one at a time. */
  private alone: Run | undefined;
  private busy = 0;

  constructor(root: string, seed: number, expressVersion: number | undefined) {
    this.root = root;
    this.choices = new Choices(seed);
    const promises = (): object => this.moduleOf(fs.promises, pathsOf, true);
    this.makers = new Map<string, () => unknown>([
      ['fs', () => ({ ...this.moduleOf(fs, pathsOf), promises: promises() })],
      ['fs/promises', promises],
      ['zlib', () => this.moduleOf(zlib)],
      ['crypto', () => this.moduleOf(crypto)],
      ['child_process', () => this.moduleOf(childProcess)],
      ['util', () => util],
      ['events', () => events],
      ['express', () => () => new Application(expressVersion ?? 5)],
    ]);
  }

  /** A module of Node, or a package. */
  require(specifier: string): unknown {
    const name = specifier.replace(/^node:/, '');
    if (!this.made.has(name)) this.made.set(name, this.makers.get(name)?.());
    return this.made.get(name);
  }

  /** The functions of a module, with paths in the folder, and with callbacks and promises that come when the seed says so. */
  private moduleOf(
    module: object,
    countPaths: (name: string) => number = () => 0,
    givesPromises = false,
  ): object {
    const made: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(module)) {
      if (name === 'promises') continue;
      if (!isFunction(value) || /^[A-Z]/.test(name)) made[name] = value;
      else {
        const paths = countPaths(name);
        const called = this.withPaths(value, paths);
        const slow = givesPromises ? this.slowPromise(called) : this.slowCallback(called, value, paths);
        made[name] = name.endsWith('Sync') ? called : slow;
      }
    }
    return made;
  }

  private withPaths(fn: Fn, paths: number): Fn {
    if (paths === 0) return fn;
    return (...args) =>
      fn(...args.map((one, at) => (at < paths && typeof one === 'string' ? resolve(this.root, one) : one)));
  }

  private slowPromise(fn: Fn): Fn {
    return (...args) =>
      this.during(async () => {
        await this.pause();
        const result = await fn(...args);
        await this.pause();
        return result;
      });
  }

  private slowCallback(fn: Fn, original: Fn, paths: number): Fn {
    const slow: Fn = (...args) => {
      const done = args.at(-1);
      if (!isFunction(done)) return fn(...args);
      let end = ignore;
      void this.during(() => new Promise<void>((ended) => (end = ended)));
      return fn(...args.slice(0, -1), async (...given: readonly unknown[]) => {
        await this.pause();
        end();
        done(...given);
      });
    };
    // Some give more than one value: only the original function can be made to give a promise of them.
    const promised = (): Fn => this.slowPromise(this.withPaths(util.promisify(original), paths));
    return Object.defineProperty(slow, util.promisify.custom, { get: promised });
  }

  private async during<T>(work: () => Promise<T>): Promise<T> {
    const run = this.alone ?? this.runs.getStore();
    this.busy++;
    if (run !== undefined) run.underWay++;
    try {
      return await work();
    } finally {
      this.busy--;
      if (run !== undefined) run.underWay--;
    }
  }

  /** Gives what is awaited after some time. */
  readonly pausing = (value: unknown): Promise<unknown> =>
    this.during(async () => {
      try {
        return await value;
      } finally {
        await this.pause();
      }
    });

  private async pause(): Promise<void> {
    for (let turns = this.choices.below(4); turns > 0; turns--)
      await new Promise((wake) => setImmediate(wake));
  }

  /** Timers that are waited for before a program is taken to be at rest. */
  readonly setTimeout = (work: Fn, delay: number, ...args: readonly unknown[]): unknown => {
    this.busy++;
    return setTimeout(() => this.finally(() => work(...args)), delay);
  };

  readonly setImmediate = (work: Fn, ...args: readonly unknown[]): unknown => {
    this.busy++;
    return setImmediate(() => this.finally(() => work(...args)));
  };

  /** What a timer throws would end a process. */
  private finally(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      this.unhandled.push(comparable(error, this.root));
    } finally {
      this.busy--;
    }
  }

  readonly console = {
    log: (...args: readonly unknown[]): void => {
      const run = this.alone ?? this.runs.getStore();
      const text = args.map((one) => comparable(one, this.root)).join(' ');
      (run?.hasEnded === true ? run.late : run?.log)?.push(text);
    },
  };

  /** Runs the entry once; resolves when it ended, or when nothing is left that it could wait for. */
  async runOnce(entry: () => unknown, isTogether: boolean): Promise<() => Outcome> {
    const run: Run = { log: [], late: [], underWay: 0, hasEnded: false };
    const enter = async (): Promise<string> => {
      try {
        return `gave ${comparable(await entry(), this.root)}`;
      } catch (error) {
        return `threw ${comparable(error, this.root)}`;
      }
    };
    if (!isTogether) this.alone = run;
    const ended = isTogether ? this.runs.run(run, enter) : enter();
    const text = await Promise.race([ended, this.standstill(run).then(() => 'never ended')]);

    run.hasEnded = true;
    const { underWay } = run;
    return () => ({ ended: text, log: run.log, late: run.late, underWay });
  }

  /** Resolves when nothing is under way any more that a run could wait for, or the run has ended. */
  private async standstill(run: Run): Promise<void> {
    for (let quiet = 0; quiet < 4 && !run.hasEnded; quiet = this.busy === 0 ? quiet + 1 : 0)
      await new Promise((wake) => setTimeout(wake, 5));
  }

  /** Resolves when everything has come to rest. */
  async end(): Promise<void> {
    await this.rest();
    this.runs.disable();
  }

  private async rest(): Promise<void> {
    for (let quiet = 0; quiet < 12; quiet = this.busy === 0 ? quiet + 1 : 0)
      await new Promise((wake) => (this.busy === 0 ? setImmediate(wake) : setTimeout(wake, 1)));
  }
}

/** An application as Express makes it, as far as a handler and its errors are concerned. */
class Application {
  private readonly version: number;
  private readonly handlers: Fn[] = [];
  constructor(version: number) {
    this.version = version;
  }

  get(_path: string, handler: Fn): void {
    this.handlers.push(handler);
  }

  /** Answers one request. */
  answer(name: string): Promise<unknown> {
    return new Promise((answered, failed) => {
      for (const handler of this.handlers) {
        try {
          const given = handler({ query: { name } }, { json: answered, send: answered }, failed);
          if (this.version >= 5 && given instanceof Promise) given.catch(failed);
        } catch (error) {
          failed(error);
        }
      }
    });
  }
}

/** Runs `use` while rejections that nobody handles are told to `tell` and to nobody else. */
async function withRejections<T>(tell: (reason: unknown) => void, use: () => Promise<T>): Promise<T> {
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', tell);
  process.on('rejectionHandled', ignore);
  try {
    return await use();
  } finally {
    process.off('unhandledRejection', tell);
    process.off('rejectionHandled', ignore);
    for (const other of others) process.on('unhandledRejection', other);
  }
}

type ModuleBody = (
  exports: object,
  require: (specifier: string) => unknown,
  module: { exports: object },
  console: unknown,
  setTimeout: unknown,
  setImmediate: unknown,
  pausing: unknown,
) => void;

/** The function that everything goes through that is awaited. */
const PAUSING = 'pausing$';
const PARAMETERS = ['exports', 'require', 'module', 'console', 'setTimeout', 'setImmediate', PAUSING];

/** Many files are the same before and after. */
const compiled = new Map<string, ModuleBody>();

/** `await load()` → `await pausing$(load())` */
const withPauses: ts.TransformerFactory<ts.SourceFile> = (context) => (source) => {
  const { factory } = context;
  const visit = (node: ts.Node): ts.Node => {
    const inner = ts.visitEachChild(node, visit, context);
    if (!ts.isAwaitExpression(inner)) return inner;
    const paused = factory.createCallExpression(factory.createIdentifier(PAUSING), undefined, [
      inner.expression,
    ]);
    return factory.updateAwaitExpression(inner, paused);
  };
  return ts.visitEachChild(source, visit, context);
};

/** @throws {SyntaxError} where the text does not compile. */
function compile(text: string, path: string, isPausing = false): ModuleBody {
  const key = `${String(isPausing)} ${path}\n${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const code = path.endsWith('.ts') || isPausing ? emitted(text, path, isPausing) : text;
  const body = compileFunction(code, PARAMETERS, { filename: path }) as ModuleBody;
  if (compiled.size > 500) compiled.clear();
  compiled.set(key, body);
  return body;
}

const emitted = (text: string, path: string, isPausing: boolean): string =>
  ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      allowJs: true,
    },
    ...(isPausing ? { transformers: { before: [withPauses] } } : {}),
  }).outputText;

/** The major version of Express that the program depends on. */
function expressVersionOf(manifest: string): number | undefined {
  const found = /"express":"\^(\d+)/.exec(manifest)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** What is called once for each input: `run`, or a request to the application that `app` is. */
function entryOf(exports: object): (input: string) => unknown {
  const run: unknown = Reflect.get(exports, 'run');
  if (isFunction(run)) return run;
  const app: unknown = Reflect.get(exports, 'app');
  if (app instanceof Application) return (input) => app.answer(input);
  throw new TypeError('The program has no entry.');
}

/**
 * Compiles a program whose files are `texts`, by their paths; `main` is where it is entered.
 * @throws {SyntaxError} where a file does not compile.
 */
export function compileProgram(texts: ReadonlyMap<string, string>): Compiled {
  const code = new Map(
    [...texts].flatMap(([path, text]) =>
      /\.[jt]s$/.test(path) ? [[path.replace(/\.[jt]s$/, ''), { path, text }]] : [],
    ),
  );
  for (const { path, text } of code.values()) compile(text, path);
  const version = expressVersionOf(texts.get('package.json') ?? '');
  const run = async ({ inputs, isTogether = false, isPausing = false, seed }: Way): Promise<Observation> => {
    const root = fs.realpathSync(fs.mkdtempSync(join(FOLDER, 'hasten-calls-')));
    try {
      for (const [path, text] of Object.entries(FILES)) {
        fs.mkdirSync(dirname(join(root, path)), { recursive: true });
        fs.writeFileSync(join(root, path), text);
      }
      const world = new World(root, seed, version);
      const modules = new Map<string, { exports: object }>();
      const load = (path: string): object => {
        const known = modules.get(path);
        if (known !== undefined) return known.exports;
        const module = { exports: {} };
        modules.set(path, module);
        const require = (specifier: string): unknown => {
          if (specifier.startsWith('.')) return load(posix.join(specifier));
          return world.require(specifier);
        };
        const file = code.get(path);
        if (file === undefined) throw new TypeError(`There is no ${path}.`);
        compile(file.text, file.path, isPausing)(
          module.exports,
          require,
          module,
          world.console,
          world.setTimeout,
          world.setImmediate,
          world.pausing,
        );
        return module.exports;
      };
      const outcomes: (() => Outcome)[] = [];
      await withRejections(
        (reason) => world.unhandled.push(comparable(reason, root)),
        async () => {
          let entry: (input: string) => unknown;
          try {
            entry = entryOf(load('main'));
          } catch (error) {
            entry = () => {
              throw error;
            };
          }
          const started = inputs.map((input) => () => world.runOnce(() => entry(input), isTogether));
          if (isTogether) outcomes.push(...(await Promise.all(started.map((start) => start()))));
          else for (const start of started) outcomes.push(await start());
          await world.end();
        },
      );
      return {
        outcomes: outcomes.map((one) => one()),
        files: listed(root),
        unhandled: world.unhandled,
      };
    } finally {
      fs.rmSync(root, { recursive: true, force: true });
    }
  };
  return { run };
}
