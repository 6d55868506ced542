import type { JSCodeshift } from 'jscodeshift';
import type { Code, Edit, Spanned } from './edits/edit.ts';
import type { Evidence, Safety, Site } from './evidence.ts';
import type { Facts } from './facts/facts.ts';
import type { t } from './syntax/ast.ts';
import type { ParsedFile, Style } from './syntax/file.ts';
import type { ImportRequest } from './syntax/imports.ts';
import type { Scopes } from './syntax/scopes.ts';

/** What a transform found at one place, with the evidence for a rewrite and the edits that make it. */
export interface Finding {
  /** The code that the finding is about. */
  readonly at: Spanned;
  /** What would be done, in a few words: "console.log → logger.info". */
  readonly title: string;
  /** One entry for each obligation of the rewrite. */
  readonly evidence: Iterable<Evidence>;
  /** All edits that the rewrite needs, in this and other files. None: the finding can only be reported. */
  readonly edits?: Iterable<Edit>;
}

/** What the comment says by which somebody said no to a finding. */
export interface Ignored {
  readonly reason: string;
  /** The comment. */
  readonly at: Site;
  /** The last day on which it counts, as `2027-01-31`; for good where there is none. */
  readonly until?: string;
  /** The level that the finding has without it. */
  readonly safety: Safety;
}

/** A finding as the engine handles it: named, levelled, its edits complete. It applies whole or not at all. */
export interface Proposal {
  /** A hash of the transform, the path, the text at the place and an ordinal: it survives unrelated edits. */
  readonly id: string;
  /** The id of the transform. */
  readonly transform: string;
  /** The file that the finding is in, absolute. */
  readonly path: string;
  /** The place in the baseline of that file, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly evidence: readonly Evidence[];
  readonly safety: Safety;
  /** Empty when the finding can only be reported. */
  readonly edits: readonly Edit[];
  /** Of a finding that an ignore comment keeps as it is: its level is `report` then, whatever it would be. */
  readonly ignored?: Ignored;
  /** Whether a baseline has it: it was there before. */
  readonly inBaseline?: boolean;
}

/** The options of a transform: flat, so that `--option key=value` can set each. */
export type Options = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What a transform may ask and say about one file. Nothing here changes the file: edits are returned. */
export interface FileContext<O = Options> extends ParsedFile {
  readonly options: O;
  /** jscodeshift's node types (for `find`) and builders (for new code). */
  readonly j: JSCodeshift;
  readonly style: Style;
  /** Names and what they are bound to, in this file. */
  readonly scopes: Scopes;
  /** What is true of the program beyond this file's syntax. */
  readonly facts: Facts;
  /** Another file of the run, parsed, for edits that reach over files; undefined where it is none, or does not parse. */
  fileAt(path: string): ParsedFile | undefined;
  /** Where `node` stands, for the `seenAt` of evidence. */
  siteOf(node: Spanned): Site;
  /** The baseline text of `node`. */
  textOf(node: Spanned): string;

  /** Replaces an expression (with its parentheses where the new code does not need them) or any other node. */
  replace(node: Spanned, by: Code | string | BuilderNode): Edit;
  /** Removes a statement with its own leading comments and its line; a neighbour's comments stay. */
  removeStatement(statement: t.Statement): Edit;
  /** Inserts a statement on a line of its own before `statement`, above its leading comments. */
  insertBefore(statement: t.Statement, inserted: Code | string | BuilderNode): Edit;
  /** Inserts a statement on a line of its own after `statement`, below its trailing comment. */
  insertAfter(statement: t.Statement, inserted: Code | string | BuilderNode): Edit;
  /** Imports what is asked for in the way of this file, unless it is imported already; tells the local name. */
  ensureImport(request: ImportRequest): { readonly local: string; readonly edits: readonly Edit[] };
  /** Creates a file with that text, or nothing where one exists. */
  createFile(path: string, text: string): readonly Edit[];
}

/** A node made by jscodeshift's builders. */
export interface BuilderNode {
  readonly type: string;
}

/** What a transform may ask about the whole run. */
export interface ProjectContext<O = Options> {
  readonly options: O;
  readonly facts: Facts;
  /** The contexts of all files that the prefilter matched, in path order, each parsed when it is reached. */
  readonly files: Iterable<FileContext<O>>;
}

/** A transform: it finds places, says what it knows about each, and proposes edits. It never changes anything itself. */
export interface Transform<O = Options> {
  /** Lower case with hyphens; the name of its file. */
  readonly id: string;
  /** One line, imperative, ends with a full stop. */
  readonly summary: string;
  /** The named lists of transforms that it belongs to: `logging`, `async`, `event-loop`, `database`, … */
  readonly sets?: readonly string[];
  /** Ids of transforms that make less of a place which both can rewrite: their proposals wait for those of this one. */
  readonly before?: readonly string[];
  /** Whether it finds nothing by syntax alone: a run without types leaves it out, and says so. */
  readonly needsTypes?: boolean;
  /** Whether it asks who calls what: a run then reads all files of its packages at once. */
  readonly asksCallers?: boolean;
  /** ASCII. A file whose bytes it does not match is never parsed. */
  readonly prefilter: RegExp;
  /** Every option with its default. */
  readonly defaults?: O;
  /** What each option is for; one line each. */
  readonly optionHelp?: { readonly [K in keyof O]: string };
  /** The values that an option of text may have, where not every text makes sense; the empty text is always allowed. */
  readonly optionChoices?: { readonly [K in keyof O]?: readonly string[] };
  /** The findings in one file. */
  inspect?(file: FileContext<O>): Iterable<Finding>;
  /**
   * The findings in one file, where they have to be waited for, as for the output of another tool. Asked in the first
   * pass only: another tool may change its own output again and again.
   */
  inspectAsync?(file: FileContext<O>): Promise<Iterable<Finding>>;
  /** The findings that need more than one file. */
  inspectProject?(project: ProjectContext<O>): Iterable<Finding & { readonly file: string }>;
}
