import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Replaced } from '../edits/compose.ts';
import { isAtLeast } from '../evidence.ts';
import { loadBuilders } from '../syntax/builders.ts';
import { parseFile, type ParsedFile } from '../syntax/file.ts';
import { loadNativeParser } from '../syntax/native/parser.ts';
import type { Proposal } from '../transform.ts';
import { CATALOG } from './catalog.ts';
import type { Discovered } from './discover.ts';
import { breathing } from './breath.ts';
import { closeIgnores, type Ran } from './ignore-warnings.ts';
import { Ignores } from './ignores.ts';
import { todayOf, type Days } from './days.ts';
import {
  inspectFile,
  inspectProject,
  parseFailure,
  type ChosenTransform,
  type Failure,
  type Surroundings,
} from './inspect.ts';
import { recorderOf } from './asked.ts';
import { findingsCache } from './findings-cache.ts';
import { inspectInWorkers, isWorthWorkers, type FileInspected, type GivenFile } from './inspect-pool.ts';
import { idsInRun } from './naming.ts';
import { RunLimits } from './run-limits.ts';
import { MAX_PASSES, movedBack, restless, runPass } from './passes.ts';
import type { Plan, RunRequest, TypesChecked } from './plan.ts';
import { whyOutOfReach } from './reach.ts';
import { readSource, type Scanned } from './read.ts';
import type { PlanStep, StepProposal } from './composition.ts';
import type { FoundInAll, Inspection } from './shards/inspection.ts';
import type { Step } from './verify-types.ts';
import { Workspace } from './workspace.ts';
import { FILE_TIME_LIMIT, isLimited } from './time-limit.ts';
import { removalsOf, type UnusedIgnore } from './unused-ignores.ts';
import { hashOf } from './whole-file.ts';

/** A file as all passes leave it, before its imports are closed up and it is formatted. Texts are without byte order mark. */
export interface DraftText {
  /** Absolute path. */
  readonly path: string;
  /** Null where the file is to be created. */
  readonly before: string | null;
  readonly composed: string;
  readonly hasBom: boolean;
  /** Those whose edits are in it, with places in `before`. */
  readonly proposals: readonly Proposal[];
}

/** What all passes found and propose: a plan before its texts are tidied. Plain data. */
export interface Draft extends Pick<
  Plan,
  'files' | 'findings' | 'failures' | 'skipped' | 'passes' | 'types' | 'warnings' | 'steps'
> {
  readonly texts: readonly DraftText[];
  /** The files that some prefilter matched, or that proposals reach into. */
  readonly matched: readonly string[];
}

/** A draft, and what it was made from. */
export interface MadeDraft {
  readonly draft: Draft;
  /** Whether the same inputs give the same draft again: no transform threw or was stopped. */
  readonly isRepeatable: boolean;
  /** The text that was read of each file of the run that some prefilter matched, byte order mark included. */
  readonly sources: ReadonlyMap<string, string>;
  /** The text of every other file that a fact depends on, without byte order mark, or undefined where there is no such file. */
  readonly asked: ReadonlyMap<string, string | undefined>;
  /** The milliseconds that each transform took, by its id. The first one that asks waits for facts that the others know then. */
  readonly times: ReadonlyMap<string, number>;
  /** The days for which ignore comments say the same; undefined where none has a date. */
  readonly days: Days | undefined;
  /** What the draft was made from. */
  readonly inspection: Inspection;
}

/** What is done in the first pass, where that is not to look at all files. */
export interface FirstPass {
  /** Only these files are looked at, and nothing is composed. */
  readonly own?: ReadonlySet<string>;
  /** Nothing is looked at: that was done before. */
  readonly given?: Inspection;
}

/** How often only those are taken out that are to blame for what the type check tells; then all that may be. */
const MOST_ROUNDS = 8;

/** What all passes came to. */
interface Settled {
  readonly steps: readonly Step[];
  readonly passes: number;
  /** Files that still change in the last pass. */
  readonly unsettled: ReadonlySet<string>;
}

/** Trees that are kept beside that of the file at hand. */
const MOST_NEAR = 60;

const BOM = '\uFEFF';

/** More than any transform finds in a run. */
const MOST_IN_ALL = 1e9;

/** Everything that was found, in its order. */
const proposalsOf = ({ inFiles, inAll }: Pick<Inspection, 'inFiles' | 'inAll'>): readonly Proposal[] => [
  ...inFiles,
  ...inAll.map(({ proposal }) => proposal),
];

/** The folder that the ids of proposals are relative to: the git work tree's, so that they do not depend on where one stands. */
function rootOf(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

/** A transform that fails in one pass fails in the next one too: it is told once. */
const eachOnce = (failures: readonly Failure[]): readonly Failure[] => [
  ...new Map(failures.map((failure) => [`${failure.path}\0${failure.reason}`, failure])).values(),
];

/** Orders proposals by their paths and places. */
export const inFileOrder = (a: Proposal, b: Proposal): number =>
  a.path === b.path ? a.start - b.start || a.end - b.end : a.path < b.path ? -1 : 1;

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

/** Whether a run looks through `root` whole. */
const isWholeRun = (root: string, { cwd, paths, isList }: RunRequest): boolean =>
  (paths.length === 0 && isList !== true ? ['.'] : paths).some(
    (path) => !/^\.\.(?:[/\\]|$)/.test(relative(resolve(cwd, path), root)) && !/[*?[\]{}]/.test(path),
  );

/** A step without what it does in the files of `lost`, which no proposal of another file edits. */
const withoutFiles = ({ texts, proposals }: PlanStep, lost: ReadonlySet<string>): PlanStep => ({
  texts: texts.filter(({ path }) => !lost.has(path)),
  proposals: proposals.filter(({ edits }) => !edits.some(({ file }) => lost.has(file))),
});

/** The files that proposals edited, without those of `lost`. */
function draftTexts(
  workspace: Workspace,
  baselines: ReadonlyMap<string, string>,
  applied: readonly Proposal[],
  lost: ReadonlySet<string>,
): DraftText[] {
  const paths = [...new Set(applied.flatMap(({ edits }) => edits.map(({ file }) => file)))].toSorted();
  return paths.flatMap((path) => {
    const before = baselines.get(path) ?? null;
    const composed = workspace.textOf(path);
    if (lost.has(path)) return [];
    const proposals = applied.filter(({ edits }) => edits.some(({ file }) => file === path));
    return [{ path, before, composed, hasBom: workspace.boms.has(path), proposals }];
  });
}

/**
 * Runs all passes over what a scan of the files of a run found: nothing is written. A file that cannot be read, parsed or inspected, and a transform
 * that throws or does not end, is told in `failures`; everything else goes on.
 * @throws the reason of `request.signal` once it is aborted.
 */
export async function draftOf(
  request: RunRequest,
  discovered: Discovered,
  scanned: Scanned,
  { own, given: seenBefore }: FirstPass = {},
): Promise<MadeDraft> {
  const { cwd, level, signal, onProgress, onFound } = request;
  const asked = new Map<string, string | undefined>();
  let isRepeatable = true;
  const times = new Map<string, number>();
  /** Notes how long a transform was at work that began at `began`. */
  const noteTime = ({ transform: { id } }: ChosenTransform, began: number): void => {
    times.set(id, (times.get(id) ?? 0) + performance.now() - began);
  };
  const failures: Failure[] = [...discovered.failures];
  const workspace = new Workspace();
  failures.push(...scanned.failures);
  const matchedBy = new Map(scanned.matched.map(({ path, matches }) => [path, matches]));
  for (const { path, text, bom } of scanned.matched) {
    workspace.set(path, text);
    if (bom) workspace.boms.add(path);
  }
  const baselines = new Map(scanned.matched.map(({ path, text }) => [path, text]));
  const sources = new Map(scanned.matched.map(({ path, text, bom }) => [path, bom ? BOM + text : text]));
  const begun = { scanned: discovered.files.length, matched: baselines.size };
  if (baselines.size > 0) await loadNativeParser();
  const transforms: readonly ChosenTransform[] = await Promise.all(
    request.transforms.map(async (one) => ({
      transform: (await one.load?.()) ?? one.transform,
      options: one.options,
    })),
  );
  if (request.transforms.some(({ load }) => load === undefined)) await loadBuilders();
  const { createFacts } = await import('../facts/facts.ts');
  const facts = await createFacts({
    cwd,
    files: discovered.files,
    readText: (path) => (workspace.has(path) ? workspace.textOf(path) : undefined),
    onRead: (path, text) => asked.set(path, text),
    isTyped: request.types !== false,
    isImpatient: isLimited,
    isUpwards: transforms.some(({ transform }) => transform.asksCallers === true),
  });
  const inRun = new Set(discovered.files);
  /** The trees of files that proposals reach into; only a few at once, since they are large. */
  const near = new Map<string, ParsedFile>();
  const around: Surroundings = {
    facts,
    fileAt(path) {
      const known = near.get(path);
      if (known !== undefined && known.text === workspace.textOf(path)) return known;
      if (!workspace.has(path) && (!inRun.has(path) || load(path) !== undefined)) return undefined;
      try {
        const file = parseFile(path, workspace.textOf(path));
        if (near.size >= MOST_NEAR) near.delete(near.keys().next().value ?? '');
        near.set(path, file);
        return file;
      } catch {
        return undefined;
      }
    },
    root: rootOf(cwd),
    fileTimeLimit: request.fileTimeLimit ?? FILE_TIME_LIMIT,
  };
  const breathe = breathing(signal);
  const limits = new RunLimits(request, () => {
    facts.dispose();
    near.clear();
    facts.prepare([...baselines.keys()]);
  });
  let parsed = 0;
  const ignores = new Ignores({
    cwd,
    today: todayOf(request),
    baselineOf: (path) => baselines.get(path) ?? '',
    textOf: workspace.textOf,
  });
  /** Paths with the id of a transform that did not inspect the file to its end. */
  const stopped = new Set<string>();
  const ran: Ran = {
    builtIn: Object.keys(CATALOG),
    transforms: transforms.map(({ transform }) => transform.id),
    isInspected: (path, transform) => !stopped.has(`${path}\0${transform}`),
  };

  /** In a later pass the text is another one than the scan saw. */
  const isMatched = (
    path: string,
    { transform }: ChosenTransform,
    index: number,
    isFirst: boolean,
  ): boolean =>
    isFirst ? (matchedBy.get(path)?.[index] ?? false) : transform.prefilter.test(workspace.textOf(path));

  /** Reads a file that no prefilter matched; why it is not to be had, where it is not. */
  const load = (path: string): string | undefined => {
    const source = readSource(path);
    if (!('text' in source)) return source.reason;
    workspace.set(path, source.text);
    baselines.set(path, source.text);
    if (source.bom) workspace.boms.add(path);
    return undefined;
  };

  /** Reads the files that proposals edit although no prefilter matched them. */
  const readEdited = (proposals: readonly Proposal[]): void => {
    for (const path of new Set(proposals.flatMap(({ edits }) => edits.map(({ file }) => file)))) {
      if (workspace.has(path) || !existsSync(path)) continue; // It is created.
      const reason = load(path);
      if (reason !== undefined) failures.push({ path, reason });
    }
  };

  /** Whether a limit ended the first pass: what later passes would look at again is no news then. */
  let isCut = false;

  /** Tells that a limit ends the run before these files are looked at: by all transforms, or one that looks at all files. */
  const leave = (paths: readonly string[], isFirst: boolean, why: string, transform?: string): void => {
    isRepeatable = false;
    if (isCut && !isFirst) return;
    isCut ||= isFirst;
    const what = isFirst ? 'not looked at' : 'not looked at again as it is now';
    for (const path of paths) {
      if (transform === undefined) failures.push({ path, reason: `${what}: ${why}` });
      else failures.push({ path, reason: `${what} by ${transform}: ${why}`, transform });
      for (const id of transform === undefined ? ran.transforms : [transform]) stopped.add(`${path}\0${id}`);
    }
  };

  /** The files that worker threads inspected. */
  const inspectedBeside = new Set<string>();

  /** Notes what failed. A file that does not parse will not another time either; a transform may get further. */
  const noteFailures = (failed: readonly Failure[]): void => {
    failures.push(...failed);
    isRepeatable &&= failed.every(({ transform }) => transform === undefined);
    for (const { path, transform } of failed)
      if (transform !== undefined) stopped.add(`${path}\0${transform}`);
  };

  /** What was found in each file in an earlier run; nowhere where only some files are looked at. */
  const cache =
    own === undefined && seenBefore === undefined ? findingsCache(request, transforms, around) : undefined;

  /** What an earlier run found in these files, where it would be found again. */
  const inspectedBefore = (paths: readonly string[]): ReadonlyMap<string, FileInspected> =>
    new Map(
      paths.flatMap((path) => {
        const found = cache?.find(path, workspace.textOf(path));
        return found === undefined ? [] : [[path, found] as const];
      }),
    );

  /** Takes what was found in a file without this thread having parsed it. */
  const take = (one: FileInspected): readonly Proposal[] => {
    if (one.isParsed) parsed++;
    noteFailures(one.failures);
    ignores.commentsIn(one.path, workspace.textOf(one.path));
    if (one.proposals.length > 0) onFound?.(one.proposals);
    return one.proposals;
  };

  /** Has worker threads inspect files that are not `known`, where that can be done apart for each file and is worth it; what is found in all then. */
  const inspectBeside = async (
    paths: readonly string[],
    known: ReadonlyMap<string, FileInspected>,
  ): Promise<Proposal[]> => {
    const start = request.startWorker;
    const canBe = request.types === false && request.transforms.every((one) => one.load !== undefined);
    if (start === undefined || !canBe) return [];
    const unknown = paths.filter((path) => !known.has(path));
    const given = unknown.map((path): GivenFile => ({
      path,
      text: workspace.textOf(path),
      by: [...transforms.keys()].filter((index) => matchedBy.get(path)?.[index] === true),
    }));
    if (!isWorthWorkers(given)) return [];
    const byPath = new Map(known);
    await inspectInWorkers(given, {
      task: {
        cwd,
        root: around.root,
        fileTimeLimit: around.fileTimeLimit,
        isRecorded: cache !== undefined,
        transforms: transforms.map(({ transform: { id }, options }) => ({ id, options })),
      },
      start,
      signal,
      isEnded: () => limits.whyEnded() !== undefined,
      onAnswer(answer) {
        for (const { asked: questions, ...one } of answer.files) {
          byPath.set(one.path, one);
          cache?.note(one, workspace.textOf(one.path), questions);
        }
        for (const [path, text] of answer.asked) asked.set(path, text);
        for (const [id, time] of answer.times) times.set(id, (times.get(id) ?? 0) + time);
        onProgress?.({ stage: 'inspect', done: byPath.size, total: paths.length });
      },
    });
    return paths.flatMap((path) => {
      const one = byPath.get(path);
      if (one === undefined) return [];
      inspectedBeside.add(path);
      return take(one);
    });
  };

  /** What is found in files. Those that are not `own` are parsed for those transforms that look at all files. */
  const inspect = async (
    all: readonly string[],
    isFirst: boolean,
  ): Promise<Pick<Inspection, 'inFiles' | 'inAll'>> => {
    const isOwn = (path: string): boolean => !isFirst || own?.has(path) !== false;
    const paths = all.filter((path) => isOwn(path) || wholeProject);
    const known = isFirst ? inspectedBefore(paths.filter(isOwn)) : new Map<string, FileInspected>();
    const found: Proposal[] = isFirst ? await inspectBeside(paths.filter(isOwn), known) : [];
    const foundInAll: FoundInAll[] = [];
    const files: ParsedFile[] = [];
    // Whoever looks at a part of the files builds the same programs as who looks at all.
    facts.prepare(all);
    const rest = paths.filter((path) => !isFirst || !inspectedBeside.has(path));
    for (const [done, path] of rest.entries()) {
      await breathe();
      const whyEnded = limits.whyEnded();
      if (whyEnded !== undefined) {
        leave(rest.slice(done).filter(isOwn), isFirst, whyEnded);
        break;
      }
      if (isFirst)
        onProgress?.({ stage: 'inspect', done: paths.length - rest.length + done, total: paths.length });
      const before = known.get(path);
      if (before !== undefined) {
        found.push(...take(before));
        continue;
      }
      let file: ParsedFile;
      try {
        file = workspace.parse(path);
      } catch (error) {
        const failure = parseFailure(path, error);
        if (isOwn(path)) failures.push(failure);
        if (isFirst)
          cache?.note(
            { path, isParsed: false, proposals: [], failures: [failure] },
            workspace.textOf(path),
            [],
          );
        continue;
      }
      if (isFirst && isOwn(path)) parsed++;
      ignores.commentsIn(path, file.text, file);
      const mine = transforms.filter((chosen, index) => isMatched(path, chosen, index, isFirst));
      const inFile: Proposal[] = [];
      const failed: Failure[] = [];
      const recorder = cache === undefined || !isFirst ? undefined : recorderOf(around);
      for (const chosen of isOwn(path) ? mine : []) {
        const began = performance.now();
        const inspected = await inspectFile(
          chosen,
          file,
          recorder?.around ?? around,
          isFirst ? 'first' : 'later',
        );
        noteTime(chosen, began);
        inFile.push(...inspected.proposals);
        failed.push(...inspected.failures);
      }
      found.push(...inFile);
      noteFailures(failed);
      if (isFirst && inFile.length > 0) onFound?.(inFile);
      if (recorder !== undefined)
        cache?.note(
          { path, isParsed: true, proposals: inFile, failures: failed },
          file.text,
          recorder.asked(),
        );
      if (mine.some(({ transform }) => transform.inspectProject !== undefined)) files.push(file);
      else workspace.forgetTree(path);
    }
    for (const [index, chosen] of transforms.entries()) {
      const matching = files.filter((file) => isMatched(file.path, chosen, index, isFirst));
      const { id, inspectProject: isOfAll } = chosen.transform;
      const whyEnded = isOfAll === undefined || matching.length === 0 ? undefined : limits.whyEnded();
      if (whyEnded !== undefined) {
        const unseen = matching.map(({ path }) => path);
        leave(unseen, isFirst, whyEnded, id);
        continue;
      }
      const began = performance.now();
      const inspected = inspectProject(chosen, matching, around);
      if (isOfAll !== undefined) noteTime(chosen, began);
      const numbered = inspected.proposals.map((proposal, at) => ({
        at: index * MOST_IN_ALL + at,
        proposal,
      }));
      const mine = numbered.filter(({ proposal }) => isOwn(proposal.path));
      foundInAll.push(...mine);
      if (isFirst && mine.length > 0) onFound?.(mine.map(({ proposal }) => proposal));
      failures.push(...inspected.failures);
      isRepeatable &&= inspected.failures.length === 0;
      if (inspected.failures.length > 0)
        for (const { path } of files) stopped.add(`${path}\0${chosen.transform.id}`);
    }
    return { inFiles: found, inAll: foundInAll };
  };

  /** What the first pass looks at, or what was seen before. */
  const inspectFirst = async (): Promise<Inspection> => {
    const [failedBefore, knownBefore] = [failures.length, new Set(baselines.keys())];
    if (seenBefore !== undefined) {
      noteFailures(seenBefore.failures);
      for (const [path, transform] of seenBefore.stopped) stopped.add(`${path}\0${transform}`);
      for (const path of seenBefore.reached) if (!workspace.has(path)) load(path);
      for (const [path, text] of baselines) ignores.commentsIn(path, text);
      facts.prepare([...baselines.keys()]);
      parsed = seenBefore.parsed;
      return seenBefore;
    }
    const found = await inspect([...knownBefore], true);
    cache?.keep();
    return {
      ...found,
      failures: failures.slice(failedBefore),
      stopped: Array.from(stopped, (one) => {
        const [path = '', transform = ''] = one.split('\0');
        return [path, transform] as const;
      }),
      reached: [...baselines.keys()].filter((path) => !knownBefore.has(path)),
      parsed,
    };
  };

  let findings = new Map<string, Proposal>();
  let applied: Proposal[] = [];
  let planSteps: PlanStep[] = [];
  let passesSoFar: ReadonlyMap<string, readonly Replaced[]>[] = [];

  const isTold = ({ id, transform, path, start }: Proposal): boolean =>
    findings.has(id) ||
    [...findings.values()].some(
      (one) => one.transform === transform && one.path === path && one.start === start,
    );

  /** Tells what a later pass would have applied if no ignore comment kept it, unless that was told before. */
  const tellKept = (inspected: readonly Proposal[], judged: readonly Proposal[]): void => {
    for (const [index, one] of judged.entries()) {
      const before = inspected[index];
      if (before === one || before === undefined || !isAtLeast(before.safety, level)) continue;
      const kept = movedBack(one, passesSoFar);
      if (!isTold(kept)) findings.set(kept.id, kept);
    }
  };

  /** Proposals of a later pass under the ids that they have in the whole run. */
  const named = (found: readonly Proposal[]): Proposal[] => {
    const before = found.map((one) => movedBack(one, passesSoFar));
    const ids = idsInRun(before, [...findings.values()], new Set(applied.map(({ id }) => id)));
    return found.map((one, index) => ({ ...one, id: ids[index] ?? one.id }));
  };

  /** Notes what a pass applies, before the texts change. `tell` gives a proposal with its place in the file as it is on disk. */
  const noteStep = (accepted: readonly Proposal[], tell: (made: Proposal) => Proposal): void => {
    if (accepted.length === 0) return;
    const paths = [...new Set(accepted.flatMap(({ edits }) => edits.map(({ file }) => file)))].toSorted();
    planSteps.push({
      texts: paths.map((path) => ({ path, hash: hashOf(Buffer.from(workspace.textOf(path))) })),
      proposals: accepted.map((made): StepProposal => {
        const told = tell(made);
        applied.push(told);
        return { ...told, edits: made.edits, made: [made.start, made.end] };
      }),
    });
  };

  /** The texts from before the first pass of all files that were read. */
  const readTexts = (): ReadonlyMap<string, string> =>
    new Map([...scanned.ignoring.map(({ path, text }) => [path, text] as const), ...baselines]);

  /** Takes away, in what the passes left, the ignore comments that nothing needs. */
  const removeUnused = (unused: readonly UnusedIgnore[]): void => {
    const inUnused = new Set(unused.map(({ comment }) => comment.path));
    for (const { path, text, bom } of scanned.ignoring) {
      if (!inUnused.has(path) || workspace.has(path)) continue;
      workspace.set(path, text);
      baselines.set(path, text);
      if (bom) workspace.boms.add(path);
    }
    const removals = removalsOf(unused, {
      commentsIn: (path, text) => ignores.commentsIn(path, text),
      firstOf: (path) => parseFile(path, baselines.get(path) ?? ''),
      laterOf: workspace.parse,
      root: around.root,
      isWhole: isWholeRun(around.root, request),
      isComplete: failures.length === 0,
    });
    const told = new Map(removals.map((one) => [one.told.id, one.told]));
    const made = removals.flatMap((one) => one.made ?? []).filter(({ safety }) => isAtLeast(safety, level));
    const { accepted, demoted, texts } = runPass(made, workspace);
    for (const [id, one] of told) findings.set(id, one);
    for (const one of demoted) {
      const { start, end } = told.get(one.id) ?? one;
      findings.set(one.id, { ...one, start, end });
    }
    noteStep(accepted, (one) => told.get(one.id) ?? one);
    for (const [path, text] of texts) workspace.set(path, text);
  };

  const late = new Set(transforms.flatMap(({ transform }) => transform.before ?? []));
  const wholeProject = transforms.some(({ transform }) => transform.inspectProject !== undefined);

  /** Why proposals are taken out before anything is composed, by their ids. */
  const barred = (
    proposals: readonly Proposal[],
    refused: ReadonlyMap<string, string>,
  ): ReadonlyMap<string, string> => {
    const reasons = new Map(refused);
    for (const one of proposals) {
      const reason = whyOutOfReach(one, { root: around.root, files: inRun });
      if (reason !== undefined) reasons.set(one.id, reason);
    }
    return reasons;
  };

  /** All passes from the files as they are; proposals that are refused by their id, for a reason, are left out. */
  const settle = async (
    first: readonly Proposal[],
    refused: ReadonlyMap<string, string>,
  ): Promise<Settled> => {
    findings = new Map();
    applied = [];
    planSteps = [];
    passesSoFar = [];
    const steps: Step[] = [];
    let inspected = first;
    let passes = 0;
    let touched: readonly string[] = [];
    while (passes < MAX_PASSES) {
      await breathe();
      const isFirst = passes === 0;
      const reasons = barred(inspected, refused);
      readEdited(inspected.filter(({ id }) => !reasons.has(id)));
      const found = ignores.judge(inspected, passesSoFar);
      if (isFirst) for (const one of found) findings.set(one.id, one);
      else tellKept(inspected, found);
      const { accepted, deferred, demoted, texts, replaced } = runPass(
        (isFirst ? found : named(found)).filter(({ safety }) => isAtLeast(safety, level)),
        workspace,
        late,
        reasons,
      );
      for (const one of demoted)
        findings.set(one.id, isFirst ? one : (findings.get(one.id) ?? movedBack(one, passesSoFar)));
      noteStep(accepted, (one) => movedBack(one, passesSoFar));
      passesSoFar.push(replaced);
      const before = new Map([...texts.keys()].map((path) => [path, workspace.textOf(path)]));
      if (texts.size > 0) steps.push({ textOf: (path) => before.get(path) ?? '', accepted, texts });
      for (const [path, text] of texts) workspace.set(path, text);
      passes++;
      touched = [...texts.keys()].toSorted();
      if (touched.length === 0 || passes === MAX_PASSES) break;
      // What was deferred may be about a file that was not touched itself.
      const waiting = deferred.map(({ path }) => path);
      inspected = proposalsOf(
        await inspect(
          wholeProject ? [...baselines.keys()] : [...new Set([...touched, ...waiting])].toSorted(),
          false,
        ),
      );
    }
    return { steps, passes, unsettled: new Set(passes === MAX_PASSES ? touched : []) };
  };

  /** As often as the type check takes something out, so that in the end nothing new is told. */
  const settleVerified = async (
    first: readonly Proposal[],
  ): Promise<Settled & { readonly types: TypesChecked }> => {
    const refused = new Map<string, string>();
    const failedBefore = failures.length;
    for (let round = 0; ; round++) {
      const settled = await settle(first, refused);
      const types = { configs: [] as readonly string[], gaps: [] as readonly string[] };
      if (request.verifyTypes === false || request.types === false || settled.steps.length === 0)
        return { ...settled, types };
      const { typeChecksOf } = await import('../facts/type-check.ts');
      const { verifyTypes } = await import('./verify-types.ts');
      // What they hold is as large as what is built now.
      facts.dispose();
      near.clear();
      onProgress?.({ stage: 'types', done: 0, total: 1 });
      const changed = new Set(settled.steps.flatMap(({ texts }) => [...texts.keys()]));
      const checks = typeChecksOf(changed, (path, text) => asked.set(path, text));
      const { configs, culprits } = verifyTypes(settled.steps, checks, round >= MOST_ROUNDS);
      // Another time there may be more memory.
      if (checks.gaps.length > 0) isRepeatable = false;
      if (culprits.length === 0) return { ...settled, types: { configs, gaps: checks.gaps } };
      for (const { culprit, reason } of culprits) refused.set(culprit.id, reason);
      failures.length = failedBefore;
      for (const [path, text] of baselines) workspace.set(path, text);
      facts.prepare([...baselines.keys()]);
    }
  };

  try {
    const inspection = await inspectFirst();
    const { passes, unsettled, types } = await settleVerified(
      own === undefined ? proposalsOf(inspection) : [],
    );
    const matched = [...baselines.keys()].toSorted();
    const closed = closeIgnores(ignores, ran, readTexts());
    if (request.removeUnusedIgnores === true) removeUnused(closed.unused);
    failures.push(...[...unsettled].map(restless));

    const failed = new Set(failures.map(({ path }) => path));
    const lost = sharing(unsettled, applied);
    const draft: Draft = {
      files: { ...begun, matched: matched.length, parsed, failed: failed.size },
      findings: [...findings.values()].toSorted(inFileOrder),
      failures: eachOnce(failures),
      skipped: scanned.skipped,
      warnings:
        request.removeUnusedIgnores === true
          ? closed.warnings.filter(({ kind }) => kind !== 'unused')
          : closed.warnings,
      matched,
      texts: draftTexts(workspace, baselines, applied, lost),
      steps: planSteps.map((step) => withoutFiles(step, lost)),
      passes,
      types,
    };
    return { draft, isRepeatable, sources, asked, times, days: ignores.days, inspection };
  } finally {
    facts.dispose();
  }
}
