import type { Colors, Formatter } from 'picocolors/types.js';
import stringWidth from 'string-width';
import type { Marks } from '../emphasis.ts';
import { CODE_STYLES, stylesIn, type CodeStyle } from '../syntax.ts';
import { plainCode } from './plain-code.ts';

/** Of a longer line only the beginning is shown. */
const MOST_LINE = 2000;

const same: Formatter = (text) => String(text);

const formatOf = (style: CodeStyle | undefined, colors: Colors): Formatter =>
  style === undefined
    ? same
    : {
        keyword: colors.magenta,
        string: colors.yellow,
        number: colors.cyan,
        comment: colors.dim,
        type: colors.cyan,
        function: colors.blueBright,
        definition: same,
        property: same,
      }[style];

/** Lines of one file that stand one below the other. */
export class PaintedCode {
  private readonly texts: readonly string[];
  private readonly starts: readonly number[];
  /** What each unit is: one more than the index of its style, 0 for none. */
  private readonly styles: Uint8Array;
  /** Which units differ from the other side of a diff. */
  private readonly marks: Uint8Array;

  constructor(path: string, texts: readonly string[]) {
    const whole = texts.map((text) => `${text}\n`).join('');
    let at = 0;
    this.texts = texts;
    this.starts = texts.map((text) => (at += text.length + 1) - text.length - 1);
    this.styles = new Uint8Array(whole.length);
    for (const { from, to, style } of stylesIn(path, whole))
      this.styles.fill(CODE_STYLES.indexOf(style) + 1, from, to);
    this.marks = new Uint8Array(whole.length);
  }

  /** Marks what differs in the lines from `first` on. */
  mark(first: number, marks: Marks): void {
    this.marks.set(marks, this.starts[first] ?? 0);
  }

  /** One line in its colours, fit for a terminal; what is marked in it is painted by `marked`. */
  line(index: number, colors: Colors, marked: Formatter = same): string {
    const whole = this.texts[index] ?? '';
    const text = whole.slice(0, MOST_LINE);
    const start = this.starts[index] ?? 0;
    let painted = '';
    let column = 0;
    for (let from = 0; from < text.length;) {
      const [style = 0, mark] = [this.styles[start + from], this.marks[start + from]];
      let to = from + 1;
      while (to < text.length && this.styles[start + to] === style && this.marks[start + to] === mark) to++;
      const plain = plainCode(text.slice(from, to), column);
      painted += mark === 1 ? marked(plain) : formatOf(CODE_STYLES[style - 1], colors)(plain);
      column += stringWidth(plain);
      from = to;
    }
    return whole.length > text.length ? `${painted}${colors.dim('…')}` : painted;
  }
}
