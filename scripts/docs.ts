/** `npm run docs` writes the page of each transform and the tables in the README; `npm run docs:check` says what is stale. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { diffLines } from 'diff';
import { format, resolveConfig } from 'prettier';
import { createDatabases } from '../__tests__/databases/cases.ts';
import type { Verdict } from '../src/evidence.ts';
import { FORMATS, type ReportFormat } from '../src/review/reporters/formats.ts';
import { parseFile } from '../src/syntax/file.ts';
import { fixtureCasesOf, type FixtureCase } from '../src/testing.ts';
import { findingsIn } from '../src/testing/check.ts';
import type { Proposal, Transform } from '../src/transform.ts';
import { QUERY_PAGE, queryPage } from './query-page.ts';

const PAGES = 'docs/transforms';
const README = 'README.md';
const TABLE = /(<!-- transforms -->\n)[^]*?(<!-- \/transforms -->)/;
const REPORTS = /(<!-- reports -->\n)[^]*?(<!-- \/reports -->)/;

/** The doc comment of the default export, without its stars. */
function whyOf(path: string): string {
  const file = parseFile(path, readFileSync(path, 'utf8'));
  const exported = file.find('ExportDefaultDeclaration')[0];
  const start = exported?.node.start ?? 0;
  const comment = file.comments.findLast((one) => one.type === 'CommentBlock' && (one.end ?? 0) <= start);
  if (
    comment === undefined ||
    !comment.value.startsWith('*') ||
    file.text.slice(comment.end ?? 0, start).trim() !== ''
  ) {
    throw new Error(`${path} needs a doc comment on its default export, which says why.`);
  }
  return comment.value
    .slice(1)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

const isMarker = (line: string): boolean => /^\s*(\/\/|\/\*|\{\/\*)\s*(safe|review|report|ok):.*$/.test(line);

const withoutMarkers = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !isMarker(line))
    .join('\n');

/** The example as a diff, each changed file in a block of its own. */
function exampleOf({ input, output }: FixtureCase): string {
  const files = [...output].map(([path, after]) => {
    const changes = diffLines(withoutMarkers(input.get(path) ?? ''), withoutMarkers(after));
    const lines = changes.flatMap(({ value, added, removed }) => {
      const sign = added ? '+' : removed ? '-' : ' ';
      return value
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => (sign + line).trimEnd());
    });
    return `${output.size > 1 ? `\`${path}\`\n\n` : ''}\`\`\`diff\n${lines.join('\n')}\n\`\`\``;
  });
  return files.join('\n\n');
}

function optionsOf({ defaults, optionHelp }: Transform): string {
  const rows = Object.entries(defaults ?? {}).map(
    ([key, value]) => `| \`${key}\` | \`${JSON.stringify(value)}\` | ${optionHelp?.[key] ?? ''} |`,
  );
  return rows.length === 0
    ? ''
    : `## Options\n\n| Option | Default | |\n| --- | --- | --- |\n${rows.join('\n')}\n\n`;
}

/** The claims of one verdict in findings of one level: of those that only differ in names and numbers the first. */
function claimsOf(findings: readonly Proposal[], safety: Proposal['safety'], verdict: Verdict): string {
  const claims = new Map<string, string>();
  for (const finding of findings.filter((one) => one.safety === safety)) {
    for (const { claim } of finding.evidence.filter((one) => one.verdict === verdict)) {
      const general = claim
        .replace(/`[^`]*`/g, '`')
        .replace(/"[^"]*"|'[^']*'/g, '"')
        // As many names as there are, and whose they are.
        .replace(/(?:the callback of )?`(?: of ")?(?:, (?:the callback of )?`(?: of ")?)*/g, '`')
        .replace(/\d+( [a-z]+?)s?\b/g, '0$1')
        .replace(/\d+/g, '0')
        .replace(/\b(?:is|are)\b/g, 'is');
      if (!claims.has(general)) claims.set(general, claim);
    }
  }
  return [...claims.values()].map((claim) => `- ${claim}`).join('\n');
}

const section = (title: string, intro: string, list: string): string =>
  list === '' ? '' : `## ${title}\n\n${intro}\n\n${list}\n\n`;

async function pageOf(root: string, transform: Transform): Promise<string> {
  const { id, summary } = transform;
  const cases = fixtureCasesOf(join(root, '__testfixtures__', id));
  const example = cases.find(({ name }) => name === 'example');
  if (example === undefined) throw new Error(`__testfixtures__/${id} has no case named example.`);
  const findings: Proposal[] = [];
  for (const one of cases) findings.push(...(await findingsIn(transform, one)));
  return `# ${id}

${summary}

${whyOf(join(root, 'transforms', `${id}.ts`))}

## Example

${exampleOf(example)}

${optionsOf(transform)}${section(
    'When it is safe',
    'Everything that the rewrite of a place needs is proved. What that is depends on the place:',
    claimsOf(findings, 'safe', 'holds'),
  )}${section(
    'When it wants review',
    'Nothing speaks against it, but something is only likely, such as:',
    claimsOf(findings, 'review', 'assumed'),
  )}${section(
    'When it only reports',
    'The place is reported and left alone for a reason such as:',
    claimsOf(findings, 'report', 'fails'),
  )}`;
}

function tableOf(transforms: readonly Transform[]): string {
  const rows = transforms.map(
    ({ id, summary, sets = [] }) => `| [\`${id}\`](${PAGES}/${id}.md) | ${summary} | ${sets.join(', ')} |`,
  );
  return `\n| Transform | What it does | Sets |\n| --- | --- | --- |\n${rows.join('\n')}\n\n`;
}

function reportTable(): string {
  const formats: Readonly<Record<string, ReportFormat>> = FORMATS;
  const rows = Object.entries(formats).map(
    ([name, { is, extension }]) => `| \`${name}\` | ${is} | \`${extension}\` |`,
  );
  return `\n| format | what it is | usual end of the name |\n| --- | --- | --- |\n${rows.join('\n')}\n\n`;
}

/** Every generated file of the project at `root`, by its path in it. */
export async function generatedDocs(root: string): Promise<ReadonlyMap<string, string>> {
  const files = readdirSync(join(root, 'transforms'))
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const transforms: Transform[] = [];
  for (const name of files) {
    const module = (await import(pathToFileURL(join(root, 'transforms', name)).href)) as {
      default: Transform;
    };
    transforms.push(module.default);
  }
  const pages = new Map<string, string>();
  for (const transform of transforms) pages.set(`${PAGES}/${transform.id}.md`, await pageOf(root, transform));
  const readme = readFileSync(join(root, README), 'utf8');
  if (!TABLE.test(readme)) throw new Error(`${README} has no <!-- transforms --> … <!-- /transforms -->.`);
  if (!REPORTS.test(readme)) throw new Error(`${README} has no <!-- reports --> … <!-- /reports -->.`);
  pages.set(
    README,
    readme
      .replace(TABLE, (_, open: string, close: string) => open + tableOf(transforms) + close)
      .replace(REPORTS, (_, open: string, close: string) => open + reportTable() + close),
  );
  const formatted = new Map<string, string>();
  for (const [path, text] of pages) formatted.set(path, await formattedPage(root, path, text));
  return formatted;
}

/** A page as prettier writes it. */
export async function formattedPage(root: string, path: string, text: string): Promise<string> {
  const config = await resolveConfig(join(root, path));
  return format(text, { ...config, parser: 'markdown' });
}

/** Paths of generated files that differ from what is there, and of pages whose transform is gone. */
export function staleDocs(root: string, generated: ReadonlyMap<string, string>): string[] {
  const isStale = ([path, text]: readonly [string, string]): boolean =>
    !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text;
  const folder = join(root, PAGES);
  const present = existsSync(folder) ? readdirSync(folder).map((name) => `${PAGES}/${name}`) : [];
  return [
    ...[...generated].filter(isStale).map(([path]) => path),
    ...present.filter((path) => !generated.has(path)),
  ];
}

async function main(root: string, checkOnly: boolean): Promise<number> {
  const generated = new Map(await generatedDocs(root));
  // What runs on a database is checked with the fixtures that it shows.
  if (!checkOnly) {
    const databases = createDatabases();
    generated.set(QUERY_PAGE, await formattedPage(root, QUERY_PAGE, await queryPage(root, databases)));
    await databases.close();
  }
  const stale = staleDocs(root, generated);
  if (checkOnly) {
    for (const path of stale) process.stderr.write(`${path} is stale: run npm run docs.\n`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const path of stale) {
    const text = generated.get(path);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (text === undefined) rmSync(join(root, path));
    else writeFileSync(join(root, path), text);
    process.stdout.write(`${path}\n`);
  }
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.cwd(), process.argv.includes('--check'));
}
