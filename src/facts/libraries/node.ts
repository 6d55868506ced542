import type { Resource } from '../effects/effect.ts';
import { hostOf, isReadMethod } from './globals.ts';
import {
  describeBy,
  PURE,
  readsOf,
  writesOf,
  type LibraryCall,
  type LibraryFact,
  type LibraryTable,
  type Row,
} from './library.ts';

const DEEP: LibraryFact = { ...PURE, fresh: 'deep' };
const CHANCE: LibraryFact = { ...PURE, reads: [{ kind: 'random' }], fresh: 'deep' };
/** Work that a thread of the pool does, as `crypto.scrypt`. */
const POOL: LibraryFact = { ...DEEP, io: true };

/** The file that an argument names; `*` where it is no literal. */
const fileOf = (name: string | undefined): Resource => ({
  kind: 'file',
  name:
    name === undefined || name === '' || name.includes('?')
      ? '*'
      : name.replace(/^\.\//, '').replace(/\/+$/, ''),
});

const readsFile = ({ args: [path] }: LibraryCall): LibraryFact => readsOf(fileOf(path?.string));
const writesFile = ({ args: [path] }: LibraryCall): LibraryFact => writesOf(fileOf(path?.string));
/** From one path to another, where the first stays as it is: `copyFile`, `link`. */
const copiesFile = ({ args: [from, to] }: LibraryCall): LibraryFact => ({
  ...writesOf(fileOf(to?.string)),
  reads: [fileOf(from?.string)],
});
/** From one path to another, where nothing is left behind: `rename`. */
const movesFile = ({ args: [from, to] }: LibraryCall): LibraryFact => ({
  ...writesOf(fileOf(to?.string), fileOf(from?.string)),
  reads: [fileOf(from?.string)],
});

const READ_FILES =
  'readFile|readdir|stat|lstat|statfs|access|exists|realpath|realpath\\.native|readlink|readv|read|fstat|glob|openAsBlob|createReadStream';
const WRITE_FILES =
  'writeFile|appendFile|mkdir|mkdtemp|mkdtempDisposable|rm|rmdir|unlink|truncate|ftruncate|chmod|fchmod|lchmod|chown|fchown|lchown|utimes|futimes|lutimes|symlink|write|writev|fsync|fdatasync|close|createWriteStream|cp|copyFile|rename|link';

const FILES: readonly Row[] = [
  [/^(promises\.)?(copyFile|link|cp|symlink)(Sync)?\(\)$/, copiesFile],
  [/^(promises\.)?rename(Sync)?\(\)$/, movesFile],
  [new RegExp(`^(promises\\.)?(${READ_FILES})(Sync)?\\(\\)$`), readsFile],
  [new RegExp(`^(promises\\.)?(${WRITE_FILES})(Sync)?\\(\\)$`), writesFile],
  [
    /^(promises\.)?open(Sync|dir|dirSync)?\(\)$/,
    (call) => ({ ...writesFile(call), reads: [{ kind: 'file', name: '*' }] }),
  ],
  // They read on from where the one before has stopped.
  [
    /^(promises\.)?(open|opendir)\(\)\.(read|readv|readFile|readLines)\(\)$/,
    { ...readsOf({ kind: 'file', name: '*' }), on: 'connection' },
  ],
  [
    /^(promises\.)?(open|opendir)\(\)\.(stat|readableWebStream|createReadStream)\(\)$/,
    readsOf({ kind: 'file', name: '*' }),
  ],
  [/^(promises\.)?(open|opendir)\(\)\.\w+\(\)$/, writesOf({ kind: 'file', name: '*' })],
  [
    /^(createReadStream|createWriteStream)\(\)\.(on|once|pipe|end|write|destroy|close)\(\)$/,
    { ...writesOf({ kind: 'file', name: '*' }), pacing: 'event' },
  ],
  [
    /^(promises\.)?(watch|watchFile|unwatchFile)\(\)$/,
    { ...readsOf({ kind: 'file', name: '*' }), pacing: 'event' },
  ],
  [
    /^(stat|lstat)(Sync)?\(\)\.(isFile|isDirectory|isSymbolicLink|isSocket|isFIFO|isBlockDevice|isCharacterDevice)\(\)$/,
    DEEP,
  ],
  [/^promises\.(stat|lstat)\(\)\.is\w+\(\)$/, DEEP],
  [/^readFile(Sync)?\(\)\.(toString|trim|split|toJSON|slice|subarray|includes|match|replace)\(\)$/, DEEP],
];

/** Node's `fs`, and the packages that offer it whole: https://github.com/isaacs/node-graceful-fs */
export const FS: LibraryTable = {
  packages: ['fs', 'fs/promises', 'graceful-fs'],
  source: 'https://nodejs.org/docs/latest-v20.x/api/fs.html',
  describe: describeBy(FILES),
};

export const FS_EXTRA: LibraryTable = {
  packages: ['fs-extra'],
  source: 'https://github.com/jprichardson/node-fs-extra',
  describe: describeBy([
    [/^(pathExists|readJson|readJSON)(Sync)?\(\)$/, readsFile],
    [/^copy(Sync)?\(\)$/, copiesFile],
    [/^move(Sync)?\(\)$/, movesFile],
    [
      /^(ensureDir|ensureFile|ensureLink|ensureSymlink|emptyDir|emptydir|mkdirs|mkdirp|outputFile|outputJson|outputJSON|writeJson|writeJSON|remove|createFile)(Sync)?\(\)$/,
      writesFile,
    ],
    ...FILES,
  ]),
};

const CHILD: LibraryFact = {
  ...writesOf({ kind: 'process', name: '*' }, { kind: 'file', name: '*' }),
  reads: [{ kind: 'file', name: '*' }],
};

function requestFact(call: LibraryCall): LibraryFact {
  const [address] = call.args;
  const host = hostOf(address?.string);
  const options = call.args.find((one) => one.keys !== undefined);
  const isRead =
    call.path.endsWith('get()') || (options !== undefined && isReadMethod(options.values?.method) === true);
  return isRead ? readsOf(host) : { ...writesOf(host), reads: [host] };
}

const rows = (packages: readonly string[], page: string, table: readonly Row[]): LibraryTable => ({
  packages,
  source: `https://nodejs.org/docs/latest-v20.x/api/${page}.html`,
  describe: describeBy(table),
});

/** The other core modules of Node. */
export const NODE: readonly LibraryTable[] = [
  rows(['child_process'], 'child_process', [
    [
      /^(spawn|exec|execFile|fork)\(\)\.(on|once|stdout\.on|stderr\.on|stdin\.write|stdin\.end|kill|send|unref|ref|disconnect)\(\)$/,
      { ...CHILD, pacing: 'event' },
    ],
    [/^(spawn|exec|execFile|fork|spawnSync|execSync|execFileSync)\(\)$/, CHILD],
    [/^(execSync|execFileSync)\(\)\.(toString|trim|split)\(\)$/, DEEP],
  ]),
  rows(['crypto'], 'crypto', [
    [
      /^(randomBytes|randomUUID|randomInt|randomFill|randomFillSync|pseudoRandomBytes|getRandomValues|webcrypto\.getRandomValues)\(\)/,
      CHANCE,
    ],
    [
      /^(scrypt|pbkdf2|hkdf|generateKeyPair|generateKey|generatePrime|checkPrime|subtle\.\w+|webcrypto\.subtle\.\w+)\(\)$/,
      POOL,
    ],
    [/^create\w+\(\)(\.\w+\(\))*$/, PURE],
    [/^\w+\(\)(\.\w+\(\))*$/, DEEP],
  ]),
  rows(['path', 'path/posix', 'path/win32'], 'path', [[/^(posix\.|win32\.)?\w+\(\)$/, DEEP]]),
  rows(['url', 'querystring', 'punycode', 'string_decoder', 'buffer', 'util/types'], 'url', [
    [/^[\w#.]+(\(\)|#)(\.\w+\(\))*$/, PURE],
  ]),
  rows(['util'], 'util', [
    [/^(promisify|callbackify|deprecate|inherits|debuglog)\(\)$/, PURE],
    [/^(debuglog|debug)\(\)\(\)$/, { ...PURE, writes: [{ kind: 'log' }] }],
    [/^[\w.]+(\(\)|#)(\.\w+\(\))*$/, PURE],
  ]),
  rows(['os'], 'os', [
    [/^setPriority\(\)$/, { ...PURE, writes: [{ kind: 'process', name: '*' }] }],
    [/^\w+\(\)$/, DEEP],
  ]),
  rows(['zlib'], 'zlib', [
    [/^\w+Sync\(\)$/, DEEP],
    [/^create\w+\(\)$/, PURE],
    [/^\w+\(\)$/, POOL],
  ]),
  rows(['dns', 'dns/promises'], 'dns', [
    [
      /^(promises\.)?(lookup|lookupService|resolve\w*|reverse)\(\)$/,
      (call) => readsOf(hostOf(call.args[0]?.string)),
    ],
    [/^(promises\.)?set\w+\(\)$/, { ...PURE, writes: [{ kind: 'process', name: 'dns' }] }],
  ]),
  rows(['http', 'https', 'http2'], 'http', [
    [/^(get|request)\(\)$/, requestFact],
    [/^(Agent#|STATUS_CODES.*|createServer\(\)|createSecureServer\(\))$/, PURE],
    [
      /^(get|request|connect)\(\)\.(on|once|write|end|destroy|setTimeout)\(\)$/,
      { ...writesOf({ kind: 'host', name: '*' }), pacing: 'event' },
    ],
  ]),
  rows(['timers/promises'], 'timers', [
    [/^(setTimeout|setInterval|setImmediate|scheduler\.\w+)\(\)$/, { ...DEEP, io: true, pacing: 'sleep' }],
  ]),
  rows(['timers'], 'timers', [[/^\w+\(\)$/, PURE]]),
  rows(['stream', 'stream/promises', 'stream/web', 'stream/consumers'], 'stream', [
    [
      /^(promises\.)?(pipeline|finished)\(\)$/,
      {
        ...writesOf({ kind: 'file', name: '*' }, { kind: 'host', name: '*' }),
        reads: [{ kind: 'file', name: '*' }],
      },
    ],
    [/^(Readable|Duplex)\.from\(\)$/, PURE],
    [/^\w+#$/, PURE],
  ]),
  rows(['events'], 'events', [
    [/^(EventEmitter#?|#)$/, PURE],
    [/^((EventEmitter)?(<\w+>)?#?\.)?(emit|once|waitFor)\(\)$/, { ...PURE, pacing: 'event' }],
    [
      /^((EventEmitter)?(<\w+>)?#\.)(on|addListener|off|removeListener|removeAllListeners|setMaxListeners|prependListener|listenerCount|listeners|eventNames)\(\)$/,
      { ...PURE, writes: [{ kind: 'process', name: 'listeners' }], runs: [] },
    ],
  ]),
  rows(['readline', 'readline/promises'], 'readline', [
    [/^(promises\.)?createInterface\(\)$/, PURE],
    [/^(promises\.)?createInterface\(\)\.\w+\(\)$/, { ...PURE, pacing: 'prompt' }],
  ]),
  rows(['assert', 'assert/strict'], 'assert', [
    [/^(\w+\.)*\w*\(\)$/, { ...PURE, throws: 'it throws where the assertion does not hold' }],
  ]),
  rows(['async_hooks'], 'async_context', [
    [/^AsyncLocalStorage#$/, PURE],
    [
      /^AsyncLocalStorage#\.getStore\(\)$/,
      { ...PURE, reads: [{ kind: 'store', name: 'AsyncLocalStorage' }], fresh: 'no' },
    ],
    [/^AsyncLocalStorage#\.run\(\)$/, { ...PURE, runs: [1] }],
  ]),
  rows(['perf_hooks'], 'perf_hooks', [[/^(performance\.)?\w+\(\)$/, { ...DEEP, reads: [{ kind: 'time' }] }]]),
  rows(['module'], 'module', [[/^(createRequire|isBuiltin)\(\)$/, PURE]]),
];

const ANY_FILE: Resource = { kind: 'file', name: '*' };

/** Packages that look into the file system, or change it. */
export const FILE_PACKAGES: readonly LibraryTable[] = [
  {
    packages: [
      'glob',
      'fast-glob',
      'globby',
      'tinyglobby',
      'find-up',
      'find-up-simple',
      'pkg-dir',
      'pkg-up',
      'read-pkg',
      'read-pkg-up',
      'read-package-up',
      'load-json-file',
      'cosmiconfig',
      'lilconfig',
      'which',
      'path-exists',
      'locate-path',
      'resolve',
      'is-binary-file',
      'file-type',
      'readdirp',
      'klaw',
      'image-size',
      'get-folder-size',
      'detect-file-encoding',
      'node-stream-zip',
    ],
    source: 'https://github.com/isaacs/node-glob',
    describe: describeBy([
      [/(escapePath|hasMagic|isDynamicPattern|convertPathToPattern)\(\)$/, DEEP],
      [/(\(\)|#)$/, readsOf(ANY_FILE)],
    ]),
  },
  {
    packages: [
      'rimraf',
      'mkdirp',
      'make-dir',
      'del',
      'write-file-atomic',
      'write-json-file',
      'cpy',
      'move-file',
      'tmp',
      'tmp-promise',
      'tempy',
      'archiver',
      'adm-zip',
      'tar',
      'unzipper',
      'extract-zip',
      'decompress',
      'yauzl',
      'yazl',
      'chokidar',
      'trash',
    ],
    source: 'https://github.com/isaacs/rimraf',
    describe: describeBy([[/(\(\)|#)$/, { ...writesOf(ANY_FILE), reads: [ANY_FILE] }]]),
  },
  {
    packages: ['execa', 'cross-spawn', 'shelljs', 'zx', 'tinyexec', 'nano-spawn', 'child-process-promise'],
    source: 'https://github.com/sindresorhus/execa',
    describe: describeBy([[/[^]*\(\)$/, CHILD]]),
  },
];
