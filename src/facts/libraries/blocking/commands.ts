import type { Argument, LibraryCall } from '../library.ts';
import type { ArgChange, BlockingContext, BlockingTable, Difference, ResultChange } from './blocking-call.ts';
import {
  assumed,
  beside,
  blockingTable,
  callback,
  hasSpread,
  holds,
  isLiteral,
  isWrittenOut,
  none,
  unquoted,
  type Told,
} from './twins.ts';

/** Where the input and the two outputs of a command come from and go to. */
interface Streams {
  readonly input: 'empty' | 'own' | 'other';
  readonly output: 'read' | 'dropped' | 'own' | 'other';
  readonly errors: 'shown' | 'hidden' | 'other';
}

/** `execSync` and `execFileSync` show what the command writes to its standard error where `stdio` is not given. */
const BY_DEFAULT: Streams = { input: 'empty', output: 'read', errors: 'shown' };

/** What `stdio` says; undefined where its text does not tell. */
function streamsOf(stdio: string | undefined): Streams | undefined {
  if (stdio === undefined || stdio === 'undefined') return BY_DEFAULT;
  const word = unquoted(stdio);
  if (word !== undefined) return streamsOfWords([word, word, word]);
  const list = /^\[([^[\]]*)\]$/.exec(stdio)?.[1];
  if (list === undefined || list.includes('...')) return undefined;
  const words = list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => unquoted(part) ?? part);
  return words.length <= 3 ? streamsOfWords(words) : undefined;
}

const isPipe = (word: string | undefined): boolean =>
  word === undefined || word === 'pipe' || word === 'undefined' || word === 'null';

function streamsOfWords([input, output, errors]: readonly string[]): Streams {
  const isOwnErrors = errors === 'inherit' || errors === '2' || errors === 'process.stderr';
  return {
    input: isPipe(input) || input === 'ignore' ? 'empty' : input === 'inherit' ? 'own' : 'other',
    output: isPipe(output)
      ? 'read'
      : output === 'ignore'
        ? 'dropped'
        : output === 'inherit'
          ? 'own'
          : 'other',
    errors: isOwnErrors ? 'shown' : isPipe(errors) || errors === 'ignore' ? 'hidden' : 'other',
  };
}

/** The options of a call where all of them are written; undefined otherwise. */
function optionsOf(argument: Argument | undefined): Readonly<Record<string, string>> | undefined {
  if (argument === undefined || argument.text === 'undefined') return {};
  return isWrittenOut(argument) ? (argument.values ?? {}) : undefined;
}

/** Why a command with these options has no promise form that does the same; undefined where it has. */
function refusal(
  options: Readonly<Record<string, string>>,
  streams: Streams | undefined,
  { isResultUsed }: BlockingContext,
): string | undefined {
  if ('input' in options) return 'it is given `input`, which no promise form takes';
  if (streams === undefined) return 'where its `stdio` leads to is decided at run time';
  if (streams.input !== 'empty')
    return 'it reads the input of this process, which no promise form lets it do';
  if (streams.output === 'own')
    return 'it writes to the output of this process, which no promise form lets it do';
  if (streams.output === 'other' || streams.errors === 'other')
    return 'it writes to a file or stream, which no promise form lets it do';
  if (streams.output === 'dropped' && isResultUsed)
    return 'its result is `null`, since its output is dropped';
  const { encoding } = options;
  if (encoding !== undefined && isResultUsed && !isLiteral(encoding))
    return 'whether it gives text or bytes is decided at run time';
  return undefined;
}

/** The changes of the options at a place: no `stdio`, and bytes where bytes are asked for. */
function changesOf(
  call: LibraryCall,
  at: number,
  options: Readonly<Record<string, string>>,
  isResultUsed: boolean,
): readonly ArgChange[] {
  const isBytes = isResultUsed && (options.encoding === undefined || options.encoding === 'undefined');
  const set: ArgChange = { kind: 'set', at, property: 'encoding', value: "'buffer'" };
  if (call.args[at]?.text === 'undefined')
    return isBytes ? [{ kind: 'replace', at, text: "{ encoding: 'buffer' }" }] : [];
  const isStdioAlone = Object.keys(options).join() === 'stdio';
  if (isStdioAlone)
    return [isBytes ? { kind: 'replace', at, text: "{ encoding: 'buffer' }" } : { kind: 'drop', at }];
  const unset: readonly ArgChange[] = 'stdio' in options ? [{ kind: 'unset', at, property: 'stdio' }] : [];
  return isBytes ? [...unset, set] : unset;
}

/** Commands that read nothing from their input but where an argument asks for it. */
const READS_NOTHING =
  /^(?:git (?:--version|version|rev-parse|rev-list|describe|status|log|tag|branch|show|diff|ls-files|ls-remote|remote|config|symbolic-ref|for-each-ref|init|checkout|add|clone|fetch)|(?:uname|hostname|whoami|id|date|pwd|ls|df|du|ps|which|where|echo|printf|true|false|mkdir|touch|ln|chmod|chown|kill|nproc|lsof|netstat|sw_vers|sysctl|test)|(?:node|npm|pnpm|yarn|npx|docker) -v|[\w.-]+ --version)(?: |$)/;

/** `--stdin`, `-`, and what makes git ask: `-p`, `-i`. */
const ASKS_FOR_INPUT = /--stdin|--patch|--interactive|(?:^|[\s'"=])-[pi]?(?:$|[\s'"])/;

/** Whether a command is known to read nothing. In a shell it has no operator, and no hole that may hold one. */
function readsNothing(call: LibraryCall, isShell: boolean): boolean {
  const [command, list] = call.args;
  const { string } = command ?? {};
  if (string === undefined) return false;
  if (isShell)
    return READS_NOTHING.test(string) && !/[|<>&;`$()\n?]/.test(string) && !ASKS_FOR_INPUT.test(string);
  const items = list?.text.startsWith('[') === true ? list.text : '';
  const first = /^\[\s*(?:'([^'\\]*)'|"([^"\\]*)")/.exec(items);
  const begin = [string, first?.[1] ?? first?.[2] ?? ''].join(' ').trim();
  return READS_NOTHING.test(begin) && !ASKS_FOR_INPUT.test(items);
}

/** What differs where a command is run in the promise form. */
function differencesOf(
  isInputUnread: boolean,
  options: Readonly<Record<string, string>>,
  streams: Streams,
  { thrownMembers }: BlockingContext,
): readonly Difference[] {
  const claims: Difference[] = [];
  const say = (isSettled: boolean, claim: string): void => {
    claims.push(isSettled ? holds(claim) : assumed(claim));
  };
  say(
    isInputUnread,
    'the command reads nothing from its input, which is empty before and never ends in the promise form',
  );
  if (streams.errors === 'shown')
    say(false, 'nobody watches what the command writes to standard error, which is not shown any more');
  if (streams.output === 'dropped')
    say(false, 'the command writes less than 1 MiB, which is kept now, and more of which is an error');
  const changed = ['status', 'pid', 'output', 'errno', 'syscall'];
  const isLimited = 'timeout' in options || 'maxBuffer' in options;
  if (isLimited) changed.push('code');
  say(
    thrownMembers !== undefined && !thrownMembers.some((name) => changed.includes(name)),
    `nobody asks an error of the command for ${isLimited ? '`ETIMEDOUT`, `ENOBUFS`, ' : ''}\`status\`, \`pid\` or \`output\`: its exit code is called \`code\` now`,
  );
  return claims;
}

function run(call: LibraryCall, context: BlockingContext, name: 'exec' | 'execFile', at: number): Told {
  const options = optionsOf(call.args[at]);
  if (options === undefined)
    return none('its options are not written there, so that `stdio`, `input` and `encoding` are not known');
  const streams = streamsOf(options.stdio);
  const why = refusal(options, streams, context);
  if (why !== undefined || streams === undefined)
    return none(why ?? 'where its `stdio` leads to is not known');
  const { shell } = options;
  const isShell = name === 'exec' || (shell !== undefined && shell !== 'false');
  const result: ResultChange | undefined = context.isResultUsed
    ? { kind: 'member', name: 'stdout' }
    : undefined;
  return {
    twin: callback(beside('node:child_process', name), {
      args: changesOf(call, at, options, context.isResultUsed),
      result,
    }),
    differences: differencesOf(readsNothing(call, isShell), options, streams, context),
  };
}

/**
 * `execSync`. That both forms give the same output, and what differs in their errors, was measured on Node 20:
 * https://nodejs.org/docs/latest-v20.x/api/child_process.html#child_processexecsynccommand-options
 */
const execSync = (call: LibraryCall, context: BlockingContext): Told =>
  hasSpread(call) ? none('a list is spread into its arguments') : run(call, context, 'exec', 1);

const LIST_NAME = /^(?:args?|argv|arguments|params|parameters|flags|\w+(?:Args|Argv|Params|Flags))$/;

/** `execFileSync`, whose second argument is a list or the options. */
function execFileSync(call: LibraryCall, context: BlockingContext): Told {
  if (hasSpread(call)) return none('a list is spread into its arguments');
  const second = call.args[1];
  if (second === undefined || second.keys !== undefined) return run(call, context, 'execFile', 1);
  const isList = second.text.startsWith('[') || call.args.length > 2 || LIST_NAME.test(second.name ?? '');
  return isList
    ? run(call, context, 'execFile', 2)
    : none('whether its second argument is a list or the options is not known');
}

/** The blocking functions of Node's `child_process`. */
export const BLOCKING_CHILD_PROCESS: BlockingTable = blockingTable({
  packages: ['child_process'],
  resource: 'process',
  source: 'https://nodejs.org/docs/latest-v20.x/api/child_process.html#synchronous-process-creation',
  rows: [
    { path: /^execSync\(\)$/, blocks: 'running a command', tell: execSync },
    { path: /^execFileSync\(\)$/, blocks: 'running a program', tell: execFileSync },
    {
      path: /^spawnSync\(\)$/,
      blocks: 'running a program',
      tell: () => none('it gives the exit code in an object and never throws, which no promise form does'),
    },
  ],
});
