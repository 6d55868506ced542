import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { JsonError, parseLocatedJson } from './json.ts';
import { defaultOf, loadModule } from './load-module.ts';
import { nearest, suggestion } from './suggest.ts';
import { UsageError } from '../errors.ts';

/** A configuration, and where to look for each part of it. */
export interface LoadedConfig {
  readonly config: Config;
  /** Absolute path. */
  readonly path: string;
  /** The file and, where it is known, the line of the value that `keys` lead to: `hasten.config.json:4`. */
  placeOf(keys: readonly string[]): string;
}

export const CONFIG_NAMES = ['ts', 'js', 'mjs', 'cjs', 'json'].map(
  (extension) => `hasten.config.${extension}`,
);

const isString = (value: unknown): value is string => typeof value === 'string';
const isStringList = (value: unknown): boolean => Array.isArray(value) && value.every(isString);
const isOneOf = (...names: readonly string[]) => ({
  expected: `one of ${names.map((name) => `"${name}"`).join(', ')}`,
  accepts: (value: unknown): boolean => isString(value) && names.includes(value),
  names,
});
const isAboveZero = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;
const LIST = { expected: 'a list of strings', accepts: isStringList };
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Rule {
  readonly expected: string;
  readonly names?: readonly string[];
  accepts(value: unknown): boolean;
}

const RULES: Readonly<Record<keyof Config, Rule>> = {
  transforms: {
    expected: 'an object from ids of transforms to their options, true or false',
    accepts: isRecord,
  },
  sets: LIST,
  include: LIST,
  exclude: LIST,
  level: isOneOf('safe', 'review'),
  failOn: isOneOf('safe', 'review', 'report', 'never'),
  fileTimeLimit: {
    expected: 'a number of milliseconds above 0',
    accepts: isAboveZero,
  },
  timeLimit: { expected: 'a number of seconds above 0', accepts: isAboveZero },
  memoryLimit: { expected: 'a number of MiB above 0', accepts: isAboveZero },
  types: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  verifyTypes: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  format: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
};

/** `value` as a message shows it, on one line. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** Checks everything that can be checked without loading a transform. */
function checkConfig(value: unknown, placeOf: LoadedConfig['placeOf']): Config {
  if (!isRecord(value))
    throw new UsageError(
      `${placeOf([])}: expected an object as the configuration and found ${shown(value)}.`,
    );
  for (const [key, own] of Object.entries(value)) {
    if (!Object.hasOwn(RULES, key))
      throw new UsageError(
        `${placeOf([key])}: \`${key}\` is not known.${suggestion(key, Object.keys(RULES))}`,
      );
    const rule = RULES[key as keyof Config];
    if (own === undefined || rule.accepts(own)) continue;
    const meant = isString(own) && rule.names !== undefined ? nearest(own, rule.names) : undefined;
    const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
    throw new UsageError(`${placeOf([key])}: \`${key}\` must be ${rule.expected}, not ${shown(own)}.${hint}`);
  }
  const { transforms = {} } = value as { transforms?: Record<string, unknown> };
  for (const [id, own] of Object.entries(transforms)) {
    if (typeof own === 'boolean' || isRecord(own)) continue;
    throw new UsageError(
      `${placeOf(['transforms', id])}: \`transforms.${id}\` must be true, false or an object of options, not ${shown(own)}.`,
    );
  }
  return value as Config;
}

/** The place of what is handed over, and in no file. */
const inRequest = (): string => 'config';

/** The configuration file for `cwd`: the nearest one upwards. */
function findConfig(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = CONFIG_NAMES.filter((name) => existsSync(join(folder, name)));
    if (found.length > 1)
      throw new UsageError(
        `${folder} has ${found.join(' and ')}. Keep one of them, or name one with --config.`,
      );
    if (found[0] !== undefined) return join(folder, found[0]);
    if (folder === dirname(folder)) return undefined;
  }
}

function loadJson(path: string): LoadedConfig {
  try {
    const { value, lineOf } = parseLocatedJson(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    const placeOf = (keys: readonly string[]): string => `${path}:${lineOf(keys)}`;
    return { config: checkConfig(value, placeOf), path, placeOf };
  } catch (error) {
    if (error instanceof JsonError)
      throw new UsageError(`${path}:${error.line}: ${error.message}.`, { cause: error });
    throw error;
  }
}

/**
 * Loads and checks the configuration that `named` (relative to `cwd`) names or is, or else the nearest one from `cwd` upwards.
 * @throws {UsageError} which names the file, for JSON the line, and what to write instead.
 */
export async function loadConfig(cwd: string, named?: string | Config): Promise<LoadedConfig | undefined> {
  if (typeof named === 'object') {
    return { config: checkConfig(named, inRequest), path: join(cwd, 'config'), placeOf: inRequest };
  }
  const path = named === undefined ? findConfig(cwd) : resolve(cwd, named);
  if (path === undefined) return undefined;
  if (!existsSync(path)) throw new UsageError(`The configuration ${path} does not exist.`);
  if (extname(path) === '.json') return loadJson(path);
  if (!/\.[cm]?[jt]s$/.test(path))
    throw new UsageError(`${path}: a configuration is a .ts, .js or .json file, not ${basename(path)}.`);
  const config = defaultOf(await loadModule(path, dirname(path)));
  const placeOf = (): string => path;
  return { config: checkConfig(config, placeOf), path, placeOf };
}
