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

/** The rule that is equal to `console-to-logger`, in all languages. */
export const consoleRules = (): string => asYaml([CONSOLE]);

/** A rule for each transform, in all languages. */
export const allRules = (): string => asYaml(RULES);
