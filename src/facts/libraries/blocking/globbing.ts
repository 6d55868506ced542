import type { LibraryCall } from '../library.ts';
import type { BlockingContext, BlockingTable, Difference } from './blocking-call.ts';
import {
  assumed,
  beside,
  blockingTable,
  byMajor,
  callback,
  holds,
  promise,
  renamings,
  type Told,
} from './twins.ts';

const ORDER = assumed(
  'the order of the files is not relied on: folders are read at the same time, not in turns',
);

const orderOf = ({ resultMembers }: BlockingContext): Difference =>
  resultMembers?.join() === 'length'
    ? holds('only the number of files is asked for, not their order')
    : ORDER;

/**
 * `glob` had a callback up to version 8, and sorted what it found in both forms; since version 9 it gives a promise, and sorts nothing:
 * https://github.com/isaacs/node-glob/blob/main/changelog.md
 */
const glob = byMajor((major, call, context): Told => {
  if (major < 9) return { twin: callback(beside('glob', 'default'), {}, 'globAsync') };
  return { twin: promise(beside('glob', globName(call))), differences: [orderOf(context)] };
});

/** `glob.sync` of the function `glob` is that function; of the module, its `glob`. */
const globName = (call: LibraryCall): string => (call.path === 'glob.sync()' ? 'default' : 'glob');

/** Packages that look for files by patterns. */
export const BLOCKING_GLOBBING: readonly BlockingTable[] = [
  blockingTable({
    packages: ['glob'],
    resource: 'file',
    source: 'https://github.com/isaacs/node-glob#readme',
    rows: [{ path: /^(?:glob\.)?(?:sync|globSync)\(\)$/, blocks: 'looking for files', tell: glob }],
  }),
  renamings({
    packages: ['fast-glob'],
    resource: 'file',
    source: 'https://github.com/mrmlnc/fast-glob#synchronous',
    blocks: 'looking for files',
    twins: { 'sync()': 'default', 'globSync()': 'glob' },
    differences: [ORDER],
  }),
  renamings({
    packages: ['globby'],
    resource: 'file',
    source: 'https://github.com/sindresorhus/globby#api',
    blocks: 'looking for files',
    twins: {
      'sync()': 'default',
      'globbySync()': 'globby',
      'isGitIgnoredSync()': 'isGitIgnored',
      'isIgnoredByIgnoreFilesSync()': 'isIgnoredByIgnoreFiles',
    },
    differences: [ORDER],
  }),
  renamings({
    packages: ['tinyglobby'],
    resource: 'file',
    source: 'https://superchupu.dev/tinyglobby/documentation',
    blocks: 'looking for files',
    twins: { 'globSync()': 'glob' },
    differences: [ORDER],
  }),
  blockingTable({
    packages: ['fdir'],
    resource: 'file',
    source: 'https://github.com/thecodrr/fdir/blob/master/documentation.md',
    rows: [
      {
        path: /^fdir#.*\.sync\(\)$/,
        blocks: 'looking for files',
        tell: (_call, context) => ({
          twin: promise(beside('fdir', 'withPromise')),
          differences: [orderOf(context)],
        }),
        name: 'sync',
      },
    ],
  }),
];
