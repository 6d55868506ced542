import type { BlockingTable } from './blocking-call.ts';
import { beside, blockingTable, none, optionAt, promise, withoutOption } from './twins.ts';

/** Packages that pack and unpack files. */
export const BLOCKING_ARCHIVES: readonly BlockingTable[] = [
  blockingTable({
    packages: ['tar'],
    resource: 'file',
    source: 'https://github.com/isaacs/node-tar#high-level-api',
    rows: [
      {
        path: /^(?:c|create|x|extract|t|list|u|update|r|replace)\(\)$/,
        blocks: 'packing or unpacking files',
        tell: (call) => {
          const sync = optionAt(call, 0, 'sync');
          if (sync.kind !== 'given' || sync.text === 'false') return undefined;
          if (sync.text !== 'true') return none('whether it blocks is decided at run time');
          if (!['f', 'file'].some((name) => optionAt(call, 0, name).kind === 'given'))
            return none('it is given no file, and its twin is a stream');
          const name = call.path.slice(0, -2);
          return {
            twin: promise(beside('tar', name), { args: [withoutOption(call, 0, 'sync')] }),
          };
        },
      },
    ],
  }),
];
