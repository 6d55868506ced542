import { readdirSync, readFileSync } from 'node:fs';

/** A process, as the system lists it. */
interface Listed {
  readonly pid: number;
  readonly parent: number;
  /** When it began: another process may get the same number later. */
  readonly beginning: string;
  /** Bytes in memory. */
  readonly resident: number;
}

/** Bytes of a page on all systems that have `/proc`, but for some on ARM, where it is more. */
const PAGE = 4096;

/**
 * Fields 4 (parent), 22 (beginning) and 24 (resident pages) of `/proc/<pid>/stat`; the name in field 2 may have blanks and parentheses in it
 * (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
 */
function listed(pid: number): Listed | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return {
      pid,
      parent: Number(fields[1]),
      beginning: fields[19] ?? '',
      resident: Number(fields[21]) * PAGE,
    };
  } catch {
    return undefined;
  }
}

/** All processes of this machine; none where the system has no `/proc`. */
function allListed(): readonly Listed[] {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map((name) => listed(Number(name))).filter((one) => one !== undefined);
  } catch {
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** A process and all that it starts, directly or not. What was seen once is remembered when what started it has ended. */
export class Descendants {
  private readonly root: number;
  private readonly seen = new Map<number, string>();

  constructor(root: number) {
    this.root = root;
    this.seen.set(root, listed(root)?.beginning ?? '');
  }

  /** Looks at them, and tells how many bytes they have in memory together; 0 where the system does not say. */
  look(): number {
    const all = allListed();
    if (all.length === 0) return 0;
    const isOurs = ({ pid, beginning }: Listed): boolean => this.seen.get(pid) === beginning;
    const children = new Map<number, Listed[]>();
    for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
    const found = new Map(all.filter(isOurs).map((one) => [one.pid, one]));
    // A map that grows while it is walked is walked to its new end.
    for (const pid of found.keys()) for (const child of children.get(pid) ?? []) found.set(child.pid, child);
    this.seen.clear();
    for (const { pid, beginning } of found.values()) this.seen.set(pid, beginning);
    return [...found.values()].reduce((sum, { resident }) => sum + resident, 0);
  }

  /** Ends all of them at once, and the group of the first. */
  kill(): void {
    this.look();
    if (process.platform !== 'win32') kill(-this.root);
    for (const [pid, beginning] of this.seen) if ((listed(pid)?.beginning ?? '') === beginning) kill(pid);
  }
}
