import type { Resource } from '../effects/effect.ts';
import {
  CHANGES_FIRST,
  describeBy,
  PASSED_ON,
  PURE,
  readsOf,
  type LibraryCall,
  type LibraryFact,
  type LibraryTable,
  type Row,
} from './library.ts';

const DEEP: LibraryFact = { ...PURE, fresh: 'deep' };
const LOG: LibraryFact = { ...PURE, writes: [{ kind: 'log' }] };
const TIME: LibraryFact = { ...PURE, reads: [{ kind: 'time' }], fresh: 'deep' };
const CHANCE: LibraryFact = { ...PURE, reads: [{ kind: 'random' }], fresh: 'deep' };
const PROCESS_READ: LibraryFact = { ...PURE, reads: [{ kind: 'process', name: '*' }] };
const PROCESS_WRITE: LibraryFact = { ...PURE, writes: [{ kind: 'process', name: '*' }] };

/** The host of a literal address; `*` where it is not known. */
export function hostOf(address: string | undefined): Resource {
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(address ?? '')?.[1];
  return { kind: 'host', name: host === undefined || host.includes('?') ? '*' : host.toLowerCase() };
}

/** Whether the method that an options object names only asks; undefined where it cannot be told. */
export function isReadMethod(method: string | undefined): boolean | undefined {
  if (method === undefined) return true;
  const literal = /^['"`](\w+)['"`]$/.exec(method)?.[1]?.toUpperCase();
  return literal === undefined ? undefined : /^(GET|HEAD|OPTIONS)$/.test(literal);
}

/** `fetch(url, init)`: https://developer.mozilla.org/docs/Web/API/Window/fetch, `init.method` is GET unless told. */
export function fetchFact({ args: [address, init] }: LibraryCall): LibraryFact {
  const host = hostOf(address?.string);
  const reads = readsOf(host);
  const writes: LibraryFact = { ...reads, writes: [host] };
  // A `Request` has a method of its own.
  const isRequest = /^new Request|^(\w+\.)*(req|request|\w*Request)$/.test(address?.text ?? '');
  if (init === undefined) return isRequest ? writes : reads;
  if (init.keys === undefined || init.text.includes('...')) return writes;
  return isReadMethod(init.values?.method) === true ? reads : writes;
}

const ROWS: readonly Row[] = [
  [/^fetch\(\)$/, fetchFact],
  [/^fetch\(\)\.(json|text|arrayBuffer|blob|formData|bytes)\(\)$/, { ...DEEP, io: true }],
  [/^fetch\(\)\.(headers\.(get|has|entries|keys|values|forEach)|clone)\(\)$/, PURE],
  [/^console\.\w+\(\)$/, LOG],
  [
    /^process\.(exit|abort|kill|chdir|umask|send|disconnect|emitWarning|setuid|setgid|on|once|off|addListener|removeListener|removeAllListeners|emit)\(\)$/,
    PROCESS_WRITE,
  ],
  [/^process\.(hrtime|hrtime\.bigint|uptime|memoryUsage|memoryUsage\.rss|cpuUsage|resourceUsage)\(\)$/, TIME],
  [/^process\.(cwd|getuid|getgid)\(\)$/, PROCESS_READ],
  [/^process\.(stdout|stderr)\.write\(\)$/, { ...PURE, writes: [{ kind: 'process', name: 'output' }] }],
  [/^process\.nextTick\(\)$/, PURE],
  [/^Math\.random\(\)$/, CHANCE],
  [/^Math\.\w+\(\)$/, DEEP],
  [/^Date#$/, ({ args }) => (args.length === 0 ? TIME : DEEP)],
  [/^(Date(\(\)|\.now\(\))|performance\.(now|mark|measure)\(\))$/, TIME],
  [/^Date\.(parse|UTC)\(\)$/, DEEP],
  [/^JSON\.(parse|stringify)\(\)$/, DEEP],
  [/^structuredClone\(\)$/, DEEP],
  [/^Object\.(keys|getOwnPropertyNames)\(\)$/, DEEP],
  [
    /^(Object\.(assign|defineProperty|defineProperties|setPrototypeOf|freeze|seal|preventExtensions)|Reflect\.(set|defineProperty|deleteProperty|setPrototypeOf|defineMetadata))\(\)$/,
    CHANGES_FIRST,
  ],
  [
    /^Object\.(values|entries|fromEntries|is|create|hasOwn|getOwnPropertyDescriptor|getOwnPropertyDescriptors|isFrozen|isSealed|groupBy)\(\)$/,
    PURE,
  ],
  [/^Object(#|\(\)|\.getPrototypeOf\(\))$/, PASSED_ON],
  [/^(Array|Number|String|Boolean|BigInt|Symbol|RegExp|Intl|Temporal)(#|\(\)|\.\w+(\(\)|#))$/, PURE],
  [/^Intl\.\w+#\.\w+\(\)$/, DEEP],
  [/^(Map|Set|WeakMap|WeakSet|WeakRef|FinalizationRegistry)(#|\.groupBy\(\))$/, PURE],
  [/^\w*(Error|Exception)(#|\(\)|\.captureStackTrace\(\))$/, PURE],
  [/^Promise#$/, PURE],
  [/^Promise\.(all|allSettled|withResolvers)\(\)$/, PURE],
  [/^Promise\.(resolve|race|any|try)\(\)$/, PASSED_ON],
  [/^Promise\.reject\(\)$/, { ...PURE, throws: 'it rejects' }],
  [/^(Buffer|ArrayBuffer|SharedArrayBuffer|DataView|\w+Array)(#|\.\w+\(\))$/, PURE],
  [
    /^(URL|URLSearchParams|TextEncoder|TextDecoder|AbortController|FormData|Headers|Request|Response|Blob|File|ReadableStream|TransformStream|WritableStream|Event|EventTarget|MessageChannel)#$/,
    PURE,
  ],
  [
    /^(URL\.(canParse|parse)|Response\.(json|error|redirect)|AbortSignal\.(timeout|abort|any)|Reflect\.(has|ownKeys|hasMetadata))\(\)$/,
    PURE,
  ],
  [/^Reflect\.(get|getPrototypeOf|getMetadata|getOwnMetadata)\(\)$/, PASSED_ON],
  [
    /^(URLSearchParams|URL|TextEncoder|TextDecoder|Headers)#\.(toString|get|getAll|has|encode|decode|entries|keys|values|forEach|toJSON)\(\)$/,
    DEEP,
  ],
  [
    /^(encodeURIComponent|decodeURIComponent|encodeURI|decodeURI|escape|unescape|parseInt|parseFloat|isNaN|isFinite|atob|btoa)\(\)$/,
    DEEP,
  ],
  [
    /^(setTimeout|setInterval|setImmediate|queueMicrotask|clearTimeout|clearInterval|clearImmediate)\(\)$/,
    TIME,
  ],
  [/^(setTimeout|setInterval|setImmediate)\(\)\.(unref|ref|hasRef)\(\)$/, PURE],
  [/^crypto\.(randomUUID|getRandomValues)\(\)$/, CHANCE],
  [/^crypto\.subtle\.\w+\(\)$/, { ...DEEP, io: true }],
  [/^Atomics\.(wait|waitAsync)\(\)$/, { ...PURE, pacing: 'lock' }],
  [/^require\.resolve\(\)$/, PURE],
  [/^require\(\)$/, PASSED_ON],
];

/** What JavaScript and Node bring without an import. */
export const GLOBALS: LibraryTable = {
  packages: ['global'],
  source: 'https://nodejs.org/docs/latest-v20.x/api/globals.html',
  describe: describeBy(ROWS),
};
