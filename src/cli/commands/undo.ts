import type { CommandModule } from 'yargs';
import type { Run, Runs } from '../../run/journal/runs.ts';
import type { Undone } from '../../run/journal/undo.ts';
import { interruptible } from '../interruptible.ts';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';
import { TEXT_OR_JSON } from './common.ts';

interface UndoArguments {
  readonly run?: string | undefined;
  readonly keepEdited: boolean;
  readonly format: string;
  readonly color?: boolean | undefined;
}

/** What to say of a run that is undone already. Undoing twice by mistake must not take back the run before, too. */
function undoneAlready({ runs }: Runs, { record }: Run): string {
  const before = runs.findLast((run) => run.state.phase === 'done' && run.record.id < record.id);
  const next = before === undefined ? '' : ` The one before: hasten undo ${before.record.id}`;
  return `The run ${record.id} is undone already.${next}`;
}

/** What happened to a run and what to do next. `commit` is one that has its changes. */
function outcomeOf(id: string, { failures, outcome }: Undone, commit: string | undefined): string {
  if (outcome === 'unfinished')
    return `The run ${id} is half undone: \`hasten undo\` goes on, \`hasten run --resume\` makes the changes again.`;
  if (outcome === 'refused')
    return `Nothing was undone: the reasons are above. \`hasten undo ${id} --keep-edited\` leaves these files as they are and undoes the others.`;
  const stays =
    commit === undefined
      ? ''
      : ` The commit ${commit} has its changes and stays: commit what is restored, or restore the files and use git revert ${commit}.`;
  return `The run ${id} is undone${failures.length === 0 ? '' : ', but for the files above'}.${stays}`;
}

function report(id: string, undone: Undone, seen: (path: string) => string): object {
  return {
    version: 1,
    run: id,
    undone: undone.outcome === 'undone',
    restored: undone.restored.map(seen),
    removed: undone.removed.map(seen),
    failures: undone.failures.map(({ path, reason }) => ({ path: seen(path), reason })),
  };
}

async function undoRun(typed: UndoArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { cwd, env, stdout, stderr } = surroundings;
  const { undo } = await import('../../api/journal.ts');
  const { failureLines } = await import('../../review/summary.ts');
  const { pathFrom } = await import('../../review/patch-text.ts');
  const { visible } = await import('../../review/describe.ts');
  const { colorsFor } = await import('../colors.ts');
  const { run: id, keepEdited } = typed;
  const undone = await interruptible(stderr, (signal) => undo({ cwd, run: id, keepEdited, signal }));
  if (undone === undefined) {
    send(stderr, ['There is no run to undo here.\n']);
    return 2;
  }
  const { run, runs, wasUndone } = undone;
  const seen = (path: string): string => pathFrom(cwd, path);
  if (typed.format === 'json') send(stdout, [`${JSON.stringify(report(run.record.id, undone, seen))}\n`]);
  else {
    const colors = colorsFor(stdout, env, typed.color);
    const lines = (verb: string, paths: readonly string[]): string[] =>
      paths.map((path) => `${colors.green(verb)} ${visible(seen(path))}\n`);
    send(stdout, [...lines('restored', undone.restored), ...lines('removed', undone.removed)]);
    send(stderr, failureLines(undone.failures, cwd, colorsFor(stderr, env, typed.color)));
    const { commitWith } = await import('../../run/commits/committed.ts');
    const commit = await commitWith(run.record.files);
    const line = wasUndone ? undoneAlready(runs, run) : outcomeOf(run.record.id, undone, commit);
    send(stderr, [`${line}\n`]);
  }
  return undone.outcome === 'undone' ? 0 : 2;
}

async function undoOrTell(typed: UndoArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { cwd, env, stderr } = surroundings;
  const { JournalError } = await import('../../errors.ts');
  try {
    return await undoRun(typed, surroundings);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const { failureLines } = await import('../../review/summary.ts');
    const { colorsFor } = await import('../colors.ts');
    const failure = { path: error.path, reason: error.message };
    send(stderr, failureLines([failure], cwd, colorsFor(stderr, env, typed.color)));
    return 2;
  }
}

/** `hasten undo`: makes the files of a run what they were before it. */
export const undoCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, UndoArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        describe: 'Its id in hasten log, or how that begins; without any, the last run',
      })
      .option('keep-edited', {
        type: 'boolean',
        default: false,
        describe: 'Leave files that were edited since, or cannot be written, as they are and undo the others',
      })
      .option('format', TEXT_OR_JSON)
      .example('$0 undo', 'Take back the last run') as never,
  handler: async (typed) => end(await undoOrTell(typed, surroundings)),
});
