import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Options, Transform } from './transform.ts';

/** Any transform, whatever its options. */
export type AnyTransform = Pick<Transform, 'id' | 'summary' | 'sets' | 'prefilter' | 'inspectAsync'> & {
  readonly defaults?: object;
  readonly optionHelp?: object;
  readonly inspect?: unknown;
  readonly inspectProject?: unknown;
};

/** What makes a transform callable by jscodeshift: the new text of a file, or nothing where there is nothing to change. */
export type CalledByJscodeshift = (
  file: { readonly path: string; readonly source: string },
  api: unknown,
  options: Readonly<Record<string, unknown>>,
) => Promise<string | undefined>;

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function* whyInvalid(transform: AnyTransform): Generator<string> {
  const { id, summary, sets = [], prefilter, defaults = {}, optionHelp = {} } = transform;
  if (typeof id !== 'string' || !ID.test(id))
    yield 'its id must be lower case words with hyphens between them';
  if (typeof summary !== 'string' || !/^\S[^\n]*\.$/.test(summary)) {
    yield 'its summary must be one line that ends with a full stop';
  }
  for (const set of sets)
    if (!ID.test(set)) yield `the name of its set "${set}" must be lower case with hyphens`;
  if (!(prefilter instanceof RegExp)) yield 'its prefilter must be a regular expression';
  else {
    if (/[^\x20-\x7e]/.test(prefilter.source))
      yield 'its prefilter must be ASCII: it is matched against bytes';
    if (prefilter.global || prefilter.sticky) {
      yield 'its prefilter must be neither global nor sticky: it would remember where it last matched';
    }
  }
  for (const [key, value] of Object.entries(defaults) as [string, unknown][]) {
    const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
    if (!isList && !['string', 'number', 'boolean'].includes(typeof value)) {
      yield `the default of its option "${key}" must be a string, a number, a boolean or a list of strings`;
    }
    if (!(key in optionHelp)) yield `its option "${key}" has no line in optionHelp`;
  }
  for (const key of Object.keys(optionHelp)) {
    if (!(key in defaults)) yield `its optionHelp names "${key}", which has no default`;
  }
  const { inspect, inspectAsync, inspectProject } = transform;
  if (![inspect, inspectAsync, inspectProject].some((one) => typeof one === 'function')) {
    yield 'it must have inspect, inspectAsync or inspectProject';
  }
}

/**
 * jscodeshift has Babel compile everything that it requires, packages too. That cannot be done to ts-morph, whose
 * syntax is newer than the plugins that jscodeshift brings, so ts-morph is loaded as it is.
 */
function loadTsMorphUncompiled(): void {
  const loaders = require.extensions;
  const compile = loaders['.js'];
  loaders['.js'] = (module, path) => {
    if (!/[\\/]node_modules[\\/](ts-morph|@ts-morph[\\/]\w+)[\\/]/.test(path)) return compile?.(module, path);
    const { _compile: compileAsItIs } = module as NodeModule & { _compile(code: string, path: string): void };
    return compileAsItIs.call(module, readFileSync(path, 'utf8'), path);
  };
}

let engine: Promise<typeof import('./run/stock.ts')> | undefined;

/**
 * The part of the engine that runs one transform on one file, loaded by what loaded this file. Where that is the
 * `require` of jscodeshift, `import` would load this toolkit a second time, past Babel.
 */
function loadEngine(): Promise<typeof import('./run/stock.ts')> {
  if (engine !== undefined) return engine;
  if (typeof require === 'function' && require.cache?.[__filename] !== undefined) {
    loadTsMorphUncompiled();
    engine = Promise.resolve(require(`./run/stock${extname(__filename)}`) as typeof import('./run/stock.ts'));
  } else engine = import('./run/stock.ts');
  return engine;
}

/**
 * Checks a transform and makes it callable by jscodeshift as well: `npx jscodeshift -t transforms/<id>.ts src` then
 * applies its safe proposals that touch no other file.
 * @throws {TypeError} that says everything that is wrong with it.
 */
export function defineTransform<O extends object = Options>(
  transform: Transform<O>,
): Transform<O> & CalledByJscodeshift {
  const faults = [...whyInvalid(transform as AnyTransform)];
  if (faults.length > 0)
    throw new TypeError(`The transform "${String(transform.id)}": ${faults.join('; ')}.`);
  const applySafely: CalledByJscodeshift = async (file, _api, options) => {
    const { rewriteSafely } = await loadEngine();
    return rewriteSafely(transform as unknown as Transform, file, options);
  };
  return Object.assign(applySafely, transform);
}
