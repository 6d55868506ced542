import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Replaced } from '../edits/compose.ts';
import { isAtLeast } from '../evidence.ts';
import { parseFile, type ParsedFile } from '../syntax/file.ts';
import type { Proposal } from '../transform.ts';
import { closeImports } from './close.ts';
import { discover } from './discover.ts';
import {
  inspectFile,
  inspectProject,
  type ChosenTransform,
  type Failure,
  type Surroundings,
} from './inspect.ts';
import { MAX_PASSES, movedBack, restless, runPass } from './passes.ts';
import { digestOf, digestOfFile, planCache, type CacheRequest, type Inputs } from './plan-cache.ts';
import { readSource, scan } from './read.ts';

export type { ChosenTransform, Failure } from './inspect.ts';

/** What a run is doing. */
export interface Progress {
  readonly stage: 'scan' | 'inspect' | 'format';
  readonly done: number;
  readonly total: number;
}

/** What to run, where, and how far. */
export interface RunRequest {
  /** Absolute path. Relative `paths` are relative to it. */
  readonly cwd: string;
  /** Files, folders or globs. */
  readonly paths: readonly string[];
  readonly transforms: readonly ChosenTransform[];
  /** Proposals of this level and better become changes. */
  readonly level: 'safe' | 'review';
  /** Globs: only files that match one of them. */
  readonly include?: readonly string[];
  /** Globs: no files that match one of them. */
  readonly exclude?: readonly string[];
  /** Milliseconds that one transform may take for one file; 10,000 unless told. */
  readonly fileTimeLimit?: number;
  /** Whether changed files that were formatted with prettier are formatted again; true unless told. */
  readonly format?: boolean;
  /** Where to look for the plan of an earlier run in which nothing was different, and to keep this one; nowhere unless told. */
  readonly cache?: CacheRequest;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the run at the next file; `plan` then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What a run would make of one file. Texts are whole, byte order mark included. */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  /** Null where the file is to be created. */
  readonly before: string | null;
  readonly after: string;
  /** Those whose edits are in it, with places in `before`. */
  readonly proposals: readonly Proposal[];
}

/** What a run would do. */
export interface Plan {
  readonly files: {
    readonly scanned: number;
    readonly matched: number;
    readonly parsed: number;
    readonly failed: number;
  };
  /** Everything that was found in the files as they are, in path and text order; edits are for the files as they are. */
  readonly findings: readonly Proposal[];
  /** What could not be read, parsed or inspected. */
  readonly failures: readonly Failure[];
  /** What was left out on purpose: generated and minified files. */
  readonly skipped: readonly Failure[];
  /** Arguments that name nothing. */
  readonly unmatched: readonly string[];
  readonly changes: readonly FileChange[];
  /** How many passes it took until nothing new was proposed. */
  readonly passes: number;
}

const BOM = '\uFEFF';
const DEFAULT_TIME_LIMIT = 10_000;

/** The folder that the ids of proposals are relative to: the git work tree's, so that they do not depend on where one stands. */
function rootOf(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

/** The texts and trees that the passes work on. */
class Workspace {
  private readonly texts = new Map<string, string>();
  private readonly parsed = new Map<string, ParsedFile>();
  readonly boms = new Set<string>();

  has(path: string): boolean {
    return this.texts.has(path);
  }

  set(path: string, text: string): void {
    this.texts.set(path, text);
    this.parsed.delete(path);
  }

  readonly textOf = (path: string): string => this.texts.get(path) ?? '';

  /** Parses the file when it is first asked for. Throws ParseError. */
  readonly parse = (path: string): ParsedFile => {
    const known = this.parsed.get(path) ?? parseFile(path, this.textOf(path));
    this.parsed.set(path, known);
    return known;
  };

  readonly fileOf = (path: string): ParsedFile | undefined => (this.has(path) ? this.parse(path) : undefined);

  /** Forgets the tree, which is much larger than the text. */
  forgetTree(path: string): void {
    this.parsed.delete(path);
  }
}

const parseFailure = (path: string, error: unknown): Failure => {
  const { message, line, column } = error as { message: string; line?: number; column?: number };
  return {
    path,
    reason: line === undefined ? message : `does not parse: ${message} (line ${line}, column ${column ?? 1})`,
  };
};

/** A transform that fails in one pass fails in the next one too: it is told once. */
const eachOnce = (failures: readonly Failure[]): readonly Failure[] => [
  ...new Map(failures.map((failure) => [`${failure.path}\0${failure.reason}`, failure])).values(),
];

const inFileOrder = (a: Proposal, b: Proposal): number =>
  a.path === b.path ? a.start - b.start || a.end - b.end : a.path < b.path ? -1 : 1;

/**
 * Finds out what `request` would do. Nothing is written. A file that cannot be read, parsed or inspected, and a transform
 * that throws or does not end, is told in `failures`; everything else goes on.
 * @throws the reason of `request.signal` once it is aborted.
 */
export async function plan(request: RunRequest): Promise<Plan> {
  const { cwd, transforms, level, signal, onProgress } = request;
  const discovered = await discover({
    cwd,
    paths: request.paths,
    include: request.include ?? [],
    exclude: request.exclude ?? [],
  });
  const cache = planCache(request.cache, request);
  const asked = [...request.paths, '', ...discovered.files];
  const before = cache.find(asked);
  if (before !== undefined) return before;
  const inputs: Inputs = new Map();
  const failures: Failure[] = [...discovered.failures];
  const workspace = new Workspace();
  const scanned = scan(
    discovered.files,
    transforms.map(({ transform }) => transform.prefilter),
    (done) => onProgress?.({ stage: 'scan', done, total: discovered.files.length }),
  );
  failures.push(...scanned.failures);
  const matchedBy = new Map(scanned.matched.map(({ path, matches }) => [path, matches]));
  for (const { path, text, bom } of scanned.matched) {
    workspace.set(path, text);
    if (bom) workspace.boms.add(path);
  }
  const baselines = new Map(scanned.matched.map(({ path, text }) => [path, text]));
  const failedFiles = new Set(failures.map(({ path }) => path));
  const empty: Plan = {
    files: { scanned: discovered.files.length, matched: baselines.size, parsed: 0, failed: failedFiles.size },
    findings: [],
    failures,
    skipped: scanned.skipped,
    unmatched: discovered.unmatched,
    changes: [],
    passes: 0,
  };
  if (baselines.size === 0) return empty;

  const { createFacts } = await import('../facts/facts.ts');
  const facts = await createFacts({
    cwd,
    readText: (path) => (workspace.has(path) ? workspace.textOf(path) : undefined),
    onRead: (path, text) => inputs.set(path, text === undefined ? null : digestOf(text)),
  });
  const around: Surroundings = {
    facts,
    root: rootOf(cwd),
    fileTimeLimit: request.fileTimeLimit ?? DEFAULT_TIME_LIMIT,
  };
  let parsed = 0;

  /** In a later pass the text is another one than the scan saw. */
  const isMatched = (
    path: string,
    { transform }: ChosenTransform,
    index: number,
    isFirst: boolean,
  ): boolean =>
    isFirst ? (matchedBy.get(path)?.[index] ?? false) : transform.prefilter.test(workspace.textOf(path));

  /** Reads the files that proposals edit although no prefilter matched them. */
  const readEdited = (proposals: readonly Proposal[]): void => {
    for (const path of new Set(proposals.flatMap(({ edits }) => edits.map(({ file }) => file)))) {
      if (workspace.has(path)) continue;
      if (!existsSync(path)) continue; // It is created.
      const source = readSource(path);
      if (!('text' in source)) {
        failures.push({ path, reason: source.reason });
        continue;
      }
      workspace.set(path, source.text);
      baselines.set(path, source.text);
      if (source.bom) workspace.boms.add(path);
    }
  };

  const inspect = async (paths: readonly string[], isFirst: boolean): Promise<Proposal[]> => {
    const found: Proposal[] = [];
    const files: ParsedFile[] = [];
    facts.prepare(paths);
    for (const [done, path] of paths.entries()) {
      signal?.throwIfAborted();
      if (isFirst) onProgress?.({ stage: 'inspect', done, total: paths.length });
      let file: ParsedFile;
      try {
        file = workspace.parse(path);
      } catch (error) {
        failures.push(parseFailure(path, error));
        continue;
      }
      if (isFirst) parsed++;
      const mine = transforms.filter((chosen, index) => isMatched(path, chosen, index, isFirst));
      for (const chosen of mine) {
        const inspected = await inspectFile(chosen, file, around, isFirst ? 'first' : 'later');
        found.push(...inspected.proposals);
        failures.push(...inspected.failures);
      }
      if (mine.some(({ transform }) => transform.inspectProject !== undefined)) files.push(file);
      else workspace.forgetTree(path);
    }
    for (const [index, chosen] of transforms.entries()) {
      const matching = files.filter((file) => isMatched(file.path, chosen, index, isFirst));
      const inspected = inspectProject(chosen, matching, around);
      found.push(...inspected.proposals);
      failures.push(...inspected.failures);
    }
    return found;
  };

  try {
    const findings = new Map<string, Proposal>();
    const applied: Proposal[] = [];
    const passesSoFar: ReadonlyMap<string, readonly Replaced[]>[] = [];
    const wholeProject = transforms.some(({ transform }) => transform.inspectProject !== undefined);
    let toInspect: readonly string[] = [...baselines.keys()];
    let passes = 0;
    let touched: readonly string[] = [];
    for (; toInspect.length > 0 && passes < MAX_PASSES; passes++) {
      const isFirst = passes === 0;
      const found = await inspect(toInspect, isFirst);
      if (isFirst) for (const one of found) findings.set(one.id, one);
      readEdited(found);
      const { accepted, deferred, demoted, texts, replaced } = runPass(
        found.filter(({ safety }) => isAtLeast(safety, level)),
        workspace,
      );
      for (const one of demoted)
        findings.set(one.id, isFirst ? one : (findings.get(one.id) ?? movedBack(one, passesSoFar)));
      applied.push(...accepted.map((one) => movedBack(one, passesSoFar)));
      passesSoFar.push(replaced);
      for (const [path, text] of texts) workspace.set(path, text);
      touched = [...texts.keys()].toSorted();
      // What was deferred may be about a file that was not touched itself.
      const waiting = deferred.map(({ path }) => path);
      if (touched.length === 0) toInspect = [];
      else
        toInspect = wholeProject ? [...baselines.keys()] : [...new Set([...touched, ...waiting])].toSorted();
    }
    const unsettled = new Set(passes === MAX_PASSES ? touched : []);
    failures.push(...[...unsettled].map(restless));

    const changes = await changesOf(request, workspace, baselines, applied, unsettled);
    const failed = new Set(failures.map(({ path }) => path));
    const made: Plan = {
      ...empty,
      files: { scanned: discovered.files.length, matched: baselines.size, parsed, failed: failed.size },
      findings: [...findings.values()].toSorted(inFileOrder),
      failures: eachOnce(failures),
      changes,
      passes,
    };
    if (failures.length === 0) {
      for (const path of discovered.files)
        inputs.set(path, baselines.has(path) ? digestOf(baselines.get(path) ?? '') : digestOfFile(path));
      cache.keep(asked, inputs, made);
    }
    return made;
  } finally {
    facts.dispose();
  }
}

/**
 * The files that share a proposal with one of `files`, over any number of steps: a proposal applies whole or not at all, so
 * these are left out together.
 */
function sharing(files: ReadonlySet<string>, proposals: readonly Proposal[]): ReadonlySet<string> {
  const found = new Set(files);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { edits } of proposals) {
      if (edits.some(({ file }) => found.has(file))) for (const { file } of edits) found.add(file);
    }
  }
  return found;
}

/** `composed` with imports without use removed, and formatted if asked; unchanged where that would not parse. */
async function closedUp(
  path: string,
  before: string,
  composed: string,
  isFormatted: boolean,
): Promise<string> {
  try {
    const { formatLike } = await import('./format.ts');
    const closed = closeImports(path, before, composed);
    const after = isFormatted ? await formatLike(path, before, closed) : closed;
    parseFile(path, after);
    return after;
  } catch {
    return composed; // It was checked as it is.
  }
}

/** The changed files, closed up: imports without use removed, formatted, byte order marks back in place. */
async function changesOf(
  request: RunRequest,
  workspace: Workspace,
  baselines: ReadonlyMap<string, string>,
  applied: readonly Proposal[],
  unsettled: ReadonlySet<string>,
): Promise<FileChange[]> {
  const paths = [...new Set(applied.flatMap(({ edits }) => edits.map(({ file }) => file)))].toSorted();
  const lost = sharing(unsettled, applied);
  const changes: FileChange[] = [];
  for (const [done, path] of paths.entries()) {
    request.signal?.throwIfAborted();
    request.onProgress?.({ stage: 'format', done, total: paths.length });
    const before = baselines.get(path) ?? null;
    const composed = workspace.textOf(path);
    if (lost.has(path) || composed === before) continue;
    const after =
      before === null ? composed : await closedUp(path, before, composed, request.format !== false);
    const bom = workspace.boms.has(path) ? BOM : '';
    changes.push({
      path,
      before: before === null ? null : bom + before,
      after: bom + after,
      proposals: applied.filter(({ edits }) => edits.some(({ file }) => file === path)),
    });
  }
  return changes;
}
