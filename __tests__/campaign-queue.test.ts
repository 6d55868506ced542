import { randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { versionOf } from '../src/api/version.ts';
import { freePort, hasRedis, PASSWORD, TestRedis } from './campaigns/redis.ts';
import {
  git,
  hasten,
  keptIn,
  makeOrigin,
  makeWorld,
  outcomeOf,
  put,
  SOURCES,
  start,
  stateOf,
  writeCampaign,
  type Started,
} from './campaigns/world.ts';
import { packageRoot } from './command-line.ts';

if (!hasRedis) console.warn('There is no redis-server here: campaigns through a queue are not tested.');

const VERSION = versionOf(packageRoot);
const KINDS = ['outcomes', 'findings', 'patches', 'summaries'] as const;
const LONG = 300_000;
const POLLED = { timeout: 120_000, interval: 20 };

let world = '';
let redis: TestRedis | undefined;
let workers: Started[] = [];

beforeEach(async () => {
  world = makeWorld();
  workers = [];
  redis = hasRedis ? await TestRedis.start() : undefined;
});
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await Promise.all(workers.map(({ ended }) => ended));
  await redis?.end();
  rmSync(world, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const url = (): string => redis?.url ?? '';

/** Starts a worker with a cache of its own, as if it had a machine of its own. */
function startWorker(name: string, ...words: readonly string[]): Started {
  const own = ['--name', name, '--cache', join(world, `cache-${name}`), '--lease', '3', '--concurrency', '2'];
  const env = { GO: join(world, 'go'), BEGUN: join(world, 'begun'), WORKER: name };
  const worker = start(world, ['worker', url(), ...own, ...words], env);
  workers.push(worker);
  return worker;
}

interface Logged {
  readonly event: string;
  readonly repository?: string;
}

/** What the log of a campaign says. */
function logOf(state: string): readonly Logged[] {
  const path = join(state, 'log.ndjson');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Logged);
}

const count = (state: string, event: string): number =>
  logOf(state).filter((one) => one.event === event).length;

/** All files below the world but the repositories' own, for what must not be in them. */
const writtenIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

/** What is left in Redis of single jobs: their entries, results and ids. */
const leftInRedis = async (): Promise<readonly string[]> =>
  ((await redis?.asked((client) => client.keys('hasten:*'))) ?? []).filter((key) =>
    /^hasten:(?:results|done|queued|batch-[^:]*:(?:j[0-9a-f]{32}|wait|active|delayed|completed|failed|stalled)$)/.test(
      key,
    ),
  );

/** A command that tells that it has begun, and ends when the world has a file `go`, or one for its worker. */
const UNTIL_GO = 'echo x >> $BEGUN; until test -f $GO || test -f $GO-$WORKER; do sleep 0.1; done';

const begunJobs = (): number => {
  const path = join(world, 'begun');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
};

/** Which workers some landings or results are of. */
const workersOf = (texts: readonly string[]): string[] =>
  texts.map((text) => /"worker": ?"(\w)"/.exec(text)?.[1] ?? '').toSorted();

/**
 * Has two workers do the same jobs of the campaign, all of which wait for `go`: the first stood still until the second took them over, and still does. The
 * coordinator was killed.
 */
async function twoAtTheSameJobs(jobs: number): Promise<readonly [first: Started, second: Started]> {
  const first = startWorker('a');
  const coordinator = start(world, ['batch', 'campaign.yaml', '--queue', url()]);
  await expect.poll(begunJobs, POLLED).toBe(jobs);
  first.kill('SIGSTOP');
  const second = startWorker('b');
  await expect.poll(begunJobs, POLLED).toBe(2 * jobs);
  coordinator.kill('SIGKILL');
  await coordinator.ended;
  return [first, second];
}

describe.skipIf(!hasRedis)('a campaign through a queue', () => {
  it(
    'comes to each repository once and to the same bytes as on one machine, though workers are killed',
    { timeout: LONG },
    async () => {
      const names = ['one', 'two', 'three', 'four', 'five'];
      for (const name of names)
        makeOrigin(world, name, {
          ...SOURCES,
          '.gitignore': 'node_modules\n',
          [`${name}.js`]: 'oldName(0);\n',
        });
      const listed = [...names.map((name) => `${name}.git`), 'gone', 'http://127.0.0.1:1/nobody.git'];
      writeCampaign(
        world,
        `repositories: [${listed.join(', ')}]\nlevel: review\ninstall: mkdir -p node_modules/x\nverify: test -f src/a.js\npush: true`,
      );
      const state = stateOf(world);
      const all = (): object => Object.fromEntries(KINDS.map((kind) => [kind, keptIn(state, kind)]));
      expect((await hasten(world, ['batch', 'campaign.yaml'])).code).toBe(2);
      const undisturbed = all();
      expect(Object.keys(keptIn(state, 'patches'))).toHaveLength(names.length);
      // As if nothing had been.
      for (const made of ['.hasten', 'cache']) rmSync(join(world, made), { recursive: true });
      for (const name of names) git(join(world, `${name}.git`), 'branch', '-D', 'hasten/campaign');

      const run = hasten(world, ['batch', 'campaign.yaml', '--queue', url()]);
      const [first, second, third] = ['a', 'b', 'c'].map((name) => startWorker(name));
      await expect.poll(() => count(state, 'begin'), POLLED).toBeGreaterThan(1);
      const moments = [randomInt(1500), randomInt(1500)];
      await after(moments[0]);
      first?.kill('SIGKILL');
      await after(moments[1]);
      second?.kill('SIGKILL');
      const { code, stdout, stderr } = await run;

      expect({ code, moments }).toEqual({ code: 2, moments });
      expect(all()).toEqual(undisturbed);
      const ends = logOf(state).flatMap(({ event, repository = '' }) =>
        event === 'end' ? [repository] : [],
      );
      expect(ends.toSorted()).toEqual([...names, 'gone', 'nobody'].toSorted());
      for (const name of names) {
        expect(git(join(world, `${name}.git`), 'rev-list', '--count', 'main..hasten/campaign').trim()).toBe(
          '1',
        );
        expect(keptIn(state, 'logs')[`${name}.log`]).toContain('[push]');
      }
      expect(await leftInRedis()).toEqual([]);
      third?.kill('SIGTERM');
      const last = await third?.ended;
      expect(last?.code).toBe(0);
      expect(last?.stderr).toContain('nobody: is tried again later, as this may pass: ');
      expect([stdout, stderr, last?.stdout, last?.stderr, writtenIn(world)].join('\n')).not.toContain(
        PASSWORD,
      );
    },
  );

  it('goes on when its coordinator was killed, and queues nothing twice', { timeout: LONG }, async () => {
    const names = ['one', 'two', 'three'];
    for (const name of names) makeOrigin(world, name);
    writeCampaign(
      world,
      `repositories: [${names.map((name) => `${name}.git`).join(', ')}]\ninstall: ${UNTIL_GO}`,
    );
    const state = stateOf(world);
    const worker = startWorker('a');
    const killed = start(world, ['batch', 'campaign.yaml', '--queue', url()]);
    await expect.poll(() => count(state, 'begin'), POLLED).toBe(2);
    killed.kill('SIGKILL');
    await killed.ended;
    writeFileSync(join(world, 'go'), '');
    const { code } = await hasten(world, ['batch', 'campaign.yaml', '--queue', url()]);
    expect(code).toBe(0);
    expect(Object.keys(keptIn(state, 'outcomes'))).toHaveLength(names.length);
    expect(begunJobs()).toBe(names.length);
    expect(await leftInRedis()).toEqual([]);
    worker.kill('SIGTERM');
    const { stderr } = await worker.ended;
    for (const name of names) expect(stderr.split(`${name}: begun`)).toHaveLength(2);
  });

  it('gives a job to another worker when one is stopped', { timeout: LONG }, async () => {
    makeOrigin(world, 'one');
    writeCampaign(world, `repositories: [one.git]\ninstall: ${UNTIL_GO}`);
    const run = hasten(world, ['batch', 'campaign.yaml', '--queue', url()]);

    // Two signals: it ends at once, and its job is another's when the lease is over.
    const hurried = startWorker('a', '--grace', '1000');
    await expect.poll(begunJobs, POLLED).toBe(1);
    hurried.kill('SIGTERM');
    await after(500);
    hurried.kill('SIGTERM');
    expect((await hurried.ended).code).toBe(null);

    // One signal: it gives its job back, and leaves nothing.
    const stopped = startWorker('b', '--grace', '0');
    await expect.poll(begunJobs, POLLED).toBe(2);
    stopped.kill('SIGTERM');
    const { code, stderr } = await stopped.ended;
    expect(stderr).toContain('Stopping: 1 job under way may end within 0 s');
    expect(stderr).toContain('one: given back\n');
    expect(code).toBe(0);
    expect(readdirSync(join(world, 'cache-b', 'work', 'queue'))).toEqual([]);
    expect(await redis?.asked((client) => client.llen(`hasten:batch-${VERSION}:wait`))).toBe(1);

    writeFileSync(join(world, 'go'), '');
    startWorker('c');
    expect((await run).code).toBe(0);
    expect(begunJobs()).toBe(3);
  });

  it('goes on when the Redis was gone and comes back empty', { timeout: LONG }, async () => {
    for (const name of ['one', 'two']) makeOrigin(world, name);
    writeCampaign(world, `repositories: [one.git, two.git]\ninstall: ${UNTIL_GO}`);
    const worker = startWorker('a').ended;
    const run = hasten(world, ['batch', 'campaign.yaml', '--queue', url()]);
    await expect.poll(begunJobs, POLLED).toBeGreaterThan(0);
    await redis?.end();
    await after(300);
    await redis?.begin();
    writeFileSync(join(world, 'go'), '');
    const { code, stderr } = await run;
    expect(code).toBe(0);
    expect(Object.keys(keptIn(stateOf(world), 'outcomes'))).toHaveLength(2);
    expect(stderr).toMatch(/The connection to redis:\/\/127\.0\.0\.1:\d+ is lost; it is tried again\.\n/);
    // Nor does a worker need it to end.
    await redis?.end();
    workers[0]?.kill('SIGTERM');
    expect((await worker).code).toBe(0);
  });

  it(
    'has the result of the first of two workers that end its jobs at the same moment',
    { timeout: LONG },
    async () => {
      const names = ['one', 'two'];
      // With the same files the second would wait for what the first installs.
      for (const name of names)
        makeOrigin(world, name, { ...SOURCES, 'package.json': `{"name":"${name}"}\n` });
      writeCampaign(
        world,
        `repositories: [one.git, two.git]\ninstall: ${UNTIL_GO}\npush: true\nlimits: { memory: 1024 }`,
      );
      const [first, second] = await twoAtTheSameJobs(names.length);
      // Nobody fetches anything meanwhile.
      writeFileSync(join(world, 'go'), '');
      first.kill('SIGCONT');
      const seen = new Map<string, Buffer>();
      await redis?.asked(async (client) => {
        while (seen.size < names.length)
          for (const key of await client.keys('hasten:results:*')) {
            const packet = await client.getBuffer(key);
            if (packet !== null && !seen.has(key)) seen.set(key, packet);
          }
      });
      for (const worker of [first, second])
        for (const name of names)
          await expect.poll(() => worker.said(), POLLED).toContain(`${name}: 2 places`);
      for (const worker of [first, second]) {
        worker.kill('SIGTERM');
        expect((await worker.ended).code).toBe(0);
      }
      expect(begunJobs()).toBe(2 * names.length);
      const kept = await redis?.asked((client) =>
        Promise.all([...seen.keys()].map((key) => client.getBuffer(key))),
      );
      expect(kept).toEqual([...seen.values()]);

      expect((await hasten(world, ['batch', 'campaign.yaml', '--queue', url()])).code).toBe(0);
      const state = stateOf(world);
      expect(workersOf(Object.values(keptIn(state, 'landings')))).toEqual(
        workersOf([...seen.values()].map((packet) => gunzipSync(packet).toString())),
      );
      expect(Object.keys(keptIn(state, 'outcomes'))).toEqual(['one.json', 'two.json']);
      expect(count(state, 'end')).toBe(names.length);
      for (const name of names)
        expect(git(join(world, `${name}.git`), 'rev-list', '--count', 'main..hasten/campaign').trim()).toBe(
          '1',
        );
      expect(await leftInRedis()).toEqual([]);
    },
  );

  it.each([
    ['that lost it', 'b', 'a'],
    ['that has it still', 'a', 'b'],
  ] as const)(
    'takes nothing from a worker %s once its job is done',
    { timeout: LONG },
    async (_, early, late) => {
      makeOrigin(world, 'one');
      // It fails where it is done first, so that the same job can be asked for once more.
      writeCampaign(world, `repositories: [one.git]\ninstall: "${UNTIL_GO}; test -f ${join(world, 'fine')}"`);
      const [a, b] = await twoAtTheSameJobs(1);
      if (early === 'a') a.kill('SIGCONT');
      writeFileSync(join(world, `go-${early}`), '');
      expect((await hasten(world, ['batch', 'campaign.yaml', '--queue', url()])).code).toBe(2);
      expect(outcomeOf(stateOf(world), 'one')).toMatchObject({ state: 'failed', step: 'install' });
      if (late === 'a') a.kill('SIGCONT');
      writeFileSync(join(world, `go-${late}`), '');
      for (const worker of [a, b]) {
        await expect.poll(() => worker.said(), POLLED).toContain('one: failed at install');
        worker.kill('SIGTERM');
        expect((await worker.ended).code).toBe(0);
      }
      for (const name of ['fine', 'go']) writeFileSync(join(world, name), '');
      startWorker('c');
      const again = await hasten(world, ['batch', 'campaign.yaml', '--queue', url(), '--retry-failed']);
      expect(again.code).toBe(0);
      expect(outcomeOf(stateOf(world), 'one')).toMatchObject({ state: 'changed' });
      expect(begunJobs()).toBe(3);
      expect(await leftInRedis()).toEqual([]);
    },
  );

  it('leaves jobs of another version to others, and says so', { timeout: LONG }, async () => {
    await redis?.asked(async (client) => {
      await client.sadd('hasten:versions', '9.9.9');
      await client.rpush('hasten:batch-9.9.9:wait', 'j1');
    });
    const worker = startWorker('a');
    const refused = `1 job made by hasten 9.9.9: refused, as this is ${VERSION}, and left to workers of that version\n`;
    await expect.poll(() => worker.said(), POLLED).toContain(refused);
    worker.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    expect(await redis?.asked((client) => client.lrange('hasten:batch-9.9.9:wait', 0, -1))).toEqual(['j1']);
  });
});

describe('a queue that is not to be had', () => {
  it('is told without its password, and nothing is begun', { timeout: LONG }, async () => {
    makeOrigin(world, 'one');
    writeCampaign(world, 'repositories: [one.git]');
    const port = await freePort();
    for (const words of [['worker'], ['batch', 'campaign.yaml', '--queue']]) {
      const ran = await hasten(world, [...words, `redis://ann:${PASSWORD}@127.0.0.1:${port}`]);
      expect(ran).toEqual({
        code: 2,
        stdout: '',
        stderr: `hasten: redis://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}\n`,
      });
    }
    expect(existsSync(stateOf(world))).toBe(false);
  });

  it.each([
    'http://x',
    '127.0.0.1:6379',
    `redis://:${PASSWORD}@`,
    `redis://:${PASSWORD}@host:1/db`,
    'redis:x',
  ])('%s is no address', async (typed) => {
    put(world, { 'campaign.yaml': 'repositories: [x]\n' });
    for (const words of [['worker'], ['batch', 'campaign.yaml', '--queue']])
      expect(await hasten(world, [...words, typed])).toEqual({
        code: 3,
        stdout: '',
        stderr: 'hasten: the address of a queue is as redis://host:6379, or rediss://host:6379 with TLS.\n',
      });
  });

  it('is for commits with an author, as each worker may know another one', async () => {
    makeOrigin(world, 'one');
    put(world, { 'campaign.yaml': 'repositories: [one.git]\ncommit:\n  signoff: true\n' });
    expect(await hasten(world, ['batch', 'campaign.yaml', '--queue', 'redis://127.0.0.1:1'])).toEqual({
      code: 3,
      stdout: '',
      stderr: `hasten: ${join(world, 'campaign.yaml')}:2: with --queue, \`commit\` needs an \`author\`, as Ann Lee <ann@example.com>, so that every worker makes the same commits.\n`,
    });
  });

  it.each([
    ['--concurrency', '0', '--concurrency is a whole number from 1 on, not "0".'],
    ['--memory', 'much', '--memory is a whole number from 256 on, not "much".'],
    ['--name', 'a b', '--name has letters, digits and . _ - in it, not "a b".'],
  ])('%s %s is bad usage', async (option, value, says) => {
    expect(await hasten(world, ['worker', 'redis://127.0.0.1:1', option, value])).toEqual({
      code: 3,
      stdout: '',
      stderr: `hasten: ${says}\n`,
    });
  });
});
