import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveCampaign } from '../src/campaign/web/server.ts';
import { fileOf } from '../src/campaign/state/folder.ts';
import type { PageServer } from '../src/review/web/page-server.ts';
import { keptCampaign } from './campaigns/kept-campaign.ts';
import { hastenIn } from './command-line.ts';
import { admittedTo, ours, send as sendTo, type Answer, type Sent } from './review-page/requests.ts';

const PATCH =
  'diff --git a/src/a.js b/src/a.js\n--- a/src/a.js\n+++ b/src/a.js\n@@ -1 +1 @@\n-old();\n+new();\n\\ No newline at end of file\n';

let state: string;
let server: PageServer;
let cookieOfTest: string | undefined;

beforeEach(async () => {
  cookieOfTest = undefined;
  state = await keptCampaign('shops', [
    {
      name: 'acme/orders',
      log: '[clone]\n\u001b[31mred\u001b[0m\r\n10%\r100%\n\u0007 <b>bell</b>\n',
      result: {
        outcome: {
          state: 'changed',
          base: 'abc',
          counts: [{ transform: 'new-name', safety: 'safe', found: 3, changed: 2 }],
          changes: [{ path: 'src/a.js', added: 1, removed: 1 }],
          failures: [{ path: 'src/b.js', reason: 'does not parse' }],
          commits: [{ subject: 'New names', files: ['src/a.js'] }],
        },
        patch: PATCH,
        landing: {
          branch: 'hasten/shops',
          commit: 'def',
          kept: { clone: '/clones/x', ref: 'refs/hasten/x', worker: 'w1' },
          pushedTo: 'https://host.example/acme/orders.git',
          pullRequest: { url: 'https://host.example/pr/1' },
        },
      },
    },
    {
      name: 'gone',
      result: { outcome: { state: 'failed', step: 'clone', reason: '/srv/gone is no folder' } },
    },
    { name: 'other-job', result: { outcome: { job: 'e'.repeat(32), state: 'changed' }, patch: PATCH } },
    { name: 'waits' },
  ]);
  server = await serveCampaign({ name: 'shops', state, bundle: { script: 'run();', style: 'a {}' } });
});

afterEach(() => {
  server.close();
  rmSync(state, { recursive: true, force: true });
});

const send = (path: string, sent?: Sent): Promise<Answer> => sendTo(server.address, path, sent);
const admitted = async (): Promise<string> => (cookieOfTest ??= await admittedTo(server.address));

/** What a script of the page is answered. */
async function asked(path: string): Promise<unknown> {
  const { status, text } = await send(path, { headers: ours(await admitted()) });
  expect(status).toBe(200);
  return JSON.parse(text);
}

const PATHS = [
  '/',
  '/page.js',
  '/page.css',
  '/api/status',
  '/api/repository?name=gone',
  '/api/diff?name=acme/orders',
  '/api/log?name=acme/orders',
];

describe('the page of a campaign', () => {
  it('is on this machine, for whoever opens its address first', async () => {
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const { pathname, search } = new URL(server.address);
    const first = await send(`${pathname}${search}`);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect(first.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await send(`${pathname}${search}`)).status).toBe(403);
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const page = await send('/', { headers: { cookie } });
    expect(page.text).toContain('<title>shops – hasten batch</title>');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect((await send('/page.js', { headers: { cookie } })).text).toBe('run();');
  });

  it.each(PATHS)('is refused without its cookie, and to other hosts and pages: %s', async (path) => {
    expect((await send(path, { headers: { 'x-hasten': '1' } })).status).toBe(403);
    const cookie = await admitted();
    const wrong = `${cookie.split('=')[0] ?? ''}=${'x'.repeat(43)}`;
    expect((await send(path, { headers: ours(wrong) })).status).toBe(403);
    const more = { host: 'evil.example' };
    expect((await send(path, { headers: { ...ours(cookie), ...more } })).status).toBe(403);
    const origin = 'http://evil.example';
    expect((await send(path, { headers: { ...ours(cookie), origin } })).status).toBe(403);
    expect((await send(path, { headers: ours(cookie) })).status).toBe(200);
  });

  it.each(PATHS.filter((path) => path.startsWith('/api/')))(
    'is data for its own script only: %s',
    async (path) => {
      const cookie = await admitted();
      expect((await send(path, { headers: { cookie } })).status).toBe(403);
      const headers = { ...ours(cookie), 'sec-fetch-site': 'cross-site' };
      expect((await send(path, { headers })).status).toBe(403);
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('changes nothing: %s', async (method) => {
    const headers = ours(await admitted());
    for (const path of PATHS) {
      const { status, headers: told } = await send(path, { method, headers });
      expect([status, told.allow]).toEqual([405, 'GET']);
    }
  });

  it.each([
    '',
    '..',
    '../../secret',
    '/etc/passwd',
    'acme+orders',
    'acme/orders/',
    'ACME/ORDERS',
    '__proto__',
    'acme/orders\0',
  ])('has nothing of what is no repository of the campaign: %j', async (name) => {
    writeFileSync(join(state, '..', 'secret.log'), 'secret');
    writeFileSync(join(state, 'logs', 'secret.log'), 'secret');
    const headers = ours(await admitted());
    for (const path of ['repository', 'diff', 'log']) {
      const { status, text } = await send(`/api/${path}?name=${encodeURIComponent(name)}`, { headers });
      expect([status, text]).toEqual([404, 'The campaign has no such repository.']);
    }
    expect((await send(`/api/log`, { headers })).status).toBe(404);
    rmSync(join(state, '..', 'secret.log'));
  });

  it('says where each repository stands, and what was found', async () => {
    expect(await asked('/api/status')).toEqual({
      name: 'shops',
      isDryRun: true,
      isRunning: false,
      headline: 'shops (dry run): 2 of 4 repositories done, 1 changed, 1 failed; nobody is at work on it',
      repositories: [
        {
          name: 'acme/orders',
          state: 'changed',
          says: 'changed',
          counts: [{ transform: 'new-name', safety: 'safe', found: 3, changed: 2 }],
          files: 1,
          failures: 1,
          time: '',
          request: 'https://host.example/pr/1',
        },
        {
          name: 'gone',
          state: 'failed',
          says: 'failed: clone',
          reason: '/srv/gone is no folder',
          counts: [],
          files: 0,
          failures: 0,
          time: '',
        },
        { name: 'other-job', state: 'waiting', says: 'waiting', counts: [], files: 0, failures: 0, time: '' },
        { name: 'waits', state: 'waiting', says: 'waiting', counts: [], files: 0, failures: 0, time: '' },
      ],
      totals: [{ transform: 'new-name', safety: 'safe', found: 3, changed: 2, repositories: 1 }],
    });
  });

  it('has the diff and the log of a repository, and where its commits are', async () => {
    expect(await asked('/api/diff?name=acme/orders')).toEqual({
      diffs: [
        {
          path: 'src/a.js',
          isNew: false,
          hunks: [
            {
              oldStart: 1,
              newStart: 1,
              lines: [
                { kind: 'removed', text: 'old();' },
                { kind: 'added', text: 'new();', isUnended: true },
              ],
            },
          ],
        },
      ],
      left: 0,
      patch: fileOf(state, 'patches', 'acme/orders'),
    });
    expect(await asked('/api/log?name=acme/orders')).toEqual({
      text: '[clone]\nred\n100%\n\\u0007 <b>bell</b>\n',
      log: fileOf(state, 'logs', 'acme/orders'),
    });
    expect(await asked('/api/repository?name=acme/orders')).toEqual({
      facts: [
        { label: 'From', text: '/srv/acme/orders' },
        { label: 'Starts from', text: 'abc' },
        { label: 'Branch', text: 'hasten/shops' },
        { label: 'Last commit', text: 'def' },
        { label: 'Pushed to', text: 'https://host.example/acme/orders.git' },
      ],
      failures: [{ path: 'src/b.js', reason: 'does not parse' }],
      commits: [{ subject: 'New names', files: 1 }],
    });
  });

  it('shows nothing of a job that is not asked for any more, or not done', async () => {
    for (const name of ['other-job', 'waits']) {
      expect(await asked(`/api/diff?name=${name}`)).toMatchObject({ diffs: [], left: 0 });
      expect(await asked(`/api/log?name=${name}`)).toMatchObject({ text: '' });
      expect(await asked(`/api/repository?name=${name}`)).toEqual({ facts: [], failures: [], commits: [] });
    }
  });

  it('says so where the campaign is gone or cannot be read, and goes on once it can', async () => {
    const headers = ours(await admitted());
    writeFileSync(fileOf(state, 'outcomes', 'acme/orders'), '{');
    expect((await send('/api/diff?name=acme/orders', { headers })).status).toBe(500);
    expect((await send('/api/status', { headers })).status).toBe(200);
    rmSync(state, { recursive: true });
    expect(await send('/api/status', { headers })).toMatchObject({
      status: 404,
      text: 'The folder of the campaign is gone.',
    });
  });
});

describe('hasten batch status --web', () => {
  it.each([['--watch'], ['--format', 'json']])('does not go with %s', async (...words) => {
    expect(await hastenIn(state, ['batch', 'status', '--web', ...words])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('--web shows a page of its own') as string,
    });
  });

  it('needs a campaign that was started', async () => {
    expect(await hastenIn(state, ['batch', 'status', '--web'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('No campaign was started here') as string,
    });
  });
});
