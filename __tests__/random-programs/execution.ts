import { dirname, posix } from 'node:path';
import { compileFunction } from 'node:vm';
import { ts } from 'ts-morph';
import { VirtualClock, type Schedule } from './scheduler.ts';
import { createWorld } from './world.ts';

/** What was seen of one run of a program. */
export interface Observation {
  /** What `main` gave, in a form that can be compared; undefined where it failed. */
  readonly result: string | undefined;
  /** What `main` failed with: name and message. */
  readonly error: string | undefined;
  /** The world and the program's own memory, after everything came to rest. */
  readonly state: string;
  /** The changes of the world, in their order. */
  readonly writes: readonly string[];
  /** The calls of the world, in the order of their beginning. */
  readonly calls: readonly string[];
  /** Rejections that nobody handled. */
  readonly unhandled: readonly string[];
  /** Units of virtual time until `main` came to an end. */
  readonly time: number;
}

/** The modules of a program, compiled once and run as often as wanted. */
export interface Compiled {
  run(schedule: Schedule, failing?: string): Promise<Observation>;
}

type ModuleBody = (
  exports: object,
  require: (specifier: string) => unknown,
  module: { exports: object },
  fetch: unknown,
  console: unknown,
) => void;

const SILENT = { log() {}, info() {}, warn() {}, error() {}, debug() {} };

/**
 * Whether a program made a mistake, such as reading a property of null: the engine that runs it words those after the code. What
 * a program throws on purpose begins with `refused`.
 */
const isMistake = ({ name, message }: Error): boolean =>
  /^(TypeError|RangeError)$/.test(name) && !message.startsWith('refused');

/** A value as a text that is the same for equal values: maps and sets in their order, keys of objects sorted, errors by what they say. */
export function comparable(value: unknown, above: readonly unknown[] = []): string {
  if (value instanceof Error) return isMistake(value) ? 'a mistake' : `${value.name}: ${value.message}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (above.includes(value)) return 'a cycle';
  const within = [...above, value];
  const inner = (one: unknown): string => comparable(one, within);
  if (Array.isArray(value)) return `[${Array.from(value, inner).join(', ')}]`;
  if (value instanceof Map)
    return `Map(${[...value].map(([key, one]) => `${inner(key)} → ${inner(one)}`).join(', ')})`;
  if (value instanceof Set) return `Set(${[...value].map(inner).join(', ')})`;
  if (value instanceof Promise) return 'a promise';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{ ${entries.map(([key, one]) => `${key}: ${inner(one)}`).join(', ')} }`;
}

const ignore = (): void => {};

/**
 * Runs `use` while rejections that nobody handles are told to `tell` and to nobody else: a test runner would take them for
 * its own.
 */
async function withRejections<T>(tell: (reason: unknown) => void, use: () => Promise<T>): Promise<T> {
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', tell);
  // With a listener Node does not warn of those that are handled late.
  process.on('rejectionHandled', ignore);
  try {
    return await use();
  } finally {
    process.off('unhandledRejection', tell);
    process.off('rejectionHandled', ignore);
    for (const other of others) process.on('unhandledRejection', other);
  }
}

/** Some files are the same in all programs. */
const compiled = new Map<string, ModuleBody>();

function compile(text: string, path: string): ModuleBody {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const body = compileFunction(outputText, ['exports', 'require', 'module', 'fetch', 'console'], {
    filename: path,
  }) as ModuleBody;
  if (compiled.size > 100) compiled.clear();
  compiled.set(text, body);
  return body;
}

/** What a function that a module exports gives. */
function called(module: object, name: string): unknown {
  const member: unknown = Reflect.get(module, name);
  if (typeof member !== 'function') throw new TypeError(`There is no function ${name}.`);
  return Reflect.apply(member, undefined, []);
}

/** The file that a relative import means. */
function resolved(from: string, specifier: string, texts: ReadonlyMap<string, string>): string | undefined {
  const path = posix.join(dirname(from), specifier);
  return [path, `${path}.ts`, path.replace(/\.js$/, '.ts')].find((one) => texts.has(one));
}

/**
 * Compiles a program: `texts` are its files by path, `start` the one whose export `entry` is called. An export `state` of any
 * of the files is called at the end, and gives the memory of that module.
 * @throws {SyntaxError} where a text does not compile.
 */
export function compileProgram(texts: ReadonlyMap<string, string>, start: string, entry = 'main'): Compiled {
  const bodies = new Map([...texts].map(([path, text]) => [path, compile(text, path)]));
  const run = async (schedule: Schedule, failing?: string): Promise<Observation> => {
    const clock = new VirtualClock();
    const world = createWorld(clock, schedule, failing);
    const modules = new Map<string, { exports: object }>();
    const load = (path: string): object => {
      const known = modules.get(path);
      if (known !== undefined) return known.exports;
      const module = { exports: {} };
      modules.set(path, module);
      const require = (specifier: string): unknown => {
        const found = specifier.startsWith('.') ? resolved(path, specifier, texts) : undefined;
        if (found !== undefined) return load(found);
        if (world.packages.has(specifier)) return world.packages.get(specifier);
        throw new Error(`There is no module ${specifier}.`);
      };
      bodies.get(path)?.(module.exports, require, module, world.fetch, SILENT);
      return module.exports;
    };
    const unhandled: string[] = [];
    let result: string | undefined;
    let error: string | undefined;
    let time = Infinity;
    await withRejections(
      (reason) => unhandled.push(comparable(reason)),
      async () => {
        const started = (async () => called(load(start), entry))();
        const ended = started
          .then(
            (value) => (result = comparable(value)),
            (reason: unknown) => (error = comparable(reason)),
          )
          .then(() => (time = clock.now));
        await clock.run();
        if (time !== Infinity) await ended;
        else error = 'The program waits for something that never comes.';
      },
    );
    const memory = [...modules]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .filter(([, { exports }]) => typeof Reflect.get(exports, 'state') === 'function')
      .map(([path, { exports }]) => [path, called(exports, 'state')]);
    return {
      result,
      error,
      state: comparable([world.state(), memory]),
      writes: world.writes,
      calls: world.calls,
      unhandled,
      time,
    };
  };
  return { run };
}
