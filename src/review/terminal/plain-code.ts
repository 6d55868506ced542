import stringWidth from 'string-width';

/** Columns between tab stops. */
const TAB = 4;

/**
 * What steers a terminal, or makes text look like other text: control characters, those that turn the direction of writing
 * (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters), those that nobody sees, and halves of characters.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** A character that nobody would see, as git and Node write it. */
function named(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint === 127) return '^?';
  if (codePoint < 32) return `^${String.fromCharCode(codePoint + 64)}`;
  return `\\u${codePoint.toString(16).padStart(4, '0')}`;
}

/** One line of code as it may be sent to a terminal: tabs expanded, for text that begins at `column`, and nothing hidden in it. */
export function plainCode(text: string, column = 0): string {
  if (!text.includes('\t')) return text.replace(HIDDEN, named);
  let shown = '';
  for (const [index, part] of text.split('\t').entries()) {
    if (index > 0) shown += ' '.repeat(TAB - ((column + stringWidth(shown)) % TAB));
    shown += part.replace(HIDDEN, named);
  }
  return shown;
}

/** Some words on one line, as they may be sent to a terminal. */
export const plainWords = (text: string): string =>
  text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll('\t', ' ')
    .replace(HIDDEN, named);
