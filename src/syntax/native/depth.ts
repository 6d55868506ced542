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

/**
 * Whether `text` may be too deep a tree for the native parser: that has no more than the stack of its thread, and where this
 * is not enough the whole process ends. Far less is asked for than a thread of Node can take. What stands in strings and
 * comments is counted too, so that some text is taken for deep which is not.
 */
export function isDeep(text: string): boolean {
  let open = 0;
  let least = 0;
  let operators = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const says = MARKS[text.charCodeAt(at)] ?? 0;
    if (says === 0) continue;
    if (says & ENDS) {
      if (at - from > LONGEST) return true;
      operators = 0;
      from = at;
    } else if (says & OPERATES && ++operators > MOST_OPERATORS) return true;
    if (says & OPENS && ++open - least > MOST_OPEN) return true;
    if (says & CLOSES && --open < least) least = open;
  }
  return text.length - from > LONGEST || (text.match(/\belse\s+if\b/g)?.length ?? 0) > MOST_BRANCHES;
}
