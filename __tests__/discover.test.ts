import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { discover, type Discovered, type DiscoverRequest } from '../src/run/discover.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hasten-discover-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (...names: readonly string[]): Promise<void> => {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), 'x;\n');
  }
};
const git = (...words: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
    cwd: folder,
    stdio: 'ignore',
  });
};
const found = async (...paths: readonly string[]): Promise<readonly string[]> =>
  (await discovered({ paths })).files;
const discovered = async (request: Partial<DiscoverRequest>) => {
  const { files, failures, unmatched } = await discover({ cwd: folder, paths: ['.'], ...request });
  return {
    files: files.map((path) => relative(folder, path)),
    failures: failures.map(({ path, reason }) => `${relative(folder, path)}: ${reason}`),
    unmatched,
  };
};

/**
 * What is discovered while `closed` folders are closed. The superuser may list any folder, so as superuser the listing is
 * left to a process of another user, to whom the folder is given.
 */
async function discoveredWithout(
  closed: readonly string[],
): Promise<{ files: readonly string[]; failures: readonly string[] }> {
  const nobody = process.getuid?.() === 0 ? 65534 : undefined;
  if (nobody !== undefined) {
    execFileSync('chown', ['-R', `${nobody}:${nobody}`, folder]);
  }
  for (const name of closed) await chmod(join(folder, name), 0);
  const script = `
    import { discover } from ${JSON.stringify(join(import.meta.dirname, '../src/run/discover.ts'))};
    console.log(JSON.stringify(await discover({ cwd: ${JSON.stringify(folder)}, paths: ['.'] })));`;
  try {
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      ...(nobody === undefined ? {} : { uid: nobody, gid: nobody }),
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, HOME: folder },
      encoding: 'utf8',
    });
    const { files, failures } = JSON.parse(output) as Discovered;
    return {
      files: files.map((path) => relative(folder, path)),
      failures: failures.map(({ path, reason }) => `${relative(folder, path)}: ${reason}`),
    };
  } finally {
    for (const name of closed) await chmod(join(folder, name), 0o755);
  }
}

describe.each(['outside git', 'in a git work tree'])('%s', (where) => {
  beforeEach(() => {
    if (where !== 'outside git') git('init', '-q');
  });

  it('lists every kind of source and nothing else', async () => {
    await put('a.js', 'b.jsx', 'c.mjs', 'd.cjs', 'e.ts', 'f.tsx', 'g.mts', 'h.cts');
    await put('a.d.ts', 'b.d.mts', 'c.d.cts', 'lib.min.js', 'x.json', 'readme.md', 'noextension');
    await put('node_modules/m/index.js', 'dist/out.js', 'packages/p/node_modules/q/i.ts', '.next/server.js');
    expect(await found('.')).toEqual(['a.js', 'b.jsx', 'c.mjs', 'd.cjs', 'e.ts', 'f.tsx', 'g.mts', 'h.cts']);
  });

  it('leaves out what nested ignore files say, with what they take back', async () => {
    await put('a.ts', 'gen/b.ts', 'sub/c.ts', 'sub/keep.ts', 'sub/deep/d.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\n');
    await writeFile(join(folder, 'sub/.gitignore'), '*.ts\n!keep.ts\n');
    expect(await found('.')).toEqual(['a.ts', 'sub/keep.ts']);
    expect(await found('sub')).toEqual(['sub/keep.ts']);
  });

  it('leaves out what .hastenignore says', async () => {
    await put('a.ts', 'legacy/b.ts');
    await writeFile(join(folder, '.hastenignore'), 'legacy/\n');
    expect(await found('.')).toEqual(['a.ts']);
  });

  it('takes an ignored file that is named itself', async () => {
    await put('gen/b.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\n');
    expect(await found('gen/b.ts')).toEqual(['gen/b.ts']);
  });

  it('takes globs, which bring back nothing that is ignored', async () => {
    await put('src/a.ts', 'src/a.test.ts', 'lib/b.ts', 'gen/c.ts', 'node_modules/m/d.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\n');
    expect(await found('**/*.test.ts')).toEqual(['src/a.test.ts']);
    expect(await found('{src,gen}/*.ts', 'node_modules/**/*.ts')).toEqual(['src/a.test.ts', 'src/a.ts']);
  });

  it('lists a file once, however many arguments and links lead to it', async () => {
    await put('src/a.ts', 'src/b.ts');
    await symlink('a.ts', join(folder, 'src/link.ts'));
    expect(await found('src', 'src/a.ts', './src', 'src/*.ts', 'src/link.ts')).toEqual([
      'src/a.ts',
      'src/b.ts',
    ]);
  });

  it('is not caught in a loop of links', async () => {
    await put('src/a.ts');
    await symlink('..', join(folder, 'src/up'));
    await symlink('self.ts', join(folder, 'src/self.ts'));
    const { files, failures } = await discovered({});
    expect(files).toEqual(['src/a.ts']);
    expect(failures).toEqual(['src/self.ts: is a link that leads in a circle']);
  });

  it('takes names with spaces and non-ASCII letters', async () => {
    await put('a b/c d.ts', 'größe/日本.ts', 'tab\tand"quote.ts');
    expect(await found('.')).toEqual(['a b/c d.ts', 'größe/日本.ts', 'tab\tand"quote.ts']);
  });

  it('tells arguments that name nothing, and files that are no source', async () => {
    await put('a.ts', 'b.md');
    expect(await discovered({ paths: ['a.ts', 'nowhere', 'no/*.ts', 'b.md'] })).toEqual({
      files: ['a.ts'],
      failures: [expect.stringContaining('b.md: is no source file')],
      unmatched: ['nowhere', 'no/*.ts'],
    });
  });

  it('takes only what is included and not excluded', async () => {
    await put('src/a.ts', 'src/a.test.ts', 'lib/b.ts');
    expect((await discovered({ include: ['src/**'], exclude: ['*.test.ts'] })).files).toEqual(['src/a.ts']);
  });

  it('searches the working directory where nothing is named', async () => {
    await put('a.ts', 'src/b.ts');
    expect(await discovered({ paths: [] })).toEqual({
      files: ['a.ts', 'src/b.ts'],
      failures: [],
      unmatched: [],
    });
  });

  it('takes names that only look like others', async () => {
    await put(
      'math-min.js',
      'admin.js',
      'x.d.js',
      'distance/a.ts',
      'src/outer/b.ts',
      'my-build/c.ts',
      '.github/d.js',
    );
    await put('a.d.css.ts', 'app.bundle.js', 'lib.min.mjs');
    expect(await found('.')).toEqual([
      '.github/d.js',
      'admin.js',
      'distance/a.ts',
      'math-min.js',
      'my-build/c.ts',
      'src/outer/b.ts',
      'x.d.js',
    ]);
  });

  it('takes of a vendor folder what is written in TypeScript', async () => {
    await put('src/vendor/vendor.service.ts', 'public/vendor/jquery.js', 'third_party/a.ts');
    expect(await found('.')).toEqual(['src/vendor/vendor.service.ts']);
    expect(await found('public/vendor')).toEqual(['public/vendor/jquery.js']);
  });

  it('searches a folder that is named, though it is ignored or looks like output', async () => {
    await put(
      'gen/a.ts',
      'gen/deep/b.ts',
      'gen/local/c.ts',
      'node_modules/m/d.js',
      'node_modules/m/node_modules/e.js',
    );
    await put('legacy/f.ts', 'build/g.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\nnode_modules\n');
    await writeFile(join(folder, 'gen/.gitignore'), 'local/\n');
    await writeFile(join(folder, '.hastenignore'), 'legacy/\n');
    expect(await found('gen')).toEqual(['gen/a.ts', 'gen/deep/b.ts']);
    expect(await found('node_modules/m')).toEqual(['node_modules/m/d.js']);
    expect(await found('legacy', 'build')).toEqual(['build/g.ts', 'legacy/f.ts']);
    expect(await found('gen/*.ts', 'legacy/*', 'build/**')).toEqual([]);
  });

  it('takes back nothing from a folder that is ignored as a whole', async () => {
    await put('gen/keep.ts', 'a.ts', 'Gen/b.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\n');
    await writeFile(join(folder, 'gen/.gitignore'), '!keep.ts\n');
    expect(await found('.')).toEqual(['Gen/b.ts', 'a.ts']);
  });

  it('honours a .hastenignore in any folder, which takes back nothing that is ignored elsewhere', async () => {
    await put('src/a.ts', 'src/b.ts', 'src/old/c.ts', 'src/old/keep.ts', 'gen/d.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\n');
    await writeFile(join(folder, '.hastenignore'), '!gen/d.ts\nb.ts\n');
    await writeFile(join(folder, 'src/.hastenignore'), '/old/*\n!keep.ts\n');
    expect(await found('.')).toEqual(['src/a.ts', 'src/old/keep.ts']);
    expect(await found('src')).toEqual(['src/a.ts', 'src/old/keep.ts']);
  });

  it('takes globs with braces across folders, and those that match folders', async () => {
    await put('app/x/y/a.ts', 'app/z/b.ts', 'app/w/c.ts', 'app/z/deep/d.ts');
    expect(await found('app/{x/y,z}/*.ts')).toEqual(['app/x/y/a.ts', 'app/z/b.ts']);
    expect(await found('app/{x,z}')).toEqual(['app/x/y/a.ts', 'app/z/b.ts', 'app/z/deep/d.ts']);
    expect(await found(join(folder, 'app/*/c.ts'))).toEqual(['app/w/c.ts']);
  });

  it('takes a path with the signs of a glob as it is', async () => {
    await put('app/[id]/page.ts', 'app/(group)/{x}.ts');
    expect(await found('app/[id]/page.ts', 'app/(group)')).toEqual([
      'app/(group)/{x}.ts',
      'app/[id]/page.ts',
    ]);
  });

  it('goes where a link leads only inside, and not to packages', async () => {
    const outside = await realpath(await mkdtemp(join(tmpdir(), 'hasten-outside-')));
    await writeFile(join(outside, 'o.ts'), 'x;\n');
    await put('lib/a.ts', 'src/b.ts', 'node_modules/m/c.ts', 'readme.md');
    await symlink('../lib/a.ts', join(folder, 'src/a.ts'));
    await symlink('../node_modules/m/c.ts', join(folder, 'src/c.ts'));
    await symlink(join(outside, 'o.ts'), join(folder, 'src/o.ts'));
    await symlink('../readme.md', join(folder, 'src/readme.ts'));
    await symlink('nobody@host.1', join(folder, 'src/.#lock.ts'));
    await symlink(outside, join(folder, 'src/folder'));
    const inside = { files: ['lib/a.ts', 'src/b.ts'], failures: [], unmatched: [] };
    expect(await discovered({ paths: ['.'] })).toEqual(inside);
    expect((await discover({ cwd: folder, paths: ['src/folder', 'src/o.ts'] })).files).toEqual([
      join(outside, 'o.ts'),
    ]);
    await rm(outside, { recursive: true });
  });

  it('takes a working directory that is a link', async () => {
    await put('src/a.ts', 'src/b.ts');
    await symlink('src', join(folder, 'here'));
    const { files } = await discover({ cwd: join(folder, 'here'), paths: [], exclude: ['/b.ts'] });
    expect(files).toEqual([join(folder, 'src/a.ts')]);
  });

  it('tells a named link that leads in a circle, and why a file is no source', async () => {
    await symlink('self.ts', join(folder, 'self.ts'));
    await put('a.d.ts', 'b.min.js', 'c.md', 'fine.ts');
    const { files, failures } = await discovered({
      paths: ['self.ts', 'a.d.ts', 'b.min.js', 'c.md', 'fine.ts'],
    });
    expect(files).toEqual(['fine.ts']);
    expect(failures).toEqual([
      'self.ts: is a link that leads in a circle',
      'a.d.ts: is no source file: it only declares types',
      'b.min.js: is no source file: its name says that it is minified or bundled',
      expect.stringMatching(/^c\.md: is no source file: it has none of the extensions/),
    ]);
  });

  it('tells a folder without sources, and what is excluded, and an empty argument', async () => {
    await put('docs/a.md', 'old/b.ts', 'c.ts');
    expect(await discovered({ paths: ['docs', 'old', 'c.ts', ''], exclude: ['old/'] })).toEqual({
      files: ['c.ts'],
      failures: [],
      unmatched: ['docs', 'old', ''],
    });
  });

  it('is not stopped by what is no file but has the name of one', async () => {
    await put('a.ts', 'folder.ts/b.ts');
    execFileSync('mkfifo', [join(folder, 'pipe.ts')]);
    expect((await discovered({})).files).toEqual(['a.ts', 'folder.ts/b.ts']);
    expect((await discovered({ paths: ['pipe.ts'] })).failures).toEqual([
      'pipe.ts: is neither a file nor a folder',
    ]);
  });

  it('searches git repositories in folders by their own lists', async () => {
    await put('a.ts', 'nested/b.ts', 'nested/gen/c.ts', 'nested/skipped.ts', 'node_modules/m/d.ts');
    await writeFile(join(folder, 'nested/.gitignore'), 'gen/\n');
    await writeFile(join(folder, '.hastenignore'), 'skipped.ts\n');
    git('init', '-q', 'nested');
    git('init', '-q', 'node_modules/m');
    expect(await found('.')).toEqual(['a.ts', 'nested/b.ts']);
    expect(await found('nested', 'nested/gen/c.ts')).toEqual(['nested/b.ts', 'nested/gen/c.ts']);
  });

  it('tells a folder that cannot be listed, and goes on with the rest', async () => {
    await put('a.ts', 'closed/b.ts');
    expect(await discoveredWithout(['closed'])).toEqual({
      files: ['a.ts'],
      failures: [expect.stringMatching(/^closed: cannot be listed: .*permission denied/i)],
    });
  });
});

describe('git', () => {
  it('leaves out what is tracked and deleted', async () => {
    git('init', '-q');
    await put('a.ts', 'b.ts');
    git('add', '-A');
    git('commit', '-qm', 'all');
    await rm(join(folder, 'b.ts'));
    expect(await discovered({})).toEqual({ files: ['a.ts'], failures: [], unmatched: [] });
  });

  it('takes tracked sources in a folder that is named like a build', async () => {
    git('init', '-q');
    await put('build/make.ts', 'dist/made.js');
    git('add', '-A', '-f');
    expect(await found('.')).toEqual(['build/make.ts']);
  });

  it('takes an untracked file of such a folder only where others in it are tracked', async () => {
    git('init', '-q');
    await put('build/make.ts', 'packages/p/build/made.js');
    git('add', 'build');
    await put('build/deep/new.ts', 'coverage/report.js');
    expect(await found('.')).toEqual(['build/deep/new.ts', 'build/make.ts']);
  });

  it('takes tracked files that are ignored, and leaves out what the repository excludes for itself', async () => {
    git('init', '-q');
    await put('gen/tracked.ts', 'gen/other.ts', 'mine.ts', 'a.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\n');
    git('add', '-f', 'gen/tracked.ts');
    await writeFile(join(folder, '.git/info/exclude'), 'mine.ts\n');
    expect(await found('.')).toEqual(['a.ts', 'gen/tracked.ts']);
  });

  it('searches a submodule by its own list, and passes over one that is not checked out', async () => {
    await put('theirs/b.ts');
    git('-C', 'theirs', 'init', '-q');
    git('-C', 'theirs', 'add', '-A');
    git('-C', 'theirs', 'commit', '-qm', 'all');
    git('init', '-q', 'ours');
    await put('ours/a.ts');
    for (const name of ['full', 'empty']) {
      git('-C', 'ours', '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', '../theirs', name);
    }
    git('-C', 'ours', 'submodule', '--quiet', 'deinit', '-f', 'empty');
    await put('ours/full/new.ts');
    expect(await found('ours')).toEqual(['ours/a.ts', 'ours/full/b.ts', 'ours/full/new.ts']);
  });

  it('asks the repository of the folder, whatever a hook of another one says', async () => {
    await put('one/a.ts', 'one/ignored.ts', 'two/b.ts');
    await writeFile(join(folder, 'one/.gitignore'), 'ignored.ts\n');
    for (const name of ['one', 'two']) git('init', '-q', name);
    vi.stubEnv('GIT_DIR', join(folder, 'two/.git'));
    vi.stubEnv('GIT_INDEX_FILE', join(folder, 'two/.git/index'));
    try {
      expect(await found('one')).toEqual(['one/a.ts']);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is done without where it cannot answer', async () => {
    git('init', '-q');
    await put('src/a.ts', 'src/gen/b.ts');
    await writeFile(join(folder, '.gitignore'), 'gen/\n');
    await writeFile(join(folder, '.git/index'), 'no index');
    expect(await found('src')).toEqual(['src/a.ts']);
  });

  it('answers for several folders and work trees at once', async () => {
    for (const name of ['one', 'two']) {
      await put(`${name}/src/a.ts`, `${name}/lib/b.ts`, `${name}/test/c.ts`);
      git('init', '-q', name);
    }
    expect(await found('one/src', 'one/lib', 'two', 'one/src')).toEqual([
      'one/lib/b.ts',
      'one/src/a.ts',
      'two/lib/b.ts',
      'two/src/a.ts',
      'two/test/c.ts',
    ]);
  });

  it('tells tracked files in a folder that was closed', async () => {
    git('init', '-q');
    await put('a.ts', 'closed/b.ts');
    git('add', '-A');
    const { files, failures } = await discoveredWithout(['closed']);
    // What is tracked is known to be there: reading it will tell why it cannot be read.
    expect([files, failures]).toEqual([
      ['a.ts', 'closed/b.ts'],
      [expect.stringMatching(/^closed: cannot be listed/)],
    ]);
  });

  it('lists a file with a merge conflict once', async () => {
    git('init', '-q', '-b', 'one');
    await put('a.ts');
    git('add', '-A');
    git('commit', '-qm', 'base');
    git('checkout', '-qb', 'two');
    await writeFile(join(folder, 'a.ts'), 'two;\n');
    git('commit', '-qam', 'two');
    git('checkout', '-q', 'one');
    await writeFile(join(folder, 'a.ts'), 'one;\n');
    git('commit', '-qam', 'one');
    expect(() => git('merge', 'two')).toThrow();
    expect(await found('.')).toEqual(['a.ts']);
  });
});
