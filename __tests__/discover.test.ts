import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover, type DiscoverRequest } from '../src/run/discover.ts';
import { scan } from '../src/run/read.ts';

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
});

describe('git', () => {
  it('leaves out what is tracked and deleted once it is read', async () => {
    git('init', '-q');
    await put('a.ts', 'b.ts');
    git('add', '-A');
    git('commit', '-qm', 'all');
    await rm(join(folder, 'b.ts'));
    const { files } = await discover({ cwd: folder, paths: ['.'] });
    const { matched, failures } = scan(files, [/x/]);
    expect([matched.map(({ path }) => relative(folder, path)), failures]).toEqual([['a.ts'], []]);
  });

  it('takes tracked sources in a folder that is named like a build', async () => {
    git('init', '-q');
    await put('build/make.ts', 'dist/made.js');
    git('add', '-A', '-f');
    expect(await found('.')).toEqual(['build/make.ts']);
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

describe('a folder that cannot be listed', () => {
  it('is told, and the rest goes on', async () => {
    await put('a.ts', 'closed/b.ts');
    await chmod(join(folder, 'closed'), 0);
    await chmod(folder, 0o755);
    // The superuser may list any folder: the listing is done by a process of another user.
    const script = `
      import { discover } from ${JSON.stringify(join(process.cwd(), 'src/run/discover.ts'))};
      const { files, failures } = await discover({ cwd: ${JSON.stringify(folder)}, paths: ['.'] });
      console.log(JSON.stringify([files.length, failures.map(({ reason }) => reason)]));`;
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      ...user,
      cwd: process.cwd(),
      encoding: 'utf8',
    });
    await chmod(join(folder, 'closed'), 0o755);
    expect(JSON.parse(output)).toEqual([1, [expect.stringMatching(/^cannot be listed: EACCES/)]]);
  });
});

describe('scan', () => {
  it('keeps what a prefilter matches, and says which', async () => {
    await writeFile(join(folder, 'a.ts'), '\uFEFFfoo(); // größe\n');
    await writeFile(join(folder, 'b.ts'), 'nothing\n');
    const { matched } = scan([join(folder, 'a.ts'), join(folder, 'b.ts')], [/foo/, /bar/]);
    expect(matched).toEqual([
      { path: join(folder, 'a.ts'), text: 'foo(); // größe\n', bom: true, matches: [true, false] },
    ]);
  });

  it('leaves out generated and minified files, and says so', async () => {
    await writeFile(join(folder, 'gen.ts'), '/* @generated by a tool */\nfoo();\n');
    await writeFile(join(folder, 'min.js'), `foo();${'a=b+c;'.repeat(2000)}`);
    await writeFile(join(folder, 'says.ts'), 'const text = "@generated";\nfoo();\n');
    const { matched, skipped } = scan(
      ['gen.ts', 'min.js', 'says.ts'].map((name) => join(folder, name)),
      [/foo/],
    );
    expect(matched.map(({ path }) => relative(folder, path))).toEqual(['says.ts']);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('@generated'),
      expect.stringContaining('minified'),
    ]);
  });
});
