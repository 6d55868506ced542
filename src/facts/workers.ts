import { dirname, resolve } from 'node:path';
import { scanSpecifiers } from './import-scan.ts';
import type { PackageFact } from './packages.ts';

/** Whether a text is that of a program which another one starts and talks to: a worker thread, or a forked process. */
const isEntry = (text: string): boolean =>
  (/\bworker_threads['"]/.test(text) && /\b(parentPort|workerData)\b/.test(text)) ||
  /\bprocess\.send\b|\bprocess\.on\(\s*['"]message['"]/.test(text);

/** A path without what an import may leave out: its extension, and `/index`. */
const stemOf = (path: string): string => path.replace(/\.[cm]?[jt]sx?$/, '').replace(/[\\/]index$/, '');

/** The modules of one package that run in workers, by their stems. */
function workersIn(files: readonly string[], readText: (path: string) => string | undefined): Set<string> {
  const found = new Set<string>();
  const texts = new Map<string, string>();
  for (const path of files) {
    const text = readText(path) ?? '';
    texts.set(path, text);
    if (isEntry(text)) found.add(stemOf(path));
  }
  if (found.size === 0) return found;
  const importers = new Map<string, Set<string>>();
  for (const [path, text] of texts) {
    for (const specifier of scanSpecifiers(text)) {
      if (!specifier.startsWith('.')) continue;
      const target = stemOf(resolve(dirname(path), specifier));
      importers.set(target, (importers.get(target) ?? new Set()).add(stemOf(path)));
    }
  }
  // Two steps: what a worker alone imports, and what that alone imports.
  for (let step = 0; step < 2; step++) {
    for (const [target, sources] of importers)
      if ([...sources].every((one) => found.has(one))) found.add(target);
  }
  return found;
}

/**
 * Tells of a file whether its code runs in a worker thread or a child process, and so with an instance of its own of each
 * module: it talks to a parent, or only files that do import it, at most two steps away. Reads all files of a package once,
 * when one of them is first asked about.
 */
export function createWorkerFacts(
  packageOf: (path: string) => PackageFact,
  readText: (path: string) => string | undefined,
): (path: string) => boolean {
  const known = new Map<string, Set<string>>();
  return (path) => {
    const { root, files } = packageOf(path);
    const workers = known.get(root) ?? workersIn(files(), readText);
    known.set(root, workers);
    return workers.has(stemOf(path));
  };
}
