import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { pathFrom } from '../review/patch-text.ts';
import { FORMAT_NAMES, FORMATS, isFormat, type FormatName } from '../review/reporters/formats.ts';
import type { ReportSource } from '../review/report-source.ts';
import type { AppliedPlan } from './apply.ts';
import type { Checked } from './check.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import type { Planned } from './plan.ts';
import type { Ran } from './run.ts';
import { suggestion } from './suggest.ts';
import { versionOf } from './version.ts';

/** Anything that a report can tell of. */
export type Reportable = Planned | Ran | Checked | AppliedPlan;

/** What the documentation has on a transform. */
function pageOf(transform: string): string | undefined {
  try {
    return readFileSync(join(PACKAGE_ROOT, 'docs', 'transforms', `${transform}.md`), 'utf8');
  } catch {
    return undefined; // It is one of somebody else.
  }
}

const ABOUT = { pageOf, packageRoot: PACKAGE_ROOT } as const;

/** What all reports of something planned have in common. */
const plannedSource = (made: Planned) => ({
  ...made,
  ...ABOUT,
  composition: made,
  hasten: versionOf(PACKAGE_ROOT),
  transforms: made.looked.transforms,
});

/** What reports tell of a run. */
export function ranSource(ran: Ran): ReportSource {
  const { planned, written, verified, commits, cwd } = ran;
  return {
    ...plannedSource(ran),
    command: 'run',
    mode: ran.mode,
    failOn: 'never',
    json: async () => {
      const { jsonReport } = await import('../review/reporters/json.ts');
      const { jsonCommits } = await import('../review/reporters/commits.ts');
      const inCommits = commits === undefined ? {} : { commits: jsonCommits(commits, cwd) };
      return { ...jsonReport(planned, cwd, written, verified), ...inCommits };
    },
  };
}

/** What reports tell of a check. */
export function checkedSource(checked: Checked): ReportSource {
  const { baseline, cwd } = checked;
  return {
    ...plannedSource(checked),
    command: 'check',
    mode: 'check',
    failOn: checked.failOn,
    json: async () => {
      const { jsonReport } = await import('../review/reporters/json.ts');
      const use =
        baseline === undefined
          ? {}
          : {
              baseline: { path: pathFrom(cwd, baseline.path), known: baseline.known, fixed: baseline.fixed },
            };
      return { ...jsonReport(checked, cwd), ...use };
    },
  };
}

/** What reports tell of a plan that is applied: what is applied of it, and as not done what is left out. */
export function appliedSource(applied: AppliedPlan): ReportSource {
  const { cwd, mode, changes, commits, choice, failures } = applied;
  const { composition, summaries, asked, root } = choice.plan;
  const isApplied = new Set(applied.applied.map(({ id }) => id));
  const inPlan = new Map(applied.proposals.map((one) => [one.id, one]));
  const leftOut = applied.leftOut.map(({ id, reason }) => {
    const one = inPlan.get(id);
    return {
      path: one?.path ?? cwd,
      reason: `${one === undefined ? id : one.title} is left out: ${reason}`,
      ...(one === undefined ? {} : { transform: one.transform }),
    };
  });
  return {
    ...ABOUT,
    command: 'apply',
    mode,
    level: asked.level,
    failOn: 'never',
    cwd,
    root,
    composition,
    hasten: versionOf(PACKAGE_ROOT),
    changes,
    // Those of a later step have edits for a text that nobody has yet: they are shown by the changes.
    findings: composition.findings.filter(({ id }) => isApplied.has(id)),
    failures: [...failures, ...leftOut],
    skipped: [],
    warnings: [],
    transforms: [...new Set(applied.proposals.map(({ transform }) => transform))],
    summaries,
    json: async () => {
      const { jsonApplied } = await import('../review/reporters/applied.ts');
      const { jsonCommits } = await import('../review/reporters/commits.ts');
      const made = commits === undefined ? {} : { commits: jsonCommits(commits, cwd) };
      return { ...jsonApplied(applied, cwd), ...made };
    },
  };
}

/** What reports tell of something. */
function sourceOf(about: Reportable): ReportSource {
  if (!('command' in about)) return ranSource({ ...about, command: 'run', mode: 'dry-run', planned: about });
  if (about.command === 'run') return ranSource(about);
  return about.command === 'check' ? checkedSource(about) : appliedSource(about);
}

/**
 * Tells of something in one of the formats of the command line, as text in pieces.
 * @throws {UsageError} for a format that there is not.
 */
export async function* report(about: Reportable, format: FormatName): AsyncGenerator<string, void, void> {
  if (!isFormat(format))
    throw new UsageError(
      `There is no format \`${String(format)}\`.${suggestion(String(format), FORMAT_NAMES)}`,
    );
  yield* FORMATS[format].render(sourceOf(about));
}
