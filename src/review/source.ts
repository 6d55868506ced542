import { basename, resolve } from 'node:path';
import { ownersIn } from '../run/commits/codeowners.ts';
import { loneChanges } from '../run/lone.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import { isInFolder, realPath } from '../run/real-path.ts';
import type { Composition } from '../run/composition.ts';
import type { FileChange } from '../run/plan.ts';
import type { Proposal } from '../transform.ts';
import { isOpen } from './describe.ts';
import { diffOf, type HunkLine } from './diff.ts';
import { ownHunks } from './own-hunks.ts';
import { pathFrom } from './patch-text.ts';
import { placesOf, type Places } from './places.ts';
import type { Review, ReviewDiff, ReviewEvidence, ReviewItem, ReviewLine, ReviewSource } from './review.ts';

/** What a review is made from. */
export interface ReviewRequest {
  readonly composition: Composition;
  /** Absolute path of the folder that paths are seen from, and whose CODEOWNERS counts. */
  readonly root: string;
  /** The version of hasten. */
  readonly hasten: string;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
  readonly decisions: Decisions;
  /** What all proposals make of the files, where that is at hand: most diffs can be read off it. */
  readonly changes?: readonly FileChange[];
}

/** Lines before and behind the one that evidence names. */
const AROUND = 6;

/** What evidence speaks of: a plan from somebody else must not make a page show anything else. */
const CODE = /\.(?:[cm]?[jt]sx?|prisma)$|(?:^|[/\\])(?:package|tsconfig[^/\\]*)\.json$/;

/** Whether `path` is code that lies in `root`, also where links lead. */
function isCodeIn(root: string, path: string): boolean {
  const real = realPath(path);
  return CODE.test(real) && isInFolder(realPath(root), real) && !/[/\\]\.(?:git|hasten)[/\\]/i.test(real);
}

const filesOf = ({ path, edits }: Proposal): string[] => {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.toSorted((a, b) => Number(b === path) - Number(a === path) || (a < b ? -1 : 1));
};

function asLine({ kind, text }: HunkLine): ReviewLine {
  if (!text.endsWith('\n')) return { kind, text, isUnended: true };
  return { kind, text: text.slice(0, -1) };
}

/** The diff of one file as a reviewer sees it. */
export function reviewDiff(change: FileChange, root: string, isLater: boolean): ReviewDiff {
  const { hunks } = diffOf(change);
  return {
    path: pathFrom(root, change.path),
    isNew: change.before === null,
    hunks: hunks.map(({ oldStart, newStart, lines }) => ({ oldStart, newStart, lines: lines.map(asLine) })),
    ...(isLater ? { later: true } : {}),
  };
}

/** Makes items of proposals. */
class Items {
  private readonly root: string;
  private readonly places: Places;
  private readonly unusable: Composition['unusable'];
  private readonly ownersOf: (path: string) => string;

  constructor(root: string, places: Places, unusable: Composition['unusable']) {
    this.root = root;
    this.places = places;
    this.unusable = unusable;
    this.ownersOf = ownersIn(root);
  }

  private evidence({ verdict, claim, seenAt }: Proposal['evidence'][number]): ReviewEvidence {
    if (seenAt === undefined) return { verdict, claim };
    return { verdict, claim, path: pathFrom(this.root, seenAt.path), line: seenAt.line };
  }

  of(one: Proposal, files: readonly string[]): ReviewItem {
    const { id, transform, safety, title } = one;
    const path = pathFrom(this.root, one.path);
    const stale = files.find((file) => this.unusable?.has(file));
    const why = stale === undefined ? '' : `${pathFrom(this.root, stale)} ${this.unusable?.get(stale)}`;
    return {
      id,
      transform,
      safety,
      path,
      ...this.places.placeOf(one.path, one.start),
      title,
      evidence: one.evidence.map((piece) => this.evidence(piece)),
      files: files.map((file) => pathFrom(this.root, file)),
      owner: this.ownersOf(path),
      ...(why === '' ? {} : { unusable: why }),
    };
  }
}

const inFileOrder = (a: ReviewItem, b: ReviewItem): number =>
  a.path === b.path ? a.line - b.line || a.column - b.column : a.path < b.path ? -1 : 1;

/** Makes a review of what a plan applies, and of what it reports. Files are read when somebody looks at them. */
export function reviewSource(request: ReviewRequest): ReviewSource {
  const { composition, root, hasten, summaries, decisions, changes = [] } = request;
  const { steps, findings, baselines, unusable } = composition;
  const places = placesOf({ changes: [...baselines].map(([path, before]) => ({ path, before })) });
  const items = new Items(root, places, unusable);
  const inSteps = new Map(
    steps.flatMap(({ proposals }, step) => proposals.map((one) => [one.id, { one, step }] as const)),
  );
  const reports = findings.filter((one) => !inSteps.has(one.id) && isOpen(one));
  const all = [
    ...[...inSteps.values()].map(({ one }) => items.of(one, filesOf(one))),
    ...reports.map((one) => items.of(one, [])),
  ].toSorted(inFileOrder);
  const review: Review = {
    name: basename(root),
    hasten,
    summaries: Object.fromEntries(summaries),
    items: all,
  };
  const shown = new Set(
    all.flatMap(({ path, files, evidence }) => [
      path,
      ...files,
      ...evidence.flatMap((one) => one.path ?? []),
    ]),
  );
  const lone = loneChanges(composition, changes);
  const own = ownHunks(composition, changes);
  return {
    review,
    decisions,
    async diffOf(id) {
      const found = inSteps.get(id);
      if (found === undefined) return [];
      const order = filesOf(found.one);
      const made = [...(own(found.one) ?? (await lone.of(id)))].toSorted(
        (a, b) => order.indexOf(a.path) - order.indexOf(b.path),
      );
      return made.map((change) => reviewDiff(change, root, found.step > 0));
    },
    async codeAround(path, line) {
      const absolute = resolve(root, path);
      if (!shown.has(path) || !isCodeIn(root, absolute)) return undefined;
      const lines = places.textOf(absolute).split(/\r?\n/);
      const from = Math.max(1, line - AROUND);
      return { path, from, lines: lines.slice(from - 1, line + AROUND) };
    },
  };
}
