import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Campaign } from '../src/campaign/campaign.ts';
import { digestOf, jobOf } from '../src/campaign/job.ts';
import { readCampaign } from '../src/campaign/read-campaign.ts';
import { cell } from '../src/campaign/reports/csv.ts';
import { fileNameOf, repositoriesOf, withoutSecret } from '../src/campaign/repositories.ts';
import { hastenIn, packageRoot } from './command-line.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-campaign-file-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (text: string, name = 'c.yaml'): Promise<Campaign> => {
  writeFileSync(join(folder, name), text);
  return readCampaign(join(folder, name), packageRoot);
};

/** What is said of a campaign, as the command line says it. */
async function said(text: string): Promise<readonly string[]> {
  writeFileSync(join(folder, 'c.yaml'), `${text}\n`);
  const { code, stderr } = await hastenIn(folder, ['batch', 'c.yaml']);
  expect(code).toBe(3);
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace('hasten: ', '').replaceAll(`${folder}/`, ''));
}

const WITH = 'repositories: [./one]\n';

describe('a campaign file that cannot be followed', () => {
  it.each([
    ['', 'c.yaml:1: the campaign must be an object, not null.'],
    ['- a', 'c.yaml:1: the campaign must be an object, not ["a"].'],
    ['name: x', 'c.yaml:1: the campaign lacks `repositories`.'],
    ['repositories: []', 'c.yaml:1: `repositories` must not be empty.'],
    ['repositories:\n  - a\n b: c', 'c.yaml:3: this is no YAML: '],
    [`${WITH}level: safe\nlevel: review`, 'c.yaml:3: this is no YAML: Map keys must be unique.'],
    ['repositories: [*gone]', 'c.yaml:1: this YAML cannot be used: '],
    [`${WITH}\n\nverfy: npm test`, 'c.yaml:4: `verfy` is not known. Did you mean `verify`?'],
    [
      `${WITH}limits:\n  time: 60\n  memry: 5`,
      'c.yaml:4: `limits.memry` is not known. Did you mean `memory`?',
    ],
    [`${WITH}limits: { time: 0 }`, 'c.yaml:2: `limits.time` must be > 0, not 0.'],
    [`${WITH}limits:\n  concurrency: 1.5`, 'c.yaml:3: `limits.concurrency` must be a whole number, not 1.5.'],
    [`${WITH}level: unsafe`, 'c.yaml:2: `level` must be one of `safe`, `review`, not "unsafe".'],
    [`${WITH}commit: per-file`, 'c.yaml:2: `commit` must be one of `together`, `per-transform`,'],
    [
      `${WITH}commit:\n  author: Ann`,
      'c.yaml:3: `commit.author` is not possible, not "Ann". Name <address>;',
    ],
    [`${WITH}commit:\n  message: "{what}"`, 'c.yaml:3: there is no {what} for `commit.message`.'],
    [
      'repositories:\n  - a\n  - source: b\n    list: c',
      'c.yaml:3: `repositories[1]` must have one of `source`, `list` and `command`.',
    ],
    ['repositories:\n  - a\n  - url: b', 'c.yaml:3: `repositories[1]` must have one of'],
    ['repositories:\n  - list: gone.txt', 'c.yaml:2: the list of repositories cannot be read: ENOENT'],
    [
      'repositories:\n  - command: "echo no gh >&2; exit 4"',
      'c.yaml:2: the command that lists repositories fails: no gh',
    ],
    ['repositories:\n  - command: "true"', 'c.yaml:1: no repository is listed.'],
    [
      'repositories:\n  - acme/one\n  - other/one',
      'c.yaml:3: the name of this repository, `one`, is taken already (c.yaml:2); give it',
    ],
    [
      'repositories:\n  - a\n  - "--upload-pack=x"',
      'c.yaml:3: "--upload-pack=x" is no path or URL of a repository.',
    ],
    ['repositories:\n  - "ext::sh -c x"', 'c.yaml:2: "ext::sh -c x" is no path or URL of a repository.'],
    [`${WITH}ref: "-x"`, 'c.yaml:2: `ref` is not possible, not "-x". A branch, a tag'],
    [`${WITH}branch: a..b`, 'c.yaml:2: git allows no branch of the name "a..b".'],
    [`${WITH}branch: "{repo}"`, 'c.yaml:2: there is no {repo} for `branch`.'],
    [
      `${WITH}pullRequest: { with: gh }`,
      'c.yaml:2: a pull request needs its branch at the remote: add `push: true`.',
    ],
    [
      `${WITH}push: true\npullRequest:\n  with: gh\n  title: "{x}"`,
      'c.yaml:5: there is no {x} for `pullRequest.title`.',
    ],
    [`${WITH}push: yes please`, 'c.yaml:2: `push` must be true or false or an object, not "yes please".'],
    [`${WITH}verify: { runs: 5 }`, 'c.yaml:2: `verify` lacks `commands`.'],
    [
      `${WITH}transforms:\n  sync-to-async: true\n  console-to-loger: true`,
      'c.yaml:4: `console-to-loger` is neither a built-in transform',
    ],
    [
      `${WITH}transforms:\n  console-to-logger:\n    libary: pino`,
      'c.yaml:4: `console-to-logger` has no option `libary`. Did you mean `library`?',
    ],
    [`${WITH}sets:\n  - async\n  - databse`, 'c.yaml:4: there is no set `databse`. Did you mean `database`?'],
    [
      'repositories:\n  - { source: a, name: x, ref: v1 }\n  - { source: a, name: y, ref: v2 }\npush: true\nbranch: b',
      'c.yaml:5: `x` and `y` would push the same branch, b,',
    ],
  ])('%j: %s', async (text, message) => {
    expect((await said(text))[0]).toContain(message);
  });

  it('is told with all that is wrong, in the order of its lines', async () => {
    const lines = await said(`${WITH}levl: safe\npush: 5\nlimits: { memory: 1 }`);
    expect(lines.map((line) => /^c\.yaml:\d+: `[\w.]+`/.exec(line)?.[0])).toEqual([
      'c.yaml:2: `levl`',
      'c.yaml:3: `push`',
      'c.yaml:4: `limits.memory`',
    ]);
  });

  it('is told with what only loading its transforms and reading its lists shows, beside all else', async () => {
    writeFileSync(join(folder, 'throws.mjs'), 'export default {};\nnull.x;\n');
    writeFileSync(join(folder, 'list.txt'), './one\n-x\n');
    const lines = await said(
      [
        'repositories: [./one, ./two, ./two, { list: list.txt }, { list: gone.txt }, { command: "touch ran" }]',
        'verfy: npm test',
        'transforms:',
        '  console-to-loger: true',
        '  sync-to-async: 5',
        '  console-to-logger:',
        '    libary: pino',
        '    library: 7',
        '  ./gone.mjs: true',
        '  ./throws.mjs: true',
        'sets: [async, databse]',
        'limits: { time: soon, memory: 1 }',
        'branch: a..b',
        'push: perhaps',
        'pullRequest: { with: gh, title: "{x}" }',
      ].join('\n'),
    );
    expect(lines.map((line) => line.slice(0, 66))).toEqual([
      expect.stringMatching(/^c\.yaml:1: the list of repositories cannot be read/),
      expect.stringMatching(/^c\.yaml:1: the name of this repository, `two`, is taken already/),
      'c.yaml:2: `verfy` is not known. Did you mean `verify`?',
      expect.stringMatching(/^c\.yaml:4: `console-to-loger` is neither/),
      expect.stringMatching(/^c\.yaml:5: `transforms\.sync-to-async` must be/),
      expect.stringMatching(/^c\.yaml:7: `console-to-logger` has no option `libary`/),
      expect.stringMatching(/^c\.yaml:8: `library` of `console-to-logger` must be a string/),
      'c.yaml:9: gone.mjs does not exist.',
      expect.stringMatching(/^c\.yaml:10: throws\.mjs:2 cannot be loaded/),
      expect.stringMatching(/^c\.yaml:11: there is no set `databse`/),
      'c.yaml:12: `limits.time` must be a number, not "soon".',
      'c.yaml:12: `limits.memory` must be >= 256, not 1.',
      'c.yaml:13: git allows no branch of the name "a..b".',
      expect.stringMatching(/^c\.yaml:14: `push` must be true or false or an object/),
      expect.stringMatching(/^c\.yaml:15: there is no \{x\} for `pullRequest\.title`/),
      expect.stringMatching(/^list\.txt:1: the name of this repository, `one`/),
      'list.txt:2: "-x" is no path or URL of a repository.',
    ]);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it.each([
    ['repositories: [./one, {}]\nbranch: a..b', ['repositories[1]', 'git allows']],
    [`${WITH}name: "a b"\npullRequest: { title: x }\nlevel: safe`, ['name', 'pullRequest']],
    [`${WITH}push: 5\npullRequest: { with: gh }`, ['push']],
    ['transforms:\n  gone-away: true', ['campaign` lacks|campaign lacks', 'gone-away']],
  ])('is told without faults that only follow from others: %j', async (text, wanted) => {
    const lines = await said(text);
    expect(lines).toHaveLength(wanted.length);
    for (const [index, pattern] of wanted.entries())
      expect(lines[index]).toMatch(new RegExp(pattern.replace(/[[\]]/g, '\\$&')));
  });

  it('is missing', async () => {
    const { code, stderr } = await hastenIn(folder, ['batch', 'gone.yaml']);
    expect({ code, stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('gone.yaml: the campaign cannot be read') as string,
    });
    expect((await hastenIn(folder, ['batch'])).stderr).toContain('The campaign is missing');
    expect((await hastenIn(folder, ['batch', 'status'])).stderr).toContain('No campaign was started here');
  });

  it('is not both gone on with and begun anew', async () => {
    const { code, stderr } = await hastenIn(folder, ['batch', 'gone.yaml', '--resume', '--fresh']);
    expect({ code, stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('choose one') as string,
    });
    expect((await hastenIn(folder, ['batch', 'gone.yaml', '--resume'])).stderr).toContain('cannot be read');
  });
});

describe('a campaign file', () => {
  it('gets what it leaves out, and may be JSON', async () => {
    expect(await read('{"repositories": ["a"]}', 'short.yaml')).toMatchObject({
      name: 'short',
      level: 'safe',
      branch: 'hasten/{campaign}',
      commit: { grouping: 'together', signoff: false },
      limits: { time: 1800, memory: 4096 },
    });
    expect(await read(`${WITH}verify: [npm run lint, npm test]\npush: { existing: replace }`)).toMatchObject({
      verify: { commands: ['npm run lint', 'npm test'], runs: 25, timeLimit: 600, onFailure: 'leave-out' },
      push: { existing: 'replace' },
    });
  });

  it('names its repositories by the end of their path or URL, and by their ref where that is not enough', async () => {
    const sources = [
      'https://token@host.example/acme/orders.git',
      'git@host.example:acme/billing.git',
      'ssh://git@host.example/deep/group/shop',
      '../elsewhere/tools/',
      '{ source: ./mono, ref: v1 }',
      '{ source: ./mono, ref: feature/x }',
    ];
    const campaign = await read(`repositories:\n${sources.map((one) => `  - ${one}\n`).join('')}`);
    const repositories = await repositoriesOf(campaign);
    expect(repositories.map(({ name }) => name)).toEqual([
      'acme/orders',
      'acme/billing',
      'group/shop',
      'tools',
      'mono@v1',
      'mono@feature/x',
    ]);
    expect(fileNameOf('mono@feature/x')).toBe('mono@feature+x');
    expect(repositories[3]?.source).toBe(join(folder, '..', 'elsewhere', 'tools'));
  });

  it('makes jobs with a digest of what is to be done, and not of when', async () => {
    const campaign = await read(`${WITH}branch: "x/{campaign}/{repository}/{ref}"`);
    const [repository] = await repositoriesOf(campaign);
    if (repository === undefined) throw new TypeError('There is one.');
    const common = { hasten: '1.0.0', dryRun: false, begun: '2026-01-01T00:00:00.000Z' };
    const job = jobOf(campaign, repository, common);
    expect(job.branch).toBe('x/c/one/HEAD');
    expect(JSON.parse(JSON.stringify(job))).toEqual(job);
    expect(digestOf({ ...job, begun: '2027-01-01T00:00:00.000Z' })).toBe(digestOf(job));
    expect(digestOf({ ...job, packages: 1 })).toBe(digestOf(job));
    for (const other of [{ dryRun: true }, { hasten: '1.0.1' }, { level: 'review' as const }])
      expect(digestOf({ ...job, ...other })).not.toBe(digestOf(job));
  });
});

describe('what is told of others', () => {
  it('has no passwords in it', () => {
    expect(withoutSecret('fatal: https://me:secret@host.example/a.git and http://token@host.example/b')).toBe(
      'fatal: https://host.example/a.git and http://host.example/b',
    );
    expect(withoutSecret('git@host.example:a/b.git ssh://git@host.example/a')).toBe(
      'git@host.example:a/b.git ssh://git@host.example/a',
    );
  });

  it.each([
    ['plain', '"plain"'],
    ['a "b", c\nd', '"a ""b"", c\nd"'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    [' =1', `"' =1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@sum', `"'@sum"`],
    ['\tx', `"'\tx"`],
    [7, '7'],
  ])('is no formula for a spreadsheet: %j', (value, written) => {
    expect(cell(value)).toBe(written);
  });
});
