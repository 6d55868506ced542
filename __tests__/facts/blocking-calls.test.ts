import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInThisContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import type {
  ArgChange,
  BlockingCall,
  BlockingContext,
  Twin,
  TwinImport,
} from '../../src/facts/libraries/blocking/blocking-call.ts';
import { BLOCKING_NAMES, blockingCallOf } from '../../src/facts/libraries/blocking/table.ts';
import { libraryCall } from '../library-call.ts';

type Case = readonly [source: string, told: string, context?: Partial<BlockingContext>];

const USED: BlockingContext = { isResultUsed: true };

const changeText = (change: ArgChange): string => {
  switch (change.kind) {
    case 'drop':
      return `-${change.at}`;
    case 'replace':
      return `${change.at}=${change.text}`;
    case 'wrap':
      return `${change.at}=${change.before}_${change.after}`;
    case 'set':
      return `${change.at}.${change.property}=${change.value}`;
    case 'unset':
      return `-${change.at}.${change.property}`;
  }
};

const importText = ({ module, name, isSameObject }: TwinImport): string =>
  `${isSameObject ? '.' : ''}${module}#${name}`;

function twinText(twin: Twin): string {
  if (twin.kind === 'expression') {
    const [from] = twin.imports;
    return twin.pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        if ('import' in piece) return from === undefined ? '?' : importText(from);
        return 'arg' in piece ? `$${piece.arg}` : '$*';
      })
      .join('');
  }
  const { result } = twin;
  return [
    ...(twin.kind === 'callback' ? [twin.promisified] : []),
    importText(twin.from),
    ...(twin.args ?? []).map(changeText),
    ...(result?.kind === 'member' ? [`.${result.name}`] : []),
  ].join(' ');
}

/** A blocking call in short: its twin or `none`, `brief`, and `?` for each claim that is assumed. */
function toldOf(found: BlockingCall | undefined): string {
  if (found === undefined) return 'unknown';
  const assumed = found.differences.filter(({ verdict }) => verdict !== 'holds').map(() => '?');
  return [
    found.isBrief === true ? 'brief' : '',
    found.twin === undefined ? 'none' : twinText(found.twin),
    assumed.join(''),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const idOf = (name: string, source: string): string | undefined =>
  blockingCallOf(libraryCall(name, source), USED)?.id;

const version = (range: string): Partial<BlockingContext> => ({ versionOf: () => range });
const UNUSED: Partial<BlockingContext> = { isResultUsed: false };
const P = 'node:fs/promises';

const CASES: Readonly<Record<string, readonly Case[]>> = {
  fs: [
    ['readFileSync("a")', `${P}#readFile`],
    ['readFileSync(path.join(dir, name), "utf8")', `${P}#readFile`],
    ['readFileSync(dir + "/x")', `${P}#readFile`],
    ['readFileSync(file)', `${P}#readFile ?`],
    ['readFileSync(file)', `${P}#readFile`, { isNumber: () => false }],
    ['readFileSync(file)', 'readFileAsync .node:fs#readFile', { isNumber: () => true }],
    ['readFileSync(0, "utf8")', 'readFileAsync .node:fs#readFile'],
    ['readFileSync(fd)', 'readFileAsync .node:fs#readFile'],
    ['writeFileSync(this.logFd, text)', 'writeFileAsync .node:fs#writeFile'],
    ['appendFileSync(...args)', `${P}#appendFile ?`],
    ['truncateSync(7, 5)', 'ftruncateAsync .node:fs#ftruncate'],
    ['truncateSync("a", 5)', `${P}#truncate`],
    ['existsSync(file)', `${P}#access($0).then(() => true, () => false)`],
    ['existsSync(...args)', 'none'],
    ['existsSync()', 'none'],
    ['statSync(file)', `${P}#stat`],
    ['statSync(file, { bigint: true })', `${P}#stat`],
    ['statSync(file, { throwIfNoEntry: true })', `${P}#stat -1`],
    ['statSync(file, { throwIfNoEntry: true, bigint: true })', `${P}#stat -1.throwIfNoEntry`],
    ['statSync(file, { throwIfNoEntry })', 'none'],
    ['statSync(file, { throwIfNoEntry: false, bigint })', 'none'],
    ['lstatSync(file, options)', `${P}#lstat ?`],
    ['lstatSync(file, { ...options })', `${P}#lstat ?`],
    ['readdirSync(dir)', `${P}#readdir`],
    ['readdirSync(dir, "utf8")', `${P}#readdir`],
    ['readdirSync(dir, { withFileTypes: true })', `${P}#readdir`],
    ['readdirSync(dir, { recursive: false })', `${P}#readdir`],
    ['readdirSync(dir, { recursive: true })', `${P}#readdir ?`],
    ['readdirSync(dir, { recursive: true })', `${P}#readdir`, { resultMembers: ['length'] }],
    ['readdirSync(dir, options)', `${P}#readdir ?`],
    ['realpathSync(file)', 'realpathAsync .node:fs#realpath'],
    ['realpathSync.native(file)', `${P}#realpath`],
    ['openSync(file, "r")', 'openAsync .node:fs#open'],
    ['closeSync(fd)', 'closeAsync .node:fs#close'],
    ['readSync(fd, buffer)', 'readAsync .node:fs#read .bytesRead'],
    ['readSync(fd, buffer, 0, 5)', 'readAsync .node:fs#read 4=null .bytesRead'],
    ['readSync(fd, ...rest)', 'none'],
    ['writeSync(fd, text)', 'writeAsync .node:fs#write .bytesWritten'],
    ['opendirSync(dir).readSync()', '.node:fs#read'],
    ['Dir#.closeSync()', '.node:fs#close'],
    ['globSync("*.ts")', `Array.fromAsync(${P}#glob($*)) ?`],
    ['mkdtempDisposableSync(prefix)', 'none'],
    ['readFile(file, done)', 'unknown'],
    ['promises.readFile(file)', 'unknown'],
    ['createReadStream(file)', 'unknown'],
  ],
  'fs/promises': [
    ['opendir(dir).readSync()', '.node:fs#read'],
    ['readFile(file)', 'unknown'],
  ],
  'graceful-fs': [
    ['readFileSync(file)', 'readFileAsync .graceful-fs#readFile'],
    ['renameSync(a, b)', 'renameAsync .graceful-fs#rename'],
    ['existsSync(a)', `${P}#access($0).then(() => true, () => false)`],
    ['readdirSync(dir, { recursive: true })', `${P}#readdir ?`],
  ],
  'fs-extra': [
    ['readFileSync(file)', '.fs-extra#readFile'],
    ['existsSync(file)', '.fs-extra#pathExists'],
    ['readSync(fd, buffer)', 'readAsync node:fs#read .bytesRead'],
    ['writeSync(fd, buffer)', '.fs-extra#write .bytesWritten'],
    ['ensureDirSync(dir)', '.fs-extra#ensureDir'],
    ['mkdirpSync(dir)', '.fs-extra#mkdirp'],
    ['copySync(a, b)', '.fs-extra#copy'],
    ['removeSync(a)', '.fs-extra#remove'],
    ['outputJsonSync(a, b)', '.fs-extra#outputJson'],
    ['readJsonSync(a)', '.fs-extra#readJson ?'],
    ['readJsonSync(a)', '.fs-extra#readJson', { thrownMembers: ['code'] }],
    ['readJsonSync(a)', '.fs-extra#readJson ?', { thrownMembers: ['message'] }],
    ['ensureSymlinkSync(a, b)', '.fs-extra#ensureSymlink ?'],
    ['emptyDirSync(a)', '.fs-extra#emptyDir', UNUSED],
    ['emptyDirSync(a)', '.fs-extra#emptyDir ?'],
    ['readJson(a)', 'unknown'],
  ],
  'fs-extra/esm': [
    ['ensureDirSync(dir)', '.fs-extra/esm#ensureDir'],
    ['readFileSync(dir)', 'unknown'],
  ],
  child_process: [
    ['execSync("git status")', "execAsync .node:child_process#exec 1.encoding='buffer' .stdout ??"],
    ['execSync("git status")', 'execAsync .node:child_process#exec ??', UNUSED],
    [
      'execSync("git status", { encoding: "utf8", stdio: "pipe" })',
      'execAsync .node:child_process#exec -1.stdio .stdout',
      { thrownMembers: ['message'] },
    ],
    ['execSync("git status", { stdio: "pipe" })', 'execAsync .node:child_process#exec -1 ?', UNUSED],
    [
      'execSync("git status", { stdio: "pipe" })',
      "execAsync .node:child_process#exec 1={ encoding: 'buffer' } .stdout ?",
    ],
    ['execSync("cat", { stdio: "pipe" })', 'execAsync .node:child_process#exec -1 ??', UNUSED],
    ['execSync("git log | wc -l", { stdio: "pipe" })', 'execAsync .node:child_process#exec -1 ??', UNUSED],
    [
      'execSync("git rev-list --stdin", { stdio: "pipe" })',
      'execAsync .node:child_process#exec -1 ??',
      UNUSED,
    ],
    ['execSync("git init", { stdio: "ignore" })', 'execAsync .node:child_process#exec -1 ??', UNUSED],
    ['execSync("git init", { stdio: "ignore" })', 'none'],
    ['execSync("npm i", { stdio: "inherit" })', 'none'],
    ['execSync("npm i", { stdio: ["pipe", "inherit", "pipe"] })', 'none'],
    ['execSync("npm i", { stdio: [0, "pipe", "pipe"] })', 'none'],
    ['execSync("npm i", { stdio })', 'none'],
    ['execSync("npm i", options)', 'none'],
    ['execSync("npm i", { ...options })', 'none'],
    ['execSync("cat", { input: text })', 'none'],
    ['execSync("ls", { encoding })', 'none'],
    [
      'execSync("ls", { stdio: ["ignore", "pipe", "ignore"], cwd: dir })',
      "execAsync .node:child_process#exec -1.stdio 1.encoding='buffer' .stdout ?",
    ],
    [
      'execFileSync("git", ["log"], { encoding: "utf8" })',
      'execFileAsync .node:child_process#execFile .stdout ??',
    ],
    [
      'execFileSync("git", args)',
      "execFileAsync .node:child_process#execFile 2.encoding='buffer' .stdout ???",
    ],
    ['execFileSync("ls")', "execFileAsync .node:child_process#execFile 1.encoding='buffer' .stdout ??"],
    ['execFileSync("git", it)', 'none'],
    ['execFileSync(...all)', 'none'],
    ['spawnSync("ls")', 'none'],
    ['exec("ls")', 'unknown'],
    ['execSync("sleep 5")', 'node:timers/promises#setTimeout 0=5000', UNUSED],
    ['execSync("sleep 0.25m", { stdio: "ignore" })', 'node:timers/promises#setTimeout 0=15000 -1', UNUSED],
    ['execSync(`sleep ${seconds}`)', 'node:timers/promises#setTimeout 0=Number(seconds) * 1000 ?', UNUSED],
    ['execSync("sleep 2s")', 'node:timers/promises#setTimeout 0=2000', UNUSED],
    ['execSync("sleep 5")', 'none'],
    ['execSync("sleep 5 && ls")', 'execAsync .node:child_process#exec ???', UNUSED],
    ['spawnSync("sleep", ["1.5"])', 'node:timers/promises#setTimeout 0=1500 -1', UNUSED],
    ['execFileSync("sleep", [seconds])', 'execFileAsync .node:child_process#execFile ???', UNUSED],
  ],
  crypto: [
    ['pbkdf2Sync(a, b, 1, 2, "sha1")', 'pbkdf2Async .node:crypto#pbkdf2'],
    ['scryptSync(a, b, 1)', 'scryptAsync .node:crypto#scrypt'],
    ['hkdfSync("sha1", a, b, c, 16)', 'brief none'],
    ['generateKeyPairSync("rsa", options)', 'generateKeyPairAsync .node:crypto#generateKeyPair'],
    ['generateKeyPairSync("ed25519")', 'brief none'],
    ['generatePrimeSync(2048)', 'generatePrimeAsync .node:crypto#generatePrime'],
    ['generatePrimeSync(bits)', 'generatePrimeAsync .node:crypto#generatePrime'],
    ['generatePrimeSync(32)', 'brief none'],
    ['checkPrimeSync(n)', 'checkPrimeAsync .node:crypto#checkPrime'],
    ['randomBytes(32)', 'brief none'],
    ['randomBytes(size)', 'brief none'],
    ['randomBytes(1_000_000)', 'randomBytesAsync .node:crypto#randomBytes'],
    ['randomBytes(1_000_000, done)', 'unknown'],
    ['randomInt(6)', 'brief none'],
    ['randomInt(6, (error, n) => n)', 'unknown'],
    ['randomFillSync(buffer)', 'brief none'],
    ['createHash("sha1").update(a).digest()', 'unknown'],
  ],
  zlib: [
    ['gzipSync(a)', 'gzipAsync .node:zlib#gzip'],
    ['brotliDecompressSync(a, b)', 'brotliDecompressAsync .node:zlib#brotliDecompress'],
    ['zstdCompressSync(a)', 'zstdCompressAsync .node:zlib#zstdCompress'],
    ['createGzip()', 'unknown'],
  ],
  glob: [
    ['sync("*")', 'globAsync .glob#default', version('^7.2.0')],
    ['sync("*")', '.glob#glob ?', version('^10.3.0')],
    ['glob.sync("*")', '.glob#default ?', version('10.x')],
    ['globSync("*")', '.glob#glob ?', version('11')],
    ['globSync("*")', '.glob#glob', { ...version('~11.0.0'), resultMembers: ['length'] }],
    ['sync("*")', 'none'],
    ['sync("*")', 'none', version('>=7')],
    ['sync("*")', 'none', version('^7 || ^8')],
    ['sync("*")', 'globAsync .glob#default', version('npm:glob@^8.1.0')],
  ],
  'fast-glob': [
    ['sync("*")', '.fast-glob#default ?'],
    ['globSync("*")', '.fast-glob#glob ?'],
  ],
  globby: [
    ['sync("*")', '.globby#default ?'],
    ['globbySync("*")', '.globby#globby ?'],
  ],
  tinyglobby: [['globSync("*")', '.tinyglobby#glob ?']],
  fdir: [['fdir#.withFullPaths().crawl("a").sync()', '.fdir#withPromise ?']],
  rimraf: [
    ['sync("a")', 'rimrafAsync .rimraf#default', version('^3.0.2')],
    ['sync("a")', '.rimraf#rimraf', version('^5')],
    ['rimraf.sync("a")', '.rimraf#default', version('^5')],
    ['rimrafSync("a")', '.rimraf#rimraf', version('^6.0.1')],
    ['rimrafSync("a")', 'none'],
  ],
  mkdirp: [
    ['sync("a")', 'mkdirpAsync .mkdirp#default', version('^0.5.1')],
    ['sync("a")', '.mkdirp#default', version('^1.0.4')],
    ['mkdirp.sync("a")', '.mkdirp#default', version('^3.0.0')],
    ['mkdirpSync("a")', '.mkdirp#mkdirp', version('^3.0.0')],
  ],
  'make-dir': [
    ['sync("a")', '.make-dir#default'],
    ['makeDirectorySync("a")', '.make-dir#makeDirectory'],
  ],
  del: [
    ['sync("a")', '.del#default'],
    ['deleteSync("a")', '.del#deleteAsync'],
  ],
  execa: [
    ['sync("ls")', '.execa#default ?'],
    ['execaSync("ls", ["a"])', '.execa#execa ?'],
    ['execaSync("ls", ["a"], { stdin: "ignore" })', '.execa#execa'],
    ['execaSync("cat", { input: text })', '.execa#execa'],
    ['execaCommandSync("ls")', '.execa#execaCommand ?'],
    ['$.sync`ls`', '.execa#default'],
    ['execa("ls")', 'unknown'],
  ],
  'cross-spawn': [
    ['sync("ls")', 'none'],
    ['("ls")', 'unknown'],
  ],
  shelljs: [
    ['exec("ls")', 'none'],
    ['exec("ls", { async: true })', 'unknown'],
    ['exec("ls", (code) => code)', 'unknown'],
    ['rm("-rf", a)', 'none'],
    ['echo("a")', 'unknown'],
  ],
  'command-exists': [['sync("ls")', '.command-exists#default($0).then(() => true, () => false)']],
  bcrypt: [
    ['hashSync(a, 10)', '.bcrypt#hash'],
    ['compareSync(a, b)', '.bcrypt#compare'],
    ['genSaltSync(10)', '.bcrypt#genSalt'],
    ['hash(a, 10)', 'unknown'],
  ],
  bcryptjs: [
    ['hashSync(a)', '.bcryptjs#hash 1=10'],
    ['hashSync(a, undefined)', '.bcryptjs#hash 1=10'],
    ['hashSync(a, 12)', '.bcryptjs#hash'],
    ['hashSync(a, rounds)', '.bcryptjs#hash ?'],
    ['hashSync(a, rounds)', '.bcryptjs#hash', { isNumber: (at) => at === 1 }],
    ['hashSync(a, salt)', '.bcryptjs#hash', { madeBy: () => 'bcryptjs.genSaltSync()' }],
    ['hashSync(a, salt)', '.bcryptjs#hash ?', { madeBy: () => 'settings.saltOf()' }],
    ['hashSync(...args)', 'none'],
    ['compareSync(a, b)', '.bcryptjs#compare'],
  ],
  '@node-rs/bcrypt': [['hashSync(a)', '.@node-rs/bcrypt#hash']],
  '@node-rs/argon2': [['verifySync(a, b)', '.@node-rs/argon2#verify']],
  '@node-rs/jsonwebtoken': [['signSync(a, b)', '.@node-rs/jsonwebtoken#sign']],
  jsonwebtoken: [
    ['sign(payload, secret)', 'brief none'],
    ['verify(token, secret, options)', 'brief none'],
    ['verify(token, key, (error, payload) => payload)', 'unknown'],
    ['decode(token)', 'unknown'],
  ],
  pbkdf2: [
    ['pbkdf2Sync(a, b, 1, 2, "sha1")', 'pbkdf2Async .pbkdf2#pbkdf2'],
    ['pbkdf2Sync(a, b, 1, 2)', 'none'],
  ],
  which: [
    ['sync("ls")', '.which#default', version('^4.0.0')],
    ['sync("ls", { nothrow: true })', 'whichAsync .which#default', version('^1.3.1')],
    ['sync("ls")', 'none'],
  ],
  'find-up': [
    ['sync("a")', '.find-up#default'],
    ['findUpSync("a")', '.find-up#findUp'],
  ],
  'fs-exists-cached': [['sync("a")', 'none']],
  'to-vfile': [
    ['readSync("a")', '.to-vfile#read', version('^8.0.0')],
    ['writeSync(file)', '.to-vfile#write', version('^3.0.0')],
    ['readSync("a")', 'none', version('^2.2.0')],
    ['readSync("a")', 'none'],
  ],
  'pkg-dir': [['packageDirectorySync()', '.pkg-dir#packageDirectory']],
  'read-pkg': [
    ['sync()', '.read-pkg#default'],
    ['readPackageSync()', '.read-pkg#readPackageAsync', version('^6.0.0')],
    ['readPackageSync()', '.read-pkg#readPackage', version('^9.0.0')],
    ['readPackageSync()', 'none', version('latest')],
  ],
  'read-pkg-up': [['readPackageUpSync()', '.read-pkg-up#readPackageUp', version('9')]],
  'load-json-file': [['loadJsonFileSync("a")', '.load-json-file#loadJsonFile']],
  'write-json-file': [['sync("a", {})', '.write-json-file#default']],
  'locate-path': [['locatePathSync(["a"])', '.locate-path#locatePath']],
  'path-exists': [['sync("a")', '.path-exists#default']],
  cosmiconfig: [
    ['cosmiconfigSync("a").search()', 'none'],
    ['("a").searchSync()', '.cosmiconfig#search'],
    ['cosmiconfig("a").search()', 'unknown'],
  ],
  lilconfig: [['lilconfigSync("a").load("b")', 'none']],
  resolve: [
    ['sync("a", { basedir: dir })', 'resolveAsync .resolve#default'],
    ['sync("a")', 'none'],
    ['sync("a", options)', 'none'],
  ],
  jsonfile: [
    ['writeFileSync("a", b)', '.jsonfile#writeFile', version('^6.1.0')],
    ['readFileSync("a")', '.jsonfile#readFile ?', version('^6.1.0')],
    ['readFileSync("a")', 'readFileAsync .jsonfile#readFile ?', version('^4.0.0')],
  ],
  'write-file-atomic': [
    ['sync("a", b)', '.write-file-atomic#default', version('^5.0.1')],
    ['sync("a", b)', 'writeFileAtomicAsync .write-file-atomic#default', version('^2.4.0')],
  ],
  tmp: [
    ['dirSync()', 'none'],
    ['tmpNameSync()', 'tmpNameAsync .tmp#tmpName'],
  ],
  tar: [
    ['x({ file: a, sync: true })', '.tar#x -0.sync'],
    ['c({ sync: true }, files)', 'none'],
    ['x({ file: a, sync })', 'none'],
    ['x({ file: a })', 'unknown'],
  ],
  'image-size': [
    ['("a.png")', 'imageSizeAsync .image-size#default', version('^1.2.0')],
    ['imageSize(file)', 'imageSizeAsync .image-size#imageSize ?', version('^1.2.0')],
    ['imageSize(bytes)', 'unknown', version('^2.0.0')],
    ['imageSize(file, done)', 'unknown', version('^1.2.0')],
    ['imageSize(file)', 'none'],
  ],
  '@napi-rs/canvas': [['createCanvas(1, 1).encodeSync("png")', '.@napi-rs/canvas#encode']],
  pngjs: [['PNG.sync.read(bytes)', 'none']],
  '@swc/core': [['transformSync(text)', '.@swc/core#transform']],
  esbuild: [['buildSync({})', '.esbuild#build']],
  global: [
    [
      'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)',
      'node:timers/promises#setTimeout -0 -1 -2',
      UNUSED,
    ],
    ['Atomics.wait(shared, 0, 0, 50)', 'node:timers/promises#setTimeout -0 -1 -2 ?', UNUSED],
    ['Atomics.wait(shared, 0, seen, 50)', 'none', UNUSED],
    ['Atomics.wait(shared, 0, 0)', 'none', UNUSED],
    ['Atomics.wait(shared, 0, 0, 50)', 'none'],
    ['Atomics.notify(shared, 0)', 'unknown'],
  ],
  deasync: [
    ['sleep(50)', 'node:timers/promises#setTimeout', UNUSED],
    ['loopWhile(() => busy)', 'none'],
    ['(f)', 'none'],
  ],
  sleep: [
    ['sleep(2)', 'node:timers/promises#setTimeout 0=2000', UNUSED],
    ['sleep(n + 1)', 'node:timers/promises#setTimeout 0=(n + 1) * 1000', UNUSED],
    ['msleep(n)', 'node:timers/promises#setTimeout', UNUSED],
    ['usleep(n)', 'node:timers/promises#setTimeout 0=n / 1000', UNUSED],
    ['sleep(2)', 'none'],
  ],
  'system-sleep': [['(50)', 'node:timers/promises#setTimeout', UNUSED]],
  'thread-sleep': [['(50)', 'node:timers/promises#setTimeout', UNUSED]],
  'atomic-sleep': [['(50)', 'node:timers/promises#setTimeout', UNUSED]],
  unheard: [['readFileSync("a")', 'unknown']],
};

const ALL = Object.entries(CASES).flatMap(([name, cases]) =>
  cases.map(([source, told, context]) => ({ name, source, told, context: { ...USED, ...context } })),
);

const found = ALL.map((one) => ({
  ...one,
  found: blockingCallOf(libraryCall(one.name, one.source), one.context),
}));

describe('blocking calls', () => {
  it.each(ALL)('$name: $source', ({ name, source, told, context }) => {
    expect(toldOf(blockingCallOf(libraryCall(name, source), context))).toBe(told);
  });

  it('has a twin or says why there is none, and where that is documented', () => {
    for (const { source, found: call } of found) {
      if (call === undefined) continue;
      expect([source, call.twin === undefined]).toEqual([source, call.why !== undefined]);
      expect(call.source).toMatch(/^https:\/\//);
      expect(call.blocks).toMatch(/^[a-z]+ing\b/);
    }
  });

  it('is matched by the prefilter as it is written', () => {
    for (const { name, source, found: call } of found) {
      if (call !== undefined) expect(`import '${name}'; ${source}`).toMatch(BLOCKING_NAMES);
    }
    expect('const page = await readFile(path)').not.toMatch(BLOCKING_NAMES);
  });

  it('has names of ids that tell functions apart', () => {
    expect(idOf('fs', 'readFileSync(a)')).toBe('fs.readFileSync');
    expect(idOf('fs', 'realpathSync.native(a)')).toBe('fs.realpathSync.native');
    expect(idOf('fs', 'opendirSync(a).readSync()')).toBe('fs.Dir.readSync');
    expect(idOf('deasync', '(f)')).toBe('deasync');
    expect(idOf('global', 'Atomics.wait(a, 0, 0)')).toBe('global.Atomics.wait');
  });

  it('runs each argument of an expression once, in order', () => {
    for (const { found: call } of found) {
      if (call?.twin?.kind !== 'expression') continue;
      const args = call.twin.pieces.flatMap((piece) =>
        typeof piece === 'object' && 'arg' in piece ? [piece.arg] : [],
      );
      expect(args).toEqual(args.map((_, at) => at));
    }
  });
});

/** A value of any kind that is not known, and its property of a name. */
const get = (value: unknown, name: string): unknown =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? Reflect.get(value, name)
    : undefined;

function called(callee: unknown, args: readonly unknown[]): unknown {
  if (typeof callee !== 'function') throw new Error('It is no function.');
  return Reflect.apply(callee, undefined, args);
}

const require = createRequire(import.meta.url);
const importOf = ({ module, name }: TwinImport): unknown =>
  name === 'default' ? require(module) : get(require(module), name);

const valueOf = (text: string): unknown => runInThisContext(`(${text})`);

/** The values of the arguments after the changes. */
function changed(values: readonly unknown[], changes: readonly ArgChange[]): unknown[] {
  const args: unknown[] = [...values];
  const dropped = new Set<number>();
  for (const change of changes) {
    const { at } = change;
    if (change.kind === 'drop') dropped.add(at);
    if (change.kind === 'replace') args[at] = valueOf(change.text);
    if (change.kind === 'set') args[at] = { ...Object(args[at]), [change.property]: valueOf(change.value) };
    if (change.kind === 'unset') {
      const rest: Record<string, unknown> = { ...Object(args[at]) };
      delete rest[change.property];
      args[at] = rest;
    }
    if (change.kind === 'wrap') throw new Error('No blocking call of Node needs it.');
  }
  return args.filter((_, at) => !dropped.has(at));
}

/** What the twin gives for the values of the arguments. */
async function runTwin(twin: Twin, values: readonly unknown[]): Promise<unknown> {
  if (twin.kind === 'expression') {
    const text = twin.pieces.map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('import' in piece) return `imports[${piece.import}]`;
      return 'arg' in piece ? `args[${piece.arg}]` : '...args';
    });
    return await called(valueOf(`(imports, args) => ${text.join('')}`), [twin.imports.map(importOf), values]);
  }
  const callee = importOf(twin.from);
  if (typeof callee !== 'function') throw new Error(`${twin.from.name} is no function.`);
  const asynchronous: unknown = twin.kind === 'callback' ? called(promisify, [callee]) : callee;
  const result = await called(asynchronous, changed(values, twin.args ?? []));
  return twin.result?.kind === 'member' ? get(result, twin.result.name) : result;
}

const folder = mkdtempSync(join(tmpdir(), 'blocking-'));
const root = join(folder, 'root');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a file of each kind. */
function reset(): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'd/e/f'), { recursive: true });
  mkdirSync(join(root, 'empty'));
  writeFileSync(join(root, 'a.txt'), 'héllo\n');
  writeFileSync(join(root, 'd/b.txt'), 'b');
  writeFileSync(join(root, 'd/e/c.txt'), 'c');
  symlinkSync('a.txt', join(root, 'link'));
  symlinkSync('nowhere', join(root, 'broken'));
  symlinkSync('loop', join(root, 'loop'));
  utimesSync(join(root, 'a.txt'), 1, 1);
}

/** Everything in that folder. */
const tree = (): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(root, name);
      const stats = lstatSync(path);
      const mode = (stats.mode & 0o777).toString(8);
      if (stats.isSymbolicLink()) return `${name} -> ${readlinkSync(path)}`;
      const time = stats.mtimeMs < 1e10 ? ` ${stats.mtimeMs}` : '';
      return stats.isFile() ? `${name} ${mode}${time} ${readFileSync(path, 'latin1')}` : `${name}/ ${mode}`;
    });

/** A value in words: what an object is made by, and its own names and values as far as they do not change with time. */
function described(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return `bytes ${value.toString('hex')}`;
  if (value instanceof ArrayBuffer) return `buffer ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(described);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return value;
  const name = String(get(value.constructor, 'name'));
  if (/Stat/.test(name)) return `${name} ${Object.keys(value).join()} ${String(get(value, 'size'))}`;
  if (name === 'Dirent') return `${String(get(value, 'parentPath'))}/${String(get(value, 'name'))}`;
  return `${name} ${Object.keys(value).sort().join()}`;
}

const ERROR_NAMES = ['name', 'code', 'message', 'syscall', 'path', 'dest'];

/** What a run does: its value or its error, and what is in the folder then. Random letters in names are left out. */
async function observed(run: () => unknown): Promise<unknown> {
  reset();
  const outcome = await (async () => described(await run()))().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: ERROR_NAMES.map((name) => [name, get(error, name)]) }),
  );
  return { outcome, tree: tree() };
}

/** Runs a call of a module of Node and its twin on the same files. Paths begin with `$`. */
async function bothOf(name: string, source: string, context = USED): Promise<readonly [unknown, unknown]> {
  const call = libraryCall(name, source);
  const twin = blockingCallOf(call, context)?.twin;
  if (twin === undefined) throw new Error(`No twin: ${source}`);
  const values = (): unknown[] => call.args.map(({ text }) => valueOf(text.replaceAll('$', root)));
  const blocking = call.path
    .slice(0, -2)
    .split('.')
    .reduce<unknown>((object, member) => get(object, member), require(name));
  return [await observed(() => called(blocking, values())), await observed(() => runTwin(twin, values()))];
}

/** Calls of `fs` that give the same value or error as their twin, and leave the same files. */
const SAME_FILES: readonly string[] = [
  'readFileSync("$/a.txt")',
  'readFileSync("$/a.txt", "utf8")',
  'readFileSync("$/a.txt", { encoding: "latin1", flag: "r" })',
  'readFileSync("$/nope")',
  'readFileSync("$/d")',
  'readFileSync("$/a.txt/x")',
  'readFileSync("$/loop")',
  'readFileSync("$/a.txt", "nope")',
  'writeFileSync("$/n", "x")',
  'writeFileSync("$/n", "x", { mode: 0o600 })',
  'writeFileSync("$/d", "x")',
  'writeFileSync("$/no/n", "x")',
  'writeFileSync("$/n", 5)',
  'writeFileSync("$/a.txt", "x", { flag: "wx" })',
  'appendFileSync("$/a.txt", "x")',
  'appendFileSync("$/d", "x")',
  'existsSync("$/a.txt")',
  'existsSync("$/broken")',
  'existsSync("$/a.txt/x")',
  'existsSync("\\0")',
  'existsSync(undefined)',
  'existsSync(5)',
  'accessSync("$/a.txt")',
  'accessSync("$/nope")',
  'accessSync("$/a.txt", 99)',
  'statSync("$/link")',
  'statSync("$/a.txt", { bigint: true })',
  'statSync("$/broken")',
  'statSync("$/nope")',
  'statSync("$/nope", { throwIfNoEntry: false })',
  'statSync("$/nope", { throwIfNoEntry: true })',
  'statSync("$/a.txt", { throwIfNoEntry: false, bigint: true })',
  'statSync("$/loop", { throwIfNoEntry: false })',
  'statSync(5)',
  'lstatSync("$/broken")',
  'lstatSync("$/nope", { throwIfNoEntry: false })',
  'statfsSync("$")',
  'statfsSync("$/nope")',
  'readdirSync("$")',
  'readdirSync("$", { withFileTypes: true })',
  'readdirSync("$", "buffer")',
  'readdirSync("$/nope")',
  'readdirSync("$/a.txt")',
  'readlinkSync("$/link")',
  'readlinkSync("$/a.txt")',
  'realpathSync("$/d/../link")',
  'realpathSync("$/nope")',
  'realpathSync("$/broken")',
  'realpathSync("$/loop")',
  'realpathSync.native("$/link")',
  'realpathSync.native("$/nope")',
  'mkdirSync("$/n")',
  'mkdirSync("$/n/m/o", { recursive: true })',
  'mkdirSync("$/d", { recursive: true })',
  'mkdirSync("$/d")',
  'mkdirSync("$/n/m")',
  'mkdirSync("$/a.txt/x", { recursive: true })',
  'mkdirSync("$/n", 0o700)',
  'rmdirSync("$/empty")',
  'rmdirSync("$/d")',
  'rmdirSync("$/nope")',
  'rmSync("$/a.txt")',
  'rmSync("$/nope")',
  'rmSync("$/nope", { force: true })',
  'rmSync("$/d")',
  'rmSync("$/d", { recursive: true })',
  'unlinkSync("$/a.txt")',
  'unlinkSync("$/nope")',
  'unlinkSync("$/d")',
  'copyFileSync("$/a.txt", "$/n")',
  'copyFileSync("$/nope", "$/n")',
  'copyFileSync("$/a.txt", "$/d/b.txt", 1)',
  'cpSync("$/d", "$/n", { recursive: true })',
  'cpSync("$/d", "$/n")',
  'cpSync("$/nope", "$/n")',
  'cpSync("$/d", "$/d/e", { recursive: true })',
  'cpSync("$/a.txt", "$/d/b.txt", { errorOnExist: true, force: false })',
  'cpSync("$/d", "$/n", { recursive: true, filter: (name) => !name.endsWith("b.txt") })',
  'renameSync("$/a.txt", "$/n")',
  'renameSync("$/nope", "$/n")',
  'renameSync("$/a.txt", "$/d")',
  'linkSync("$/a.txt", "$/n")',
  'linkSync("$/nope", "$/n")',
  'symlinkSync("a.txt", "$/n")',
  'symlinkSync("a.txt", "$/link")',
  'truncateSync("$/a.txt", 2)',
  'truncateSync("$/nope")',
  'chmodSync("$/a.txt", 0o600)',
  'chmodSync("$/nope", 0o600)',
  'chownSync("$/nope", 0, 0)',
  'lchownSync("$/nope", 0, 0)',
  'utimesSync("$/a.txt", 5, 6)',
  'utimesSync("$/nope", 5, 6)',
  'lutimesSync("$/nope", 5, 6)',
  'openSync("$/nope")',
  'closeSync(99999)',
  'fstatSync(99999)',
  'fsyncSync(99999)',
  'fdatasyncSync(99999)',
  'ftruncateSync(99999, 1)',
  'fchmodSync(99999, 0o600)',
  'fchownSync(99999, 0, 0)',
  'futimesSync(99999, 1, 1)',
  'readSync(99999, Buffer.alloc(1))',
  'readSync(99999, Buffer.alloc(1), 0, 1)',
  'writeSync(99999, "x")',
  'writevSync(99999, [Buffer.alloc(1)])',
  'readvSync(99999, [Buffer.alloc(1)])',
  'writeFileSync(99999, "x")',
];

const SAME_WORK: readonly (readonly [name: string, source: string])[] = [
  ['crypto', 'pbkdf2Sync("p", "s", 10, 16, "sha256")'],
  ['crypto', 'pbkdf2Sync("p", "s", 0, 16, "sha256")'],
  ['crypto', 'pbkdf2Sync("p", "s", 1, 16, "nope")'],
  ['crypto', 'scryptSync("p", "s", 16)'],
  ['crypto', 'scryptSync("p", "s", 16, { N: 3 })'],
  ['crypto', 'generateKeyPairSync("rsa", { modulusLength: 512 })'],
  ['crypto', 'generateKeyPairSync("nope")'],
  ['crypto', 'checkPrimeSync(7n)'],
  ['crypto', 'checkPrimeSync("x")'],
  ['zlib', 'gzipSync("hello hello hello")'],
  ['zlib', 'deflateSync(Buffer.from("hello hello hello"), { level: 9 })'],
  ['zlib', 'deflateRawSync("hello")'],
  ['zlib', 'brotliCompressSync("hello")'],
  ['zlib', 'gunzipSync(Buffer.from("no gzip at all"))'],
  ['zlib', 'inflateSync(Buffer.from("789c", "hex"))'],
  ['zlib', 'brotliDecompressSync(Buffer.from("no brotli"))'],
  ['zlib', 'gzipSync("hello", { level: 99 })'],
  ['child_process', 'execSync("echo out")'],
  ['child_process', 'execSync("echo out", { encoding: "utf8" })'],
  ['child_process', 'execSync("echo out", { encoding: "hex", stdio: "pipe" })'],
  ['child_process', 'execSync("pwd", { cwd: "$", stdio: ["ignore", "pipe", "ignore"] })'],
  ['child_process', 'execFileSync("echo", ["a b"], { encoding: "utf8" })'],
  ['child_process', 'execFileSync("true")'],
  ['child_process', 'execFileSync("true", [])'],
  ['child_process', 'execSync(5)'],
  ['child_process', 'execSync("")'],
];

/** What each step on an open file gives, and what is in the file then. */
async function onOpenFile(isBlocking: boolean): Promise<readonly unknown[]> {
  reset();
  const step = async (source: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const call = libraryCall('fs', source);
    const values = [...rest, ...call.args.slice(rest.length).map(({ text }) => valueOf(text))];
    const twin = blockingCallOf(call, USED)?.twin;
    if (twin === undefined) throw new Error(`No twin: ${source}`);
    return isBlocking
      ? called(get(require('node:fs'), call.path.slice(0, -2)), values)
      : await runTwin(twin, values);
  };
  const bytes = Buffer.alloc(4);
  const fd = await step('openSync(path, "r+")', join(root, 'a.txt'));
  const steps = [
    await step('readSync(fd, bytes)', fd, bytes),
    await step('readSync(fd, bytes, 0, 2)', fd, bytes),
    await step('readSync(fd, bytes, 0, 2, 0)', fd, bytes),
    await step('readSync(fd, bytes, { position: 1 })', fd, bytes),
    await step('writeSync(fd, "xy")', fd),
    await step('writeSync(fd, bytes, 0, 2, 0)', fd, bytes),
    await step('writevSync(fd, list, 1)', fd, [bytes]),
    await step('readvSync(fd, list, 1)', fd, [bytes]),
    described(await step('fstatSync(fd)', fd)),
    await step('ftruncateSync(fd, 6)', fd),
    await step('fsyncSync(fd)', fd),
    await step('readFileSync(fd, "utf8")', fd),
    await step('closeSync(fd)', fd),
  ];
  return [typeof fd, bytes.toString('hex'), steps, tree()];
}

/** The names that a run gave, sorted. */
function namesIn(seen: unknown): unknown {
  const value = get(get(seen, 'outcome'), 'value');
  return Array.isArray(value) ? value.toSorted() : value;
}

describe('twins of calls of Node', () => {
  it.each(SAME_FILES)('give the same: %s', async (source) => {
    const [blocking, twin] = await bothOf('fs', source, { isResultUsed: true, isNumber: () => false });
    expect(twin).toEqual(blocking);
  });

  it.each(SAME_WORK)('give the same: %s %s', async (name, source) => {
    const [blocking, twin] = await bothOf(name, source);
    expect(twin).toEqual(blocking);
  });

  it.runIf(existsSync('/bin/sh'))('fail with the exit code and the text of the command', async () => {
    const source = 'execSync("echo out; echo wrong >&2; exit 3", { encoding: "utf8", stdio: "pipe" })';
    const call = libraryCall('child_process', source);
    const twin = blockingCallOf(call, USED)?.twin;
    if (twin === undefined) throw new Error('No twin.');
    const values = call.args.map(({ text }) => valueOf(text));
    const failure = await runTwin(twin, values).catch((error: unknown) => error);
    let before: unknown;
    try {
      called(get(require('node:child_process'), 'execSync'), values);
    } catch (error) {
      before = error;
    }
    expect(get(before, 'status')).toBe(3);
    expect(get(failure, 'code')).toBe(3);
    for (const name of ['message', 'stdout', 'stderr', 'signal', 'name'])
      expect([name, get(failure, name)]).toEqual([name, get(before, name)]);
  });

  it('read and write open files alike', async () => {
    expect(await onOpenFile(false)).toEqual(await onOpenFile(true));
  });

  it('give the names of folders in folders in any order', async () => {
    reset();
    const [blocking, twin] = await bothOf('fs', 'readdirSync("$", { recursive: true })');
    expect(namesIn(twin)).toEqual(namesIn(blocking));
    expect(namesIn(twin)).toContain('d/e/c.txt');
  });

  it('sleep as long', async () => {
    const sources = [
      ['global', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40)'],
      ['child_process', 'execSync("sleep 0.04")'],
      ['sleep', 'usleep(40_000)'],
    ] as const;
    for (const [name, source] of sources) {
      const call = libraryCall(name, source);
      const twin = blockingCallOf(call, { isResultUsed: false })?.twin;
      if (twin === undefined) throw new Error(`No twin: ${source}`);
      const begin = performance.now();
      await runTwin(
        twin,
        call.args.map(({ text }) => valueOf(text)),
      );
      const slept = performance.now() - begin;
      expect(slept).toBeGreaterThan(35);
      expect(slept).toBeLessThan(5000);
    }
  });
});

describe('the table of Node', () => {
  it('knows every blocking function that this Node has', () => {
    for (const name of ['fs', 'child_process', 'zlib', 'crypto']) {
      const functions = Object.keys(Object(require(name))).filter(
        (key) => key.endsWith('Sync') && typeof get(require(name), key) === 'function',
      );
      expect(functions.length).toBeGreaterThan(2);
      for (const key of functions)
        expect([key, blockingCallOf(libraryCall(name, `${key}(a, b)`), USED) === undefined]).toEqual([
          key,
          false,
        ]);
    }
  });

  it('names twins that this Node has', () => {
    for (const name of ['fs', 'zlib', 'crypto', 'child_process']) {
      for (const key of Object.keys(Object(require(name)))) {
        if (!key.endsWith('Sync') || typeof get(require(name), key) !== 'function') continue;
        const twin = blockingCallOf(libraryCall(name, `${key}("a", "b")`), USED)?.twin;
        const imports = twin?.kind === 'expression' ? twin.imports : twin === undefined ? [] : [twin.from];
        for (const one of imports) expect([key, typeof importOf(one)]).toEqual([key, 'function']);
      }
    }
  });
});
