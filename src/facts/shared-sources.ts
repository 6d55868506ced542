/** Parsed files that are the same in every program: those of TypeScript's own library, and declarations of installed packages. */
import { Project, ts } from 'ts-morph';

/** Where TypeScript's own library is told to be; ts-morph carries its texts inside itself. */
export const LIBRARY_FOLDER = '/node_modules/typescript/lib';

/** Characters of declarations that are kept when a run is over, for the next one in this process. */
const KEPT = 40_000_000;

/** Half of the library is comments, which say nothing that a program is asked about. */
const LIBRARY_PARSING: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeInfo,
};

interface Shared {
  readonly source: ts.SourceFile;
  readonly text: string;
}

const libraries = new Map<string, ts.SourceFile | undefined>();
const declarations = new Map<string, Shared>();
let host: ts.ModuleResolutionHost | undefined;

/** A file of TypeScript's own library: as long as most projects. Undefined where there is none of this name. */
export function librarySource(path: string): ts.SourceFile | undefined {
  if (libraries.has(path)) return libraries.get(path);
  host ??= new Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();
  const text = host.readFile(path);
  const source = text === undefined ? undefined : ts.createSourceFile(path, text, LIBRARY_PARSING);
  libraries.set(path, source);
  return source;
}

/** Whether a file is a declaration of an installed package. */
export const isInstalledDeclaration = (path: string): boolean =>
  /\.d\.[cm]?ts$/.test(path) && path.includes('/node_modules/');

/** An installed declaration with this text. Parsed once for all programs that read it in the same way. */
export function declarationSource(
  path: string,
  text: string,
  how: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  const way = typeof how === 'object' ? `${how.languageVersion} ${how.impliedNodeFormat ?? ''}` : how;
  const key = `${way} ${path}`;
  const known = declarations.get(key);
  if (known?.text === text) return known.source;
  const source = ts.createSourceFile(path, text, how, false);
  declarations.set(key, { source, text });
  return source;
}

/** Forgets declarations that are too many to be kept for another run. */
export function trimSharedSources(): void {
  let length = 0;
  for (const { text } of declarations.values()) length += text.length;
  if (length > KEPT) declarations.clear();
}

/** Forgets all: what was stopped while it worked on them may have left them half bound. */
export function forgetSharedSources(): void {
  libraries.clear();
  declarations.clear();
}
