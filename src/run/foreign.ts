import { basename } from 'node:path';
import { assumed, fails, type Evidence, type Site } from '../evidence.ts';
import { parseFile } from '../syntax/file.ts';
import { lineOf } from '../syntax/lines.ts';
import { ParseError } from '../syntax/parse.ts';
import { stockApi, stockParserFor, type StockApi, type StockParser } from '../syntax/stock-api.ts';
import type { Token } from '../syntax/tokens.ts';
import type { FileContext, Finding, Options, Transform } from '../transform.ts';
import { contained } from './contained.ts';
import { reduce, type Reduced } from './reduce.ts';

type Printed = string | null | undefined | void;

/** An ordinary jscodeshift transform: the whole new text of a file, or nothing where it has nothing to change. */
export type StockTransform = (
  file: { readonly path: string; readonly source: string },
  api: StockApi,
  options: Options,
) => Printed | Promise<Printed>;

/** The transform that a module exports, as jscodeshift looks for it: its default export, else the module itself. */
function exportsOf(
  module: unknown,
): { transform: StockTransform; parser: StockParser | undefined } | undefined {
  const layers = layersOf(module);
  const transform = layers.findLast((layer): layer is StockTransform => typeof layer === 'function');
  if (transform === undefined) return undefined;
  const parser = layers.map((layer) => (layer as { parser?: unknown } | undefined)?.parser).find(isParser);
  return { transform, parser };
}

/** A CommonJS module that was compiled from an ES module comes with its default export inside the default export. */
const layersOf = (module: unknown): unknown[] => [module, defaultOf(module), defaultOf(defaultOf(module))];

const defaultOf = (module: unknown): unknown => (module as { default?: unknown } | null | undefined)?.default;

const isTransform = (value: unknown): value is Transform =>
  (value as { prefilter?: unknown } | null | undefined)?.prefilter instanceof RegExp;

const isParser = (value: unknown): value is StockParser =>
  typeof value === 'string' || typeof (value as { parse?: unknown } | null | undefined)?.parse === 'function';

const asId = (name: string): string =>
  basename(name)
    .replace(/\.[mc]?[jt]sx?$/, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase() || 'codemod';

/**
 * An ordinary jscodeshift transform as one of ours. It runs on each file; its output is reduced to the fewest edits and
 * becomes one finding a file, since its changes may need each other. Nobody proved them, so its level is `review`.
 *
 * The finding only reports, without edits, when the output
 * - does not parse;
 * - lost a comment although its code is still there: the code before it on its line, else the line below it (above it,
 *   where it stands last in a block), of which at least half of the tokens are kept, and no new comment takes its place;
 * - has a template literal or string again with other whitespace in it, as a re-indented query;
 * - lost a `#!` line, or a directive that still means something.
 *
 * A module that exports one of ours gives that.
 *
 * `name` is the path or package that `module` came from. An error that the codemod throws is the failure of that file.
 * @throws {TypeError} when the module exports no function.
 */
export function asTransform(name: string, module: unknown): Transform {
  const own = layersOf(module).find(isTransform);
  if (own !== undefined) return own;
  const found = exportsOf(module);
  if (found === undefined) {
    throw new TypeError(`${name} exports neither a transform nor a function that jscodeshift could call.`);
  }
  const id = asId(name);
  return {
    id,
    summary: `Apply the codemod \`${id}\`.`,
    prefilter: /(?:)/,
    inspectAsync: (file) => findingsOf(file, id, found.transform, found.parser),
  };
}

async function findingsOf(
  file: FileContext,
  id: string,
  transform: StockTransform,
  parser: StockParser | undefined,
): Promise<readonly Finding[]> {
  const messages: string[] = [];
  const api = stockApi(parser ?? stockParserFor(file.path), (message) => messages.push(message));
  const output = await contained(() => transform({ path: file.path, source: file.text }, api, file.options));
  if (output != null && typeof output !== 'string')
    throw new TypeError(`it returned ${typeof output} instead of a text or nothing`);
  const said = messages.map((message): Finding => ({
    at: { start: 0, end: 0 },
    title: message,
    evidence: [fails(`\`${id}\` only reports this`)],
  }));
  if (typeof output !== 'string' || output === '' || output === file.text) return said;
  return [...said, ...rewriteOf(file, id, output.replace(/^\uFEFF/, ''))];
}

function rewriteOf(file: FileContext, id: string, printed: string): readonly Finding[] {
  let reduced: Reduced;
  try {
    reduced = reduce(file.path, file.text, printed);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const claim = `what \`${id}\` printed does not parse: ${error.message} (line ${error.line} of it)`;
    return [{ at: { start: 0, end: 0 }, title: `Apply \`${id}\``, evidence: [fails(claim)] }];
  }
  const { replacements } = reduced;
  const [first] = replacements;
  if (first === undefined) return [];
  const faults = [...whySomethingIsLost(file, reduced, printed)];
  const places = replacements.length === 1 ? 'one place' : `${replacements.length} places`;
  return [
    {
      at: { start: first.span[0], end: first.span[1] },
      title: `Apply \`${id}\` in ${places}`,
      evidence: [assumed(`\`${id}\` is a codemod of yours: nobody proved its rewrite`), ...faults],
      ...(faults.length === 0 && {
        edits: replacements.map(({ span, text }) => ({
          file: file.path,
          span,
          code: text === '' ? [] : [text],
        })),
      }),
    },
  ];
}

/** The text on one line, cut after 60 characters. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/** What the codemod lost without meaning to; see `asTransform`. */
function* whySomethingIsLost(file: FileContext, reduced: Reduced, printed: string): Generator<Evidence> {
  const siteOf = ({ start }: Pick<Token, 'start'>): Site => ({
    path: file.path,
    line: lineOf(file.text, start),
  });
  for (const comment of lostComments(file.text, reduced)) {
    yield fails(
      `the comment \`${shorten(file.text.slice(comment.start, comment.end))}\` would be lost`,
      siteOf(comment),
    );
  }
  for (const literal of respacedLiterals(reduced)) {
    const kind = literal.kind === 'string' ? 'string' : 'template literal';
    yield fails(`the whitespace in the ${kind} would change, which is part of its value`, siteOf(literal));
  }
  const after = parseFile(file.path, printed);
  const isModule = after.find('ImportDeclaration').length + after.find('ExportNamedDeclaration').length > 0;
  const left = after.find('Directive').map(({ node }) => node.value.value);
  for (const { node } of file.find('Directive')) {
    const at = left.indexOf(node.value.value);
    if (at !== -1) left.splice(at, 1);
    else if (node.value.value !== 'use strict' || !isModule) {
      yield fails(`the directive \`${node.value.value}\` would be lost`, siteOf({ start: node.start ?? 0 }));
    }
  }
  if (file.tree.program.interpreter != null && after.tree.program.interpreter == null) {
    yield fails('the `#!` line would be lost', siteOf({ start: 0 }));
  }
}

function* lostComments(text: string, { tokens, hunks, kept, newTokens }: Reduced): Generator<Token> {
  const left = new Map<string, number>();
  for (const token of newTokens) {
    if (token.kind === 'comment') left.set(token.key, (left.get(token.key) ?? 0) + 1);
  }
  const take = (token: Token): boolean => {
    const count = left.get(token.key) ?? 0;
    left.set(token.key, count - 1);
    return count > 0;
  };
  const comments = tokens.filter((token) => token.kind === 'comment');
  for (const comment of comments) if (kept.has(comment)) take(comment);
  for (const comment of comments) {
    if (kept.has(comment) || take(comment)) continue;
    const hunk = hunks.find(({ removed }) => removed.includes(comment));
    const isReplaced = hunk?.added.some((token) => token.kind === 'comment') ?? false;
    const code = codeOfComment(text, tokens, comment);
    if (!isReplaced && code.length > 0 && code.filter((token) => kept.has(token)).length * 2 >= code.length)
      yield comment;
  }
}

/** The code tokens of the line that a comment is about: its own, else the next line with code, at a block's end the one above. */
function codeOfComment(text: string, tokens: readonly Token[], comment: Token): readonly Token[] {
  const code = tokens.filter((token) => token.kind !== 'comment');
  const before = code.findLast((token) => token.end <= comment.start);
  const next = code.find((token) => token.start >= comment.end);
  const isTrailing = before !== undefined && !text.slice(before.end, comment.start).includes('\n');
  const endsBlock = next === undefined || /^[)\]}]$/.test(next.key);
  const owner = isTrailing || endsBlock ? before : next;
  if (owner === undefined) return [];
  const line = lineOf(text, owner.start);
  return code.filter((token) => lineOf(text, token.start) === line);
}

const isLiteral = ({ kind }: Token): boolean => kind === 'template' || kind === 'string';
const bare = ({ key }: Token): string => key.replace(/\s+/g, ' ');

/** Literals that were taken away and came back with other whitespace. */
function* respacedLiterals({ hunks }: Reduced): Generator<Token> {
  const added = new Set(hunks.flatMap((hunk) => hunk.added.filter(isLiteral)).map(bare));
  for (const literal of hunks.flatMap((hunk) => hunk.removed.filter(isLiteral))) {
    if (added.has(bare(literal))) yield literal;
  }
}
