import type { LibraryCall } from '../library.ts';
import type { ArgsChange, BlockingContext, BlockingTable, TwinImport } from './blocking-call.ts';
import {
  assumed,
  blockingTable,
  hasSpread,
  holds,
  none,
  promise,
  times,
  unquoted,
  type BlockingRow,
  type Told,
} from './twins.ts';

/** https://nodejs.org/docs/latest-v20.x/api/timers.html#timerspromisessettimeoutdelay-value-options */
const TIMEOUT: TwinImport = {
  module: 'node:timers/promises',
  name: 'setTimeout',
  isSameObject: false,
  local: 'sleep',
};

/** Sleeping for as long as the arguments say after the changes. */
const sleeps = (args: ArgsChange = []): Told => ({ twin: promise(TIMEOUT, { args }) });

const FACTORS: Readonly<Record<string, number>> = {
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The milliseconds that an argument of the program `sleep` means, as a text. */
function millisecondsOf(duration: string): string | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(duration) ?? [];
  const factor = FACTORS[unit ?? ''];
  return number === undefined || factor === undefined ? undefined : String(Number(number) * factor);
}

/** How long a command sleeps: milliseconds, as a text, and what it is computed from. */
interface Duration {
  readonly text: string;
  readonly from?: string;
}

/** How long a command sleeps; undefined where it does something else. */
function sleepOfCommand(call: LibraryCall): Duration | undefined {
  const { string, text = '' } = call.args[0] ?? {};
  const fixed = /^\s*sleep\s+([\d.]+[smhd]?)\s*$/.exec(string ?? '')?.[1];
  if (fixed !== undefined) return asDuration(millisecondsOf(fixed));
  const hole = (/^`sleep \$\{([^{}`]+)\}s?`$/.exec(text) ?? /^['"]sleep ['"] \+ ([\w$.]+)$/.exec(text))?.[1];
  if (hole === undefined) return undefined;
  const number = /^Number\(.*\)$/.test(hole) ? hole : `Number(${hole})`;
  return { text: `${number} * 1000`, from: hole };
}

const asDuration = (text: string | undefined): Duration | undefined =>
  text === undefined ? undefined : { text };

/** How long a program sleeps: `'sleep', ['5']`. */
function sleepOfProgram(call: LibraryCall): Duration | undefined {
  if (call.args[0]?.string !== 'sleep') return undefined;
  const item = /^\[\s*([^,[\]]+?)\s*,?\s*\]$/.exec(call.args[1]?.text ?? '')?.[1];
  const duration = item === undefined ? undefined : unquoted(item);
  return duration === undefined ? undefined : asDuration(millisecondsOf(duration));
}

/** A command that only sleeps. Its options change nothing but where its empty output goes to. */
const commandThatSleeps =
  (durationOf: (call: LibraryCall) => Duration | undefined) =>
  (call: LibraryCall, { isResultUsed }: BlockingContext): Told | undefined => {
    const duration = hasSpread(call) ? undefined : durationOf(call);
    if (duration === undefined) return undefined;
    if (isResultUsed) return none('its result is used, and sleeping without blocking gives none');
    const rest = call.args.slice(1).map((_, at) => ({ kind: 'drop', at: at + 1 }) as const);
    const { text, from } = duration;
    const told = sleeps([{ kind: 'replace', at: 0, text }, ...rest]);
    const claim = `\`${from ?? ''}\` is a number and not negative: the command fails at anything else, and a timer takes it for none`;
    return from === undefined ? told : { ...told, differences: [assumed(claim)] };
  };

/** `Atomics.wait`: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics/wait */
function atomicWait(call: LibraryCall, { isResultUsed }: BlockingContext): Told {
  const [array, index, value, timeout] = call.args;
  if (hasSpread(call) || array === undefined || timeout === undefined)
    return none('it waits until another thread wakes it');
  if (isResultUsed) return none('its result is used, which tells whether another thread woke it');
  const isLiteral = [index, value].every((one) => /^\d+n?$/.test(one?.text ?? ''));
  if (!isLiteral) return none('what it waits for is no literal');
  const isOwn = /^new (?:Int32Array|BigInt64Array)\(\s*new SharedArrayBuffer\(\s*\d+\s*\)\s*\)$/.test(
    array.text,
  );
  const differences = isOwn
    ? [holds('nobody else has the memory that it waits on')]
    : [assumed(`nobody else writes to \`${array.text.slice(0, 40)}\` or wakes who waits on it`)];
  return { ...sleeps([0, 1, 2].map((at) => ({ kind: 'drop', at }))), differences };
}

/** A function that sleeps for its first argument, in units of so many milliseconds. */
const sleepsFor =
  (factor: number) =>
  (call: LibraryCall, { isResultUsed }: BlockingContext): Told => {
    const [duration] = call.args;
    if (call.args.length !== 1 || duration === undefined || hasSpread(call))
      return none('it is not called with one argument');
    if (isResultUsed) return none('its result is used, and sleeping without blocking gives none');
    return sleeps(factor === 1 ? [] : [{ kind: 'replace', at: 0, text: times(duration.text, factor) }]);
  };

const row = (path: RegExp, tell: BlockingRow['tell'], name?: string): BlockingRow => ({
  path,
  blocks: 'sleeping',
  tell,
  ...(name === undefined ? {} : { name }),
});

const table = (name: string, source: string, ...rows: readonly BlockingRow[]): BlockingTable =>
  blockingTable({ packages: [name], resource: 'sleep', source, rows });

const RUNS_LOOP =
  'it lets the event loop run inside of the call, and what it waits for has to be awaited instead';

/** Calls that do nothing but wait. Their table comes before that of `child_process`. */
export const BLOCKING_SLEEP: readonly BlockingTable[] = [
  table(
    'global',
    'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics/wait',
    row(/^Atomics\.wait\(\)$/, atomicWait, 'Atomics.wait'),
  ),
  table(
    'child_process',
    'https://nodejs.org/docs/latest-v20.x/api/child_process.html#synchronous-process-creation',
    row(/^execSync\(\)$/, commandThatSleeps(sleepOfCommand)),
    row(/^(?:execFileSync|spawnSync)\(\)$/, commandThatSleeps(sleepOfProgram)),
  ),
  table(
    'deasync',
    'https://github.com/abbr/deasync#usages',
    row(/^sleep\(\)$/, sleepsFor(1)),
    row(/^(?:|loopWhile|runLoopOnce)\(\)$/, () => none(RUNS_LOOP)),
  ),
  table(
    'sleep',
    'https://github.com/erikdubbelboer/node-sleep#api',
    row(/^sleep\(\)$/, sleepsFor(1000)),
    row(/^msleep\(\)$/, sleepsFor(1)),
    row(/^usleep\(\)$/, sleepsFor(0.001)),
  ),
  table(
    'system-sleep',
    'https://github.com/jochemstoel/nodejs-system-sleep#readme',
    row(/^\(\)$/, sleepsFor(1)),
  ),
  table('thread-sleep', 'https://github.com/chaseadamsio/thread-sleep#readme', row(/^\(\)$/, sleepsFor(1))),
  table(
    'atomic-sleep',
    'https://github.com/davidmarkclements/atomic-sleep#readme',
    row(/^\(\)$/, sleepsFor(1)),
  ),
];
