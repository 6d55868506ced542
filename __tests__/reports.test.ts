import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensurePage } from '../scripts/page.ts';
import { compose } from '../src/edits/compose.ts';
import { FORMAT_NAMES, FORMATS, type FormatName } from '../src/review/reporters/formats.ts';
import { githubReport } from '../src/review/reporters/github.ts';
import { junitReport } from '../src/review/reporters/junit.ts';
import { markdownReport } from '../src/review/reporters/markdown.ts';
import { NdjsonStream } from '../src/review/reporters/ndjson.ts';
import { sarifReport } from '../src/review/reporters/sarif.ts';
import type { ReportSource } from '../src/review/report-source.ts';
import { placesOf } from '../src/review/places.ts';
import { CATALOG } from '../src/run/catalog.ts';
import { plan } from '../src/run/plan.ts';
import { fixtureCasesOf } from '../src/testing.ts';
import { HOSTILE, hostileSource } from './reports/hostile.ts';
import { appliedTo, faultsOfSarif, runOf } from './reports/sarif.ts';
import { elementsOf, parseXml } from './reports/xml.ts';

let folder = '';

beforeAll(ensurePage);
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-reports-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function rendered(format: FormatName, source: ReportSource): Promise<string> {
  let text = '';
  for await (const chunk of FORMATS[format].render(source)) text += chunk;
  return text;
}

interface Token {
  readonly type: string;
  readonly content: string;
  readonly info: string;
  readonly children: readonly Token[] | null;
}

interface Renderer {
  parse(text: string, environment: object): readonly Token[];
  render(text: string): string;
}

/** A renderer of CommonMark with the tables, links and strokes of GitHub, which lets HTML through. */
const markdown = (createRequire(import.meta.url)('markdown-it') as (options: object) => Renderer)({
  html: true,
  linkify: true,
});

/** The tokens of a text, those inside of others too. */
const tokensOf = (text: string): readonly Token[] =>
  markdown.parse(text, {}).flatMap((one) => [one, ...(one.children ?? [])]);

const OUR_TAGS = /<\/?(?:details|summary|code)>/g;

/** What of the HTML in a Markdown text is not ours, and how often something else than text is made of it. */
function structureOf(text: string) {
  const tokens = tokensOf(text);
  const count = (type: string): number => tokens.filter((one) => one.type === type).length;
  const html = tokens.filter(({ type }) => type.startsWith('html_')).map(({ content }) => content);
  const foreign = html.flatMap((one) => one.replace(OUR_TAGS, '').match(/<[^>]*>/g) ?? []);
  const folded = html.join('').match(/<details>/g)?.length ?? 0;
  const unfolded = html.join('').match(/<\/details>/g)?.length ?? 0;
  return {
    foreign,
    folded,
    unfolded,
    tables: count('table_open'),
    fences: count('fence'),
    links: count('link_open'),
    images: count('image'),
    emphasis: count('em_open') + count('s_open'),
  };
}

/** Text outside of code, in which GitHub looks for mentions and references. */
const spokenIn = (text: string): string =>
  markdown
    .render(text)
    .replace(/<(code|pre)[^>]*>[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '');

describe('every format', () => {
  it.each(FORMAT_NAMES)('%s keeps what others wrote from meaning anything', async (format) => {
    for (const mode of ['check', 'dry-run', 'apply'] as const) {
      const text = await rendered(format, hostileSource(folder, mode));
      // A patch has the file's own bytes.
      if (format !== 'patch') expect(text).not.toMatch(/[^\P{Cc}\n\r\t]/u);
      const ours = format === 'github' ? /^(?!::(?:warning|notice|error) file=|hasten: |$)/m : /^::error/m;
      if (format !== 'ndjson' && format !== 'json') expect(text).not.toMatch(ours);
      if (format !== 'patch' && format !== 'text') expect(text).toMatch(/\n$/);
    }
  });

  it.each(FORMAT_NAMES)('%s knows its own reports again, and no others', async (format) => {
    for (const mode of ['check', 'dry-run', 'apply'] as const) {
      const own = await rendered(format, hostileSource(folder, mode));
      expect(FORMATS[format].isLike(own.slice(0, 4096)), mode).toBe(true);
    }
    for (const text of [
      '{"name":"shop","version":1}',
      '# My notes\n',
      '<project/>',
      '{"format":1,"hasten":"0.1.0"}',
    ])
      expect(FORMATS[format].isLike(text)).toBe(false);
  });
});

describe('SARIF', () => {
  it('validates, with every name and text in its place', () => {
    const source = hostileSource(folder);
    const text = [...sarifReport(source)].join('');
    expect(faultsOfSarif(text)).toEqual([]);
    const { results, invocations, originalUriBaseIds, tool } = runOf(text);
    const path = source.findings[0]?.path ?? '';
    for (const { locations } of results) {
      const { uri, uriBaseId = '' } = locations[0]?.physicalLocation.artifactLocation ?? { uri: '' };
      expect(fileURLToPath(new URL(uri, originalUriBaseIds[uriBaseId]?.uri))).toBe(path);
    }
    expect(results.map(({ level, kind }) => `${kind} ${level}`)).toEqual([
      'fail note',
      'fail note',
      'fail note',
      'fail warning',
    ]);
    expect(results.map(({ baselineState }) => baselineState)).toEqual(['new', 'new', 'new', 'unchanged']);
    expect(results[1]?.suppressions).toMatchObject([
      { kind: 'inSource', justification: `${HOSTILE} (until 2030-01-01)` },
    ]);
    expect(results[0]?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(2);
    // No placeholder, and no link.
    expect(results[0]?.message.text).toContain('{{0}} {{{{');
    expect(results[0]?.message.text).toContain('\\[a\\](http');
    expect(invocations[0]?.executionSuccessful).toBe(false);
    expect(invocations[0]?.toolExecutionNotifications).toHaveLength(1);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['a-to-b', 'finds-nothing']);
  });

  it('offers no fix for what is written', () => {
    const { results } = runOf([...sarifReport(hostileSource(folder, 'apply'))].join(''));
    expect(results[0]).toMatchObject({ kind: 'informational', level: 'none' });
    expect(results[0]?.fixes).toBeUndefined();
    const source = hostileSource(folder, 'apply');
    const [done] = source.findings;
    if (done === undefined) throw new TypeError('There is no finding.');
    // Another place of a file that was written: its text is not there any more.
    const left = runOf([...sarifReport({ ...source, findings: [{ ...done, id: 'left' }] })].join('')).results;
    expect(left).toMatchObject([{ kind: 'fail', level: 'note' }]);
    expect(left[0]?.fixes).toBeUndefined();
  });

  it('of fixtures of every transform validates, and its fixes give what the proposals give', async () => {
    const fixtures = join(import.meta.dirname, '..', '__testfixtures__');
    for (const id of Object.keys(CATALOG)) {
      const cases = fixtureCasesOf(join(fixtures, id)).filter((_, index) => index % 12 === 0);
      for (const [index, { input }] of cases.entries())
        for (const [path, text] of input) {
          const target = join(folder, id, String(index), path);
          mkdirSync(dirname(target), { recursive: true });
          writeFileSync(target, index % 2 === 0 ? text : `\uFEFF${text.replaceAll('\n', '\r\n')}`);
        }
    }
    const transforms = await Promise.all(Object.values(CATALOG).map(async (load) => (await load()).default));
    const chosen = transforms.map((transform) => ({ transform, options: transform.defaults ?? {} }));
    const made = await plan({
      cwd: folder,
      paths: ['.'],
      transforms: chosen,
      level: 'review',
      verifyTypes: false,
    });
    const source: ReportSource = {
      ...made,
      command: 'run',
      mode: 'dry-run',
      level: 'review',
      failOn: 'never',
      cwd: folder,
      root: folder,
      composition: made,
      hasten: '0.0.0',
      packageRoot: folder,
      transforms: made.looked.transforms,
      summaries: new Map(),
      json: () => ({}),
    };
    const text = [...sarifReport(source)].join('');
    expect(faultsOfSarif(text)).toEqual([]);
    const { results, originalUriBaseIds } = runOf(text);
    expect(results).toHaveLength(made.findings.length);
    const { textOf } = placesOf(made);
    let fixed = 0;
    for (const [index, finding] of made.findings.entries()) {
      const changes = results[index]?.fixes?.[0]?.artifactChanges ?? [];
      const { texts } = compose([finding], textOf);
      const differing = [...texts].filter(([path, after]) => after !== textOf(path));
      const made2 = changes.map((change) => {
        const { uri, uriBaseId = '' } = change.artifactLocation;
        const path = fileURLToPath(new URL(uri, originalUriBaseIds[uriBaseId]?.uri));
        return [path, appliedTo(textOf(path), change)] as const;
      });
      expect(new Map(made2)).toEqual(new Map(differing));
      fixed += changes.length;
    }
    expect(fixed).toBeGreaterThan(20);
  }, 600_000);
});

describe('Markdown', () => {
  it('is made of what is meant, whatever stands in it', () => {
    const text = [...markdownReport(hostileSource(folder))].join('');
    expect(structureOf(text)).toEqual({
      foreign: [],
      folded: 2,
      unfolded: 2,
      tables: 2,
      fences: 1,
      links: 0,
      images: 0,
      emphasis: 0,
    });
    expect(spokenIn(text)).not.toMatch(/@|#\d|GH-\d|:bug:|\$x/);
    expect(spokenIn(text)).toContain('&lt;script&gt;');
    const fence = tokensOf(text).find(({ type }) => type === 'fence');
    expect(fence).toMatchObject({ info: 'diff' });
    expect(fence?.content).toContain('-old(1);\n+`new`</details>(1);\n');
    expect(fence?.content).toContain('\n ```\n');
  });

  it('has a table by transform and level, and each file folded with its diff', () => {
    const text = [...markdownReport(hostileSource(folder))].join('');
    expect(text).toMatch(/^## hasten: 1 place in 1 file would change\n/);
    const html = markdown.render(text);
    expect(html).toContain(
      '<td><code>a-to-b</code></td>\n<td style="text-align:right"></td>\n<td style="text-align:right">1</td>',
    );
    expect(html).toContain('1 place, +1 −1)</summary>');
  });

  it('stays below the limit, and says what is left out', () => {
    const one = hostileSource(folder);
    const [change] = one.changes;
    if (change === undefined) throw new TypeError('There is no change.');
    const changes = Array.from({ length: 40 }, (_, index) => ({
      ...change,
      path: `${change.path}${index}`,
      before: 'x\n'.repeat(index === 3 ? 2000 : 10),
      after: 'y\n'.repeat(index === 3 ? 2000 : 10),
    }));
    for (const most of [9_000, 20_000, 40_000]) {
      const text = [...markdownReport({ ...one, changes }, most)].join('');
      expect(text.length).toBeLessThanOrEqual(most);
      const { folded, unfolded, foreign } = structureOf(text);
      expect([folded, foreign]).toEqual([unfolded, []]);
      expect(text).toMatch(
        /Left out, to stay below .*(diff|whole file)s?.*`hasten run --dry-run --level review` shows all\./,
      );
    }
  });

  it('says what wants a review where that was not asked for', () => {
    const text = [...markdownReport({ ...hostileSource(folder), level: 'safe' })].join('');
    expect(text).toContain('\n1 place wants a review: `hasten run --level review --dry-run`\n');
  });

  it('of a run that found nothing is one heading', () => {
    const source = { ...hostileSource(folder), findings: [], changes: [], failures: [], warnings: [] };
    expect([...markdownReport(source)].join('').trim()).toBe(
      '## hasten: nothing to change\n\nMade by hasten `1.2.3` with `hasten run --dry-run`, level `review`. 3 files scanned.',
    );
  });
});

describe('JUnit', () => {
  it('is XML in which findings fail as the command does', () => {
    const root = parseXml([...junitReport(hostileSource(folder, 'check'))].join(''));
    expect(Object.fromEntries(root.attributes)).toMatchObject({
      tests: '6',
      failures: '1',
      errors: '1',
      skipped: '2',
    });
    const suites = elementsOf(root, 'testsuite').map(({ attributes }) => attributes.get('name'));
    expect(suites).toEqual(['a-to-b', 'finds-nothing', 'hasten']);
    expect(elementsOf(root, 'failure')).toHaveLength(1);
    expect(elementsOf(root, 'skipped').map(({ attributes }) => attributes.get('message'))[1]).toBe(
      'in the baseline',
    );
    expect(elementsOf(root, 'error')[0]?.text).toContain('<script>alert(1)</script> </details>');
    expect(elementsOf(root, 'testcase').every(({ attributes }) => !attributes.has('time'))).toBe(true);
  });
});

describe('GitHub annotations', () => {
  it('are one command a line, the most trusted first, and say that GitHub shows ten', () => {
    const one = hostileSource(folder, 'check');
    const safe = Array.from({ length: 11 }, (_, index) => ({
      ...(one.findings[0] as ReportSource['findings'][number]),
      id: String(index),
      safety: 'safe' as const,
    }));
    const lines = [...githubReport({ ...one, findings: [...one.findings, ...safe] })]
      .join('')
      .trim()
      .split('\n');
    expect(lines.map((line) => /^(?:::)?[a-z]+/.exec(line)?.[0])).toEqual([
      '::error',
      ...Array.from({ length: 11 }, () => '::warning'),
      '::notice',
      '::notice',
      'hasten',
    ]);
    expect(lines[1]).toMatch(
      /^::warning file=sub\/[^,:]*%25[^,:]*%0A%3A%3Aerror%3A%3An\.ts,line=5,endLine=5,col=1,endColumn=7,title=/,
    );
    expect(lines[1]).toContain('::<script>alert(1)');
    expect(lines.at(-1)).toBe('hasten: 11 warnings; of each kind GitHub shows 10 in a step.');
  });
});

describe('NDJSON', () => {
  it('tells what is found at once, and what is known of it later by its id', () => {
    const source = hostileSource(folder);
    const [done, ignored] = source.findings;
    if (done === undefined || ignored === undefined) throw new TypeError('There are no findings.');
    const { ignored: _, ...open } = ignored;
    const stream = new NdjsonStream(source);
    const early = [...stream.found([done, open, { ...done, id: 'gone' }])];
    const lines = [...early, ...stream.finish(source)].map(
      (line) =>
        JSON.parse(line) as { readonly type: string; readonly id?: string; readonly counts?: unknown },
    );
    expect(lines.map(({ type, id }) => `${type} ${id ?? ''}`.trim())).toEqual([
      'start',
      'finding aaaa',
      'finding bbbb',
      'finding gone',
      'revised bbbb',
      'finding cccc',
      'finding dddd',
      'withdrawn gone',
      'change',
      'failure',
      'end',
    ]);
    expect(lines[4]).toMatchObject({ state: 'ignored' });
    expect(lines.at(-1)?.counts).toEqual({
      findings: 4,
      safe: 0,
      review: 1,
      report: 1,
      ignored: 1,
      baseline: 1,
      changes: 1,
      failures: 1,
    });
  });
});
