import type { BlockingTable } from './blocking-call.ts';
import { beside, blockingTable, callback, holds } from './twins.ts';

/**
 * The functions of Node's `zlib`, each of which has a form with a callback that works on a thread of the pool. Values and errors are the
 * same, but for what is neither text nor bytes.
 */
export const BLOCKING_ZLIB: BlockingTable = blockingTable({
  packages: ['zlib'],
  resource: 'cpu',
  source: 'https://nodejs.org/docs/latest-v20.x/api/zlib.html#convenience-methods',
  rows: [
    {
      path: /^(?:deflate|gzip|deflateRaw|unzip|inflate|gunzip|inflateRaw|brotliCompress|brotliDecompress|zstdCompress|zstdDecompress)Sync\(\)$/,
      blocks: 'compressing or decompressing',
      tell: (call) => ({
        twin: callback(beside('node:zlib', call.path.replace(/Sync\(\)$/, ''))),
        differences: [
          holds('what is neither text nor bytes is refused by both, with another message or `Z_BUF_ERROR`'),
        ],
      }),
    },
  ],
});
