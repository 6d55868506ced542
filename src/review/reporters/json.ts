import { textOf } from '../../edits/code.ts';
import type { Evidence, Safety, Verdict } from '../../evidence.ts';
import type { Failure, IgnoreWarning, Plan } from '../../run/plan.ts';
import type { Written } from '../../run/write.ts';
import type { CommandVerified } from '../../run/verification/verify-command.ts';
import type { Proposal } from '../../transform.ts';
import { pathFrom } from '../patch-text.ts';
import { placesOf, type Place, type Places } from '../places.ts';
import { jsonVerification, type JsonVerification } from '../verification.ts';
import type { JsonSkips } from './skips.ts';

/** One obligation; `path` and `line` tell where it can be checked, if that is not the finding itself. */
export interface JsonEvidence {
  readonly verdict: Verdict;
  readonly claim: string;
  readonly path?: string;
  readonly line?: number;
}

/** Replaces `[start, end)`, UTF-16 units of the file on disk (a byte order mark is one), by `text`. */
export interface JsonEdit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface JsonFinding {
  readonly id: string;
  readonly transform: string;
  readonly safety: Safety;
  readonly path: string;
  /** The code that the finding is about: where it starts, and the place after it. Lines and columns from 1. */
  readonly start: Place;
  readonly end: Place;
  readonly title: string;
  readonly evidence: readonly JsonEvidence[];
  readonly edits: readonly JsonEdit[];
  /** Left out where the finding waits for somebody: `ignored` by a comment, or known from before, in the `baseline`. */
  readonly state?: 'ignored' | 'baseline';
  /** What the comment says, where it stands, and the level that the finding would have. */
  readonly ignored?: {
    readonly reason: string;
    readonly path: string;
    readonly line: number;
    readonly until?: string;
    readonly safety: Safety;
  };
}

/** Something to be said of an ignore comment; `says` lacks its subject: "gives no reason". */
export interface JsonWarning {
  readonly kind: IgnoreWarning['kind'];
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/** What `--format json` prints. Scripts rely on this shape: within version 1 nothing in it is renamed or removed. */
export interface JsonReport {
  readonly version: 1;
  readonly files: Plan['files'];
  readonly findings: readonly JsonFinding[];
  readonly failures: readonly Failure[];
  /** The tsconfig.json files that changes were type-checked with, and why something was not. */
  readonly types: { readonly configs: readonly string[]; readonly gaps: readonly string[] };
  /** The files that were written; left out where none was to be: in a check and in a dry run. */
  readonly written?: readonly string[];
  /** The id under which the journal keeps the run, for `hasten undo`; left out where nothing was written. */
  readonly run?: string;
  /** Left out where there are none. */
  readonly warnings?: readonly JsonWarning[];
  /** Of a check with a baseline: its path, how many of the findings it has, and how many of those that it has are gone. */
  readonly baseline?: { readonly path: string; readonly known: number; readonly fixed: number };
  /** What a command that was run on the result came to, where one was given. */
  readonly verification?: JsonVerification;
  /** What was left alone, where it was asked for. */
  readonly skips?: readonly JsonSkips[];
}

function asJsonEvidence({ verdict, claim, seenAt }: Evidence, cwd: string): JsonEvidence {
  if (seenAt === undefined) return { verdict, claim };
  return { verdict, claim, path: pathFrom(cwd, seenAt.path), line: seenAt.line };
}

function stateOf({ ignored, inBaseline }: Proposal, cwd: string): Pick<JsonFinding, 'state' | 'ignored'> {
  if (ignored === undefined) return inBaseline === true ? { state: 'baseline' } : {};
  const { at, ...said } = ignored;
  return { state: 'ignored', ignored: { ...said, path: pathFrom(cwd, at.path), line: at.line } };
}

/** One finding in the shape promised to scripts. */
export function jsonFinding(finding: Proposal, places: Places, cwd: string): JsonFinding {
  const { id, transform, safety, path, title } = finding;
  return {
    id,
    transform,
    safety,
    path: pathFrom(cwd, path),
    start: places.placeOf(path, finding.start),
    end: places.placeOf(path, finding.end),
    title,
    evidence: finding.evidence.map((one) => asJsonEvidence(one, cwd)),
    edits: finding.edits.map(({ file, span: [start, end], code }) => ({
      path: pathFrom(cwd, file),
      start: start + places.shiftOf(file),
      end: end + places.shiftOf(file),
      text: textOf(code, places.textOf(file)),
    })),
    ...stateOf(finding, cwd),
  };
}

/** The plan, what was written and what could not be, in the shape promised to scripts. Paths are relative to `cwd`. */
export function jsonReport(
  plan: Plan,
  cwd: string,
  written?: Written,
  verified?: CommandVerified,
): JsonReport {
  const places = placesOf(plan);
  const { scanned, matched, parsed, failed } = plan.files;
  const warnings = plan.warnings.map(({ kind, path, line, says }) => ({
    kind,
    path: pathFrom(cwd, path),
    line,
    says,
  }));
  return {
    version: 1,
    files: { scanned, matched, parsed, failed },
    findings: plan.findings.map((finding) => jsonFinding(finding, places, cwd)),
    failures: [...plan.failures, ...(written?.failures ?? [])].map(({ path, reason }) => ({
      path: pathFrom(cwd, path),
      reason,
    })),
    types: { configs: plan.types.configs.map((path) => pathFrom(cwd, path)), gaps: plan.types.gaps },
    ...(written === undefined ? {} : { written: written.written.map((path) => pathFrom(cwd, path)) }),
    ...(written?.run === undefined ? {} : { run: written.run }),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(verified === undefined ? {} : { verification: jsonVerification(verified) }),
  };
}
