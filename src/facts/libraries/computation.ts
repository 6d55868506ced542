import {
  CHANGES_FIRST,
  describeBy,
  PASSED_ON,
  PURE,
  readsOf,
  type LibraryFact,
  type LibraryTable,
  type Row,
} from './library.ts';

const DEEP: LibraryFact = { ...PURE, fresh: 'deep' };
const LOG: LibraryFact = { ...PURE, writes: [{ kind: 'log' }] };
const CHANCE: LibraryFact = { ...PURE, reads: [{ kind: 'random' }], fresh: 'deep' };
const TIME: LibraryFact = { ...PURE, reads: [{ kind: 'time' }] };

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const table = (source: string, packages: string, ...rows: readonly Row[]): LibraryTable => ({
  packages: words(packages),
  source,
  describe: describeBy(rows),
});

const ANY = /(\(\)|#)$/;

/** Functions of lodash and its like that change what they are given: https://lodash.com/docs/ */
const MUTATING =
  /^(set|setWith|unset|update|updateWith|merge|mergeWith|assign|assignIn|assignInWith|assignWith|extend|extendWith|defaults|defaultsDeep|pull|pullAll|pullAllBy|pullAllWith|pullAt|remove|fill|reverse|bindAll|mixin|runInContext)\(\)$/;

/** Functions of lodash and its like that make a new list or object, or give a text, a number or a truth: https://lodash.com/docs/ */
const MAKING =
  /^(\w*(map|filter|reject|sort|sortBy|orderBy|groupBy|keyBy|countBy|indexBy|uniq|uniqBy|uniqWith|chunk|flatten|flattenDeep|flattenDepth|difference|differenceBy|differenceWith|intersection|intersectionBy|union|unionBy|unionWith|xor|xorBy|zip|zipObject|unzip|concat|compact|without|partition|slice|take|takeRight|takeWhile|drop|dropRight|dropWhile|initial|tail|pick|pickBy|omit|omitBy|mapValues|mapKeys|invert|keys|values|entries|toPairs|fromPairs|range|times|clone|split|words|isEqual|isEmpty|size|sum|sumBy|mean|every|some|includes|startsWith|endsWith|camelCase|kebabCase|snakeCase|capitalize|upperFirst|lowerFirst|trim|pad|padStart|padEnd|repeat|toLower|toUpper|truncate|escape|has|random)|is[A-Z]\w*)\(\)$/;

/** Packages whose calls only compute. */
export const COMPUTATION: readonly LibraryTable[] = [
  table(
    'https://lodash.com/docs/',
    'lodash lodash-es lodash/fp underscore remeda radash es-toolkit ramda',
    [MUTATING, CHANGES_FIRST],
    [/^(random|sample|sampleSize|shuffle|uniqueId)\(\)$/, CHANCE],
    [/^now\(\)$/, TIME],
    [/^(cloneDeep|cloneDeepWith)\(\)$/, DEEP],
    [MAKING, PURE],
    [ANY, PASSED_ON],
  ),
  table(
    'https://lodash.com/docs/',
    'lodash.merge lodash.set lodash.defaults lodash.assign lodash.defaultsdeep lodash.pull lodash.unset lodash.update object-path dot-prop fast-json-patch jsonpath',
    [/^(get|has|hasProperty|getProperty|compare|query|paths|nodes|parse)\(\)$/, PASSED_ON],
    [ANY, CHANGES_FIRST],
  ),
  table(
    'https://lodash.com/docs/',
    'lodash/merge lodash/set lodash/defaults lodash/assign lodash/defaultsDeep lodash/unset lodash/update lodash/remove lodash/pull lodash/fill lodash/reverse lodash/extend',
    [ANY, CHANGES_FIRST],
  ),
  table('https://lodash.com/docs/', 'lodash/* lodash.*', [ANY, PASSED_ON]),
  table(
    'https://date-fns.org/docs/',
    'date-fns date-fns/* date-fns-tz dayjs dayjs/* moment moment-timezone luxon @js-joda/core ms pretty-ms parse-duration cron-parser rrule humanize-duration timeago.js',
    [
      /^(\(\)|DateTime\.(now|utc|local)\(\)|formatDistanceToNow\(\)|isFuture\(\)|isPast\(\)|isToday\(\))/,
      TIME,
    ],
    [/[^]*/, PURE],
  ),
  table(
    'https://github.com/uuidjs/uuid',
    'uuid nanoid cuid @paralleldrive/cuid2 ulid short-uuid shortid uid hyperid crypto-random-string randomstring @faker-js/faker',
    [/^(validate|version|parse|stringify|NIL)\(\)$/, DEEP],
    [ANY, CHANCE],
  ),
  table(
    'https://zod.dev/',
    'zod zod/* zod/v4 joi @hapi/joi valibot superstruct io-ts runtypes ajv ajv-formats @sinclair/typebox typia arktype class-validator class-transformer zod-validation-error zod-to-json-schema',
    [
      /\.(parse|parseAsync|validateSync|validateAsync|assert|attempt|validateOrReject|decodeOrThrow)\(\)$/,
      { ...PURE, throws: 'it throws for what is not valid' },
    ],
    [
      /^(assert\w*|attempt|parse|parseAsync|validateOrReject|create|mask)\(\)$/,
      { ...PURE, throws: 'it throws for what is not valid' },
    ],
    [ANY, PURE],
  ),
  table(
    'https://github.com/jquense/yup',
    'yup',
    [/\.(validate|validateAt|cast)(Sync)?\(\)$/, { ...PURE, throws: 'it rejects what is not valid' }],
    [ANY, PURE],
  ),
  table(
    'https://www.npmjs.com/',
    `validator validator/* semver semver/* qs query-string path-to-regexp picomatch minimatch micromatch anymatch is-glob chalk picocolors kleur colorette ansi-colors strip-ansi
    marked markdown-it showdown turndown remark rehype yaml js-yaml ini toml smol-toml @iarna/toml csv-parse/sync csv-stringify/sync papaparse he html-entities slugify @sindresorhus/slugify slug
    pluralize inflection change-case camelcase camel-case snake-case lodash-inflection deepmerge deepmerge-ts fast-deep-equal deep-equal dequal object-hash json5 superjson devalue
    rfdc clone clone-deep bignumber.js decimal.js big.js bn.js mathjs fraction.js color tinycolor2 chroma-js
    handlebars mustache nunjucks pug eta liquidjs dedent common-tags sanitize-html dompurify isomorphic-dompurify xss cheerio node-html-parser fast-xml-parser xml2js entities
    http-status http-status-codes statuses mime mime-types content-type cookie cookie-parser bytes filesize pretty-bytes escape-html escape-string-regexp
    flat fast-json-stable-stringify safe-stable-stringify json-stable-stringify rfc6902 microdiff deep-diff diff
    crypto-js leven fuse.js fuzzysort string-similarity natural stemmer crc crc-32 md5 js-sha256 sha.js base64url base64-js bs58 hashids sqids
    iconv-lite chardet he unicode-segmenter is-plain-object is-promise kind-of type-is
    sql-template-strings sqlstring pg-format graphql graphql-tag tslib reflect-metadata regenerator-runtime core-js classnames clsx libphonenumber-js ipaddr.js ip-address cidr-tools ua-parser-js bowser geoip-lite
    jsonc-parser comment-json strip-json-comments acorn esprima @babel/parser @babel/types @babel/generator @babel/traverse typescript`,
    [ANY, PURE],
  ),
  // What they give may be what they were given.
  table('https://gcanti.github.io/fp-ts/', 'fp-ts fp-ts/* ts-pattern neverthrow immer jmespath', [
    ANY,
    PASSED_ON,
  ]),
  table('https://github.com/alexreardon/tiny-invariant', 'tiny-invariant ts-invariant invariant ow', [
    /\(\)$/,
    { ...PURE, throws: 'it throws where what it is given does not hold' },
  ]),
  table(
    'https://github.com/jshttp/http-errors',
    'http-errors @hapi/boom http-assert',
    [/(^|\.)assert(\.\w+)?\(\)$/, { ...PURE, throws: 'it throws where what it is given does not hold' }],
    [ANY, PURE],
  ),
  table(
    'https://www.npmjs.com/package/ejs',
    'ejs',
    [/renderFile\(\)$/, readsOf({ kind: 'file', name: '*' })],
    [ANY, PURE],
  ),
  table(
    'https://www.npmjs.com/package/bcrypt',
    'bcrypt bcryptjs argon2 @node-rs/bcrypt @node-rs/argon2 scrypt-js',
    [/^\w+Sync\(\)$/, DEEP],
    [/^(hash|compare|verify|genSalt|needsRehash|hashRaw)\(\)$/, { ...DEEP, io: true }],
    [ANY, PURE],
  ),
  table(
    'https://github.com/auth0/node-jsonwebtoken',
    'jsonwebtoken @nestjs/jwt jwt-simple jwt-decode',
    [/(^|\.)verify(Async)?\(\)$/, { ...DEEP, throws: 'verify throws for a token that is not valid' }],
    [ANY, DEEP],
  ),
  table(
    'https://github.com/panva/jose',
    'jose',
    [
      /^(jwtVerify|compactVerify|jwtDecrypt)\(\)$/,
      { ...DEEP, io: true, throws: 'it rejects a token that is not valid' },
    ],
    [ANY, PURE],
  ),
  table('https://www.i18next.com/', 'i18next i18next-fs-backend next-intl next-intl/server', [
    /(^|\.)(t|exists|getFixedT|getTranslations|getLocale|getMessages|createInstance|use|init|cloneInstance)\(\)$/,
    PURE,
  ]),
  table('http://bluebirdjs.com/docs/api/promise.delay.html', 'bluebird', [
    /(^|\.)delay\(\)$/,
    { ...PURE, io: true, pacing: 'sleep' },
  ]),
  table(
    'https://github.com/sindresorhus/promise-fun',
    'p-map p-all p-props p-settle p-filter p-each-series p-reduce p-series p-times p-any p-some p-locate p-try p-finally p-timeout promise.allsettled bluebird async',
    [/[^]*\(\)$/, PASSED_ON],
  ),
  table(
    'https://github.com/sindresorhus/p-limit',
    'p-limit p-queue p-throttle bottleneck limiter rate-limiter-flexible express-rate-limit',
    [/#$/, PURE],
    [/^\(\)$/, PURE],
    [/[^]*\(\)$/, { ...PURE, pacing: 'rate-limit' }],
  ),
  table(
    'https://github.com/DirtyHairy/async-mutex',
    'async-mutex async-lock await-lock await-semaphore semaphore-async-await redlock proper-lockfile lockfile @sesamecare-oss/redlock',
    [/#$/, PURE],
    [/[^]*\(\)$/, { ...PURE, pacing: 'lock' }],
  ),
  table(
    'https://github.com/sindresorhus/p-retry',
    'p-retry async-retry promise-retry retry exponential-backoff',
    [/^\w*\(\)$/, PURE],
  ),
  table('https://github.com/sindresorhus/delay', 'delay p-delay sleep-promise', [
    /\(\)$/,
    { ...PURE, io: true, pacing: 'sleep' },
  ]),
  table(
    'https://github.com/SBoudrias/Inquirer.js',
    'inquirer prompts enquirer @inquirer/* @clack/prompts readline-sync prompt-sync',
    [/\(\)$/, { ...PURE, io: true, pacing: 'prompt' }],
  ),
  table(
    'https://github.com/pinojs/pino',
    'debug pino pino-http winston winston-daily-rotate-file bunyan log4js loglevel consola signale roarr tslog npmlog proc-log @nestjs/common/services/logger.service @hapi/good morgan nestjs-pino',
    [/^(createLogger|child|getLogger|pino|format\.\w+|transports\.\w+|stdSerializers\.\w+)?\(\)$/, PURE],
    [/#$/, PURE],
    [/[^]*\(\)$/, LOG],
  ),
  table(
    'https://docs.nestjs.com/techniques/logger',
    '@nestjs/common',
    [/^(Logger|ConsoleLogger)(<\w+>)?#?\.\w+\(\)$/, LOG],
    [ANY, PURE],
  ),
  table(
    'https://docs.nestjs.com/',
    '@nestjs/core @nestjs/config @nestjs/swagger @nestjs/graphql @nestjs/mapped-types',
    [/^(ConfigService(<\w+>)?#\.(get|getOrThrow))\(\)$/, PASSED_ON],
    [/^\w+#?$/, PURE],
    [/^Reflector#\.\w+\(\)$/, PURE],
  ),
  table('https://react.dev/reference/react', 'react', [ANY, PURE]),
  table('https://nextjs.org/docs/app/api-reference/functions', 'next/navigation', [
    /^(redirect|permanentRedirect|notFound|forbidden|unauthorized)\(\)$/,
    { ...PURE, throws: 'it leaves by throwing' },
  ]),
  table(
    'https://nextjs.org/docs/app/api-reference/functions',
    'next/headers next/server next/cache',
    [
      /^(cookies|headers|draftMode|unstable_cache|cache|unstable_noStore|connection|cacheLife|cacheTag)\(\)$/,
      PURE,
    ],
    [
      /^(revalidatePath|revalidateTag|updateTag)\(\)$/,
      { ...PURE, writes: [{ kind: 'store', name: 'next cache' }] },
    ],
    [/^(cookies|headers)\(\)\.(get|getAll|has|entries|forEach|keys|values|toString)\(\)$/, PURE],
    [/^cookies\(\)\.(set|delete)\(\)$/, { ...PURE, writes: [{ kind: 'store', name: 'cookies' }] }],
    [/^NextResponse\.(json|redirect|next|rewrite|error)\(\)$/, PURE],
    [/^\w+#$/, PURE],
  ),
  table(
    'https://expressjs.com/en/4x/api.html',
    'express fastify koa @koa/router koa-router',
    [/^(Router|json|urlencoded|static|raw|text)?\(\)$/, PURE],
    [/^\w*#$/, PURE],
  ),
];
