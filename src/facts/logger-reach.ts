import { LOGGER_HOLDERS, LOGGER_LIBRARIES } from './libraries/loggers.ts';
import type { ModuleResolver } from './modules.ts';

/** Tells whether the code of a module can come by a logger of a known library at all; `text` is what it is now, where that is at hand. */
export type LibraryReach = (path: string, text?: string) => boolean;

const SOURCES: ReadonlySet<string> = new Set([
  ...LOGGER_LIBRARIES.flatMap(({ packages }) => packages),
  ...LOGGER_HOLDERS.keys(),
]);

/** A module that is named, wherever it stands: in a comment, in a string, for its types alone. */
const NAMED = /\b(?:from|import|require)\b[\s(]*['"]([^'"\n]*)['"]/g;
/** What may hide one: comments before the name, an escape in it, the arguments of a type. */
const IS_HIDDEN =
  /\b(?:from|import|require)\b[\s(]*(?:(?:(?:\/\/.*\s|\/\*[^]*?\*\/)[\s(]*)+['"]|['"][^'"\n]*\\)|\brequire\s*</;

/** Every module that a text may load; undefined where that cannot be told without parsing it. */
function namedIn(text: string): readonly string[] | undefined {
  if (IS_HIDDEN.test(text)) return undefined;
  return [...new Set(Array.from(text.matchAll(NAMED), ([, specifier = '']) => specifier))];
}

/**
 * Follows what modules name, by their texts: to parse a module takes many times as long. Where it says no, nothing in the module
 * is a logger of a library, nor made by one; where it says yes, something may be.
 */
export function createLibraryReach(
  readText: (path: string) => string | undefined,
  resolveModule: ModuleResolver,
): LibraryReach {
  const known = new Map<string, boolean>();
  const latest = new Map<string, { readonly text: string; readonly reaches: boolean }>();

  const reaches = (start: string, text: string | undefined): boolean => {
    /** By whom each module was come upon. */
    const from = new Map<string, string | undefined>([[start, undefined]]);
    for (const path of from.keys()) {
      const named =
        known.get(path) === true
          ? undefined
          : namedIn((path === start ? text : undefined) ?? readText(path) ?? '');
      if (named === undefined || named.some((specifier) => SOURCES.has(specifier))) {
        for (let at: string | undefined = path; at !== undefined; at = from.get(at)) known.set(at, true);
        return true;
      }
      for (const specifier of named) {
        const next = resolveModule(path, specifier);
        if (next !== undefined && known.get(next) !== false && !from.has(next)) from.set(next, path);
      }
    }
    for (const path of from.keys()) known.set(path, false);
    return false;
  };

  return (path, text) => {
    if (text === undefined) return known.get(path) ?? reaches(path, undefined);
    const before = latest.get(path);
    if (before?.text === text) return before.reaches;
    known.delete(path);
    const answer = reaches(path, text);
    latest.set(path, { text, reaches: answer });
    return answer;
  };
}
