import { relative } from 'node:path';
import type { Proposal } from '../../transform.ts';
import { JournalError } from '../../errors.ts';
import { undo } from '../journal/undo.ts';
import type { Failure, FileChange } from '../plan.ts';
import { subsetOf, type Subset } from '../subset.ts';
import type { Composition } from '../composition.ts';
import { write, type WriteRequest, type Written } from '../write.ts';
import { hasOwners } from './codeowners.ts';
import { runGit } from './git.ts';
import { commitGroups, type Grouping } from './groups.ts';
import { commonWorkTree, whyNotCommit } from './why-not.ts';

/** What one commit has. */
export interface CommitPart {
  /** What the proposals have in common: see `CommitGroup`. */
  readonly name: string;
  /** What is in it and in no commit before. */
  readonly proposals: readonly Proposal[];
  /** What it makes of the files. */
  readonly changes: readonly FileChange[];
  /** Absolute path of the top of the work tree. */
  readonly top: string;
}

/** A commit that was made. */
export interface Commit {
  /** As git shortens it. */
  readonly hash: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** How a plan is committed. */
export interface CommitRequest extends WriteRequest {
  readonly grouping: Grouping;
  readonly allowDetached: boolean;
  readonly signoff: boolean;
  readonly messageOf: (part: CommitPart) => string;
}

/** What was written and committed. */
export interface Committed {
  readonly written: Written;
  /** What was made of the files that were written, and by which proposals. */
  readonly changes: readonly FileChange[];
  readonly commits: readonly Commit[];
}

/** Two changes of one file, the second made after the first, as one. */
const joined = (first: FileChange | undefined, second: FileChange): FileChange =>
  first === undefined
    ? second
    : {
        ...second,
        before: first.before,
        proposals: [
          ...new Map([...first.proposals, ...second.proposals].map((one) => [one.id, one])).values(),
        ],
      };

/** What lies between two subsets of a plan; undefined where a file that the first creates is not in the second. */
function between(
  before: Subset['texts'],
  after: Subset['texts'],
  done: ReadonlySet<string>,
): FileChange[] | undefined {
  const changes: FileChange[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(path), after.get(path)];
    const from = old?.after ?? now?.before ?? null;
    const to = now?.after ?? old?.before ?? null;
    if (to === null) return undefined;
    if (from === to) continue;
    const proposals = now?.proposals ?? [];
    const added = proposals.filter(({ id }) => !done.has(id));
    changes.push({ path, before: from, after: to, proposals: added.length > 0 ? added : proposals });
  }
  return changes;
}

/** Commits files that were written. Gives what git says where it does not. */
async function commitFiles(
  { top, changes }: CommitPart,
  message: string,
  signoff: boolean,
): Promise<string | undefined> {
  const nameOf = ({ path }: FileChange): string => relative(top, path);
  const created = changes.filter(({ before }) => before === null).map(nameOf);
  if (created.length > 0) {
    const added = await runGit(top, ['add', '--force', '--intent-to-add', '--', ...created]);
    if (!added.isDone) return added.stderr;
  }
  const words = ['commit', '--quiet', '--only', '--file=-', '--cleanup=whitespace'];
  const names = changes.map(nameOf);
  const made = await runGit(top, [...words, ...(signoff ? ['--signoff'] : []), '--', ...names], message);
  if (made.isDone) return undefined;
  if (created.length > 0) await runGit(top, ['reset', '--quiet', '--', ...created]);
  return [made.stderr, made.stdout]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
}

/** Takes back what was written for a commit that git did not make. */
async function takeBack(root: string, run: string | undefined): Promise<readonly Failure[]> {
  if (run === undefined) return [];
  try {
    return (await undo(root, run)).failures;
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return [{ path: error.path, reason: error.message }];
  }
}

/** Makes the commits one after the other, and keeps what came of it. */
class Commits {
  readonly commits: Commit[] = [];
  private readonly changes = new Map<string, FileChange>();
  private readonly top: string;
  private readonly request: CommitRequest;

  constructor(top: string, request: CommitRequest) {
    this.top = top;
    this.request = request;
  }

  get result(): Committed {
    return this.stopped([]);
  }

  stopped(failures: readonly Failure[]): Committed {
    const changes = [...this.changes.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    return {
      written: { written: changes.map(({ path }) => path), failures },
      changes,
      commits: this.commits,
    };
  }

  private isStopped(): boolean {
    return this.request.signal?.aborted === true;
  }

  private notMade(reason: string): Failure {
    const made = this.commits.length;
    const before = made === 1 ? '1 commit was made before' : `${made} commits were made before`;
    return {
      path: this.top,
      reason: `${reason}; ${made === 0 ? 'nothing was committed' : `${before}, and nothing after`}`,
    };
  }

  /** Writes and commits one part. Gives why that did not work: then its files are as they were. */
  async make(part: CommitPart): Promise<readonly Failure[]> {
    const { request } = this;
    if (this.isStopped()) return [this.notMade('was stopped')];
    const { failures, run } = await write(part, request);
    if (failures.length > 0) {
      // Nothing was begun at all, and the reason says why.
      if (run === undefined && this.commits.length === 0) return failures;
      // What Ctrl-C stopped half way can be finished or undone.
      if (this.isStopped()) return [...failures, this.notMade('was stopped')];
      return [
        ...failures,
        ...(await takeBack(request.root, run)),
        this.notMade('a file could not be written'),
      ];
    }
    const message = request.messageOf(part);
    const [subject = ''] = message.split('\n');
    const reason = await commitFiles(part, message, request.signoff);
    if (reason !== undefined) {
      const back = await takeBack(request.root, run);
      const taken = back.length === 0 ? ', and its changes are taken back' : '';
      // Ctrl-C reaches git and its hooks too: what they say then is nothing to mend.
      const what = this.isStopped() ? 'was stopped in the middle of' : 'git did not make';
      const { path, reason: notMade } = this.notMade(`${what} the commit "${subject}"${taken}`);
      const said = this.isStopped() || reason === '' ? '' : `. Git says:\n${reason}`;
      return [{ path, reason: `${notMade}${said}` }, ...back];
    }
    const { stdout } = await runGit(this.top, ['rev-parse', '--short', 'HEAD']);
    const files = part.changes.map(({ path }) => path);
    this.commits.push({ hash: stdout.trim(), subject, files });
    for (const change of part.changes)
      this.changes.set(change.path, joined(this.changes.get(change.path), change));
    return [];
  }
}

/**
 * Writes what the accepted proposals of a plan make of the files, and commits it in groups: after each commit the files are what the
 * proposals up to it make of them. What builds on several groups is in the commit of the last of them. Only the files that were written are
 * committed, and what is staged stays so. Where a commit cannot be made, its files are put back, the commits before it stay, and
 * those after it are not made.
 */
export async function commitSteps(
  composition: Composition,
  accepted: ReadonlySet<string>,
  request: CommitRequest,
): Promise<Committed> {
  const whole = await subsetOf(composition, accepted);
  const paths = [...whole.texts.keys()];
  const nothing = { changes: [], commits: [] };
  if (paths.length === 0) return { written: { written: [], failures: [] }, ...nothing };
  const found = commonWorkTree(paths);
  if (!('top' in found)) return { written: { written: [], failures: [found] }, ...nothing };
  const { top } = found;
  const commits = new Commits(top, request);
  if (request.grouping === 'per-owner' && !hasOwners(top))
    return commits.stopped([
      {
        path: top,
        reason: 'has no CODEOWNERS (in .github, at its top or in docs), so nobody knows the owners',
      },
    ]);
  const refused = await whyNotCommit(top, paths, request.allowDetached);
  if (refused !== undefined) return commits.stopped([refused]);

  let texts: Subset['texts'] = new Map();
  const done = new Set<string>();
  const wanted = new Set<string>();
  for (const { name, ids } of commitGroups(whole.applied, request.grouping, top)) {
    for (const id of ids) wanted.add(id);
    const isLast = wanted.size === whole.applied.length;
    const subset = isLast ? whole : await subsetOf(composition, wanted);
    const changes = between(texts, subset.texts, done);
    if (changes === undefined || changes.length === 0) continue;
    const proposals = subset.applied.filter(({ id }) => !done.has(id));
    const failures = await commits.make({ name, proposals, changes, top });
    if (failures.length > 0) return commits.stopped(failures);
    texts = subset.texts;
    for (const { id } of proposals) done.add(id);
  }
  return commits.result;
}
