import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import type { CommandModule } from 'yargs';
import type { Transform } from '../../transform.ts';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';

interface ExplainArguments {
  readonly transform: string;
  readonly color?: boolean | undefined;
}

/** What is told from the transform itself, and would be said twice. */
const TOLD_FROM_THE_TRANSFORM = /^(?:options|sets)$/i;

/** The sections of a page that begin with `## `, and what stands before them without the title and the summary. */
export function sectionsOf(page: string, summary: string): string {
  const [head = '', ...sections] = page.replaceAll('\r\n', '\n').split(/^(?=## )/m);
  const lead = head
    .replace(/^<!--.*?-->\s*/s, '')
    .replace(/^# .*\n/, '')
    .replace(summary, '')
    .trim();
  const kept = sections.filter(
    (section) => !TOLD_FROM_THE_TRANSFORM.test(section.split('\n')[0]?.slice(3).trim() ?? ''),
  );
  return [lead, ...kept.map((section) => section.trim())].filter((part) => part !== '').join('\n\n');
}

function* optionLines({ defaults = {}, optionHelp = {} }: Transform, colors: Colors): Iterable<string> {
  for (const [key, value] of Object.entries(defaults)) {
    yield `  ${colors.cyan(key)} = ${JSON.stringify(value)}\n`;
    if (optionHelp[key] !== undefined) yield `      ${optionHelp[key]}\n`;
  }
}

/** The example fixture of a transform as a section; undefined where this package has none beside it. */
function exampleOf(id: string, packageRoot: string): string | undefined {
  const folder = join(packageRoot, '__testfixtures__', id);
  const input = existsSync(folder)
    ? readdirSync(folder).find((name) => /^example\.input\.[cm]?[jt]sx?$/.test(name))
    : undefined;
  if (input === undefined) return undefined;
  const output = join(folder, input.replace('.input.', '.output.'));
  if (!existsSync(output)) return undefined;
  const [before, after] = [join(folder, input), output].map((path) => readFileSync(path, 'utf8').trim());
  return `## Before\n\n${before}\n\n## After\n\n${after}`;
}

function* explanation(transform: Transform, page: string | undefined, colors: Colors): Iterable<string> {
  const { id, summary, sets = [], defaults = {} } = transform;
  yield `${colors.bold(id)}\n${summary}\n\n`;
  if (page !== undefined) yield `${page}\n\n`;
  if (Object.keys(defaults).length > 0) {
    yield `${colors.bold('## Options')}\n\n`;
    yield* optionLines(transform, colors);
    yield `\nSet one with --option ${id}.key=value, or in hasten.config.ts.\n\n`;
  }
  if (sets.length > 0) yield `In the sets: ${sets.join(', ')}\n`;
  yield `Try it: hasten run -t ${id} --dry-run\n`;
}

async function explain(
  typed: ExplainArguments,
  { cwd, env, stdout, packageRoot }: Surroundings,
): Promise<ExitCode> {
  const { loadTransform } = await import('../../api/choose.ts');
  const { colorsFor } = await import('../colors.ts');
  const { transform } = await loadTransform(typed.transform, cwd, 'explain');
  const path = join(packageRoot, 'docs', 'transforms', `${transform.id}.md`);
  const page = existsSync(path)
    ? sectionsOf(readFileSync(path, 'utf8'), transform.summary)
    : exampleOf(transform.id, packageRoot);
  send(stdout, explanation(transform, page, colorsFor(stdout, env, typed.color)));
  return 0;
}

/** `hasten explain`: why a transform exists, what it makes of what, when it is safe, and its options. */
export const explainCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, ExplainArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    yargs.positional('transform', {
      type: 'string',
      demandOption: true,
      describe: 'Its id, path or package',
    }) as never,
  handler: async (typed) => end(await explain(typed, surroundings)),
});
