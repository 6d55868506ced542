import type { CommandModule } from 'yargs';
import type { Transform } from '../../transform.ts';
import { allHeads } from '../../api/heads.ts';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';
import { TEXT_OR_JSON } from './common.ts';

interface ListArguments {
  readonly format: string;
  readonly color?: boolean | undefined;
}

const asJson = ({ id, summary, sets = [], defaults = {}, optionHelp = {} }: Transform) => ({
  id,
  summary,
  sets,
  options: Object.entries(defaults).map(([key, value]) => ({
    key,
    default: value,
    help: optionHelp[key] ?? '',
  })),
});

async function list(typed: ListArguments, { env, stdout }: Surroundings): Promise<ExitCode> {
  const all = await allHeads();
  if (typed.format === 'json') {
    send(stdout, [`${JSON.stringify({ version: 1, transforms: all.map(asJson) })}\n`]);
    return 0;
  }
  const { colorsFor } = await import('../colors.ts');
  const colors = colorsFor(stdout, env, typed.color);
  const width = Math.max(...all.map(({ id }) => id.length));
  send(
    stdout,
    all.map(({ id, summary, sets = [] }) => {
      const shownSets = sets.length === 0 ? '' : colors.dim(` [${sets.join(', ')}]`);
      return `${colors.bold(id.padEnd(width))}  ${summary}${shownSets}\n`;
    }),
  );
  return 0;
}

/** `hasten list`: the built-in transforms. */
export const listCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, ListArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) => yargs.option('format', TEXT_OR_JSON) as never,
  handler: async (typed) => end(await list(typed, surroundings)),
});
