import { randomBytes } from 'node:crypto';
import { setImmediate as after } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withoutResult } from '../src/campaign/isolated-job.ts';
import type { Job } from '../src/campaign/job.ts';
import type { JobResult } from '../src/campaign/outcome.ts';
import { addressOf } from '../src/campaign/queue/address.ts';
import { idOf } from '../src/campaign/queue/keys.ts';
import { packed, PACKED_LIMIT, unpacked } from '../src/campaign/queue/parcel.ts';
import { mayPass } from '../src/campaign/queue/passing.ts';
import { Room } from '../src/campaign/queue/room.ts';

const JOB: Job = {
  name: 'acme/orders',
  source: 'https://example.com/acme/orders.git',
  where: { dependency: [], file: [] },
  transforms: {},
  sets: [],
  level: 'safe',
  types: false,
  include: [],
  exclude: [],
  ownConfig: true,
  branch: 'hasten/campaign',
  commit: { grouping: 'together', signoff: false },
  hasten: '0.1.0',
  campaign: 'campaign',
  file: '/srv/campaign.yaml',
  limits: { time: 60, memory: 512 },
  packages: 20,
  dryRun: false,
  begun: '2026-01-02T03:04:05Z',
};

describe('what a worker sends back', () => {
  const result: JobResult = { ...withoutResult(JOB, 'find', 'no reason'), patch: '+é\n'.repeat(1000) };

  it('comes as it was', async () => {
    const packet = await packed({ result, log: 'said\n' }, JOB);
    expect(packet.length).toBeLessThan(1000);
    expect(await unpacked(packet, JOB)).toEqual({ result, log: 'said\n' });
  });

  it('becomes a failure that says so where it is too large, and where it has landed is known still', async () => {
    const landing = { branch: 'b', commit: 'c', kept: { clone: '/x', ref: 'r' } };
    const large = { ...result, landing, patch: randomBytes(PACKED_LIMIT * 2 ** 20).toString('base64') };
    const sent = await unpacked(await packed({ result: large, log: '' }, JOB), JOB);
    expect(sent.result).toMatchObject({
      landing,
      patch: '',
      outcome: {
        state: 'failed',
        reason: expect.stringContaining('too large for a queue (more than 32 MiB packed') as string,
      },
    });
  });

  it.each([
    ['no gzip', Buffer.from('no'), 'incorrect header check'],
    ['no JSON', gzipSync('no'), 'not valid JSON'],
    [
      'of another repository',
      gzipSync(JSON.stringify({ result: { outcome: { repository: '../../x' } }, log: '' })),
      'it is of another repository',
    ],
  ])('is a failure where it is %s', async (_, packet, reason) => {
    const { outcome } = (await unpacked(packet, JOB)).result;
    expect(outcome).toMatchObject({ repository: 'acme/orders', state: 'failed' });
    expect(outcome.reason).toContain(`what a worker sent back cannot be read: `);
    expect(outcome.reason).toContain(reason);
  });
});

const failed = (step: 'clone' | 'verify' | 'push', reason: string): boolean =>
  mayPass(withoutResult(JOB, step, reason).outcome);

describe('what may be none another time', () => {
  it.each([
    "git fetch fails: fatal: unable to access 'https://x/': Could not resolve host: x",
    "git fetch fails: fatal: unable to access 'http://x/': Failed to connect to x port 1 after 0 ms: Couldn't connect to server",
    'git fetch fails: error: RPC failed; curl 56 GnuTLS recv error (-54); fatal: early EOF',
    "git fetch fails: fatal: unable to access 'https://x/': The requested URL returned error: 503",
    'git fetch fails: ssh: connect to host x port 22: Connection refused',
    'git fetch fails: not done after 1800 s',
  ])('%s', (reason) => {
    expect(failed('clone', reason)).toBe(true);
    expect(failed('push', reason)).toBe(true);
    expect(failed('verify', reason)).toBe(false);
  });

  it.each([
    '/srv/gone is no folder',
    "git fetch fails: fatal: couldn't find remote ref nowhere",
    "git fetch fails: fatal: unable to access 'https://x/': The requested URL returned error: 404",
    'git fetch fails: remote: Repository not found.',
    "git fetch fails: fatal: Authentication failed for 'https://x/'",
    'the time limit was reached (60 s)',
  ])('but not: %s', (reason) => expect(failed('clone', reason)).toBe(false));
});

describe('the id of a job', () => {
  it('is the same exactly if the same is asked by the same campaign', () => {
    expect(idOf('c', { ...JOB })).toBe(idOf('c', JOB));
    const others = [
      idOf('d', JOB),
      idOf('c', { ...JOB, level: 'review' }),
      idOf('c', { ...JOB, name: 'acme/billing' }),
      idOf('c', { ...JOB, begun: '2026-01-02T03:04:06Z' }),
    ];
    expect(new Set([idOf('c', JOB), ...others]).size).toBe(5);
  });
});

describe('the address of a queue', () => {
  it('takes a password from elsewhere where it has none', () => {
    expect(addressOf('rediss://host:1/2', 'p@ss/word')).toEqual({
      url: 'rediss://:p%40ss%2Fword@host:1/2',
      shown: 'rediss://host:1/2',
    });
    expect(addressOf('redis://ann:own@host', 'other')).toEqual({
      url: 'redis://ann:own@host',
      shown: 'redis://host',
    });
  });
});

describe('the memory of a worker', () => {
  it('is not given twice, goes to who came first, and all of it to who wants more than there is', async () => {
    const room = new Room(100);
    const done: string[] = [];
    const ends = new Map<string, () => void>();
    const job = (name: string, size: number): Promise<void> =>
      room.within(size, async () => {
        await new Promise<void>((end) => ends.set(name, end));
        done.push(name);
      });
    const all = [job('a', 60), job('b', 60), job('huge', 1000), job('c', 30)];
    await after();
    expect([...ends.keys()]).toEqual(['a']);
    ends.get('a')?.();
    await after();
    expect([...ends.keys()]).toEqual(['a', 'b']);
    ends.get('b')?.();
    await after();
    expect([...ends.keys()]).toEqual(['a', 'b', 'huge']);
    ends.get('huge')?.();
    await after();
    ends.get('c')?.();
    await Promise.all(all);
    expect(done).toEqual(['a', 'b', 'huge', 'c']);
  });
});
