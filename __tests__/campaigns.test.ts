import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync, chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  git,
  hasten,
  keptIn,
  makeOrigin,
  makeRepository,
  makeWorld,
  outcomeOf,
  put,
  SOURCES,
  start,
  stateOf,
  stateOfRepository,
  writeCampaign,
} from './campaigns/world.ts';
import { closedSchemas } from './schemas/closed.ts';

let world = '';
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => rmSync(world, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

describe('a campaign', { timeout: 180_000 }, () => {
  it('commits on a branch of each repository, pushes it, and asks to merge it', async () => {
    const origin = makeOrigin(world, 'one');
    makeOrigin(world, 'two');
    // A program that writes down how it was called, and knows a pull request of `two` already.
    const bin = join(world, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'gh'),
      `#!/bin/sh\nprintf '%s\\n' "$PWD: $*" >> '${world}/calls'\ncase "$1 $2 $PWD" in\n'pr list '*/two/tree) echo https://host.example/pr/2;;\n'pr create '*) echo https://host.example/pr/1; cat "$8" > '${world}/body.md';;\nesac\n`,
    );
    chmodSync(join(bin, 'gh'), 0o755);
    writeCampaign(
      world,
      `repositories: [one.git, two.git]\npush: true\npullRequest: { with: gh, title: "{campaign}: {what}" }`,
    );
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const { code, stdout, stderr } = await start(world, ['batch', 'campaign.yaml'], env).ended;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('campaign: 2 of 2 repositories done, 2 changed');
    expect(stdout).toMatch(/new-name +safe +4 +4 +2\n/);

    expect(git(origin, 'log', '--format=%an <%ae> %s', 'hasten/campaign')).toBe(
      'Ann Lee <ann@example.com> Call the new name instead of the old one\nT <t@example.com> first\n',
    );
    expect(git(origin, 'show', 'hasten/campaign:src/a.js')).toBe('export const a = () => newName(1);\n');
    expect(git(origin, 'show', 'main:src/a.js')).toBe(SOURCES['src/a.js']);
    const landing = JSON.parse(keptIn(stateOf(world), 'landings')['one.json'] ?? '') as object;
    expect(landing).toMatchObject({
      branch: 'hasten/campaign',
      commit: git(origin, 'rev-parse', 'hasten/campaign').trim(),
      pullRequest: { url: 'https://host.example/pr/1' },
    });
    const calls = readFileSync(join(world, 'calls'), 'utf8').split('\n');
    expect(
      calls.filter((call) => call.includes(' pr create ')).map((call) => call.replace(/^\S* /, '')),
    ).toEqual([
      expect.stringMatching(
        /^pr create --head hasten\/campaign --title campaign: Call the new name instead of the old one --body-file \S+ --base main$/,
      ),
    ]);
    expect(JSON.parse(keptIn(stateOf(world), 'landings')['two.json'] ?? '')).toMatchObject({
      pullRequest: { url: 'https://host.example/pr/2' },
    });
    // Nothing is left of the work trees, and the second start has nothing to do.
    expect(
      readdirSync(join(world, 'cache', 'work'), { recursive: true }).filter((name) =>
        /tree/.test(String(name)),
      ),
    ).toEqual([]);
    const before = keptIn(stateOf(world), 'outcomes');
    const again = await start(world, ['batch', 'campaign.yaml'], env).ended;
    expect(again).toMatchObject({ code: 0, stderr: '2 done by an earlier start, 0 to do.\n' });
    expect(keptIn(stateOf(world), 'outcomes')).toEqual(before);
  });

  it('leaves a local repository as it is, and pushes to where that pushes', async () => {
    const origin = makeOrigin(world, 'one');
    const local = join(world, 'local');
    git(world, 'clone', '--quiet', origin, local);
    // Work that is under way: staged, not staged, not tracked.
    put(local, { 'src/a.js': 'oldName(9);\n', 'src/new.js': 'oldName(8);\n' });
    git(local, 'add', 'src/a.js');
    put(local, { 'src/b.js': 'oldName(7);\n' });
    const before = stateOfRepository(local);
    writeCampaign(world, 'repositories: [local]\npush: true');
    expect(await hasten(world, ['batch', 'campaign.yaml'])).toMatchObject({ code: 0 });
    expect(stateOfRepository(local)).toBe(before);
    expect(git(origin, 'show', 'hasten/campaign:src/b.js')).toBe('export const b = () => [newName(2), 3];\n');
    const made = readdirSync(world).toSorted();
    expect(made).toEqual([
      '.hasten',
      'cache',
      'campaign.yaml',
      'local',
      'one-source',
      'one.git',
      'rename.mjs',
    ]);
  });

  it('of which nothing is to be pushed gives a patch and a report, and a dry run not even a commit', async () => {
    const origin = makeOrigin(world, 'one');
    const before = stateOfRepository(origin);
    writeCampaign(
      world,
      'repositories: [one.git]\nverify: "grep -q newName src/a.js || grep -q oldName src/a.js"',
    );
    const dry = await hasten(world, ['batch', 'campaign.yaml', '--dry-run']);
    expect(dry.code).toBe(0);
    const state = stateOf(world, 'campaign.dry-run');
    expect(keptIn(state, 'landings')).toEqual({});
    const patch = keptIn(state, 'patches')['one.patch'] ?? '';
    const source = join(world, 'one-source');
    put(world, { 'one.patch': patch });
    git(source, 'apply', join(world, 'one.patch'));
    expect(readFileSync(join(source, 'src', 'a.js'), 'utf8')).toBe('export const a = () => newName(1);\n');
    expect(keptIn(state, 'summaries')['one.md']).toContain('## hasten: 2 places in 2 files would change');
    expect(outcomeOf(state, 'one')).toMatchObject({
      state: 'changed',
      commits: [],
      verification: { passed: true },
    });

    expect((await hasten(world, ['batch', 'campaign.yaml'])).code).toBe(0);
    expect(stateOfRepository(origin)).toBe(before);
    const { kept } = JSON.parse(keptIn(stateOf(world), 'landings')['one.json'] ?? '') as {
      readonly kept: { readonly clone: string; readonly ref: string };
    };
    expect(git(kept.clone, 'show', `${kept.ref}:src/a.js`)).toBe('export const a = () => newName(1);\n');
    expect(await hasten(world, ['batch', 'status', 'campaign.yaml', '--format', 'json'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"dryRun":false') as string,
    });
  });

  it('goes on where one repository fails, and tells at which step and why', async () => {
    const fails = (name: string, more: Readonly<Record<string, string>>): string =>
      makeOrigin(world, name, { ...SOURCES, ...more });
    makeOrigin(world, 'fine');
    makeOrigin(world, 'more');
    fails('install', { 'install.sh': 'echo no such package >&2; exit 7\n' });
    fails('broken', { 'test.sh': 'exit 1\n' });
    fails('blamed', { 'test.sh': 'grep -q oldName src/a.js\n' });
    fails('unparsed', { 'src/c.js': 'oldName(' });
    fails('other', { 'package.json': '{}' });
    const pushed = makeOrigin(world, 'pushed');
    git(join(world, 'pushed-source'), 'commit', '--quiet', '--allow-empty', '--message=theirs');
    git(join(world, 'pushed-source'), 'push', '--quiet', pushed, 'HEAD:refs/heads/hasten/campaign');
    const names = ['fine', 'install', 'broken', 'blamed', 'unparsed', 'other', 'pushed'];
    writeCampaign(
      world,
      `repositories:\n${names.map((name) => `  - ${name}.git\n`).join('')}  - { source: more.git, ref: gone, name: no-ref }\n  - nowhere\n` +
        'where: { dependency: left-pad }\ninstall: "test ! -f install.sh || sh install.sh"\n' +
        'verify: { commands: ["test ! -f test.sh || sh test.sh"], onFailure: fail }\npush: true',
    );
    const { code, stdout, stderr } = await hasten(world, ['batch', 'campaign.yaml']);
    expect(code).toBe(2);
    const state = stateOf(world);
    const told = [...names, 'no-ref', 'nowhere'].map((name) => {
      const { state: became, step, reason } = outcomeOf(state, name);
      return [name, became, step, reason];
    });
    expect(told).toEqual([
      ['fine', 'changed', undefined, undefined],
      [
        'install',
        'failed',
        'install',
        '`test ! -f install.sh || sh install.sh` fails (exit code 7): no such package',
      ],
      ['broken', 'failed', 'verify', expect.stringContaining('fails without any change too (exit code 1)')],
      ['blamed', 'failed', 'verify', expect.stringContaining('fails with it')],
      ['unparsed', 'changed', undefined, undefined],
      ['other', 'left-out', undefined, 'no package.json depends on `left-pad`'],
      ['pushed', 'failed', 'push', expect.stringContaining('is at the remote already with other commits')],
      ['no-ref', 'failed', 'clone', expect.stringContaining("couldn't find remote ref gone")],
      ['nowhere', 'failed', 'clone', `${join(world, 'nowhere')} is no folder`],
    ]);
    expect(outcomeOf(state, 'unparsed')['failures']).toEqual([
      { path: 'src/c.js', reason: expect.any(String) as string },
    ]);
    expect(keptIn(state, 'logs')['install.log']).toContain('no such package');
    expect(stdout).toContain('9 of 9 repositories done, 2 changed, 1 left out, 6 failed');
    expect(stderr).toContain('install: failed at install: ');
    // Their branch is as it was.
    expect(git(pushed, 'log', '-1', '--format=%s', 'hasten/campaign').trim()).toBe('theirs');

    // What failed is not done again unless told.
    expect((await hasten(world, ['batch', 'campaign.yaml'])).stderr).toContain(
      '9 done by an earlier start, 0 to do.',
    );
    git(pushed, 'branch', '-D', 'hasten/campaign');
    const only = ['--retry-failed', '--only', 'push*'];
    expect(await hasten(world, ['batch', 'campaign.yaml', ...only])).toMatchObject({ code: 0 });
    expect(outcomeOf(state, 'pushed')).toMatchObject({ state: 'changed' });
    expect(outcomeOf(state, 'install')).toMatchObject({ state: 'failed' });
  });

  it('installs once for the same lockfiles, and leaves out what the tests fail with', async () => {
    const files = {
      ...SOURCES,
      '.gitignore': 'node_modules\n',
      'package-lock.json': '{}\n',
      'test.sh': 'test -f node_modules/left-pad/index.js && grep -q oldName src/a.js\n',
    };
    makeOrigin(world, 'one', files);
    makeOrigin(world, 'two', { ...files, 'src/d.js': 'export const d = 1;\n' });
    writeCampaign(
      world,
      `repositories: [one.git, two.git]\ninstall: "echo x >> '${world}/installs'; mkdir -p node_modules/left-pad; echo 1 > node_modules/left-pad/index.js"\nverify: sh test.sh\ncommit: { author: A <a@example.com>, grouping: per-proposal, message: "{places}: {subject}" }`,
    );
    expect(await hasten(world, ['batch', 'campaign.yaml'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(world, 'installs'), 'utf8')).toBe('x\n');
    for (const name of ['one', 'two']) {
      expect(outcomeOf(stateOf(world), name)).toMatchObject({
        state: 'changed',
        changes: [{ path: 'src/b.js', added: 1, removed: 1 }],
        counts: [
          { transform: 'new-name', safety: 'safe', found: 1, changed: 1 },
          { transform: 'new-name', safety: 'report', found: 1, changed: 0 },
        ],
        commits: [{ subject: '1 place: oldName → newName in src/b.js', files: ['src/b.js'] }],
      });
    }
  });

  it('keeps no more of what is installed than the file says', async () => {
    const install = "echo x >> '{world}/installs'; mkdir -p node_modules/a; echo 1 > node_modules/a/index.js";
    makeOrigin(world, 'one', { ...SOURCES, '.gitignore': 'node_modules\n' });
    makeOrigin(world, 'two', { ...SOURCES, '.gitignore': 'node_modules\n' });
    writeCampaign(
      world,
      `repositories: [one.git, two.git]\nlimits: { packages: 0, concurrency: 1 }\ninstall: "${install.replace('{world}', world)}"`,
    );
    expect(await hasten(world, ['batch', 'campaign.yaml', '--dry-run'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(world, 'installs'), 'utf8')).toBe('x\nx\n');
    const logs = keptIn(stateOf(world, 'campaign.dry-run'), 'logs');
    expect(logs['one.log']).toContain('It takes more than 0 GiB (limits.packages), and is not kept');
    const found = readdirSync(join(world, 'cache', 'installed'), { recursive: true });
    expect(found.filter((name) => /node_modules|packages/.test(String(name)))).toEqual([]);
  });

  it('is worked on by one coordinator, which Ctrl-C stops without a trace of half a job', async () => {
    makeOrigin(world, 'one', { ...SOURCES, 'install.sh': 'touch "$PIDS/begun"; sleep 300\n' });
    writeCampaign(world, 'repositories: [one.git]\ninstall: sh install.sh');
    const first = start(world, ['batch', 'campaign.yaml'], { PIDS: world });
    await expect.poll(() => existsSync(join(world, 'begun')), { timeout: 50_000, interval: 50 }).toBe(true);
    const second = await hasten(world, ['batch', 'campaign.yaml']);
    expect(second).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`process ${first.pid} on`) as string,
    });
    const status = await hasten(world, ['batch', 'status']);
    expect(status.stdout).toMatch(/^campaign: 0 of 1 repository done, 1 working\n/);
    first.kill('SIGINT');
    const { code, stderr } = await first.ended;
    expect(code).toBe(2);
    expect(stderr).toContain('Stopping; what is under way is done anew by the next start.');
    expect(keptIn(stateOf(world), 'outcomes')).toEqual({});
    expect(existsSync(join(world, 'cache', 'work', 'one'))).toBe(false);
    expect((await hasten(world, ['batch', 'status'])).stdout).toContain('nobody is at work on it');
  });

  it('replaces a branch of its own where it may, and asks glab, or a command', async () => {
    const origin = makeOrigin(world, 'one');
    git(join(world, 'one-source'), 'commit', '--quiet', '--allow-empty', '--message=older');
    git(join(world, 'one-source'), 'push', '--quiet', origin, 'HEAD:refs/heads/hasten/mine');
    const bin = join(world, 'bin');
    put(bin, {
      glab: `#!/bin/sh\nprintf '%s\\n' "$*" >> '${world}/calls'\ncase "$2" in list) echo '[]';; *) echo https://host.example/mr/1;; esac\n`,
    });
    chmodSync(join(bin, 'glab'), 0o755);
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const push = 'repositories: [one.git]\nbranch: "hasten/{campaign}"\npush: { existing: replace }\n';
    writeCampaign(world, `${push}pullRequest: { with: glab, body: "{places}", draft: true }`, 'mine');
    expect((await start(world, ['batch', 'mine.yaml'], env).ended).code).toBe(0);
    expect(readFileSync(join(world, 'calls'), 'utf8').trim().split('\n')).toEqual([
      'mr list --source-branch hasten/mine --output json',
      'mr create --source-branch hasten/mine --title Call the new name instead of the old one --description 2 places --yes --target-branch main --draft',
    ]);
    expect(git(origin, 'log', '--format=%s', 'main..hasten/mine').trim()).toBe(
      'Call the new name instead of the old one',
    );

    const command = 'env | grep ^HASTEN_ | sort > "$PWD/../../../../../told"; exit 9';
    writeCampaign(world, `${push}pullRequest: { with: '${command}' }`, 'mine');
    expect((await hasten(world, ['batch', 'mine.yaml'])).code).toBe(2);
    expect(outcomeOf(stateOf(world, 'mine'), 'one')).toMatchObject({
      state: 'failed',
      step: 'pull-request',
      changes: [{}, {}],
    });
    const told = readFileSync(join(world, 'told'), 'utf8').split('\n');
    expect(told).toContain('HASTEN_BRANCH=hasten/mine');
    expect(told).toContain('HASTEN_BASE=main');
    expect(told).toContain(`HASTEN_REMOTE=${origin}`);
  });

  it('has a repository turn off a transform, and set an option where the campaign sets none', async () => {
    makeOrigin(world, 'one', { ...SOURCES, 'hasten.config.json': '{"transforms":{"new-name":false}}' });
    makeOrigin(world, 'two', { ...SOURCES, 'hasten.config.json': '{"exclude":["src/a.js"]}' });
    // What an installation makes is not the repository's, and stays as it is.
    writeCampaign(
      world,
      `repositories: [one.git, two.git]\ninstall: "echo 'oldName(5);' > 'src/new file.js'"`,
    );
    expect(await hasten(world, ['batch', 'campaign.yaml', '--dry-run'])).toMatchObject({ code: 0 });
    const state = stateOf(world, 'campaign.dry-run');
    expect(outcomeOf(state, 'one')).toMatchObject({ state: 'unchanged', counts: [] });
    expect(outcomeOf(state, 'two')).toMatchObject({ state: 'changed', changes: [{ path: 'src/b.js' }] });
  });

  it('does anew what another code of its transforms may change, and nothing else', async () => {
    makeOrigin(world, 'one');
    put(world, {
      'own.mjs':
        "import { NAME } from './names.mjs';\n" +
        readFileSync(join(world, 'rename.mjs'), 'utf8').replace("'newName'", 'NAME'),
      'names.mjs': "export const NAME = 'newName';\n",
      'campaign.yaml':
        'repositories: [one.git]\ncache: ./cache\ntypes: false\ntransforms: { ./own.mjs: true, ./rename.mjs: false }\n',
    });
    const state = stateOf(world, 'campaign.dry-run');
    const again = () => start(world, ['batch', 'campaign.yaml', '--dry-run']).ended;
    expect((await again()).code).toBe(0);
    expect(keptIn(state, 'patches')['one.patch']).toContain('newName(1)');
    expect((await again()).stderr).toContain('1 done by an earlier start, 0 to do.');
    // Neither its time nor one that is turned off counts.
    put(world, {
      'names.mjs': "export const NAME = 'newName';\n",
      'rename.mjs': `// other\n${readFileSync(join(world, 'rename.mjs'), 'utf8')}`,
    });
    expect((await again()).stderr).toContain('1 done by an earlier start, 0 to do.');
    put(world, { 'names.mjs': "export const NAME = 'newestName';\n" });
    expect((await hasten(world, ['batch', 'status', '--dry-run'])).stdout).toContain(
      '1 of 1 repository done',
    );
    expect((await again()).stderr).not.toContain('done by an earlier start');
    expect(keptIn(state, 'patches')['one.patch']).toContain('newestName(1)');

    // A job whose transform is another one by now, as on a worker that has an older one, is not done by that.
    const changes = "printf 'export const NAME = 1;' > ../../../../../names.mjs";
    writeFileSync(
      join(world, 'campaign.yaml'),
      `${readFileSync(join(world, 'campaign.yaml'), 'utf8')}install: "${changes}"\n`,
    );
    expect((await again()).code).toBe(2);
    expect(outcomeOf(state, 'one')).toMatchObject({
      state: 'failed',
      step: 'find',
      reason: 'the code of ./own.mjs here is not that which the campaign was started with',
    });
  });

  it('takes repositories from a list and a command, with refs and names', async () => {
    const one = makeRepository(world, 'one');
    git(one, 'tag', 'v1');
    git(one, 'rm', '--quiet', 'src/b.js');
    git(one, 'commit', '--quiet', '--message=second');
    put(world, { 'lists/all.txt': '# ours\n\n../one\tv1\n../one\tmain\tnewest\n' });
    writeCampaign(
      world,
      `repositories:\n  - list: lists/all.txt\n  - command: "printf 'one\\t${git(one, 'rev-parse', 'v1').trim()}\\tby-commit\\n'"`,
    );
    expect(await hasten(world, ['batch', 'campaign.yaml', '--dry-run'])).toMatchObject({ code: 0 });
    const state = stateOf(world, 'campaign.dry-run');
    const files = (name: string): unknown => (outcomeOf(state, name)['changes'] as unknown[]).length;
    expect(['one', 'newest', 'by-commit'].map(files)).toEqual([2, 1, 2]);
  });
});

describe('the report of a campaign', { timeout: 180_000 }, () => {
  it('has every finding of every repository, in every format', async () => {
    makeOrigin(world, 'one');
    makeOrigin(world, 'two', { ...SOURCES, '=cmd.js': 'oldName("risky");\n' });
    writeCampaign(world, 'repositories: [one.git, two.git, gone]');
    expect((await hasten(world, ['batch', 'campaign.yaml'])).code).toBe(2);
    const print = async (format: string): Promise<string> =>
      (await hasten(world, ['batch', 'report', 'campaign', '--format', format])).stdout;
    const csv = (await print('csv')).split('\r\n');
    expect(csv).toHaveLength(1 + 5 + 1);
    expect(csv.find((line) => line.includes('=cmd.js'))).toMatch(
      /^"two","[0-9a-f]{40}","new-name","review","open","'=cmd\.js",1,1,"oldName → newName","Both names are one function","[0-9a-f]+"$/,
    );
    const printed = await print('json');
    const validate = closedSchemas().getSchema('campaign-status.json');
    expect(validate?.(JSON.parse(printed)) === true ? [] : validate?.errors).toEqual([]);
    const json = JSON.parse(printed) as {
      readonly findings: readonly object[];
      readonly totals: unknown;
    };
    expect(json.findings).toHaveLength(5);
    expect(json.totals).toEqual([
      { transform: 'new-name', safety: 'safe', found: 4, changed: 4, repositories: 2 },
      { transform: 'new-name', safety: 'review', found: 1, changed: 0, repositories: 1 },
    ]);
    const markdown = await print('markdown');
    expect(markdown).toContain('## 5 findings\n');
    expect(markdown).toMatch(/\| <code>gone<\/code> \| failed: clone \|/);
    const html = await print('html');
    expect(html.match(/<td>oldName → newName<\/td>/g)).toHaveLength(5);
    expect(html).not.toMatch(/<script src|href="http|@import/);
  });
});
