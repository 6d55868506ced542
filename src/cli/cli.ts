import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import yargs, { type Argv } from 'yargs';
import { COMMAND_NAMES, commandsFor } from './commands.ts';
import { nearest, suggestion } from '../api/suggest.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { UsageError } from '../errors.ts';
import { usageMessage } from './usage-message.ts';
import { versionOf } from '../api/version.ts';

/** What is wrong with the first word, where it is no command. */
function checkCommandName(first: string | undefined, cwd: string): void {
  if (first === undefined || first.startsWith('-') || COMMAND_NAMES.includes(first)) return;
  if (nearest(first, COMMAND_NAMES) === undefined && existsSync(resolve(cwd, first)))
    throw new UsageError(`\`${first}\` is not a command. Did you mean \`hasten run ${first}\`?`);
  throw new UsageError(`\`${first}\` is not a command.${suggestion(first, COMMAND_NAMES)}`);
}

/** The long names of the options that `parser` knows, as they are typed. */
function optionNamesOf(parser: Argv): string[] {
  const { key } = (parser as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions();
  return Object.keys(key).filter((name) => name.length > 1 && name === name.toLowerCase());
}

/**
 * Keeps yargs from rendering the whole help as soon as a command has begun, in case it fails and somebody wants to see it: that takes
 * longer than to parse the words, and here nobody does.
 */
function withoutReadyHelp(parser: Argv): void {
  const { getUsageInstance } = (
    parser as unknown as {
      getInternalMethods(): { getUsageInstance(): { cacheHelpMessage: () => void } };
    }
  ).getInternalMethods();
  getUsageInstance().cacheHelpMessage = () => undefined;
}

/** Options that are on or off. */
const SWITCHES = [
  'dry-run',
  'fail-on-changes',
  'allow-dirty',
  'resume',
  'keep-edited',
  'color',
  'explain-skips',
  'remove-unused-ignores',
  'signoff',
  'allow-detached',
  'web',
  'stats',
  'open',
  'stdin-paths',
  'null',
  'retry-failed',
  'fresh',
  'watch',
];

const ONCE = [
  'config',
  'format',
  'level',
  'fail-on',
  'verify-types',
  'types',
  'verify',
  'verify-runs',
  'verify-timeout',
  'verify-level',
  'time-limit',
  'memory-limit',
  'baseline',
  'write-baseline',
  'plan',
  'decisions',
  'root',
  'shard',
  'commit',
  'commit-template',
  'queue',
  'concurrency',
  'memory',
  'name',
  'cache',
  'grace',
  'lease',
  ...SWITCHES,
];

/** Only lists may be given more than once: which of two values would count? */
function checkRepeated(typed: Readonly<Record<string, unknown>>): void {
  for (const name of ONCE)
    if (Array.isArray(typed[name])) throw new UsageError(`--${name} is given more than once.`);
}

/** A word for yes or no: whatever else yargs reads as no, and `--dry-run=maybe` must not write. */
function checkSwitches(words: readonly string[]): void {
  for (const word of words) {
    const [, name = '', value] = /^--([a-z-]+)=(.*)$/.exec(word) ?? [];
    if (SWITCHES.includes(name) && value !== 'true' && value !== 'false')
      throw new UsageError(`--${name} is true or false, not ${JSON.stringify(value)}.`);
  }
}

/** `-0` as xargs has it and `-z` as git has it: yargs would take the first for a number. */
function withLongNull(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return words.map((word, at) => (/^-[0z]$/.test(word) && (end === -1 || at < end) ? '--null' : word));
}

async function parse(
  typed: readonly string[],
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Promise<void> {
  const { cwd, stdout, packageRoot } = surroundings;
  const words = withLongNull(typed);
  checkCommandName(words[0], cwd);
  checkSwitches(words);
  const asksForHelp = words.some((word) => ['--help', '-h'].includes(word));
  const print = (text: string): void => void stdout.write(text === '' ? '' : `${text}\n`);
  const parser = yargs()
    .scriptName('hasten')
    .locale('en')
    .parserConfiguration({
      // `-t some-id src` names one transform and one path.
      'greedy-arrays': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .usage(
      'hasten finds slow patterns in Node.js back ends, says what it proved, and rewrites them.\n\n  $0 <command>',
    )
    .command(await commandsFor(words, surroundings, end))
    .option('color', {
      type: 'boolean',
      describe: 'Colour, or with --no-color none; else as the terminal, NO_COLOR and FORCE_COLOR say',
    })
    .middleware(checkRepeated, true)
    .demandCommand(
      1,
      'Say what to do: `hasten run --dry-run` shows what would change, `hasten --help` all commands.',
    )
    .strict()
    .version(versionOf(packageRoot))
    // Else yargs renders the whole help before every command, in case somebody asks for it then.
    .help(asksForHelp)
    .alias(asksForHelp ? { help: 'h' } : {})
    .wrap(Math.min(110, stdout.columns ?? 110))
    .epilogue(
      'Exit codes: 0 fine, 1 findings or changes where asked to fail, 2 something could not be done, 3 bad usage or no file matched.',
    )
    .exitProcess(false)
    .fail((message, error) => {
      if (message === null || message === '' || (error !== undefined && error.name !== 'YError')) throw error;
      throw new UsageError(usageMessage(message, ['help', ...optionNamesOf(parser)], words));
    });
  withoutReadyHelp(parser);
  await parser.parseAsync([...words], {}, (_error, _typed, output) => print(output));
}

/**
 * Runs one command line. Never throws and never ends the process.
 * @param words what was typed after `hasten`.
 * @returns the exit code.
 */
export async function runCli(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await parse(words, surroundings, (ended) => (code = ended));
    return code;
  } catch (error) {
    const { stderr } = surroundings;
    if (error instanceof UsageError) {
      stderr.write(`hasten: ${error.message}\n`);
      return 3;
    }
    const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    stderr.write(`hasten: this is a fault in hasten itself; please report it with these lines.\n${shown}\n`);
    return 2;
  }
}
