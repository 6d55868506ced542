import { stripVTControlCharacters } from 'node:util';

/** A log as it reads on a terminal, without its colours: of a line that was written over, what stands there in the end. */
export const readableLog = (log: string): string =>
  stripVTControlCharacters(log)
    .replace(/\r+\n/g, '\n')
    .replace(/[^\n]*\r/g, '')
    .replace(
      /[^\P{Cc}\n\t]/gu,
      (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    );
