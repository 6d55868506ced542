import { relative, resolve, sep } from 'node:path';
import type { Json } from '../json-value.ts';
import { PlanReader, proposalJson, written } from '../plan-file/document.ts';
import type { Inspection } from './inspection.ts';
import type { Shard } from './split.ts';

/** The version of the format that is written, and the only one that is read. */
export const SHARD_FORMAT = 1;

/** What one shard found. Paths are absolute here, and relative to the root in its file. */
export interface ShardDocument {
  readonly shard: Shard;
  /** The version of hasten that made it. */
  readonly hasten: string;
  /** What was asked for: plain data, which whoever asked understands. */
  readonly search: Readonly<Record<string, unknown>>;
  /** A digest of what the configuration and the options make of that. */
  readonly asks: string;
  /** A digest of the names and contents of all files of the run. */
  readonly files: string;
  /** Those that this shard looked at. */
  readonly looked: readonly string[];
  /** Digests of everything else that it read, by path; null where there is no such file. */
  readonly read: ReadonlyMap<string, string | null>;
  readonly inspection: Inspection;
}

const seenFrom = (root: string, path: string): string => relative(root, path).split(sep).join('/');

/**
 * What a shard found as JSON, with paths as seen from `root`.
 * @throws {OutsideRootError} where a file that was looked at is not inside of the root.
 */
export function shardJson({ inspection, looked, read, ...rest }: ShardDocument, root: string): object {
  const { inFiles, inAll, failures, stopped, reached, parsed } = inspection;
  return {
    format: SHARD_FORMAT,
    ...rest,
    looked: looked.map((path) => written(root, path)),
    parsed,
    found: inFiles.map((one) => proposalJson(root, one)),
    foundInAll: inAll.map(({ at, proposal }) => ({ at, proposal: proposalJson(root, proposal) })),
    failures: failures.map(({ path, ...why }) => ({ path: seenFrom(root, path), ...why })),
    stopped: stopped.map(([path, transform]) => ({ path: seenFrom(root, path), transform })),
    reached: reached.map((path) => written(root, path)),
    read: Object.fromEntries(Array.from(read, ([path, digest]) => [seenFrom(root, path), digest])),
  };
}

/** Reads the parts of what a shard found. */
function inspectionFrom(json: Json, root: string): Inspection {
  const reader = new PlanReader(root);
  return {
    inFiles: json.key('found').list((one) => reader.proposal(one)),
    inAll: json.key('foundInAll').list((one) => ({
      at: one.key('at').count(),
      proposal: reader.proposal(one.key('proposal')),
    })),
    failures: json.key('failures').list((one) => {
      const transform = one.key('transform').optional((value) => value.string());
      return {
        path: resolve(root, one.key('path').string()),
        reason: one.key('reason').string(),
        ...(transform === undefined ? {} : { transform }),
      };
    }),
    stopped: json
      .key('stopped')
      .list((one) => [resolve(root, one.key('path').string()), one.key('transform').string()] as const),
    reached: json.key('reached').list((one) => reader.path(one)),
    parsed: json.key('parsed').count(),
  };
}

/**
 * What a shard found, in a JSON value.
 * @throws {Error} which says what is wrong, and where in the document.
 */
export function asShardDocument(json: Json, root: string): ShardDocument {
  const format = json.key('format').count();
  if (format !== SHARD_FORMAT)
    throw new Error(`it has format ${format}, and this hasten reads format ${SHARD_FORMAT}`);
  const shard = { index: json.key('shard').key('index').count(), of: json.key('shard').key('of').count() };
  if (shard.index < 1 || shard.index > shard.of) throw json.key('shard').wrong('a shard, such as 1 of 4');
  const reader = new PlanReader(root);
  return {
    shard,
    hasten: json.key('hasten').string(),
    search: Object.fromEntries(json.key('search').entries((one) => one.plain())),
    asks: json.key('asks').string(),
    files: json.key('files').string(),
    looked: json.key('looked').list((one) => reader.path(one)),
    read: new Map(
      json
        .key('read')
        .entries((one) => (one.isNull ? null : one.string()))
        .map(([path, digest]) => [resolve(root, path), digest]),
    ),
    inspection: inspectionFrom(json, root),
  };
}
