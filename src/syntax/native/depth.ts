/** Levels of brackets. */
const MOST_OPEN = 400;
/** Operators in a row, each of which may hold all that follow it, as in `a ? b : c ? d : e`. */
const MOST_OPERATORS = 1000;
/** UTF-16 units in a row in which words may do the same, as in `if (a) if (b)`. */
const LONGEST = 5000;
/** `else if` in a whole text: those of one chain are one in the other, too. */
const MOST_BRANCHES = 1500;

const OPENS = 1;
const CLOSES = 2;
/** Ends what is in a row. */
const ENDS = 4;
const OPERATES = 8;

/** What each character of ASCII says. */
const MARKS = new Uint8Array(128);
const mark = (characters: string, as: number): void => {
  for (const one of characters) {
    const code = one.charCodeAt(0);
    MARKS[code] = (MARKS[code] ?? 0) | as;
  }
};
mark('([{', OPENS);
mark(')]}', CLOSES);
mark('{},;', ENDS);
mark('?:=!~+-*/%&|^<>.', OPERATES);

/** How far brackets went up from where they were lowest. */
class Rise {
  private open = 0;
  private least = 0;

  isTooHigh(says: number): boolean {
    if (says & OPENS && ++this.open - this.least > MOST_OPEN) return true;
    if (says & CLOSES && --this.open < this.least) this.least = this.open;
    return false;
  }
}

const [LINE, BACKSLASH, TICK] = ['\n', '\\', '`'].map((one) => one.charCodeAt(0));
const QUOTES = new Set(['"', "'", '`'].map((one) => one.charCodeAt(0)));

/**
 * Whether `text` may be too deep a tree for the native parser: that has no more than the stack of its thread, and where this
 * is not enough the whole process ends. Far less is asked for than a thread of Node can take. Brackets are counted with those in strings and
 * comments and once more without what looks like a string, which could hide how deep the others are; so some text is taken for deep which is not.
 */
export function isDeep(text: string): boolean {
  const all = new Rise();
  const outside = new Rise();
  let quote: number | undefined;
  let operators = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote === undefined) {
      if (QUOTES.has(code)) quote = code;
    } else if (code === BACKSLASH) {
      at++;
      continue;
    } else if (code === quote || (code === LINE && quote !== TICK)) quote = undefined;
    const says = MARKS[code] ?? 0;
    if (says === 0) continue;
    if (says & ENDS) {
      if (at - from > LONGEST) return true;
      operators = 0;
      from = at;
    } else if (says & OPERATES && ++operators > MOST_OPERATORS) return true;
    if (all.isTooHigh(says) || (quote === undefined && outside.isTooHigh(says))) return true;
  }
  return text.length - from > LONGEST || (text.match(/\belse\s+if\b/g)?.length ?? 0) > MOST_BRANCHES;
}
