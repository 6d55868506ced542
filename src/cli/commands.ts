import type { CommandModule } from 'yargs';
import type { ExitCode, Surroundings } from './surroundings.ts';

/** What a command takes and does. */
type Body = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
) => Pick<CommandModule<object, never>, 'builder' | 'handler'>;

interface Command {
  /** Its name and arguments, as yargs wants them. */
  readonly command: string;
  readonly describe: string;
  /** Loads what it takes and does: of all commands only the one that is typed needs it. */
  readonly load: () => Promise<Body>;
}

/** All commands by their names, in the order in which help lists them. */
const COMMANDS: Readonly<Record<string, Command>> = {
  run: {
    command: 'run [paths..]',
    describe: 'Rewrite what is proved to be safe; with --dry-run show the diff and change nothing',
    load: async () => (await import('./commands/run.ts')).runCommand as Body,
  },
  check: {
    command: 'check [paths..]',
    describe: 'Tell what was found and why; exit with 1 for what hasten run would rewrite',
    load: async () => (await import('./commands/check.ts')).checkCommand as Body,
  },
  merge: {
    command: 'merge [shards..]',
    describe: 'Join what hasten check --shard found in the parts of a repository: one report, plan or patch',
    load: async () => (await import('./commands/merge.ts')).mergeCommand as Body,
  },
  review: {
    command: 'review [paths..]',
    describe: 'Look at each proposal, accept or reject it, and write what is accepted; also for a plan.json',
    load: async () => (await import('./commands/review.ts')).reviewCommand as Body,
  },
  apply: {
    command: 'apply <plan>',
    describe: 'Do what a plan of hasten run --dry-run --plan says, and nothing else',
    load: async () => (await import('./commands/apply.ts')).applyCommand as Body,
  },
  batch: {
    command: 'batch',
    describe: 'Run a campaign over many repositories: hasten batch campaign.yaml; batch status, batch report',
    load: async () => (await import('./commands/batch.ts')).batchCommand as Body,
  },
  worker: {
    command: 'worker <redis>',
    describe: 'Do jobs of campaigns that are started with hasten batch --queue, on this machine',
    load: async () => (await import('./commands/worker.ts')).workerCommand as Body,
  },
  undo: {
    command: 'undo [run]',
    describe: 'Take back a run: every file that it wrote is again what it was, byte for byte',
    load: async () => (await import('./commands/undo.ts')).undoCommand as Body,
  },
  log: {
    command: 'log',
    describe: 'List the last runs that changed something, the newest first, and how far each is',
    load: async () => (await import('./commands/log.ts')).logCommand as Body,
  },
  list: {
    command: 'list',
    describe: 'List the transforms, each with what it does and its sets',
    load: async () => (await import('./commands/list.ts')).listCommand as Body,
  },
  explain: {
    command: 'explain <transform>',
    describe: 'Explain a transform: why, before and after, when it is safe, and its options',
    load: async () => (await import('./commands/explain.ts')).explainCommand as Body,
  },
};

/** The names of all commands. */
export const COMMAND_NAMES = Object.keys(COMMANDS);

/**
 * The commands for a parser of `words`. Those that are not among the words are there to be listed by help alone: to load
 * all takes longer than to print the help.
 */
export async function commandsFor(
  words: readonly string[],
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Promise<CommandModule[]> {
  const made = Object.entries(COMMANDS).map(
    async ([name, { command, describe, load }]): Promise<CommandModule> => {
      if (!words.includes(name)) return { command, describe, handler: () => undefined };
      return {
        command,
        describe,
        ...((await load())(surroundings, end) as Pick<CommandModule, 'builder' | 'handler'>),
      };
    },
  );
  return await Promise.all(made);
}
