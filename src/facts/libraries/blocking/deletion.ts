import type { BlockingTable } from './blocking-call.ts';
import { beside, blockingTable, byMajor, callback, promise, renamings, type Told } from './twins.ts';

/** Up to version 3 it has a callback; since version 4 it gives a promise, and is exported by name: https://github.com/isaacs/rimraf#readme */
const rimraf = byMajor((major, call): Told => {
  if (major < 4) return { twin: callback(beside('rimraf', 'default'), {}, 'rimrafAsync') };
  return { twin: promise(beside('rimraf', call.path === 'rimraf.sync()' ? 'default' : 'rimraf')) };
});

/** Version 0 has a callback; since version 1 it gives a promise, and since version 3 it is exported by name: https://github.com/isaacs/node-mkdirp */
const mkdirp = byMajor((major, call): Told => {
  if (major < 1) return { twin: callback(beside('mkdirp', 'default'), {}, 'mkdirpAsync') };
  const isNamed = call.path === 'mkdirpSync()' || (call.path === 'sync()' && major >= 3);
  return { twin: promise(beside('mkdirp', isNamed ? 'mkdirp' : 'default')) };
});

/** Packages that remove files and make folders. */
export const BLOCKING_DELETION: readonly BlockingTable[] = [
  blockingTable({
    packages: ['rimraf'],
    resource: 'file',
    source: 'https://github.com/isaacs/rimraf#readme',
    rows: [{ path: /^(?:rimraf\.)?(?:sync|rimrafSync)\(\)$/, blocks: 'removing files', tell: rimraf }],
  }),
  blockingTable({
    packages: ['mkdirp'],
    resource: 'file',
    source: 'https://github.com/isaacs/node-mkdirp#readme',
    rows: [{ path: /^(?:mkdirp\.)?(?:sync|mkdirpSync)\(\)$/, blocks: 'making a folder', tell: mkdirp }],
  }),
  renamings({
    packages: ['make-dir'],
    resource: 'file',
    source: 'https://github.com/sindresorhus/make-dir#api',
    blocks: 'making a folder',
    twins: { 'sync()': 'default', 'makeDirectorySync()': 'makeDirectory' },
  }),
  renamings({
    packages: ['del'],
    resource: 'file',
    source: 'https://github.com/sindresorhus/del#api',
    blocks: 'removing files',
    twins: { 'sync()': 'default', 'deleteSync()': 'deleteAsync' },
  }),
];
