import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  git,
  keptIn,
  makeOrigin,
  makeWorld,
  SOURCES,
  start,
  stateOf,
  writeCampaign,
} from './campaigns/world.ts';

let world = '';
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => rmSync(world, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

/** How many lines of a log there are that tell of something. */
function linesOf(state: string): readonly string[] {
  const path = join(state, 'log.ndjson');
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

const KINDS = ['outcomes', 'findings', 'patches', 'summaries'] as const;

const NAMES = ['one', 'two', 'three'];

/** The moments at which a start is killed: after so many lines of its own in the log. One start gets further than the one before. */
const MOMENTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

it(
  'a campaign that is killed at ten moments comes to the same bytes as one that is not',
  { timeout: 300_000 },
  async () => {
    const files = { ...SOURCES, '.gitignore': 'node_modules\n', 'broken.js': 'oldName(' };
    for (const name of NAMES) makeOrigin(world, name, { ...files, [`${name}.js`]: 'oldName("risky");\n' });
    const text =
      'repositories: [one.git, two.git, three.git, gone]\nlevel: review\ninstall: mkdir -p node_modules/x\n' +
      'verify: test -f src/a.js\npush: true\npullRequest: { with: "echo $HASTEN_REPOSITORY >> $CALLS" }\nlimits: { concurrency: 1 }';
    writeCampaign(world, text, 'killed');
    const env = { CALLS: join(world, 'calls') };
    const state = stateOf(world, 'killed');
    const all = (): string => JSON.stringify(KINDS.map((kind) => keptIn(state, kind)));

    expect((await start(world, ['batch', 'killed.yaml'], env).ended).code).toBe(2);
    const undisturbed = all();
    for (const kind of KINDS) expect(Object.keys(keptIn(state, kind)).length).toBeGreaterThan(2);
    // As if nothing had been.
    for (const made of ['.hasten', 'cache', 'calls']) rmSync(join(world, made), { recursive: true });
    for (const name of NAMES) git(join(world, `${name}.git`), 'branch', '-D', 'hasten/killed');

    const killedAfter: string[] = [];
    for (const moment of MOMENTS) {
      const before = linesOf(state).length;
      const run = start(world, ['batch', 'killed.yaml'], env);
      let hasEnded = false;
      void run.ended.then(() => (hasEnded = true));
      await expect
        .poll(() => hasEnded || linesOf(state).length - before >= moment, { timeout: 60_000, interval: 5 })
        .toBe(true);
      run.kill('SIGKILL');
      await run.ended;
      killedAfter.push(linesOf(state).at(-1) ?? '');
      for (const kind of ['outcomes', 'findings'])
        for (const kept of Object.values(keptIn(state, kind)))
          expect(() => JSON.parse(kept) as unknown).not.toThrow();
    }
    // Each kill was in the middle of something, and of different things.
    expect(killedAfter.filter((line) => line.includes('"event":"stop"'))).toEqual([]);
    const steps = new Set(
      killedAfter.map(
        (line) => (JSON.parse(line) as { readonly step?: string; readonly event: string }).step ?? 'start',
      ),
    );
    expect(steps.size).toBeGreaterThan(4);

    const last = await start(world, ['batch', 'killed.yaml'], env).ended;
    expect(last.code).toBe(2);
    expect(all()).toBe(undisturbed);
    for (const name of NAMES) {
      expect(git(join(world, `${name}.git`), 'rev-list', '--count', 'main..hasten/killed').trim()).toBe('1');
      expect(readFileSync(join(world, 'calls'), 'utf8')).toContain(`${name}\n`);
    }
    expect(existsSync(join(state, 'lock'))).toBe(false);
  },
);

it.skipIf(process.platform === 'win32')(
  'a job that hears nothing any more ends by itself once its coordinator was killed',
  { timeout: 120_000 },
  async () => {
    makeOrigin(world, 'one');
    const pid = join(world, 'pid');
    // In the process of a job, to load this transform never ends.
    writeFileSync(
      join(world, 'rename.mjs'),
      `import { writeFileSync } from 'node:fs';
if (process.send !== undefined) {
  writeFileSync(${JSON.stringify(pid)}, String(process.pid));
  for (;;);
}
export default { id: 'none', summary: 'None.', prefilter: /x/, inspect: () => [] };
`,
    );
    writeCampaign(world, 'repositories: [one.git]', 'hanging');
    const run = start(world, ['batch', 'hanging.yaml']);
    await expect
      .poll(() => existsSync(pid) && readFileSync(pid, 'utf8') !== '', { timeout: 60_000 })
      .toBe(true);
    const job = Number(readFileSync(pid, 'utf8'));
    run.kill('SIGKILL');
    await run.ended;
    const isRunning = (): boolean => {
      try {
        return process.kill(job, 0);
      } catch {
        return false;
      }
    };
    expect(isRunning()).toBe(true);
    await expect.poll(isRunning, { timeout: 60_000 }).toBe(false);
  },
);
