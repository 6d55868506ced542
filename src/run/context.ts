import type { Facts } from '../facts/facts.ts';
import { spanOf, type Edit } from '../edits/edit.ts';
import { builders } from '../syntax/builders.ts';
import { ensureImport } from '../syntax/imports.ts';
import type { ParsedFile } from '../syntax/file.ts';
import { lineOf } from '../syntax/lines.ts';
import { replace } from '../syntax/replace.ts';
import { scopesOf } from '../syntax/scopes.ts';
import { insertAfter, insertBefore, removeStatement } from '../syntax/statements.ts';
import { styleOf } from '../syntax/style.ts';
import type { FileContext } from '../transform.ts';

/** Computes a value when it is first asked for. */
function lazily<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

/** What a transform sees of `file`. */
export function contextOf<O>(
  file: ParsedFile,
  options: O,
  facts: Facts,
  fileAt: (path: string) => ParsedFile | undefined = () => undefined,
): FileContext<O> {
  const style = lazily(() => styleOf(file));
  const scopes = lazily(() => scopesOf(file));
  return {
    ...file,
    options,
    get j() {
      return builders();
    },
    facts,
    get style() {
      return style();
    },
    get scopes() {
      return scopes();
    },
    fileAt: (path) => (path === file.path ? file : fileAt(path)),
    siteOf: (node) => ({ path: file.path, line: lineOf(file.text, spanOf(node)[0]) }),
    textOf: (node) => file.text.slice(...spanOf(node)),
    replace: (node, by) => replace(file, node, by),
    removeStatement: (statement) => removeStatement(file, statement),
    insertBefore: (statement, inserted) => insertBefore(file, statement, inserted),
    insertAfter: (statement, inserted) => insertAfter(file, statement, inserted),
    ensureImport: (request) =>
      ensureImport(file, request, {
        isModule: facts.packageOf(file.path).isModule,
        // In JavaScript the language itself asks for the ending or does not.
        ...(/tsx?$/.test(file.path) ? { extension: facts.importEndingOf(file.path) } : {}),
      }),
    createFile: (path, text): readonly Edit[] =>
      facts.exists(path) ? [] : [{ file: path, span: [0, 0], code: [text], once: `create ${path}` }],
  };
}
