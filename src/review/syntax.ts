import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/javascript';

/** What a piece of code is, for its colour: in the terminal and in the page, so nothing here may need Node. */
export const CODE_STYLES = [
  'keyword',
  'string',
  'number',
  'comment',
  'type',
  'function',
  'definition',
  'property',
] as const;

export type CodeStyle = (typeof CODE_STYLES)[number];

const isStyle = (name: string): name is CodeStyle => CODE_STYLES.some((style) => style === name);

const HIGHLIGHTER = tagHighlighter([
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string), tags.escape], class: 'string' },
  { tag: tags.number, class: 'number' },
  {
    tag: [tags.keyword, tags.self, tags.modifier, tags.bool, tags.null, tags.atom],
    class: 'keyword',
  },
  { tag: [tags.typeName, tags.className, tags.tagName], class: 'type' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.macroName],
    class: 'function',
  },
  { tag: tags.definition(tags.variableName), class: 'definition' },
  { tag: tags.propertyName, class: 'property' },
]);

/** The dialect of a file by its name; undefined where it is none of JavaScript. */
function dialectOf(path: string): string | undefined {
  const [, module = '', kind = '', react = ''] = /\.([cm]?)([jt]s)(x?)$/i.exec(path) ?? [];
  if (kind === '') return /\.json$/i.test(path) ? '' : undefined;
  const isTyped = kind.toLowerCase() === 'ts';
  // In a .ts file `<T>` is a type.
  const hasTags = react !== '' || (!isTyped && module.toLowerCase() !== 'm');
  return [...(isTyped ? ['ts'] : []), ...(hasTags ? ['jsx'] : [])].join(' ');
}

/** Opens the comment that a stretch of a file begins within, so that its first lines are not taken for code. */
function opening(text: string): string {
  const end = text.indexOf('*/');
  const start = text.indexOf('/*');
  const isWithin = end !== -1 && (start === -1 || end < start) && /^\s*\*/.test(text);
  return isWithin ? '/*' : '';
}

/** A stretch of text of one style; offsets are into the text that was asked about. */
export interface StyledSpan {
  readonly from: number;
  readonly to: number;
  readonly style: CodeStyle;
}

/** More than that is looked at in one colour: nobody reads it, and a key is to answer at once. */
const MOST_TEXT = 200_000;

/** The colours of a stretch of the file at `path`, which need not parse. */
export function stylesIn(path: string, text: string): readonly StyledSpan[] {
  const dialect = dialectOf(path);
  if (dialect === undefined || text.length > MOST_TEXT) return [];
  const head = opening(text);
  const tree = parser.configure({ dialect }).parse(head + text);
  const spans: StyledSpan[] = [];
  highlightTree(tree, HIGHLIGHTER, (from, to, names) => {
    const style = names.split(' ').find(isStyle);
    const start = Math.max(0, from - head.length);
    if (style !== undefined && to > head.length) spans.push({ from: start, to: to - head.length, style });
  });
  return spans;
}
