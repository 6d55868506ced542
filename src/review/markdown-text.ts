import { visible } from './describe.ts';

/** What GitHub makes a mention, a reference, a link, a formula or a picture of, wherever it stands outside of code. */
const SPOKEN_TO =
  /\S*(?:@|#\d|\bGH-\d|:\/\/|\bwww\.|\$)\S*|:[a-z][\w+-]*:|\b[0-9a-f]{7,40}\b|\b[\w.-]+\/[\w.-]+#\d+/gi;

const PUNCTUATION = /[\\`*_[\]<>&~|!{}]/g;

/** Text that nothing is made of: no emphasis, link, table cell or tag. */
const escaped = (text: string): string => text.replace(PUNCTUATION, '\\$&');

/** The longest run of backticks in a text. */
const longestRun = (text: string): number =>
  Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));

/** A piece of code in a line. */
export function codeSpan(code: string): string {
  if (code.trim() === '') return '';
  const fence = '`'.repeat(longestRun(code) + 1);
  const pad = /^`|`$|^ .* $/.test(code) ? ' ' : '';
  return `${fence}${pad}${code}${pad}${fence}`;
}

/** Code in lines of its own. `text` ends with a line ending. */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}${fence}\n`;
}

const entity = (character: string): string => `&#${character.codePointAt(0) ?? 32};`;

/** Text for a cell of a table or for HTML, in which no character means anything. */
const inert = (text: string): string =>
  text.replace(/[\\`*_[\]<>&~|!{}#@$"']|:(?=\/\/)|(?<=\bwww)\./gi, entity);

/** Code for a cell of a table, or for the line of something folded, where backticks are no code. */
export const codeTag = (code: string): string => `<code>${inert(visible(code))}</code>`;

/** The pieces of a sentence: those in backticks are code. */
function* piecesOf(sentence: string): Generator<{ readonly isCode: boolean; readonly text: string }> {
  let at = 0;
  for (const { 0: whole, 1: fence = '', 2: inside = '', index } of sentence.matchAll(
    /(`+)(?!`)(.*?[^`])\1(?!`)/g,
  )) {
    yield { isCode: false, text: sentence.slice(at, index) };
    yield { isCode: true, text: fence.length > 1 ? inside.trim() : inside };
    at = index + whole.length;
  }
  yield { isCode: false, text: sentence.slice(at) };
}

/** Prose around what has to be put into code, so that nobody is mentioned and nothing is linked. */
function withCode(text: string, asText: (text: string) => string, asCode: (code: string) => string): string {
  let made = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(SPOKEN_TO)) {
    made += asText(text.slice(at, index)) + asCode(found);
    at = index + found.length;
  }
  return made + asText(text.slice(at));
}

/** At the beginning of a line these begin a heading, a list or a rule. */
const begun = (line: string): string =>
  line.replace(/^(\s*)([#+=-])/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2');

/** A sentence as one line of Markdown that reads as it was meant: code stays code, and all else is text. */
export function prose(sentence: string): string {
  let made = '';
  for (const { isCode, text } of piecesOf(visible(sentence)))
    made += isCode ? codeSpan(text) : withCode(text, escaped, codeSpan);
  return begun(made);
}

/** A sentence for a cell of a table or for the line of something folded. */
export function cellProse(sentence: string): string {
  let made = '';
  for (const { isCode, text } of piecesOf(visible(sentence)))
    made += isCode ? codeTag(text) : withCode(text, inert, codeTag);
  return made;
}

/** At most `most` characters of a text, and a sign that there was more. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
