import type { LibraryCall } from '../library.ts';
import type { BlockingContext, BlockingTable, Difference } from './blocking-call.ts';
import { fileRows, type FileSystem } from './fs.ts';
import {
  assumed,
  beside,
  blockingTable,
  callback,
  holds,
  of,
  promise,
  type BlockingRow,
  type Told,
} from './twins.ts';

const SOURCE = 'https://github.com/jprichardson/node-fs-extra';

/**
 * Every function of `fs` gives a promise where it is called without a callback, and takes descriptors. Its `read` gives nothing where the
 * length is left out, so that Node's own is taken.
 */
const FS_EXTRA: FileSystem = {
  ofPath: (name, changes) => promise(beside('fs-extra', name), changes),
  ofDescriptor: (name, changes) =>
    name === 'read' ? callback(of('node:fs', 'read'), changes) : promise(beside('fs-extra', name), changes),
  takesDescriptors: true,
  exists: () => ({ twin: promise(beside('fs-extra', 'pathExists')) }),
};

const differs = (claim: string, isSettled: boolean): Difference =>
  isSettled ? holds(claim) : assumed(claim);

const isUnasked = ({ thrownMembers }: BlockingContext, ...members: readonly string[]): boolean =>
  thrownMembers !== undefined && !members.some((member) => thrownMembers.includes(member));

/** What differs where JSON is read from a file, here and in `jsonfile`. */
export const messageDiffers = (context: BlockingContext): Difference =>
  differs(
    'nobody reads the message of an error: that for a missing file does not begin with the path',
    isUnasked(context, 'message', 'stack'),
  );

/** What differs from the blocking form, by the name of the twin: measured on version 11. */
function differencesOf(name: string, context: BlockingContext): readonly Difference[] {
  if (/^read(?:Json|JSON)$/.test(name)) return [messageDiffers(context)];
  if (/^(?:ensure|create)Symlink$/.test(name))
    return [
      differs(
        'nobody reads the message or code of an error: that for a missing source has the code `ENOENT` now',
        isUnasked(context, 'message', 'stack', 'code'),
      ),
    ];
  if (/^empty[dD]ir$/.test(name) && context.isResultUsed)
    return [assumed(`nobody reads what \`${name}\` gives: a list where there was nothing`)];
  return [];
}

const tell = (call: LibraryCall, context: BlockingContext): Told => {
  const name = call.path.replace(/Sync\(\)$/, '');
  return { twin: promise(beside(call.package, name)), differences: differencesOf(name, context) };
};

const row = (names: string, blocks: string): BlockingRow => ({
  path: new RegExp(`^(?:${names})Sync\\(\\)$`),
  blocks,
  tell,
});

const OWN_ROWS: readonly BlockingRow[] = [
  row('copy', 'copying files'),
  row('move', 'moving files'),
  row('remove|emptyDir|emptydir', 'removing files'),
  row('ensureDir|mkdirs|mkdirp', 'making a folder'),
  row('ensureFile|createFile', 'making a file'),
  row('ensureLink|createLink|ensureSymlink|createSymlink', 'making a link'),
  row('readJson|readJSON', 'reading a file'),
  row('writeJson|writeJSON|outputJson|outputJSON|outputFile', 'writing a file'),
  row('pathExists', 'looking for a file'),
];

/** `fs-extra`, with its own functions and, but for `fs-extra/esm`, those of `fs`. */
export const BLOCKING_FS_EXTRA: readonly BlockingTable[] = [
  blockingTable({
    packages: ['fs-extra'],
    resource: 'file',
    source: SOURCE,
    rows: [...OWN_ROWS, ...fileRows(FS_EXTRA)],
  }),
  blockingTable({ packages: ['fs-extra/esm'], resource: 'file', source: SOURCE, rows: OWN_ROWS }),
];
