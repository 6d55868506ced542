import type { BlockingTable } from './blocking-call.ts';
import { renamings } from './twins.ts';

/** Compilers that work on threads or in a process of their own. Those written in JavaScript block in both forms. */
export const BLOCKING_COMPILERS: readonly BlockingTable[] = [
  renamings({
    packages: ['@swc/core'],
    resource: 'cpu',
    source: 'https://swc.rs/docs/usage/core',
    blocks: 'compiling',
    twins: {
      'transformSync()': 'transform',
      'transformFileSync()': 'transformFile',
      'parseSync()': 'parse',
      'parseFileSync()': 'parseFile',
      'minifySync()': 'minify',
      'printSync()': 'print',
    },
  }),
  renamings({
    packages: ['esbuild'],
    resource: 'cpu',
    source: 'https://esbuild.github.io/api/#js-async',
    blocks: 'compiling',
    twins: {
      'buildSync()': 'build',
      'transformSync()': 'transform',
      'formatMessagesSync()': 'formatMessages',
      'analyzeMetafileSync()': 'analyzeMetafile',
    },
  }),
];
