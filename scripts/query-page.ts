/** The page that shows what becomes of queries in loops, library by library: before, after, and the statements that were sent. */
import { join } from 'node:path';
import { diffLines } from 'diff';
import {
  filesOf,
  isExecutable,
  observeOnce,
  type Databases,
  type QueryFixture,
} from '../__tests__/databases/cases.ts';
import { fixtureCasesOf, type FixtureCase } from '../src/testing.ts';
import { findingsIn } from '../src/testing/check.ts';
import transform from '../transforms/query-in-loop-to-include.ts';
import type { Transform } from '../src/transform.ts';

export const QUERY_PAGE = 'docs/queries.md';

/** The libraries in the order of the page, with the beginnings of the names of their cases. */
const LIBRARIES: readonly (readonly [title: string, prefix: string])[] = [
  ['Prisma', 'prisma'],
  ['TypeORM', 'typeorm'],
  ['Sequelize', 'sequelize'],
  ['Drizzle', 'drizzle'],
  ['Knex', 'knex'],
  ['Objection', 'objection'],
  ['MikroORM', 'mikro-orm'],
  ['Mongoose', 'mongoose'],
];

/** `// page: The author of each post` in a fixture says that the page shows it under that title. */
const SHOWN = /^\/\/ page: (?<title>.+)$/m;

const isComment = (line: string): boolean => /^\s*\/\/ (safe|review|report|ok|page|queries):? /.test(line);

const shownText = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !isComment(line))
    .join('\n')
    .trim();

function diffOf(before: string, after: string): string {
  const lines = diffLines(`${shownText(before)}\n`, `${shownText(after)}\n`).flatMap(
    ({ value, added, removed }) => {
      const sign = added ? '+' : removed ? '-' : ' ';
      return value
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => (sign + line).trimEnd());
    },
  );
  return `\`\`\`diff\n${lines.join('\n')}\n\`\`\``;
}

const short = (text: string): string => (text.length > 220 ? `${text.slice(0, 219)}…` : text);

/** Statements as a list, equal ones in a row as one with their number; values as placeholders. */
function statementsOf(statements: readonly string[]): string {
  const lines: { text: string; times: number }[] = [];
  for (const statement of statements) {
    const text = statement
      .replace(/\s+/g, ' ')
      .replace(/"/g, '')
      .replace(/\b[0-9a-f]{24}\b/g, '…');
    const shape = text.replace(/\d+/g, 'N').replace(/'[^']*'/g, 'T');
    const last = lines.at(-1);
    if (last !== undefined && last.text.replace(/\d+/g, 'N').replace(/'[^']*'/g, 'T') === shape) last.times++;
    else lines.push({ text, times: 1 });
  }
  return lines.map(({ text, times }) => `${times > 1 ? `${times} × ` : ''}${short(text)}`).join('\n');
}

async function shownFixture(fixture: QueryFixture, databases: Databases): Promise<string> {
  const text = fixture.before.get(fixture.start) ?? '';
  const title = SHOWN.exec(text)?.groups?.['title'] ?? fixture.name;
  const was = await observeOnce(fixture.before, fixture.start, databases);
  const is = await observeOnce(fixture.after, fixture.start, databases);
  return `### ${title}

${diffOf(text, fixture.after.get(fixture.start) ?? text)}

${was.statements.length} statements before:

\`\`\`sql
${statementsOf(was.statements)}
\`\`\`

${is.statements.length} after:

\`\`\`sql
${statementsOf(is.statements)}
\`\`\``;
}

/** What the findings of some cases refuse, each kind once. */
async function refusalsOf(cases: readonly FixtureCase[]): Promise<string> {
  const claims = new Map<string, string>();
  for (const one of cases)
    for (const finding of await findingsIn(transform as unknown as Transform, one))
      for (const { verdict, claim } of finding.evidence)
        if (verdict === 'fails') {
          const general = claim.replace(/`[^`]*`/g, '`').replace(/\d+/g, '0');
          if (!claims.has(general)) claims.set(general, claim);
        }
  return [...claims.values()].map((claim) => `- ${claim}`).join('\n');
}

/** The text of the page, not yet formatted. Every fixture on it is run. */
export async function queryPage(root: string, databases: Databases): Promise<string> {
  const all = fixtureCasesOf(join(root, '__testfixtures__', transform.id));
  const sections: string[] = [];
  for (const [title, prefix] of LIBRARIES) {
    const cases = all.filter(({ name }) => name === prefix || name.startsWith(`${prefix}-`));
    const shown: string[] = [];
    for (const one of cases.filter(isExecutable))
      for (const fixture of filesOf(one).run)
        if (SHOWN.test(fixture.before.get(fixture.start) ?? ''))
          shown.push(await shownFixture(fixture, databases));
    sections.push(
      `## ${title}\n\n${shown.join('\n\n')}\n\n### When it refuses\n\n${await refusalsOf(cases)}`,
    );
  }
  return `# Queries in loops, library by library

What [\`query-in-loop-to-include\`](transforms/query-in-loop-to-include.md) makes of a query in each turn of a loop. Every example is a
fixture of the tests that runs before and after on the same data, with the same results: on PostgreSQL (in WebAssembly), and for Mongoose
on a small server that speaks MongoDB's protocol and evaluates with \`mingo\`. That server is no MongoDB: it says nothing about plans,
isolation or collations. The statements are those that were sent.

${sections.join('\n\n')}
`;
}
