import type { t } from '../syntax/ast.ts';
import { bare, namesOf } from '../facts/values.ts';

/** A value that is logged. */
export interface LoggedValue {
  readonly node: t.Expression;
  /** Whether it is joined to a text (`${x}`, `'…' + x`), so that it is written as `String(x)`. */
  readonly asText: boolean;
  /** Whether its place is inside a text: it is joined to one, or fills a format. */
  readonly isInside: boolean;
  /** The format that it fills: `%d`. */
  readonly format?: string;
}

/** What is logged, in its order: texts, with the spaces that `console` sets between arguments, and values. */
export type Piece = string | LoggedValue;

const isText = (piece: Piece): piece is string => typeof piece === 'string';

// oxlint-disable-next-line no-control-regex -- The escape character is what is looked for.
const COLOURS = /\u001b\[[\d;]*m/g;
const PAINTERS = /^(chalk|colors|kleur|picocolors|pc|ansis|clc|c)$/;

/** The argument of a call that only paints it: `chalk.red.bold('text')`. */
function paintedBy(node: t.Expression): t.Expression | undefined {
  if (node.type !== 'CallExpression' || node.arguments.length !== 1) return undefined;
  const names = namesOf(node.callee);
  const [painted] = node.arguments;
  if (names === undefined || names.length < 2 || !PAINTERS.test(names[0] ?? '')) return undefined;
  return painted === undefined || painted.type === 'SpreadElement' || painted.type === 'ArgumentPlaceholder'
    ? undefined
    : painted;
}

/** Whether a `+` chain begins with a text, so that each `+` joins texts. */
function joinsTexts(node: t.Node): boolean {
  if (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') return true;
  return (
    node.type === 'BinaryExpression' &&
    node.operator === '+' &&
    (joinsTexts(node.left) || (joinsTexts(node.right) && node.left.type !== 'BinaryExpression'))
  );
}

function piecesOfValue(node: t.Expression, asText: boolean, isInside = asText): Piece[] {
  const inner = bare(node);
  const painted = paintedBy(inner);
  if (painted !== undefined) return piecesOfValue(painted, true);
  if (inner.type === 'StringLiteral') return [inner.value];
  if (inner.type === 'NumericLiteral' || inner.type === 'BooleanLiteral') return [String(inner.value)];
  if (inner.type === 'TemplateLiteral') {
    return inner.quasis.flatMap(({ value }, at): Piece[] => {
      const hole = inner.expressions[at];
      const text = value.cooked ?? value.raw;
      return hole === undefined ? [text] : [text, ...piecesOfValue(hole as t.Expression, true)];
    });
  }
  if (inner.type === 'BinaryExpression' && joinsTexts(inner) && inner.left.type !== 'PrivateName') {
    return [...piecesOfValue(inner.left, true), ...piecesOfValue(inner.right, true)];
  }
  return [{ node, asText, isInside }];
}

/** Joins neighbouring texts and takes terminal colours out. */
function merged(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (isText(piece) && last !== undefined && isText(last)) found[found.length - 1] = last + piece;
    else if (piece !== '') found.push(piece);
  }
  return found
    .map((piece) => (isText(piece) ? piece.replace(COLOURS, '') : piece))
    .filter((piece) => piece !== '');
}

/** A format as `util.format` reads it. Source: https://nodejs.org/api/util.html#utilformatformat-args */
const FORMAT = /%[sdifjoOc%]/g;

/** Whether `console` reads its first argument as a format. */
export function isFormat(values: readonly t.Expression[]): boolean {
  const [first] = values;
  return first?.type === 'StringLiteral' && values.length > 1 && first.value.search(FORMAT) !== -1;
}

/** What fills a format: `%d` of a text is no text, and `%i` of 1.5 is 1. */
function filling(format: string, value: t.Expression): readonly Piece[] {
  const inner = bare(value);
  const isNumber = inner.type === 'NumericLiteral' && (format !== '%i' || Number.isInteger(inner.value));
  if (format === '%s' || isNumber)
    return piecesOfValue(value, false, true).map((piece) => (isText(piece) ? piece : { ...piece, format }));
  return [{ node: value, asText: false, isInside: true, format }];
}

/** What a call of `console` with these arguments logs, its format filled and its surplus arguments appended, as `console` does. */
export function piecesOf(values: readonly t.Expression[]): readonly Piece[] {
  const [first] = values;
  if (first === undefined) return [];
  if (!isFormat(values) || first.type !== 'StringLiteral') {
    return merged(
      values.flatMap((value, at) => [...(at === 0 ? [] : [' ']), ...piecesOfValue(value, false)]),
    );
  }
  const pieces: Piece[] = [];
  let used = 1;
  let from = 0;
  for (const { 0: format, index } of first.value.matchAll(FORMAT)) {
    const value = values[used];
    pieces.push(first.value.slice(from, index));
    from = index + format.length;
    if (format === '%%') pieces.push('%');
    else if (value === undefined) pieces.push(format);
    else {
      used++;
      if (format !== '%c') pieces.push(...filling(format, value));
    }
  }
  pieces.push(first.value.slice(from));
  return merged([
    ...pieces,
    ...values.slice(used).flatMap((value): Piece[] => [' ', ...piecesOfValue(value, false)]),
  ]);
}

const HOLE = '\uE000';

/** Words after which a text without the value that follows them cannot be read. */
const OPEN_WORDS = new Set(
  `a an the of to in at by on for from with without than as is are was were be been has have had and or after before per via into
  onto within until under over between not no vs took got expected equals because while using`.split(/\s+/),
);

/**
 * The message without its values, where it can still be read: `User ${id} logged in` → "User logged in"; undefined for
 * `retrying in ${delay}ms`, `moved ${from} to ${to}` and texts that are hardly more than their values.
 * @param error the value that has a place of its own, as an error
 */
export function messageWithoutValues(pieces: readonly Piece[], error?: LoggedValue): string | undefined {
  const holes = pieces.filter(isLoggedValue);
  const text = withHoles(pieces).replace(
    /\[\uE000\]|\(\uE000\)|"\uE000"|'\uE000'|`\uE000`|<\uE000>|\{\uE000\}/g,
    HOLE,
  );
  let at = -1;
  for (const { index } of text.matchAll(/\uE000/g)) {
    at++;
    const before = text.slice(0, index);
    const after = text.slice(index + 1);
    if (!/(^|[\s:=#-])$/.test(before) || !/^($|[\s,.;:!?)\uE000])/.test(after)) return undefined;
    const word = /([A-Za-z]+)[\s:=#-]*$/.exec(before.replaceAll(HOLE, ''))?.[1]?.toLowerCase();
    const isLast = after.replace(/[\s.!:;]/g, '') === '';
    const isOpen = word !== undefined && OPEN_WORDS.has(word) && /[A-Za-z]\s+$/.test(before);
    if (isOpen && !(isLast && (holes.length === 1 || holes[at]?.isInside === false))) return undefined;
    if (!isLast && after.startsWith(',') && !/[:=]\s*$/.test(before)) return undefined;
    if (/^\s*(of|and|or|to|than|vs|x|ms|s|%|seconds?|minutes?|bytes|times)\b/.test(after)) return undefined;
    if (before.trim() === '' && /^\s*(is|are|was|were|has|have|had|in|on|at|by|for|from|with)\b/.test(after))
      return undefined;
  }
  const message = tidied(text, holes.at(-1)?.isInside === true);
  const words = message.match(/[\p{L}\d]+/gu)?.length ?? 0;
  const inTexts = holes.filter((one) => one.isInside && one !== error).length;
  return words > (inTexts > 1 ? 1 : 0) ? message : undefined;
}

const isLoggedValue = (piece: Piece): piece is LoggedValue => !isText(piece);

const withHoles = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (isText(piece) ? piece : HOLE)).join('');

/** A text whose holes are taken out, with what only led to them. */
function tidied(text: string, endsInText: boolean): string {
  const message = text
    .replace(/\s*[:=#-]*\s*\uE000/g, (match) => (match.startsWith(HOLE) ? '' : ' '))
    .replace(/[ \t]+/g, ' ')
    .replace(/ +([,.;:!?)\]])/g, '$1')
    .replace(/([,;:]\s*)+(?=[,;:.!?]|$)/g, '')
    .replace(/[\s:=,#(-]+$/, '')
    .replace(/^[\s:=,-]+/, '');
  const trailing = endsInText && /\uE000[\s.!:;]*$/.test(text) ? /\s+([A-Za-z]+)$/.exec(message) : null;
  return trailing?.[1] !== undefined && OPEN_WORDS.has(trailing[1].toLowerCase())
    ? message.slice(0, trailing.index)
    : message;
}

/** The texts of a message joined, its values left out, however it reads. */
export function looseMessage(pieces: readonly Piece[]): string {
  const message = tidied(withHoles(pieces), false);
  return /[\p{L}\d]/u.test(message) ? message : '';
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string =>
  /^[A-Z\d_]+$/.test(text) ? text.toLowerCase() : text.charAt(0).toLowerCase() + text.slice(1);

/** A name as a field is named: `MAX_SIZE` is maxSize, `x-request-id` is xRequestId. */
function fieldName(name: string): string {
  const words = /^[A-Z\d_]+$/.test(name) ? name.toLowerCase().split('_') : name.split(/[^\w$]+/);
  return words
    .filter((word) => word !== '')
    .map((word, at) => (at === 0 ? word : upperFirst(word)))
    .join('')
    .replace(/^_+(?=\w)/, '');
}

const VERBS =
  /^(get|fetch|find|load|read|compute|calculate|create|make|build|format|render|serialize|stringify|extract|resolve|parse|to)(?=[A-Z])/;
const SAME_VALUE = new Set(
  `toString toISOString toUTCString toLocaleString toLocaleDateString toLocaleTimeString toJSON toObject toHexString join trim toFixed toPrecision slice substring
  substr toLowerCase toUpperCase map filter sort reverse flat split replace replaceAll get padStart padEnd json text lean exec`.split(
    /\s+/,
  ),
);
const WRAPPERS =
  /^(String|Number|Boolean|parseInt|parseFloat|JSON\.(stringify|parse)|util\.(inspect|format)|inspect|Array\.from|Object\.(fromEntries|assign)|structuredClone)$/;

/** What is at hand in every handler: its name in front of a field's adds nothing. */
const ROOTS = new Set(['req', 'request', 'res', 'ctx']);

/**
 * The name of the field that holds the value of an expression, taken from what it says; undefined where it says nothing.
 * @param withRoot whether `req.method` is `reqMethod`, as where `method` is taken
 */
export function fieldNameOf(node: t.Node, withRoot = false): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return fieldName(node.name);
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const { property, object } = node;
      if (property.type === 'PrivateName') return fieldName(property.id.name);
      if (node.computed && property.type !== 'StringLiteral') return fieldNameOf(object);
      const own =
        property.type === 'Identifier'
          ? property.name
          : property.type === 'StringLiteral'
            ? property.value
            : '';
      if (/^[A-Z\d_]+$/.test(own)) return fieldName(own);
      const isBare =
        object.type === 'ThisExpression' ||
        (!withRoot && object.type === 'Identifier' && ROOTS.has(object.name));
      const holder = isBare ? undefined : lastNameOf(object);
      return holder === undefined ? fieldName(own) : fieldName(holder) + upperFirst(fieldName(own));
    }
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const { callee } = node;
      const [argument] = node.arguments;
      const names = namesOf(callee)?.join('.');
      if (names !== undefined && WRAPPERS.test(names))
        return argument === undefined ? undefined : fieldNameOf(argument);
      if (/^Object\.(keys|values|entries)$/.test(names ?? '') && argument !== undefined) {
        const of = fieldNameOf(argument);
        return of === undefined ? undefined : of + upperFirst(names?.split('.')[1] ?? '');
      }
      if (callee.type === 'Identifier') return lowerFirst(fieldName(callee.name.replace(VERBS, '')));
      if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
      if (callee.property.type !== 'Identifier' || callee.computed) return fieldNameOf(callee.object);
      if (SAME_VALUE.has(callee.property.name)) return fieldNameOf(callee.object);
      return lowerFirst(fieldName(callee.property.name.replace(VERBS, '')));
    }
    case 'NewExpression':
      return node.callee.type === 'Identifier' ? lowerFirst(node.callee.name) : undefined;
    case 'AwaitExpression':
      return fieldNameOf(node.argument);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
      return fieldNameOf(node.expression);
    case 'LogicalExpression':
      return fieldNameOf(node.left);
    case 'UnaryExpression': {
      const of = node.operator === 'typeof' ? fieldNameOf(node.argument) : undefined;
      return of === undefined ? undefined : `${of}Type`;
    }
    case 'ConditionalExpression':
      return fieldNameOf(node.consequent) ?? fieldNameOf(node.alternate);
    default:
      return undefined;
  }
}

/** The last name of a path or of the call at its end: `data` of `response.data`. */
function lastNameOf(node: t.Node): string | undefined {
  const inner =
    node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression' ? node.expression : node;
  return namesOf(inner)?.at(-1) ?? fieldNameOf(inner);
}

/** The word that labels the value at `at`: `total` of `total: ${a + b}`. */
export function labelBefore(pieces: readonly Piece[], at: number): string | undefined {
  const before = pieces[at - 1];
  if (before === undefined || !isText(before)) return undefined;
  const label = (/([A-Za-z][A-Za-z\d]*)\s*[:=]\s*$/.exec(before) ??
    /^\s*([A-Za-z][A-Za-z\d]*)\s*$/.exec(before))?.[1];
  return label === undefined || OPEN_WORDS.has(label.toLowerCase()) ? undefined : lowerFirst(label);
}
