import stringWidth from 'string-width';

/** The characters of a text, as somebody sees them. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text after a key was typed at its end. Keys that are no character change nothing. */
export function typedInto(text: string, key: string): string {
  if (key === 'backspace') {
    const all = [...characters.segment(text)];
    return all
      .slice(0, -1)
      .map(({ segment }) => segment)
      .join('');
  }
  if (key === 'ctrl-u') return '';
  if (key === 'ctrl-w') return text.replace(/\S*\s*$/, '');
  const isOne = [...characters.segment(key)].length === 1;
  // An accent may be typed behind its letter.
  const isCharacter = isOne && (stringWidth(key) > 0 || /^\p{M}/u.test(key));
  return isCharacter ? text + key : text;
}
