import type { CommandModule } from 'yargs';
import type { ExitCode, Surroundings } from '../surroundings.ts';

/** What may be typed of `hasten worker`. */
export interface WorkerArguments {
  readonly redis: string;
  readonly concurrency?: string | undefined;
  readonly memory?: string | undefined;
  readonly name?: string | undefined;
  readonly cache?: string | undefined;
  readonly grace?: string | undefined;
  readonly lease?: string | undefined;
}

const TEXT = { type: 'string', requiresArg: true } as const;

/** `hasten worker`: a machine that does jobs of campaigns. */
export const workerCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, object>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    yargs
      .positional('redis', {
        type: 'string',
        demandOption: true,
        describe:
          'Where the queue is: redis://host:6379, or rediss:// with TLS; its password may stand in HASTEN_REDIS_PASSWORD',
      })
      .option('concurrency', {
        ...TEXT,
        describe: 'How many repositories at once; as many as cores and memory allow unless told',
      })
      .option('memory', {
        ...TEXT,
        describe: "MiB that they may take together; four fifths of the machine's unless told",
      })
      .option('name', { ...TEXT, describe: 'What it calls itself; the name of the machine unless told' })
      .option('cache', { ...TEXT, describe: 'The folder for clones, work trees and what is installed' })
      .option('grace', {
        ...TEXT,
        describe: 'Seconds that jobs have to end when it is stopped, before they are given back; 20',
      })
      .option('lease', {
        ...TEXT,
        describe: 'Seconds without a sign of life after which another worker may take its jobs; 30',
      })
      .epilogue(
        'It runs what campaigns say: whoever can write to the Redis can run commands here, as this user.',
      )
      .example('$0 worker redis://queue.internal:6379', 'As many jobs at once as this machine can bear'),
  handler: async (typed) => {
    const { startWork } = await import('../batch/worker.ts');
    end(await startWork(typed as unknown as WorkerArguments, surroundings));
  },
});
