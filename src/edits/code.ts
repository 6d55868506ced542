import { spanOf, type Code, type Span, type Spanned } from './edit.ts';

/** What may stand in a hole of `` code`…` ``: text, a node to quote, other code, or a list of these joined by commas. */
export type Hole = string | number | Spanned | Code | Span | readonly Hole[];

interface Parenthesized extends Spanned {
  readonly extra?: { readonly parenStart?: unknown; readonly parenEnd?: unknown } | null;
}

/** The span of `node` with the parentheses around it, where the parser noted any. */
export function outerSpanOf(node: Spanned): Span {
  const { extra } = node as Parenthesized;
  const [start, end] = spanOf(node);
  if (typeof extra?.parenStart !== 'number' || typeof extra.parenEnd !== 'number') return [start, end];
  return [extra.parenStart, extra.parenEnd];
}

const isSpan = (hole: readonly unknown[]): hole is Span =>
  hole.length === 2 && typeof hole[0] === 'number' && typeof hole[1] === 'number';

/** Code is made by this module only, so that a list of holes and a piece of code are told apart. */
const made = new WeakSet<object>();

function asCodeParts(hole: Hole): Code {
  if (typeof hole === 'string' || typeof hole === 'number') return [String(hole)];
  if (!isList(hole)) return [outerSpanOf(hole)];
  if (isSpan(hole)) return [hole];
  if (made.has(hole)) return hole as Code;
  return (hole as readonly Hole[]).flatMap((one, index) =>
    index === 0 ? asCodeParts(one) : [', ', ...asCodeParts(one)],
  );
}

const isList = (hole: Hole): hole is readonly Hole[] | Code | Span => Array.isArray(hole);

/** Joins neighbouring texts and marks the result as code. */
function asCode(parts: Code): Code {
  const joined: (string | Span)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  made.add(joined);
  return joined;
}

/**
 * New code as a template: `` code`await Promise.all([${calls}])` ``. A node in a hole quotes the original text,
 * with its parentheses and comments; a list in a hole is joined by `, `.
 */
export function code(texts: TemplateStringsArray, ...holes: readonly Hole[]): Code {
  return asCode(
    texts.flatMap((text, index) => (index === 0 ? [text] : [...asCodeParts(holes[index - 1] ?? ''), text])),
  );
}

/** Joins pieces of code with `separator` between them, as `Array.prototype.join` does. */
export function joinCode(pieces: readonly Hole[], separator: string): Code {
  return asCode(
    pieces.flatMap((piece, index) => (index === 0 ? asCodeParts(piece) : [separator, ...asCodeParts(piece)])),
  );
}

/** The text of `pieces`, its quotations read from `baseline` as they stand there. */
export function textOf(pieces: Code, baseline: string): string {
  return pieces.map((part) => (typeof part === 'string' ? part : baseline.slice(part[0], part[1]))).join('');
}
