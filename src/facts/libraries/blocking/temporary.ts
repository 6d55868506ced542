import type { BlockingTable } from './blocking-call.ts';
import { beside, blockingTable, callback, none } from './twins.ts';

/** Packages that make temporary files. */
export const BLOCKING_TEMPORARY: readonly BlockingTable[] = [
  blockingTable({
    packages: ['tmp'],
    resource: 'file',
    source: 'https://github.com/raszi/node-tmp#usage',
    rows: [
      {
        path: /^(?:dirSync|fileSync)\(\)$/,
        blocks: 'making a temporary file',
        tell: () =>
          none('it gives the path and how to remove it in one object, its twin as arguments of a callback'),
      },
      {
        path: /^tmpNameSync\(\)$/,
        blocks: 'looking for a free name',
        tell: () => ({ twin: callback(beside('tmp', 'tmpName')) }),
      },
    ],
  }),
];
