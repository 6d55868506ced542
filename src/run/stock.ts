import { resolve } from 'node:path';
import { createFacts, type RunFacts } from '../facts/facts.ts';
import { typedFacts } from '../facts/typed-facts.ts';
import { provideBuilders } from '../syntax/builders.ts';
import { parseFile, type ParsedFile } from '../syntax/file.ts';
import { j } from '../syntax/j.ts';
import type { Options, Transform } from '../transform.ts';
import { closeImports } from './close.ts';
import { Ignores } from './ignores.ts';
import { todayOf } from './days.ts';
import { inspectFile } from './inspect.ts';
import { MAX_PASSES, restless, runPass, type Pass } from './passes.ts';
import { FILE_TIME_LIMIT } from './time-limit.ts';

// Here jscodeshift runs already.
provideBuilders(j);

/** The texts of the files that are being worked on. */
const current = new Map<string, string>();
let facts: Promise<RunFacts> | undefined;

/** One set of facts for all files of the process, as long as it lives: finding the project's logger reads the project. */
function sharedFacts(): Promise<RunFacts> {
  facts ??= Promise.resolve(
    createFacts({ cwd: process.cwd(), readText: (path) => current.get(path), typedFacts }),
  );
  return facts;
}

type Option = Options[string];

function asOption(given: unknown, byDefault: Option): Option {
  if (typeof byDefault === 'boolean') return given === true || given === 'true';
  if (typeof byDefault === 'number') return Number(given);
  if (typeof byDefault === 'string') return String(given);
  return Array.isArray(given) ? given.map(String) : String(given).split(',');
}

/** The transform's own options, each as given on jscodeshift's command line or by default. */
function optionsOf(transform: Transform, given: Readonly<Record<string, unknown>>): Options {
  const defaults = Object.entries(transform.defaults ?? {});
  return Object.fromEntries(
    defaults.map(([key, byDefault]) => [key, key in given ? asOption(given[key], byDefault) : byDefault]),
  );
}

/**
 * The text of a file with the safe proposals of `transform` applied that touch no other file; undefined where there
 * are none. The checks are those of a whole run.
 * @throws when the file does not parse, or the transform throws or does not end.
 */
export async function rewriteSafely(
  transform: Transform,
  { path: given, source }: { readonly path: string; readonly source: string },
  options: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  if (!transform.prefilter.test(source)) return undefined;
  const path = resolve(given);
  const bom = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  const baseline = parseFile(path, source.slice(bom.length));
  let file: ParsedFile = baseline;
  const around = {
    facts: await sharedFacts(),
    root: process.cwd(),
    fileTimeLimit: FILE_TIME_LIMIT,
    fileAt: () => undefined,
  };
  const ignores = new Ignores({
    cwd: around.root,
    today: todayOf(),
    baselineOf: (asked) => (asked === path ? baseline.text : ''),
    textOf: (asked) => (asked === path ? file.text : ''),
  });
  const passes: Pass['replaced'][] = [];
  const chosen = { transform, options: optionsOf(transform, options) };
  try {
    for (let pass = 0; ; pass++) {
      if (pass === MAX_PASSES) throw new Error(restless(path).reason);
      current.set(path, file.text);
      const { proposals, failures } = await inspectFile(chosen, file, around);
      if (failures[0] !== undefined) throw new Error(failures[0].reason);
      const safe = ignores
        .judge(proposals, passes)
        .filter(({ safety, edits }) => safety === 'safe' && edits.every((edit) => edit.file === path));
      const { texts, replaced } = runPass(safe, {
        textOf: (asked) => (asked === path ? file.text : ''),
        fileOf: (asked) => (asked === path ? file : undefined),
      });
      passes.push(replaced);
      const text = texts.get(path);
      if (text === undefined || text === file.text) break;
      file = parseFile(path, text);
    }
  } finally {
    current.delete(path);
  }
  if (file.text === baseline.text) return undefined;
  return bom + closeImports(path, baseline.text, file.text);
}
