import {
  assumed,
  code,
  consoleUses,
  defineTransform,
  errornessOf,
  fails,
  holds,
  isCaught,
  isMeantConsole,
  isNode,
  levelOfMethod,
  LIBRARY_NAMES,
  mayBeCommand,
  reachLogger,
  silenceEvidence,
  whyLastWords,
  whyNotServerCode,
  whyNotTheRealConsole,
  whyRunsElsewhere,
  writeRecord,
  type ConsoleUse,
  type Evidence,
  type FileContext,
  type Finding,
  type LoggerOptions,
  type LogLevel,
  type Path,
  type Reach,
  type t,
  type Wanted,
} from '../src/index.ts';

/**
 * `console` writes text, synchronously where stdout is a file or a terminal, and nothing can search, filter or sample what it
 * wrote. A structured logger writes one record a call, with a level and with the values as fields, and does not hold up the
 * event loop while it formats them.
 *
 * Nothing that was logged is lost: each value goes into a field or stays in the message, an error keeps its message and its
 * stack, and what JSON cannot hold is reported. A value whose name says that it is a secret is left out.
 */
export default defineTransform<LoggerOptions>({
  id: 'console-to-logger',
  summary: "Call the project's logger instead of `console`.",
  sets: ['logging'],
  prefilter: /\bconsole\b/,
  defaults: { logger: '', loggerName: 'logger', library: 'pino', create: '' },
  optionHelp: {
    logger: 'The module to import the logger from: a package, or a path from the folder of `package.json`.',
    loggerName: 'The name that the module exports the logger under, or `default`.',
    library: 'The library whose convention that logger follows.',
    create:
      'Where to make a new pino logger module, from the folder of `package.json`, if no logger is found.',
  },

  optionChoices: { library: LIBRARY_NAMES },

  *inspect(file) {
    const { scopes } = file;
    const unfit =
      whyNotTheRealConsole(file) ?? whyNotServerCode(file, scopes, file.facts.packageOf(file.path));
    for (const use of consoleUses(file, scopes)) {
      const at = placeOf(use);
      const why = unfit ?? whyRunsElsewhere(scopes, at) ?? whyLastWords(scopes, at) ?? whyMeant(file, at);
      yield why === undefined
        ? findingFor(file, use)
        : { at: at.node, title: titleOf(use), evidence: [fails(why)] };
    }
  },
});

type File = FileContext<LoggerOptions>;
type Call = Extract<ConsoleUse, { kind: 'call' }>;

const placeOf = (use: ConsoleUse): Path =>
  use.kind === 'call' ? use.call : use.kind === 'method' ? use.member : use.at;

const nameOf = (use: ConsoleUse): string =>
  use.kind === 'object' ? 'console' : `console.${use.method ?? '[…]'}`;

const titleOf = (use: ConsoleUse, to = 'a logger'): string => `${nameOf(use)} → ${to}`;

const whyMeant = (file: File, at: Path): string | undefined =>
  isMeantConsole(file, at.node) ? 'a lint mark beside it says that this `console` is meant' : undefined;

/** Methods that write no record, and what to do about each. */
const WITHOUT_RECORD: ReadonlyMap<string, string> = new Map([
  [
    'group',
    'a group indents what follows, and records stand alone: use a child logger with the group as a field',
  ],
  [
    'groupCollapsed',
    'a group indents what follows, and records stand alone: use a child logger with the group as a field',
  ],
  [
    'groupEnd',
    'a group indents what follows, and records stand alone: use a child logger with the group as a field',
  ],
  ['count', '`console` keeps the count itself: count in a variable or a metric, and log that'],
  ['countReset', '`console` keeps the count itself: count in a variable or a metric, and log that'],
  [
    'time',
    '`console` keeps the time itself: take `performance.now()` before and after, and log the difference as `durationMs`',
  ],
  [
    'timeEnd',
    '`console` keeps the time itself: take `performance.now()` before and after, and log the difference as `durationMs`',
  ],
  [
    'timeLog',
    '`console` keeps the time itself: take `performance.now()` before and after, and log the difference as `durationMs`',
  ],
  ['clear', 'it clears a terminal, and a log has none: delete it'],
  ['dirxml', 'it prints for the eye of a reader: choose the fields to log'],
  ['profile', 'it drives the inspector and logs nothing'],
  ['profileEnd', 'it drives the inspector and logs nothing'],
]);

function findingFor(file: File, use: ConsoleUse): Finding {
  const report = (why: string): Finding => ({
    at: placeOf(use).node,
    title: titleOf(use),
    evidence: [fails(why)],
  });
  if (use.kind === 'object')
    return report('`console` itself is handed on, and a logger has other methods: hand on the logger');
  if (use.kind === 'method')
    return (
      passedOn(file, use) ??
      report(`\`${nameOf(use)}\` is handed on as a function, and what it will be called with is not known`)
    );
  const { method } = use;
  if (method === undefined) return report('which method is called is known only when it runs');
  if (isNode(use.call, 'OptionalCallExpression') && use.call.node.optional)
    return report('the method is called only where it exists');
  const wanted = wantedOf(file, use, method);
  return typeof wanted === 'string' ? report(wanted) : rewritten(file, use, wanted, report);
}

/** What a call logs, and at which level; a sentence where it logs no record. */
function wantedOf(
  file: File,
  { call }: Call,
  method: string,
): (Wanted & { readonly shown?: Evidence }) | string {
  const values = call.node.arguments.filter((one) => one.type !== 'ArgumentPlaceholder');
  const [first, second] = values;
  const level = levelOfMethod(method);
  if (method === 'trace') {
    const shown = assumed('the level `trace` is written where this was read: `console.trace` always writes');
    return { values, level: 'trace', otherwise: 'Trace', withStack: true, shown };
  }
  if (level !== undefined)
    return { values, level: method === 'log' && tellsOfError(file, call, values) ? 'error' : level };
  if (method === 'table') {
    if (first === undefined || second !== undefined)
      return 'it picks the columns of a table: choose the fields to log';
    return { values, level: 'info' };
  }
  if (method === 'dir') {
    if (first === undefined) return 'it writes an empty line, which says nothing in a log: delete it';
    return {
      values: [first],
      level: 'debug',
      hasOptions: second !== undefined,
      shown: assumed('the level `debug` is written where this was read: `console.dir` always writes'),
    };
  }
  if (method === 'assert') {
    const isStatement =
      isNode(call.parent, 'ExpressionStatement') && isNode(call.parent.parent, 'BlockStatement', 'Program');
    if (!isStatement) return 'it is no statement of its own, which an `if` needs';
    if (first === undefined || first.type === 'SpreadElement') return 'what it asserts is not known';
    return { values: values.slice(1), level: 'error', otherwise: 'Assertion failed' };
  }
  return WITHOUT_RECORD.get(method) ?? `\`console.${method}\` writes no record that is known`;
}

/** Whether an error, or something of a caught one, is among the values: `console.log(err)`, `console.log(err.message)`. */
function tellsOfError(file: File, call: Path<t.Node>, values: Wanted['values']): boolean {
  if (values.some((one) => one.type !== 'SpreadElement' && errornessOf(file, one) !== undefined)) return true;
  const [start, end] = [call.node.start ?? 0, call.node.end ?? 0];
  return file.find('Identifier').some((path) => {
    const { node } = path;
    return (
      (node.start ?? 0) >= start &&
      (node.end ?? 0) <= end &&
      isCaught(file, path, node.name) &&
      path.key !== 'property'
    );
  });
}

/** The call as a call of the logger. */
function rewritten(
  file: File,
  use: Call,
  wanted: Wanted & { readonly shown?: Evidence },
  report: (why: string) => Finding,
): Finding {
  const position = positionOf(use.call);
  const reach = reachLogger(file, use.call);
  if ('why' in reach) return report(reach.why);
  const atLoad = isNode(file.scopes.functionAround(use.call), 'File', 'Program');
  if (atLoad && !isReady(file, use.call, reach)) {
    return report(
      'it runs while modules are loaded, before the logger is set up: log it where the program starts',
    );
  }
  const written = writeRecord(file, reach, { ...wanted, call: use.call.node });
  if ('refused' in written) return report(written.refused);
  if (written.args !== undefined && hasLooseComment(file, use.call))
    return report('a comment between its values would be lost');

  const callee = `${reach.logger}.${methodFor(reach, wanted.level)}`;
  const { node } = use.call;
  const isReturned = position === 'arrow' && returnsItself(reach) && mayBeUsed(use.call.parent);
  const semicolon = file.style.semicolons ? ';' : '';
  const [condition] = node.arguments;
  const call = written.args === undefined ? undefined : code`${callee}(${written.args})`;
  const edits =
    use.method === 'assert' && condition !== undefined
      ? [
          file.replace(
            node,
            code`if (!(${condition})) ${call ?? code`${callee}(${node.arguments.slice(1)})`}`,
          ),
        ]
      : isReturned
        ? [file.replace(node, code`{ ${call ?? code`${callee}(${node.arguments})`}${semicolon} }`)]
        : [call === undefined ? file.replace(use.callee, callee) : file.replace(node, call)];
  return {
    at: node,
    title: titleOf(use, callee),
    evidence: [
      ...reach.shown,
      ...levelEvidence(use, wanted.level),
      ...(wanted.shown === undefined ? [] : [wanted.shown]),
      ...written.shown,
      ...placeEvidence(file),
      ...silenceEvidence(reach.library, wanted.level),
      ...(atLoad ? [assumed('the logger is set up before this line of the module runs')] : []),
      ...(isReturned ? [] : positionEvidence(use.call, position, reach)),
    ],
    edits: [...edits, ...written.edits, ...reach.edits],
  };
}

/** What has to be assumed of where the file runs. */
const placeEvidence = (file: File): readonly Evidence[] => [
  ...(file.facts.runsInWorker(file.path)
    ? [
        assumed(
          'the logger is set up in the worker or child process too, where this runs with an instance of its own',
        ),
      ]
    : []),
  ...(mayBeCommand(file, file.facts.packageOf(file.path))
    ? [assumed('nobody reads this as the output of a command, though it is in a folder `commands`')]
    : []),
];

const isIn = (comment: t.Comment, one: t.Node): boolean =>
  (comment.start ?? 0) >= (one.start ?? 0) && (comment.end ?? 0) <= (one.end ?? 0);

/** Whether a comment stands in a call and in none of its values. */
function hasLooseComment(file: File, { node }: Call['call']): boolean {
  return file.comments.some(
    (comment) => isIn(comment, node) && !node.arguments.some((one) => isIn(comment, one)),
  );
}

function methodFor({ library }: Reach, level: LogLevel): string {
  return library.methods[level] ?? library.methods.info ?? level;
}

function* levelEvidence(use: Call, level: LogLevel): Iterable<Evidence> {
  if (use.method === 'log' && level === 'error')
    yield holds('it tells of an error, so that its level is `error`');
}

/** What becomes of the value of a call: nobody takes it, an arrow function returns it, or something else does. */
type Position = 'unused' | 'arrow' | 'returned' | 'used';

function positionOf(call: Path): Position {
  let at: Path = call;
  for (;;) {
    const { parent, key } = at;
    const isBranch =
      (isNode(parent, 'LogicalExpression') && key === 'right') ||
      (isNode(parent, 'ConditionalExpression') && key !== 'test') ||
      isNode(parent, 'SequenceExpression');
    if (isBranch && parent !== null) {
      at = parent;
      continue;
    }
    if (isNode(parent, 'ExpressionStatement')) return 'unused';
    if (isNode(parent, 'UnaryExpression') && parent.node.operator === 'void') return 'unused';
    if (isNode(parent, 'ForStatement') && key !== 'test') return 'unused';
    if (isNode(parent, 'ArrowFunctionExpression') && key === 'body')
      return at === call ? 'arrow' : 'returned';
    return isNode(parent, 'ReturnStatement') ? 'returned' : 'used';
  }
}

/** Whether the methods of the logger return `undefined`, as those of `console` do. */
const returnsNothing = (reach: Reach): boolean => !returnsItself(reach) && reach.library.name !== 'own';

/** Whether the methods of the logger return something else: the logger, or the record. */
const returnsItself = ({ library }: Reach): boolean => ['winston', 'tslog', 'roarr'].includes(library.name);

/** Who calls a function and takes nothing from it. */
const IGNORES =
  /^(forEach|on|once|off|addListener|prependListener|addEventListener|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|finally)$/;

/** Whether what a function returns may be used: not where it is handed to something that ignores it. */
function mayBeUsed(fn: Path | null): boolean {
  const taker = fn?.key === 'arguments' ? fn.parent : null;
  if (!isNode(taker, 'CallExpression', 'OptionalCallExpression')) return true;
  const { callee } = taker.node;
  const name =
    callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression'
      ? callee.property
      : callee;
  return !(name.type === 'Identifier' && IGNORES.test(name.name));
}

function* positionEvidence(call: Path, position: Position, reach: Reach): Iterable<Evidence> {
  if (position === 'unused' || (position === 'arrow' && !mayBeUsed(call.parent))) return;
  const { name } = reach.library;
  if (returnsNothing(reach))
    yield holds(`\`${name}\` returns undefined from its methods, as \`console\` does`);
  else if (name === 'own') yield assumed('the logger returns undefined from its methods, as `console` does');
  else if (position === 'used') yield fails('its value is used, and the logger returns another one');
  else yield assumed('nobody uses what the function returns, which is no longer undefined');
}

/** Whether the module calls the logger before this line, also while it is loaded. */
function isReady(file: File, call: Path, { logger }: Reach): boolean {
  return file
    .find('CallExpression', { callee: { type: 'MemberExpression', object: { name: logger } } })
    .some((path) => {
      const isBefore = (path.node.start ?? 0) < (call.node.start ?? 0);
      return isBefore && isNode(file.scopes.functionAround(path), 'File', 'Program');
    });
}

/** `.catch(console.error)` as `.catch((err) => logger.error(…))`; undefined for every other way of handing a method on. */
function passedOn(file: File, use: Extract<ConsoleUse, { kind: 'method' }>): Finding | undefined {
  const { member } = use;
  const taker = member.parent;
  const isCatch =
    isNode(taker, 'CallExpression', 'OptionalCallExpression') &&
    member.key === 'arguments' &&
    taker.node.arguments.length === 1 &&
    (taker.node.callee.type === 'MemberExpression' ||
      taker.node.callee.type === 'OptionalMemberExpression') &&
    taker.node.callee.property.type === 'Identifier' &&
    taker.node.callee.property.name === 'catch';
  if (!isCatch || use.method === undefined || !/^(error|log|warn)$/.test(use.method)) return undefined;
  const at = member.node;
  const report = (why: string): Finding => ({ at, title: titleOf(use), evidence: [fails(why)] });
  const reach = reachLogger(file, member);
  if ('why' in reach) return report(reach.why);
  const level = use.method === 'warn' ? 'warn' : 'error';
  const callee = `${reach.logger}.${methodFor(reach, level)}`;
  const { quote } = file.style;
  const message = `${quote}Unhandled rejection${quote}`;
  const key = reach.configured.errorKey ?? 'err';
  const args: Readonly<Record<Reach['library']['error'], string>> = {
    'err-field': key === 'err' ? `{ err }, ${message}` : `{ ${key}: err }, ${message}`,
    'err-first': `err, ${message}`,
    'plain-err-field': `{ error: { message: err.message, stack: err.stack } }, ${message}`,
    'after-message': `${message}, err`,
    'stack-after-message': `${message}, err instanceof Error ? err.stack : String(err)`,
    'in-message': `\`Unhandled rejection: \${err instanceof Error ? err.stack : err}\``,
  };
  const call = `${callee}(${args[reach.library.error]})`;
  const semicolon = file.style.semicolons ? ';' : '';
  const kept = `what the promise is rejected with is kept`;
  const { error, keepsNonJson } = reach.library;
  const isSure =
    error === 'err-field' || error === 'in-message' || (error === 'after-message' && keepsNonJson);
  return {
    at,
    title: titleOf(use, callee),
    evidence: [
      ...reach.shown,
      ...placeEvidence(file),
      isSure
        ? holds(kept)
        : assumed('the promise is rejected with an Error, whose cause and further properties may go'),
      reach.library.name === 'own'
        ? assumed('the logger returns undefined from its methods, as `console` does')
        : holds('the function returns undefined, as `console` does'),
    ],
    edits: [
      file.replace(at, `(err) => ${!returnsItself(reach) ? call : `{ ${call}${semicolon} }`}`),
      ...reach.edits,
    ],
  };
}
