import { code, joinCode, textOf } from '../edits/code.ts';
import { spanOf, type Code, type Edit, type Span } from '../edits/edit.ts';
import { assumed, fails, holds, type Evidence } from '../evidence.ts';
import { describeExposure, exposuresIn, mayCount, type Exposure } from './exposures.ts';
import type { LogLevel } from '../facts/libraries/loggers.ts';
import { wordsOf } from '../facts/sensitive.ts';
import {
  fieldNameOf,
  isFormat,
  labelBefore,
  looseMessage,
  messageWithoutValues,
  piecesOf,
  type LoggedValue,
  type Piece,
} from './records.ts';
import type { ValueKind } from '../facts/types.ts';
import { bare, errornessOf, finitenessOf, kindsOf, namesOf, type Errorness } from '../facts/values.ts';
import type { t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';
import type { Reach } from './reach.ts';

/** What is to be logged. */
export interface Wanted {
  /** The arguments as `console` takes them. */
  readonly values: readonly (t.Expression | t.SpreadElement)[];
  readonly level: LogLevel;
  /** The message where no text is among the values. */
  readonly otherwise?: string;
  /** Whether options that were left out said how the value is printed. */
  readonly hasOptions?: boolean;
  /** Whether the record also carries where it was written from. */
  readonly withStack?: boolean;
  /** The call that is rewritten, by whose place long lines are broken. */
  readonly call?: t.Node;
}

/** A record in the convention of a logger. */
export interface Written {
  /** The arguments of the call; absent where they stay as they are and only what is called changes. */
  readonly args?: Code;
  /** Edits beside the call: an import of `inspect`. */
  readonly edits: readonly Edit[];
  readonly shown: readonly Evidence[];
}

const REDACTED = '[redacted]';
const PRIMITIVE: ReadonlySet<ValueKind> = new Set(['string', 'number', 'boolean', 'null', 'undefined']);
const LOST: ReadonlyMap<ValueKind, string> = new Map([
  ['function', 'a function, which JSON leaves out'],
  ['symbol', 'a symbol, which JSON leaves out'],
  ['map-or-set', 'a Map or a Set, which JSON writes as `{}`'],
  ['promise', 'a promise, which JSON writes as `{}`: is an `await` missing?'],
]);

/** A value on its way into the record. */
interface Item {
  readonly value: LoggedValue;
  /** The piece that it is. */
  readonly at: number;
  readonly errorness: Errorness | undefined;
  readonly hidden: readonly Exposure[];
}

type Context = FileContext<unknown>;
type Plan = Written | { readonly refused: string };

const refuse = (refused: string): Plan => ({ refused });

/** A string literal in the quotes of the file. */
function quoted(file: Context, text: string): string {
  const own = file.style.quote;
  const other = own === '"' ? "'" : '"';
  const quote = text.includes(own) && !text.includes(other) ? other : own;
  const inner = JSON.stringify(text).slice(1, -1);
  return quote === '"' ? `"${inner}"` : `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

const templateText = (text: string): string =>
  text
    .replace(/[\\`]|\$(?=\{)/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');

/** The code of `node` with what `hidden` names replaced in it. */
function withoutSecrets(file: Context, node: t.Expression, hidden: readonly Exposure[]): Code {
  const mark = quoted(file, REDACTED);
  if (hidden.some((one) => one.node === bare(node))) return code`${mark}`;
  let [from, end] = spanOf(node);
  const parts: (string | Code)[] = [];
  for (const { node: secret, name } of hidden) {
    const [start, stop] = spanOf(secret);
    parts.push(code`${[from, start] as Span}`, secret.type === 'ObjectProperty' ? `${name}: ${mark}` : mark);
    from = stop;
  }
  if (parts.length === 0) return code`${node}`;
  return joinCode([...parts, code`${[from, end] as Span}`], '');
}

/** What a value would lose as JSON. */
function lossOf(file: Context, node: t.Expression): Evidence {
  const text = shortText(file, node);
  const kinds = kindsOf(file, node);
  const lost = [...kinds].find((kind) => LOST.has(kind));
  if (lost !== undefined) return fails(`\`${text}\` may be ${LOST.get(lost) ?? lost}`);
  if (kinds.has('bigint')) return assumed(`\`${text}\` is written although it may be a bigint`);
  if (kinds.has('unknown'))
    return assumed(`\`${text}\` is no Error, Map, Set or function: nothing of it is lost as JSON`);
  const isDeep = kinds.has('object') || (kinds.has('array') && !FLAT.test(typeText(file, node)));
  if (isDeep)
    return assumed(`nothing in \`${text}\` is an Error, Map, Set or function: nothing of it is lost as JSON`);
  const isDate = kinds.has('date') || (kinds.has('array') && /\bDate\b/.test(typeText(file, node)));
  if (isDate && !isNow(file, node))
    return assumed(`\`${text}\` is a valid date: JSON writes an invalid one as null`);
  const isNumber = kinds.has('number') || (kinds.has('array') && /\bnumber\b/.test(typeText(file, node)));
  if (isNumber && finitenessOf(file, node) === undefined)
    return assumed(
      `\`${text}\` is ${kinds.has('array') ? 'of numbers' : 'a number'}: JSON keeps it, but for NaN and infinities, which it writes as null, and -0`,
    );
  return holds(`nothing of \`${text}\` is lost as JSON`);
}

/** Whether a value is `new Date()`, or a constant that is. */
function isNow(file: Context, node: t.Expression): boolean {
  const inner = bare(node);
  if (inner.type === 'NewExpression') return inner.arguments.length === 0;
  if (inner.type !== 'Identifier') return false;
  const binding = file.scopes.lookup(file.pathOf(inner), inner.name);
  const declared = binding?.declaration.node;
  if (binding?.kind !== 'const' || declared?.type !== 'VariableDeclarator' || declared.init == null)
    return false;
  const init = bare(declared.init);
  return init.type === 'NewExpression' && init.arguments.length === 0;
}

/** What a value that fills a format must be, for its field to say what the format would. */
function formatLoss(file: Context, { node, format }: LoggedValue): readonly Evidence[] {
  if (format === undefined || !/^%[dif]$/.test(format)) return [];
  const text = shortText(file, node);
  if (![...kindsOf(file, node)].every((kind) => kind === 'number'))
    return [assumed(`\`${text}\` is a number: \`${format}\` writes other values as numbers or NaN`)];
  return format === '%i' && finitenessOf(file, node) !== 'whole'
    ? [assumed(`\`${text}\` is a whole number: \`%i\` cuts off the rest`)]
    : [];
}

const EFFECTS = [
  'AssignmentExpression',
  'UpdateExpression',
  'AwaitExpression',
  'YieldExpression',
  'CallExpression',
  'OptionalCallExpression',
  'TaggedTemplateExpression',
  'NewExpression',
  'UnaryExpression',
] as const;

/** Whether evaluating `node` may change what is evaluated after it. Reading a property is taken to change nothing. */
function mayChangeOthers(file: Context, node: t.Node): boolean {
  const whole = spanOf(node);
  return EFFECTS.some((type) =>
    file.find(type).some(({ node: at }) => {
      if (!within(spanOf(at), whole)) return false;
      if (at.type === 'UnaryExpression') return at.operator === 'delete';
      return !(
        at.type === 'NewExpression' &&
        at.callee.type === 'Identifier' &&
        /^(Date|\w*Error)$/.test(at.callee.name)
      );
    }),
  );
}

/** Whether something that is evaluated after `from` and before `to` may change what is read there. */
const changesBetween = ({ file, items }: Pick<Job, 'file' | 'items'>, from: number, to: number): boolean =>
  items.some(({ value, at }) => at > from && at < to && mayChangeOthers(file, value.node));

/** Whether a value is the same wherever it is evaluated: a name that is never written again. */
function isConstant(file: Context, node: t.Expression): boolean {
  const inner = bare(node);
  if (inner.type !== 'Identifier') return inner.type === 'ThisExpression';
  const binding = file.scopes.lookup(file.pathOf(inner), inner.name);
  return binding !== undefined && binding.writes.length === 0;
}

/** Whether the error can be evaluated before or after all other values. */
function canMoveError({ file, items, error }: Job, where: 'first' | 'last'): boolean {
  if (error === undefined || isConstant(file, error.value.node)) return true;
  const passed = items.filter(({ at }) => (where === 'first' ? at < error.at : at > error.at));
  if (passed.some(({ value }) => mayChangeOthers(file, value.node))) return false;
  return (
    !mayChangeOthers(file, error.value.node) || passed.every(({ value }) => isConstant(file, value.node))
  );
}

const MOVED = 'the error would be evaluated in another order than the values beside it';

/** The types of lists that hold nothing but plain values, as TypeScript prints them. */
const FLAT = /^(readonly )?(string|number|boolean|Date)\[\]( \| (undefined|null))*$/;

const typeText = (file: Context, node: t.Expression): string => file.facts.typeOf(file.path, bare(node)).text;

function shortText(file: Context, node: t.Node): string {
  const text = file.textOf(node).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const isPrimitive = (file: Context, node: t.Expression): boolean =>
  [...kindsOf(file, node)].every((kind) => PRIMITIVE.has(kind));

/** Whether the name of a value says that it is a text. */
const isNamedText = (node: t.Expression): boolean =>
  /^(msg|message|text|txt|str|string|line|output|logLine|logMessage)$/.test(
    namesOf(bare(node))?.at(-1) ?? '',
  );

/** Whether it can be evaluated twice: a plain path. */
const isPath = (node: t.Expression): boolean => namesOf(bare(node)) !== undefined;

const isValue = (piece: Piece): piece is LoggedValue => typeof piece !== 'string';

/** An exposure counts unless the value is known to be a yes or no, a count, or (of a whole object) a plain value. */
function isReal(file: Context, { node, kind, name }: Exposure): boolean {
  if (node.type === 'ObjectProperty') return true;
  if (kind !== 'whole' && !mayCount(name)) return true;
  const kinds = [...kindsOf(file, node)];
  if (name.endsWith('[…]')) return true;
  if (kind === 'whole') return kinds.some((one) => !PRIMITIVE.has(one) && one !== 'date');
  return !kinds.every((one) => one === 'number' || one === 'undefined' || one === 'boolean');
}

/** One record being written: what all ways of writing it share. */
interface Job {
  readonly file: Context;
  readonly reach: Reach;
  readonly wanted: Wanted;
  readonly values: readonly t.Expression[];
  readonly pieces: readonly Piece[];
  readonly items: readonly Item[];
  readonly error: Item | undefined;
  readonly redactions: readonly Evidence[];
}

/** Writes what `console` would log as a record of the logger that is reached. */
export function writeRecord(file: Context, reach: Reach, wanted: Wanted): Plan {
  const { library } = reach;
  const values: t.Expression[] = [];
  for (const one of wanted.values) if (one.type !== 'SpreadElement') values.push(one);
  if (library.convention === 'message-only' && values.length > 1) {
    const last = values.at(-1);
    const alone = last === undefined ? undefined : soleErrorOf(file, last);
    if (alone !== undefined && wanted.values.at(-1) === last)
      return writeRecord(file, reach, { ...wanted, values: [...wanted.values.slice(0, -1), alone] });
  }
  const isLikeConsole = library.convention === 'like-console';
  const takesSpread = isLikeConsole || (library.convention === 'message-only' && library.name !== 'own');
  if (values.length < wanted.values.length && !takesSpread)
    return refuse('the number of values that are spread is not known');

  const exposures = wanted.values.flatMap((one) => [...exposuresIn(one)]).filter((one) => isReal(file, one));
  const fixed = exposures.find((one) => one.kind === 'whole' || !one.isReplaceable);
  if (fixed !== undefined) return refuse(`${describeExposure(fixed)}: choose what of it to log`);
  const redactions = exposures.map((one) =>
    assumed(`${describeExposure(one)}, so that "${REDACTED}" is logged in its place`),
  );

  const pieces = piecesOf(values);
  const items = pieces.flatMap((value, at): Item[] => {
    if (!isValue(value)) return [];
    const hidden = [...exposuresIn(value.node)].filter((one) =>
      exposures.some((real) => real.node === one.node),
    );
    return [{ value, at, errorness: isLikeConsole ? undefined : errornessOf(file, value.node), hidden }];
  });
  if (items.length === 0 && pieces.join('').trim() === '') {
    if (wanted.otherwise === undefined && wanted.values.length === values.length)
      return refuse('it writes an empty line, which says nothing in a log: delete it');
  }
  const errors = items.filter((one) => one.errorness !== undefined);
  if (
    library.error === 'in-message' &&
    !isLikeConsole &&
    (errors.length > 0 || library.convention === 'message-only')
  ) {
    return asText({ file, reach, wanted, values, pieces, items, error: undefined, redactions });
  }
  if (errors.length > 1) return refuse('it logs two errors, and a record has a place for one');
  const job: Job = { file, reach, wanted, values, pieces, items, error: errors[0], redactions };
  if (isLikeConsole) return asConsoleWould(job);
  if (library.convention === 'message-only') return asText(job);
  return asFields(job);
}

/** The error that is the only property of an object literal: `{ error }`. */
function soleErrorOf(file: Context, node: t.Expression): t.Expression | undefined {
  const inner = bare(node);
  const [only] = inner.type === 'ObjectExpression' ? inner.properties : [];
  if (inner.type !== 'ObjectExpression' || inner.properties.length !== 1) return undefined;
  if (only?.type !== 'ObjectProperty' || only.computed) return undefined;
  const value = only.value as t.Expression;
  return errornessOf(file, value) === undefined ? undefined : value;
}

/** Keys by which consola takes an object for a record of its own. Source: `isLogObj` in consola's `utils/log.ts`. */
const CONSOLA_KEYS = /^(message|args)$/;

/** What is to be known of a lone value where consola may take it for a record of its own. */
function consolaRecord({ file, reach, wanted }: Job): readonly Evidence[] {
  const [only] = wanted.values;
  if (reach.library.name !== 'consola' || wanted.values.length !== 1 || only === undefined) return [];
  if (only.type === 'SpreadElement')
    return [assumed('more than one value is spread: consola may take a lone object as a record of its own')];
  const inner = bare(only);
  const isOther =
    inner.type === 'ObjectExpression' &&
    inner.properties.every(
      (one) =>
        one.type !== 'SpreadElement' &&
        !one.computed &&
        !(one.key.type === 'Identifier' && CONSOLA_KEYS.test(one.key.name)) &&
        !(one.key.type === 'StringLiteral' && CONSOLA_KEYS.test(one.key.value)),
    );
  const kinds = kindsOf(file, only);
  if (isOther || !(kinds.has('object') || kinds.has('unknown'))) return [];
  return [
    assumed(
      `\`${shortText(file, only)}\` is no plain object with \`message\` or \`args\`, which consola takes for a record of its own`,
    ),
  ];
}

/** For loggers that take what `console` takes. */
function asConsoleWould(job: Job): Plan {
  const { file, reach, wanted, redactions } = job;
  const { library } = reach;
  const claim = `${nameOf(reach)} writes its values as \`console\` does`;
  const shown = [library.keepsNonJson ? holds(claim) : assumed(claim), ...consolaRecord(job), ...redactions];
  if (wanted.withStack === true)
    return refuse(`${nameOf(reach)} writes no stack beside a message: decide whether one is needed`);
  if (isFormat(job.values) && !library.interpolates) return asText(job);
  if (wanted.values.length === 0)
    return { args: code`${quoted(file, wanted.otherwise ?? '')}`, edits: [], shown };
  if (redactions.length === 0) return { edits: [], shown };
  const hidden = (one: t.Expression | t.SpreadElement): Code => {
    const exposures = [...exposuresIn(one)].filter((exposure) => isReal(file, exposure));
    return withoutSecrets(file, one as t.Expression, exposures);
  };
  return { args: code`${wanted.values.map(hidden)}`, edits: [], shown };
}

/** The logger's name in a claim. */
const nameOf = ({ library, logger }: Reach): string =>
  library.name === 'own' ? `\`${logger}\`` : library.name;

/** Whether the arguments can stay as they are: one text, and nothing to hide in it. */
const isOneText = ({ values, wanted, redactions, file }: Job, evenWithSecrets = false): boolean => {
  const [only] = values;
  if (
    values.length !== 1 ||
    wanted.values.length !== 1 ||
    only === undefined ||
    (redactions.length > 0 && !evenWithSecrets)
  )
    return false;
  return [...kindsOf(file, only)].every((kind) => kind === 'string');
};

const hasColours = ({ file, values }: Job): boolean =>
  values.some((one) =>
    /\\(x1b|u001b|033)\[|\b(chalk|colors|kleur|picocolors|pc|ansis|clc)\./i.test(file.textOf(one)),
  );

/** The texts and values of `pieces` as one template literal. */
function templateOf({ file, items }: Job, pieces: readonly Piece[]): Code {
  const parts = pieces.map((piece) => {
    if (!isValue(piece)) return piece;
    const hidden = items.find((one) => one.value === piece)?.hidden ?? [];
    return hidden.some((one) => one.node === bare(piece.node))
      ? REDACTED
      : withoutSecrets(file, piece.node, hidden);
  });
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return only;
  const texts = parts.filter((part) => typeof part === 'string');
  if (texts.length === parts.length) return code`${quoted(file, texts.join(''))}`;
  return joinCode(
    ['`', ...parts.map((part) => (typeof part === 'string' ? templateText(part) : code`\${${part}}`)), '`'],
    '',
  );
}

/** The text that `console` would write of `pieces`: a template, or `format` of the arguments where a value is no text. */
function consoleTextOf(job: Job, pieces: readonly Piece[], edits: Edit[]): Code {
  const { file, wanted, error, items } = job;
  const isPlain = pieces.every(
    (piece) => !isValue(piece) || piece.asText || isPrimitive(file, piece.node) || isTextByName(file, piece),
  );
  if (isPlain && wanted.values.length === job.values.length) return templateOf(job, pieces);
  const format = file.ensureImport({ from: 'node:util', name: 'format' });
  edits.push(...format.edits);
  const args = wanted.values.filter((one) => one !== error?.value.node);
  const hidden = items.flatMap((one) => one.hidden);
  const written = args.map((one, at) => {
    if (at === args.length - 1 && one.type === 'StringLiteral' && error !== undefined)
      return code`${quoted(file, one.value.replace(/[\s:=,-]+$/, ''))}`;
    return withoutSecrets(
      file,
      one as t.Expression,
      hidden.filter((secret) => within(spanOf(secret.node), spanOf(one))),
    );
  });
  return code`${format.local}(${written})`;
}

/** Whether nothing but its name tells of a value that it is a text or a number: `getErrorMessage(error)`, `user.email`. */
const isTextByName = (file: Context, { node, asText: isJoined }: LoggedValue): boolean =>
  !isJoined &&
  !isPrimitive(file, node) &&
  [...kindsOf(file, node)].every((kind) => kind === 'unknown' || PRIMITIVE.has(kind)) &&
  /^(message|msg|text|name|title|id|uuid|url|uri|path|filename|file|email|status|code|count|total|port|host|version|type|method|key|token|label|slug)$/.test(
    wordsOf(fieldNameOf(bare(node)) ?? '').at(-1) ?? '',
  );

/** For the only value of which nothing is known: it is handed to the logger as it is, which writes texts as they are. */
function passedStraight({ file, reach, values, items, redactions, wanted }: Job): Written | undefined {
  const [only] = values;
  const [item] = items;
  if (values.length !== 1 || wanted.values.length !== 1 || only === undefined) return undefined;
  if (
    item?.value.node !== only ||
    item.errorness !== undefined ||
    redactions.length > 0 ||
    isPrimitive(file, only)
  )
    return undefined;
  if (reach.library.name === 'own' && !kindsOf(file, only).has('unknown')) return undefined;
  const claim = `\`${shortText(file, only)}\` is a text, or a value that ${nameOf(reach)} writes readably`;
  return { edits: [], shown: [assumed(claim)] };
}

/** The pieces without the one that is the error, and without what leads to it. */
function withoutError({ pieces, error }: Job): readonly Piece[] {
  if (error === undefined) return pieces;
  const left = pieces.filter((_, at) => at !== error.at);
  const last = left.at(-1);
  if (error.at !== pieces.length - 1 || typeof last !== 'string') return left;
  const text = last.replace(/[\s:=,-]+$/, '');
  return text === '' ? left.slice(0, -1) : [...left.slice(0, -1), text];
}

/** For loggers whose record is a text: the values are written into the message. */
function asText(job: Job): Plan {
  const { file, reach, error, redactions, wanted, values } = job;
  const { library } = reach;
  if (wanted.withStack === true)
    return refuse(`${nameOf(reach)} writes no stack beside a message: decide whether one is needed`);
  if (wanted.hasOptions === true)
    return refuse('its options say how deep it prints: choose the fields to log');
  const same = holds('the message is the text that `console` would write');
  if (error === undefined) {
    if (isOneText(job) && !hasColours(job)) return { edits: [], shown: [same] };
    const straight = passedStraight(job);
    if (straight !== undefined) return straight;
    const edits: Edit[] = [];
    const args = consoleTextOf(job, job.pieces, edits);
    const texts = job.items.filter((one) => isTextByName(file, one.value));
    const shown = texts.map(({ value }) =>
      assumed(`\`${shortText(file, value.node)}\` is a text, a number or a yes or no`),
    );
    return {
      args,
      edits,
      shown: [...(edits.length > 0 || shown.length === 0 ? [same] : shown), ...redactions],
    };
  }
  const edits: Edit[] = [];
  const rest = withoutError(job);
  const { node } = error.value;
  if (!canMoveError(job, 'last')) return refuse(MOVED);
  if (library.error === 'stack-after-message') {
    const stack =
      error.errorness === 'sure'
        ? code`${node}.stack`
        : code`${node} instanceof Error ? ${node}.stack : String(${node})`;
    if (!isPath(node)) return refuse(`\`${shortText(file, node)}\` would be evaluated twice`);
    const shown = [
      assumed(
        `\`${shortText(file, node)}\` is an Error, and its cause and further properties may go: ${nameOf(reach)} writes its stack only`,
      ),
      ...redactions,
    ];
    return {
      args: rest.length === 0 ? stack : code`${consoleTextOf(job, rest, edits)}, ${stack}`,
      edits,
      shown,
    };
  }
  const shown = [same, errorAfterMessage(job), ...redactions];
  const [message, second] = values;
  const isAsIs =
    values.length === 2 &&
    second === node &&
    message !== undefined &&
    !isFormat(values) &&
    !hasColours(job) &&
    redactions.length === 0;
  if (isAsIs && [...kindsOf(file, message)].every((kind) => kind === 'string')) return { edits: [], shown };
  if (rest.length === 0) return onlyError(job);
  return { args: code`${consoleTextOf(job, rest, edits)}, ${node}`, edits, shown };
}

/** For loggers that keep an error only as their first argument: the values stay in the message. */
function errorThenText(job: Job, error: Item): Plan {
  const { redactions, values } = job;
  if (!canMoveError(job, 'first')) return refuse(MOVED);
  const { node } = error.value;
  const [message, second] = values;
  const isAsIs =
    values.length === 2 &&
    second === node &&
    message !== undefined &&
    redactions.length === 0 &&
    !hasColours(job);
  const text = isAsIs ? code`${message}` : templateOf(job, withoutError(job));
  return { args: code`${node}, ${text}`, edits: [], shown: [keptFirst(job, error), ...redactions] };
}

/** What is known of an error that follows the message. */
function errorAfterMessage({ file, reach, error }: Job): Evidence {
  if (error === undefined) return holds('no error is logged');
  const text = shortText(file, error.value.node);
  const { library, configured } = reach;
  if (library.name !== 'winston')
    return library.keepsNonJson
      ? holds(`${nameOf(reach)} writes \`${text}\`, whatever it is, after the message`)
      : assumed(
          `${nameOf(reach)} writes the message and the stack of \`${text}\`, an Error, after the message`,
        );
  if (configured.showsStack !== true && configured.json !== true) {
    return assumed(
      `\`${text}\` is an Error, whose message winston appends, and the logger's format writes its stack`,
    );
  }
  return assumed(
    `\`${text}\` is an Error: winston appends its message and keeps its stack, and its cause may go`,
  );
}

/** `console.error(err)`: an error and no text. */
function onlyError(job: Job): Plan {
  const { file, reach, error, redactions, values } = job;
  if (error === undefined) return refuse('there is no error');
  const { node } = error.value;
  const text = shortText(file, node);
  const isAlone = values.length === 1 && values[0] === node;
  switch (reach.library.error) {
    case 'err-field':
    case 'err-first':
      if (reach.library.error === 'err-field' && error.errorness !== 'sure') {
        const key = reach.configured.errorKey ?? 'err';
        const isShort = node.type === 'Identifier' && node.name === key;
        return {
          args: code`{ ${isShort ? node : code`${key}: ${node}`} }`,
          edits: [],
          shown: [keptUnder(error, text, key), ...redactions],
        };
      }
      return {
        ...(isAlone ? {} : { args: code`${node}` }),
        edits: [],
        shown: [
          reach.library.error === 'err-first'
            ? keptFirst(job, error)
            : holds(
                `${nameOf(reach)} keeps \`${text}\`, an Error with its message, stack, cause and properties`,
              ),
          ...redactions,
        ],
      };
    case 'plain-err-field':
      return {
        args: code`{ error: { message: ${node}.message, stack: ${node}.stack } }, 'Error'`,
        edits: [],
        shown: [mustBeError(text)],
      };
    case 'stack-after-message':
      return asText(job);
    default: {
      if (reach.library.name !== 'winston')
        return { ...(isAlone ? {} : { args: code`${node}` }), edits: [], shown: [errorAfterMessage(job)] };
      if (
        reach.configured.keepsErrorStack === true &&
        (reach.configured.json === true || reach.configured.showsStack === true)
      ) {
        const claim = `the logger's \`errors({ stack: true })\` keeps the message and the stack of \`${text}\`, whose cause may go`;
        return { ...(isAlone ? {} : { args: code`${node}` }), edits: [], shown: [assumed(claim)] };
      }
      return { args: code`${quoted(file, 'Error:')}, ${node}`, edits: [], shown: [errorAfterMessage(job)] };
    }
  }
}

const mustBeError = (text: string): Evidence =>
  assumed(`\`${text}\` is an Error, whose message and stack are written out: its cause and properties go`);

/** An error in a field: pino's serializer writes its type, message, stack, causes and properties, and JSON any other value. */
const keptUnder = ({ errorness }: Item, text: string, key: string): Evidence =>
  errorness === 'named'
    ? assumed(`\`${text}\`, which is kept under \`${key}\`, is an Error or loses nothing as JSON`)
    : holds(`\`${text}\` is kept under \`${key}\`: an Error whole, any other value as JSON`);

/** An error as bunyan's first argument. Source: `stdSerializers.err` of bunyan, which picks what it writes. */
const keptFirst = ({ file, reach }: Job, { value }: Item): Evidence =>
  assumed(
    `\`${shortText(file, value.node)}\` is an Error, and its further properties may go: ${nameOf(reach)} writes its message, stack and code`,
  );

/** A field of a record. */
interface Field {
  readonly key: string;
  readonly value: Code;
  /** Whether the value is the identifier `key`. */
  readonly isShort: boolean;
}

const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);

function writeField({ key, value, isShort }: Field): Code {
  return isShort ? value : code`${isIdentifier(key) ? key : `'${key}'`}: ${value}`;
}

/** Collects fields under names that are free. */
class Fields {
  readonly list: (Field | { readonly raw: Code })[] = [];
  readonly #taken: Set<string>;
  constructor(reserved: readonly string[]) {
    this.#taken = new Set(reserved);
  }
  /** Adds a value under `wished`, or under a name like it: a numbered one where it is what `wished` was, read again. */
  add(wished: string, value: Code, node: t.Node | undefined, isAgain = false): string {
    let key = wished;
    if (this.#taken.has(key) && !isAgain) key = `${wished}Value`;
    for (let n = 2; this.#taken.has(key); n++) key = `${wished}${n}`;
    this.#taken.add(key);
    this.list.push({ key, value, isShort: node?.type === 'Identifier' && node.name === key });
    return key;
  }
  /** Whether a name is taken. */
  has(key: string): boolean {
    return this.#taken.has(key);
  }
  /** Adds a value under exactly that name. */
  put(key: string, value: Code, node: t.Node | undefined): void {
    this.#taken.add(key);
    this.list.push({ key, value, isShort: node?.type === 'Identifier' && node.name === key });
  }
  /** Adds what stands in an object literal, as it is. */
  raw(raw: Code): void {
    this.list.push({ raw });
  }
  #codes(): readonly Code[] {
    return this.list.map((one) => ('raw' in one ? one.raw : writeField(one)));
  }
  toCode(): Code {
    return code`{ ${joinCode(this.#codes(), ', ')} }`;
  }
  /** The literal with a line for each field; whoever puts it in place indents it. */
  toLines({ style }: Context): Code {
    const lines = this.#codes().map((one) => code`${style.eol}${style.indent}${one},`);
    return code`{${joinCode(lines, '')}${style.eol}}`;
  }
}

/** Puts the properties of a logged object literal among the fields; a sentence where that would lose something. */
function addLiteral(
  job: Job,
  fields: Fields,
  literal: t.ObjectExpression,
  hidden: readonly Exposure[],
  shown: Evidence[],
): string | undefined {
  const { file, reach } = job;
  for (const property of literal.properties) {
    if (property.type === 'ObjectMethod') return 'an object with a method is logged, which JSON leaves out';
    if (property.type === 'SpreadElement') {
      if (!isPath(property.argument)) return 'what is spread into the logged object is not known';
      shown.push(
        assumed(
          `no property of \`${shortText(file, property.argument)}\` is an error or bears a name that the record uses`,
        ),
      );
      fields.raw(withoutSecrets(file, property as unknown as t.Expression, hidden));
      continue;
    }
    const { key } = property;
    const value = property.value as t.Expression;
    if (property.computed || (key.type !== 'Identifier' && key.type !== 'StringLiteral'))
      return 'the names in the logged object are computed';
    const name = key.type === 'Identifier' ? key.name : key.value;
    if (hidden.some((one) => one.node === property || one.node === value)) {
      fields.add(name, code`${quoted(file, REDACTED)}`, undefined);
      continue;
    }
    const inside = hidden.filter((one) => within(spanOf(one.node), spanOf(value)));
    if (errornessOf(file, value) !== undefined) {
      if (job.error !== undefined || reach.library.error !== 'err-field')
        return `\`${name}\` is an error inside an object, whose message and stack JSON leaves out`;
      const errorKey = reach.configured.errorKey ?? 'err';
      if (fields.list.some((one) => 'key' in one && one.key === errorKey))
        return 'it logs two errors, and a record has a place for one';
      fields.put(errorKey, code`${value}`, value);
      shown.push(holds(`\`${shortText(file, value)}\` is kept whole under \`${errorKey}\``));
      continue;
    }
    shown.push(...lossesOf(job, value));
    fields.add(name, withoutSecrets(file, value, inside), value);
  }
  return undefined;
}

const within = (inner: Span, outer: Span): boolean => inner[0] >= outer[0] && inner[1] <= outer[1];

/** What a value, and every value in it where it is a literal, would lose as JSON. */
function lossesOf({ file, reach }: Pick<Job, 'file' | 'reach'>, node: t.Expression): Evidence[] {
  return reach.library.keepsNonJson
    ? [holds(`${nameOf(reach)} writes every value readably`)]
    : lossesAsJson(file, node);
}

function lossesAsJson(file: Context, node: t.Expression): Evidence[] {
  const inner = bare(node);
  if (inner.type === 'ObjectExpression') {
    return inner.properties.flatMap((one): Evidence[] => {
      if (one.type === 'ObjectMethod')
        return [fails('an object with a method is logged, which JSON leaves out')];
      if (one.type === 'SpreadElement') return lossesAsJson(file, one.argument);
      const value = one.value as t.Expression;
      return errornessOf(file, value) === undefined
        ? lossesAsJson(file, value)
        : [
            fails(
              `\`${shortText(file, value)}\` is an error inside an object, whose message and stack JSON leaves out`,
            ),
          ];
    });
  }
  if (inner.type === 'ArrayExpression') {
    return inner.elements.flatMap((one): Evidence[] => {
      if (one === null) return [];
      if (one.type === 'SpreadElement') return [lossOf(file, node)];
      const value = one;
      return errornessOf(file, value) === undefined
        ? lossesAsJson(file, value)
        : [
            fails(
              `\`${shortText(file, value)}\` is an error inside a list, whose message and stack JSON leaves out`,
            ),
          ];
    });
  }
  return [lossOf(file, node)];
}

/** For loggers whose record has fields. */
function asFields(job: Job): Plan {
  const { file, reach, wanted, pieces, items, error, redactions } = job;
  const { library, configured } = reach;
  const isFieldsFirst = library.convention === 'fields-then-message';
  const unchanged = { edits: [], shown: [holds('the text that is logged stays as it is')] };

  if (wanted.withStack !== true) {
    if (items.length === 0) {
      if (job.values.length === 1 && !hasColours(job)) return unchanged;
      if (job.values.length > 0)
        return { args: code`${quoted(file, pieces.join('').trim())}`, edits: [], shown: unchanged.shown };
      return { args: code`${quoted(file, wanted.otherwise ?? '')}`, edits: [], shown: unchanged.shown };
    }
    const [only] = items;
    if (
      isOneText(job, true) &&
      redactions.length > 0 &&
      pieces.length === 1 &&
      only !== undefined &&
      !only.hidden.some((one) => one.node === bare(only.value.node))
    ) {
      return { args: withoutSecrets(file, only.value.node, only.hidden), edits: [], shown: redactions };
    }
    if (isOneText(job) && pieces.length === 1 && only !== undefined && !hasColours(job)) return unchanged;
    if (
      pieces.length === 1 &&
      only !== undefined &&
      error === undefined &&
      isNamedText(only.value.node) &&
      only.hidden.length === 0
    ) {
      return { edits: [], shown: [assumed(`\`${shortText(file, only.value.node)}\` is a text`)] };
    }
    if (error !== undefined && pieces.length === 1 && wanted.otherwise === undefined) return onlyError(job);
    if (isFilled(job))
      return {
        edits: [],
        shown: [holds(`${nameOf(reach)} fills its formats as \`console\` does, and every value has one`)],
      };
    if (
      error !== undefined &&
      (library.name === 'winston' || (library.error === 'err-first' && items.length > 1))
    ) {
      const rest = items.filter((one) => one !== error);
      const isPlain = rest.every(({ value }) => value.asText || isPrimitive(file, value.node));
      if (isPlain) return library.name === 'winston' ? asText(job) : errorThenText(job, error);
    }
  }

  const shown: Evidence[] = [...redactions];
  const fields = new Fields(library.reserved);
  const clean = messageWithoutValues(pieces, error?.value);
  const canFill =
    clean === undefined &&
    items.every(
      ({ value, errorness }) => value.asText || errorness !== undefined || isPrimitive(file, value.node),
    ) &&
    pieces.some((piece) => typeof piece === 'string' && piece.trim() !== '');
  let after: Code | undefined;
  const written = new Map<string, { readonly key: string; readonly at: number }>();
  /** The field of each piece that is a value. */
  const fieldOf = new Map<Piece, string>();
  const names: string[] = [];

  for (const { value, at, errorness, hidden } of items) {
    const { node } = value;
    const inner = bare(node);
    if (errorness !== undefined && error !== undefined) {
      const text = shortText(file, node);
      if (library.error === 'err-field') {
        const key = configured.errorKey ?? 'err';
        fields.put(key, code`${node}`, node);
        fieldOf.set(value, key);
        shown.push(keptUnder(error, text, key));
      } else if (library.error === 'plain-err-field') {
        if (!isPath(node)) return refuse(`\`${text}\` would be evaluated twice`);
        fields.put('error', code`{ message: ${node}.message, stack: ${node}.stack }`, undefined);
        shown.push(mustBeError(text));
      } else {
        if (library.error === 'err-first' && items.length > 1)
          return refuse(
            `${nameOf(reach)} writes an error among fields as \`{}\` unless \`serializers.err\` is set`,
          );
        if (!canMoveError(job, isFieldsFirst ? 'first' : 'last')) return refuse(MOVED);
        after = code`${node}`;
        shown.push(library.error === 'err-first' ? keptFirst(job, error) : errorAfterMessage(job));
      }
      continue;
    }
    if (inner.type === 'ObjectExpression' && !value.asText) {
      const lost = addLiteral(job, fields, inner, hidden, shown);
      if (lost !== undefined) return refuse(lost);
      continue;
    }
    const before = isPath(node) ? written.get(file.textOf(inner)) : undefined;
    if (before !== undefined && (isConstant(file, node) || !changesBetween(job, before.at, at))) {
      fieldOf.set(value, before.key);
      continue;
    }
    const isHidden = hidden.some((one) => one.node === inner);
    if (!isHidden) shown.push(...lossesOf(job, node), ...formatLoss(file, value));
    const short = fieldNameOf(inner) ?? labelBefore(pieces, at) ?? 'value';
    const wished = before === undefined && fields.has(short) ? (fieldNameOf(inner, true) ?? short) : short;
    names.push(wished);
    const key = fields.add(
      isIdentifier(wished) ? wished : 'value',
      withoutSecrets(file, node, hidden),
      isHidden ? undefined : inner,
      before !== undefined,
    );
    fieldOf.set(value, key);
    written.set(file.textOf(inner), { key, at });
  }
  if (wanted.withStack === true) {
    if (library.name !== 'pino' && library.name !== 'bunyan' && library.name !== 'winston')
      return refuse(`${nameOf(reach)} writes no stack beside a message: decide whether one is needed`);
    fields.put('stack', code`new Error().stack`, undefined);
  }
  if (library.name === 'bunyan' && items.some(({ value }) => kindsOf(file, value.node).has('bigint')))
    return refuse('bunyan throws where a bigint is logged');

  const keys = fields.list.flatMap((one) => ('key' in one ? [one.key] : []));
  const text =
    clean ??
    (canFill ? filledWith(fieldOf, error?.value.asText === false ? withoutError(job) : pieces) : undefined) ??
    (looseMessage(pieces) || (wanted.otherwise ?? (names.length === items.length ? names : keys).join(', ')));
  const message = messageLiteral(job, text);
  if (pieces.some((piece) => typeof piece === 'string') && items.some(({ value }) => value.asText)) {
    shown.push(holds(`the message becomes the constant "${text}": what stood in it is in the fields`));
  }
  if (
    library.name === 'winston' &&
    configured.json !== true &&
    configured.showsFields !== true &&
    fields.list.length > 0
  ) {
    shown.push(assumed("the logger's format writes fields"));
  }
  if (shown.length === 0) shown.push(holds('every value that is logged stays in the message'));
  const literal = fields.list.length > 0 ? onlyLiteral(job, fields) : undefined;
  const isLong = lengthOf(job, [literal, message, after]) > MAX_COLUMN && fields.list.length > 1;
  const fieldsCode = isLong && literal?.length !== 1 ? fields.toLines(file) : literal;
  const order = isFieldsFirst
    ? [after, fieldsCode, message]
    : library.name === 'winston' && after !== undefined && fieldsCode !== undefined
      ? undefined
      : [message, fieldsCode, after];
  if (order === undefined)
    return refuse('winston takes an error or fields after the message, and both are logged here');
  const args = code`${order.filter((one) => one !== undefined)}`;
  return { args, edits: [], shown };
}

/** The fields: the logged object literal itself where it is all of them and stays as it is. */
function onlyLiteral({ items, redactions, reach }: Job, fields: Fields): Code {
  const [only] = items;
  const inner = only === undefined ? undefined : bare(only.value.node);
  if (items.length !== 1 || inner?.type !== 'ObjectExpression' || redactions.length > 0)
    return fields.toCode();
  const names = inner.properties.map((one) =>
    one.type === 'ObjectProperty' && one.key.type === 'Identifier' ? one.key.name : '',
  );
  const isSame =
    inner.properties.length === fields.list.length &&
    fields.list.every((one, at) => 'raw' in one || one.key === names[at]);
  return isSame &&
    !names.some(
      (name) => reach.library.reserved.includes(name) && name !== (reach.configured.errorKey ?? 'err'),
    )
    ? code`${inner}`
    : fields.toCode();
}

/** Columns after which a call is written on several lines, as where no formatter would do it. */
const MAX_COLUMN = 110;

/** The column at which the call ends that is written in place of the old one, on one line. */
function lengthOf({ file, reach, wanted }: Job, args: readonly (Code | undefined)[]): number {
  const text = args.filter((one) => one !== undefined).map((one) => textOf(one, file.text));
  const start = wanted.call?.loc?.start.column ?? 0;
  return start + reach.logger.length + wanted.level.length + text.join(', ').length + 4;
}

/** The message with the name of its field in place of each value: "moved {from} to {to}". */
const filledWith = (fieldOf: ReadonlyMap<Piece, string>, pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => (isValue(piece) ? `{${fieldOf.get(piece) ?? 'error'}}` : piece))
    .join('')
    .trim();

/** The message as a literal: the argument itself where that is just the message. */
function messageLiteral({ values, file }: Job, text: string): Code {
  const same = values.find((one) => one.type === 'StringLiteral' && one.value === text);
  return same === undefined ? code`${quoted(file, text)}` : code`${same}`;
}

/** Whether every value after a format has its place in it, and the logger fills it as `console` does. */
function isFilled({ file, reach, values, error, redactions }: Job): boolean {
  const [first] = values;
  if (!reach.library.interpolates || !isFormat(values) || first?.type !== 'StringLiteral') return false;
  const formats = first.value.match(/%[sdifjoOc%]/g)?.filter((one) => one !== '%%') ?? [];
  if (
    !formats.every((one) => /^%[sdif]$/.test(one)) ||
    formats.length !== values.length - 1 ||
    error !== undefined ||
    redactions.length > 0
  )
    return false;
  return values.slice(1).every((one, at) => {
    const kinds = [...kindsOf(file, one)];
    const isNumber = kinds.every((kind) => kind === 'number');
    const isWhole = isNumber && finitenessOf(file, one) === 'whole';
    if (formats[at] === '%s')
      return isWhole || kinds.every((kind) => kind === 'string' || kind === 'boolean');
    return formats[at] === '%i' ? isWhole : isNumber;
  });
}
