import type { LibraryCall } from '../library.ts';
import type { BlockingContext, BlockingTable, Difference } from './blocking-call.ts';
import {
  assumed,
  beside,
  blockingTable,
  callback,
  expression,
  hasSpread,
  holds,
  isLiteral,
  isSpread,
  isWrittenOut,
  named,
  none,
  of,
  optionAt,
  promise,
  type BlockingRow,
  type Told,
  withoutOption,
} from './twins.ts';

/** How a package that offers Node's `fs` offers it without blocking. */
export interface FileSystem {
  /** The twin of a function that takes a path: from `node:fs/promises`, or what the package has for it. */
  readonly ofPath: (name: string, changes?: Parameters<typeof promise>[1]) => NonNullable<Told['twin']>;
  /** The twin of a function that takes a descriptor. */
  readonly ofDescriptor: (name: string, changes?: Parameters<typeof promise>[1]) => NonNullable<Told['twin']>;
  /** Whether `ofPath` takes descriptors too, as all callback forms do and no promise form does. */
  readonly takesDescriptors: boolean;
  readonly exists: (call: LibraryCall) => Told;
}

const PROMISES = 'node:fs/promises';

/** `access`, which `existsSync` is written by: it gives `false` for whatever is wrong with a path, also for what is none. */
const accessible = (call: LibraryCall): Told =>
  call.args.length === 1 && !hasSpread(call)
    ? {
        twin: expression(
          [of(PROMISES, 'access')],
          { import: 0 },
          '(',
          { arg: 0 },
          ').then(() => true, () => false)',
        ),
      }
    : none('it is not called with one argument');

const NODE_FS: FileSystem = {
  ofPath: (name, changes) => promise(of(PROMISES, name), changes),
  ofDescriptor: (name, changes) => callback(beside('node:fs', name), changes),
  takesDescriptors: false,
  exists: accessible,
};

/** It waits where too many files are open, in the callback forms alone. */
const GRACEFUL_FS: FileSystem = {
  ofPath: (name, changes) => callback(beside('graceful-fs', name), changes),
  ofDescriptor: (name, changes) => callback(beside('graceful-fs', name), changes),
  takesDescriptors: true,
  exists: accessible,
};

/** Whether an argument is what functions for paths give. */
const isMadeAsPath = ({ args }: LibraryCall, at: number): boolean =>
  /^(?:path\.(?:posix\.|win32\.)?)?(?:join|resolve|normalize|dirname|basename|relative|fileURLToPath|tmpdir|homedir)\(|^(?:os|url)\.\w+\(|^(?:require|import\.meta)\.resolve\(|^process\.cwd\(|^new URL\(|^String\(/.test(
    args[at]?.text ?? '',
  );

/** Whether the text of an argument tells that it is a path. */
function isPath(call: LibraryCall, at: number): boolean {
  const argument = call.args[at];
  if (argument === undefined) return false;
  const { string, text } = argument;
  if (string !== undefined || isMadeAsPath(call, at)) return true;
  return /^['"`]|^__(?:file|dir)name\b|^import\.meta\.(?:file|dir)name$|^process\.(?:argv\[\d+\]|env\.\w+|execPath)$|^[\w$.\s]+\+\s*['"`]/.test(
    text,
  );
}

const DESCRIPTOR_NAME = /^(?:fd|[\w$]*(?:Fd|FD|_fd)|[\w$]*[dD]escriptor)$/;

/** Whether an argument is the number of an open file; undefined where nobody can tell. */
function isDescriptor(call: LibraryCall, context: BlockingContext): boolean | undefined {
  const [argument] = call.args;
  if (argument === undefined || isSpread(argument)) return undefined;
  if (/^\d+$/.test(argument.text)) return true;
  return isPath(call, 0) ? false : context.isNumber?.(0);
}

/** A twin where the first argument may be a descriptor too: promise forms take paths alone. */
const pathOrDescriptor =
  (fs: FileSystem, name: string) =>
  (call: LibraryCall, context: BlockingContext): Told => {
    if (fs.takesDescriptors) return { twin: fs.ofPath(name) };
    const found = isDescriptor(call, context);
    // What is called so is given to the form that takes both.
    if (found === true || (found === undefined && DESCRIPTOR_NAME.test(call.args[0]?.name ?? '')))
      return { twin: fs.ofDescriptor(name) };
    const differences =
      found === false ? [] : [assumed(`${named(call, 0)} is a path, not the number of an open file`)];
    return { twin: fs.ofPath(name), differences };
  };

/** `truncateSync` cuts an open file too, whose twin has a name of its own. */
const truncated =
  (fs: FileSystem) =>
  (call: LibraryCall, context: BlockingContext): Told => {
    const found = isDescriptor(call, context);
    if (found === true) return { twin: fs.ofDescriptor('ftruncate') };
    const differences =
      found === false ? [] : [assumed(`${named(call, 0)} is a path, not the number of an open file`)];
    return { twin: fs.ofPath('truncate'), differences };
  };

/**
 * `statSync` and `lstatSync`. Without `throwIfNoEntry` both forms are the same; the promise form knows it from Node 25.7 on only:
 * https://github.com/nodejs/node/pull/61178
 */
const described =
  (fs: FileSystem, name: string) =>
  (call: LibraryCall): Told => {
    const option = optionAt(call, 1, 'throwIfNoEntry');
    if (option.kind === 'absent') return { twin: fs.ofPath(name) };
    if (option.kind === 'unknown')
      return {
        twin: fs.ofPath(name),
        differences: [assumed(`${named(call, 1)} does not set \`throwIfNoEntry\``)],
      };
    if (option.text === 'true')
      return { twin: fs.ofPath(name, { args: [withoutOption(call, 1, 'throwIfNoEntry')] }) };
    if (option.text !== 'false') return none('whether it throws for a missing file is decided at run time');
    return undefinedIfMissing(name, call);
  };

/** `stat` that gives `undefined` for a missing file. */
function undefinedIfMissing(name: string, call: LibraryCall): Told {
  const options = call.args[1];
  const values = Object.entries(options?.values ?? {}).filter(([key]) => key !== 'throwIfNoEntry');
  if (options === undefined || !isWrittenOut(options) || values.some(([, text]) => !isLiteral(text)))
    return none('its options hold more than literals beside `throwIfNoEntry`');
  const rest =
    values.length === 0 ? '' : `, { ${values.map(([key, text]) => `${key}: ${text}`).join(', ')} }`;
  return {
    twin: expression(
      [of(PROMISES, name)],
      { import: 0 },
      '(',
      { arg: 0 },
      `${rest}).catch((error) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : Promise.reject(error)))`,
    ),
    differences: [
      assumed(
        `no folder on the way to ${named(call, 0)} is a file: older versions of Node throw \`ENOTDIR\` for it, newer ones give \`undefined\`, as the rewrite does`,
      ),
    ],
  };
}

/**
 * `readdirSync`. Both forms list one folder in the same order, and folders in folders in another. The callback form of Node 20 blocks for
 * these, so that the promise form is the twin for every package.
 */
const listed =
  (fs: FileSystem) =>
  (call: LibraryCall, context: BlockingContext): Told => {
    const option = optionAt(call, 1, 'recursive');
    if (option.kind === 'absent' || (option.kind === 'given' && option.text === 'false'))
      return { twin: fs.ofPath('readdir') };
    const differences: Difference[] = [];
    if (option.kind === 'unknown')
      differences.push(
        assumed(
          `${named(call, 1)} does not ask for folders in folders, which would be listed in another order`,
        ),
      );
    else if (context.resultMembers?.join() === 'length')
      differences.push(holds('only the number of names is asked for, not their order'));
    else
      differences.push(assumed('the order of the names is not relied on: folders are walked in another one'));
    return { twin: promise(of(PROMISES, 'readdir')), differences };
  };

/** `readSync`. With four arguments the callback form takes the callback for the position. */
const readInto =
  (fs: FileSystem) =>
  (call: LibraryCall): Told =>
    hasSpread(call)
      ? none('a list is spread into its arguments')
      : {
          twin: fs.ofDescriptor('read', {
            args: call.args.length === 4 ? [{ kind: 'replace', at: 4, text: 'null' }] : [],
            result: { kind: 'member', name: 'bytesRead' },
          }),
        };

const tells = (told: Told) => (): Told => told;

const row = (names: string, blocks: string, tell: BlockingRow['tell']): BlockingRow => ({
  path: new RegExp(`^(?:${names})\\(\\)$`),
  blocks,
  tell,
});

/** The name of a call without `Sync`. */
const bareName = (call: LibraryCall): string => call.path.replace(/Sync\(\)$/, '');

const GLOB_SOURCE = 'https://nodejs.org/docs/latest-v22.x/api/fs.html#fspromisesglobpattern-options';

/**
 * The rows of `fs` for a package that offers it. That promise forms and callback forms give the same values and errors (type, code,
 * message, path) was measured on Node 20 for every function and each kind of mistake; where they do not, it is said.
 */
export function fileRows(fs: FileSystem): readonly BlockingRow[] {
  const samePath = (call: LibraryCall): Told => ({ twin: fs.ofPath(bareName(call)) });
  const sameDescriptor = (call: LibraryCall): Told => ({ twin: fs.ofDescriptor(bareName(call)) });
  const withError =
    (claim: string) =>
    (call: LibraryCall): Told => ({ ...samePath(call), differences: [holds(claim)] });
  return [
    row('readFileSync', 'reading a file', pathOrDescriptor(fs, 'readFile')),
    row('writeFileSync', 'writing a file', pathOrDescriptor(fs, 'writeFile')),
    row('appendFileSync', 'writing to a file', pathOrDescriptor(fs, 'appendFile')),
    row('existsSync', 'looking for a file', (call) => fs.exists(call)),
    row('accessSync', 'asking for the rights to a file', samePath),
    row('statSync', 'asking about a file', described(fs, 'stat')),
    row('lstatSync', 'asking about a file', described(fs, 'lstat')),
    row('statfsSync', 'asking about a file system', samePath),
    row('readdirSync', 'listing a folder', listed(fs)),
    row(
      'opendirSync',
      'opening a folder',
      withError(
        'the error for a folder that cannot be opened has the same code, and its message the path too',
      ),
    ),
    row('readlinkSync', 'reading a link', samePath),
    // The promise form asks the system, as `native` does: other names on systems that ignore case, and other errors.
    row('realpathSync', 'resolving a path', sameDescriptor),
    row('realpathSync\\.native', 'resolving a path', tells({ twin: promise(of(PROMISES, 'realpath')) })),
    row('mkdirSync', 'making a folder', samePath),
    row(
      'mkdtempSync',
      'making a folder',
      withError(
        'the error for a folder that cannot be made has the same code, and its message other letters for `XXXXXX`',
      ),
    ),
    row(
      'mkdtempDisposableSync',
      'making a folder',
      tells(none('what it gives is disposed of at once, and what its twin gives has to be awaited')),
    ),
    row(
      'rmdirSync',
      'removing a folder',
      withError('the error for a missing folder has the same code, and another `syscall` with `recursive`'),
    ),
    row('rmSync', 'removing files', samePath),
    row('unlinkSync', 'removing a file', samePath),
    row('copyFileSync', 'copying a file', samePath),
    row(
      'cpSync',
      'copying files',
      withError('the error for a folder without `recursive` has the same code, and another `errno`'),
    ),
    row('renameSync', 'renaming a file', samePath),
    row('linkSync|symlinkSync', 'making a link', samePath),
    row('truncateSync', 'cutting a file', truncated(fs)),
    row(
      'chmodSync|lchmodSync|chownSync|lchownSync|utimesSync|lutimesSync',
      'changing the attributes of a file',
      samePath,
    ),
    row('openSync', 'opening a file', sameDescriptor),
    row('closeSync', 'closing a file', sameDescriptor),
    row('readSync', 'reading from a file', readInto(fs)),
    row(
      'readvSync',
      'reading from a file',
      tells({ twin: fs.ofDescriptor('readv', { result: { kind: 'member', name: 'bytesRead' } }) }),
    ),
    row(
      'writeSync',
      'writing to a file',
      tells({ twin: fs.ofDescriptor('write', { result: { kind: 'member', name: 'bytesWritten' } }) }),
    ),
    row(
      'writevSync',
      'writing to a file',
      tells({ twin: fs.ofDescriptor('writev', { result: { kind: 'member', name: 'bytesWritten' } }) }),
    ),
    row('fstatSync', 'asking about a file', sameDescriptor),
    row('fsyncSync|fdatasyncSync', 'waiting for the disk', sameDescriptor),
    row('ftruncateSync', 'cutting a file', sameDescriptor),
    row('fchmodSync|fchownSync|futimesSync', 'changing the attributes of a file', sameDescriptor),
    {
      ...row('globSync', 'looking for files', () => ({
        twin: expression(
          [of(PROMISES, 'glob')],
          'Array.fromAsync(',
          { import: 0 },
          '(',
          { args: 'all' },
          '))',
        ),
        differences: [assumed('the order of the files is not relied on: folders are walked in another one')],
      })),
      source: GLOB_SOURCE,
    },
    ...DIR_ROWS,
  ];
}

/** A method of a folder that is open, which has both forms itself: https://nodejs.org/docs/latest-v20.x/api/fs.html#class-fsdir */
const dirRow = (name: string, blocks: string): BlockingRow => ({
  path: new RegExp(`^(?:(?:promises\\.)?opendir(?:Sync)?\\(\\)|Dir#)\\.${name}Sync\\(\\)$`),
  blocks,
  tell: tells({ twin: promise(beside('node:fs', name)) }),
  name: `Dir.${name}Sync`,
});

const DIR_ROWS: readonly BlockingRow[] = [
  dirRow('read', 'reading a folder'),
  dirRow('close', 'closing a folder'),
];

const SOURCE = 'https://nodejs.org/docs/latest-v20.x/api/fs.html';

/** Every blocking function of Node's `fs`, and those of `graceful-fs`: https://github.com/isaacs/node-graceful-fs */
export const BLOCKING_FS: readonly BlockingTable[] = [
  blockingTable({ packages: ['fs'], resource: 'file', source: SOURCE, rows: fileRows(NODE_FS) }),
  blockingTable({ packages: ['fs/promises'], resource: 'file', source: SOURCE, rows: DIR_ROWS }),
  blockingTable({
    packages: ['graceful-fs'],
    resource: 'file',
    source: 'https://github.com/isaacs/node-graceful-fs',
    rows: fileRows(GRACEFUL_FS),
  }),
];
