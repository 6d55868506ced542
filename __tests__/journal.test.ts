import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalFolder, journalRoot, makeJournal } from '../src/run/journal/folder.ts';
import { locked } from '../src/run/journal/lock.ts';
import { resume } from '../src/run/journal/resume.ts';
import { newRunId } from '../src/run/journal/run-id.ts';
import { forgetOldest, MOST_FINISHED, readRuns } from '../src/run/journal/runs.ts';
import { undo } from '../src/run/journal/undo.ts';
import type { FileChange } from '../src/run/plan.ts';
import { write, type WriteRequest } from '../src/run/write.ts';
import type { Proposal } from '../src/transform.ts';
import { COMMAND_LINE, hastenIn } from './command-line.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-journal-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (name: string): string => join(root, name);

function lay(name: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
  chmodSync(at(name), mode);
}

const read = (name: string): string => readFileSync(at(name), 'utf8');
const modeOf = (name: string): number => lstatSync(at(name)).mode & 0o7777;

const proposal = (id: string): Proposal => ({
  id,
  transform: 'old-to-new',
  path: '',
  start: 0,
  end: 0,
  title: '',
  evidence: [],
  safety: 'safe',
  edits: [],
});

/** The change of a file, by proposals with these ids. */
const change = (name: string, before: string | null, after: string, ...ids: string[]): FileChange => ({
  path: at(name),
  before,
  after,
  proposals: (ids.length === 0 ? [name] : ids).map(proposal),
});

const writeAll = (changes: readonly FileChange[], more: Partial<WriteRequest> = {}) =>
  write({ changes }, { root, asked: { paths: ['src'], level: 'review' }, ...more });

/** A signal that is aborted once it was asked `times` times. */
function abortedAfter(times: number): AbortSignal {
  const { signal } = new AbortController();
  let asked = 0;
  Object.defineProperty(signal, 'aborted', { get: () => asked++ >= times });
  return signal;
}

/** Files `src/0.ts` … that a run was stopped in after it had written `done` of them. */
async function stopRun(count: number, done: number): Promise<string> {
  const changes = Array.from({ length: count }, (_, index) => change(`src/${index}.ts`, 'old\n', 'new\n'));
  for (let index = 0; index < count; index++) lay(`src/${index}.ts`, 'old\n');
  const { run = '', written } = await writeAll(changes, { signal: abortedAfter(done) });
  expect(written).toHaveLength(done);
  return run;
}

const phases = async (): Promise<string[]> => (await readRuns(root)).runs.map(({ state }) => state.phase);
const lastId = async (): Promise<string> => (await readRuns(root)).runs.at(-1)?.record.id ?? '';
const reasonsOf = ({ failures }: { failures: readonly { path: string; reason: string }[] }): string[] =>
  failures.map(({ path, reason }) => `${path.slice(root.length + 1)}: ${reason}`);

const hasten = (...words: readonly string[]) => hastenIn(root, words);

describe('a run that is done', () => {
  it('is undone to every byte, permission and link', async () => {
    const texts = {
      'src/lf.ts': 'old\n',
      'src/crlf.ts': 'one\r\nold\r\n',
      'src/bom.ts': '\uFEFFold',
      'src/empty.ts': '',
      'src/ünï.ts': "const ä = '𝒳';\n",
    };
    for (const [name, text] of Object.entries(texts)) lay(name, text);
    chmodSync(at('src/lf.ts'), 0o751);
    chmodSync(at('src/crlf.ts'), 0o600);
    lay('src/latin1.ts', Buffer.from([0xe4, 0x0d, 0x0a]));
    symlinkSync('bom.ts', at('src/link.ts'));
    const changes = Object.entries(texts).map(([name, text]) =>
      change(name === 'src/bom.ts' ? 'src/link.ts' : name, text, `${text}new ß`),
    );
    const { written, failures, run = '' } = await writeAll(changes);
    expect([written.length, failures]).toEqual([5, []]);
    expect(read('src/bom.ts')).toBe('\uFEFFoldnew ß');
    expect(modeOf('src/lf.ts')).toBe(0o751);

    expect(await undo(root, run)).toMatchObject({ outcome: 'undone', failures: [], removed: [] });
    for (const [name, text] of Object.entries(texts)) expect(read(name)).toBe(text);
    expect([modeOf('src/lf.ts'), modeOf('src/crlf.ts')]).toEqual([0o751, 0o600]);
    expect(readlinkSync(at('src/link.ts'))).toBe('bom.ts');
    expect(readFileSync(at('src/latin1.ts'))).toEqual(Buffer.from([0xe4, 0x0d, 0x0a]));
    expect(readdirSync(at('src')).toSorted()).toEqual(
      [...Object.keys(texts).map((name) => name.slice(4)), 'latin1.ts', 'link.ts'].toSorted(),
    );
    expect(await phases()).toEqual(['undone']);
  });

  it('takes what it created with it, and the folders that were made for that unless somebody uses them', async () => {
    lay('src/a.ts', 'old\n');
    const changes = [
      change('src/a.ts', 'old\n', 'new\n'),
      change('src/new/deep/b.ts', null, 'made\n'),
      change('used/c.ts', null, 'made\n'),
    ];
    const { run = '' } = await writeAll(changes);
    lay('used/mine.ts', 'mine\n');
    const { removed } = await undo(root, run);
    expect(removed).toEqual([at('src/new/deep/b.ts'), at('used/c.ts')]);
    expect([existsSync(at('src/new')), readdirSync(at('used'))]).toEqual([false, ['mine.ts']]);
  });

  it('is found again in a project that was moved', async () => {
    lay('project/a.ts', 'old\n');
    const { run = '' } = await writeAll([change('project/a.ts', 'old\n', 'new\n')], { root: at('project') });
    renameSync(at('project'), at('moved'));
    await undo(at('moved'), run);
    expect(read('moved/a.ts')).toBe('old\n');
  });

  it('is recorded where git does not look, and nobody else', async () => {
    execFileSync('git', ['init', '-q'], { cwd: root });
    await writeAll([change('made.ts', null, 'made\n')], { allowDirty: true });
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
    expect(status).toBe('?? made.ts\n');
    expect(modeOf('.hasten/journal')).toBe(0o700);
  });

  it('is kept until there are twenty newer ones; one that is unfinished always', async () => {
    for (let turn = 0; turn < MOST_FINISHED + 2; turn++) {
      const { failures } = await writeAll([change(`${turn}.ts`, null, 'made\n')]);
      expect(failures).toEqual([]);
    }
    const { runs, failures } = await readRuns(root);
    expect(runs).toHaveLength(MOST_FINISHED);
    expect(runs[0]?.record.files[0]?.path).toBe(at('2.ts'));
    const unfinished = { version: 1, phase: 'undoing', left: [] };
    const more = runs.map((run, index) => ({
      ...run,
      state: index === 0 ? ({ ...unfinished, phase: 'undoing' } as const) : run.state,
    }));
    await forgetOldest({ runs: [...more, ...runs.slice(-1)], failures }, root);
    expect((await readRuns(root)).runs.map(({ record }) => record.id)).toEqual(
      runs.map(({ record }) => record.id),
    );
    await forgetOldest({ runs: [...more, ...runs.slice(-2)], failures }, root);
    expect((await readRuns(root)).runs.map(({ record }) => record.id)).toEqual(
      [runs[0], ...runs.slice(2)].map((run) => run?.record.id),
    );
  });

  it('has an id that sorts behind those before it, also when the clock is set back', () => {
    const now = Date.UTC(2026, 0, 31, 18, 42, 5, 7);
    expect(newRunId(now, undefined)).toBe('20260131-184205-007');
    expect(newRunId(now, '20260131-184205-007')).toBe('20260131-184205-008');
    expect(newRunId(now, '20271231-235959-999')).toBe('20280101-000000-000');
  });
});

describe('files that were edited since', () => {
  beforeEach(async () => {
    for (const name of ['a.ts', 'b.ts', 'c.ts']) lay(name, 'old\n');
    await writeAll(['a.ts', 'b.ts', 'c.ts'].map((name) => change(name, 'old\n', 'new\n')));
  });

  it('keep the whole run as it is, or with --keep-edited only themselves', async () => {
    lay('b.ts', 'new\n// mine\n');
    rmSync(at('c.ts'));
    const refused = await hasten('undo');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr.split('\n')).toEqual([
      'failed b.ts: was edited since',
      'failed c.ts: was deleted since',
      `Nothing was undone: the reasons are above. \`hasten undo ${await lastId()} --keep-edited\` leaves these files as they are and undoes the others.`,
      '',
    ]);
    expect([read('a.ts'), await phases()]).toEqual(['new\n', ['done']]);

    const { code, stdout, stderr } = await hasten('undo', '--keep-edited');
    expect([code, stdout]).toEqual([0, 'restored a.ts\n']);
    expect(stderr).toContain('is undone, but for the files above.\n');
    expect([read('a.ts'), read('b.ts'), existsSync(at('c.ts'))]).toEqual(['old\n', 'new\n// mine\n', false]);
    const log: unknown = JSON.parse((await hasten('log', '--format', 'json')).stdout);
    expect(log).toMatchObject({ runs: [{ state: 'undone', left: ['b.ts', 'c.ts'] }] });
  });

  it('by a later run are named with it', async () => {
    const first = await lastId();
    await writeAll([change('a.ts', 'new\n', 'newer\n')]);
    const second = await lastId();
    expect(reasonsOf(await undo(root, first))).toEqual([
      `a.ts: was changed by the later run ${second}; undo that one first`,
    ]);
    await undo(root, second);
    expect((await undo(root, first)).outcome).toBe('undone');
    expect(read('a.ts')).toBe('old\n');
  });

  it('to what they were are undone already', async () => {
    lay('a.ts', 'old\n');
    const { outcome, restored } = await undo(root, await lastId());
    expect([outcome, restored]).toEqual(['undone', [at('b.ts'), at('c.ts')]]);
  });

  it('by making them links are not written through', async () => {
    lay('other.ts', 'new\n');
    rmSync(at('a.ts'));
    symlinkSync('other.ts', at('a.ts'));
    expect(reasonsOf(await undo(root, await lastId()))).toEqual(['a.ts: is or leads to another file since']);
    expect(read('other.ts')).toBe('new\n');
  });

  it('or locked are left, and the others can be undone', async () => {
    chmodSync(at('a.ts'), 0o444);
    expect(reasonsOf(await undo(root, await lastId()))).toEqual([
      'a.ts: is read-only; make it writable and try again',
    ]);
    expect((await undo(root, await lastId(), { keepEdited: true })).outcome).toBe('undone');
    expect([read('a.ts'), read('b.ts')]).toEqual(['new\n', 'old\n']);
  });
});

describe('a run that was stopped', () => {
  it('stops after a whole file, and says how to go on', async () => {
    const id = await stopRun(3, 2);
    expect(await phases()).toEqual(['writing']);
    expect([read('src/1.ts'), read('src/2.ts')]).toEqual(['new\n', 'old\n']);
    const { failures } = await writeAll([]);
    expect(failures).toEqual([
      {
        path: join(journalFolder(root), id),
        reason: `the run ${id} was stopped half way: \`hasten run --resume\` finishes it, \`hasten undo\` takes it back`,
      },
    ]);
  });

  it('is finished by `hasten run --resume`', async () => {
    const id = await stopRun(3, 1);
    const { code, stdout, stderr } = await hasten('run', '--resume');
    expect([code, stdout, stderr]).toEqual([
      0,
      'changed src/1.ts  1 place by old-to-new\nchanged src/2.ts  1 place by old-to-new\n',
      `The run ${id} is done.\n`,
    ]);
    expect([read('src/2.ts'), await phases()]).toEqual(['new\n', ['done']]);
    expect(await hasten('run', '--resume')).toMatchObject({
      code: 2,
      stderr: 'No run was stopped half way: there is nothing to resume.\n',
    });
  });

  it('is taken back by `hasten undo`, which may be stopped too', async () => {
    const id = await stopRun(4, 3);
    const stopped = await undo(root, id, { signal: abortedAfter(1) });
    expect([stopped.outcome, stopped.restored]).toEqual(['unfinished', [at('src/0.ts')]]);
    expect((await hasten('log')).stdout).toContain('  unfinished  ');
    expect((await hasten('log')).stdout).toContain('(half undone)');
    expect(reasonsOf(await writeAll([]))).toEqual([
      `.hasten/journal/${id}: undoing the run ${id} was stopped half way: \`hasten undo\` finishes that, \`hasten run --resume\` makes the changes again`,
    ]);
    expect((await undo(root, id)).restored).toEqual([at('src/1.ts'), at('src/2.ts')]);
    expect([0, 1, 2, 3].map((index) => read(`src/${index}.ts`))).toEqual([
      'old\n',
      'old\n',
      'old\n',
      'old\n',
    ]);
  });

  it('as it was being undone can be made again', async () => {
    const id = await stopRun(3, 3);
    await undo(root, id, { signal: abortedAfter(2) });
    const { code, stdout } = await hasten('run', '--resume', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      run: id,
      done: true,
      written: ['src/0.ts', 'src/1.ts'],
      failures: [],
    });
    expect(read('src/0.ts')).toBe('new\n');
  });

  it('is not finished over what was edited since', async () => {
    const id = await stopRun(3, 1);
    lay('src/2.ts', 'mine\n');
    const { code, stderr } = await hasten('run', '--resume');
    expect([code, stderr]).toEqual([
      2,
      `failed src/2.ts: was edited since; the run ${id} cannot be finished: \`hasten undo --keep-edited\` takes back its other files\n`,
    ]);
    expect(read('src/1.ts')).toBe('old\n');
    expect((await hasten('undo', '--keep-edited')).code).toBe(0);
    expect([read('src/0.ts'), read('src/2.ts')]).toEqual(['old\n', 'mine\n']);
  });

  it('goes before the undoing of another one', async () => {
    lay('a.ts', 'old\n');
    const { run = '' } = await writeAll([change('a.ts', 'old\n', 'new\n')]);
    const id = await stopRun(2, 1);
    await expect(undo(root, run)).rejects.toThrow(`the run ${id} was stopped half way`);
    expect(read('a.ts')).toBe('new\n');
  });
});

describe('a proposal over several files', () => {
  it('is put back whole where one of its files cannot be written', async () => {
    for (const name of ['a.ts', 'b.ts', 'c.ts']) lay(name, 'old\n');
    const changes = [
      change('a.ts', 'old\n', 'new\n', 'both'),
      change('b.ts', 'old\n', 'new\n', 'own'),
      // A file is where its folder would have to be.
      change('c.ts/new.ts', null, 'made\n', 'both'),
    ];
    const result = await writeAll(changes);
    expect(result.written).toEqual([at('b.ts')]);
    expect(reasonsOf(result)).toEqual([
      expect.stringMatching(/^c\.ts\/new\.ts: cannot be written: E/),
      'a.ts: belongs to a change of another file that cannot be written',
    ]);
    expect([read('a.ts'), read('b.ts'), read('c.ts')]).toEqual(['old\n', 'new\n', 'old\n']);
    expect((await readRuns(root)).runs[0]?.state).toEqual({
      phase: 'done',
      left: [at('c.ts/new.ts'), at('a.ts')],
    });
    lay('a.ts', 'mine\n');
    expect((await undo(root, result.run ?? '')).outcome).toBe('undone');
    expect([read('a.ts'), read('b.ts')]).toEqual(['mine\n', 'old\n']);
  });

  it('leaves no record where nothing of it could be written', async () => {
    lay('c.ts', 'old\n');
    const { written } = await writeAll([change('c.ts/new.ts', null, 'made\n')]);
    expect([written, await phases()]).toEqual([[], []]);
  });
});

/** Carries out `act` as a user whom permissions mean something to, as they do not to the superuser. */
async function asUser(act: () => Promise<void>): Promise<void> {
  const isSuperuser = process.geteuid?.() === 0;
  chmodSync(root, 0o777);
  if (isSuperuser) process.seteuid?.(65_534);
  try {
    await act();
  } finally {
    if (isSuperuser) process.seteuid?.(0);
  }
}

/** One proposal over two folders, and another one. */
const inTwoFolders = (): FileChange[] => [
  change('open/a.ts', 'old\n', 'new\n', 'both'),
  change('closed/b.ts', 'old\n', 'new\n', 'both'),
  change('open/c.ts', 'old\n', 'new\n'),
];
const layBoth = (): void => {
  for (const { path } of inTwoFolders()) lay(path.slice(root.length + 1), 'old\n');
};
const textsOfBoth = (): string[] => [read('open/a.ts'), read('closed/b.ts'), read('open/c.ts')];

describe('a folder that may not be written to', () => {
  it('keeps its files and those that belong to them as they are', () =>
    asUser(async () => {
      layBoth();
      chmodSync(at('closed'), 0o555);
      const result = await writeAll(inTwoFolders());
      chmodSync(at('closed'), 0o755);
      expect(reasonsOf(result)).toEqual([
        expect.stringMatching(/^closed\/b\.ts: cannot be written: EACCES/),
        'open/a.ts: belongs to a change of another file that cannot be written',
      ]);
      expect([textsOfBoth(), await phases()]).toEqual([['old\n', 'old\n', 'new\n'], ['done']]);
    }));

  it('is undone later, or not at all', () =>
    asUser(async () => {
      layBoth();
      const { run = '' } = await writeAll(inTwoFolders());
      chmodSync(at('closed'), 0o555);
      const { outcome, failures } = await undo(root, run);
      expect([outcome, textsOfBoth()]).toEqual(['unfinished', ['old\n', 'new\n', 'old\n']]);
      expect(reasonsOf({ failures })).toEqual([
        expect.stringMatching(/^closed\/b\.ts: cannot be written: EACCES/),
      ]);
      chmodSync(at('closed'), 0o755);
      expect((await undo(root, run)).outcome).toBe('undone');
      expect(textsOfBoth()).toEqual(['old\n', 'old\n', 'old\n']);

      const { run: second = '' } = await writeAll(inTwoFolders());
      chmodSync(at('closed'), 0o555);
      expect((await undo(root, second, { keepEdited: true })).outcome).toBe('undone');
      chmodSync(at('closed'), 0o755);
      expect([textsOfBoth(), await phases()]).toEqual([
        ['old\n', 'new\n', 'old\n'],
        ['undone', 'undone'],
      ]);
    }));
});

describe('what is not written', () => {
  it('is a second change that comes to the same file through a link', async () => {
    lay('a.ts', 'old\n');
    symlinkSync('a.ts', at('link.ts'));
    const result = await writeAll([change('a.ts', 'old\n', 'new\n'), change('link.ts', 'old\n', 'other\n')]);
    expect(reasonsOf(result)).toEqual([`link.ts: is the same file as ${at('a.ts')}`]);
    expect(read('a.ts')).toBe('new\n');
  });

  it('is a new file where a link is that leads nowhere', async () => {
    symlinkSync('nowhere.ts', at('new.ts'));
    expect(reasonsOf(await writeAll([change('new.ts', null, 'made\n')]))).toEqual([
      'new.ts: was created since the run began; it is left as it is',
    ]);
    expect(readlinkSync(at('new.ts'))).toBe('nowhere.ts');
  });

  it('is anything where the journal cannot be written', async () => {
    lay('a.ts', 'old\n');
    lay('.hasten', 'a file');
    const result = await writeAll([change('a.ts', 'old\n', 'new\n')]);
    expect(result.written).toEqual([]);
    expect(result.failures[0]?.reason).toMatch(/^the journal cannot be written: E/);
    expect(read('a.ts')).toBe('old\n');
  });

  it('is anything while another process writes, and the lock of one that is gone is taken over', async () => {
    lay('a.ts', 'old\n');
    const folder = await makeJournal(root);
    const result = await locked(folder, () => writeAll([change('a.ts', 'old\n', 'new\n')]));
    expect(reasonsOf(result)).toEqual([
      expect.stringContaining(`another hasten is writing here (process ${process.pid} on ${hostname()})`),
    ]);
    expect(read('a.ts')).toBe('old\n');
    expect(readdirSync(folder)).toEqual(['.gitignore']);

    const { pid = 0 } = spawnSync(process.execPath, ['--version']);
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', 'owner'), [hostname(), pid, ''].join('\n'));
    expect((await writeAll([change('a.ts', 'old\n', 'new\n')])).failures).toEqual([]);
  });

  it('is anything while a process of this number runs, unless it began at another time', async () => {
    lay('a.ts', 'old\n');
    const folder = await makeJournal(root);
    mkdirSync(join(folder, 'lock'));
    writeFileSync(join(folder, 'lock', 'owner'), [hostname(), process.pid, ''].join('\n'));
    expect((await writeAll([change('a.ts', 'old\n', 'new\n')])).written).toEqual([]);
    writeFileSync(join(folder, 'lock', 'owner'), ['elsewhere', 1, ''].join('\n'));
    expect((await writeAll([change('a.ts', 'old\n', 'new\n')])).written).toEqual([]);
    if (!existsSync('/proc/self/stat')) return;
    writeFileSync(join(folder, 'lock', 'owner'), [hostname(), process.pid, '1'].join('\n'));
    expect((await writeAll([change('a.ts', 'old\n', 'new\n')])).written).toEqual([at('a.ts')]);
  });
});

describe('a journal that is damaged', () => {
  it('is not undone with, and no file is touched', async () => {
    for (const name of ['a.ts', 'b.ts']) lay(name, 'old\n');
    const { run = '' } = await writeAll([change('a.ts', 'old\n', 'new\n'), change('b.ts', 'old\n', 'new\n')]);
    const texts = join(journalFolder(root), run, 'texts');
    writeFileSync(texts, readFileSync(texts, 'utf8').replace(/old\n$/, 'odd\n'));
    await expect(undo(root, run)).rejects.toThrow('is damaged');
    expect([read('a.ts'), read('b.ts')]).toEqual(['new\n', 'new\n']);
    expect(await phases()).toEqual(['done']);
  });

  it.each([
    ['{', /JSON/],
    ['{"version":2}', /it is of version 2, and this hasten knows version 1/],
    ['{"version":1,"id":"x","began":"y","asked":{"paths":[1]}}', /it\.asked\.paths\[0\] is not a string/],
  ])('is told, with what helps: %s', async (text, reason) => {
    lay('a.ts', 'old\n');
    const { run = '' } = await writeAll([change('a.ts', 'old\n', 'new\n')]);
    writeFileSync(join(journalFolder(root), run, 'run.json'), text);
    const { code, stderr } = await hasten('log');
    expect([code, stderr]).toEqual([2, expect.stringMatching(reason)]);
    expect(stderr).toContain(`failed .hasten/journal/${run}: the record of a run cannot be read: `);
    const { written, failures } = await writeAll([change('a.ts', 'new\n', 'newer\n')]);
    expect([written, failures[0]?.reason]).toEqual([[], expect.stringMatching(reason)]);
  });

  it('is not passed over by undo for the run before it, which is undone', async () => {
    lay('a.ts', 'old\n');
    const { run: first = '' } = await writeAll([change('a.ts', 'old\n', 'new\n')]);
    await undo(root, first);
    const { run: second = '' } = await writeAll([change('a.ts', 'old\n', 'new\n')]);
    writeFileSync(join(journalFolder(root), second, 'state.json'), '{');
    const { code, stdout, stderr } = await hasten('undo', '--format', 'json');
    expect([code, stdout, read('a.ts')]).toEqual([2, '', 'new\n']);
    expect(stderr).toContain(`failed .hasten/journal/${second}: the record of a run cannot be read: `);
    expect((await hasten('undo', first)).stderr).toContain(`The run ${first} is undone already.`);
  });
});

const git = (...words: string[]): void =>
  void execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@e', ...words], { cwd: root });
const attempt = (allowDirty = false) => writeAll([change('src/a.ts', 'old\n', 'new\n')], { allowDirty });

describe('a git work tree', () => {
  beforeEach(() => {
    git('init', '-q');
    lay('src/a.ts', 'old\n');
    lay('src/b.ts', 'old\n');
    lay('.gitignore', 'ignored/\n');
    git('add', '-A');
    git('commit', '-qm', 'start');
  });

  it('that is clean is written to, whatever is not tracked in it', async () => {
    lay('notes.txt', 'mine\n');
    lay('ignored/a.ts', 'mine\n');
    expect(await attempt()).toMatchObject({ written: [at('src/a.ts')], failures: [] });
  });

  it.each([
    ['a changed file', () => lay('src/b.ts', 'mine\n'), 'src/b.ts'],
    ['a staged file', () => (lay('src/c.ts', 'mine\n'), git('add', '-A')), 'src/c.ts'],
    ['a deleted file', () => rmSync(at('src/b.ts')), 'src/b.ts'],
    ['a moved file', () => git('mv', 'src/b.ts', 'src/c d.ts'), 'src/c d.ts'],
    ['the file itself untracked', () => git('rm', '-q', '--cached', 'src/a.ts'), 'src/a.ts'],
  ])('with %s is refused, unless that is allowed', async (_, dirty, named) => {
    dirty();
    const refused = await attempt();
    expect(refused.written).toEqual([]);
    expect(refused.failures).toEqual([
      {
        path: root,
        reason: `the git work tree has changes that are not committed (${named}): commit or stash them, or go on with --allow-dirty`,
      },
    ]);
    expect([read('src/a.ts'), existsSync(journalFolder(root))]).toEqual(['old\n', false]);
    expect((await attempt(true)).written).toEqual([at('src/a.ts')]);
  });

  it('names five files of many', async () => {
    for (let index = 0; index < 7; index++) lay(`src/new-${index}.ts`, 'mine\n');
    git('add', '-A');
    expect((await attempt()).failures[0]?.reason).toContain('src/new-4.ts and 2 more)');
  });

  it('is that of the file that is written, also through a link', async () => {
    lay('inner/real.ts', 'old\n');
    execFileSync('git', ['init', '-q'], { cwd: at('inner') });
    symlinkSync('inner/real.ts', at('link.ts'));
    const { failures } = await writeAll([change('link.ts', 'old\n', 'new\n')]);
    expect(reasonsOf({ failures })).toEqual([
      expect.stringContaining('inner: the git work tree has changes'),
    ]);
    expect(failures[0]?.reason).toContain('(real.ts)');
  });

  it('has its journal at the top; without git it is where the nearest one is', () => {
    expect(journalRoot(at('src'))).toBe(root);
    rmSync(at('.git'), { recursive: true });
    mkdirSync(at('.hasten'));
    expect(journalRoot(at('src'))).toBe(root);
    rmSync(at('.hasten'), { recursive: true });
    expect(journalRoot(at('src'))).toBe(at('src'));
  });
});

describe('the commands', () => {
  it('list runs, the newest first, and undo the last one once', async () => {
    lay('a.ts', 'old\n');
    const { run: first = '' } = await writeAll([change('a.ts', 'old\n', 'new\n')]);
    const { run: second = '' } = await writeAll([
      change('a.ts', 'new\n', 'newer\n'),
      change('made/b.ts', null, 'made\n'),
    ]);
    const { code, stdout } = await hasten('undo', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      run: second,
      undone: true,
      restored: ['a.ts'],
      removed: ['made/b.ts'],
      failures: [],
    });
    expect(read('a.ts')).toBe('new\n');
    expect(await hasten('undo')).toEqual({
      code: 0,
      stdout: '',
      stderr: `The run ${second} is undone already. The one before: hasten undo ${first}\n`,
    });
    expect(read('a.ts')).toBe('new\n');

    const lines = (await hasten('log')).stdout.split('\n');
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${second}  undone {6}\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ  2 files  review  old-to-new$`,
        ),
      ),
      expect.stringMatching(new RegExp(`^${first}  done {8}.*Z  1 file  review  old-to-new$`)),
      '',
    ]);
    const began: unknown = expect.stringMatching(/^\d{4}-.*Z$/);
    const shared = {
      began,
      stopped: null,
      level: 'review',
      paths: ['src'],
      transforms: ['old-to-new'],
      left: [],
    };
    expect(JSON.parse((await hasten('log', '--format', 'json')).stdout)).toEqual({
      version: 1,
      runs: [
        {
          ...shared,
          id: second,
          state: 'undone',
          files: [
            { path: 'a.ts', created: false },
            { path: 'made/b.ts', created: true },
          ],
        },
        { ...shared, id: first, state: 'done', files: [{ path: 'a.ts', created: false }] },
      ],
      failures: [],
    });

    expect((await hasten('undo', first)).stdout).toBe('restored a.ts\n');
    expect(read('a.ts')).toBe('old\n');
  });

  it('say what is wrong with what was typed', async () => {
    expect(await hasten('undo')).toMatchObject({ code: 2, stderr: 'There is no run to undo here.\n' });
    expect(await hasten('log')).toMatchObject({ code: 0, stderr: 'No run is recorded here.\n' });
    const { run: first = '' } = await writeAll([change('a.ts', null, 'made\n')]);
    const { run: second = '' } = await writeAll([change('b.ts', null, 'made\n')]);
    expect(await hasten('undo', '1999')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(
        'There is no run 1999; `hasten log` lists all that are kept.',
      ) as unknown,
    });
    expect(await hasten('undo', '20')).toMatchObject({
      code: 3,
      stderr: `hasten: Several runs begin with 20: ${first}, ${second}.\n`,
    });
    for (const words of [
      ['src'],
      ['--dry-run'],
      ['--level', 'safe'],
      ['-t', 'x'],
      ['--', 'src'],
      ['--verify', 'npm test'],
      ['--commit', 'per-transform'],
      ['--allow-dirty'],
      ['--time-limit', '60'],
    ])
      expect(await hasten('run', '--resume', ...words)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(
          '--resume finishes the run that was stopped, as that was asked for',
        ) as unknown,
      });
    expect((await hasten('run', '--resume=maybe')).code).toBe(3);
    expect((await hasten('run', '--resume', '--format', 'patch')).code).toBe(3);
    expect([existsSync(at('a.ts')), existsSync(at('b.ts'))]).toEqual([true, true]);
  });
});

/** Renames calls of `old`. */
const TRANSFORM = `import { defineTransform, holds } from 'hasten';
export default defineTransform({
  id: 'old-to-new',
  summary: 'Call the new one.',
  prefilter: /old/,
  *inspect({ find, j, replace }) {
    for (const { node } of find(j.CallExpression, { callee: { name: 'old' } }))
      yield { at: node, title: 'old → new', evidence: [holds('\`new\` is \`old\`')], edits: [replace(node.callee, 'fresh')] };
  },
});
`;

describe('hasten run', () => {
  beforeEach(() => {
    lay('mods/rename.ts', TRANSFORM);
    lay('hasten.config.json', '{ "transforms": { "./mods/rename.ts": true } }');
  });

  it('refuses a dirty tree with 2 only when it would write, and with --allow-dirty goes on', async () => {
    lay('src/a.ts', 'old();\n');
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect((await hasten('run', 'src', '--dry-run')).code).toBe(0);
    const refused = await hasten('run', 'src');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(
      'failed .: the git work tree has changes that are not committed (src/a.ts)',
    );
    expect(refused.stderr).toContain('0 files changed;');
    const { stdout } = await hasten('run', 'src', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ failures: [{ path: '.' }] });
    expect(read('src/a.ts')).toBe('old();\n');
    expect((await hasten('run', 'src', '--allow-dirty')).code).toBe(0);
    expect(read('src/a.ts')).toBe('fresh();\n');
    expect((await hasten('run', 'src')).code).toBe(0);
    expect((await hasten('undo')).stdout).toBe('restored src/a.ts\n');
    expect(read('src/a.ts')).toBe('old();\n');
  });

  it('refuses after a run that was stopped, also when it finds nothing', async () => {
    lay('src/a.ts', 'other();\n');
    expect((await hasten('run', 'src')).code).toBe(0);
    await stopRun(2, 1);
    const { code, stderr } = await hasten('run', 'src');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /was stopped half way: `hasten run --resume` finishes it, `hasten undo` takes it back/,
      ),
    ]);
    expect((await hasten('run', 'src', '--dry-run')).code).toBe(0);
  });

  it('ends with 2 at Ctrl-C, after the file that it was writing', async () => {
    const count = 400;
    const pad = '// some more\n'.repeat(50);
    for (let index = 0; index < count; index++) lay(`src/${index}.ts`, `old();\n${pad}`);
    const child = spawn(process.execPath, [...COMMAND_LINE, 'run', 'src'], { cwd: root });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise((done) => child.on('close', done));
    const folder = journalFolder(root);
    const isWriting = (): boolean =>
      existsSync(folder) && readdirSync(folder).some((name) => /^\d/.test(name));
    const watch = setInterval(() => {
      if (!isWriting()) return;
      clearInterval(watch);
      child.kill('SIGINT');
    }, 1);
    expect(await ended).toBe(2);
    clearInterval(watch);
    expect(stderr).toContain('Stopping after the file that is being written.\n');
    const [, written] =
      /finishes it, `hasten undo` takes it back; (\d+) of 400 files are written/.exec(stderr) ?? [];
    const texts = Array.from({ length: count }, (_, index) => read(`src/${index}.ts`));
    expect(texts.filter((text) => text === `fresh();\n${pad}`)).toHaveLength(Number(written));
    expect(texts.filter((text) => text === `old();\n${pad}`)).toHaveLength(count - Number(written));
    expect(readdirSync(at('src'))).toHaveLength(count);
    expect((await resume(root))?.isDone).toBe(true);
    expect(read(`src/${count - 1}.ts`)).toBe(`fresh();\n${pad}`);
  });
});
