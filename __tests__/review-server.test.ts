import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Decisions } from '../src/run/plan-file/decisions.ts';
import type { PageOutcome } from '../src/review/web/protocol.ts';
import { pageBundle } from '../src/review/web/page-bundle.ts';
import { serveReview, type ReviewServer } from '../src/review/web/server.ts';
import { ensurePage } from '../scripts/page.ts';
import { packageRoot } from './command-line.ts';
import { eventually } from './review-page/eventually.ts';
import { manyProposals } from './review-page/many.ts';
import { admittedTo, ours, send as sendTo, type Answer, type Sent } from './review-page/requests.ts';

const OUTCOME: PageOutcome = { code: 0, applied: 1, written: ['src/a.ts'], leftOut: [], failures: [] };

let server: ReviewServer;
let kept: Decisions[];
let outcome: PageOutcome;
let shown: string[];
let release: (() => void) | undefined;

beforeAll(ensurePage);

beforeEach(async () => {
  kept = [];
  shown = [];
  outcome = OUTCOME;
  release = undefined;
  const source = manyProposals(20);
  server = await serveReview({
    source: {
      ...source,
      decisions: new Map([['from-another-plan', { verdict: 'rejected', note: 'not mine' }]]),
      async codeAround(path, line) {
        shown.push(path);
        return path === 'src/users/part-1.ts' ? source.codeAround(path, line) : undefined;
      },
    },
    bundle: pageBundle(packageRoot),
    later: 'hasten apply plan.json',
    keep: async (decisions) => void kept.push(decisions),
    async apply(_, tell) {
      tell('one line');
      if (outcome.code === 3) await new Promise<void>((resolve) => (release = resolve));
      return outcome;
    },
  });
});

afterEach(async () => {
  release?.();
  await server.close();
});

const send = (path: string, sent?: Sent): Promise<Answer> => sendTo(server.address, path, sent);

const admitted = (): Promise<string> => admittedTo(server.address);

const change = async (cookie: string, body: string): Promise<Answer> =>
  send('/api/decisions', { method: 'PATCH', body, headers: ours(cookie) });

const apply = async (cookie: string): Promise<Answer> =>
  send('/api/apply', { method: 'POST', body: '{}', headers: ours(cookie) });
const linesOf = ({ text }: Answer): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

describe('the address', () => {
  it('gives a cookie for its token once, and leads to the page without it', async () => {
    const { pathname, search } = new URL(server.address);
    const first = await send(`${pathname}${search}`);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const second = await send(`${pathname}${search}`);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await send(`${pathname}${search}`, { headers: { cookie } })).status).toBe(303);
    const page = await send('/', { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<script src="/page.js"></script>');
  });

  it.each(['', 'wrong', 'x'.repeat(43), '%00'])('is not opened by the token %j', async (token) => {
    const { status, headers } = await send(`/?token=${token}`);
    expect(status).toBe(403);
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('is on this machine only', () => {
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  });
});

describe('a request', () => {
  const PATHS = [
    '/',
    '/page.js',
    '/page.css',
    '/api/review',
    '/api/diff?id=p000000',
    '/api/code?path=src/users/part-1.ts&line=1',
  ];

  it.each(PATHS)('for %s is refused without the cookie', async (path) => {
    expect((await send(path, { headers: { 'x-hasten': '1' } })).status).toBe(403);
    const wrong = `${(await admitted()).split('=')[0] ?? ''}=${'x'.repeat(43)}`;
    expect((await send(path, { headers: ours(wrong) })).status).toBe(403);
  });

  it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'for the host %j is refused',
    async (name) => {
      const cookie = await admitted();
      const named = name === 'localhost' ? `localhost:${new URL(server.address).port}` : name;
      const { status } = await send('/api/review', { headers: { ...ours(cookie), host: named } });
      expect(status).toBe(403);
    },
  );

  it.each(['null', 'http://evil.example', 'http://localhost:1', 'https://127.0.0.1'])(
    'from a page of %s is refused',
    async (from) => {
      const cookie = await admitted();
      const changing = { method: 'PATCH', body: '{}', headers: { ...ours(cookie), origin: from } };
      expect((await send('/api/decisions', changing)).status).toBe(403);
      expect((await send('/api/review', { headers: { ...ours(cookie), origin: from } })).status).toBe(403);
    },
  );

  it.each(['cross-site', 'same-site', 'none'])(
    'for data is refused where the browser says it is %s',
    async (site) => {
      const headers = { ...ours(await admitted()), 'sec-fetch-site': site };
      expect((await send('/api/review', { headers })).status).toBe(403);
    },
  );

  it('for data is refused without the header that only our page can send', async () => {
    const cookie = await admitted();
    expect((await send('/api/review', { headers: { cookie } })).status).toBe(403);
    const form = { cookie, 'content-type': 'text/plain' };
    expect((await send('/api/apply', { method: 'POST', body: '{}', headers: form })).status).toBe(403);
  });

  it('that changes something has to be JSON', async () => {
    const headers = { ...ours(await admitted()), 'content-type': 'text/plain' };
    expect((await send('/api/decisions', { method: 'PATCH', body: '{}', headers })).status).toBe(415);
  });

  it.each([
    ['GET', '/api/apply'],
    ['GET', '/api/end'],
    ['POST', '/api/review'],
    ['PUT', '/api/decisions'],
    ['DELETE', '/'],
    ['OPTIONS', '/api/decisions'],
    ['TRACE', '/'],
  ])('%s %s is not allowed', async (method, path) => {
    const { status, headers } = await send(path, { method, headers: ours(await admitted()) });
    expect(status).toBe(405);
    expect(headers.allow).toBeTruthy();
    expect(kept).toEqual([]);
  });

  it.each([
    '/etc/passwd',
    '/../package.json',
    '/%2e%2e/package.json',
    '/page.js/../../package.json',
    '/page.js%00',
    '/src/a.ts',
  ])('for %s finds nothing', async (path) => {
    const { status, text } = await send(path, { headers: ours(await admitted()) });
    expect(status).toBe(404);
    expect(text).toBe('There is no such page.');
  });

  it.each(['http://evil.example/', '//evil.example/', '*'])('with the target %s is refused', async (path) => {
    const { status } = await send(path, { headers: ours(await admitted()) });
    expect(status).toBe(400);
  });

  it('is answered with what keeps a page in its place', async () => {
    const { headers } = await send('/', { headers: { cookie: await admitted() } });
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self';",
    );
    expect(headers['content-security-policy']).toContain(
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('code', () => {
  it('is shown where the review allows it, and nowhere else', async () => {
    const headers = ours(await admitted());
    const good = await send('/api/code?path=src/users/part-1.ts&line=12', { headers });
    expect(JSON.parse(good.text)).toMatchObject({ path: 'src/users/part-1.ts', from: 6 });
    for (const path of ['../../etc/passwd', '/etc/passwd', '.git/config', 'src/other.ts']) {
      const { status, text } = await send(`/api/code?path=${encodeURIComponent(path)}&line=1`, { headers });
      expect([status, text]).toEqual([200, 'null']);
    }
    expect(shown).toContain('../../etc/passwd');
    for (const line of ['0', '-1', '1.5', 'NaN', '1e99', ''])
      expect((await send(`/api/code?path=src/users/part-1.ts&line=${line}`, { headers })).status).toBe(400);
  });
});

describe('decisions', () => {
  it('are taken over one by one, kept after a while, and those about other plans stay', async () => {
    const cookie = await admitted();
    expect((await change(cookie, '{"p000000":{"verdict":"accepted"}}')).status).toBe(200);
    await change(cookie, '{"p000001":{"verdict":"rejected","note":"no"},"p000000":null}');
    await change(cookie, '{"p000002":{"verdict":"accepted"}}');
    await eventually(() => kept.length).toBeGreaterThan(0);
    expect(kept).toHaveLength(1);
    expect([...(kept[0] ?? [])]).toEqual([
      ['from-another-plan', { verdict: 'rejected', note: 'not mine' }],
      ['p000001', { verdict: 'rejected', note: 'no' }],
      ['p000002', { verdict: 'accepted' }],
    ]);
    const { text } = await send('/api/review', { headers: ours(cookie) });
    expect(JSON.parse(text)).toMatchObject({
      mode: 'served',
      decisions: { p000002: { verdict: 'accepted' } },
    });
  });

  it('are kept when the server ends', async () => {
    await change(await admitted(), '{"p000000":{"verdict":"accepted"}}');
    await server.close();
    expect(kept.at(-1)?.get('p000000')).toEqual({ verdict: 'accepted' });
  });

  it.each([
    '',
    'nothing',
    '[]',
    'null',
    '{"p000000":{"verdict":"maybe"}}',
    '{"p000000":{"verdict":"accepted","note":1}}',
    '{"p000000":1}',
    '{"p00000z9":{"verdict":"accepted"}}',
    '{"from-another-plan":null}',
    '{"p000009":{"verdict":"accepted"}}',
    '{"__proto__":{"verdict":"accepted"}}',
    '{"p000000":{"verdict":"accepted"},"p000001":{"verdict":"maybe"}}',
  ])('are not taken from %s', async (body) => {
    const cookie = await admitted();
    expect((await change(cookie, body)).status).toBe(400);
    const { text } = await send('/api/review', { headers: ours(cookie) });
    expect(Object.keys((JSON.parse(text) as { decisions: object }).decisions)).toEqual(['from-another-plan']);
  });

  it('are refused where they are too large', async () => {
    const cookie = await admitted();
    const headers = { ...ours(cookie), 'content-length': String(5 * 1024 * 1024) };
    expect((await send('/api/decisions', { method: 'PATCH', body: '', headers })).status).toBe(413);
    const note = 'x'.repeat(5 * 1024 * 1024);
    const chunked = { ...ours(cookie), 'transfer-encoding': 'chunked' };
    const body = JSON.stringify({ p000000: { verdict: 'accepted', note } });
    const answer = await send('/api/decisions', { method: 'PATCH', body, headers: chunked }).catch(
      () => undefined,
    );
    expect(answer?.status ?? 413).toBe(413);
    await server.close();
    expect(kept).toEqual([]);
  });
});

describe('applying', () => {
  it('tells what is said line by line and how it ended, once', async () => {
    const cookie = await admitted();
    await send('/api/decisions', {
      method: 'PATCH',
      body: '{"p000000":{"verdict":"accepted"}}',
      headers: ours(cookie),
    });
    expect(linesOf(await apply(cookie))).toEqual([
      { kind: 'said', text: 'one line' },
      { kind: 'ended', outcome: OUTCOME },
    ]);
    expect(kept.at(-1)?.get('p000000')).toEqual({ verdict: 'accepted' });
    expect((await apply(cookie)).status).toBe(409);
    const late = { method: 'PATCH', body: '{"p000001":{"verdict":"accepted"}}', headers: ours(cookie) };
    expect((await send('/api/decisions', late)).status).toBe(409);
    const { text } = await send('/api/review', { headers: ours(cookie) });
    expect(JSON.parse(text)).toMatchObject({ stage: 'applied', outcome: OUTCOME });
    expect(server.outcome).toEqual(OUTCOME);
  });

  it('can be tried again where nothing was written', async () => {
    outcome = { ...OUTCOME, code: 2, applied: 0, written: [] };
    const cookie = await admitted();
    expect((await apply(cookie)).status).toBe(200);
    expect((await apply(cookie)).status).toBe(200);
  });

  it('is not begun twice, and the end waits for it', async () => {
    outcome = { ...OUTCOME, code: 3 };
    const cookie = await admitted();
    const first = apply(cookie);
    await eventually(() => release).toBeDefined();
    expect((await apply(cookie)).status).toBe(409);
    let isClosed = false;
    const closed = server.close().then(() => (isClosed = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClosed).toBe(false);
    release?.();
    await closed;
    expect(linesOf(await first)).toHaveLength(2);
  });

  it('ends when the page says so', async () => {
    const cookie = await admitted();
    await send('/api/end', { method: 'POST', body: '{}', headers: ours(cookie) });
    await server.done;
  });
});
