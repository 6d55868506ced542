import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import { workTreeOf } from '../run/git-list.ts';
import type { Json } from '../run/json-value.ts';
import type { Failure } from '../run/plan.ts';
import { realPath } from '../run/real-path.ts';
import { shardJson } from '../run/shards/document.ts';
import { inspectShard } from '../run/shards/inspect-shard.ts';
import type { Shard } from '../run/shards/split.ts';
import type { Options } from '../transform.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import { loaded, type Loaded } from './plan.ts';
import type { SearchRequest } from './request.ts';
import { versionOf } from './version.ts';

/** What `shard` is asked for: a search, and which part of it. */
export interface ShardRequest extends SearchRequest {
  readonly shard: Shard;
}

/** What one shard found. */
export interface ShardFound {
  /** What `merge` takes: plain JSON. */
  readonly json: object;
  /** How many findings there are, as transforms say them: comments are asked, and results are checked, by `merge`. */
  readonly found: number;
  readonly files: { readonly scanned: number; readonly looked: number };
  readonly failures: readonly Failure[];
  readonly unmatched: readonly string[];
  readonly asked: Loaded['asked'];
  readonly cwd: string;
}

/** The folder that paths in shards are seen from. */
export const rootOfShards = ({ run }: Loaded): string => realPath(workTreeOf(run.cwd) ?? run.cwd);

/** Where a request was made, as seen from the root. */
export const placeInRoot = (root: string, cwd: string): string =>
  relative(root, realPath(cwd)).split(sep).join('/');

/** A digest of what the configuration and the options come to. */
export function asksOf({ run }: Loaded): string {
  const { transforms, include, exclude, types, fileTimeLimit, isList } = run;
  const asks = [
    transforms.map(({ transform, options }) => [transform.id, options]),
    include,
    exclude,
    types,
    fileTimeLimit ?? null,
    isList,
  ];
  return createHash('sha256').update(JSON.stringify(asks)).digest('base64url');
}

/** A search as JSON, so that `merge` can ask for the same. */
function searchJson(request: SearchRequest, { asked, cwd }: Loaded, root: string) {
  const { transforms = [], sets, options, config, level, verifyTypes, types } = request;
  return {
    at: placeInRoot(root, cwd),
    paths: asked.paths,
    isList: request.isList === true,
    transforms: transforms.map((one) => (typeof one === 'string' ? one : one.id)),
    sets,
    options,
    config,
    level,
    verifyTypes,
    types,
    timeLimit: request.timeLimit,
    memoryLimit: request.memoryLimit,
    removeUnusedIgnores: request.removeUnusedIgnores,
  };
}

function optionValue(json: Json): Options[string] {
  const value = json.plain();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return json.list((one) => one.string());
}

const optionsIn = (json: Json): SearchRequest['options'] =>
  Array.isArray(json.plain())
    ? json.list((one) => one.string())
    : Object.fromEntries(
        json.entries((one): Options => Object.fromEntries(one.entries((value) => optionValue(value)))),
      );

/** A configuration or the path of one. What it has is checked when it is loaded. */
const configIn = (json: Json): string | Config =>
  json.isString ? json.string() : (Object.fromEntries(json.entries((one) => one.plain())) as Config);

/**
 * The search that a shard was asked for, and where that was, as seen from the root.
 * @throws {Error} which says what is wrong, and where in the document.
 */
export function searchIn(json: Json): { readonly at: string; readonly search: SearchRequest } {
  const strings = (name: string): string[] => json.key(name).list((one) => one.string());
  const amount = (name: string): number | undefined =>
    json.key(name).optional((one) => {
      const value = one.plain();
      if (typeof value !== 'number' || !(value > 0)) throw one.wrong('a number above 0');
      return value;
    });
  const isOn = (name: string): boolean | undefined => json.key(name).optional((one) => one.boolean());
  return {
    at: json.key('at').string(),
    search: {
      paths: strings('paths'),
      isList: json.key('isList').boolean(),
      transforms: strings('transforms'),
      sets: json.key('sets').optional((one) => one.list((name) => name.string())),
      options: json.key('options').optional(optionsIn),
      config: json.key('config').optional(configIn),
      level: json.key('level').optional((one) => one.oneOf(['safe', 'review'] as const)),
      verifyTypes: isOn('verifyTypes'),
      types: isOn('types'),
      timeLimit: amount('timeLimit'),
      memoryLimit: amount('memoryLimit'),
      removeUnusedIgnores: isOn('removeUnusedIgnores'),
    },
  };
}

function checkShard({ index, of }: Shard): void {
  const isWhole = Number.isSafeInteger(index) && Number.isSafeInteger(of);
  if (!isWhole || index < 1 || index > of)
    throw new UsageError(`There is no shard ${index} of ${of}: shards are counted from 1.`);
}

/**
 * Looks at a part of the files of a search, with the whole program around them, and composes nothing: `merge` makes of all parts what `check` says of the whole.
 * @throws {UsageError} as `plan`, and for a part that there is not; the signal's reason once it is aborted.
 */
export async function shard(request: ShardRequest): Promise<ShardFound> {
  checkShard(request.shard);
  const all = await loaded(request);
  const root = rootOfShards(all);
  const inspected = await inspectShard(all.run, request.shard, root);
  const { inspection, looked, files, read } = inspected;
  const document = {
    shard: request.shard,
    hasten: versionOf(PACKAGE_ROOT),
    search: searchJson(request, all, root),
    asks: asksOf(all),
    files,
    looked,
    read,
    inspection,
  };
  return {
    json: shardJson(document, root),
    found: inspection.inFiles.length + inspection.inAll.length,
    files: { scanned: inspected.scanned, looked: looked.length },
    failures: [...(request.failures ?? []), ...inspected.failures, ...inspection.failures],
    unmatched: inspected.unmatched.map((path) => all.typedAs.get(path) ?? path),
    asked: all.asked,
    cwd: all.cwd,
  };
}
