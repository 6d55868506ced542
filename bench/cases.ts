import type { Entry } from './entry.ts';
import { astGrepAll, astGrepConsole } from './tools/ast-grep.ts';
import { eslint } from './tools/eslint.ts';
import { grep } from './tools/grep.ts';
import {
  allSyntax,
  allTypes,
  canSkipTypes,
  consoleAlone,
  consoleChecked,
  nothing,
  secondRuns,
  start,
  SYNTAX_ONLY,
  syntaxOnOne,
} from './tools/hasten.ts';
import { jscodeshift, jscodeshiftPrefiltered } from './tools/jscodeshift.ts';
import { node } from './tools/node.ts';
import { oxc } from './tools/oxc.ts';
import { tsc } from './tools/tsc.ts';

/** One question, and everything that is measured to answer it. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
  /** What has to be known of it, beside the figures. */
  readonly note?: string;
}

/** All cases. `scratch`: for files that the tools need; `limit`: seconds after which a command is stopped. */
export async function casesIn(scratch: string, limit: number): Promise<readonly Case[]> {
  const hasSyntaxOnly = await canSkipTypes(scratch);
  return [
    {
      id: 'start',
      title: 'Starting',
      entries: [node, start('hasten-help', '--help'), start('hasten-list', 'list')],
    },
    { id: 'nothing', title: 'Nothing matches', entries: [grep(), nothing(scratch)] },
    {
      id: 'console',
      title: 'One syntactic transform: `console-to-logger`, dry run',
      entries: [consoleAlone, consoleChecked, astGrepConsole(scratch), jscodeshift, jscodeshiftPrefiltered],
    },
    {
      id: 'syntax',
      title: 'All transforms, by syntax alone',
      entries: [
        ...(hasSyntaxOnly ? [allSyntax, ...syntaxOnOne] : []),
        astGrepAll(scratch),
        eslint('eslint-await', 'no-await-in-loop'),
        eslint('eslint-both', 'no-await-in-loop', 'n/no-sync'),
        oxc,
      ],
      ...(hasSyntaxOnly
        ? {}
        : {
            note: `This hasten has no \`${SYNTAX_ONLY.join(' ')}\`: its transforms ask for types whenever they need them.`,
          }),
    },
    { id: 'types', title: 'All transforms, with types', entries: [allTypes, tsc] },
    {
      id: 'again',
      title: 'A second run',
      entries: secondRuns(scratch, limit),
    },
  ];
}
