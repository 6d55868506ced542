import { isAbsolute, relative, resolve, sep } from 'node:path';
import { Json } from '../json-value.ts';

/** What a run was asked to do. */
export interface Asked {
  /** Files, folders or globs, as they were typed. */
  readonly paths: readonly string[];
  readonly level: 'safe' | 'review';
}

/** A text that the journal keeps. */
export interface KeptText {
  /** Its SHA-256 in hexadecimal. */
  readonly hash: string;
  /** The first of its bytes in the run's file of texts, and how many they are. */
  readonly start: number;
  readonly length: number;
}

/** A proposal that has edits in a file. */
export interface AppliedProposal {
  readonly id: string;
  readonly transform: string;
}

/** One file of a run. */
export interface FileEntry {
  /** Absolute path, as the run found the file. */
  readonly path: string;
  /** Absolute path of what is written: another one where `path` leads through a link. */
  readonly target: string;
  /** Null where the file is created. */
  readonly before: KeptText | null;
  readonly after: KeptText;
  readonly proposals: readonly AppliedProposal[];
}

/** What is recorded of a run before its first byte is written; nothing in it changes later. */
export interface RunRecord {
  /** Ids sort by the time at which the runs began. */
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly began: string;
  readonly asked: Asked;
  readonly files: readonly FileEntry[];
  /** Absolute paths of folders that are made for created files, the outer ones first. */
  readonly folders: readonly string[];
}

/** What a run, or its undoing, is about: `writing` and `undoing` are not finished, also when nobody is at it. */
export type Phase = 'writing' | 'done' | 'undoing' | 'undone';

/** How far a run is. */
export interface RunState {
  readonly phase: Phase;
  /** Absolute paths of files that are left out: they could not be written, or were edited since and not undone. */
  readonly left: readonly string[];
}

const VERSION = 1;

/** A path as it is recorded: seen from the project, so that the project may be moved. */
const recorded = (root: string, path: string): string => {
  const seen = relative(root, path);
  return isAbsolute(seen) ? seen : seen.split(sep).join('/');
};

/** `record` as JSON. */
export const recordJson = (root: string, record: RunRecord): string =>
  JSON.stringify({
    version: VERSION,
    ...record,
    files: record.files.map((file) => ({
      ...file,
      path: recorded(root, file.path),
      target: recorded(root, file.target),
    })),
    folders: record.folders.map((folder) => recorded(root, folder)),
  });

/** `state` as JSON. */
export const stateJson = (root: string, { phase, left }: RunState): string =>
  JSON.stringify({ version: VERSION, phase, left: left.map((path) => recorded(root, path)) });

function parsed(text: string): Json {
  const json = new Json(JSON.parse(text), 'it');
  const version = json.key('version').count();
  if (version !== VERSION)
    throw new Error(`it is of version ${version}, and this hasten knows version ${VERSION}`);
  return json;
}

const asText = (json: Json): KeptText => ({
  hash: json.key('hash').string(),
  start: json.key('start').count(),
  length: json.key('length').count(),
});

/** The record in `text`. Throws an error that says what is wrong with it. */
export function asRecord(root: string, text: string): RunRecord {
  const json = parsed(text);
  const path = (one: Json): string => resolve(root, one.string());
  const asked = json.key('asked');
  return {
    id: json.key('id').string(),
    began: json.key('began').string(),
    asked: {
      paths: asked.key('paths').list((one) => one.string()),
      level: asked.key('level').oneOf(['safe', 'review']),
    },
    files: json.key('files').list((file) => ({
      path: path(file.key('path')),
      target: path(file.key('target')),
      before: file.key('before').isNull ? null : asText(file.key('before')),
      after: asText(file.key('after')),
      proposals: file.key('proposals').list((one) => ({
        id: one.key('id').string(),
        transform: one.key('transform').string(),
      })),
    })),
    folders: json.key('folders').list(path),
  };
}

/** The state in `text`. Throws an error that says what is wrong with it. */
export function asState(root: string, text: string): RunState {
  const json = parsed(text);
  return {
    phase: json.key('phase').oneOf(['writing', 'done', 'undoing', 'undone']),
    left: json.key('left').list((one) => resolve(root, one.string())),
  };
}
