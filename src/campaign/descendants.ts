import { readdirSync, readFileSync } from 'node:fs';

/** A process, as the system lists it. */
interface Listed {
  readonly pid: number;
  readonly parent: number;
  /** Bytes in memory. */
  readonly resident: number;
}

/** Bytes of a page on all systems that have `/proc`, but for some on ARM, where it is more. */
const PAGE = 4096;

/**
 * Fields 4 (parent) and 24 (resident pages) of `/proc/<pid>/stat`; the name in field 2 may have blanks and parentheses in it
 * (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
 */
function listed(pid: number): Listed | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), resident: Number(fields[21]) * PAGE };
  } catch {
    return undefined;
  }
}

/** A process and all that it started, directly or not, and that still runs; none where the system has no `/proc`. */
export function processTree(root: number): readonly Listed[] {
  let names: readonly string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  const all = names.filter((name) => /^\d+$/.test(name)).map((name) => listed(Number(name)));
  const children = new Map<number, Listed[]>();
  for (const one of all)
    if (one !== undefined) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = all.filter((one) => one?.pid === root).flatMap((one) => (one === undefined ? [] : [one]));
  for (let index = 0; index < found.length; index++)
    found.push(...(children.get(found[index]?.pid ?? 0) ?? []));
  return found;
}

/** Bytes that a process and all that it started have in memory; 0 where the system does not say. */
export const residentOf = (root: number): number =>
  processTree(root).reduce((sum, { resident }) => sum + resident, 0);

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Ends a process, all that it started, and its group, at once. */
export function killTree(root: number): void {
  const all = processTree(root);
  if (process.platform !== 'win32') kill(-root);
  kill(root);
  for (const { pid } of all) kill(pid);
}
