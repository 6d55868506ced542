/** `npm run new <id>`: writes a transform and its first two fixtures, which fail until they are filled in. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const transformText = (id: string): string => `import { code, defineTransform } from '../src/index.ts';

/**
 * Say here what the pattern costs, when it hurts, and why the rewrite keeps behaviour. This becomes the page's "Why".
 */
export default defineTransform({
  id: '${id}',
  summary: 'Replace \`antiPattern\` by \`pattern\`.',
  sets: [],
  prefilter: /\\bantiPattern\\b/,
  *inspect({ find, j, replace }) {
    for (const { node } of find(j.CallExpression, { callee: { name: 'antiPattern' } })) {
      // One piece of evidence for each obligation of the rewrite; without any, a finding only reports.
      yield {
        at: node,
        title: 'antiPattern → pattern',
        evidence: [],
        edits: [replace(node, code\`pattern(\${node.arguments})\`)],
      };
    }
  },
});
`;

const exampleInput = `// safe: antiPattern → pattern
export const found = antiPattern(1, 2);
`;

const exampleOutput = `// safe: antiPattern → pattern
export const found = pattern(1, 2);
`;

const refusingInput = `// report: the claim that fails here
export const unclear = antiPattern(...values);
`;

const ENTRY = /^ {2}'([^']+)': \(\) => import\('[^']+'\),$/;

/** The text of the catalog with a line for \`id\` at its place in the alphabet. */
function withEntry(catalog: string, id: string): string {
  const entry = `  '${id}': () => import('../../transforms/${id}.ts'),`;
  const lines = catalog.split('\n');
  const start = lines.findIndex((line) => /^export const CATALOG\b.*\{$/.test(line));
  if (start === -1) throw new Error('src/run/catalog.ts has no CATALOG to add the transform to.');
  let at = start + 1;
  while ((ENTRY.exec(lines[at] ?? '')?.[1] ?? '\uFFFF') < id) at++;
  return lines.toSpliced(at, 0, entry).join('\n');
}

/**
 * Writes what a new transform needs into the project at `root`, and returns the paths of the files, relative to it.
 * @throws {Error} when the id is not lower case words with hyphens, or is taken.
 */
export function writeNewTransform(root: string, id: string): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new Error(
      `"${id}" is no id: it must be lower case words with hyphens between them, such as sync-to-async.`,
    );
  }
  const transform = `transforms/${id}.ts`;
  if (existsSync(join(root, transform))) throw new Error(`${transform} exists already.`);
  const catalog = 'src/run/catalog.ts';
  const texts: readonly (readonly [string, string])[] = [
    [catalog, withEntry(readFileSync(join(root, catalog), 'utf8'), id)],
    [transform, transformText(id)],
    [`__testfixtures__/${id}/example.input.ts`, exampleInput],
    [`__testfixtures__/${id}/example.output.ts`, exampleOutput],
    [`__testfixtures__/${id}/spread-arguments-stay.input.ts`, refusingInput],
  ];
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return texts.map(([path]) => path);
}

function main(id: string | undefined): number {
  if (id === undefined) {
    process.stderr.write('Usage: npm run new <id>\n');
    return 3;
  }
  let written: string[];
  try {
    written = writeNewTransform(process.cwd(), id);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 3;
  }
  process.stdout.write(`${written.map((path) => `  ${path}`).join('\n')}

Next:
  1. Say in ${written[1] ?? ''} what the pattern costs, and find it there.
  2. Write the example as people meet it, and a case for each reason to refuse.
  3. npx vitest run __tests__/transforms.test.ts -t ${id}
  4. npm run docs
`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv[2]);
