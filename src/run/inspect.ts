import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import { spanOf } from '../edits/edit.ts';
import { safetyOf } from '../evidence.ts';
import type { RunFacts } from '../facts/facts.ts';
import type { ParsedFile } from '../syntax/file.ts';
import type { FileContext, Finding, Options, Proposal, Transform } from '../transform.ts';
import { contextOf } from './context.ts';
import { runWithin, settledWithin, TimeLimitError } from './time-limit.ts';

/** A transform with the options that it runs with. */
export interface ChosenTransform {
  readonly transform: Transform;
  readonly options: Options;
}

/** One that need not be loaded before some file matches. */
export interface RequestedTransform extends ChosenTransform {
  /** Loads the whole transform, where `transform` does not inspect anything itself. */
  readonly load?: () => Promise<Transform>;
}

/** Something that could not be done, and why. */
export interface Failure {
  /** Absolute path. */
  readonly path: string;
  readonly reason: string;
  /** The transform that threw or was stopped, where it was one. */
  readonly transform?: string;
}

/** What one transform found. */
export interface Inspected {
  readonly proposals: readonly Proposal[];
  readonly failures: readonly Failure[];
}

/** What an inspection needs beside the file. */
export interface Surroundings {
  readonly facts: RunFacts;
  /** Paths in the ids of proposals are relative to this folder. */
  readonly root: string;
  /** A file of the run, parsed; undefined where it is none, or does not parse. */
  readonly fileAt: (path: string) => ParsedFile | undefined;
  /** Milliseconds of computing that one transform may take for one file. */
  readonly fileTimeLimit: number;
}

const digestOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);

/**
 * Names proposals: a hash of the transform, the path, the text at the place without regard to white space, and how many
 * of the same came before in the file. Decisions are stored by it, so edits elsewhere in the file must not change it.
 */
export function namerOf(transform: string, root: string): (path: string, text: string) => string {
  const seen = new Map<string, number>();
  return (path, text) => {
    const place = [transform, relative(root, path).split(sep).join('/'), text.replace(/\s+/g, ' ')];
    const key = place.join('\0');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return digestOf(...place, String(ordinal));
  };
}

/** A finding as a proposal: its evidence and edits complete, its level read off them. */
export function asProposal(
  finding: Finding,
  file: ParsedFile,
  transform: string,
  idOf: ReturnType<typeof namerOf>,
): Proposal {
  const [start, end] = spanOf(finding.at);
  const evidence = [...finding.evidence];
  const edits = [...(finding.edits ?? [])];
  const safety = edits.length === 0 ? 'report' : safetyOf(evidence);
  return {
    id: idOf(file.path, file.text.slice(start, end)),
    transform,
    path: file.path,
    start,
    end,
    title: finding.title,
    evidence,
    safety,
    edits: safety === 'report' ? [] : edits,
  };
}

/** Why a file does not parse. */
export const parseFailure = (path: string, error: unknown): Failure => {
  const { message, line, column } = error as { message: string; line?: number; column?: number };
  return {
    path,
    reason: line === undefined ? message : `does not parse: ${message} (line ${line}, column ${column ?? 1})`,
  };
};

const inTextOrder = (a: Proposal, b: Proposal): number => a.start - b.start || a.end - b.end;

/** Why a transform did not finish a file, as a person wants to read it. */
const reasonOf = (transform: string, error: unknown): string =>
  error instanceof TimeLimitError
    ? `the transform ${transform} ${error.message}`
    : `the transform ${transform} threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;

/** What `inspect` of a transform finds in a file. */
function foundIn(
  { transform, options }: ChosenTransform,
  file: ParsedFile,
  around: Surroundings,
): Proposal[] {
  const idOf = namerOf(transform.id, around.root);
  const findings = transform.inspect?.(contextOf(file, options, around.facts, around.fileAt)) ?? [];
  return Array.from(findings, (finding) => asProposal(finding, file, transform.id, idOf));
}

const failed = ({ transform: { id } }: ChosenTransform, { path }: ParsedFile, error: unknown): Inspected => ({
  proposals: [],
  failures: [{ path, reason: reasonOf(id, error), transform: id }],
});

/** All findings of one transform in one file. A transform that throws or does not end gives a failure and no findings. */
export async function inspectFile(
  chosen: ChosenTransform,
  file: ParsedFile,
  around: Surroundings,
  pass: 'first' | 'later' = 'first',
): Promise<Inspected> {
  const { transform, options } = chosen;
  const { fileTimeLimit, facts, root } = around;
  try {
    const proposals = runWithin(
      fileTimeLimit,
      () => foundIn(chosen, file, around),
      // The first question about a type waits for a whole program to be built, and one for callers for indexes of it: that time is not the transform's.
      () => facts.recover(file.path),
    );
    if (transform.inspectAsync !== undefined && pass === 'first') {
      const context = contextOf(file, options, facts, around.fileAt);
      const findings = runWithin(
        fileTimeLimit,
        () => transform.inspectAsync?.(context),
        () => facts.recover(file.path),
      );
      const idOf = namerOf(transform.id, root);
      const found = (await settledWithin(fileTimeLimit, findings)) ?? [];
      proposals.push(...Array.from(found, (finding) => asProposal(finding, file, transform.id, idOf)));
    }
    return { proposals: proposals.toSorted(inTextOrder), failures: [] };
  } catch (error) {
    return failed(chosen, file, error);
  }
}

/** A file, and the transforms that look at it. */
export interface Assigned {
  readonly file: ParsedFile;
  readonly by: readonly ChosenTransform[];
  /** What they find it in. */
  readonly around: Surroundings;
}

/**
 * The findings in some files by their syntax: for each file those of its transforms, in their order. One watchdog is set for all of
 * them, since to set one takes longer than many a transform; where it is not enough, each transform has its own for each file.
 * @param onTime takes the milliseconds that a transform took in a file.
 */
export async function inspectSyntax(
  files: readonly Assigned[],
  fileTimeLimit: number,
  onTime: (chosen: ChosenTransform, milliseconds: number) => void,
): Promise<Inspected[][]> {
  const attempt = (chosen: ChosenTransform, { file, around }: Assigned): Inspected => {
    const began = performance.now();
    try {
      return { proposals: foundIn(chosen, file, around).toSorted(inTextOrder), failures: [] };
    } catch (error) {
      return failed(chosen, file, error);
    } finally {
      onTime(chosen, performance.now() - began);
    }
  };
  try {
    return runWithin(fileTimeLimit, () => files.map((one) => one.by.map((chosen) => attempt(chosen, one))));
  } catch {
    const all: Inspected[][] = [];
    for (const { file, by, around } of files) {
      const found: Inspected[] = [];
      for (const chosen of by) found.push(await inspectFile(chosen, file, around));
      all.push(found);
    }
    return all;
  }
}

/** All findings of one transform that looks at the whole run: its time limit is that of all `files` together. */
export function inspectProject(
  chosen: ChosenTransform,
  files: readonly ParsedFile[],
  around: Surroundings,
): Inspected {
  const { transform, options } = chosen;
  if (transform.inspectProject === undefined || files.length === 0) return { proposals: [], failures: [] };
  const byPath = new Map(files.map((file) => [file.path, file]));
  function* contexts(): Generator<FileContext> {
    for (const file of files) yield contextOf(file, options, around.facts, around.fileAt);
  }
  try {
    const proposals = runWithin(
      around.fileTimeLimit * files.length,
      () => {
        const idOf = namerOf(transform.id, around.root);
        const found = transform.inspectProject?.({ options, facts: around.facts, files: contexts() }) ?? [];
        return Array.from(found, (finding) => {
          const file = byPath.get(finding.file);
          if (file === undefined)
            throw new TypeError(`a finding names ${finding.file}, which is no file of this run`);
          return asProposal(finding, file, transform.id, idOf);
        });
      },
      () => around.facts.recover(files[0]?.path ?? around.root),
    );
    return { proposals, failures: [] };
  } catch (error) {
    const path = files[0]?.path ?? around.root;
    const failure = { path, reason: reasonOf(transform.id, error), transform: transform.id };
    return { proposals: [], failures: [failure] };
  }
}
