import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtIn } from '../src/run/catalog.ts';
import { plan, type Plan, type Progress, type RunRequest } from '../src/run/plan.ts';
import type { Transform } from '../src/transform.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hasten-cache-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes a file as if it had been there for a while. */
const put = async (name: string, text: string): Promise<void> => {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  const before = new Date(Date.now() - 60_000);
  await utimes(path, before, before);
};

const transformOf = async (id: string): Promise<Transform> => {
  const found = await builtIn(id);
  if (found === undefined) throw new Error(`There is no transform ${id}.`);
  return found;
};

/** Runs `sequential-awaits`, and tells whether files were inspected or a kept draft was taken. */
async function run(
  more: Partial<RunRequest> = {},
): Promise<{ readonly made: Plan; readonly isInspected: boolean }> {
  const stages = new Set<Progress['stage']>();
  const transform = await transformOf('sequential-awaits');
  const made = await plan({
    cwd: folder,
    paths: ['src'],
    level: 'safe',
    transforms: [{ transform, options: {} }],
    cache: { folder: join(folder, '.hasten/cache'), packageRoot: join(folder, 'toolkit') },
    onProgress: ({ stage }) => stages.add(stage),
    ...more,
  });
  return { made, isInspected: stages.has('inspect') };
}

const PAGE = `import { countUsers, countPosts } from './counts';
export async function page() {
  const users = await countUsers();
  const posts = await countPosts();
  return { users, posts };
}
`;
const counts = (posts: string): string => `import { readFile } from 'node:fs/promises';
export const countUsers = async () => (await readFile('users.txt')).length;
export const countPosts = async () => ${posts};
`;

beforeEach(async () => {
  await put('src/page.ts', PAGE);
  await put('src/counts.ts', counts("(await readFile('posts.txt')).length"));
});

/** Whether files were inspected on that day, and how many are changed. */
const on = async (today: string): Promise<readonly [isInspected: boolean, changes: number]> => {
  const { made, isInspected } = await run({ today });
  return [isInspected, made.changes.length];
};

const pageIgnored = (until: string): string =>
  PAGE.replace('  const users', `  // hasten-ignore sequential-awaits${until}: why\n  const users`);

describe('the draft of an earlier run', () => {
  it('is the plan of the next one when nothing changed', async () => {
    const first = await run();
    expect(first.isInspected).toBe(true);
    expect(first.made.changes).toHaveLength(1);
    const second = await run();
    expect(second).toStrictEqual({ made: first.made, isInspected: false });
  });

  it('ignores itself', async () => {
    await run();
    expect(await readFile(join(folder, '.hasten/cache/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('is not taken when another file, which a fact depends on, changed', async () => {
    await run();
    await put(
      'src/counts.ts',
      counts("{ const { unlink } = await import('node:fs/promises'); await unlink('users.txt'); }"),
    );
    const { made, isInspected } = await run();
    expect(isInspected).toBe(true);
    expect(made.changes).toStrictEqual([]);
  });

  it('is not taken when a file outside of the run changed that a fact depends on', async () => {
    await put('lib/counts.ts', counts("(await readFile('posts.txt')).length"));
    await put('src/page.ts', PAGE.replace('./counts', '../lib/counts'));
    expect((await run()).made.changes).toHaveLength(1);
    expect((await run()).isInspected).toBe(false);
    await put('lib/counts.ts', counts("(await fetch('https://posts.example', { method: 'POST' })).status"));
    const { made, isInspected } = await run();
    expect(isInspected).toBe(true);
    expect(made.changes).toStrictEqual([]);
  });

  it('is not taken when a file came to be that was looked for in vain', async () => {
    await put('src/page.ts', PAGE.replace('./counts', '../lib/counts'));
    expect((await run()).made.changes).toStrictEqual([]);
    await put('lib/counts.ts', counts("(await readFile('posts.txt')).length"));
    expect((await run()).made.changes).toHaveLength(1);
  });

  it('is not taken when a file was added or removed', async () => {
    await run();
    await put('src/more.ts', 'export const more = 1;\n');
    expect((await run()).isInspected).toBe(true);
    await rm(join(folder, 'src/more.ts'));
    expect((await run()).isInspected).toBe(false);
    await rm(join(folder, 'src/counts.ts'));
    expect((await run()).made.changes).toStrictEqual([]);
  });

  it('is not taken when a byte order mark came or went', async () => {
    await run();
    await put('src/page.ts', `\uFEFF${PAGE}`);
    const { made, isInspected } = await run();
    expect(isInspected).toBe(true);
    expect(made.changes[0]?.before?.startsWith('\uFEFF')).toBe(true);
    expect((await run()).isInspected).toBe(false);
  });

  it('is not taken for another level, other options or another state of the toolkit', async () => {
    await run();
    expect((await run({ level: 'review' })).isInspected).toBe(true);
    const transform = await transformOf('sequential-awaits');
    expect((await run({ transforms: [{ transform, options: { any: 1 } }] })).isInspected).toBe(true);
    await put('toolkit/src/facts.ts', 'export {};\n');
    expect((await run()).isInspected).toBe(true);
  });

  it('is taken as long as every ignore comment says the same', async () => {
    await put('src/page.ts', pageIgnored(' until 2026-06-15'));
    expect(await on('2026-06-10')).toEqual([true, 0]);
    expect(await on('2026-06-15')).toEqual([false, 0]);
    expect(await on('2026-06-16')).toEqual([true, 1]);
    expect(await on('2027-06-16')).toEqual([false, 1]);
    // A clock that was put back.
    expect(await on('2026-06-15')).toEqual([true, 0]);
    await put('src/page.ts', pageIgnored(''));
    expect(await on('2026-06-15')).toEqual([true, 0]);
    expect(await on('2036-06-15')).toEqual([false, 0]);
  });

  it('of a run that takes unused comments away is another one', async () => {
    await put('src/page.ts', `// hasten-ignore-file sequential-awaits: why\n${counts('1')}`);
    await put('.git/HEAD', '');
    const level = 'review';
    expect((await run({ level })).made.changes).toHaveLength(0);
    expect((await run({ level, removeUnusedIgnores: true })).made.changes).toHaveLength(1);
    expect((await run({ level })).made.warnings).toHaveLength(1);
  });

  it('is formatted, or not, as the next run asks', async () => {
    await put('.prettierrc', '{ "singleQuote": true, "printWidth": 50 }');
    const formatted = (await run()).made.changes[0]?.after;
    expect(formatted).toContain('await Promise.all([\n    countUsers(),\n    countPosts(),\n  ]);\n');
    const { made, isInspected } = await run({ format: false });
    expect(isInspected).toBe(false);
    expect(made.changes[0]?.after).not.toBe(formatted);
  });

  it('is taken when a file of the run does not parse, as it does not parse now either', async () => {
    await put('src/broken.ts', 'export const = await await;\n');
    const first = await run();
    expect(first.made.failures).toHaveLength(1);
    expect(await run()).toStrictEqual({ made: first.made, isInspected: false });
  });

  it('is not kept when a transform threw or is not one of ours', async () => {
    const ours = await transformOf('sequential-awaits');
    const throwing: Transform = {
      ...ours,
      inspect() {
        throw new Error('no');
      },
    };
    const foreign: Transform = { ...ours, id: 'theirs' };
    for (const transform of [throwing, foreign]) {
      await run({ transforms: [{ transform, options: {} }] });
      expect((await run({ transforms: [{ transform, options: {} }] })).isInspected).toBe(true);
    }
  });

  it('is made anew when what was kept is damaged', async () => {
    const first = await run();
    const [kept = ''] = (await readdir(join(folder, '.hasten/cache'))).filter((name) =>
      name.endsWith('.json'),
    );
    await writeFile(join(folder, '.hasten/cache', kept), '{"files": [');
    expect(await run()).toStrictEqual(first);
  });

  it('is not kept for good: a folder holds eight', async () => {
    const transform = await transformOf('sequential-awaits');
    for (let one = 0; one < 10; one++) await run({ transforms: [{ transform, options: { one } }] });
    const kept = (await readdir(join(folder, '.hasten/cache'))).filter((name) => name.endsWith('.json'));
    expect(kept).toHaveLength(8);
  });

  it.skipIf(process.getuid?.() === 0)('is not kept where nothing can be written', async () => {
    await mkdir(join(folder, '.hasten'));
    await chmod(join(folder, '.hasten'), 0o500);
    const { made } = await run();
    expect(made.changes).toHaveLength(1);
    expect(made.failures).toStrictEqual([]);
    await chmod(join(folder, '.hasten'), 0o700);
  });
});
