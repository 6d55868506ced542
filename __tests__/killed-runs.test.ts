import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalFolder } from '../src/run/journal/folder.ts';
import { resume } from '../src/run/journal/resume.ts';
import type { Phase } from '../src/run/journal/record.ts';
import { isRunId } from '../src/run/journal/run-id.ts';
import { readRuns } from '../src/run/journal/runs.ts';
import { undo } from '../src/run/journal/undo.ts';
import { write } from '../src/run/write.ts';
import type { Order } from './killed-runs/child.ts';
import { childrenInAdvance } from './killed-runs/children.ts';
import { countOperations } from './killed-runs/operations.ts';
import {
  changesIn,
  contentsOf,
  copyProject,
  differences,
  layProject,
  randomFrom,
  requestFor,
} from './killed-runs/project.ts';

/** How many runs are killed; `KILLS=200 npx vitest run __tests__/killed-runs.test.ts` for more, each undone and resumed. */
const KILLS = Number(process.env['KILLS'] ?? 12);
const isThorough = KILLS > 12;
const WAYS = ['undo', 'resume'] as const;
const SIZE = 500;
const SMALL = 7;

/** A folder in memory where there is one: waiting for a disk would take most of the time. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(place, 'hasten-killed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project, and what is in it before and after the run. */
interface Project {
  readonly template: string;
  readonly size: number;
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

async function makeProject(size: number): Promise<Project> {
  const template = join(folder, `template-${size}`);
  layProject(template, size);
  const root = join(folder, `written-${size}`);
  copyProject(template, root);
  const { failures } = await write({ changes: changesIn(root, size) }, requestFor(root));
  expect(failures).toEqual([]);
  return { template, size, before: contentsOf(template), after: contentsOf(root) };
}

/** What the journal holds beside its runs, and locks: those of a killed process are in nobody's way. */
const leftInJournal = (root: string): string[] =>
  readdirSync(journalFolder(root)).filter((name) => !/^(?:\.gitignore|[\d-]+|lock|\.lock-.*)$/.test(name));

/** Undoes or finishes the run in `root` if it was stopped, and tells what is not as it should be then. */
async function recovered(root: string, way: 'undo' | 'resume', project: Project): Promise<string[]> {
  const last = (await readRuns(root)).runs.at(-1);
  if (way === 'resume') {
    // Nothing was recorded, so nothing was written: the run is made anew.
    if (last === undefined) await write({ changes: changesIn(root, project.size) }, requestFor(root));
    else if (last.state.phase === 'writing' || last.state.phase === 'undoing')
      expect((await resume(root))?.failures).toEqual([]);
  } else if (last !== undefined) expect((await undo(root, last.record.id)).outcome).toBe('undone');
  const wanted = way === 'undo' || last?.state.phase === 'undone' ? project.before : project.after;
  const left = existsSync(journalFolder(root)) && last !== undefined ? leftInJournal(root) : [];
  return [...differences(wanted, contentsOf(root)), ...left];
}

/** Whether a run is recorded in `root`, and its files are being written. */
const isRecorded = (root: string): boolean =>
  existsSync(journalFolder(root)) && readdirSync(journalFolder(root)).some(isRunId);

/** How far the last run in `root` is; undefined where none is recorded. */
const phaseOf = async (root: string): Promise<Phase | undefined> =>
  (await readRuns(root)).runs.at(-1)?.state.phase;

/** How many tries there are for a child to be killed before it is done. */
const TRIES = 20;

/** Kills one run after the other in copies of a project. */
async function killer(project: Project, random: () => number) {
  const children = childrenInAdvance();
  const freshCopy = (root: string): string => {
    rmSync(root, { recursive: true, force: true });
    copyProject(project.template, root);
    return root;
  };
  const orderFor = (action: Order['action'], root: string): Order => ({ action, root, size: project.size });

  const measured = freshCopy(join(folder, 'measured'));
  const whole = await children.carryOut({ ...orderFor('write', measured), killAt: Number.MAX_SAFE_INTEGER });
  expect(differences(project.after, contentsOf(measured))).toEqual([]);
  const { operations = 0 } = whole;
  expect(operations).toBeGreaterThan(SIZE * 3);
  /** Milliseconds that a run takes, as far as that can be told beforehand. */
  let guess = whole.took ?? 0;

  return {
    /** A run that dies at a random moment: of the time that it takes to write, or one in eight also before. */
    async atMoment(root: string): Promise<void> {
      const since = random() < 1 / 8 ? () => true : () => isRecorded(root);
      for (let turn = 0; turn < TRIES; turn++) {
        const order = orderFor('write', freshCopy(root));
        const { signal, took } = await children.carryOut(order, { since, after: random() * guess });
        const isDone = took !== undefined || signal !== 'SIGKILL';
        guess *= isDone ? 0.8 : 1.05;
        if (!isDone) return;
      }
      throw new Error('The run was faster each time.');
    },
    /** A run that dies in front of, or half way through, a random operation. */
    async atOperation(root: string): Promise<void> {
      const killAt = 1 + Math.floor(random() * operations);
      const order = { ...orderFor('write', freshCopy(root)), killAt, isTorn: random() < 0.5 };
      expect(await children.carryOut(order)).toEqual({ signal: 'SIGKILL' });
    },
    /** Starts to put a killed run right and dies again, unless it is done by then. */
    async again(root: string, way: 'undo' | 'resume'): Promise<void> {
      await children.carryOut(orderFor(way, root), { since: () => true, after: random() * guess });
    },
    end: () => children.end(),
  };
}

describe('a run over 500 files', () => {
  it(
    'that is killed can be undone and finished',
    async () => {
      const project = await makeProject(SIZE);
      const kills = await killer(project, randomFrom(20_251));
      const wrong: string[] = [];
      const phases = new Map<string, number>();
      /** How many runs had made less than a quarter of their differences when they died, less than a half, and so on. */
      const quarters = [0, 0, 0, 0];
      const most = differences(project.before, project.after).length;
      for (let kill = 0; kill < KILLS; kill++) {
        const root = join(folder, `run-${kill}`);
        await (kill % 2 === 0 ? kills.atMoment(root) : kills.atOperation(root));
        const phase = (await phaseOf(root)) ?? 'not begun';
        phases.set(phase, (phases.get(phase) ?? 0) + 1);
        if (isThorough) {
          const share = differences(project.before, contentsOf(root)).length / most;
          const quarter = Math.min(3, Math.floor(share * 4));
          quarters[quarter] = (quarters[quarter] ?? 0) + 1;
        }
        const isUndone = kill % 4 < 2;
        for (const way of isThorough ? WAYS : [isUndone ? WAYS[0] : WAYS[1]]) {
          const twin = isThorough ? `${root}-${way}` : root;
          if (isThorough) copyProject(root, twin);
          if (phase === 'writing' && kill % 3 === 0) await kills.again(twin, way);
          const faults = await recovered(twin, way, project);
          if (faults.length > 0) wrong.push(`kill ${kill}, ${way}: ${faults.slice(0, 3).join(', ')}`);
          rmSync(twin, { recursive: true });
        }
        rmSync(root, { recursive: true, force: true });
      }
      kills.end();
      const right = KILLS - new Set(wrong.map((one) => one.split(',')[0])).size;
      if (isThorough)
        process.stderr.write(
          `${right} of ${KILLS}; ${JSON.stringify([...phases])}; by quarters of what was written: ${quarters.join(', ')}\n`,
        );
      expect(wrong).toEqual([]);
      expect(phases.get('writing')).toBeGreaterThan(KILLS * 0.7);
    },
    KILLS * 15_000,
  );
});

/** Carries out `act` and has everything stand still from operation `at` on. Tells what the operations were. */
async function standingStillFrom(
  at: number,
  isTorn: boolean,
  act: () => Promise<unknown>,
): Promise<{ readonly count: number; readonly isTearable: boolean }> {
  const operations = countOperations(at, isTorn, () => Promise.reject(new Error('The world stands still.')));
  try {
    await act().catch((error: unknown) => {
      if (operations.count < at) throw error;
    });
    const { count, isTearable } = operations;
    return { count, isTearable };
  } finally {
    operations.restore();
  }
}

/** Has the lock in `root` be that of a process that is no more, as it is after a kill. */
function leaveLock(root: string): void {
  const owner = join(journalFolder(root), 'lock', 'owner');
  if (existsSync(owner)) writeFileSync(owner, [hostname(), 999_999_999, ''].join('\n'));
}

const undoLast = async (root: string): Promise<unknown> =>
  undo(root, (await readRuns(root)).runs.at(-1)?.record.id ?? '');

/** Stops `act` in front of and half way through each of its operations, after `prepare`, and puts it right both ways. */
async function sweep(
  project: Project,
  prepare: (root: string) => Promise<unknown>,
  act: (root: string) => Promise<unknown>,
): Promise<{ wrong: string[]; points: number }> {
  const prepared = mkdtempSync(join(folder, 'prepared-'));
  const start = join(prepared, 'start');
  copyProject(project.template, start);
  await prepare(start);
  const wrong: string[] = [];
  const stopAt = async (at: number, isTorn: boolean) => {
    const root = join(prepared, 'stopped');
    copyProject(start, root);
    const stopped = await standingStillFrom(at, isTorn, () => act(root));
    leaveLock(root);
    for (const way of WAYS) {
      const twin = join(prepared, way);
      copyProject(root, twin);
      const faults = await recovered(twin, way, project);
      if (faults.length > 0) wrong.push(`operation ${at}, ${way}: ${faults.join(', ')}`);
      rmSync(twin, { recursive: true });
    }
    rmSync(root, { recursive: true });
    return stopped;
  };
  for (let at = 1; ; at++) {
    const { count, isTearable } = await stopAt(at, false);
    if (count < at) return { wrong, points: at };
    if (isTearable) await stopAt(at, true);
  }
}

/** Milliseconds, on a busy machine. */
const TIME = 300_000;

describe('every operation on the disk', { timeout: TIME }, () => {
  it('of a run can be the last one', async () => {
    const project = await makeProject(SMALL);
    const writeAll = (root: string): Promise<unknown> =>
      write({ changes: changesIn(root, SMALL) }, requestFor(root));
    const { wrong, points } = await sweep(project, () => Promise.resolve(), writeAll);
    expect(wrong).toEqual([]);
    expect(points).toBeGreaterThan(SMALL * 4);
  });

  it('of its undoing can be the last one, and of finishing it', async () => {
    const project = await makeProject(SMALL + 1);
    const { size } = project;
    const writeAll = (root: string): Promise<unknown> =>
      write({ changes: changesIn(root, size) }, requestFor(root));
    const undoing = await sweep(project, writeAll, undoLast);
    expect(undoing.wrong).toEqual([]);
    expect(undoing.points).toBeGreaterThan(size * 3);
    const half = async (root: string): Promise<void> => {
      await standingStillFrom(40, true, () => writeAll(root));
      leaveLock(root);
    };
    const finishing = await sweep(project, half, (root) => resume(root));
    expect(finishing.wrong).toEqual([]);
    expect(finishing.points).toBeGreaterThan(size);
  });
});
