import type { LibraryCall } from '../library.ts';
import type { BlockingTable } from './blocking-call.ts';
import { messageDiffers } from './fs-extra.ts';
import {
  beside,
  blockingTable,
  byMajor,
  callback,
  none,
  optionAt,
  promise,
  renamings,
  type Told,
} from './twins.ts';

const EXPLORER = 'the explorer is one that blocks; one that gives promises is made where it was made';

/** An explorer of `cosmiconfig` or `lilconfig`, whose maker decides whether its methods block. */
const EXPLORERS: BlockingTable = blockingTable({
  packages: ['cosmiconfig', 'lilconfig'],
  resource: 'file',
  source: 'https://github.com/cosmiconfig/cosmiconfig#synchronous-api',
  rows: [
    {
      path: /^(?:cosmiconfigSync|lilconfigSync)\(\)\.(?:search|load)\(\)$/,
      blocks: 'looking for a configuration',
      tell: () => none(EXPLORER),
      name: 'sync',
    },
    // Before version 6 each explorer had both: https://github.com/cosmiconfig/cosmiconfig/blob/main/CHANGELOG.md
    {
      path: /^\(\)\.(?:searchSync|loadSync)\(\)$/,
      blocks: 'looking for a configuration',
      tell: (call) => ({
        twin: promise(beside(call.package, call.path.endsWith('searchSync()') ? 'search' : 'load')),
      }),
      name: 'sync',
    },
  ],
});

/** With a callback up to version 1, with a promise since version 2: https://github.com/npm/node-which/blob/main/CHANGELOG.md */
const which = byMajor((major): Told => {
  const itself = beside('which', 'default');
  return { twin: major < 2 ? callback(itself, {}, 'whichAsync') : promise(itself) };
});

/** The twin of `readPackageSync` has had another name in version 6: https://github.com/sindresorhus/read-pkg/releases/tag/v7.0.0 */
const readPackage = byMajor((major): Told => ({
  twin: promise(beside('read-pkg', major === 6 ? 'readPackageAsync' : 'readPackage')),
}));

const readPackageUp = byMajor((major): Told => ({
  twin: promise(beside('read-pkg-up', major === 8 ? 'readPackageUpAsync' : 'readPackageUp')),
}));

/** Both forms look from the file of their caller where `basedir` is not given, and promisified it has another one. */
const resolve = (call: LibraryCall): Told =>
  optionAt(call, 1, 'basedir').kind === 'given'
    ? { twin: callback(beside('resolve', 'default'), {}, 'resolveAsync') }
    : none('it is not given `basedir`, so that where it looks depends on the file that calls it');

/** With a callback before version 5, which gives a promise without one: https://github.com/jprichardson/node-jsonfile/blob/master/CHANGELOG.md */
const jsonFile = byMajor((major, call, context): Told => {
  const name = call.path.replace(/Sync\(\)$/, '');
  const from = beside('jsonfile', name);
  return {
    twin: major < 5 ? callback(from) : promise(from),
    differences: name === 'readFile' ? [messageDiffers(context)] : [],
  };
});

/** With a callback before version 3: https://github.com/npm/write-file-atomic/blob/main/CHANGELOG.md */
const writeFileAtomic = byMajor((major): Told => {
  const itself = beside('write-file-atomic', 'default');
  return { twin: major < 3 ? callback(itself, {}, 'writeFileAtomicAsync') : promise(itself) };
});

/** Both have given a promise where they get no callback since version 3 at the latest. */
const virtualFile = byMajor((major, call): Told =>
  major < 3
    ? none('versions before 3 may not give a promise')
    : { twin: promise(beside('to-vfile', call.path.replace(/Sync\(\)$/, ''))) },
);

/** Both forms keep what they found, and the other one hands it over as the first argument of its callback: as an error, to promisify. */
const existsCached: Told = none(
  'its other form takes a callback that no promise can be made of, and the file system is asked once for each path',
);

/** A package with two forms of the same name, `sync` or `…Sync`, as those of Sindre Sorhus have. */
const forms = (name: string, source: string, twins: Readonly<Record<string, string>>): BlockingTable =>
  renamings({ packages: [name], resource: 'file', source, blocks: 'looking for a file', twins });

const sindre = (name: string, twins: Readonly<Record<string, string>>): BlockingTable =>
  forms(name, `https://github.com/sindresorhus/${name}#api`, { 'sync()': 'default', ...twins });

/** Packages that look for files and programs, and read and write some of them. */
export const BLOCKING_LOOKUP: readonly BlockingTable[] = [
  EXPLORERS,
  blockingTable({
    packages: ['which'],
    resource: 'file',
    source: 'https://github.com/npm/node-which#readme',
    rows: [{ path: /^sync\(\)$/, blocks: 'looking for a program', tell: which }],
  }),
  blockingTable({
    packages: ['read-pkg'],
    resource: 'file',
    source: 'https://github.com/sindresorhus/read-pkg#api',
    rows: [
      { path: /^readPackageSync\(\)$/, blocks: 'reading a file', tell: readPackage },
      {
        path: /^sync\(\)$/,
        blocks: 'reading a file',
        tell: () => ({ twin: promise(beside('read-pkg', 'default')) }),
      },
    ],
  }),
  blockingTable({
    packages: ['read-pkg-up'],
    resource: 'file',
    source: 'https://github.com/sindresorhus/read-package-up#api',
    rows: [
      { path: /^readPackageUpSync\(\)$/, blocks: 'reading a file', tell: readPackageUp },
      {
        path: /^sync\(\)$/,
        blocks: 'reading a file',
        tell: () => ({ twin: promise(beside('read-pkg-up', 'default')) }),
      },
    ],
  }),
  blockingTable({
    packages: ['resolve'],
    resource: 'file',
    source: 'https://github.com/browserify/resolve#resolveid-opts-cb',
    rows: [{ path: /^sync\(\)$/, blocks: 'looking for a module', tell: resolve }],
  }),
  blockingTable({
    packages: ['jsonfile'],
    resource: 'file',
    source: 'https://github.com/jprichardson/node-jsonfile#api',
    rows: [{ path: /^(?:readFile|writeFile)Sync\(\)$/, blocks: 'reading or writing a file', tell: jsonFile }],
  }),
  blockingTable({
    packages: ['write-file-atomic'],
    resource: 'file',
    source: 'https://github.com/npm/write-file-atomic#readme',
    rows: [{ path: /^sync\(\)$/, blocks: 'writing a file', tell: writeFileAtomic }],
  }),
  blockingTable({
    packages: ['fs-exists-cached'],
    resource: 'file',
    source: 'https://github.com/isaacs/fs-exists-cached/blob/main/index.js',
    rows: [{ path: /^sync\(\)$/, blocks: 'looking for a file', tell: () => existsCached }],
  }),
  blockingTable({
    packages: ['to-vfile'],
    resource: 'file',
    source: 'https://github.com/vfile/to-vfile#api',
    rows: [{ path: /^(?:read|write)Sync\(\)$/, blocks: 'reading or writing a file', tell: virtualFile }],
  }),
  sindre('find-up', { 'findUpSync()': 'findUp', 'findUpMultipleSync()': 'findUpMultiple' }),
  forms('find-up-simple', 'https://github.com/sindresorhus/find-up-simple#api', { 'findUpSync()': 'findUp' }),
  sindre('pkg-dir', { 'packageDirectorySync()': 'packageDirectory' }),
  forms('package-directory', 'https://github.com/sindresorhus/package-directory#api', {
    'packageDirectorySync()': 'packageDirectory',
  }),
  sindre('pkg-up', { 'pkgUpSync()': 'pkgUp' }),
  forms('read-package-up', 'https://github.com/sindresorhus/read-package-up#api', {
    'readPackageUpSync()': 'readPackageUp',
  }),
  sindre('load-json-file', { 'loadJsonFileSync()': 'loadJsonFile' }),
  sindre('write-json-file', { 'writeJsonFileSync()': 'writeJsonFile' }),
  sindre('locate-path', { 'locatePathSync()': 'locatePath' }),
  sindre('path-exists', { 'pathExistsSync()': 'pathExists' }),
  forms('path-type', 'https://github.com/sindresorhus/path-type#api', {
    'isFileSync()': 'isFile',
    'isDirectorySync()': 'isDirectory',
    'isSymlinkSync()': 'isSymlink',
    'fileSync()': 'file',
    'dirSync()': 'dir',
    'symlinkSync()': 'symlink',
  }),
  forms('is-binary-file', 'https://github.com/gjtorikian/isBinaryFile#usage', {
    'isBinaryFileSync()': 'isBinaryFile',
  }),
];
