import type { LibraryCall } from '../library.ts';
import type { BlockingTable } from './blocking-call.ts';
import {
  assumed,
  beside,
  blockingTable,
  expression,
  hasSpread,
  holds,
  none,
  optionAt,
  promise,
  type Told,
} from './twins.ts';

/** Where the options of `execa` are: after a list of arguments, or in place of it. */
const optionsAt = (call: LibraryCall): number => (call.args[1]?.keys === undefined ? 2 : 1);

/**
 * `execaSync`. Result and error have the same properties; the input of the command is a pipe that nobody ends unless `input` or `stdin` is given:
 * https://github.com/sindresorhus/execa/blob/main/docs/input.md
 */
const renamed =
  (name: string) =>
  (call: LibraryCall): Told => {
    const isGiven = ['input', 'inputFile', 'stdin', 'stdio'].some(
      (option) => optionAt(call, optionsAt(call), option).kind === 'given',
    );
    const claim = isGiven
      ? holds('its input is given')
      : assumed(
          'the command reads nothing from its input, which is empty before and never ends in the promise form',
        );
    return { twin: promise(beside(call.package, name)), differences: [claim] };
  };

const NO_PROMISE = 'every function of `shelljs` blocks, and none gives a promise';

/** Packages that run commands. */
export const BLOCKING_PROCESSES: readonly BlockingTable[] = [
  blockingTable({
    packages: ['execa'],
    resource: 'process',
    source: 'https://github.com/sindresorhus/execa/blob/main/docs/api.md',
    rows: [
      { path: /^(?:execa\.)?sync\(\)$/, blocks: 'running a program', tell: renamed('default') },
      { path: /^execaSync\(\)$/, blocks: 'running a program', tell: renamed('execa') },
      { path: /^commandSync\(\)$/, blocks: 'running a command', tell: renamed('command') },
      { path: /^execaCommandSync\(\)$/, blocks: 'running a command', tell: renamed('execaCommand') },
      {
        path: /^\$(?:\(\))?\.s(?:ync)?\(\)$/,
        blocks: 'running a command',
        // Both have the input of this process: https://github.com/sindresorhus/execa/blob/main/docs/scripts.md
        tell: () => ({ twin: promise(beside('execa', 'default')) }),
      },
    ],
  }),
  blockingTable({
    packages: ['cross-spawn'],
    resource: 'process',
    source: 'https://github.com/moxystudio/node-cross-spawn#usage',
    rows: [
      {
        path: /^(?:sync|spawnSync)\(\)$/,
        blocks: 'running a program',
        tell: () =>
          none('it gives the exit code in an object and never throws, and `cross-spawn` has no promise form'),
      },
    ],
  }),
  blockingTable({
    packages: ['shelljs'],
    resource: 'process',
    source: 'https://github.com/shelljs/shelljs#command-reference',
    rows: [
      {
        path: /^(?:exec|cmd)\(\)$/,
        blocks: 'running a command',
        tell: (call) =>
          optionAt(call, 1, 'async').kind === 'given' || call.args.at(-1)?.isFunction === true
            ? undefined
            : none(NO_PROMISE),
      },
      {
        path: /^(?:cat|chmod|cp|find|grep|head|ln|ls|mkdir|mv|rm|sed|sort|tail|tempdir|test|touch|uniq|which)\(\)$/,
        blocks: 'working on files',
        tell: () => none(NO_PROMISE),
        resource: 'file',
      },
    ],
  }),
  blockingTable({
    packages: ['command-exists'],
    resource: 'process',
    source: 'https://github.com/mathisonian/command-exists#usage',
    rows: [
      {
        path: /^sync\(\)$/,
        blocks: 'looking for a program',
        tell: (call) =>
          call.args.length === 1 && !hasSpread(call)
            ? {
                twin: expression(
                  [beside('command-exists', 'default')],
                  { import: 0 },
                  '(',
                  { arg: 0 },
                  ').then(() => true, () => false)',
                ),
              }
            : none('it is not called with one argument'),
      },
    ],
  }),
];
