import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFiles, BESIDE, numberIn, type Entry } from '../entry.ts';

/** A rule of ast-grep, without its language: rules are written for one language each. */
interface Rule {
  readonly id: string;
  /** What stands below `rule:`, as lines of YAML. */
  readonly rule: readonly string[];
  /** Further keys of the rule. */
  readonly more?: readonly string[];
}

const LANGUAGES = ['TypeScript', 'Tsx', 'JavaScript'];

const methodsOf = (pattern: string): readonly string[] => [
  'constraints:',
  `  METHOD: { regex: '${pattern}' }`,
];

/** What `console-to-logger` finds, rewritten. */
const CONSOLE: Rule = {
  id: 'console-to-logger',
  rule: ['pattern: console.$METHOD($$$ARGS)'],
  more: [...methodsOf('^(log|info|warn|error|debug|trace)$'), 'fix: logger.$METHOD($$$ARGS)'],
};

const LOOPS = ['for_statement', 'for_in_statement', 'while_statement', 'do_statement'];
const FUNCTIONS = ['arrow_function', 'function_declaration', 'function_expression', 'method_definition'];

const anyKind = (kinds: readonly string[]): string =>
  `{ any: [${kinds.map((kind) => `{ kind: ${kind} }`).join(', ')}] }`;

/** Inside a loop, in the same function. */
const IN_LOOP = [
  'inside:',
  '  any:',
  ...LOOPS.map((kind) => `    - kind: ${kind}`),
  `  stopBy: ${anyKind([...LOOPS, ...FUNCTIONS])}`,
];

/** A rule for each transform that hasten brings, which finds what the transform looks at by its form alone. */
const RULES: readonly Rule[] = [
  CONSOLE,
  { id: 'await-in-loop', rule: ['kind: await_expression', ...IN_LOOP] },
  {
    id: 'query-in-loop-to-include',
    rule: ['pattern: await $OBJECT.$METHOD($$$ARGS)', ...IN_LOOP],
    more: methodsOf('^(find|count|get|select|query|first|aggregate)'),
  },
  {
    id: 'sequential-awaits',
    rule: [
      'any: [{ kind: expression_statement }, { kind: lexical_declaration }]',
      'has: { kind: await_expression, stopBy: end }',
      'follows:',
      '  any: [{ kind: expression_statement }, { kind: lexical_declaration }]',
      '  has: { kind: await_expression, stopBy: end }',
    ],
  },
  {
    id: 'sync-to-async',
    rule: ['any:', '  - pattern: $OBJECT.$METHOD($$$ARGS)', '  - pattern: $METHOD($$$ARGS)'],
    more: methodsOf('Sync$'),
  },
  {
    id: 'blocking-sleep',
    rule: ['any:', '  - pattern: Atomics.wait($$$ARGS)', '  - pattern: while (Date.now() < $END) $BODY'],
  },
];

const written = ({ id, rule, more = [] }: Rule, language: string): string =>
  [`id: ${id}-${language.toLowerCase()}`, `language: ${language}`, 'severity: warning', 'rule:']
    .concat(
      rule.map((line) => `  ${line}`),
      more,
    )
    .join('\n');

const asYaml = (rules: readonly Rule[]): string =>
  `${rules.flatMap((rule) => LANGUAGES.map((language) => written(rule, language))).join('\n---\n')}\n`;

/** The program itself: what npm installs as `ast-grep` starts Node first where no script may run at the installation. */
function program(): string {
  const folder = join(BESIDE, '@ast-grep');
  const own = readdirSync(folder).find((name) => name.startsWith('cli-'));
  if (own === undefined) throw new Error('There is no ast-grep for this system.');
  return join(folder, own, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
}

const linesOf = (text: string): number => text.split('\n').length - 1;

function scan(id: string, label: string, rules: readonly Rule[], scratch: string): Entry {
  const path = join(scratch, `${id}.yml`);
  writeFileSync(path, asYaml(rules));
  return {
    id,
    label,
    command: ({ folder }) => ({
      words: [program(), 'scan', '--rule', path, '--json=stream', '--inspect=summary', '.'],
      cwd: folder,
    }),
    told: ({ stdout, stderr }) => ({
      ...asFiles(numberIn(stderr, /scannedFileCount=(\d+)/)),
      found: `${linesOf(stdout)} places`,
    }),
  };
}

export const astGrepConsole = (scratch: string): Entry =>
  scan('ast-grep-console', 'ast-grep, an equal rule', [CONSOLE], scratch);

export const astGrepAll = (scratch: string): Entry =>
  scan('ast-grep-all', 'ast-grep scan, a rule for each transform', RULES, scratch);
