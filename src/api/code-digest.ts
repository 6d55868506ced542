import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { hashOf } from '../run/whole-file.ts';
import { headOf } from './heads.ts';
import { fileOfModule } from './load-module.ts';

/** A path in quotes, as seen from the file that it stands in: what is imported, and what else may be read. */
const PATH = /(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;

/** What may be an import of a package. */
const PACKAGE = /\b(?:from|import|require)\b\s*\(?\s*(['"`])((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^'"`\n]*)?\1/g;

const SOURCE = /\.[cm]?[jt]sx?$/;

/** What may stand behind a path that is imported without it. */
const ENDINGS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx', 'json'].flatMap((ending) => [
  `.${ending}`,
  `/index.${ending}`,
]);

/** What is no path at all is none of a file either. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The file that a path leads to, also where its ending is left out, or is that of the JavaScript which is made of it. */
const fileAt = (path: string): string | undefined =>
  [path, ...ENDINGS.map((ending) => path + ending), path.replace(/\.([cm]?)js$/, '.$1ts')].find(isFile);

/** The version of a package as installed for `folder`; undefined where it is not. */
function versionOfPackage(name: string, folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'node_modules', name, 'package.json');
    if (existsSync(path)) return /"version"\s*:\s*"([^"]*)"/.exec(readFileSync(path, 'utf8'))?.[1];
    if (at === dirname(at)) return undefined;
  }
}

/** A line for each file and package that the code in `entry` consists of, with its hash or version, and by names that do not tell where it all is. */
function partsOf(entry: string): string[] {
  const parts = new Set<string>();
  const files = new Set([entry]);
  // A set that grows while it is walked is walked to its new end.
  for (const file of files) {
    const content = readFileSync(file);
    parts.add(`${relative(dirname(entry), file).split(sep).join('/')} ${hashOf(content)}`);
    if (!SOURCE.test(file)) continue;
    const text = content.toString();
    for (const [, , path = ''] of text.matchAll(PATH)) {
      const found = fileAt(resolve(dirname(file), path));
      if (found !== undefined) files.add(found);
    }
    for (const [, , name = ''] of text.matchAll(PACKAGE))
      parts.add(`${name} ${versionOfPackage(name, dirname(file)) ?? ''}`);
  }
  return [...parts].toSorted();
}

/**
 * A digest of the code of a transform that is no built-in one: of its file, of all files that they name by relative paths, and of the versions of packages
 * that they import. Another code has another digest, the same has the same wherever it is.
 * @param name its path or package, as seen from `folder`.
 * @returns undefined for a built-in one, and where there is none.
 */
export async function codeDigest(name: string, folder: string): Promise<string | undefined> {
  if ((await headOf(name)) !== undefined) return undefined;
  const entry = await fileOfModule(name, folder);
  if (entry === undefined || !isFile(entry)) return undefined;
  return hashOf(Buffer.from(partsOf(entry).join('\n'))).slice(0, 32);
}
