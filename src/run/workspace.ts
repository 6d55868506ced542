import { existsSync } from 'node:fs';
import { parseFile, type ParsedFile } from '../syntax/file.ts';

/** The texts and trees that the passes work on. */
export class Workspace {
  private readonly texts = new Map<string, string>();
  private readonly parsed = new Map<string, ParsedFile>();
  readonly boms = new Set<string>();

  has(path: string): boolean {
    return this.texts.has(path);
  }

  set(path: string, text: string): void {
    this.texts.set(path, text);
    this.parsed.delete(path);
  }

  readonly textOf = (path: string): string => this.texts.get(path) ?? '';

  readonly isThere = (path: string): boolean => this.has(path) || existsSync(path);

  /** Parses the file when it is first asked for. Throws ParseError. */
  readonly parse = (path: string): ParsedFile => {
    const known = this.parsed.get(path) ?? parseFile(path, this.textOf(path));
    this.parsed.set(path, known);
    return known;
  };

  readonly fileOf = (path: string): ParsedFile | undefined => (this.has(path) ? this.parse(path) : undefined);

  /** Forgets the tree, which is much larger than the text. */
  forgetTree(path: string): void {
    this.parsed.delete(path);
  }
}
